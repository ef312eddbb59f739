//! Keys in an open line: everything is text until Enter or Esc.

mod earlier;
mod parts;

pub(super) use earlier::remember;

use super::{Effects, check, command, question, queue, send};
use crate::console::drafts::Open;
use crate::console::filter;
use crate::console::state::State;
use crate::console::state::layout::Pane;
use crate::console::state::open_line::{LineFault, LineKind, OpenLine};
use crate::console::state::question::Ask;
use crate::console::state::queue::Filter;
use crate::console::state::search::Part;
use crate::domain::text::Rule;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::InputRequest;

/// Lines whose text is remembered after Esc, and earlier lines of each kind.
const MOST_KEPT: usize = 16;

/// Opens a line, with the text that Esc left in it.
pub(super) fn open(state: &mut State, kind: LineKind) {
    // What was half typed here is gone on with: `e` need not lead to it any more.
    state.resume.take_if(|open| match open {
        Open::Search => kind == LineKind::Search,
        Open::Line(other) => *other == kind,
        Open::Form => false,
    });
    let kept = state.kept_lines.iter().position(|line| line.kind == kind);
    let mut line = match kept {
        Some(at) => state.kept_lines.remove(at),
        None => OpenLine::new(kind),
    };
    match line.kind {
        LineKind::Search => {
            state.layout.go(Pane::Search);
            state.search.go(Part::Gun);
        }
        LineKind::Filter => {
            state.layout.go(Pane::Hits);
            line.text.set(state.hits.filter.text.clone());
        }
        _ => {}
    }
    line.suggestion = suggestion(&line);
    state.open_line = Some(line);
}

/// Empties the search line; what stood there is found by Up.
pub(super) fn put_aside(state: &mut State) {
    let text = state.search.line.take();
    if !text.trim().is_empty() {
        remember(&mut state.search.history, text);
    }
}

/// Closes the line and keeps its text.
pub(super) fn keep(state: &mut State) {
    earlier::settle(state);
    let Some(mut line) = state.open_line.take() else { return };
    line.fault = None;
    line.earlier = None;
    line.behind = None;
    // Commands are short, and Up finds the earlier ones: one that was left does not join the next.
    let own = matches!(line.kind, LineKind::Search | LineKind::Filter | LineKind::Command);
    if !own && !line.text.is_blank() {
        put_by(state, line);
    }
}

/// Keeps what was written in a line that is open no more, to be gone on with.
pub(super) fn keep_text(state: &mut State, kind: LineKind, text: &str) {
    let mut line = OpenLine::new(kind);
    line.text.set(text);
    put_by(state, line);
}

fn put_by(state: &mut State, line: OpenLine) {
    if state.kept_lines.len() >= MOST_KEPT {
        state.kept_lines.remove(0);
    }
    state.kept_lines.push(line);
}

/// A key while a line is open.
pub(super) fn key(state: &mut State, key: KeyEvent, effects: &mut Effects) {
    let Some(line) = &mut state.open_line else { return };
    let kind = line.kind.clone();
    match key.code {
        KeyCode::Enter => run(state, &kind, effects),
        KeyCode::Esc => leave(state, &kind, effects),
        KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => {
            leave(state, &kind, effects);
        }
        KeyCode::F(1) => super::open_help(state),
        KeyCode::Up => earlier::turn(state, &kind, true),
        KeyCode::Down => earlier::turn(state, &kind, false),
        KeyCode::Tab if kind == LineKind::Search => parts::turn(state, true),
        KeyCode::BackTab if kind == LineKind::Search => parts::turn(state, false),
        KeyCode::Tab => take_suggestion(line),
        KeyCode::Right if kind == LineKind::Search && parts::suggest(state) => {}
        KeyCode::Right if at_end(state, &kind) => {
            if let Some(line) = &mut state.open_line {
                take_suggestion(line);
            }
        }
        code => {
            if let Some(request) = request(code, key.modifiers) {
                edit(state, &kind, request);
            }
        }
    }
    live_filter(state);
}

/// What a key does to a text; shared with forms and pages.
pub(super) fn request(code: KeyCode, modifiers: KeyModifiers) -> Option<InputRequest> {
    let chord = modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    Some(match code {
        KeyCode::Char('u') if modifiers == KeyModifiers::CONTROL => InputRequest::DeleteFromStart,
        KeyCode::Char(_) if chord => return None,
        KeyCode::Char(c) if !c.is_control() => InputRequest::InsertChar(c),
        KeyCode::Backspace => InputRequest::DeletePrevChar,
        KeyCode::Delete => InputRequest::DeleteNextChar,
        KeyCode::Left => InputRequest::GoToPrevChar,
        KeyCode::Right => InputRequest::GoToNextChar,
        KeyCode::Home => InputRequest::GoToStart,
        KeyCode::End => InputRequest::GoToEnd,
        _ => return None,
    })
}

fn edit(state: &mut State, kind: &LineKind, request: InputRequest) {
    earlier::settle(state);
    if *kind == LineKind::Search {
        parts::edit(state, request);
    } else if let Some(line) = &mut state.open_line {
        line.fault = None;
        line.text.edit(request);
        line.suggestion = suggestion(line);
    }
}

/// Puts text in at the cursor of the open line.
pub(super) fn insert(state: &mut State, text: &str) {
    earlier::settle(state);
    let search = state.open_line.as_ref().is_some_and(|line| line.kind == LineKind::Search);
    if search {
        parts::insert(state, text);
    } else if let Some(line) = &mut state.open_line {
        line.text.insert(text);
        line.suggestion = suggestion(line);
    }
    live_filter(state);
}

fn at_end(state: &State, kind: &LineKind) -> bool {
    *kind != LineKind::Search && state.open_line.as_ref().is_some_and(|line| line.text.at_end())
}

/// Esc: the text is kept, and the question that asked for it is there again.
fn leave(state: &mut State, kind: &LineKind, effects: &mut Effects) {
    let behind = state.open_line.as_mut().and_then(|line| line.behind.take());
    keep(state);
    if let Some(ask) = behind {
        question::open(state, *ask, effects);
    }
    if *kind == LineKind::Filter {
        queue::filter(state, Filter::default());
    }
}

fn take_suggestion(line: &mut OpenLine) {
    if let Some(text) = line.suggestion.take() {
        line.text.set(text);
        line.suggestion = suggestion(line);
    }
}

/// What could stand in the line in place of what is typed: the next name that begins so, round
/// the end when one is there in full.
fn suggestion(line: &OpenLine) -> Option<String> {
    let text = line.text.text();
    match line.kind {
        LineKind::Command => command::suggestion(text),
        LineKind::Message(_) => next_of(&CANNED, text),
        _ => None,
    }
}

/// What is written most often; codes that both sides know, in every language.
const CANNED: [&str; 3] = ["RE-READ the number, please", "SEND markings", "SEND photo"];

/// The name that follows a complete one, else the first that begins with the text.
pub(super) fn next_of(names: &[&str], text: &str) -> Option<String> {
    let begins = |name: &&&str| {
        name.len() > text.len() && name.get(..text.len()).is_some_and(|head| head.eq_ignore_ascii_case(text))
    };
    match names.iter().position(|name| *name == text) {
        Some(at) => names.get((at + 1) % names.len()).map(|name| (*name).to_owned()),
        None => names.iter().find(begins).map(|name| (*name).to_owned()),
    }
}

/// The filter acts while it is typed.
fn live_filter(state: &mut State) {
    if let Some(OpenLine { kind: LineKind::Filter, text, .. }) = &state.open_line
        && text.text() != state.hits.filter.text
    {
        let filter = filter::parse(text.text());
        queue::filter(state, filter);
    }
}

/// Enter.
fn run(state: &mut State, kind: &LineKind, effects: &mut Effects) {
    earlier::settle(state);
    let text = state.open_line.as_ref().map(|line| line.text.text().trim().to_owned()).unwrap_or_default();
    match *kind {
        LineKind::Search => check::run(state, effects),
        LineKind::Filter => state.open_line = None,
        LineKind::Command => command::run(state, &text, effects),
        LineKind::Message(hit) => {
            if fits(state, &text) {
                keep(state);
                question::open(state, Ask::Send { hit, text }, effects);
            }
        }
        LineKind::Note(hit) => {
            if fits(state, &text) {
                state.open_line = None;
                send::note(state, hit, &text, effects);
            }
        }
        LineKind::AskReason { of, priority } => {
            if fits(state, &text) {
                let ask = question::asked(of, priority, text);
                let behind = state.open_line.as_mut().and_then(|line| line.behind.take());
                keep(state);
                let behind = behind.filter(|behind| behind.code() != ask.code());
                question::open_before(state, ask, behind, effects);
            }
        }
        LineKind::ReopenReason { hit, revision } => {
            if fits(state, &text) {
                keep(state);
                question::open(state, Ask::Reopen { hit, revision, reason: text }, effects);
            }
        }
    }
}

/// Whether a text may be written to somebody; says what is wrong with it in its line.
fn fits(state: &mut State, text: &str) -> bool {
    let fault = if text.is_empty() {
        Some(LineFault::Empty)
    } else if text.chars().count() > Rule::NOTE.longest {
        Some(LineFault::TooLong { longest: Rule::NOTE.longest })
    } else {
        None
    };
    match (fault, &mut state.open_line) {
        (None, _) => true,
        (fault, Some(line)) => {
            line.fault = fault;
            false
        }
        (Some(_), None) => false,
    }
}

/// Says that a line was not taken.
pub(super) fn fault(state: &mut State, fault: LineFault) {
    if let Some(line) = &mut state.open_line {
        line.fault = Some(fault);
    }
}
