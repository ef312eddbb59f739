//! What was written and is not settled: what waits for the line, and what the registry refused.

use super::search::Asked;
use super::sent::Sent;
use crate::domain::command::Command;
use crate::domain::ids::CommandId;
use crate::domain::refusal::Refusal;
use crate::domain::time::Moment;
use crate::wire::check::CheckAnswer;
use crate::wire::command::{CommandAnswer, Outcome};
use crate::wire::problem::Problem;
use std::collections::BTreeSet;

/// The outbox, in the order in which it goes out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outbox {
    /// What is in it, the oldest first.
    pub items: Vec<Item>,
    /// The refused one that is about to be sent again as changed.
    pub again: Option<CommandId>,
    /// The one that is being taken back, until the disk says that it is gone.
    pub taken_back: Option<CommandId>,
    /// Checks whose answers may be from before a change of rights, and are asked for once more.
    pub stale: BTreeSet<CommandId>,
    /// Commands that could not go out when they were written: what becomes of them is told even
    /// when nobody thinks of them any more.
    pub waited: BTreeSet<CommandId>,
    /// Whether nothing of it is kept on the disk, because that has failed.
    pub not_kept: bool,
}

/// One thing in the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its name.
    pub id: CommandId,
    /// When it was written.
    pub written: Moment,
    /// What is wanted.
    pub wanted: Wanted,
    /// How far it has come.
    pub standing: Standing,
}

/// What is wanted of the registry.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// A command, with the words for it.
    Command(Box<Command>, Sent),
    /// A check that could not be made.
    Check(Box<Asked>),
}

impl Item {
    /// The words for a command.
    pub fn what(&self) -> Option<&Sent> {
        match &self.wanted {
            Wanted::Command(_, what) => Some(what),
            Wanted::Check(_) => None,
        }
    }
}

/// How far something in the outbox has come; what is done is in it no more.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// It is on its way to the disk.
    Writing,
    /// It is on the disk and has never gone out.
    Queued,
    /// It went out, and the answer is to come.
    Sent {
        /// When it first went out.
        at: Moment,
    },
    /// Nobody knows whether it was done; it goes out again under the same name.
    Unknown,
    /// The registry has refused it; nothing was stored.
    Refused {
        /// When.
        at: Moment,
        /// Why.
        problem: Box<Problem>,
    },
    /// The check was made, and nobody has looked at its answer.
    Answered(Box<CheckAnswer>),
}

impl Standing {
    /// The code under which the catalogue has its word: `standing.<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            Standing::Writing | Standing::Queued => "queued",
            Standing::Sent { .. } => "sent",
            Standing::Unknown => "unknown",
            Standing::Answered(_) => "answered",
            Standing::Refused { problem, .. } if is_conflict(problem) => "conflict",
            Standing::Refused { .. } => "refused",
        }
    }

    /// Whether the officer may take it away: nobody can have done it, or it was answered.
    pub fn may_go(&self) -> bool {
        matches!(self, Standing::Queued | Standing::Refused { .. } | Standing::Answered(_))
    }

    /// Whether the registry has refused it.
    pub fn is_refused(&self) -> bool {
        matches!(self, Standing::Refused { .. })
    }
}

/// Whether somebody else has acted on the same thing before.
pub fn is_conflict(problem: &Problem) -> bool {
    matches!(
        problem.refusal,
        Some(
            Refusal::Changed { .. }
                | Refusal::Phase { .. }
                | Refusal::Already
                | Refusal::TakenBy { .. }
                | Refusal::Closed { .. }
        )
    )
}

impl Outbox {
    /// Commands that wait for the registry.
    pub fn queued(&self) -> u32 {
        let waits = |item: &&Item| {
            matches!(item.standing, Standing::Queued | Standing::Sent { .. } | Standing::Unknown)
        };
        u32::try_from(self.items.iter().filter(waits).count()).unwrap_or(u32::MAX)
    }

    /// Whether a check waits for its answer.
    pub fn awaits_check(&self) -> bool {
        let is_check = |item: &&Item| matches!(item.wanted, Wanted::Check(_));
        let is_answered =
            |item: &Item| matches!(item.standing, Standing::Answered(_) | Standing::Refused { .. });
        self.items.iter().filter(is_check).any(|item| !is_answered(item))
    }

    /// Commands that were refused and about which the officer has not decided.
    pub fn refused(&self) -> u32 {
        let refused = self.items.iter().filter(|item| item.standing.is_refused());
        u32::try_from(refused.count()).unwrap_or(u32::MAX)
    }

    /// One of them.
    pub fn get(&self, id: CommandId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Answers to checks that nobody has looked at.
    pub fn answers(&self) -> impl Iterator<Item = &CheckAnswer> {
        self.items.iter().filter_map(|item| match &item.standing {
            Standing::Answered(answer) => Some(&**answer),
            _ => None,
        })
    }

    /// The same, to be changed by news.
    pub fn answers_mut(&mut self) -> impl Iterator<Item = &mut CheckAnswer> {
        self.items.iter_mut().filter_map(|item| match &mut item.standing {
            Standing::Answered(answer) => Some(&mut **answer),
            _ => None,
        })
    }

    /// Notes how far some of them have come.
    pub fn stand(&mut self, ids: &[CommandId], standing: &Standing) {
        for item in self.items.iter_mut().filter(|item| ids.contains(&item.id)) {
            item.standing = standing.clone();
        }
    }

    /// Takes in an answer: what was done is in the outbox no more.
    pub fn answered(&mut self, answer: &CommandAnswer, at: Moment) {
        match &answer.outcome {
            Outcome::Done { .. } => self.items.retain(|item| item.id != answer.id),
            Outcome::Refused { problem } => {
                let problem = Box::new(problem.clone());
                self.stand(&[answer.id], &Standing::Refused { at, problem });
            }
            Outcome::Unknown { .. } => self.stand(&[answer.id], &Standing::Unknown),
        }
    }

    /// The last command that has not gone out and may be taken back; a FLASH goes out as it is.
    pub fn last_queued(&self) -> Option<&Item> {
        let may_go = |item: &&Item| {
            item.standing == Standing::Queued && item.what().is_some_and(|what| !what.is_flash())
        };
        self.items.iter().rev().find(may_go)
    }

    /// The first that was refused, else the first of all: what the page marks when it opens.
    pub fn first(&self) -> Option<CommandId> {
        let refused = self.items.iter().find(|item| item.standing.is_refused());
        refused.or(self.items.first()).map(|item| item.id)
    }
}
