//! A hit: a record and a check that are taken to be the same gun, and what two agencies do about it.

mod apply;
pub mod clock;
mod decide;
pub mod desk;

pub use apply::apply;
pub use decide::{decide, lead, raise};

use super::agency::Party;
use super::evidence::Band;
use super::ids::{CheckId, CountryCode, HitId, OfficerId, RecordId};
use super::private::Private;
use super::time::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How fast an answer is needed; only the finder chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Priority {
    /// Someone is in danger.
    Flash,
    /// The hit is the only ground for holding a person; the reason must be written.
    Urgent,
    /// Held on other grounds, or not urgent.
    Routine,
    /// Bulk and statistics.
    Low,
}

impl Priority {
    /// All of them, the fastest first.
    pub const ALL: [Priority; 4] = [Priority::Flash, Priority::Urgent, Priority::Routine, Priority::Low];

    /// The word, which is the same in every language.
    pub fn code(self) -> &'static str {
        match self {
            Priority::Flash => "FLASH",
            Priority::Urgent => "URGENT",
            Priority::Routine => "ROUTINE",
            Priority::Low => "LOW",
        }
    }

    /// Whether its reason must be written.
    pub fn needs_reason(self) -> bool {
        matches!(self, Priority::Flash | Priority::Urgent)
    }
}

/// Where a hit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Phase {
    /// Raised; the finder has not asked.
    Raised,
    /// The owner has been asked.
    Asked,
    /// The owner has promised an answer by a time.
    Promised,
    /// The owner says: ours.
    Confirmed,
    /// The owner says: not ours.
    NotOurs,
    /// The finder says: not the same gun.
    Excluded,
    /// The finder has the gun and has said so.
    Located,
    /// The owner has closed the record.
    Cleared,
}

impl Phase {
    /// The code, which is the same in every language.
    pub fn code(self) -> &'static str {
        match self {
            Phase::Raised => "RAISED",
            Phase::Asked => "ASKED",
            Phase::Promised => "PROMISED",
            Phase::Confirmed => "CONFIRMED",
            Phase::NotOurs => "NOT_OURS",
            Phase::Excluded => "EXCLUDED",
            Phase::Located => "LOCATED",
            Phase::Cleared => "CLEARED",
        }
    }

    /// Whether anything is left to do.
    pub fn is_open(self) -> bool {
        !matches!(self, Phase::NotOurs | Phase::Excluded | Phase::Cleared)
    }

    /// Whether an answer of the owner is still to come.
    pub fn is_unanswered(self) -> bool {
        matches!(self, Phase::Raised | Phase::Asked | Phase::Promised)
    }
}

/// Why two guns are not the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum Exclusion {
    /// Other make and calibre.
    #[serde(rename = "EX1")]
    MakeAndCalibre,
    /// Other type.
    #[serde(rename = "EX2")]
    Type,
    /// The number is a model, part or patent number.
    #[serde(rename = "EX3")]
    NotTheSerial,
    /// A series that is known to repeat.
    #[serde(rename = "EX4")]
    DoubleSeries,
    /// The record was cleared before.
    #[serde(rename = "EX5")]
    ClearedBefore,
    /// The owner has the gun in hand.
    #[serde(rename = "EX6")]
    InHand,
    /// Misread; a new reading is given.
    #[serde(rename = "EX7")]
    Misread,
    /// A counterfeit.
    #[serde(rename = "EX8")]
    Counterfeit,
    /// A placeholder, not a serial.
    #[serde(rename = "EX9")]
    Placeholder,
}

impl Exclusion {
    /// All of them, in the order of their figures.
    pub const ALL: [Exclusion; 9] = [
        Exclusion::MakeAndCalibre,
        Exclusion::Type,
        Exclusion::NotTheSerial,
        Exclusion::DoubleSeries,
        Exclusion::ClearedBefore,
        Exclusion::InHand,
        Exclusion::Misread,
        Exclusion::Counterfeit,
        Exclusion::Placeholder,
    ];

    /// The code: `EX1` to `EX9`.
    pub fn code(self) -> &'static str {
        ["EX1", "EX2", "EX3", "EX4", "EX5", "EX6", "EX7", "EX8", "EX9"][self as usize]
    }
}

/// One of the two sides of a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Of the record.
    Owner,
    /// Of the gun in hand.
    Finder,
}

/// A hit as it stands: all that the rules read of it, and nothing that may be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hit {
    /// Its id.
    pub id: HitId,
    /// The record.
    pub record: RecordId,
    /// The check.
    pub check: CheckId,
    /// Whose record it is.
    pub owner: Party,
    /// In whose hands the gun is.
    pub finder: Party,
    /// How likely it was when it was raised.
    pub band: Band,
    /// When it was raised.
    pub raised: Moment,
    /// Where it stands.
    pub phase: Phase,
    /// How fast an answer is needed.
    pub priority: Priority,
    /// Requests sent so far, 0 to 3.
    pub number: u8,
    /// When the first request was sent.
    pub asked: Option<Moment>,
    /// When the running clock is due.
    pub due: Option<Moment>,
    /// Promises made so far.
    pub promises: u8,
    /// Whether three requests went without an answer.
    pub escalated: bool,
    /// The officer at the owner's who has it.
    pub owner_taken: Option<OfficerId>,
    /// The officer at the finder's who has it.
    pub finder_taken: Option<OfficerId>,
    /// Why it is not the same gun.
    pub reason: Option<Exclusion>,
    /// Decisive changes so far, from 1.
    pub revision: u32,
    /// Who made the last one.
    pub changed_by: OfficerId,
    /// When.
    pub changed: Moment,
}

impl Hit {
    /// The side that a country is on; the owner's when it is both.
    pub fn side(&self, ncb: CountryCode) -> Option<Side> {
        if self.owner.ncb == ncb {
            Some(Side::Owner)
        } else if self.finder.ncb == ncb {
            Some(Side::Finder)
        } else {
            None
        }
    }

    /// Whether the country owns the record.
    pub fn is_owner(&self, ncb: CountryCode) -> bool {
        self.owner.ncb == ncb
    }

    /// Whether the country holds the gun.
    pub fn is_finder(&self, ncb: CountryCode) -> bool {
        self.finder.ncb == ncb
    }
}

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
    /// What.
    pub text: Private,
}

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
            HitEvent::Wrote { .. } => "hit.wrote",
        }
    }
}

#[cfg(test)]
mod tests;
