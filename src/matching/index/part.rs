//! A segment with what has gone from it, and how parts become one.

use super::descriptions::Learnt;
use super::segment::Segment;
use crate::matching::prepared::Prepared;
use std::hash::Hash;
use std::sync::Arc;

/// A segment, and which of its guns are gone.
#[derive(Debug, Clone)]
pub(super) struct Part<K> {
    pub segment: Arc<Segment<K>>,
    pub gone: Arc<Gone>,
}

/// Guns of a segment that were amended or withdrawn, as a set of bits.
#[derive(Debug, Clone, Default)]
pub(super) struct Gone {
    pub bits: Vec<u64>,
    pub count: usize,
}

impl Gone {
    pub(super) fn has(&self, slot: u32) -> bool {
        self.bits.get(slot as usize / 64).is_some_and(|bits| bits >> (slot % 64) & 1 == 1)
    }

    pub(super) fn add(&mut self, slot: u32) {
        let word = slot as usize / 64;
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        if !self.has(slot) {
            self.bits[word] |= 1 << (slot % 64);
            self.count += 1;
        }
    }

    /// Slots that are gone.
    pub(super) fn each(&self) -> impl Iterator<Item = u32> {
        static NOTHING: Gone = Gone { bits: Vec::new(), count: 0 };
        self.since(&NOTHING)
    }

    /// Slots that are gone here and were not yet gone there.
    fn since<'a>(&'a self, before: &'a Gone) -> impl Iterator<Item = u32> + 'a {
        let words = self.bits.iter().enumerate();
        let bits = words.flat_map(|(word, bits)| {
            let new = bits & !before.bits.get(word).copied().unwrap_or(0);
            (0..64).filter(move |bit| new >> bit & 1 == 1).map(move |bit| word as u32 * 64 + bit)
        });
        bits.filter(|_| self.count > before.count)
    }
}

impl<K: Copy + Ord + Hash> Part<K> {
    pub(super) fn new(mut segment: Segment<K>, gone: Gone) -> Self {
        segment.seal();
        Self { segment: Arc::new(segment), gone: Arc::new(gone) }
    }

    /// One part of all guns that some have, in the order of their names.
    pub(super) fn joined(parts: &[Self]) -> Self {
        let slots = parts.iter().enumerate().flat_map(|(at, part)| part.slots().map(move |slot| (at, slot)));
        let mut guns: Vec<(K, usize, u32)> =
            slots.map(|(at, slot)| (parts[at].segment.name(slot), at, slot)).collect();
        guns.sort_unstable();
        let (mut segment, mut gun) = (Segment::new(Learnt::default()), Prepared::default());
        for (name, at, slot) in guns {
            parts[at].segment.unpack(slot, &mut gun);
            segment.push(name, &gun);
        }
        Self::new(segment, Gone::default())
    }

    /// Guns in it.
    pub(super) fn len(&self) -> usize {
        self.segment.len() - self.gone.count
    }

    pub(super) fn slot(&self, key: K) -> Option<u32> {
        self.segment.slot(key).filter(|slot| !self.gone.has(*slot))
    }

    fn slots(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.segment.len() as u32).filter(|slot| !self.gone.has(*slot))
    }

    /// Unpacks each gun that may form a pair with this one, one after the other, in the place
    /// of `found`.
    pub(super) fn search(&self, gun: &Prepared, found: &mut Prepared, visit: &mut dyn FnMut(K, &Prepared)) {
        for slot in self.segment.search(gun) {
            if !self.gone.has(slot) {
                self.segment.unpack(slot, found);
                visit(self.segment.name(slot), found);
            }
        }
    }
}

/// Most guns that are joined while others wait for it; some hundredths of a second.
const MOST_AT_ONCE: usize = 1 << 15;

/// Parts that were joined beside the index, while it went on changing.
#[derive(Debug, Clone)]
pub struct Tidied<K> {
    from: Vec<Part<K>>,
    joined: Part<K>,
}

/// Drops empty parts and joins small ones, so that their number grows with the logarithm of
/// the guns; guns that are gone are left behind. What is large is left for [`tidied`].
pub(super) fn compact<K: Copy + Ord + Hash>(parts: &mut Vec<Part<K>>) {
    parts.retain(|part| part.len() > 0);
    while let [.., before, last] = parts.as_slice() {
        if before.len() > 2 * last.len() || before.len() + last.len() > MOST_AT_ONCE {
            break;
        }
        let joined = Part::joined(&parts[parts.len() - 2..]);
        parts.truncate(parts.len() - 2);
        parts.push(joined);
    }
}

/// Joins parts that have come to lie too close in size, or that most of their guns are gone
/// from; nothing when there are none. It takes a second for millions and changes nothing.
pub(super) fn tidied<K: Copy + Ord + Hash>(parts: &[Part<K>]) -> Option<Tidied<K>> {
    let emptied = |part: &Part<K>| part.gone.count > part.len();
    if let Some(part) = parts.iter().find(|part| emptied(part)) {
        let from = vec![part.clone()];
        return Some(Tidied { joined: Part::joined(&from), from });
    }
    // The parts from the first on that what follows it has outgrown.
    let mut behind = 0;
    let mut first = None;
    for (at, part) in parts.iter().enumerate().rev() {
        if behind > 0 && part.len() <= 2 * behind {
            first = Some(at);
        }
        behind += part.len();
    }
    let from = parts[first?..].to_vec();
    Some(Tidied { joined: Part::joined(&from), from })
}

/// Puts joined parts in the place of those that they were made of; what has gone from these
/// since goes from the new one. Nothing when they are there no more.
pub(super) fn adopt<K: Copy + Ord + Hash>(parts: &mut Vec<Part<K>>, tidied: Tidied<K>) -> bool {
    let Tidied { from, mut joined } = tidied;
    let is = |a: &Part<K>, b: &Part<K>| Arc::ptr_eq(&a.segment, &b.segment);
    let same = |window: &[Part<K>]| window.iter().zip(&from).all(|(a, b)| is(a, b));
    let Some(at) = parts.windows(from.len()).position(same) else { return false };
    let gone = Arc::make_mut(&mut joined.gone);
    for (now, then) in parts[at..].iter().zip(&from) {
        for slot in now.gone.since(&then.gone) {
            if let Some(slot) = joined.segment.slot(now.segment.name(slot)) {
                gone.add(slot);
            }
        }
    }
    parts.splice(at..at + from.len(), [joined]);
    true
}
