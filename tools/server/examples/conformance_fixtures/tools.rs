//! Tools that answer at once.
#![expect(deprecated, reason = "the suite still asks for sampling")]

use std::{sync::Arc, time::Duration};

use rmcp::{
    ErrorData, RoleServer,
    model::{
        AudioContent, CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities,
        ContentBlock, JsonObject, ProgressNotificationParam, ResourceContents, Tool,
    },
    service::RequestContext,
};
use serde_json::{Value, json};

use crate::{documents::PIXEL_PNG, input};

// A WAV file without a sample.
const SILENCE_WAV: &str = "UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=";

const PLAIN: [&str; 9] = [
    "test_simple_text",
    "test_image_content",
    "test_audio_content",
    "test_embedded_resource",
    "test_multiple_content_types",
    "test_error_handling",
    "test_tool_with_progress",
    "test_missing_capability",
    "test_logging_tool",
];

pub(crate) fn object(value: Value) -> Arc<JsonObject> {
    if let Value::Object(fields) = value { Arc::new(fields) } else { Arc::default() }
}

pub(crate) fn listed() -> Vec<Tool> {
    let plain = |name: &&'static str| {
        Tool::new(*name, "A fixture.", object(json!({"type": "object", "properties": {}})))
    };
    let mut tools: Vec<Tool> = PLAIN.iter().chain(input::TOOLS).map(plain).collect();
    tools.push(header_tool());
    tools.push(schema_tool());
    tools
}

fn header_tool() -> Tool {
    let value = json!({"type": "string", "x-mcp-header": "Value"});
    let schema = json!({"type": "object", "properties": {"value": value}, "required": ["value"]});
    Tool::new("test_custom_header", "A fixture.", object(schema))
}

fn schema_tool() -> Tool {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": {"address": {
            "$anchor": "address",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }},
        "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"}},
        "allOf": [{"anyOf": [{"required": ["name"]}, {"required": ["address"]}]}],
        "if": {"required": ["address"]},
        "then": {"properties": {"address": {"required": ["street"]}}},
        "else": {"required": ["name"]},
        "additionalProperties": false,
    });
    Tool::new("json_schema_2020_12_tool", "A fixture.", object(schema))
}

fn text_resource(uri: &str, kind: &str, text: &str) -> ContentBlock {
    ContentBlock::resource(ResourceContents::TextResourceContents {
        uri: uri.into(),
        mime_type: Some(kind.into()),
        text: text.into(),
        meta: None,
    })
}

pub(crate) async fn call(
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Result<CallToolResponse, ErrorData> {
    let blocks = match request.name.as_ref() {
        "test_simple_text" => {
            vec![ContentBlock::text("This is a simple text response for testing.")]
        }
        "test_image_content" => vec![ContentBlock::image(PIXEL_PNG, "image/png")],
        "test_audio_content" => {
            vec![ContentBlock::Audio(AudioContent::new(SILENCE_WAV, "audio/wav"))]
        }
        "test_embedded_resource" => vec![text_resource(
            "test://embedded-resource",
            "text/plain",
            "This is an embedded resource content.",
        )],
        "test_multiple_content_types" => vec![
            ContentBlock::text("Multiple content types test:"),
            ContentBlock::image(PIXEL_PNG, "image/png"),
            text_resource("test://mixed", "application/json", r#"{"test":"data","value":123}"#),
        ],
        "test_error_handling" => {
            let text = "This tool intentionally returns an error for testing";
            return Ok(CallToolResult::error(vec![ContentBlock::text(text)]).into());
        }
        "test_tool_with_progress" => progress(context).await,
        "test_missing_capability" => missing_capability(context)?,
        "test_custom_header" => {
            let value = request.arguments.as_ref().and_then(|given| given.get("value")?.as_str());
            let value = value.ok_or_else(|| ErrorData::invalid_params("no `value`", None))?;
            vec![ContentBlock::text(value)]
        }
        // It would log only when asked to; ours never logs to the client.
        "test_logging_tool" | "json_schema_2020_12_tool" => vec![ContentBlock::text("ok")],
        other => return Err(ErrorData::invalid_params(format!("no tool `{other}`"), None)),
    };
    Ok(CallToolResult::success(blocks).into())
}

async fn progress(context: &RequestContext<RoleServer>) -> Vec<ContentBlock> {
    if let Some(token) = context.meta.get_progress_token() {
        for done in [0.0, 50.0, 100.0] {
            let step = ProgressNotificationParam::new(token.clone(), done).with_total(100.0);
            if context.peer.notify_progress(step).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    vec![ContentBlock::text("done")]
}

fn missing_capability(
    context: &RequestContext<RoleServer>,
) -> Result<Vec<ContentBlock>, ErrorData> {
    let declared = context.meta.client_capabilities().unwrap_or_default();
    if declared.sampling.is_none() {
        let wanted = ClientCapabilities::builder().enable_sampling().build();
        return Err(ErrorData::missing_required_client_capability(wanted));
    }
    Ok(vec![ContentBlock::text("declared")])
}
