//! The same answers by the dynamic programme of the textbooks, slowly.

use super::{ANY, How, LONGEST, MANY};

/// Errors with which a key fits a pattern.
///
/// A row for each cell, a column for each symbol. `*` on either side takes up anything at no
/// cost; two neighbouring cells and symbols that accept each other crosswise are one error,
/// end to end only.
pub(super) fn errors(cells: &[u64], key: &[u8], how: How) -> u8 {
    let (rows, columns) = (cells.len(), key.len());
    let accepts = |row: usize, column: usize| {
        let symbol = key[column - 1];
        cells[row - 1] != 0 && symbol != MANY && (symbol == ANY || cells[row - 1] >> symbol & 1 == 1)
    };
    let mut table = [[0u8; LONGEST + 1]; LONGEST + 1];
    for row in 0..=rows {
        for column in 0..=columns {
            let many_cell = row > 0 && cells[row - 1] == 0;
            let many_symbol = column > 0 && key[column - 1] == MANY;
            let mut least = u8::MAX;
            if row == 0 && (column == 0 || how == How::Within) || column == 0 && how == How::Contains {
                least = 0;
            }
            if row > 0 {
                least = least.min(table[row - 1][column] + u8::from(!many_cell && !many_symbol));
            }
            if column > 0 {
                least = least.min(table[row][column - 1] + u8::from(!many_cell && !many_symbol));
            }
            if row > 0 && column > 0 && !many_cell && !many_symbol {
                least = least.min(table[row - 1][column - 1] + u8::from(!accepts(row, column)));
            }
            let crosswise = row > 1 && column > 1 && accepts(row, column - 1) && accepts(row - 1, column);
            if how == How::Whole && crosswise {
                least = least.min(table[row - 2][column - 2] + 1);
            }
            table[row][column] = least;
        }
    }
    match how {
        How::Whole => table[rows][columns],
        How::Within => table[rows][..=columns].iter().copied().min().unwrap_or(0),
        How::Contains => table[..=rows].iter().map(|row| row[columns]).min().unwrap_or(0),
    }
}
