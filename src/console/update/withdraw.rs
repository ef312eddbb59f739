//! What may be seen no more: it leaves the screen, and no late answer brings it back.

use super::{Effects, feed, look, open, question, say};
use crate::console::state::State;
use crate::console::state::layout::Page;
use crate::console::state::notice::Notice;
use crate::console::state::record::Subject;
use crate::console::state::remote::Remote;
use crate::console::state::search::go_on_behind_the_last;
use crate::domain::ids::{HitId, RecordId};

/// A hit may be seen no more.
pub(super) fn hit(state: &mut State, id: HitId) {
    let queue = &mut state.hits;
    let known = queue.rows.remove(&id).is_some();
    queue.told(id);
    queue.order.retain(|other| *other != id);
    queue.waiting.remove(&id);
    queue.unopened.remove(&id);
    queue.alerts.retain(|other| *other != id);
    queue.ticked.remove(&id);
    // The mark goes to no other hit by itself: the next key might be meant for this one.
    if queue.marked == Some(id) {
        queue.marked = None;
    }
    state.record.hits.remove(&id);
    if state.search.answer.is_waiting() {
        state.search.gone.hits.insert(id);
    }
    if let Some(answer) = state.search.answer.value_mut() {
        answer.hits.retain(|brief| brief.hit != id);
    }
    look::forget(state, |subject| *subject == Subject::Hit(id));
    if known {
        say::say(state, Notice::Gone(id));
    }
}

/// A record may be seen no more.
pub(super) fn record(state: &mut State, id: RecordId, effects: &mut Effects) {
    state.record.records.remove(&id);
    // Also one whose first reading is on its way: it may have been made before.
    let of_record = |hit: &HitId| state.row(*hit).is_some_and(|row| row.hit.record == id);
    let hits: Vec<HitId> = state.record.hits.keys().copied().filter(of_record).collect();
    let unknown = |hit: &HitId| state.row(*hit).is_none();
    let unknown: Vec<HitId> = state.record.hits.keys().copied().filter(unknown).collect();
    for hit in unknown {
        if state.record.hits.get(&hit).is_some_and(Remote::is_waiting) {
            open::read_hit_anew(state, hit, effects);
        }
    }
    for hit in &hits {
        state.record.hits.remove(hit);
    }
    if state.search.answer.is_waiting() || state.search.further.is_waiting() {
        state.search.gone.records.insert(id);
    }
    if let Some(answer) = state.search.answer.value_mut() {
        answer.candidates.retain(|candidate| candidate.record != id);
        go_on_behind_the_last(answer);
        answer.hits.retain(|brief| brief.record != id);
    }
    if state.search.marked == Some(id) {
        state.search.marked = None;
    }
    look::forget(state, |subject| {
        subject.record() == Some(id) || subject.hit().is_some_and(|hit| hits.contains(&hit))
    });
}

/// Rights or registry have changed: nothing that was read may stay, and all is read anew.
pub(super) fn reset(state: &mut State, effects: &mut Effects) {
    let queue = &mut state.hits;
    queue.rows.clear();
    queue.order.clear();
    queue.waiting.clear();
    queue.unopened.clear();
    queue.alerts.clear();
    queue.ticked.clear();
    queue.ordered = None;
    state.record.hits.clear();
    state.record.records.clear();
    state.search.answer = Default::default();
    state.search.further = Default::default();
    state.search.asked = None;
    state.search.marked = None;
    look::forget(state, |_| true);
    // A page that is typed into stays: its next letters are no keys of the panes.
    if matches!(state.page, Some(Page::Phone(_))) {
        state.page = None;
    }
    state.hits.marked = None;
    feed::read_queue(state, effects);
    question::judge_anew(state);
    say::say(state, Notice::Reset);
}
