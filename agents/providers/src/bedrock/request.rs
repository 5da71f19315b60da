//! A conversation as the Converse API wants it: turns that alternate, results behind the calls they belong to.

use std::collections::HashMap;

use aws_sdk_bedrockruntime::{
    error::BuildError,
    primitives::Blob,
    types::{
        ContentBlock, ConversationRole, GuardrailConfiguration, GuardrailStreamConfiguration,
        InferenceConfiguration, Message, ReasoningContentBlock, ReasoningTextBlock,
        ToolResultBlock, ToolResultContentBlock, ToolResultStatus, ToolUseBlock,
    },
};
use wherefore_contract::{Decimal, tool::ToolCall};
use wherefore_model::{
    ModelError, ModelRequest, Reasoning,
    wire::{self, WireMessage, WireResult},
};

use super::{document, prefix::CLAUDE};
use crate::{names, setting::ModelOptions};

/// What both operations are sent, beside the prefix of the role.
pub(super) struct Parts {
    pub(super) messages: Vec<Message>,
    pub(super) inference: InferenceConfiguration,
    pub(super) metadata: HashMap<String, String>,
    /// About how many bytes a model reads, for when a reply does not say what it used.
    pub(super) bytes: usize,
}

impl Parts {
    pub(super) fn of(
        request: &ModelRequest<'_>,
        model: &str,
        options: &ModelOptions,
    ) -> Result<Self, ModelError> {
        let unbuilt = |error: BuildError| ModelError::Rejected {
            model: model.to_owned(),
            reason: format!("the request could not be built: {error}"),
        };
        let read = wire::read(request.messages, request.view);
        let bytes = request.system.len() + wire::bytes(&read);
        Ok(Self {
            messages: messages(read, model.contains(CLAUDE)).map_err(unbuilt)?,
            inference: InferenceConfiguration::builder()
                .max_tokens(i32::try_from(options.max_tokens).unwrap_or(i32::MAX))
                .set_temperature(options.temperature.and_then(float))
                .build(),
            metadata: labels(request, options),
            bytes,
        })
    }
}

/// The model id inside of an ARN, or the id itself.
pub(super) fn family(model: &str) -> &str {
    model.rsplit_once('/').map_or(model, |(_, id)| id)
}

// The field of the API is a 32-bit float.
fn float(value: Decimal) -> Option<f32> {
    value.normalize().to_string().parse().ok()
}

/// Joins what stands on the same side, because the API wants sides to alternate.
fn messages(read: Vec<WireMessage<'_>>, is_claude: bool) -> Result<Vec<Message>, BuildError> {
    let mut turns: Vec<(ConversationRole, Vec<ContentBlock>)> = Vec::new();
    for message in read {
        let (role, blocks) = match message {
            WireMessage::User { text } => {
                (ConversationRole::User, vec![ContentBlock::Text(text.to_owned())])
            }
            WireMessage::Assistant { text, reasoning, calls } => {
                // Claude refuses thoughts that are not signed: those of a reply that was cut, or of another model.
                let is_kept = |thought: &&Reasoning| {
                    !is_claude || !matches!(thought, Reasoning::Text { signature: None, .. })
                };
                let reasoning = reasoning.iter().filter(is_kept);
                (ConversationRole::Assistant, assistant(text, reasoning, calls)?)
            }
            WireMessage::Results { results } => {
                (ConversationRole::User, results.into_iter().map(result).collect::<Result<_, _>>()?)
            }
        };
        if blocks.is_empty() {
            continue;
        }
        match turns.last_mut() {
            Some((last, all)) if *last == role => all.extend(blocks),
            Some(_) | None => turns.push((role, blocks)),
        }
    }
    let turns = turns.into_iter();
    turns
        .map(|(role, blocks)| Message::builder().role(role).set_content(Some(blocks)).build())
        .collect()
}

fn assistant<'a>(
    text: Option<&str>,
    reasoning: impl Iterator<Item = &'a Reasoning>,
    calls: &[ToolCall],
) -> Result<Vec<ContentBlock>, BuildError> {
    let mut blocks = Vec::new();
    // Thoughts alone are no turn.
    if text.is_none() && calls.is_empty() {
        return Ok(blocks);
    }
    for block in reasoning {
        blocks.push(ContentBlock::ReasoningContent(thought(block)?));
    }
    if let Some(text) = text {
        blocks.push(ContentBlock::Text(text.trim_end().to_owned()));
    }
    for call in calls {
        let used = ToolUseBlock::builder()
            .tool_use_id(names::id_on_wire(&call.id))
            .name(names::on_wire(&call.name))
            .input(document::from_map(&call.arguments));
        blocks.push(ContentBlock::ToolUse(used.build()?));
    }
    Ok(blocks)
}

fn thought(block: &Reasoning) -> Result<ReasoningContentBlock, BuildError> {
    Ok(match block {
        Reasoning::Text { text, signature } => ReasoningContentBlock::ReasoningText(
            ReasoningTextBlock::builder().text(text).set_signature(signature.clone()).build()?,
        ),
        Reasoning::Redacted { data } => ReasoningContentBlock::RedactedContent(Blob::new(
            // What was never base64 goes back as it is, for the provider to judge.
            aws_smithy_types::base64::decode(data).unwrap_or_else(|_| data.clone().into_bytes()),
        )),
    })
}

fn result(result: WireResult<'_>) -> Result<ContentBlock, BuildError> {
    let status = if result.is_error { ToolResultStatus::Error } else { ToolResultStatus::Success };
    let block = ToolResultBlock::builder()
        .tool_use_id(names::id_on_wire(result.call_id))
        .content(ToolResultContentBlock::Text(result.text))
        .status(status);
    block.build().map(ContentBlock::ToolResult)
}

/// Who asked, for the provider's invocation log and its cost attribution. At most 16 labels of 256 characters.
/// Source: Bedrock `Converse.requestMetadata`.
fn labels(request: &ModelRequest<'_>, options: &ModelOptions) -> HashMap<String, String> {
    let own = [("application", "wherefore"), ("role", request.role), ("agent", request.agent)];
    let own = own.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
    let theirs = options.metadata.clone().into_iter().take(16 - 3);
    theirs.chain(own).map(|(key, value)| (key, label(&value))).collect()
}

fn label(value: &str) -> String {
    let is_allowed =
        |letter: char| letter.is_ascii_alphanumeric() || " :_@$#=/+,-.".contains(letter);
    let kept = value.chars().map(|letter| if is_allowed(letter) { letter } else { '_' });
    kept.take(256).collect()
}

pub(super) fn guardrail(options: &ModelOptions) -> Option<GuardrailConfiguration> {
    let guardrail = options.guardrail.as_ref()?;
    let config = GuardrailConfiguration::builder()
        .guardrail_identifier(&guardrail.id)
        .guardrail_version(&guardrail.version);
    Some(config.build())
}

pub(super) fn stream_guardrail(options: &ModelOptions) -> Option<GuardrailStreamConfiguration> {
    let guardrail = options.guardrail.as_ref()?;
    let config = GuardrailStreamConfiguration::builder()
        .guardrail_identifier(&guardrail.id)
        .guardrail_version(&guardrail.version);
    Some(config.build())
}
