//! What both providers send: equal bytes for equal conversations, and everything in the form that the wire wants.

use serde_json::{Value, json};
use wherefore_contract::tool::{ToolCall, ToolOutcome};
use wherefore_model::{Message, Reasoning, ToolResult};
use wherefore_providers::{Caching, Guardrail, ModelOptions};

use crate::stand_in::{
    Answer, Asked, StandIn, ask, bedrock, named_bedrock, object, openai, options, tool,
};

/// A conversation with everything in it: thoughts, two calls at once, an error, a reminder behind the results.
fn conversation() -> Vec<Message> {
    let call = |id: &str, name: &str, arguments: Value| ToolCall {
        id: id.to_owned(),
        name: name.to_owned(),
        arguments: object(arguments),
    };
    let result = |id: &str, tool: &str, outcome| ToolResult {
        call_id: id.to_owned(),
        tool: tool.to_owned(),
        outcome,
        evidence: Vec::new(),
        note: None,
    };
    let nothing = ToolOutcome::NoData { searched: "9월".to_owned(), notices: Vec::new() };
    let failed = ToolOutcome::Error { message: "no such period".to_owned() };
    let sorted = json!({"period": "2024-09", "limit": u64::MAX, "group_by": ["b", "a"], "z": {"y": 1, "x": 2}});
    vec![
        Message::user("9월 비용은?"),
        Message::Assistant {
            text: Some("둘 다 봅니다. ".to_owned()),
            calls: vec![call("c 1", "query_cost", sorted), call("c2", "find.metadata", json!({}))],
            reasoning: vec![
                Reasoning::Text { text: "먼저".to_owned(), signature: Some("c2ln".to_owned()) },
                Reasoning::Redacted { data: "aGlkZGVu".to_owned() },
                Reasoning::Text { text: "not signed".to_owned(), signature: None },
            ],
        },
        Message::Tools {
            results: vec![
                result("c 1", "query_cost", nothing),
                result("c2", "find.metadata", failed),
            ],
        },
        Message::user("Submit now."),
    ]
}

fn done() -> Answer {
    Answer::json(
        200,
        &json!({"output": {"message": {"role": "assistant", "content": [{"text": "끝"}]}},
            "stopReason": "end_turn", "usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2},
            "metrics": {"latencyMs": 1}, "choices": [{"message": {"content": "끝"}, "finish_reason": "stop"}]}),
    )
}

async fn sent_to_bedrock(change: impl Fn(ModelOptions) -> ModelOptions) -> Asked {
    let server = StandIn::with([done()]).await;
    let model = bedrock(&change(options(&server, false))).await;
    let tools = [tool("query_cost"), tool("find.metadata")];
    ask(&*model, &conversation(), &tools).await.unwrap();
    server.asked().remove(0)
}

async fn sent_to_openai(change: impl Fn(ModelOptions) -> ModelOptions) -> Asked {
    let server = StandIn::with([done()]).await;
    let model = openai(&change(options(&server, false))).await;
    let tools = [tool("query_cost"), tool("find.metadata")];
    ask(&*model, &conversation(), &tools).await.unwrap();
    server.asked().remove(0)
}

#[tokio::test]
async fn bedrock_reads_turns_that_alternate_with_results_behind_their_calls() {
    let asked = sent_to_bedrock(|options| ModelOptions {
        temperature: Some("0.2".parse().unwrap()),
        guardrail: Some(Guardrail { id: "gr-1".to_owned(), version: "3".to_owned() }),
        metadata: [("team".to_owned(), "핀옵스 1".to_owned())].into(),
        ..options
    })
    .await;
    assert_eq!(asked.path, "/model/us.anthropic.claude-test-v1%3A0/converse");
    assert!(asked.head.contains("authorization: bearer test-key"), "{}", asked.head);
    let body = asked.json();
    // The API's field is a 32-bit float.
    let temperature = f64::from(0.2_f32);
    assert_eq!(body["inferenceConfig"], json!({"maxTokens": 4096, "temperature": temperature}));
    assert_eq!(
        body["guardrailConfig"],
        json!({"guardrailIdentifier": "gr-1", "guardrailVersion": "3", "trace": "disabled"})
    );
    assert_eq!(
        body["requestMetadata"],
        json!({"application": "wherefore", "role": "analyzer", "agent": "0.1.0", "team": "___ 1"}),
    );
    assert_eq!(
        body["system"],
        json!([{"text": "You analyse."}, {"cachePoint": {"type": "default"}}])
    );
    let tools = body["toolConfig"]["tools"].as_array().unwrap();
    assert_eq!(tools.len(), 3);
    assert_eq!(tools[2], json!({"cachePoint": {"type": "default"}}));
    let found = tools[1]["toolSpec"]["name"].as_str().unwrap();
    assert!(found.starts_with("find_metadata-x"), "{found}");
    let messages = body["messages"].as_array().unwrap();
    let roles: Vec<&str> = messages.iter().map(|one| one["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["user", "assistant", "user"]);
    let said = messages[1]["content"].as_array().unwrap();
    assert_eq!(
        said[0],
        json!({"reasoningContent": {"reasoningText": {"text": "먼저", "signature": "c2ln"}}})
    );
    assert_eq!(said[1], json!({"reasoningContent": {"redactedContent": "aGlkZGVu"}}));
    assert_eq!(said[2], json!({"text": "둘 다 봅니다."}));
    assert_eq!(said[3]["toolUse"]["input"]["limit"], json!(u64::MAX));
    assert_eq!(said[4]["toolUse"]["name"], *found);
    let results = messages[2]["content"].as_array().unwrap();
    assert_eq!(results[0]["toolResult"]["toolUseId"], said[3]["toolUse"]["toolUseId"]);
    assert_eq!(results[0]["toolResult"]["status"], "success");
    assert_eq!(results[1]["toolResult"]["status"], "error");
    assert_eq!(results[2], json!({"text": "Submit now."}));
}

#[tokio::test]
async fn equal_conversations_are_equal_bytes() {
    let one = sent_to_bedrock(|options| options).await;
    for _ in 0..5 {
        let other = sent_to_bedrock(|options| options).await;
        assert_eq!(String::from_utf8_lossy(&one.body), String::from_utf8_lossy(&other.body));
    }
    let text = String::from_utf8_lossy(&one.body).into_owned();
    let keys = r#""input":{"group_by":["b","a"],"limit":18446744073709551615,"period":"2024-09","z":{"x":2,"y":1}}"#;
    assert!(text.contains(keys), "{text}");
    assert!(one.head.contains(&format!("content-length: {}", one.body.len())), "{}", one.head);
    let (one, other) =
        (sent_to_openai(|options| options).await, sent_to_openai(|options| options).await);
    assert_eq!(one.body, other.body);
}

#[tokio::test]
async fn cache_points_stand_only_where_the_settings_or_the_family_allow() {
    let points = |asked: &Asked| String::from_utf8_lossy(&asked.body).matches("cachePoint").count();
    let with = |caching| move |options| ModelOptions { caching, ..options };
    assert_eq!(points(&sent_to_bedrock(with(Caching::Off)).await), 0);
    assert_eq!(points(&sent_to_bedrock(with(Caching::On)).await), 2);
    assert_eq!(points(&sent_to_bedrock(with(Caching::Auto)).await), 2);
}

#[tokio::test]
async fn chat_completions_read_the_same_conversation() {
    let asked = sent_to_openai(|options| ModelOptions {
        temperature: Some("0.2".parse().unwrap()),
        echo_reasoning: true,
        ..options
    })
    .await;
    assert_eq!(asked.path, "/chat/completions");
    assert!(asked.head.contains("authorization: bearer test-key"), "{}", asked.head);
    let body = asked.json();
    assert_eq!(body["max_tokens"], 4096);
    assert_eq!(body["temperature"], json!(0.2));
    let messages = body["messages"].as_array().unwrap();
    let roles: Vec<&str> = messages.iter().map(|one| one["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["system", "user", "assistant", "tool", "tool", "user"]);
    assert_eq!(messages[2]["reasoning_content"], "먼저\nnot signed");
    let calls = messages[2]["tool_calls"].as_array().unwrap();
    assert_eq!(
        calls[0]["function"]["arguments"],
        r#"{"group_by":["b","a"],"limit":18446744073709551615,"period":"2024-09","z":{"x":2,"y":1}}"#
    );
    assert_eq!(messages[3]["tool_call_id"], calls[0]["id"]);
    assert_eq!(calls[1]["function"]["name"], body["tools"][1]["function"]["name"]);
    let plain = sent_to_openai(|options| options).await.json();
    assert!(plain["messages"][2].get("reasoning_content").is_none());
}

#[tokio::test]
async fn families_read_schemas_in_the_form_that_they_accept() {
    let mut without = tool("list_all");
    without.input_schema = object(json!({"type": "object", "additionalProperties": false}));
    let server = StandIn::with([done(), done()]).await;
    let user = [Message::user("?")];
    ask(&*openai(&options(&server, false)).await, &user, &[without.clone()]).await.unwrap();
    let nova = named_bedrock("us.amazon.nova-lite-v1:0", &options(&server, false)).await;
    ask(&*nova, &user, &[without]).await.unwrap();
    let asked = server.asked();
    let openai = asked[0].json();
    assert_eq!(openai["tools"][0]["function"]["parameters"]["properties"], json!({}));
    let nova = asked[1].json();
    let tools = &nova["toolConfig"]["tools"];
    assert_eq!(
        tools[0]["toolSpec"]["inputSchema"]["json"],
        json!({"type": "object", "properties": {}})
    );
    // Nova caches behind the system text alone.
    assert_eq!(tools.as_array().unwrap().len(), 1);
    assert_eq!(nova["system"].as_array().unwrap().len(), 2);
}
