//! How the line stands, and what its state means for the work.

use super::{Drawn, labelled};
use crate::console::state::line_status::LineStatus;
use crate::console::state::remote::Fetch;
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
    let outbox = &state.outbox;
    rows.extend(line(
        "outbox",
        say!(scene, "screen.line_page.counts", queued = outbox.queued(), refused = outbox.refused()),
    ));
    rows.extend(queue(scene).into_iter().flat_map(|said| line("queue", said)));
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

/// How old the queue is: news come by the feed, so while the line stands it is of now, and
/// without the line it is of when the registry was last heard.
fn queue(scene: &Scene) -> Option<String> {
    let state = scene.state;
    let at = state.hits.page.as_of();
    let heard = match state.line {
        LineStatus::Live { .. } => None,
        LineStatus::Stale { since } | LineStatus::Offline { since: Some(since), .. } => at.max(Some(since)),
        _ => at,
    };
    match (state.hits.page.fetch(), heard.or(at)) {
        (Fetch::Failed(_), None) => Some(say!(scene, "screen.line_page.queue_unread")),
        (_, None) => None,
        (Fetch::Idle, Some(_)) if state.line.is_live() => Some(say!(scene, "screen.line_page.queue_live")),
        (_, Some(at)) => Some(say!(scene, "screen.line_page.as_of", at = scene.times.both(at))),
    }
}
