//! What has happened: the lines of the journal.

use super::agency::{Agency, Officer};
use super::check::{Check, Question};
use super::hit::HitEvent;
use super::ids::{CheckId, OfficerId, RecordId};
use super::record::{Record, Report, Status};
use super::time::Moment;
use serde::{Deserialize, Serialize};

/// An event about one subject.
#[expect(clippy::large_enum_variant, reason = "events are few and live for one line of the journal")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Of a record.
    Record(RecordEvent),
    /// Of a check.
    Check(CheckEvent),
    /// Of a hit.
    Hit(HitEvent),
    /// Of an agency or officer.
    Office(OfficeEvent),
}

/// An event in the life of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordEvent {
    /// It was entered.
    Entered {
        /// As it was entered.
        record: Box<Record>,
    },
    /// What it reports was replaced.
    Amended {
        /// Which.
        record: RecordId,
        /// What it reports now.
        report: Box<Report>,
        /// By whom.
        by: OfficerId,
        /// When.
        at: Moment,
    },
    /// It was said to be complete, accurate and still outstanding.
    Validated {
        /// Which.
        record: RecordId,
        /// When.
        at: Moment,
        /// When it has to be said again.
        validate_by: Moment,
    },
    /// It was located, cleared, cancelled or has expired.
    StatusSet {
        /// Which.
        record: RecordId,
        /// What it is now.
        status: Status,
        /// By whom.
        by: OfficerId,
        /// When.
        at: Moment,
    },
}

/// An event in the life of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckEvent {
    /// It was made.
    Made {
        /// As it was made.
        check: Check,
    },
    /// It was made again for the same case and serial.
    Repeated {
        /// Which.
        check: CheckId,
        /// What is asked now.
        question: Question,
        /// Until when it stands.
        stands_until: Moment,
    },
}

/// An event about who may come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeEvent {
    /// An agency was let in.
    AgencyAdmitted {
        /// It.
        agency: Agency,
    },
    /// An officer was let in.
    OfficerAdmitted {
        /// The officer.
        officer: Officer,
        /// SHA-256 of the token, in hexadecimal.
        token: String,
    },
}

impl Event {
    /// The kind, as the journal's column has it.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::Record(RecordEvent::Entered { .. }) => "record.entered",
            Event::Record(RecordEvent::Amended { .. }) => "record.amended",
            Event::Record(RecordEvent::Validated { .. }) => "record.validated",
            Event::Record(RecordEvent::StatusSet { .. }) => "record.status_set",
            Event::Check(CheckEvent::Made { .. }) => "check.made",
            Event::Check(CheckEvent::Repeated { .. }) => "check.repeated",
            Event::Hit(event) => event.kind(),
            Event::Office(OfficeEvent::AgencyAdmitted { .. }) => "office.agency_admitted",
            Event::Office(OfficeEvent::OfficerAdmitted { .. }) => "office.officer_admitted",
        }
    }

    /// The id of what it is about.
    pub fn subject(&self) -> String {
        match self {
            Event::Record(RecordEvent::Entered { record }) => record.id.to_string(),
            Event::Record(
                RecordEvent::Amended { record, .. }
                | RecordEvent::Validated { record, .. }
                | RecordEvent::StatusSet { record, .. },
            ) => record.to_string(),
            Event::Check(CheckEvent::Made { check }) => check.id.to_string(),
            Event::Check(CheckEvent::Repeated { check, .. }) => check.to_string(),
            Event::Hit(event) => event.hit().to_string(),
            Event::Office(OfficeEvent::AgencyAdmitted { agency }) => agency.id.to_string(),
            Event::Office(OfficeEvent::OfficerAdmitted { officer, .. }) => officer.id.to_string(),
        }
    }
}
