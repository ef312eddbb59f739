//! The words of the field as types, and its rules as pure functions.
//!
//! Nothing here reads a clock, a file, a network or a random number: `now`, new ids and
//! the acting officer come in as arguments, so the registry and the console run the very
//! same rules and get the very same answer. Each thing that lives (record, check, hit,
//! agency and officer) is a small state machine: `decide` turns a command into events or
//! a refusal, `apply` turns an event into the next state.
//!
//! Nothing here holds a sentence: refusals, problems and reasons are codes with typed
//! arguments, which the upper floors turn into words.

pub mod agency;
pub mod check;
pub mod command;
pub mod context;
pub mod date;
pub mod disclose;
pub mod event;
pub mod evidence;
pub mod gun;
pub mod hit;
pub mod ids;
pub mod life;
pub mod private;
pub mod record;
pub mod refusal;
pub mod text;
pub mod time;
