//! `POST /v1/ask`: a question in, the answer document out.

use std::time::Duration;

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::HeaderValue,
    response::{IntoResponse, Response},
};
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_contract::question::{Language, Question};
use wherefore_team::{Progress, Silent};
use wherefore_verify::VerifiedAnswer;

use super::problem::{self, Problem};
use crate::app::App;

/// Names the conversation that an answer was kept in.
pub(super) const CONVERSATION_HEADER: &str = "wherefore-conversation";

// What the team may need beyond its own deadline to compose and verify.
const GRACE: Duration = Duration::from_secs(5);

/// A question.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AskRequest {
    /// The question, in English or Korean; at most 16 KiB.
    question: String,
    /// Language of the answer; the question's by default.
    #[serde(default)]
    language: Option<Language>,
    /// The day on which it is asked, e.g. `2024-10-15`; today in UTC by default.
    #[serde(default)]
    as_of: Option<String>,
    /// Keeps the answer: the id of a conversation, or `new` to begin one. Nothing is kept without it.
    #[serde(default)]
    conversation: Option<String>,
}

/// A question that can be answered, and where its answer is kept.
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) conversation: Option<String>,
}

impl AskRequest {
    /// Checks the request against the app's clock and conversations.
    pub(super) async fn accept(self, app: &App) -> Result<Asked, Problem> {
        let as_of = match self.as_of {
            Some(text) => {
                text.parse().map_err(|_| Problem::AsOf { text: problem::shown(&text) })?
            }
            None => app.today(),
        };
        let mut question = Question::parse(&self.question, self.language, as_of)?;
        let conversation = match self.conversation {
            Some(id) if id == "new" => Some((app.new_id)()),
            Some(id) => {
                let (state, asked) = (app.state.clone(), id.clone());
                let is_kept = tokio::task::spawn_blocking(move || state.has(&asked)).await??;
                if !is_kept {
                    return Err(Problem::UnknownConversation { id: problem::shown(&id) });
                }
                Some(id)
            }
            None => None,
        };
        question.conversation.clone_from(&conversation);
        Ok(Asked { question, conversation })
    }
}

#[utoipa::path(
    post,
    path = "/v1/ask",
    tag = "questions",
    summary = "Ask one question",
    description = "Always an answer, always verified: every figure points at a cell of its evidence. The header \
                   `wherefore-conversation` names the conversation it was kept in.",
    request_body(content = ref("#/components/schemas/AskRequest"), content_type = "application/json"),
    responses(
        (status = 200, description = "The answer document", body = ref("#/components/schemas/Answer"), content_type = "application/json"),
        (status = 404, description = "No such conversation", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
        (status = 413, description = "The question is over 16 KiB or the body over 256 KiB", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
        (status = 422, description = "No question in the body", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
        (status = 504, description = "The question took too long", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn ask(
    State(app): State<App>,
    body: Result<Json<AskRequest>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(request) = body?;
    let asked = request.accept(&app).await?;
    let answer = answer_and_keep(&app, &asked, &Silent).await?;
    let mut reply = Json(answer.to_json()).into_response();
    if let Some(id) = asked.conversation.as_deref().and_then(|id| HeaderValue::from_str(id).ok()) {
        reply.headers_mut().insert(CONVERSATION_HEADER, id);
    }
    Ok(reply)
}

/// Answers within the app's time limit and keeps the answer where the caller asked for it.
pub(super) async fn answer_and_keep(
    app: &App,
    asked: &Asked,
    progress: &dyn Progress,
) -> Result<VerifiedAnswer, Problem> {
    // The team ends its own work in time and says so in its answer; this stands behind it.
    let limit = app.timeout.saturating_add(GRACE);
    let answer = tokio::time::timeout(limit, app.answer(&asked.question, progress))
        .await
        .map_err(|_| Problem::Timeout { seconds: app.timeout.as_secs() })?;
    if let Some(id) = asked.conversation.clone() {
        let (state, now, kept) = (app.state.clone(), app.clock.now(), answer.clone());
        tokio::task::spawn_blocking(move || state.keep(&id, &kept, now)).await??;
    }
    Ok(answer)
}
