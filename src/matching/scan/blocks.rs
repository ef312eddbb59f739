//! Keys of one length, laid out so that a kernel reads one place of many keys at once.

mod append;

use super::{LONGEST, MANY};
use std::fmt;

/// Keys in a block: what fills the widest register with one byte a key.
pub(super) const BLOCK: usize = 64;

/// One place of all keys in a block; a line of the cache.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(super) struct Row(pub(super) [u8; BLOCK]);

/// Keys of one length, in the order in which they came.
///
/// A key takes as many bytes as it has symbols; the last block may be empty in part, and room
/// for an eighth more may be kept.
#[derive(Clone)]
pub(crate) struct Blocks {
    length: usize,
    keys: u32,
    /// Block after block, each of `length` rows.
    rows: Vec<Row>,
}

impl Blocks {
    /// No keys yet, each to be of `length` symbols.
    pub(crate) fn new(length: usize) -> Self {
        Self::with_capacity(length, 0)
    }

    /// The same with room for so many keys.
    pub(crate) fn with_capacity(length: usize, keys: usize) -> Self {
        debug_assert!(length <= LONGEST, "a key of {length} symbols");
        Self { length, keys: 0, rows: Vec::with_capacity(keys.div_ceil(BLOCK) * length) }
    }

    /// Adds a key and says at which position; keys count from 0.
    ///
    /// The key must have the length of all others, and its symbols must be below
    /// [`SYMBOLS`](super::SYMBOLS).
    pub(crate) fn push(&mut self, key: &[u8]) -> u32 {
        debug_assert_eq!(key.len(), self.length, "a key of another length");
        debug_assert!(key.iter().all(|symbol| *symbol <= MANY), "no symbols: {key:?}");
        let position = self.keys;
        let (block, lane) = place(position);
        let first = block * self.length;
        if lane == 0 {
            if self.rows.capacity() < first + self.length {
                // Doubling would keep up to twice the memory for good.
                self.rows.reserve_exact(self.length.max(first / 8));
            }
            self.rows.resize(first + self.length, Row([0; BLOCK]));
        }
        for (row, symbol) in self.rows[first..].iter_mut().zip(key) {
            row.0[lane] = *symbol;
        }
        self.keys += 1;
        position
    }

    /// Keys held.
    pub(crate) fn len(&self) -> usize {
        self.keys as usize
    }

    /// Memory held, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>()
    }

    /// Symbols of each key.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// Puts the key at a position into `key`, whose former contents go; nothing where there is
    /// no such position.
    pub(crate) fn read(&self, position: u32, key: &mut Vec<u8>) {
        key.clear();
        if position < self.keys {
            let (block, lane) = place(position);
            key.extend(self.rows[block * self.length..][..self.length].iter().map(|row| row.0[lane]));
        }
    }

    /// The blocks: position of the first key, the lanes that hold keys, a row for each place.
    /// None where keys have no symbols.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u64, &[Row])> {
        let chunks = self.rows.chunks_exact(self.length.max(1));
        (0..self.keys).step_by(BLOCK).zip(chunks).map(|(first, rows)| {
            let held = (self.keys - first).min(BLOCK as u32);
            (first, u64::MAX >> (BLOCK as u32 - held), rows)
        })
    }
}

/// Block and lane of a position.
fn place(position: u32) -> (usize, usize) {
    (position as usize / BLOCK, position as usize % BLOCK)
}

impl fmt::Debug for Blocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocks")
            .field("length", &self.length)
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}
