//! Answers: late ones are dropped, failures keep what was there.

mod commands;

use super::{Effects, feed, open, question, queue, say, send};
use crate::client::seen::Here;
use crate::console::effect::Effect;
use crate::console::message::{Answer, Fault};
use crate::console::state::State;
use crate::console::state::notice::Notice;
use crate::console::state::outbox::{Item, Standing, Wanted};
use crate::console::state::question::{Ask, Rehearsal};
use crate::console::state::queue::{MOST_PAGES, PageRead};
use crate::console::state::remote::{Fetch, Generation};
use crate::console::state::search::UnderWay;
use crate::domain::ids::{CommandId, HitId, RecordId};
use crate::wire::check::{CandidatesPage, CheckAnswer, CheckItem};
use crate::wire::hit::{HitView, HitsPage};
use crate::wire::problem::code;
use crate::wire::record::RecordAnswer;

/// Takes in an answer.
pub(super) fn take(state: &mut State, answer: Answer, effects: &mut Effects) {
    match answer {
        Answer::Check { generation, result } => check(state, generation, result, effects),
        Answer::Candidates { generation, result } => further(state, generation, result),
        Answer::Waited { id, answer } => waited(state, id, answer, effects),
        Answer::Hits { generation, result } => hits(state, generation, result, effects),
        Answer::Hit { generation, id, result } => hit(state, generation, id, result, effects),
        Answer::Record { generation, id, result } => record(state, generation, id, result, effects),
        Answer::Commands(answers) => {
            for answer in answers {
                commands::command(state, answer, effects);
            }
        }
        Answer::NotRehearsed { id, .. } => {
            state.pending.remove(&id);
            commands::rehearsed(state, id, Rehearsal::Unknown, effects);
        }
    }
}

fn check(
    state: &mut State,
    generation: Generation,
    mut result: Result<CheckAnswer, Fault>,
    effects: &mut Effects,
) {
    if let Ok(answer) = &mut result {
        state.search.gone.leave_out(answer);
    }
    let arrived = state.search.arrived(generation);
    if !state.search.answer.awaits(generation) {
        if let Some(check) = arrived {
            overtaken(state, check, result, effects);
        }
        return;
    }
    let fault = result.as_ref().err().cloned();
    state.search.answer.answer(generation, state.now, result);
    if let Some(fault) = fault {
        // It is made under the same name when the line is back, and once.
        let standing = match fault {
            Fault::Offline => Some(Standing::Writing),
            Fault::TimedOut => Some(Standing::Unknown),
            Fault::Problem(_) | Fault::Garbled => None,
        };
        match (standing, state.search.asked.as_ref().map(|asked| asked.line.clone())) {
            (Some(standing), Some(line)) => {
                let went_out = standing == Standing::Unknown;
                send::check_here(state, generation, standing, effects);
                say::say(state, Notice::CheckWaits { line, went_out });
            }
            _ => say::say(state, Notice::Fault(fault)),
        }
        return;
    }
    state.search.here = None;
    // The answer to the officer's own Enter marks its best candidate; a later answer to the
    // same check leaves the mark where it is.
    if state.search.candidate().is_none() {
        let best = state.search.answer.value().and_then(|answer| answer.candidates.first());
        state.search.marked = best.map(|candidate| candidate.record);
    }
}

/// What became of a check after which another was asked: it waits to be looked at, or for the
/// line, as one that was asked without a line does.
fn overtaken(state: &mut State, check: UnderWay, result: Result<CheckAnswer, Fault>, effects: &mut Effects) {
    let UnderWay { id, at, asked, .. } = check;
    let standing = match result {
        Ok(answer) => {
            let (line, count) = (asked.line.clone(), answer.candidates.len());
            say::say(state, Notice::CheckedLate { line, count, here: false });
            Standing::Answered(Box::new(answer))
        }
        Err(Fault::Problem(problem)) if problem.code != code::UNAUTHORISED => {
            Standing::Refused { at: state.now, problem }
        }
        Err(Fault::TimedOut | Fault::Garbled) => Standing::Unknown,
        Err(Fault::Offline | Fault::Problem(_)) => Standing::Writing,
    };
    if matches!(standing, Standing::Unknown | Standing::Writing) {
        effects.push(Effect::QueueCheck(CheckItem { id, question: asked.question.clone() }));
    }
    state.outbox.items.push(Item { id, written: at, wanted: Wanted::Check(Box::new(asked)), standing });
}

/// The next page of candidates has come, or has not. Who waits for it on its line goes on with
/// the first of it; nobody else's mark is moved.
fn further(state: &mut State, generation: Generation, result: Result<CandidatesPage, Fault>) {
    let (page, result) = match result {
        Ok(page) => (Some(page), Ok(())),
        Err(fault) => (None, Err(fault)),
    };
    let fault = result.as_ref().err().cloned();
    if !state.search.further.answer(generation, state.now, result) {
        return;
    }
    if let Some(fault) = fault {
        say::say(state, Notice::Fault(fault));
    }
    let waits = state.search.on_more().is_some();
    let first = page.and_then(|page| state.search.add(page));
    if waits && first.is_some() {
        state.search.marked = first;
        state.search.at_more = false;
    }
}

/// What was seen here, until the registry answers.
pub(super) fn here(state: &mut State, generation: Generation, here: Here) {
    if state.search.answer.wanted() == generation && !matches!(state.search.answer.fetch(), Fetch::Idle) {
        state.search.here = Some(here);
    }
}

/// The registry has answered a check that had waited: the answer takes the place of what was seen
/// here, or waits in the outbox when another check is on the screen by now.
fn waited(state: &mut State, id: CommandId, mut answer: CheckAnswer, effects: &mut Effects) {
    let on_screen = state.search.sent_as == Some(id);
    let item = state.outbox.items.iter().find(|item| item.id == id);
    let Some(Wanted::Check(asked)) = item.map(|item| item.wanted.clone()) else { return };
    if state.outbox.stale.remove(&id) {
        effects.push(Effect::QueueCheck(CheckItem { id, question: asked.question }));
        return;
    }
    state.search.gone.leave_out(&mut answer);
    let (line, count) = (asked.line.clone(), answer.candidates.len());
    if on_screen {
        state.outbox.items.retain(|item| item.id != id);
        effects.push(Effect::Withdraw(id));
        show_check(state, answer);
    } else {
        state.outbox.stand(&[id], &Standing::Answered(Box::new(answer)));
    }
    say::say(state, Notice::CheckedLate { line, count, here: on_screen });
}

/// Puts an answer into the search pane, with its best candidate marked.
pub(super) fn show_check(state: &mut State, answer: CheckAnswer) {
    let generation = state.generation.advance();
    state.search.marked = answer.candidates.first().map(|candidate| candidate.record);
    state.search.at_more = false;
    state.search.further = Default::default();
    state.search.here = None;
    state.search.answer = Default::default();
    state.search.answer.ask(generation);
    state.search.answer.answer(generation, state.now, Ok(answer));
}

fn hits(state: &mut State, generation: Generation, result: Result<HitsPage, Fault>, effects: &mut Effects) {
    let page = match result {
        Ok(page) => page,
        Err(fault) => {
            if state.hits.page.answer(generation, state.now, Err(fault.clone())) {
                say::say(state, Notice::Fault(fault));
            }
            return;
        }
    };
    // The open hits come first, and closed ones stand in no list.
    let more = page.more && page.next.is_none_or(|next| next.open);
    // A queue that was read page by page is as old as its first page.
    let as_of = match state.hits.page.value() {
        Some(first) if state.hits.reading.count > 0 => first.as_of,
        _ => page.as_of,
    };
    if !state.hits.page.answer(generation, state.now, Ok(PageRead { as_of, more })) {
        return;
    }
    let adds = state.hits.reading.fills && state.hits.reading.count > 0;
    for row in page.hits {
        // News may have overtaken the reading, or withdrawn what stands in it.
        let id = row.hit.id;
        if !state.hits.told.contains(&id) && !feed::is_overtaken(state, &row) {
            let listed = state.hits.order.contains(&id);
            feed::put_row(state, row);
            let added = !listed && adds && queue::add(state, id);
            if !listed && !added {
                state.hits.waiting.insert(id);
            }
        }
    }
    state.hits.reading.count += 1;
    match page.next.filter(|_| more && state.hits.reading.count < MOST_PAGES) {
        Some(place) => {
            let generation = state.generation.advance();
            state.hits.page.ask(generation);
            effects.push(Effect::ReadHits { generation, after: Some(place) });
        }
        None => state.hits.told.clear(),
    }
    if state.hits.order.is_empty() {
        queue::take_in(state);
        if state.hits.marked.is_none() {
            state.hits.marked = state.hits.order.first().copied();
        }
    }
    question::judge_anew(state);
}

fn hit(
    state: &mut State,
    generation: Generation,
    id: HitId,
    mut result: Result<HitView, Fault>,
    effects: &mut Effects,
) {
    if let Ok(view) = &mut result
        && feed::is_overtaken(state, &view.row)
        && let Some(newer) = state.row(id)
    {
        view.row = newer.clone();
    }
    let now = state.now;
    let Some(reading) = state.record.hits.get_mut(&id) else { return };
    let fault = result.as_ref().err().cloned();
    let before = reading.value().cloned();
    if !reading.answer(generation, now, result) {
        return;
    }
    let other = before.as_ref() != reading.value();
    match fault {
        Some(fault) => say::say(state, Notice::Fault(fault)),
        None => hit_has_come(state, id, other, effects),
    }
}

/// A comparison has come: when it is another than before, a `y` before it was on the screen
/// does not count.
fn hit_has_come(state: &mut State, id: HitId, other: bool, effects: &mut Effects) {
    let row = state.record.hits.get(&id).and_then(|reading| reading.value()).map(|view| view.row.clone());
    if let Some(row) = row
        && state.hits.rows.contains_key(&id)
    {
        state.hits.rows.insert(id, row);
    }
    open::retrace(state);
    question::judge_anew(state);
    let rests =
        state.question.as_ref().is_some_and(|q| q.ask.rests_on_comparison() && q.ask.hit() == Some(id));
    if rests && other {
        question::reword(state, effects);
    }
}

fn record(
    state: &mut State,
    generation: Generation,
    id: RecordId,
    mut result: Result<RecordAnswer, Fault>,
    effects: &mut Effects,
) {
    let now = state.now;
    let Some(reading) = state.record.records.get_mut(&id) else { return };
    let revision = |answer: &RecordAnswer| answer.whole().map(|view| view.revision);
    if let (Some(held), Ok(came)) = (reading.value(), &result)
        && revision(came).is_some_and(|came| revision(held) > Some(came))
    {
        result = Ok(held.clone());
    }
    let fault = result.as_ref().err().cloned();
    if !reading.answer(generation, now, result) {
        return;
    }
    if let Some(fault) = fault {
        say::say(state, Notice::Fault(fault));
    }
    open::retrace(state);
    question::judge_anew(state);
    // The gun that a lead is about has come onto the screen: it has to be seen.
    if matches!(&state.question, Some(q) if matches!(&q.ask, Ask::AskLead { record, .. } if *record == id)) {
        question::reword(state, effects);
    }
}
