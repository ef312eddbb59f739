//! Moving the mark and finding the way back; nothing here reaches the registry.

use super::{Effects, open};
use crate::console::state::State;
use crate::console::state::layout::{Layout, Pane, Place};
use crate::console::state::record::{RecordLine, Subject};

/// Columns by which Right moves long lines; Left goes back to their beginning.
pub(super) const SHIFT: u16 = 8;
/// Furthest that long lines are moved; the view stops where the longest of them ends.
pub(super) const MOST_SHIFT: u16 = 240;
/// Furthest that the record pane is scrolled; the view stops earlier.
const MOST_SCROLL: u16 = 2000;
/// Longest way back that is remembered.
const MOST_BACK: usize = 32;

/// Moves the mark by so many rows.
pub(super) fn step(state: &mut State, by: isize) {
    match state.layout.focus {
        Pane::Hits => {
            let marked = moved(&state.hits.order, state.hits.marked.as_ref(), by);
            state.hits.marked = marked.or(state.hits.marked);
        }
        Pane::Search => {
            // The first row is the check itself, which has no record.
            let mut rows = vec![(None, false)];
            if let Some(answer) = state.search.answer.value() {
                rows.extend(answer.candidates.iter().map(|candidate| (Some(candidate.record), false)));
                // The last row names the page that can be fetched.
                rows.extend(answer.next.map(|_| (None, true)));
            }
            let marked = (state.search.marked, state.search.on_more().is_some());
            (state.search.marked, state.search.at_more) = moved(&rows, Some(&marked), by).unwrap_or_default();
        }
        Pane::Record => record_step(state, by),
        Pane::Trace => {
            let marked = moved(&state.trace.steps, state.trace.marked.as_ref(), by);
            state.trace.marked = marked.or(state.trace.marked.take());
        }
    }
}

/// The row so many rows from the marked one, held at both ends; the first when none is marked.
fn moved<T: PartialEq + Clone>(rows: &[T], marked: Option<&T>, by: isize) -> Option<T> {
    let at = marked.and_then(|marked| rows.iter().position(|row| row == marked));
    let to = match at {
        Some(at) => at.saturating_add_signed(by).min(rows.len().saturating_sub(1)),
        None => 0,
    };
    rows.get(to).cloned()
}

/// In the record pane the mark goes through the lines that can be gone into, then it scrolls.
fn record_step(state: &mut State, by: isize) {
    let pane = &mut state.record;
    let lines: &[RecordLine] =
        if pane.hit().is_some() { &[RecordLine::Contact, RecordLine::Thread] } else { &[] };
    let at = pane.line.and_then(|line| lines.iter().position(|other| *other == line));
    if by.unsigned_abs() > 1 || (by < 0 && pane.scroll > 0) {
        scroll(state, by);
    } else if by < 0 {
        pane.line = at.and_then(|at| at.checked_sub(1)).and_then(|at| lines.get(at).copied());
    } else {
        match lines.get(at.map_or(0, |at| at + 1)) {
            Some(line) => pane.line = Some(*line),
            None => scroll(state, by),
        }
    }
}

fn scroll(state: &mut State, by: isize) {
    let by = i16::try_from(by).unwrap_or(if by < 0 { i16::MIN } else { i16::MAX });
    state.record.scroll = state.record.scroll.saturating_add_signed(by).min(MOST_SCROLL);
}

/// A page up or down.
pub(super) fn page(state: &mut State, down: bool) {
    let rows = isize::try_from(state.layout.page_rows()).unwrap_or(1);
    step(state, if down { rows } else { -rows });
}

/// The first or the last row.
pub(super) fn end(state: &mut State, last: bool) {
    if state.layout.focus == Pane::Record {
        state.record.scroll = 0;
        state.record.line = None;
        if last {
            scroll(state, isize::MAX);
        }
        return;
    }
    step(state, if last { isize::MAX } else { isize::MIN });
}

/// Where the officer is.
pub(super) fn place(state: &State) -> Place {
    Place {
        layout: Layout { shift: 0, ..state.layout },
        hit: state.hits.marked,
        candidate: state.search.marked,
        subject: state.record.subject.clone(),
        scroll: state.record.scroll,
        step: state.trace.marked.clone(),
    }
}

/// Remembers where the officer is, before going in somewhere.
pub(super) fn leave_trail(state: &mut State) {
    let here = place(state);
    if state.back.last() == Some(&here) {
        return;
    }
    if state.back.len() >= MOST_BACK {
        state.back.remove(0);
    }
    state.back.push(here);
}

/// Back to exactly where one was.
pub(super) fn back(state: &mut State, effects: &mut Effects) {
    state.layout.shift = 0;
    match state.back.pop() {
        Some(place) => restore(state, place, effects),
        None => state.layout.zoom = false,
    }
}

/// The item before this one, and back.
pub(super) fn swap_before(state: &mut State, effects: &mut Effects) {
    if let Some(before) = state.before.take() {
        state.before = Some(Box::new(place(state)));
        restore(state, *before, effects);
    }
}

/// Goes to a place; the window keeps its size, and what is gone meanwhile is not marked.
fn restore(state: &mut State, place: Place, effects: &mut Effects) {
    let (width, height) = (state.layout.width, state.layout.height);
    state.layout = place.layout;
    state.layout.width = width;
    state.layout.height = height;
    state.hits.marked = place.hit.filter(|hit| state.hits.order.contains(hit));
    state.search.marked = place.candidate;
    state.search.at_more = false;
    if state.search.candidate().is_none() {
        state.search.marked = None;
    }
    state.record.subject = place.subject;
    state.record.scroll = place.scroll;
    state.record.line = None;
    state.trace.marked = place.step;
    // Readings of long ago are not kept.
    if state.record.subject.is_some() && state.record.record().is_none() {
        open::read_subject(state, effects);
    }
    open::retrace(state);
}

/// Forgets everything that speaks of a subject that may be seen no more.
pub(super) fn forget(state: &mut State, gone: impl Fn(&Subject) -> bool) {
    let lost = |place: &Place| place.subject.as_ref().is_some_and(&gone);
    state.back.retain(|place| !lost(place));
    if state.before.as_ref().is_some_and(|before| lost(before)) {
        state.before = None;
    }
    if state.record.subject.as_ref().is_some_and(&gone) {
        state.record.subject = None;
        state.record.line = None;
        open::retrace(state);
    }
}
