//! Pasted text: data, never keys.
//!
//! A slow line may deliver a paste in two parts. What a cut has halved is joined again, and until
//! then stands only where the officer sees it: half a number is no number.

use super::{form, line, page, say};
use crate::console::message::Paste;
use crate::console::state::layout::Page;
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineKind;
use crate::console::state::search::Part;
use crate::console::state::torn::Torn;
use crate::console::state::{Holder, State};

/// Lines that wait for the search line; longer lists are checked from a file.
const MOST_WAITING: usize = 99;

const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// Takes in what was pasted: into the text that is open, else into the search line. A question
/// takes nothing.
pub(super) fn take(state: &mut State, paste: &Paste) {
    state.notice = None;
    let torn = state.torn.take();
    if state.holder() == Holder::Question {
        return say::say(state, Notice::NotAChoice);
    }
    if state.holder() == Holder::Form && state.form.as_ref().is_some_and(|form| form.at.is_none()) {
        return say::say(state, Notice::PasteNowhere);
    }
    match torn.filter(|_| paste.rest) {
        // Whatever took nothing of the first part is gone by now.
        None if paste.rest => say::say(state, Notice::PasteCut),
        None | Some(Torn::Blank) => begin(state, paste),
        Some(Torn::InText) => go_on(state, paste),
        Some(Torn::Waiting { half, left_out }) => {
            wait(state, &format!("{half}{}", paste.text), paste.cut, left_out);
        }
        Some(Torn::LeftOut { half, left_out }) => {
            leave_out(state, &format!("{half}{}", paste.text), paste.cut, left_out);
        }
    }
    if paste.cut {
        say::say(state, Notice::PasteCut);
    }
}

/// A paste from its beginning.
fn begin(state: &mut State, paste: &Paste) {
    let text = paste.text.trim_start();
    let text = if paste.cut { text } else { text.trim_end() };
    if text.is_empty() {
        state.torn = paste.cut.then_some(Torn::Blank);
        return;
    }
    if takes_lines(state) {
        line::insert(state, text);
        state.torn = paste.cut.then_some(Torn::InText);
        return;
    }
    let Some((first, others)) = text.split_once(LINE_ENDS) else {
        put(state, text, false);
        state.torn = paste.cut.then_some(Torn::InText);
        return;
    };
    if put(state, first.trim_end(), true) {
        wait(state, others, paste.cut, 0);
    } else {
        leave_out(state, others, paste.cut, 0);
    }
}

/// The rest of a paste whose last line stands in the text that is open.
fn go_on(state: &mut State, paste: &Paste) {
    if state.holder() == Holder::Panes {
        return say::say(state, Notice::PasteCut);
    }
    let text = if paste.cut { &paste.text } else { paste.text.trim_end() };
    if takes_lines(state) {
        return line::insert(state, text);
    }
    let (end, others) = text.split_once(LINE_ENDS).unwrap_or((text, ""));
    let searched = is_search(state);
    put(state, end, false);
    if searched {
        wait(state, others, paste.cut, 0);
    } else {
        leave_out(state, others, paste.cut, 0);
    }
}

/// Whether the open line takes several lines as one text.
fn takes_lines(state: &State) -> bool {
    let kind = state.open_line.as_ref().map(|line| &line.kind);
    state.holder() == Holder::Line && matches!(kind, Some(LineKind::Message(_) | LineKind::Note(_)))
}

/// Whether the keys go to the number in the search line.
fn is_search(state: &State) -> bool {
    let kind = state.open_line.as_ref().map(|line| &line.kind);
    state.holder() == Holder::Line && kind == Some(&LineKind::Search) && state.search.part == Part::Gun
}

/// Puts a line where the keys go; the first of several is not joined to what stands in the search
/// line. Says whether it is there, where further lines may wait.
fn put(state: &mut State, text: &str, several: bool) -> bool {
    match state.holder() {
        Holder::Line if several && is_search(state) => into_search(state, text),
        Holder::Line => line::insert(state, text),
        Holder::Page => match &mut state.page {
            Some(Page::Help(menu)) => {
                menu.find.insert(text);
                page::mark_first(state);
            }
            Some(Page::Voice(voice)) => voice.heard.insert(text),
            _ => {
                state.page = None;
                into_search(state, text);
            }
        },
        Holder::Form => form::paste(state, text),
        Holder::Panes => into_search(state, text),
        Holder::Question => {}
    }
    is_search(state)
}

/// A line into the search line, in place of what stood there, which Up finds.
fn into_search(state: &mut State, text: &str) {
    line::open(state, LineKind::Search);
    line::put_aside(state);
    line::insert(state, text);
}

/// Further lines wait behind those that wait already, and are never joined to one number.
fn wait(state: &mut State, text: &str, cut: bool, left_out: usize) {
    let (lines, half) = split(text, cut);
    let room = MOST_WAITING.saturating_sub(state.search.pasted.len());
    let left_out = left_out + lines.len().saturating_sub(room);
    let came = !lines.is_empty();
    state.search.pasted.extend(lines.into_iter().take(room));
    if cut {
        state.torn = Some(Torn::Waiting { half, left_out });
    } else if came || left_out > 0 {
        say::say(state, Notice::PastedList { waiting: state.search.pasted.len(), left_out });
    }
}

/// Further lines of what was pasted into a text that takes one.
fn leave_out(state: &mut State, text: &str, cut: bool, left_out: usize) {
    let (lines, half) = split(text, cut);
    let left_out = left_out + lines.len();
    if cut {
        state.torn = Some(Torn::LeftOut { half, left_out });
    } else if left_out > 0 {
        say::say(state, Notice::Pasted { left_out });
    }
}

/// The lines of a text that are whole, and what goes on where it is cut. Terminals end pasted
/// lines with a carriage return, as Enter does.
fn split(text: &str, cut: bool) -> (Vec<String>, String) {
    let end = if cut { text.rfind(LINE_ENDS).map_or(0, |at| at + 1) } else { text.len() };
    let (whole, half) = text.split_at(end);
    let lines = whole.split(LINE_ENDS).map(str::trim).filter(|line| !line.is_empty());
    (lines.map(str::to_owned).collect(), half.trim_start().to_owned())
}
