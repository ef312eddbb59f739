//! A reading of a number, compiled for comparing with many others.

use super::align::Line;
use super::number::{self, Taken, fold};
use super::pattern::{Cell, Pattern};
use super::scan;

/// Fewest characters of a reading that is not the number as it was read.
pub(crate) const LEAST_DERIVED: usize = 4;

/// What a key is of its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Role {
    /// The number as it was read.
    #[default]
    Whole,
    /// Letters of another script read by their sound.
    Sound,
    /// Without leading zeros.
    Trimmed,
    /// Without something that stands beside it: a model's name, a licence number, a second number.
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Traits {
    pub known: u8,
    /// Characters as many as it tells: see [`tells`].
    pub tells: u8,
    pub role: Role,
    /// Of a rest, what was left out as far as it tells guns apart; else 0.
    pub cut: u16,
    pub gaps: bool,
    pub many: bool,
    pub certain_start: bool,
    pub certain_end: bool,
}

impl Traits {
    /// Whether two rests are of two guns whatever is left of them: of two licences, two years.
    pub(crate) fn were_cut_apart(self, other: Self) -> bool {
        self.cut != 0 && other.cut != 0 && self.cut != other.cut
    }
}

/// A reading with its cells as sets of folded characters.
///
/// A cell is a bit set: bits 0 to 9 the figures, 10 to 35 the letters that no figure
/// swallows, the rest shared by all other signs (two of them may fall on one bit, so a set
/// says "may be equal"; the weighing compares the characters themselves). `*` is the empty
/// set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Key {
    pub cells: Vec<u64>,
    /// The characters themselves, ready to be laid beside others.
    pub line: Line,
    pub traits: Traits,
}

/// The bit number of a character.
pub(crate) const fn code(c: char) -> u8 {
    match fold(c) {
        c @ '0'..='9' => c as u8 - b'0',
        c @ 'A'..='Z' => c as u8 - b'A' + 10,
        other => 36 + ((other as u32).wrapping_mul(0x9E37_79B1) >> 16) as u8 % 26,
    }
}

/// What a character of a key is in an index: as in [`code`], but look-alikes apart.
pub(crate) fn symbol(c: char) -> u8 {
    match c {
        '0'..='9' => c as u8 - b'0',
        'A'..='Z' => c as u8 - b'A' + 10,
        other => code(other),
    }
}

/// The symbols that fit a cell; what could not be read fits every one.
pub(crate) fn symbols_accepted(cell: u64) -> u64 {
    /// For every figure and letter its look-alikes, itself among them.
    static ALIKE: [u64; 36] = {
        let mut alike = [0; 36];
        let mut at = 0;
        while at < 36 {
            alike[code(character(at as u8)) as usize] |= 1 << at;
            at += 1;
        }
        alike
    };
    if cell == 0 || cell == u64::MAX {
        return cell;
    }
    let others = cell & !((1 << 36) - 1) | 1 << scan::ANY;
    let folded = (0..36).filter(|bit| cell >> bit & 1 == 1);
    folded.fold(others, |symbols, bit| symbols | ALIKE[bit])
}

/// The character of a symbol below 36.
pub(crate) const fn character(symbol: u8) -> char {
    (if symbol < 10 { b'0' + symbol } else { b'A' + symbol - 10 }) as char
}

impl Key {
    fn new(pattern: &Pattern, role: Role) -> Self {
        let cells: Vec<u64> = pattern.cells().iter().map(set).collect();
        let traits = Traits {
            known: pattern.known() as u8,
            tells: tells(pattern.known() as u8, &cells),
            role,
            cut: 0,
            gaps: pattern.has_gaps(),
            many: pattern.cells().contains(&Cell::Many),
            certain_start: pattern.certain_start(),
            certain_end: pattern.certain_end(),
        };
        Self { cells, line: Line::of(pattern), traits }
    }

    /// Becomes the key of plain capitals and figures, given as symbols below 36;
    /// nothing is allocated once it has held as many.
    pub(crate) fn become_plain(&mut self, symbols: &[u8], role: Role) {
        self.cells.clear();
        self.cells.extend(symbols.iter().map(|symbol| 1 << code(character(*symbol))));
        self.line.set(symbols.iter().copied().map(character));
        let known = symbols.len() as u8;
        self.traits = Traits { known, tells: tells(known, &self.cells), role, ..Traits::default() };
    }

    /// Whether it is of plain capitals and figures.
    pub(crate) fn is_plain(&self) -> bool {
        let ends = self.traits.certain_start || self.traits.certain_end;
        let characters = self.line.characters().filter(|_| !self.traits.gaps && !ends);
        characters.is_some_and(|mut all| all.all(|c| c.is_ascii_alphanumeric()))
    }

    /// Every key of a number, the number as it was read first.
    pub(crate) fn of(taken: &Taken) -> Vec<Key> {
        if let number::NumberKind::NotSerial(what) = taken.kind {
            // Words match nobody; fillers and the like match their equals and weigh nothing.
            return if what.is_silent() { vec![] } else { vec![Key::new(&taken.look, Role::Exact)] };
        }
        let look = &taken.look;
        let mut keys = vec![Key::new(look, Role::Whole)];
        if keys[0].traits.gaps && keys[0].traits.known < 4 {
            return vec![];
        }
        keys.extend(taken.sound.iter().map(|sound| Key::new(sound, Role::Sound)));
        keys.extend(trimmed(look).map(|pattern| Key::new(&pattern, Role::Trimmed)));
        keys.extend(taken.rests.iter().map(|rest| {
            let mut key = Key::new(&rest.pattern, Role::Rest);
            key.traits.cut = rest.cut;
            key
        }));
        keys.extend(number::core(look).map(|core| Key::new(&core, Role::Core)));
        keys.retain(|key| key.traits.role == Role::Whole || usize::from(key.traits.known) >= LEAST_DERIVED);
        keys
    }
}

/// How many figures would tell as much as so many known characters, as far as errors ask:
/// two letters that are no look-alikes of figures tell more than three figures do.
fn tells(known: u8, cells: &[u64]) -> u8 {
    const FIGURES: u64 = (1 << 10) - 1;
    let letters = cells.iter().filter(|cell| cell.is_power_of_two() && **cell & FIGURES == 0).count();
    known + u8::from(letters >= 2)
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
    let characters = look.cells().iter().map_while(|cell| match cell {
        Cell::Char(c) => Some(*c),
        _ => None,
    });
    let zeros = number::leading_zeros(characters);
    (zeros > 0 && !look.certain_start()).then(|| look.with_cells(look.cells()[zeros..].to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::number::take_apart;

    fn keys(text: &str) -> Vec<(Role, String)> {
        let taken = take_apart(text);
        Key::of(&taken[0]).into_iter().map(|key| (key.traits.role, key.line.to_string())).collect()
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
        assert!("北ءЖ".chars().all(|c| (36..62).contains(&code(c))));
    }
}
