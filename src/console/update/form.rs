//! Keys in the form of a record, and its way to the registry.

mod draft;

pub(super) use draft::{amend, choose, commit, discard, keep, keep_draft, open, resume_last, resume_of};

use super::{Effects, line, question, say, send};
use crate::console::action::{ActionId, folded};
use crate::console::ask::pending;
use crate::console::form::{FieldId, Form, Taken};
use crate::console::state::State;
use crate::console::state::notice::Notice;
use crate::console::state::question::{Ask, Rehearsal};
use crate::domain::command::Command;
use crate::domain::record::{RecordCommand, Report};
use crossterm::event::{KeyCode, KeyEvent};

/// A key while the form is open.
pub(super) fn key(state: &mut State, key: KeyEvent, effects: &mut Effects) {
    let now = state.now;
    let Some(form) = &mut state.form else { return };
    match folded(key) {
        Some(KeyCode::Esc) => {
            let kept = keep(state);
            say::say(state, if kept { Notice::DraftKept } else { Notice::NoDraftKept });
        }
        Some(KeyCode::F(1)) => super::open_help(state),
        Some(KeyCode::PageDown) => send(state, effects),
        Some(KeyCode::Enter) if form.at.is_none() => send(state, effects),
        Some(KeyCode::Enter | KeyCode::Tab | KeyCode::Down) => {
            take_meaning(form);
            form.kept = now;
            form.step(true);
        }
        Some(KeyCode::BackTab | KeyCode::Up) => form.step(false),
        Some(KeyCode::PageUp) => form.at = Some(FieldId::Kind),
        Some(KeyCode::Right) if form.current().is_some_and(|field| field.text.at_end()) => {
            form.suggest();
        }
        _ => {
            let (Some(at), Some(request)) = (form.at, line::request(key.code, key.modifiers)) else { return };
            if let Some(field) = form.current()
                && field.text.edit(request)
            {
                field.stem = None;
                form.read(at);
                form.kept = now;
            }
        }
    }
}

/// Text from the clipboard goes into the field.
pub(super) fn paste(state: &mut State, text: &str) {
    let Some(form) = &mut state.form else { return };
    let Some(at) = form.at else { return };
    if let Some(field) = form.current() {
        field.text.insert(text);
        field.stem = None;
    }
    form.read(at);
}

/// Leaving a field takes what stands behind `=`, where the table is closed; makes, models and
/// calibres stay as they are stamped.
fn take_meaning(form: &mut Form) {
    let Some(field) = form.current() else { return };
    let closed = matches!(field.id, FieldId::Kind | FieldId::OnTheGun | FieldId::Type | FieldId::MadeIn);
    if let (true, Taken::As { value, .. }) = (closed, &field.taken)
        && value != field.text.text()
    {
        let (id, value) = (field.id, value.clone());
        form.fill(id, &value);
    }
}

/// SEND: what is not settled goes back to its fields; else the question, after a rehearsal that
/// finds records of the same gun.
fn send(state: &mut State, effects: &mut Effects) {
    // What is missing in a form that cannot be sent anyway is nothing to settle.
    if draft::offer_afresh(state, effects) {
        return;
    }
    let now = state.now;
    let Some(form) = &mut state.form else { return };
    take_meaning(form);
    let unsettled = form.settle(now);
    if let Some((field, problem)) = unsettled.first().cloned() {
        say::say(state, Notice::Unsettled { field, problem, more: unsettled.len() - 1 });
        return;
    }
    let (report, amends) = (form.report().0, form.amends);
    match amends {
        Some((record, revision)) => {
            if !draft::is_read(state, record, effects) {
                return;
            }
            // What is on its way may change the record, or close it.
            if let Err(why) = pending::changed(state, record) {
                return say::say(state, Notice::NotNow { action: ActionId::ToSend, why });
            }
            question::open(state, Ask::Amend { record, revision, report: Box::new(report) }, effects);
        }
        None => enter(state, report, effects),
    }
}

fn enter(state: &mut State, report: Report, effects: &mut Effects) {
    let report = Box::new(report);
    let command = RecordCommand::Enter { report: report.clone(), knowing: Vec::new() };
    let rehearsal = match send::rehearse(state, Command::Record(command), effects) {
        Some(id) => Rehearsal::Waiting(id),
        None => Rehearsal::Unknown,
    };
    question::open(state, Ask::Enter { report, rehearsal }, effects);
}
