//! The line below the candidates: how many there are beyond them, and what the next page costs.

use crate::client::Speed;
use crate::console::view::pane::Slot;
use crate::console::view::row::Row;
use crate::console::view::scene::{Scene, say};
use crate::wire::check::{CheckAnswer, NextCandidates};

/// The line, when there are more; it can be marked when the page can be fetched.
pub(super) fn line(scene: &Scene, slot: Slot, answer: &CheckAnswer) -> Option<Row> {
    if answer.more == 0 {
        return None;
    }
    let search = &scene.state.search;
    let said = match answer.next {
        None => say!(scene, "screen.search.more", count = answer.more),
        Some(next) if search.further.is_waiting() => {
            say!(scene, "screen.search.more_asked", count = answer.more, next = next.count)
        }
        Some(next) => {
            let cost = cost(next, scene.state.speed.as_ref());
            say!(scene, "screen.search.more_next", count = answer.more, next = next.count, cost = cost)
        }
    };
    let row = Row::new().rest(3, said);
    Some(match (search.on_more().is_some(), slot.focus) {
        (true, true) => row.cursor(1).at(0, 1, ">"),
        (true, false) => row.at(0, 1, "."),
        (false, _) => row,
    })
}

/// `1.1 kB 1 s`: what is known of it, each rounded up.
fn cost(next: NextCandidates, speed: Option<&Speed>) -> String {
    let Some(bytes) = next.bytes else { return "-".to_owned() };
    let size = size(bytes);
    match speed {
        Some(speed) => {
            let time = speed.time_for(bytes);
            let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
            format!("{size} {} s", seconds.max(1))
        }
        None => size,
    }
}

/// Bytes in thousands, with a tenth where that still says something.
fn size(bytes: u32) -> String {
    let tenths = bytes.div_ceil(100);
    match tenths {
        0..100 => format!("{}.{} kB", tenths / 10, tenths % 10),
        _ => format!("{} kB", bytes.div_ceil(1000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_page_names_its_size_and_its_seconds() {
        let next = |bytes| NextCandidates { after: "CR-2026-1".parse().unwrap(), count: 12, bytes };
        let speed = Speed { round_trip: Duration::from_millis(1200), rate: Some(1200) };
        assert_eq!(cost(next(Some(2050)), Some(&speed)), "2.1 kB 3 s");
        assert_eq!(cost(next(Some(2050)), None), "2.1 kB");
        assert_eq!(cost(next(Some(84_100)), Some(&speed)), "85 kB 72 s");
        assert_eq!(
            cost(next(Some(40)), Some(&Speed { round_trip: Duration::ZERO, rate: None })),
            "0.1 kB 1 s"
        );
        assert_eq!(cost(next(None), Some(&speed)), "-");
    }
}
