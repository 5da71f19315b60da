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
use serde_json::{Map, Value};
use wherefore_contract::question::{Language, Question, TURNS_READ};
use wherefore_offline::corrected;
use wherefore_team::{Progress, Silent};
use wherefore_verify::VerifiedAnswer;

use super::problem::{self, Problem};
use crate::{app::App, reading};

/// Names the conversation that an answer was kept in.
pub(super) const CONVERSATION_HEADER: &str = "wherefore-conversation";

// What the team may need beyond its own deadline to compose and verify.
const GRACE: Duration = Duration::from_secs(5);

/// A question.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AskRequest {
    /// The question, in English or Korean; at most 16 KiB. May be left out beside `request`. In a
    /// conversation it may refine the question before it: "and for RDS?", "그럼 리전별로는?".
    #[serde(default)]
    question: Option<String>,
    /// The `reading` of an answer with its fields corrected: it is answered as it stands, and the words of
    /// `question` are only kept beside it. Fields that are left out are empty, e.g.
    /// `{"measures": ["billed_cost"], "dimensions": ["region"], "conditions": [{"filter": {"dimension":
    /// "cloud_service", "op": "in", "values": ["Amazon EC2"]}}], "period": {"period": {"start":
    /// "2024-09-01T00:00:00", "end": "2024-10-01T00:00:00"}}}`.
    #[serde(default)]
    request: Option<Map<String, Value>>,
    /// Language of the answer; the question's by default.
    #[serde(default)]
    language: Option<Language>,
    /// The day on which it is asked, e.g. `2024-10-15`; today in UTC by default.
    #[serde(default)]
    as_of: Option<String>,
    /// Keeps the answer, and reads the question after the last five of the same conversation: its id, or
    /// `new` to begin one. Nothing is kept without it.
    #[serde(default)]
    conversation: Option<String>,
    /// Beside `request`: the words of the question whose reading it corrects, so that the correction can be remembered
    /// with them.
    #[serde(default)]
    corrects: Option<String>,
}

/// A question that can be answered, and where its answer is kept.
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) conversation: Option<String>,
    corrects: Option<String>,
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
        let language = self.language;
        let words = words(self.question, self.request.as_ref(), language)?;
        let mut question = Question::parse(&words, language, as_of)?;
        question.request = self.request;
        let conversation = match self.conversation {
            Some(id) if id == "new" => Some((app.new_id)()),
            Some(id) => {
                let earlier = app.conversations.earlier(&id, TURNS_READ, &app.scope()).await?;
                let Some(earlier) = earlier else {
                    return Err(Problem::UnknownConversation { id: problem::shown(&id) });
                };
                question = question.after(earlier, language);
                Some(id)
            }
            None => None,
        };
        question.conversation.clone_from(&conversation);
        if conversation.is_some() {
            question = app.remind(question).await;
        }
        Ok(Asked { question, conversation, corrects: self.corrects })
    }
}

// The words of the question, or the reading in words where only that was sent.
fn words(
    question: Option<String>,
    request: Option<&Map<String, Value>>,
    language: Option<Language>,
) -> Result<String, Problem> {
    let reading = request.map(corrected).transpose()?;
    match (question, reading) {
        (Some(question), _) => Ok(question),
        (None, Some(reading)) => Ok(reading::line(&reading, language.unwrap_or_default())),
        (None, None) => Err(Problem::NothingAsked),
    }
}

#[utoipa::path(
    post,
    path = "/v1/ask",
    tag = "questions",
    summary = "Ask one question",
    description = "Always an answer, always verified: every figure points at a cell of its evidence. In a \
                   conversation a fragment refines the last request; of the turns before it five are read. `reading` \
                   of the answer says how the question was read; send it back corrected as `request`. The header \
                   `wherefore-conversation` names the conversation it was kept in.",
    request_body(content = ref("#/components/schemas/AskRequest"), content_type = "application/json"),
    responses(
        (status = 200, description = "The answer document", body = ref("#/components/schemas/Answer"), content_type = "application/json"),
        (status = 404, description = "No such conversation", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
        (status = 413, description = "The question is over 16 KiB or the body over 256 KiB", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
        (status = 422, description = "No question in the body, or a `request` that is no reading", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
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
    let is_recorded = asked.conversation.is_some() && app.runs.are_kept();
    let answering = async {
        if is_recorded {
            let (answer, record) = app.answer_with_record(&asked.question, progress).await;
            (answer, Some(record))
        } else {
            (app.answer(&asked.question, progress).await, None)
        }
    };
    let (answer, record) = tokio::time::timeout(limit, answering)
        .await
        .map_err(|_| Problem::Timeout { seconds: app.timeout.as_secs() })?;
    let Some(id) = &asked.conversation else { return Ok(answer) };
    let answer = app.beside(answer, &asked.question).await;
    let (now, scope) = (app.clock.now(), app.scope());
    app.conversations.keep(id, &answer, now, &scope).await?;
    if let Some(record) = &record {
        app.runs.keep(id, &answer, record).await;
    }
    let corrects = asked.corrects.as_deref();
    app.memory.keep(&asked.question, corrects, &answer, now, &scope).await;
    Ok(answer)
}
