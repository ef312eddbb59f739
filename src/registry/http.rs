//! The HTTP interface: routes with their OpenAPI, who may come in, and how long anything may take.

mod auth;
mod body;
mod feed;
mod problem;
mod reads;
mod writes;

pub use auth::token_hash;

use super::Registry;
use crate::wire::problem::code;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json, Router};
use problem::Failure;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Longest that a request may take, the feed apart.
const DEADLINE: Duration = Duration::from_secs(30);

/// What the OpenAPI document says of itself.
#[derive(OpenApi)]
#[openapi(info(
    title = "iarms registry",
    description = "Records of illicit firearms, checks of guns in hand, and the hits between them. All routes but /live and /v1/openapi.json want `Authorization: Bearer TOKEN`."
))]
struct Document;

/// The routes, and the document that describes them.
pub fn router(registry: Registry) -> (Router, utoipa::openapi::OpenApi) {
    let timed = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(writes::commands))
        .routes(routes!(writes::checks))
        .routes(routes!(reads::record))
        .routes(routes!(reads::hits))
        .routes(routes!(reads::hit))
        .routes(routes!(live))
        .layer(tower_http::compression::CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, DEADLINE));
    let described = timed.routes(routes!(feed::feed)).routes(routes!(description));
    let (router, document) = described.split_for_parts();
    let router = router
        .layer(Extension(Arc::new(document.clone())))
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
