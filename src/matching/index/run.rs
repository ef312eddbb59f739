//! Guns that are gathered apart from the index, beside others.

use super::descriptions::Learnt;
use super::part::Gone;
use super::segment::Segment;
use crate::domain::date::PartialDate;
use crate::domain::gun::Gun;
use crate::matching::prepared::Prepared;
use std::hash::Hash;

/// A stretch of guns that comes behind others.
///
/// Each is built on a thread of its own and they are put together in their order by
/// [`Staged::append`](super::Staged::append); the index is the same as if the guns had been put
/// in one after the other.
#[derive(Debug, Clone)]
pub struct Run<K> {
    pub(super) segment: Segment<K>,
    pub(super) gone: Gone,
}

impl<K: Copy + Ord + Hash> Default for Run<K> {
    fn default() -> Self {
        Self { segment: Segment::new(Learnt::default()), gone: Gone::default() }
    }
}

impl<K: Copy + Ord + Hash> Run<K> {
    /// Guns in it.
    pub fn len(&self) -> usize {
        self.segment.len() - self.gone.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a gun, or puts it in the place of the one that stands under that key.
    pub fn insert(&mut self, key: K, gun: &Prepared) {
        self.remove(key);
        self.segment.push(key, gun);
    }

    /// The same with a gun as it was entered, which is faster for most: its number is looked
    /// at closely, and its description resolved, only where that is needed.
    pub fn insert_gun(&mut self, key: K, gun: &Gun, when: Option<PartialDate>, closed: bool) {
        self.remove(key);
        self.segment.push_gun(key, gun, when, closed);
    }

    /// Takes out what was gathered and begins anew; what it has learnt of makes and models,
    /// which takes long to look up, serves the guns that follow.
    #[must_use]
    pub fn take(&mut self) -> Self {
        let next = Segment::new(self.segment.finish());
        Self { segment: std::mem::replace(&mut self.segment, next), gone: std::mem::take(&mut self.gone) }
    }

    pub(super) fn remove(&mut self, key: K) {
        if let Some(slot) = self.segment.slot(key) {
            self.gone.add(slot);
        }
    }

    /// Where the gun of a key stands.
    pub(super) fn slot(&self, key: K) -> Option<u32> {
        self.segment.slot(key).filter(|slot| !self.gone.has(*slot))
    }

    /// Puts the guns of another behind its own.
    pub(super) fn append(&mut self, other: Self) {
        let first = self.segment.len() as u32;
        if first == 0 {
            *self = other;
            return;
        }
        if !self.segment.is_before(&other.segment) {
            other.segment.names().for_each(|key| self.remove(key));
        }
        other.gone.each().for_each(|slot| self.gone.add(first + slot));
        self.segment.append(other.segment);
    }
}
