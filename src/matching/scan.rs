//! Every key that fits a pattern, found by looking at all of them.
//!
//! ```text
//! pattern cells ─ Automaton ─ plan ─┬─ portable   any machine
//!      keys ───── Blocks ───────────┴─ simd       AVX2, AVX-512: 32 or 64 keys at once
//! ```
//! A key is a run of symbols: a stamped number with every character in six bits. The kernels
//! hold one pattern against all keys of one length, side by side: a bit for every state of an
//! automaton, a lane for every key. Nothing is left out and nothing is estimated, so the
//! answer is the same on every machine and with every kernel.
//!
//! Method: the bit-parallel automaton of Wu and Manber (1992) with the transpositions of
//! Hyyrö (2003), on sets of symbols.

#[macro_use]
mod step;

mod automaton;
mod blocks;
mod portable;
#[cfg(target_arch = "x86_64")]
mod simd;

pub(crate) use automaton::Automaton;
pub(crate) use blocks::Blocks;

use automaton::Plan;

/// Symbols that there are; each is below this.
pub(crate) const SYMBOLS: usize = 64;
/// In a key: one character that could not be read. Fits any cell.
pub(crate) const ANY: u8 = 62;
/// In a key: any number of characters, none included.
pub(crate) const MANY: u8 = 63;
/// Most cells of a pattern and most symbols of a key.
pub(crate) const LONGEST: usize = 64;
/// Most errors that a scan allows.
pub(crate) const MOST: u8 = 2;

/// How a pattern lies against a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// End to end. Errors are characters lost, added or taken for another, and two neighbours
    /// swapped (optimal string alignment).
    Whole,
    /// The pattern lies somewhere in the key. A swap counts as two errors.
    Within,
    /// The key lies somewhere in the pattern. A swap counts as two errors.
    Contains,
}

/// What does the work; all give the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kernel {
    /// Plain Rust.
    Portable,
    /// 32 bytes at once.
    Avx2,
    /// 64 bytes at once, with a table of 64 bytes in one instruction.
    Avx512,
}

impl Kernel {
    /// The fastest that this machine has.
    pub(crate) fn best() -> Self {
        [Self::Avx512, Self::Avx2].into_iter().find(|kernel| kernel.is_there()).unwrap_or(Self::Portable)
    }

    /// Whether this machine has it.
    pub(crate) fn is_there(self) -> bool {
        self == Self::Portable || simd::is_there(self)
    }

    fn sift(self, plan: &Plan<'_>, blocks: &Blocks, found: &mut Vec<u32>) {
        if !simd::sift(self, plan, blocks, found) {
            portable::sift(plan, blocks, found);
        }
    }
}

/// Stands in on other machines: none of the kernels is there.
#[cfg(not(target_arch = "x86_64"))]
mod simd {
    use super::{Blocks, Kernel, Plan};

    pub(super) fn is_there(_: Kernel) -> bool {
        false
    }

    pub(super) fn sift(_: Kernel, _: &Plan<'_>, _: &Blocks, _: &mut Vec<u32>) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod textbook;
