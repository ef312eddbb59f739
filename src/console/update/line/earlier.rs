//! Earlier lines of the search and the command line: Up and Down go through them, and what was
//! typed before is never lost to them.

use crate::console::state::State;
use crate::console::state::open_line::{LineKind, OpenLine};
use crate::console::state::search::Part;

/// Earlier lines that Up finds.
const MOST: usize = 100;

/// Up and Down: an earlier line, a later one, and at last what was typed. In the parts of the
/// search line that are no gun they do nothing.
pub(super) fn turn(state: &mut State, kind: &LineKind, back: bool) {
    let list = match kind {
        LineKind::Search if state.search.part == Part::Gun => &state.search.history,
        LineKind::Command => &state.commands,
        _ => return,
    };
    let Some(line) = &state.open_line else { return };
    let at = match (line.earlier, back) {
        (None, true) => Some(0),
        (Some(at), true) => Some(at + 1),
        (Some(at), false) => at.checked_sub(1),
        (None, false) => return,
    };
    let text = match at {
        Some(at) => list.len().checked_sub(at + 1).and_then(|at| list.get(at)).cloned(),
        None => Some(line.typed.clone().unwrap_or_default()),
    };
    // Behind the oldest there is nothing.
    let Some(text) = text else { return };
    let typed = match line.earlier {
        None => Some(shown(state, line).to_owned()),
        Some(_) => line.typed.clone(),
    };
    if *kind == LineKind::Search {
        state.search.fault = None;
        state.search.stem = None;
        state.search.line.set(text.as_str());
    }
    if let Some(line) = &mut state.open_line {
        line.earlier = at;
        line.typed = typed.filter(|_| at.is_some());
        if *kind != LineKind::Search {
            line.text.set(text);
            line.suggestion = super::suggestion(line);
        }
    }
}

fn shown<'a>(state: &'a State, line: &'a OpenLine) -> &'a str {
    if line.kind == LineKind::Search { state.search.line.text() } else { line.text.text() }
}

/// The earlier line that is shown is what is typed from now on. What it took the place of is an
/// earlier line itself.
pub(super) fn settle(state: &mut State) {
    let Some(line) = &mut state.open_line else { return };
    line.earlier = None;
    let Some(typed) = line.typed.take().filter(|typed| !typed.trim().is_empty()) else { return };
    match line.kind {
        LineKind::Search => remember(&mut state.search.history, typed),
        LineKind::Command => remember(&mut state.commands, typed),
        _ => {}
    }
}

/// Remembers a line for Up.
pub(in crate::console::update) fn remember(list: &mut Vec<String>, text: String) {
    list.retain(|earlier| *earlier != text);
    if list.len() >= MOST {
        list.remove(0);
    }
    list.push(text);
}
