//! Hits with their threads, and the order in which a country reads them.

use super::{document, number, parse};
use crate::domain::hit::{Hit, Message, Phase};
use crate::domain::ids::{CheckId, CountryCode, HitId, RecordId};
use crate::domain::time::Moment;
use crate::registry::store::{Row, StoreError, Transaction, Value, statements as sql};
use crate::wire::hit::HitsPlace;

/// A hit with the numbers of its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHit {
    /// The hit.
    pub hit: Hit,
    /// Messages in its thread, inside notes included.
    pub messages: u32,
    /// Inside notes of the owner's side among them.
    pub owner_inside: u32,
    /// Inside notes of the finder's side among them.
    pub finder_inside: u32,
}

impl StoredHit {
    /// The messages that a country may read: all but the inside notes of the other side.
    pub fn messages_for(&self, ncb: CountryCode) -> u32 {
        let hidden = |inside: u32, own: bool| if own { 0 } else { inside };
        self.messages
            .saturating_sub(hidden(self.owner_inside, self.hit.is_owner(ncb)))
            .saturating_sub(hidden(self.finder_inside, self.hit.is_finder(ncb)))
    }
}

fn stored_hit(row: &Row) -> Result<StoredHit, StoreError> {
    let count = |column: usize| u32::try_from(row.int(column)).unwrap_or(0);
    Ok(StoredHit {
        hit: parse("hits", row, 0)?,
        messages: count(1),
        owner_inside: count(2),
        finder_inside: count(3),
    })
}

/// A hit.
///
/// # Errors
/// The store failed.
pub async fn hit(tx: &mut Transaction, id: HitId) -> Result<Option<StoredHit>, StoreError> {
    tx.row(sql::HIT, [number(id.0)]).await?.map(|row| stored_hit(&row)).transpose()
}

/// The hit of a pair.
///
/// # Errors
/// The store failed.
pub async fn hit_of_pair(
    tx: &mut Transaction,
    record: RecordId,
    check: CheckId,
) -> Result<Option<StoredHit>, StoreError> {
    let row = tx.row(sql::HIT_BY_PAIR, [record.to_string().into(), number(check.0)]).await?;
    row.map(|row| stored_hit(&row)).transpose()
}

/// Hits of a check.
///
/// # Errors
/// The store failed.
pub async fn hits_of_check(tx: &mut Transaction, check: CheckId) -> Result<Vec<StoredHit>, StoreError> {
    tx.rows(sql::HITS_OF_CHECK, [number(check.0)]).await?.iter().map(stored_hit).collect()
}

/// Hits of checks, each named once; those of one check stand in the order of their ids.
///
/// # Errors
/// The store failed.
pub async fn hits_of_checks(tx: &mut Transaction, checks: &[CheckId]) -> Result<Vec<StoredHit>, StoreError> {
    let mut hits = Vec::new();
    for some in checks.chunks(sql::AT_ONCE) {
        // A statement has so many places; the last id fills those that are left.
        let places = some.iter().chain(some.last().into_iter().cycle()).take(sql::AT_ONCE);
        let rows = tx.rows(sql::HITS_OF_CHECKS, places.map(|check| number(check.0))).await?;
        for row in &rows {
            hits.push(stored_hit(row)?);
        }
    }
    Ok(hits)
}

/// Hits of a record.
///
/// # Errors
/// The store failed.
pub async fn hits_of_record(tx: &mut Transaction, record: RecordId) -> Result<Vec<StoredHit>, StoreError> {
    tx.rows(sql::HITS_OF_RECORD, [record.to_string().into()]).await?.iter().map(stored_hit).collect()
}

/// Hits of a country behind a place, else from the first: the open ones first, among them the
/// worst clock.
///
/// # Errors
/// The store failed.
pub async fn hits_of(
    tx: &mut Transaction,
    ncb: CountryCode,
    after: Option<HitsPlace>,
    most: u32,
) -> Result<Vec<StoredHit>, StoreError> {
    let (open, worst, id) = after.map_or((i64::MAX, 0, 0), |place| {
        let id = i64::try_from(place.hit.0).unwrap_or(i64::MAX);
        (i64::from(place.open), worst(place.due), id)
    });
    let values: [Value; 5] =
        [ncb.as_str().into(), open.into(), worst.into(), id.into(), i64::from(most).into()];
    tx.rows(sql::HITS_OF, values).await?.iter().map(stored_hit).collect()
}

/// A clock as the column has it that hits are ordered by: what has none comes last.
fn worst(due: Option<Moment>) -> i64 {
    due.map_or(i64::MAX, |due| due.0)
}

/// Hits whose clock is due.
///
/// # Errors
/// The store failed.
pub async fn hits_due(tx: &mut Transaction, now: i64, most: i64) -> Result<Vec<StoredHit>, StoreError> {
    tx.rows(sql::HITS_DUE, [now.into(), most.into()]).await?.iter().map(stored_hit).collect()
}

/// Saves a hit.
///
/// # Errors
/// The store failed.
pub async fn save_hit(tx: &mut Transaction, hit: &Hit) -> Result<(), StoreError> {
    let urgent = matches!(hit.phase, Phase::Asked | Phase::Promised) && hit.priority.needs_reason();
    let strikes = hit.due.filter(|_| !hit.escalated);
    let values: [Value; 10] = [
        number(hit.id.0),
        hit.record.to_string().into(),
        number(hit.check.0),
        hit.owner.ncb.as_str().into(),
        hit.finder.ncb.as_str().into(),
        i64::from(hit.phase.is_open()).into(),
        strikes.map(|due| due.0).into(),
        worst(hit.due).into(),
        i64::from(urgent).into(),
        document("hits", hit)?,
    ];
    tx.run(sql::SAVE_HIT, values).await?;
    Ok(())
}

/// A page of hits after an id.
///
/// # Errors
/// The store failed.
pub async fn hits_after(tx: &mut Transaction, id: i64, most: i64) -> Result<Vec<Hit>, StoreError> {
    let rows = tx.rows(sql::HITS_AFTER, [id.into(), most.into()]).await?;
    rows.iter().map(|row| parse("hits", row, 1)).collect()
}

/// Appends a message to the thread of a hit.
///
/// # Errors
/// The store failed.
pub async fn save_message(tx: &mut Transaction, hit: &Hit, message: &Message) -> Result<(), StoreError> {
    // Where one country is both sides its notes count as the owner's; it reads them all anyway.
    let by_owner = message.inside && hit.is_owner(message.party.ncb);
    let by_finder = message.inside && !by_owner;
    let id = number(hit.id.0);
    let row = tx
        .row(sql::COUNT_MESSAGE, [id.clone(), i64::from(by_owner).into(), i64::from(by_finder).into()])
        .await?;
    let position = row.map_or(0, |row| row.int(0));
    tx.run(sql::SAVE_MESSAGE, [id, position.into(), document("messages", message)?]).await?;
    Ok(())
}

/// The thread of a hit, the oldest first.
///
/// # Errors
/// The store failed.
pub async fn messages(tx: &mut Transaction, hit: HitId) -> Result<Vec<Message>, StoreError> {
    let rows = tx.rows(sql::MESSAGES, [number(hit.0)]).await?;
    rows.iter().map(|row| parse("messages", row, 0)).collect()
}
