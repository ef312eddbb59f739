//! What can be chosen in a question.

use crate::domain::hit::{Exclusion, Priority};
use serde::{Deserialize, Serialize};

/// One choice of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Its key: a small letter or a figure; Esc for no.
    pub key: Option<char>,
    /// What it does.
    pub pick: Pick,
}

/// What a choice does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// Makes the first line of the question true: the only thing that commits.
    Yes,
    /// `e`: not the gun, not here, refuse: the reasons follow.
    Not,
    /// `p`: promise a time.
    Promise,
    /// `w`: write to the other side first.
    Write,
    /// Figures of [`Ask::NotOurs`](super::Ask::NotOurs) and [`Ask::Exclude`](super::Ask::Exclude) while no reason is chosen.
    Reason(Exclusion),
    /// Figures of [`Ask::AskOwner`](super::Ask::AskOwner) and [`Ask::AskLead`](super::Ask::AskLead).
    Priority(Priority),
    /// Figures of [`Ask::Stand`](super::Ask::Stand).
    Stand(Days),
    /// `c`: back to the form, amend, correct.
    Correct,
    /// `e` of our own record: how it is closed follows.
    Close,
    /// Figures of [`Ask::CloseRecord`](super::Ask::CloseRecord) while nothing is chosen.
    Closing(Closing),
    /// A figure of [`Ask::Draft`](super::Ask::Draft): a new form, filled in from what is marked.
    Fresh,
    /// A figure of [`Ask::Draft`](super::Ask::Draft): the draft that was left.
    Draft,
    /// `z` behind a time: it was meant in UTC.
    Utc,
    /// Esc, Backspace.
    No,
}

/// How a record is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// The gun is back.
    Cleared,
    /// The entry was wrong.
    Cancelled,
}

/// How long a check may be made to stand; a registry never shortens what was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// Ninety days more, which is what `y` does.
    Ninety,
    /// Thirty days.
    Thirty,
    /// A year.
    Year,
}

impl Days {
    /// As a number of days.
    pub fn days(self) -> u16 {
        match self {
            Days::Ninety => 90,
            Days::Thirty => 30,
            Days::Year => 365,
        }
    }
}
