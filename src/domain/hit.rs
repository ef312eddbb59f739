//! A hit: a record and a check that are taken to be the same gun, and what two agencies do about it.

mod apply;
pub mod clock;
mod command;
mod decide;
pub mod desk;
mod event;

pub use apply::apply;
pub use command::HitCommand;
pub use decide::{decide, lead, raise, record_set};
pub use event::{HitEvent, Message};

use super::agency::Party;
use super::evidence::Band;
use super::ids::{CheckId, CountryCode, HitId, OfficerId, RecordId};
use super::record::Status;
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
    /// Where the record stands; a closed one is asked about no more.
    pub record_status: Status,
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
    /// When the running clock is due, or was when the third request went unanswered.
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

    /// Whether the country owns the record and holds the gun: a record of its own was found.
    pub fn is_own(&self, ncb: CountryCode) -> bool {
        self.is_owner(ncb) && self.is_finder(ncb)
    }

    /// Whether the country holds the gun.
    pub fn is_finder(&self, ncb: CountryCode) -> bool {
        self.finder.ncb == ncb
    }
}

#[cfg(test)]
mod tests;
