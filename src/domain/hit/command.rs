//! What an officer may want of a hit.

use super::{Exclusion, Priority};
use crate::domain::ids::{CheckId, HitId, RecordId};
use crate::domain::private::Private;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an officer wants of a hit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum HitCommand {
    /// Take it on the officer's own desk.
    Take {
        /// Which.
        hit: HitId,
        /// Whether to take it from a colleague too.
        #[serde(default)]
        over: bool,
    },
    /// Ask the owner for confirmation.
    Ask {
        /// Which.
        hit: HitId,
        /// The revision that the officer saw.
        revision: u32,
        /// How fast.
        priority: Priority,
        /// Why so fast; mandatory for FLASH and URGENT.
        #[serde(default)]
        reason: Private,
    },
    /// Make a hit of a lead and ask at once.
    Lead {
        /// The check.
        check: CheckId,
        /// The record.
        record: RecordId,
        /// How fast.
        priority: Priority,
        /// Why so fast; mandatory for FLASH and URGENT.
        #[serde(default)]
        reason: Private,
    },
    /// The gun is ours.
    Confirm {
        /// Which.
        hit: HitId,
        /// The revision that the officer saw.
        revision: u32,
    },
    /// The gun is not ours.
    NotOurs {
        /// Which.
        hit: HitId,
        /// The revision that the officer saw.
        revision: u32,
        /// Why.
        reason: Exclusion,
    },
    /// An answer will come by a time.
    Promise {
        /// Which.
        hit: HitId,
        /// The revision that the officer saw.
        revision: u32,
        /// By when.
        until: Moment,
    },
    /// The finder says: not the same gun.
    Exclude {
        /// Which.
        hit: HitId,
        /// The revision that the officer saw.
        revision: u32,
        /// Why.
        reason: Exclusion,
    },
    /// The gun is in the finder's hands.
    Locate {
        /// Which.
        hit: HitId,
        /// The revision that the officer saw.
        revision: u32,
    },
    /// The owner closes the record.
    Clear {
        /// Which.
        hit: HitId,
        /// The revision that the officer saw.
        revision: u32,
    },
    /// Open a closed hit again.
    Reopen {
        /// Which.
        hit: HitId,
        /// The revision that the officer saw.
        revision: u32,
        /// Why.
        reason: Private,
    },
    /// Write in the thread.
    Write {
        /// Which.
        hit: HitId,
        /// What.
        text: Private,
        /// Whether it stays within the officer's own NCB.
        inside: bool,
    },
}

impl HitCommand {
    /// The hit that it is about, unless it makes a new one.
    pub fn hit(&self) -> Option<HitId> {
        match self {
            HitCommand::Lead { .. } => None,
            HitCommand::Take { hit, .. }
            | HitCommand::Ask { hit, .. }
            | HitCommand::Confirm { hit, .. }
            | HitCommand::NotOurs { hit, .. }
            | HitCommand::Promise { hit, .. }
            | HitCommand::Exclude { hit, .. }
            | HitCommand::Locate { hit, .. }
            | HitCommand::Clear { hit, .. }
            | HitCommand::Reopen { hit, .. }
            | HitCommand::Write { hit, .. } => Some(*hit),
        }
    }
}
