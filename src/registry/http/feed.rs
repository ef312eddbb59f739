//! The feed over HTTP: one stream, or a long poll where streams break.

use super::auth::Asking;
use super::problem::{Failure, malformed};
use crate::domain::refusal::Trouble;
use crate::domain::text::Text;
use crate::registry::feed::{Step, Subscription, beat_seconds};
use crate::registry::store::StoreError;
use crate::registry::{Registry, journal, sight};
use crate::wire::news::{Cursor, Hello, News};
use axum::Json;
use axum::extract::{Query, State};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

/// Longest that a long poll may wait, in seconds.
const LONGEST_WAIT: u64 = 60;
/// News that may wait for a slow reader before the feed stops reading ahead.
const AHEAD: usize = 64;

/// Where to go on from, and how.
#[derive(Debug, Deserialize, IntoParams)]
pub(super) struct FeedQuery {
    /// The cursor of the last news that was taken in, such as `3.1042`.
    after: Option<String>,
    /// Seconds to wait: a long poll instead of a stream.
    wait: Option<u64>,
}

/// Live news: a stream of server-sent events, each one [`News`] as JSON; the first is `hello`.
///
/// With `wait` it is asked for again and again: without `after` the answer is `hello` at once,
/// with the cursor to go on from.
#[utoipa::path(get, path = "/v1/feed", params(FeedQuery),
    responses((status = 200, description = "News, one JSON object an event; with `wait` an array of them", body = News)))]
pub(super) async fn feed(
    State(registry): State<Registry>,
    asking: Asking,
    Query(query): Query<FeedQuery>,
) -> Result<Response, Failure> {
    let after =
        query.after.map(|text| text.parse::<Cursor>()).transpose().map_err(|_| {
            malformed("after", Trouble::Shape { said: "must be a cursor such as 3.1042".into() })
        })?;
    let inner = &registry.inner;
    let subscription =
        Subscription::open(&inner.feed, inner.store.clone(), asking.viewer(), asking.epoch, after).await?;
    let feed = Feed { registry, asking, subscription };
    match query.wait {
        None => Ok(Sse::new(feed.stream()).into_response()),
        Some(seconds) => {
            let wait = Duration::from_secs(seconds.min(LONGEST_WAIT));
            Ok(Json(feed.poll(after.is_none(), wait).await?).into_response())
        }
    }
}

/// One viewer's feed on its way out.
struct Feed {
    registry: Registry,
    asking: Asking,
    subscription: Subscription,
}

/// The reader is gone, or the registry stops.
struct Ended;

impl Feed {
    /// What there is after the cursor, and if there is nothing what comes within `wait`.
    async fn poll(mut self, begins: bool, wait: Duration) -> Result<Vec<News>, StoreError> {
        if begins {
            let seconds = self.beat_seconds().await?;
            return Ok(vec![self.hello(self.subscription.cursor(), seconds).await?]);
        }
        self.subscription.catch_up().await?;
        let mut steps = self.subscription.ready();
        if steps.is_empty() {
            let stop = self.registry.inner.stop.clone();
            let next = tokio::time::timeout(wait, self.subscription.next());
            if let Some(Ok(next)) = stop.run_until_cancelled(next).await {
                steps.extend(next?);
                steps.extend(self.subscription.ready());
            }
        }
        let mut news = Vec::new();
        for step in steps {
            news.extend(self.told(step).await?);
        }
        if news.is_empty() {
            let seconds = self.beat_seconds().await?;
            news.push(self.beat(seconds));
        }
        Ok(news)
    }

    fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        let (sender, receiver) = mpsc::channel(AHEAD);
        let tasks = self.registry.inner.tasks.clone();
        tasks.spawn(async move {
            // The store's failure ends the stream, and the reader comes again with its cursor.
            if let Err(error) = self.follow(&sender).await {
                tracing::warn!(%error, "a feed ended");
            }
        });
        ReceiverStream::new(receiver)
    }

    async fn follow(mut self, sender: &Sender) -> Result<(), StoreError> {
        let stop = self.registry.inner.stop.clone();
        let mut seconds = self.beat_seconds().await?;
        let mut news = Vec::new();
        self.subscription.catch_up().await?;
        if !self.subscription.starts_over() {
            news.push(self.hello(self.subscription.cursor(), seconds).await?);
        }
        loop {
            for news in news.drain(..) {
                // A reader who takes nothing in must not keep the registry from stopping.
                match stop.run_until_cancelled(send(sender, &news)).await {
                    Some(Ok(())) => {}
                    Some(Err(Ended)) | None => return Ok(()),
                }
            }
            tokio::select! {
                biased;
                () = stop.cancelled() => return Ok(()),
                () = sender.closed() => return Ok(()),
                step = self.subscription.next() => {
                    let Some(step) = step? else { return Ok(()) };
                    news = self.told(step).await?;
                    let before = std::mem::replace(&mut seconds, self.beat_seconds().await?);
                    if seconds != before {
                        // Whoever waits for the next heartbeat has to know when it comes.
                        news.push(self.beat(seconds));
                    }
                }
                () = tokio::time::sleep(Duration::from_secs(u64::from(seconds))) => {
                    seconds = self.beat_seconds().await?;
                    news.push(self.beat(seconds));
                }
            }
        }
    }

    /// A step as it is said; who starts over is told from where.
    async fn told(&self, step: Step) -> Result<Vec<News>, StoreError> {
        Ok(match step {
            Step::News(news) => vec![news],
            Step::StartOver(cursor) => {
                let seconds = self.beat_seconds().await?;
                vec![News::Reset, self.hello(cursor, seconds).await?]
            }
        })
    }

    async fn beat_seconds(&self) -> Result<u32, StoreError> {
        beat_seconds(&self.registry.inner.store, &self.asking.viewer()).await
    }

    fn beat(&self, beat_seconds: u32) -> News {
        News::Beat { cursor: self.subscription.cursor(), now: self.registry.now(), beat_seconds }
    }

    async fn hello(&self, cursor: Cursor, beat_seconds: u32) -> Result<News, StoreError> {
        let inner = &self.registry.inner;
        let mut tx = inner.store.read().await?;
        let head = journal::head(&mut tx).await?;
        let officer = &self.asking.officer;
        Ok(News::Hello(Hello {
            officer: officer.id,
            name: officer.name.text().cloned().unwrap_or_else(|| Text::new(officer.id.to_string())),
            party: officer.party.clone(),
            agency: sight::contact(&mut tx, &officer.party.agency).await?.name,
            country: officer.party.ncb,
            role: officer.role,
            training: inner.training,
            cursor,
            head: head.hash,
            now: self.registry.now(),
            records: inner.indexes.snapshot().records(),
            beat_seconds,
        }))
    }
}

type Sender = mpsc::Sender<Result<Event, Infallible>>;

async fn send(sender: &Sender, news: &News) -> Result<(), Ended> {
    let data = serde_json::to_string(news).unwrap_or_default();
    sender.send(Ok(Event::default().data(data))).await.map_err(|_| Ended)
}
