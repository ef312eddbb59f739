//! One piece of work: its state is read in the transaction, decided, journaled and applied.

use super::batch::{Desk, note_check};
use super::{Actor, Work, raise, tell};
use crate::domain::agency::{self, OfficeCommand};
use crate::domain::check::{self, Check, Question};
use crate::domain::command::{Command, Envelope};
use crate::domain::context::{Context, Fresh};
use crate::domain::event::{CheckEvent, Event, OfficeEvent, RecordEvent};
use crate::domain::hit::{self, HitCommand};
use crate::domain::ids::{CheckId, CommandId, HitId, OfficerId, RecordId};
use crate::domain::record::{self, Record, RecordCommand, Report};
use crate::domain::refusal::Refusal;
use crate::domain::time::Moment;
use crate::registry::index::{Candidate, Early};
use crate::registry::journal::{self, Cause, hexadecimal};
use crate::registry::store::{StoreError, statements as sql};
use crate::registry::{edge, sight, tables};
use crate::wire::command::Done;
use crate::wire::hit::HitBrief;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What became of a piece of work within its transaction.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// A command was done.
    Done(Done),
    /// A check was made.
    Checked(Box<Checked>),
    /// It was refused.
    Refused(Refusal),
}

/// A check that was made, before anybody may see what it found.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    /// The check.
    pub check: Check,
    /// Whether it had been made before.
    pub repeated: bool,
    /// Records that were searched.
    pub searched: u64,
    /// What was found, best first.
    pub candidates: Vec<Candidate>,
}

impl Outcome {
    /// Whether what was written stays.
    pub(super) fn keeps(&self) -> bool {
        match self {
            Outcome::Done(done) => !done.rehearsed,
            Outcome::Checked(_) => true,
            Outcome::Refused(_) => false,
        }
    }
}

/// What a piece of work will have to be matched with.
#[derive(Debug, Clone)]
pub(in crate::registry) enum Sought {
    /// Records, by a question.
    Records(Box<Question>),
    /// Records and standing checks, by a report.
    Both(Box<Report>),
}

/// What can be searched for before the lock is taken.
pub(super) fn sought(work: &Work, _: &Actor, _: Moment) -> Option<Sought> {
    match work {
        Work::Check(item) => Some(Sought::Records(Box::new(item.question.clone()))),
        Work::Command(Envelope { command: Command::Record(command), .. }) => match command {
            RecordCommand::Enter { report, .. } | RecordCommand::Amend { report, .. } => {
                Some(Sought::Both(report.clone()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Does a piece of work.
pub(super) async fn settle(desk: &mut Desk<'_>, work: &Work, early: Early) -> Result<Outcome, StoreError> {
    let outcome = match work {
        Work::Check(item) => check(desk, item.id, &item.question, &early).await?,
        Work::Command(envelope) => command(desk, envelope, &early).await?,
        Work::Office(id, command) => office(desk, *id, command).await?,
        Work::Due(id, hit) => due(desk, *id, *hit).await?,
    };
    Ok(outcome.unwrap_or_else(Outcome::Refused))
}

type Settled = Result<Outcome, Refusal>;

/// Passes a refusal out of a function that returns `Ok(Err(refusal))` for one.
macro_rules! or_refuse {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(refusal) => return Ok(Err(refusal)),
        }
    };
}

async fn check(
    desk: &mut Desk<'_>,
    id: CommandId,
    question: &Question,
    early: &Early,
) -> Result<Settled, StoreError> {
    or_refuse!(edge::question(question, desk.now));
    let mut context = desk.actor.context(desk.now);
    let former = tables::former_check(&mut desk.tx, &context.party.agency, question).await?;
    if former.is_none() {
        context.fresh.check = CheckId(tables::count_up(&mut desk.tx, "check").await?);
    }
    let events = or_refuse!(check::decide(former.as_ref(), question, &context));
    let repeated = former.is_some();
    let mut made = former;
    for event in &events {
        record_event(desk, id, event).await?;
        if let Event::Check(event) = event {
            tell::check(desk, made.as_ref(), event).await?;
            made = check::apply(made, event);
        }
    }
    let Some(made) = made else { return Ok(Err(Refusal::NoCheck { check: context.fresh.check })) };
    if !events.is_empty() {
        tables::save_check(&mut desk.tx, &made).await?;
        desk.staging.put_check(&made);
    }
    let candidates = desk.staging.candidates(early, &made);
    if !events.is_empty() {
        raise::from_check(desk, id, &made, &candidates).await?;
    }
    let checked = Checked { check: made, repeated, searched: desk.staging.records(), candidates };
    note_check(desk, &checked).await?;
    Ok(Ok(Outcome::Checked(Box::new(checked))))
}

async fn command(desk: &mut Desk<'_>, envelope: &Envelope, early: &Early) -> Result<Settled, StoreError> {
    let context = desk.actor.context(desk.now);
    let request = request_hash(&envelope.command);
    if let Some(row) = desk.tx.row(sql::ANSWER, [envelope.id.to_string().into()]).await? {
        let same = row.int(0).unsigned_abs() == context.officer.0 && row.text(1) == request;
        return Ok(match serde_json::from_str::<Done>(row.text(2)) {
            Ok(done) if same => Ok(Outcome::Done(Done { repeated: true, ..disclosed(desk, done).await? })),
            _ => Err(Refusal::CommandReused),
        });
    }
    let settled = match &envelope.command {
        Command::Record(command) => on_record(desk, envelope.id, command, early).await?,
        Command::Hit(command) => on_hit(desk, envelope.id, command).await?,
    };
    let mut done = or_refuse!(settled);
    if envelope.rehearse {
        done = Done { rehearsed: true, ..Done::default() };
    } else {
        let outcome = serde_json::to_string(&done).unwrap_or_default();
        let officer = i64::try_from(context.officer.0).unwrap_or(i64::MAX);
        desk.tx
            .run(
                sql::SAVE_ANSWER,
                [envelope.id.to_string().into(), officer.into(), request.into(), outcome.into()],
            )
            .await?;
        done = disclosed(desk, done).await?;
    }
    Ok(Ok(Outcome::Done(done)))
}

fn request_hash(command: &impl Serialize) -> String {
    hexadecimal(&Sha256::digest(serde_json::to_vec(command).unwrap_or_default()))
}

/// Leaves out of an answer the hits that its reader may not see; a stored answer is a
/// reference, disclosed anew each time.
async fn disclosed(desk: &mut Desk<'_>, mut done: Done) -> Result<Done, StoreError> {
    let viewer = desk.actor.viewer();
    let mut hits = Vec::new();
    for brief in std::mem::take(&mut done.hits) {
        let Some(stored) = tables::hit(&mut desk.tx, brief.hit).await? else { continue };
        let guns = sight::pair_guns(&mut desk.tx, &stored.hit).await?;
        if sight::hit_row(&stored, &guns, &viewer).is_some() {
            hits.push(brief);
        }
    }
    done.hits = hits;
    Ok(done)
}

async fn on_record(
    desk: &mut Desk<'_>,
    id: CommandId,
    command: &RecordCommand,
    early: &Early,
) -> Result<Result<Done, Refusal>, StoreError> {
    let mut context = desk.actor.context(desk.now);
    let mut duplicates = Vec::new();
    let mut before = None;
    match command {
        RecordCommand::Enter { report, .. } => {
            or_refuse!(edge::report(report, desk.now));
            if let Some(source) = &report.source_id
                && let Some(record) =
                    tables::record_by_source(&mut desk.tx, &context.party.agency, source.as_str()).await?
            {
                return Ok(Err(Refusal::SourceRepeated { record }));
            }
            duplicates = raise::duplicates(desk, early, report).await?;
            context.fresh = fresh_record(desk, &context).await?;
        }
        RecordCommand::Amend { record, report, .. } => {
            or_refuse!(edge::report(report, desk.now));
            before = tables::record(&mut desk.tx, *record).await?;
        }
        other => {
            if let Some(record) = other.record() {
                before = tables::record(&mut desk.tx, record).await?;
            }
        }
    }
    let events = or_refuse!(record::decide(before.as_ref(), &duplicates, command, &context));
    let mut after = before;
    let mut standing = None;
    for event in &events {
        record_event(desk, id, event).await?;
        match event {
            Event::Record(event) => {
                tell::record(desk, after.as_ref(), event).await?;
                after = record::apply(after, event);
            }
            Event::Check(event @ CheckEvent::Made { .. }) => standing = check::apply(None, event),
            Event::Check(event @ CheckEvent::Repeated { check, .. }) => {
                let former = tables::check(&mut desk.tx, *check).await?;
                tell::check(desk, former.as_ref(), event).await?;
                standing = check::apply(former, event);
            }
            _ => {}
        }
    }
    let Some(record) = after else { return Ok(Err(Refusal::Already)) };
    let hits = keep_record(desk, id, &record, standing.as_ref(), &events, early).await?;
    Ok(Ok(Done { record: Some(record.id), revision: Some(record.revision), hits, ..Done::default() }))
}

/// Saves a record with all that follows from it, and returns the hits that it raised.
async fn keep_record(
    desk: &mut Desk<'_>,
    id: CommandId,
    record: &Record,
    standing: Option<&Check>,
    events: &[Event],
    early: &Early,
) -> Result<Vec<HitBrief>, StoreError> {
    tables::save_record(&mut desk.tx, record).await?;
    desk.staging.put_record(record);
    let told_anew = events
        .iter()
        .any(|e| matches!(e, Event::Record(RecordEvent::Entered { .. } | RecordEvent::Amended { .. })));
    if events.iter().any(|e| matches!(e, Event::Record(RecordEvent::Amended { .. }))) {
        desk.tx.run(sql::FORGET_EXCLUSIONS_OF, [record.id.to_string().into()]).await?;
        desk.staging.forget_exclusions(record.id);
    }
    let mut hits = Vec::new();
    if let Some(check) = standing {
        tables::save_check(&mut desk.tx, check).await?;
        desk.staging.put_check(check);
        let candidates = desk.staging.candidates(early, check);
        hits.extend(raise::from_check(desk, id, check, &candidates).await?);
    }
    if told_anew {
        hits.extend(raise::from_record(desk, id, record, early).await?);
    }
    Ok(hits)
}

async fn fresh_record(desk: &mut Desk<'_>, context: &Context) -> Result<Fresh, StoreError> {
    let country = context.party.ncb;
    let year = u16::try_from(desk.now.day().year()).unwrap_or(0);
    let number = tables::count_up(&mut desk.tx, &format!("record {country} {year}")).await?;
    Ok(Fresh {
        record: RecordId { country, year, number: u32::try_from(number).unwrap_or(u32::MAX) },
        check: CheckId(tables::count_up(&mut desk.tx, "check").await?),
        ..Fresh::none()
    })
}

async fn on_hit(
    desk: &mut Desk<'_>,
    id: CommandId,
    command: &HitCommand,
) -> Result<Result<Done, Refusal>, StoreError> {
    let mut context = desk.actor.context(desk.now);
    let stored = match command {
        HitCommand::Lead { check, record, priority, reason } => {
            return raise::lead(desk, id, (*check, *record), (*priority, reason)).await;
        }
        other => match other.hit() {
            Some(hit) => tables::hit(&mut desk.tx, hit).await?,
            None => None,
        },
    };
    context.fresh = Fresh::none();
    let visible = match &stored {
        Some(stored) => {
            let guns = sight::pair_guns(&mut desk.tx, &stored.hit).await?;
            sight::hit_row(stored, &guns, &desk.actor.viewer()).is_some()
        }
        None => false,
    };
    let before = stored.map(|s| s.hit).filter(|_| visible);
    let events = or_refuse!(hit::decide(before.as_ref(), command, &context));
    let mut after = before;
    for event in &events {
        record_event(desk, id, event).await?;
        match event {
            Event::Hit(event) => after = raise::keep_hit_event(desk, after, event).await?,
            Event::Record(event) => follow_record(desk, event).await?,
            _ => {}
        }
    }
    let Some(hit) = after else { return Ok(Err(Refusal::NotALead)) };
    Ok(Ok(Done {
        hit: Some(hit.id),
        record: Some(hit.record),
        revision: Some(hit.revision),
        ..Done::default()
    }))
}

/// Lets an event of a hit change its record: located, cleared.
async fn follow_record(desk: &mut Desk<'_>, event: &RecordEvent) -> Result<(), StoreError> {
    if let RecordEvent::StatusSet { record, .. } = event
        && let Some(before) = tables::record(&mut desk.tx, *record).await?
        && let Some(after) = record::apply(Some(before), event)
    {
        tables::save_record(&mut desk.tx, &after).await?;
        desk.staging.put_record(&after);
    }
    Ok(())
}

async fn due(desk: &mut Desk<'_>, id: CommandId, hit: HitId) -> Result<Settled, StoreError> {
    let Some(stored) = tables::hit(&mut desk.tx, hit).await? else { return Ok(Err(Refusal::NoHit { hit })) };
    let Some(event) = hit::clock::due(&stored.hit, desk.now) else { return Ok(Err(Refusal::Already)) };
    record_event(desk, id, &Event::Hit(event.clone())).await?;
    raise::keep_hit_event(desk, Some(stored.hit), &event).await?;
    Ok(Ok(Outcome::Done(Done { hit: Some(hit), ..Done::default() })))
}

async fn office(desk: &mut Desk<'_>, id: CommandId, command: &OfficeCommand) -> Result<Settled, StoreError> {
    let mut context = desk.actor.context(desk.now);
    let named = match command {
        OfficeCommand::AdmitAgency { agency } => &agency.id,
        OfficeCommand::AdmitOfficer { agency, .. } => agency,
    };
    let agency = tables::agency(&mut desk.tx, named).await?;
    if matches!(command, OfficeCommand::AdmitOfficer { .. }) {
        context.fresh.officer = OfficerId(tables::count_up(&mut desk.tx, "officer").await?);
    }
    for event in or_refuse!(agency::decide(agency.as_ref(), command, &context)) {
        record_event(desk, id, &event).await?;
        match &event {
            Event::Office(OfficeEvent::AgencyAdmitted { agency }) => {
                tables::save_agency(&mut desk.tx, agency).await?
            }
            Event::Office(OfficeEvent::OfficerAdmitted { officer, token }) => {
                tables::save_officer(&mut desk.tx, officer, token).await?;
            }
            _ => {}
        }
    }
    Ok(Ok(Outcome::Done(Done::default())))
}

/// Appends an event to the journal in the name of the actor.
pub(super) async fn record_event(
    desk: &mut Desk<'_>,
    id: CommandId,
    event: &Event,
) -> Result<(), StoreError> {
    let context = desk.actor.context(desk.now);
    let cause = Cause {
        at: desk.now,
        command: id.to_string(),
        officer: context.officer,
        agency: context.party.agency,
    };
    journal::append(&mut desk.tx, &mut desk.head, &cause, event, &mut || rand::random()).await
}
