//! The parts of the search line: the gun, and why, for which case and how long it is searched.

use super::next_of;
use crate::console::form::in_line;
use crate::console::state::State;
use crate::console::state::search::Part;
use crate::reference::purpose;
use tui_input::InputRequest;

/// Tab and Shift-Tab: the next part, the part before.
pub(super) fn turn(state: &mut State, forward: bool) {
    let at = Part::ALL.iter().position(|part| *part == state.search.part).unwrap_or(0);
    let to = (at + if forward { 1 } else { Part::ALL.len() - 1 }) % Part::ALL.len();
    // What was wrong in another part is said when Enter finds it there again.
    blame_nothing(state);
    state.search.go(Part::ALL[to]);
}

/// A key in the part that is typed in: a letter takes the place of what is as if selected.
pub(super) fn edit(state: &mut State, request: InputRequest) {
    blame_nothing(state);
    let search = &mut state.search;
    search.stem = None;
    if std::mem::take(&mut search.selected) && matches!(request, InputRequest::InsertChar(_)) {
        search.part_mut().set("");
    }
    search.part_mut().edit(request);
}

/// The same for what is pasted.
pub(super) fn insert(state: &mut State, text: &str) {
    blame_nothing(state);
    let search = &mut state.search;
    search.stem = None;
    if std::mem::take(&mut search.selected) {
        search.part_mut().set("");
    }
    search.part_mut().insert(text);
}

/// Right at the end of the text puts in what it is completed to; says whether it did.
pub(super) fn suggest(state: &mut State) -> bool {
    if !state.search.part_mut().at_end() {
        return false;
    }
    match state.search.part {
        Part::Gun => suggest_word(state),
        Part::Purpose => suggest_purpose(state),
        Part::Case | Part::Days => false,
    }
}

/// What the tables know of what stands behind the last key, as in the form.
fn suggest_word(state: &mut State) -> bool {
    let search = &mut state.search;
    let Some(mut read) = in_line::read(search.line.text()) else { return false };
    if let Some(field) = read.form.current() {
        field.stem = search.stem.take();
    }
    if !read.form.suggest() {
        return false;
    }
    let Some(field) = read.form.current() else { return false };
    search.stem = field.stem.clone();
    let line = format!("{} {}", search.line.text()[..read.from].trim_end(), field.text.text());
    search.line.set(line);
    blame_nothing(state);
    true
}

/// The next code of the purposes.
fn suggest_purpose(state: &mut State) -> bool {
    let training = state.session.as_ref().is_some_and(|hello| hello.training);
    let codes: Vec<&str> =
        purpose::all().iter().filter(|p| training || !p.practice).map(|p| p.code.as_str()).collect();
    let search = &mut state.search;
    // What is no purpose at all gives way to the first.
    let next = next_of(&codes, search.purpose.text().trim())
        .or_else(|| search.selected.then(|| codes.first().map(|code| (*code).to_owned())).flatten());
    let Some(code) = next else { return false };
    search.purpose.set(code);
    blame_nothing(state);
    true
}

/// What was wrong with the line may be right now.
fn blame_nothing(state: &mut State) {
    state.search.fault = None;
    if let Some(line) = &mut state.open_line {
        line.fault = None;
    }
}
