//! The HTTP interface: routes with their OpenAPI, who may come in, and how long anything may take.

mod auth;
mod body;
mod feed;
mod packing;
mod patience;
mod problem;
mod reads;
#[cfg(test)]
mod trial;
mod writes;

pub use auth::token_hash;

use super::Registry;
use crate::wire::problem::code;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json, Router};
use patience::Patience;
use problem::Failure;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the OpenAPI document says of itself.
#[derive(OpenApi)]
#[openapi(info(
    title = "iarms registry",
    description = "Records of illicit firearms, checks of guns in hand, and the hits between them. All routes but /live and /v1/openapi.json want `Authorization: Bearer TOKEN`."
))]
struct Document;

/// The routes, and the document that describes them.
pub fn router(registry: Registry) -> (Router, utoipa::openapi::OpenApi) {
    router_with(registry, Patience::default())
}

fn router_with(registry: Registry, patience: Patience) -> (Router, utoipa::openapi::OpenApi) {
    let timed = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(reads::record))
        .routes(routes!(reads::hits))
        .routes(routes!(reads::hit))
        .routes(routes!(reads::candidates))
        .routes(routes!(live))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, patience.work))
        // What has a body comes as slowly as its line is, and keeps its own deadlines.
        .routes(routes!(writes::commands))
        .routes(routes!(writes::checks))
        // A stream packs itself, a long poll is packed here.
        .routes(routes!(feed::feed))
        .layer(axum::middleware::from_fn(packing::pack));
    let described = timed.routes(routes!(description));
    let (router, document) = described.split_for_parts();
    let router = router
        .layer(Extension(Arc::new(document.clone())))
        .layer(Extension(patience))
        .fallback(nothing_here)
        .layer(CatchPanicLayer::new())
        .with_state(registry);
    (router, document)
}

/// Whether the registry answers at all.
#[utoipa::path(get, path = "/live", responses((status = 200, description = "It answers", body = str)))]
async fn live() -> &'static str {
    "live"
}

/// This description.
#[utoipa::path(get, path = "/v1/openapi.json", responses((status = 200, description = "An OpenAPI document", body = serde_json::Value)))]
async fn description(Extension(document): Extension<Arc<utoipa::openapi::OpenApi>>) -> Response {
    Json(&*document).into_response()
}

async fn nothing_here() -> impl IntoResponse {
    Failure::new(StatusCode::NOT_FOUND, code::NOT_FOUND)
        .detail("there is no such route")
        .hint("GET /v1/openapi.json lists the routes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::extract::FromRequestParts;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    /// Sends a request in pieces with a pause before each, and returns the answer's first line.
    async fn sends(address: std::net::SocketAddr, pieces: &[&str], pause: Duration) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        for piece in pieces {
            stream.write_all(piece.as_bytes()).await.unwrap();
            tokio::time::sleep(pause).await;
        }
        let mut answer = vec![0; 64];
        let read = stream.read(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer[..read]).lines().next().unwrap_or_default().to_owned()
    }

    #[tokio::test]
    async fn who_cannot_be_looked_up_in_time_is_told_that_nothing_was_done() {
        let folder = tempfile::tempdir().unwrap();
        let registry = trial::open(folder.path()).await;
        // All that read are taken up.
        let mut readers = Vec::new();
        for _ in 0..4 {
            readers.push(registry.store().read().await.unwrap());
        }
        let ms = Duration::from_millis;
        let patience = Patience { silence: ms(500), upload: ms(500), work: ms(100) };
        let (mut parts, ()) = axum::http::Request::post("/v1/commands")
            .header("authorization", "Bearer x")
            .extension(patience)
            .body(())
            .unwrap()
            .into_parts();
        let asking = auth::Asking::from_request_parts(&mut parts, &registry).await;
        let failure = asking.unwrap_err();
        assert_eq!(failure.status(), StatusCode::SERVICE_UNAVAILABLE);
        let body = axum::body::to_bytes(failure.into_response().into_body(), 4096).await.unwrap();
        let problem: crate::wire::problem::Problem = serde_json::from_slice(&body).unwrap();
        assert_eq!(problem.code, code::BUSY);
        assert!(problem.detail.contains("nothing was done"), "{problem:?}");
        drop(readers);
        registry.stop().await;
    }

    #[tokio::test]
    async fn a_body_may_take_longer_than_what_is_done_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let registry = trial::open(folder.path()).await;
        let officer = trial::admit(&registry).await;

        let ms = Duration::from_millis;
        let patience = Patience { silence: ms(500), upload: ms(2500), work: ms(400) };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = router_with(registry.clone(), patience).0;
        let serving = tokio::spawn(async move { axum::serve(listener, router).await });
        let head = format!(
            "POST /v1/commands HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: 16\r\n\r\n",
            officer.token
        );
        let slow = [&head, "{\"co", "mman", "ds\":", "[]} "];
        let answer = sends(address, &slow, ms(200)).await;
        assert_eq!(answer, "HTTP/1.1 422 Unprocessable Entity", "it was read and judged");
        let answer = sends(address, &[&head, "{\"co"], ms(0)).await;
        assert_eq!(answer, "HTTP/1.1 408 Request Timeout");
        serving.abort();
        registry.stop().await;
    }
}
