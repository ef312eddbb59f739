//! Changes to an index that nobody sees yet.

use super::Index;
use super::part::{self, Part};
use super::run::Run;
use crate::domain::date::PartialDate;
use crate::domain::gun::Gun;
use crate::matching::prepared::Prepared;
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

/// Changes staged on an index that has since been replaced by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the changes were staged on an older index")]
pub struct Stale;

/// Guns to come and guns to go, on top of an index; dropping it leaves no trace.
#[derive(Debug, Clone)]
pub struct Staged<K> {
    base: Index<K>,
    head: u64,
    own: Run<K>,
    replaced: HashSet<K>,
}

impl<K: Copy + Ord + Hash> Staged<K> {
    pub(super) fn on(base: Index<K>) -> Self {
        let head = base.head;
        Self { base, head, own: Run::default(), replaced: HashSet::new() }
    }

    pub(super) fn edition(&self) -> u64 {
        self.base.edition
    }

    /// The index that it stands on, without the changes.
    pub fn base(&self) -> &Index<K> {
        &self.base
    }

    /// The journal's sequence that base and changes together are current to.
    pub fn head(&self) -> u64 {
        self.head
    }

    /// Says that all events up to this sequence are in.
    pub fn advance(&mut self, head: u64) {
        self.head = self.head.max(head);
    }

    /// Adds a gun, or puts it in the place of the one that stands under that key.
    pub fn insert(&mut self, key: K, gun: &Prepared) {
        self.replace(key);
        self.own.insert(key, gun);
    }

    /// The same with a gun as it was entered, which is faster for most: its number is looked
    /// at closely, and its description resolved, only where that is needed.
    pub fn insert_gun(&mut self, key: K, gun: &Gun, when: Option<PartialDate>, closed: bool) {
        self.replace(key);
        self.own.insert_gun(key, gun, when, closed);
    }

    /// Adds the guns of a run behind those that are there, as if one were put in after the
    /// other.
    pub fn append(&mut self, run: Run<K>) {
        if !self.base.is_empty() {
            run.segment.names().for_each(|key| self.replace(key));
        }
        self.own.append(run);
    }

    /// Takes a gun out; nothing happens if there is none.
    pub fn remove(&mut self, key: K) {
        self.own.remove(key);
        self.replace(key);
    }

    /// Notes that a gun of the base is gone or replaced.
    fn replace(&mut self, key: K) {
        if self.base.has(key) {
            self.replaced.insert(key);
        }
    }

    /// Whether the gun that stands under this key in the base is gone or replaced.
    pub fn replaces(&self, key: K) -> bool {
        self.replaced.contains(&key)
    }

    /// The gun of a key, as it would be after publishing.
    pub fn get(&self, key: K) -> Option<Prepared> {
        let Some(slot) = self.own.slot(key) else {
            return self.base.get(key).filter(|_| !self.replaces(key));
        };
        let mut gun = Prepared::default();
        self.own.segment.unpack(slot, &mut gun);
        Some(gun)
    }

    /// Guns that there would be after publishing.
    pub fn len(&self) -> usize {
        self.base.len() - self.replaced.len() + self.own.len()
    }

    /// Whether there would be no gun.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Shows every added gun that may form a pair with this one; the base is not searched.
    pub fn search_added(&self, gun: &Prepared, visit: &mut dyn FnMut(K, &Prepared)) {
        let mut found = Prepared::default();
        for slot in self.own.segment.search(gun) {
            if !self.own.gone.has(slot) {
                self.own.segment.unpack(slot, &mut found);
                visit(self.own.segment.name(slot), &found);
            }
        }
    }

    /// Shows every gun that may form a pair with this one, as after publishing.
    pub fn search(&self, gun: &Prepared, visit: &mut dyn FnMut(K, &Prepared)) {
        self.base.search(gun, &mut |key, found| {
            if !self.replaces(key) {
                visit(key, found);
            }
        });
        self.search_added(gun, visit);
    }

    pub(super) fn into_index(self) -> Index<K> {
        let mut parts = self.base.parts.clone();
        for part in &mut parts {
            let slots: Vec<u32> = self.replaced.iter().filter_map(|key| part.slot(*key)).collect();
            if !slots.is_empty() {
                let gone = Arc::make_mut(&mut part.gone);
                slots.into_iter().for_each(|slot| gone.add(slot));
            }
        }
        parts.push(Part::new(self.own.segment, self.own.gone));
        let mut index = Index { head: self.head, edition: self.base.edition + 1, parts };
        part::compact(&mut index.parts);
        index
    }
}
