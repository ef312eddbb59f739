//! A record as it is read.

use crate::domain::agency::{Contact, Party};
use crate::domain::disclose::{Disclosed, RecordSight};
use crate::domain::ids::{CheckId, CountryCode, RecordId};
use crate::domain::record::{Report, Status};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /v1/records/{id}`: the record, or that its owner has to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "sight", rename_all = "snake_case")]
pub enum RecordAnswer {
    /// The whole record.
    Whole(Box<RecordView>),
    /// It is there, and this is whom to ask.
    Restricted {
        /// Which.
        record: RecordId,
        /// Whom to ask.
        ask: CountryCode,
    },
}

/// A record with the contact of its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordView {
    /// Which.
    pub id: RecordId,
    /// Whose.
    pub owner: Party,
    /// Where it stands.
    pub status: Status,
    /// What was reported.
    pub report: Report,
    /// When it was entered.
    pub entered: Moment,
    /// When it was last validated.
    pub validated: Moment,
    /// When it has to be validated again.
    pub validate_by: Moment,
    /// The standing check of a recovered gun.
    pub standing: Option<CheckId>,
    /// Decisive changes so far.
    pub revision: u32,
    /// Where the owner is reached.
    pub contact: ContactView,
}

/// Where an agency is reached.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactView {
    /// Its name.
    pub name: Text,
    /// Telephone, hours, languages.
    pub contact: Contact,
}

impl RecordAnswer {
    /// What may be told of a record, with its owner's contact.
    pub fn new(sight: Disclosed<RecordSight>, contact: ContactView) -> Self {
        match sight.into_inner() {
            RecordSight::Restricted { record, ask } => RecordAnswer::Restricted { record, ask },
            RecordSight::Whole(record) => RecordAnswer::Whole(Box::new(RecordView {
                id: record.id,
                owner: record.owner,
                status: record.status,
                report: record.report,
                entered: record.entered,
                validated: record.validated,
                validate_by: record.validate_by,
                standing: record.standing,
                revision: record.revision,
                contact,
            })),
        }
    }

    /// The record's id.
    pub fn id(&self) -> RecordId {
        match self {
            RecordAnswer::Whole(view) => view.id,
            RecordAnswer::Restricted { record, .. } => *record,
        }
    }

    /// The whole record, when it may be seen.
    pub fn whole(&self) -> Option<&RecordView> {
        match self {
            RecordAnswer::Whole(view) => Some(view),
            RecordAnswer::Restricted { .. } => None,
        }
    }
}
