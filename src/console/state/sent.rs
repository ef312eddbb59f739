//! What was sent to the registry, and what of it is not answered yet.

use super::question::Closing;
use crate::domain::hit::{Exclusion, Phase, Priority};
use crate::domain::ids::{CheckId, CommandId, CountryCode, HitId, RecordId};
use crate::domain::time::Moment;
use crate::wire::problem::Problem;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What was sent, for the words about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    /// Took it on this desk.
    Take(HitId),
    /// Asked the owner about a lead, which makes a hit of it.
    Lead {
        /// The check.
        check: CheckId,
        /// The record.
        record: RecordId,
        /// How fast.
        priority: Priority,
    },
    /// Asked the owner.
    Asked {
        /// Which.
        hit: HitId,
        /// The owner.
        of: CountryCode,
        /// How fast.
        priority: Priority,
    },
    /// Answered: ours.
    Confirmed(HitId),
    /// Answered: not ours.
    NotOurs(HitId, Exclusion),
    /// Promised an answer.
    Promised(HitId, Moment),
    /// Said: not the same gun.
    Excluded(HitId, Exclusion),
    /// Said: in our hands.
    Located(HitId),
    /// Closed the record.
    Cleared(HitId),
    /// Opened again.
    Reopened(HitId),
    /// Wrote to the other side.
    Message(HitId),
    /// Wrote an inside note.
    Note(HitId),
    /// Entered a record.
    Entered,
    /// Changed a record.
    Amended(RecordId),
    /// Validated a record.
    Validated(RecordId),
    /// Closed a record.
    RecordClosed(RecordId, Closing),
    /// Asked whether a record could be entered.
    Rehearsed,
}

impl Sent {
    /// The code under which the catalogue has its words: `sent.<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            Sent::Take(_) => "take",
            Sent::Lead { .. } => "lead",
            Sent::Asked { .. } => "asked",
            Sent::Confirmed(_) => "confirmed",
            Sent::NotOurs(..) => "not_ours",
            Sent::Promised(..) => "promised",
            Sent::Excluded(..) => "excluded",
            Sent::Located(_) => "located",
            Sent::Cleared(_) => "cleared",
            Sent::Reopened(_) => "reopened",
            Sent::Message(_) => "message",
            Sent::Note(_) => "note",
            Sent::Entered => "entered",
            Sent::Amended(_) => "amended",
            Sent::Validated(_) => "validated",
            Sent::RecordClosed(..) => "record_closed",
            Sent::Rehearsed => "rehearsed",
        }
    }

    /// The hit that it is about.
    pub fn hit(&self) -> Option<HitId> {
        match self {
            Sent::Asked { hit, .. }
            | Sent::Take(hit)
            | Sent::Confirmed(hit)
            | Sent::NotOurs(hit, _)
            | Sent::Promised(hit, _)
            | Sent::Excluded(hit, _)
            | Sent::Located(hit)
            | Sent::Cleared(hit)
            | Sent::Reopened(hit)
            | Sent::Message(hit)
            | Sent::Note(hit) => Some(*hit),
            _ => None,
        }
    }

    /// The state that the registry's yes would bring the hit to; nothing for what decides
    /// nothing about it.
    pub fn phase(&self) -> Option<Phase> {
        Some(match self {
            Sent::Lead { .. } | Sent::Asked { .. } => Phase::Asked,
            Sent::Confirmed(_) => Phase::Confirmed,
            Sent::NotOurs(..) => Phase::NotOurs,
            Sent::Promised(..) => Phase::Promised,
            Sent::Excluded(..) => Phase::Excluded,
            Sent::Located(_) => Phase::Located,
            Sent::Cleared(_) => Phase::Cleared,
            Sent::Reopened(_) => Phase::Raised,
            _ => return None,
        })
    }

    /// The record of ours that it changes.
    pub fn record(&self) -> Option<RecordId> {
        match self {
            Sent::Amended(record) | Sent::Validated(record) | Sent::RecordClosed(record, _) => Some(*record),
            _ => None,
        }
    }
}

/// Commands that the registry has not answered yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    sent: BTreeMap<CommandId, Sent>,
    unknown: BTreeSet<CommandId>,
}

impl Pending {
    /// Notes that a command goes out.
    pub fn insert(&mut self, id: CommandId, sent: Sent) {
        self.sent.insert(id, sent);
    }

    /// Takes out a command that was answered.
    pub fn remove(&mut self, id: &CommandId) -> Option<Sent> {
        self.unknown.remove(id);
        self.sent.remove(id)
    }

    /// Notes that nobody knows whether a command was done; it goes out again by itself.
    pub fn insert_unknown(&mut self, id: CommandId, sent: Sent) {
        self.insert(id, sent);
        self.unknown.insert(id);
    }

    /// All of it.
    pub fn values(&self) -> impl Iterator<Item = &Sent> {
        self.sent.values()
    }

    /// The first of what was sent that fits, and whether nobody knows what became of it.
    pub fn find(&self, fits: impl Fn(&Sent) -> bool) -> Option<(&Sent, bool)> {
        let (id, sent) = self.sent.iter().find(|(_, sent)| fits(sent))?;
        Some((sent, self.unknown.contains(id)))
    }
}

/// Hits that were taken at one go, and what has become of them so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taking {
    /// The commands, each with its hit, in the order in which they went out.
    pub asked: Vec<(CommandId, HitId)>,
    /// Those that are on this desk now.
    pub done: Vec<HitId>,
    /// Those that are not.
    pub refused: Vec<HitId>,
    /// Why the last of them is not.
    pub why: Option<Problem>,
}
