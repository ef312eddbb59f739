//! How alike two guns are, and finding the ones that are.
//!
//! ```text
//! Gun ─ number ─ pattern ─┐                           ┌─ distance  which keys fit, within how many errors
//!     └ about (reference) ┴─ prepared ─ key ─ index ──┤
//!                                                     └─ score ─── align, confusion, fields ─ find
//! ```
//! - [`number`] brings a stamped number to one form and tells serials from words, fillers,
//!   models and calibres; [`pattern`] reads `AB??45[38]`.
//! - [`Prepared`] is a gun made ready: every number in all its readings, the description
//!   resolved against the tables.
//! - [`Index`] holds all of them in memory and finds every one within the errors that the
//!   length of a number allows; [`Staged`] holds changes that nobody sees yet, and a [`Run`]
//!   what one of several threads has gathered for it.
//! - [`compare`] and [`score`](score()) weigh a pair. One function serves both directions, and its
//!   weights are whole numbers, so a record that finds a check and a check that finds a record
//!   come to the same evidence.
//! - [`find`](find()) counts the rivals and judges; [`align`](align()) lays two numbers side by
//!   side for the screen.
//!
//! A writer calls [`search`] before it takes the store's lock, stages what came since inside
//! it, calls [`Found::caught_up`] and [`Found::candidates`], and after the commit
//! [`Index::publish`]es. For a new record it asks [`checks_for`] which standing checks it
//! touches, and judges each of these as a check.
//!
//! Nothing here does I/O, reads a clock or a random number.

mod about;
mod align;
mod confusion;
mod distance;
mod facet;
mod find;
mod index;
mod key;
pub mod number;
pub mod pattern;
mod places;
mod prepared;
mod scan;
mod score;

pub use about::Resolved;
pub use align::{Step, StepKind, align};
pub use find::{
    Candidate, Found, MOST_WITHOUT_SERIAL, checks_for, find, may_be_likely, may_stand_in_the_way, rarity,
    rarity_reason, search,
};
pub use index::{Index, Run, Staged, Stale, Tidied};
pub use number::{Norm, NumberKind, Skeleton, classify, serial_in};
pub use pattern::{Cell, Pattern};
pub use places::places;
pub use prepared::Prepared;
pub use score::{Pair, Rivals, compare, score};
