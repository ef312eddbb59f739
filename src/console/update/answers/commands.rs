//! Answers to commands: nothing is called done before the registry has said so, and what had waited
//! is told however late it is.

use crate::console::state::State;
use crate::console::state::notice::{LeftBehind, Notice, Sent};
use crate::console::state::question::{Ask, Rehearsal, Withdrawn};
use crate::console::update::{Effects, form, open, question, say};
use crate::domain::ids::{CommandId, RecordId};
use crate::domain::refusal::Refusal;
use crate::wire::command::{CommandAnswer, Done, Outcome};
use crate::wire::problem::Problem;

/// Takes in the answer to a command.
pub(super) fn command(state: &mut State, answer: CommandAnswer, effects: &mut Effects) {
    state.outbox.answered(&answer, state.now);
    let Some(what) = state.pending.remove(&answer.id) else { return };
    if what == Sent::Rehearsed {
        let rehearsal = match answer.outcome {
            Outcome::Done { .. } => Rehearsal::Clean,
            Outcome::Refused { problem } => match problem.refusal {
                Some(Refusal::Duplicate { records }) => Rehearsal::Duplicates(records),
                _ => return not_entered(state, answer.id, problem, effects),
            },
            Outcome::Unknown { .. } => Rehearsal::Unknown,
        };
        rehearsed(state, answer.id, rehearsal, effects);
        return;
    }
    if taken(state, &answer) {
        return;
    }
    match answer.outcome {
        Outcome::Done { result } => done(state, answer.id, what, &result, effects),
        Outcome::Refused { problem } => {
            state.outbox.waited.remove(&answer.id);
            if let Some(mut form) = state.sent_forms.remove(&answer.id) {
                if let Some(Refusal::Fields { problems }) = &problem.refusal {
                    form.take_troubles(problems);
                }
                form.of = Some(answer.id);
                form::keep_draft(state, form);
            }
            say::say(state, Notice::Refused { what, problem });
        }
        Outcome::Unknown { .. } => {
            say::say(state, Notice::Unknown { what: what.clone() });
            // It goes out again under the same name.
            state.pending.insert_unknown(answer.id, what);
        }
    }
}

fn done(state: &mut State, id: CommandId, what: Sent, result: &Done, effects: &mut Effects) {
    state.sent_forms.remove(&id);
    // What was read of the record before is not how it stands now.
    if let Some(record) = what.record() {
        open::record_anew(state, record, effects);
    }
    let (record, raised) = (result.record, result.hits.len());
    if state.outbox.waited.remove(&id) {
        went_out(state, (what, record), raised);
    } else {
        say::say(state, Notice::Done { what, record, raised });
    }
}

/// What had waited is done: all of it that is answered before the next key is told in one line, and
/// what an earlier console has left stays said beside it.
fn went_out(state: &mut State, (what, record): (Sent, Option<RecordId>), raised: usize) {
    let (mut done, before, left) = match state.notice.take() {
        Some(Notice::WentOut { done, raised, left }) => (done, raised, left),
        Some(Notice::Done { what, record, raised }) => (vec![(what, record)], raised, None),
        Some(Notice::Found(left)) => (Vec::new(), 0, Some(left)),
        _ => return say::say(state, Notice::Done { what, record, raised }),
    };
    done.push((what, record));
    let left = left.map(|left| LeftBehind { queued: state.outbox.queued(), ..left });
    let left = left.filter(|left| *left != LeftBehind::default());
    state.notice = Some(Notice::WentOut { done, raised: before + raised, left });
}

/// An answer about one of several hits that were taken at one go: all that has come of them so
/// far is said in one line. Says whether it was one.
fn taken(state: &mut State, answer: &CommandAnswer) -> bool {
    let taking = &mut state.taking;
    let Some((_, hit)) = taking.asked.iter().find(|(id, _)| *id == answer.id) else { return false };
    match &answer.outcome {
        Outcome::Done { .. } => taking.done.push(*hit),
        Outcome::Refused { problem } => {
            taking.refused.push(*hit);
            taking.why = Some(problem.clone());
        }
        Outcome::Unknown { .. } => return false,
    }
    let refused = taking.why.clone().map(|problem| (taking.refused.clone(), problem));
    let (all, done) = (taking.asked.len(), taking.done.clone());
    say::say(state, Notice::Taken { all, done, refused });
    true
}

/// The rehearsal of an entry is back: the question says what it found, in new words.
pub(super) fn rehearsed(state: &mut State, id: CommandId, rehearsal: Rehearsal, effects: &mut Effects) {
    let Some(question) = &mut state.question else { return };
    if let Ask::Enter { rehearsal: held, .. } = &mut question.ask
        && *held == Rehearsal::Waiting(id)
    {
        *held = rehearsal;
        question::reword(state, effects);
    }
}

/// The rehearsal was refused for another reason: the question is withdrawn and says why, and so
/// do the fields of its form. A late one of an earlier wording is nothing to anybody.
fn not_entered(state: &mut State, id: CommandId, problem: Problem, effects: &mut Effects) {
    let Some(question) = &mut state.question else { return };
    let Ask::Enter { rehearsal, .. } = &mut question.ask else { return };
    if *rehearsal != Rehearsal::Waiting(id) {
        return;
    }
    *rehearsal = Rehearsal::Refused;
    if let (Some(Refusal::Fields { problems }), Some(form)) = (&problem.refusal, &mut state.form) {
        form.take_troubles(problems);
    }
    question.withdrawn = Some(match problem.refusal {
        Some(refusal) => Withdrawn::Refused(refusal),
        None => Withdrawn::Problem(Box::new(problem)),
    });
    question::reword(state, effects);
}
