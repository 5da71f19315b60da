//! `wherefore serve`: the page, the API and MCP until the program is stopped.

use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{Context, Exit, arguments::Serve, failure::Failure};
use crate::{app::App, http, investigations, wiring};

pub(super) async fn run(arguments: Serve, context: Context) -> Result<Exit, Failure> {
    let config = context.config.clone().with(arguments.warehouse.warehouse, arguments.listen);
    let app = wiring::app(&config, context.clock.clone(), wiring::Keep::InFile).await?;
    serve(app, config.listen, &context).await
}

/// Serves on `address` until interrupted; replies under way are finished first.
pub(super) async fn serve(
    app: App,
    address: SocketAddr,
    context: &Context,
) -> Result<Exit, Failure> {
    let listener =
        TcpListener::bind(address).await.map_err(|source| Failure::Listen { address, source })?;
    let bound = listener.local_addr().map_err(|source| Failure::Listen { address, source })?;
    if !bound.ip().is_loopback() {
        context.output.note(
            "this address can be reached from other machines and there is no sign-in: requests must name a \
             loopback host or one of WHEREFORE_ALLOWED_HOSTS; keep it behind a proxy that knows who asks",
        );
    }
    context.output.note(&format!(
        "wherefore is at http://{bound} (MCP at /mcp, API at /openapi.json); Ctrl-C stops it"
    ));
    let stop = CancellationToken::new();
    // Two at once: one that waits for a language model holds nobody up.
    for worker in ["first", "second"] {
        let worker = format!("{}-{worker}", (app.new_id)());
        tokio::spawn(investigations::work(app.clone(), worker, stop.clone()));
    }
    let router = http::router(app, stop.clone());
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            interrupted().await;
            stop.cancel();
        })
        .await
        .map_err(|source| Failure::Listen { address, source })?;
    Ok(Exit::Done)
}

#[cfg(unix)]
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn interrupted() {
    let _ = tokio::signal::ctrl_c().await;
}
