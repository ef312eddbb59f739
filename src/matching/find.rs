//! From a gun to its candidates: search, compare, count the rivals, judge.

use super::index::{Index, Staged};
use super::prepared::Prepared;
use super::score::{Comparison, Ground, Pair, Rivals, compare};
use crate::domain::evidence::{Band, Evidence, Rarity, Reason};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::sync::Arc;

/// A record that a check may be about.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<K> {
    /// The record.
    pub key: K,
    /// Band, weight and reasons.
    pub evidence: Evidence,
    /// Whether a number found it, and not the description alone.
    pub fits_number: bool,
    /// Errors between the two numbers, 3 when one is a part of the other; `None` without numbers.
    pub errors: Option<u8>,
    /// The maker's code where the make table knows it, else the name in one spelling.
    pub make: Option<String>,
}

/// Most candidates kept that no serial speaks for: a filler or a common model may fit
/// thousands and says nothing of any.
pub const MOST_WITHOUT_SERIAL: usize = 200;

/// The heaviest candidates, among which records of one and the same gun are looked for.
const TWINS_AMONG: usize = 32;
/// Most further records of one gun that has a short number or figures alone; where more share it
/// and the maker, the series repeats.
const MOST_TWINS: usize = 3;

/// The heaviest candidates that are kept and explained; all others weigh as rivals only.
const MOST_KEPT: usize = 256;

/// What a search brought: every pair of one check, not yet judged.
#[derive(Debug, Clone)]
pub struct Found<K> {
    check: Arc<Prepared>,
    ground: Arc<Ground>,
    base: Index<K>,
    pairs: Vec<(K, Pair)>,
    /// Guns that came since the base; the others it has.
    since: BTreeMap<K, Prepared>,
}

/// Finds all records that a check may be about, in an index as it stands.
///
/// This is the long part of the work and needs no lock; [`Found::caught_up`] brings it up to
/// date inside one.
pub fn search<K: Copy + Ord + Hash>(records: &Index<K>, check: &Prepared) -> Found<K> {
    let count = |facet| records.count(facet);
    let ground = Ground::of(check, &count);
    let mut comparison = Comparison::new(check, &ground, &count);
    let mut pairs = Vec::new();
    records.search(check, &mut |key, record| {
        pairs.extend(comparison.pair(record).map(|pair| (key, pair)));
    });
    Found {
        check: Arc::new(check.clone()),
        ground: Arc::new(ground),
        base: records.clone(),
        pairs,
        since: BTreeMap::new(),
    }
}

impl<K: Copy + Ord + Hash> Found<K> {
    /// The same with changes that came since: what they replace or remove is dropped, what
    /// they add is searched. The changes must stand on the index that was searched.
    #[must_use]
    pub fn caught_up(mut self, staged: &Staged<K>) -> Self {
        self.pairs.retain(|(key, ..)| !staged.replaces(*key));
        let count = |facet| self.base.count(facet);
        let mut comparison = Comparison::new(&self.check, &self.ground, &count);
        staged.search_added(&self.check, &mut |key, record| {
            if let Some(pair) = comparison.pair(record) {
                self.pairs.push((key, pair));
                self.since.insert(key, record.clone());
            }
        });
        self
    }

    /// Records that form a pair with the check, in no order.
    pub fn records(&self) -> impl Iterator<Item = K> + '_ {
        self.pairs.iter().map(|(key, _)| *key)
    }

    /// The same without one record: a recovered gun is no candidate of its own check, and no
    /// rival of the others.
    #[must_use]
    pub fn without(mut self, record: K) -> Self {
        self.pairs.retain(|(key, ..)| *key != record);
        self
    }

    /// The candidates in a store of so many records, the weightiest first, then by key; of
    /// hundreds the last are left out.
    pub fn candidates(&self, records: u64) -> Vec<Candidate<K>> {
        let mut pairs: Vec<(K, Pair)> = self.pairs.clone();
        let all: u128 = pairs.iter().map(|(_, pair)| pair.odds()).sum();
        let order = |(key, pair): &(K, Pair)| (std::cmp::Reverse(pair.bits()), *key);
        if pairs.len() > MOST_KEPT {
            pairs.select_nth_unstable_by_key(MOST_KEPT, order);
            pairs.truncate(MOST_KEPT);
        }
        pairs.sort_unstable_by_key(order);
        let mut weak = 0;
        pairs.retain(|(_, pair)| {
            weak += usize::from(!pair.by_serial());
            pair.by_serial() || weak <= MOST_WITHOUT_SERIAL
        });
        let gun = |key: K| self.since.get(&key).cloned().or_else(|| self.base.get(key));
        let guns: Vec<(K, Pair, Prepared)> =
            pairs.into_iter().filter_map(|(key, pair)| Some((key, pair, gun(key)?))).collect();
        let count = |facet| self.base.count(facet);
        let mut comparison = Comparison::new(&self.check, &self.ground, &count);
        let candidate = |(at, (key, pair, record)): (usize, &(K, Pair, Prepared))| {
            let rivals = Rivals::of(records, all - pair.odds() - twins(&guns, at));
            Some(Candidate {
                key: *key,
                evidence: comparison.evidence(record, &rivals)?,
                fits_number: pair.errors().is_some(),
                errors: pair.errors(),
                make: record.about.maker(),
            })
        };
        guns.iter().enumerate().filter_map(candidate).collect()
    }
}

/// Odds of the other records that describe the same gun as this one.
fn twins<K>(guns: &[(K, Pair, Prepared)], at: usize) -> u128 {
    if at >= TWINS_AMONG {
        return 0;
    }
    let (_, pair, record) = &guns[at];
    let others = guns
        .iter()
        .take(TWINS_AMONG)
        .enumerate()
        .filter(|(other, (_, rival, gun))| *other != at && pair.is_twin(record, rival, gun));
    let odds: Vec<u128> = others.map(|(_, (_, rival, _))| rival.odds()).collect();
    if odds.len() > MOST_TWINS && !pair.tells_one_gun() { 0 } else { odds.iter().sum() }
}

/// Finds and judges in one go, as after publishing what is staged.
pub fn find<K: Copy + Ord + Hash>(records: &Staged<K>, check: &Prepared, total: u64) -> Vec<Candidate<K>> {
    search(records.base(), check).caught_up(records).candidates(total)
}

/// The standing checks that a record forms a pair with, in the order of their keys.
///
/// What each of them comes to depends on its other candidates: [`find`] tells, and names this
/// record among them.
pub fn checks_for<C: Copy + Ord + Hash>(checks: &Staged<C>, record: &Prepared) -> Vec<C> {
    let mut found = Vec::new();
    checks.search(record, &mut |key, check| {
        if compare(record, check).is_some() {
            found.push(key);
        }
    });
    found.sort_unstable();
    found
}

/// Whether a record could be LIKELY for a standing check if it had no rivals in the store; where
/// it could not, the check need not be searched for as a whole.
pub fn may_be_likely<K: Copy + Ord + Hash>(
    records: &Index<K>,
    record: &Prepared,
    check: &Prepared,
    total: u64,
) -> bool {
    in_store(records, record, check).is_some_and(|pair| pair.band(&Rivals::none(total)) == Band::Likely)
}

/// Whether a record weighs enough beside a standing check to keep another from being LIKELY for
/// it, whether or not it could be LIKELY itself: a number that lacks a character with all fields
/// agreeing, against a bare number that is equal.
pub fn may_stand_in_the_way<K: Copy + Ord + Hash>(
    records: &Index<K>,
    record: &Prepared,
    check: &Prepared,
    total: u64,
) -> bool {
    in_store(records, record, check).is_some_and(|pair| pair.is_rival(&Rivals::none(total)))
}

/// A record and a standing check, weighed by what the store says of guns like theirs.
fn in_store<K: Copy + Ord + Hash>(records: &Index<K>, record: &Prepared, check: &Prepared) -> Option<Pair> {
    let count = |facet| records.count(facet);
    let ground = Ground::of(check, &count);
    Comparison::new(check, &ground, &count).pair(record)
}

/// How many records a number fits at least as well as it fits this one, among candidates that
/// the viewer may see.
pub fn rarity<'a, K: 'a>(of: &Candidate<K>, shown: impl IntoIterator<Item = &'a Candidate<K>>) -> Rarity {
    let mut makes = BTreeSet::new();
    let mut records = 0;
    for candidate in shown {
        if candidate.errors.is_some() && candidate.errors <= of.errors {
            records += 1;
            makes.extend(candidate.make.as_deref());
        }
    }
    Rarity { records, makes: makes.len() as u32 }
}

/// The reason that a rarity gives, if any, and whether it speaks against.
pub fn rarity_reason(rarity: Rarity) -> Option<(Reason, bool)> {
    match rarity.records {
        0 => None,
        1 => Some((Reason::NumberRare, false)),
        records => Some((Reason::NumberShared { records, makes: rarity.makes }, true)),
    }
}

#[cfg(test)]
mod dirty;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;
