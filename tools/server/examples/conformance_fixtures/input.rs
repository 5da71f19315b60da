//! Tools and a prompt that ask their caller for more before they answer (2026-07-28).
#![expect(deprecated, reason = "the suite still asks for sampling and roots")]

use rmcp::{
    ErrorData, RoleServer,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock,
        CreateMessageRequest, CreateMessageRequestParams, ElicitRequest, ElicitRequestParams,
        ElicitationSchema, GetPromptRequestParams, GetPromptResponse, GetPromptResult,
        InputRequest, InputRequests, InputRequiredResult, InputResponses, ListRootsRequest,
        PromptMessage, Role, SamplingMessage,
    },
    service::RequestContext,
};
use serde_json::{Value, json};

pub(crate) const PROMPT: &str = "test_input_required_result_prompt";

pub(crate) const TOOLS: &[&str] = &[
    "test_input_required_result_elicitation",
    "test_input_required_result_sampling",
    "test_input_required_result_list_roots",
    "test_input_required_result_request_state",
    "test_input_required_result_tampered_state",
    "test_input_required_result_multiple_inputs",
    "test_input_required_result_multi_round",
    "test_input_required_result_capabilities",
    "test_streaming_elicitation",
];

// States that these fixtures hand out. A state that was not handed out is refused, which is all
// that a signature would achieve where the states hold no secret.
const CONFIRM: &str = "7c1e0f6a-confirm";
const GATHER: &str = "7c1e0f6a-gather";
const FIRST_ROUND: &str = "7c1e0f6a-first";
const SECOND_ROUND: &str = "7c1e0f6a-second";

fn elicit(message: &str, field: &str, kind: &str) -> InputRequest {
    let schema = json!({
        "type": "object", "properties": {field: {"type": kind}}, "required": [field],
    });
    let requested_schema = serde_json::from_value::<ElicitationSchema>(schema)
        .unwrap_or_else(|_| ElicitationSchema::new(std::collections::BTreeMap::new()));
    InputRequest::Elicitation(ElicitRequest::new(ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: message.into(),
        requested_schema,
    }))
}

fn sample(prompt: &str) -> InputRequest {
    let messages = vec![SamplingMessage::user_text(prompt)];
    InputRequest::CreateMessage(CreateMessageRequest::new(CreateMessageRequestParams::new(
        messages, 100,
    )))
}

fn roots() -> InputRequest {
    InputRequest::ListRoots(ListRootsRequest::default())
}

fn name() -> InputRequest {
    elicit("What is your name?", "name", "string")
}

fn ask<const N: usize>(inputs: [(&str, InputRequest); N], state: Option<&str>) -> CallToolResponse {
    let mut requests = InputRequests::new();
    for (key, request) in inputs {
        requests.insert(key.into(), request);
    }
    InputRequiredResult::new(Some(requests), state.map(str::to_owned)).into()
}

fn say(text: impl Into<String>) -> CallToolResponse {
    CallToolResult::success(vec![ContentBlock::text(text)]).into()
}

fn answer<'a>(responses: Option<&'a InputResponses>, key: &str) -> Option<&'a Value> {
    responses?.get(key).filter(|answer| answer.is_object())
}

fn tampered() -> ErrorData {
    ErrorData::invalid_params("this requestState was not handed out", None)
}

/// `None` for a tool that is not one of these.
pub(crate) fn call(
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Option<Result<CallToolResponse, ErrorData>> {
    let responses = request.input_responses.as_ref();
    let state = request.request_state.as_deref();
    let response = match request.name.strip_prefix("test_input_required_result_") {
        Some("elicitation") => match answer(responses, "user_name") {
            Some(given) => {
                let name = given.pointer("/content/name").and_then(Value::as_str);
                say(format!("Hello, {}!", name.unwrap_or("friend")))
            }
            None => ask([("user_name", name())], None),
        },
        Some("sampling") => match answer(responses, "capital_question") {
            Some(given) => say(format!("Sampling response: {given}")),
            None => ask([("capital_question", sample("What is the capital of France?"))], None),
        },
        Some("list_roots") => match answer(responses, "client_roots") {
            Some(given) => say(format!("Client roots: {given}")),
            None => ask([("client_roots", roots())], None),
        },
        Some("request_state" | "tampered_state") => match state {
            None => ask([("confirm", elicit("Please confirm", "ok", "boolean"))], Some(CONFIRM)),
            Some(CONFIRM) => say("Confirmed: state-ok"),
            Some(_) => return Some(Err(tampered())),
        },
        Some("multiple_inputs") => return Some(gather(responses, state)),
        Some("multi_round") => match state {
            None => ask([("step1", name())], Some(FIRST_ROUND)),
            Some(FIRST_ROUND) => {
                let color = elicit("What is your favorite color?", "color", "string");
                ask([("step2", color)], Some(SECOND_ROUND))
            }
            Some(SECOND_ROUND) => say("Multi-round flow complete"),
            Some(_) => return Some(Err(tampered())),
        },
        Some("capabilities") => by_capability(responses, context),
        None if request.name == "test_streaming_elicitation" => {
            ask([("streaming_elicitation", elicit("Provide a value", "value", "string"))], None)
        }
        Some(_) | None => return None,
    };
    Some(Ok(response))
}

fn gather(
    responses: Option<&InputResponses>,
    state: Option<&str>,
) -> Result<CallToolResponse, ErrorData> {
    if state.is_some_and(|state| state != GATHER) {
        return Err(tampered());
    }
    let keys = ["user_name", "greeting", "client_roots"];
    if state.is_some() && keys.iter().all(|key| answer(responses, key).is_some()) {
        return Ok(say("All inputs received"));
    }
    let greeting = sample("Generate a greeting");
    let inputs = [("user_name", name()), ("greeting", greeting), ("client_roots", roots())];
    Ok(ask(inputs, Some(GATHER)))
}

/// Asks only for what the client declared.
fn by_capability(
    responses: Option<&InputResponses>,
    context: &RequestContext<RoleServer>,
) -> CallToolResponse {
    let declared = context.meta.client_capabilities().unwrap_or_default();
    let mut requests = InputRequests::new();
    if declared.elicitation.is_some() {
        requests.insert("user_name".into(), name());
    }
    if declared.sampling.is_some() {
        requests.insert("greeting".into(), sample("Generate a greeting"));
    }
    if declared.roots.is_some() {
        requests.insert("client_roots".into(), roots());
    }
    if responses.is_some() || requests.is_empty() {
        return say("Capability-aware flow complete");
    }
    InputRequiredResult::from_input_requests(requests).into()
}

pub(crate) fn prompt(request: &GetPromptRequestParams) -> GetPromptResponse {
    if let Some(given) = answer(request.input_responses.as_ref(), "user_context") {
        let context = given.pointer("/content/context").and_then(Value::as_str);
        let text = format!("Prompt with elicited context: {}", context.unwrap_or_default());
        return GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]).into();
    }
    let mut requests = InputRequests::new();
    let context = elicit("What context should the prompt use?", "context", "string");
    requests.insert("user_context".into(), context);
    InputRequiredResult::from_input_requests(requests).into()
}
