//! What a record that does not tell a field says of it all the same.
//!
//! A record without a make whose number stands in a block of one maker's is most likely that
//! maker's; a record of a model is of that model's calibre. How likely a gun with this record
//! is told as the one in hand is, the store counts: a property that the check tells and the
//! record does not is weighed by how many of the guns that are like the record have it,
//! against how many of those that are like the check do.

use super::ground::Ground;
use super::weight;
use crate::matching::about::About;
use crate::matching::facet::{Facet, Given, Part};
use crate::matching::key::Key;

/// The least and the most that a field weighs which a record does not tell, in hundredths of a
/// bit: less than one that it tells otherwise.
const LEAST: i32 = -300;
const MOST: i32 = 200;
/// Guns of one model or make whose habits are taken for granted, as if they had been counted.
const USUAL: u64 = 100;
/// A property that no gun was counted with is not impossible.
const LEAST_SHARE: i32 = 1000;
/// The same among guns whose numbers begin alike.
const USUAL_IN_BLOCK: u64 = 5;

/// What a store counts.
pub(crate) type Count<'a> = &'a dyn Fn(Facet) -> u64;

/// The part of some guns that have a property, as a logarithm in hundredths of a bit, at most
/// 0; `all` weighs in where few were counted.
fn share(having: u64, of: u64, all: i32, usual: u64) -> i32 {
    let usual_having = weight::odds(all) * u128::from(usual);
    let having = (u128::from(having) << weight::POINT) + usual_having;
    weight::logarithm(having.max(1), u128::from(of + usual) << weight::POINT).clamp(-LEAST_SHARE, 0)
}

/// Weighs what the check tells of model, calibre and type and the record does not.
///
/// Where both tell what a field follows from it has been weighed, or says the same of both.
pub(super) fn fields(record: &About, check: &About, same_make: bool, ground: &Ground, count: Count<'_>) -> i32 {
    let told = |kind: Given, of: Part, property: Part, all: i32| {
        let (having, of) = Facet::given(kind, of, property);
        (share(count(having), count(of), -all, USUAL) + all).clamp(LEAST, MOST)
    };
    let make = record.make.as_ref().filter(|_| !same_make).map(|make| make.part);
    let model = record.model.as_ref().filter(|_| check.model.is_none()).map(|model| model.part);
    let mut bits = 0;
    if let (None, Some(seen), Some(make), None) = (&record.model, &check.model, make, &check.make) {
        bits += told(Given::ModelOfMake, make, seen.part, ground.model(false));
    }
    if let (None, Some(seen)) = (&record.calibre, &check.calibre) {
        let all = ground.calibre(check.make.is_some(), false);
        bits += match (model, make) {
            (Some(model), _) => told(Given::CalibreOfModel, model, seen.part, all),
            (None, Some(make)) => told(Given::CalibreOfMake, make, seen.part, all),
            (None, None) => 0,
        };
    }
    if let (None, Some(seen)) = (record.gun_type, check.gun_type) {
        let seen = Part::of(seen.as_str());
        let all = ground.gun_type(false, check.calibre.is_some());
        let calibre = record.calibre.as_ref().filter(|_| check.calibre.is_none());
        bits += match (model, calibre) {
            (Some(model), _) => told(Given::TypeOfModel, model, seen, all),
            (None, Some(calibre)) => told(Given::TypeOfCalibre, calibre.part, seen, all),
            (None, None) => 0,
        };
    }
    bits
}

/// Weighs a make that the check tells and the record does not, by the guns of the recorded
/// model, or by those whose numbers begin as the recorded one does; `worth` is what it would
/// weigh if the record told it too.
pub(super) fn make(
    (record, recorded): (&About, &Key),
    check: &About,
    worth: i32,
    ground: &Ground,
    count: Count<'_>,
) -> i32 {
    let Some(make) = &check.make else { return 0 };
    let likely = |having: Facet, of: u64, usual: u64| {
        share(count(having), telling_makes(of, count), -ground.make(), usual)
    };
    let likely = match (&record.model, Facet::of_number(&recorded.line)) {
        (Some(model), _) => {
            let (having, _) = Facet::given(Given::ModelOfMake, make.part, model.part);
            likely(having, count(Facet::of_model(model.part)), USUAL)
        }
        // Of bare figures every maker has a block.
        (None, Some(form)) if recorded.line.begins_with_letter() => {
            likely(form.block.of_make(make.part), count(form.block), USUAL_IN_BLOCK)
        }
        (None, _) => return 0,
    };
    (likely + worth).clamp(LEAST, MOST)
}

/// Of so many guns those that tell their make, if they are as all others.
fn telling_makes(guns: u64, count: Count<'_>) -> u64 {
    let (telling, all) = (count(Facet::ANY_MAKE), count(Facet::ANY_NUMBER));
    if telling < all { guns * telling / all } else { guns }
}
