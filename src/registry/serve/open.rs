//! What is asked and not wholly answered yet over one connection.

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// How many requests are open.
#[derive(Debug, Clone, Default)]
pub(super) struct Open(watch::Sender<usize>);

/// One request that is open, until this is dropped.
#[derive(Debug)]
pub(super) struct Opened(Open);

impl Open {
    /// A request has come.
    pub(super) fn begin(&self) -> Opened {
        self.0.send_modify(|count| *count += 1);
        Opened(self.clone())
    }

    /// Returns once no request was open for so long.
    pub(super) async fn quiet(&self, long: Duration) {
        let mut count = self.0.subscribe();
        loop {
            // The sender is here, so neither wait can fail.
            let _ = count.wait_for(|count| *count == 0).await;
            if timeout(long, count.changed()).await.is_err() {
                return;
            }
        }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}

/// The body of an answer, whose request is open until it has been handed on or given up.
#[derive(Debug)]
pub(super) struct Answer {
    body: Body,
    _opened: Opened,
}

impl Answer {
    /// A body that ends its request.
    pub(super) fn new(body: Body, opened: Opened) -> Self {
        Self { body, _opened: opened }
    }
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
