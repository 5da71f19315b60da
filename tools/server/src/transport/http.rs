//! The tools over streamable HTTP, for an HTTP server to nest at `/mcp`.

use std::sync::Arc;

use rmcp::{
    ServerHandler,
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
    },
};
use tokio_util::sync::CancellationToken;

use crate::serve::Tools;

/// Largest request body in bytes: arguments of a tool are some hundred bytes.
pub const BODY_LIMIT_BYTES: usize = 256 * 1024;

// Any port: the page of this program and local tools such as the MCP Inspector.
const LOOPBACK_ORIGINS: [&str; 3] = ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"];

/// The tools as an HTTP service.
pub type HttpTools = StreamableHttpService<Tools, NeverSessionManager>;

/// Who may reach the tools over HTTP.
#[derive(Debug, Clone)]
pub struct HttpAccess {
    /// Values of `Host` that are served, besides the loopback names.
    pub hosts: Vec<String>,
    /// Origins of browser pages that are served, e.g. `https://app.example.com:443`. Requests
    /// without an `Origin` pass; with none listed every browser page is refused.
    pub origins: Vec<String>,
    /// Ends open responses when the server stops.
    pub stop: CancellationToken,
}

impl HttpAccess {
    /// Loopback only: programs of this machine, and pages that it serves itself.
    #[must_use]
    pub fn loopback(stop: CancellationToken) -> Self {
        let origins = LOOPBACK_ORIGINS.iter().map(|&origin| origin.to_owned()).collect();
        Self { hosts: Vec::new(), origins, stop }
    }
}

/// The tools as a stateless service: every request stands alone and is answered with one JSON body.
#[must_use]
pub fn service(tools: Tools, access: HttpAccess) -> HttpTools {
    service_of(move || tools.clone(), access)
}

/// Any MCP server on the same transport settings; the conformance fixtures use it.
pub fn service_of<S: ServerHandler>(
    make: impl Fn() -> S + Send + Sync + 'static,
    access: HttpAccess,
) -> StreamableHttpService<S, NeverSessionManager> {
    StreamableHttpService::new(
        move || Ok(make()),
        Arc::new(NeverSessionManager::default()),
        config(access),
    )
}

fn config(access: HttpAccess) -> StreamableHttpServerConfig {
    let default = StreamableHttpServerConfig::default();
    let hosts = default.allowed_hosts.iter().cloned().chain(access.hosts).collect::<Vec<_>>();
    default
        .with_allowed_hosts(hosts)
        .with_allowed_origins(access.origins)
        .enforce_origin_validation()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(BODY_LIMIT_BYTES)
        .with_cancellation_token(access.stop)
}
