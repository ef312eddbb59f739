//! What the registry asks of a report or question beyond its form: that codes and countries exist.
//!
//! The domain judges form and bounds; the tables of `reference` know what there is. Both are
//! judged together, so that a sender learns of every bad field at once.

use crate::domain::check::Question;
use crate::domain::gun::{Gun, MOST_NUMBERS, Number};
use crate::domain::record::Report;
use crate::domain::refusal::{Fields, Refusal, Trouble};
use crate::domain::text::Rule;
use crate::domain::time::Moment;
use crate::matching::pattern::{LEAST_KNOWN, Pattern};
use crate::matching::{NumberKind, classify};
use crate::reference::{country, gun_type, purpose};

/// A question whose fields are all fit to be searched by.
///
/// # Errors
/// A refusal that names every bad field.
pub(super) fn question(question: &Question, now: Moment, training: bool) -> Result<(), Refusal> {
    let mut fields = Fields::default();
    question.judge(now, &mut fields);
    tables(&question.gun, "gun.", &mut fields);
    if !question.purpose.is_blank() && !purpose_holds(question.purpose.as_str(), training) {
        let given = question.purpose.as_str();
        let practice = purpose::find(given).is_some();
        fields.add("purpose", if practice { Trouble::TrainingOnly } else { unknown(given) });
    }
    // Reading a number takes the square of its length, so one that is too long is not read.
    let read = |number: &&Number| number.as_seen.check(Rule::SERIAL).is_ok();
    let numbers = question.gun.numbers.iter().take(MOST_NUMBERS).enumerate();
    for (at, number) in numbers.filter(|(_, number)| read(number)) {
        let field = format!("gun.numbers[{at}].as_seen");
        match Pattern::parse(number.as_seen.as_str()) {
            Err(trouble) => fields.add(field, trouble),
            // So short a number says nothing without the gun that it stands on.
            Ok(pattern) if pattern.known() < LEAST_KNOWN && question.gun.make.is_none() => {
                fields.add(
                    field,
                    match classify(number.as_seen.as_str()) {
                        NumberKind::Serial => Trouble::TooFewKnown { least: LEAST_KNOWN },
                        NumberKind::NotSerial(is) => Trouble::NoSerial { is },
                    },
                );
            }
            Ok(_) => {}
        }
    }
    fields.done()
}

/// Whether something may be searched or opened for a purpose; practice has no place where
/// records are real.
pub(super) fn purpose_holds(code: &str, training: bool) -> bool {
    purpose::find(code).is_some_and(|purpose| training || !purpose.practice)
}

/// A report whose fields are all fit to be stored.
///
/// # Errors
/// A refusal that names every bad field.
pub(super) fn report(report: &Report, now: Moment) -> Result<(), Refusal> {
    let mut fields = Fields::default();
    report.judge(now, &mut fields);
    tables(&report.gun, "report.gun.", &mut fields);
    for (at, denied) in report.caveat.denied.iter().enumerate() {
        if country::by_code(denied.as_str()).is_none() {
            fields.add(format!("report.caveat.denied[{at}]"), unknown(denied.as_str()));
        }
    }
    fields.done()
}

fn tables(gun: &Gun, path: &str, fields: &mut Fields) {
    if let Some(kind) = gun.gun_type
        && !gun_type::valid(kind.as_str())
    {
        fields.add(format!("{path}type"), unknown(kind.as_str()));
    }
    if let Some(made_in) = gun.made_in
        && country::by_code(made_in.as_str()).is_none()
    {
        fields.add(format!("{path}made_in"), unknown(made_in.as_str()));
    }
}

fn unknown(given: &str) -> Trouble {
    Trouble::Unknown { given: given.chars().take(40).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::gun::Place;

    #[test]
    fn a_purpose_for_practice_is_told_from_an_unknown_one() {
        let asked = |purpose: &str, training| {
            let numbers = vec![Number { as_seen: "KD73519".into(), place: Place::Frame }];
            let gun = Gun { numbers, ..Gun::default() };
            let (purpose, case) = (purpose.into(), "1/26".into());
            let asked = Question { gun, purpose, case, found: None, stand_days: 0, limit: 1 };
            question(&asked, Moment(0), training)
        };
        let trouble = |purpose: &str| match asked(purpose, false) {
            Err(Refusal::Fields { problems }) => problems[0].trouble.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(trouble("TRAINING"), Trouble::TrainingOnly);
        assert_eq!(trouble("CURIOSITY"), Trouble::Unknown { given: "CURIOSITY".into() });
        assert!(asked("TRAINING", true).is_ok() && asked("SEIZURE", false).is_ok());
    }

    #[test]
    fn a_number_that_is_too_long_is_not_read() {
        let as_seen = "[".repeat(Rule::SERIAL.longest + 1).as_str().into();
        let numbers = vec![Number { as_seen, place: Place::Frame }];
        let gun = Gun { numbers, ..Gun::default() };
        let (purpose, case) = ("SEIZURE".into(), "1/26".into());
        let asked = Question { gun, purpose, case, found: None, stand_days: 0, limit: 1 };
        let Err(Refusal::Fields { problems }) = question(&asked, Moment(0), false) else { panic!() };
        let troubles: Vec<&Trouble> = problems.iter().map(|problem| &problem.trouble).collect();
        assert!(matches!(troubles.as_slice(), [Trouble::TooLong { .. }]), "{troubles:?}");
    }
}
