//! How the line stands, and what its state means for the work.

use super::Drawn;
use crate::console::state::line_status::LineStatus;
use crate::console::view::row::Row;
use crate::console::view::scene::{Scene, say};
use crate::console::view::top;

/// The page.
pub(super) fn page(scene: &Scene) -> Drawn {
    let state = scene.state;
    let label = |key: &str| scene.say(&format!("screen.line_page.{key}"), &[]);
    let line = |key: &str, text: String| Row::new().at(3, 10, label(key)).rest(14, text);
    let mut rows = vec![line("state", top::line(scene, state.line))];
    match state.line {
        LineStatus::Offline { since, next_try } => {
            if let Some(since) = since {
                rows.push(line("heard", scene.times.both(since)));
            }
            if let Some(next) = next_try {
                rows.push(line("next_try", scene.times.both(next)));
            }
            rows.push(line("means", label("means_offline")));
        }
        LineStatus::Stale { since } => {
            rows.push(line("heard", scene.times.both(since)));
            rows.push(line("means", label("means_stale")));
        }
        LineStatus::ShutOut => rows.push(line("means", label("means_shut_out"))),
        LineStatus::Connecting => rows.push(line("means", label("means_connecting"))),
        LineStatus::Live { .. } => rows.push(line("means", label("means_live"))),
    }
    let outbox = state.outbox;
    rows.push(line(
        "outbox",
        say!(scene, "screen.line_page.counts", queued = outbox.queued, refused = outbox.refused),
    ));
    if let Some(at) = state.hits.page.as_of() {
        rows.push(line("queue", say!(scene, "screen.line_page.as_of", at = scene.times.both(at))));
    }
    if let Some(hello) = &state.session {
        let (count, seconds) = (hello.records, hello.beat_seconds);
        rows.push(line(
            "registry",
            say!(scene, "screen.line_page.records", count = count, seconds = seconds),
        ));
    }
    rows.push(line("flash", label("flash_phone")));
    Drawn { title: say!(scene, "screen.line_page.title"), rows, ..Drawn::default() }
}
