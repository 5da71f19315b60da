//! `/v1/investigations`: begun, acknowledged once they are kept, looked at while they go on.

use axum::{
    Json,
    extract::{
        Path, Query, State,
        rejection::{JsonRejection, QueryRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wherefore_contract::{
    answer::Answer,
    question::{Language, Question},
};

use super::problem::{self, Problem};
use crate::{
    app::App,
    investigations::{Entrance, Investigation, Stage, Step, StepKind, alarm::Alarm},
};

/// A caller that sends the same key again gets the investigation that it began before.
const KEY_HEADER: &str = "idempotency-key";
/// The longest key, in bytes.
const KEY_LIMIT: usize = 200;
const USUAL: u32 = 50;
const MOST: u32 = 500;

/// What is to be investigated.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewInvestigation {
    /// The question, in English or Korean, e.g. "Why did checkout slow down at 14:05?".
    #[serde(default)]
    question: Option<String>,
    /// Instead of a question: the message of a CloudWatch alarm, or its event, as it stands.
    #[serde(default)]
    alarm: Option<Value>,
    /// Language of the answer; the question's by default, English for alarms.
    #[serde(default)]
    language: Option<Language>,
    /// The day on which it is asked, e.g. `2024-10-15`; the alarm's, or today in UTC, by default.
    #[serde(default)]
    as_of: Option<String>,
}

/// An investigation as callers see it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ShownInvestigation {
    id: String,
    stage: Stage,
    /// Where it came in.
    entrance: Entrance,
    question: String,
    /// The snapshot that all of it reads.
    snapshot: String,
    #[schemars(with = "String")]
    created_at: Timestamp,
    #[schemars(with = "String")]
    updated_at: Timestamp,
    /// Why there is no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
    /// What is done, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<ShownStep>>,
    /// The answer document, once it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
}

/// A finished step.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ShownStep {
    kind: StepKind,
    /// The tool, or the role whose model replied.
    name: String,
    #[schemars(with = "String")]
    done_at: Timestamp,
}

/// A list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ShownInvestigations {
    /// Newest first, without steps and answers.
    investigations: Vec<ShownInvestigation>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Listed {
    limit: Option<u32>,
}

impl ShownInvestigation {
    fn of(found: Investigation, steps: Option<Vec<Step>>) -> Self {
        let shown =
            |step: Step| ShownStep { kind: step.kind, name: step.name, done_at: step.done_at };
        let answer = found.answer.filter(|_| steps.is_some());
        Self {
            id: found.id,
            stage: found.stage,
            entrance: found.entrance,
            question: found.question.text().to_owned(),
            snapshot: found.snapshot,
            created_at: found.created_at,
            updated_at: found.updated_at,
            problem: found.problem,
            steps: steps.map(|steps| steps.into_iter().map(shown).collect()),
            answer,
        }
    }
}

impl NewInvestigation {
    fn question(self, app: &App) -> Result<Question, Problem> {
        let alarm = self.alarm.as_ref().map(Alarm::read).transpose()?;
        let as_of = match (self.as_of, &alarm) {
            (Some(text), _) => {
                text.parse().map_err(|_| Problem::AsOf { text: problem::shown(&text) })?
            }
            (None, Some(alarm)) => alarm.at.to_zoned(jiff::tz::TimeZone::UTC).date(),
            (None, None) => app.today(),
        };
        let language = self.language;
        let words = match (self.question, alarm) {
            (Some(words), _) => words,
            (None, Some(alarm)) => alarm.question(language.unwrap_or_default()),
            (None, None) => return Err(Problem::NothingAsked),
        };
        Ok(Question::parse(&words, language, as_of)?)
    }
}

#[utoipa::path(
    post, path = "/v1/investigations", tag = "investigations",
    summary = "Begin an investigation",
    description = "Kept before it is acknowledged: it goes on after a crash of the program, without repeating what was \
                   done. Send `idempotency-key` to begin one however often the request arrives.",
    params(("idempotency-key" = Option<String>, Header, description = "The same key begins one investigation")),
    request_body(content = ref("#/components/schemas/NewInvestigation"), content_type = "application/json"),
    responses(
        (status = 202, description = "It is kept and will be answered", body = ref("#/components/schemas/ShownInvestigation"), content_type = "application/json"),
        (status = 200, description = "The one that the same key began before", body = ref("#/components/schemas/ShownInvestigation"), content_type = "application/json"),
        (status = 422, description = "Neither a question nor an alarm", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Json<NewInvestigation>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(new) = body?;
    let entrance = match headers.get(KEY_HEADER).map(HeaderValue::to_str) {
        None => None,
        Some(Ok(key)) if !key.is_empty() && key.len() <= KEY_LIMIT => {
            Some(Entrance { source: "api".to_owned(), delivery: key.to_owned() })
        }
        Some(_) => {
            return Err(Problem::Parameter {
                text: KEY_HEADER.to_owned(),
                expected: format!("a key is 1 to {KEY_LIMIT} plain letters"),
            });
        }
    };
    let question = new.question(&app)?;
    let (begun, is_new) =
        app.investigations.begin(question, entrance, app.costs.snapshot(), &app.scope()).await?;
    let status = if is_new { StatusCode::ACCEPTED } else { StatusCode::OK };
    let location = HeaderValue::from_str(&format!("/v1/investigations/{}", begun.id));
    let mut reply = (status, Json(ShownInvestigation::of(begun, None))).into_response();
    if let Ok(location) = location {
        reply.headers_mut().insert(LOCATION, location);
    }
    Ok(reply)
}

#[utoipa::path(
    get, path = "/v1/investigations", tag = "investigations",
    summary = "Investigations, newest first",
    params(("limit" = Option<u32>, Query, description = "At most this many (default 50, at most 500)")),
    responses((status = 200, description = "Without steps and answers", body = ref("#/components/schemas/ShownInvestigations"), content_type = "application/json"))
)]
pub(super) async fn list(
    State(app): State<App>,
    query: Result<Query<Listed>, QueryRejection>,
) -> Result<Json<ShownInvestigations>, Problem> {
    let Query(Listed { limit }) = query?;
    let limit = limit.unwrap_or(USUAL).min(MOST);
    let found = app.investigations.list(limit, &app.scope()).await?;
    let investigations =
        found.into_iter().map(|found| ShownInvestigation::of(found, None)).collect();
    Ok(Json(ShownInvestigations { investigations }))
}

#[utoipa::path(
    get, path = "/v1/investigations/{id}", tag = "investigations",
    summary = "One investigation with its steps and, once it is done, its answer",
    params(("id" = String, Path, description = "As the acknowledgement gives it")),
    responses(
        (status = 200, description = "As it stands", body = ref("#/components/schemas/ShownInvestigation"), content_type = "application/json"),
        (status = 404, description = "No such investigation", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<ShownInvestigation>, Problem> {
    let found = app.investigations.find(&id, &app.scope()).await?;
    let (found, steps) =
        found.ok_or_else(|| Problem::UnknownInvestigation { id: problem::shown(&id) })?;
    Ok(Json(ShownInvestigation::of(found, Some(steps))))
}
