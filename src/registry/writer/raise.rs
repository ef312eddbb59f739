//! Raises hits in the transaction of their cause, in both directions, one for each pair, ever.

use super::batch::{Desk, note};
use super::item::record_event;
use super::news;
use crate::domain::check::{self, Check, Question};
use crate::domain::context::Context;
use crate::domain::disclose::{self, RecordSight};
use crate::domain::event::{CheckEvent, Event};
use crate::domain::evidence::Band;
use crate::domain::hit::{self, Exclusion, Hit, HitEvent, Phase, Priority};
use crate::domain::ids::{CheckId, CommandId, HitId, RecordId};
use crate::domain::private::Private;
use crate::domain::record::{Entry, Record, Report};
use crate::domain::refusal::Refusal;
use crate::domain::text::Text;
use crate::registry::checks;
use crate::registry::index::{Candidate, Early};
use crate::registry::store::StoreError;
use crate::registry::tables;
use crate::registry::tables::Excluded;
use crate::wire::command::Done;
use crate::wire::hit::HitBrief;

/// Raises a hit for every LIKELY record of a check that has none yet.
pub(super) async fn from_check(
    desk: &mut Desk<'_>,
    id: CommandId,
    check: &Check,
    candidates: &[Candidate],
) -> Result<Vec<HitBrief>, StoreError> {
    let mut raised = Vec::new();
    for candidate in candidates.iter().filter(|c| c.evidence.band == Band::Likely) {
        let Some(record) = tables::record(&mut desk.tx, candidate.record).await? else { continue };
        raised.extend(pair(desk, id, &record, check, candidate.evidence.band).await?);
    }
    Ok(raised)
}

/// Raises a hit for every standing check to which a new or amended record is LIKELY.
///
/// Each check is searched for again as a whole, so that the band is the same in both
/// directions and pays for every rival.
pub(super) async fn from_record(
    desk: &mut Desk<'_>,
    id: CommandId,
    record: &Record,
    early: &Early,
) -> Result<Vec<HitBrief>, StoreError> {
    let mut raised = Vec::new();
    for check in desk.staging.standing(early, record) {
        let Some(check) = tables::check(&mut desk.tx, check).await? else { continue };
        if check.stands_until < desk.now || check.of_record == Some(record.id) {
            continue;
        }
        let candidates = desk.staging.candidates(&Early::none(), &check);
        let likely = candidates.iter().find(|c| c.record == record.id && c.evidence.band == Band::Likely);
        if let Some(candidate) = likely {
            raised.extend(pair(desk, id, record, &check, candidate.evidence.band).await?);
        }
    }
    Ok(raised)
}

/// Looks at a check again whose gun one record is not: what had that record for a rival may be
/// LIKELY now.
pub(super) async fn again(
    desk: &mut Desk<'_>,
    id: CommandId,
    check: CheckId,
) -> Result<Vec<HitBrief>, StoreError> {
    let check = tables::check(&mut desk.tx, check).await?.filter(|check| check.stands_until >= desk.now);
    let Some(check) = check else { return Ok(Vec::new()) };
    let candidates = desk.staging.candidates(&Early::none(), &check);
    from_check(desk, id, &check, &candidates).await
}

/// Keeps what an event makes of a check; when its gun is described otherwise than before,
/// both sides of its hits are told, in their threads.
pub(super) async fn check_made(
    desk: &mut Desk<'_>,
    id: CommandId,
    before: Option<Check>,
    event: &CheckEvent,
) -> Result<Option<Check>, StoreError> {
    let Some(made) = check::apply(before.clone(), event) else { return Ok(None) };
    checks::save_row(&mut desk.tx, &made).await?;
    desk.later.save_numbers(&made, before.is_none());
    desk.staging.put_check(&made, desk.now);
    let Some(before) = before else { return Ok(Some(made)) };
    let (place, sequence) = (desk.news.len(), desk.head.sequence);
    let changes = before.question.gun.changes(&made.question.gun);
    let context = desk.actor.context(desk.now);
    for stored in tables::hits_of_check(&mut desk.tx, made.id).await? {
        if let Some(event) = hit::described_otherwise(&stored.hit, &changes, &context) {
            record_event(desk, id, &Event::Hit(event.clone()))?;
            keep_hit_event(desk, Some(stored.hit), &event).await?;
        }
    }
    news::check(desk, (place, sequence), &before, &made).await?;
    Ok(Some(made))
}

async fn pair(
    desk: &mut Desk<'_>,
    id: CommandId,
    record: &Record,
    check: &Check,
    band: Band,
) -> Result<Option<HitBrief>, StoreError> {
    if tables::hit_of_pair(&mut desk.tx, record.id, check.id).await?.is_some() {
        return Ok(None);
    }
    let mut context = Context::registry(desk.now);
    if hit::raise(record, check, band, &context).is_none() {
        return Ok(None);
    }
    context.fresh.hit = HitId(desk.next("hit").await?);
    let Some(event) = hit::raise(record, check, band, &context) else { return Ok(None) };
    record_event(desk, id, &event)?;
    let Event::Hit(event) = event else { return Ok(None) };
    let hit = keep_hit_event(desk, None, &event).await?;
    Ok(hit.map(|hit| HitBrief { hit: hit.id, record: hit.record, band: hit.band }))
}

/// Tells every hit of a record that its status has changed; a closed record settles them, and
/// the checks that it stood in the way of are looked at again.
pub(super) async fn follow_status(
    desk: &mut Desk<'_>,
    id: CommandId,
    record: &Record,
) -> Result<(), StoreError> {
    let context = desk.actor.context(desk.now);
    for stored in tables::hits_of_record(&mut desk.tx, record.id).await? {
        if let Some(event) = hit::record_set(&stored.hit, record.status, &context) {
            record_event(desk, id, &Event::Hit(event.clone()))?;
            keep_hit_event(desk, Some(stored.hit), &event).await?;
        }
    }
    if !record.status.is_open() {
        out_of_the_way(desk, id, &record.report).await?;
    }
    Ok(())
}

/// Looks again at the checks that a record stood in the way of, by what was reported in it: it
/// is closed, or describes another gun now.
pub(super) async fn out_of_the_way(
    desk: &mut Desk<'_>,
    id: CommandId,
    report: &Report,
) -> Result<(), StoreError> {
    for check in desk.staging.in_the_way_of(report) {
        again(desk, id, check).await?;
    }
    Ok(())
}

/// Makes a hit of a lead and asks at once.
pub(super) async fn lead(
    desk: &mut Desk<'_>,
    id: CommandId,
    (check, record): (CheckId, RecordId),
    (priority, reason): (Priority, &Private),
) -> Result<Result<Done, Refusal>, StoreError> {
    let viewer = desk.actor.viewer();
    let found = tables::check(&mut desk.tx, check).await?.filter(|c| c.finder.ncb == viewer.party.ncb);
    let Some(found) = found else { return Ok(Err(Refusal::NoCheck { check })) };
    let recorded = tables::record(&mut desk.tx, record).await?;
    let Some(recorded) = recorded.filter(|r| disclose::record(r, &viewer).is_some()) else {
        return Ok(Err(Refusal::NoRecord { record }));
    };
    if let Some(stored) = tables::hit_of_pair(&mut desk.tx, record, check).await? {
        let phase = stored.hit.phase.code().to_owned();
        return Ok(Err(Refusal::Phase { phase }));
    }
    let candidates = desk.staging.candidates(&Early::none(), &found);
    let band = candidates.iter().find(|c| c.record == record).map_or(Band::Unlikely, |c| c.evidence.band);
    let mut context = desk.actor.context(desk.now);
    context.fresh.hit = HitId(desk.next("hit").await?);
    let events = match hit::lead(&recorded, &found, band, (priority, reason), &context) {
        Ok(events) => events,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut hit = None;
    for event in &events {
        record_event(desk, id, event)?;
        if let Event::Hit(event) = event {
            hit = keep_hit_event(desk, hit, event).await?;
        }
    }
    let Some(hit) = hit else { return Ok(Err(Refusal::NotALead)) };
    Ok(Ok(Done { hit: Some(hit.id), record: Some(record), revision: Some(hit.revision), ..Done::default() }))
}

/// Applies an event of a hit to the tables, and has it told once the transaction is durable.
pub(super) async fn keep_hit_event(
    desk: &mut Desk<'_>,
    before: Option<Hit>,
    event: &HitEvent,
) -> Result<Option<Hit>, StoreError> {
    let Some(hit) = hit::apply(before, event) else { return Ok(None) };
    tables::save_hit(&mut desk.tx, &hit).await?;
    match event {
        HitEvent::Wrote { message, .. } => tables::save_message(&mut desk.tx, &hit, message).await?,
        HitEvent::Settled { reason, phase, .. } => remember(desk, &hit, *phase, *reason).await?,
        _ => {}
    }
    news::hit(desk, event).await?;
    Ok(Some(hit))
}

/// Remembers that a pair is not the same gun, or forgets it when the hit is opened again.
async fn remember(
    desk: &mut Desk<'_>,
    hit: &Hit,
    phase: Phase,
    reason: Option<Exclusion>,
) -> Result<(), StoreError> {
    let Some(record) = tables::record(&mut desk.tx, hit.record).await? else { return Ok(()) };
    match (phase, reason) {
        (Phase::NotOurs | Phase::Excluded, Some(reason)) => {
            let Some(check) = tables::check(&mut desk.tx, hit.check).await? else { return Ok(()) };
            let gun = check.question.gun;
            desk.staging.exclude(&record, hit.id, &gun, reason);
            tables::save_exclusion(&mut desk.tx, &Excluded { hit: hit.id, record: record.id, gun, reason })
                .await
        }
        (Phase::Raised, _) => {
            desk.staging.forget_exclusion(&record, hit);
            tables::forget_exclusion(&mut desk.tx, hit.id).await
        }
        _ => Ok(()),
    }
}

/// Open records of what looks like the same gun, those only that the actor may see whole.
///
/// A sought gun and a recovered one are no duplicates but a hit; and what a file brings
/// over is held against the agency's own records only, for nobody is there to be asked
/// (NCIC too takes another agency's record of the same gun).
pub(super) async fn duplicates(
    desk: &mut Desk<'_>,
    early: &Early,
    report: &Report,
) -> Result<Vec<RecordId>, StoreError> {
    let viewer = desk.actor.viewer();
    let mut records = Vec::new();
    for id in desk.staging.same_number(early, report) {
        let Some(record) = tables::record(&mut desk.tx, id).await? else { continue };
        let other_side = record.report.circumstance.is_sought() != report.circumstance.is_sought();
        let other_agency = report.entry == Entry::Import && record.owner.agency != viewer.party.agency;
        let other_gun = checks::contradict(&record.report.gun, &report.gun);
        if !record.status.is_open() || other_side || other_agency || other_gun {
            continue;
        }
        let sight = disclose::record(&record, &viewer).map(disclose::Disclosed::into_inner);
        if matches!(sight, Some(RecordSight::Whole(_))) {
            records.push(id);
        }
    }
    // To be told of records is to have looked, whatever becomes of the entry.
    let question = Question {
        gun: report.gun.clone(),
        purpose: Text::from("ENTRY"),
        case: report.case.clone(),
        found: report.date,
        stand_days: 0,
        limit: 1,
    };
    let subject = records.first().map(ToString::to_string).unwrap_or_default();
    let note = note(desk, "duplicates", subject, &question, records.len());
    desk.later.notes.push(note);
    Ok(records)
}
