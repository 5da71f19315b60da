//! `POST /v1/ask/stream`: the same question as server-sent events, from the first step to the whole answer.

use std::convert::Infallible;

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{StreamExt as _, stream};
use serde::Serialize;
use serde_json::json;
use tokio::sync::mpsc::{self, Sender};
use tokio_stream::wrappers::ReceiverStream;
use wherefore_team::{Progress, ProgressEvent};

use super::{
    ask::{AskRequest, Asked, answer_and_keep},
    problem::Problem,
};
use crate::app::App;

// Events that wait for a slow reader. Progress beyond it is dropped; the answer never is.
const QUEUE: usize = 128;

struct Reporter(Sender<Event>);

impl Progress for Reporter {
    fn event(&self, event: ProgressEvent) {
        let made = match &event {
            ProgressEvent::Sentence { text } => made("sentence", &json!({ "text": text })),
            ProgressEvent::AgentStarted { .. }
            | ProgressEvent::ToolCalled { .. }
            | ProgressEvent::ToolAnswered { .. }
            | ProgressEvent::AgentDone { .. }
            | ProgressEvent::Verifying => made("progress", &event),
        };
        // A reader that is too slow for progress still gets the answer.
        let _ = self.0.try_send(made);
    }
}

#[utoipa::path(
    post,
    path = "/v1/ask/stream",
    tag = "questions",
    summary = "Ask one question and follow the work",
    description = "Server-sent events: `conversation` {id} when the answer is kept, `progress` (which agent works, which tool \
                   it calls), `sentence` {text} for each verified sentence, then `answer` (the answer document) or `problem`. \
                   Closing the stream stops the work.",
    request_body(content = ref("#/components/schemas/AskRequest"), content_type = "application/json"),
    responses(
        (status = 200, description = "Events", content_type = "text/event-stream"),
        (status = 422, description = "No question in the body, or a `request` that is no reading", body = ref("#/components/schemas/Problem"), content_type = "application/problem+json"),
    )
)]
pub(super) async fn ask(
    State(app): State<App>,
    body: Result<Json<AskRequest>, JsonRejection>,
) -> Result<impl IntoResponse, Problem> {
    let Json(request) = body?;
    let asked = request.accept(&app).await?;
    let (sender, receiver) = mpsc::channel(QUEUE);
    // The work is polled by the stream itself: when the reader goes, both are dropped together.
    let work = stream::once(work(app, asked, sender)).filter_map(|()| async { None });
    let events = stream::select(ReceiverStream::new(receiver), work).map(Ok::<_, Infallible>);
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

async fn work(app: App, asked: Asked, sender: Sender<Event>) {
    if let Some(id) = &asked.conversation {
        let _ = sender.send(made("conversation", &json!({ "id": id }))).await;
    }
    let reporter = Reporter(sender.clone());
    let last = match answer_and_keep(&app, &asked, &reporter).await {
        Ok(answer) => made("answer", &answer.to_json()),
        Err(problem) => made("problem", &problem.document()),
    };
    let _ = sender.send(last).await;
}

fn made(name: &str, data: &impl Serialize) -> Event {
    Event::default().event(name).json_data(data).unwrap_or_else(|error| {
        tracing::error!(%error, "an event could not be written");
        Event::default().comment("an event could not be written")
    })
}
