//! What OpenAI-compatible endpoints really send, and what becomes of it.

use std::time::Duration;

use serde_json::{Value, json};
use wherefore_model::{ModelError, Reasoning, Reply, StopReason, Usage};
use wherefore_providers::ModelOptions;

use crate::stand_in::{Answer, StandIn, ask_once, calls, fixture, openai, options};

async fn replay(answer: Answer) -> Result<Reply, ModelError> {
    let server = StandIn::with([answer]).await;
    ask_once(&*openai(&options(&server, true)).await).await
}

/// A recorded stream, sent in pieces that split events and letters.
async fn stream(name: &str) -> Result<Reply, ModelError> {
    let bytes = fixture(&format!("openai/{name}.sse"));
    let parts = bytes.chunks(7).map(<[u8]>::to_vec).collect();
    replay(Answer::of(200, "text/event-stream", parts)).await
}

fn first() -> Value {
    json!(["query_cost", {"period": "2024-09"}])
}

fn second() -> Value {
    json!(["query_cost", {"period": "2024-08"}])
}

#[tokio::test]
async fn calls_are_put_together_whatever_the_server_leaves_out() {
    for (name, expected) in [
        ("two_calls", json!([first(), second()])),
        ("ids_missing_name_repeated", json!([first(), second()])),
        ("first_index_is_one", json!([first()])),
        ("index_missing", json!([first(), second()])),
        ("index_shared", json!([first(), second()])),
        ("index_and_id_missing", json!([first(), second()])),
        ("whole_call_in_one_delta", json!([first(), second()])),
        ("tail_repeated", json!([first()])),
        ("call_repeated", json!([first()])),
        ("arguments_null", json!([["query_cost", {}]])),
        ("arguments_as_object", json!([first()])),
        ("id_differs_in_every_part", json!([first()])),
        ("finish_says_stop", json!([first()])),
        ("no_finish_but_done", json!([first()])),
        ("no_done_but_finish", json!([first()])),
        ("reasoning_content", json!([first()])),
    ] {
        let reply = stream(name).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(calls(&reply), expected, "{name}");
        assert_eq!(reply.stop, StopReason::ToolUse, "{name}");
        let ids: std::collections::BTreeSet<&str> =
            reply.calls.iter().map(|call| call.id.as_str()).collect();
        assert!(ids.len() == reply.calls.len() && !ids.contains(""), "{name}: {ids:?}");
    }
}

#[tokio::test]
async fn half_a_call_never_runs() {
    for name in ["cut_in_a_call", "cut_behind_a_call"] {
        let error = stream(name).await.unwrap_err();
        assert!(matches!(error, ModelError::Cut { .. }), "{name}: {error}");
    }
    for name in ["half_arguments", "name_lost", "no_json"] {
        let error = stream(name).await.unwrap_err();
        assert!(matches!(error, ModelError::Malformed { .. }), "{name}: {error}");
    }
    let reply = stream("length_with_whole_call").await.unwrap();
    assert_eq!((calls(&reply), reply.stop), (json!([]), StopReason::MaxTokens));
    let broken = fixture("openai/cut_behind_a_call.sse");
    let answer = Answer::of(200, "text/event-stream", vec![broken]).breaking_off();
    assert!(matches!(replay(answer).await.unwrap_err(), ModelError::Cut { .. }));
}

#[tokio::test]
async fn words_thoughts_and_usage_are_told_apart() {
    let reply = stream("text").await.unwrap();
    assert_eq!(reply.text.as_deref(), Some("9월 비용은 표에 있습니다."));
    let usage = Usage {
        input_tokens: 120,
        output_tokens: 30,
        cache_read_tokens: 100,
        cache_write_tokens: 0,
    };
    assert_eq!((reply.usage, reply.stop), (usage, StopReason::EndOfTurn));
    assert_eq!((reply.id.as_deref(), reply.model), (Some("chatcmpl-1"), None));
    let thought = |text: &str| vec![Reasoning::Text { text: text.to_owned(), signature: None }];
    assert_eq!(stream("reasoning_content").await.unwrap().reasoning, thought("먼저 본다"));
    let reply = stream("thoughts_in_the_text").await.unwrap();
    assert_eq!(reply.reasoning, thought("first look"));
    assert_eq!(reply.text.as_deref(), Some("끝났습니다."));
    // A server that does not count is counted for, so that bounds hold.
    assert!(reply.usage.input_tokens > 100 && reply.usage.output_tokens > 0, "{:?}", reply.usage);
    assert_eq!(stream("comments_and_crlf").await.unwrap().text.as_deref(), Some("좋"));
    for name in ["filtered", "refusal"] {
        assert_eq!(stream(name).await.unwrap().stop, StopReason::Refused, "{name}");
    }
}

#[tokio::test]
async fn errors_inside_of_a_stream_are_errors() {
    let error = stream("error_in_the_stream").await.unwrap_err();
    assert!(matches!(&error, ModelError::Cut { reason, .. } if reason.contains("Engine loop")));
    let error = stream("too_long_in_the_stream").await.unwrap_err();
    assert!(matches!(error, ModelError::TooLong { .. }), "{error}");
}

#[tokio::test]
async fn a_whole_body_is_read_like_a_stream_also_where_a_stream_was_asked_for() {
    let message = json!({"role": "assistant", "content": null, "tool_calls": [
        {"id": "c1", "type": "function", "function": {"name": "query_cost", "arguments": "{\"period\":\"2024-09\"}"}},
        {"type": "function", "function": {"name": "query_cost", "arguments": {"period": "2024-08"}}},
    ]});
    let body = json!({"id": "x", "model": "test-model-2024-11", "choices": [
        {"index": 0, "message": message, "finish_reason": "tool_calls"}], "usage": {
        "prompt_tokens": 10, "completion_tokens": 2, "prompt_cache_hit_tokens": 4}});
    for is_stream in [true, false] {
        let server = StandIn::with([Answer::json(200, &body)]).await;
        let reply = ask_once(&*openai(&options(&server, is_stream)).await).await.unwrap();
        assert_eq!(calls(&reply), json!([first(), second()]));
        assert_eq!(reply.usage.cache_read_tokens, 4);
        assert_eq!(reply.model.as_deref(), Some("test-model-2024-11"));
    }
    let parts = json!({"choices": [{"message": {"content": [{"type": "text", "text": "끝"}],
        "tool_calls": null}, "finish_reason": "stop"}]});
    assert_eq!(replay(Answer::json(200, &parts)).await.unwrap().text.as_deref(), Some("끝"));
    let error = replay(Answer::json(200, &json!({"choices": []}))).await.unwrap_err();
    assert!(matches!(error, ModelError::Malformed { .. }), "{error}");
    let hides = json!({"error": {"message": "rate limited", "code": 429}});
    let error = replay(Answer::json(200, &hides)).await.unwrap_err();
    assert!(matches!(error, ModelError::Throttled { .. }), "{error}");
}

#[tokio::test]
async fn refusals_of_a_call_are_told_apart_by_status_and_words() {
    let error = |message: &str, code: &str| json!({"error": {"message": message, "code": code}});
    for (status, body, kind) in [
        (401, error("Incorrect API key provided", "invalid_api_key"), "denied"),
        (403, json!({"detail": "Forbidden"}), "denied"),
        (429, error("Rate limit reached", "rate_limit_exceeded"), "throttled"),
        (429, error("You exceeded your current quota", "insufficient_quota"), "denied"),
        (400, error("too many tokens", "context_length_exceeded"), "too_long"),
        (
            400,
            json!({"object": "error", "message": "This model's maximum context length is 8192 tokens."}),
            "too_long",
        ),
        (413, json!({}), "too_long"),
        (404, json!({"error": "model 'qwen' not found, try pulling it first"}), "rejected"),
        (422, json!({"detail": [{"msg": "extra field"}]}), "rejected"),
        (408, json!({}), "throttled"),
        (500, json!("oops"), "unreachable"),
        (502, json!({}), "unreachable"),
        (503, json!({"message": "loading model"}), "throttled"),
    ] {
        let said = replay(Answer::json(status, &body)).await.unwrap_err();
        assert_eq!(said.kind(), kind, "{status} {body}: {said}");
    }
    let busy = Answer::json(429, &json!({})).with("retry-after", "7");
    let error = replay(busy).await.unwrap_err();
    assert!(
        matches!(error, ModelError::Throttled { retry_after: Some(wait), .. } if wait.as_secs() == 7)
    );
    let page = Answer::of(502, "text/html", vec![b"<html>Bad gateway</html>".to_vec()]);
    assert_eq!(replay(page).await.unwrap_err().kind(), "unreachable");
}

#[tokio::test]
async fn a_server_that_hangs_or_is_not_there_is_left_in_time() {
    let server =
        StandIn::with([Answer::json(200, &json!({})).after(Duration::from_secs(30))]).await;
    let impatient = ModelOptions { timeout: Duration::from_millis(200), ..options(&server, true) };
    let error = ask_once(&*openai(&impatient).await).await.unwrap_err();
    assert!(matches!(error, ModelError::Timeout { .. }), "{error}");
    let nowhere =
        ModelOptions { url: Some("http://127.0.0.1:9".to_owned()), ..options(&server, true) };
    let error = ask_once(&*openai(&nowhere).await).await.unwrap_err();
    assert!(matches!(error, ModelError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn a_reply_without_end_is_not_read_to_its_end() {
    let event =
        format!("data: {}\n\n", json!({"choices": [{"delta": {"content": "x".repeat(1 << 20)}}]}));
    let answer = Answer::of(200, "text/event-stream", vec![event.into_bytes(); 12]);
    assert!(matches!(replay(answer).await.unwrap_err(), ModelError::Malformed { .. }));
    let answer = Answer::of(200, "text/event-stream", vec![vec![b'x'; 1 << 20]; 66]);
    assert!(matches!(replay(answer).await.unwrap_err(), ModelError::Cut { .. }));
}

#[tokio::test]
async fn whoever_goes_takes_the_call_along() {
    let half = fixture("openai/cut_in_a_call.sse");
    let answer = Answer::of(200, "text/event-stream", vec![half]).stalling();
    let server = StandIn::with([answer]).await;
    let model = openai(&options(&server, true)).await;
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
