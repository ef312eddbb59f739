//! What speaks for and against two guns being one, weighed.
//!
//! The weight of a pair is a logarithm: of how much likelier all that is known of the two is
//! if they are one gun than if they are two. It depends on the pair alone and is the same
//! from whichever side it was found. The band depends on the rivals too: it is the share that
//! the record has of everything that the gun in hand may be, the guns in no store included.

mod fields;
mod ground;
mod notes;
mod number;
mod untold;
mod weight;

use super::about::{About, Tie};
use super::align::Bench;
use super::distance::Fit;
use super::prepared::{Prepared, Reading};
use crate::domain::evidence::{Band, Bits, Evidence, Reason};
use crate::reference::{calibre, model};
use fields::Fields;
pub(crate) use ground::Ground;
use notes::{DECISIVE, Notes};
use std::collections::HashMap;
use std::sync::Arc;
use untold::Count;

/// Least share, in hundredths, that makes a record a lead.
const LEAST_POSSIBLE: u128 = 1;
/// Least share that stands in another record's way.
const LEAST_RIVAL: u128 = 10;

/// A record and a check that may be about one gun, weighed without their rivals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    bits: i32,
    /// What of its weight does not count where a hit is raised, in hundredths of a bit.
    doubted: i32,
    decisive: bool,
    excluded: bool,
    closed: bool,
    number: Option<Number>,
}

/// How the numbers of a pair agree, as far as bands and rarity ask.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Number {
    fit: Fit,
    serial: bool,
    same_skeleton: bool,
    may_be_neighbour: bool,
    /// Not to be relied on for a hit by itself, whatever it weighs.
    is_weak: bool,
    known: u8,
    /// Figures alone.
    is_bare: bool,
    /// Where the recorded number stands among those of its gun.
    at: u8,
}

/// One gun in hand on its way through many records.
pub(crate) struct Comparison<'a> {
    check: &'a Prepared,
    ground: &'a Ground,
    count: Count<'a>,
    bench: Bench,
    /// What the descriptions met so far come to, by where they stand in memory; each is held,
    /// so that no other can come to stand there.
    fields: HashMap<*const About, (Arc<About>, Fields)>,
}

/// Weighs a recorded gun against one in hand, in a store of which nothing is known; nothing
/// when they are no pair at all.
///
/// A pair agrees in a number within the errors that its length allows, or, when one of the
/// two has no serial, in make and model or make, calibre and type. Numbers of up to three
/// characters count only when they are equal and the make or the model agrees.
pub fn compare(record: &Prepared, check: &Prepared) -> Option<Pair> {
    Comparison::new(check, &Ground::of(check, &|_| 0), &|_| 0).pair(record)
}

impl<'a> Comparison<'a> {
    /// Begins with a gun in hand and what the store says of guns like it.
    pub(crate) fn new(check: &'a Prepared, ground: &'a Ground, count: Count<'a>) -> Self {
        Self { check, ground, count, bench: Bench::default(), fields: HashMap::new() }
    }

    /// [`compare()`] with what the store says.
    pub(crate) fn pair(&mut self, record: &Prepared) -> Option<Pair> {
        let (check, ground, count) = (self.check, self.ground, self.count);
        let known = self.fields.entry(Arc::as_ptr(&record.about)).or_insert_with(|| {
            (Arc::clone(&record.about), described(record, check, (ground, count), Notes::silent()))
        });
        let fields = known.1.clone();
        self.weigh(record, fields, &mut Notes::silent())
    }

    /// The band among rivals and the reasons; nothing when they are no pair.
    pub(crate) fn evidence(&mut self, record: &Prepared, rivals: &Rivals) -> Option<Evidence> {
        let fields = described(record, self.check, (self.ground, self.count), Notes::listing());
        let mut notes = Notes::listing();
        let pair = self.weigh(record, fields, &mut notes)?;
        Some(Evidence {
            band: pair.band(rivals),
            bits: pair.bits(),
            speaks_for: notes.best(false),
            speaks_against: notes.best(true),
        })
    }

    fn weigh(&mut self, record: &Prepared, mut fields: Fields, notes: &mut Notes) -> Option<Pair> {
        let check = self.check;
        let likeness = number::best(record, check, self.ground, &mut self.bench);
        if likeness.is_none() && record.has_serial() && check.has_serial() {
            return None;
        }
        fields.weigh_times(record, check);
        let mut decisive = fields.decisive;
        let mut doubted = 0;
        let number = match &likeness {
            Some(likeness) => {
                if likeness.known() < 4 && !says_who(&fields) {
                    return None;
                }
                likeness.note(notes, &mut self.bench);
                notes.bits += unique(likeness, &fields);
                doubted = in_series(likeness, &fields);
                // Numbers that begin alike are mostly of one maker, so that it is the same one
                // says little more.
                let worth = self.ground.maker().map_or(0, |(_, worth)| worth);
                if fields.make.agrees() || fields.same_model() || self.ground.is_maker_of(&record.about) {
                    notes.bits -= (worth - likeness.make).max(0);
                } else if record.about.make.is_none() {
                    let recorded = (&*record.about, likeness.recorded_key());
                    notes.imply(untold::make(recorded, likeness.make, self.ground, self.count));
                }
                if number::other_frame(record, check, likeness) {
                    decisive = true;
                    notes.bits -= number::OTHER_FRAME;
                }
                Some(Number {
                    fit: likeness.fit,
                    serial: likeness.not_serial().is_none(),
                    same_skeleton: likeness.differences.same_skeleton,
                    may_be_neighbour: likeness.may_be_neighbour(),
                    is_weak: !likeness.has_figures()
                        || likeness.is_of_a_part()
                        || (likeness.is_bare() && fields.object())
                        || (likeness.is_anybodys() && !fields.vouch()),
                    known: likeness.known(),
                    is_bare: likeness.is_bare(),
                    at: likeness.at,
                })
            }
            None => {
                if !fields.describes() {
                    return None;
                }
                if let Some(is) = check.not_serial().or(record.not_serial()) {
                    notes.state(0, DECISIVE, true, Reason::NumberIsNone { is });
                }
                None
            }
        };
        notes.append(fields.notes);
        let exclusion = exclusion(record, check);
        if let Some(reason) = &exclusion {
            notes.state(0, DECISIVE + 1, true, reason.clone());
        }
        let (excluded, closed) = (exclusion.is_some(), record.closed);
        Some(Pair { bits: notes.bits, doubted, decisive, excluded, closed, number })
    }
}

/// What two descriptions say, with what the record says without telling it.
fn described(
    record: &Prepared,
    check: &Prepared,
    (ground, count): (&Ground, Count<'_>),
    notes: Notes,
) -> Fields {
    let (a, b) = (&record.about, &check.about);
    let mut fields = fields::weigh(a, b, ground, notes);
    fields.notes.imply(untold::fields(a, b, fields.make.agrees(), ground, count));
    fields
}

/// Whether two descriptions say enough, and agree well enough, to find a gun without its
/// number by.
pub(crate) fn describes(recorded: &About, seen: &About) -> bool {
    fields::tie(recorded, seen).agrees()
        && fields::weigh(recorded, seen, &Ground::default(), Notes::silent()).describes()
}

/// What number and make say together that neither says alone.
///
/// No maker gives a number twice on purpose (the law of its country forbids it), so two guns
/// of one make and one number are rarer than chance has it: another gun has this number only
/// if it was misread, which is one in six. It counts for nothing where numbering begins again.
fn unique(likeness: &number::Likeness, fields: &Fields) -> i32 {
    let unique = likeness.not_serial().is_none()
        && likeness.differences.same_skeleton
        && likeness.known() >= LEAST_UNIQUE
        && fields.make.agrees()
        && !fields.numbering_restarts;
    if unique { UNIQUE } else { 0 }
}

/// What of a description is not to be relied on: a number that differs as the next one of a
/// series does comes with all the fields of its series. They tell which record the gun in
/// hand may be, but not that it is in the store at all.
fn in_series(likeness: &number::Likeness, fields: &Fields) -> i32 {
    let bits = fields.notes.bits.max(0);
    match likeness.differences {
        // Neighbours that changed places do not come from counting on, but for the last two.
        differences if differences.only_swapped => bits / 2,
        differences if differences.in_series => bits * 3 / 4,
        _ => 0,
    }
}

/// Weight of a number being given once by a maker, in hundredths of a bit.
const UNIQUE: i32 = 260;
/// Shorter numbers are older than the rule, or a model's own.
const LEAST_UNIQUE: u8 = 6;

/// Whether make or model agree, which a number that thousands of guns have does not do without.
fn says_who(fields: &Fields) -> bool {
    fields.make.agrees() || matches!(fields.model, model::Relation::Same | model::Relation::Alias)
}

/// The exclusion that an officer once made of this record and a gun like the one in hand; by
/// its description alone no gun is known again.
fn exclusion(record: &Prepared, check: &Prepared) -> Option<Reason> {
    let excluded = record.excluded.iter().find(|(gun, _)| is_same_as_excluded(gun, check))?;
    Some(Reason::ExcludedBefore { reason: excluded.1.code().to_owned() })
}

/// Whether a gun in hand is, for all that is said, the one that was excluded: it has the same
/// number, contradicts nothing, and tells nothing that was not told then.
fn is_same_as_excluded(gun: &Prepared, check: &Prepared) -> bool {
    let numbers = |gun: &Prepared| {
        let serials = gun.readings.iter().filter(|reading| reading.is_serial());
        serials.filter_map(super::prepared::Reading::skeleton).collect::<Vec<_>>()
    };
    let (then, now) = (numbers(gun), numbers(check));
    let same_number = then.iter().any(|number| now.contains(number));
    let (a, b) = (&gun.about, &check.about);
    let tells_more = (b.make.is_some() && a.make.is_none())
        || (b.model.is_some() && a.model.is_none())
        || (b.calibre.is_some() && a.calibre.is_none())
        || (b.gun_type.is_some() && a.gun_type.is_none());
    same_number
        && !tells_more
        && !matches!(fields::tie(a, b), Tie::Different | Tie::Compatible)
        && fields::calibre_relation(a, b) != calibre::Relation::Different
        && fields::model_relation(a, b) != model::Relation::Different
        && a.gun_type.is_none_or(|then| b.gun_type.is_none_or(|now| then == now))
}

impl Pair {
    /// Its weight without the prior.
    pub fn bits(&self) -> Bits {
        Bits(self.bits)
    }

    /// The same as odds, for adding up with those of its rivals.
    ///
    /// A record that an officer excluded for this gun, or that is closed, is no rival of one that
    /// still seeks its gun.
    pub(crate) fn odds(&self) -> u128 {
        if self.excluded || self.closed { 0 } else { weight::odds(self.bits) }
    }

    /// Whether its odds count among those of others: with less than this share they change no
    /// band by more than a sixth of a bit.
    pub(crate) fn is_rival(&self, others: &Rivals) -> bool {
        weight::reaches(self.odds(), others.others, LEAST_RIVAL)
    }

    /// How many errors lie between the numbers, 3 for a part of one; nothing when the pair
    /// was not found by a number.
    pub(crate) fn errors(&self) -> Option<u8> {
        self.number.as_ref().map(|number| match number.fit {
            Fit::Whole(errors) => errors,
            Fit::Part => 3,
        })
    }

    /// Whether a serial found it, and not a description or a filler.
    pub(crate) fn by_serial(&self) -> bool {
        self.number.as_ref().is_some_and(|number| number.serial)
    }

    /// The band, given what else the gun in hand may be.
    pub fn band(&self, rivals: &Rivals) -> Band {
        let share = |hundredths| {
            let own = weight::odds(self.bits - self.doubted);
            weight::reaches(own, rivals.others, hundredths)
        };
        if self.excluded {
            return Band::Unlikely;
        }
        let likely = self.number.as_ref().is_some_and(|number| {
            number.serial
                && !number.is_weak
                && ((number.same_skeleton && share(95)) || (!number.may_be_neighbour && share(99)))
        });
        if likely && !self.decisive {
            Band::Likely
        } else if share(LEAST_POSSIBLE) {
            Band::Possible
        } else {
            Band::Unlikely
        }
    }

    /// Whether its number is one that a maker gives once, so that records of it which agree in
    /// all they tell are one gun entered again, however many.
    pub(crate) fn tells_one_gun(&self) -> bool {
        self.number.as_ref().is_some_and(|number| number.serial && !number.is_bare && number.known >= LONG)
    }

    /// Whether two records that a check may be about describe one gun, so that they do not
    /// stand in each other's way: the same number and maker, and nothing that differs. Where
    /// the maker is not said on one of them, the number must be long.
    pub(crate) fn is_twin<'a>(&self, own: &'a Prepared, other: &Pair, others: &'a Prepared) -> bool {
        let (Some(a), Some(b)) = (&self.number, &other.number) else { return false };
        let cells = |gun: &'a Prepared, number: &Number| {
            gun.readings.get(usize::from(number.at)).and_then(Reading::whole).map(|key| &key.cells)
        };
        if !a.serial || cells(own, a) != cells(others, b) {
            return false;
        }
        let (x, y) = (&own.about, &others.about);
        let maker = match fields::tie(x, y) {
            Tie::Same | Tie::Brand => true,
            Tie::Unknown | Tie::Guess | Tie::Compatible => a.known.min(b.known) >= LONG,
            Tie::Different => false,
        };
        maker
            && fields::model_relation(x, y) != model::Relation::Different
            && fields::calibre_relation(x, y) != calibre::Relation::Different
            && fields::type_relation(x, y) != crate::reference::gun_type::Relation::Different
    }
}

/// From this many characters on, two records of one number are of one gun until something
/// speaks against it.
const LONG: u8 = 7;

/// Everything else that the gun in hand may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rivals {
    others: u128,
}

impl Rivals {
    /// No rival on record: only the guns that are in no store, of as many `records`.
    pub fn none(records: u64) -> Self {
        Self { others: weight::unmatched(records) }
    }

    /// One more rival.
    #[must_use]
    pub fn and(self, rival: &Pair) -> Self {
        Self { others: self.others.saturating_add(rival.odds()) }
    }

    /// Rivals whose odds were added up before.
    pub(crate) fn of(records: u64, odds: u128) -> Self {
        Self { others: weight::unmatched(records).saturating_add(odds) }
    }
}

/// The evidence of one pair among its rivals; nothing when the two are no pair.
pub fn score(record: &Prepared, check: &Prepared, rivals: &Rivals) -> Option<Evidence> {
    Comparison::new(check, &Ground::of(check, &|_| 0), &|_| 0).evidence(record, rivals)
}

#[cfg(test)]
mod tests;
