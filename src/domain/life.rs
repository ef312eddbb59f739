//! The life of a gun, as far as a record and a check tell it: dated steps, and the gaps between.

use super::date::PartialDate;
use super::gun::Gun;
use super::ids::{CountryCode, RecordId};
use super::record::{Circumstance, Report};
use super::text::Text;

/// One step of a gun's life, or a gap between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub kind: StepKind,
    /// When, or from when; nothing when it is not dated.
    pub from: Option<PartialDate>,
    /// Until when, where it is a span.
    pub until: Option<PartialDate>,
    /// The country, where it is known.
    pub country: Option<CountryCode>,
    /// Maker, importer or place, as stated.
    pub who: Option<Text>,
    /// How sure it is.
    pub sure: Sure,
    /// Whether it cannot have come after the step before it: one of the two is wrong.
    pub out_of_order: bool,
}

/// What happened at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// It was made.
    Made,
    /// It was imported, as its mark says.
    Imported {
        /// The mark.
        mark: Text,
    },
    /// Nothing is known of so many years.
    Gap {
        /// Whole years between the two steps around it.
        years: i16,
    },
    /// It was reported; for what is sought this is where it left the licit world.
    Reported {
        /// What happened to it.
        circumstance: Circumstance,
        /// The record.
        record: RecordId,
    },
    /// It came into hand.
    Found,
}

/// How sure a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Both sides, or nobody but the gun itself, say so.
    Certain,
    /// One side says so.
    Likely,
    /// Nobody has said anything.
    Unknown,
}

/// What is recorded of the gun.
#[derive(Debug, Clone, Copy)]
pub struct Recorded<'a> {
    /// The record.
    pub id: RecordId,
    /// Its owner.
    pub owner: CountryCode,
    /// What it reports.
    pub report: &'a Report,
}

/// What was seen on the gun in hand.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// In whose hands.
    pub finder: CountryCode,
    /// The gun as it was read.
    pub gun: &'a Gun,
    /// When it came into hand.
    pub found: Option<PartialDate>,
}

/// Years between two dated steps from which on they are a gap.
const GAP_YEARS: i16 = 2;

/// The steps in the order in which they must have happened: made, imported, reported,
/// found. Gaps stand between dated steps that are two years or more apart; a step that is
/// dated before the one it must follow is marked, not moved.
pub fn steps(recorded: Option<Recorded<'_>>, seen: Option<Seen<'_>>) -> Vec<Step> {
    let mut steps = Vec::new();
    steps.extend(made(recorded, seen));
    steps.extend(imported(recorded, seen));
    if let Some(recorded) = recorded {
        steps.push(reported(recorded));
    }
    if let Some(seen) = seen {
        steps.push(Step {
            kind: StepKind::Found,
            from: seen.found,
            until: None,
            country: Some(seen.finder),
            who: None,
            sure: Sure::Certain,
            out_of_order: false,
        });
    }
    mark_disorder(&mut steps);
    with_gaps(steps)
}

/// A field of both guns: the recorded one first, and whether both agree.
fn both<T: PartialEq + Clone>(
    recorded: Option<Recorded<'_>>,
    seen: Option<Seen<'_>>,
    field: impl Fn(&Gun) -> Option<T>,
) -> Option<(T, bool)> {
    let ours = recorded.and_then(|r| field(&r.report.gun));
    let theirs = seen.and_then(|s| field(s.gun));
    match (ours, theirs) {
        (Some(a), Some(b)) => Some((a.clone(), a == b)),
        (Some(a), None) | (None, Some(a)) => Some((a, false)),
        (None, None) => None,
    }
}

fn made(recorded: Option<Recorded<'_>>, seen: Option<Seen<'_>>) -> Option<Step> {
    let year = both(recorded, seen, |gun| gun.year);
    let country = both(recorded, seen, |gun| gun.made_in);
    let make = both(recorded, seen, |gun| gun.make.clone());
    // That somebody made it is true of every gun.
    if year.is_none() && country.is_none() {
        return None;
    }
    let agreed = [year.map(|y| y.1), country.map(|c| c.1)].into_iter().flatten().any(|agreed| agreed);
    Some(Step {
        kind: StepKind::Made,
        from: year.and_then(|(year, _)| PartialDate::new(year, None, None).ok()),
        until: None,
        country: country.map(|(country, _)| country),
        who: make.map(|(make, _)| make),
        sure: if agreed { Sure::Certain } else { Sure::Likely },
        out_of_order: false,
    })
}

fn imported(recorded: Option<Recorded<'_>>, seen: Option<Seen<'_>>) -> Option<Step> {
    let mark = both(recorded, seen, |gun| gun.import_mark.clone());
    let importer = both(recorded, seen, |gun| gun.importer.clone());
    if mark.is_none() && importer.is_none() {
        return None;
    }
    let read = mark.as_ref().and_then(|(mark, _)| read_mark(mark.as_str(), latest_year(recorded, seen)));
    Some(Step {
        from: read.and_then(|(_, year)| PartialDate::new(year, None, None).ok()),
        until: None,
        country: read.map(|(country, _)| country),
        who: importer.map(|(importer, _)| importer),
        sure: if mark.as_ref().is_some_and(|(_, agreed)| *agreed) { Sure::Certain } else { Sure::Likely },
        out_of_order: false,
        kind: StepKind::Imported { mark: mark.map(|(mark, _)| mark).unwrap_or_default() },
    })
}

fn reported(recorded: Recorded<'_>) -> Step {
    Step {
        kind: StepKind::Reported { circumstance: recorded.report.circumstance, record: recorded.id },
        from: recorded.report.date,
        until: None,
        country: Some(recorded.owner),
        who: recorded.report.place.text().cloned(),
        sure: Sure::Certain,
        out_of_order: false,
    }
}

/// The latest year that anything of the gun is dated to; import marks have two figures only.
fn latest_year(recorded: Option<Recorded<'_>>, seen: Option<Seen<'_>>) -> i16 {
    let dates = [recorded.and_then(|r| r.report.date), seen.and_then(|s| s.found)];
    dates.into_iter().flatten().map(|date| date.year()).max().unwrap_or(2099)
}

/// Country and year of an import mark such as `KE19` (country of import and the last two
/// figures of the year: International Tracing Instrument, paragraph 8 b); of the two
/// centuries the later one that is not after `latest`.
pub fn read_mark(mark: &str, latest: i16) -> Option<(CountryCode, i16)> {
    let mark: String = mark.chars().filter(char::is_ascii_alphanumeric).collect();
    if mark.len() != 4 || !mark[2..].bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let country = mark[..2].parse().ok()?;
    let figures: i16 = mark[2..].parse().ok()?;
    let year = if 2000 + figures <= latest { 2000 + figures } else { 1900 + figures };
    Some((country, year))
}

fn mark_disorder(steps: &mut [Step]) {
    let mut earliest: Option<PartialDate> = None;
    for step in steps {
        let Some(date) = step.from else { continue };
        match earliest {
            Some(before) if date.latest() < before.earliest() => step.out_of_order = true,
            _ => earliest = Some(date),
        }
    }
}

fn with_gaps(steps: Vec<Step>) -> Vec<Step> {
    let mut whole: Vec<Step> = Vec::with_capacity(steps.len() * 2);
    let mut last: Option<PartialDate> = None;
    for step in steps {
        if let (Some(before), Some(date), false) = (last, step.from, step.out_of_order) {
            let years = date.year() - before.year();
            if years >= GAP_YEARS {
                whole.push(Step {
                    kind: StepKind::Gap { years },
                    from: Some(before),
                    until: Some(date),
                    country: None,
                    who: None,
                    sure: Sure::Unknown,
                    out_of_order: false,
                });
            }
        }
        if step.from.is_some() && !step.out_of_order {
            last = step.from;
        }
        whole.push(step);
    }
    whole
}

#[cfg(test)]
mod tests;
