//! How a hit stands, in one line: who asks, how fast, what is left of the clock.

use crate::console::view::scene::{Scene, say};
use crate::console::view::times::Left;
use crate::domain::hit::desk::turn;
use crate::domain::hit::{Exclusion, Hit, Phase, Side};

/// How the hit stands: who asks, how fast, and what is left; shorter where it shares a line.
pub(super) fn standing(scene: &Scene, hit: &Hit, short: bool) -> (String, String) {
    let (label, state) = of_two(scene, hit, short);
    if !hit.is_own(scene.we()) {
        return (label, state);
    }
    let state = match hit.phase {
        Phase::Raised => {
            say!(scene, "screen.standing.own", band = hit.band.code(), at = scene.times.both(hit.raised))
        }
        _ => state,
    };
    (say!(scene, "screen.side.own"), state)
}

/// The same between two countries.
fn of_two(scene: &Scene, hit: &Hit, short: bool) -> (String, String) {
    let turn = turn(hit, scene.we());
    let due = turn.and_then(|turn| turn.due);
    let left = due.map(|due| scene.times.left(due));
    let word = left.as_ref().map(|left| scene.left(left)).unwrap_or_default();
    let due = due.map(|due| scene.times.both(due)).unwrap_or_default();
    let asks = if hit.is_own(scene.we()) || hit.side(scene.we()) == Some(Side::Finder) {
        say!(scene, "screen.standing.we_ask")
    } else {
        say!(scene, "screen.standing.asks", country = scene.side(hit, Side::Finder))
    };
    let asked = hit.asked.map(|asked| scene.times.short(asked)).unwrap_or_default();
    let priority = hit.priority.code();
    let late = matches!(left, Some(Left::Late(_)));
    match hit.phase {
        Phase::Raised => (
            say!(scene, "screen.standing.raised"),
            say!(
                scene,
                "screen.standing.not_asked",
                band = hit.band.code(),
                at = scene.times.both(hit.raised)
            ),
        ),
        Phase::Asked => {
            let key = match (late, short) {
                (true, true) => "screen.standing.asked_late_short",
                (true, false) => "screen.standing.asked_late",
                (false, true) => "screen.standing.asked_short",
                (false, false) => "screen.standing.asked",
            };
            let number = hit.number.to_string();
            (
                asks,
                say!(scene, key, priority = priority, number = number, since = asked, left = word, due = due),
            )
        }
        Phase::Promised => {
            let key = match (late, short) {
                (true, true) => "screen.standing.promised_late_short",
                (true, false) => "screen.standing.promised_late",
                (false, true) => "screen.standing.promised_short",
                (false, false) => "screen.standing.promised",
            };
            (asks, say!(scene, key, priority = priority, left = word, due = due))
        }
        Phase::NotOurs | Phase::Excluded => {
            let reason = hit.reason.map(|reason| scene.words().exclusion(reason)).unwrap_or_default();
            let code = hit.reason.map(Exclusion::code).unwrap_or_default();
            let phase = hit.phase.code().replace('_', " ");
            let at = scene.times.both(hit.changed);
            (
                say!(scene, "screen.standing.closed"),
                say!(scene, "screen.standing.not_same", phase = phase, code = code, reason = reason, at = at),
            )
        }
        Phase::Confirmed | Phase::Located | Phase::Cleared => (
            say!(scene, "screen.standing.state"),
            say!(
                scene,
                "screen.standing.since",
                phase = hit.phase.code(),
                at = scene.times.both(hit.changed)
            ),
        ),
    }
}
