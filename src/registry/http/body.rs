//! Reads a request's body, however slowly it comes, and names the field in which it went wrong.

use super::patience::Patience;
use super::problem::{Failure, malformed};
use crate::domain::refusal::Trouble;
use crate::wire::{MOST_BYTES, problem::code};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, timeout};

/// A JSON body of at most 256 KiB.
pub(super) struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        let patience = request.extensions().get().copied().unwrap_or_default();
        let bytes = take_in(request.into_body(), &patience).await?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
            let path = e.path().to_string();
            malformed(&path, Trouble::Shape { said: e.inner().to_string() })
        })?;
        reader.end().map_err(|e| malformed(".", Trouble::Shape { said: e.to_string() }))?;
        Ok(Body(value))
    }
}

/// The bytes of a body; nothing was done with one that did not come to its end.
async fn take_in(body: axum::body::Body, patience: &Patience) -> Result<Vec<u8>, Failure> {
    let until = Instant::now() + patience.upload;
    let mut pieces = body.into_data_stream();
    let mut bytes = Vec::new();
    loop {
        let wait = patience.silence.min(until.saturating_duration_since(Instant::now()));
        let piece = match timeout(wait, pieces.next()).await {
            Err(_) => {
                return Err(Failure::new(StatusCode::REQUEST_TIMEOUT, code::TIMEOUT)
                    .detail("the body did not come in time; nothing was done")
                    .hint("send it again, with fewer items in one request on a slow line"));
            }
            Ok(None) => return Ok(bytes),
            Ok(Some(Err(_))) => {
                return Err(Failure::new(StatusCode::BAD_REQUEST, code::MALFORMED)
                    .detail("the body broke off; nothing was done")
                    .hint("send it again"));
            }
            Ok(Some(Ok(piece))) => piece,
        };
        if bytes.len() + piece.len() > MOST_BYTES {
            return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE)
                .detail(format!("the body is longer than {} KiB", MOST_BYTES / 1024))
                .hint("send fewer items in one request"));
        }
        bytes.extend_from_slice(&piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::time::Duration;

    /// A body of so many pieces, each after a pause.
    async fn slowly(pieces: usize, size: usize, pause: Duration) -> Result<usize, StatusCode> {
        let stream = futures_util::stream::iter(0..pieces).then(move |_| async move {
            tokio::time::sleep(pause).await;
            Ok::<_, Infallible>(vec![b'x'; size])
        });
        let body = axum::body::Body::from_stream(stream);
        let taken = take_in(body, &Patience::default()).await;
        taken.map(|bytes| bytes.len()).map_err(|failure| failure.status())
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_line_is_waited_for_and_a_dead_one_is_not() {
        let seconds = Duration::from_secs;
        // 256 KiB at 9.6 kbit/s.
        assert_eq!(slowly(256, 1024, Duration::from_millis(860)).await, Ok(MOST_BYTES));
        assert_eq!(slowly(20, 1024, seconds(29)).await, Ok(20 * 1024));
        assert_eq!(slowly(1, 1, seconds(31)).await, Err(StatusCode::REQUEST_TIMEOUT));
        assert_eq!(slowly(700, 1, seconds(1)).await, Err(StatusCode::REQUEST_TIMEOUT));
        assert_eq!(slowly(2, MOST_BYTES, seconds(1)).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }
}
