//! `/v1/memories`: what is remembered of the person, to see, correct and forget.

use axum::{
    Json,
    extract::{
        Path, Query, State,
        rejection::{JsonRejection, QueryRejection},
    },
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use wherefore_contract::memory::{Forget, Meaning, Memory, MemoryChange, MemoryKind, MemoryText};

use super::problem::{self, Problem};
use crate::{app::App, state::remember::Said};

// How many memories a list shows where the caller does not say.
const USUAL: usize = 200;

/// What is remembered.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Memories {
    /// Whether conversations are remembered: `WHEREFORE_MEMORY`.
    on: bool,
    /// Days after which a memory is forgotten: `WHEREFORE_MEMORY_DAYS`.
    days: u32,
    /// Newest first.
    #[serde(rename = "memories")]
    kept: Vec<Memory>,
}

/// Something to remember, in the person's own words.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMemory {
    /// `cause` confirms a cause, `correction` says what a name means, `note` is anything else. Questions are remembered
    /// when they are asked.
    kind: MemoryKind,
    /// At most 500 characters in one line.
    text: String,
    /// The `reading` of the answer that it is about.
    #[serde(default)]
    reading: Option<Map<String, Value>>,
    /// What a name means; only of a `correction`.
    #[serde(default)]
    means: Option<Meaning>,
    /// The conversation it comes from.
    #[serde(default)]
    conversation: Option<String>,
}

/// A correction of a memory; what is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedMemory {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    means: Option<Meaning>,
}

/// How much is listed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    limit: Option<usize>,
}

/// What goes with the memories that are forgotten.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Forgotten {
    #[serde(default)]
    with_conversations: bool,
}

impl NewMemory {
    async fn checked(self, app: &App) -> Result<Said, Problem> {
        let text = MemoryText::parse(&self.text)?;
        let means = self.means.map(Meaning::checked).transpose()?;
        let unfit = |expected: &str| Problem::Parameter {
            text: self.kind.as_str().to_owned(),
            expected: expected.to_owned(),
        };
        match (self.kind, &means) {
            (MemoryKind::Question, _) => {
                return Err(unfit("questions are remembered when they are asked"));
            }
            (MemoryKind::Correction, None) => {
                return Err(unfit("a correction needs `means`: {said, dimension, value}"));
            }
            (MemoryKind::Cause | MemoryKind::Note, Some(_)) => {
                return Err(unfit("only a correction has `means`"));
            }
            (MemoryKind::Correction, Some(_)) | (MemoryKind::Cause | MemoryKind::Note, None) => {}
        }
        if let Some(reading) = &self.reading {
            wherefore_offline::corrected(reading)?;
        }
        if let Some(id) = &self.conversation
            && app.conversations.earlier(id, 0, &app.scope()).await?.is_none()
        {
            return Err(Problem::UnknownConversation { id: problem::shown(id) });
        }
        let Self { kind, reading, conversation, .. } = self;
        Ok(Said { kind, text, reading, means, conversation })
    }
}

#[utoipa::path(
    get, path = "/v1/memories", tag = "memories",
    summary = "What is remembered of the person, newest first",
    description = "Their own words: past questions with their readings, corrections, confirmed causes and notes. No figure of any answer rests on them.",
    params(("limit" = Option<usize>, Query, description = "At most this many (default 200)")),
    responses((status = 200, description = "What is remembered", body = ref("#/components/schemas/Memories"), content_type = "application/json"))
)]
pub(super) async fn list(
    State(app): State<App>,
    query: Result<Query<Listed>, QueryRejection>,
) -> Result<Json<Memories>, Problem> {
    let Query(Listed { limit }) = query?;
    let kept = app.memory.store.list(limit.unwrap_or(USUAL), &app.scope()).await?;
    let settings = app.memory.settings;
    Ok(Json(Memories { on: settings.is_on, days: settings.days.get(), kept }))
}

#[utoipa::path(
    post, path = "/v1/memories", tag = "memories",
    summary = "Confirm a cause, say what a name means, or leave a note",
    request_body(content = ref("#/components/schemas/NewMemory"), content_type = "application/json"),
    responses(
        (status = 201, description = "It is kept; one that says the same is renewed", body = ref("#/components/schemas/Memory"), content_type = "application/json"),
        (status = 404, description = "No such conversation", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
        (status = 409, description = "Memory is off", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
        (status = 422, description = "No text, a text over 500 characters, a reading that is none, or a kind that does not fit", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn keep(
    State(app): State<App>,
    body: Result<Json<NewMemory>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(new) = body?;
    let said = new.checked(&app).await?;
    let kept = app.memory.say(said, app.clock.now(), &app.scope()).await?;
    let kept = kept.ok_or(Problem::MemoryOff)?;
    Ok((StatusCode::CREATED, Json(kept)).into_response())
}

#[utoipa::path(
    get, path = "/v1/memories/{id}", tag = "memories",
    summary = "One memory",
    params(("id" = String, Path, description = "As the list gives it")),
    responses(
        (status = 200, description = "The memory", body = ref("#/components/schemas/Memory"), content_type = "application/json"),
        (status = 404, description = "No such memory", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Memory>, Problem> {
    let found = app.memory.store.memory(&id, &app.scope()).await?;
    found.map(Json).ok_or_else(|| unknown(&id))
}

#[utoipa::path(
    patch, path = "/v1/memories/{id}", tag = "memories",
    summary = "Correct a memory",
    params(("id" = String, Path, description = "As the list gives it")),
    request_body(content = ref("#/components/schemas/ChangedMemory"), content_type = "application/json"),
    responses(
        (status = 200, description = "The memory as it stands now", body = ref("#/components/schemas/Memory"), content_type = "application/json"),
        (status = 404, description = "No such memory", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
        (status = 422, description = "No text, or a text over 500 characters", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn correct(
    State(app): State<App>,
    Path(id): Path<String>,
    body: Result<Json<ChangedMemory>, JsonRejection>,
) -> Result<Json<Memory>, Problem> {
    let Json(ChangedMemory { text, means }) = body?;
    let change = MemoryChange {
        text: text.map(|text| MemoryText::parse(&text)).transpose()?,
        means: means.map(Meaning::checked).transpose()?,
    };
    let changed = app.memory.store.correct(&id, &change, &app.scope()).await?;
    changed.map(Json).ok_or_else(|| unknown(&id))
}

#[utoipa::path(
    delete, path = "/v1/memories/{id}", tag = "memories",
    summary = "Forget a memory for good",
    params(
        ("id" = String, Path, description = "As the list gives it"),
        ("with_conversations" = Option<bool>, Query, description = "Also deletes the conversation it comes from"),
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "No such memory", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn forget(
    State(app): State<App>,
    Path(id): Path<String>,
    query: Result<Query<Forgotten>, QueryRejection>,
) -> Result<StatusCode, Problem> {
    let Query(Forgotten { with_conversations }) = query?;
    let gone = app.forget(Forget::One(&id), with_conversations).await?;
    if gone.memories == 0 { Err(unknown(&id)) } else { Ok(StatusCode::NO_CONTENT) }
}

#[utoipa::path(
    delete, path = "/v1/memories", tag = "memories",
    summary = "Forget everything for good",
    params(("with_conversations" = Option<bool>, Query, description = "Also deletes every conversation")),
    responses((status = 200, description = "{memories, conversations}: how many are gone", content_type = "application/json"))
)]
pub(super) async fn forget_all(
    State(app): State<App>,
    query: Result<Query<Forgotten>, QueryRejection>,
) -> Result<Json<Value>, Problem> {
    let Query(Forgotten { with_conversations }) = query?;
    let gone = app.forget(Forget::All, with_conversations).await?;
    Ok(Json(json!({ "memories": gone.memories, "conversations": gone.conversations })))
}

fn unknown(id: &str) -> Problem {
    Problem::UnknownMemory { id: problem::shown(id) }
}
