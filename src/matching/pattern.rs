//! What could be read of a number: characters, gaps and choices.

use super::number::{Norm, main_text};
use crate::domain::refusal::Trouble;
use std::fmt;

/// Fewest characters that must be known once a number has gaps; below it a pattern fits
/// too many guns to mean anything.
pub const LEAST_KNOWN: u32 = 4;
/// Most cells kept; the longest number that a field takes.
pub const LONGEST: usize = 64;
/// Most readings of one character.
const MOST_CHOICES: usize = 10;
/// Words between two readings, in the languages of the forms.
const OR: [&str; 6] = ["OU", "OR", "O", "ODER", "U", "ИЛИ"];

/// One place of a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cell {
    /// A character that was read.
    Char(char),
    /// One of these, in order and without repeats: `[38]`.
    OneOf(Vec<char>),
    /// One character that could not be read: `?`.
    Any,
    /// Any number of characters, none included: `*`.
    Many,
}

/// A number as far as it could be read, in the notation of laboratories: `AB??45[38]`,
/// `*7351?`, with `^` and `$` where an end is certain.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Pattern {
    cells: Vec<Cell>,
    certain_start: bool,
    certain_end: bool,
}

impl Pattern {
    /// Reads what an officer typed.
    ///
    /// # Errors
    /// A choice is not closed or holds nothing; `^` or `$` stands inside; there is no
    /// character at all; it has gaps and fewer than [`LEAST_KNOWN`] characters are known.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let (pattern, fault) = Self::read_latin(&main_text(text));
        if let Some(said) = fault {
            return Err(Trouble::Shape { said: said.into() });
        }
        if pattern.cells.is_empty() {
            return Err(Trouble::Missing);
        }
        if pattern.has_gaps() && pattern.known() < LEAST_KNOWN {
            return Err(Trouble::TooFewKnown { least: LEAST_KNOWN });
        }
        Ok(pattern)
    }

    /// Reads whatever is there: signs that make no sense are passed over.
    pub fn lenient(text: &str) -> Self {
        Self::read_latin(&main_text(text)).0
    }

    /// Characters that are known; a choice of two or three counts as one.
    pub fn known(&self) -> u32 {
        let known = self.cells.iter().filter(|cell| match cell {
            Cell::Char(_) => true,
            Cell::OneOf(choices) => choices.len() <= 3,
            Cell::Any | Cell::Many => false,
        });
        known.count() as u32
    }

    /// Whether anything but plain characters is in it.
    pub fn has_gaps(&self) -> bool {
        self.cells.iter().any(|cell| !matches!(cell, Cell::Char(_)))
    }

    /// Its places.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Whether nothing can stand before it.
    pub fn certain_start(&self) -> bool {
        self.certain_start
    }

    /// Whether nothing can stand behind it.
    pub fn certain_end(&self) -> bool {
        self.certain_end
    }

    /// The form without marks of certain ends, for storing and comparing.
    pub fn norm(&self) -> Norm {
        let mut text = String::with_capacity(self.cells.len());
        self.cells.iter().for_each(|cell| cell.write(&mut text));
        Norm::already(text)
    }

    /// A pattern of some of its cells, the ends no longer certain where they were cut.
    pub(crate) fn with_cells(&self, cells: Vec<Cell>) -> Self {
        Self { cells, certain_start: false, certain_end: self.certain_end }
    }

    /// Reads Latin capitals, figures and the signs of the notation; the first fault comes
    /// along.
    pub(crate) fn read_latin(text: &str) -> (Self, Option<&'static str>) {
        let mut pattern = Self::default();
        let mut fault = None;
        let mut signs = text.trim().chars().peekable();
        while let Some(sign) = signs.next() {
            if pattern.certain_end && (sign.is_alphanumeric() || "?*[^".contains(sign)) {
                pattern.certain_end = false;
                fault = fault.or(Some("$ stands before the end"));
            }
            match sign {
                '?' | '¿' => pattern.push(Cell::Any),
                '*' => pattern.push(Cell::Many),
                '^' if pattern.cells.is_empty() => pattern.certain_start = true,
                '^' => fault = fault.or(Some("^ stands behind the beginning")),
                '$' => pattern.certain_end = true,
                '[' => match choices(&mut signs) {
                    Ok(cell) => pattern.push(cell),
                    Err((said, rest)) => {
                        fault = fault.or(Some(said));
                        rest.into_iter().for_each(|cell| pattern.push(cell));
                    }
                },
                ']' => fault = fault.or(Some("] without [")),
                c if c.is_alphanumeric() => pattern.push(Cell::Char(c)),
                _ => {}
            }
        }
        (pattern, fault)
    }

    fn push(&mut self, cell: Cell) {
        let doubled = cell == Cell::Many && self.cells.last() == Some(&Cell::Many);
        if !doubled && self.cells.len() < LONGEST {
            self.cells.push(cell);
        }
    }
}

/// Reads a choice up to its `]`. What says that it could not be read is any character; what
/// holds nothing is a place all the same.
///
/// # Errors
/// What is wrong, and what is to stand there instead.
fn choices(signs: &mut impl Iterator<Item = char>) -> Result<Cell, (&'static str, Vec<Cell>)> {
    let mut inside = String::new();
    let mut closed = false;
    for sign in signs.by_ref() {
        if sign == ']' {
            closed = true;
            break;
        }
        inside.push(sign);
    }
    if !closed {
        let read = inside.chars().filter(|c| c.is_alphanumeric()).map(Cell::Char);
        return Err(("[ without ]", read.collect()));
    }
    choice(&inside).ok_or(("nothing stands between [ and ]", vec![Cell::Any]))
}

/// What brackets hold of one character: `38`, `3/8`, `3 or 8`, `3-8`, `?`, `6?`; nothing where
/// they hold none.
pub(crate) fn choice(inside: &str) -> Option<Cell> {
    // The figure that somebody thinks he saw is not the only one that it may be.
    if inside.contains(['?', '¿', '*']) {
        return Some(Cell::Any);
    }
    let words: Vec<&str> = inside.split_whitespace().collect();
    let is_joint = |at: usize| at > 0 && at + 1 < words.len() && OR.contains(&words[at]);
    let mut found = Vec::new();
    for (_, word) in words.iter().enumerate().filter(|(at, _)| !is_joint(*at)) {
        match range(word) {
            Some(signs) => found.extend(signs),
            None => found.extend(word.chars().filter(|c| c.is_alphanumeric())),
        }
    }
    found.sort_unstable();
    found.dedup();
    match found.len() {
        0 => None,
        1 => Some(Cell::Char(found[0])),
        n if n > MOST_CHOICES => Some(Cell::Any),
        _ => Some(Cell::OneOf(found)),
    }
}

/// The characters from one to another of a kind: `3-8`.
fn range(word: &str) -> Option<std::ops::RangeInclusive<char>> {
    let mut signs = word.chars();
    let (from, hyphen, to) = (signs.next()?, signs.next()?, signs.next()?);
    let of_a_kind = (from.is_ascii_digit() && to.is_ascii_digit())
        || (from.is_ascii_uppercase() && to.is_ascii_uppercase());
    (hyphen == '-' && signs.next().is_none() && of_a_kind && from < to).then_some(from..=to)
}

impl Cell {
    fn write(&self, to: &mut String) {
        match self {
            Cell::Char(c) => to.push(*c),
            Cell::OneOf(choices) => {
                to.push('[');
                to.extend(choices);
                to.push(']');
            }
            Cell::Any => to.push('?'),
            Cell::Many => to.push('*'),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = if self.certain_start { "^" } else { "" };
        let end = if self.certain_end { "$" } else { "" };
        f.pad(&format!("{start}{}{end}", self.norm().as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn notation_of_the_laboratory() {
        let pattern = Pattern::parse("ab??45[83]").unwrap();
        assert_eq!(pattern.to_string(), "AB??45[38]");
        assert_eq!((pattern.known(), pattern.cells().len()), (5, 7));
        assert_eq!(Pattern::parse("AB45(38)").unwrap().to_string(), "AB45[38]");
        assert_eq!(Pattern::parse("^KD 735-19$").unwrap().to_string(), "^KD73519$");
        assert_eq!(Pattern::parse("**7351?").unwrap().to_string(), "*7351?");
        assert_eq!(Pattern::parse("S/N: KD.735_19").unwrap().to_string(), "KD73519");
    }

    #[test]
    fn a_choice_is_one_place_however_it_is_written() {
        for (text, expected) in [
            ("KL45[3-8]27", "KL45[345678]27"),
            ("KL45[A-C]27", "KL45[ABC]27"),
            ("KL45[0-9]27", "KL45[0123456789]27"),
            ("KL45[3/8]27", "KL45[38]27"),
            ("KL45[3 ou 8]27", "KL45[38]27"),
            ("KL45[3 oder 8]27", "KL45[38]27"),
            ("KL45[3 o 8]27", "KL45[38]27"),
            ("KL45[OU]27", "KL45[OU]27"),
            ("KL45[8-3]27", "KL45[38]27"),
            ("KL4512[?]", "KL4512?"),
            ("KL4512[6?]", "KL4512?"),
            ("KL4512(?)", "KL4512?"),
            ("KL4512(6?)", "KL4512?"),
            ("KL451(??)", "KL451??"),
            ("KL45(3 ou 8)27", "KL45[38]27"),
            ("KL4512(3-8)", "KL4512[345678]"),
            ("KL4512(5/6)", "KL4512[56]"),
            ("KL[]4512", "KL?4512"),
            ("KL45127 (?)", "KL45127"),
            ("KL45127 (35)", "KL45127"),
            ("KL45127 (2019)", "KL45127"),
        ] {
            assert_eq!(Pattern::lenient(text).to_string(), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert_eq!(Pattern::parse("AB?1*"), Err(Trouble::TooFewKnown { least: 4 }));
        assert_eq!(Pattern::parse("  "), Err(Trouble::Missing));
        for text in ["AB[38", "AB[]123", "12^345", "12$345", "123]45"] {
            assert!(matches!(Pattern::parse(text), Err(Trouble::Shape { .. })), "{text}");
        }
        assert!(Pattern::parse("12").is_ok(), "a short number without gaps is exact");
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(text in "[A-Za-z0-9?*\\[\\]^$ ()./-]{0,20}") {
            let first = Pattern::lenient(&text);
            prop_assert_eq!(Pattern::lenient(&first.to_string()), first.clone());
            if let Ok(parsed) = Pattern::parse(&text) {
                prop_assert_eq!(Pattern::parse(&parsed.to_string()), Ok(parsed));
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,80}") {
            let _ = Pattern::parse(&text);
            prop_assert!(Pattern::lenient(&text).cells().len() <= LONGEST);
        }
    }
}
