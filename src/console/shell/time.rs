//! The time as the registry's clock has it, and the one timer: the next minute.

use crate::domain::time::Moment;
use std::time::Duration;

/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;

/// This machine's clock, set right by what the registry says.
#[derive(Debug, Default)]
pub(super) struct Time {
    ahead: i64,
}

impl Time {
    /// The registry's clock said this just now.
    pub(super) fn heard(&mut self, registry: Moment) {
        self.ahead = registry.0.saturating_sub(machine().0);
    }

    /// The time by the registry's clock.
    pub(super) fn now(&self) -> Moment {
        Moment(machine().0.saturating_add(self.ahead))
    }

    /// Returns when the minute changes, which is when anything on the screen can.
    pub(super) fn next_minute(&self) -> impl Future<Output = ()> + use<> {
        let into = self.now().0.rem_euclid(MINUTE);
        let left = Duration::from_micros((MINUTE - into).unsigned_abs());
        tokio::time::sleep(left)
    }
}

fn machine() -> Moment {
    Moment::of(jiff::Timestamp::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_clock_of_a_registry_is_too_wrong() {
        for said in [i64::MIN, -1, i64::MAX] {
            let mut time = Time::default();
            time.heard(Moment(said));
            time.next_minute().await;
            assert!(time.now().0.abs_diff(said) < u64::MAX / 2);
        }
    }
}
