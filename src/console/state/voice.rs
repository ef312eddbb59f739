//! Reading a number back, and asking again where letters and figures are mistaken.

use super::editor::Editor;
use crate::domain::text::Text;
use crate::matching::places;

/// A number being read back.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The number, as it was read.
    pub number: Text,
    /// Places to ask about, in their order.
    pub doubts: Vec<Doubt>,
    /// The doubt that is being asked about.
    pub at: usize,
    /// What is being typed.
    pub heard: Editor,
}

/// A place of a number that may have been misread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The place, from 1, as the ruler counts them.
    pub place: usize,
    /// What was read.
    pub read: char,
    /// What it may be instead.
    pub alike: &'static str,
    /// What was heard when it was asked; empty until then.
    pub heard: String,
}

/// Characters that are taken for each other when read off metal or heard over the radio.
const ALIKE: [&str; 7] = ["0ODQ", "1IL", "2Z", "5S", "8B", "6G", "UV"];

impl Voice {
    /// Begins with a number.
    pub fn new(number: Text) -> Self {
        let doubts = places(number.as_str())
            .into_iter()
            .filter_map(|(read, place)| {
                let alike = ALIKE.into_iter().find(|set| set.contains(read.to_ascii_uppercase()))?;
                Some(Doubt { place: place?, read, alike, heard: String::new() })
            })
            .collect();
        Self { number, doubts, at: 0, heard: Editor::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_that_can_be_mistaken_is_asked_about() {
        let voice = Voice::new(Text::from("K073519"));
        let doubts: Vec<(usize, char)> = voice.doubts.iter().map(|d| (d.place, d.read)).collect();
        assert_eq!(doubts, [(2, '0'), (5, '5'), (6, '1')]);
    }
}
