//! The append-only, hash-chained list of events.
//!
//! Each line is hashed over its length-prefixed fields and the hash of the line before, so
//! no line can be changed, moved or taken out unnoticed; `head` holds what the list must
//! end with, so its tail cannot be cut. Words that may have to be erased stand in a side
//! table, and the line holds a salted hash of them.

mod fresh;
mod private;
mod verify;

pub use fresh::{Fresh, Place};
pub use verify::{Finding, Verdict, verify};

use super::store::{Row, StoreError, Transaction, Value, statements as sql};
use crate::domain::event::Event;
use crate::domain::ids::{AgencyId, OfficerId, RecordId};
use crate::domain::time::Moment;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Version of the events that this program writes; older ones stay readable.
pub const VERSION: i64 = 1;
/// Lines read at once.
const PAGE: i64 = 500;

/// What the journal ends with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The last line's sequence; 0 when there is none.
    pub sequence: u64,
    /// The last line's hash in hexadecimal; empty when there is none.
    pub hash: String,
}

/// Who caused a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// When.
    pub at: Moment,
    /// The command's id as text.
    pub command: String,
    /// The officer.
    pub officer: OfficerId,
    /// For which agency.
    pub agency: AgencyId,
}

/// A line as it was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place.
    pub sequence: u64,
    /// Who caused it.
    pub officer: String,
    /// What happened, with what was erased left out.
    pub event: Event,
}

/// Takes the journal's lock; held until the transaction ends.
///
/// # Errors
/// The store failed.
pub async fn lock(tx: &mut Transaction) -> Result<Head, StoreError> {
    head_of(tx.row(sql::TAKE_HEAD, []).await?)
}

/// Reads what the journal ends with.
///
/// # Errors
/// The store failed.
pub async fn head(tx: &mut Transaction) -> Result<Head, StoreError> {
    head_of(tx.row(sql::READ_HEAD, []).await?)
}

fn head_of(row: Option<Row>) -> Result<Head, StoreError> {
    let row = row.ok_or(StoreError::Row { table: "head", what: "the row 'journal' is gone".into() })?;
    Ok(Head { sequence: row.int(0).unsigned_abs(), hash: row.text(1).to_owned() })
}

/// Reads the lines after a sequence, all of them.
///
/// # Errors
/// The store failed, or a line is no event of a version that is known.
pub async fn after(tx: &mut Transaction, sequence: u64) -> Result<Vec<Line>, StoreError> {
    let mut lines = Vec::new();
    let mut from = sequence;
    loop {
        let page = page(tx, from).await?;
        let Some(last) = page.last() else { return Ok(lines) };
        from = last.sequence;
        lines.extend(page);
    }
}

/// Reads lines that feeds tell of after a sequence, `most` at the most; erasable words are
/// left out.
///
/// # Errors
/// The store failed, or a line is no event of a version that is known.
pub async fn told_after(tx: &mut Transaction, sequence: u64, most: u32) -> Result<Vec<Line>, StoreError> {
    let rows = tx.rows(sql::TOLD_AFTER, [place(sequence), i64::from(most).into()]).await?;
    rows.iter().map(|row| read(row, &[])).collect()
}

/// How many lines that feeds tell of come after a sequence, counted up to `most`.
///
/// # Errors
/// The store failed.
pub async fn count_told(tx: &mut Transaction, sequence: u64, most: u32) -> Result<u64, StoreError> {
    let row = tx.row(sql::COUNT_TOLD, [place(sequence), i64::from(most).into()]).await?;
    Ok(row.map_or(0, |row| row.int(0)).unsigned_abs())
}

/// The event before a sequence that last said what a record reports; erasable words are left
/// out.
///
/// # Errors
/// The store failed, or the line is no event of a version that is known.
pub async fn reported_before(
    tx: &mut Transaction,
    record: RecordId,
    sequence: u64,
) -> Result<Option<Event>, StoreError> {
    let row = tx.row(sql::REPORTED_BEFORE, [record.to_string().into(), place(sequence)]).await?;
    Ok(row.map(|row| read(&row, &[])).transpose()?.map(|line| line.event))
}

/// The sequence of the first line about a subject.
///
/// # Errors
/// The store failed.
pub async fn first_about(tx: &mut Transaction, subject: &str) -> Result<Option<u64>, StoreError> {
    let row = tx.row(sql::FIRST_ABOUT, [subject.into()]).await?;
    Ok(row.map(|row| row.int(0).unsigned_abs()).filter(|sequence| *sequence > 0))
}

fn place(sequence: u64) -> Value {
    i64::try_from(sequence).unwrap_or(i64::MAX).into()
}

/// Reads some of the lines after a sequence; none when there are no more.
///
/// # Errors
/// The store failed, or a line is no event of a version that is known.
pub async fn page(tx: &mut Transaction, sequence: u64) -> Result<Vec<Line>, StoreError> {
    let from = i64::try_from(sequence).unwrap_or(i64::MAX);
    let rows = tx.rows(sql::LINES_AFTER, [from.into(), PAGE.into()]).await?;
    let Some(last) = rows.last().map(|row| row.int(0)) else { return Ok(Vec::new()) };
    let parts = tx.rows(sql::PERSONAL_BETWEEN, [from.into(), last.into()]).await?;
    rows.iter().map(|row| read(row, &parts)).collect()
}

fn read(row: &Row, parts: &[Row]) -> Result<Line, StoreError> {
    let sequence = row.int(0);
    let unreadable =
        |what: String| StoreError::Row { table: "journal", what: format!("line {sequence}: {what}") };
    if row.int(7) != VERSION {
        return Err(unreadable(format!("version {} is not known", row.int(7))));
    }
    let by_place = |e: serde_json::Error| {
        unreadable(format!("its event is wrong ({:?}) at column {}", e.classify(), e.column()))
    };
    let mut value = serde_json::from_str(row.text(8)).map_err(by_place)?;
    private::attach(&mut value, |part| {
        parts.iter().find(|p| p.int(0) == sequence && p.int(1) == part).map(|p| p.text(3).to_owned())
    });
    let event = serde_json::from_value(value).map_err(by_place)?;
    Ok(Line { sequence: sequence.unsigned_abs(), officer: row.text(3).to_owned(), event })
}

/// The hash of a line: SHA-256 over the hash before and each field behind its length.
fn chain<'a>(before: &'a str, fields: impl Iterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for field in std::iter::once(before).chain(fields) {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field.as_bytes());
    }
    hexadecimal(&hasher.finalize())
}

/// Bytes as text.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
