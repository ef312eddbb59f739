//! What an officer wants to happen, named by an id that the sender makes.

use super::hit::HitCommand;
use super::ids::CommandId;
use super::record::RecordCommand;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A command that changes something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// On a record.
    Record(RecordCommand),
    /// On a hit.
    Hit(HitCommand),
}

/// A command as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Its name; the same one is done once, however often it comes.
    pub id: CommandId,
    /// What is wanted.
    pub command: Command,
    /// Decide it, answer, and store nothing: how a form learns of duplicates before it is sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rehearse: bool,
}
