//! Why something cannot be done now, so that it stays visible and is learned.

use crate::domain::refusal::Refusal;

/// Why an action is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// Nothing is marked here.
    NothingMarked,
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
    /// Purpose and case are not set; Tab in the search line sets them.
    NoGround,
    /// There was no item before this one.
    NothingBefore,
    /// Only the queue can be ticked and filtered.
    OnlyInHits,
    /// The rules refuse it.
    Refused(Refusal),
    /// It is not there yet.
    NotThereYet,
}
