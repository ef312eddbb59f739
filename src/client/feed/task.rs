//! The task behind a feed: goes from one connection to the next, and tells what comes.

use super::place::{Place, Tell};
use super::stream::Stream;
use super::way::Way;
use super::{FeedMessage, FeedPolicy};
use crate::client::backoff::Backoff;
use crate::client::fault::{Fault, Why};
use crate::client::line::Line;
use crate::domain::time::Moment;
use crate::wire::news::{Cursor, Hello, News};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, timeout};

/// What follows the news and tells of it.
pub(super) struct Task {
    pub(super) line: Line,
    pub(super) place: Place,
    out: mpsc::Sender<FeedMessage>,
    pub(super) nudge: Arc<Notify>,
    pub(super) backoff: Backoff,
    pub(super) beat: Duration,
    pub(super) way: Way,
    pub(super) next_trial: Option<Instant>,
    pub(super) live: bool,
}

/// Why a connection is followed no longer.
pub(super) enum End {
    /// Nobody listens any more.
    Deserted,
    /// It has gone silent, or is not believed in any more.
    Silent,
    /// It failed.
    Failed(Fault),
}

impl From<Fault> for End {
    fn from(fault: Fault) -> Self {
        End::Failed(fault)
    }
}

impl Task {
    /// A task that has asked for nothing yet.
    pub(super) fn new(
        line: Line,
        from: Option<Cursor>,
        policy: FeedPolicy,
        out: mpsc::Sender<FeedMessage>,
        nudge: Arc<Notify>,
    ) -> Self {
        Self {
            line,
            place: Place::new(from),
            out,
            nudge,
            backoff: policy.backoff,
            beat: policy.beat,
            way: Way::new(policy.trial),
            next_trial: None,
            live: false,
        }
    }

    /// Goes on until nobody listens any more.
    pub(super) async fn run(mut self) {
        let mut through = None;
        loop {
            self.place.connect();
            // A stream that was tried comes over a line that was live already.
            self.live &= through.is_some();
            let end = match (through.take(), self.way.asks()) {
                (None, true) => match self.ask_again().await {
                    Ok(found) => {
                        through = Some(found);
                        continue;
                    }
                    Err(end) => end,
                },
                (stream, _) => self.follow(stream).await,
            };
            match end {
                End::Deserted => return,
                // A new connection is tried at once: if the line has a gap it waits with the
                // old one, if the old one is half open it comes through.
                End::Silent => self.line.renew(),
                End::Failed(why) => {
                    if matches!(why, Fault::Unreachable { why: Why::TooSlow { .. } }) {
                        self.line.renew();
                    }
                    let wait = self.backoff.fail(why.again());
                    let next_try = now_plus(wait);
                    if self.tell(FeedMessage::Lost { why, next_try }).await.is_err() {
                        return;
                    }
                    let _ = timeout(wait, self.nudge.notified()).await;
                }
            }
        }
    }

    /// How long nothing may be heard of a line that stands: 2.5 heartbeats.
    pub(super) fn patience(&self) -> Duration {
        self.beat.mul_f32(2.5)
    }

    /// Tells that nothing was heard since then.
    pub(super) async fn silent(&self, since: Moment) -> End {
        match self.tell(FeedMessage::Stale { since }).await {
            Ok(()) => End::Silent,
            Err(end) => end,
        }
    }

    /// Takes news in their order.
    pub(super) async fn take_all(&mut self, news: impl IntoIterator<Item = News>) -> Result<(), End> {
        for news in news {
            self.take(news).await?;
        }
        Ok(())
    }

    async fn take(&mut self, news: News) -> Result<(), End> {
        self.alive().await?;
        match &news {
            News::Hello(Hello { beat_seconds, .. }) | News::Beat { beat_seconds, .. } => {
                self.beat = Duration::from_secs(u64::from((*beat_seconds).max(1)));
            }
            _ => {}
        }
        if !matches!(news, News::Hello(_)) {
            // A registry that greets and hangs up is no success.
            self.backoff.succeed();
        }
        match self.place.take(&news) {
            Tell::Nothing => return Ok(()),
            Tell::New => {}
            Tell::ResetFirst => self.tell(FeedMessage::News(Box::new(News::Reset))).await?,
        }
        self.tell(FeedMessage::News(Box::new(news))).await
    }

    /// Tells that the line stands, once for each connection.
    pub(super) async fn alive(&mut self) -> Result<(), End> {
        if !std::mem::replace(&mut self.live, true) {
            self.tell(FeedMessage::Live).await?;
        }
        Ok(())
    }

    async fn tell(&self, message: FeedMessage) -> Result<(), End> {
        self.out.send(message).await.map_err(|_| End::Deserted)
    }
}

/// A stream that was tried beside another way and got through, with the news that it brought.
pub(super) type Through = (Stream, VecDeque<News>);

/// The time by this machine.
pub(super) fn now() -> Moment {
    Moment::of(jiff::Timestamp::now())
}

fn now_plus(wait: Duration) -> Moment {
    Moment(now().0.saturating_add(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)))
}
