//! `/v1/conversations`: questions and answers that were kept.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::{Value, json};

use super::problem::{self, Problem};
use crate::{app::App, state::Conversation};

#[utoipa::path(
    get, path = "/v1/conversations", tag = "conversations",
    summary = "The kept conversations, newest first",
    responses((status = 200, description = "{\"conversations\": [{id, title, updated_at}]}", content_type = "application/json"))
)]
pub(super) async fn list(State(app): State<App>) -> Result<Json<Value>, Problem> {
    let lines = app.conversations.list(&app.scope()).await?;
    Ok(Json(json!({ "conversations": lines })))
}

#[utoipa::path(
    get, path = "/v1/conversations/{id}", tag = "conversations",
    summary = "One conversation with its answer documents",
    params(("id" = String, Path, description = "As the list gives it")),
    responses(
        (status = 200, description = "{id, title, messages: [{asked_at, question, reading, answer}]}: `reading` is the typed request that was answered, or null", content_type = "application/json"),
        (status = 404, description = "No such conversation", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Conversation>, Problem> {
    let found = app.conversations.conversation(&id, &app.scope()).await?;
    found.map(Json).ok_or_else(|| Problem::UnknownConversation { id: problem::shown(&id) })
}

#[utoipa::path(
    delete, path = "/v1/conversations/{id}", tag = "conversations",
    summary = "Delete a conversation",
    description = "What was asked and corrected in it is forgotten with it; confirmed causes and notes stay in memory.",
    params(("id" = String, Path, description = "As the list gives it")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "No such conversation", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    if app.delete_conversation(&id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::UnknownConversation { id: problem::shown(&id) })
    }
}
