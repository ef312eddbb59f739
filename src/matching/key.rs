//! A reading of a number, compiled for comparing with many others.

use super::number::{self, Taken, fold};
use super::pattern::{Cell, Pattern};

/// What a key is of its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Role {
    /// The number as it was read.
    Whole,
    /// Letters of another script read by their sound.
    Sound,
    /// Without leading zeros.
    Trimmed,
    /// Behind a model's name or a licence number.
    Rest,
    /// Without letters between figures (NCIC).
    Core,
    /// Something that is no serial: equal or nothing.
    Exact,
}

impl Role {
    /// What it costs to be found by this reading only, in hundredths of a bit.
    pub(crate) fn cost(self) -> i32 {
        match self {
            Role::Whole | Role::Core | Role::Exact => 0,
            Role::Sound | Role::Trimmed => 200,
            Role::Rest => 300,
        }
    }
}

/// What decides how far two keys may differ, apart from their characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Traits {
    pub known: u8,
    pub role: Role,
    pub gaps: bool,
    pub many: bool,
    pub certain_start: bool,
    pub certain_end: bool,
}

/// A reading with its cells as sets of folded characters.
///
/// A cell is a bit set: bits 0 to 9 the figures, 10 to 35 the letters that no figure
/// swallows, the rest shared by all other signs (two of them may fall on one bit, so a set
/// says "may be equal"; the weighing compares the characters themselves). `*` is the empty
/// set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub pattern: Pattern,
    pub cells: Vec<u64>,
    /// The characters of a key without gaps, as bit numbers; empty otherwise.
    pub codes: Vec<u8>,
    /// All its single characters.
    pub mask: u64,
    pub traits: Traits,
}

/// The bit number of a character.
pub(crate) fn code(c: char) -> u8 {
    match fold(c) {
        c @ '0'..='9' => c as u8 - b'0',
        c @ 'A'..='Z' => c as u8 - b'A' + 10,
        other => 36 + (u32::from(other).wrapping_mul(0x9E37_79B1) >> 16) as u8 % 28,
    }
}

impl Key {
    fn new(pattern: Pattern, role: Role) -> Self {
        let cells: Vec<u64> = pattern.cells().iter().map(set).collect();
        let gaps = pattern.has_gaps();
        let codes =
            if gaps { Vec::new() } else { cells.iter().map(|set| set.trailing_zeros() as u8).collect() };
        let mask = cells.iter().filter(|set| set.is_power_of_two()).fold(0, |mask, set| mask | set);
        let traits = Traits {
            known: pattern.known() as u8,
            role,
            gaps,
            many: pattern.cells().contains(&Cell::Many),
            certain_start: pattern.certain_start(),
            certain_end: pattern.certain_end(),
        };
        Self { pattern, cells, codes, mask, traits }
    }

    /// Every key of a number, the number as it was read first.
    pub(crate) fn of(taken: &Taken) -> Vec<Key> {
        if let number::NumberKind::NotSerial(what) = taken.kind {
            // Words match nobody; fillers and the like match their equals and weigh nothing.
            let silent = what == crate::domain::evidence::NotSerial::Obliterated;
            return if silent { vec![] } else { vec![Key::new(taken.look.clone(), Role::Exact)] };
        }
        let look = &taken.look;
        let mut keys = vec![Key::new(look.clone(), Role::Whole)];
        if keys[0].traits.gaps && keys[0].traits.known < 4 {
            return vec![];
        }
        keys.extend(taken.sound.clone().map(|sound| Key::new(sound, Role::Sound)));
        keys.extend(trimmed(look).map(|pattern| Key::new(pattern, Role::Trimmed)));
        keys.extend(taken.rest.clone().map(|rest| Key::new(rest, Role::Rest)));
        keys.extend(number::core(look).map(|core| Key::new(core, Role::Core)));
        keys.retain(|key| key.traits.role == Role::Whole || key.traits.known >= 4);
        keys
    }
}

fn set(cell: &Cell) -> u64 {
    match cell {
        Cell::Char(c) => 1 << code(*c),
        Cell::OneOf(choices) => choices.iter().fold(0, |set, c| set | 1 << code(*c)),
        Cell::Any => u64::MAX,
        Cell::Many => 0,
    }
}

/// The number without the zeros that it begins with, if there are any: some forms fill up
/// with them.
fn trimmed(look: &Pattern) -> Option<Pattern> {
    let zeros = look.cells().iter().take_while(|cell| matches!(cell, Cell::Char('0' | 'O'))).count();
    (zeros > 0 && !look.certain_start()).then(|| look.with_cells(look.cells()[zeros..].to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::number::take_apart;

    fn keys(text: &str) -> Vec<(Role, String)> {
        let taken = take_apart(text);
        Key::of(&taken[0]).into_iter().map(|key| (key.traits.role, key.pattern.to_string())).collect()
    }

    #[test]
    fn every_reading_is_a_key() {
        assert_eq!(keys("KD73519"), [(Role::Whole, "KD73519".to_owned())]);
        assert_eq!(keys("0045127")[1], (Role::Trimmed, "45127".to_owned()));
        assert_eq!(keys("369J257")[1], (Role::Core, "369257".to_owned()));
        assert_eq!(keys("РН4512")[1], (Role::Sound, "RN4512".to_owned()));
        assert_eq!(keys("123456"), [(Role::Exact, "123456".to_owned())]);
    }

    #[test]
    fn words_have_no_key() {
        for text in ["NONE", "RASPADO", "????", "AB?"] {
            assert_eq!(keys(text), [], "{text}");
        }
    }

    #[test]
    fn look_alikes_share_a_bit_and_others_do_not() {
        assert_eq!(code('O'), code('0'));
        assert_eq!(code('L'), code('1'));
        assert_ne!(code('D'), code('0'));
        assert!("北ءЖ".chars().all(|c| (36..64).contains(&code(c))));
    }
}
