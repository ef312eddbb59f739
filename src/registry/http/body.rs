//! Reads a request's body and names the field in which it went wrong.

use super::problem::{Failure, malformed};
use crate::domain::refusal::Trouble;
use crate::wire::{MOST_BYTES, problem::code};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

/// A JSON body of at most 256 KiB.
pub(super) struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        let bytes = axum::body::to_bytes(request.into_body(), MOST_BYTES).await.map_err(|_| {
            Failure::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE)
                .detail(format!("the body is longer than {} KiB", MOST_BYTES / 1024))
                .hint("send fewer items in one request")
        })?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
            let path = e.path().to_string();
            malformed(&path, Trouble::Shape { said: e.inner().to_string() })
        })?;
        reader.end().map_err(|e| malformed(".", Trouble::Shape { said: e.to_string() }))?;
        Ok(Body(value))
    }
}
