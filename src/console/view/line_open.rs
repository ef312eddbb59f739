//! A line that is open for text: what it is for, the text, why Enter was not taken, and its keys.

use super::row::{Row, clipped, width, wrapped};
use super::scene::{Scene, say};
use super::{form, why};
use crate::console::form::in_line;
use crate::console::look::Tone;
use crate::console::state::editor::Editor;
use crate::console::state::open_line::{Asking, LineKind, OpenLine};
use crate::console::state::search::{Part, Search};
use crate::domain::ids::HitId;
use crate::domain::text::Shown;
use crate::reference::purpose;

/// Lines that a fault may take.
pub(super) const FAULT_LINES: usize = 2;

/// The lines: a fault or a suggestion where there is one, the text, and the keys.
pub(super) fn rows(scene: &Scene, line: &OpenLine, columns: u16) -> Vec<Row> {
    let mut rows = above(scene, line, columns);
    if line.kind == LineKind::Search {
        rows.push(search(scene, columns));
        rows.push(Row::text(0, say!(scene, "screen.line_keys.search")));
    } else {
        let head = head(scene, &line.kind);
        let at = width(&head) + 1;
        rows.push(typed(Row::new().at(0, at, head), at, columns, &line.text));
        let key = match line.kind {
            LineKind::Filter => "screen.line_keys.filter",
            LineKind::Command => "screen.line_keys.command",
            LineKind::Note(_) => "screen.line_keys.note",
            _ => "screen.line_keys.message",
        };
        rows.push(Row::text(0, scene.say(key, &[])));
    }
    rows
}

/// Why Enter was not taken, else what Right would put in, else the alert that came meanwhile.
fn above(scene: &Scene, line: &OpenLine, columns: u16) -> Vec<Row> {
    let search = &scene.state.search;
    let fault = match (&line.fault, &search.fault) {
        (Some(fault), _) => Some(why::line(scene, fault)),
        (None, Some(fault)) if line.kind == LineKind::Search => Some(why::grammar(scene, fault)),
        _ => None,
    };
    if let Some(fault) = fault {
        let lines = wrapped(&fault, columns, FAULT_LINES);
        return lines.into_iter().map(|line| Row::text(0, line).all(Tone::Notice)).collect();
    }
    match &line.suggestion {
        Some(suggestion) => {
            vec![Row::text(0, say!(scene, "screen.line_keys.suggestion", text = Shown::of(suggestion)))]
        }
        None if scene.state.notice.is_none() && line.kind == LineKind::Search => hint(scene, columns),
        None => super::foot::notice(scene, columns),
    }
}

/// What belongs into the part of the search line that is typed in, and what is known of it.
fn hint(scene: &Scene, columns: u16) -> Vec<Row> {
    let search = &scene.state.search;
    let said = match search.part {
        Part::Gun => match in_line::read(search.line.text()) {
            Some(read) => form::said(scene, &read.form),
            None => return vec![pasted(scene)],
        },
        part if search.selected && !search.part_text(part).is_blank() => {
            say!(scene, "screen.line_hint.selected", text = clipped(search.part_text(part).text(), 24))
        }
        Part::Purpose => say!(scene, "screen.line_hint.purpose", codes = purposes(scene)),
        Part::Case => say!(scene, "screen.line_hint.case"),
        Part::Days => say!(scene, "screen.line_hint.days"),
    };
    wrapped(&said, columns.saturating_sub(1), FAULT_LINES)
        .into_iter()
        .map(|line| Row::text(0, line))
        .collect()
}

/// The purposes that count here.
fn purposes(scene: &Scene) -> String {
    let training = scene.state.session.as_ref().is_some_and(|hello| hello.training);
    let here = purpose::all().iter().filter(|purpose| training || !purpose.practice);
    here.map(|purpose| purpose.code.as_str()).collect::<Vec<_>>().join(" ")
}

/// What was pasted and waits for its turn.
fn pasted(scene: &Scene) -> Row {
    let search = &scene.state.search;
    let count = search.pasted.len();
    match search.pasted.front() {
        Some(next) if search.line.is_blank() => {
            let next = clipped(next, 30);
            Row::text(0, say!(scene, "screen.line_keys.next_pasted", count = count, text = next))
        }
        Some(_) => Row::text(0, say!(scene, "screen.notice.more_pasted", count = count)),
        None => Row::new(),
    }
}

/// What the line is for.
fn head(scene: &Scene, kind: &LineKind) -> String {
    match kind {
        LineKind::Search => say!(scene, "screen.line_head.search"),
        LineKind::Filter => say!(scene, "screen.line_head.filter"),
        LineKind::Command => ":".to_owned(),
        LineKind::Message(hit) => {
            say!(scene, "screen.line_head.message", hit = *hit, country = with(scene, *hit))
        }
        LineKind::Note(hit) => say!(scene, "screen.line_head.note", hit = *hit),
        LineKind::AskReason { of: Asking::Hit { hit, .. }, priority } => {
            say!(scene, "screen.line_head.ask_reason", item = *hit, priority = priority.code())
        }
        LineKind::AskReason { of: Asking::Lead { record, .. }, priority } => {
            say!(scene, "screen.line_head.ask_reason", item = *record, priority = priority.code())
        }
        LineKind::ReopenReason { hit, .. } => say!(scene, "screen.line_head.reopen", hit = *hit),
    }
}

/// The country on the other side of a hit.
fn with(scene: &Scene, hit: HitId) -> String {
    scene.state.row(hit).map(|row| scene.other(&row.hit)).unwrap_or_default()
}

/// Adds a text that is being typed, scrolled so that the cursor is on the screen.
pub(super) fn typed(row: Row, at: u16, end: u16, text: &Editor) -> Row {
    let room = end.saturating_sub(at + 1);
    let before = width(text.before());
    let shift = before.saturating_sub(room.saturating_sub(1));
    row.shifted(at, room, shift, text.text()).cursor(at + (before - shift).min(room))
}

/// The gun, and behind it purpose, case and days; `>` stands before the part that is typed in.
fn search(scene: &Scene, columns: u16) -> Row {
    let search = &scene.state.search;
    let label = |key: &str| scene.say(key, &[]);
    // What is typed once a case is narrow, the gun has the rest.
    let parts = [
        (Part::Purpose, label("screen.line_head.purpose"), 10),
        (Part::Case, label("screen.line_head.case"), 14),
        (Part::Days, label("screen.line_head.days"), 4),
    ];
    let behind: u16 = parts.iter().map(|(_, label, room)| width(label) + room + 3).sum();
    let head = say!(scene, "screen.line_head.search");
    let gun_end = columns.saturating_sub(behind).max(width(&head) + 12);
    let mut row = part(search, Part::Gun, head, 1, gun_end);
    let mut at = gun_end + 1;
    for (which, label, room) in parts {
        let end = at + width(&label) + room + 2;
        row = row.and(part(search, which, label, at, end));
        at = end + 1;
    }
    row
}

/// One part of the search line: its label, with the mark before it where it is typed in, and its
/// text. One that is not typed in shows its head, and `+` where it goes on.
fn part(search: &Search, which: Part, label: String, at: u16, end: u16) -> Row {
    let (text, from) = (search.part_text(which), at + width(&label) + 1);
    let row = Row::new().at(at, from - at, label);
    if search.part == which {
        typed(row.at(at - 1, 1, ">"), from, end, text)
    } else {
        row.number(from, end.saturating_sub(from + 1), text.text())
    }
}
