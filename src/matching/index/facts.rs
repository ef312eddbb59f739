//! What differs from gun to gun of one description, in eight bytes.

use crate::domain::date::PartialDate;
use crate::domain::gun::Place;

/// Dates, and how the numbers of a gun are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Year, month and day of its event, 0 for what is not known.
    when: u32,
    /// The year in which it was made, or [`NO_YEAR`].
    made: i16,
    /// Characters of its number, if that is kept as a key and nowhere else.
    length: u8,
    /// Place of its number in three bits, then [`CLOSED`] and the others.
    flags: u8,
}

const NO_YEAR: i16 = i16::MIN;
const PLACE: u8 = 0b111;
const CLOSED: u8 = 1 << 3;
const PLAIN: u8 = 1 << 4;
const EXCLUDED: u8 = 1 << 5;

impl Facts {
    pub(super) fn new(when: Option<PartialDate>, made: Option<i16>, closed: bool) -> Self {
        let when = when.map_or(0, |date| {
            let (year, month, day) = date.parts();
            let part = |part: Option<i8>| part.unwrap_or(0) as u32;
            (year as u32) << 9 | part(month) << 5 | part(day)
        });
        Self { when, made: made.unwrap_or(NO_YEAR), length: 0, flags: if closed { CLOSED } else { 0 } }
    }

    /// The same of a gun with one plain number.
    pub(super) fn with_number(mut self, length: usize, place: Place) -> Self {
        let place = Place::ALL.iter().position(|other| *other == place).unwrap_or(Place::ALL.len() - 1);
        self.length = length as u8;
        self.flags |= PLAIN | place as u8;
        self
    }

    /// The same of a gun that guns in hand were excluded from.
    pub(super) fn with_exclusions(mut self) -> Self {
        self.flags |= EXCLUDED;
        self
    }

    pub(super) fn when(self) -> Option<PartialDate> {
        let part = |bits: u32| Some(bits as i8).filter(|part| *part > 0);
        let (year, month, day) = (self.when >> 9, part(self.when >> 5 & 0b1111), part(self.when & 0b1_1111));
        PartialDate::new(year as i16, month, day).ok()
    }

    pub(super) fn made(self) -> Option<i16> {
        Some(self.made).filter(|year| *year != NO_YEAR)
    }

    pub(super) fn closed(self) -> bool {
        self.flags & CLOSED != 0
    }

    pub(super) fn excluded(self) -> bool {
        self.flags & EXCLUDED != 0
    }

    /// Length and place of its number, if it has one plain number and no more.
    pub(super) fn number(self) -> Option<(u8, Place)> {
        let place = Place::ALL.get(usize::from(self.flags & PLACE)).copied().unwrap_or_default();
        (self.flags & PLAIN != 0).then_some((self.length, place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost() {
        for when in [None, Some("2019"), Some("2019-05"), Some("1999-12-31"), Some("1500-01-01")] {
            let when: Option<PartialDate> = when.map(|text| text.parse().unwrap());
            for made in [None, Some(1911), Some(0), Some(-5)] {
                for place in Place::ALL {
                    let facts = Facts::new(when, made, true).with_number(17, place);
                    assert_eq!((facts.when(), facts.made(), facts.closed()), (when, made, true));
                    assert_eq!((facts.number(), facts.excluded()), (Some((17, place)), false));
                }
            }
        }
        let facts = Facts::new(None, None, false).with_exclusions();
        assert_eq!((facts.number(), facts.excluded(), facts.closed()), (None, true, false));
        assert_eq!(size_of::<Facts>(), 8);
    }
}
