//! What went wrong, for programs (code, field) and for people (detail, hint).

use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A problem: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// A stable code: that of the [`Refusal`], or one of [`code`].
    pub code: String,
    /// The first field that is wrong, by its path in the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What went wrong, in English.
    pub detail: String,
    /// What to do, in English.
    pub hint: String,
    /// The refusal itself, so that a console can say it in its own language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// Codes of problems that are no refusal of a rule.
pub mod code {
    /// No token, or one that nobody has.
    pub const UNAUTHORISED: &str = "unauthorised";
    /// No such route or item.
    pub const NOT_FOUND: &str = "not_found";
    /// The body is no JSON of the right shape.
    pub const MALFORMED: &str = "malformed";
    /// The body or the list is too long.
    pub const TOO_LARGE: &str = "too_large";
    /// Too much is waiting; try again later.
    pub const BUSY: &str = "busy";
    /// The store could not be written or read.
    pub const STORE: &str = "store";
    /// It is not known whether it was done; send the same again.
    pub const UNKNOWN: &str = "unknown";
    /// The registry took too long.
    pub const TIMEOUT: &str = "timeout";
}
