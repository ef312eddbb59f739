//! The feed over HTTP: one stream, or a long poll where streams break.

use super::auth::Asking;
use super::problem::{Failure, malformed};
use crate::domain::refusal::Trouble;
use crate::domain::text::Text;
use crate::registry::feed::{Subscription, beat_seconds};
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
    let mut subscription =
        Subscription::open(&inner.feed, inner.store.clone(), asking.viewer(), asking.epoch, after).await?;
    match query.wait {
        None => Ok(Sse::new(stream(registry, asking, subscription)).into_response()),
        Some(seconds) => {
            let mut news = subscription.ready();
            if news.is_empty() {
                let wait = Duration::from_secs(seconds.min(LONGEST_WAIT));
                match tokio::time::timeout(wait, subscription.next()).await {
                    Ok(next) => news.extend(next?),
                    Err(_) => news.push(News::Beat { cursor: subscription.cursor(), now: registry.now() }),
                }
                news.extend(subscription.ready());
            }
            Ok(Json(news).into_response())
        }
    }
}

fn stream(
    registry: Registry,
    asking: Asking,
    subscription: Subscription,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    let tasks = registry.inner.tasks.clone();
    tasks.spawn(async move {
        // A reader who goes away ends the task with the next news or heartbeat; the store's
        // failure ends the stream, and the reader comes again with its cursor.
        if let Err(error) = follow(registry, asking, subscription, sender).await {
            tracing::warn!(%error, "a feed ended");
        }
    });
    ReceiverStream::new(receiver)
}

async fn follow(
    registry: Registry,
    asking: Asking,
    mut subscription: Subscription,
    sender: mpsc::Sender<Result<Event, Infallible>>,
) -> Result<(), StoreError> {
    let store = registry.inner.store.clone();
    let mut seconds = beat_seconds(&store, &asking.viewer()).await?;
    let mut next = Some(News::Hello(hello(&registry, &asking, subscription.cursor(), seconds).await?));
    loop {
        if let Some(news) = next.take() {
            let data = serde_json::to_string(&news).unwrap_or_default();
            if sender.send(Ok(Event::default().data(data))).await.is_err() {
                return Ok(());
            }
        }
        tokio::select! {
            biased;
            () = registry.inner.stop.cancelled() => return Ok(()),
            () = sender.closed() => return Ok(()),
            news = subscription.next() => match news? {
                Some(news) => {
                    seconds = beat_seconds(&store, &asking.viewer()).await?;
                    next = Some(news);
                }
                None => return Ok(()),
            },
            () = tokio::time::sleep(Duration::from_secs(u64::from(seconds))) => {
                next = Some(News::Beat { cursor: subscription.cursor(), now: registry.now() });
            }
        }
    }
}

async fn hello(
    registry: &Registry,
    asking: &Asking,
    cursor: Cursor,
    beat_seconds: u32,
) -> Result<Hello, StoreError> {
    let mut tx = registry.inner.store.read().await?;
    let head = journal::head(&mut tx).await?;
    let officer = &asking.officer;
    Ok(Hello {
        officer: officer.id,
        name: officer.name.text().cloned().unwrap_or_else(|| Text::new(officer.id.to_string())),
        party: officer.party.clone(),
        agency: sight::contact(&mut tx, &officer.party.agency).await?.name,
        country: officer.party.ncb,
        role: officer.role,
        training: registry.inner.training,
        cursor,
        head: head.hash,
        now: registry.now(),
        records: registry.inner.indexes.snapshot().records(),
        beat_seconds,
    })
}
