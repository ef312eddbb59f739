//! The numbers of a gun that has more than one plain number, as bytes.

use crate::domain::evidence::NotSerial;
use crate::domain::gun::Place;
use crate::matching::key::{Key, Role};
use crate::matching::number::{NumberKind, Second, Taken};
use crate::matching::pattern::Pattern;
use crate::matching::prepared::Reading;

const KINDS: [NumberKind; 9] = [
    NumberKind::Serial,
    NumberKind::NotSerial(NotSerial::Obliterated),
    NumberKind::NotSerial(NotSerial::Placeholder),
    NumberKind::NotSerial(NotSerial::Model),
    NumberKind::NotSerial(NotSerial::Calibre),
    NumberKind::NotSerial(NotSerial::Mark),
    NumberKind::NotSerial(NotSerial::Unread),
    NumberKind::NotSerial(NotSerial::Untold),
    NumberKind::NotSerial(NotSerial::Words),
];

/// Writes the readings of a gun's numbers: how many there are, and of each its place, kind and
/// the readings that the others follow from.
pub(super) fn write(readings: &[Reading], bytes: &mut Vec<u8>) {
    bytes.push(readings.len() as u8);
    for reading in readings.iter().take(usize::from(u8::MAX)) {
        let place = Place::ALL.iter().position(|place| *place == reading.place).unwrap_or_default();
        let kind = KINDS.iter().position(|kind| *kind == reading.kind).unwrap_or_default();
        bytes.extend([place as u8, kind as u8]);
        for roles in [&[Role::Whole, Role::Exact][..], &[Role::Sound]] {
            write_key(reading.keys.iter().find(|key| roles.contains(&key.traits.role)), bytes);
        }
        let rests = || reading.keys.iter().filter(|key| key.traits.role == Role::Rest);
        bytes.push(rests().count() as u8);
        for rest in rests().take(usize::from(u8::MAX)) {
            bytes.extend(rest.traits.cut.to_le_bytes());
            write_key(Some(rest), bytes);
        }
    }
}

fn write_key(key: Option<&Key>, bytes: &mut Vec<u8>) {
    let text = key.map(|key| key.line.to_string()).unwrap_or_default();
    let length = u16::try_from(text.len()).unwrap_or(0);
    bytes.extend(length.to_le_bytes());
    bytes.extend(&text.as_bytes()[..usize::from(length)]);
}

/// Reads back what [`write()`] wrote at that place.
pub(super) fn read(bytes: &[u8]) -> Vec<Reading> {
    let mut rest = Rest(bytes);
    let count = rest.byte();
    (0..count).map(|_| rest.reading()).collect()
}

/// Bytes not yet read; what is missing at the end reads as nothing.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn two_bytes(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    fn rest(&mut self) -> Option<Second> {
        let cut = self.two_bytes();
        self.pattern().map(|pattern| Second { pattern, cut })
    }

    fn pattern(&mut self) -> Option<Pattern> {
        let length = usize::from(self.two_bytes()).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        let text = std::str::from_utf8(text).ok().filter(|text| !text.is_empty())?;
        Some(Pattern::read_latin(text).0)
    }

    fn reading(&mut self) -> Reading {
        let place = Place::ALL.get(usize::from(self.byte())).copied().unwrap_or_default();
        let kind = KINDS.get(usize::from(self.byte())).copied().unwrap_or(NumberKind::Serial);
        let (look, sound, rests) = (self.pattern(), self.pattern(), self.byte());
        let rests = (0..rests).filter_map(|_| self.rest()).collect();
        let taken = |look| Taken { kind, latin: String::new(), look, sound, rests, place: None };
        let keys = look.map(|look| Key::of(&taken(look)));
        Reading { place, kind, keys: keys.unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::gun::{Gun, Number};
    use crate::matching::Prepared;

    #[test]
    fn nothing_is_lost() {
        let texts = [
            "KD73519",
            "369J257",
            "0045127",
            "РН4512",
            "КД-45-Ж",
            "^KD7??1[38]9$",
            "*7351?",
            "GLOCK 17 ABC123",
            "1-23-45678-ABC1234",
            "945127/887892",
            "ИБ4512",
            "VPW370 (CANO)",
            "AB12345; CD67890",
            "ELIMINADO",
            "123456",
            "10-5",
            "AB?",
            "7",
        ];
        let numbers = texts.iter().zip(Place::ALL.iter().cycle());
        let numbers = numbers.map(|(text, place)| Number { as_seen: (*text).into(), place: *place });
        let gun = Gun { numbers: numbers.collect(), ..Gun::default() };
        let readings = Prepared::of(&gun).readings;
        assert!(readings.len() >= texts.len());
        let mut bytes = vec![1, 2, 3];
        write(&readings, &mut bytes);
        bytes.push(9);
        assert_eq!(read(&bytes[3..]), readings);
        assert_eq!(read(&[]), []);
    }
}
