//! What becomes of a hit when its finder describes the gun otherwise than before.

use super::{Hit, HitEvent, Message};
use crate::domain::context::Context;
use crate::domain::gun::Change;
use crate::domain::private::Private;

/// The line in the hit's thread that says so to both sides; nothing when nothing was changed.
pub fn described_otherwise(hit: &Hit, described: &[Change], context: &Context) -> Option<HitEvent> {
    (!described.is_empty()).then(|| HitEvent::Wrote {
        hit: hit.id,
        message: Message {
            at: context.now,
            officer: context.officer,
            party: context.party.clone(),
            inside: false,
            text: Private::default(),
            described: described.to_vec(),
        },
    })
}
