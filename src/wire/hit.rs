//! Hits: the row of the queue, the page of rows, and one hit with both its guns.

use super::news::Cursor;
use super::record::{ContactView, RecordAnswer};
use crate::domain::agency::Party;
use crate::domain::date::PartialDate;
use crate::domain::disclose::{CheckSight, Disclosed};
use crate::domain::evidence::{Band, Evidence, Rarity};
use crate::domain::gun::{Gun, GunType};
use crate::domain::hit::{Hit, Message};
use crate::domain::ids::{CheckId, HitId, NotAnId, OfficerId, RecordId};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
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

/// `GET /v1/hits`: hits of the reader's country, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HitsPage {
    /// Rows: the open ones first, among them the worst clock, then the newest.
    pub hits: Vec<HitRow>,
    /// Where the feed goes on from here. Who reads several pages follows it from that of the
    /// first: a hit that changes its place meanwhile may be missed or come twice in them, and
    /// comes through the feed.
    pub cursor: Cursor,
    /// As of when.
    pub as_of: Moment,
    /// Whether there are more than fit a page.
    pub more: bool,
    /// Where the next page begins, if there is one: `?after=` takes it as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<HitsPlace>,
}

/// A place in the order of a country's hits: behind the row that it was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HitsPlace {
    /// Whether that hit was open.
    pub open: bool,
    /// When its clock was due.
    pub due: Option<Moment>,
    /// Which it was.
    pub hit: HitId,
}

impl From<&Hit> for HitsPlace {
    fn from(hit: &Hit) -> Self {
        Self { open: hit.phase.is_open(), due: hit.due, hit: hit.id }
    }
}

impl fmt::Display for HitsPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let due = self.due.map_or_else(|| "never".to_owned(), |due| due.0.to_string());
        write!(f, "{}.{due}.{}", u8::from(self.open), self.hit.0)
    }
}

impl FromStr for HitsPlace {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut parts = text.split('.');
        let (Some(open), Some(due), Some(hit), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotAnId);
        };
        let open = match open {
            "0" => false,
            "1" => true,
            _ => return Err(NotAnId),
        };
        let due = match due {
            "never" => None,
            due => Some(Moment(due.parse().map_err(|_| NotAnId)?)),
        };
        Ok(Self { open, due, hit: HitId(hit.parse().map_err(|_| NotAnId)?) })
    }
}

impl Serialize for HitsPlace {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HitsPlace {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(|_| de::Error::custom("must be a place such as 1.never.2291"))
    }
}

impl utoipa::PartialSchema for HitsPlace {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .examples([serde_json::Value::from("1.never.2291")])
            .into()
    }
}
impl ToSchema for HitsPlace {}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_was_said() {
        for (open, due) in [(true, None), (false, Some(Moment(-4))), (true, Some(Moment(i64::MAX)))] {
            let place = HitsPlace { open, due, hit: HitId(2291) };
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for wrong in ["", "1", "1.never", "2.never.1", "1.soon.1", "1.never.H-1", "1.never.1.1"] {
            assert_eq!(wrong.parse::<HitsPlace>(), Err(NotAnId), "{wrong}");
        }
    }
}
