//! Keeps the stream of news open: goes on where it broke off, and says when it is silent.

mod asking;
mod following;
mod place;
mod stream;
mod task;
mod way;

use super::backoff::Backoff;
use super::fault::Fault;
use super::line::Line;
use crate::domain::time::Moment;
use crate::wire::news::{Cursor, News};
use std::sync::Arc;
use std::time::Duration;
use task::Task;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::{CancellationToken, DropGuard};

/// What the feed tells the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedMessage {
    /// News; the first after each connection is [`News::Hello`], or [`News::Reset`] with a
    /// hello right after it.
    News(Box<News>),
    /// The line stands; it comes before the news that prove it.
    Live,
    /// Nothing was heard for 2.5 heartbeats: what is shown may be old. A new connection is
    /// being made.
    Stale {
        /// When something was last heard.
        since: Moment,
    },
    /// The line is down.
    Lost {
        /// Why.
        why: Fault,
        /// When it is tried again.
        next_try: Moment,
    },
}

/// How the feed behaves; the default is right for all but tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedPolicy {
    /// Waits between attempts.
    pub backoff: Backoff,
    /// Heartbeat that is believed in until the registry has said its own.
    pub beat: Duration,
    /// Where streams do not get through, how long to do without before one is tried again.
    pub trial: Duration,
    /// Messages that may wait for the console; when they are full the feed waits, and with
    /// it the registry.
    pub waiting: usize,
}

impl Default for FeedPolicy {
    fn default() -> Self {
        Self {
            backoff: Backoff::default(),
            beat: Duration::from_secs(60),
            trial: Duration::from_secs(300),
            waiting: 256,
        }
    }
}

/// A running feed; it ends when this is dropped.
#[derive(Debug)]
pub struct Feed {
    messages: mpsc::Receiver<FeedMessage>,
    control: FeedControl,
    _stop: DropGuard,
}

/// A handle on a running feed.
#[derive(Debug, Clone)]
pub struct FeedControl {
    nudge: Arc<Notify>,
}

impl FeedControl {
    /// Tries now instead of waiting for the next attempt; a line that seems to stand has to
    /// answer at once or is made anew.
    pub fn try_now(&self) {
        self.nudge.notify_one();
    }
}

impl Feed {
    /// Starts to follow the news after `from`, or from now on.
    pub fn start(line: Line, from: Option<Cursor>, policy: FeedPolicy) -> Self {
        let (out, messages) = mpsc::channel(policy.waiting.max(1));
        let control = FeedControl { nudge: Arc::new(Notify::new()) };
        let stop = CancellationToken::new();
        let task = Task::new(line, from, policy, out, Arc::clone(&control.nudge));
        let stopped = stop.clone();
        tokio::spawn(async move { stopped.run_until_cancelled(task.run()).await });
        Self { messages, control, _stop: stop.drop_guard() }
    }

    /// The next message; nothing once the feed has ended.
    pub async fn next(&mut self) -> Option<FeedMessage> {
        self.messages.recv().await
    }

    /// A handle for trying now.
    pub fn control(&self) -> FeedControl {
        self.control.clone()
    }
}

#[cfg(test)]
mod tests;
