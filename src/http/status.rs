//! `/v1/status` and `/healthz`: what is loaded, and whether the program answers at all.

use axum::{Json, extract::State};
use schemars::JsonSchema;
use serde::Serialize;
use wherefore_contract::{error::StoreError, quality::CostDescription};

use super::problem::Problem;
use crate::{
    app::App,
    suggestions::{Suggestions, last_day, suggest},
};

/// What is loaded, for the page.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Status {
    version: &'static str,
    model: String,
    snapshot: Option<String>,
    /// Charge rows loaded.
    rows: u64,
    first_day: Option<String>,
    last_day: Option<String>,
    providers: Vec<String>,
    suggestions: Suggestions,
}

#[utoipa::path(
    get, path = "/v1/status", tag = "program",
    summary = "What is loaded",
    responses((status = 200, description = "What is loaded, with questions that fit it", body = ref("#/components/schemas/Status"), content_type = "application/json"))
)]
pub(super) async fn status(State(app): State<App>) -> Result<Json<Status>, Problem> {
    let about = Status {
        version: env!("CARGO_PKG_VERSION"),
        model: app.model.to_string(),
        ..Status::default()
    };
    let loaded = match app.costs.describe(&app.scope()).await {
        Ok(loaded) => loaded,
        Err(StoreError::Empty { .. }) => return Ok(Json(about)),
        Err(other) => return Err(other.into()),
    };
    Ok(Json(describe(about, &loaded)))
}

fn describe(about: Status, loaded: &CostDescription) -> Status {
    Status {
        snapshot: Some(loaded.snapshot.clone()),
        rows: loaded.rows,
        first_day: loaded.coverage.map(|covered| covered.start().date().to_string()),
        last_day: last_day(loaded).map(|day| day.to_string()),
        providers: loaded.providers.clone(),
        suggestions: suggest(loaded),
        ..about
    }
}

#[utoipa::path(
    get, path = "/healthz", tag = "program",
    summary = "Whether the program answers",
    responses((status = 200, description = "ok", content_type = "text/plain"))
)]
pub(super) async fn health() -> &'static str {
    "ok\n"
}
