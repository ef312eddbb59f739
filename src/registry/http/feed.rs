//! The feed over HTTP: one stream, or a long poll where streams break.

use super::auth::Asking;
use super::packing;
use super::problem::{Failure, malformed};
use crate::domain::refusal::Trouble;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::registry::feed::{Step, Subscription, beat_seconds};
use crate::registry::listeners::StreamPlace;
use crate::registry::store::StoreError;
use crate::registry::{Registry, journal, sight};
use crate::wire::news::{Cursor, Hello, News};
use crate::wire::packing::{Coding, Packer};
use crate::wire::problem::code;
use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

/// Longest that a long poll may wait, in seconds.
const LONGEST_WAIT: u64 = 60;
/// News in one answer to a long poll: some 7 KB, which a thin line carries in time even if it is
/// not packed. Who asks goes on from there.
const AT_ONCE: usize = 10;
/// Microseconds in a second.
const SECOND: i64 = 1_000_000;
/// News that may wait for a slow reader before the feed stops reading ahead.
const AHEAD: usize = 64;
/// Longest that a reader may take nothing in: two heartbeats, and wider than a gap of 70 s on a
/// satellite line. Then nobody reads there.
const TAKEN_IN: Duration = Duration::from_secs(120);

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
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let after =
        query.after.map(|text| text.parse::<Cursor>()).transpose().map_err(|_| {
            malformed("after", Trouble::Shape { said: "must be a cursor such as 3.1042".into() })
        })?;
    let listeners = registry.inner.listeners.clone();
    let officer = asking.officer.id;
    let subscription = asking.subscribe(&registry, after).await?;
    let feed = Feed { registry, asking, subscription };
    match query.wait {
        None => Ok(feed.stream(packing::accepted(&headers), listeners.stream(officer))),
        Some(seconds) => {
            let _place = listeners.poll(officer).ok_or_else(too_many)?;
            let wait = Duration::from_secs(seconds.min(LONGEST_WAIT));
            Ok(Json(feed.poll(after.is_none(), wait).await?).into_response())
        }
    }
}

fn too_many() -> Failure {
    Failure::new(StatusCode::TOO_MANY_REQUESTS, code::BUSY)
        .detail("this officer asks for news as often at once as is allowed")
        .hint("wait for the answers, and try again in a few seconds")
}

/// One viewer's feed on its way out.
struct Feed {
    registry: Registry,
    asking: Asking,
    subscription: Subscription,
}

impl Asking {
    /// A place in the feed for the officer who asks.
    async fn subscribe(
        &self,
        registry: &Registry,
        after: Option<Cursor>,
    ) -> Result<Subscription, StoreError> {
        let inner = &registry.inner;
        Subscription::open(&inner.feed, inner.store.clone(), self.viewer(), self.epoch, after).await
    }
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
        for step in first(steps) {
            news.extend(self.told(step).await?);
        }
        if news.is_empty() {
            let seconds = self.beat_seconds().await?;
            news.push(self.beat(seconds));
        }
        Ok(news)
    }

    /// The stream, packed as its reader accepts it, so that each news is read as soon as it
    /// has come: a layer around it would hold news back.
    fn stream(self, coding: Option<Coding>, place: StreamPlace) -> Response {
        let (sender, receiver) = mpsc::channel(AHEAD);
        let tasks = self.registry.inner.tasks.clone();
        let out = Out { sender, packer: coding.map(Packer::new) };
        tasks.spawn(async move {
            // The store's failure ends the stream, and the reader comes again with its cursor.
            let end = place.end();
            if let Some(Err(error)) = end.run_until_cancelled(self.follow(out)).await {
                tracing::warn!(%error, "a feed ended");
            }
            drop(place);
        });
        let body = Body::from_stream(ReceiverStream::new(receiver).map(Ok::<_, Infallible>));
        let mut response = body.into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.extend(coding.into_iter().flat_map(packing::said));
        response
    }

    async fn follow(mut self, mut out: Out) -> Result<(), StoreError> {
        let stop = self.registry.inner.stop.clone();
        let mut seconds = self.beat_seconds().await?;
        let mut looked = Instant::now();
        let mut news = Vec::new();
        self.subscription.catch_up().await?;
        if !self.subscription.starts_over() {
            news.push(self.hello(self.subscription.cursor(), seconds).await?);
        }
        loop {
            // A reader who takes nothing in must not keep the registry from stopping.
            let said = timeout(TAKEN_IN, out.say(std::mem::take(&mut news)));
            match stop.run_until_cancelled(said).await {
                Some(Ok(Ok(()))) => {}
                Some(Ok(Err(Ended)) | Err(_)) | None => return Ok(()),
            }
            let step = tokio::select! {
                biased;
                () = stop.cancelled() => return Ok(()),
                () = out.sender.closed() => return Ok(()),
                step = self.subscription.next() => {
                    let Some(step) = step? else { return Ok(()) };
                    Some(step)
                }
                () = tokio::time::sleep(beat(seconds)) => None,
            };
            // What was asked of the token once would hold for as long as the line does.
            if looked.elapsed() >= beat(seconds) {
                looked = Instant::now();
                match self.asking.again(&self.registry).await? {
                    None => return Ok(()),
                    Some(now) if now.differs(&self.asking) => {
                        self.asking = now;
                        self.subscription = self.asking.subscribe(&self.registry, None).await?;
                        news = self.told(Step::StartOver(self.subscription.cursor())).await?;
                        continue;
                    }
                    Some(_) => {}
                }
            }
            let before = std::mem::replace(&mut seconds, self.beat_seconds().await?);
            let silent = step.is_none();
            if let Some(step) = step {
                news = self.told(step).await?;
            }
            if silent || seconds != before {
                // Whoever waits for the next heartbeat has to know when it comes.
                news.push(self.beat(seconds));
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
        // Nobody sets a clock by less than a second, and each figure that changes is a byte.
        let now = self.registry.now();
        let now = Moment(now.0 - now.0.rem_euclid(SECOND));
        News::Beat { cursor: self.subscription.cursor(), now, beat_seconds }
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

/// The first steps, as many as go into one answer; those that share a place stay together, since
/// nobody can go on from between them.
fn first(mut steps: Vec<Step>) -> Vec<Step> {
    let last = steps.get(AT_ONCE - 1).map(place);
    let more = steps.iter().skip(AT_ONCE).take_while(|step| last.is_some_and(|last| place(step) == last));
    steps.truncate(AT_ONCE + more.count());
    steps
}

fn place(step: &Step) -> Option<Cursor> {
    match step {
        Step::News(
            News::Hit { cursor, .. }
            | News::Amended { cursor, .. }
            | News::Withdraw { cursor, .. }
            | News::Beat { cursor, .. },
        )
        | Step::StartOver(cursor) => Some(*cursor),
        Step::News(News::Hello(_) | News::Reset) => None,
    }
}

fn beat(seconds: u32) -> Duration {
    Duration::from_secs(u64::from(seconds))
}

/// The way to a reader.
struct Out {
    sender: mpsc::Sender<Vec<u8>>,
    packer: Option<Packer>,
}

impl Out {
    /// Says news in one piece.
    async fn say(&mut self, news: Vec<News>) -> Result<(), Ended> {
        if news.is_empty() {
            return Ok(());
        }
        let texts = news.iter().map(|news| serde_json::to_string(news).unwrap_or_default());
        let said: String = texts.map(|text| format!("data: {text}\n\n")).collect();
        let piece = match &mut self.packer {
            Some(packer) => packer.pack(said.as_bytes()),
            None => said.into_bytes(),
        };
        self.sender.send(piece).await.map_err(|_| Ended)
    }
}

#[cfg(test)]
mod tests;
