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
/// The same at large, where little was counted: a calibre or type that one gun in eight has.
const USUAL_AT_LARGE: u64 = 2000;
const RARE: i32 = -300;
/// A property that no gun was counted with is not impossible.
const LEAST_SHARE: i32 = 1000;
/// The same among guns whose numbers begin alike, with letters and without: of bare figures
/// every maker has a block.
const USUAL_IN_BLOCK: [u64; 2] = [5, 20];

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
pub(super) fn fields(
    record: &About,
    check: &About,
    same_make: bool,
    ground: &Ground,
    count: Count<'_>,
) -> i32 {
    let told = |kind: Given, of: Part, property: Part, all: i32| {
        let (having, of) = Facet::given(kind, of, property);
        (share(count(having), count(of), -all, USUAL) + all).clamp(LEAST, MOST)
    };
    let make = record.make.as_ref().filter(|_| !same_make).map(|make| make.part);
    let model = record.model.as_ref().filter(|_| check.model.is_none()).map(|model| model.part);
    let mut bits = 0;
    // A model is one maker's, whatever model the record tells.
    if let (Some(seen), Some(make), None) = (&check.model, make, &check.make) {
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
    bits + told_on_record(record, check, same_make, count)
}

/// Weighs what the record tells of calibre and type and the check does not, by the guns that
/// are like the one in hand.
fn told_on_record(record: &About, check: &About, same_make: bool, count: Count<'_>) -> i32 {
    let told = |(kind, of): (Given, Part), property: Part, (alone, any): (Facet, Facet)| {
        let all = share(count(alone), count(any), RARE, USUAL_AT_LARGE);
        let (having, of) = Facet::given(kind, of, property);
        (share(count(having), count(of), all, USUAL) - all).clamp(LEAST, MOST)
    };
    let make = check.make.as_ref().filter(|_| !same_make).map(|make| make.part);
    let model = check.model.as_ref().filter(|_| record.model.is_none()).map(|model| model.part);
    let mut bits = 0;
    if let (Some(bore), None) = (&record.calibre, &check.calibre) {
        let given = model
            .map(|model| (Given::CalibreOfModel, model))
            .or(make.map(|make| (Given::CalibreOfMake, make)));
        let at_large = (Facet::of_calibre(bore.part), Facet::ANY_CALIBRE);
        bits += given.map_or(0, |given| told(given, bore.part, at_large));
    }
    if let (Some(gun_type), None) = (record.gun_type, check.gun_type) {
        let part = Part::of(gun_type.as_str());
        let calibre = check.calibre.as_ref().filter(|_| record.calibre.is_none()).map(|bore| bore.part);
        let given = model
            .map(|model| (Given::TypeOfModel, model))
            .or(calibre.map(|bore| (Given::TypeOfCalibre, bore)));
        bits += given.map_or(0, |given| told(given, part, (Facet::of_type(part), Facet::ANY_TYPE)));
    }
    bits
}

/// Weighs the maker of the gun in hand, told or implied by its model, where the record tells
/// no make: by the guns of the recorded model, or by those whose numbers begin as the recorded
/// one does. `worth` is what it would weigh if the record told it too.
pub(super) fn make((record, recorded): (&About, &Key), worth: i32, ground: &Ground, count: Count<'_>) -> i32 {
    let Some((make, all)) = ground.maker() else { return 0 };
    let likely = match &record.model {
        Some(model) => {
            let (having, _) = Facet::given(Given::ModelOfMake, make, model.part);
            let of = telling_makes(count(Facet::of_model(model.part)), count);
            Some(share(count(having), of, -all, USUAL))
        }
        None => share_in_block(recorded, make, (-all, 0), count),
    };
    likely.map_or(0, |likely| (likely + worth).clamp(LEAST, MOST))
}

/// The part that a make has of the guns whose numbers begin alike, some of which are left out;
/// nothing where the number has no form.
pub(super) fn share_in_block(
    key: &Key,
    make: Part,
    (all, left_out): (i32, u64),
    count: Count<'_>,
) -> Option<i32> {
    let form = Facet::of_number(&key.line)?;
    let usual = USUAL_IN_BLOCK[usize::from(!key.line.begins_with_letter())];
    let having = count(form.block.of_make(make)).saturating_sub(left_out);
    let of = telling_makes(count(form.block), count).saturating_sub(left_out).max(having);
    Some(share(having, of, all, usual))
}

/// Of so many guns those that tell their make, if they are as all others.
fn telling_makes(guns: u64, count: Count<'_>) -> u64 {
    let (telling, all) = (count(Facet::ANY_MAKE), count(Facet::ANY_NUMBER));
    if telling < all { guns * telling / all } else { guns }
}

#[cfg(test)]
mod tests;
