//! Names that are one slip of the hand away from what was typed: a bounded look-up, never a walk over a table.
//!
//! Two texts that differ in one letter (another, one too many, one missing, two swapped) have a text in common once each
//! has lost one letter. So every name is kept under itself and under each of these shorter forms, and a text is looked up
//! under its own: as many look-ups as it has letters, however long the table. Of a form only its hash is kept, which is
//! eight bytes where the text would take a hundred; what is found is compared letter by letter anyway.
use foldhash::quality::FixedState;
use std::hash::BuildHasher;

/// How many letters a name must have: shorter ones are too often one letter from one another.
const LEAST: usize = 5;
/// A longer text is no name, and would cost more than it is worth.
const MOST: usize = 48;

/// Names with what they stand for, found by a text that is one edit away.
#[derive(Debug, Default)]
pub(crate) struct OneEdit {
    names: Vec<(Vec<char>, usize)>,
    /// Hashes of forms with the places of their names, in order.
    forms: Vec<(u32, u32)>,
}

impl OneEdit {
    /// Folded names with their rows; one with figures, too short or too long is left out.
    pub(crate) fn of<'a>(named: impl Iterator<Item = (&'a str, usize)>) -> Self {
        let mut index = Self::default();
        for (name, row) in named {
            let Some(letters) = letters(name) else { continue };
            let Ok(place) = u32::try_from(index.names.len()) else { continue };
            index.forms.extend(forms(&letters).map(|form| (form, place)));
            index.names.push((letters, row));
        }
        index.forms.sort_unstable();
        index.forms.dedup();
        index.forms.shrink_to_fit();
        index
    }

    /// The one row that has a name one edit from this folded text; none when two rows have.
    pub(crate) fn only(&self, text: &str) -> Option<usize> {
        let typed = letters(text)?;
        let mut found = None;
        for form in forms(&typed) {
            let first = self.forms.partition_point(|(known, _)| *known < form);
            for (_, place) in self.forms.iter().skip(first).take_while(|(known, _)| *known == form) {
                let name = usize::try_from(*place).ok().and_then(|place| self.names.get(place));
                let Some((name, row)) = name else { continue };
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

/// The text itself and what is left of it without each one of its letters, as hashes.
fn forms(letters: &[char]) -> impl Iterator<Item = u32> {
    let hasher = FixedState::default();
    let without = move |gap: usize| {
        let kept = letters.iter().enumerate().filter(|(at, _)| *at != gap).map(|(_, c)| *c);
        let hash = hasher.hash_one(kept.collect::<String>());
        // Half of it tells enough of them apart.
        u32::try_from(hash >> 32).unwrap_or_default()
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
        OneEdit::of(names.iter().copied())
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
