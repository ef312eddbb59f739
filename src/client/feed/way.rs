//! Whether news comes by a stream or is asked for again and again.
//!
//! Something between here and the registry may hold streams back, or cut them at once. A line
//! that is down or thin looks alike for a while, so a stream is given up only when several have
//! brought nothing after their greeting, and the other way only holds once it has brought
//! something.

use std::time::Duration;

/// Doubts in a row that give streams up: two that went silent, or three that were cut.
const MOST_DOUBTS: u8 = 3;
/// Longest wait before a stream is tried again.
const LONGEST_TRIAL: Duration = Duration::from_secs(3600);

/// How a stream ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It had brought something after its greeting, so streams get through.
    Proven,
    /// It stood, and brought nothing after its greeting.
    Silent,
    /// It broke off with its greeting or before.
    Cut,
    /// It never stood, which says nothing of streams.
    Unopened,
}

/// By which way news comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    doubts: u8,
    asks: bool,
    answered: bool,
    trial: Duration,
    first_trial: Duration,
}

impl Way {
    /// By stream; where it has to be left a stream is tried again after `trial`, then twice that.
    pub(super) fn new(trial: Duration) -> Self {
        Self { doubts: 0, asks: false, answered: false, trial, first_trial: trial }
    }

    /// Whether news is asked for again and again.
    pub(super) fn asks(&self) -> bool {
        self.asks
    }

    /// Notes how a stream ended.
    pub(super) fn ended(&mut self, how: Ended) {
        self.doubts += match how {
            Ended::Proven => {
                self.doubts = 0;
                0
            }
            Ended::Silent => 2,
            Ended::Cut => 1,
            Ended::Unopened => 0,
        };
        if self.doubts >= MOST_DOUBTS {
            self.doubts = 0;
            self.asks = true;
            self.answered = false;
        }
    }

    /// Notes that asking was answered: streams are at fault, and not the line.
    pub(super) fn answered(&mut self) {
        self.answered = true;
    }

    /// Notes that asking came to nothing; if it never did better, the line is at fault.
    pub(super) fn unanswered(&mut self) {
        if !self.answered {
            self.asks = false;
        }
    }

    /// How long to ask before a stream is tried again.
    pub(super) fn trial(&self) -> Duration {
        self.trial
    }

    /// Notes that a stream that was tried got through, or that it did not.
    pub(super) fn tried(&mut self, through: bool) {
        self.asks = !through;
        self.trial = if through { self.first_trial } else { (self.trial * 2).min(LONGEST_TRIAL) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_left_when_several_bring_nothing() {
        let mut way = Way::new(Duration::from_secs(300));
        for how in [Ended::Silent, Ended::Unopened, Ended::Proven, Ended::Cut, Ended::Cut, Ended::Proven] {
            way.ended(how);
            assert!(!way.asks(), "{how:?}");
        }
        way.ended(Ended::Silent);
        way.ended(Ended::Cut);
        assert!(way.asks());
    }

    #[test]
    fn a_line_that_is_down_is_no_fault_of_streams() {
        let mut way = Way::new(Duration::from_secs(300));
        for _ in 0..2 {
            way.ended(Ended::Silent);
        }
        way.unanswered();
        assert!(!way.asks());
        for _ in 0..2 {
            way.ended(Ended::Silent);
        }
        way.answered();
        way.unanswered();
        assert!(way.asks(), "it was answered before");
    }

    #[test]
    fn a_stream_is_tried_less_and_less_often() {
        let mut way = Way::new(Duration::from_secs(300));
        (0..2).for_each(|_| way.ended(Ended::Silent));
        let waits: Vec<u64> = (0..6)
            .map(|_| {
                way.tried(false);
                way.trial().as_secs()
            })
            .collect();
        assert_eq!(waits, [600, 1200, 2400, 3600, 3600, 3600]);
        way.tried(true);
        assert!(!way.asks());
        assert_eq!(way.trial().as_secs(), 300);
    }
}
