//! The full-screen program of the duty officer.

pub mod terminal;
