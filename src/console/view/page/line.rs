//! How the line stands, and what its state means for the work.

use super::{Drawn, labelled};
use crate::console::state::line_status::LineStatus;
use crate::console::view::scene::{Scene, say};
use crate::console::view::top;

/// The page.
pub(super) fn page(scene: &Scene, columns: u16) -> Drawn {
    let state = scene.state;
    let label = |key: &str| scene.say(&format!("screen.line_page.{key}"), &[]);
    let line = |key: &str, text: String| labelled(label(key), &text, columns);
    let mut rows = line("state", top::line(scene, state.line));
    match state.line {
        LineStatus::Offline { since, next_try } => {
            if let Some(since) = since {
                rows.extend(line("heard", scene.times.both(since)));
            }
            if let Some(next) = next_try {
                rows.extend(line("next_try", scene.times.both(next)));
            }
            rows.extend(line("means", label("means_offline")));
        }
        LineStatus::Stale { since } => {
            rows.extend(line("heard", scene.times.both(since)));
            rows.extend(line("means", label("means_stale")));
        }
        LineStatus::ShutOut => rows.extend(line("means", label("means_shut_out"))),
        LineStatus::Connecting => rows.extend(line("means", label("means_connecting"))),
        LineStatus::Live { .. } => rows.extend(line("means", label("means_live"))),
    }
    let outbox = state.outbox;
    rows.extend(line(
        "outbox",
        say!(scene, "screen.line_page.counts", queued = outbox.queued, refused = outbox.refused),
    ));
    if let Some(at) = state.hits.page.as_of() {
        rows.extend(line("queue", say!(scene, "screen.line_page.as_of", at = scene.times.both(at))));
    }
    if let Some(hello) = &state.session {
        let (count, seconds) = (hello.records, hello.beat_seconds);
        rows.extend(line(
            "registry",
            say!(scene, "screen.line_page.records", count = count, seconds = seconds),
        ));
    }
    rows.extend(line("flash", label("flash_phone")));
    Drawn { title: say!(scene, "screen.line_page.title"), rows, ..Drawn::default() }
}
