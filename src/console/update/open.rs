//! Going in: opening a hit, a candidate or a record in the record pane.

use super::{Effects, look, queue, say};
use crate::console::effect::Effect;
use crate::console::state::layout::{Page, Pane};
use crate::console::state::notice::Notice;
use crate::console::state::record::{Compared, MOST_READINGS, RecordLine, Subject};
use crate::console::state::remote::Remote;
use crate::console::state::search::Lacks;
use crate::console::state::why_not::WhyNot;
use crate::console::state::{Item, State};
use crate::domain::hit::desk::{ToDo, turn};
use crate::domain::ids::{HitId, RecordId};
use crate::domain::life::{self, StepKind};
use std::collections::BTreeMap;

/// Enter.
pub(super) fn go_in(state: &mut State, effects: &mut Effects) {
    let empty = state.item().is_none();
    match (state.layout.focus, state.looked_at()) {
        (Pane::Record | Pane::Trace, Some(Item::Hit(id))) if empty => hit(state, id, effects),
        (Pane::Record | Pane::Trace, Some(Item::Candidate { .. })) if empty => candidate(state, effects),
        (Pane::Hits, Some(Item::Hit(id))) => hit(state, id, effects),
        (Pane::Search, Some(Item::Hit(id))) => hit(state, id, effects),
        (Pane::Search, Some(Item::Candidate { .. })) => candidate(state, effects),
        (Pane::Search, _) => further(state, effects),
        (Pane::Record, Some(item)) => match (state.record.line, item) {
            (Some(RecordLine::Contact), Item::Hit(id)) => state.page = Some(Page::Phone(id)),
            (Some(RecordLine::Thread), _) => state.record.thread_open = !state.record.thread_open,
            _ => look::step(state, 1),
        },
        (Pane::Trace, _) => {
            if let Some(StepKind::Reported { record: id, .. }) =
                state.trace.marked.as_ref().map(|step| step.kind.clone())
            {
                record(state, id, effects);
            }
        }
        _ => {}
    }
}

/// `n`: the hit that the alert on the screen names, else the next alert, else our worst clock; takes waiting rows into the order.
pub(super) fn new(state: &mut State, effects: &mut Effects) {
    queue::take_in(state);
    let Some(party) = state.party() else { return };
    let ours = |id: &HitId| {
        let to_do = state.hits.rows.get(id).and_then(|row| turn(&row.hit, party)).map(|turn| turn.to_do);
        matches!(to_do, Some(ToDo::Take | ToDo::Ask | ToDo::Answer | ToDo::Locate | ToDo::Clear))
    };
    let named = state.hits.named.filter(|id| state.hits.alerts.contains(id));
    let alert = named.or_else(|| queue::last_called(state));
    let next = alert.or_else(|| queue::worst(state, &state.hits.order).filter(ours));
    match next {
        Some(id) => {
            queue::show(state, id);
            hit(state, id, effects);
        }
        None => say::say(state, Notice::NothingNew),
    }
}

/// Opens a hit, both guns compared.
pub(super) fn hit(state: &mut State, id: HitId, effects: &mut Effects) {
    go_to(state, Subject::Hit(id));
    state.hits.alerts.retain(|other| *other != id);
    state.hits.unopened.remove(&id);
    if state.hits.rows.contains_key(&id) && state.hits.order.contains(&id) {
        state.hits.marked = Some(id);
    }
    read_hit(state, id, effects);
}

/// Reads a hit, unless it is on its way; what was read before stays until then.
pub(super) fn read_hit(state: &mut State, id: HitId, effects: &mut Effects) {
    if !state.record.hits.get(&id).is_some_and(Remote::is_waiting) {
        read_hit_anew(state, id, effects);
    }
}

/// Reads a hit that has just changed: what is on its way may be older than the news, and
/// counts no more.
pub(super) fn read_hit_anew(state: &mut State, id: HitId, effects: &mut Effects) {
    let generation = state.generation.advance();
    state.record.hits.entry(id).or_default().ask(generation);
    effects.push(Effect::ReadHit { generation, id });
    keep_few(&mut state.record.hits, id);
}

/// Fetches the page of candidates that the marked line names, once.
fn further(state: &mut State, effects: &mut Effects) {
    let (Some(check), Some(next)) = (state.search.check(), state.search.on_more()) else { return };
    if state.search.further.is_waiting() {
        return;
    }
    let generation = state.generation.advance();
    state.search.further.ask(generation);
    effects.push(Effect::ReadCandidates { generation, check, after: next.after });
}

/// Opens the marked candidate, compared with the gun in hand.
pub(super) fn candidate(state: &mut State, effects: &mut Effects) {
    let (Some(check), Some(asked), Some(candidate)) =
        (state.search.check(), state.search.asked.as_ref(), state.search.candidate())
    else {
        return;
    };
    let id = candidate.record;
    let compared = Compared { check, question: asked.question.clone(), candidate: candidate.clone() };
    go_to(state, Subject::Candidate(Box::new(compared)));
    read_record(state, id, effects);
}

/// Opens a record.
pub(super) fn record(state: &mut State, id: RecordId, effects: &mut Effects) {
    go_to(state, Subject::Record(id));
    read_record(state, id, effects);
}

/// Reads a record, unless it is on its way; what was read before stays until then.
pub(super) fn read_record(state: &mut State, id: RecordId, effects: &mut Effects) {
    if !state.record.records.get(&id).is_some_and(Remote::is_waiting) {
        read_record_anew(state, id, effects);
    }
}

/// Reads a record; nothing is read without purpose and case.
fn read_record_anew(state: &mut State, id: RecordId, effects: &mut Effects) {
    let Some((purpose, case)) = state.search.ground() else {
        let lacks = state.search.lacks().unwrap_or(Lacks::Both);
        if let Some(action) = crate::console::action::by_id(crate::console::action::ActionId::Search) {
            say::not_now(state, action, WhyNot::NoGround(lacks));
        }
        return;
    };
    let generation = state.generation.advance();
    state.record.records.entry(id).or_default().ask(generation);
    effects.push(Effect::ReadRecord { generation, id, purpose, case });
    keep_few(&mut state.record.records, id);
}

/// A record has changed: what is held of it, or on its way, is out of date. It is read anew when
/// it is looked at, be it under a form that amends it or a question about it, and forgotten
/// otherwise; nobody asks about a lead by what it was.
pub(super) fn record_anew(state: &mut State, id: RecordId, effects: &mut Effects) {
    let subject = state.record.subject.as_ref().filter(|subject| subject.record() == Some(id));
    let compared = matches!(subject, Some(Subject::Candidate(_)));
    let amended = state.form.as_ref().and_then(|form| form.amends).is_some_and(|(of, _)| of == id);
    let asked = state.question.as_ref().is_some_and(|question| question.ask.record() == Some(id));
    let looked_at = subject.is_some() || amended || asked;
    if compared || !looked_at {
        state.record.records.remove(&id);
    }
    if looked_at {
        read_record_anew(state, id, effects);
        retrace(state);
    }
}

/// Reads the subject of the record pane anew.
pub(super) fn read_subject(state: &mut State, effects: &mut Effects) {
    match &state.record.subject {
        Some(Subject::Hit(id)) => read_hit(state, *id, effects),
        Some(other) => {
            if let Some(id) = other.record() {
                read_record(state, id, effects);
            }
        }
        None => {}
    }
}

/// Gives the record pane another subject and the keys.
fn go_to(state: &mut State, subject: Subject) {
    if state.record.subject.as_ref() != Some(&subject) {
        let here = look::place(state);
        look::leave_trail(state);
        if state.record.subject.is_some() {
            state.before = Some(Box::new(crate::console::state::layout::Place {
                layout: crate::console::state::layout::Layout { focus: Pane::Record, ..here.layout },
                ..here
            }));
        }
        state.record.subject = Some(subject);
        state.record.scroll = 0;
        state.record.line = None;
        state.record.thread_open = false;
        state.trace.marked = None;
    } else if state.layout.focus != Pane::Record {
        look::leave_trail(state);
    }
    state.layout.go(Pane::Record);
    retrace(state);
}

/// Keeps the latest readings only, and that of `id` whatever it is.
fn keep_few<K: Ord + Copy, V>(readings: &mut BTreeMap<K, Remote<V>>, id: K) {
    while readings.len() > MOST_READINGS {
        let oldest =
            readings.iter().filter(|(key, _)| **key != id).min_by_key(|(_, reading)| reading.wanted());
        let Some(key) = oldest.map(|(key, _)| *key) else { return };
        readings.remove(&key);
    }
}

/// Works out the steps of the gun that the record pane is about.
pub(super) fn retrace(state: &mut State) {
    let whole = state.record.record().and_then(|answer| answer.whole());
    let recorded =
        whole.map(|view| life::Recorded { id: view.id, owner: view.owner.ncb, report: &view.report });
    let seen = match &state.record.subject {
        Some(Subject::Hit(_)) => state.record.hit().map(|view| life::Seen {
            finder: view.check.finder.ncb,
            gun: &view.check.gun,
            found: view.check.found,
        }),
        Some(Subject::Candidate(compared)) => state.ncb().map(|finder| life::Seen {
            finder,
            gun: &compared.question.gun,
            found: compared.question.found,
        }),
        _ => None,
    };
    state.trace.steps = life::steps(recorded, seen);
    let steps = &state.trace.steps;
    state.trace.marked = state.trace.marked.take().filter(|marked| steps.contains(marked));
}
