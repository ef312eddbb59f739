//! Counts the bytes of the last hour, by the minute.

use crate::domain::time::Moment;
use std::collections::VecDeque;

/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;
/// Minutes in an hour.
const HOUR: i64 = 60;

/// Bytes of the last sixty minutes; holds nothing of minutes in which nothing went out.
#[derive(Debug, Default)]
pub(super) struct Meter {
    minutes: VecDeque<(i64, u64)>,
}

impl Meter {
    /// So much went out.
    pub(super) fn add(&mut self, bytes: usize, now: Moment) {
        let minute = now.0.div_euclid(MINUTE);
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        match self.minutes.back_mut() {
            Some((last, sum)) if *last == minute => *sum = sum.saturating_add(bytes),
            _ => self.minutes.push_back((minute, bytes)),
        }
        // A clock that is set back makes minutes come twice.
        while self.minutes.len() > usize::try_from(HOUR).unwrap_or(usize::MAX) {
            self.minutes.pop_front();
        }
    }

    /// Bytes of the sixty minutes that end now.
    pub(super) fn hour(&self, now: Moment) -> u64 {
        let minute = now.0.div_euclid(MINUTE);
        let within = |at: i64| at > minute - HOUR && at <= minute;
        self.minutes.iter().filter(|(at, _)| within(*at)).map(|(_, bytes)| bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_later_nothing_is_left() {
        let mut meter = Meter::default();
        let at = |minute: i64| Moment(minute * MINUTE);
        meter.add(100, at(0));
        meter.add(20, at(0));
        meter.add(3, at(59));
        assert_eq!(meter.hour(at(59)), 123);
        assert_eq!(meter.hour(at(60)), 3);
        assert_eq!(meter.hour(at(119)), 0);
        for minute in 0..10_000 {
            meter.add(1, at(minute));
        }
        assert_eq!((meter.minutes.len(), meter.hour(at(9999))), (60, 60));
    }
}
