//! News by asking again and again, where streams do not get through.

use super::stream::Stream;
use super::task::{End, Task, Through, now};
use crate::client::fault::{Fault, Why};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

/// Longest that a single asking waits for news: less than a minute, after which much that
/// stands between here and the registry gives a request up.
const POLL_WAIT: Duration = Duration::from_secs(55);

impl Task {
    /// Asks for news again and again, until a stream that is tried beside gets through.
    pub(super) async fn ask_again(&mut self) -> Result<Through, End> {
        let mut trials = JoinSet::new();
        let nudge = Arc::clone(&self.nudge);
        let mut heard = now();
        let mut since = Instant::now();
        let mut doubted = false;
        let mut greeted = false;
        loop {
            let line = self.line.clone();
            // The first asking waits for nothing: it shows whether this way is any better. Nor
            // does one in doubt, because the officer wants to know now.
            let wait = if self.live && !doubted { self.beat.min(POLL_WAIT) } else { Duration::ZERO };
            // Who asks from a place is told nothing of who he is, so that is asked first; the place
            // stays.
            let after = self.place.cursor().filter(|_| greeted);
            let mut asking = pin!(line.ask_news(after, wait));
            let patience = if self.live {
                self.patience()
            } else {
                self.beat.min(POLL_WAIT) + self.line.deadlines().answer
            };
            let response = loop {
                let trial = *self.next_trial.get_or_insert_with(|| Instant::now() + self.way.trial());
                tokio::select! {
                    biased;
                    Some(tried) = trials.join_next() => {
                        let through = tried.ok().and_then(Result::ok);
                        self.way.tried(through.is_some());
                        self.next_trial = None;
                        if let Some(through) = through {
                            return Ok(through);
                        }
                    }
                    response = &mut asking => break Some(response),
                    () = sleep_until(since + patience) => {
                        if self.live {
                            return Err(self.silent(heard).await);
                        }
                        self.way.unanswered();
                        return Err(Fault::Unreachable { why: Why::TooSlow { waited: patience } }.into());
                    }
                    () = sleep_until(trial), if trials.is_empty() => {
                        let (line, after) = (self.line.clone(), self.place.cursor());
                        trials.spawn(Stream::tried(line, after, self.patience()));
                    }
                    () = nudge.notified() => break None,
                }
            };
            let news = match response {
                None => {
                    self.line.renew();
                    doubted = true;
                    continue;
                }
                // An answer that has begun is heard, and has deadlines of its own: whoever gave
                // a long one up would ask for the same again, and get no further.
                Some(Ok(response)) => line.asked_news(response).await,
                Some(Err(fault)) => Err(fault),
            };
            let news = news.inspect_err(|_| self.way.unanswered())?;
            heard = now();
            (doubted, greeted) = (false, true);
            self.take_all(news).await?;
            self.way.answered();
            self.backoff.succeed();
            self.alive().await?;
            self.place.connect();
            since = Instant::now();
        }
    }
}
