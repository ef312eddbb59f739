//! What decides how a number is counted, in one word.

use super::{Facet, Form};

/// Where letters stand in a number, how long it is, and its first four characters.
///
/// Numbers of one block have the same one; those of one beginning lie next to each other in
/// its order, and so do those of one shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Opening(u64);

/// Bits of a character.
const BITS: u32 = 6;
/// Characters that are kept, and those of a beginning.
const BLOCK: u32 = 4;
const BEGINNING: u32 = 2;
/// Bits for length and letters; of a longer number, which hardly is one, the end counts.
const SHAPE: u32 = 40;

impl Opening {
    /// Of a number given as symbols below 36.
    pub(crate) fn of(symbols: &[u8]) -> Self {
        let letters = symbols.iter().fold(1u64, |letters, symbol| letters << 1 | u64::from(*symbol >= 10));
        let first = symbols.iter().take(BLOCK as usize);
        let first = first.fold(0, |all, symbol| all << BITS | u64::from(*symbol));
        let missing = (BLOCK as usize).saturating_sub(symbols.len()) as u32;
        Self((letters & ((1 << SHAPE) - 1)) << (BLOCK * BITS) | first << (missing * BITS))
    }

    /// The part of it that all numbers of one beginning share.
    pub(crate) fn beginning(self) -> u64 {
        self.0 >> ((BLOCK - BEGINNING) * BITS)
    }

    /// The part of it that all numbers of one shape share.
    pub(crate) fn shape(self) -> u64 {
        self.0 >> (BLOCK * BITS)
    }

    /// The properties that are counted.
    pub(crate) fn form(self) -> Form {
        // The kind of each, so that no two fall together, and a second bit that tells them from
        // the facets of descriptions.
        let facet = |kind: u64, value: u64| {
            let hash = (value << 2 | kind).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let hash = (hash ^ hash >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
            Facet((hash ^ hash >> 29) & !(0b11 << 62) | 0b01 << 62)
        };
        Form { shape: facet(0, self.shape()), beginning: facet(1, self.beginning()), block: facet(2, self.0) }
    }
}
