//! `POST /v1/alarms/sns`: alarms of CloudWatch through Amazon SNS begin investigations, one each however often they come.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use schemars::JsonSchema;
use serde::Serialize;
use wherefore_contract::question::Question;

use super::problem::Problem;
use crate::{
    app::App,
    investigations::{
        Entrance,
        alarm::Alarm,
        sns::{Kind, Refused},
    },
};

/// The largest message, in bytes: SNS sends up to 256 KiB, written as JSON inside of JSON.
pub(super) const LIMIT_BYTES: usize = 1024 * 1024;

/// What became of a message.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Received {
    /// `begun`, `known` (it was delivered before), `confirmed` (a subscription) or `nothing` (all is well, or it is no alarm).
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    investigation: Option<String>,
}

impl Received {
    fn only(outcome: &'static str) -> Response {
        Json(Self { outcome, investigation: None }).into_response()
    }
}

#[utoipa::path(
    post, path = "/v1/alarms/sns", tag = "investigations",
    summary = "A message of Amazon SNS: an alarm of CloudWatch",
    description = "Read when AWS signed it for a topic of `WHEREFORE_SNS_TOPICS`. An alarm that goes off begins one \
                   investigation, kept before the message is acknowledged; a repeated delivery finds the same one. \
                   Subscriptions of those topics are confirmed.",
    request_body(content = String, content_type = "text/plain"),
    responses(
        (status = 200, description = "Nothing to begin, or known already", body = ref("#/components/schemas/Received"), content_type = "application/json"),
        (status = 202, description = "An investigation was begun", body = ref("#/components/schemas/Received"), content_type = "application/json"),
        (status = 403, description = "The message is not signed by AWS for a topic that may send", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn sns(State(app): State<App>, body: Bytes) -> Result<Response, Problem> {
    let message = app.alarms.read(&body, app.clock.now()).await?;
    match message.kind {
        Kind::SubscriptionConfirmation => {
            app.alarms.confirm(&message).await?;
            tracing::info!(topic = message.topic_arn, "a subscription to alarms is confirmed");
            return Ok(Received::only("confirmed"));
        }
        Kind::UnsubscribeConfirmation => return Ok(Received::only("nothing")),
        Kind::Notification => {}
    }
    // What is no alarm is acknowledged: sent again it would be none either.
    let document = serde_json::from_str(&message.message).ok();
    let alarm = document.and_then(|document| Alarm::read(&document).ok());
    let Some(alarm) = alarm.filter(|alarm| alarm.is_on) else {
        return Ok(Received::only("nothing"));
    };
    let language = app.alarm_language;
    let as_of = alarm.at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let question = Question::parse(&alarm.question(language), Some(language), as_of)?;
    let entrance = Entrance { source: "sns".to_owned(), delivery: message.message_id };
    let (scope, snapshot) = (app.scope(), app.costs.snapshot());
    let begun = app.investigations.begin(question, Some(entrance), snapshot, &scope);
    let (begun, is_new) = begun.await?;
    let outcome = if is_new { "begun" } else { "known" };
    let status = if is_new { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok((status, Json(Received { outcome, investigation: Some(begun.id) })).into_response())
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Self::Alarms(refused)
    }
}
