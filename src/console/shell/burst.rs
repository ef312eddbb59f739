//! When the keys pause, so that what was typed in one go is told from what comes after a look.

use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Keys that follow each other faster were typed in one go.
const PAUSE: Duration = Duration::from_millis(300);

/// When the keys will have paused, while somebody wants to know.
#[derive(Debug, Default)]
pub(super) struct Burst {
    until: Option<Instant>,
}

impl Burst {
    /// The next pause is wanted.
    pub(super) fn expect(&mut self) {
        self.until = Some(Instant::now() + PAUSE);
    }

    /// A key came.
    pub(super) fn key(&mut self) {
        if self.until.is_some() {
            self.expect();
        }
    }

    /// Returns when the keys have paused; never when nobody wants to know.
    pub(super) fn due(&self) -> impl Future<Output = ()> + use<> {
        let until = self.until;
        async move {
            match until {
                Some(until) => sleep_until(until).await,
                None => std::future::pending().await,
            }
        }
    }

    /// The keys have paused.
    pub(super) fn end(&mut self) {
        self.until = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_told_once_after_the_last_key() {
        let mut burst = Burst::default();
        burst.key();
        assert!(tokio::time::timeout(PAUSE * 9, burst.due()).await.is_err(), "nobody wants to know");
        let begun = Instant::now();
        burst.expect();
        for _ in 0..4 {
            tokio::time::advance(PAUSE / 2).await;
            burst.key();
        }
        burst.due().await;
        assert_eq!(begun.elapsed(), PAUSE * 3);
        burst.end();
        assert!(tokio::time::timeout(PAUSE * 9, burst.due()).await.is_err());
    }
}
