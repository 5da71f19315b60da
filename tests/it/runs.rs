//! The run behind a kept answer can be read and run again; nobody else's can, and none is kept where nothing is.

use serde_json::json;
use wherefore::runs::{KeptRun, replay::replay};

use crate::support::{AS_OF, estate, request, send};

#[tokio::test]
async fn a_kept_answer_shows_its_run_and_the_run_gives_the_same_answer_again() {
    let estate = estate();
    let router = estate.router().await;
    for question in [
        "billed cost by month",
        "9월 클라우드 서비스별 비용은?",
        "Why did the unit cost of checkout change from August to September 2024?",
        "What will the weather be?",
    ] {
        let body = json!({ "question": question, "as_of": AS_OF, "conversation": "new" });
        let answer = send(&router, request("POST", "/v1/ask", Some(body))).await.json();
        let id = answer["id"].as_str().unwrap();
        let reply = send(&router, request("GET", &format!("/v1/answers/{id}/run"), None)).await;
        assert_eq!(reply.status, 200, "{question}: {}", reply.body);
        let run: KeptRun = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(run.text, answer["text"].as_str().unwrap());
        assert_eq!(run.record["question"]["text"], question);
        let calls = answer["run"]["tool_calls"].as_u64().unwrap();
        assert_eq!(run.record["tools"].as_array().unwrap().len() as u64, calls);
        let again = replay(&run).await.unwrap();
        assert!(again.same, "{question}: {:?}", again.differences);
        // Another outcome gives another answer, and the replay says where.
        let mut other = run.clone();
        other.text.push_str(" and more");
        let other = replay(&other).await.unwrap();
        assert!(!other.same && !other.differences.is_empty(), "{question}");
    }
}

#[tokio::test]
async fn an_answer_outside_of_conversations_leaves_no_run() {
    let estate = estate();
    let router = estate.router().await;
    let body = json!({ "question": "billed cost by month", "as_of": AS_OF });
    let answer = send(&router, request("POST", "/v1/ask", Some(body))).await.json();
    let id = answer["id"].as_str().unwrap();
    let reply = send(&router, request("GET", &format!("/v1/answers/{id}/run"), None)).await;
    assert_eq!(reply.status, 404, "{}", reply.body);
}
