//! How calibres are written: one form for their words, figures and points.
use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Where the point stands in a calibre of nothing but figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    /// In front of them, as in hundredths of an inch (`.32`, `0.45`).
    Front,
    /// Behind so many of them, as in millimetres (`4.5`).
    Behind(usize),
    /// Nowhere; a gauge has none (`32`).
    None,
}

/// The figures of a calibre that is nothing else, and where their point stands; nothing for any other.
pub(super) fn bare<'a>(text: &str, parts: &'a [String]) -> Option<(&'a str, Point)> {
    let [figures, rest @ ..] = parts else { return None };
    let millimetres = rest.iter().all(|part| part == "MM");
    if !millimetres || !figures.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let signs: Vec<char> = text.nfkd().map(european).collect();
    let figure = |sign: Option<&char>| sign.is_some_and(char::is_ascii_digit);
    let mut before = 0;
    for (at, sign) in signs.iter().enumerate() {
        match sign {
            // Noughts in front say nothing: 0.45 is .45.
            '0' if before == 0 => {}
            sign if sign.is_ascii_digit() => before += 1,
            '.' | ',' if figure(signs.get(at + 1)) => {
                // The dot of "cal.38" belongs to the word.
                let of_word =
                    at.checked_sub(1).and_then(|at| signs.get(at)).is_some_and(|c| c.is_alphabetic());
                return Some(match (before, of_word) {
                    (0, true) => (figures, Point::None),
                    (0, false) => (figures, Point::Front),
                    (before, _) => (figures, Point::Behind(before)),
                });
            }
            _ => {}
        }
    }
    Some((figures, Point::None))
}

/// Figures with the point behind so many of them, and without noughts at the end.
pub(super) fn decimal(figures: &str, place: usize) -> String {
    let (whole, rest) = figures.split_at_checked(place).unwrap_or((figures, ""));
    format!("{whole}.{}", rest.trim_end_matches('0'))
}

/// European figures and points for those of Arabic and Persian.
fn european(c: char) -> char {
    match c {
        '\u{660}'..='\u{669}' => char::from(b'0' + (u32::from(c) - 0x660) as u8),
        '\u{6F0}'..='\u{6F9}' => char::from(b'0' + (u32::from(c) - 0x6F0) as u8),
        '\u{66B}' => '.',
        other => other,
    }
}

/// Figures and words of a calibre, one form for each: no dots, `/` for what parts two figures, short words.
pub(super) fn parts(text: &str, short: &HashMap<String, String>) -> Vec<String> {
    let signs: Vec<char> =
        text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_uppercase).map(european).collect();
    let mut runs: Vec<String> = Vec::new();
    let mut previous = ' ';
    for (place, c) in signs.iter().copied().enumerate() {
        let next = signs.get(place + 1).copied().unwrap_or(' ');
        let c = match c {
            '×' | '*' | 'Х' if previous.is_ascii_digit() || previous == ' ' || previous == 'M' => 'X',
            '/' | '-' | '–' if previous.is_ascii_digit() && (next.is_ascii_digit() || next == '.') => '/',
            other => other,
        };
        match c {
            '.' | '\'' => continue,
            ',' if next.is_ascii_digit() => continue,
            c if c.is_ascii_digit() || c == '/' => match runs.last_mut() {
                Some(run) if previous.is_ascii_digit() || previous == '/' => run.push(c),
                _ => runs.push(c.to_string()),
            },
            c if c.is_alphabetic() => match runs.last_mut() {
                // "MM" and "X" end where they end: 9MMLUGER, 9MMX19, 9X19.
                Some(run) if previous.is_alphabetic() && run != "MM" && run != "X" => run.push(c),
                _ => runs.push(c.to_string()),
            },
            _ => {}
        }
        previous = c;
    }
    if let Some(first) = runs.first_mut() {
        let figures = first.trim_start_matches('0').to_owned();
        if !figures.is_empty() {
            *first = figures;
        }
    }
    runs.into_iter()
        .map(|run| short.get(&run).cloned().unwrap_or(run))
        .filter(|run| !run.is_empty())
        .collect()
}
