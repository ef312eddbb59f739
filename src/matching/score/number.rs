//! What the numbers of two guns say about their being one.

use super::ground::Ground;
use super::notes::Notes;
use crate::domain::evidence::{NotSerial, Reason};
use crate::domain::gun::Place;
use crate::matching::align::{Bench, Step, StepKind};
use crate::matching::distance::{self, Fit};
use crate::matching::key::{Key, Role};
use crate::matching::number::{NumberKind, fold};
use crate::matching::prepared::{Prepared, Reading};

/// The best agreement between a number on record and one on the gun in hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likeness<'a> {
    pub recorded: &'a Reading,
    pub seen: &'a Reading,
    recorded_key: &'a Key,
    seen_key: &'a Key,
    pub fit: Fit,
    /// Its weight, in hundredths of a bit.
    pub bits: i32,
    pub differences: Differences,
    /// Where the recorded number stands among those of its gun.
    pub at: u8,
    /// What an agreeing make is worth among guns whose numbers begin alike, in hundredths of a
    /// bit.
    pub make: i32,
}

/// What an alignment comes to, as far as bands ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Differences {
    /// Whether the two are one once look-alikes are folded.
    pub same_skeleton: bool,
    /// Whether the difference may be the one that tells two guns of one series apart: another
    /// figure or letter, a swap, a figure too few. Guns of one consignment agree in all their
    /// fields, so fields cannot make up for it. A letter read as a figure, a prefix that was
    /// lost or a letter that NCIC ignores do not come from counting on.
    pub in_series: bool,
    /// Whether nothing differs but that two neighbours changed places.
    pub only_swapped: bool,
    /// Characters that were read as others, missed or read into it: neither look-alikes nor
    /// letters that NCIC ignores, nor what was swapped or lost at an end, which wear does not do.
    worn: u8,
    /// Figures that agree.
    figures: u8,
    /// Places that could not be read.
    unread: u8,
}

impl Differences {
    fn of(steps: &[Step], gaps: bool) -> Self {
        let mut differences = Self { same_skeleton: !gaps, ..Self::default() };
        let figure = |c: Option<char>| c.is_some_and(char::is_numeric);
        differences.worn = worn(steps);
        let differing = steps.iter().filter(|step| step.kind != StepKind::Same);
        differences.only_swapped =
            differing.clone().count() == 2 && differing.clone().all(|step| step.kind == StepKind::Swapped);
        for step in steps {
            let (agree, counted) = match step.kind {
                StepKind::Same => (true, false),
                StepKind::Alike => (true, figure(step.recorded) == figure(step.seen)),
                StepKind::Unread => (false, false),
                StepKind::Other | StepKind::Swapped => (false, true),
                StepKind::OnlySeen => (false, figure(step.seen)),
                StepKind::OnlyRecorded => (false, figure(step.recorded)),
            };
            let folded = match (step.recorded, step.seen) {
                (Some(a), Some(b)) => agree && fold(a) == fold(b),
                _ => false,
            };
            differences.in_series |= counted;
            differences.same_skeleton &= folded;
            differences.unread += u8::from(step.kind == StepKind::Unread);
            differences.figures += u8::from(agree && figure(step.recorded));
        }
        differences
    }
}

/// From this many figures on a number is not one that every maker has given, and one place
/// that could not be read leaves few guns.
const LEAST_TELLING: u8 = 7;

/// Counts worn characters: see [`Differences::worn`].
fn worn(steps: &[Step]) -> u8 {
    let numeric = |step: &Step| step.recorded.or(step.seen).is_some_and(char::is_numeric);
    let (first, last) = (steps.iter().position(numeric), steps.iter().rposition(numeric));
    let worn = |(at, step): &(usize, &Step)| {
        let embedded = !numeric(step) && Some(*at) > first && Some(*at) < last;
        let same_kind = |other: &Step| other.kind == step.kind;
        let inner = !steps[..*at].iter().all(same_kind) && !steps[*at..].iter().all(same_kind);
        let lone = matches!(step.kind, StepKind::OnlySeen | StepKind::OnlyRecorded);
        !embedded && (step.kind == StepKind::Other || lone && inner)
    };
    steps.iter().enumerate().filter(worn).count() as u8
}

/// What every error after the first costs less: where one character is worn, so are others.
const FURTHER: i32 = 300;
/// Cost of an agreement between numbers on different parts.
const ELSEWHERE: i32 = 200;
/// Cost of frames whose own numbers do not agree.
pub(crate) const OTHER_FRAME: i32 = 600;

/// The heaviest agreement, any number with any; nothing when no two fit.
pub(crate) fn best<'a>(
    record: &'a Prepared,
    check: &'a Prepared,
    ground: &Ground,
    bench: &mut Bench,
) -> Option<Likeness<'a>> {
    let mut best: Option<Likeness<'a>> = None;
    for (place, recorded) in record.readings.iter().enumerate() {
        for (at, seen) in check.readings.iter().enumerate() {
            for recorded_key in &recorded.keys {
                for (reading, seen_key) in seen.keys.iter().enumerate() {
                    let Some(fit) = distance::fit(recorded_key, seen_key) else { continue };
                    let mut likeness = Likeness::new((recorded, recorded_key), (seen, seen_key), fit, bench);
                    likeness.at = place as u8;
                    // A reading without some letters stands for the number as it was read.
                    let reading = if seen_key.traits.role == Role::Core { 0 } else { reading };
                    let mut likeness = likeness.on(ground.number(at, reading));
                    likeness.make = ground.make_in_block(at, reading);
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
    fn new(
        (recorded, mut recorded_key): (&'a Reading, &'a Key),
        (seen, mut seen_key): (&'a Reading, &'a Key),
        fit: Fit,
        bench: &mut Bench,
    ) -> Self {
        // Letters that NCIC ignores are left out to find the pair, not to weigh it.
        if recorded_key.traits.role == Role::Core {
            recorded_key = recorded.whole().unwrap_or(recorded_key);
        }
        if seen_key.traits.role == Role::Core {
            seen_key = seen.whole().unwrap_or(seen_key);
        }
        let gain = bench.weigh(&recorded_key.line, &seen_key.line);
        let gaps = recorded_key.traits.gaps || seen_key.traits.gaps;
        let differences = Differences::of(&bench.steps, gaps);
        let cost = recorded_key.traits.role.cost().max(seen_key.traits.role.cost());
        let further = match fit {
            Fit::Whole(errors) => i32::from(errors.min(differences.worn).saturating_sub(1)) * FURTHER,
            Fit::Part => 0,
        };
        let away = if elsewhere(recorded, seen) { ELSEWHERE } else { 0 };
        Self {
            recorded,
            seen,
            recorded_key,
            seen_key,
            fit,
            bits: gain + further - cost - away,
            differences,
            at: 0,
            make: i32::MAX,
        }
    }

    /// The same with what the store says of numbers like the one seen, and with no more than
    /// what is no serial can weigh.
    fn on(mut self, form: i32) -> Self {
        self.bits += form;
        if self.fit != Fit::Part {
            self.bits = self.bits.min(self.recorded.most_bits()).min(self.seen.most_bits());
        }
        self
    }

    /// What one of the two is, if it is no serial.
    pub(crate) fn not_serial(&self) -> Option<NotSerial> {
        [self.seen, self.recorded].into_iter().find_map(|reading| match reading.kind {
            NumberKind::NotSerial(what) => Some(what),
            NumberKind::Serial => None,
        })
    }

    /// The recorded number in the reading that is weighed.
    pub(crate) fn recorded_key(&self) -> &'a Key {
        self.recorded_key
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
        self.differences.figures >= 2
    }

    /// Whether too much is unread, or too unlike, for a hit by itself: of a short number of
    /// figures one unread place leaves ten guns of a series.
    pub(crate) fn may_be_neighbour(&self) -> bool {
        let star = [self.recorded_key, self.seen_key].iter().any(|key| key.traits.many);
        let most_unread = u8::from(self.known() >= LEAST_TELLING || !self.is_bare());
        self.differences.unread > most_unread || star || self.differences.in_series
    }

    /// Whether one of the two stands on a part that goes from gun to gun, such as a magazine.
    pub(crate) fn is_of_a_part(&self) -> bool {
        self.recorded.place == Place::Other || self.seen.place == Place::Other
    }

    /// Whether the numbers are figures alone: many makers have given those.
    pub(crate) fn is_bare(&self) -> bool {
        !self.recorded_key.line.has_letters() && !self.seen_key.line.has_letters()
    }

    /// Whether they are so few figures that every maker has a gun of that number, and equal ones
    /// say nothing until somebody says whose.
    pub(crate) fn is_anybodys(&self) -> bool {
        self.is_bare() && self.known() < LEAST_TELLING
    }

    /// Notes what it weighs, and why.
    pub(crate) fn note(&self, notes: &mut Notes, bench: &mut Bench) {
        if !notes.lists() {
            notes.bits += self.bits;
            return;
        }
        bench.weigh(&self.recorded_key.line, &self.seen_key.line);
        let bits = if elsewhere(self.recorded, self.seen) { self.bits + ELSEWHERE } else { self.bits };
        let rank = bits.abs().max(1);
        if let Some(is) = self.not_serial() {
            notes.state(bits, super::notes::DECISIVE, true, Reason::NumberIsNone { is });
        } else {
            let (against, reason) = self.reason(&bench.steps);
            notes.state(bits, rank, against, reason);
        }
        if elsewhere(self.recorded, self.seen) {
            let (recorded, seen) = (self.recorded.place, self.seen.place);
            notes.state(-ELSEWHERE, ELSEWHERE, true, Reason::NumberElsewhere { recorded, seen });
        }
    }

    /// The reason, and whether it stands among those against.
    fn reason(&self, steps: &[Step]) -> (bool, Reason) {
        if self.fits_pattern() {
            return (false, Reason::NumberFits { known: self.known() });
        }
        if !self.has_gaps() && steps.iter().all(|step| step.kind == StepKind::Same) {
            return (false, Reason::NumberSame);
        }
        let differing = steps.iter().filter(|step| !matches!(step.kind, StepKind::Same | StepKind::Unread));
        let places = differing.count() as u8;
        if self.differences.same_skeleton {
            return (false, Reason::NumberFolded { places });
        }
        if self.fit == Fit::Part || is_cut(steps) {
            let lost = self.recorded_key.cells.len().abs_diff(self.seen_key.cells.len());
            return (false, Reason::NumberPart { lost: lost as u8 });
        }
        single(steps).unwrap_or((true, Reason::NumberFar { edits: places }))
    }
}

/// Whether nothing differs but a prefix or suffix of letters that one side lacks.
fn is_cut(steps: &[Step]) -> bool {
    let lacks = |step: &Step, kind: StepKind| {
        let letter = step.recorded.or(step.seen).is_some_and(|c| !c.is_numeric());
        step.kind == kind && letter
    };
    [StepKind::OnlySeen, StepKind::OnlyRecorded].into_iter().any(|kind| {
        let start = steps.iter().take_while(|step| lacks(step, kind)).count();
        let end = steps.iter().rev().take_while(|step| lacks(step, kind)).count();
        start + end > 0
            && start + end < steps.len()
            && steps[start..steps.len() - end].iter().all(|step| step.kind == StepKind::Same)
    })
}

/// The reason when there is one error only, with its place.
fn single(steps: &[Step]) -> Option<(bool, Reason)> {
    let mut differing =
        steps.iter().enumerate().filter(|(_, step)| !matches!(step.kind, StepKind::Same | StepKind::Unread));
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

/// Whether the numbers stand on different parts; where nobody said on which it stands, that it
/// is a magazine, a cylinder or a stock is not to be supposed.
fn elsewhere(recorded: &Reading, seen: &Reading) -> bool {
    let stated = recorded.place != Place::Unstated && seen.place != Place::Unstated;
    let other = recorded.place == Place::Other || seen.place == Place::Other;
    let same = recorded.place == seen.place || (recorded.is_frame() && seen.is_frame());
    (stated || other) && !same
}

/// Whether both guns have a number of their own and no two of these fit, though another does.
///
/// A gun's own number stands on frame or receiver. Where none does it may be any of which nobody
/// said where it stands, unless that is the very one that agrees.
pub(crate) fn other_frame(record: &Prepared, check: &Prepared, likeness: &Likeness<'_>) -> bool {
    fn own(gun: &Prepared, is_own: fn(&Reading) -> bool) -> Vec<&Key> {
        let own = gun.readings.iter().filter(|reading| is_own(reading) && reading.is_serial());
        own.flat_map(|reading| &reading.keys).collect()
    }
    fn unstated_too(gun: &Prepared) -> Vec<&Key> {
        let frames = own(gun, Reading::is_frame);
        if frames.is_empty() { own(gun, Reading::is_unstated) } else { frames }
    }
    let apart = |a: &[&Key], b: &[&Key]| {
        let fits = |a: &&Key| b.iter().any(|b| distance::fit(a, b).is_some());
        !a.is_empty() && !b.is_empty() && !a.iter().any(fits)
    };
    let is_another = |reading: &Reading| !reading.is_frame() && !reading.is_unstated();
    apart(&own(record, Reading::is_frame), &own(check, Reading::is_frame))
        || (is_another(likeness.recorded)
            && is_another(likeness.seen)
            && apart(&unstated_too(record), &unstated_too(check)))
}
