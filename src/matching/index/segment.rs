//! A run of guns with the keys of their numbers laid out for scanning.

use crate::matching::distance::{self, fit, fit_cells};
use crate::matching::key::{Key, Role, Traits};
use crate::matching::pattern::LONGEST;
use crate::matching::prepared::Prepared;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Guns in the order in which they came, and what they are found by.
///
/// Keys without gaps stand in groups of one length, so that a search reads few of them and
/// those in a row; keys with gaps are few and stand apart.
#[derive(Debug, Clone)]
pub(super) struct Segment<K> {
    guns: Vec<(K, Arc<Prepared>)>,
    slots: HashMap<K, u32>,
    groups: Vec<Group>,
    gapped: Vec<(Key, u32)>,
    by_maker: HashMap<String, Vec<u32>>,
    unnumbered: HashMap<String, Vec<u32>>,
}

/// Keys without gaps of one length.
#[derive(Debug, Clone, Default)]
struct Group {
    /// Their characters, one key behind the other.
    codes: Vec<u8>,
    masks: Vec<u64>,
    traits: Vec<Small>,
    slots: Vec<u32>,
}

/// Traits of a key without gaps whose length is known.
#[derive(Debug, Clone, Copy)]
struct Small {
    role: Role,
    certain_start: bool,
    certain_end: bool,
}

impl Small {
    fn of(traits: Traits) -> Self {
        Self { role: traits.role, certain_start: traits.certain_start, certain_end: traits.certain_end }
    }

    fn with_length(self, length: usize) -> Traits {
        Traits {
            known: length as u8,
            role: self.role,
            gaps: false,
            many: false,
            certain_start: self.certain_start,
            certain_end: self.certain_end,
        }
    }
}

impl<K: Copy + Eq + Hash> Segment<K> {
    pub(super) fn new() -> Self {
        Self {
            guns: Vec::new(),
            slots: HashMap::new(),
            groups: vec![Group::default(); LONGEST + 1],
            gapped: Vec::new(),
            by_maker: HashMap::new(),
            unnumbered: HashMap::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.guns.len()
    }

    /// Where the last gun of that key stands.
    pub(super) fn slot(&self, key: K) -> Option<u32> {
        self.slots.get(&key).copied()
    }

    pub(super) fn gun(&self, slot: u32) -> &(K, Arc<Prepared>) {
        &self.guns[slot as usize]
    }

    pub(super) fn push(&mut self, name: K, gun: Arc<Prepared>) {
        let slot = self.guns.len() as u32;
        for key in gun.keys() {
            if key.traits.gaps {
                self.gapped.push((key.clone(), slot));
                continue;
            }
            let group = &mut self.groups[key.codes.len()];
            group.codes.extend(&key.codes);
            group.masks.push(key.mask);
            group.traits.push(Small::of(key.traits));
            group.slots.push(slot);
        }
        for maker in gun.about.makers() {
            if !gun.has_serial() {
                self.unnumbered.entry(maker.clone()).or_default().push(slot);
            }
            self.by_maker.entry(maker).or_default().push(slot);
        }
        self.slots.insert(name, slot);
        self.guns.push((name, gun));
    }

    /// Slots of all guns that may form a pair with this one, in order and once each.
    pub(super) fn search(&self, gun: &Prepared) -> Vec<u32> {
        let mut found = Vec::new();
        for key in gun.keys() {
            for (length, group) in self.groups.iter().enumerate() {
                group.search(key, length, &mut found);
            }
            let gapped = self.gapped.iter().filter(|(other, _)| fit(key, other).is_some());
            found.extend(gapped.map(|(_, slot)| *slot));
        }
        let described = if gun.has_serial() { &self.unnumbered } else { &self.by_maker };
        for maker in gun.about.makers() {
            found.extend(described.get(&maker).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Group {
    /// Adds the slots of the keys that fit.
    fn search(&self, key: &Key, length: usize, found: &mut Vec<u32>) {
        if self.slots.is_empty() {
            return;
        }
        let own = key.cells.len();
        let reach = usize::from(distance::MOST_ERRORS);
        // A part needs no equal length, but a key within a key needs a shorter one.
        let near = key.traits.many || own.abs_diff(length) <= reach;
        let part = own != length && own.min(length) >= usize::from(distance::LEAST_PART);
        if !near && !part {
            return;
        }
        for (at, (mask, small)) in self.masks.iter().zip(&self.traits).enumerate() {
            // Every error brings at most one character that the other has not.
            let here = (key.mask & !mask).count_ones();
            let there = if key.traits.gaps { 0 } else { (mask & !key.mask).count_ones() };
            let whole =
                near && here <= u32::from(distance::MOST_ERRORS) && there <= u32::from(distance::MOST_ERRORS);
            let within = part && if own < length { here } else { there } <= 1;
            if !whole && !within {
                continue;
            }
            let codes = &self.codes[at * length..(at + 1) * length];
            if fit_cells(key.cells.as_slice(), key.traits, codes, small.with_length(length)).is_some() {
                found.push(self.slots[at]);
            }
        }
    }
}
