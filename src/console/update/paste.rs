//! Pasted text: data, never keys.

use super::{form, line, page, say};
use crate::console::message::Paste;
use crate::console::state::layout::Page;
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineKind;
use crate::console::state::search::Part;
use crate::console::state::{Holder, State};

/// Lines of one paste that wait behind the first; longer lists are checked from a file.
const MOST_WAITING: usize = 99;

/// Takes in what was pasted: into the text that is open, else into the search line. A question
/// takes nothing.
pub(super) fn take(state: &mut State, paste: &Paste) {
    // Terminals end pasted lines with a carriage return, as Enter does.
    let mut lines = paste.text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().to_owned();
    let others: Vec<&str> = lines.collect();
    match state.holder() {
        Holder::Question => return say::say(state, Notice::NotAChoice),
        Holder::Line => {
            let kind = state.open_line.as_ref().map(|line| &line.kind);
            let notes = matches!(kind, Some(LineKind::Message(_) | LineKind::Note(_)));
            let search = kind == Some(&LineKind::Search) && state.search.part == Part::Gun;
            if search && !others.is_empty() {
                into_search(state, &first, &others);
            } else {
                line::insert(state, if notes { paste.text.trim() } else { &first });
            }
        }
        Holder::Page => match &mut state.page {
            Some(Page::Help(menu)) => {
                menu.find.insert(&first);
                page::mark_first(state);
            }
            Some(Page::Voice(voice)) => voice.heard.insert(&first),
            _ => {
                state.page = None;
                into_search(state, &first, &others);
            }
        },
        Holder::Form => form::paste(state, &first),
        Holder::Panes => into_search(state, &first, &others),
    }
    let text = matches!(state.holder(), Holder::Line | Holder::Form | Holder::Page);
    if paste.cut {
        say::say(state, Notice::PasteCut);
    } else if text && !others.is_empty() && state.notice.is_none() {
        say::say(state, Notice::Pasted { left_out: others.len() });
    }
}

/// The first line into the search line, in place of what stood there, which Up finds; the others
/// wait, and are never joined to one number.
fn into_search(state: &mut State, first: &str, others: &[&str]) {
    state.notice = None;
    if first.is_empty() {
        return;
    }
    line::open(state, LineKind::Search);
    line::put_aside(state);
    line::insert(state, first);
    if !others.is_empty() {
        let (waiting, left_out) = others.split_at(others.len().min(MOST_WAITING));
        state.search.pasted = waiting.iter().map(|line| (*line).to_owned()).collect();
        say::say(state, Notice::PastedList { waiting: waiting.len(), left_out: left_out.len() });
    }
}
