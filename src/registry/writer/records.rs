//! What is done to a record, and all that follows from it.

use super::batch::Desk;
use super::item::{or_refuse, record_event};
use super::{news, raise};
use crate::domain::check::{self, Check};
use crate::domain::context::{Context, Fresh};
use crate::domain::disclose;
use crate::domain::event::{CheckEvent, Event, RecordEvent};
use crate::domain::hit;
use crate::domain::ids::{CheckId, CommandId, RecordId};
use crate::domain::record::{self, Record, RecordCommand, Report};
use crate::domain::refusal::Refusal;
use crate::registry::index::Early;
use crate::registry::store::{StoreError, statements as sql};
use crate::registry::{checks, edge, tables};
use crate::wire::command::Done;
use crate::wire::hit::HitBrief;

/// Does what an officer wants of a record.
///
/// # Errors
/// The store failed.
pub(super) async fn settle(
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
            or_refuse!(free_source(desk, report, None).await?);
            duplicates = raise::duplicates(desk, early, report).await?;
            context.fresh = fresh_record(desk, &context).await?;
        }
        RecordCommand::Amend { record, report, .. } => {
            or_refuse!(edge::report(report, desk.now));
            or_refuse!(free_source(desk, report, Some(*record)).await?);
            before = visible_record(desk, *record).await?;
        }
        other => {
            if let Some(record) = other.record() {
                before = visible_record(desk, record).await?;
            }
        }
    }
    let events = or_refuse!(record::decide(before.as_ref(), &duplicates, command, &context));
    or_refuse!(nobody_asks(desk, command, &context).await?);
    let former = before.as_ref().map(|record| record.report.clone());
    let mut after = before;
    let mut standing = None;
    for event in &events {
        record_event(desk, id, event)?;
        match event {
            Event::Record(event) => {
                news::record(desk, after.as_ref(), event).await?;
                after = record::apply(after, event);
            }
            Event::Check(event @ CheckEvent::Made { .. }) => standing = check::apply(None, event),
            Event::Check(event @ CheckEvent::Repeated { check, .. }) => {
                let former = tables::check(&mut desk.tx, *check).await?;
                standing = raise::check_made(desk, id, former, event).await?;
            }
            _ => {}
        }
    }
    let Some(record) = after else { return Ok(Err(Refusal::Already)) };
    let other_gun = former.filter(|former| !former.gun.is_described_as(&record.report.gun));
    let hits =
        keep_record(desk, id, (&record, other_gun.as_ref()), standing.as_ref(), &events, early).await?;
    Ok(Ok(Done { record: Some(record.id), revision: Some(record.revision), hits, ..Done::default() }))
}

/// A record, unless the actor may not even know that it exists.
async fn visible_record(desk: &mut Desk<'_>, id: RecordId) -> Result<Option<Record>, StoreError> {
    let viewer = desk.actor.viewer();
    Ok(tables::record(&mut desk.tx, id).await?.filter(|record| disclose::record(record, &viewer).is_some()))
}

/// Refuses to change a record about which the actor's own side waits for its owner's answer.
async fn nobody_asks(
    desk: &mut Desk<'_>,
    command: &RecordCommand,
    context: &Context,
) -> Result<Result<(), Refusal>, StoreError> {
    let record = match command {
        RecordCommand::Amend { record, .. }
        | RecordCommand::Clear { record, .. }
        | RecordCommand::Cancel { record, .. } => *record,
        RecordCommand::Enter { .. } | RecordCommand::Validate { .. } => return Ok(Ok(())),
    };
    let hits = tables::hits_of_record(&mut desk.tx, record).await?;
    let asks = hits.iter().any(|stored| hit::is_asked_by(&stored.hit, &context.party));
    Ok(if asks { Err(Refusal::OwnerOnly) } else { Ok(()) })
}

/// Refuses a source id that the agency has given to another record.
async fn free_source(
    desk: &mut Desk<'_>,
    report: &Report,
    of: Option<RecordId>,
) -> Result<Result<(), Refusal>, StoreError> {
    let agency = desk.actor.context(desk.now).party.agency;
    let Some(source) = &report.source_id else { return Ok(Ok(())) };
    Ok(match tables::record_by_source(&mut desk.tx, &agency, source.as_str()).await? {
        Some(record) if of != Some(record) => {
            let stored = tables::record(&mut desk.tx, record).await?;
            let differs = stored.is_some_and(|stored| stored.revision == 1 && stored.report != *report);
            Err(Refusal::SourceRepeated { record, differs })
        }
        _ => Ok(()),
    })
}

/// Saves a record with all that follows from it, and returns the hits that it raised. What was
/// reported before comes along when it described another gun.
async fn keep_record(
    desk: &mut Desk<'_>,
    id: CommandId,
    (record, other_gun): (&Record, Option<&Report>),
    standing: Option<&Check>,
    events: &[Event],
    early: &Early,
) -> Result<Vec<HitBrief>, StoreError> {
    let is = |kind: fn(&RecordEvent) -> bool| events.iter().any(|e| matches!(e, Event::Record(e) if kind(e)));
    tables::save_record(&mut desk.tx, record).await?;
    if other_gun.is_some() {
        // What was said of the gun as it was described holds no more.
        desk.tx.run(sql::FORGET_EXCLUSIONS_OF, [record.id.to_string().into()]).await?;
        desk.staging.forget_exclusions(record.id);
    }
    desk.staging.put_record(record);
    if is(|e| matches!(e, RecordEvent::StatusSet { .. })) {
        raise::follow_status(desk, id, record).await?;
    }
    let mut hits = Vec::new();
    if let Some(check) = standing {
        checks::save_row(&mut desk.tx, check).await?;
        desk.later.save_numbers(check, false);
        desk.staging.put_check(check, desk.now);
        let candidates = desk.staging.candidates(early, check);
        hits.extend(raise::from_check(desk, id, check, &candidates).await?);
    }
    if is(|e| matches!(e, RecordEvent::Entered { .. } | RecordEvent::Amended { .. })) {
        hits.extend(raise::from_record(desk, id, record, early).await?);
    }
    if let Some(former) = other_gun {
        raise::out_of_the_way(desk, id, former).await?;
    }
    Ok(hits)
}

async fn fresh_record(desk: &mut Desk<'_>, context: &Context) -> Result<Fresh, StoreError> {
    let country = context.party.ncb;
    let year = u16::try_from(desk.now.day().year()).unwrap_or(0);
    let number = desk.next(&format!("record {country} {year}")).await?;
    Ok(Fresh {
        record: RecordId { country, year, number: u32::try_from(number).unwrap_or(u32::MAX) },
        check: CheckId(desk.next("check").await?),
        ..Fresh::none()
    })
}

/// Lets an event of a hit change its record: located, cleared.
///
/// # Errors
/// The store failed.
pub(super) async fn follow(
    desk: &mut Desk<'_>,
    id: CommandId,
    event: &RecordEvent,
) -> Result<(), StoreError> {
    if let RecordEvent::StatusSet { record, .. } = event
        && let Some(before) = tables::record(&mut desk.tx, *record).await?
        && let Some(after) = record::apply(Some(before), event)
    {
        tables::save_record(&mut desk.tx, &after).await?;
        desk.staging.put_record(&after);
        raise::follow_status(desk, id, &after).await?;
    }
    Ok(())
}
