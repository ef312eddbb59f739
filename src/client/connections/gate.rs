//! Lets one request open a connection, and those that come meanwhile wait until it stands.
//!
//! Requests share one connection under HTTP/2, but only once it is known to speak that: what is
//! asked before opens another, and on a thin line a handshake costs seconds.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tower::{Layer, Service};

/// From the end of a handshake until the connection can be shared; it is longer than that takes,
/// and nothing beside the handshake.
const SETTLES: Duration = Duration::from_millis(10);

/// How the connections of one client stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Standing {
    /// A request has gone out to open the first one.
    first: bool,
    /// Connections that are being opened.
    opening: usize,
    /// Connections that were ever begun to be opened.
    opened: u64,
}

impl Standing {
    fn waits(self) -> bool {
        self.first || self.opening > 0
    }
}

/// What requests pass before they go out; all clones are the same one.
#[derive(Debug, Clone)]
pub(in crate::client) struct Gate {
    standing: Arc<watch::Sender<Standing>>,
    /// Whether any request has gone out.
    used: Arc<AtomicBool>,
}

impl Gate {
    /// A gate before connections of which there is none yet.
    pub(super) fn new() -> Self {
        Self { standing: Arc::new(watch::Sender::new(Standing::default())), used: Arc::default() }
    }

    /// Waits while another request opens a connection, `most` at the longest: whoever waited in
    /// vain tries for himself. The pass is to be kept until the answer begins.
    pub(in crate::client) async fn enter(&self, most: Duration) -> Pass {
        if !self.used.swap(true, Ordering::Relaxed) {
            self.standing.send_modify(|standing| standing.first = true);
            return Pass { first: Some(Arc::clone(&self.standing)) };
        }
        let mut seen = self.standing.subscribe();
        if seen.borrow().waits() {
            // The gate is there as long as this is.
            let _ = timeout(most, seen.wait_for(|standing| !standing.waits())).await;
            sleep(SETTLES).await;
        }
        Pass { first: None }
    }

    /// How many connections were begun so far: where that grows, an answer tells no round trip.
    pub(in crate::client) fn opened(&self) -> u64 {
        self.standing.borrow().opened
    }
}

/// A request that may go out.
#[derive(Debug)]
pub(in crate::client) struct Pass {
    first: Option<Arc<watch::Sender<Standing>>>,
}

impl Drop for Pass {
    /// However the first request ended, others need not wait for it.
    fn drop(&mut self) {
        if let Some(standing) = &self.first {
            standing.send_modify(|standing| standing.first = false);
        }
    }
}

/// A connection that is being opened.
struct Opening(Arc<watch::Sender<Standing>>);

impl Opening {
    fn begin(standing: &Arc<watch::Sender<Standing>>) -> Self {
        standing.send_modify(|standing| {
            standing.opening += 1;
            standing.opened += 1;
        });
        Self(Arc::clone(standing))
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.0.send_modify(|standing| {
            standing.opening = standing.opening.saturating_sub(1);
            standing.first = false;
        });
    }
}

impl<S> Layer<S> for Gate {
    type Service = Counted<S>;

    fn layer(&self, inner: S) -> Counted<S> {
        Counted { inner, standing: Arc::clone(&self.standing) }
    }
}

/// What opens connections, and tells the gate of it.
#[derive(Debug, Clone)]
pub(in crate::client) struct Counted<S> {
    inner: S,
    standing: Arc<watch::Sender<Standing>>,
}

impl<S, R> Service<R> for Counted<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let opening = Opening::begin(&self.standing);
        let connecting = self.inner.call(request);
        Box::pin(async move {
            let connected = connecting.await;
            drop(opening);
            connected
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn others_wait_until_the_first_stands_and_no_longer_than_they_may() {
        let gate = Gate::new();
        let most = Duration::from_secs(10);
        let first = gate.enter(most).await;
        let begun = Instant::now();
        let waits = tokio::spawn({
            let gate = gate.clone();
            async move { gate.enter(most).await }
        });
        let opening = Opening::begin(&gate.standing);
        sleep(Duration::from_secs(3)).await;
        assert!(!waits.is_finished());
        drop(opening);
        waits.await.unwrap();
        assert_eq!(begun.elapsed(), Duration::from_secs(3) + SETTLES, "the answer is not waited for");
        drop(first);
        let begun = Instant::now();
        gate.enter(most).await;
        assert_eq!(begun.elapsed(), Duration::ZERO);
        // The line broke, and a connection that is opened anew never stands.
        let _opening = Opening::begin(&gate.standing);
        gate.enter(most).await;
        assert_eq!(begun.elapsed(), most + SETTLES);
    }

    #[tokio::test(start_paused = true)]
    async fn a_first_request_that_was_given_up_holds_nobody() {
        let gate = Gate::new();
        drop(gate.enter(Duration::from_secs(10)).await);
        let begun = Instant::now();
        gate.enter(Duration::from_secs(10)).await;
        assert_eq!(begun.elapsed(), Duration::ZERO);
    }
}
