//! Numbers as they are read out over radio and telephone.

use super::row::width;
use crate::domain::text::Text;
use crate::matching::places;

/// Letters by the alphabet of the ITU and ICAO, which every service knows.
const LETTERS: [&str; 26] = [
    "ALFA", "BRAVO", "CHARLIE", "DELTA", "ECHO", "FOXTROT", "GOLF", "HOTEL", "INDIA", "JULIETT", "KILO",
    "LIMA", "MIKE", "NOVEMBER", "OSCAR", "PAPA", "QUEBEC", "ROMEO", "SIERRA", "TANGO", "UNIFORM", "VICTOR",
    "WHISKEY", "XRAY", "YANKEE", "ZULU",
];
/// Figures.
const FIGURES: [&str; 10] = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"];

/// A character as it is spoken; nothing for one that has no agreed word.
pub(super) fn word(c: char) -> Option<&'static str> {
    let c = c.to_ascii_uppercase();
    match c {
        'A'..='Z' => LETTERS.get(usize::from(c as u8 - b'A')).copied(),
        '0'..='9' => FIGURES.get(usize::from(c as u8 - b'0')).copied(),
        '-' => Some("DASH"),
        '/' => Some("SLASH"),
        '.' => Some("POINT"),
        '?' => Some("UNREAD"),
        _ => None,
    }
}

/// The characters of a number that are spoken, each with its place where it counts as one:
/// blanks are not spoken, and a hyphen is no place.
pub(super) fn characters(number: &Text) -> Vec<(char, Option<usize>)> {
    places(number.as_str()).into_iter().filter(|(c, _)| !c.is_whitespace()).take(64).collect()
}

/// A number read back: two blanks where letters and figures change places.
pub(super) fn read_back(number: &Text) -> String {
    let mut said = String::new();
    let mut before: Option<char> = None;
    for (c, _) in characters(number) {
        if let Some(before) = before {
            let turns = before.is_ascii_digit() != c.is_ascii_digit();
            said.push_str(if turns { "  " } else { " " });
        }
        match word(c) {
            Some(word) => said.push_str(word),
            None => said.push(c),
        }
        before = Some(c);
    }
    said
}

/// A number read back, in lines of at most `columns`, with the blanks between its groups.
pub(super) fn read_back_lines(number: &Text, columns: u16) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for group in read_back(number).split("  ") {
        for (at, word) in group.split(' ').enumerate() {
            let gap = if at == 0 { "  " } else { " " };
            match lines.last_mut() {
                Some(line) if width(line) + width(gap) + width(word) <= columns => {
                    line.push_str(gap);
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_back_in_groups() {
        assert_eq!(read_back(&"215PZ40071".into()), "TWO ONE FIVE  PAPA ZULU  FOUR ZERO ZERO SEVEN ONE");
        assert_eq!(read_back(&"".into()), "");
        let number: Text = "215PZ40071".into();
        assert_eq!(read_back_lines(&number, 66), [read_back(&number)]);
        assert_eq!(read_back_lines(&number, 26), ["TWO ONE FIVE  PAPA ZULU", "FOUR ZERO ZERO SEVEN ONE"]);
    }
}
