//! iarms: a registry of illicit firearms, and the duty officer's console on it.

pub mod client;
pub mod console;
pub mod domain;
pub mod matching;
pub mod reference;
pub mod registry;
pub mod wire;
pub mod words;
