//! iarms: a registry of lost, stolen, trafficked and smuggled firearms, and the duty
//! officer's full-screen console on it.
//!
//! Police, customs and border services record guns; an officer with a gun in hand checks it;
//! a match is a *hit* on both sides and a clock starts; the record's owner confirms it or
//! says why not. The officers sit in SSH sessions, on lines of 9.6 kbit/s and a second of
//! delay, on keyboards, at night.
//!
//! # The house
//!
//! Seven floors. A floor uses those below it and never one above; rooms on one floor do not
//! import in circles. A test reads the sources and holds this.
//!
//! ```text
//! 7  cli         one file a sub-command, no rules of its own
//! 6  console     state, update, view; the shell around them   |  exercise  other countries that act
//! 5  registry    the server                                   |  client    the line to a registry
//! 4  wire        what crosses the network
//! 3  matching    how alike two guns are, and finding the ones that are
//! 2  reference   countries, makes, calibres, gun types        |  words     the catalogue of languages
//! 1  domain      the field's words as types, and its rules as pure functions
//! ```
//!
//! `registry` never sees `client` or `console`, and they never see it: where one process
//! holds both, they talk over a socket.
//!
//! # A gun's way through it
//!
//! ```text
//! key → console::terminal → Message → console::update → Effect → client → HTTP
//!     → registry::http → registry::writer → matching + domain::decide → journal, tables
//!     → registry::feed → domain::disclose → stream → client::feed → Message → update → view → bytes
//! ```
//!
//! Where the line is thin or broken:
//!
//! ```text
//! update → Effect → client::outbox, on disk before it is sent → one request when the line is back → answer
//! view → console::terminal, a shadow of the screen → console::pacing, one frame on its way → the glass
//! client::seen, what this station was shown, on disk with its age → the check without a registry
//! ```
//!
//! # Invariants
//!
//! - **Accepted means on disk.** Journal, tables and answer change in one transaction; the
//!   answer leaves after the commit. A commit whose outcome is not known is answered
//!   `unknown`, and the same id is sent again and done once.
//! - **No interleaving misses a hit.** The writer matches before it takes the journal's lock,
//!   and inside it against what came after; whoever comes second sees the first. A pair has
//!   one hit, ever.
//! - **Both directions agree.** One function weighs a pair, in whole numbers, whether the
//!   record found the check or the check the record.
//! - **`decide` and `apply` are the only rules**, the same at the registry and at the console,
//!   which asks them what would be refused. `domain` and `matching` have no clock, no
//!   randomness, no I/O.
//! - **What leaves the store passes `domain::disclose`**, and `wire` is built from what it
//!   returned. Nothing is opened without a purpose; every look is on disk before its answer
//!   leaves.
//! - **Codes below, words at the edges.** Refusals, problems and reasons are codes with typed
//!   arguments; sentences stand in `assets/lang`.
//! - **Text from outside is never drawn as it is**: `domain::text::Text` is stored to the
//!   letter, `domain::text::Shown` is what a screen gets.
//! - **`update` and `view` are pure and total.** The shell owns time, terminal and network.
//!   No tick: nothing is drawn when nothing has changed, and one frame is one write.
//! - **`y` alone commits, and only what was seen**: a question's frame has been answered by
//!   the terminal and a quarter of a second was silent.
//! - **A command outlives its console**: it is on disk before it is sent, goes out in the order
//!   of its subject, and is done once however often it is sent.
//! - **Never more than one frame on its way** to a terminal that answers; keys before news. What
//!   was seen earlier is shown with its age, and gone when the registry withdraws it.
//! - **Every wait has a deadline, every queue a bound**; the outcomes are done, refused, unknown.

pub mod cli;
pub mod client;
pub mod console;
pub mod domain;
pub mod exercise;
pub mod matching;
pub mod reference;
pub mod registry;
pub mod wire;
pub mod words;
