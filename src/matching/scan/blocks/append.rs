//! Puts the keys of one run behind those of another.

use super::{BLOCK, Blocks, Row, place};

impl Blocks {
    /// Adds keys of the same length, in their order, behind its own.
    pub(crate) fn append(&mut self, other: &Self) {
        debug_assert_eq!(other.length, self.length, "keys of another length");
        let (block, lane) = place(self.keys);
        let first = block * self.length;
        self.keys += other.keys;
        let rows = (self.keys as usize).div_ceil(BLOCK) * self.length;
        if self.rows.capacity() < rows {
            self.rows.reserve_exact(rows + first / 8 - self.rows.len());
        }
        self.rows.resize(rows, Row([0; BLOCK]));
        // A row of theirs lies across two of ours, the end of it a block further on.
        for (at, row) in other.rows.iter().enumerate() {
            let (begin, end) = row.0.split_at(BLOCK - lane);
            if let Some(own) = self.rows.get_mut(first + at) {
                own.0[lane..].copy_from_slice(begin);
            }
            if let Some(own) = self.rows.get_mut(first + at + self.length) {
                own.0[..lane].copy_from_slice(end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_were_appended_are_keys_that_were_added() {
        let key = |at: usize| [(at % 36) as u8, (at / 36) as u8, 7];
        let keys = |range: std::ops::Range<usize>| {
            let mut blocks = Blocks::new(3);
            range.for_each(|at| {
                blocks.push(&key(at));
            });
            blocks
        };
        for first in [0, 1, 40, 63, 64, 65, 128, 200] {
            for second in [0, 1, 23, 24, 25, 64, 88, 150] {
                let mut blocks = keys(0..first);
                blocks.append(&keys(first..first + second));
                let whole = keys(0..first + second);
                assert_eq!((blocks.keys, blocks.rows.len()), (whole.keys, whole.rows.len()));
                assert!(blocks.rows.iter().zip(&whole.rows).all(|(a, b)| a.0 == b.0), "{first} {second}");
                assert_eq!(blocks.push(&key(first + second)) as usize, first + second);
            }
        }
    }
}
