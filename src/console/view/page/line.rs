//! How the line stands, and what its state means for the work.

use super::{Drawn, labelled};
use crate::console::state::line_status::{Down, LineStatus};
use crate::console::state::remote::Fetch;
use crate::console::state::traffic::Paced;
use crate::console::view::scene::{Scene, say};
use crate::console::view::top;

/// The page.
pub(super) fn page(scene: &Scene, columns: u16) -> Drawn {
    let state = scene.state;
    let label = |key: &str| scene.say(&format!("screen.line_page.{key}"), &[]);
    let line = |key: &str, text: String| labelled(label(key), &text, columns);
    let mut rows = line("state", top::line(scene, state.line));
    match state.line {
        LineStatus::Offline { since, next_try, why } => {
            if let Some(since) = since {
                rows.extend(line("heard", scene.times.both(since)));
            }
            if let Some(next) = next_try {
                rows.extend(line("next_try", scene.times.both(next)));
            }
            let means = match why {
                Down::NoLine => "means_offline",
                Down::Busy => "means_busy",
                Down::NoRegistry => "means_no_registry",
            };
            rows.extend(line("means", label(means)));
        }
        LineStatus::Stale { since } => {
            rows.extend(line("heard", scene.times.both(since)));
            rows.extend(line("means", label("means_stale")));
        }
        LineStatus::Unanswered { since } => {
            rows.extend(line("asked", scene.times.both(since)));
            rows.extend(line("means", label("means_unanswered")));
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
    for (name, said) in screen(scene) {
        rows.extend(line(name, said));
    }
    rows.extend(line("flash", label("flash_phone")));
    Drawn { title: say!(scene, "screen.line_page.title"), rows, ..Drawn::default() }
}

/// How the way to the officer's screen is, what it carried, and what is left out on it.
fn screen(scene: &Scene) -> Vec<(&'static str, String)> {
    let Some(traffic) = scene.state.traffic else { return Vec::new() };
    let way = match (traffic.paced, traffic.round_trip) {
        (Paced::Answers, Some(milliseconds)) => {
            let hundredths = milliseconds.saturating_add(5) / 10;
            let seconds = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            match traffic.speed {
                Some(speed) => say!(scene, "screen.line_page.answers_at", seconds = seconds, speed = speed),
                None => say!(scene, "screen.line_page.answers", seconds = seconds),
            }
        }
        (Paced::Answers | Paced::Silent, _) => say!(scene, "screen.line_page.silent"),
        (Paced::Speed, _) => say!(scene, "screen.line_page.by_speed"),
    };
    let bytes = say!(scene, "screen.line_page.bytes", session = traffic.session, hour = traffic.hour);
    let skipped = say!(scene, "screen.line_page.skipped", count = traffic.merged);
    vec![("screen", way), ("written", bytes), ("left_out", skipped)]
}

/// How old the queue is: news come by the feed, so while the line stands it is of now, and
/// without the line it is of when the registry was last heard.
fn queue(scene: &Scene) -> Option<String> {
    let state = scene.state;
    let at = state.hits.page.as_of();
    let heard = match state.line {
        LineStatus::Live { .. } => None,
        LineStatus::Unanswered { since }
        | LineStatus::Stale { since }
        | LineStatus::Offline { since: Some(since), .. } => at.max(Some(since)),
        _ => at,
    };
    match (state.hits.page.fetch(), heard.or(at)) {
        (Fetch::Failed(_), None) => Some(say!(scene, "screen.line_page.queue_unread")),
        (_, None) => None,
        (Fetch::Idle, Some(_)) if state.line.is_live() => Some(say!(scene, "screen.line_page.queue_live")),
        (_, Some(at)) => Some(say!(scene, "screen.line_page.as_of", at = scene.times.both(at))),
    }
}
