//! Sample records from a seed: the same seed gives the same guns, whatever their number.

use super::dice::Dice;
use super::makers::{MAKERS, Maker};
use super::states::{COUNTRIES, Country};
use crate::client::{Fault, Line};
use crate::domain::command::{Command, Envelope};
use crate::domain::date::PartialDate;
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::ids::{CommandId, CountryCode};
use crate::domain::private::Private;
use crate::domain::record::{Caveat, Circumstance, DeniedSees, Entry, RecordCommand, Report};
use crate::domain::text::Text;
use crate::wire::MOST_ITEMS;
use std::collections::HashSet;
use std::ops::Range;
use uuid::Uuid;

/// Records that were stolen together: where they stand, owner, batch, and whose gun it was.
struct Theft {
    at: Range<u32>,
    owner: &'static str,
    batch: &'static str,
    make: &'static str,
    place: &'static str,
    remark: &'static str,
}

const THEFTS: &[Theft] = &[
    Theft {
        at: 300..516,
        owner: "BE",
        batch: "LIEGE-DEPOT-216",
        make: "FN",
        place: "Liège",
        remark: "216 pistols taken from a depot in one night",
    },
    Theft {
        at: 700..724,
        owner: "HN",
        batch: "CHOLUTECA-24",
        make: "TAURUS",
        place: "Choluteca",
        remark: "24 pistols missing from a police store",
    },
];

/// The first `count` sample records of a seed, each with the country that owns it.
///
/// A longer list begins with the shorter one, so whoever knows the seed knows the guns.
pub fn records(seed: u64, count: u32) -> Vec<(CountryCode, Report)> {
    let mut seen = HashSet::new();
    let mut records = Vec::with_capacity(count as usize);
    for at in 0..count {
        // A number that is there already is rolled again: two records of one gun are no sample.
        let mut attempts = (0..64).filter_map(|attempt| record(seed, at, attempt));
        let record = attempts.find(|(_, report)| {
            report.gun.serial().is_some_and(|number| seen.insert(bare(number.as_seen.as_str())))
        });
        records.extend(record);
    }
    records
}

/// A number as it is told from others: look-alikes read as one, signs left out.
fn bare(number: &str) -> String {
    let fold = |c: char| match c {
        'O' | 'Q' | 'D' => '0',
        'I' | 'L' => '1',
        'S' => '5',
        'B' => '8',
        'Z' => '2',
        'G' => '6',
        other => other,
    };
    number.chars().filter(|c| c.is_alphanumeric()).map(fold).collect()
}

fn record(seed: u64, at: u32, attempt: u64) -> Option<(CountryCode, Report)> {
    let mut dice = Dice::new(seed, u64::from(at) | attempt << 32);
    if let Some(theft) = THEFTS.iter().find(|theft| theft.at.contains(&at)) {
        return stolen_together(seed, at, theft);
    }
    let country = dice.weighed(COUNTRIES, |(_, share, _)| *share)?;
    let gun = gun(dice.weighed(MAKERS, |maker| maker.share)?, &mut dice)?;
    let circumstance = match dice.below(100) {
        0..56 => Circumstance::Stolen,
        56..74 => Circumstance::Lost,
        74..79 => Circumstance::Trafficked,
        79..84 => Circumstance::Smuggled,
        84..90 => Circumstance::Crime,
        _ => Circumstance::Recovered,
    };
    let (code, _, places) = country;
    let mut report = report(country, circumstance, gun, at, &mut dice)?;
    report.place = dice.pick(places).map(|place| Private::new(*place)).unwrap_or_default();
    if dice.chance(3) {
        report.caveat = caveat(code, &mut dice);
    }
    Some((code.parse().ok()?, report))
}

/// A gun of a theft: numbers follow one another, as they lay in their boxes.
fn stolen_together(seed: u64, at: u32, theft: &Theft) -> Option<(CountryCode, Report)> {
    // The dice of the theft are those of its first gun, for each of its guns.
    let mut dice = Dice::new(seed, u64::from(theft.at.start));
    let maker = MAKERS.iter().find(|maker| maker.make == theft.make)?;
    let mut gun = gun(maker, &mut dice)?;
    let (name, calibre, kind, _) = maker.models.first()?;
    gun.model = Some(Text::from(*name));
    gun.calibre = Some(Text::from(*calibre));
    gun.gun_type = kind.parse().ok();
    gun.year = None;
    let first = gun.serial()?.as_seen.as_str().to_owned();
    let figures = first.chars().rev().take_while(char::is_ascii_digit).count();
    let (head, tail) = first.split_at(first.len() - figures);
    let room = 10u64.pow(u32::try_from(figures).ok()?);
    let number = (tail.parse::<u64>().ok()? % (room / 2)) + u64::from(at - theft.at.start);
    gun.numbers =
        vec![Number { as_seen: Text::new(format!("{head}{number:0figures$}")), place: Place::Frame }];
    let country = COUNTRIES.iter().find(|(code, ..)| *code == theft.owner)?;
    let mut report = report(country, Circumstance::Stolen, gun, at, &mut dice)?;
    report.batch = Some(Text::from(theft.batch));
    report.place = Private::new(theft.place);
    report.remark = Private::new(theft.remark);
    Some((theft.owner.parse().ok()?, report))
}

fn gun(maker: &Maker, dice: &mut Dice) -> Option<Gun> {
    let (name, calibre, kind, first_year) = *dice.pick(maker.models)?;
    let year = i16::try_from(dice.between(i64::from(first_year), 2019)).ok()?;
    let as_seen = Text::new(number(dice.pick(maker.shapes)?, year, dice));
    let place = if kind.starts_with('P') { Place::Frame } else { Place::Receiver };
    Some(Gun {
        numbers: vec![Number { as_seen, place }],
        make: Some(Text::from(maker.make)),
        model: dice.chance(92).then(|| Text::from(name)),
        calibre: Some(Text::from(calibre)),
        gun_type: kind.parse().ok(),
        made_in: if dice.chance(70) { maker.country.parse().ok() } else { None },
        year: dice.chance(35).then_some(year),
        ..Gun::default()
    })
}

/// A number of a shape; its first letters come from few blocks, the rest from all.
fn number(shape: &str, year: i16, dice: &mut Dice) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPRSTUVWXYZ";
    const BLOCKS: &[u8] = b"ABCFKMTX";
    const CYRILLIC: &[char] = &['А', 'В', 'Е', 'К', 'М', 'Н', 'О', 'Р', 'С', 'Т', 'Г', 'Д', 'Л', 'П'];
    let mut number = String::new();
    for (at, sign) in shape.chars().enumerate() {
        match sign {
            'A' if at == 0 => number.extend(dice.pick(BLOCKS).map(|b| char::from(*b))),
            'A' => number.extend(dice.pick(LETTERS).map(|b| char::from(*b))),
            '9' => number.push(char::from(b'0' + u8::try_from(dice.below(10)).unwrap_or(0))),
            'Я' => number.extend(dice.pick(CYRILLIC)),
            '%' => number.push_str(&format!("{:02}", year.rem_euclid(100))),
            other => number.push(other),
        }
    }
    number
}

fn report(
    (code, ..): &Country,
    circumstance: Circumstance,
    gun: Gun,
    at: u32,
    dice: &mut Dice,
) -> Option<Report> {
    let year = i16::try_from(dice.between(2020, 2025)).ok()?;
    let month = i8::try_from(dice.between(1, 12)).ok()?;
    let day = i8::try_from(dice.between(1, 28)).ok()?;
    Some(Report {
        circumstance,
        gun,
        date: PartialDate::new(year, Some(month), Some(day)).ok(),
        place: Private::default(),
        batch: None,
        basis: Vec::new(),
        context: None,
        case: Text::new(format!("{code}-{:02}-{:05}", year % 100, dice.below(100_000))),
        remark: Private::default(),
        caveat: Caveat::default(),
        source_id: Some(Text::new(format!("{code}/{year}/{at:06}"))),
        entry: Entry::Desk,
    })
}

/// A country or two that may not see the record.
fn caveat(owner: &str, dice: &mut Dice) -> Caveat {
    let mut denied: Vec<CountryCode> = Vec::new();
    for _ in 0..=dice.below(2) {
        let country = dice.pick(COUNTRIES).filter(|(code, ..)| *code != owner);
        denied.extend(country.and_then(|(code, ..)| code.parse::<CountryCode>().ok()));
    }
    denied.dedup();
    let denied_sees = if dice.chance(70) { DeniedSees::Restricted } else { DeniedSees::Nothing };
    Caveat { denied, denied_sees, ..Caveat::default() }
}

/// Sample records could not be entered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the sample records of {country} could not be entered: {fault:?}")]
pub struct EnterFault {
    /// Whose.
    pub country: CountryCode,
    /// Why.
    pub fault: Fault,
}

/// Enters records, each over the line of the country that owns it; records that are there
/// already stay as they are. Returns how many were new.
///
/// # Errors
/// The registry did not answer; what was entered before stays.
pub async fn enter(
    lines: &[(CountryCode, Line)],
    records: Vec<(CountryCode, Report)>,
) -> Result<u32, EnterFault> {
    let mut new = 0;
    for (country, line) in lines {
        let own: Vec<&Report> =
            records.iter().filter(|(owner, _)| owner == country).map(|(_, report)| report).collect();
        // Half of what a request may hold stays well within its bytes.
        for part in own.chunks(MOST_ITEMS / 2) {
            let commands: Vec<Envelope> = part.iter().map(|report| envelope((*report).clone())).collect();
            let answer =
                line.commands(commands).await.map_err(|fault| EnterFault { country: *country, fault })?;
            let done = answer
                .answers
                .iter()
                .filter(|answer| matches!(answer.outcome, crate::wire::command::Outcome::Done { .. }));
            new += u32::try_from(done.count()).unwrap_or(u32::MAX);
        }
    }
    Ok(new)
}

fn envelope(report: Report) -> Envelope {
    let command = Command::Record(RecordCommand::Enter { report: Box::new(report), knowing: Vec::new() });
    Envelope { id: CommandId(Uuid::now_v7()), command, rehearse: false }
}

#[cfg(test)]
mod tests;
