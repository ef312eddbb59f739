//! Names that are one slip of the hand away from what was typed: a bounded look-up, never a walk over a table.
//!
//! Two texts that differ in one letter (another, one too many, one missing, two swapped) have a text in common once each
//! has lost one letter. So every name is kept under itself and under each of these shorter forms, and a text is looked up
//! under its own: as many look-ups as it has letters, however long the table.
use std::collections::HashMap;

/// How many letters a name must have: shorter ones are too often one letter from one another.
const LEAST: usize = 5;
/// A longer text is no name, and would cost more than it is worth.
const MOST: usize = 48;

/// Names with what they stand for, found by a text that is one edit away.
#[derive(Debug, Default)]
pub(crate) struct OneEdit {
    names: Vec<(Vec<char>, usize)>,
    shorter: HashMap<String, Vec<usize>>,
}

impl OneEdit {
    /// Adds a folded name of this row; one with figures, too short or too long is left out.
    pub(crate) fn add(&mut self, name: &str, row: usize) {
        let Some(letters) = letters(name) else { return };
        let place = self.names.len();
        for form in forms(&letters) {
            let places = self.shorter.entry(form).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        self.names.push((letters, row));
    }

    /// The one row that has a name one edit from this folded text; none when two rows have.
    pub(crate) fn only(&self, text: &str) -> Option<usize> {
        let typed = letters(text)?;
        let mut found = None;
        for form in forms(&typed) {
            for place in self.shorter.get(&form).into_iter().flatten() {
                let Some((name, row)) = self.names.get(*place) else { continue };
                match found {
                    Some(other) if other == *row => {}
                    _ if !is_one_edit(name, &typed) => {}
                    Some(_) => return None,
                    None => found = Some(*row),
                }
            }
        }
        found
    }
}

fn letters(text: &str) -> Option<Vec<char>> {
    let letters: Vec<char> = text.chars().take(MOST + 1).collect();
    let fits = (LEAST..=MOST).contains(&letters.len()) && letters.iter().all(|c| c.is_alphabetic());
    fits.then_some(letters)
}

/// The text itself and what is left of it without each one of its letters.
fn forms(letters: &[char]) -> impl Iterator<Item = String> {
    let without = |gap: usize| {
        letters.iter().enumerate().filter(move |(at, _)| *at != gap).map(|(_, c)| *c).collect::<String>()
    };
    (0..=letters.len()).map(without)
}

/// Whether one letter more, less, other, or two neighbours swapped make one text of the other.
fn is_one_edit(a: &[char], b: &[char]) -> bool {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([_], [_]) | ([_], []) | ([], [_] | []) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(names: &[(&str, usize)]) -> OneEdit {
        let mut index = OneEdit::default();
        for (name, row) in names {
            index.add(name, *row);
        }
        index
    }

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        let names = index(&[("BERETTA", 1), ("MOSSBERG", 2)]);
        for text in ["BERETA", "BERRETTA", "BERETTO", "EBRETTA", "BERETTA", "BERETTAS"] {
            assert_eq!(names.only(text), Some(1), "{text}");
        }
        for text in ["BARETTO", "ERETTB", "BERET", "MOSBER", "", "BERETTASS"] {
            assert_eq!(names.only(text), None, "{text}");
        }
    }

    #[test]
    fn short_names_and_figures_are_not_guessed() {
        let names = index(&[("COLT", 1), ("FACTORY66", 2), ("GLOCK", 3)]);
        for text in ["COLTT", "CLOT", "GLOK", "GLCKS"] {
            assert_eq!(names.only(text), None, "{text}");
        }
        assert_eq!(names.only("GLOKC"), Some(3));
        assert_eq!(names.only("FACTORY67"), None);
        assert_eq!(names.only(&"A".repeat(10_000)), None);
    }

    #[test]
    fn a_text_between_two_makers_is_neither() {
        let names = index(&[("MARLIN", 1), ("MERLIN", 2), ("MARLYN", 1)]);
        assert_eq!(names.only("MORLIN"), None);
        assert_eq!(names.only("MARLIM"), Some(1));
    }
}
