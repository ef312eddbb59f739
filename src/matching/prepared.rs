//! A gun made ready for being compared with many others.

use super::about::{About, Make, Resolved};
use super::key::{self, Key, Role};
use super::number::{self, Norm, NumberKind, Skeleton, Taken, designation};
use crate::domain::date::PartialDate;
use crate::domain::evidence::NotSerial;
use crate::domain::gun::{Gun, Place};
use crate::domain::hit::Exclusion;
use crate::reference::model;
use std::sync::Arc;

/// One gun, on record or in hand, made ready for matching: its numbers normalised, its
/// description resolved, and what is known of the event.
///
/// It keeps no text that was not needed, so that a store of a million fits in memory.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    pub(crate) readings: Vec<Reading>,
    /// Shared by all guns of one description.
    pub(crate) about: Arc<About>,
    /// In which it was made.
    pub(crate) made: Option<i16>,
    pub(crate) when: Option<PartialDate>,
    pub(crate) closed: bool,
    pub(crate) excluded: Vec<(Prepared, Exclusion)>,
    /// Where a number is read into before it is made a key.
    symbols: Vec<u8>,
}

impl PartialEq for Prepared {
    fn eq(&self, other: &Self) -> bool {
        let of = |gun: &Self| (gun.made, gun.when, gun.closed);
        of(self) == of(other)
            && self.readings == other.readings
            && self.about == other.about
            && self.excluded == other.excluded
    }
}

/// Most numbers of a gun that are kept, those on frame and receiver first: no gun has so many, and a
/// search takes as long as all of them together.
const MOST_READINGS: usize = 24;

/// One number of a gun in all its readings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub place: Place,
    pub kind: NumberKind,
    pub keys: Vec<Key>,
}

impl Prepared {
    /// Prepares a gun of which nothing but the description is known.
    pub fn of(gun: &Gun) -> Self {
        Self::described(gun, Arc::new(About::of(gun)))
    }

    /// The same, with what was resolved for guns before it.
    pub fn with(gun: &Gun, resolved: &mut Resolved) -> Self {
        Self::described(gun, Arc::new(About::resolved(gun, resolved)))
    }

    /// The same of a gun whose description has been resolved.
    pub(crate) fn described(gun: &Gun, about: Arc<About>) -> Self {
        let mut readings = Vec::with_capacity(gun.numbers.len());
        for place in Place::ALL {
            for number in gun.numbers.iter().filter(|number| number.place == place) {
                for mut taken in number::take_apart(number.as_seen.as_str()) {
                    taken.kind = judged(&taken, &about);
                    let place = Some(place).filter(|place| *place != Place::Unstated).or(taken.place);
                    let keys = Key::of(&taken);
                    // What is left of it says nothing that a gun could be found by.
                    let unread = taken.kind == NumberKind::Serial && keys.is_empty();
                    let kind = if unread { NumberKind::NotSerial(NotSerial::Unread) } else { taken.kind };
                    readings.push(Reading { place: place.unwrap_or_default(), kind, keys });
                }
            }
        }
        readings.truncate(MOST_READINGS);
        Self {
            readings,
            about,
            made: gun.year,
            when: None,
            closed: false,
            excluded: Vec::new(),
            symbols: Vec::new(),
        }
    }

    /// Of a record, when its gun was lost; of a check, when the gun came into hand.
    #[must_use]
    pub fn on(mut self, when: Option<PartialDate>) -> Self {
        self.when = when;
        self
    }

    /// Of a record, whether it was cleared, cancelled or let run out.
    #[must_use]
    pub fn closed(mut self, closed: bool) -> Self {
        self.closed = closed;
        self
    }

    /// Of a record: adds a gun in hand that was once found not to be this one, so that the
    /// pair does not come up again, whoever checks it.
    #[must_use]
    pub fn excluding(mut self, gun: &Gun, reason: Exclusion) -> Self {
        self.excluded.push((Prepared::of(gun), reason));
        self
    }

    /// Becomes a gun with one plain number, which is read as symbols below 36 into a buffer;
    /// nothing is allocated once it has been one before.
    pub(crate) fn become_plain(&mut self, place: Place, read: &mut dyn FnMut(&mut Vec<u8>)) {
        let mut symbols = std::mem::take(&mut self.symbols);
        read(&mut symbols);
        self.readings.truncate(1);
        if self.readings.is_empty() {
            self.readings.push(Reading { place, kind: NumberKind::Serial, keys: Vec::new() });
        }
        let reading = &mut self.readings[0];
        (reading.place, reading.kind) = (place, NumberKind::Serial);
        let mut used = 0;
        let mut become_key = |role: Role, symbols: &[u8]| {
            if used == reading.keys.len() {
                reading.keys.push(Key::default());
            }
            reading.keys[used].become_plain(symbols, role);
            used += 1;
        };
        become_key(Role::Whole, &symbols);
        derived(&symbols, &mut become_key);
        reading.keys.truncate(used);
        self.symbols = symbols;
    }

    /// The key and place of its number, if it has one serial of plain capitals and figures and
    /// its other readings follow from that.
    pub(crate) fn only_plain(&self) -> Option<(&Key, Place)> {
        let [reading] = self.readings.as_slice() else { return None };
        let follows = |key: &Key| matches!(key.traits.role, Role::Whole | Role::Trimmed | Role::Core);
        let plain = reading.is_serial() && reading.keys.iter().all(follows);
        let key = reading.keys.first().filter(|key| plain && key.is_plain())?;
        Some((key, reading.place))
    }

    /// Whether there is a serial to search by.
    pub fn has_serial(&self) -> bool {
        self.readings.iter().any(Reading::is_serial)
    }

    /// What the first entry among its numbers is, if none of them is a serial.
    pub fn not_serial(&self) -> Option<NotSerial> {
        self.readings.iter().find_map(|reading| match reading.kind {
            _ if self.has_serial() => None,
            NumberKind::NotSerial(what) => Some(what),
            NumberKind::Serial => None,
        })
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.readings.iter().flat_map(|reading| &reading.keys)
    }
}

impl Reading {
    /// Whether it is a serial that can be searched by.
    pub(crate) fn is_serial(&self) -> bool {
        self.kind == NumberKind::Serial && !self.keys.is_empty()
    }

    /// The most that an equal number can weigh, in hundredths of a bit.
    ///
    /// What is no serial may agree a thousand times and says nothing. But of all the guns that
    /// carry 12345 some do so rightly, so a run of five figures says a little.
    pub(crate) fn most_bits(&self) -> i32 {
        let run = |key: &Key| {
            let different = key.cells.iter().fold(0, |all, cell| all | cell);
            key.traits.known >= 5 && u64::count_ones(different) >= 5
        };
        match self.kind {
            NumberKind::Serial => i32::MAX,
            NumberKind::NotSerial(NotSerial::Placeholder) if self.keys.iter().any(run) => 600,
            NumberKind::NotSerial(_) => 0,
        }
    }

    /// Whether it stands on the part that is the gun in law.
    pub(crate) fn is_frame(&self) -> bool {
        matches!(self.place, Place::Frame | Place::Receiver)
    }

    /// Whether nobody said where it stands.
    pub(crate) fn is_unstated(&self) -> bool {
        self.place == Place::Unstated
    }

    /// The key of the number as it was read.
    pub(crate) fn whole(&self) -> Option<&Key> {
        self.keys.iter().find(|key| matches!(key.traits.role, Role::Whole | Role::Exact))
    }

    pub(crate) fn skeleton(&self) -> Option<Skeleton> {
        self.whole().map(|key| Norm::already(key.line.to_string().replace(['^', '$'], "")).skeleton())
    }
}

/// The readings that follow from a plain number, given as symbols below 36: without leading
/// zeros, and without letters between figures. They must be those that [`Key::of`] makes.
pub(crate) fn derived(symbols: &[u8], each: &mut dyn FnMut(Role, &[u8])) {
    let numeral = |symbol: &u8| *symbol < 10;
    let figure = |symbol: &u8| number::is_figure(key::character(*symbol));
    let zeros = number::leading_zeros(symbols.iter().map(|symbol| key::character(*symbol)));
    if zeros > 0 && symbols.len() - zeros >= key::LEAST_DERIVED {
        each(Role::Trimmed, &symbols[zeros..]);
    }
    let (Some(first), Some(last)) = (symbols.iter().position(numeral), symbols.iter().rposition(numeral))
    else {
        return;
    };
    if symbols[first..last].iter().all(figure) {
        return;
    }
    let embedded = |at: usize| (first..last).contains(&at) && !figure(&symbols[at]);
    let core: Vec<u8> = (0..symbols.len()).filter(|at| !embedded(*at)).map(|at| symbols[at]).collect();
    if core.len() >= key::LEAST_DERIVED {
        each(Role::Core, &core);
    }
}

/// Most characters of the gun's own model once more; longer ones are rather serials that were
/// typed into the wrong field as well.
const SHORT_MODEL: usize = 5;

/// What a number is, now that make and model are known: the gun's own model once more is
/// none, a known error of entry, and so is a model of its make with a variant behind it; the
/// name of another maker's model may well be one.
fn judged(taken: &Taken, about: &About) -> NumberKind {
    let norm = taken.look.norm();
    let maker = about.make.as_ref().filter(|make| !make.meanings.is_empty() && !make.is_guess());
    let of_make = |maker: &Make| {
        let behind_name = taken.latin.strip_prefix(&maker.text.to_ascii_uppercase());
        let text = behind_name.filter(|rest| rest.starts_with(' ')).unwrap_or(&taken.latin);
        let known = |name: &str| model::named(name).any(|model| maker.may_be(&model.make));
        designation::is_variant(text, &known)
    };
    match taken.kind {
        NumberKind::Serial if !taken.look.has_gaps() => {
            let short = norm.as_str().chars().count() <= SHORT_MODEL;
            let own = short && about.model.as_ref().is_some_and(|model| Norm::of(&model.text) == norm);
            if own || maker.is_some_and(|maker| of_make(maker)) {
                NumberKind::NotSerial(NotSerial::Model)
            } else {
                taken.kind
            }
        }
        NumberKind::NotSerial(NotSerial::Model) => {
            let makes = model::designations(norm.as_str()).into_iter().map(|model| model.make.as_str());
            let named: Vec<&str> = makes.collect();
            let other = maker.is_some_and(|maker| {
                let others = !named.is_empty() && !named.iter().any(|code| maker.may_be(code));
                // `MOD 123` may be a prefix with a blank behind it.
                others || (named.is_empty() && is_prefixed(&taken.latin) && !of_make(maker))
            });
            if other { NumberKind::Serial } else { taken.kind }
        }
        kind => kind,
    }
}

/// Whether a text may be a prefix of three letters and three figures with a blank between them.
fn is_prefixed(latin: &str) -> bool {
    let parts = latin.split_once(' ');
    parts.is_some_and(|(letters, figures)| {
        letters.len() == 3 && figures.len() == 3 && figures.bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::gun::Number;

    fn gun(numbers: &[(&str, Place)]) -> Gun {
        let numbers = numbers.iter().map(|(text, place)| Number { as_seen: (*text).into(), place: *place });
        Gun { numbers: numbers.collect(), ..Gun::default() }
    }

    #[test]
    fn numbers_stand_in_the_order_of_search() {
        let prepared = Prepared::of(&gun(&[("SL4711", Place::Slide), ("KD73519", Place::Frame)]));
        assert_eq!(prepared.readings[0].place, Place::Frame);
        assert!(prepared.has_serial());
    }

    #[test]
    fn a_remark_names_the_part() {
        let prepared = Prepared::of(&gun(&[("VPW370 (CANO)", Place::Unstated)]));
        assert_eq!(prepared.readings[0].place, Place::Barrel);
    }

    #[test]
    fn the_own_model_is_no_serial() {
        let mut gun = gun(&[("10-5", Place::Frame)]);
        gun.model = Some("10-5".into());
        let prepared = Prepared::of(&gun);
        assert_eq!(prepared.not_serial(), Some(NotSerial::Model));
        assert!(!prepared.has_serial());
    }

    #[test]
    fn a_model_of_the_make_is_no_serial_whatever_variant_it_is() {
        for (make, text, serial) in [
            ("Taurus", "PT100AF", false),
            ("Taurus", "85S", false),
            ("Taurus", "838C", false),
            ("Taurus", "MD 85", false),
            ("Glock", "G19 GEN4", false),
            ("Glock", "19 GEN 5", false),
            ("Glock", "G17C", false),
            ("Beretta", "M92FS", false),
            ("CZ", "CZ 75B", false),
            ("Smith & Wesson", "MOD10-5", false),
            ("Colt", "AR15A2", false),
            ("CBC", "CBC 122.2", false),
            ("CBC", "PUMP 586", false),
            ("Taurus", "KL45127", true),
            ("Taurus", "PT100 45127", true),
            ("Glock", "KZT482", true),
            ("Glock", "BBKA19Z", true),
            ("Glock", "CAT 123", true),
            ("Glock", "MOD 123", true),
            ("Smith & Wesson", "ABD1234", true),
            ("Smith & Wesson", "10D1234", true),
            ("SIG Sauer", "47A012345", true),
            ("Colt", "70G12345", true),
            ("Ruger", "123-45679", true),
            ("", "PT100AF", true),
            ("Nobody", "85S", true),
        ] {
            let mut gun = gun(&[(text, Place::Frame)]);
            gun.make = Some(make.into()).filter(|_| !make.is_empty());
            assert_eq!(Prepared::of(&gun).has_serial(), serial, "{make} {text}");
        }
    }

    #[test]
    fn more_numbers_than_a_byte_counts_are_cut_off() {
        let many: Vec<String> = (0..300).map(|n| format!("{}", 40_000 + n)).collect();
        let texts: Vec<(String, Place)> =
            many.chunks(30).map(|part| (part.join(";"), Place::Unstated)).collect();
        let texts: Vec<(&str, Place)> = texts.iter().map(|(text, place)| (text.as_str(), *place)).collect();
        assert_eq!(Prepared::of(&gun(&texts)).readings.len(), MOST_READINGS);
    }

    #[test]
    fn too_little_that_was_read_is_no_serial() {
        let prepared = Prepared::of(&gun(&[("???512", Place::Frame)]));
        assert_eq!(prepared.not_serial(), Some(NotSerial::Unread));
    }

    #[test]
    fn the_model_of_another_maker_may_be_a_serial() {
        let mut gun = gun(&[("4006", Place::Frame)]);
        assert_eq!(Prepared::of(&gun).not_serial(), Some(NotSerial::Model));
        gun.make = Some("Beretta".into());
        assert!(Prepared::of(&gun).has_serial());
        gun.make = Some("Smith & Wesson".into());
        assert!(!Prepared::of(&gun).has_serial());
    }
}
