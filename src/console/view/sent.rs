//! Words for what was sent to the registry.

use super::scene::{Scene, say};
use crate::console::state::sent::Sent;

/// What was sent, with whom it is about first.
pub(super) fn sent(scene: &Scene, what: &Sent) -> String {
    let key = format!("sent.{}", what.code());
    let key = key.as_str();
    match what {
        Sent::Asked { hit, of, priority } => {
            say!(scene, key, hit = *hit, country = *of, priority = priority.code())
        }
        Sent::Lead { record, priority, .. } => {
            say!(scene, key, country = record.country, priority = priority.code())
        }
        Sent::NotOurs(hit, reason) | Sent::Excluded(hit, reason) => {
            say!(scene, key, hit = *hit, code = reason.code(), reason = scene.words().exclusion(*reason))
        }
        Sent::Promised(hit, until) => say!(scene, key, hit = *hit, until = scene.times.both(*until)),
        Sent::Take(hit)
        | Sent::Confirmed(hit)
        | Sent::Located(hit)
        | Sent::Cleared(hit)
        | Sent::Reopened(hit)
        | Sent::Message(hit)
        | Sent::Note(hit) => say!(scene, key, hit = *hit),
        Sent::Amended(record) | Sent::Validated(record) | Sent::RecordClosed(record, _) => {
            say!(scene, key, record = *record)
        }
        Sent::Entered | Sent::Rehearsed => say!(scene, key),
    }
}

/// The same in two words, for a line that says more besides: `H-2291 CONFIRMED`.
pub(super) fn short(scene: &Scene, what: &Sent) -> String {
    let phase = what.phase().map(|phase| phase.code().replace('_', " "));
    match (what, phase) {
        (Sent::Lead { record, .. }, Some(phase)) => format!("{record} {phase}"),
        (_, Some(phase)) => what.hit().map_or_else(|| phase.clone(), |hit| format!("{hit} {phase}")),
        (_, None) => wanted(scene, what),
    }
}

/// What is wanted and not done yet: nothing is called by its end before the registry has said so.
pub(super) fn wanted(scene: &Scene, what: &Sent) -> String {
    match what {
        Sent::Take(hit) => say!(scene, "wanted.take", hit = *hit),
        Sent::Entered => say!(scene, "wanted.enter"),
        Sent::Amended(record) => say!(scene, "wanted.amend", record = *record),
        Sent::Validated(record) => say!(scene, "wanted.validate", record = *record),
        Sent::RecordClosed(record, _) => say!(scene, "wanted.close", record = *record),
        other => sent(scene, other),
    }
}
