//! How many guns of a store have each property.

use super::{Facet, Facets, Form, Part};
use crate::matching::about::About;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How many guns have each property.
///
/// A number is counted once, under its block on guns of its make; what follows from that is
/// counted when the tally is sealed, for there are many guns in a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    facets: Facetted<u32>,
    blocks: Facetted<Block>,
    forms: Vec<Form>,
}

type Facetted<T> = HashMap<Facet, T, BuildHasherDefault<Hashed>>;

/// Guns whose numbers are of one block, and who made them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    /// Which of the forms.
    form: u32,
    guns: u32,
}

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

    /// Counts a plain number on a gun of a make.
    pub(crate) fn add_number(&mut self, form: Form, make: Option<Part>) {
        let block = make.map_or(form.block, |make| form.block.of_make(make));
        self.add_block(block, 1, || form);
    }

    /// Counts what another tally has counted.
    pub(crate) fn append(&mut self, other: &Self) {
        other.facets.iter().for_each(|(facet, guns)| self.add(*facet, *guns));
        for (facet, block) in &other.blocks {
            self.add_block(*facet, block.guns, || other.forms[block.form as usize]);
        }
    }

    /// Counts guns that have a property.
    pub(crate) fn add(&mut self, facet: Facet, guns: u32) {
        let count = self.facets.entry(facet).or_default();
        *count = count.saturating_add(guns);
    }

    fn add_block(&mut self, facet: Facet, guns: u32, form: impl FnOnce() -> Form) {
        let forms = &mut self.forms;
        let block = self.blocks.entry(facet).or_insert_with(|| {
            forms.push(form());
            Block { form: forms.len() as u32 - 1, guns: 0 }
        });
        block.guns = block.guns.saturating_add(guns);
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
        let mut counted: Vec<(Facet, u32)> = Vec::new();
        for (facet, block) in std::mem::take(&mut tally.blocks) {
            let form = tally.forms[block.form as usize];
            if facet != form.block && block.guns > 1 {
                counted.push((facet, block.guns));
            }
            let each = [Facet::ANY_NUMBER, form.shape, form.beginning, form.block];
            each.into_iter().for_each(|facet| tally.add(facet, block.guns));
        }
        counted.extend(tally.facets.into_iter().filter(|(_, guns)| *guns > 1));
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
        let form = |number: &[u8]| Facet::of_symbols(number);
        let (first, second) = (form(&[10, 11, 1, 2, 3]), form(&[10, 11, 1, 3, 3]));
        let (glock, taurus) = (Part::of("GLOCK"), Part::of("TAURUS"));
        let (mut tally, mut other) = (Tally::default(), Tally::default());
        tally.add_number(first, Some(glock));
        tally.add_number(first, Some(glock));
        tally.add_number(first, None);
        other.add_number(first, Some(taurus));
        other.add_number(second, Some(glock));
        other.add_number(first, Some(glock));
        tally.append(&other);
        let tally = Counts::of(tally);
        let counts = [Facet::ANY_NUMBER, first.shape, first.beginning, first.block, second.block];
        assert_eq!(counts.map(|facet| tally.count(facet)), [6, 6, 6, 5, 0]);
        let of_make = [first.block.of_make(glock), first.block.of_make(taurus)];
        assert_eq!(of_make.map(|facet| tally.count(facet)), [3, 0]);
    }
}
