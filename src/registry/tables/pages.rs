//! Many documents at once, for the index that is built at start.

use super::number;
use crate::domain::date::PartialDate;
use crate::domain::gun::Gun;
use crate::domain::ids::RecordId;
use crate::domain::record::Status;
use crate::domain::time::Moment;
use crate::registry::store::{Row, StoreError, Transaction, statements as sql};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What stands between two documents, as in RFC 7464; no document has one in it.
const BETWEEN: char = '\u{1E}';

/// Documents of a table in the order of their ids.
///
/// They come as one text: to hand over a row takes the engine's library as long as to read
/// the record in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<K> {
    /// The id of the last.
    pub last: K,
    table: &'static str,
    documents: String,
}

/// What a record's document says of its gun; the rest is left unread.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Listed {
    /// Its id.
    pub id: RecordId,
    /// Of what was reported: the gun, and when.
    pub report: ListedReport,
    /// Where it stands.
    pub status: Status,
}

/// What a report says of its gun.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ListedReport {
    /// The gun.
    pub gun: Gun,
    /// When it was lost or found.
    #[serde(default)]
    pub date: Option<PartialDate>,
}

impl<K> Page<K> {
    /// Shows each document.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub fn each<T: DeserializeOwned>(&self, mut visit: impl FnMut(T)) -> Result<(), StoreError> {
        for document in self.documents.split(BETWEEN) {
            visit(serde_json::from_str(document).map_err(|e| StoreError::unreadable(self.table, &e))?);
        }
        Ok(())
    }
}

/// A page of records after an id, in its order as text; nothing when there are no more.
///
/// # Errors
/// The store failed.
pub async fn records_after(
    tx: &mut Transaction,
    id: &str,
    most: i64,
) -> Result<Option<Page<String>>, StoreError> {
    let row = tx.row(sql::RECORDS_AFTER, [id.into(), most.into(), BETWEEN.to_string().into()]).await?;
    Ok(row.and_then(|row| page("records", &row, row.text(0).to_owned())))
}

/// A page of the checks after an id that still stand; nothing when there are no more.
///
/// # Errors
/// The store failed.
pub async fn standing_checks_after(
    tx: &mut Transaction,
    id: u64,
    now: Moment,
    most: i64,
) -> Result<Option<Page<u64>>, StoreError> {
    let values = [number(id), now.0.into(), most.into(), BETWEEN.to_string().into()];
    let row = tx.row(sql::STANDING_CHECKS_AFTER, values).await?;
    Ok(row.and_then(|row| page("checks", &row, row.int(0).unsigned_abs())))
}

fn page<K>(table: &'static str, row: &Row, last: K) -> Option<Page<K>> {
    let documents = Some(row.text(1).to_owned()).filter(|documents| !documents.is_empty())?;
    Some(Page { last, table, documents })
}
