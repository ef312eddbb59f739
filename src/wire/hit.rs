//! Hits: the row of the queue, the page of rows, and one hit with both its guns.

use super::news::Cursor;
use super::record::{ContactView, RecordAnswer};
use crate::domain::agency::Party;
use crate::domain::date::PartialDate;
use crate::domain::disclose::{CheckSight, Disclosed};
use crate::domain::evidence::{Band, Evidence, Rarity};
use crate::domain::gun::{Gun, GunType};
use crate::domain::hit::{Hit, Message};
use crate::domain::ids::{CheckId, HitId, OfficerId, RecordId};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a row shows of a gun.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GunBrief {
    /// The number to search by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<Text>,
    /// Make.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub make: Option<Text>,
    /// Model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Text>,
    /// Calibre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibre: Option<Text>,
    /// Category and action.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub gun_type: Option<GunType>,
}

impl From<&Gun> for GunBrief {
    fn from(gun: &Gun) -> Self {
        Self {
            serial: gun.serial().map(|number| number.as_seen.clone()),
            make: gun.make.clone(),
            model: gun.model.clone(),
            calibre: gun.calibre.clone(),
            gun_type: gun.gun_type,
        }
    }
}

/// A hit in an answer to a check or command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HitBrief {
    /// Which.
    pub hit: HitId,
    /// Its record.
    pub record: RecordId,
    /// How likely.
    pub band: Band,
}

/// A row of the queue: the hit as the rules read it, and the reader's own gun of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HitRow {
    /// The hit.
    pub hit: Hit,
    /// The record's gun for its owner, the gun in hand for the finder.
    pub gun: GunBrief,
    /// Messages that the reader may see.
    pub messages: u32,
}

impl HitRow {
    /// A row of a hit that was disclosed to its reader.
    pub fn new(hit: Disclosed<Hit>, gun: GunBrief, messages: u32) -> Self {
        Self { hit: hit.into_inner(), gun, messages }
    }
}

/// `GET /v1/hits`: open hits of the reader's country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HitsPage {
    /// Rows, in no order that a console would rely on.
    pub hits: Vec<HitRow>,
    /// Where the feed goes on from here.
    pub cursor: Cursor,
    /// As of when.
    pub as_of: Moment,
    /// Whether there are more than fit a page.
    pub more: bool,
}

/// `GET /v1/hits/{id}`: both guns, what speaks for and against, and what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HitView {
    /// The row.
    pub row: HitRow,
    /// The record.
    pub record: RecordAnswer,
    /// The gun in hand.
    pub check: CheckView,
    /// The comparison, as of now; nothing when the record is restricted.
    pub evidence: Option<Evidence>,
    /// How many records the number fits.
    pub fits: Rarity,
    /// What was written, oldest first.
    pub thread: Vec<MessageView>,
    /// Where the owner is reached.
    pub owner: ContactView,
    /// Where the finder is reached.
    pub finder: ContactView,
    /// Names of the officers that the hit speaks of.
    pub officers: Vec<OfficerName>,
}

/// The gun in the finder's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckView {
    /// The check.
    pub check: CheckId,
    /// Whose hands.
    pub finder: Party,
    /// The gun as it was read.
    pub gun: Gun,
    /// When it came into hand.
    pub found: Option<PartialDate>,
    /// The finder's case.
    pub case: Text,
}

impl From<Disclosed<CheckSight>> for CheckView {
    fn from(sight: Disclosed<CheckSight>) -> Self {
        let CheckSight { check, finder, gun, found, case } = sight.into_inner();
        Self { check, finder, gun, found, case }
    }
}

/// A message of the thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageView {
    /// The message.
    pub message: Message,
}

impl From<Disclosed<Message>> for MessageView {
    fn from(message: Disclosed<Message>) -> Self {
        Self { message: message.into_inner() }
    }
}

/// An officer by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfficerName {
    /// Who.
    pub officer: OfficerId,
    /// The name.
    pub name: Text,
}
