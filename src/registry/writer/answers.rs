//! What became of commands: kept with their ids, so that each is done once.

use super::batch::Desk;
use crate::domain::ids::CommandId;
use crate::registry::journal::hexadecimal;
use crate::registry::store::{StoreError, statements as sql};
use crate::wire::command::Done;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What became of the same id before.
pub(super) struct Before {
    /// Whether the request was the same too.
    pub same: bool,
    /// What came of it; nothing for a check, which is read again.
    pub done: Option<Done>,
}

/// Looks for what became of an id of the acting officer.
///
/// # Errors
/// The store failed.
pub(super) async fn before(
    desk: &mut Desk<'_>,
    id: CommandId,
    request: &impl Serialize,
) -> Result<Option<Before>, StoreError> {
    let officer = officer(desk);
    let row = desk.tx.row(sql::ANSWER, [officer.into(), id.to_string().into()]).await?;
    Ok(row.map(|row| Before {
        same: row.text(0) == request_hash(id, request),
        done: serde_json::from_str(row.text(1)).ok(),
    }))
}

/// Keeps what became of an id.
///
/// # Errors
/// The store failed.
pub(super) async fn keep(
    desk: &mut Desk<'_>,
    id: CommandId,
    request: &impl Serialize,
    done: &Done,
) -> Result<(), StoreError> {
    let outcome = serde_json::to_string(done).unwrap_or_default();
    let values =
        [officer(desk).into(), id.to_string().into(), request_hash(id, request).into(), outcome.into()];
    desk.tx.run(sql::SAVE_ANSWER, values).await?;
    Ok(())
}

fn officer(desk: &Desk<'_>) -> i64 {
    i64::try_from(desk.actor.context(desk.now).officer.0).unwrap_or(i64::MAX)
}

/// What is kept of a request to know it again: salted with its id, for it may hold words that
/// are to be erased one day.
fn request_hash(id: CommandId, request: &impl Serialize) -> String {
    let mut hasher = Sha256::new();
    hasher.update(id.0.as_bytes());
    hasher.update(serde_json::to_vec(request).unwrap_or_default());
    hexadecimal(&hasher.finalize())
}
