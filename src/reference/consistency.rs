//! Whether make, model, calibre, type and country of one gun go together, as far as the tables can tell.
//!
//! A doubt is a question to whoever types, never a refusal: guns are altered, and tables have gaps. So only what a row of
//! the tables vouches for raises one (`models_complete` and `made_in` of a make, `sure` of a model); false alarms are
//! clicked away, and the true ones after them. Wrong descriptions are the usual cause of failed traces (ATF).
use super::calibre::{self, Bore, Calibre};
use super::country::{self, Country};
use super::gun_type::{self, GunType};
use super::make::{self, MakeMatch};
use super::model::{self, Model};

/// What was typed of one gun; an empty text was not said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said<'text> {
    /// Make, as typed.
    pub make: &'text str,
    /// Model, as typed.
    pub model: &'text str,
    /// Calibre, as typed.
    pub calibre: &'text str,
    /// Type, letters or words.
    pub gun_type: &'text str,
    /// Country of manufacture, code or name.
    pub made_in: &'text str,
    /// The number that is taken for the serial.
    pub number: &'text str,
}

/// Two things typed of one gun that do not go together; every argument is a code of its table, but for what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The maker makes no such model; others do.
    ModelNotOfMake {
        /// The maker.
        make: &'static str,
        /// The model, as typed.
        model: String,
        /// Makers that have a model of this name; may be empty.
        others: Vec<&'static str>,
    },
    /// The maker makes nothing in this calibre.
    CalibreNotOfMake {
        /// The maker.
        make: &'static str,
        /// The calibre.
        calibre: &'static str,
    },
    /// The model is not made in this calibre.
    CalibreNotOfModel {
        /// The maker.
        make: &'static str,
        /// The model's name.
        model: &'static str,
        /// The calibre.
        calibre: &'static str,
        /// The calibres it is made in.
        made_for: Vec<&'static str>,
    },
    /// A gun of this type does not shoot such a cartridge.
    CalibreNotOfType {
        /// The calibre.
        calibre: &'static str,
        /// The type.
        gun_type: &'static str,
    },
    /// The maker makes no gun of this type.
    TypeNotOfMake {
        /// The maker.
        make: &'static str,
        /// The type.
        gun_type: &'static str,
    },
    /// The model is a gun of another type.
    TypeNotOfModel {
        /// The maker.
        make: &'static str,
        /// The model's name.
        model: &'static str,
        /// The type.
        gun_type: &'static str,
        /// The type it is.
        usual: &'static str,
    },
    /// No gun of this maker was made there: Australia for Austria.
    CountryNotOfMake {
        /// The maker.
        make: &'static str,
        /// The country.
        country: &'static str,
        /// Where the maker's guns are made.
        made_in: Vec<&'static str>,
    },
    /// The number is the name of a model of this maker.
    NumberIsModel {
        /// The maker.
        make: &'static str,
        /// The model's name.
        model: &'static str,
    },
}

impl Doubt {
    /// The doubt as a code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ModelNotOfMake { .. } => "model_not_of_make",
            Self::CalibreNotOfMake { .. } => "calibre_not_of_make",
            Self::CalibreNotOfModel { .. } => "calibre_not_of_model",
            Self::CalibreNotOfType { .. } => "calibre_not_of_type",
            Self::TypeNotOfMake { .. } => "type_not_of_make",
            Self::TypeNotOfModel { .. } => "type_not_of_model",
            Self::CountryNotOfMake { .. } => "country_not_of_make",
            Self::NumberIsModel { .. } => "number_is_model",
        }
    }
}

/// Everything about this gun that the tables doubt, at most one doubt a field.
pub fn consistency(said: &Said<'_>) -> Vec<Doubt> {
    let meanings = make::meanings(said.make);
    let named = calibre::find(said.calibre);
    let kind = gun_type::find(said.gun_type);
    let known = model::find(said.make, said.model);
    let doubts = [
        doubt_model(&meanings, said.model, known),
        named.and_then(|named| doubt_calibre(&meanings, known, named, kind)),
        kind.and_then(|kind| doubt_type(&meanings, known, kind)),
        country::find(said.made_in).and_then(|country| doubt_country(&meanings, known, country)),
        doubt_number(&meanings, said.number),
    ];
    doubts.into_iter().flatten().collect()
}

/// The maker, when the text names one and no other, and the table has all its models.
fn whole_maker(meanings: &[MakeMatch]) -> Option<&'static make::Make> {
    match meanings {
        [only] if only.kind.names_the_maker() && only.make.models_complete => Some(only.make),
        _ => None,
    }
}

fn doubt_model(meanings: &[MakeMatch], typed: &str, known: Option<&Model>) -> Option<Doubt> {
    let make = whole_maker(meanings)?;
    // A word may be a colour or a nickname, and a figure the calibre in the wrong field.
    let figures = typed.chars().any(|c| c.is_ascii_digit()) && calibre::find(typed).is_none();
    let others: Vec<&'static str> = model::named(typed).map(|other| other.make.as_str()).collect();
    (known.is_none() && figures && !others.is_empty()).then(|| Doubt::ModelNotOfMake {
        make: &make.code,
        model: typed.trim().to_owned(),
        others,
    })
}

fn doubt_calibre(
    meanings: &[MakeMatch],
    known: Option<&'static Model>,
    named: &'static Calibre,
    kind: Option<&'static GunType>,
) -> Option<Doubt> {
    let fits = |code: &String| {
        calibre::by_code(code)
            .is_none_or(|made_for| calibre::relation_of(made_for, named) != calibre::Relation::Different)
    };
    if let Some(model) = known.filter(|model| is_vouched_for(model) && !model.calibres.is_empty())
        && !model.calibres.iter().any(fits)
    {
        return Some(Doubt::CalibreNotOfModel {
            make: &model.make,
            model: &model.name,
            calibre: &named.code,
            made_for: model.calibres.iter().map(String::as_str).collect(),
        });
    }
    if let Some(make) = whole_maker(meanings)
        && known.is_none()
        && !models(make).any(|model| model.calibres.is_empty() || model.calibres.iter().any(fits))
    {
        return Some(Doubt::CalibreNotOfMake { make: &make.code, calibre: &named.code });
    }
    // A shotgun's barrel takes shells; a few take the cartridge of the same width (.410 and .45 Colt).
    let kind = kind.filter(|kind| kind.code.starts_with('S'))?;
    let takes_shells =
        named.near.iter().any(|near| calibre::by_code(near).is_some_and(|near| near.bore == Bore::Gauge));
    (matches!(named.bore, Bore::Pistol | Bore::Rifle) && !named.is_vague() && !takes_shells)
        .then(|| Doubt::CalibreNotOfType { calibre: &named.code, gun_type: &kind.code })
}

fn doubt_type(
    meanings: &[MakeMatch],
    known: Option<&'static Model>,
    kind: &'static GunType,
) -> Option<Doubt> {
    let fits =
        |model: &Model| gun_type::relation(&model.gun_type, &kind.code) != gun_type::Relation::Different;
    if let Some(model) = known.filter(|model| is_vouched_for(model)) {
        return (!fits(model)).then_some(Doubt::TypeNotOfModel {
            make: &model.make,
            model: &model.name,
            gun_type: &kind.code,
            usual: &model.gun_type,
        });
    }
    let make = whole_maker(meanings)?;
    // What is no gun but a part of one, or no more than "firearm", may be anybody's.
    let is_gun = !kind.code.starts_with(['F', 'V', 'Z']);
    (is_gun && !models(make).any(fits))
        .then_some(Doubt::TypeNotOfMake { make: &make.code, gun_type: &kind.code })
}

fn doubt_country(
    meanings: &[MakeMatch],
    known: Option<&'static Model>,
    said: &'static Country,
) -> Option<Doubt> {
    let named = |kind: make::Kind| kind.names_the_maker();
    let first = meanings.first().filter(|first| named(first.kind))?;
    if !meanings.iter().all(|meaning| !named(meaning.kind) || !meaning.make.made_in.is_empty()) {
        return None;
    }
    let licensees = |make: &'static make::Make| {
        let licensed = make.aliases.iter().filter(|alias| alias.kind == make::Kind::Licensee);
        licensed.filter_map(|alias| make::find(&alias.text)).map(|found| found.make.country.as_str())
    };
    let pattern = known.and_then(|model| model.pattern.as_deref());
    let built_elsewhere = pattern.into_iter().flat_map(model::of_pattern).filter_map(Model::make);
    let mut possible = meanings
        .iter()
        .flat_map(|meaning| {
            let own = std::iter::once(&meaning.make.country).chain(&meaning.make.made_in);
            own.map(String::as_str).chain(licensees(meaning.make))
        })
        .chain(built_elsewhere.map(|make| make.country.as_str()));
    let is_possible = possible.any(|code| {
        matches!(country::relation(code, &said.code), country::Relation::Same | country::Relation::Successor)
    });
    (!is_possible).then(|| Doubt::CountryNotOfMake {
        make: &first.make.code,
        country: &said.code,
        made_in: first.make.made_in.iter().map(String::as_str).collect(),
    })
}

fn doubt_number(meanings: &[MakeMatch], number: &str) -> Option<Doubt> {
    let named = model::designations(number);
    let own =
        named.into_iter().find(|model| meanings.iter().any(|meaning| meaning.make.code == model.make))?;
    Some(Doubt::NumberIsModel { make: &own.make, model: &own.name })
}

fn models(make: &'static make::Make) -> impl Iterator<Item = &'static Model> {
    model::all().iter().filter(move |model| model.make == make.code)
}

/// Whether the row itself, or that of its make, says that there is no other calibre and no other type of it.
fn is_vouched_for(model: &Model) -> bool {
    model.sure || model.make().is_some_and(|make| make.models_complete)
}

#[cfg(test)]
mod tests;
