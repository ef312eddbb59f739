//! A line that is open for text above the bottom of the screen.

use super::editor::Editor;
use super::question::Ask;
use crate::domain::hit::Priority;
use crate::domain::ids::{CheckId, HitId, RecordId};
use serde::{Deserialize, Serialize};

/// An open line; the keys are text until Enter or Esc.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenLine {
    /// What it is for; stands at its head.
    pub kind: LineKind,
    /// The text. That of the search line is in [`Search`](super::search::Search).
    pub text: Editor,
    /// Which of the earlier lines is shown, counted from the latest; nothing for a new one.
    pub earlier: Option<usize>,
    /// What was typed before an earlier line took its place; Down brings it back.
    pub typed: Option<String>,
    /// What Right at the end of the text puts in: the whole text as it would be then.
    pub suggestion: Option<String>,
    /// Why Enter was not taken.
    pub fault: Option<LineFault>,
    /// The question that asked for the text: Esc goes back to it.
    pub behind: Option<Box<Ask>>,
}

/// What a line is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A check; its text and its parts live in the search pane.
    Search,
    /// Filter and order of the queue.
    Filter,
    /// A command by its name.
    Command,
    /// A message to the other side of a hit; a question follows.
    Message(HitId),
    /// A note that never leaves our NCB.
    Note(HitId),
    /// Why an answer is needed so fast; the question follows.
    AskReason {
        /// What is asked about.
        of: Asking,
        /// How fast.
        priority: Priority,
    },
    /// Why a closed hit is opened again; the question follows.
    ReopenReason {
        /// Which.
        hit: HitId,
        /// The revision that the officer sees.
        revision: u32,
    },
}

/// What the finder asks the owner about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asking {
    /// A hit.
    Hit {
        /// Which.
        hit: HitId,
        /// The revision that the officer sees.
        revision: u32,
    },
    /// A lead.
    Lead {
        /// The check.
        check: CheckId,
        /// The record.
        record: RecordId,
    },
}

/// Why a line was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineFault {
    /// There is nothing in it.
    Empty,
    /// No command of that name.
    NoCommand {
        /// What was typed.
        name: String,
    },
    /// The command wants something behind its name.
    Wants {
        /// The command.
        name: &'static str,
        /// What it wants, as the usage shows it.
        usage: &'static str,
    },
    /// A word that the filter does not know.
    FilterWord {
        /// The word.
        word: String,
    },
    /// The purpose is none of the table.
    NoSuchPurpose {
        /// As typed.
        given: String,
    },
    /// The tables do not know a make or a calibre: the next Enter checks with it as it is.
    NotInTables {
        /// The key.
        key: &'static str,
        /// As typed.
        given: String,
    },
    /// The text is too long.
    TooLong {
        /// Characters it may have.
        longest: usize,
    },
}

impl LineKind {
    /// The hit that the words are about.
    pub fn hit(&self) -> Option<HitId> {
        match self {
            LineKind::Message(hit)
            | LineKind::Note(hit)
            | LineKind::ReopenReason { hit, .. }
            | LineKind::AskReason { of: Asking::Hit { hit, .. }, .. } => Some(*hit),
            _ => None,
        }
    }
}

impl OpenLine {
    /// An empty line.
    pub fn new(kind: LineKind) -> Self {
        Self {
            kind,
            text: Editor::default(),
            earlier: None,
            typed: None,
            suggestion: None,
            fault: None,
            behind: None,
        }
    }

    /// Whether its words are those that a question carries.
    pub fn is_for(&self, ask: &Ask) -> bool {
        match (&self.kind, ask) {
            (LineKind::Message(of), Ask::Send { hit, .. }) => of == hit,
            (LineKind::ReopenReason { hit: of, .. }, Ask::Reopen { hit, .. }) => of == hit,
            (LineKind::AskReason { of: Asking::Hit { hit: of, .. }, .. }, Ask::AskOwner { hit, .. }) => {
                of == hit
            }
            (
                LineKind::AskReason { of: Asking::Lead { record: of, .. }, .. },
                Ask::AskLead { record, .. },
            ) => of == record,
            _ => false,
        }
    }
}
