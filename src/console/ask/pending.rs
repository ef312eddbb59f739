//! What this desk has sent and not heard of yet: until then nothing else is said about the same thing.

use crate::console::state::State;
use crate::console::state::sent::Sent;
use crate::console::state::why_not::WhyNot;
use crate::domain::ids::{CheckId, HitId, RecordId};

/// Whether an answer about a hit may go out: a second one would be decided on what the first
/// is about to change.
///
/// # Errors
/// What is on its way.
pub fn decided(state: &State, hit: HitId) -> Result<(), WhyNot> {
    heard(state, |sent| sent.hit() == Some(hit) && sent.phase().is_some())
}

/// Whether a hit may be taken: not twice, and not while an answer about it is on its way, which
/// takes it.
///
/// # Errors
/// What is on its way.
pub fn taken(state: &State, hit: HitId) -> Result<(), WhyNot> {
    decided(state, hit)?;
    heard(state, |sent| *sent == Sent::Take(hit))
}

/// Whether the owner may be asked about a lead: a second asking would make a second hit.
///
/// # Errors
/// What is on its way.
pub(super) fn led(state: &State, check: CheckId, record: RecordId) -> Result<(), WhyNot> {
    let same = |c: &CheckId, r: &RecordId| (*c, *r) == (check, record);
    heard(state, |sent| matches!(sent, Sent::Lead { check, record, .. } if same(check, record)))
}

/// Whether a record of ours may be changed.
///
/// # Errors
/// What is on its way.
pub fn changed(state: &State, record: RecordId) -> Result<(), WhyNot> {
    heard(state, |sent| sent.record() == Some(record))
}

fn heard(state: &State, about: impl Fn(&Sent) -> bool) -> Result<(), WhyNot> {
    match state.pending.find(about) {
        Some((what, unknown)) => Err(WhyNot::Pending { what: what.clone(), unknown }),
        None => Ok(()),
    }
}
