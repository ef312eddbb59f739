//! Years and days beside a number, which are when something was and no number.

use super::entry::Word;
use super::pieces::{Piece, is_in_by_sound};

/// Words beside a year that something was made in; the letters alone in small type only.
const YEARS: &str = "G GV GODA GOD ROK ROKU R GODINA GODINE YILI YIL BJ BAUJAHR JG JAHR ANO YEAR ANNEE ANNO";

/// A year that stands by itself beside other numbers is when something was, and no number.
pub(super) fn left_out(mut found: Vec<Piece>) -> Vec<Piece> {
    if found.iter().any(|piece| !is_year(&piece.text)) {
        found.retain(|piece| !is_year(&piece.text));
    }
    found
}

/// Whether a text is a year in which guns were made.
pub(super) fn is_year(text: &str) -> bool {
    let century = ["18", "19", "20"].iter().any(|century| text.starts_with(century));
    text.len() == 4 && century && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word is a year, and a word beside it or letters joined to it say so: `1978 г.в.`,
/// `rok 1978`, `1978г.`.
pub(super) fn is_marked(words: &[Word<'_>], at: usize) -> bool {
    let says_year = |word: Option<&Word<'_>>, alone: bool| {
        word.is_some_and(|word| {
            let small = word.text.chars().next().is_some_and(char::is_lowercase);
            let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
            is_in_by_sound(YEARS, word.text) && (letters > 1 || (alone && small))
        })
    };
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let word = words[at].text;
    if is_year(word) {
        return says_year(words.get(at + 1), true) || says_year(before, false);
    }
    let year = word.get(..4).is_some_and(is_year);
    let joined = year && is_in_by_sound(YEARS, &word[4..]) && word[4..].starts_with(char::is_lowercase);
    // The word beside a year that says so.
    let is = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| is_year(word.text));
    joined
        || (says_year(Some(&words[at]), true) && is(at.checked_sub(1)))
        || (says_year(Some(&words[at]), false) && is(Some(at + 1)))
}

/// Whether a word is a day: `12/05/2019`, `12.5.19`.
pub(super) fn is_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['/', '.']).collect();
    let [day, month, year] = parts.as_slice() else { return false };
    let figures = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    figures(day, 2) && figures(month, 2) && (is_year(year) || (figures(year, 2) && year.len() == 2))
}

#[cfg(test)]
mod tests {
    use super::super::entry::words;
    use super::*;

    #[test]
    fn a_year_is_one_where_a_word_says_so() {
        for (text, at, expected) in [
            ("1978г. 4512", 0, true),
            ("1978 г.", 0, true),
            ("1978 г.в.", 1, true),
            ("rok 1978", 0, true),
            ("Bj. 1978", 1, true),
            ("1978 r.", 0, true),
            ("1978 R", 0, false),
            ("1974 AB 1234", 0, false),
            ("G 1978", 0, false),
            ("19784 г.", 0, false),
        ] {
            assert_eq!(is_marked(&words(text), at), expected, "{text}");
        }
    }

    #[test]
    fn days_are_no_numbers() {
        assert!(is_date("12/05/2019") && is_date("1.5.19"));
        assert!(!is_date("1-23-45678") && !is_date("45/1234") && !is_date("12.345.678"));
    }
}
