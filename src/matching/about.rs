//! What is known of a gun beside its numbers, resolved against the reference tables once.

use super::facet::Part;
use super::key::character;
use super::number::{self, Norm};
use crate::domain::gun::{Gun, GunType};
use crate::domain::ids::CountryCode;
use crate::domain::text::Text;
use crate::reference::calibre::{self, Calibre};
use crate::reference::make::{self, MakeMatch};
use crate::reference::model::{self, Model};
use crate::reference::unsaid;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::Arc;

/// The description of a gun.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct About {
    pub make: Option<Arc<Make>>,
    pub model: Option<Arc<ModelName>>,
    pub calibre: Option<Arc<Bore>>,
    pub gun_type: Option<GunType>,
    pub made_in: Option<CountryCode>,
    pub import_mark: Option<Norm>,
}

/// A make as it was written, and what that may mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Make {
    pub text: String,
    pub meanings: Vec<MakeMatch>,
    norm: Norm,
    is_guess: bool,
    /// For counting.
    pub part: Part,
}

/// A model as it was written, and the one of its make that the table knows by it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ModelName {
    pub text: String,
    pub known: Option<&'static Model>,
    norm: Norm,
    plain: String,
    /// For counting.
    pub part: Part,
}

/// A calibre as it was written, and its family.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bore {
    pub text: String,
    pub family: Option<&'static Calibre>,
    plain: String,
    /// For counting.
    pub part: Part,
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
    /// One of them is misspelt, and may mean the other.
    Guess,
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

fn said(text: &str) -> Option<String> {
    let text = text.trim();
    let filler = matches!(
        text.to_ascii_uppercase().as_str(),
        "" | "UNK" | "UNKNOWN" | "N/A" | "NONE" | "-" | "?" | "ZZZ"
    );
    // What has no letter and no figure says nothing either.
    (!filler && !Norm::of(text).as_str().is_empty()).then(|| text.to_owned())
}

/// Whether a text that no table knows says only that nothing is known.
fn says_nothing(text: &str) -> bool {
    number::says_nothing(text) || unsaid::is_blank(text) || unsaid::is_unstated(text)
}

/// What stands under a text as it was written.
type Written<T> = HashMap<String, T, RandomState>;

/// Makes, models and calibres that were resolved before, by what was written.
///
/// They are few, and resolving one takes longer than all else about a gun.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    makes: Written<Option<Arc<Make>>>,
    models: Written<Written<Option<Arc<ModelName>>>>,
    calibres: Written<Option<Arc<Bore>>>,
}

impl Resolved {
    /// How many texts are known, each model once for every make that it came with.
    pub fn len(&self) -> usize {
        self.makes.len() + self.models.values().map(HashMap::len).sum::<usize>() + self.calibres.len()
    }

    /// Whether nothing is known yet.
    pub fn is_empty(&self) -> bool {
        self.makes.is_empty() && self.models.is_empty() && self.calibres.is_empty()
    }
}

/// What stands under a text, made if it is not there yet.
fn kept<T: Clone>(known: &mut Written<T>, text: &str, make: impl FnOnce() -> T) -> T {
    if let Some(found) = known.get(text) {
        return found.clone();
    }
    let new = make();
    known.insert(text.to_owned(), new.clone());
    new
}

impl About {
    pub(crate) fn of(gun: &Gun) -> Self {
        Self::resolved(gun, &mut Resolved::default())
    }

    /// The description of a gun, with what was resolved for others.
    pub(crate) fn resolved(gun: &Gun, resolved: &mut Resolved) -> Self {
        let [make, model, calibre] =
            [&gun.make, &gun.model, &gun.calibre].map(|field| field.as_ref().map_or("", Text::as_str));
        let named = || ModelName::of(said(model)?, &said(make).unwrap_or_default());
        Self {
            model: match resolved.models.get_mut(make) {
                Some(models) => kept(models, model, named),
                None => kept(resolved.models.entry(make.to_owned()).or_default(), model, named),
            },
            make: kept(&mut resolved.makes, make, || Make::of(said(make)?)),
            calibre: kept(&mut resolved.calibres, calibre, || Bore::of(said(calibre)?)),
            gun_type: gun.gun_type,
            made_in: gun.made_in,
            import_mark: gun
                .import_mark
                .as_ref()
                .and_then(|mark| said(mark.as_str()))
                .map(|text| Norm::of(&text)),
        }
    }

    /// Whether a number of so many symbols is short enough for a model's name.
    pub(crate) fn may_be_model(symbols: &[u8]) -> bool {
        symbols.len() <= SHORT
    }

    /// Whether a number of plain symbols, a short one, is its own model once more: a known
    /// error of entry. Long ones are rather serials that were typed into the wrong field too.
    pub(crate) fn is_model(&self, symbols: &[u8]) -> bool {
        let Some(model) = self.model.as_ref().filter(|_| Self::may_be_model(symbols)) else { return false };
        model.norm.as_str().chars().eq(symbols.iter().copied().map(character))
    }

    /// The maker's code where the table knows it, else the name in one spelling.
    pub(crate) fn maker(&self) -> Option<String> {
        let make = self.make.as_ref()?;
        let known = make.meanings.first().map(|meaning| meaning.make.code.clone());
        known.or_else(|| Some(make.norm.to_string()))
    }
}

impl ModelName {
    fn of(text: String, make: &str) -> Option<Arc<Self>> {
        let (known, plain) = (model::find(make, &text), model::plain(&text));
        if known.is_none() && says_nothing(&text) {
            return None;
        }
        let norm = Norm::of(&text);
        let name = known.map_or_else(|| norm.to_string(), |known| known.name.to_uppercase());
        Some(Arc::new(Self { known, plain, part: Part::of(&name), norm, text }))
    }

    /// How this model stands to another.
    pub(crate) fn relation(&self, other: &Self) -> model::Relation {
        if self.text == other.text {
            return model::Relation::Same;
        }
        model::relation_of_found((&self.plain, self.known), (&other.plain, other.known))
    }
}

impl Bore {
    fn of(text: String) -> Option<Arc<Self>> {
        let (family, plain) = (calibre::find(&text), calibre::plain(&text));
        if family.is_none() && says_nothing(&text) {
            return None;
        }
        let part = match family {
            Some(family) => Part::of(family.commonly()),
            None => Part::of(Norm::of(&text).as_str()),
        };
        Some(Arc::new(Self { family, plain, part, text }))
    }

    /// How this calibre stands to another.
    pub(crate) fn relation(&self, other: &Self) -> calibre::Relation {
        match (self.family, other.family) {
            (Some(a), Some(b)) => calibre::relation_of(a, b),
            _ if self.plain == other.plain && !self.plain.is_empty() => calibre::Relation::Same,
            _ => calibre::Relation::Unknown,
        }
    }
}

impl Make {
    fn of(text: String) -> Option<Arc<Self>> {
        let (meanings, norm) = (make::meanings(&text), Norm::of(&text));
        // Two guns of no known maker are not of one maker.
        if meanings.is_empty() && (number::says_nothing(&text) || unsaid::names_no_maker(&text)) {
            return None;
        }
        let part = Part::of(meanings.first().map_or(norm.as_str(), |meaning| &meaning.make.code));
        Some(Arc::new(Self { part, norm, is_guess: make::is_guess(&meanings), meanings, text }))
    }

    /// How this make stands to another.
    pub(crate) fn tie(&self, other: &Make) -> Tie {
        // One misspelt name twice is one name, whoever it means.
        if (self.is_guess || other.is_guess) && self.norm == other.norm {
            return Tie::Same;
        }
        match make::relation_of(&self.meanings, &other.meanings) {
            make::Relation::Same => Tie::Same,
            make::Relation::Brand => Tie::Brand,
            make::Relation::Compatible { kind: make::Kind::Fuzzy } => Tie::Guess,
            make::Relation::Compatible { .. } => Tie::Compatible,
            make::Relation::Different => Tie::Different,
            make::Relation::Unknown => Tie::Unknown,
        }
    }

    /// Whether nothing but a likely misspelling ties it to a maker.
    pub(crate) fn is_guess(&self) -> bool {
        self.is_guess
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
        Make::of(a.to_owned()).unwrap().tie(&Make::of(b.to_owned()).unwrap())
    }

    #[test]
    fn brands_and_companies() {
        assert_eq!(tie("FN Herstal", "Fabrique Nationale"), Tie::Same);
        assert_eq!(tie("Browning", "FN Herstal"), Tie::Brand);
        assert_eq!(tie("Browning", "BROWNING"), Tie::Same);
        assert_eq!(tie("Smith & Wesson", "S&W"), Tie::Same);
        assert_eq!(tie("Glock", "Taurus"), Tie::Different);
        assert_eq!(tie("Berettta", "Beretta"), Tie::Guess);
        assert_eq!(tie("Berettta", "Taurus"), Tie::Unknown);
        assert_eq!(tie("Glock", "Nobody's Own Works"), Tie::Unknown);
        assert_eq!(tie("Nobody's Own", "NOBODYS OWN"), Tie::Same);
    }

    #[test]
    fn fillers_say_nothing() {
        let gun = Gun { make: Some("unknown".into()), model: Some(" ".into()), ..Gun::default() };
        assert_eq!(About::of(&gun), About::default());
        let words = [
            "NÃO CONSTA",
            "não identificada",
            "IGNORADA",
            "s/ marca",
            "SEM MARCA",
            "N/I",
            "OUTROS",
            "desconocida",
            "sans marque",
            "unbekannt",
            "неизвестно",
            "غير معروف",
        ];
        for text in words {
            let (make, model, calibre) = (Some(text.into()), Some(text.into()), Some(text.into()));
            let gun = Gun { make, model, calibre, ..Gun::default() };
            assert_eq!(About::of(&gun), About::default(), "{text}");
        }
        assert!(Make::of("Revelation".to_owned()).is_some(), "a brand that begins like a word for restored");
    }

    #[test]
    fn nobodys_make_agrees_with_nothing() {
        let words = [
            "***",
            "38",
            "CAL 38",
            "PISTOLA",
            "artesanal",
            "fabricación casera",
            "САМОДЕЛЬНЫЙ",
            "el yapımı",
            "made in Brazil",
            "not listed",
            "не установлена",
            "بدون علامة",
        ];
        for text in words {
            assert_eq!(Make::of(text.to_owned()), None, "{text}");
        }
        for text in ["66", "Armas Finas", "Casarini", "Beretta made in Italy", "Glock pistola", "Berettta"] {
            assert!(Make::of(text.to_owned()).is_some(), "{text}");
        }
    }

    #[test]
    fn a_filler_is_no_model_and_no_calibre_unless_the_table_has_it() {
        for text in ["***", "X", "0", "000", "undetermined", "não especificado", "не определен"] {
            let (model, calibre) = (Some(text.into()), Some(text.into()));
            assert_eq!(About::of(&Gun { model, calibre, ..Gun::default() }), About::default(), "{text}");
        }
        for (make, model) in [("Harrington & Richardson", "999"), ("Taurus", "85"), ("", "Z"), ("", "44")] {
            assert!(ModelName::of(model.to_owned(), make).is_some(), "{make} {model}");
        }
        for text in ["22", "44", "9", "12", ".50 Unheard"] {
            assert!(Bore::of(text.to_owned()).is_some(), "{text}");
        }
    }
}
