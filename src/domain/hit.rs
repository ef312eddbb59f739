//! A hit: a record and a check that are taken to be the same gun, and what two agencies do about it.

mod apply;
pub mod clock;
mod command;
mod decide;
mod described;
pub mod desk;
mod event;

pub use apply::apply;
pub use command::HitCommand;
pub use decide::{decide, is_asked_by, lead, raise, record_set};
pub use described::described_otherwise;
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

    /// Whether it was said of the gun, so that it holds wherever that gun's number is seen again.
    ///
    /// That a number was misread is said of the reading: a gun that has the number may be the
    /// one that is sought.
    pub fn is_of_the_gun(self) -> bool {
        self != Exclusion::Misread
    }

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

/// Who looks at a hit or acts on it: an agency, or its country as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who<'a> {
    /// All agencies of a country, which see the same.
    Country(CountryCode),
    /// One agency, which acts.
    Agency(&'a Party),
}

impl From<CountryCode> for Who<'_> {
    fn from(ncb: CountryCode) -> Self {
        Who::Country(ncb)
    }
}

impl<'a> From<&'a Party> for Who<'a> {
    fn from(party: &'a Party) -> Self {
        Who::Agency(party)
    }
}

impl Hit {
    /// The side that somebody is on; the owner's when it is both.
    pub fn side<'a>(&self, who: impl Into<Who<'a>>) -> Option<Side> {
        let who = who.into();
        if self.is_owner(who) {
            Some(Side::Owner)
        } else if self.is_finder(who) {
            Some(Side::Finder)
        } else {
            None
        }
    }

    /// Whether somebody stands for the record's owner.
    pub fn is_owner<'a>(&self, who: impl Into<Who<'a>>) -> bool {
        self.stands_for(&self.owner, who.into())
    }

    /// Whether an agency found its own record, and somebody stands for it. A bureau that
    /// stands for two agencies of its country is not both sides: they have each other to ask.
    pub fn is_own<'a>(&self, who: impl Into<Who<'a>>) -> bool {
        self.owner.agency == self.finder.agency && self.is_owner(who)
    }

    /// Whether somebody stands for the gun's finder.
    pub fn is_finder<'a>(&self, who: impl Into<Who<'a>>) -> bool {
        self.stands_for(&self.finder, who.into())
    }

    /// An agency that is a side itself stands for that side alone: nobody answers the question
    /// of another agency of its country in that one's name, nor its own. Any other agency
    /// stands for its country, whichever side that is.
    fn stands_for(&self, side: &Party, who: Who<'_>) -> bool {
        match who {
            Who::Country(ncb) => side.ncb == ncb,
            Who::Agency(party) if [&self.owner.agency, &self.finder.agency].contains(&&party.agency) => {
                side.agency == party.agency
            }
            Who::Agency(party) => side.ncb == party.ncb,
        }
    }
}

#[cfg(test)]
mod tests;
