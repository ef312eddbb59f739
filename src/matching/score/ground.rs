//! What agreeing is worth in a store: much for what few guns have, little for what many have.

use super::{untold, weight};
use crate::matching::about::About;
use crate::matching::facet::{Facet, Facets, Part};
use crate::matching::key::Key;
use crate::matching::prepared::Prepared;
use crate::reference::calibre::Calibre;

/// What it is worth, in hundredths of a bit, that a recorded gun agrees with one in hand.
///
/// Each figure is the logarithm of how rare the property is among the guns of the store that
/// tell it at all, given what was weighed before it: make, then model, calibre, type. While a
/// store is small, what is usual in mixed stores of handguns stands in for its own count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ground {
    make: i32,
    /// The make that is told, or else the one whose model is; and the weight of that.
    maker: Option<(Part, i32)>,
    /// Alone, and given the make.
    model: [i32; 2],
    /// Alone, given the make, and given the model.
    calibre: [i32; 3],
    /// Alone, given the calibre, and given the model.
    gun_type: [i32; 3],
    /// For each number of the gun in hand and each of its readings.
    numbers: Vec<Vec<i32>>,
    /// For the same, an agreeing make among guns whose numbers begin alike.
    makes_in_block: Vec<Vec<i32>>,
}

/// Guns whose habits a store has to begin with, as if it had counted that many.
const USUAL: u64 = 2000;
/// The same where only guns of one make or calibre are counted.
const USUAL_OF_SOME: u64 = 200;
/// The same for the form and the first characters of numbers.
const USUAL_NUMBERS: u64 = 1000;

/// What an agreeing make is worth where the store does not know better: about one gun in
/// forty, and more are of makers that everybody buys from.
const MAKE: i32 = 500;
const COMMON_MAKES: [(&str, i32); 9] = [
    ("GLOCK", 280),
    ("SW", 320),
    ("TAURUS", 330),
    ("RUGER", 350),
    ("BERETTA", 400),
    ("COLT", 430),
    ("CZ", 430),
    ("FN", 450),
    ("SIG", 450),
];
/// The same for a model, alone and given the make.
const MODEL: (i32, i32) = (400, 200);
/// The same for a calibre.
const CALIBRE: (i32, i32) = (350, 240);
const COMMON_CALIBRES: [(&str, i32, i32); 6] = [
    ("9x19", 170, 130),
    (".22 LR", 300, 230),
    (".38 Spl", 300, 200),
    ("12 ga", 310, 150),
    (".45 ACP", 320, 210),
    (".40 S&W", 320, 210),
];
/// The same for a pistol, alone and given the calibre, and for any other type.
const PISTOL: (i32, i32) = (90, 20);
const OTHER_TYPE: (i32, i32) = (250, 60);
/// What calibre and type are worth once the model agrees: they follow from it.
const FOLLOWS: i32 = 20;

/// The most that any one property is worth, for the guns that are checked are not drawn from
/// the store: a maker of whom it has one gun may be common where that gun was found.
const MOST: i32 = 900;
/// The least and the most that the form of a number changes its weight.
const FORM: (i32, i32) = (-1200, 300);

impl Ground {
    /// What a store says that has counted its guns.
    pub(crate) fn of(check: &Prepared, count: &dyn Fn(Facet) -> u64) -> Self {
        let facets = Facets::of(&check.about);
        let worth = |usual: i32, weight: u64, property: Option<Facet>, of: Option<Facet>| match (property, of)
        {
            (Some(property), Some(of)) => worth(usual, weight, count(property), count(of)),
            _ => usual,
        };
        let maker = check.about.maker().unwrap_or_default();
        let make = COMMON_MAKES.iter().find(|(code, _)| *code == maker).map_or(MAKE, |(_, bits)| *bits);
        let family = check.about.calibre.as_ref().and_then(|bore| bore.family).map_or("", Calibre::commonly);
        let calibre = COMMON_CALIBRES
            .iter()
            .find(|(code, ..)| *code == family)
            .map_or(CALIBRE, |(_, alone, given)| (*alone, *given));
        let pistol = check.about.gun_type.is_some_and(|gun_type| gun_type.as_str() == "PI");
        let gun_type = if pistol { PISTOL } else { OTHER_TYPE };
        let told = worth(make, USUAL, facets.make, Some(Facet::ANY_MAKE));
        let implied = || {
            let known = check.about.model.as_ref().and_then(|model| model.known);
            let make = known.map(|model| Part::of(&model.make))?;
            Some((make, worth(MAKE, USUAL, Some(Facet::of_maker(make)), Some(Facet::ANY_MAKE))))
        };
        Self {
            make: told,
            maker: check.about.make.as_ref().map(|make| (make.part, told)).or_else(implied),
            model: [
                worth(MODEL.0, USUAL, facets.model, Some(Facet::ANY_MODEL)),
                worth(MODEL.1, USUAL_OF_SOME, facets.model_of_make, facets.any_model_of_make),
            ],
            calibre: [
                worth(calibre.0, USUAL, facets.calibre, Some(Facet::ANY_CALIBRE)),
                worth(calibre.1, USUAL_OF_SOME, facets.calibre_of_make, facets.any_calibre_of_make),
                worth(FOLLOWS, USUAL_OF_SOME, facets.calibre_of_model, facets.any_calibre_of_model),
            ],
            gun_type: [
                worth(gun_type.0, USUAL, facets.gun_type, Some(Facet::ANY_TYPE)),
                worth(gun_type.1, USUAL_OF_SOME, facets.type_of_calibre, facets.any_type_of_calibre),
                worth(FOLLOWS / 2, USUAL_OF_SOME, facets.type_of_model, facets.any_type_of_model),
            ],
            numbers: check
                .readings
                .iter()
                .map(|reading| reading.keys.iter().map(|key| form(key, count)).collect())
                .collect(),
            makes_in_block: Vec::new(),
        }
        .with_blocks(check, count)
    }

    fn with_blocks(mut self, check: &Prepared, count: &dyn Fn(Facet) -> u64) -> Self {
        let Some((make, worth)) = self.maker else { return self };
        // One of them may be the gun in hand itself.
        let in_block = |key: &Key| {
            let share = untold::share_in_block(key, make, (-worth, 1), count);
            share.map_or(worth, |share| (-share).clamp(0, MOST))
        };
        let readings = check.readings.iter();
        self.makes_in_block = readings.map(|reading| reading.keys.iter().map(in_block).collect()).collect();
        self
    }

    /// An agreeing make.
    pub(crate) fn make(&self) -> i32 {
        self.make
    }

    /// An agreeing model, whether the make agrees or not.
    pub(crate) fn model(&self, same_make: bool) -> i32 {
        self.model[usize::from(same_make)]
    }

    /// An agreeing calibre.
    pub(crate) fn calibre(&self, same_make: bool, same_model: bool) -> i32 {
        self.calibre[if same_model { 2 } else { usize::from(same_make) }]
    }

    /// An agreeing type and action.
    pub(crate) fn gun_type(&self, same_model: bool, same_calibre: bool) -> i32 {
        self.gun_type[if same_model { 2 } else { usize::from(same_calibre) }]
    }

    /// A property that the two tell differently, of which agreeing is worth so much.
    ///
    /// `told_otherwise` is how often two people tell one gun differently, in hundredths.
    pub(crate) fn differing(agreeing: i32, told_otherwise: u128) -> i32 {
        let all = weight::odds(0);
        let others = all - weight::odds(-agreeing).min(all - 1);
        weight::logarithm(told_otherwise * all, 100 * others)
    }

    /// The make that the gun in hand is of, told or implied by its model, and its weight.
    pub(crate) fn maker(&self) -> Option<(Part, i32)> {
        self.maker
    }

    /// Whether a record tells the make that the gun in hand is of.
    pub(crate) fn is_maker_of(&self, about: &About) -> bool {
        let make = about.make.as_ref().map(|make| make.part);
        make.is_some() && make == self.maker.map(|(make, _)| make)
    }

    /// The weight of that make where the numbers begin alike.
    pub(crate) fn make_in_block(&self, number: usize, reading: usize) -> i32 {
        let readings = self.makes_in_block.get(number);
        readings.and_then(|readings| readings.get(reading)).copied().unwrap_or(self.make)
    }

    /// What the form of a number in hand adds to what its characters tell; less than nothing
    /// where many numbers look like it.
    pub(crate) fn number(&self, number: usize, reading: usize) -> i32 {
        self.numbers.get(number).and_then(|readings| readings.get(reading)).copied().unwrap_or(0)
    }
}

/// What agreeing in a property is worth that so many of so many guns have.
fn worth(usual: i32, weight: u64, having: u64, of: u64) -> i32 {
    let share_of_usual = weight::odds(-usual) * u128::from(weight);
    let (all, having) = (u128::from(of + weight), u128::from(having));
    weight::logarithm(all << weight::POINT, (having << weight::POINT) + share_of_usual).clamp(0, MOST)
}

/// How much more, or less, the characters of a number tell than figures and letters at large.
///
/// A number that is in no store is most likely of a form that many have, with a beginning
/// that many of that form have: of twenty times nine its first two characters are drawn like
/// those in the store, nine its first four (a block that was delivered together), and twice
/// they are any. What comes behind them runs evenly.
fn form(key: &Key, count: &dyn Fn(Facet) -> u64) -> i32 {
    let Some(form) = Facet::of_number(&key.line) else { return 0 };
    let usual = u128::from(USUAL_NUMBERS) << weight::POINT;
    let like = |facet: Facet, told: i32| u128::from(count(facet)) * weight::odds(told) + usual;
    let (two, four) = (key.line.told_first(2), key.line.told_first(4));
    let likelihood = 2 * like(form.shape, 0) + 9 * like(form.beginning, two) + 9 * like(form.block, four);
    let all = u128::from(count(Facet::ANY_NUMBER) + USUAL_NUMBERS);
    weight::logarithm((20 * all) << weight::POINT, likelihood).clamp(FORM.0, FORM.1)
}

#[cfg(test)]
mod tests;
