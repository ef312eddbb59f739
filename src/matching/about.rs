//! What is known of a gun beside its numbers, resolved against the reference tables once.

use super::key::character;
use super::number::Norm;
use crate::domain::gun::{Gun, GunType};
use crate::domain::ids::CountryCode;
use crate::domain::text::Text;
use crate::reference::calibre::{self, Calibre};
use crate::reference::make::{self, MakeMatch};
use crate::reference::model::{self, Model};

/// The description of a gun.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct About {
    pub make: Option<Make>,
    pub model: Option<ModelName>,
    pub calibre: Option<Bore>,
    pub gun_type: Option<GunType>,
    pub made_in: Option<CountryCode>,
    pub import_mark: Option<Norm>,
}

/// A make as it was written, and what that may mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Make {
    pub text: String,
    pub meanings: Vec<MakeMatch>,
}

/// A model as it was written, and the one of its make that the table knows by it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ModelName {
    pub text: String,
    pub known: Option<&'static Model>,
}

/// A calibre as it was written, and its family.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bore {
    pub text: String,
    pub family: Option<&'static Calibre>,
}

/// Characters of a number that may be a model's name.
const SHORT: usize = 5;

/// How two makes stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// One company.
    Same,
    /// A company and its brand.
    Brand,
    /// Licensee, importer, place or mark: they do not contradict each other.
    Compatible,
    /// Two makers.
    Different,
    /// Nobody can tell.
    Unknown,
}

impl Tie {
    /// Whether both say who made the gun, and say the same.
    pub(crate) fn agrees(self) -> bool {
        matches!(self, Tie::Same | Tie::Brand)
    }
}

fn said(text: Option<&Text>) -> Option<String> {
    let text = text?.as_str().trim();
    let filler = matches!(
        text.to_ascii_uppercase().as_str(),
        "" | "UNK" | "UNKNOWN" | "N/A" | "NONE" | "-" | "?" | "ZZZ"
    );
    // What has no letter and no figure says nothing either.
    (!filler && !Norm::of(text).as_str().is_empty()).then(|| text.to_owned())
}

impl About {
    pub(crate) fn of(gun: &Gun) -> Self {
        let written = said(gun.make.as_ref()).unwrap_or_default();
        Self {
            make: said(gun.make.as_ref()).map(|text| Make { meanings: make::meanings(&text), text }),
            model: said(gun.model.as_ref())
                .map(|text| ModelName { known: model::find(&written, &text), text }),
            calibre: said(gun.calibre.as_ref()).map(|text| Bore { family: calibre::find(&text), text }),
            gun_type: gun.gun_type,
            made_in: gun.made_in,
            import_mark: said(gun.import_mark.as_ref()).map(|text| Norm::of(&text)),
        }
    }

    /// Whether a number of plain symbols, a short one, is its own model once more: a known
    /// error of entry. Long ones are rather serials that were typed into the wrong field too.
    pub(crate) fn is_model(&self, symbols: &[u8]) -> bool {
        let Some(model) = self.model.as_ref().filter(|_| symbols.len() <= SHORT) else { return false };
        Norm::of(&model.text).as_str().chars().eq(symbols.iter().copied().map(character))
    }

    /// The maker's code where the table knows it, else the name in one spelling.
    pub(crate) fn maker(&self) -> Option<String> {
        let make = self.make.as_ref()?;
        let known = make.meanings.first().map(|meaning| meaning.make.code.clone());
        known.or_else(|| Some(Norm::of(&make.text).to_string()))
    }
}

impl Make {
    /// How this make stands to another.
    pub(crate) fn tie(&self, other: &Make) -> Tie {
        // One misspelt name twice is one name, whoever it means.
        let guess = make::is_guess(&self.meanings) || make::is_guess(&other.meanings);
        if guess && Norm::of(&self.text) == Norm::of(&other.text) {
            return Tie::Same;
        }
        match make::relation_of(&self.meanings, &other.meanings) {
            make::Relation::Same => Tie::Same,
            make::Relation::Brand => Tie::Brand,
            make::Relation::Compatible { .. } => Tie::Compatible,
            make::Relation::Different => Tie::Different,
            make::Relation::Unknown => Tie::Unknown,
        }
    }

    /// Whether the text may name the maker of this code.
    pub(crate) fn may_be(&self, code: &str) -> bool {
        self.meanings.iter().any(|meaning| meaning.make.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(a: &str, b: &str) -> Tie {
        let make = |text: &str| Make { text: text.to_owned(), meanings: make::meanings(text) };
        make(a).tie(&make(b))
    }

    #[test]
    fn brands_and_companies() {
        assert_eq!(tie("FN Herstal", "Fabrique Nationale"), Tie::Same);
        assert_eq!(tie("Browning", "FN Herstal"), Tie::Brand);
        assert_eq!(tie("Browning", "BROWNING"), Tie::Same);
        assert_eq!(tie("Smith & Wesson", "S&W"), Tie::Same);
        assert_eq!(tie("Glock", "Taurus"), Tie::Different);
        assert_eq!(tie("Glock", "Nobody's Own Works"), Tie::Unknown);
        assert_eq!(tie("Nobody's Own", "NOBODYS OWN"), Tie::Same);
    }

    #[test]
    fn fillers_say_nothing() {
        let gun = Gun { make: Some("unknown".into()), model: Some(" ".into()), ..Gun::default() };
        assert_eq!(About::of(&gun), About::default());
    }
}
