//! A run of guns, packed for a store of millions, with their keys laid out for scanning.

use super::descriptions::{Descriptions, Learnt};
use super::facts::Facts;
use super::groups::Groups;
use super::packed;
use crate::domain::date::PartialDate;
use crate::domain::gun::Gun;
use crate::domain::hit::Exclusion;
use crate::matching::facet::{Counts, Facet, Tally};
use crate::matching::number;
use crate::matching::prepared::{Prepared, derived};
use crate::matching::score::describes;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Guns in the order in which they came, and what they are found by.
///
/// A gun with one plain number takes its name, 16 bytes, and of every key its characters and
/// 4 bytes; it is unpacked when it is found.
#[derive(Debug, Clone)]
pub(super) struct Segment<K> {
    names: Vec<K>,
    descriptions: Descriptions,
    described: Vec<u32>,
    facts: Vec<Facts>,
    /// Where its number stands among the keys of that length, or its numbers among the bytes.
    numbers: Vec<u32>,
    packed: Vec<u8>,
    groups: Groups,
    excluded: HashMap<u32, Vec<(Prepared, Exclusion)>>,
    unnumbered: Vec<u32>,
    tally: Tally,
    counts: Counts,
    /// Slots by name, once names have come out of order.
    slots: Option<HashMap<K, u32>>,
}

impl<K: Copy + Ord + Hash> Segment<K> {
    /// No guns yet; what was learnt of makes and models serves those to come.
    pub(super) fn new(learnt: Learnt) -> Self {
        Self {
            names: Vec::new(),
            descriptions: Descriptions::knowing(learnt),
            described: Vec::new(),
            facts: Vec::new(),
            numbers: Vec::new(),
            packed: Vec::new(),
            groups: Groups::default(),
            excluded: HashMap::new(),
            unnumbered: Vec::new(),
            tally: Tally::default(),
            counts: Counts::default(),
            slots: None,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Memory held, in bytes; exclusions, which are few, are not counted.
    pub(super) fn bytes(&self) -> usize {
        let words = self.described.capacity() + self.numbers.capacity() + self.unnumbered.capacity();
        let slots = self.slots.as_ref().map_or(0, HashMap::capacity) * 8 / 7 * (size_of::<(K, u32)>() + 1);
        self.names.capacity() * size_of::<K>()
            + words * size_of::<u32>()
            + self.facts.capacity() * size_of::<Facts>()
            + self.packed.capacity()
            + self.groups.bytes()
            + self.descriptions.bytes()
            + self.counts.bytes()
            + slots
    }

    /// Where the last gun of that name stands.
    pub(super) fn slot(&self, name: K) -> Option<u32> {
        match &self.slots {
            None if self.names.last().is_none_or(|last| *last < name) => None,
            Some(slots) => slots.get(&name).copied(),
            None => self.names.binary_search(&name).ok().map(|slot| slot as u32),
        }
    }

    /// The names of its guns, in the order in which they came.
    pub(super) fn names(&self) -> impl Iterator<Item = K> {
        self.names.iter().copied()
    }

    /// Whether the names of all its guns come before those of another, each in its order.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        let ordered = self.slots.is_none() && other.slots.is_none();
        let (last, first) = (self.names.last(), other.names.first());
        ordered && last.zip(first).is_none_or(|(last, first)| last < first)
    }

    /// Hands over what was learnt of makes and models, for guns elsewhere, and counts what its
    /// guns have in common.
    pub(super) fn finish(&mut self) -> Learnt {
        self.tally.settle();
        self.descriptions.take_learnt()
    }

    pub(super) fn name(&self, slot: u32) -> K {
        self.names[slot as usize]
    }

    /// Guns that have a property, those that are gone among them.
    pub(super) fn count(&self, facet: Facet) -> u64 {
        self.counts.count(facet)
    }

    /// Adds a gun as it was entered; what most guns are, one plain number and a description
    /// that others have too, is not prepared at length.
    pub(super) fn push_gun(&mut self, name: K, gun: &Gun, when: Option<PartialDate>, closed: bool) {
        let mut symbols = [0; number::LONGEST_PLAIN];
        let plain = match gun.numbers.as_slice() {
            [only] => {
                number::plain_serial(only.as_seen.as_str(), &mut symbols).map(|length| (length, only.place))
            }
            _ => None,
        };
        let about = self.descriptions.of_gun(gun);
        match plain {
            Some((length, place)) if !self.descriptions.is_model(about, &symbols[..length]) => {
                let facts = Facts::new(when, gun.year, closed);
                self.push_plain(name, about, facts, (&symbols[..length], place));
            }
            _ => {
                let about = Arc::clone(self.descriptions.get(about));
                self.push(name, &Prepared::described(gun, about).on(when).closed(closed));
            }
        }
    }

    /// Adds a gun that has been prepared.
    pub(super) fn push(&mut self, name: K, gun: &Prepared) {
        let about = self.descriptions.of_about(&gun.about);
        let mut facts = Facts::new(gun.when, gun.made, gun.closed);
        let slot = self.names.len() as u32;
        if !gun.excluded.is_empty() {
            facts = facts.with_exclusions();
            self.excluded.insert(slot, gun.excluded.clone());
        }
        if let Some((key, place)) = gun.only_plain() {
            let symbols: Vec<u8> = key.line.symbols().collect();
            return self.push_plain(name, about, facts, (&symbols, place));
        }
        let at = self.packed.len() as u32;
        packed::write(&gun.readings, &mut self.packed);
        let mut symbols = Vec::new();
        for key in gun.keys() {
            symbols.clear();
            symbols.extend(key.line.symbols());
            self.groups.push(&symbols, slot);
        }
        if !gun.has_serial() {
            self.unnumbered.push(slot);
        }
        self.put(name, about, facts, at);
    }

    fn push_plain(
        &mut self,
        name: K,
        about: u32,
        facts: Facts,
        (symbols, place): (&[u8], crate::domain::gun::Place),
    ) {
        let slot = self.names.len() as u32;
        let at = self.groups.push(symbols, slot);
        derived(symbols, &mut |_, other| {
            self.groups.push(other, slot);
        });
        self.tally.add_number(symbols, self.descriptions.make(about));
        self.put(name, about, facts.with_number(symbols.len(), place), at);
    }

    fn put(&mut self, name: K, about: u32, facts: Facts, numbers: u32) {
        let slot = self.names.len() as u32;
        if self.slots.is_none() && self.names.last().is_some_and(|last| *last >= name) {
            self.slots = Some(self.names.iter().copied().zip(0..).collect());
        }
        if let Some(slots) = &mut self.slots {
            slots.insert(name, slot);
        }
        self.names.push(name);
        self.described.push(about);
        self.facts.push(facts);
        self.numbers.push(numbers);
    }

    /// Puts the guns of another behind its own, as if each had been added here.
    pub(super) fn append(&mut self, other: Self) {
        let (ordered, first) = (self.is_before(&other), self.names.len() as u32);
        let (packed, plain) = (self.packed.len() as u32, self.groups.plain_keys());
        self.names.extend_from_slice(&other.names);
        match &mut self.slots {
            Some(slots) => slots.extend(other.names.iter().copied().zip(first..)),
            None if ordered => {}
            None => self.slots = Some(self.names.iter().copied().zip(0..).collect()),
        }
        let described = self.descriptions.append(other.descriptions);
        self.described.extend(other.described.iter().map(|number| described[*number as usize]));
        let behind = |facts: &Facts| facts.number().map_or(packed, |(length, _)| plain[usize::from(length)]);
        let moved = other.numbers.iter().zip(&other.facts).map(|(at, facts)| at + behind(facts));
        self.numbers.extend(moved);
        self.facts.extend_from_slice(&other.facts);
        self.packed.extend_from_slice(&other.packed);
        self.groups.append(other.groups, first);
        self.excluded.extend(other.excluded.into_iter().map(|(slot, excluded)| (slot + first, excluded)));
        self.unnumbered.extend(other.unnumbered.iter().map(|slot| slot + first));
        self.tally.append(other.tally);
    }

    /// Counts what its guns have in common; nothing is added any more.
    pub(super) fn seal(&mut self) {
        self.descriptions.seal(&mut self.tally);
        self.counts = Counts::of(std::mem::take(&mut self.tally));
        self.names.shrink_to_fit();
        self.described.shrink_to_fit();
        self.facts.shrink_to_fit();
        self.numbers.shrink_to_fit();
        self.packed.shrink_to_fit();
        self.groups.shrink_to_fit();
    }

    /// All that it counts, and under which names its guns stand.
    #[cfg(test)]
    pub(super) fn told(&self) -> (Counts, Vec<K>, Vec<u32>) {
        (self.counts.clone(), self.names.clone(), self.described.clone())
    }

    /// Puts the gun of a slot in the place of another.
    pub(super) fn unpack(&self, slot: u32, gun: &mut Prepared) {
        let at = slot as usize;
        let (facts, numbers) = (self.facts[at], self.numbers[at]);
        let about = self.descriptions.get(self.described[at]);
        if !Arc::ptr_eq(&gun.about, about) {
            gun.about = Arc::clone(about);
        }
        (gun.when, gun.made, gun.closed) = (facts.when(), facts.made(), facts.closed());
        match facts.number() {
            Some((length, place)) => {
                let groups = &self.groups;
                gun.become_plain(place, &mut |symbols| groups.read(length, numbers, symbols));
            }
            None => gun.readings = packed::read(&self.packed[numbers as usize..]),
        }
        gun.excluded.clear();
        if facts.excluded() {
            gun.excluded.extend(self.excluded.get(&slot).into_iter().flatten().cloned());
        }
    }

    /// Slots of all guns that may form a pair with this one, in order and once each.
    pub(super) fn search(&self, gun: &Prepared) -> Vec<u32> {
        let mut found = Vec::new();
        gun.keys().for_each(|key| self.groups.scan(key, &mut found));
        self.search_descriptions(gun, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Adds what only the description finds: guns without a serial, or all, if this one has none.
    fn search_descriptions(&self, gun: &Prepared, found: &mut Vec<u32>) {
        if gun.about.make.is_none() || (gun.has_serial() && self.unnumbered.is_empty()) {
            return;
        }
        let mut known: Vec<Option<bool>> = vec![None; self.descriptions.all().len()];
        let mut fits = |slot: &u32| {
            let description = self.described[*slot as usize];
            let known = &mut known[description as usize];
            *known.get_or_insert_with(|| describes(self.descriptions.get(description), &gun.about))
        };
        if gun.has_serial() {
            found.extend(self.unnumbered.iter().copied().filter(&mut fits));
        } else {
            found.extend((0..self.names.len() as u32).filter(fits));
        }
    }
}
