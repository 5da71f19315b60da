//! Failures as `application/problem+json` (RFC 9457): one exhaustive match from cause to status and sentence.

use axum::{
    Json,
    extract::rejection::{JsonRejection, QueryRejection},
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use wherefore_contract::{
    error::StoreError,
    memory::InvalidMemory,
    question::{InvalidQuestion, is_invisible},
};

use wherefore_offline::InvalidRequest;

use crate::{
    investigations::{alarm::InvalidAlarm, sns::Refused},
    report::ReportError,
    state::StateError,
};

// How much of a caller's text a sentence repeats, in characters.
const SHOWN_LIMIT: usize = 80;

/// Why a request got no answer.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error(transparent)]
    Body(#[from] JsonRejection),
    #[error(transparent)]
    Question(#[from] InvalidQuestion),
    #[error("the body holds neither a `question` nor a `request`; send one of them")]
    NothingAsked,
    #[error(transparent)]
    Request(#[from] InvalidRequest),
    #[error("`{text}` is no date; write it as 2024-10-15")]
    AsOf { text: String },
    #[error("`{text}` cannot be used; {expected}")]
    Parameter { text: String, expected: String },
    #[error(transparent)]
    Query(#[from] QueryRejection),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error("no conversation is called `{id}`; leave it out, or send `new` to begin one")]
    UnknownConversation { id: String },
    #[error("no run of the answer `{id}` is kept; runs are kept with the answers of conversations")]
    UnknownRun { id: String },
    #[error("no investigation is called `{id}`; GET /v1/investigations lists them")]
    UnknownInvestigation { id: String },
    #[error(transparent)]
    Alarm(#[from] InvalidAlarm),
    #[error("the message is not read: {0}")]
    Alarms(#[source] Refused),
    #[error(transparent)]
    Memory(#[from] InvalidMemory),
    #[error("no memory is called `{id}`; GET /v1/memories lists them")]
    UnknownMemory { id: String },
    #[error("nothing is remembered: memory is off; WHEREFORE_MEMORY=on turns it on")]
    MemoryOff,
    #[error("there is nothing at this address; /openapi.json lists what there is")]
    NotFound,
    #[error("this address does not take this method; /openapi.json lists what it takes")]
    Method,
    #[error(
        "this program is not called `{host}`; use its own address, or name the host in WHEREFORE_ALLOWED_HOSTS"
    )]
    ForeignHost { host: String },
    #[error("pages of `{origin}` may not use this program")]
    ForeignOrigin { origin: String },
    #[error(
        "the question took longer than {seconds} seconds; ask for a shorter period or fewer groups"
    )]
    Timeout { seconds: u64 },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    State(#[from] StateError),
    #[error("a handler panicked")]
    Panic,
    #[error("a blocking task ended early")]
    Task(#[from] tokio::task::JoinError),
}

/// What a caller reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct ProblemDocument {
    /// The HTTP status.
    pub status: u16,
    /// The status in words.
    pub title: String,
    /// What went wrong and what to do, in one sentence.
    pub detail: String,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::Body(rejection) => rejection.status(),
            Self::Question(InvalidQuestion::TooLong { .. }) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Question(InvalidQuestion::Empty)
            | Self::NothingAsked
            | Self::Request(_)
            | Self::Memory(_)
            | Self::Alarm(_)
            | Self::AsOf { .. }
            | Self::Parameter { .. }
            | Self::Query(_)
            | Self::Report(ReportError::Owner { .. } | ReportError::Sharing) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::MemoryOff | Self::Report(ReportError::Empty | ReportError::NotLoaded { .. }) => {
                StatusCode::CONFLICT
            }
            Self::UnknownConversation { .. }
            | Self::UnknownRun { .. }
            | Self::UnknownMemory { .. }
            | Self::UnknownInvestigation { .. }
            | Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::ForeignHost { .. } => StatusCode::MISDIRECTED_REQUEST,
            Self::ForeignOrigin { .. } | Self::Alarms(_) => StatusCode::FORBIDDEN,
            Self::Timeout { .. } => StatusCode::GATEWAY_TIMEOUT,
            Self::Store(_) | Self::Report(ReportError::Store(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::State(_)
            | Self::Task(_)
            | Self::Panic
            | Self::Report(ReportError::Workbook(_) | ReportError::Json(_)) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// What a caller reads. Causes inside the program go to the log, not to the caller.
    #[must_use]
    pub fn document(&self) -> ProblemDocument {
        let status = self.status();
        let detail = match self {
            Self::Body(rejection) => visible(&rejection.body_text()),
            Self::Query(rejection) => visible(&rejection.body_text()),
            // Serde repeats the caller's own words.
            Self::Request(_) | Self::Alarm(_) | Self::Alarms(_) => visible(&self.to_string()),
            Self::Question(_)
            | Self::NothingAsked
            | Self::AsOf { .. }
            | Self::Parameter { .. }
            | Self::UnknownConversation { .. }
            | Self::UnknownRun { .. }
            | Self::Memory(_)
            | Self::UnknownMemory { .. }
            | Self::UnknownInvestigation { .. }
            | Self::MemoryOff
            | Self::NotFound
            | Self::Method
            | Self::ForeignHost { .. }
            | Self::ForeignOrigin { .. }
            | Self::Timeout { .. }
            | Self::Report(
                ReportError::Empty
                | ReportError::NotLoaded { .. }
                | ReportError::Owner { .. }
                | ReportError::Sharing,
            ) => self.to_string(),
            Self::Report(
                ReportError::Store(_) | ReportError::Workbook(_) | ReportError::Json(_),
            )
            | Self::Store(_)
            | Self::State(_)
            | Self::Task(_)
            | Self::Panic => {
                tracing::error!(error = self as &dyn std::error::Error, "a request failed");
                "this could not be done; the program's log says why".to_owned()
            }
        };
        let title = status.canonical_reason().unwrap_or("Error").to_owned();
        ProblemDocument { status: status.as_u16(), title, detail }
    }
}

/// A caller's text as a sentence may repeat it: cut, and without letters that cannot be seen.
pub(super) fn shown(text: &str) -> String {
    visible(&text.chars().take(SHOWN_LIMIT).collect::<String>())
}

fn visible(text: &str) -> String {
    text.chars().map(|letter| if is_invisible(letter) { ' ' } else { letter }).collect()
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut reply = (self.status(), Json(self.document())).into_response();
        reply
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        reply
    }
}
