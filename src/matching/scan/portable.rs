//! The kernel in plain Rust: loops over lanes that a compiler makes vectors of.

use super::automaton::{Plan, Shape};
use super::blocks::{BLOCK, Blocks};
use super::step::{Fixed, State};
use super::{MANY, SYMBOLS};
use std::array::from_fn;
use std::ops::{BitAnd, BitOr};

/// One key's automaton: as many bits as the pattern has cells.
pub(super) trait Lane: Copy + PartialEq + BitAnd<Output = Self> + BitOr<Output = Self> {
    /// No state.
    const NONE: Self;
    /// All states.
    const ALL: Self;
    /// The uppermost bits of a mask.
    fn cut(mask: u64) -> Self;
    fn double(self) -> Self;
    fn negate(self) -> Self;
}

macro_rules! lane {
    ($($lane:ty)*) => {$(
        impl Lane for $lane {
            const NONE: Self = 0;
            const ALL: Self = Self::MAX;
            fn cut(mask: u64) -> Self {
                (mask >> (64 - Self::BITS)) as Self
            }
            fn double(self) -> Self {
                self << 1
            }
            fn negate(self) -> Self {
                self.wrapping_neg()
            }
        }
    )*};
}
lane!(u8 u16 u32 u64);

fn or<T: Lane>(a: T, b: T) -> T {
    a | b
}

fn and<T: Lane>(a: T, b: T) -> T {
    a & b
}

fn double<T: Lane>(a: T) -> T {
    a.double()
}

fn negate<T: Lane>(a: T) -> T {
    a.negate()
}

/// Appends the positions that fit, in lanes as wide as the pattern needs.
pub(super) fn sift(plan: &Plan<'_>, blocks: &Blocks, found: &mut Vec<u32>) {
    match plan.cells {
        ..=8 => choose!(plan, sift_lanes[u8](plan, blocks, found)),
        9..=16 => choose!(plan, sift_lanes[u16](plan, blocks, found)),
        17..=32 => choose!(plan, sift_lanes[u32](plan, blocks, found)),
        33.. => choose!(plan, sift_lanes[u64](plan, blocks, found)),
    }
}

/// Appends the positions of the marked lanes.
pub(super) fn report(first: u32, mut marks: u64, found: &mut Vec<u32>) {
    while marks != 0 {
        found.push(first + marks.trailing_zeros());
        marks &= marks - 1;
    }
}

impl Plan<'_> {
    fn begin<T: Lane>(&self) -> (State<T>, Fixed<T>) {
        let start = T::cut(self.start);
        let state = State { live: self.first.map(T::cut), start: [start; 3], swap: [T::NONE; 3] };
        let stays = if self.stays { u64::MAX } else { 0 };
        let fixed = Fixed { loops: T::cut(self.loops), swaps: T::cut(self.swapped), stays: T::cut(stays) };
        (state, fixed)
    }
}

/// The states of a block's lanes, each kind side by side.
struct Lanes<T> {
    live: [[T; BLOCK]; 3],
    start: [[T; BLOCK]; 3],
    swap: [[T; BLOCK]; 3],
}

/// Moves all lanes on by one symbol, and says whether any of them can still fit.
fn advance<
    T: Lane,
    const K: usize,
    const LOOPS: bool,
    const SWAPS: bool,
    const GAPPED: bool,
    const OPENS: bool,
>(
    lanes: &mut Lanes<T>,
    fixed: &Fixed<T>,
    accepts: &[T; SYMBOLS],
    row: &[u8; BLOCK],
) -> bool {
    let accepted = row.map(|symbol| accepts[usize::from(symbol) % SYMBOLS]);
    let mut left = T::NONE;
    for lane in 0..BLOCK {
        let many = if GAPPED && row[lane] == MANY { T::ALL } else { T::NONE };
        let mut state = State {
            live: from_fn(|level| lanes.live[level][lane]),
            start: from_fn(|level| if OPENS || LOOPS { lanes.start[level][lane] } else { T::NONE }),
            swap: from_fn(|level| lanes.swap[level][lane]),
        };
        step!(state, fixed, accepted[lane], many, OPENS);
        for level in 0..3 {
            lanes.live[level][lane] = state.live[level];
            lanes.swap[level][lane] = state.swap[level];
            if OPENS {
                lanes.start[level][lane] = state.start[level];
            }
        }
        left = left | state.live[K] | state.start[K];
    }
    left != T::NONE
}

fn sift_lanes<T: Lane, const K: usize, const LOOPS: bool, const SWAPS: bool, const GAPPED: bool>(
    plan: &Plan<'_>,
    blocks: &Blocks,
    found: &mut Vec<u32>,
) {
    let accepts: [T; SYMBOLS] = plan.accepts.map(T::cut);
    let (begin, fixed) = plan.begin::<T>();
    let ends = T::cut(plan.ends);
    for (first, held, rows) in blocks.iter() {
        let mut lanes = Lanes {
            live: begin.live.map(|live| [live; BLOCK]),
            start: begin.start.map(|start| [start; BLOCK]),
            swap: begin.swap.map(|swap| [swap; BLOCK]),
        };
        // Behind as many symbols as errors the start is left, or it never is.
        let (opening, rest) = rows.split_at(if GAPPED { rows.len() } else { rows.len().min(K + 1) });
        let live = opening
            .iter()
            .all(|row| advance::<T, K, LOOPS, SWAPS, GAPPED, true>(&mut lanes, &fixed, &accepts, &row.0))
            && rest.iter().all(|row| {
                advance::<T, K, LOOPS, SWAPS, GAPPED, false>(&mut lanes, &fixed, &accepts, &row.0)
            });
        if !live {
            continue;
        }
        let mut marks = 0;
        for lane in 0..BLOCK {
            marks |= u64::from(lanes.live[K][lane] & ends != T::NONE) << lane;
        }
        report(first, marks & held, found);
    }
}

/// The least errors with which one key fits, if at most as many as the plan has.
pub(super) fn errors(plan: &Plan<'_>, key: &[u8]) -> Option<u8> {
    choose!(plan, errors_of_one[](plan, key))
}

fn errors_of_one<const K: usize, const LOOPS: bool, const SWAPS: bool, const GAPPED: bool>(
    plan: &Plan<'_>,
    key: &[u8],
) -> Option<u8> {
    let (mut state, fixed) = plan.begin::<u64>();
    for symbol in key {
        let many = if GAPPED && *symbol == MANY { u64::MAX } else { 0 };
        step!(state, fixed, plan.accepts[usize::from(*symbol) % SYMBOLS], many, true);
    }
    let fits = |level: &usize| state.live[*level] & plan.ends != 0;
    (0..=K).find(fits).map(|errors| errors as u8)
}
