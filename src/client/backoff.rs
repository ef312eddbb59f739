//! How long to wait before the next attempt.

use rand::RngExt;
use std::time::Duration;

/// Waits that double up to a cap, each drawn at random from nought to its full length, so
/// that a hundred stations do not come back in the same second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    first: Duration,
    cap: Duration,
    failures: u32,
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new(Duration::from_secs(1), Duration::from_secs(30))
    }
}

impl Backoff {
    /// Waits of up to `first`, then twice that, and so on up to `cap`.
    pub fn new(first: Duration, cap: Duration) -> Self {
        Self { first, cap, failures: 0 }
    }

    /// Counts a failure and says how long to wait; `asked` is what the registry asked for,
    /// which is kept and spread a little.
    pub fn fail(&mut self, asked: Option<Duration>) -> Duration {
        let full = self.first.saturating_mul(2u32.saturating_pow(self.failures)).min(self.cap);
        self.failures = self.failures.saturating_add(1);
        let spread = full.mul_f64(rand::rng().random::<f64>());
        match asked {
            Some(asked) => asked + spread.min(asked / 4),
            None => spread,
        }
    }

    /// Starts anew after a success.
    pub fn succeed(&mut self) {
        self.failures = 0;
    }

    /// Failures since the last success.
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_the_cap_and_no_further() {
        let mut longest = [Duration::ZERO; 12];
        for _ in 0..200 {
            let mut backoff = Backoff::default();
            for slot in &mut longest {
                *slot = backoff.fail(None).max(*slot);
            }
        }
        assert!(longest[0] <= Duration::from_secs(1));
        assert!(longest[2] > Duration::from_secs(2), "{longest:?}");
        assert!(longest.iter().all(|wait| *wait <= Duration::from_secs(30)));
    }

    #[test]
    fn what_the_registry_asks_for_is_kept() {
        let mut backoff = Backoff::default();
        for _ in 0..40 {
            let wait = backoff.fail(Some(Duration::from_secs(8)));
            assert!((Duration::from_secs(8)..=Duration::from_secs(10)).contains(&wait), "{wait:?}");
        }
        backoff.succeed();
        assert!(backoff.fail(None) <= Duration::from_secs(1));
    }
}
