//! Drafts: forms that were left and not sent. None is lost without a question.

use crate::console::form::Form;
use crate::console::state::notice::Notice;
use crate::console::state::outbox::Wanted;
use crate::console::state::question::{Ask, Pick};
use crate::console::state::record::Subject;
use crate::console::state::{Item, State};
use crate::console::update::{Effects, open as reading, question, say};
use crate::domain::command::Command;
use crate::domain::ids::{CommandId, RecordId};
use crate::domain::record::RecordCommand;

/// `e`: a form filled in from what is marked; else the draft that was left, else a new form.
/// Where there is something to fill in from and a draft too, the officer chooses.
pub(in crate::console::update) fn open(state: &mut State, effects: &mut Effects) {
    if state.form.is_some() {
        return;
    }
    let Some(fresh) = filled(state) else {
        match state.drafts.len().checked_sub(1) {
            Some(last) => resume(state, last, effects),
            None => state.form = Some(Form::new(state.now)),
        }
        return;
    };
    if let Some(same) = state.drafts.iter().rposition(|draft| draft.checked == fresh.checked) {
        resume(state, same, effects);
    } else if state.drafts.is_empty() {
        state.form = Some(fresh);
    } else {
        question::open(state, Ask::Draft { fresh: Box::new(fresh) }, effects);
    }
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

/// What was chosen between a new form and the draft: the other one waits.
pub(in crate::console::update) fn choose(state: &mut State, ask: Ask, pick: Pick, effects: &mut Effects) {
    match (ask, pick, state.drafts.len().checked_sub(1)) {
        (_, Pick::Draft, Some(last)) => resume(state, last, effects),
        (Ask::Draft { fresh }, _, _) => state.form = Some(*fresh),
        _ => {}
    }
}

/// Opens a draft again. The record that it amends is read anew, so that the form can say whether
/// it was changed meanwhile.
fn resume(state: &mut State, at: usize, effects: &mut Effects) {
    let draft = state.drafts.remove(at);
    let amends = draft.amends;
    state.form = Some(draft);
    if let Some((record, _)) = amends {
        reading::read_record(state, record, effects);
        offer_afresh(state, effects);
    }
}

/// Opens the last draft, whatever is marked.
pub(in crate::console::update) fn resume_last(state: &mut State, effects: &mut Effects) {
    if let Some(last) = state.drafts.len().checked_sub(1) {
        resume(state, last, effects);
    }
}

/// Opens the form that came back from a refused command; where it is here no more, one with what
/// was to be reported.
pub(in crate::console::update) fn resume_of(state: &mut State, id: CommandId, effects: &mut Effects) {
    keep(state);
    if let Some(at) = state.drafts.iter().rposition(|draft| draft.of == Some(id)) {
        return resume(state, at, effects);
    }
    let Some(Wanted::Command(command, _)) = state.outbox.get(id).map(|item| &item.wanted) else { return };
    let form = match &**command {
        Command::Record(RecordCommand::Enter { report, .. }) => Form::of_report(report, state.now),
        Command::Record(RecordCommand::Amend { record, revision, report }) => {
            Form::of_record(*record, *revision, report, state.now)
        }
        _ => return,
    };
    state.form = Some(Form { of: Some(id), ..form });
}

/// Asks whether the form is to begin anew with its record, when that was changed since; says
/// whether it did.
pub(super) fn offer_afresh(state: &mut State, effects: &mut Effects) -> bool {
    let amends = state.form.as_ref().and_then(|form| form.amends);
    let changed = amends.and_then(|(record, seen)| state.record.changed_since(record, seen));
    let Some(record) = changed.map(|view| view.id) else { return false };
    question::open(state, Ask::Afresh { record }, effects);
    true
}

/// Whether a record is read, so that a form can be held to it; else says so and reads it.
pub(super) fn is_read(state: &mut State, record: RecordId, effects: &mut Effects) -> bool {
    let read = of_record(state, record).is_some();
    if !read {
        say::say(state, Notice::NotRead(record));
        reading::read_record(state, record, effects);
    }
    read
}

/// `c` of our own record: the draft that amends it, else a form with what it reports now.
pub(in crate::console::update) fn amend(state: &mut State, record: RecordId, effects: &mut Effects) {
    let of_it = |draft: &Form| draft.amends.is_some_and(|(amended, _)| amended == record);
    keep(state);
    match state.drafts.iter().rposition(of_it) {
        Some(at) => resume(state, at, effects),
        None => state.form = of_record(state, record),
    }
}

/// A form with what a record reports now.
fn of_record(state: &State, record: RecordId) -> Option<Form> {
    let view = state.record.records.get(&record)?.value()?.whole()?;
    Some(Form::of_record(record, view.revision, &view.report, state.now))
}

/// Closes the form and keeps it as the draft, unless nothing was typed into it; says whether it
/// was kept.
pub(in crate::console::update) fn keep(state: &mut State) -> bool {
    let Some(form) = state.form.take().filter(|form| !form.is_untouched()) else { return false };
    keep_draft(state, form);
    true
}

/// Keeps a form as the draft that `e` opens next; an earlier one waits behind it.
pub(in crate::console::update) fn keep_draft(state: &mut State, form: Form) {
    state.drafts.push(form);
}

/// `:discard`: a question that names the form that is open, else the draft that `e` would open.
pub(in crate::console::update) fn discard(state: &mut State, effects: &mut Effects) {
    if let Some(draft) = state.form.clone().or_else(|| state.drafts.last().cloned()) {
        question::open(state, Ask::Discard { draft: Box::new(draft) }, effects);
    }
}

/// `y` about a draft. What was asked about goes, wherever it is by now, and nothing else.
pub(in crate::console::update) fn commit(state: &mut State, ask: &Ask, effects: &mut Effects) {
    match ask {
        Ask::Discard { draft } => {
            if state.form.as_ref() == Some(&**draft) {
                state.form = None;
            } else if let Some(at) = state.drafts.iter().rposition(|kept| kept == &**draft) {
                state.drafts.remove(at);
            }
            say::say(state, Notice::Discarded { left: state.drafts.len() });
        }
        Ask::Afresh { record } => {
            let read = is_read(state, *record, effects);
            if read {
                state.form = of_record(state, *record);
            }
        }
        _ => {}
    }
}
