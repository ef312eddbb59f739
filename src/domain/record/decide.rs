//! The rules of a record's life.

use super::{FIRST_VALIDATION, NEXT_VALIDATION, Record, RecordCommand, Report, Status};
use crate::domain::agency::Role;
use crate::domain::check::{Check, Question, USUAL_DAYS};
use crate::domain::context::Context;
use crate::domain::event::{CheckEvent, Event, RecordEvent};
use crate::domain::ids::{AgencyId, CheckId, RecordId};
use crate::domain::record::Circumstance;
use crate::domain::refusal::{Fields, Refusal};
use crate::domain::text::Text;
use crate::domain::time::{Minutes, Moment};

/// Rules on what an officer may do with a record.
///
/// `record` is the one that the command names; `duplicates` are open records of what looks
/// like the same gun, those only that the officer may see.
///
/// # Errors
/// A [`Refusal`]; nothing is to be stored then.
pub fn decide(
    record: Option<&Record>,
    duplicates: &[RecordId],
    command: &RecordCommand,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    if matches!(context.role, Role::Hub | Role::Reader) {
        return Err(Refusal::Role);
    }
    match command {
        RecordCommand::Enter { report, knowing } => enter(report, knowing, duplicates, context),
        RecordCommand::Amend { record: id, revision, report } => {
            let record = owned(record, *id, context)?;
            open(record)?;
            seen(record, *revision)?;
            let mut fields = Fields::default();
            report.judge(context.now, &mut fields);
            fields.done()?;
            if record.report == **report {
                return Err(Refusal::Already);
            }
            if record.report.circumstance.is_sought() != report.circumstance.is_sought() {
                return Err(Refusal::OtherSide);
            }
            let amended = RecordEvent::Amended {
                record: *id,
                report: report.clone(),
                by: context.officer,
                at: context.now,
            };
            let stands_until = context.now.after(STANDING);
            let standing = record.standing.map(|check| standing_again(check, report, stands_until));
            Ok(std::iter::once(Event::Record(amended)).chain(standing).collect())
        }
        RecordCommand::Validate { record: id } => {
            let record = owned(record, *id, context)?;
            open(record)?;
            let validate_by = context.now.after(NEXT_VALIDATION);
            Ok(vec![Event::Record(RecordEvent::Validated { record: *id, at: context.now, validate_by })])
        }
        RecordCommand::Clear { record: id, revision } => {
            close(record, *id, *revision, Status::Cleared, context)
        }
        RecordCommand::Cancel { record: id, revision } => {
            close(record, *id, *revision, Status::Cancelled, context)
        }
    }
}

fn enter(
    report: &Report,
    knowing: &[RecordId],
    duplicates: &[RecordId],
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let mut fields = Fields::default();
    report.judge(context.now, &mut fields);
    fields.done()?;
    let unknown: Vec<RecordId> = duplicates.iter().copied().filter(|id| !knowing.contains(id)).collect();
    if !unknown.is_empty() {
        return Err(Refusal::Duplicate { records: unknown });
    }
    let id = context.fresh.record;
    let recovered = report.circumstance == Circumstance::Recovered;
    let mut events = vec![Event::Record(RecordEvent::Entered {
        record: Box::new(Record {
            id,
            owner: context.party.clone(),
            report: report.clone(),
            status: Status::Active,
            entered: context.now,
            officer: context.officer,
            validated: context.now,
            validate_by: context.now.after(FIRST_VALIDATION),
            standing: recovered.then_some(context.fresh.check),
            revision: 1,
            changed_by: context.officer,
            changed: context.now,
        }),
    })];
    if recovered {
        events.push(Event::Check(CheckEvent::Made { check: standing_check(id, report, context) }));
    }
    Ok(events)
}

/// How long a recovered gun asks whose it is.
const STANDING: Minutes = Minutes::days(5 * 365);

/// A recovered gun is a question as well: whose is it?
fn standing_check(id: RecordId, report: &Report, context: &Context) -> Check {
    Check {
        id: context.fresh.check,
        officer: context.officer,
        finder: context.party.clone(),
        question: standing_question(report),
        made: context.now,
        stands_until: context.now.after(STANDING),
        of_record: Some(id),
        variant: 0,
    }
}

fn standing_question(report: &Report) -> Question {
    Question {
        gun: report.gun.clone(),
        purpose: Text::from("RECOVERED"),
        case: report.case.clone(),
        found: report.date,
        stand_days: USUAL_DAYS,
        limit: 10,
    }
}

/// The check of a recovered gun asks what its record says now, and ends with it.
fn standing_again(check: CheckId, report: &Report, stands_until: Moment) -> Event {
    Event::Check(CheckEvent::Repeated { check, question: standing_question(report), stands_until })
}

fn close(
    record: Option<&Record>,
    id: RecordId,
    revision: u32,
    status: Status,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let record = owned(record, id, context)?;
    open(record)?;
    seen(record, revision)?;
    let set = RecordEvent::StatusSet { record: id, status, by: context.officer, at: context.now };
    let ended = record.standing.map(|check| standing_again(check, &record.report, context.now));
    Ok(std::iter::once(Event::Record(set)).chain(ended).collect())
}

/// The record, for the agency that owns it and for its country's bureau. Any other agency of
/// that country may be the finder of the gun, and would answer its own question here.
fn owned<'a>(record: Option<&'a Record>, id: RecordId, context: &Context) -> Result<&'a Record, Refusal> {
    let record = record.ok_or(Refusal::NoRecord { record: id })?;
    let agency = &context.party.agency;
    let owns = record.owner.agency == *agency || AgencyId::ncb(record.owner.ncb) == *agency;
    if owns { Ok(record) } else { Err(Refusal::OwnerOnly) }
}

fn open(record: &Record) -> Result<(), Refusal> {
    if record.status.is_open() {
        Ok(())
    } else {
        Err(Refusal::Closed { status: record.status.code().into() })
    }
}

fn seen(record: &Record, revision: u32) -> Result<(), Refusal> {
    if record.revision == revision {
        Ok(())
    } else {
        Err(Refusal::Changed { by: record.changed_by, at: record.changed, revision: record.revision })
    }
}

/// The record after an event.
pub fn apply(record: Option<Record>, event: &RecordEvent) -> Option<Record> {
    match event {
        RecordEvent::Entered { record } => Some((**record).clone()),
        RecordEvent::Amended { report, by, at, .. } => record.map(|record| Record {
            report: (**report).clone(),
            revision: record.revision + 1,
            changed_by: *by,
            changed: *at,
            ..record
        }),
        RecordEvent::Validated { at, validate_by, .. } => {
            record.map(|record| Record { validated: *at, validate_by: *validate_by, ..record })
        }
        // A closed record stays closed: a gun is located while it is sought, or not at all.
        RecordEvent::StatusSet { status, .. }
            if record.as_ref().is_some_and(|r| !r.status.is_open() && status.is_open()) =>
        {
            record
        }
        RecordEvent::StatusSet { status, by, at, .. } => record.map(|record| Record {
            status: *status,
            revision: record.revision + 1,
            changed_by: *by,
            changed: *at,
            ..record
        }),
    }
}
