//! How a request can end without an answer, as codes with typed arguments.

use crate::wire::problem::Problem;
use std::time::Duration;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was sent, so nothing was done.
    Unreachable {
        /// What kept it from being sent; for a reading also what kept the answer.
        why: Why,
    },
    /// The token is missing, unknown or withdrawn.
    Unauthorised,
    /// The registry took the request and said no; nothing was done.
    Refused(Box<Problem>),
    /// The registry has too much to do; nothing was done, and it may be sent again.
    Busy {
        /// How long it asked to be left alone, when it said so.
        again: Option<Duration>,
    },
    /// It was sent and no answer came: nobody knows whether it was done, so the same is to
    /// be sent again under the same id.
    Unknown {
        /// What kept the answer.
        why: Why,
    },
    /// What came back cannot be an answer of a registry.
    Garbled {
        /// What is wrong with it.
        what: Garble,
    },
}

/// What kept a request or its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// No connection could be made.
    NoConnection {
        /// What the system said, in English.
        said: String,
    },
    /// What answers there is not believed to be the registry.
    NotBelieved {
        /// What is wrong with its certificate, in English.
        said: String,
    },
    /// The deadline passed.
    TooSlow {
        /// How long was waited.
        waited: Duration,
    },
    /// The connection broke.
    Cut {
        /// What the system said, in English.
        said: String,
    },
    /// The registry, or something before it, failed while it had the request.
    Failed {
        /// The status of HTTP, 500 to 599.
        status: u16,
    },
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Garble {
    /// It is no JSON of the right shape.
    Shape {
        /// What the reader said, in English.
        said: String,
    },
    /// It is longer than any answer may be.
    TooLong {
        /// Bytes it may have.
        most: usize,
    },
    /// It does not answer what was sent, one for one.
    Mismatch,
    /// A status that no registry gives.
    Status {
        /// The status of HTTP.
        status: u16,
    },
}

impl Fault {
    /// Whether the same request may be answered if it is sent again.
    pub fn is_passing(&self) -> bool {
        match self {
            Fault::Unreachable { .. } | Fault::Busy { .. } | Fault::Unknown { .. } => true,
            Fault::Unauthorised | Fault::Refused(_) | Fault::Garbled { .. } => false,
        }
    }

    /// How long the registry asked to be left alone.
    pub fn again(&self) -> Option<Duration> {
        match self {
            Fault::Busy { again } => *again,
            _ => None,
        }
    }
}
