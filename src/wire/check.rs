//! Checks and their answers: a short list first, a full record by its id second.

use super::command::Outcome;
use super::hit::{GunBrief, HitBrief};
use crate::domain::check::Question;
use crate::domain::evidence::{Band, Evidence, Rarity, Reason};
use crate::domain::ids::{CheckId, CommandId, CountryCode, RecordId};
use crate::domain::record::{Circumstance, Status};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST /v1/checks`: guns to look up, answered in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChecksRequest {
    /// 1 to 256 checks.
    pub checks: Vec<CheckItem>,
}

/// One gun to look up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckItem {
    /// Names it; the same one is made once.
    pub id: CommandId,
    /// What is asked.
    pub question: Question,
}

/// An answer for each check, in the order of the request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChecksAnswer {
    /// The answers.
    pub answers: Vec<CheckOutcome>,
}

/// What became of one check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckOutcome {
    /// The check, by the name it was sent under.
    pub id: CommandId,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome<CheckAnswer>,
}

/// What the registry holds that may be this gun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckAnswer {
    /// The check, as the registry calls it.
    pub check: CheckId,
    /// Whether it had been made before.
    pub repeated: bool,
    /// Records that were searched.
    pub searched: u64,
    /// As of when.
    pub as_of: Moment,
    /// Until when it stands.
    pub stands_until: Moment,
    /// How many records its number fits, of those that the viewer may see.
    pub fits: Rarity,
    /// Hits between this check and records.
    pub hits: Vec<HitBrief>,
    /// How many candidates there are beyond the list.
    pub more: u32,
    /// The page that follows the list, if there is one and the list is not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextCandidates>,
    /// The likeliest, best first, as many as were wanted.
    pub candidates: Vec<Candidate>,
}

/// Most candidates on a further page.
pub const CANDIDATES_PAGE: u16 = 25;

/// What a further page of candidates costs, told before it is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NextCandidates {
    /// The candidate behind which it begins.
    pub after: RecordId,
    /// How many it has.
    pub count: u32,
    /// Its length as it is packed for consoles, in bytes, but for the few of its own `next`;
    /// nothing where several checks were answered at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u32>,
}

/// `GET /v1/checks/{id}/candidates`: further candidates of a check, by all that it says of the gun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CandidatesPage {
    /// As of when.
    pub as_of: Moment,
    /// How many there are beyond this page.
    pub more: u32,
    /// The page that follows, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextCandidates>,
    /// Best first, the most of them [`CANDIDATES_PAGE`].
    pub candidates: Vec<Candidate>,
}

/// One record that a check may be about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Candidate {
    /// Which.
    pub record: RecordId,
    /// Whose.
    pub owner: CountryCode,
    /// What may be seen of it; nothing when its owner has to be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<CandidateShown>,
    /// How likely.
    pub band: Band,
    /// Log-likelihood ratio in bits, without the prior.
    pub bits: f64,
    /// What speaks for it, the weightiest first.
    #[serde(rename = "for")]
    pub speaks_for: Vec<Reason>,
    /// What speaks against it, the weightiest first.
    #[serde(rename = "against")]
    pub speaks_against: Vec<Reason>,
}

/// What a short list shows of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CandidateShown {
    /// The gun.
    pub gun: GunBrief,
    /// What happened to it.
    pub circumstance: Circumstance,
    /// Where the record stands.
    pub status: Status,
    /// The year in which it happened.
    pub year: Option<i16>,
    /// The id in the owner's own system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<Text>,
}

impl Candidate {
    /// A candidate with its evidence spread out; a restricted one keeps band and weight only.
    pub fn new(
        record: RecordId,
        owner: CountryCode,
        shown: Option<CandidateShown>,
        evidence: Evidence,
    ) -> Self {
        let whole = shown.is_some();
        Self {
            record,
            owner,
            shown,
            band: evidence.band,
            bits: if whole { evidence.bits.as_f64() } else { 0.0 },
            speaks_for: if whole { evidence.speaks_for } else { Vec::new() },
            speaks_against: if whole { evidence.speaks_against } else { Vec::new() },
        }
    }
}
