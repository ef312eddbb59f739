//! The top line: who sits here, how the line stands, what is waiting, and the time.

use super::row::{Row, width};
use super::scene::{Scene, say, shown};
use crate::console::look::Tone;
use crate::console::state::line_status::{Down, LineStatus};

/// Columns of the time at the right end: `03:07 09:07Z`.
const CLOCK: u16 = 12;

/// The top line of a screen so wide.
pub(super) fn row(scene: &Scene, columns: u16) -> Row {
    let clock_at = columns.saturating_sub(CLOCK);
    // What is waiting stands at the same column whatever stands before it.
    let counts_at = (46 + columns.saturating_sub(80) / 8 * 5).min(clock_at);
    let status = status(scene);
    let room = counts_at.saturating_sub(width(&status) + 4);
    let training = scene.state.session.as_ref().is_some_and(|hello| hello.training);
    let training = if training { say!(scene, "screen.top.training") } else { String::new() };
    let mut row = Row::new();
    let mut at = 1;
    if !training.is_empty() {
        row = row.at(at, clock_at, training.as_str()).tone(Tone::Notice);
        at += width(&training) + 1;
    }
    let who = who(scene);
    let who_room = room.saturating_sub(at - 1).max(2);
    row = row.at(at, who_room, who.as_str());
    at += width(&who).min(who_room) + 2;
    row = row.at(at, clock_at.saturating_sub(at), status);
    if !scene.state.line.is_live() {
        row = row.tone(Tone::Notice);
    }
    let counts = counts(scene);
    let free = clock_at.saturating_sub(counts_at + 1);
    row = row.at(counts_at, free, counts);
    if scene.state.hits.urgent_count() > 0 {
        row = row.tone(Tone::Alarm);
    }
    row.at(clock_at, CLOCK, scene.times.both(scene.state.now))
}

/// The officer, and for whom.
fn who(scene: &Scene) -> String {
    match &scene.state.session {
        None => say!(scene, "screen.top.nobody"),
        Some(hello) => say!(
            scene,
            "screen.top.who",
            country = hello.country,
            agency = shown(&hello.agency),
            name = shown(&hello.name)
        ),
    }
}

/// How the line stands, and what has not gone out or was refused.
fn status(scene: &Scene) -> String {
    let outbox = &scene.state.outbox;
    let mut parts =
        vec![line(scene, scene.state.line), say!(scene, "screen.top.queued", count = outbox.queued())];
    if outbox.refused() > 0 {
        parts.push(say!(scene, "screen.top.refused", count = outbox.refused()));
    }
    if let Some(until) = scene.state.bell.off_until.filter(|until| *until > scene.state.now) {
        parts.push(say!(scene, "screen.top.bell_off", until = scene.times.clock(until)));
    }
    parts.join("  ")
}

/// How the line stands, in a word.
pub(super) fn line(scene: &Scene, line: LineStatus) -> String {
    match line {
        LineStatus::Connecting => say!(scene, "screen.line.connecting"),
        LineStatus::Live { round_trip: None } => say!(scene, "screen.line.live"),
        LineStatus::Live { round_trip: Some(milliseconds) } => {
            // Tenths of a second: less changes with every beat, and each change is bytes.
            let tenths = milliseconds.saturating_add(50) / 100;
            say!(scene, "screen.line.live_after", seconds = format!("{}.{}", tenths / 10, tenths % 10))
        }
        LineStatus::Unanswered { since } => {
            say!(scene, "screen.line.unanswered", since = scene.times.short(since))
        }
        LineStatus::Stale { since } => say!(scene, "screen.line.stale", since = scene.times.short(since)),
        LineStatus::Offline { why: Down::Busy, .. } => say!(scene, "screen.line.busy"),
        LineStatus::Offline { why: Down::NoRegistry, .. } => say!(scene, "screen.line.no_registry"),
        LineStatus::Offline { since: Some(since), why: Down::NoLine, .. } => {
            say!(scene, "screen.line.offline_since", since = scene.times.short(since))
        }
        LineStatus::Offline { since: None, why: Down::NoLine, .. } => say!(scene, "screen.line.offline"),
        LineStatus::ShutOut => say!(scene, "screen.line.shut_out"),
    }
}

/// What has come and was not looked at.
pub(super) fn counts(scene: &Scene) -> String {
    let (new, urgent) = (scene.state.hits.new_count(), scene.state.hits.urgent_count());
    let mut parts = Vec::new();
    if new > 0 {
        parts.push(say!(scene, "screen.top.new", count = new));
    }
    if urgent > 0 {
        parts.push(say!(scene, "screen.top.urgent", count = urgent));
    }
    parts.join(" ")
}
