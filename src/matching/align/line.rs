//! A number made ready for being laid beside others.

use crate::matching::confusion::{self, SAME};
use crate::matching::distance::Ends;
use crate::matching::key;
use crate::matching::number::is_figure;
use crate::matching::pattern::{Cell, Pattern};
use crate::matching::scan;
use std::fmt::{self, Write as _};

/// A number's characters with all that an alignment asks of them again and again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    spots: Vec<Spot>,
    choices: Vec<Vec<char>>,
    pub(super) ends: Ends,
}

/// One place of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub sign: Sign,
    /// What it tells if it stands as it was read.
    pub told: i32,
    /// Whether it is a letter between figures, which NCIC ignores.
    pub embedded: bool,
    /// Whether it is the same as the one before it: struck or read twice.
    pub doubled: bool,
}

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Char(char),
    /// One of the line's choices.
    OneOf(u8),
    Any,
    Many,
}

/// What a character tells when nothing is known of the gun. Figures run nearly evenly;
/// letters do not, for makers use few prefixes.
const FIGURE: i32 = 332;
const LETTER: i32 = 390;
/// Signs of other scripts, which are rare.
const SIGN: i32 = 470;

/// Logarithms of how many readings a choice has, in hundredths of a bit.
const CHOICES: [i32; 11] = [0, 0, 100, 158, 200, 232, 258, 281, 300, 317, 332];
/// Cost of a character that could not be read.
const GAP: i32 = 10;
/// Cost of letters between figures that differ, or that one side lacks.
pub(super) const EMBEDDED: i32 = 400;

impl Line {
    /// Reads a pattern.
    pub(crate) fn of(pattern: &Pattern) -> Self {
        let ends = Ends { start: pattern.certain_start(), end: pattern.certain_end() };
        let mut line = Self { ends, ..Self::default() };
        for cell in pattern.cells() {
            let (sign, told) = match cell {
                Cell::Char(c) => (Sign::Char(*c), told(*c)),
                Cell::OneOf(choices) => {
                    line.choices.push(choices.clone());
                    let least = choices.iter().map(|c| told(*c)).min().unwrap_or(0);
                    (Sign::OneOf((line.choices.len() - 1) as u8), least)
                }
                Cell::Any => (Sign::Any, 0),
                Cell::Many => (Sign::Many, 0),
            };
            line.spots.push(Spot { sign, told, embedded: false, doubled: false });
        }
        line.mark();
        line
    }

    /// Reads plain characters in the place of what it held.
    pub(crate) fn set(&mut self, characters: impl Iterator<Item = char>) {
        self.ends = Ends::default();
        self.choices.clear();
        self.spots.clear();
        self.spots.extend(characters.map(|c| Spot {
            sign: Sign::Char(c),
            told: told(c),
            embedded: false,
            doubled: false,
        }));
        self.mark();
    }

    /// What its first characters tell together, in hundredths of a bit.
    pub(crate) fn told_first(&self, characters: usize) -> i32 {
        self.spots.iter().take(characters).map(|spot| spot.told).sum()
    }

    /// Whether a letter stands among its first four characters: a prefix of a maker's.
    pub(crate) fn begins_with_letter(&self) -> bool {
        self.spots.iter().take(4).any(is_letter)
    }

    /// Whether it has a letter; O and I are mostly figures.
    pub(crate) fn has_letters(&self) -> bool {
        let figure = |spot: &Spot| matches!(spot.sign, Sign::Char('O' | 'I'));
        self.spots.iter().any(|spot| is_letter(spot) && !figure(spot))
    }

    /// Its characters, where all of them are plain ones.
    pub(crate) fn characters(&self) -> Option<impl Iterator<Item = char> + Clone + '_> {
        let plain = self.spots.iter().all(|spot| matches!(spot.sign, Sign::Char(_)));
        plain.then(|| {
            self.spots.iter().filter_map(|spot| match spot.sign {
                Sign::Char(c) => Some(c),
                _ => None,
            })
        })
    }

    /// Its characters as the symbols of an index.
    pub(crate) fn symbols(&self) -> impl Iterator<Item = u8> + '_ {
        self.spots.iter().map(|spot| match spot.sign {
            Sign::Char(c) => key::symbol(c),
            Sign::OneOf(_) | Sign::Any => scan::ANY,
            Sign::Many => scan::MANY,
        })
    }

    pub(super) fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// Marks letters between figures, and what stands twice.
    fn mark(&mut self) {
        let figure = |spot: &Spot| matches!(spot.sign, Sign::Char(c) if c.is_numeric());
        let first = self.spots.iter().position(figure);
        let last = self.spots.iter().rposition(figure);
        if let (Some(first), Some(last)) = (first, last) {
            for spot in &mut self.spots[first..last] {
                spot.embedded = matches!(spot.sign, Sign::Char(c) if !is_figure(c));
            }
        }
        for at in 1..self.spots.len() {
            let (a, b) = (self.spots[at - 1].sign, self.spots[at].sign);
            self.spots[at].doubled = matches!(b, Sign::Char(_)) && a == b;
        }
    }

    /// The characters that a place may be; nothing when it may be any.
    pub(super) fn readings<'a>(&'a self, sign: &'a Sign) -> Option<&'a [char]> {
        match sign {
            Sign::Char(c) => Some(std::slice::from_ref(c)),
            Sign::OneOf(at) => self.choices.get(usize::from(*at)).map(Vec::as_slice),
            Sign::Any | Sign::Many => None,
        }
    }
}

impl fmt::Display for Line {
    /// In the notation of patterns.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ends.start {
            f.write_char('^')?;
        }
        for spot in &self.spots {
            match spot.sign {
                Sign::Char(c) => f.write_char(c)?,
                Sign::Any => f.write_char('?')?,
                Sign::Many => f.write_char('*')?,
                Sign::OneOf(_) => {
                    f.write_char('[')?;
                    self.readings(&spot.sign).into_iter().flatten().try_for_each(|c| f.write_char(*c))?;
                    f.write_char(']')?;
                }
            }
        }
        if self.ends.end { f.write_char('$') } else { Ok(()) }
    }
}

fn is_letter(spot: &Spot) -> bool {
    matches!(spot.sign, Sign::Char(c) if c.is_alphabetic())
}

/// What one place gives when a recorded and a seen spot stand for each other.
pub(super) fn pair(recorded: (&Line, &Spot), seen: (&Line, &Spot)) -> i32 {
    let ((line, r), (other, s)) = (recorded, seen);
    let (worth, cost) = match (r.sign, s.sign) {
        (Sign::Char(a), Sign::Char(b)) => (s.told, confusion::cost(a, b)),
        _ => {
            let (Some(rs), Some(ss)) = (line.readings(&r.sign), other.readings(&s.sign)) else { return -GAP };
            let pairs = rs.iter().flat_map(|a| ss.iter().map(move |b| confusion::cost(*a, *b)));
            (s.told - CHOICES[rs.len().min(10)] - CHOICES[ss.len().min(10)], pairs.min().unwrap_or(SAME))
        }
    };
    let cost = if r.embedded && s.embedded && cost > SAME { cost.min(EMBEDDED) } else { cost };
    worth.max(0) - cost
}

fn told(c: char) -> i32 {
    match c {
        '0'..='9' => FIGURE,
        'A'..='Z' => LETTER,
        _ => SIGN,
    }
}
