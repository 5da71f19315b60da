//! A conversation as the Converse API wants it: turns that alternate, results behind the calls they belong to, cache
//! points behind what stays the same.

use std::collections::HashMap;

use aws_sdk_bedrockruntime::{
    error::BuildError,
    primitives::Blob,
    types::{
        CachePointBlock, CachePointType, ContentBlock, ConversationRole, GuardrailConfiguration,
        GuardrailStreamConfiguration, InferenceConfiguration, Message, ReasoningContentBlock,
        ReasoningTextBlock, SystemContentBlock, Tool, ToolConfiguration, ToolInputSchema,
        ToolResultBlock, ToolResultContentBlock, ToolResultStatus, ToolSpecification, ToolUseBlock,
    },
};
use wherefore_contract::{
    Decimal,
    tool::{ToolCall, ToolSpec},
};
use wherefore_model::{
    ModelError, ModelRequest, Reasoning,
    wire::{self, WireMessage, WireResult},
};

use super::document;
use crate::{
    names, schema,
    setting::{Caching, ModelOptions},
};

const NOVA: &str = "amazon.nova";
const CLAUDE: &str = "anthropic.claude";

/// What both operations are sent.
pub(super) struct Parts {
    pub(super) messages: Vec<Message>,
    pub(super) system: Option<Vec<SystemContentBlock>>,
    pub(super) tools: Option<ToolConfiguration>,
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
        let points = CachePoints::of(model, options.caching);
        let bytes = request.system.len() + wire::bytes(&read);
        Ok(Self {
            messages: messages(read, model.contains(CLAUDE)).map_err(unbuilt)?,
            system: system(request.system, points).map_err(unbuilt)?,
            tools: tools(request.tools, points, model.contains(NOVA)).map_err(unbuilt)?,
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

/// Where a family may cache. Models outside of the list refuse requests with cache points.
/// Source: docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html (Claude: tools, system, messages; Nova:
/// system, messages).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CachePoints {
    tools: bool,
    system: bool,
}

impl CachePoints {
    fn of(model: &str, caching: Caching) -> Self {
        let both = |is_on| Self { tools: is_on, system: is_on };
        match caching {
            Caching::On => both(true),
            Caching::Off => both(false),
            Caching::Auto if model.contains(NOVA) => Self { tools: false, system: true },
            Caching::Auto => both(caches_by_itself(model)),
        }
    }
}

// Claude 3 and the first 3.5 have no prompt caching.
fn caches_by_itself(model: &str) -> bool {
    let without =
        ["claude-3-opus", "claude-3-sonnet", "claude-3-haiku", "claude-3-5-sonnet-20240620"];
    model.contains(CLAUDE)
        && !["anthropic.claude-v2", "anthropic.claude-instant"]
            .iter()
            .any(|one| model.contains(one))
        && !without.iter().any(|one| model.contains(one))
}

fn point() -> Result<CachePointBlock, BuildError> {
    CachePointBlock::builder().r#type(CachePointType::Default).build()
}

fn system(text: &str, points: CachePoints) -> Result<Option<Vec<SystemContentBlock>>, BuildError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let mut blocks = vec![SystemContentBlock::Text(text.to_owned())];
    if points.system {
        blocks.push(SystemContentBlock::CachePoint(point()?));
    }
    Ok(Some(blocks))
}

fn tools(
    specs: &[ToolSpec],
    points: CachePoints,
    is_nova: bool,
) -> Result<Option<ToolConfiguration>, BuildError> {
    if specs.is_empty() {
        return Ok(None);
    }
    let mut tools = Vec::with_capacity(specs.len() + 1);
    for spec in specs {
        let schema = if is_nova {
            document::from_map(&schema::written_out(&spec.input_schema))
        } else {
            document::from_map(&spec.input_schema)
        };
        // An empty description is refused.
        let description = Some(&spec.description).filter(|text| !text.trim().is_empty()).cloned();
        let spec = ToolSpecification::builder()
            .name(names::on_wire(&spec.name))
            .set_description(description)
            .input_schema(ToolInputSchema::Json(schema));
        tools.push(Tool::ToolSpec(spec.build()?));
    }
    if points.tools {
        tools.push(Tool::CachePoint(point()?));
    }
    ToolConfiguration::builder().set_tools(Some(tools)).build().map(Some)
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
