//! What a probe of the model end finds, and what it says to do.

use serde_json::{Value, json};
use wherefore_model::Prices;
use wherefore_providers::{
    ModelChoice, ModelOptions,
    probe::{Finding, Standing, probe},
};

use crate::stand_in::{Answer, StandIn, options, question};

const CALL: &str = r#"data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"note_month","arguments":"{\"month\":\"2024-09\"}"}}]}}]}

data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":60,"completion_tokens":9}}

data: [DONE]

"#;

fn ready() -> Answer {
    Answer::json(
        200,
        &json!({"choices": [{"message": {"content": "ready"}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 40, "completion_tokens": 1}}),
    )
}

fn stream(text: &str) -> Answer {
    Answer::of(200, "text/event-stream", vec![text.as_bytes().to_vec()])
}

async fn findings(model: &str, answers: Vec<Answer>) -> Vec<Finding> {
    let server = StandIn::with(answers).await;
    let choice: ModelChoice = model.parse().unwrap();
    let prices = Prices::built_in().unwrap();
    probe(&choice, &options(&server, true), &prices, &question()).await
}

fn at<'a>(findings: &'a [Finding], what: &str) -> &'a Finding {
    let found = findings.iter().find(|finding| finding.what == what);
    found.unwrap_or_else(|| panic!("no `{what}` in {findings:#?}"))
}

#[tokio::test]
async fn a_model_that_works_is_fine_everywhere_and_its_price_is_told() {
    let found = findings("openai:gpt-4o-mini", vec![ready(), stream(CALL)]).await;
    assert!(found.iter().all(|finding| finding.standing == Standing::Fine), "{found:#?}");
    assert_eq!(at(&found, "model access").detail, "it answered `ready`");
    // 100 tokens read at 0.15 and 10 written at 0.60 dollars a million.
    assert!(at(&found, "model price").detail.contains("0.000021 USD"), "{found:#?}");
    assert!(!format!("{found:?}").contains("test-key"));
}

#[tokio::test]
async fn without_streams_or_tools_a_model_is_told_apart_from_one_that_is_not_there() {
    let whole = json!({"choices": [{"message": {"tool_calls": [{"id": "c", "function": {
        "name": "note_month", "arguments": {"month": "2024-09"}}}]}, "finish_reason": "tool_calls"}]});
    let refused = Answer::json(400, &json!({"error": {"message": "stream is not supported"}}));
    let found = findings("openai:x", vec![ready(), refused, Answer::json(200, &whole)]).await;
    assert!(at(&found, "model streaming").detail.contains("WHEREFORE_MODEL_STREAM=false"));
    assert_eq!(at(&found, "model tool use").standing, Standing::Fine);
    assert_eq!(at(&found, "model price").standing, Standing::Lacking);
    let words =
        "data: {\"choices\":[{\"delta\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}\n\n";
    let found = findings("openai:x", vec![ready(), stream(words)]).await;
    let tools = at(&found, "model tool use");
    assert!(tools.standing == Standing::Broken && tools.detail.contains("--tool-call-parser"));
}

#[tokio::test]
async fn every_failure_says_what_to_do() {
    let refuse = |status: u16, code: &'static str, message: &str| {
        let body: Value = json!({"message": message, "error": {"message": message}});
        Answer::json(status, &body).with("x-amzn-errortype", code)
    };
    for (model, answer, step) in [
        (
            "bedrock:a",
            refuse(
                403,
                "AccessDeniedException",
                "You don't have access to the model with the specified model ID.",
            ),
            "Model access",
        ),
        (
            "bedrock:a",
            refuse(403, "AccessDeniedException", "not authorized to perform: bedrock:InvokeModel"),
            "bedrock:InvokeModel",
        ),
        (
            "bedrock:a",
            refuse(
                403,
                "ExpiredTokenException",
                "The security token included in the request is expired",
            ),
            "sign in again",
        ),
        (
            "bedrock:a",
            refuse(400, "ValidationException", "The provided model identifier is invalid."),
            "offered in this region",
        ),
        (
            "bedrock:a",
            refuse(
                400,
                "ValidationException",
                "Invocation of model ID a with on-demand throughput isn\u{2019}t supported.",
            ),
            "inference profile",
        ),
        ("bedrock:a", refuse(429, "ThrottlingException", "Too many requests"), "busy"),
        ("openai:a", refuse(401, "", "Incorrect API key"), "WHEREFORE_MODEL_KEY"),
        ("openai:a", refuse(404, "", "no such model"), "/v1/models"),
        (
            "openai:a",
            refuse(400, "", "Unsupported parameter: 'max_tokens'"),
            "WHEREFORE_MODEL_LIMIT_FIELD",
        ),
        ("openai:a", Answer::of(200, "text/html", vec![b"<html>".to_vec()]), "end in /v1"),
    ] {
        let found = findings(model, vec![answer]).await;
        let last = found.last().unwrap();
        assert_eq!((last.what, last.standing), ("model access", Standing::Broken), "{found:#?}");
        assert!(last.detail.contains(step), "{} should say `{step}`", last.detail);
    }
}

#[tokio::test]
async fn nothing_is_sent_where_settings_cannot_do() {
    let server = StandIn::with([]).await;
    let prices = Prices::built_in().unwrap();
    let keyless = ModelOptions { key: None, url: None, ..options(&server, true) };
    let found = probe(&"openai:a".parse().unwrap(), &keyless, &prices, &question()).await;
    assert!(at(&found, "model credentials").detail.contains("WHEREFORE_MODEL_KEY"));
    let found = probe(&ModelChoice::Offline, &keyless, &prices, &question()).await;
    assert_eq!(found.len(), 1);
    let wrong = ModelOptions { url: Some("localhost:8000".to_owned()), ..options(&server, true) };
    let found = probe(&"openai:a".parse().unwrap(), &wrong, &prices, &question()).await;
    assert!(found.last().unwrap().detail.contains("expected one such as"), "{found:#?}");
}
