//! Sending: commands get their names, are remembered until answered, and go out.

use super::{Effects, say};
use crate::console::effect::Effect;
use crate::console::grammar::GunLine;
use crate::console::message::Fault;
use crate::console::state::State;
use crate::console::state::line_status::LineStatus;
use crate::console::state::notice::{Notice, Sent};
use crate::console::state::outbox::{Item, Standing, Wanted};
use crate::console::state::remote::Generation;
use crate::console::state::search::{Asked, Gone, UnderWay};
use crate::console::state::sent::Taking;
use crate::domain::check::Question;
use crate::domain::command::{Command, Envelope};
use crate::domain::hit::HitCommand;
use crate::domain::ids::{CommandId, HitId};
use crate::domain::private::Private;
use crate::wire::check::CheckItem;

/// Sends commands in this order; says so, and says when there are no names for them.
/// Returns the names.
pub(super) fn commands(
    state: &mut State,
    list: Vec<(Command, Sent)>,
    effects: &mut Effects,
) -> Vec<CommandId> {
    if state.ids.len() < list.len() {
        say::say(state, Notice::NoIds);
        return Vec::new();
    }
    let mut envelopes = Vec::with_capacity(list.len());
    for (command, sent) in list {
        let Some(id) = state.ids.pop_front() else { break };
        state.outbox.items.push(Item {
            id,
            written: state.now,
            wanted: Wanted::Command(Box::new(command.clone()), sent.clone()),
            standing: Standing::Writing,
        });
        envelopes.push(Envelope { id, command, rehearse: false });
        let waits = !state.line.goes_out();
        if matches!(state.line, LineStatus::Offline { .. }) {
            state.outbox.waited.insert(id);
        }
        say::say(state, Notice::Sent { what: sent.clone(), waits });
        state.pending.insert(id, sent);
    }
    let ids = envelopes.iter().map(|envelope| envelope.id).collect();
    if !envelopes.is_empty() {
        effects.push(Effect::Send(envelopes));
    }
    ids
}

/// Asks what the registry would say to a command, and has nothing stored.
pub(super) fn rehearse(state: &mut State, command: Command, effects: &mut Effects) -> Option<CommandId> {
    let id = state.ids.pop_front()?;
    state.pending.insert(id, Sent::Rehearsed);
    effects.push(Effect::Send(vec![Envelope { id, command, rehearse: true }]));
    Some(id)
}

/// Takes a hit on this desk.
pub(super) fn take(state: &mut State, hit: HitId, effects: &mut Effects) {
    let command = Command::Hit(HitCommand::Take { hit, over: false });
    commands(state, vec![(command, Sent::Take(hit))], effects);
}

/// Remembers that several hits were taken at one go, so that the answers are told as one.
pub(super) fn taking(state: &mut State, ids: &[CommandId], hits: &[HitId]) {
    if hits.len() < 2 {
        return;
    }
    let asked = ids.iter().copied().zip(hits.iter().copied()).collect();
    state.taking = Taking { asked, ..Taking::default() };
    say::say(state, Notice::Taking { hits: hits.to_vec(), waits: !state.line.goes_out() });
}

/// Keeps an inside note.
pub(super) fn note(state: &mut State, hit: HitId, text: &str, effects: &mut Effects) {
    let command = HitCommand::Write { hit, text: Private::new(text), inside: true };
    commands(state, vec![(Command::Hit(command), Sent::Note(hit))], effects);
}

/// Makes a check; says whether it went out.
pub(super) fn check(state: &mut State, question: Question, effects: &mut Effects) -> bool {
    let Some(id) = state.ids.pop_front() else {
        say::say(state, Notice::NoIds);
        return false;
    };
    let generation = state.generation.advance();
    if !state.awaits_check() {
        state.search.gone = Gone::default();
    }
    state.search.answer.ask(generation);
    state.search.sent_as = Some(id);
    state.search.here = None;
    if matches!(state.line, LineStatus::Offline { .. }) {
        // Nobody waits for a deadline to hear what the top line says.
        state.search.answer.answer(generation, state.now, Err(Fault::Offline));
        here(state, generation, CheckItem { id, question }, Standing::Writing, effects);
    } else {
        let asked = Asked { line: gun_line(&question), question: question.clone() };
        state.search.under_way.push(UnderWay { generation, id, at: state.now, asked });
        effects.push(Effect::Check { generation, item: CheckItem { id, question } });
    }
    true
}

/// The check on the screen was not answered: what was seen here has to do until the line is back.
/// Whether it went out stands with it, because what went out may have been made and logged.
pub(super) fn check_here(
    state: &mut State,
    generation: Generation,
    standing: Standing,
    effects: &mut Effects,
) {
    if let (Some(id), Some(asked)) = (state.search.sent_as, &state.search.asked) {
        let question = asked.question.clone();
        here(state, generation, CheckItem { id, question }, standing, effects);
    }
}

fn here(
    state: &mut State,
    generation: Generation,
    item: CheckItem,
    standing: Standing,
    effects: &mut Effects,
) {
    let known = state.outbox.get(item.id).is_some();
    if !known {
        let asked = Asked { line: gun_line(&item.question), question: item.question.clone() };
        let wanted = Wanted::Check(Box::new(asked));
        let written = state.now;
        state.outbox.items.push(Item { id: item.id, written, wanted, standing });
    }
    effects.push(Effect::CheckHere { generation, item });
}

/// A check as its line would have it.
fn gun_line(question: &Question) -> String {
    GunLine { gun: question.gun.clone(), found: question.found }.to_string()
}
