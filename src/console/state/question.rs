//! An open question: who is told what, and the only keys that count.

mod choice;

pub use super::promised::{Figures, PromisedTime};
pub use choice::{Choice, Closing, Days, Pick};

use super::remote::Generation;
use crate::console::form::Form;
use crate::domain::hit::{Exclusion, Priority};
use crate::domain::ids::{CommandId, HitId, OfficerId, RecordId};
use crate::domain::record::Report;
use crate::domain::refusal::Refusal;
use crate::domain::time::Moment;
use crate::wire::problem::Problem;

/// A question with how far it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Which wording of which question this is; it counts up whenever the words change.
    pub generation: Generation,
    /// What is asked.
    pub ask: Ask,
    /// Whether this wording has been on the screen, so that `y` counts.
    pub seen: bool,
    /// What Tab has chosen: a place in [`Question::choices`]; the last one, "no", at first.
    pub chosen: usize,
    /// The choices, as they are shown; the last one is always [`Pick::No`].
    pub choices: Vec<Choice>,
    /// Why `y` is withdrawn, when it is.
    pub withdrawn: Option<Withdrawn>,
    /// The question that led to this one, which "no" goes back to.
    pub behind: Option<Box<Ask>>,
}

impl Question {
    /// What "no" goes back to from a question that this one leads to: itself, or what stands
    /// behind it. The same question in other words has nothing but that behind it.
    pub fn leads_to(self, next: &Ask) -> Option<Box<Ask>> {
        if self.ask.code() == next.code() { self.behind } else { Some(self.root()) }
    }

    /// The question that the officer began with.
    pub fn root(self) -> Box<Ask> {
        self.behind.unwrap_or_else(|| Box::new(self.ask))
    }
}

/// Why `y` does nothing any more until the question is asked anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withdrawn {
    /// Somebody has acted on the item meanwhile.
    Changed {
        /// Who.
        by: OfficerId,
        /// When.
        at: Moment,
    },
    /// The registry has withdrawn the item from this officer.
    Gone,
    /// The rules refuse it.
    Refused(Refusal),
    /// The registry refuses it for a reason of its own.
    Problem(Box<Problem>),
}

/// What is asked; `y` makes it true.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// The owner answers: the gun they hold is ours.
    Confirm {
        /// Which.
        hit: HitId,
        /// The revision that the officer sees.
        revision: u32,
    },
    /// The owner answers: not ours. The reason is chosen first, then `y` comes alive.
    NotOurs {
        /// Which.
        hit: HitId,
        /// The revision that the officer sees.
        revision: u32,
        /// Why.
        reason: Option<Exclusion>,
    },
    /// The owner promises an answer. The time is typed first, then `y` comes alive.
    Promise {
        /// Which.
        hit: HitId,
        /// The revision that the officer sees.
        revision: u32,
        /// By when.
        until: PromisedTime,
    },
    /// The finder asks the owner.
    AskOwner {
        /// Which.
        hit: HitId,
        /// The revision that the officer sees.
        revision: u32,
        /// How fast.
        priority: Priority,
        /// Why so fast.
        reason: String,
    },
    /// The finder asks the owner about a lead, which makes a hit of it.
    AskLead {
        /// The check.
        check: crate::domain::ids::CheckId,
        /// The record.
        record: RecordId,
        /// How fast.
        priority: Priority,
        /// Why so fast.
        reason: String,
    },
    /// The finder says: not the same gun. The reason is chosen first.
    Exclude {
        /// Which.
        hit: HitId,
        /// The revision that the officer sees.
        revision: u32,
        /// Why.
        reason: Option<Exclusion>,
    },
    /// It is the other side's turn: says when the next request goes out by itself; has no `y`.
    Wait {
        /// Which.
        hit: HitId,
        /// When the next request goes out.
        due: Option<Moment>,
    },
    /// The finder says: the gun is in our hands.
    Locate {
        /// Which.
        hit: HitId,
        /// The revision that the officer sees.
        revision: u32,
    },
    /// The owner closes the record that the hit is about.
    Clear {
        /// Which.
        hit: HitId,
        /// The revision that the officer sees.
        revision: u32,
    },
    /// A closed hit is opened again; the reason was written first.
    Reopen {
        /// Which.
        hit: HitId,
        /// The revision that the officer sees.
        revision: u32,
        /// Why.
        reason: String,
    },
    /// Our record is still outstanding, validated today.
    Validate {
        /// Which.
        record: RecordId,
        /// The revision that the officer sees.
        revision: u32,
    },
    /// Our record is closed. How is chosen first, then `y` comes alive.
    CloseRecord {
        /// Which.
        record: RecordId,
        /// The revision that the officer sees.
        revision: u32,
        /// How.
        how: Option<Closing>,
    },
    /// The check that was just made stands so many days from now.
    Stand {
        /// What was asked; it is asked again with other days.
        question: Box<crate::domain::check::Question>,
        /// How long.
        days: Days,
    },
    /// A message goes to the other side.
    Send {
        /// In whose thread.
        hit: HitId,
        /// What.
        text: String,
    },
    /// A colleague has it; take it over.
    TakeOver {
        /// Which.
        hit: HitId,
        /// Who has it.
        from: OfficerId,
    },
    /// Take all ticked hits.
    TakeTicked {
        /// Which.
        hits: Vec<HitId>,
    },
    /// Enter a record; records of the same gun that are known are named.
    Enter {
        /// What is reported.
        report: Box<Report>,
        /// What the rehearsal said.
        rehearsal: Rehearsal,
    },
    /// Replace what a record of ours reports.
    Amend {
        /// Which.
        record: RecordId,
        /// The revision that the officer sees.
        revision: u32,
        /// What is reported now.
        report: Box<Report>,
    },
    /// A draft is thrown away.
    Discard {
        /// Which; it is shown while it is asked about.
        draft: Box<Form>,
    },
    /// A draft is not sent yet, and a form is about to be filled in from what is marked; has no `y`.
    Draft {
        /// The form as it would be filled in.
        fresh: Box<Form>,
    },
    /// The record was changed since its amendment was begun: the form begins anew with it.
    Afresh {
        /// Which.
        record: RecordId,
    },
    /// What was refused, or has never gone out, is taken out of the outbox.
    Drop {
        /// Which.
        id: CommandId,
    },
    /// Leave.
    Leave {
        /// Hits of ours with a running clock.
        clocks: usize,
        /// Whether a record is half entered; its draft is kept on this machine.
        draft: bool,
        /// Commands not yet answered.
        queued: u32,
    },
}

/// What is known of duplicates before a record is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rehearsal {
    /// The registry was asked under this name.
    Waiting(CommandId),
    /// Nobody has recorded it.
    Clean,
    /// These records are of the same gun; `y` enters it knowing them.
    Duplicates(Vec<RecordId>),
    /// The registry would not take it; why stands in the question.
    Refused,
    /// The registry could not be asked; what it says comes after the sending.
    Unknown,
}

impl Ask {
    /// The hit that it is about.
    pub fn hit(&self) -> Option<HitId> {
        match self {
            Ask::Confirm { hit, .. }
            | Ask::NotOurs { hit, .. }
            | Ask::Promise { hit, .. }
            | Ask::AskOwner { hit, .. }
            | Ask::Exclude { hit, .. }
            | Ask::Wait { hit, .. }
            | Ask::Locate { hit, .. }
            | Ask::Clear { hit, .. }
            | Ask::Reopen { hit, .. }
            | Ask::Send { hit, .. }
            | Ask::TakeOver { hit, .. } => Some(*hit),
            _ => None,
        }
    }

    /// The record that it is about, where it is about one alone.
    pub fn record(&self) -> Option<RecordId> {
        match self {
            Ask::Validate { record, .. }
            | Ask::CloseRecord { record, .. }
            | Ask::Amend { record, .. }
            | Ask::Afresh { record }
            | Ask::AskLead { record, .. } => Some(*record),
            _ => None,
        }
    }

    /// Whether `y` counts only with the hit's comparison on the screen: nobody answers for a
    /// gun that is not there.
    pub fn rests_on_comparison(&self) -> bool {
        matches!(
            self,
            Ask::Confirm { .. }
                | Ask::NotOurs { .. }
                | Ask::AskOwner { .. }
                | Ask::AskLead { .. }
                | Ask::Exclude { .. }
                | Ask::Locate { .. }
                | Ask::Clear { .. }
        )
    }

    /// The code under which the catalogue has its words: `ask.<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            Ask::Confirm { .. } => "confirm",
            Ask::NotOurs { .. } => "not_ours",
            Ask::Promise { .. } => "promise",
            Ask::AskOwner { .. } => "ask_owner",
            Ask::AskLead { .. } => "ask_lead",
            Ask::Exclude { .. } => "exclude",
            Ask::Wait { .. } => "wait",
            Ask::Locate { .. } => "locate",
            Ask::Clear { .. } => "clear",
            Ask::Reopen { .. } => "reopen",
            Ask::Validate { .. } => "validate",
            Ask::CloseRecord { .. } => "close_record",
            Ask::Stand { .. } => "stand",
            Ask::Send { .. } => "send",
            Ask::TakeOver { .. } => "take_over",
            Ask::TakeTicked { .. } => "take_ticked",
            Ask::Enter { .. } => "enter",
            Ask::Amend { .. } => "amend",
            Ask::Discard { .. } => "discard",
            Ask::Draft { .. } => "draft",
            Ask::Afresh { .. } => "afresh",
            Ask::Drop { .. } => "drop",
            Ask::Leave { .. } => "leave",
        }
    }

    /// The revision of the hit or record that the officer sees, where the answer rests on one.
    pub fn revision(&self) -> Option<u32> {
        match self {
            Ask::Confirm { revision, .. }
            | Ask::NotOurs { revision, .. }
            | Ask::Promise { revision, .. }
            | Ask::AskOwner { revision, .. }
            | Ask::Exclude { revision, .. }
            | Ask::Locate { revision, .. }
            | Ask::Clear { revision, .. }
            | Ask::Reopen { revision, .. }
            | Ask::Validate { revision, .. }
            | Ask::CloseRecord { revision, .. }
            | Ask::Amend { revision, .. } => Some(*revision),
            _ => None,
        }
    }
}
