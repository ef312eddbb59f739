//! Keys in the form of a record, and its way to the registry.

use super::{Effects, line, question, say, send};
use crate::console::action::{ActionId, by_id, folded};
use crate::console::form::{FieldId, Form, Taken, suggestions};
use crate::console::state::notice::Notice;
use crate::console::state::question::{Ask, Rehearsal};
use crate::console::state::record::Subject;
use crate::console::state::why_not::WhyNot;
use crate::console::state::{Item, State};
use crate::domain::command::Command;
use crate::domain::ids::RecordId;
use crate::domain::record::{RecordCommand, Report};
use crossterm::event::{KeyCode, KeyEvent};

/// `e`: the draft that Esc left, else a new form filled in from what is marked.
pub(super) fn open(state: &mut State) {
    if state.form.is_some() {
        return;
    }
    let form = match state.draft.take().or_else(|| state.parked.pop()) {
        Some(draft) => draft,
        None => filled(state).unwrap_or_else(|| Form::new(state.now)),
    };
    state.form = Some(form);
}

/// A gun in hand that was checked is entered as recovered.
fn filled(state: &State) -> Option<Form> {
    let question = match (state.item()?, &state.record.subject) {
        (Item::Candidate { .. }, Some(Subject::Candidate(compared))) => &compared.question,
        (Item::Check(_) | Item::Candidate { .. }, _) => &state.search.asked.as_ref()?.question,
        _ => return None,
    };
    Some(Form::of_check(question, state.now))
}

/// `c` of our own record: a form with what it reports now.
pub(super) fn amend(state: &mut State, record: RecordId) {
    let read = state.record.records.get(&record).and_then(|reading| reading.value());
    if let Some(view) = read.and_then(|answer| answer.whole()) {
        let form = Form::of_record(record, view.revision, &view.report, state.now);
        let same = state.draft.as_ref().is_some_and(|draft| draft.amends == form.amends);
        let draft = if same { state.draft.take() } else { None };
        keep(state);
        state.form = Some(draft.unwrap_or(form));
    }
}

/// Closes the form and keeps it as the draft.
pub(super) fn keep(state: &mut State) {
    if let Some(form) = state.form.take() {
        keep_draft(state, form);
    }
}

/// Keeps a form as the draft that `e` opens next; an earlier one waits behind it.
pub(super) fn keep_draft(state: &mut State, form: Form) {
    state.parked.extend(state.draft.replace(form));
}

/// A key while the form is open.
pub(super) fn key(state: &mut State, key: KeyEvent, effects: &mut Effects) {
    let now = state.now;
    let Some(form) = &mut state.form else { return };
    match folded(key) {
        Some(KeyCode::Esc) => {
            keep(state);
            say::say(state, Notice::DraftKept);
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
        Some(KeyCode::Right) if form.current().is_some_and(|field| field.text.at_end()) => suggest(form),
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
    if let (true, Taken::As { value, .. }) = (closed, &field.taken) {
        let (id, value) = (field.id, value.clone());
        form.fill(id, &value);
    }
}

/// Right at the end of the text: the next suggestion for what was typed.
fn suggest(form: &mut Form) {
    let Some(at) = form.at else { return };
    let Some(field) = form.field(at) else { return };
    let (stem, done) = field.stem.clone().unwrap_or_else(|| (field.text.text().trim().to_owned(), 0));
    let list = suggestions(form, at, &stem);
    if list.is_empty() {
        return;
    }
    // The first that says something new; then one after the other, round the end.
    let next = match done {
        0 => list.iter().position(|suggestion| suggestion.code != stem).unwrap_or(0),
        done => done % list.len(),
    };
    let code = list[next].code.clone();
    form.fill(at, &code);
    if let Some(field) = form.field_mut(at) {
        field.stem = Some((stem, next + 1));
    }
}

/// SEND: what is wrong goes back to its fields; else the question, after a rehearsal that
/// finds records of the same gun.
fn send(state: &mut State, effects: &mut Effects) {
    let Some(form) = &mut state.form else { return };
    take_meaning(form);
    form.at = None;
    let (report, mut fields) = form.report();
    report.judge(state.now, &mut fields);
    let problems = fields.list().to_vec();
    if !problems.is_empty() {
        form.take_troubles(&problems);
        let why = WhyNot::Refused(crate::domain::refusal::Refusal::Fields { problems });
        if let Some(action) = by_id(ActionId::ToSend) {
            say::not_now(state, action, why);
        }
        return;
    }
    let amends = form.amends;
    match amends {
        Some((record, revision)) => {
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
