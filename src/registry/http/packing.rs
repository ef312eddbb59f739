//! Packs answers for those who accept it; a stream of news packs itself, piece by piece.

use crate::wire::packing::Coding;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, VARY};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Shortest body that is packed, in bytes: less gains nothing over the headers that say so.
const LEAST: usize = 64;
/// Longest body that is packed where it is made; a longer one must not keep others waiting.
const MOST_HERE: usize = 64 * 1024;

/// The coding that a client accepts best.
pub(super) fn accepted(headers: &HeaderMap) -> Option<Coding> {
    headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).and_then(Coding::best)
}

/// What an answer says of its coding.
pub(super) fn said(coding: Coding) -> [(HeaderName, HeaderValue); 2] {
    [
        (CONTENT_ENCODING, HeaderValue::from_static(coding.name())),
        (VARY, HeaderValue::from_static("accept-encoding")),
    ]
}

/// Packs an answer that is made as a whole.
pub(super) async fn pack(request: Request, next: Next) -> Response {
    let coding = accepted(request.headers());
    let response = next.run(request).await;
    let Some(coding) = coding.filter(|_| !response.headers().contains_key(CONTENT_ENCODING)) else {
        return response;
    };
    let (mut parts, body) = response.into_parts();
    // It is in memory as a whole already, so this waits for nothing.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if body.len() < LEAST {
        return Response::from_parts(parts, Body::from(body));
    }
    let packed = if body.len() <= MOST_HERE {
        Ok(coding.whole(&body))
    } else {
        tokio::task::spawn_blocking(move || coding.whole(&body)).await
    };
    let Ok(packed) = packed else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.extend(said(coding));
    Response::from_parts(parts, Body::from(packed))
}
