//! What Bedrock sends over Converse and ConverseStream, and what becomes of it.

use std::time::Duration;

use serde_json::{Value, json};
use wherefore_model::{ModelError, Reasoning, Reply, StopReason, Usage};
use wherefore_providers::ModelOptions;

use crate::stand_in::{Answer, StandIn, ask_once, bedrock, calls, frames, options};

const EVENTS: &str = "application/vnd.amazon.eventstream";

async fn replay(answer: Answer, is_stream: bool) -> Result<Reply, ModelError> {
    let server = StandIn::with([answer]).await;
    ask_once(&*bedrock(&options(&server, is_stream)).await).await
}

async fn stream(name: &str) -> Result<Reply, ModelError> {
    replay(Answer::of(200, EVENTS, frames(&format!("bedrock/{name}.jsonl"))), true).await
}

fn first() -> Value {
    json!(["query_cost", {"period": "2024-09"}])
}

fn second() -> Value {
    json!(["query_cost", {"period": "2024-08"}])
}

#[tokio::test]
async fn events_become_a_reply() {
    let reply = stream("text").await.unwrap();
    assert_eq!(reply.text.as_deref(), Some("9월 비용은 표에 있습니다."));
    // What came from a cache and what went into it is input, too.
    let usage = Usage {
        input_tokens: 120,
        output_tokens: 30,
        cache_read_tokens: 90,
        cache_write_tokens: 10,
    };
    assert_eq!((reply.usage, reply.stop), (usage, StopReason::EndOfTurn));
    for (name, expected) in [
        ("two_calls", json!([first(), second()])),
        ("calls_interleaved", json!([first(), second()])),
        ("no_arguments", json!([["query_cost", {}]])),
        (
            "big_integer",
            json!([["query_cost", {"period": "2024-09", "limit": 9_007_199_254_740_993_u64}]]),
        ),
        ("reasoning", json!([first()])),
    ] {
        let reply = stream(name).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((calls(&reply), reply.stop), (expected, StopReason::ToolUse), "{name}");
    }
    let reply = stream("reasoning").await.unwrap();
    let expected = [
        Reasoning::Text { text: "먼저 본다".to_owned(), signature: Some("c2ln".to_owned()) },
        Reasoning::Redacted { data: "aGlkZGVu".to_owned() },
    ];
    assert_eq!(reply.reasoning, expected);
    for name in ["no_metadata", "unknown_event", "unknown_stop"] {
        assert_eq!(stream(name).await.unwrap().text.as_deref(), Some("끝"), "{name}");
    }
    assert!(stream("no_metadata").await.unwrap().usage.input_tokens > 0);
}

#[tokio::test]
async fn half_a_call_never_runs() {
    for name in ["cut_in_a_call", "cut_behind_a_call", "model_error_inside", "unknown_exception"] {
        let error = stream(name).await.unwrap_err();
        assert!(matches!(error, ModelError::Cut { .. }), "{name}: {error}");
    }
    for name in ["half_arguments", "malformed_tool_use"] {
        let error = stream(name).await.unwrap_err();
        assert!(matches!(error, ModelError::Malformed { .. }), "{name}: {error}");
    }
    let reply = stream("max_tokens_with_whole_call").await.unwrap();
    assert_eq!((calls(&reply), reply.stop), (json!([]), StopReason::MaxTokens));
    // In the middle of a frame, and without the mark of a whole body.
    let mut parts = frames("bedrock/two_calls.jsonl");
    parts.truncate(4);
    let last = parts.pop().unwrap();
    parts.push(last[..last.len() / 2].to_vec());
    let error = replay(Answer::of(200, EVENTS, parts.clone()), true).await.unwrap_err();
    assert!(matches!(error, ModelError::Cut { .. }), "{error}");
    let error = replay(Answer::of(200, EVENTS, parts).breaking_off(), true).await.unwrap_err();
    assert!(matches!(error, ModelError::Cut { .. }), "{error}");
}

#[tokio::test]
async fn a_stream_that_is_cut_behind_any_frame_gives_all_calls_or_none() {
    let whole = frames("bedrock/two_calls.jsonl");
    for kept in 0..whole.len() {
        let parts = whole.iter().take(kept).cloned().collect();
        let reply = replay(Answer::of(200, EVENTS, parts), true).await;
        // Behind the stop only usage is missing.
        if kept + 1 == whole.len() {
            assert_eq!(calls(&reply.unwrap()), json!([first(), second()]));
        } else {
            assert!(matches!(reply, Err(ModelError::Cut { .. })), "{kept}: {reply:?}");
        }
    }
}

#[tokio::test]
async fn a_stream_says_how_it_failed() {
    for (name, kind) in [
        ("throttled_inside", "throttled"),
        ("too_long_inside", "too_long"),
        ("context_window", "too_long"),
    ] {
        let error = stream(name).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{name}: {error}");
    }
    for name in ["guardrail", "filtered"] {
        assert_eq!(stream(name).await.unwrap().stop, StopReason::Refused, "{name}");
    }
}

#[tokio::test]
async fn a_whole_body_is_read_like_a_stream() {
    let body = json!({"output": {"message": {"role": "assistant", "content": [
        {"reasoningContent": {"reasoningText": {"text": "먼저 본다", "signature": "c2ln"}}},
        {"reasoningContent": {"redactedContent": "aGlkZGVu"}},
        {"text": "둘 다"},
        {"toolUse": {"toolUseId": "tooluse_1", "name": "query_cost", "input": {"period": "2024-09"}}},
        {"toolUse": {"toolUseId": "tooluse_1", "name": "query_cost",
            "input": {"period": "2024-08", "limit": 9_007_199_254_740_993_u64}}},
    ]}}, "stopReason": "tool_use", "usage": {"inputTokens": 10, "outputTokens": 5, "totalTokens": 15},
        "metrics": {"latencyMs": 3}});
    let reply = replay(Answer::json(200, &body), false).await.unwrap();
    let exact = json!(["query_cost", {"period": "2024-08", "limit": 9_007_199_254_740_993_u64}]);
    assert_eq!(calls(&reply), json!([first(), exact]));
    assert_ne!(reply.calls[0].id, reply.calls[1].id);
    assert_eq!(reply.reasoning.len(), 2);
    assert_eq!(reply.usage.input_tokens, 10);
}

#[tokio::test]
async fn refusals_of_a_call_are_told_apart() {
    for (status, code, message, kind) in [
        (429, "ThrottlingException", "Too many requests", "throttled"),
        (429, "ModelNotReadyException", "The model is not ready", "throttled"),
        (503, "ServiceUnavailableException", "Try again", "throttled"),
        (408, "ModelTimeoutException", "Model has timed out", "timeout"),
        (424, "ModelErrorException", "The model failed", "unreachable"),
        (500, "InternalServerException", "Internal", "unreachable"),
        (400, "ServiceQuotaExceededException", "No more today", "denied"),
        (403, "AccessDeniedException", "You don't have access to the model", "denied"),
        (403, "ExpiredTokenException", "The security token is expired", "denied"),
        (
            400,
            "ValidationException",
            "prompt is too long: 210000 tokens > 200000 maximum",
            "too_long",
        ),
        (400, "ValidationException", "The provided model identifier is invalid.", "rejected"),
        (404, "ResourceNotFoundException", "Could not resolve the foundation model", "rejected"),
        (418, "BrandNewException", "?", "rejected"),
        (502, "", "?", "unreachable"),
    ] {
        for is_stream in [true, false] {
            let answer =
                Answer::json(status, &json!({"message": message})).with("x-amzn-errortype", code);
            let error = replay(answer, is_stream).await.unwrap_err();
            assert_eq!(error.kind(), kind, "{code}: {error}");
        }
    }
    let busy = Answer::json(429, &json!({}))
        .with("x-amzn-errortype", "ThrottlingException")
        .with("retry-after", "3");
    let error = replay(busy, true).await.unwrap_err();
    assert!(
        matches!(error, ModelError::Throttled { retry_after: Some(wait), .. } if wait.as_secs() == 3)
    );
}

#[tokio::test]
async fn a_server_that_hangs_is_left_in_time_before_and_within_its_reply() {
    let slow = Answer::json(200, &json!({})).after(Duration::from_secs(30));
    let server = StandIn::with([slow]).await;
    let impatient = ModelOptions { timeout: Duration::from_millis(300), ..options(&server, true) };
    let error = ask_once(&*bedrock(&impatient).await).await.unwrap_err();
    assert!(matches!(error, ModelError::Timeout { .. }), "{error}");
    assert_eq!(server.asked().len(), 1, "the SDK must not repeat the call by itself");
    let mut parts = frames("bedrock/two_calls.jsonl");
    parts.truncate(5);
    let server = StandIn::with([Answer::of(200, EVENTS, parts).stalling()]).await;
    let impatient = ModelOptions { url: Some(server.url.clone()), ..impatient };
    let error = ask_once(&*bedrock(&impatient).await).await.unwrap_err();
    assert!(matches!(error, ModelError::Timeout { .. }), "{error}");
    let nowhere =
        ModelOptions { url: Some("http://127.0.0.1:9".to_owned()), ..options(&server, true) };
    let error = ask_once(&*bedrock(&nowhere).await).await.unwrap_err();
    assert!(matches!(error, ModelError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn whoever_goes_takes_the_call_along() {
    let half = frames("bedrock/two_calls.jsonl").into_iter().take(5).collect();
    let server = StandIn::with([Answer::of(200, EVENTS, half).stalling()]).await;
    let model = bedrock(&options(&server, true)).await;
    let gone = tokio::time::timeout(Duration::from_millis(300), ask_once(&*model)).await;
    assert!(gone.is_err() && server.asked().len() == 1);
    for _ in 0..40 {
        if server.left() == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the connection is still open 2 s later");
}
