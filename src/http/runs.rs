//! `GET /v1/answers/{id}/run`: how a kept answer was made.

use axum::{
    Json,
    extract::{Path, State},
};

use super::problem::{self, Problem};
use crate::{app::App, runs::KeptRun};

#[utoipa::path(
    get, path = "/v1/answers/{id}/run", tag = "answers",
    summary = "The run behind a kept answer: who asked whom, each prompt, call, token, cent and millisecond",
    params(("id" = String, Path, description = "The answer's `id`")),
    responses(
        (status = 200, description = "{id, text, kept: full | masked | cut, record: {question, model, roster, limits, prompts, agents, chats, tools}}; `wherefore replay` runs a full one again", content_type = "application/json"),
        (status = 404, description = "No run of this answer is kept", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<KeptRun>, Problem> {
    let found = app.runs.find(&id, &app.scope()).await?;
    found.map(Json).ok_or_else(|| Problem::UnknownRun { id: problem::shown(&id) })
}
