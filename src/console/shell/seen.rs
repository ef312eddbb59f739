//! Tells when a question has been on the officer's screen, so that `y` counts.
//!
//! The frame with the question ends with a status request; once the terminal has answered it
//! everything before it is on the glass. Then a quarter of a second without a key has to pass.
//! A terminal that never answers is believed after the quarter of a second alone.

use super::pace::Asked;
use crate::console::state::remote::Generation;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Silence after which a key is an answer and not a leftover.
const SILENCE: Duration = Duration::from_millis(250);
/// How long a terminal that has never answered may take before it counts as one that does not.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How long one that has answered before may take: on a satellite line seconds, and never so
/// long that an officer is shut out by one lost answer.
const LONG_PATIENCE: Duration = Duration::from_secs(15);
/// How often a terminal is asked once more within that time.
const MOST_AGAIN: u32 = 3;

/// Where the wording of the open question is on its way to the officer's eyes.
#[derive(Debug, Default)]
pub(super) struct Seen {
    expected: Option<Expected>,
    last_key: Option<Instant>,
    /// Whether this terminal has ever answered.
    answers: bool,
}

#[derive(Debug, Clone, Copy)]
struct Expected {
    generation: Generation,
    stage: Stage,
    /// How often the terminal was asked once more, because an answer may be lost.
    again: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The frame has not gone out.
    Wanted,
    /// It went out then, and ended with this question to the terminal: an answer to an older
    /// one says nothing of it.
    Painted(Instant, Asked),
    /// It is on the glass since then.
    Shown(Instant),
}

impl Seen {
    /// A question has come or changed.
    pub(super) fn expect(&mut self, generation: Generation) {
        self.expected = Some(Expected { generation, stage: Stage::Wanted, again: 0 });
    }

    /// Whether the next frame has to end with a status request.
    pub(super) fn asks(&self) -> bool {
        self.expected.is_some_and(|e| e.stage == Stage::Wanted)
    }

    /// A frame went out; `asked` names the status request that it ended with.
    pub(super) fn painted(&mut self, asked: Option<Asked>) {
        if let (Some(expected), Some(asked)) = (&mut self.expected, asked)
            && expected.stage == Stage::Wanted
        {
            expected.stage = Stage::Painted(Instant::now(), asked);
        }
    }

    /// The terminal answered this request.
    pub(super) fn answered(&mut self, request: Asked) {
        self.answers = true;
        if let Some(expected) = &mut self.expected
            && let Stage::Painted(_, asked) = expected.stage
            && request >= asked
        {
            expected.stage = Stage::Shown(Instant::now());
        }
    }

    /// A key came: the silence begins anew.
    pub(super) fn key(&mut self) {
        self.last_key = Some(Instant::now());
    }

    fn at(&self) -> Option<Instant> {
        let quiet = self.last_key.map(|key| key + SILENCE);
        let shown = match self.expected?.stage {
            Stage::Wanted => return None,
            Stage::Painted(at, _) if self.answers => at + LONG_PATIENCE,
            Stage::Painted(at, _) => at + PATIENCE,
            Stage::Shown(at) => at + SILENCE,
        };
        Some(quiet.map_or(shown, |quiet| quiet.max(shown)))
    }

    /// Returns when the question counts as seen; never while there is none.
    pub(super) fn due(&self) -> impl Future<Output = ()> + use<> {
        let at = self.at();
        async move {
            match at {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        }
    }

    /// Returns when the terminal is worth asking once more; its answer to that proves what an answer
    /// that was lost would have proven.
    pub(super) fn overdue(&self) -> impl Future<Output = ()> + use<> {
        let expected = self.expected.filter(|expected| self.answers && expected.again < MOST_AGAIN);
        let at = expected.and_then(|expected| match expected.stage {
            // Twice as long each time, on top of what was waited.
            Stage::Painted(at, _) => Some(at + PATIENCE * ((2 << expected.again) - 1)),
            Stage::Wanted | Stage::Shown(_) => None,
        });
        async move {
            match at {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        }
    }

    /// The terminal is asked once more.
    pub(super) fn ask_again(&mut self) {
        if let Some(expected) = &mut self.expected {
            expected.again += 1;
        }
    }

    /// The question that counts as seen now.
    pub(super) fn take(&mut self) -> Option<Generation> {
        self.expected.take().map(|expected| expected.generation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answered_question_counts_after_a_quarter_of_a_second() {
        let mut seen = Seen::default();
        seen.expect(Generation(4));
        assert!(seen.asks());
        seen.painted(Some(Asked(7)));
        assert!(!seen.asks());
        seen.answered(Asked(7));
        let start = Instant::now();
        seen.due().await;
        assert_eq!(start.elapsed().as_millis(), 250);
        assert_eq!(seen.take(), Some(Generation(4)));
        assert_eq!(seen.take(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_key_starts_the_silence_anew() {
        let mut seen = Seen::default();
        seen.expect(Generation(1));
        seen.painted(Some(Asked(7)));
        seen.answered(Asked(7));
        tokio::time::advance(Duration::from_millis(200)).await;
        seen.key();
        let start = Instant::now();
        seen.due().await;
        assert_eq!(start.elapsed().as_millis(), 250);
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_terminal_is_believed_in_the_end() {
        let mut seen = Seen::default();
        seen.expect(Generation(1));
        seen.painted(Some(Asked(7)));
        let start = Instant::now();
        seen.due().await;
        assert!(start.elapsed() >= SILENCE && start.elapsed() <= PATIENCE);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_to_an_older_question_arms_nothing() {
        let mut seen = Seen::default();
        seen.expect(Generation(1));
        seen.painted(Some(Asked(7)));
        seen.expect(Generation(2));
        seen.painted(Some(Asked(8)));
        seen.answered(Asked(7));
        let start = Instant::now();
        let early = tokio::time::timeout(Duration::from_secs(2), seen.due()).await;
        assert!(early.is_err(), "counted after {:?}", start.elapsed());
        seen.answered(Asked(8));
        seen.due().await;
        assert_eq!(seen.take(), Some(Generation(2)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_lost_answer_is_asked_for_once_more() {
        let mut seen = Seen::default();
        seen.answered(Asked(6));
        seen.expect(Generation(1));
        seen.painted(Some(Asked(8)));
        let start = Instant::now();
        // One before was lost, so that the answer may be an older one's.
        seen.answered(Asked(7));
        let mut times = Vec::new();
        while tokio::time::timeout(Duration::from_secs(60), seen.overdue()).await.is_ok() {
            times.push(start.elapsed().as_millis());
            seen.ask_again();
        }
        assert_eq!(times, [1500, 4500, 10_500]);
        seen.answered(Asked(8));
        assert!(tokio::time::timeout(SILENCE, seen.due()).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn an_unpainted_question_is_never_seen() {
        let mut seen = Seen::default();
        seen.expect(Generation(1));
        assert!(tokio::time::timeout(Duration::from_secs(60), seen.due()).await.is_err());
    }
}
