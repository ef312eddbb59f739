//! News by asking again and again, where streams do not get through.

use super::stream::Stream;
use super::task::{End, Task, Through, now};
use crate::client::fault::{Fault, Why};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

/// Longest that a single asking waits for news: less than a minute, after which much that
/// stands between here and the registry gives a request up.
const POLL_WAIT: Duration = Duration::from_secs(55);

impl Task {
    /// Asks for news again and again, until a stream that is tried beside gets through.
    pub(super) async fn ask_again(&mut self) -> Result<Through, End> {
        let mut trials = JoinSet::new();
        let nudge = Arc::clone(&self.nudge);
        let mut heard = now();
        loop {
            let trial = *self.next_trial.get_or_insert_with(|| Instant::now() + self.way.trial());
            let wait = self.beat.min(POLL_WAIT);
            let longest =
                if self.live { self.beat.mul_f32(2.5) } else { wait + self.line.deadlines().answer };
            // The first asking waits for nothing: it shows whether this way is any better.
            let wait = if self.live { wait } else { Duration::ZERO };
            let asking = timeout(longest, self.line.poll(self.place.cursor(), wait));
            let news = tokio::select! {
                biased;
                Some(tried) = trials.join_next() => {
                    let through = tried.ok().and_then(Result::ok);
                    self.way.tried(through.is_some());
                    self.next_trial = None;
                    match through {
                        Some(through) => return Ok(through),
                        None => continue,
                    }
                }
                news = asking => news,
                () = sleep_until(trial), if trials.is_empty() => {
                    let (line, after) = (self.line.clone(), self.place.cursor());
                    trials.spawn(Stream::tried(line, after, self.beat.mul_f32(2.5)));
                    continue;
                }
                () = nudge.notified() => {
                    self.line.renew();
                    continue;
                }
            };
            match news {
                Err(_) if self.live => return Err(self.silent(heard).await),
                Err(_) => {
                    self.way.unanswered();
                    return Err(Fault::Unreachable { why: Why::TooSlow { waited: longest } }.into());
                }
                Ok(Err(fault)) => {
                    self.way.unanswered();
                    return Err(fault.into());
                }
                Ok(Ok(news)) => self.take_all(news).await?,
            }
            heard = now();
            self.way.answered();
            self.backoff.succeed();
            self.alive().await?;
            self.place.connect();
        }
    }
}
