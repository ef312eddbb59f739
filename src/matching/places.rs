//! The places of a number, as the ruler and the reasons count them.

use super::pattern::{Cell, Pattern};

/// The characters of a field as they stand there, each with its place, from 1: its number in
/// the form in which numbers are compared.
///
/// Blanks, hyphens, labels, remarks and what stands inside a bracket have none; a bracket has
/// that of the character whose readings it holds.
pub fn places(text: &str) -> Vec<(char, Option<usize>)> {
    let pattern = Pattern::lenient(text);
    let cells = pattern.cells();
    let (mut at, mut closes) = (0, None);
    let mut placed = Vec::new();
    for c in text.chars() {
        if let Some(close) = closes {
            placed.push((c, None));
            if c == close {
                closes = None;
            }
            continue;
        }
        let taken = cells.get(at..).map_or(0, |rest| takes(c, rest));
        if taken > 0 && matches!(c, '[' | '(') {
            closes = Some(if c == '[' { ']' } else { ')' });
        }
        placed.push((c, (taken > 0).then_some(at + 1)));
        at += taken;
    }
    placed
}

/// How many of the next cells a character stands for.
fn takes(c: char, cells: &[Cell]) -> usize {
    match (cells.first(), c) {
        (Some(Cell::Any), '?' | '¿' | '[' | '(')
        | (Some(Cell::OneOf(_)), '[' | '(')
        | (Some(Cell::Many), '*') => 1,
        // Some letters of other scripts look like two Latin ones.
        (Some(Cell::Char(_)), c) if c.is_alphanumeric() => {
            let read = Pattern::lenient(c.encode_utf8(&mut [0; 4]));
            if cells.starts_with(read.cells()) { read.cells().len() } else { 0 }
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> String {
        places(text).iter().map(|(_, place)| place.map_or('.', |p| char::from(b'0' + p as u8))).collect()
    }

    #[test]
    fn only_what_is_compared_has_a_place() {
        for (text, counted) in [
            ("AB-123-45", "12.345.67"),
            ("1974 AB 1234", "1234.56.789:"),
            ("KD735[38]9", "123456...7"),
            ("KD735(38)9", "123456...7"),
            ("kd7?5*", "123456"),
            ("S/N 12345", "....12345"),
            ("12345 (frame)", "12345........"),
            ("\u{41a}D7", "123"),
            ("", ""),
        ] {
            assert_eq!(of(text), counted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn places_count_up_and_no_text_panics(text in "\\PC{0,40}") {
            let placed = places(&text);
            prop_assert_eq!(placed.len(), text.chars().count());
            let found: Vec<usize> = placed.iter().filter_map(|(_, place)| *place).collect();
            prop_assert!(found.is_sorted() && found.len() <= Pattern::lenient(&text).cells().len());
        }

        #[test]
        fn every_place_of_a_plain_number_is_found(text in "[A-Z0-9]{1,4}[-./ ]?[0-9]{3,6}[-/]?[A-Z0-9]{0,3}") {
            let found = places(&text).iter().filter(|(_, place)| place.is_some()).count();
            prop_assert_eq!(found, Pattern::lenient(&text).cells().len());
        }
    }
}
