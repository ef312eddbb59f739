//! What an earlier console has left on this machine: the outbox, what was half typed, what was seen.

use super::{Effects, form, line, open, queue, say};
use crate::client::seen::Past;
use crate::console::drafts::Open;
use crate::console::message::Found;
use crate::console::state::State;
use crate::console::state::notice::{LeftBehind, Notice};
use crate::console::state::open_line::LineKind;
use crate::console::state::outbox::{Standing, Wanted};
use crate::console::state::queue::PageRead;
use crate::console::state::record::MOST_READINGS;
use crate::console::state::remote::Remote;

/// Takes in what an earlier console has left.
pub(super) fn take(state: &mut State, found: Found) {
    let Found { items, torn, damaged, beside, drafts, past } = found;
    if let Some(past) = past {
        remember(state, past);
    }
    for item in &items {
        let Wanted::Command(_, what) = &item.wanted else { continue };
        state.outbox.waited.insert(item.id);
        match item.standing {
            Standing::Queued => state.pending.insert(item.id, what.clone()),
            // It may have been done before the console died: nobody knows until it is answered.
            Standing::Sent { .. } | Standing::Unknown => state.pending.insert_unknown(item.id, what.clone()),
            _ => {}
        }
    }
    state.outbox.items.splice(0..0, items);
    let searched = usize::from(!drafts.search.text.is_empty() || !drafts.pasted.is_empty());
    let (count, kept) = (drafts.forms.len() + drafts.lines.len() + searched, drafts.kept);
    // A form that came back from a refusal is told with the refusal.
    drafts.restore(state);
    if state.resume.is_none() && count > 0 {
        state.resume = drafts_key(state);
    }
    let left = LeftBehind {
        queued: state.outbox.queued(),
        refused: state.outbox.refused(),
        torn,
        damaged,
        beside,
        drafts: count,
        kept,
    };
    if left != LeftBehind::default() {
        say::say(state, Notice::Found(left));
    }
}

/// What `e` goes on with where nothing had the keys.
fn drafts_key(state: &State) -> Option<Open> {
    if !state.drafts.is_empty() {
        return Some(Open::Form);
    }
    let line = state.kept_lines.last().map(|line| Open::Line(line.kind.clone()));
    line.or(Some(Open::Search))
}

/// `e` after a start: goes on with what was half typed.
pub(super) fn resume(state: &mut State, effects: &mut Effects) {
    match state.resume.take() {
        Some(Open::Form) => form::resume_last(state, effects),
        Some(Open::Search) => line::open(state, LineKind::Search),
        Some(Open::Line(kind)) => {
            // Nobody writes about a gun while another one is on the screen.
            if let Some(hit) = kind.hit() {
                open::hit(state, hit, effects);
            }
            line::open(state, kind);
        }
        None => {}
    }
}

/// `:discard` after a start: what `e` would go on with is thrown away. Says whether it was a
/// line; a form is asked about.
pub(super) fn discard_line(state: &mut State) -> bool {
    match state.resume.take() {
        Some(Open::Search) => {
            line::put_aside(state);
            state.search.pasted.clear();
        }
        Some(Open::Line(kind)) => state.kept_lines.retain(|line| line.kind != kind),
        Some(Open::Form) | None => return false,
    }
    say::say(state, Notice::Discarded { left: state.drafts.len() });
    true
}

/// What was seen can be read until the registry says more. It is of then, and says so.
fn remember(state: &mut State, past: Past) {
    state.session = Some(past.hello);
    state.from_before = true;
    state.hits.rows.extend(past.rows.into_iter().map(|row| (row.hit.id, row)));
    state.hits.page = Remote::of_before(PageRead { as_of: past.rows_at, more: false }, past.rows_at);
    queue::take_in(state);
    state.hits.ordered = Some(past.rows_at);
    let mut hits = past.hits;
    hits.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
    for (view, at) in hits.into_iter().take(MOST_READINGS) {
        state.record.hits.insert(view.row.hit.id, Remote::of_before(view, at));
    }
    let mut records = past.records;
    records.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
    for (answer, at) in records.into_iter().take(MOST_READINGS) {
        state.record.records.insert(answer.id(), Remote::of_before(answer, at));
    }
}
