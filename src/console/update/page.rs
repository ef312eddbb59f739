//! Keys on a page: help and menu run what they list, voice takes what is heard.

use super::{Effects, act, form, line, outbox};
use crate::console::action::{self, ActionId, folded, listed};
use crate::console::effect::Effect;
use crate::console::state::State;
use crate::console::state::layout::{Menu, Page};
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineKind;
use crossterm::event::{KeyCode, KeyEvent};

/// Opens what can be done here.
pub(super) fn open_menu(state: &mut State) {
    state.page = Some(Page::Menu(Menu::default()));
    mark_first(state);
}

/// Marks the first action of the menu that is open, unless one is marked that is listed.
pub(super) fn mark_first(state: &mut State) {
    let Some(Page::Help(menu) | Page::Menu(menu)) = &state.page else { return };
    let rows = listed(state, menu);
    let marked = menu
        .marked
        .filter(|marked| rows.iter().any(|action| action.id == *marked))
        .or_else(|| rows.first().map(|action| action.id));
    if let Some(Page::Help(menu) | Page::Menu(menu)) = &mut state.page {
        menu.marked = marked;
    }
}

/// A key while a page is open.
pub(super) fn key(state: &mut State, key: KeyEvent, effects: &mut Effects) {
    let Some(code) = folded(key) else { return };
    match (&mut state.page, code) {
        (Some(Page::Voice(_)), _) => voice(state, key),
        (_, KeyCode::Esc) => state.page = None,
        (Some(Page::Help(menu)), KeyCode::Backspace) if menu.find.text().is_empty() => state.page = None,
        (Some(Page::Help(_) | Page::Menu(_)), KeyCode::Up) => step(state, -1),
        (Some(Page::Help(_) | Page::Menu(_)), KeyCode::Down) => step(state, 1),
        (Some(Page::Help(_) | Page::Menu(_)), KeyCode::PageUp) => step(state, -10),
        (Some(Page::Help(_) | Page::Menu(_)), KeyCode::PageDown) => step(state, 10),
        (Some(Page::Help(_) | Page::Menu(_)), KeyCode::Home) => step(state, isize::MIN),
        (Some(Page::Help(_) | Page::Menu(_)), KeyCode::End) => step(state, isize::MAX),
        (Some(Page::Help(_) | Page::Menu(_)), KeyCode::Enter) => choose(state, effects),
        (Some(Page::Help(menu) | Page::Menu(menu)), KeyCode::Tab) => {
            menu.all = !menu.all;
            mark_first(state);
        }
        (Some(Page::Help(menu)), _) => {
            if let Some(request) = line::request(key.code, key.modifiers) {
                menu.find.edit(request);
                mark_first(state);
            }
        }
        // A menu is only a reminder: the keys that it lists do what they do without it.
        (Some(Page::Menu(_)), code) => run_key(state, code, effects),
        (Some(Page::Phone(hit)), KeyCode::Enter) => {
            let hit = *hit;
            state.page = None;
            line::open(state, LineKind::Note(hit));
        }
        (Some(Page::Outbox(_)), code) => outbox::key(state, code, effects),
        (Some(Page::Line), KeyCode::Char('l')) => effects.push(Effect::TryLine),
        (_, KeyCode::Backspace) => state.page = None,
        (_, KeyCode::Char(c)) if !c.is_control() => state.notice = Some(Notice::NoSuchKey(c)),
        _ => {}
    }
}

fn run_key(state: &mut State, code: KeyCode, effects: &mut Effects) {
    if code == KeyCode::Backspace || code == KeyCode::Char(' ') {
        state.page = None;
    } else if let Some(action) = action::by_key(code) {
        state.page = None;
        act::run(state, action, effects);
    }
}

fn step(state: &mut State, by: isize) {
    let Some(Page::Help(menu) | Page::Menu(menu)) = &state.page else { return };
    let rows = listed(state, menu);
    let at = menu.marked.and_then(|marked| rows.iter().position(|action| action.id == marked));
    let to = at.map_or(0, |at| at.saturating_add_signed(by)).min(rows.len().saturating_sub(1));
    let marked = rows.get(to).map(|action| action.id);
    if let Some(Page::Help(menu) | Page::Menu(menu)) = &mut state.page {
        menu.marked = marked;
    }
}

/// Does the marked line; what cannot be done now says why, and the page stays.
fn choose(state: &mut State, effects: &mut Effects) {
    let Some(Page::Help(menu) | Page::Menu(menu)) = &state.page else { return };
    let Some(action) = menu.marked.and_then(action::by_id) else { return };
    if (action.enabled)(state).is_ok() && !matches!(action.id, ActionId::Help | ActionId::Menu) {
        state.page = None;
        // Help may have been opened from the form: its draft makes room for what is done now,
        // unless that is about the form itself.
        if action.id != ActionId::Discard {
            form::keep(state);
        }
    }
    act::run(state, action, effects);
}

/// Reading back: Enter takes what was heard and goes to the next doubt.
fn voice(state: &mut State, key: KeyEvent) {
    let Some(Page::Voice(voice)) = &mut state.page else { return };
    match folded(key) {
        Some(KeyCode::Esc) => {
            state.heard = Some(voice.clone());
            let any = voice.doubts.iter().any(|doubt| !doubt.heard.is_empty());
            state.page = None;
            if any {
                state.notice = Some(Notice::HeardKept);
            }
        }
        Some(KeyCode::Enter | KeyCode::Down | KeyCode::Tab) => {
            let heard = voice.heard.take();
            if let Some(doubt) = voice.doubts.get_mut(voice.at)
                && !heard.is_empty()
            {
                doubt.heard = heard;
            }
            voice.at = (voice.at + 1).min(voice.doubts.len().saturating_sub(1));
        }
        Some(KeyCode::Up | KeyCode::BackTab) => voice.at = voice.at.saturating_sub(1),
        _ => {
            if let Some(request) = line::request(key.code, key.modifiers) {
                voice.heard.edit(request);
            }
        }
    }
}
