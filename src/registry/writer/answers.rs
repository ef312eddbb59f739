//! What became of commands: kept with their ids, so that each is done once.

use super::Work;
use super::batch::Desk;
use super::later::Answer;
use crate::domain::ids::CommandId;
use crate::registry::journal::hexadecimal;
use crate::registry::store::StoreError;
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

/// Looks for what became of work of the acting officer, all at once.
///
/// # Errors
/// The store failed.
pub(super) async fn look_for(desk: &mut Desk<'_>, work: &[Work]) -> Result<(), StoreError> {
    let officer = officer(desk);
    desk.later.answers.look_for(&mut desk.tx, officer, work).await
}

/// What became of an id of the acting officer that was looked for.
pub(super) fn before(desk: &Desk<'_>, id: CommandId, request: &impl Serialize) -> Option<Before> {
    let answer = desk.later.answers.of(officer(desk), id)?;
    Some(Before {
        same: answer.request == request_hash(id, request),
        done: serde_json::from_str(&answer.outcome).ok(),
    })
}

/// Keeps what became of an id.
pub(super) fn keep(desk: &mut Desk<'_>, id: CommandId, request: &impl Serialize, done: &Done) {
    let outcome = serde_json::to_string(done).unwrap_or_default();
    let answer = Answer { request: request_hash(id, request), outcome };
    desk.later.answers.keep(officer(desk), id, answer);
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
