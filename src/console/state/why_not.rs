//! Why something cannot be done now, so that it stays visible and is learned.

use super::search::Lacks;
use super::sent::Sent;
use crate::domain::refusal::Refusal;

/// Why an action is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// Nothing is marked here, though there is a row to be marked.
    NothingMarked,
    /// There is nothing here to be marked.
    NothingThere,
    /// Nothing is open in the panes of a gun.
    NothingOpen,
    /// Nobody is signed in yet: the registry has not said who the officer is.
    NoSession,
    /// What is marked is no hit.
    NotAHit,
    /// There is no number.
    NoNumber,
    /// It must be opened first: a row does not say enough.
    OpenFirst,
    /// It is restricted: ask its owner.
    Restricted,
    /// The record belongs to another country; only its owner may do this.
    NotOurRecord,
    /// No check was made yet.
    NoCheck,
    /// The two are too unlike for a question.
    TooUnlike,
    /// Purpose or case are not set, or the purpose is not known; Tab in the search line leads there.
    NoGround(Lacks),
    /// There is no draft.
    NoDraft,
    /// There was no item before this one.
    NothingBefore,
    /// Nothing waits that could be taken back.
    NothingQueued,
    /// Only the queue can be ticked and filtered.
    OnlyInHits,
    /// The rules refuse it.
    Refused(Refusal),
    /// An answer of this desk about the same thing is on its way, and is to be heard of first.
    Pending {
        /// What was sent.
        what: Sent,
        /// Whether nobody knows what became of it; it goes out again by itself.
        unknown: bool,
    },
    /// It counts in a question, a line or a form only.
    OnlyThere,
    /// It is not there yet.
    NotThereYet,
}

impl WhyNot {
    /// The code under which the catalogue has its words: `why_not.<code>`; a refusal has its own.
    pub fn code(&self) -> &'static str {
        match self {
            WhyNot::NothingMarked => "nothing_marked",
            WhyNot::NothingThere => "nothing_there",
            WhyNot::NothingOpen => "nothing_open",
            WhyNot::NoSession => "no_session",
            WhyNot::NotAHit => "not_a_hit",
            WhyNot::NoNumber => "no_number",
            WhyNot::OpenFirst => "open_first",
            WhyNot::Restricted => "restricted",
            WhyNot::NotOurRecord => "not_our_record",
            WhyNot::NoCheck => "no_check",
            WhyNot::TooUnlike => "too_unlike",
            WhyNot::NoGround(lacks) => lacks.code(),
            WhyNot::NoDraft => "no_draft",
            WhyNot::NothingBefore => "nothing_before",
            WhyNot::NothingQueued => "nothing_queued",
            WhyNot::OnlyInHits => "only_in_hits",
            WhyNot::Refused(_) => "refused",
            WhyNot::Pending { unknown: false, .. } => "pending",
            WhyNot::Pending { unknown: true, .. } => "pending_unknown",
            WhyNot::OnlyThere => "only_there",
            WhyNot::NotThereYet => "not_there_yet",
        }
    }
}
