//! Second readings of an entry: what its number may be when a part of it is not of the number.
//!
//! The entry as a whole stays the number; a reading here is one more key. So nothing is lost
//! when the rule is wrong for once.

use super::letters;
use super::pieces::is_full;
use super::words;
use super::years;
use crate::matching::key::LEAST_DERIVED;
use crate::matching::pattern::Pattern;
use crate::reference::model;

/// Most second readings of one number.
const MOST: usize = 8;
/// Letters of a word that is hardly the prefix of a number which a hyphen joins to it.
const LONG: usize = 5;

/// A number without something that stood beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Second {
    /// What is left.
    pub pattern: Pattern,
    /// Tells apart what was left out, where that may tell two guns apart; 0 where it does not.
    pub cut: u16,
}

/// The second readings of a number, given as it stands in its entry, bare and in Latin capitals.
pub(super) fn readings(entry: &str, bare: &str, number: &str, whole: &Pattern) -> Vec<Second> {
    let mut found: Vec<Second> = Vec::new();
    let mut add = |text: &str, cut: u16| {
        let pattern = Pattern::read_latin(text).0;
        let enough = pattern.known() as usize >= LEAST_DERIVED && pattern.cells() != whole.cells();
        if enough && found.len() < MOST && !found.iter().any(|other| other.pattern == pattern) {
            found.push(Second { pattern, cut });
        }
    };
    if let Some((licence, rest)) = behind_licence(entry) {
        add(rest, cut(licence));
    } else {
        for (half, others) in halves(number) {
            add(half, cut(&others));
        }
    }
    if let Some((rest, year)) = before_year(number) {
        add(rest, cut(year));
    }
    if let Some((word, rest)) = behind_name(entry) {
        add(rest, cut(word));
    }
    if let Some(rest) = without_models(number) {
        add(&rest, 0);
    }
    if let Some(gaps) = crossed_out(bare) {
        add(&gaps, 0);
    }
    for text in letters::mixed(bare) {
        add(&text, 0);
    }
    found
}

/// A number for a text, the same for equal ones and hardly ever for others; never 0.
fn cut(text: &str) -> u16 {
    let signs = text.bytes().filter(u8::is_ascii_alphanumeric);
    let mixed = signs.fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    ((mixed >> 16) as u16 ^ mixed as u16).max(1)
}

/// The licence number that some makers since 2022 put before the serial (`1-23-45678-ABC123`),
/// and what stands behind it.
fn behind_licence(latin: &str) -> Option<(&str, &str)> {
    let text = latin.trim();
    let mut rest = text;
    for figures in [1, 2, 5] {
        let (part, behind) = rest.split_once('-')?;
        if part.len() != figures || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        rest = behind;
    }
    Some((&text[..text.len() - rest.len()], rest))
}

/// The number without a year at its end, which a stroke parts from five figures and more: `45/1234`
/// and `1234 1974` are numbers of Mauser and Kalashnikov that begin again each year.
fn before_year(number: &str) -> Option<(&str, &str)> {
    let (before, year) = number.trim().rsplit_once(['/', ' '])?;
    let short = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit()) && number.contains('/');
    let figures = before.chars().filter(|c| c.is_numeric()).count();
    (figures >= 5 && (short || years::is_year(year))).then_some((before, year))
}

/// What is left behind the name of a maker or of whoever owns it (`GLOCK 17 ABC123`,
/// `PCSP 93504`), and that name.
fn behind_name(entry: &str) -> Option<(&str, &str)> {
    let words: Vec<&str> = entry.split_whitespace().collect();
    let is_name = |word: &str, least: usize| word.len() >= least && word.chars().all(char::is_alphabetic);
    match words.as_slice() {
        [joined] => {
            let (name, rest) = joined.split_once(['-', '/'])?;
            (is_name(name, LONG) && rest.chars().any(char::is_numeric)).then_some((name, rest))
        }
        [name, .., last] => {
            (is_name(name, 4) && last.chars().any(char::is_numeric)).then_some((*name, *last))
        }
        [] => None,
    }
}

/// Two or more numbers that a stroke, a hyphen or a blank joins, each with all the others:
/// `45127/67892`. A year or a few figures behind a stroke is none; those that a blank joins
/// must be of one form.
fn halves(number: &str) -> Vec<(&str, String)> {
    let form =
        |word: &str| -> String { word.chars().map(|c| if c.is_numeric() { '9' } else { 'A' }).collect() };
    let full = |words: Vec<&'_ str>| words.into_iter().filter(|word| is_full(word)).count() >= 2;
    let strokes = ['/', '\\', '-'];
    let parts: Vec<&str> = if full(number.split(strokes).collect()) {
        number.split(strokes).collect()
    } else {
        let words: Vec<&str> = number.split_whitespace().filter(|word| is_full(word)).collect();
        let alike = words.len() >= 2 && words.iter().all(|word| form(word) == form(words[0]));
        if alike { words } else { Vec::new() }
    };
    let without = |at: usize| -> String {
        parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| *part).collect()
    };
    (0..parts.len()).filter(|at| is_full(parts[*at])).map(|at| (parts[at], without(at))).collect()
}

/// The number without models and calibres that stand before or behind it: `PT 100 KL45127`,
/// `KZT482/G19`, `KZT482 GEN4`, `KZT482 9X19`.
fn without_models(number: &str) -> Option<String> {
    let all: Vec<&str> = number.split([' ', '/']).filter(|word| !word.is_empty()).collect();
    if all.len() < 2 {
        return None;
    }
    let mut rest = all.as_slice();
    while let Some(behind) = (1..=2).find_map(|count| {
        let (front, behind) = rest.split_at_checked(count)?;
        names_a_model(front).then_some(behind)
    }) {
        rest = behind;
    }
    while let Some(before) = (1..=2).find_map(|count| {
        let (before, back) = rest.split_at_checked(rest.len().checked_sub(count)?)?;
        names_a_model(back).then_some(before)
    }) {
        rest = before;
    }
    let figures = rest.iter().flat_map(|word| word.chars()).filter(|c| c.is_numeric()).count();
    (rest.len() < all.len() && figures >= 3).then(|| rest.join(" "))
}

/// Whether words that hold letters and figures are a model, a generation or a calibre.
fn names_a_model(words: &[&str]) -> bool {
    let joined = words.concat();
    let both = joined.chars().any(char::is_numeric) && joined.chars().any(char::is_alphabetic);
    let generation = || joined.strip_prefix("GEN").is_some_and(|rest| rest.len() == 1);
    // More figures than those are a number's, and one letter beside figures may be a prefix.
    let figures = joined.chars().filter(|c| c.is_numeric()).count();
    let calibre =
        figures <= 5 && (both || joined.starts_with('.')) && words[1..].iter().all(|word| word.len() > 1);
    let named = figures <= 4 && both;
    (calibre && super::is_calibre(&words.join(" "))) || (named && (generation() || model::is_name(&joined)))
}

/// The number with what may be crosses for places that could not be read: two X together beside
/// a figure, or a small one among figures and capitals.
fn crossed_out(bare: &str) -> Option<String> {
    let signs: Vec<char> = bare.chars().collect();
    let small = signs.contains(&'x') && !signs.iter().any(|c| c.is_lowercase() && *c != 'x');
    let cross = |at: usize| match signs.get(at) {
        Some('x') if small => true,
        Some('X' | 'x') => {
            let other =
                |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(|c| matches!(c, 'X' | 'x'));
            other(at.checked_sub(1)) || other(Some(at + 1))
        }
        _ => false,
    };
    let figures = signs.iter().filter(|c| c.is_numeric()).count();
    let any = (0..signs.len()).any(cross);
    (any && figures >= 3 && !words::says_none(bare)).then(|| {
        let read = signs.iter().enumerate().map(|(at, c)| if cross(at) { '?' } else { *c });
        letters::latin(&read.collect::<String>(), letters::Script::Look)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let latin = letters::latin(&letters::bare(text), letters::Script::Look);
        let whole = Pattern::read_latin(&latin).0;
        let found = readings(&latin, &letters::bare(text), &latin, &whole);
        found.into_iter().map(|second| second.pattern.to_string()).collect()
    }

    #[test]
    fn what_may_not_belong_to_the_number_is_left_out() {
        for (text, expected) in [
            ("1-23-45678-ABC12345", vec!["ABC12345"]),
            ("KL45127/98", vec!["KL45127"]),
            ("KL45127 2019", vec!["KL45127"]),
            ("PCSP 935045", vec!["935045"]),
            ("BRASAO-45127", vec!["45127"]),
            ("945127/887892", vec!["945127", "887892"]),
            ("KL45127-KL45128", vec!["KL45127", "KL45128"]),
            ("45127 67892", vec!["45127", "67892"]),
            ("45127\\67892", vec!["45127", "67892"]),
            ("PT100 KL45127", vec!["KL45127"]),
            ("PT 100 KL45127", vec!["KL45127"]),
            ("G17 KZT482", vec!["KZT482"]),
            ("KZT482/G19", vec!["KZT482"]),
            ("KZT482 GEN4", vec!["KZT482"]),
            ("KZT482 9X19", vec!["KZT482"]),
            ("9X19 KZT482", vec!["KZT482"]),
            ("12 GA 45127", vec!["45127"]),
            ("38 SPL D123456", vec!["D123456"]),
            ("KLXX127", vec!["KL??127"]),
            ("KL45x27", vec!["KL45?27"]),
            ("РВ4512", vec!["RB4512", "PV4512"]),
            ("ИБ4512", vec!["NB4512", "N64512", "I64512"]),
        ] {
            let mut found = of(text);
            found.sort_by_key(|read| expected.iter().position(|other| other == read));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_belongs_to_the_number_stays_there_alone() {
        for text in [
            "123-45678",
            "245-68124",
            "ABC1234",
            "47A012345",
            "70G12345",
            "12/70",
            "45/1234",
            "BER 482315 Z",
            "KX4512",
            "AX45127",
            "kxl45127",
            "1974 AB 1234",
            "C 45127 B",
            "MAT45127",
            "CAL45127",
            "BBKA 123",
            "8B3PM01234",
            "XX",
        ] {
            assert_eq!(of(text), Vec::<String>::new(), "{text}");
        }
    }
}
