//! By what the console knows when its screen has arrived.

use std::num::NonZeroU32;

/// How frames are kept from queueing up in front of a thin line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pacing {
    /// By the answers of the terminal; where none comes, by 10,000 bytes a second.
    #[default]
    Answers,
    /// By a speed in bytes a second: somebody nearer than the officer's screen would answer.
    Rate(NonZeroU32),
}
