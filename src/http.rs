//! The HTTP surface: the page, the API under `/v1`, MCP under `/mcp`, and what guards them.

mod alarms;
mod ask;
mod conversations;
mod guard;
mod investigations;
mod memories;
mod openapi;
mod page;
mod problem;
mod reports;
mod runs;
mod status;
mod stream;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse as _,
    routing::{get, post},
};
use tokio_util::sync::CancellationToken;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};
use wherefore_tools::http::{HttpAccess, service};

pub use guard::CONTENT_POLICY;
pub use openapi::description;
pub use problem::{Problem, ProblemDocument};

use crate::app::App;

/// The largest body that is read, in bytes: a question is at most 16 KiB.
pub const BODY_LIMIT_BYTES: usize = 256 * 1024;

/// All routes over the parts of `app`. `stop` ends open MCP replies when the program ends.
pub fn router(app: App, stop: CancellationToken) -> Router {
    let access = HttpAccess { hosts: app.allowed_hosts.to_vec(), ..HttpAccess::loopback(stop) };
    let mcp = service(app.tools.clone(), access);
    let api = Router::new()
        .route("/v1/ask", post(ask::ask))
        .route("/v1/ask/stream", post(stream::ask))
        .route("/v1/conversations", get(conversations::list))
        .route("/v1/conversations/{id}", get(conversations::show).delete(conversations::delete))
        .route(
            "/v1/memories",
            get(memories::list).post(memories::keep).delete(memories::forget_all),
        )
        .route(
            "/v1/memories/{id}",
            get(memories::show).patch(memories::correct).delete(memories::forget),
        )
        .route(
            "/v1/alarms/sns",
            post(alarms::sns).layer(DefaultBodyLimit::max(alarms::LIMIT_BYTES)),
        )
        .route("/v1/investigations", get(investigations::list).post(investigations::begin))
        .route("/v1/investigations/{id}", get(investigations::show))
        .route("/v1/answers/{id}/run", get(runs::show))
        .route("/v1/reports/{kind}", get(reports::show))
        .route("/v1/status", get(status::status))
        .route("/healthz", get(status::health))
        .route("/openapi.json", get(openapi::show))
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::Method });
    page::routes()
        .merge(api)
        .route_service("/mcp", mcp)
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .layer(CatchPanicLayer::custom(|_| Problem::Panic.into_response()))
        .layer(from_fn_with_state(app.clone(), guard::check))
        .layer(from_fn(guard::bind))
        .layer(CompressionLayer::new().gzip(true))
        .with_state(app)
}
