//! What a failed call means for whoever made it.

use std::{error::Error, time::Duration};

use aws_sdk_bedrockruntime::{
    error::{ProvideErrorMetadata, SdkError},
    types::error::ConverseStreamOutputError,
};
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::event_stream::RawMessage;
use wherefore_model::ModelError;

use crate::causes::{self, short};

/// Reads the failure of a call before any of its reply came.
pub(super) fn of_call<E>(model: &str, limit: Duration, error: SdkError<E, Response>) -> ModelError
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    let model = model.to_owned();
    let status = error.raw_response().map(|response| response.status().as_u16());
    let retry_after = error.raw_response().and_then(wait);
    if let Some(refusal) = error.as_service_error() {
        let code = refusal.code().unwrap_or_default().to_owned();
        let message = refusal.message().unwrap_or("no message").to_owned();
        return of_refusal(model, (&code, status), &message, limit, retry_after, error.into());
    }
    if matches!(error, SdkError::TimeoutError(_)) {
        return ModelError::Timeout { model, limit };
    }
    let text = causes::in_line(&error);
    if matches!(error, SdkError::ResponseError(_)) {
        return match status {
            Some(200..=299) => ModelError::Cut { model, reason: short(&text) },
            _ => ModelError::Unreachable { model, source: Box::new(error) },
        };
    }
    let lower = text.to_lowercase();
    if lower.contains("credential") || lower.contains("identity") || lower.contains("token") {
        return ModelError::Denied { model, reason: short(&text) };
    }
    if let SdkError::DispatchFailure(failure) = &error
        && failure.is_timeout()
    {
        return ModelError::Timeout { model, limit };
    }
    ModelError::Unreachable { model, source: Box::new(error) }
}

type Source = Box<dyn Error + Send + Sync>;

// Source of codes and statuses: the errors of Converse and ConverseStream in the API reference.
fn of_refusal(
    model: String,
    (code, status): (&str, Option<u16>),
    message: &str,
    limit: Duration,
    retry_after: Option<Duration>,
    source: Source,
) -> ModelError {
    let reason =
        if code.is_empty() { short(message) } else { short(&format!("{code}: {message}")) };
    match code {
        "ThrottlingException"
        | "TooManyRequestsException"
        | "ModelNotReadyException"
        | "ServiceUnavailableException" => ModelError::Throttled { model, reason, retry_after },
        "ModelTimeoutException" => ModelError::Timeout { model, limit },
        "InternalServerException" | "ModelErrorException" | "ModelStreamErrorException" => {
            ModelError::Unreachable { model, source }
        }
        "ValidationException" if is_too_long(message) => ModelError::TooLong { model },
        "AccessDeniedException"
        | "UnrecognizedClientException"
        | "ExpiredTokenException"
        | "InvalidSignatureException"
        | "IncompleteSignatureException"
        | "MissingAuthenticationTokenException"
        | "ServiceQuotaExceededException" => ModelError::Denied { model, reason },
        _ => match status {
            Some(401 | 403) => ModelError::Denied { model, reason },
            Some(408) => ModelError::Timeout { model, limit },
            Some(429 | 503) => ModelError::Throttled { model, reason, retry_after },
            Some(500..) => ModelError::Unreachable { model, source },
            Some(_) | None => ModelError::Rejected { model, reason },
        },
    }
}

/// Reads the failure of a stream after its reply began.
pub(super) fn of_event(
    model: &str,
    error: &SdkError<ConverseStreamOutputError, RawMessage>,
) -> ModelError {
    let model = model.to_owned();
    let Some(refusal) = error.as_service_error() else {
        return ModelError::Cut { model, reason: causes::in_line(error) };
    };
    let message = refusal.message().unwrap_or("no message");
    if refusal.is_throttling_exception() || refusal.is_service_unavailable_exception() {
        let reason = short(message);
        return ModelError::Throttled { model, reason, retry_after: None };
    }
    if refusal.is_validation_exception() {
        return if is_too_long(message) {
            ModelError::TooLong { model }
        } else {
            ModelError::Rejected { model, reason: short(message) }
        };
    }
    ModelError::Cut { model, reason: short(message) }
}

// Claude: "Input is too long for requested model", "prompt is too long: 210000 tokens > 200000 maximum"; Llama: "This
// model's maximum context length is 8192 tokens"; Nova: "Input Tokens Exceeded".
fn is_too_long(message: &str) -> bool {
    crate::openai::says_too_long(message)
}

fn wait(response: &Response) -> Option<Duration> {
    let seconds: u64 = response.headers().get("retry-after")?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}
