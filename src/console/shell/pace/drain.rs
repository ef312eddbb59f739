//! Reckons how much of what went out is still in front of a line of a known speed.

use super::Cause;
use std::time::Duration;
use tokio::time::Instant;

/// What may still be in front of the line when a key's frame goes out, as time; news waits for all.
const BEHIND_KEYS: Duration = Duration::from_millis(200);

/// A queue that empties by itself.
#[derive(Debug)]
pub(super) struct Drain {
    rate: u32,
    /// When everything has gone through.
    empty: Option<Instant>,
}

impl Drain {
    /// A line of so many bytes a second.
    pub(super) fn new(rate: u32) -> Self {
        Self { rate: rate.max(1), empty: None }
    }

    pub(super) fn set_rate(&mut self, rate: u32) {
        self.rate = rate.max(1);
    }

    /// So much went out.
    pub(super) fn add(&mut self, bytes: u64, now: Instant) {
        self.empty = Some(self.empty.map_or(now, |empty| empty.max(now)) + self.way(bytes));
    }

    /// No more than so much is left: the rest has arrived.
    pub(super) fn left(&mut self, bytes: u64, now: Instant) {
        let at_most = now + self.way(bytes);
        self.empty = self.empty.map(|empty| empty.min(at_most));
    }

    fn way(&self, bytes: u64) -> Duration {
        let micros = bytes.saturating_mul(1_000_000) / u64::from(self.rate);
        // A day is for ever; more would not fit the clock of some systems.
        Duration::from_micros(micros.min(86_400_000_000))
    }

    /// When a frame for that may go out; nothing where it may now.
    pub(super) fn until(&self, cause: Cause, now: Instant) -> Option<Instant> {
        let behind = if cause == Cause::Officer { BEHIND_KEYS } else { Duration::ZERO };
        let left = self.empty?.saturating_duration_since(now).saturating_sub(behind);
        (!left.is_zero()).then(|| now + left)
    }
}
