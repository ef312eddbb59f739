//! The search line: what the officer types, read as the field has typed it for fifty years.

mod read;
mod write;

pub use read::parse;
pub(super) use read::{is_key, parted, read_country, read_type, serial};

use crate::domain::date::PartialDate;
use crate::domain::gun::Gun;
use crate::domain::ids::{HitId, RecordId};

/// What a search line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A gun.
    Gun(Box<GunLine>),
    /// A record by its number.
    Record(RecordId),
    /// A hit by its number.
    Hit(HitId),
}

/// A gun as a line describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GunLine {
    /// The gun.
    pub gun: Gun,
    /// When it came into hand (`/ON`).
    pub found: Option<PartialDate>,
}

/// Why a line cannot be read: the part that is wrong, and what to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrammarFault {
    /// There is nothing in it.
    Empty,
    /// A key that is not known; the keys are listed.
    NoSuchKey {
        /// As typed, without the stroke.
        key: String,
    },
    /// A key without anything behind it.
    NothingBehind {
        /// The key.
        key: &'static str,
    },
    /// The same key twice, where only one fits.
    Twice {
        /// The key.
        key: &'static str,
    },
    /// What stands behind a key has another shape.
    Shape {
        /// The key.
        key: &'static str,
        /// What was typed.
        given: String,
        /// What it must look like.
        like: &'static str,
    },
    /// A bracket is not closed, or holds nothing.
    Bracket {
        /// The place of the bracket, from 1.
        place: usize,
    },
    /// A pattern with so few known characters fits too much.
    TooFewKnown {
        /// Characters known.
        known: usize,
        /// Characters that must be known.
        least: usize,
    },
    /// Neither a number nor make and model.
    NothingToFindBy,
}

/// Characters of a pattern that must be known, so that it does not fit everything.
pub const LEAST_KNOWN: usize = 4;

/// A key of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineKey {
    /// As it is typed behind the stroke.
    pub key: &'static str,
    /// What stands behind it.
    pub like: &'static str,
}

/// The keys of the line, in the order in which it is written: those of NCIC's gun file where
/// it has one, two or three letters each.
pub const KEYS: [LineKey; 12] = [
    LineKey { key: "PL", like: "frame" },
    LineKey { key: "NO", like: "slide 73519" },
    LineKey { key: "MK", like: "FN" },
    LineKey { key: "MD", like: "HP-35" },
    LineKey { key: "CAL", like: "9X19" },
    LineKey { key: "TY", like: "PI" },
    LineKey { key: "CO", like: "BE" },
    LineKey { key: "YR", like: "1979" },
    LineKey { key: "IM", like: "KE19" },
    LineKey { key: "IP", like: "INTERARMS" },
    LineKey { key: "XM", like: "crown over N" },
    LineKey { key: "ON", like: "2026-11-20" },
];

#[cfg(test)]
mod tests;
