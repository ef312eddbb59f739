//! Why something was not done or cannot be done, and what to do about it.

use super::scene::{Scene, say};
use super::sent;
use crate::console::grammar::GrammarFault;
use crate::console::message::Fault;
use crate::console::state::open_line::LineFault;
use crate::console::state::why_not::WhyNot;
use crate::domain::text::Shown;
use crate::wire::problem::Problem;

/// Why there is no answer.
pub(super) fn fault(scene: &Scene, fault: &Fault) -> String {
    match fault {
        Fault::Offline => say!(scene, "screen.fault.offline"),
        Fault::TimedOut => say!(scene, "screen.fault.timed_out"),
        Fault::Garbled => say!(scene, "screen.fault.garbled"),
        Fault::Problem(told) => problem(scene, told),
    }
}

/// What the registry said: in the words of this console where it gave the rule, else in its own.
pub(super) fn problem(scene: &Scene, problem: &Problem) -> String {
    let (what, hint) = match &problem.refusal {
        Some(refusal) => (scene.words().refusal(refusal), scene.words().hint(refusal)),
        None => (problem.detail.clone(), problem.hint.clone()),
    };
    if hint.is_empty() {
        return Shown::of(&what).to_string();
    }
    say!(scene, "screen.fault.problem", what = Shown::of(&what), hint = Shown::of(&hint))
}

/// Why an action cannot be done now.
pub(super) fn not(scene: &Scene, why: &WhyNot) -> String {
    match why {
        WhyNot::Refused(refusal) => scene.words().refusal(refusal),
        WhyNot::Pending { what, .. } => {
            scene.say(&format!("why_not.{}", why.code()), &[("what", sent::short(scene, what).into())])
        }
        other => scene.say(&format!("why_not.{}", other.code()), &[]),
    }
}

/// Why a line was not taken.
pub(super) fn line(scene: &Scene, fault: &LineFault) -> String {
    match fault {
        LineFault::Empty => say!(scene, "screen.line_fault.empty"),
        LineFault::NoCommand { name } => {
            say!(scene, "screen.line_fault.no_command", name = Shown::of(name))
        }
        LineFault::Wants { name, usage } => {
            say!(scene, "screen.line_fault.wants", name = *name, usage = *usage)
        }
        LineFault::FilterWord { word } => {
            say!(scene, "screen.line_fault.filter_word", word = Shown::of(word))
        }
        LineFault::NoSuchPurpose { given } => {
            say!(scene, "screen.line_fault.no_such_purpose", given = Shown::of(given))
        }
        LineFault::NotInTables { key, given } => {
            say!(scene, "screen.line_fault.not_in_tables", key = *key, given = Shown::of(given))
        }
        LineFault::TooLong { longest } => say!(scene, "screen.line_fault.too_long", longest = *longest),
    }
}

/// What is wrong with a search line, and what to do with it.
pub(super) fn grammar(scene: &Scene, fault: &GrammarFault) -> String {
    match fault {
        GrammarFault::Empty => say!(scene, "screen.grammar.empty"),
        GrammarFault::NoSuchKey { key } => {
            say!(scene, "screen.grammar.no_such_key", key = Shown::of(key))
        }
        GrammarFault::NothingBehind { key } => say!(scene, "screen.grammar.nothing_behind", key = *key),
        GrammarFault::Twice { key } => say!(scene, "screen.grammar.twice", key = *key),
        GrammarFault::Shape { key, given, like } => {
            say!(scene, "screen.grammar.shape", key = *key, given = Shown::of(given), like = *like)
        }
        GrammarFault::Bracket { place } => say!(scene, "screen.grammar.bracket", place = *place),
        GrammarFault::TooFewKnown { known, least } => {
            say!(scene, "screen.grammar.too_few_known", known = *known, least = *least)
        }
        GrammarFault::NothingToFindBy => say!(scene, "screen.grammar.nothing_to_find_by"),
    }
}
