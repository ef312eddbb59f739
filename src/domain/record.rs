//! A record: a gun that an agency reports, and the life of the report.

mod decide;
mod report;

pub use decide::{apply, decide};
pub use report::{
    Basis, Caveat, Circumstance, Confidentiality, CriminalContext, DeniedSees, Entry, Lack, Report,
};

use super::agency::Party;
use super::ids::{CheckId, OfficerId, RecordId};
use super::time::{Minutes, Moment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// From entry to the first validation, and from one to the next: NCIC asks for the first
/// within 60 to 90 days, then yearly.
pub const FIRST_VALIDATION: Minutes = Minutes::days(90);
/// From one validation to the next.
pub const NEXT_VALIDATION: Minutes = Minutes::days(365);

/// Where a record stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The gun is still sought.
    Active,
    /// Another agency has it; the owner keeps the record until it is cleared.
    Located,
    /// The gun is back, the matter closed.
    Cleared,
    /// The entry was wrong.
    Cancelled,
    /// Its time ran out without validation.
    Expired,
}

impl Status {
    /// Whether the record still speaks for itself in a match.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Active | Status::Located)
    }

    /// The code on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Located => "located",
            Status::Cleared => "cleared",
            Status::Cancelled => "cancelled",
            Status::Expired => "expired",
        }
    }
}

/// A record as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// Whose it is.
    pub owner: Party,
    /// What was reported.
    pub report: Report,
    /// Where it stands.
    pub status: Status,
    /// When it was entered.
    pub entered: Moment,
    /// By whom.
    pub officer: OfficerId,
    /// When it was last said to be complete, accurate and still outstanding.
    pub validated: Moment,
    /// When it has to be said again.
    pub validate_by: Moment,
    /// The standing check of a recovered gun.
    pub standing: Option<CheckId>,
    /// Decisive changes so far, from 1.
    pub revision: u32,
    /// Who made the last one.
    pub changed_by: OfficerId,
    /// When.
    pub changed: Moment,
}

/// What an officer wants of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum RecordCommand {
    /// Enter a new one.
    Enter {
        /// What is reported.
        report: Box<Report>,
        /// Records of the same gun that the officer has seen and means to add to.
        #[serde(default)]
        knowing: Vec<RecordId>,
    },
    /// Replace what is reported.
    Amend {
        /// The record.
        record: RecordId,
        /// The revision that the officer saw.
        revision: u32,
        /// What is reported now.
        report: Box<Report>,
    },
    /// Say that it is complete, accurate and still outstanding.
    Validate {
        /// The record.
        record: RecordId,
    },
    /// The gun is back.
    Clear {
        /// The record.
        record: RecordId,
        /// The revision that the officer saw.
        revision: u32,
    },
    /// The entry was wrong.
    Cancel {
        /// The record.
        record: RecordId,
        /// The revision that the officer saw.
        revision: u32,
    },
}

impl RecordCommand {
    /// The record that it is about, unless it makes a new one.
    pub fn record(&self) -> Option<RecordId> {
        match self {
            RecordCommand::Enter { .. } => None,
            RecordCommand::Amend { record, .. }
            | RecordCommand::Validate { record }
            | RecordCommand::Clear { record, .. }
            | RecordCommand::Cancel { record, .. } => Some(*record),
        }
    }
}

#[cfg(test)]
mod tests;
