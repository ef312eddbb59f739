//! Doing an action of the panes, whether by its key, its name or from a menu.

use super::{
    Effects, check, form, found, line, look, open, outbox, page, question, queue, refused, say, send,
};
use crate::console::action::{Action, ActionId, hit_item, number};
use crate::console::ask::{Response, fits, pending};
use crate::console::effect::Effect;
use crate::console::state::layout::{Page, Pane};
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineKind;
use crate::console::state::question::Ask;
use crate::console::state::voice::Voice;
use crate::console::state::{Item, State};
use crate::domain::hit::desk::turn;
use crate::domain::hit::{HitCommand, Side, decide};
use crate::domain::ids::HitId;
use crate::wire::MOST_ITEMS;

/// Does an action, or says why not.
pub(super) fn run(state: &mut State, action: &'static Action, effects: &mut Effects) {
    if let Err(why) = (action.enabled)(state) {
        refused::note(state, action, &why, effects);
        say::not_now(state, action, why);
        return;
    }
    match action.id {
        ActionId::Up => look::step(state, -1),
        ActionId::Down => look::step(state, 1),
        ActionId::PageUp => look::page(state, false),
        ActionId::PageDown => look::page(state, true),
        ActionId::First => look::end(state, false),
        ActionId::Last => look::end(state, true),
        ActionId::Left => state.layout.shift = 0,
        ActionId::Right => state.layout.shift = (state.layout.shift + look::SHIFT).min(look::MOST_SHIFT),
        ActionId::GoIn => open::go_in(state, effects),
        ActionId::Back => look::back(state, effects),
        ActionId::NextPane => state.layout.go(state.layout.focus.turn(true)),
        ActionId::PaneBefore => state.layout.go(state.layout.focus.turn(false)),
        ActionId::PaneHits => {
            queue::take_in(state);
            state.layout.go(Pane::Hits);
        }
        ActionId::PaneSearch => state.layout.go(Pane::Search),
        ActionId::PaneRecord => state.layout.go(Pane::Record),
        ActionId::PaneTrace => state.layout.go(Pane::Trace),
        ActionId::Zoom => {
            state.layout.zoom = !state.layout.zoom;
            state.layout.shift = 0;
        }
        ActionId::Menu => page::open_menu(state),
        ActionId::Help => super::open_help(state),
        ActionId::New => open::new(state, effects),
        ActionId::Fields => {
            state.record.every_field = !state.record.every_field;
            state.layout.shift = 0;
        }
        ActionId::Copy => copy(state, effects),
        ActionId::Before => look::swap_before(state, effects),
        ActionId::Line => {
            state.page = Some(Page::Line);
            effects.push(Effect::TryLine);
        }
        ActionId::Outbox => outbox::open_page(state, effects),
        ActionId::Phone => {
            if let Ok(hit) = hit_item(state) {
                open::read_hit(state, hit, effects);
                state.page = Some(Page::Phone(hit));
            }
        }
        ActionId::Voice => {
            if let Some(number) = number(state) {
                state.page = Some(Page::Voice(Voice::new(number)));
            }
        }
        ActionId::Search => line::open(state, LineKind::Search),
        ActionId::Filter => line::open(state, LineKind::Filter),
        ActionId::Command => line::open(state, LineKind::Command),
        ActionId::Write => {
            // Nobody writes about a gun while another one is on the screen.
            if let Ok(hit) = hit_item(state) {
                open::hit(state, hit, effects);
                line::open(state, LineKind::Message(hit));
            }
        }
        ActionId::Note => with_hit(state, LineKind::Note),
        ActionId::Enter if state.resume.is_some() && state.form.is_none() => found::resume(state, effects),
        ActionId::Enter => form::open(state, effects),
        ActionId::Discard => {
            if state.form.is_some() || !found::discard_line(state) {
                form::discard(state, effects);
            }
        }
        ActionId::Respond => respond(state, effects),
        ActionId::Leave => question::open(state, check::leaving(state), effects),
        ActionId::Undo => outbox::take_back(state, effects),
        ActionId::Mine => mine(state, effects),
        ActionId::Tick => tick(state),
        ActionId::Repaint => effects.push(Effect::Repaint),
        // These have no key here, or none of their work is there yet, which their
        // `enabled` has said.
        ActionId::Also
        | ActionId::Handover
        | ActionId::Trace
        | ActionId::Desk
        | ActionId::Lock
        | ActionId::Yes
        | ActionId::No
        | ActionId::Choose
        | ActionId::Take
        | ActionId::RunLine
        | ActionId::KeepLine
        | ActionId::Suggest
        | ActionId::Earlier
        | ActionId::ClearLine
        | ActionId::ClearField
        | ActionId::NextField
        | ActionId::FieldBefore
        | ActionId::ToSend
        | ActionId::ToHead
        | ActionId::KeepForm => {}
    }
}

fn with_hit(state: &mut State, kind: impl Fn(HitId) -> LineKind) {
    if let Ok(hit) = hit_item(state) {
        line::open(state, kind(hit));
    }
}

fn copy(state: &mut State, effects: &mut Effects) {
    if let Some(number) = number(state) {
        effects.push(Effect::Copy(number.as_str().to_owned()));
        say::say(state, Notice::Copied(number));
    }
}

/// The question that fits, with its own comparison: nobody answers for a gun that is not on
/// the screen.
fn respond(state: &mut State, effects: &mut Effects) {
    let Ok(response) = fits(state) else { return };
    let kept = state.item();
    match kept {
        Some(Item::Hit(hit)) => open::hit(state, hit, effects),
        Some(Item::Candidate { .. }) if state.layout.focus == Pane::Search => open::candidate(state, effects),
        _ => {}
    }
    match response {
        Response::Ask(ask) => question::open(state, ask, effects),
        Response::Line(kind) => line::open(state, kind),
    }
}

/// Takes the marked hit at once; several, or one that a colleague has, after a question.
fn mine(state: &mut State, effects: &mut Effects) {
    if state.layout.focus == Pane::Hits && !state.hits.ticked.is_empty() {
        let hits = takeable(state);
        question::open(state, Ask::TakeTicked { hits }, effects);
        return;
    }
    let (Ok(hit), Some(context)) = (hit_item(state), state.context()) else { return };
    let taken = state.row(hit).and_then(|row| match turn(&row.hit, &context.party)?.side {
        Side::Owner => row.hit.owner_taken,
        Side::Finder => row.hit.finder_taken,
    });
    match taken {
        Some(from) if from != context.officer => question::open(state, Ask::TakeOver { hit, from }, effects),
        _ => send::take(state, hit, effects),
    }
}

/// The ticked hits that the rules let this officer take; when that is none, all whose taking is
/// not on its way, so that the question says why.
fn takeable(state: &State) -> Vec<HitId> {
    let free = || state.hits.ticked.iter().copied().filter(|id| pending::taken(state, *id).is_ok());
    let allowed = |id: &HitId| {
        let context = state.context();
        context.is_some_and(|context| {
            let held = state.row(*id).map(|row| &row.hit);
            decide(held, &HitCommand::Take { hit: *id, over: false }, &context).is_ok()
        })
    };
    let hits: Vec<HitId> = free().filter(allowed).take(MOST_ITEMS).collect();
    if hits.is_empty() { free().take(MOST_ITEMS).collect() } else { hits }
}

fn tick(state: &mut State) {
    let Some(marked) = state.hits.marked else { return };
    if !state.hits.ticked.remove(&marked) {
        state.hits.ticked.insert(marked);
    }
    look::step(state, 1);
    say::say(state, Notice::Ticked(state.hits.ticked.len()));
}
