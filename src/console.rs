//! The full-screen program of the duty officer.
//!
//! `update(&mut State, Message) -> Vec<Effect>` and the view are pure and never see each
//! other; the shell around them owns time, terminal and network. Time comes in with
//! messages, what is to be done goes out as effects, and both are plain data, so that a
//! session can be replayed from its messages.

pub mod action;
pub mod ask;
pub mod drafts;
pub mod effect;
pub mod filter;
pub mod form;
pub mod grammar;
pub mod look;
pub mod message;
pub mod pacing;
pub mod shell;
pub mod state;
pub mod terminal;
pub mod update;
pub mod view;
