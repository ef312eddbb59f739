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
mod part;
mod run;
mod segment;
mod staged;
mod written;

use super::facet::Facet;
use super::prepared::Prepared;
use part::Part;
pub use part::Tidied;
pub use run::Run;
pub use staged::{Staged, Stale};
use std::hash::Hash;

/// A set of prepared guns under their keys (records under record ids, standing checks under
/// check ids); a clone costs a few pointers.
#[derive(Debug, Clone)]
pub struct Index<K> {
    head: u64,
    /// Counts publications, so that changes staged on an older index are known as stale.
    edition: u64,
    parts: Vec<Part<K>>,
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

    /// Joins parts that have grown too many, beside the index; nothing when there is nothing to
    /// do. It may take a second for millions of guns, so it is done while others go on, and
    /// [`Index::adopt`] takes the result in.
    pub fn tidied(&self) -> Option<Tidied<K>> {
        part::tidied(&self.parts)
    }

    /// The index with joined parts in the place of those that they were made of; changes made
    /// since stay, and the guns in it are the same. Changes staged before are stale.
    #[must_use]
    pub fn adopt(&self, tidied: Tidied<K>) -> Self {
        let mut index = self.clone();
        if part::adopt(&mut index.parts, tidied) {
            index.edition += 1;
        }
        index
    }
}

#[cfg(test)]
mod tests;
