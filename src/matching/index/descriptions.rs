//! The descriptions in a segment, each kept once however many guns have it.

use super::written::{Texts, Written};
use crate::domain::gun::Gun;
use crate::matching::about::{About, Resolved};
use crate::matching::facet::{Part, Tally};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::Arc;

/// Descriptions by their number, and how many guns have each.
///
/// A store of millions has some ten thousand of them: what is the same on many guns is
/// resolved once and weighed once.
#[derive(Debug, Clone, Default)]
pub(super) struct Descriptions {
    all: Vec<Arc<About>>,
    guns: Vec<u32>,
    entry: Entry,
}

/// What adding descriptions takes, dropped with [`Descriptions::seal`].
#[derive(Debug, Clone, Default)]
struct Entry {
    /// How each was written, in the order of their numbers, and their numbers by that.
    written: Vec<Written>,
    /// The make of each and whether it tells a model: asked of every gun, so they lie together
    /// and not all over the memory.
    makes: Vec<(Option<Part>, bool)>,
    numbers: HashMap<Written, u32, RandomState>,
    learnt: Learnt,
}

/// What was looked up for descriptions, for those that follow.
#[derive(Debug, Clone, Default)]
pub(super) struct Learnt {
    resolved: Resolved,
    /// Shared with the guns that were handed over: how theirs were written is told by it.
    texts: Arc<Texts>,
    known: HashMap<Written, Arc<About>, RandomState>,
}

/// Descriptions that are remembered for the guns that follow; a store of millions whose models
/// are typed by hand has no end of them.
const MOST_KNOWN: usize = 1 << 17;

/// Guns of a run for each text that is remembered after it.
const GUNS_A_TEXT: usize = 4;

impl Learnt {
    /// The description of a gun that was written so.
    fn about(&mut self, written: Written, gun: &Gun) -> Arc<About> {
        if self.known.len() >= MOST_KNOWN {
            self.known = HashMap::default();
        }
        let new = || Arc::new(About::resolved(gun, &mut self.resolved));
        Arc::clone(self.known.entry(written).or_insert_with(new))
    }
}

impl Descriptions {
    /// None yet; what was looked up for others serves them.
    pub(super) fn knowing(learnt: Learnt) -> Self {
        Self { entry: Entry { learnt, ..Entry::default() }, ..Self::default() }
    }

    /// Hands over what was looked up, for descriptions elsewhere.
    pub(super) fn take_learnt(&mut self) -> Learnt {
        let texts = Arc::clone(&self.entry.learnt.texts);
        let learnt = std::mem::replace(&mut self.entry.learnt, Learnt { texts, ..Learnt::default() });
        // All texts are gone through again with every run, which pays while they are few.
        let guns: usize = self.guns.iter().map(|guns| *guns as usize).sum();
        if learnt.texts.len() > guns / GUNS_A_TEXT {
            Learnt { resolved: learnt.resolved, ..Learnt::default() }
        } else {
            learnt
        }
    }

    /// The number of a gun's description, which is resolved if it is new.
    pub(super) fn of_gun(&mut self, gun: &Gun) -> u32 {
        let written = Texts::of_gun(&mut self.entry.learnt.texts, gun);
        self.count(written, 1, |learnt| learnt.about(written, gun))
    }

    /// The number of a description that has been resolved already.
    pub(super) fn of_about(&mut self, about: &Arc<About>) -> u32 {
        let written = Texts::of_about(&mut self.entry.learnt.texts, about);
        self.count(written, 1, |_| Arc::clone(about))
    }

    /// Adds the descriptions of others, with as many guns; says which number each has here.
    pub(super) fn append(&mut self, others: Self) -> Vec<u32> {
        let here = Texts::append(&mut self.entry.learnt.texts, &others.entry.learnt.texts);
        let each = others.entry.written.into_iter().zip(others.all).zip(others.guns);
        each.map(|((written, about), guns)| self.count(here(written), guns, |_| about)).collect()
    }

    fn count(&mut self, written: Written, guns: u32, about: impl FnOnce(&mut Learnt) -> Arc<About>) -> u32 {
        let entry = &mut self.entry;
        let number = *entry.numbers.entry(written).or_insert_with(|| {
            let about = about(&mut entry.learnt);
            entry.makes.push((about.make.as_ref().map(|make| make.part), about.model.is_some()));
            self.all.push(about);
            self.guns.push(0);
            entry.written.push(written);
            entry.written.len() as u32 - 1
        });
        self.guns[number as usize] += guns;
        number
    }

    /// The description of a number.
    pub(super) fn get(&self, number: u32) -> &Arc<About> {
        &self.all[number as usize]
    }

    /// The make of a description, while guns are added.
    pub(super) fn make(&self, number: u32) -> Option<Part> {
        self.entry.makes.get(number as usize).and_then(|(make, _)| *make)
    }

    /// Whether a number of plain symbols is the described gun's own model once more.
    pub(super) fn is_model(&self, number: u32, symbols: &[u8]) -> bool {
        let tells_model = self.entry.makes.get(number as usize).is_some_and(|(_, model)| *model);
        tells_model && About::may_be_model(symbols) && self.get(number).is_model(symbols)
    }

    /// All of them, in the order of their numbers.
    pub(super) fn all(&self) -> &[Arc<About>] {
        &self.all
    }

    /// Memory held, in bytes, as far as the descriptions' own lists go: the few words that a
    /// description keeps of its own are not counted.
    pub(super) fn bytes(&self) -> usize {
        let each = size_of::<Arc<About>>() + 2 * size_of::<usize>() + size_of::<About>();
        self.all.capacity() * each + self.guns.capacity() * size_of::<u32>()
    }

    /// Counts them, and forgets how they were written: nothing is added any more.
    pub(super) fn seal(&mut self, tally: &mut Tally) {
        for (about, guns) in self.all.iter().zip(&self.guns) {
            tally.add_description(about, *guns);
        }
        self.entry = Entry::default();
        self.all.shrink_to_fit();
        self.guns.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::facet::{Counts, Facet};

    #[test]
    fn one_description_is_kept_once() {
        let glock = Gun { make: Some("Glock".into()), calibre: Some("9x19".into()), ..Gun::default() };
        let taurus = Gun { make: Some("Taurus".into()), ..glock.clone() };
        let mut descriptions = Descriptions::default();
        let numbers = [&glock, &taurus, &glock, &Gun::default()].map(|gun| descriptions.of_gun(gun));
        assert_eq!(numbers, [0, 1, 0, 2]);
        let about = Arc::new(About::of(&glock));
        assert_eq!([descriptions.of_about(&about), descriptions.of_about(&about)], [3, 3]);
        assert_eq!(descriptions.get(0), descriptions.get(3));
        let mut tally = Tally::default();
        descriptions.seal(&mut tally);
        let tally = Counts::of(tally);
        assert_eq!((tally.count(Facet::ANY_MAKE), tally.count(Facet::ANY_MODEL)), (5, 0));
    }
}
