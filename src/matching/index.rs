//! All guns of one kind in memory, searched to the last one.
//!
//! An [`Index`] never changes. Changes are collected in a [`Staged`], which can be searched
//! by itself before anybody else sees it, and are published as a new index or dropped without
//! a trace. So a writer matches against the index before it takes the store's lock, and
//! inside the lock only what came since.

mod descriptions;
mod facts;
mod groups;
mod packed;
mod segment;
mod staged;

use super::facet::Facet;
use super::prepared::Prepared;
use segment::Segment;
pub use staged::{Staged, Stale};
use std::hash::Hash;
use std::sync::Arc;

/// A set of prepared guns under their keys (records under record ids, standing checks under
/// check ids); a clone costs a few pointers.
#[derive(Debug, Clone)]
pub struct Index<K> {
    head: u64,
    /// Counts publications, so that changes staged on an older index are known as stale.
    edition: u64,
    parts: Vec<Part<K>>,
}

/// A segment, and which of its guns are gone.
#[derive(Debug, Clone)]
struct Part<K> {
    segment: Arc<Segment<K>>,
    gone: Arc<Gone>,
}

/// Guns of a segment that were amended or withdrawn, as a set of bits.
#[derive(Debug, Clone, Default)]
struct Gone {
    bits: Vec<u64>,
    count: usize,
}

impl Gone {
    fn has(&self, slot: u32) -> bool {
        self.bits.get(slot as usize / 64).is_some_and(|bits| bits >> (slot % 64) & 1 == 1)
    }

    fn add(&mut self, slot: u32) {
        let word = slot as usize / 64;
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        if !self.has(slot) {
            self.bits[word] |= 1 << (slot % 64);
            self.count += 1;
        }
    }
}

impl<K: Copy + Ord + Hash> Part<K> {
    fn new(mut segment: Segment<K>, gone: Gone) -> Self {
        segment.seal();
        Self { segment: Arc::new(segment), gone: Arc::new(gone) }
    }

    /// One part of all guns that two have, in the order of their names.
    fn joined(parts: &[&Self]) -> Self {
        let slots = parts.iter().enumerate().flat_map(|(at, part)| part.slots().map(move |slot| (at, slot)));
        let mut guns: Vec<(K, usize, u32)> =
            slots.map(|(at, slot)| (parts[at].segment.name(slot), at, slot)).collect();
        guns.sort_unstable();
        let (mut segment, mut gun) = (Segment::new(), Prepared::default());
        for (name, at, slot) in guns {
            parts[at].segment.unpack(slot, &mut gun);
            segment.push(name, &gun);
        }
        Self::new(segment, Gone::default())
    }

    fn len(&self) -> usize {
        self.segment.len() - self.gone.count
    }

    fn slot(&self, key: K) -> Option<u32> {
        self.segment.slot(key).filter(|slot| !self.gone.has(*slot))
    }

    fn slots(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.segment.len() as u32).filter(|slot| !self.gone.has(*slot))
    }

    fn search(&self, gun: &Prepared, found: &mut Prepared, visit: &mut dyn FnMut(K, &Prepared)) {
        for slot in self.segment.search(gun) {
            if !self.gone.has(slot) {
                self.segment.unpack(slot, found);
                visit(self.segment.name(slot), found);
            }
        }
    }
}

impl<K> Default for Index<K> {
    fn default() -> Self {
        Self { head: 0, edition: 0, parts: Vec::new() }
    }
}

impl<K: Copy + Ord + Hash> Index<K> {
    /// The journal's sequence that it is current to.
    pub fn head(&self) -> u64 {
        self.head
    }

    /// Guns in it.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Part::len).sum()
    }

    /// Whether it holds no gun.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Memory that its guns take, in bytes, from the room that its lists hold; room not yet
    /// used is counted, what clones share is counted in each.
    pub fn bytes(&self) -> usize {
        self.parts
            .iter()
            .map(|part| part.segment.bytes() + part.gone.bits.capacity() * size_of::<u64>())
            .sum()
    }

    /// The gun of a key.
    pub fn get(&self, key: K) -> Option<Prepared> {
        let (part, slot) = self.parts.iter().find_map(|part| part.slot(key).map(|slot| (part, slot)))?;
        let mut gun = Prepared::default();
        part.segment.unpack(slot, &mut gun);
        Some(gun)
    }

    /// Whether there is a gun of that key.
    pub fn has(&self, key: K) -> bool {
        self.parts.iter().any(|part| part.slot(key).is_some())
    }

    /// Guns that have a property, those that went since their part was last joined among them.
    pub(crate) fn count(&self, facet: Facet) -> u64 {
        self.parts.iter().map(|part| part.segment.count(facet)).sum()
    }

    /// Begins to collect changes; nothing is seen of them here.
    pub fn stage(&self) -> Staged<K> {
        Staged::on(self.clone())
    }

    /// Shows every gun that may form a pair with this one. All of them are found; some of
    /// those shown turn out to be no pair when they are compared.
    pub fn search(&self, gun: &Prepared, visit: &mut dyn FnMut(K, &Prepared)) {
        let mut found = Prepared::default();
        self.parts.iter().for_each(|part| part.search(gun, &mut found, visit));
    }

    /// The index with the staged changes in it.
    ///
    /// # Errors
    /// The changes were staged on another index than this one.
    pub fn publish(&self, staged: Staged<K>) -> Result<Index<K>, Stale> {
        if staged.edition() != self.edition {
            return Err(Stale);
        }
        Ok(staged.into_index())
    }

    /// Joins small segments into larger ones, so that their number grows with the logarithm
    /// of the guns; guns that are gone are left behind.
    fn compact(&mut self) {
        self.parts.retain(|part| part.len() > 0);
        for part in self.parts.iter_mut().filter(|part| part.gone.count > part.len()) {
            *part = Part::joined(&[part]);
        }
        while let [.., before, last] = self.parts.as_slice() {
            if before.len() > 2 * last.len() {
                break;
            }
            let joined = Part::joined(&[before, last]);
            self.parts.truncate(self.parts.len() - 2);
            self.parts.push(joined);
        }
    }
}

#[cfg(test)]
mod tests;
