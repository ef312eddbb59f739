//! The foot: the question or the line that is open, else what was just done and the keys that count.

use super::line_open;
use super::notices;
use super::question;
use super::row::{Row, width, wrapped};
use super::scene::{Scene, say};
use crate::console::action::{Action, ActionId, bar, key_name};
use crate::console::look::Tone;
use crate::console::state::{Holder, Item};
use crate::domain::hit::desk::{ToDo, turn};

/// The lines of the foot, which lie over the last lines of the screen.
pub(super) fn rows(scene: &Scene, columns: u16) -> Vec<Row> {
    match (&scene.state.question, &scene.state.open_line) {
        (Some(open), _) => {
            let mut rows = question::rows(scene, open, columns);
            // A key that was not taken says so above the question that it was meant for.
            if scene.state.notice.is_some() {
                rows.splice(0..0, notice(scene, columns));
            }
            rows
        }
        (None, Some(line)) => line_open::rows(scene, line, columns),
        (None, None) => {
            let mut rows = notice(scene, columns);
            rows.push(bottom(scene, columns));
            rows
        }
    }
}

/// Lines that a notice may take; no sentence needs more on 80 columns, which a test holds.
pub(super) const NOTICE_LINES: usize = 3;

/// The line above the bottom line; a notice that is longer takes as many lines as it needs, until
/// the next key.
pub(super) fn notice(scene: &Scene, columns: u16) -> Vec<Row> {
    let Some(notice) = &scene.state.notice else { return vec![Row::new()] };
    let (words, tone) = notices::words(scene, notice);
    let lines = wrapped(&words, columns, NOTICE_LINES);
    lines.into_iter().map(|line| Row::new().at(0, u16::MAX, line).tone(tone)).collect()
}

fn bottom(scene: &Scene, columns: u16) -> Row {
    match scene.state.holder() {
        Holder::Page => Row::text(0, super::page::keys(scene)),
        Holder::Form => Row::text(0, say!(scene, "screen.form.keys")),
        _ => keys(scene, columns),
    }
}

/// The subject, what counts for it, and the four keys that stand in the same place in all panes.
fn keys(scene: &Scene, columns: u16) -> Row {
    let (of_item, always) = bar(scene.state);
    let name = |action: &Action| {
        let key = action.keys.first().map(|key| key_name(*key)).unwrap_or_default();
        format!("{key} {}", label(scene, action))
    };
    let tail: Vec<String> = always.into_iter().map(name).collect();
    let tail = tail.join("  ");
    let tail_at = columns.saturating_sub(width(&tail) + 3);
    let mut text = match scene.state.item() {
        Some(Item::Hit(hit)) => hit.to_string(),
        Some(Item::Candidate { record, .. } | Item::Record(record)) => record.to_string(),
        Some(Item::Check(check)) => check.to_string(),
        None => String::new(),
    };
    for action in of_item.into_iter().filter(|action| (action.enabled)(scene.state).is_ok()) {
        let name = name(action);
        if width(&text) + width(&name) + 3 > tail_at {
            break;
        }
        if !text.is_empty() {
            text.push_str("  ");
        }
        text.push_str(&name);
    }
    Row::new().at(0, tail_at.saturating_sub(1), text).at(tail_at, width(&tail), tail)
}

/// What an action is called here: `r` by what it would ask.
pub(super) fn label(scene: &Scene, action: &Action) -> String {
    if action.id != ActionId::Respond {
        return scene.say(&action.label(), &[]);
    }
    let key = match scene.state.item() {
        Some(Item::Hit(hit)) => {
            let to_do =
                scene.state.row(hit).and_then(|row| turn(&row.hit, scene.we())).map(|turn| turn.to_do);
            match to_do {
                Some(ToDo::Ask) => "ask",
                Some(ToDo::Locate) => "locate",
                Some(ToDo::Clear) => "clear",
                Some(ToDo::Wait) => "wait",
                Some(ToDo::Nothing) => "reopen",
                Some(ToDo::Answer | ToDo::Take) | None => "answer",
            }
        }
        Some(Item::Candidate { .. }) => "ask",
        Some(Item::Check(_)) => "stands",
        Some(Item::Record(_)) => "validate",
        None => "answer",
    };
    scene.say(&format!("screen.respond.{key}"), &[])
}

/// The one sentence of a screen that is too small, and what may not be missed on it.
pub(super) fn too_small(scene: &Scene, (columns, lines): (u16, u16), width: u16) -> Vec<Row> {
    let broken = |said: String, tone: Tone| {
        wrapped(&said, width, NOTICE_LINES).into_iter().map(move |line| Row::text(0, line).all(tone))
    };
    let said = say!(scene, "screen.small.sentence", columns = columns, lines = lines);
    let mut rows: Vec<Row> = broken(said, Tone::Title).collect();
    let counts = super::top::counts(scene);
    if !counts.is_empty() {
        rows.extend(broken(counts, Tone::Alarm));
    }
    if scene.state.question.is_some() {
        rows.extend(broken(say!(scene, "screen.small.question"), Tone::Plain));
    }
    rows.extend(notice(scene, width));
    if scene.state.session.as_ref().is_some_and(|hello| hello.training) {
        rows.push(Row::text(0, say!(scene, "screen.top.training")));
    }
    rows
}
