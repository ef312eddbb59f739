//! What may be seen no more: it leaves the screen, and no late answer brings it back.

use super::{Effects, feed, look, open, question, say};
use crate::console::effect::Effect;
use crate::console::state::State;
use crate::console::state::layout::Page;
use crate::console::state::notice::Notice;
use crate::console::state::outbox::{Item, Standing, Wanted};
use crate::console::state::record::Subject;
use crate::console::state::remote::Remote;
use crate::console::state::search::{Gone, UnderWay};
use crate::domain::ids::{HitId, RecordId};
use crate::wire::check::CheckItem;

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
    leave_out(state, Gone { hits: [id].into(), ..Gone::default() });
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
    leave_out(state, Gone { records: [id].into(), ..Gone::default() });
    if state.search.marked == Some(id) {
        state.search.marked = None;
    }
    look::forget(state, |subject| {
        subject.record() == Some(id) || subject.hit().is_some_and(|hit| hits.contains(&hit))
    });
}

/// Takes it out of every answer to a check, and out of those that are still to come.
fn leave_out(state: &mut State, gone: Gone) {
    for answer in state.answers_mut() {
        gone.leave_out(answer);
    }
    if let Some(here) = &mut state.search.here {
        here.candidates.retain(|candidate| !gone.records.contains(&candidate.record));
    }
    if state.awaits_candidates() {
        state.search.gone.hits.extend(gone.hits);
        state.search.gone.records.extend(gone.records);
    }
}

/// Rights or registry have changed: nothing that was read may stay, and all is read anew.
pub(super) fn reset(state: &mut State, effects: &mut Effects) {
    forget(state, effects);
    feed::read_queue(state, effects);
    question::judge_anew(state);
    say::say(state, Notice::Reset);
}

/// The registry knows the officer no more: nothing that was read may stay, and it is read anew once
/// the registry says who the officer is.
pub(super) fn shut_out(state: &mut State, effects: &mut Effects) {
    forget(state, effects);
    state.hits.page = Default::default();
    state.from_before = true;
    question::judge_anew(state);
}

fn forget(state: &mut State, effects: &mut Effects) {
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
    state.search.here = None;
    state.search.sent_as = None;
    ask_anew(state, effects);
    look::forget(state, |_| true);
    // A page that is typed into stays: its next letters are no keys of the panes.
    if matches!(state.page, Some(Page::Phone(_))) {
        state.page = None;
    }
    state.hits.marked = None;
}

/// What was answered to a check that waited is not what would be answered now: it is asked once
/// more under its name, and so is one whose answer may be on its way.
fn ask_anew(state: &mut State, effects: &mut Effects) {
    for item in &mut state.outbox.items {
        let Wanted::Check(asked) = &item.wanted else { continue };
        match item.standing {
            Standing::Answered(_) => {
                item.standing = Standing::Unknown;
                let question = asked.question.clone();
                effects.push(Effect::QueueCheck(CheckItem { id: item.id, question }));
            }
            Standing::Sent { .. } | Standing::Unknown => {
                state.outbox.stale.insert(item.id);
            }
            _ => {}
        }
    }
    for UnderWay { id, at, asked, .. } in std::mem::take(&mut state.search.under_way) {
        effects.push(Effect::QueueCheck(CheckItem { id, question: asked.question.clone() }));
        let wanted = Wanted::Check(Box::new(asked));
        state.outbox.items.push(Item { id, written: at, wanted, standing: Standing::Unknown });
    }
}
