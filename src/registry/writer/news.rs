//! Gathers what a transaction will have to tell once it is durable.

use super::batch::Desk;
use crate::domain::check::Check;
use crate::domain::event::RecordEvent;
use crate::domain::hit::HitEvent;
use crate::domain::record::Record;
use crate::registry::feed::{Happened, Shown, by, inside, what};
use crate::registry::store::StoreError;
use crate::registry::tables::StoredHit;
use crate::registry::{sight, tables};
use crate::wire::hit::GunBrief;

/// Something happened to a hit, which is stored already.
pub(super) async fn hit(desk: &mut Desk<'_>, event: &HitEvent) -> Result<(), StoreError> {
    let stored = tables::hit(&mut desk.tx, event.hit()).await?;
    for shown in shown(desk, stored.into_iter().collect()).await? {
        desk.news.push(Happened::Hit {
            sequence: desk.head.sequence,
            what: what(event),
            by: by(event),
            inside: inside(event),
            shown: Box::new(shown),
        });
    }
    Ok(())
}

/// The last line says something of a record; tells it when the record had hits before that it
/// shows otherwise now.
pub(super) async fn record(
    desk: &mut Desk<'_>,
    before: Option<&Record>,
    event: &RecordEvent,
) -> Result<(), StoreError> {
    let (RecordEvent::Amended { record, report, .. }, Some(before)) = (event, before) else { return Ok(()) };
    let hits = tables::hits_of_record(&mut desk.tx, *record).await?;
    let mut hits = shown(desk, hits).await?;
    for shown in &mut hits {
        shown.guns.recorded = GunBrief::from(&report.gun);
        shown.guns.caveat = report.caveat.clone();
    }
    let sequence = desk.head.sequence;
    let before = before.report.caveat.clone();
    if !hits.is_empty() {
        desk.news.push(Happened::Record { sequence, record: *record, before, hits });
    }
    Ok(())
}

/// A check was kept, of which the line `sequence` says something; tells it, before the news
/// from `place` on, when its hits show another gun now.
pub(super) async fn check(
    desk: &mut Desk<'_>,
    (place, sequence): (usize, u64),
    before: &Check,
    now: &Check,
) -> Result<(), StoreError> {
    if before.question.gun == now.question.gun {
        return Ok(());
    }
    let hits = tables::hits_of_check(&mut desk.tx, now.id).await?;
    let hits = shown(desk, hits).await?;
    if !hits.is_empty() {
        desk.news.insert(place.min(desk.news.len()), Happened::Check { sequence, hits });
    }
    Ok(())
}

async fn shown(desk: &mut Desk<'_>, hits: Vec<StoredHit>) -> Result<Vec<Shown>, StoreError> {
    let mut shown = Vec::with_capacity(hits.len());
    for hit in hits {
        let guns = sight::pair_guns(&mut desk.tx, &hit.hit).await?;
        shown.push(Shown { hit, guns });
    }
    Ok(shown)
}
