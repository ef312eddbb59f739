//! What keys, news and answers do, as tables: keys are written as an officer would say them.

mod checks;
pub(in crate::console) mod desk;
mod forms;
mod further;
mod news;
mod offline;
mod outbox;
mod overtaken;
mod pages;
mod pastes;
mod pending;
mod questions;
mod random;
mod readings;
mod refused;
mod search_line;
mod seen;
