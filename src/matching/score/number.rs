//! What the numbers of two guns say about their being one.

use super::notes::Notes;
use crate::domain::evidence::{NotSerial, Reason};
use crate::matching::align::{self, Alignment, Step, StepKind};
use crate::matching::distance::{self, Fit};
use crate::matching::key::{Key, Role};
use crate::matching::number::NumberKind;
use crate::matching::prepared::{Prepared, Reading};

/// The best agreement between a number on record and one on the gun in hand.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Likeness<'a> {
    pub recorded: &'a Reading,
    pub seen: &'a Reading,
    recorded_key: &'a Key,
    seen_key: &'a Key,
    pub fit: Fit,
    /// Its weight, in hundredths of a bit.
    pub bits: i32,
    steps: Vec<Step>,
}

/// Cost of an agreement between numbers on different parts.
const ELSEWHERE: i32 = 200;
/// Cost of frames whose own numbers do not agree.
pub(crate) const OTHER_FRAME: i32 = 600;

/// The heaviest agreement, any number with any; nothing when no two fit.
pub(crate) fn best<'a>(record: &'a Prepared, check: &'a Prepared) -> Option<Likeness<'a>> {
    let mut best: Option<Likeness<'a>> = None;
    for recorded in &record.readings {
        for seen in &check.readings {
            for recorded_key in &recorded.keys {
                for seen_key in &seen.keys {
                    let Some(fit) = distance::fit(recorded_key, seen_key) else { continue };
                    let likeness = Likeness::new((recorded, recorded_key), (seen, seen_key), fit);
                    if best.as_ref().is_none_or(|best| likeness.bits > best.bits) {
                        best = Some(likeness);
                    }
                }
            }
        }
    }
    best
}

impl<'a> Likeness<'a> {
    fn new(recorded: (&'a Reading, &'a Key), seen: (&'a Reading, &'a Key), fit: Fit) -> Self {
        let (recorded, mut recorded_key) = recorded;
        let (seen, mut seen_key) = seen;
        // Letters that NCIC ignores are left out to find the pair, not to weigh it.
        if recorded_key.traits.role == Role::Core {
            recorded_key = recorded.whole().unwrap_or(recorded_key);
        }
        if seen_key.traits.role == Role::Core {
            seen_key = seen.whole().unwrap_or(seen_key);
        }
        let Alignment { gain, steps } = align::weigh(&recorded_key.pattern, &seen_key.pattern);
        let cost = recorded_key.traits.role.cost().max(seen_key.traits.role.cost());
        let mut bits = gain - cost;
        if elsewhere(recorded, seen) {
            bits -= ELSEWHERE;
        }
        if fit != Fit::Part {
            bits = bits.min(recorded.most_bits()).min(seen.most_bits());
        }
        Self { recorded, seen, recorded_key, seen_key, fit, bits, steps }
    }

    /// What one of the two is, if it is no serial.
    pub(crate) fn not_serial(&self) -> Option<NotSerial> {
        [self.seen, self.recorded].into_iter().find_map(|reading| match reading.kind {
            NumberKind::NotSerial(what) => Some(what),
            NumberKind::Serial => None,
        })
    }

    /// Whether the two are one once look-alikes are folded.
    pub(crate) fn same_skeleton(&self) -> bool {
        let skeleton = |key: &Key| key.pattern.norm().skeleton();
        !self.has_gaps() && skeleton(self.recorded_key) == skeleton(self.seen_key)
    }

    fn has_gaps(&self) -> bool {
        self.recorded_key.traits.gaps || self.seen_key.traits.gaps
    }

    /// Characters known of the one of which less is known.
    pub(crate) fn known(&self) -> u8 {
        self.recorded_key.traits.known.min(self.seen_key.traits.known)
    }

    /// Whether what could be read of one fits the other without an error.
    pub(crate) fn fits_pattern(&self) -> bool {
        self.has_gaps() && self.fit == Fit::Whole(0)
    }

    /// Whether at least two figures agree, without which nothing is a hit by itself: words and
    /// proof marks that no list knows have none.
    pub(crate) fn has_figures(&self) -> bool {
        let agreed = |step: &&Step| {
            matches!(step.kind, StepKind::Same | StepKind::Alike)
                && step.recorded.is_some_and(char::is_numeric)
        };
        self.steps.iter().filter(agreed).count() >= 2
    }

    /// Whether too much is unread, or too unlike, for a hit by itself.
    pub(crate) fn may_be_neighbour(&self) -> bool {
        let unread = self.steps.iter().filter(|step| step.kind == StepKind::Unread).count();
        let star = [self.recorded_key, self.seen_key].iter().any(|key| key.traits.many);
        unread > 1 || star || self.differs_in_series()
    }

    /// Whether the difference may be the one that tells two guns of one series apart: another
    /// figure or letter, a swap, a figure too few. Guns of one consignment agree in all their
    /// fields, so fields cannot make up for it. A letter read as a figure, a prefix that was
    /// lost or a letter that NCIC ignores do not come from counting on.
    pub(crate) fn differs_in_series(&self) -> bool {
        let figure = |c: Option<char>| c.is_some_and(char::is_numeric);
        let counted = |step: &Step| match step.kind {
            StepKind::Same | StepKind::Unread => false,
            StepKind::Alike => figure(step.recorded) == figure(step.seen),
            StepKind::Other | StepKind::Swapped => true,
            StepKind::OnlySeen => figure(step.seen),
            StepKind::OnlyRecorded => figure(step.recorded),
        };
        self.steps.iter().any(counted)
    }

    /// Notes what it weighs, and why.
    pub(crate) fn note(&self, notes: &mut Notes) {
        let bits = if elsewhere(self.recorded, self.seen) { self.bits + ELSEWHERE } else { self.bits };
        let rank = bits.abs().max(1);
        if let Some(is) = self.not_serial() {
            notes.state(bits, super::notes::DECISIVE, true, Reason::NumberIsNone { is });
        } else {
            let (against, reason) = self.reason();
            notes.state(bits, rank, against, reason);
        }
        if elsewhere(self.recorded, self.seen) {
            let (recorded, seen) = (self.recorded.place, self.seen.place);
            notes.state(-ELSEWHERE, ELSEWHERE, true, Reason::NumberElsewhere { recorded, seen });
        }
    }

    /// The reason, and whether it stands among those against.
    fn reason(&self) -> (bool, Reason) {
        let norm = |key: &Key| key.pattern.norm();
        if self.fits_pattern() {
            return (false, Reason::NumberFits { known: self.known() });
        }
        if !self.has_gaps() && norm(self.recorded_key) == norm(self.seen_key) {
            return (false, Reason::NumberSame);
        }
        let differing =
            self.steps.iter().filter(|step| !matches!(step.kind, StepKind::Same | StepKind::Unread));
        let places = differing.count() as u8;
        if self.same_skeleton() {
            return (false, Reason::NumberFolded { places });
        }
        if self.fit == Fit::Part || self.is_cut() {
            let lost = self.recorded_key.cells.len().abs_diff(self.seen_key.cells.len());
            return (false, Reason::NumberPart { lost: lost as u8 });
        }
        self.single().unwrap_or((true, Reason::NumberFar { edits: places }))
    }

    /// Whether nothing differs but a prefix or suffix of letters that one side lacks.
    fn is_cut(&self) -> bool {
        let lacks = |step: &Step, kind: StepKind| {
            let letter = step.recorded.or(step.seen).is_some_and(|c| !c.is_numeric());
            step.kind == kind && letter
        };
        [StepKind::OnlySeen, StepKind::OnlyRecorded].into_iter().any(|kind| {
            let middle: &[Step] = &self.steps;
            let start = middle.iter().take_while(|step| lacks(step, kind)).count();
            let end = middle.iter().rev().take_while(|step| lacks(step, kind)).count();
            start + end > 0
                && start + end < middle.len()
                && middle[start..middle.len() - end].iter().all(|step| step.kind == StepKind::Same)
        })
    }

    /// The reason when there is one error only, with its place.
    fn single(&self) -> Option<(bool, Reason)> {
        let mut differing = self
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| !matches!(step.kind, StepKind::Same | StepKind::Unread));
        let (at, step) = differing.next()?;
        let second = differing.next();
        if step.kind == StepKind::Swapped {
            let alone = differing.next().is_none();
            let place = (at + 1) as u8;
            return alone.then_some((true, Reason::NumberSwapped { place }));
        }
        if second.is_some() {
            return None;
        }
        let place = (at + 1) as u8;
        Some(match (step.kind, step.recorded, step.seen) {
            (StepKind::Alike, Some(recorded), Some(seen)) => {
                (false, Reason::NumberDiffers { place, recorded, seen, alike: true })
            }
            (_, Some(recorded), Some(seen)) => {
                (true, Reason::NumberDiffers { place, recorded, seen, alike: false })
            }
            (_, Some(recorded), None) => (true, Reason::NumberLacks { place, recorded }),
            (_, None, Some(seen)) => (true, Reason::NumberExceeds { place, seen }),
            (_, None, None) => return None,
        })
    }
}

fn elsewhere(recorded: &Reading, seen: &Reading) -> bool {
    use crate::domain::gun::Place::Unstated;
    let stated = recorded.place != Unstated && seen.place != Unstated;
    let same = recorded.place == seen.place || (recorded.is_frame() && seen.is_frame());
    stated && !same
}

/// Whether both guns have a serial on frame or receiver and no two of these fit.
pub(crate) fn other_frame(record: &Prepared, check: &Prepared) -> bool {
    fn frames(gun: &Prepared) -> Vec<&Key> {
        let frames = gun.readings.iter().filter(|reading| reading.is_frame() && reading.is_serial());
        frames.flat_map(|reading| &reading.keys).collect()
    }
    let (recorded, seen) = (frames(record), frames(check));
    !recorded.is_empty()
        && !seen.is_empty()
        && !recorded.iter().any(|a| seen.iter().any(|b| distance::fit(a, b).is_some()))
}
