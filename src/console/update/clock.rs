//! The minute turns: clocks change, the bell rings, waiting rows come in when nobody types.

use super::{Effects, question, queue};
use crate::console::effect::Effect;
use crate::console::state::{Holder, State};
use crate::domain::hit::{Phase, Priority, desk::ToDo, desk::turn};
use crate::domain::ids::HitId;
use crate::domain::time::{Minutes, Moment};

/// Without a key for so long, waiting rows are taken into the order.
const IDLE: Minutes = Minutes(1);
/// A promise rings so long before it breaks.
const BEFORE_PROMISE: Minutes = Minutes(5);

/// Takes in the time.
pub(super) fn tick(state: &mut State, now: Moment, effects: &mut Effects) {
    let first = state.now == Moment::default();
    state.now = now;
    if first {
        state.last_key = now;
    }
    // Time comes by the minute: a key within the last one may be a second old.
    let typed = std::mem::take(&mut state.typed);
    let idle = !typed && state.last_key.until(now) >= IDLE;
    if state.holder() == Holder::Panes && !state.hits.waiting.is_empty() && idle {
        queue::take_in(state);
    }
    if state.bell.off_until.is_some_and(|until| until <= now) {
        state.bell.off_until = None;
    }
    let untaken = state.hits.rows.keys().any(|id| rings(state, *id));
    if promises_ring(state) || untaken {
        ring(effects);
    }
    question::judge_anew(state);
}

/// Whether a hit rings: FLASH or URGENT, our turn, and nobody here has it.
pub(super) fn rings(state: &State, id: HitId) -> bool {
    let (Some(party), Some(row)) = (state.party(), state.hits.rows.get(&id)) else { return false };
    let hit = &row.hit;
    if !hit.priority.needs_reason() || (muted(state) && hit.priority != Priority::Flash) {
        return false;
    }
    match turn(hit, party).map(|turn| turn.to_do) {
        Some(ToDo::Take | ToDo::Answer | ToDo::Clear) => hit.owner_taken.is_none(),
        Some(ToDo::Ask | ToDo::Locate) => hit.finder_taken.is_none(),
        Some(ToDo::Wait | ToDo::Nothing) | None => false,
    }
}

/// Rings once, however much there is to ring for.
pub(super) fn ring(effects: &mut Effects) {
    if !effects.contains(&Effect::Bell) {
        effects.push(Effect::Bell);
    }
}

fn muted(state: &State) -> bool {
    state.bell.off_until.is_some()
}

/// Promises of ours that break within minutes and have not rung yet; a new promise of the
/// same hit rings again.
fn promises_ring(state: &mut State) -> bool {
    let Some(party) = state.party() else { return false };
    let soon: Vec<HitId> = state
        .hits
        .rows
        .values()
        .filter(|row| row.hit.phase == Phase::Promised && row.hit.is_owner(party))
        .filter(|row| row.hit.due.is_some_and(|due| state.now.until(due) <= BEFORE_PROMISE))
        .map(|row| row.hit.id)
        .collect();
    let fresh = soon.iter().any(|id| !state.bell.rung.contains(id));
    if muted(state) {
        // What did not ring for being muted rings once the bell is on again.
        state.bell.rung.retain(|id| soon.contains(id));
        return false;
    }
    state.bell.rung = soon.into_iter().collect();
    fresh
}
