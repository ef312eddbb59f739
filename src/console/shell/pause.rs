//! The pause after a key or an answer, in which what follows from a moved mark is not drawn.
//!
//! Moving the mark costs the mark. What names the marked item elsewhere, and the pane of a gun
//! that is being read, follow in one frame once the keys rest: twenty rows down cost that once.

use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// How long the keys have to rest: longer than a repeating key, shorter than a look elsewhere.
const REST: Duration = Duration::from_millis(400);

/// Longest that anything is left while the keys never rest.
const LONGEST: Duration = Duration::from_secs(2);

/// When the keys will have rested, and whether anything waits for it.
#[derive(Debug, Default)]
pub(super) struct Pause {
    begun: Option<Instant>,
    until: Option<Instant>,
    waits: bool,
}

impl Pause {
    /// A key came, or what it has asked for.
    pub(super) fn begin(&mut self) {
        let now = Instant::now();
        if !self.lasts() {
            self.begun = Some(now);
        }
        let longest = self.begun.unwrap_or(now) + LONGEST;
        self.until = Some((now + REST).min(longest));
    }

    /// Whether the keys have not rested yet.
    pub(super) fn lasts(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() < until)
    }

    /// Says whether the frame that goes out now has left anything for later.
    pub(super) fn held(&mut self, waits: bool) {
        self.waits = waits;
    }

    /// Returns when what was left may be drawn; never where nothing was.
    pub(super) fn due(&self) -> impl Future<Output = ()> + use<> {
        let until = self.until.filter(|_| self.waits);
        async move {
            match until {
                Some(until) => sleep_until(until).await,
                None => std::future::pending().await,
            }
        }
    }

    /// The keys have rested.
    pub(super) fn end(&mut self) {
        (self.begun, self.until) = (None, None);
        self.waits = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_was_left_is_due_once_the_keys_rest() {
        let mut pause = Pause::default();
        let begun = Instant::now();
        for _ in 0..5 {
            pause.begin();
            assert!(pause.lasts());
            pause.held(true);
            tokio::time::advance(Duration::from_millis(100)).await;
        }
        pause.due().await;
        assert_eq!(begun.elapsed().as_millis(), 800);
        pause.end();
        assert!(!pause.lasts());
    }

    #[tokio::test(start_paused = true)]
    async fn a_key_that_is_held_down_leaves_nothing_for_ever() {
        let mut pause = Pause::default();
        let begun = Instant::now();
        for _ in 0..66 {
            pause.begin();
            pause.held(true);
            tokio::time::advance(Duration::from_millis(30)).await;
        }
        pause.due().await;
        assert_eq!(begun.elapsed(), LONGEST);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_awaited_where_nothing_was_left() {
        let mut pause = Pause::default();
        pause.begin();
        pause.held(false);
        assert!(tokio::time::timeout(Duration::from_secs(9), pause.due()).await.is_err());
        assert!(!pause.lasts());
    }
}
