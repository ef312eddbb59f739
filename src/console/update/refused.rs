//! What was typed for a line that could not be opened runs no keys.

use super::Effects;
use crate::console::action::{Action, ActionId};
use crate::console::effect::Effect;
use crate::console::state::notice::Notice;
use crate::console::state::why_not::WhyNot;
use crate::console::state::{Holder, RefusedText, State};
use crossterm::event::KeyCode;

/// The key of an action was refused. Who types ahead has typed the text for it already: on a slow
/// line before the refusal is on the screen.
pub(super) fn note(state: &mut State, action: &Action, why: &WhyNot, effects: &mut Effects) {
    let takes_text = matches!(action.id, ActionId::Note | ActionId::Write | ActionId::Enter);
    if takes_text && state.holder() == Holder::Panes {
        state.refused_text = Some(RefusedText { action: action.id, why: why.clone(), keys: 0 });
        effects.push(Effect::AwaitPause);
    }
}

/// Whether a key belongs to a text that is not taken; says so. Keys that are no text end it.
pub(super) fn swallows(state: &mut State, code: KeyCode) -> bool {
    let is_text = matches!(code, KeyCode::Char(_) | KeyCode::Enter | KeyCode::Backspace);
    let Some(refused) = state.refused_text.as_mut().filter(|_| is_text) else {
        state.refused_text = None;
        return false;
    };
    refused.keys += 1;
    let RefusedText { action, why, keys } = refused.clone();
    state.notice = Some(Notice::TextNotTaken { action, why, keys });
    true
}
