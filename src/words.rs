//! Words for people: the catalogue of languages, and what the domain's codes are called in it.
//!
//! Codes with typed arguments come from below and become sentences only here, at the edges: console, command line and,
//! in English, the registry's problems. What belongs to no language (bands, phases, priorities, ids) is not translated.
mod catalogue;
mod evidence;
mod names;
pub mod plural;
mod refusal;
mod sentence;

pub use catalogue::{Catalogue, CatalogueFault, CatalogueProblem};
pub use sentence::{Arg, grouped};

use crate::domain::evidence::{NotSerial, Reason};
use crate::domain::refusal::{FieldProblem, Refusal};

/// What speaks for or against, in English.
pub fn reason(reason: &Reason) -> String {
    Catalogue::english().reason(reason)
}

/// What a number is that is no serial, in English.
pub fn not_serial(is: NotSerial) -> String {
    Catalogue::english().not_serial(is)
}

/// Why a command was refused, and what to do about it, in English.
pub fn refusal(refusal: &Refusal) -> (String, String) {
    let words = Catalogue::english();
    (words.refusal(refusal), words.hint(refusal))
}

/// Which field is wrong and how, in English.
pub fn field_problem(problem: &FieldProblem) -> String {
    Catalogue::english().field_problem(problem)
}

#[cfg(test)]
mod tests;
