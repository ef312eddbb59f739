//! Two numbers laid side by side, character by character, and what their likeness weighs.

use super::confusion::{self, SAME};
use super::distance::Ends;
use super::number::is_embedded;
use super::pattern::{Cell, Pattern};

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

/// Lays the first number of each field side by side, in the form in which they are compared:
/// capitals and figures, without blanks and hyphens; `?` stands for a character that was not
/// read for certain and `*` for any number of them.
///
/// Any two texts will do; of each the first 64 characters count.
pub fn align(recorded: &str, seen: &str) -> Vec<Step> {
    weigh(&Pattern::lenient(recorded), &Pattern::lenient(seen)).steps
}

/// Two numbers side by side, and the weight of their likeness in hundredths of a bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// What the characters seen tell, less what their differences cost: the logarithm of how
    /// much likelier they are if this is the gun than if it is some other.
    pub gain: i32,
    pub steps: Vec<Step>,
}

/// What a character tells when nothing is known of the gun. Figures run nearly evenly;
/// letters do not, for makers use few prefixes.
const FIGURE: i32 = 332;
const LETTER: i32 = 390;
/// Signs of other scripts, which are rare.
const SIGN: i32 = 470;

/// What errors cost, in hundredths of a bit; substitutions stand in [`confusion`].
const MISSING: i32 = 850;
const EXTRA: i32 = 1300;
const SWAPPED: i32 = 850;
const DOUBLED: i32 = 600;
const EMBEDDED: i32 = 400;
const LOST_END: i32 = 550;
const LOST_LETTER: i32 = 60;
const LOST_FIGURE: i32 = 200;
const GAP: i32 = 10;
const STAR: i32 = 60;

/// Logarithms of how many readings a choice has, in hundredths of a bit.
const CHOICES: [i32; 11] = [0, 0, 100, 158, 200, 232, 258, 281, 300, 317, 332];

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

/// The best alignment of a recorded number with one that was seen.
pub(crate) fn weigh(recorded: &Pattern, seen: &Pattern) -> Alignment {
    Weighing::new(recorded, seen).best()
}

struct Weighing<'a> {
    recorded: &'a [Cell],
    seen: &'a [Cell],
    ends: Ends,
    width: usize,
    gains: Vec<i32>,
    moves: Vec<Move>,
}

impl<'a> Weighing<'a> {
    fn new(recorded: &'a Pattern, seen: &'a Pattern) -> Self {
        let ends = Ends {
            start: recorded.certain_start() || seen.certain_start(),
            end: recorded.certain_end() || seen.certain_end(),
        };
        let (recorded, seen) = (recorded.cells(), seen.cells());
        let width = seen.len() + 1;
        let size = width * (recorded.len() + 1);
        Self { recorded, seen, ends, width, gains: vec![0; size], moves: vec![Move::Pair; size] }
    }

    fn at(&self, row: usize, column: usize) -> i32 {
        self.gains[row * self.width + column]
    }

    fn best(mut self) -> Alignment {
        for row in 0..=self.recorded.len() {
            for column in 0..=self.seen.len() {
                if (row, column) != (0, 0) {
                    let (gain, step) = self.choose(row, column);
                    self.gains[row * self.width + column] = gain;
                    self.moves[row * self.width + column] = step;
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
        let (r, s) =
            (row.checked_sub(1).map(|at| &self.recorded[at]), column.checked_sub(1).map(|at| &self.seen[at]));
        if let (Some(r), Some(s)) = (r, s) {
            if *r != Cell::Many && *s != Cell::Many {
                offer(self.at(row - 1, column - 1) + self.pair(row - 1, column - 1), Move::Pair);
                if let Some(gain) = self.swap(row, column) {
                    offer(self.at(row - 2, column - 2) + gain, Move::Swap);
                }
            } else if *r == Cell::Many && *s != Cell::Many {
                offer(self.at(row, column - 1) - STAR, Move::RecordedStar);
            } else if *s == Cell::Many && *r != Cell::Many {
                offer(self.at(row - 1, column) - STAR, Move::SeenStar);
            }
        }
        if r == Some(&Cell::Many) {
            offer(self.at(row - 1, column), Move::Pass(true));
        }
        if s == Some(&Cell::Many) {
            offer(self.at(row, column - 1), Move::Pass(false));
        }
        if r.is_some_and(|r| *r != Cell::Many) {
            offer(self.at(row - 1, column) - missing(self.recorded, row - 1), Move::OnlyRecorded);
            if column == 0 && !self.ends.start {
                offer(-lost(&self.recorded[..row]), Move::OnlyRecorded);
            }
        }
        if s.is_some_and(|s| *s != Cell::Many) {
            offer(self.at(row, column - 1) - extra(self.seen, column - 1), Move::OnlySeen);
            if row == 0 && !self.ends.start {
                offer(-lost(&self.seen[..column]), Move::OnlySeen);
            }
        }
        best
    }

    /// What one place gives when its two cells stand for each other.
    fn pair(&self, row: usize, column: usize) -> i32 {
        let (r, s) = (&self.recorded[row], &self.seen[column]);
        let (rs, ss) = (choices(r), choices(s));
        let (Some(rs), Some(ss)) = (rs, ss) else { return -GAP };
        let told = told(s) - CHOICES[rs.len().min(10)] - CHOICES[ss.len().min(10)];
        let pairs = rs.iter().flat_map(|a| ss.iter().map(move |b| confusion::cost(*a, *b)));
        let mut cost = pairs.min().unwrap_or(SAME);
        if is_embedded(self.recorded, row) && is_embedded(self.seen, column) && cost > SAME {
            cost = cost.min(EMBEDDED);
        }
        told.max(0) - cost
    }

    /// What two neighbours give that stand the other way round.
    fn swap(&self, row: usize, column: usize) -> Option<i32> {
        let (before, after) = (row.checked_sub(2)?, column.checked_sub(2)?);
        let crossed =
            self.recorded[row - 1] == self.seen[after] && self.recorded[before] == self.seen[column - 1];
        let plain =
            matches!((&self.seen[after], &self.seen[column - 1]), (Cell::Char(a), Cell::Char(b)) if a != b);
        (crossed && plain).then(|| told(&self.seen[after]) + told(&self.seen[column - 1]) - SWAPPED)
    }

    /// Where the alignment ends best, a lost suffix counted.
    fn end(&self) -> (i32, usize, usize) {
        let (rows, columns) = (self.recorded.len(), self.seen.len());
        let mut best = (self.at(rows, columns), rows, columns);
        if self.ends.end || rows == 0 || columns == 0 {
            return best;
        }
        for row in 1..rows {
            let gain = self.at(row, columns) - lost(&self.recorded[row..]);
            if gain > best.0 {
                best = (gain, row, columns);
            }
        }
        for column in 1..columns {
            let gain = self.at(rows, column) - lost(&self.seen[column..]);
            if gain > best.0 {
                best = (gain, rows, column);
            }
        }
        best
    }

    fn trace(&self) -> Alignment {
        let (gain, mut row, mut column) = self.end();
        let mut steps: Vec<Step> = Vec::with_capacity(self.recorded.len().max(self.seen.len()));
        steps.extend(self.seen[column..].iter().rev().map(only_seen));
        steps.extend(self.recorded[row..].iter().rev().map(only_recorded));
        while row > 0 || column > 0 {
            match self.moves[row * self.width + column] {
                Move::Pair => {
                    row -= 1;
                    column -= 1;
                    steps.push(paired(&self.recorded[row], &self.seen[column]));
                }
                Move::Swap => {
                    for back in [1, 2] {
                        let (r, s) = (&self.recorded[row - back], &self.seen[column - back]);
                        steps.push(Step { recorded: sign(r), seen: sign(s), kind: StepKind::Swapped });
                    }
                    row -= 2;
                    column -= 2;
                }
                Move::OnlyRecorded => {
                    row -= 1;
                    steps.push(only_recorded(&self.recorded[row]));
                }
                Move::OnlySeen => {
                    column -= 1;
                    steps.push(only_seen(&self.seen[column]));
                }
                Move::RecordedStar => {
                    column -= 1;
                    steps.push(paired(&Cell::Many, &self.seen[column]));
                }
                Move::SeenStar => {
                    row -= 1;
                    steps.push(paired(&self.recorded[row], &Cell::Many));
                }
                Move::Pass(true) => row -= 1,
                Move::Pass(false) => column -= 1,
            }
        }
        steps.reverse();
        Alignment { gain, steps }
    }
}

/// What a cell tells if it stands as it was read.
fn told(cell: &Cell) -> i32 {
    let of = |c: char| match c {
        '0'..='9' => FIGURE,
        'A'..='Z' => LETTER,
        _ => SIGN,
    };
    match cell {
        Cell::Char(c) => of(*c),
        Cell::OneOf(choices) => choices.iter().map(|c| of(*c)).min().unwrap_or(0),
        Cell::Any | Cell::Many => 0,
    }
}

/// The characters that a cell may be; nothing when it may be any.
fn choices(cell: &Cell) -> Option<&[char]> {
    match cell {
        Cell::Char(c) => Some(std::slice::from_ref(c)),
        Cell::OneOf(choices) => Some(choices),
        Cell::Any | Cell::Many => None,
    }
}

/// Cost of a recorded character that was not seen.
fn missing(recorded: &[Cell], at: usize) -> i32 {
    single(recorded, at).unwrap_or(MISSING)
}

/// Cost of a character seen that is not recorded; with what it would have told, which nobody
/// could have foreseen.
fn extra(seen: &[Cell], at: usize) -> i32 {
    single(seen, at).unwrap_or(EXTRA - told(&seen[at]))
}

/// The lower cost of a letter that NCIC ignores, and of a character struck twice.
fn single(cells: &[Cell], at: usize) -> Option<i32> {
    if is_embedded(cells, at) {
        return Some(EMBEDDED);
    }
    let doubled = at > 0 && cells[at - 1] == cells[at] && matches!(cells[at], Cell::Char(_));
    doubled.then_some(DOUBLED)
}

/// Cost of a prefix or suffix that one side lacks: letters are left out more easily than
/// figures.
fn lost(cells: &[Cell]) -> i32 {
    let each = cells.iter().map(|cell| match cell {
        Cell::Char(c) if c.is_ascii_digit() => LOST_FIGURE,
        Cell::Many => 0,
        _ => LOST_LETTER,
    });
    LOST_END + each.sum::<i32>()
}

fn sign(cell: &Cell) -> Option<char> {
    Some(match cell {
        Cell::Char(c) => *c,
        Cell::OneOf(_) | Cell::Any => '?',
        Cell::Many => '*',
    })
}

fn only_seen(cell: &Cell) -> Step {
    Step { recorded: None, seen: sign(cell), kind: StepKind::OnlySeen }
}

fn only_recorded(cell: &Cell) -> Step {
    Step { recorded: sign(cell), seen: None, kind: StepKind::OnlyRecorded }
}

fn paired(recorded: &Cell, seen: &Cell) -> Step {
    let kind = match (recorded, seen) {
        (Cell::Char(a), Cell::Char(b)) if a == b => StepKind::Same,
        (Cell::Char(a), Cell::Char(b)) if confusion::is_alike(*a, *b) => StepKind::Alike,
        (Cell::Char(_), Cell::Char(_)) => StepKind::Other,
        (a, b) => match (choices(a), choices(b)) {
            (Some(a), Some(b)) if !a.iter().any(|c| b.contains(c)) => StepKind::Other,
            _ => StepKind::Unread,
        },
    };
    Step { recorded: sign(recorded), seen: sign(seen), kind }
}

#[cfg(test)]
mod tests;
