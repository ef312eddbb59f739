//! How fast a line is, by the answers that came over it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Answers that the estimate rests on: the latest, because lines change.
const MOST_HEARD: usize = 16;
/// An answer that is longer than the shortest by fewer bytes tells nothing of the rate.
const LEAST_LONGER: usize = 256;

/// How fast a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speed {
    /// From a request until its answer has come, when that is short.
    pub round_trip: Duration,
    /// Bytes a second beyond that; nothing while no long answer has come.
    pub rate: Option<u32>,
}

impl Speed {
    /// How long an answer of so many bytes is likely to take; at the least a round trip.
    pub fn time_for(&self, bytes: u32) -> Duration {
        match self.rate {
            Some(rate) => {
                self.round_trip + Duration::from_secs_f64(f64::from(bytes) / f64::from(rate.max(1)))
            }
            None => self.round_trip,
        }
    }
}

/// What was heard lately.
#[derive(Debug, Default)]
pub(super) struct Heard {
    answers: Mutex<VecDeque<(usize, Duration)>>,
    bytes: AtomicU64,
}

impl Heard {
    /// A piece of an answer has come.
    pub(super) fn piece(&self, bytes: usize) {
        self.bytes.fetch_add(u64::try_from(bytes).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Bytes of answers that have come so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// An answer of so many bytes came so long after it was asked for.
    pub(super) fn note(&self, bytes: usize, took: Duration) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= MOST_HEARD {
            answers.pop_front();
        }
        answers.push_back((bytes, took));
    }

    /// What that makes of the line; nothing before the first answer.
    pub(super) fn speed(&self) -> Option<Speed> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let (short, round_trip) = *answers.iter().min_by_key(|(_, took)| *took)?;
        let longer = answers.iter().filter(|(bytes, _)| *bytes >= short + LEAST_LONGER);
        let (bytes, seconds) = longer.fold((0, 0.0), |(bytes, seconds), (more, took)| {
            (bytes + (more - short), seconds + (*took - round_trip).as_secs_f64())
        });
        // So fast that nothing can be told is faster than anybody waits for.
        let rate = (bytes > 0 && seconds > 0.0).then(|| (bytes as f64 / seconds) as u32);
        Some(Speed { round_trip, rate })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_thin_line_is_known_by_a_short_and_a_long_answer() {
        let heard = Heard::default();
        assert_eq!(heard.speed(), None);
        heard.note(100, ms(900));
        assert_eq!(heard.speed().unwrap().time_for(5000), ms(900), "nothing is known of its rate");
        heard.note(1300, ms(1900));
        let speed = heard.speed().unwrap();
        assert_eq!(speed, Speed { round_trip: ms(900), rate: Some(1200) });
        assert_eq!(speed.time_for(2400), ms(2900));
    }

    #[test]
    fn what_was_long_ago_counts_no_more() {
        let heard = Heard::default();
        heard.note(100, ms(800));
        heard.note(2100, ms(9000));
        for _ in 0..MOST_HEARD {
            heard.note(100, ms(100));
            heard.note(10_100, ms(200));
        }
        assert_eq!(heard.speed(), Some(Speed { round_trip: ms(100), rate: Some(100_000) }));
    }

    #[test]
    fn two_answers_at_once_are_no_reason_to_divide_by_nothing() {
        let heard = Heard::default();
        heard.note(100, ms(5));
        heard.note(9000, ms(5));
        assert_eq!(heard.speed(), Some(Speed { round_trip: ms(5), rate: None }));
    }
}
