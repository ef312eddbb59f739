//! Keeps the stream of news open: goes on where it broke off, and says when it is silent.

mod place;

use super::answer;
use super::backoff::Backoff;
use super::events::{Broken, Events, Item, MOST_LINE};
use super::fault::{Fault, Garble, Why};
use super::line::Line;
use crate::domain::time::Moment;
use crate::wire::news::{Cursor, Hello, News};
use crate::wire::packing::Unpacker;
use place::{Place, Tell};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::time::timeout;
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
    /// Ask again and again with this wait instead of holding a stream open.
    pub poll: Option<Duration>,
    /// Messages that may wait for the console; when they are full the feed waits, and with
    /// it the registry.
    pub waiting: usize,
}

impl Default for FeedPolicy {
    fn default() -> Self {
        Self { backoff: Backoff::default(), beat: Duration::from_secs(60), poll: None, waiting: 256 }
    }
}

/// Streams that brought nothing at all before the feed asks again and again instead:
/// something between here and the registry holds streams back.
const DUMB_STREAMS: u8 = 2;
/// Most that one piece of a stream may say once it is unpacked, in bytes: a thousand news.
const MOST_PIECE: usize = 4 * 1024 * 1024;
/// How long a single asking waits for news.
const POLL_WAIT: Duration = Duration::from_secs(55);

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
    /// Tries now instead of waiting for the next attempt.
    pub fn try_now(&self) {
        self.nudge.notify_waiters();
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
            poll: policy.poll,
            dumb: 0,
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
    poll: Option<Duration>,
    dumb: u8,
    live: bool,
}

/// Why a connection is followed no longer.
enum End {
    /// Nobody listens any more.
    Deserted,
    /// It has gone silent.
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
        loop {
            self.place.connect();
            self.live = false;
            let end = match self.poll {
                Some(wait) => self.ask_again(wait).await,
                None => self.follow().await,
            };
            match end {
                Err(End::Deserted) => return,
                // A new connection is tried at once: if the line has a gap it waits with the
                // old one, if the old one is half open it comes through.
                Ok(()) | Err(End::Silent) => {}
                Err(End::Failed(why)) => {
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
    async fn follow(&mut self) -> Result<(), End> {
        let mut response = self.line.stream(self.place.cursor()).await?;
        let mut unpacker = answer::coding(&response)?.map(Unpacker::new);
        let mut events = Events::default();
        let (mut items, mut unpacked) = (Vec::new(), Vec::new());
        let mut heard = now();
        loop {
            let wait = if self.live { self.beat.mul_f32(2.5) } else { self.line.deadlines().answer };
            let bytes = match timeout(wait, response.chunk()).await {
                Err(_) if self.live => {
                    self.tell(FeedMessage::Stale { since: heard }).await?;
                    return Err(End::Silent);
                }
                Err(_) => {
                    self.dumb += 1;
                    self.poll = (self.dumb >= DUMB_STREAMS).then_some(POLL_WAIT);
                    return Err(Fault::Unreachable { why: Why::TooSlow { waited: wait } }.into());
                }
                Ok(Err(error)) => return Err(cut(answer::said(&error)).into()),
                Ok(Ok(None)) => return Err(cut("the registry closed the stream".into()).into()),
                Ok(Ok(Some(bytes))) => bytes,
            };
            heard = now();
            let bytes = match &mut unpacker {
                None => &bytes[..],
                Some(unpacker) => {
                    unpacked.clear();
                    unpacker.unpack(&bytes, MOST_PIECE, &mut unpacked).map_err(answer::unfit)?;
                    &unpacked
                }
            };
            let whole = events.push(bytes, &mut items);
            for item in items.drain(..) {
                if let Item::Data(text) = item {
                    let news = serde_json::from_str(&text).map_err(|error| Fault::Garbled {
                        what: Garble::Shape { said: error.to_string() },
                    })?;
                    self.take(news).await?;
                }
            }
            whole.map_err(garbled)?;
        }
    }

    /// Asks for news again and again.
    async fn ask_again(&mut self, wait: Duration) -> Result<(), End> {
        loop {
            for news in self.line.poll(self.place.cursor(), wait).await? {
                self.take(news).await?;
            }
            self.backoff.succeed();
            self.alive().await?;
            self.place.connect();
        }
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
        self.dumb = 0;
        if !std::mem::replace(&mut self.live, true) {
            self.tell(FeedMessage::Live).await?;
        }
        Ok(())
    }

    async fn tell(&self, message: FeedMessage) -> Result<(), End> {
        self.out.send(message).await.map_err(|_| End::Deserted)
    }
}

fn cut(said: String) -> Fault {
    Fault::Unreachable { why: Why::Cut { said } }
}

fn garbled(broken: Broken) -> Fault {
    let what = match broken {
        Broken::TooLong => Garble::TooLong { most: MOST_LINE },
        Broken::NotText => Garble::Shape { said: "not UTF-8".into() },
    };
    Fault::Garbled { what }
}

fn now() -> Moment {
    Moment::of(jiff::Timestamp::now())
}

fn now_plus(wait: Duration) -> Moment {
    Moment(now().0.saturating_add(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests;
