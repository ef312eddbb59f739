//! The live feed: what one viewer may learn of events, with a cursor to resume from.

use super::hit::HitRow;
use crate::domain::agency::{Party, Role};
use crate::domain::ids::{CountryCode, HitId, NotAnId, OfficerId, RecordId};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use utoipa::ToSchema;

/// A place in one viewer's feed: `3.1042` is sequence 1042 in epoch 3.
///
/// A change of rights begins a new epoch; a cursor of an old one is answered with
/// [`News::Reset`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The viewer's epoch.
    pub epoch: u32,
    /// The journal's sequence.
    pub sequence: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch, self.sequence)
    }
}

impl FromStr for Cursor {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (epoch, sequence) = text.split_once('.').ok_or(NotAnId)?;
        Ok(Self {
            epoch: epoch.parse().map_err(|_| NotAnId)?,
            sequence: sequence.parse().map_err(|_| NotAnId)?,
        })
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(|_| de::Error::custom("must be a cursor such as 3.1042"))
    }
}

impl utoipa::PartialSchema for Cursor {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .examples([serde_json::Value::from("3.1042")])
            .into()
    }
}
impl ToSchema for Cursor {}

/// One message of the feed.
///
/// What has a place of its own in the journal comes as one message, so whoever breaks off
/// after a cursor and goes on from it has lost nothing and gets nothing twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum News {
    /// Who the viewer is, and where the feed stands: the first message of a stream and of a
    /// poll without a cursor, and the one after each [`News::Reset`].
    Hello(Hello),
    /// A hit has changed, or is new.
    Hit {
        /// Where in the feed.
        cursor: Cursor,
        /// What happened.
        what: HitNews,
        /// Who did it, all of it when it was caught up with; nobody when the registry did.
        by: Option<OfficerId>,
        /// The row as it stands now.
        row: Box<HitRow>,
    },
    /// One of the guns of some hits is described otherwise than before; what is held of those
    /// hits, their rows apart, is out of date.
    Amended {
        /// Where in the feed.
        cursor: Cursor,
        /// The record that was amended; nothing when it was the gun in hand.
        record: Option<RecordId>,
        /// Whether the record itself may be seen no more, only whom to ask: throw it out of
        /// every cache.
        restricted: bool,
        /// The rows of the hits as they stand now, some of which may be new to the viewer.
        rows: Vec<HitRow>,
    },
    /// Something may be seen no more: throw it out of every cache.
    Withdraw {
        /// Where in the feed.
        cursor: Cursor,
        /// Hits.
        hits: Vec<HitId>,
        /// A record.
        record: Option<RecordId>,
    },
    /// Throw away what is held and read it anew; [`News::Hello`] follows and says from where
    /// the feed goes on.
    Reset,
    /// Nothing new, or another interval; the line is alive.
    Beat {
        /// Where the feed stands.
        cursor: Cursor,
        /// The registry's time.
        now: Moment,
        /// Seconds between heartbeats from now on.
        beat_seconds: u32,
    },
}

/// What happened to a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HitNews {
    /// It was raised.
    Raised,
    /// Somebody has it.
    Taken,
    /// The owner was asked.
    Asked,
    /// Request 2 or 3 went out.
    Reminded,
    /// Three requests went unanswered.
    Escalated,
    /// An answer was promised.
    Promised,
    /// It was answered, located, cleared, excluded or opened again.
    Settled,
    /// Somebody wrote.
    Wrote,
    /// It changed while the viewer was away.
    CaughtUp,
}

/// Who the viewer is to the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hello {
    /// The officer.
    pub officer: OfficerId,
    /// The officer's name.
    pub name: Text,
    /// For whom the officer acts.
    pub party: Party,
    /// The agency's name.
    pub agency: Text,
    /// The NCB's country.
    pub country: CountryCode,
    /// What the officer may do.
    pub role: Role,
    /// Whether this is for training: nothing in it is real.
    pub training: bool,
    /// Where the feed stands.
    pub cursor: Cursor,
    /// Hash of the journal's last line, to be kept as a witness.
    pub head: String,
    /// The registry's time.
    pub now: Moment,
    /// Records in the registry.
    pub records: u64,
    /// Seconds between heartbeats, until a heartbeat says otherwise.
    pub beat_seconds: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cursors_round_trip(epoch in any::<u32>(), sequence in any::<u64>()) {
            let cursor = Cursor { epoch, sequence };
            prop_assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }
    }

    #[test]
    fn news_is_tagged() {
        let beat = News::Beat { cursor: Cursor { epoch: 1, sequence: 2 }, now: Moment(3), beat_seconds: 15 };
        let text = r#"{"news":"beat","cursor":"1.2","now":3,"beat_seconds":15}"#;
        assert_eq!(serde_json::to_string(&beat).unwrap(), text);
    }
}
