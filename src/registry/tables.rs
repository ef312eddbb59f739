//! Reads and writes the tables that decisions rest on.

mod hits;
mod pages;

pub use hits::{
    StoredHit, hit, hit_of_pair, hits_after, hits_due, hits_of, hits_of_check, hits_of_checks,
    hits_of_record, messages, save_hit, save_message,
};
pub use pages::{Listed, ListedReport, Page, records_after, standing_checks_after};

use super::store::{Row, StoreError, Transaction, Value, statements as sql};
use crate::domain::agency::{Agency, Officer};
use crate::domain::check::Check;
use crate::domain::gun::{Gun, Number};
use crate::domain::hit::Exclusion;
use crate::domain::ids::{AgencyId, CheckId, HitId, OfficerId, RecordId};
use crate::domain::record::Record;
use crate::domain::text::Text;
use crate::matching::Norm;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(super) fn document<T: Serialize>(table: &'static str, item: &T) -> Result<Value, StoreError> {
    serde_json::to_string(item).map(Value::Text).map_err(|e| StoreError::unreadable(table, &e))
}

pub(super) fn parse<T: DeserializeOwned>(
    table: &'static str,
    row: &Row,
    column: usize,
) -> Result<T, StoreError> {
    serde_json::from_str(row.text(column)).map_err(|e| StoreError::unreadable(table, &e))
}

pub(super) fn number(id: u64) -> Value {
    Value::Int(i64::try_from(id).unwrap_or(i64::MAX))
}

/// The running number of a name that was handed out last; 0 when there was none.
///
/// # Errors
/// The store failed.
pub async fn counter(tx: &mut Transaction, name: &str) -> Result<u64, StoreError> {
    let row = tx.row(sql::COUNTER, [name.into()]).await?;
    Ok(row.map_or(0, |row| row.int(0)).unsigned_abs())
}

/// A record.
///
/// # Errors
/// The store failed.
pub async fn record(tx: &mut Transaction, id: RecordId) -> Result<Option<Record>, StoreError> {
    let row = tx.row(sql::RECORD, [id.to_string().into()]).await?;
    row.map(|row| parse("records", &row, 0)).transpose()
}

/// Records that are wanted together, in no order; those that are not there are left out.
///
/// # Errors
/// The store failed.
pub async fn records(tx: &mut Transaction, ids: &[RecordId]) -> Result<Vec<Record>, StoreError> {
    let mut records = Vec::with_capacity(ids.len());
    for some in ids.chunks(sql::AT_ONCE) {
        // A statement has so many places; the last id fills those that are left.
        let last = some.last().into_iter().cycle();
        let places = if some.len() == 1 { 1 } else { sql::AT_ONCE };
        let values = some.iter().chain(last).take(places).map(|id| Value::from(id.to_string()));
        let statement = if places == 1 { sql::RECORD } else { sql::RECORDS };
        for row in tx.rows(statement, values).await? {
            records.push(parse("records", &row, 0)?);
        }
    }
    Ok(records)
}

/// The record that an agency has made from one of its own.
///
/// # Errors
/// The store failed.
pub async fn record_by_source(
    tx: &mut Transaction,
    agency: &AgencyId,
    source: &str,
) -> Result<Option<RecordId>, StoreError> {
    let row = tx.row(sql::RECORD_BY_SOURCE, [agency.as_str().into(), source.into()]).await?;
    Ok(row.and_then(|row| row.text(0).parse().ok()))
}

/// Saves a record with its numbers.
///
/// # Errors
/// The store failed.
pub async fn save_record(tx: &mut Transaction, record: &Record) -> Result<(), StoreError> {
    let text = |t: &Option<Text>| Value::from(t.as_ref().map(Text::as_str));
    let id = record.id.to_string();
    let values: [Value; 7] = [
        id.clone().into(),
        record.owner.agency.as_str().into(),
        record.owner.ncb.as_str().into(),
        record.status.code().into(),
        text(&record.report.batch),
        text(&record.report.source_id),
        document("records", record)?,
    ];
    tx.run(sql::SAVE_RECORD, values).await?;
    save_numbers(tx, &id, &record.report.gun).await
}

pub(super) async fn save_numbers(tx: &mut Transaction, subject: &str, gun: &Gun) -> Result<(), StoreError> {
    tx.run(sql::FORGET_NUMBERS, [subject.into()]).await?;
    tx.insert((sql::SAVE_NUMBER, sql::SAVE_NUMBERS), number_rows(subject, gun)).await
}

/// The rows of the numbers on a gun.
pub(super) fn number_rows(subject: &str, gun: &Gun) -> Vec<[Value; 6]> {
    let row = |(position, entry): (i64, &Number)| {
        let norm = Norm::of(entry.as_seen.as_str());
        [
            subject.into(),
            position.into(),
            entry.place.code().into(),
            entry.as_seen.as_str().into(),
            norm.as_str().into(),
            norm.skeleton().as_str().into(),
        ]
    };
    (0i64..).zip(&gun.numbers).map(row).collect()
}

/// A check.
///
/// # Errors
/// The store failed.
pub async fn check(tx: &mut Transaction, id: CheckId) -> Result<Option<Check>, StoreError> {
    let row = tx.row(sql::CHECK, [number(id.0)]).await?;
    row.map(|row| parse("checks", &row, 0)).transpose()
}

/// A gun in hand that is not the recorded one: an officer closed their hit with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// The hit.
    pub hit: HitId,
    /// The record.
    pub record: RecordId,
    /// The gun that was in hand.
    pub gun: Gun,
    /// Why.
    pub reason: Exclusion,
}

fn excluded(row: &Row) -> Result<Option<Excluded>, StoreError> {
    let gun = parse("exclusions", row, 3)?;
    let reason = Exclusion::ALL.into_iter().find(|reason| reason.code() == row.text(2));
    Ok(row.text(1).parse().ok().zip(reason).map(|(record, reason)| Excluded {
        hit: HitId(row.int(0).unsigned_abs()),
        record,
        gun,
        reason,
    }))
}

/// All exclusions.
///
/// # Errors
/// The store failed.
pub async fn exclusions(tx: &mut Transaction) -> Result<Vec<Excluded>, StoreError> {
    tx.rows(sql::EXCLUSIONS, []).await?.iter().filter_map(|row| excluded(row).transpose()).collect()
}

/// The exclusions of a record.
///
/// # Errors
/// The store failed.
pub async fn exclusions_of(tx: &mut Transaction, record: RecordId) -> Result<Vec<Excluded>, StoreError> {
    let rows = tx.rows(sql::EXCLUSIONS_OF, [record.to_string().into()]).await?;
    rows.iter().filter_map(|row| excluded(row).transpose()).collect()
}

/// Keeps an exclusion.
///
/// # Errors
/// The store failed.
pub async fn save_exclusion(tx: &mut Transaction, excluded: &Excluded) -> Result<(), StoreError> {
    let values: [Value; 4] = [
        number(excluded.hit.0),
        excluded.record.to_string().into(),
        excluded.reason.code().into(),
        document("exclusions", &excluded.gun)?,
    ];
    tx.run(sql::SAVE_EXCLUSION, values).await?;
    Ok(())
}

/// Forgets the exclusion of a hit.
///
/// # Errors
/// The store failed.
pub async fn forget_exclusion(tx: &mut Transaction, hit: HitId) -> Result<(), StoreError> {
    tx.run(sql::FORGET_EXCLUSION, [number(hit.0)]).await?;
    Ok(())
}

/// An agency.
///
/// # Errors
/// The store failed.
pub async fn agency(tx: &mut Transaction, id: &AgencyId) -> Result<Option<Agency>, StoreError> {
    let row = tx.row(sql::AGENCY, [id.as_str().into()]).await?;
    row.map(|row| parse("agencies", &row, 0)).transpose()
}

/// Saves an agency.
///
/// # Errors
/// The store failed.
pub async fn save_agency(tx: &mut Transaction, agency: &Agency) -> Result<(), StoreError> {
    let values: [Value; 3] =
        [agency.id.as_str().into(), agency.ncb.as_str().into(), document("agencies", agency)?];
    tx.run(sql::SAVE_AGENCY, values).await?;
    Ok(())
}

/// An officer.
///
/// # Errors
/// The store failed.
pub async fn officer(tx: &mut Transaction, id: OfficerId) -> Result<Option<Officer>, StoreError> {
    let row = tx.row(sql::OFFICER, [number(id.0)]).await?;
    row.map(|row| parse("officers", &row, 0)).transpose()
}

/// Saves an officer and the hash of the token.
///
/// # Errors
/// The store failed.
pub async fn save_officer(tx: &mut Transaction, officer: &Officer, token: &str) -> Result<(), StoreError> {
    let id = number(officer.id.0);
    let values: [Value; 3] =
        [id.clone(), officer.party.agency.as_str().into(), document("officers", officer)?];
    tx.run(sql::SAVE_OFFICER, values).await?;
    tx.run(sql::SAVE_TOKEN, [token.into(), id]).await?;
    Ok(())
}

/// The officer whose token has this hash, and the epoch of the officer's feed.
///
/// # Errors
/// The store failed.
pub async fn officer_by_token(
    tx: &mut Transaction,
    hash: &str,
) -> Result<Option<(Officer, u32)>, StoreError> {
    let row = tx.row(sql::TOKEN, [hash.into()]).await?;
    row.map(|row| Ok((parse("officers", &row, 0)?, u32::try_from(row.int(1)).unwrap_or(0)))).transpose()
}
