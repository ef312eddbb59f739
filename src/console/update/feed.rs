//! News and the state of the line: rows change in place, and nothing moves under the cursor.

use super::{Effects, clock, open, question, queue, say, withdraw};
use crate::console::effect::Effect;
use crate::console::message::Fault;
use crate::console::state::State;
use crate::console::state::line_status::LineStatus;
use crate::console::state::notice::Notice;
use crate::console::state::queue::PagesRead;
use crate::console::state::record::Subject;
use crate::console::state::remote::{Fetch, Remote};
use crate::console::state::search::Part;
use crate::console::state::why_not::WhyNot;
use crate::domain::hit::desk::{ToDo, turn};
use crate::domain::ids::{HitId, OfficerId, RecordId};
use crate::wire::hit::{HitBrief, HitRow};
use crate::wire::news::{Hello, HitNews, News};

/// Purpose and case of a registry for training, where nothing is real.
const TRAINING: &str = "TRAINING";

/// Takes in one message of the feed.
pub(super) fn take(state: &mut State, news: News, effects: &mut Effects) {
    match news {
        News::Hello(hello) => take_hello(state, hello, effects),
        News::Hit { what, by, row, .. } => take_hit(state, what, by, *row, effects),
        News::Amended { record, restricted, rows, .. } => {
            take_amended(state, record, restricted, rows, effects);
        }
        News::Withdraw { hits, record, .. } => {
            for hit in hits {
                withdraw::hit(state, hit);
            }
            if let Some(record) = record {
                withdraw::record(state, record, effects);
            }
            question::judge_anew(state);
        }
        News::Reset => withdraw::reset(state, effects),
        News::Beat { beat_seconds, .. } => {
            if let Some(hello) = &mut state.session {
                hello.beat_seconds = beat_seconds;
            }
        }
    }
}

fn take_hello(state: &mut State, hello: Hello, effects: &mut Effects) {
    let first = std::mem::take(&mut state.from_before)
        || state.session.as_ref().is_none_or(|before| before.cursor.epoch != hello.cursor.epoch);
    if hello.training {
        for part in [&mut state.search.purpose, &mut state.search.case] {
            if part.is_blank() {
                part.set(TRAINING);
            }
        }
        // What was asked too early for them needs nothing but Enter now.
        let is_asked_for = matches!(
            state.notice,
            Some(Notice::NotNow { why: WhyNot::NoGround(_), .. } | Notice::GroundHere(_))
        );
        if is_asked_for && state.search.ground().is_some() {
            state.notice = None;
            state.search.go(Part::Gun);
        }
    }
    state.session = Some(hello);
    if first || matches!(state.hits.page.fetch(), Fetch::Failed(_)) {
        read_queue(state, effects);
    }
}

pub(super) fn read_queue(state: &mut State, effects: &mut Effects) {
    let generation = state.generation.advance();
    state.hits.page.ask(generation);
    state.hits.told.clear();
    state.hits.reading = PagesRead { count: 0, fills: state.hits.order.is_empty() };
    effects.push(Effect::ReadHits { generation, after: None });
}

fn take_hit(state: &mut State, what: HitNews, by: Option<OfficerId>, row: HitRow, effects: &mut Effects) {
    let id = row.hit.id;
    if is_overtaken(state, &row) {
        return;
    }
    let before = state.hits.rows.get(&id);
    let clock_changed = before.is_none_or(|before| before.hit.due != row.hit.due);
    let changed = before.is_none_or(|before| before.hit != row.hit);
    let wrote = before.is_none_or(|before| before.messages != row.messages);
    let first = before.is_none();
    let mine = by.is_some() && by == state.session.as_ref().map(|hello| hello.officer);
    note_in_search(state, &row);
    state.hits.told(id);
    put_row(state, row);
    if state.hits.order.is_empty() {
        // There is nothing under the cursor that could move.
        queue::take_in(state);
    } else if clock_changed {
        wait(state, id);
    }
    if first && !mine {
        state.hits.unopened.insert(id);
    }
    if changed && !mine {
        alert(state, id, what, effects);
    }
    if mine || what == HitNews::Taken {
        // Somebody here has it, which no mark needs to say any more.
        state.hits.unopened.remove(&id);
    }
    let alerts_to_keep: Vec<HitId> =
        state.hits.alerts.iter().copied().filter(|id| wants_officer(state, *id)).collect();
    state.hits.alerts = alerts_to_keep;
    let shown = state.record.subject == Some(Subject::Hit(id));
    let coming = state.record.hits.get(&id).is_some_and(Remote::is_waiting);
    if (shown || coming) && (changed || wrote) {
        open::read_hit_anew(state, id, effects);
        open::retrace(state);
    }
    question::judge_anew(state);
}

/// A gun is described otherwise: rows change in silence, unless a hit is new here, and what is
/// looked at is read anew.
fn take_amended(
    state: &mut State,
    record: Option<RecordId>,
    restricted: bool,
    rows: Vec<HitRow>,
    effects: &mut Effects,
) {
    if restricted && let Some(record) = record {
        withdraw::record(state, record, effects);
    }
    for row in rows {
        let id = row.hit.id;
        if !state.hits.rows.contains_key(&id) {
            take_hit(state, HitNews::CaughtUp, None, row, effects);
            continue;
        }
        if !is_overtaken(state, &row) {
            // An amendment counts as no revision: a page from before it would pass for as new.
            state.hits.told(id);
            put_row(state, row);
        }
        // The guns in its reading are described otherwise by now: nobody answers by it.
        state.record.hits.remove(&id);
        if state.record.subject == Some(Subject::Hit(id)) {
            open::read_hit_anew(state, id, effects);
            open::retrace(state);
        }
    }
    if let Some(record) = record {
        open::record_anew(state, record, effects);
    }
    question::judge_anew(state);
}

/// A hit between the check on the screen and one of its candidates is known there from now on.
fn note_in_search(state: &mut State, row: &HitRow) {
    let Some(answer) = state.search.answer.value_mut() else { return };
    let hit = &row.hit;
    if answer.check == hit.check && !answer.hits.iter().any(|brief| brief.hit == hit.id) {
        answer.hits.push(HitBrief { hit: hit.id, record: hit.record, band: hit.band });
    }
}

/// Whether something newer is known of a hit than this row.
pub(super) fn is_overtaken(state: &State, row: &HitRow) -> bool {
    state.row(row.hit.id).is_some_and(|held| held.hit.revision > row.hit.revision)
}

/// Puts a row in the place of what was known of its hit, in the queue and in its reading.
pub(super) fn put_row(state: &mut State, row: HitRow) {
    if let Some(view) = state.record.hits.get_mut(&row.hit.id).and_then(|reading| reading.value_mut()) {
        view.row = row.clone();
    }
    state.hits.rows.insert(row.hit.id, row);
}

/// Counts a row among those that wait for the next order, where the filter would show it.
fn wait(state: &mut State, id: HitId) {
    let (Some(hello), Some(row)) = (&state.session, state.hits.rows.get(&id)) else { return };
    let shown = row.hit.phase.is_open()
        && queue::shows(&state.hits.filter, row, &hello.party, Some(hello.officer), state.now);
    if shown {
        state.hits.waiting.insert(id);
    }
}

/// Whether it is this desk's turn: what `n` goes to.
fn wants_officer(state: &State, id: HitId) -> bool {
    let (Some(party), Some(row)) = (state.party(), state.hits.rows.get(&id)) else { return false };
    turn(&row.hit, party).is_some_and(|turn| !matches!(turn.to_do, ToDo::Wait | ToDo::Nothing))
}

fn alert(state: &mut State, id: HitId, what: HitNews, effects: &mut Effects) {
    if matches!(what, HitNews::Wrote | HitNews::Taken) || !wants_officer(state, id) {
        return;
    }
    state.hits.alerts.retain(|other| *other != id);
    state.hits.alerts.push(id);
    state.hits.unopened.insert(id);
    let Some(priority) = state.hits.rows.get(&id).map(|row| row.hit.priority) else { return };
    say::say(state, Notice::Alert { hit: id, what, priority });
    if clock::rings(state, id) {
        clock::ring(effects);
    }
}

/// The line has changed; what had failed is asked for once more when it is back.
pub(super) fn line(state: &mut State, status: LineStatus, effects: &mut Effects) {
    // A request that hangs says nothing new of a line that is down.
    if matches!(status, LineStatus::Unanswered { .. }) && !state.line.is_live() {
        return;
    }
    let was_live = state.line.is_live();
    let before = match state.line {
        LineStatus::Offline { why, .. } => Some(why),
        _ => None,
    };
    if status == LineStatus::ShutOut && state.line != status {
        withdraw::shut_out(state, effects);
    }
    state.line = status;
    if let LineStatus::Offline { since, why, .. } = status
        && before != Some(why)
    {
        say::say(state, Notice::NoLine { since, why });
    }
    if status.is_live() && !was_live {
        // What it said of the line is over; the top line says how the line is.
        let over = matches!(
            state.notice,
            Some(
                Notice::NoLine { .. }
                    | Notice::CheckWaits { .. }
                    | Notice::Fault(Fault::Offline)
                    | Notice::Sent { waits: true, .. }
            )
        );
        if over {
            state.notice = None;
        }
        if matches!(state.hits.page.fetch(), Fetch::Failed(_)) {
            read_queue(state, effects);
        }
        let failed = match &state.record.subject {
            Some(Subject::Hit(id)) => state.record.hits.get(id).map(|reading| reading.fetch().clone()),
            Some(other) => other
                .record()
                .and_then(|id| state.record.records.get(&id))
                .map(|reading| reading.fetch().clone()),
            None => None,
        };
        if matches!(failed, Some(Fetch::Failed(_))) {
            open::read_subject(state, effects);
        }
    }
}
