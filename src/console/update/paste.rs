//! Pasted text: data, never keys.

use super::{form, line, page, say};
use crate::console::message::Paste;
use crate::console::state::layout::Page;
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineKind;
use crate::console::state::{Holder, State};

/// Takes in what was pasted: into the text that is open, else its first line into the
/// search line. A question takes nothing.
pub(super) fn take(state: &mut State, paste: &Paste) {
    let mut lines = paste.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().to_owned();
    let left_out = lines.count();
    match state.holder() {
        Holder::Question => return say::say(state, Notice::NotAChoice),
        Holder::Line => {
            let notes = state
                .open_line
                .as_ref()
                .is_some_and(|line| matches!(line.kind, LineKind::Message(_) | LineKind::Note(_)));
            line::insert(state, if notes { paste.text.trim() } else { &first });
        }
        Holder::Page => match &mut state.page {
            Some(Page::Help(menu)) => {
                menu.find.insert(&first);
                page::mark_first(state);
            }
            Some(Page::Voice(voice)) => voice.heard.insert(&first),
            _ => {
                state.page = None;
                into_search(state, &first);
            }
        },
        Holder::Form => form::paste(state, &first),
        Holder::Panes => into_search(state, &first),
    }
    let text = matches!(state.holder(), Holder::Line | Holder::Form | Holder::Page);
    if paste.cut {
        say::say(state, Notice::PasteCut);
    } else if text && left_out > 0 {
        say::say(state, Notice::Pasted { left_out });
    }
}

fn into_search(state: &mut State, text: &str) {
    if text.is_empty() {
        return;
    }
    line::open(state, LineKind::Search);
    state.search.line.take();
    line::insert(state, text);
}
