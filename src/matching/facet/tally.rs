//! How many guns of a store have each property.

use super::{Facet, Facets, Opening, Part};
use crate::matching::about::About;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How many guns have each property.
///
/// Of a number is kept what decides how it is counted, beside the make; now and then these are
/// sorted and counted, and what follows from them when the tally is sealed. That takes a tenth
/// of the time of looking each up in a table that lies all over the memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    facets: HashMap<Facet, u32, BuildHasherDefault<Hashed>>,
    /// Numbers not yet counted.
    fresh: Vec<Block>,
    /// Those that were, in their order, in lists of which each is longer than the next.
    counted: Vec<Vec<(Block, u32)>>,
}

/// What decides how a number is counted: its opening, and the make of its gun or 0.
type Block = (Opening, u64);

/// Numbers that are sorted at once; they fit into the processor's second memory.
const MOST_FRESH: usize = 1 << 15;

/// What is a hash already is its own hash.
#[derive(Debug, Clone, Copy, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        // The table takes the lowest bits and the highest, and the highest tell kinds apart.
        self.0.rotate_left(7)
    }
}

impl Tally {
    /// Counts so many guns of one description.
    pub(crate) fn add_description(&mut self, about: &About, guns: u32) {
        Facets::of(about).each().for_each(|facet| self.add(facet, guns));
    }

    /// Counts a plain number, given as symbols below 36, on a gun of a make.
    pub(crate) fn add_number(&mut self, symbols: &[u8], make: Option<Part>) {
        self.fresh.push((Opening::of(symbols), make.map_or(0, |make| make.0)));
        if self.fresh.len() >= MOST_FRESH {
            self.settle();
        }
    }

    /// Counts what another tally has counted.
    pub(crate) fn append(&mut self, mut other: Self) {
        other.settle();
        other.facets.iter().for_each(|(facet, guns)| self.add(*facet, *guns));
        other.counted.into_iter().for_each(|counted| self.keep(counted));
    }

    /// Counts the numbers that are not counted yet.
    pub(crate) fn settle(&mut self) {
        self.fresh.sort_unstable();
        let counted = self.fresh.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect();
        self.fresh.clear();
        self.keep(counted);
    }

    fn keep(&mut self, mut counted: Vec<(Block, u32)>) {
        while let Some(before) = self.counted.pop_if(|before| before.len() <= 2 * counted.len()) {
            counted = merged(&before, &counted);
        }
        if !counted.is_empty() {
            self.counted.push(counted);
        }
    }

    /// Counts guns that have a property.
    pub(crate) fn add(&mut self, facet: Facet, guns: u32) {
        let count = self.facets.entry(facet).or_default();
        *count = count.saturating_add(guns);
    }
}

/// Two lists in their order as one.
fn merged(a: &[(Block, u32)], b: &[(Block, u32)]) -> Vec<(Block, u32)> {
    let mut all: Vec<(Block, u32)> = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) if x.0 <= y.0 => a.next(),
            (_, Some(_)) => b.next(),
            (_, None) => a.next(),
        };
        let Some((block, guns)) = next else { return all };
        match all.last_mut() {
            Some((last, count)) if last == block => *count = count.saturating_add(*guns),
            _ => all.push((*block, *guns)),
        }
    }
}

/// A tally to which nothing is added any more, in half the room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    facets: Vec<Facet>,
    guns: Vec<u32>,
}

impl Counts {
    /// Seals a tally; what one gun has alone is not kept, for it is as good as nothing.
    pub(crate) fn of(mut tally: Tally) -> Self {
        tally.settle();
        let blocks = std::mem::take(&mut tally.counted);
        let blocks = blocks.into_iter().rev().reduce(|a, b| merged(&a, &b)).unwrap_or_default();
        let mut counted: Vec<(Facet, u32)> = Vec::new();
        let sum = |some: &[(Block, u32)]| some.iter().fold(0u32, |sum, (_, guns)| sum.saturating_add(*guns));
        for same in blocks.chunk_by(|(a, _), (b, _)| a.0.shape() == b.0.shape()) {
            counted.push((same[0].0.0.form().shape, sum(same)));
            for same in same.chunk_by(|(a, _), (b, _)| a.0.beginning() == b.0.beginning()) {
                counted.push((same[0].0.0.form().beginning, sum(same)));
                for same in same.chunk_by(|(a, _), (b, _)| a.0 == b.0) {
                    let block = same[0].0.0.form().block;
                    counted.push((block, sum(same)));
                    let made = same.iter().filter(|((_, make), _)| *make != 0);
                    counted.extend(made.map(|((_, make), guns)| (block.of_make(Part(*make)), *guns)));
                }
            }
        }
        counted.push((Facet::ANY_NUMBER, sum(&blocks)));
        counted.extend(tally.facets);
        counted.retain(|(_, guns)| *guns > 1);
        counted.sort_unstable();
        Self {
            facets: counted.iter().map(|(facet, _)| *facet).collect(),
            guns: counted.iter().map(|(_, guns)| *guns).collect(),
        }
    }

    /// Guns that have a property.
    pub(crate) fn count(&self, facet: Facet) -> u64 {
        let place = self.facets.binary_search(&facet).ok();
        place.and_then(|at| self.guns.get(at)).copied().map_or(0, u64::from)
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.facets.capacity() * size_of::<Facet>() + self.guns.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::gun::Gun;

    #[test]
    fn what_is_told_is_counted_under_all_that_it_follows_from() {
        let gun = Gun { make: Some("Glock".into()), calibre: Some("9 mm Luger".into()), ..Gun::default() };
        let (about, mut tally) = (About::of(&gun), Tally::default());
        tally.add_description(&about, 3);
        tally.add_description(&About::of(&Gun { make: Some("GLOCK".into()), ..Gun::default() }), 1);
        let facets = Facets::of(&about);
        let tally = Counts::of(tally);
        let count = |facet: Option<Facet>| tally.count(facet.unwrap());
        assert_eq!((count(facets.make), count(facets.calibre_of_make)), (4, 3));
        assert_eq!((count(facets.any_calibre_of_make), tally.count(Facet::ANY_MAKE)), (3, 4));
        assert_eq!((facets.model, tally.count(Facet::ANY_MODEL)), (None, 0));
    }

    #[test]
    fn a_number_is_counted_under_all_that_it_follows_from() {
        let numbers: [&[u8]; 2] = [&[10, 11, 1, 2, 3], &[10, 11, 1, 3, 3]];
        let [first, second] = numbers.map(Facet::of_symbols);
        let (glock, taurus) = (Part::of("GLOCK"), Part::of("TAURUS"));
        let (mut tally, mut other) = (Tally::default(), Tally::default());
        tally.add_number(numbers[0], Some(glock));
        tally.add_number(numbers[0], Some(glock));
        tally.add_number(numbers[0], None);
        other.add_number(numbers[0], Some(taurus));
        other.add_number(numbers[1], Some(glock));
        other.add_number(numbers[0], Some(glock));
        tally.append(other);
        let tally = Counts::of(tally);
        let counts = [Facet::ANY_NUMBER, first.shape, first.beginning, first.block, second.block];
        assert_eq!(counts.map(|facet| tally.count(facet)), [6, 6, 6, 5, 0]);
        let of_make = [first.block.of_make(glock), first.block.of_make(taurus)];
        assert_eq!(of_make.map(|facet| tally.count(facet)), [3, 0]);
    }
}
