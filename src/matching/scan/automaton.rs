//! A pattern as masks of bits, and what a kernel needs of it.

use super::portable;
use super::{ANY, Blocks, How, Kernel, LONGEST, MANY, MOST, SYMBOLS};

/// The topmost bit: all cells are used up.
const TOP: u64 = 1 << 63;

/// A pattern, ready to be held against keys.
///
/// Cells lie in the uppermost bits of a word, the last cell topmost: in lanes of any width
/// what is shifted beyond the last cell falls away, and the narrow lanes are the upper bits of
/// the wide ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Automaton {
    /// Cells other than `*`.
    cells: usize,
    /// For each symbol the cells that accept it.
    accepts: [u64; SYMBOLS],
    /// Cells that a `*` follows.
    loops: u64,
    /// Whether the first cell follows a `*`.
    leading: bool,
}

/// The shape that a kernel is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// No `*` in the pattern and none in the keys.
    Plain,
    /// `*` in the pattern.
    Loops,
    /// `*` in the keys, and perhaps in the pattern.
    Gapped,
}

/// One scan: the masks of an automaton as one [`How`] has them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan<'a> {
    pub(super) accepts: &'a [u64; SYMBOLS],
    pub(super) loops: u64,
    /// Where a swap may lead.
    pub(super) swapped: u64,
    /// States live before the first symbol, by errors.
    pub(super) first: [u64; 3],
    /// The bit of the first cell.
    pub(super) start: u64,
    /// Whether the start is left at no cost, for ever.
    pub(super) stays: bool,
    /// States in which a key fits.
    pub(super) ends: u64,
    pub(super) most: u8,
    pub(super) shape: Shape,
    pub(super) swaps: bool,
    /// Cells; decides the width of lanes.
    pub(super) cells: usize,
}

impl Automaton {
    /// Makes one of a pattern's cells, at most [`LONGEST`] of them: each the set of symbols
    /// that it accepts (bit `s` for symbol `s`), or 0 for `*`.
    pub(crate) fn new(cells: &[u64]) -> Self {
        debug_assert!(cells.len() <= LONGEST, "a pattern of {} cells", cells.len());
        let sets = cells.iter().take(LONGEST);
        let count = sets.clone().filter(|set| **set != 0).count();
        let mut new =
            Self { cells: count, accepts: [0; SYMBOLS], loops: 0, leading: cells.first() == Some(&0) };
        // The bit of the cell to come; of the one before while there is none, 0.
        let (mut next, mut last) = (TOP >> count.saturating_sub(1), 0);
        for set in sets {
            if *set == 0 {
                new.loops |= last;
                continue;
            }
            for (symbol, accepting) in new.accepts.iter_mut().enumerate() {
                *accepting |= if set >> symbol & 1 == 1 || symbol == usize::from(ANY) { next } else { 0 };
            }
            (last, next) = (next, next << 1);
        }
        new
    }

    /// Appends the positions of the keys that fit with at most `most` errors (itself at most
    /// [`MOST`]), in ascending order. `gapped`: whether a key may hold a [`MANY`].
    pub(crate) fn scan(&self, blocks: &Blocks, how: How, most: u8, gapped: bool, found: &mut Vec<u32>) {
        self.scan_with(Kernel::best(), blocks, how, most, gapped, found);
    }

    /// [`scan`](Self::scan) with a kernel of one's choice; a machine without it takes the
    /// portable one.
    pub(crate) fn scan_with(
        &self,
        kernel: Kernel,
        blocks: &Blocks,
        how: How,
        most: u8,
        gapped: bool,
        found: &mut Vec<u32>,
    ) {
        let most = most.min(MOST);
        let keys = 0..blocks.len() as u32;
        if self.cells == 0 || blocks.length() == 0 {
            let mut key = Vec::new();
            found.extend(keys.filter(|position| {
                blocks.read(*position, &mut key);
                self.errors(&key, how, most).is_some()
            }));
        } else if !gapped && self.is_too_long_or_short(blocks.length(), how, most) {
            // No key of this length can fit.
        } else if how == How::Contains && self.has_many() {
            // `*` takes up any key.
            found.extend(keys);
        } else {
            kernel.sift(&self.plan(how, most, gapped), blocks, found);
        }
    }

    /// The least number of errors with which one key fits, if that is at most `most` (itself
    /// at most [`MOST`]). The key may hold any symbol.
    pub(crate) fn errors(&self, key: &[u8], how: How, most: u8) -> Option<u8> {
        let most = most.min(MOST);
        if how == How::Contains && self.has_many() {
            return Some(0);
        }
        if self.cells > 0 {
            return portable::errors(&self.plan(how, most, key.contains(&MANY)), key);
        }
        let symbols = key.iter().filter(|symbol| **symbol != MANY).count();
        let errors = if self.leading || how == How::Within { 0 } else { symbols };
        (errors <= usize::from(most)).then_some(errors as u8)
    }

    fn has_many(&self) -> bool {
        self.leading || self.loops != 0
    }

    /// Whether lengths alone say that no key without `*` fits.
    fn is_too_long_or_short(&self, length: usize, how: How, most: u8) -> bool {
        let (cells, most) = (self.cells, usize::from(most));
        let too_short = cells > length + most;
        let too_long = length > cells + most && !self.has_many();
        match how {
            How::Whole => too_short || too_long,
            How::Within => too_short,
            How::Contains => too_long,
        }
    }

    fn plan(&self, how: How, most: u8, gapped: bool) -> Plan<'_> {
        let start = TOP >> (self.cells - 1);
        // All bits from the first cell up.
        let all = start.wrapping_neg();
        // Cells left out at the beginning, by errors; a `*` before or between is left as well.
        let left_out = |errors: u32| start.wrapping_mul((1 << errors) - 1);
        let (loops, stays) = match how {
            How::Whole | How::Contains => (self.loops, self.leading),
            // Anything may stand before and behind.
            How::Within => (self.loops | TOP, true),
        };
        // Begins and ends anywhere, and has no `*`.
        let contains = how == How::Contains;
        let swaps = how == How::Whole;
        Plan {
            accepts: &self.accepts,
            loops,
            swapped: if swaps { !(loops << 1) } else { 0 },
            first: if contains { [all; 3] } else { [0, left_out(1), left_out(2)] },
            start,
            stays,
            ends: if contains { all } else { TOP },
            most,
            shape: match (gapped, stays || loops != 0) {
                (true, _) => Shape::Gapped,
                (false, true) => Shape::Loops,
                (false, false) => Shape::Plain,
            },
            swaps,
            cells: self.cells,
        }
    }
}
