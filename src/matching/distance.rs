//! How many errors lie between two keys, and how many may.

use super::key::{Key, Role, Traits};
use super::pattern::LONGEST;
use std::cmp::Ordering;

/// How two keys fit each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// From end to end, with so many errors; look-alikes are none.
    Whole(u8),
    /// One lies within the other: prefix or suffix were lost.
    Part,
}

/// Most errors between any two keys.
pub(crate) const MOST_ERRORS: u8 = 2;
/// Fewest known characters of a number that lies within another.
pub(crate) const LEAST_PART: u8 = 4;

/// Cells of a key as bit sets, whatever they are kept in.
pub(crate) trait Cells {
    fn length(&self) -> usize;
    fn set(&self, at: usize) -> u64;
}

impl Cells for [u64] {
    fn length(&self) -> usize {
        self.len()
    }
    fn set(&self, at: usize) -> u64 {
        self[at]
    }
}

/// Errors allowed between two keys; `None` when only equal ones fit.
///
/// Up to four known characters none, five and six one, from seven two: by the longer of the
/// two, for what the shorter lacks may be what was not seen, but never any where one has four.
/// Six characters of which two are letters tell as much as seven figures. Fewer with gaps,
/// because every gap is an error already, and fewer without the letters that NCIC ignores.
fn allowed(a: Traits, b: Traits) -> Option<u8> {
    if a.known.min(b.known) < 4 || a.role == Role::Exact || b.role == Role::Exact {
        return None;
    }
    let gaps = a.gaps || b.gaps;
    let lenient = gaps || a.role == Role::Core || b.role == Role::Core;
    let fewer = a.known.min(b.known);
    Some(errors_of(if gaps || fewer <= 4 { fewer } else { a.tells.max(b.tells) }, lenient))
}

/// Errors allowed between two keys that tell as much as so many figures.
pub(crate) fn errors_of(told: u8, lenient: bool) -> u8 {
    let errors = match told {
        ..=4 => 0,
        5 | 6 => 1,
        _ => MOST_ERRORS,
    };
    if lenient { errors.saturating_sub(1) } else { errors }
}

/// Errors allowed inside a part; `None` when the keys cannot be part and whole.
fn allowed_in_part(part: Traits, whole: Traits) -> Option<u8> {
    let plain =
        |traits: Traits| matches!(traits.role, Role::Whole | Role::Sound | Role::Rest) && !traits.many;
    // Zeros in front were filled in, so what is behind them may lack its prefix as well.
    let filled = part.role == Role::Trimmed && !part.many;
    // A filler such as 123456 may be what is left of ABC123456, to the letter.
    let rest = part.role == Role::Exact && part.known > LEAST_PART;
    if !(plain(part) || filled || rest)
        || !plain(whole)
        || part.known < LEAST_PART
        || whole.known < LEAST_PART
    {
        return None;
    }
    Some(u8::from(part.known >= 8 && !rest && !part.gaps && !whole.gaps))
}

/// How two keys fit, if they do. The same whichever comes first.
pub(crate) fn fit(a: &Key, b: &Key) -> Option<Fit> {
    fit_cells(a.cells.as_slice(), a.traits, b.cells.as_slice(), b.traits)
}

/// [`fit`] on bare cells.
pub(crate) fn fit_cells(
    a: &(impl Cells + ?Sized),
    a_traits: Traits,
    b: &(impl Cells + ?Sized),
    b_traits: Traits,
) -> Option<Fit> {
    if a_traits.were_cut_apart(b_traits) {
        return None;
    }
    let Some(errors) = allowed(a_traits, b_traits) else {
        if is_equal(a, a_traits, b, b_traits) {
            return Some(Fit::Whole(0));
        }
        return part_of(a, a_traits, b, b_traits);
    };
    let ends = Ends {
        start: a_traits.certain_start || b_traits.certain_start,
        end: a_traits.certain_end || b_traits.certain_end,
    };
    if let Some(found) = edits(a, b, errors, ends) {
        return Some(Fit::Whole(found));
    }
    part_of(a, a_traits, b, b_traits)
}

fn part_of(
    a: &(impl Cells + ?Sized),
    a_traits: Traits,
    b: &(impl Cells + ?Sized),
    b_traits: Traits,
) -> Option<Fit> {
    let part = match a.length().cmp(&b.length()) {
        Ordering::Less => within(a, a_traits, b, b_traits),
        Ordering::Greater => within(b, b_traits, a, a_traits),
        Ordering::Equal => false,
    };
    part.then_some(Fit::Part)
}

fn is_equal(
    a: &(impl Cells + ?Sized),
    a_traits: Traits,
    b: &(impl Cells + ?Sized),
    b_traits: Traits,
) -> bool {
    !a_traits.gaps
        && !b_traits.gaps
        && a.length() == b.length()
        && (0..a.length()).all(|at| a.set(at) == b.set(at))
}

/// Ends at which nothing can have been lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Ends {
    pub start: bool,
    pub end: bool,
}

/// More errors than any key can have.
const FAR: u8 = 100;

/// Errors from end to end, if there are at most `most`: characters lost, added, taken for
/// another, or two neighbours swapped (optimal string alignment). `?` and choices fit what
/// they may be; `*` takes up any number of cells.
pub(crate) fn edits(
    a: &(impl Cells + ?Sized),
    b: &(impl Cells + ?Sized),
    most: u8,
    ends: Ends,
) -> Option<u8> {
    let (rows, columns) = (a.length(), b.length());
    if rows > LONGEST || columns > LONGEST {
        return None;
    }
    let many = (0..rows).any(|at| a.set(at) == 0) || (0..columns).any(|at| b.set(at) == 0);
    if !many && rows.abs_diff(columns) > usize::from(most) {
        return None;
    }
    // Beside the number: nothing where the end is certain, else an error a character.
    let at_start = if ends.start { FAR } else { 1 };
    let add = |value: u8, cost: u8| value.saturating_add(cost).min(FAR);
    let mut table = [[FAR; LONGEST + 1]; 3];
    for column in 0..=columns {
        table[0][column] = match column.checked_sub(1) {
            None => 0,
            Some(last) => add(table[0][last], if b.set(last) == 0 { 0 } else { at_start }),
        };
    }
    for row in 1..=rows {
        let cell = a.set(row - 1);
        let (now, before, earlier) = (row % 3, (row + 2) % 3, (row + 1) % 3);
        table[now][0] = add(table[before][0], if cell == 0 { 0 } else { at_start });
        let mut least = table[now][0];
        // Without `*` nothing far from the diagonal can come back within the bound.
        let width = if many { LONGEST } else { usize::from(most) };
        let (from, to) = (row.saturating_sub(width).max(1), (row + width).min(columns));
        if from > 1 {
            table[now][from - 1] = FAR;
        }
        if to < columns {
            table[now][to + 1] = FAR;
        }
        for column in from..=to {
            let other = b.set(column - 1);
            let last_row = if ends.end && row == rows { FAR } else { 1 };
            let last_column = if ends.end && column == columns { FAR } else { 1 };
            let lost = add(table[before][column], if other == 0 { 0 } else { last_column });
            let added = add(table[now][column - 1], if cell == 0 { 0 } else { last_row });
            let mut value = lost.min(added);
            if cell == 0 {
                value = value.min(table[before][column]);
            }
            if other == 0 {
                value = value.min(table[now][column - 1]);
            }
            if cell != 0 && other != 0 {
                value = value.min(table[before][column - 1] + u8::from(cell & other == 0));
                if row > 1 && column > 1 && cell & b.set(column - 2) != 0 && a.set(row - 2) & other != 0 {
                    value = value.min(table[earlier][column - 2] + 1);
                }
            }
            table[now][column] = value;
            least = least.min(value);
        }
        if least > most {
            return None;
        }
    }
    Some(table[rows % 3][columns]).filter(|found| *found <= most)
}

/// Whether a filler is of several figures: one figure throughout lies within too many numbers.
fn is_run(part: &(impl Cells + ?Sized)) -> bool {
    let figures = (0..part.length()).all(|at| part.set(at) < 1 << 10);
    figures && (1..part.length()).any(|at| part.set(at) != part.set(0))
}

/// Whether `part` lies within `whole` with the errors that may be, and no certain end of it
/// has lost anything.
fn within(
    part: &(impl Cells + ?Sized),
    part_traits: Traits,
    whole: &(impl Cells + ?Sized),
    whole_traits: Traits,
) -> bool {
    let Some(most) = allowed_in_part(part_traits, whole_traits) else { return false };
    let (rows, columns) = (part.length(), whole.length());
    if rows > LONGEST || columns > LONGEST {
        return false;
    }
    if part_traits.role == Role::Exact && !is_run(part) {
        return false;
    }
    let mut table = [[FAR; LONGEST + 1]; 2];
    for (column, first) in table[0][..=columns].iter_mut().enumerate() {
        *first = if part_traits.certain_start { column as u8 } else { 0 };
    }
    for row in 1..=rows {
        let (now, before) = (row % 2, (row + 1) % 2);
        table[now][0] = row as u8;
        let mut least = table[now][0];
        for column in 1..=columns {
            let differs = u8::from(part.set(row - 1) & whole.set(column - 1) == 0);
            let value = (table[before][column - 1] + differs)
                .min(table[before][column] + 1)
                .min(table[now][column - 1] + 1);
            table[now][column] = value;
            least = least.min(value);
        }
        if least > most {
            return false;
        }
    }
    let last = &table[rows % 2][..=columns];
    if part_traits.certain_end { last[columns] <= most } else { last.iter().any(|found| *found <= most) }
}

#[cfg(test)]
mod tests;
