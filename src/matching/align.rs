//! Two numbers laid side by side, character by character, and what their likeness weighs.

mod line;

use super::confusion;
use super::distance::Ends;
use super::number::fold;
use super::pattern::Pattern;
pub(crate) use line::Line;
use line::{EMBEDDED, Sign, Spot};

/// One place of the ruler under two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Step {
    /// The character on record.
    pub recorded: Option<char>,
    /// The character seen.
    pub seen: Option<char>,
    /// How the two stand to each other.
    pub kind: StepKind,
}

/// How two characters stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// One character.
    Same,
    /// Two that are easily taken for each other.
    Alike,
    /// Two others.
    Other,
    /// Nothing is on record here.
    OnlySeen,
    /// Nothing was seen here.
    OnlyRecorded,
    /// It changed places with its neighbour, which is the next or the last step.
    Swapped,
    /// One of them could not be read for certain.
    Unread,
}

impl StepKind {
    /// The sign under a place: blank where nothing differs, `~` alike, `X` another, `+` only seen,
    /// `-` only on record, `%` changed places, `?` unread.
    pub fn sign(self) -> char {
        match self {
            StepKind::Same => ' ',
            StepKind::Alike => '~',
            StepKind::Other => 'X',
            StepKind::OnlySeen => '+',
            StepKind::OnlyRecorded => '-',
            StepKind::Swapped => '%',
            StepKind::Unread => '?',
        }
    }
}

/// Lays the first number of each field side by side, in the form in which they are compared:
/// capitals and figures, without blanks and hyphens; `?` stands for a character that was not
/// read for certain and `*` for any number of them.
///
/// Any two texts will do; of each the first 64 characters count.
pub fn align(recorded: &str, seen: &str) -> Vec<Step> {
    let mut bench = Bench::default();
    bench.weigh(&Line::of(&Pattern::lenient(recorded)), &Line::of(&Pattern::lenient(seen)));
    bench.steps
}

/// What errors cost, in hundredths of a bit; substitutions stand in [`confusion`].
const MISSING: i32 = 850;
const EXTRA: i32 = 1300;
const SWAPPED: i32 = 850;
const DOUBLED: i32 = 600;
const LOST_END: i32 = 480;
const LOST_LETTER: i32 = 60;
const LOST_FIGURE: i32 = 250;
const STAR: i32 = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Pair,
    Swap,
    OnlyRecorded,
    OnlySeen,
    /// The recorded `*` takes up a character seen.
    RecordedStar,
    /// The `*` seen takes up a recorded character.
    SeenStar,
    /// A `*` takes up nothing more.
    Pass(bool),
}

/// Where two numbers are laid side by side; its tables are used again for the next two.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bench {
    gains: Vec<i32>,
    moves: Vec<Move>,
    /// The best alignment of the last two.
    pub steps: Vec<Step>,
}

impl Bench {
    /// Lays a recorded number beside one that was seen and leaves the best alignment in
    /// [`Bench::steps`].
    ///
    /// Returns what the characters seen tell, less what their differences cost, in hundredths
    /// of a bit: the logarithm of how much likelier they are if this is the gun than if it is
    /// some other.
    pub(crate) fn weigh(&mut self, recorded: &Line, seen: &Line) -> i32 {
        let size = (recorded.spots().len() + 1) * (seen.spots().len() + 1);
        self.gains.clear();
        self.gains.resize(size, 0);
        self.moves.clear();
        self.moves.resize(size, Move::Pair);
        self.steps.clear();
        let ends =
            Ends { start: recorded.ends.start || seen.ends.start, end: recorded.ends.end || seen.ends.end };
        Weighing { recorded, seen, ends, width: seen.spots().len() + 1, bench: self }.best()
    }
}

struct Weighing<'a> {
    recorded: &'a Line,
    seen: &'a Line,
    ends: Ends,
    width: usize,
    bench: &'a mut Bench,
}

impl Weighing<'_> {
    fn at(&self, row: usize, column: usize) -> i32 {
        self.bench.gains[row * self.width + column]
    }

    fn best(self) -> i32 {
        for row in 0..=self.recorded.spots().len() {
            for column in 0..=self.seen.spots().len() {
                if (row, column) != (0, 0) {
                    let (gain, step) = self.choose(row, column);
                    self.bench.gains[row * self.width + column] = gain;
                    self.bench.moves[row * self.width + column] = step;
                }
            }
        }
        self.trace()
    }

    /// The best way to have come to a cell; earlier ones in the list win a tie.
    fn choose(&self, row: usize, column: usize) -> (i32, Move) {
        let mut best = (i32::MIN, Move::Pair);
        let mut offer = |gain: i32, step: Move| {
            if gain > best.0 {
                best = (gain, step);
            }
        };
        let (recorded, seen) = (self.recorded.spots(), self.seen.spots());
        let (r, s) = (row.checked_sub(1).map(|at| &recorded[at]), column.checked_sub(1).map(|at| &seen[at]));
        let many = |spot: &Spot| spot.sign == Sign::Many;
        if let (Some(r), Some(s)) = (r, s) {
            match (many(r), many(s)) {
                (false, false) => {
                    let gain = line::pair((self.recorded, r), (self.seen, s));
                    offer(self.at(row - 1, column - 1) + gain, Move::Pair);
                    if let Some(gain) = self.swap(row, column) {
                        offer(self.at(row - 2, column - 2) + gain, Move::Swap);
                    }
                }
                (true, false) => offer(self.at(row, column - 1) - STAR, Move::RecordedStar),
                (false, true) => offer(self.at(row - 1, column) - STAR, Move::SeenStar),
                (true, true) => {}
            }
        }
        if r.is_some_and(many) {
            offer(self.at(row - 1, column), Move::Pass(true));
        }
        if s.is_some_and(many) {
            offer(self.at(row, column - 1), Move::Pass(false));
        }
        if let Some(r) = r.filter(|r| !many(r)) {
            offer(self.at(row - 1, column) - lone(r).unwrap_or(MISSING), Move::OnlyRecorded);
            if column == 0 && !self.ends.start {
                offer(-lost(&recorded[..row]), Move::OnlyRecorded);
            }
        }
        if let Some(s) = s.filter(|s| !many(s)) {
            // An extra character costs what it would have told too: nobody could foresee it.
            let extra = lone(s).unwrap_or(EXTRA - s.told);
            offer(self.at(row, column - 1) - extra, Move::OnlySeen);
            if row == 0 && !self.ends.start {
                offer(-lost(&seen[..column]), Move::OnlySeen);
            }
        }
        best
    }

    /// What two neighbours give that stand the other way round.
    fn swap(&self, row: usize, column: usize) -> Option<i32> {
        if row < 2 || column < 2 {
            return None;
        }
        let (r, s) = (&self.recorded.spots()[row - 2..row], &self.seen.spots()[column - 2..column]);
        let (Sign::Char(a), Sign::Char(b)) = (s[0].sign, s[1].sign) else { return None };
        let crossed = a != b && r[1].sign == s[0].sign && r[0].sign == s[1].sign;
        crossed.then(|| s[0].told + s[1].told - SWAPPED)
    }

    /// Where the alignment ends best, a lost suffix counted.
    fn end(&self) -> (i32, usize, usize) {
        let (recorded, seen) = (self.recorded.spots(), self.seen.spots());
        let (rows, columns) = (recorded.len(), seen.len());
        let mut best = (self.at(rows, columns), rows, columns);
        if self.ends.end || rows == 0 || columns == 0 {
            return best;
        }
        for row in 1..rows {
            let gain = self.at(row, columns) - lost(&recorded[row..]);
            if gain > best.0 {
                best = (gain, row, columns);
            }
        }
        for column in 1..columns {
            let gain = self.at(rows, column) - lost(&seen[column..]);
            if gain > best.0 {
                best = (gain, rows, column);
            }
        }
        best
    }

    /// Writes the steps down and returns the gain.
    fn trace(self) -> i32 {
        let (gain, mut row, mut column) = self.end();
        let (recorded, seen) = (self.recorded.spots(), self.seen.spots());
        let (moves, steps) = (&self.bench.moves, &mut self.bench.steps);
        steps.extend(seen[column..].iter().rev().map(only_seen));
        steps.extend(recorded[row..].iter().rev().map(only_recorded));
        while row > 0 || column > 0 {
            match moves[row * self.width + column] {
                Move::Pair => {
                    row -= 1;
                    column -= 1;
                    steps.push(paired((self.recorded, &recorded[row]), (self.seen, &seen[column])));
                }
                Move::Swap => {
                    for back in [1, 2] {
                        let (r, s) = (&recorded[row - back], &seen[column - back]);
                        steps.push(Step { recorded: sign(r), seen: sign(s), kind: StepKind::Swapped });
                    }
                    row -= 2;
                    column -= 2;
                }
                Move::OnlyRecorded => {
                    row -= 1;
                    steps.push(only_recorded(&recorded[row]));
                }
                Move::OnlySeen => {
                    column -= 1;
                    steps.push(only_seen(&seen[column]));
                }
                Move::RecordedStar => {
                    column -= 1;
                    steps.push(Step {
                        recorded: Some('*'),
                        seen: sign(&seen[column]),
                        kind: StepKind::Unread,
                    });
                }
                Move::SeenStar => {
                    row -= 1;
                    steps.push(Step {
                        recorded: sign(&recorded[row]),
                        seen: Some('*'),
                        kind: StepKind::Unread,
                    });
                }
                Move::Pass(true) => row -= 1,
                Move::Pass(false) => column -= 1,
            }
        }
        steps.reverse();
        gain
    }
}

/// The lower cost of a letter that NCIC ignores, and of a character struck twice, when the
/// other side lacks it. A letter that looks like a figure among figures is rather one misread.
fn lone(spot: &Spot) -> Option<i32> {
    let figure = matches!(spot.sign, Sign::Char(c) if fold(c).is_numeric());
    if spot.embedded && !figure { Some(EMBEDDED) } else { spot.doubled.then_some(DOUBLED) }
}

/// Cost of a prefix or suffix that one side lacks: letters are left out easily; figures at an
/// end are missed as those in the middle are, only that more of them go at once.
fn lost(spots: &[Spot]) -> i32 {
    let each = spots.iter().map(|spot| match spot.sign {
        Sign::Char(c) if c.is_ascii_digit() => LOST_FIGURE,
        Sign::Many => 0,
        _ => LOST_LETTER,
    });
    LOST_END + each.sum::<i32>()
}

fn sign(spot: &Spot) -> Option<char> {
    Some(match spot.sign {
        Sign::Char(c) => c,
        Sign::OneOf(_) | Sign::Any => '?',
        Sign::Many => '*',
    })
}

fn only_seen(spot: &Spot) -> Step {
    Step { recorded: None, seen: sign(spot), kind: StepKind::OnlySeen }
}

fn only_recorded(spot: &Spot) -> Step {
    Step { recorded: sign(spot), seen: None, kind: StepKind::OnlyRecorded }
}

fn paired((line, recorded): (&Line, &Spot), (other, seen): (&Line, &Spot)) -> Step {
    let kind = match (recorded.sign, seen.sign) {
        (Sign::Char(a), Sign::Char(b)) if a == b => StepKind::Same,
        (Sign::Char(a), Sign::Char(b)) if confusion::is_alike(a, b) => StepKind::Alike,
        (Sign::Char(_), Sign::Char(_)) => StepKind::Other,
        _ => match (line.readings(&recorded.sign), other.readings(&seen.sign)) {
            (Some(a), Some(b)) if !a.iter().any(|c| b.contains(c)) => StepKind::Other,
            _ => StepKind::Unread,
        },
    };
    Step { recorded: sign(recorded), seen: sign(seen), kind }
}

#[cfg(test)]
mod tests;
