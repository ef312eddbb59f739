//! Commands and their answers.

use super::hit::HitBrief;
use super::problem::Problem;
use crate::domain::command::Envelope;
use crate::domain::ids::{CommandId, HitId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST /v1/commands`: what is to be done, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommandsRequest {
    /// 1 to 256 commands.
    pub commands: Vec<Envelope>,
}

/// An answer for each command, in the order of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommandsAnswer {
    /// The answers.
    pub answers: Vec<CommandAnswer>,
}

/// The answer to one command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommandAnswer {
    /// The command.
    pub id: CommandId,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome<Done>,
}

/// The three things that can become of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome<T> {
    /// It is done and on disk.
    Done {
        /// What came of it.
        result: T,
    },
    /// It was refused; nothing was stored.
    Refused {
        /// Why.
        problem: Problem,
    },
    /// Nobody knows; send the same again.
    Unknown {
        /// What happened.
        problem: Problem,
    },
}

/// What came of a command that was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Done {
    /// The record that was made or changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    /// The hit that was made or changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hit: Option<HitId>,
    /// The revision that stands now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// Hits that it raised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hits: Vec<HitBrief>,
    /// Whether it had been done before.
    #[serde(default)]
    pub repeated: bool,
    /// Whether it was only rehearsed: nothing was stored.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rehearsed: bool,
}
