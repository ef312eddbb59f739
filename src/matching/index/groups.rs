//! The keys of a segment, laid out for scanning by their length.

use crate::matching::distance::{self, LEAST_PART};
use crate::matching::key::{Key, Role, symbols_accepted};
use crate::matching::scan::{self, Automaton, Blocks, How};
use std::collections::BTreeMap;

/// Keys by what they hold, and by their length.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups(BTreeMap<(Holds, u8), Group>);

/// What keys hold beside characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    Nothing,
    /// Characters that could not be read.
    Gaps,
    /// `*`.
    Many,
}

/// Keys of one length, with the guns that they are of.
#[derive(Debug, Clone)]
struct Group {
    blocks: Blocks,
    slots: Vec<u32>,
}

impl Group {
    fn of(length: usize) -> Self {
        Self { blocks: Blocks::new(length), slots: Vec::new() }
    }
}

impl Groups {
    /// Adds a key of the gun in that slot; says where it stands among those of its length.
    pub(super) fn push(&mut self, symbols: &[u8], slot: u32) -> u32 {
        let holds = if symbols.contains(&scan::MANY) {
            Holds::Many
        } else if symbols.contains(&scan::ANY) {
            Holds::Gaps
        } else {
            Holds::Nothing
        };
        let group = self.0.entry((holds, symbols.len() as u8)).or_insert_with(|| Group::of(symbols.len()));
        group.slots.push(slot);
        group.blocks.push(symbols)
    }

    /// Adds the keys of others behind its own; their guns stand so many slots further on.
    pub(super) fn append(&mut self, others: Self, slots: u32) {
        for (which, other) in others.0 {
            let group = self.0.entry(which).or_insert_with(|| Group::of(usize::from(which.1)));
            group.blocks.append(&other.blocks);
            group.slots.extend(other.slots.iter().map(|slot| slot + slots));
        }
    }

    /// How many keys without gaps there are, by their length.
    pub(super) fn plain_keys(&self) -> [u32; 1 << u8::BITS] {
        std::array::from_fn(|length| {
            self.0.get(&(Holds::Nothing, length as u8)).map_or(0, |group| group.slots.len() as u32)
        })
    }

    /// Gives back room that no key needed.
    pub(super) fn shrink_to_fit(&mut self) {
        self.0.values_mut().for_each(|group| group.slots.shrink_to_fit());
    }

    /// Reads a key without gaps back.
    pub(super) fn read(&self, length: u8, position: u32, symbols: &mut Vec<u8>) {
        symbols.clear();
        if let Some(group) = self.0.get(&(Holds::Nothing, length)) {
            group.blocks.read(position, symbols);
        }
    }

    /// Memory held, in bytes.
    pub(super) fn bytes(&self) -> usize {
        let of = |group: &Group| group.blocks.bytes() + group.slots.capacity() * size_of::<u32>();
        self.0.values().map(of).sum()
    }

    /// Adds the slots of all guns of which a key may fit; some come more than once, and some
    /// turn out not to fit when they are compared.
    pub(super) fn scan(&self, key: &Key, found: &mut Vec<u32>) {
        let cells: Vec<u64> = key.cells.iter().map(|cell| symbols_accepted(*cell)).collect();
        let automaton = Automaton::new(&cells);
        let mut positions = Vec::new();
        for ((holds, length), group) in &self.0 {
            for (how, most) in ways(key, usize::from(*length), *holds).into_iter().flatten() {
                positions.clear();
                automaton.scan(&group.blocks, how, most, *holds == Holds::Many, &mut positions);
                found.extend(positions.iter().map(|position| group.slots[*position as usize]));
            }
        }
    }
}

/// How a key may fit keys of a length: end to end, and as part and whole.
///
/// It is generous where the keys of a group differ (letters left out, fillers, gaps): the
/// comparison of each pair decides.
fn ways(key: &Key, length: usize, holds: Holds) -> [Option<(How, u8)>; 2] {
    let (own, traits) = (key.cells.len(), key.traits);
    let exact = traits.role == Role::Exact;
    let gapped = traits.gaps || holds != Holds::Nothing;
    let lenient = gapped || traits.role == Role::Core;
    let fewer = traits.known.min(length as u8);
    // Any key of six or more may have the letters that make it tell as much as one more.
    let told =
        if gapped || fewer <= 4 { fewer } else { traits.tells.max(length as u8 + u8::from(length > 5)) };
    let most = if exact { 0 } else { distance::errors_of(told, lenient) };
    let apart = own.abs_diff(length);
    let near = traits.many || holds == Holds::Many || apart <= usize::from(most);
    let whole = near.then_some((How::Whole, most));
    let inner = own.min(length);
    let part_most = u8::from(!exact && inner >= 8 && !gapped);
    // A character too many in the part is one error more, seen from end to end.
    let covered = near && apart + 2 * usize::from(part_most) <= usize::from(most);
    let part =
        apart > 0 && !covered && inner >= usize::from(LEAST_PART) && !traits.many && holds != Holds::Many;
    let how = if own < length { How::Within } else { How::Contains };
    [whole, part.then_some((how, part_most))]
}
