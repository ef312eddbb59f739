//! Reasons on their way to the three best for and against.

use crate::domain::evidence::{Evidence, Reason};

/// Reasons with what they weigh, as they are gathered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Notes {
    /// Weight of all of them, in hundredths of a bit.
    pub bits: i32,
    /// Nothing when the sum is all that is wanted, as of most of the pairs in a search.
    listed: Option<Vec<Note>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Note {
    /// Its place in the order; what decides stands before what merely weighs.
    rank: i32,
    reason: Reason,
    against: bool,
}

/// Rank of a reason that decides whatever the rest says.
pub(crate) const DECISIVE: i32 = 1_000_000;

/// From this weight on what is implied is said.
const WORTH_SAYING: i32 = 100;
const LEAST_UNSAID: i32 = -WORTH_SAYING;

impl Notes {
    /// Notes that only add up.
    pub(crate) fn silent() -> Self {
        Self::default()
    }

    /// Notes that keep the reasons too.
    pub(crate) fn listing() -> Self {
        Self { bits: 0, listed: Some(Vec::new()) }
    }

    /// Whether reasons are kept.
    pub(crate) fn lists(&self) -> bool {
        self.listed.is_some()
    }

    /// A reason that speaks for it if it weighs something, and against it if less than nothing.
    pub(crate) fn weigh(&mut self, bits: i32, reason: Reason) {
        self.state(bits, bits.abs(), bits < 0, reason);
    }

    /// A reason on a given side whatever it weighs, at a given place in the order.
    pub(crate) fn state(&mut self, bits: i32, rank: i32, against: bool, reason: Reason) {
        self.bits += bits;
        if let Some(listed) = &mut self.listed {
            listed.push(Note { rank, reason, against });
        }
    }

    /// What guns like the recorded one say where it tells nothing; a reason only if it weighs
    /// something.
    pub(crate) fn imply(&mut self, bits: i32) {
        match bits {
            WORTH_SAYING.. => self.weigh(bits, Reason::LikeItFits),
            ..=LEAST_UNSAID => self.weigh(bits, Reason::LikeItDiffers),
            _ => self.bits += bits,
        }
    }

    pub(crate) fn append(&mut self, other: Notes) {
        self.bits += other.bits;
        if let Some(listed) = &mut self.listed {
            listed.extend(other.listed.unwrap_or_default());
        }
    }

    /// The weightiest reasons of a side; what was noted first wins a tie.
    pub(crate) fn best(&self, against: bool) -> Vec<Reason> {
        let listed = self.listed.iter().flatten();
        let mut side: Vec<&Note> = listed.filter(|note| note.against == against).collect();
        side.sort_by_key(|note| std::cmp::Reverse(note.rank));
        side.into_iter().take(Evidence::REASONS).map(|note| note.reason.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weightiest_come_first() {
        let mut notes = Notes::listing();
        notes.weigh(20, Reason::TypeSame);
        notes.weigh(-500, Reason::CalibreOther);
        notes.weigh(400, Reason::MakeSame);
        notes.state(0, DECISIVE, true, Reason::RecordClosed);
        notes.weigh(100, Reason::MadeInSame);
        notes.weigh(90, Reason::YearSame);
        assert_eq!(notes.bits, 110);
        assert_eq!(notes.best(false), [Reason::MakeSame, Reason::MadeInSame, Reason::YearSame]);
        assert_eq!(notes.best(true), [Reason::RecordClosed, Reason::CalibreOther]);
    }
}
