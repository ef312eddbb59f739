//! What may happen to a hit, and what is written in its thread.

use super::{Exclusion, Hit, Phase, Priority, Side};
use crate::domain::agency::Party;
use crate::domain::gun::Change;
use crate::domain::ids::{HitId, OfficerId};
use crate::domain::private::Private;
use crate::domain::record::Status;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What one side has written in the thread of a hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// When.
    pub at: Moment,
    /// By whom.
    pub officer: OfficerId,
    /// For whom the officer acted.
    pub party: Party,
    /// Whether it stays within the writer's own NCB.
    pub inside: bool,
    /// What; nothing where the registry wrote down what was described otherwise.
    pub text: Private,
    /// What the finder describes otherwise than before, because the same check was made again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub described: Vec<Change>,
}

/// An event in the life of a hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HitEvent {
    /// It was raised, on both sides.
    Raised {
        /// As it was raised.
        hit: Box<Hit>,
    },
    /// Someone has it on the desk.
    Taken {
        /// Which.
        hit: HitId,
        /// On which side.
        side: Side,
        /// Who.
        by: OfficerId,
        /// When.
        at: Moment,
    },
    /// The owner was asked: request 1.
    Asked {
        /// Which.
        hit: HitId,
        /// How fast.
        priority: Priority,
        /// By whom.
        by: OfficerId,
        /// When.
        at: Moment,
        /// When the answer is due.
        due: Moment,
    },
    /// No answer came in time: request 2 or 3 went out by itself.
    Reminded {
        /// Which.
        hit: HitId,
        /// 2 or 3.
        number: u8,
        /// When.
        at: Moment,
        /// When the answer is due now.
        due: Moment,
    },
    /// Three requests went without an answer.
    Escalated {
        /// Which.
        hit: HitId,
        /// When.
        at: Moment,
    },
    /// The owner has promised an answer.
    Promised {
        /// Which.
        hit: HitId,
        /// By when.
        until: Moment,
        /// Who.
        by: OfficerId,
        /// When.
        at: Moment,
    },
    /// It came to one of the phases that only an officer can bring it to.
    Settled {
        /// Which.
        hit: HitId,
        /// Where it stands now.
        phase: Phase,
        /// Why it is not the same gun.
        reason: Option<Exclusion>,
        /// Who.
        by: OfficerId,
        /// When.
        at: Moment,
    },
    /// Its record was located, cleared, cancelled or has expired.
    RecordSet {
        /// Which.
        hit: HitId,
        /// What the record is now.
        status: Status,
        /// Who.
        by: OfficerId,
        /// When.
        at: Moment,
    },
    /// Someone wrote in its thread.
    Wrote {
        /// Which.
        hit: HitId,
        /// What.
        message: Message,
    },
}

impl HitEvent {
    /// The hit that it is about.
    pub fn hit(&self) -> HitId {
        match self {
            HitEvent::Raised { hit } => hit.id,
            HitEvent::Taken { hit, .. }
            | HitEvent::Asked { hit, .. }
            | HitEvent::Reminded { hit, .. }
            | HitEvent::Escalated { hit, .. }
            | HitEvent::Promised { hit, .. }
            | HitEvent::Settled { hit, .. }
            | HitEvent::RecordSet { hit, .. }
            | HitEvent::Wrote { hit, .. } => *hit,
        }
    }

    /// The kind, as the journal's column has it.
    pub fn kind(&self) -> &'static str {
        match self {
            HitEvent::Raised { .. } => "hit.raised",
            HitEvent::Taken { .. } => "hit.taken",
            HitEvent::Asked { .. } => "hit.asked",
            HitEvent::Reminded { .. } => "hit.reminded",
            HitEvent::Escalated { .. } => "hit.escalated",
            HitEvent::Promised { .. } => "hit.promised",
            HitEvent::Settled { .. } => "hit.settled",
            HitEvent::RecordSet { .. } => "hit.record_set",
            HitEvent::Wrote { .. } => "hit.wrote",
        }
    }
}
