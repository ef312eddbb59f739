//! Other countries that act: sample records, and officers who check, report, ask and answer.
//!
//! Everything goes through [`client`](crate::client), so nothing here can do what an officer
//! could not. Guns, places and people are invented; the shapes of the numbers are those that
//! makers use.

pub mod act;
pub mod dice;
mod makers;
pub mod plan;
pub mod sample;
mod states;
