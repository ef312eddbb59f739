//! The order of the queue: taken when the officer asks for it, never by what arrives.

use crate::console::state::State;
use crate::console::state::queue::{Filter, Sort};
use crate::domain::agency::Party;
use crate::domain::hit::desk::{ToDo, rank, turn};
use crate::domain::ids::HitId;
use crate::domain::time::Moment;
use crate::wire::hit::HitRow;
use std::cmp::Reverse;

/// Takes all rows into the order that the filter says, as of now. The mark stays on its hit,
/// which stays in the list even when it is closed by now.
pub(super) fn take_in(state: &mut State) {
    let Some(hello) = &state.session else { return };
    let (party, officer) = (&hello.party, Some(hello.officer));
    let queue = &mut state.hits;
    let now = state.now;
    let mut rows: Vec<&HitRow> = queue
        .rows
        .values()
        .filter(|row| {
            let id = Some(row.hit.id);
            let shown = row.hit.phase.is_open() && shows(&queue.filter, row, party, officer, now);
            shown || id == queue.marked || queue.ticked.contains(&row.hit.id)
        })
        .collect();
    match queue.filter.sort {
        Sort::WorstClock => rows.sort_by_cached_key(|row| rank(&row.hit, party)),
        Sort::Came => rows.sort_by_key(|row| (Reverse(row.hit.raised), row.hit.id)),
    }
    queue.order = rows.iter().map(|row| row.hit.id).collect();
    // Closed hits that nobody looks at are forgotten; their number opens them again.
    let (order, ticked) = (&queue.order, &queue.ticked);
    queue.rows.retain(|id, row| row.hit.phase.is_open() || order.contains(id) || ticked.contains(id));
    queue.waiting.clear();
    queue.ordered = Some(now);
}

/// Puts a hit that a further page has brought behind the list, where it moves nothing; says
/// whether it is one for the list.
pub(super) fn add(state: &mut State, id: HitId) -> bool {
    let (Some(hello), Some(row)) = (&state.session, state.hits.rows.get(&id)) else { return false };
    if !row.hit.phase.is_open()
        || !shows(&state.hits.filter, row, &hello.party, Some(hello.officer), state.now)
    {
        return false;
    }
    state.hits.order.push(id);
    state.hits.waiting.remove(&id);
    true
}

/// Takes the order after the officer has changed the filter: a mark that is filtered out goes
/// to the first row.
pub(super) fn filter(state: &mut State, filter: Filter) {
    let marked = state.hits.marked.take();
    state.hits.filter = filter;
    take_in(state);
    state.hits.marked =
        marked.filter(|id| state.hits.order.contains(id)).or_else(|| state.hits.order.first().copied());
}

/// Sees to it that a hit stands in the order, if need be by clearing the filter.
pub(super) fn show(state: &mut State, hit: HitId) {
    if !state.hits.order.contains(&hit) && state.hits.rows.contains_key(&hit) {
        state.hits.filter = Filter::default();
        take_in(state);
    }
}

/// The alert that is to be gone to next: the fastest, and of those the one that called last.
pub(super) fn last_called(state: &State) -> Option<HitId> {
    let rows = state.hits.alerts.iter().rev().filter_map(|id| state.hits.rows.get(id));
    rows.min_by_key(|row| row.hit.priority).map(|row| row.hit.id)
}

/// The one of these hits that is the most pressing for this desk.
pub(super) fn worst(state: &State, hits: &[HitId]) -> Option<HitId> {
    let party = state.party()?;
    let rows = hits.iter().filter_map(|id| state.hits.rows.get(id));
    rows.min_by_key(|row| rank(&row.hit, party)).map(|row| row.hit.id)
}

/// Whether a row passes the filter.
pub(super) fn shows(
    filter: &Filter,
    row: &HitRow,
    party: &Party,
    officer: Option<crate::domain::ids::OfficerId>,
    now: Moment,
) -> bool {
    let hit = &row.hit;
    let Some(turn) = turn(hit, party) else { return false };
    let taken = [hit.owner_taken, hit.finder_taken];
    (!filter.mine || (officer.is_some() && taken.contains(&officer)))
        && (!filter.ours || !matches!(turn.to_do, ToDo::Wait | ToDo::Nothing))
        && filter.priority.is_none_or(|slowest| hit.priority <= slowest)
        && (!filter.late || turn.due.is_some_and(|due| due <= now))
        && filter.with.is_none_or(|with| turn.with == with)
        && filter.band.is_none_or(|band| hit.band == band)
        && filter.words.iter().all(|word| has_word(row, word))
}

fn has_word(row: &HitRow, word: &str) -> bool {
    let word = word.to_lowercase();
    let gun = &row.gun;
    [&gun.serial, &gun.make, &gun.model, &gun.calibre]
        .into_iter()
        .flatten()
        .any(|text| text.as_str().to_lowercase().contains(&word))
        || hit_number(row).contains(&word)
}

fn hit_number(row: &HitRow) -> String {
    row.hit.id.to_string().to_lowercase()
}
