//! Keeps the stream of news open: goes on where it broke off, and says when it is silent.

mod place;
mod stream;
mod way;

use super::backoff::Backoff;
use super::fault::{Fault, Why};
use super::line::Line;
use crate::domain::time::Moment;
use crate::wire::news::{Cursor, Hello, News};
use futures_util::FutureExt;
use place::{Place, Tell};
use std::collections::VecDeque;
use std::sync::Arc;

use std::time::Duration;
use stream::Stream;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};
use way::{Ended, Way};

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

/// Longest that a single asking waits for news: less than a minute, after which much that
/// stands between here and the registry gives a request up.
const POLL_WAIT: Duration = Duration::from_secs(55);
/// How long a line that is doubted has to answer: four times the delay of a satellite.
const PROBE: Duration = Duration::from_secs(6);

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
        let task = Task {
            line,
            place: Place::new(from),
            out,
            nudge: Arc::clone(&control.nudge),
            backoff: policy.backoff,
            beat: policy.beat,
            way: Way::new(policy.trial),
            next_trial: None,
            live: false,
        };
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

struct Task {
    line: Line,
    place: Place,
    out: mpsc::Sender<FeedMessage>,
    nudge: Arc<Notify>,
    backoff: Backoff,
    beat: Duration,
    way: Way,
    next_trial: Option<Instant>,
    live: bool,
}

/// Why a connection is followed no longer.
enum End {
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
    async fn run(mut self) {
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

    /// Follows one stream to its end.
    async fn follow(&mut self, through: Option<Through>) -> End {
        let (mut stream, brought) = match through {
            Some(through) => through,
            None => match self.open().await {
                Ok(stream) => (stream, VecDeque::new()),
                Err((end, how)) => {
                    self.way.ended(how);
                    return end;
                }
            },
        };
        let end = match self.take_all(brought).await {
            Ok(()) => self.follow_open(&mut stream).await,
            Err(end) => end,
        };
        self.way.ended(match &end {
            _ if stream.is_proven() => Ended::Proven,
            End::Failed(Fault::Unreachable { why: Why::TooSlow { .. } }) | End::Silent => Ended::Silent,
            _ => Ended::Cut,
        });
        end
    }

    /// Opens a stream, unless the officer wants it done anew.
    async fn open(&mut self) -> Result<Stream, (End, Ended)> {
        let opening = Stream::open(&self.line, self.place.cursor());
        tokio::select! {
            biased;
            opened = opening => opened.map_err(|fault| {
                let held = matches!(fault, Fault::Unreachable { why: Why::TooSlow { .. } });
                (fault.into(), if held { Ended::Silent } else { Ended::Unopened })
            }),
            () = nudged_after(&self.nudge, PROBE) => Err((End::Silent, Ended::Unopened)),
        }
    }

    async fn follow_open(&mut self, stream: &mut Stream) -> End {
        let mut heard = now();
        let mut probes = JoinSet::new();
        let nudge = Arc::clone(&self.nudge);
        loop {
            let wait = if self.live { self.beat.mul_f32(2.5) } else { self.line.deadlines().answer };
            let came = tokio::select! {
                biased;
                came = timeout(wait, stream.next()) => came,
                () = nudge.notified() => {
                    let line = self.line.clone();
                    probes.spawn(async move { timeout(PROBE, line.answers()).await.is_ok_and(|is| is.is_ok()) });
                    continue;
                }
                Some(answered) = probes.join_next() => {
                    if answered.unwrap_or(false) {
                        continue;
                    }
                    return self.silent(heard).await;
                }
            };
            let news = match came {
                Err(_) if self.live => return self.silent(heard).await,
                Err(_) => return Fault::Unreachable { why: Why::TooSlow { waited: wait } }.into(),
                Ok(Err(fault)) => return fault.into(),
                Ok(Ok(news)) => news,
            };
            heard = now();
            if let Err(end) = self.take_all(news).await {
                return end;
            }
        }
    }

    async fn silent(&self, since: Moment) -> End {
        match self.tell(FeedMessage::Stale { since }).await {
            Ok(()) => End::Silent,
            Err(end) => end,
        }
    }

    /// Asks for news again and again, until a stream that is tried beside gets through.
    async fn ask_again(&mut self) -> Result<Through, End> {
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

    async fn take_all(&mut self, news: impl IntoIterator<Item = News>) -> Result<(), End> {
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

    async fn alive(&mut self) -> Result<(), End> {
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
type Through = (Stream, VecDeque<News>);

/// Returns once the officer wants something done about what has taken so long already; what was
/// wanted earlier is done by what is under way.
async fn nudged_after(nudge: &Notify, patience: Duration) {
    sleep(patience).await;
    let _ = nudge.notified().now_or_never();
    nudge.notified().await;
}

fn now() -> Moment {
    Moment::of(jiff::Timestamp::now())
}

fn now_plus(wait: Duration) -> Moment {
    Moment(now().0.saturating_add(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests;
