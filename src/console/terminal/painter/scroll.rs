//! Finds lines that have only moved, so that the terminal moves them and they are not written again.

use super::grid::{Grid, Spot};

/// Lines that move together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scroll {
    /// The first line of the region.
    pub(super) top: u16,
    /// The last line of the region; never the last of the screen, whose last cell cannot be written.
    pub(super) bottom: u16,
    /// Lines by which the text goes up, or down where it is negative.
    pub(super) by: i32,
}

/// Furthest that lines are looked for.
const FURTHEST: usize = 16;
/// Columns at the start of a line that hold marks, which change where the line does not.
const MARKS: usize = 3;
/// What a region costs to set, use and take back, in bytes; less than this is not saved.
const OVERHEAD: i32 = 32;
/// What erasing the rest of a line costs, in bytes.
const ERASE: i32 = 3;
/// What coming to a changed line costs beside its cells, in bytes.
const TRAVEL: i32 = 4;

/// The move that saves most, or none where writing is as cheap.
pub(super) fn find(shown: &Grid, wanted: &Grid) -> Option<Scroll> {
    let lines = usize::from(wanted.height().saturating_sub(1));
    let kept: Vec<i32> = (0..lines).map(|line| cost(wanted, line, shown, Some(line))).collect();
    let first = kept.iter().position(|cost| *cost > 0)?;
    let last = kept.iter().rposition(|cost| *cost > 0)?;
    if kept.iter().sum::<i32>() <= OVERHEAD || first == last {
        return None;
    }
    let blank: Vec<i32> = (0..lines).map(|line| cost(wanted, line, shown, None)).collect();
    let mut best = None;
    for by in 1..=FURTHEST.min(last - first) {
        for up in [true, false] {
            if !has_moved(shown, wanted, (first, last), &kept, by, up) {
                continue;
            }
            let found = best_of(shown, wanted, (first, last), &kept, &blank, by, up);
            best = best.max(found);
        }
    }
    best.map(Found::scroll)
}

/// Whether any line has come over this distance, but for its mark: most frames end here, cheaply.
fn has_moved<'a>(
    shown: &'a Grid,
    wanted: &'a Grid,
    (first, last): (usize, usize),
    kept: &[i32],
    by: usize,
    up: bool,
) -> bool {
    let text = |grid: &'a Grid, line: usize| grid.line(line).get(MARKS..).unwrap_or_default();
    (first..=last - by).any(|near| {
        let (line, from) = if up { (near, near + by) } else { (near + by, near) };
        kept[line] > 0
            && text(wanted, line) == text(shown, from)
            && !text(wanted, line).iter().all(Spot::is_blank)
    })
}

/// A move and what it saves; the one that saves most is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    saved: i32,
    top: usize,
    bottom: usize,
    by: usize,
    up: bool,
}

impl Found {
    fn scroll(self) -> Scroll {
        let line = |line: usize| u16::try_from(line).unwrap_or(u16::MAX);
        let by = i32::from(line(self.by));
        Scroll { top: line(self.top), bottom: line(self.bottom), by: if self.up { by } else { -by } }
    }
}

/// The best region for one distance and direction between two lines.
fn best_of(
    shown: &Grid,
    wanted: &Grid,
    (first, last): (usize, usize),
    kept: &[i32],
    blank: &[i32],
    by: usize,
    up: bool,
) -> Option<Found> {
    // Lines are walked in the direction in which the text moves away from those that become blank.
    let at = |step: usize| if up { first + step } else { last - step };
    let steps = last - first + 1;
    let (mut best, mut run, mut begun): (Option<Found>, i32, usize) = (None, 0, 0);
    for step in 0..steps - by {
        let (line, from) = (at(step), at(step + by));
        if run <= 0 {
            (run, begun) = (0, step);
        }
        run += kept[line] - cost(wanted, line, shown, Some(from));
        let emptied: i32 = (step + 1..=step + by).map(|step| kept[at(step)] - blank[at(step)]).sum();
        let steps = i32::try_from(by).unwrap_or(i32::MAX / 1024);
        let saved = run + emptied - steps;
        if saved > OVERHEAD && best.is_none_or(|best| saved > best.saved) {
            let (one, other) = (at(begun), at(step + by));
            best = Some(Found { saved, top: one.min(other), bottom: one.max(other), by, up });
        }
    }
    best
}

/// About how many bytes a line of the screen takes, written over another or over nothing.
fn cost(wanted: &Grid, line: usize, shown: &Grid, over: Option<usize>) -> i32 {
    let cells = wanted.line(line);
    let inked = cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
    let (text, tail) = cells.split_at(inked);
    let (written, erased) = match over.map(|over| shown.line(over).split_at(inked)) {
        Some((over, rest)) => {
            let written = text.iter().zip(over).filter(|(wanted, shown)| wanted != shown).count();
            (written, tail != rest)
        }
        None => (text.iter().filter(|cell| !cell.is_blank()).count(), false),
    };
    let bytes = i32::try_from(written).unwrap_or(i32::MAX / 1024) + if erased { ERASE } else { 0 };
    if bytes == 0 { 0 } else { bytes + TRAVEL }
}
