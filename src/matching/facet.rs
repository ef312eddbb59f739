//! What guns of a store have in common, in a form that can be counted.

mod opening;
mod tally;

use super::about::About;
use super::align::Line;
use super::key;
pub(crate) use opening::Opening;
pub(crate) use tally::{Counts, Tally};

/// A property that guns share, such as a make, a model of that make, or numbers of one form.
///
/// It is a hash of the property: two that fell together would be counted as one, which among
/// 2^64 does not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Facet(u64);

/// What numbers have in common: the form (length, and where letters stand), that form with the
/// first two characters, and with the first four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form {
    pub shape: Facet,
    pub beginning: Facet,
    pub block: Facet,
}

/// A name that properties are made of, such as a maker's code (FNV-1a, 64 bits).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part(u64);

impl Part {
    pub(crate) fn of(name: &str) -> Self {
        let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
        Self(name.bytes().fold(0xCBF2_9CE4_8422_2325, add))
    }
}

/// A property that follows from another; the kind after it counts what tells of it at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    ModelOfMake = 3,
    CalibreOfMake = 6,
    CalibreOfModel = 8,
    TypeOfCalibre = 11,
    TypeOfModel = 13,
}

/// All countable properties of a description; nothing where it does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Facets {
    pub make: Option<Facet>,
    pub model: Option<Facet>,
    pub model_of_make: Option<Facet>,
    pub any_model_of_make: Option<Facet>,
    pub calibre: Option<Facet>,
    pub calibre_of_make: Option<Facet>,
    pub any_calibre_of_make: Option<Facet>,
    pub calibre_of_model: Option<Facet>,
    pub any_calibre_of_model: Option<Facet>,
    pub gun_type: Option<Facet>,
    pub type_of_calibre: Option<Facet>,
    pub any_type_of_calibre: Option<Facet>,
    pub type_of_model: Option<Facet>,
    pub any_type_of_model: Option<Facet>,
}

impl Facet {
    /// Guns that tell their make.
    pub(crate) const ANY_MAKE: Self = Self(1);
    /// Guns that tell their model.
    pub(crate) const ANY_MODEL: Self = Self(2);
    /// Guns that tell their calibre.
    pub(crate) const ANY_CALIBRE: Self = Self(3);
    /// Guns that tell their type.
    pub(crate) const ANY_TYPE: Self = Self(4);
    /// Numbers of plain letters and figures.
    pub(crate) const ANY_NUMBER: Self = Self(5);

    /// The facet of a kind with its parts.
    fn of(kind: u8, parts: &[Part]) -> Self {
        let mix = |hash: u64, part: u64| (hash ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        let hash = parts.iter().fold(u64::from(kind), |hash, part| mix(hash, part.0));
        // The lowest numbers are the constants above.
        Self(hash | 1 << 63)
    }

    /// Guns that have a property and another that it follows from, and those that have the other
    /// and tell of the first.
    pub(crate) fn given(kind: Given, of: Part, property: Part) -> (Self, Self) {
        (Self::of(kind as u8, &[of, property]), Self::of(kind as u8 + 1, &[of]))
    }

    /// Guns of a maker.
    pub(crate) fn of_maker(make: Part) -> Self {
        Self::of(1, &[make])
    }

    /// Guns of a model, whatever their make.
    pub(crate) fn of_model(model: Part) -> Self {
        Self::of(2, &[model])
    }

    /// Guns of a calibre.
    pub(crate) fn of_calibre(calibre: Part) -> Self {
        Self::of(5, &[calibre])
    }

    /// Guns of a type.
    pub(crate) fn of_type(gun_type: Part) -> Self {
        Self::of(10, &[gun_type])
    }

    /// A form of numbers on guns of one make.
    pub(crate) fn of_make(self, make: Part) -> Self {
        let hash = (self.0 ^ make.0).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self(hash & !(0b11 << 62) | 0b01 << 61)
    }

    /// The form of a number; nothing for a number with gaps or signs of other scripts.
    pub(crate) fn of_number(line: &Line) -> Option<Form> {
        let plain = |c: char| c.is_ascii_alphanumeric().then(|| key::symbol(c));
        let symbols: Option<Vec<u8>> = line.characters()?.map(plain).collect();
        symbols.map(|symbols| Self::of_symbols(&symbols))
    }

    /// The same of a number given as symbols below 36.
    pub(crate) fn of_symbols(symbols: &[u8]) -> Form {
        Opening::of(symbols).form()
    }
}

impl Facets {
    /// The properties of a description.
    pub(crate) fn of(about: &About) -> Self {
        let make = about.make.as_ref().map(|make| make.part);
        let model = about.model.as_ref().map(|model| model.part);
        let calibre = about.calibre.as_ref().map(|bore| bore.part);
        let gun_type = about.gun_type.map(|gun_type| Part::of(gun_type.as_str()));
        let one = |kind, part: &Option<Part>| part.map(|part| Facet::of(kind, &[part]));
        let given = |kind, of: Option<Part>, property: Option<Part>| match (of, property) {
            (Some(of), Some(property)) => {
                let (both, any) = Facet::given(kind, of, property);
                (Some(both), Some(any))
            }
            _ => (None, None),
        };
        let (model_of_make, any_model_of_make) = given(Given::ModelOfMake, make, model);
        let (calibre_of_make, any_calibre_of_make) = given(Given::CalibreOfMake, make, calibre);
        let (calibre_of_model, any_calibre_of_model) = given(Given::CalibreOfModel, model, calibre);
        let (type_of_calibre, any_type_of_calibre) = given(Given::TypeOfCalibre, calibre, gun_type);
        let (type_of_model, any_type_of_model) = given(Given::TypeOfModel, model, gun_type);
        Self {
            make: make.map(Facet::of_maker),
            model: model.map(Facet::of_model),
            model_of_make,
            any_model_of_make,
            calibre: one(5, &calibre),
            calibre_of_make,
            any_calibre_of_make,
            calibre_of_model,
            any_calibre_of_model,
            gun_type: one(10, &gun_type),
            type_of_calibre,
            any_type_of_calibre,
            type_of_model,
            any_type_of_model,
        }
    }

    fn each(&self) -> impl Iterator<Item = Facet> {
        let any = [
            self.make.map(|_| Facet::ANY_MAKE),
            self.model.map(|_| Facet::ANY_MODEL),
            self.calibre.map(|_| Facet::ANY_CALIBRE),
            self.gun_type.map(|_| Facet::ANY_TYPE),
        ];
        let own = [
            self.make,
            self.model,
            self.model_of_make,
            self.any_model_of_make,
            self.calibre,
            self.calibre_of_make,
            self.any_calibre_of_make,
            self.calibre_of_model,
            self.any_calibre_of_model,
            self.gun_type,
            self.type_of_calibre,
            self.any_type_of_calibre,
            self.type_of_model,
            self.any_type_of_model,
        ];
        any.into_iter().chain(own).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::pattern::Pattern;

    fn line(text: &str) -> Line {
        Line::of(&Pattern::lenient(text))
    }

    #[test]
    fn numbers_of_one_form_share_it() {
        let form = |text: &str| Facet::of_number(&line(text));
        let number = form("KD73519").unwrap();
        assert_eq!(form("AB00000").unwrap().shape, number.shape);
        assert_ne!(form("AB00000").unwrap().beginning, number.beginning);
        let next = form("KD-10000").unwrap();
        assert_eq!((next.shape, next.beginning), (number.shape, number.beginning));
        assert_ne!(next.block, number.block);
        assert_eq!(form("KD-735 00").unwrap(), number);
        assert_ne!(form("KD7351").unwrap().shape, number.shape);
        assert_eq!((form("KD7??19"), form("KD北7351")), (None, None));
    }
}
