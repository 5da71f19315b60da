//! The stream: first who works, then verified sentences, then the whole answer.

use serde_json::{Value, json};

use crate::support::{AS_OF, estate, request, send};

fn events(body: &str) -> Vec<(String, Value)> {
    body.split("\n\n")
        .filter_map(|block| {
            let field =
                |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            Some((field("event:")?.to_owned(), serde_json::from_str(field("data:")?).ok()?))
        })
        .collect()
}

#[tokio::test]
async fn progress_comes_before_sentences_and_the_answer_comes_last() {
    let estate = estate();
    let router = estate.router().await;
    let body = json!({ "question": "billed cost by month", "as_of": AS_OF, "conversation": "new" });
    let reply = send(&router, request("POST", "/v1/ask/stream", Some(body))).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "text/event-stream");
    let events = events(&reply.body);
    let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
    let first = |name: &str| names.iter().position(|one| *one == name);
    assert_eq!(first("conversation"), Some(0), "{names:?}");
    assert_eq!(first("answer"), Some(names.len() - 1), "{names:?}");
    assert!(first("progress") < first("sentence"), "{names:?}");
    assert!(first("sentence").is_some(), "{names:?}");
    let (_, answer) = events.last().unwrap();
    let text = answer["text"].as_str().unwrap();
    for (_, sentence) in events.iter().filter(|(name, _)| name == "sentence") {
        assert!(text.contains(sentence["text"].as_str().unwrap()), "{sentence} is not in {text}");
    }
    let working = events
        .iter()
        .any(|(_, data)| data["event"] == "tool_called" && data["tool"] == "describe_cost_data");
    assert!(working, "{events:?}");
}

#[tokio::test]
async fn the_stream_and_the_plain_reply_carry_the_same_answer() {
    let estate = estate();
    let router = estate.router().await;
    let body = json!({ "question": "9월 비용 합계", "as_of": AS_OF });
    let plain = send(&router, request("POST", "/v1/ask", Some(body.clone()))).await.json();
    let streamed = send(&router, request("POST", "/v1/ask/stream", Some(body))).await;
    assert_eq!(events(&streamed.body).last().unwrap().1, plain);
}
