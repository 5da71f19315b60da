//! What the running program tells of itself: a log on standard error, and traces and metrics where the settings ask for them.

use std::io::{self, IsTerminal as _};

use serde_json::json;
use tracing::{Level, Span, field::Empty, info_span};
use tracing_subscriber::{
    EnvFilter, Layer as _, filter::FilterExt as _, layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};
use wherefore_contract::{answer::Status, question::Question};
use wherefore_model::conventions as names;
use wherefore_traces::{Mask, MaskError, Settings, StartError, Traces, without_content};
use wherefore_verify::VerifiedAnswer;

use crate::config::{Config, TraceSettings};

/// The log and the traces of one run of the program.
#[derive(Debug)]
pub struct Telemetry {
    traces: Option<Traces>,
}

impl Telemetry {
    /// Starts the log, with the filter `usual` where the settings say none, and the traces where a destination is set.
    ///
    /// # Errors
    /// When the destination of the traces cannot be opened.
    pub fn start(config: &Config, usual: &str) -> Result<Self, StartError> {
        let traces = match &config.traces.destination {
            Some(destination) => Some(Traces::start(Settings {
                destination: destination.clone(),
                content: config.traces.content,
                mask: mask(&config.traces)?,
                version: env!("CARGO_PKG_VERSION"),
            })?),
            None => None,
        };
        let filter = config.log.as_deref().unwrap_or(usual);
        let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(usual));
        let log = tracing_subscriber::fmt::layer()
            .with_ansi(io::stderr().is_terminal())
            .with_writer(io::stderr);
        // A second program in one process (a test) keeps the first one's log.
        let _ = tracing_subscriber::registry()
            .with(log.with_filter(filter.and(without_content())))
            .with(traces.as_ref().map(Traces::layer))
            .try_init();
        Ok(Self { traces })
    }

    /// Exports what is left.
    pub fn finish(&self) {
        if let Some(traces) = &self.traces {
            traces.finish();
        }
    }
}

/// The mask of the settings: with their key, or with one that nobody knows and that ends with the program.
///
/// # Errors
/// When a rule of the mask is not valid.
pub fn mask(settings: &TraceSettings) -> Result<Mask, MaskError> {
    if let Some(key) = &settings.mask_key {
        return Mask::new(key.as_bytes());
    }
    let random: Vec<u8> = (0..4).flat_map(|_| ulid::Ulid::generate().to_bytes()).collect();
    Mask::new(&random)
}

/// The span of one question, from what was asked to what was shown: the team as one agent.
#[must_use]
pub fn question(question: &Question) -> Span {
    info_span!(
        "invoke_agent",
        otel.name = "invoke_agent wherefore",
        otel.kind = "internal",
        { names::OPERATION } = names::INVOKE_AGENT,
        { names::AGENT_NAME } = "wherefore",
        { names::CONVERSATION } = question.conversation.as_deref(),
        { names::INPUT_TOKENS } = Empty,
        { names::OUTPUT_TOKENS } = Empty,
        { names::ANSWER } = Empty,
        { names::STATUS } = Empty,
        { names::WITHHELD } = Empty,
    )
}

/// Notes how a question ended.
pub fn answered(span: &Span, answer: &VerifiedAnswer) {
    let answer = answer.answer();
    let count = |tokens: u64| i64::try_from(tokens).unwrap_or(i64::MAX);
    span.record(names::INPUT_TOKENS, count(answer.run.input_tokens));
    span.record(names::OUTPUT_TOKENS, count(answer.run.output_tokens));
    span.record(names::ANSWER, answer.id.as_str());
    span.record(names::STATUS, status(answer.status));
    span.record(names::WITHHELD, i64::from(answer.run.withheld));
    if tracing::enabled!(target: names::CONTENT_TARGET, Level::INFO) {
        let message = |role: &str, text: &str| {
            json!([{ "role": role, "parts": [{ "type": "text", "content": text }] }]).to_string()
        };
        tracing::event!(
            target: names::CONTENT_TARGET,
            parent: span,
            Level::INFO,
            {
                { names::INPUT_MESSAGES } = message("user", &answer.question),
                { names::OUTPUT_MESSAGES } = message("assistant", &answer.text),
                { names::USER_PROMPT } = answer.question,
                { names::AGENT_RESPONSE } = answer.text,
            },
            "content"
        );
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Answered => "answered",
        Status::Partial => "partial",
        Status::Declined => "declined",
        Status::NeedsClarification => "needs_clarification",
    }
}
