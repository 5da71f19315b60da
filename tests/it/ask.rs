//! Questions over HTTP: answered in both languages with the evidence under them, or declined with what is missing.

use serde_json::json;

use crate::support::{AS_OF, Reply, estate, request, send};

async fn ask(question: &str) -> Reply {
    let estate = estate();
    let router = estate.router().await;
    let body = json!({ "question": question, "as_of": AS_OF });
    send(&router, request("POST", "/v1/ask", Some(body))).await
}

#[tokio::test]
async fn a_total_is_answered_in_english_with_its_statement() {
    let reply = ask("What was the total billed cost in September 2024?").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let answer = reply.json();
    assert_eq!(answer["status"], "answered", "{}", reply.body);
    assert_eq!(answer["language"], "en");
    assert!(answer["headline"].as_str().unwrap().contains("$558.00"), "{}", answer["headline"]);
    assert!(reply.body.contains("select") && reply.body.contains("s000001"));
}

#[tokio::test]
async fn the_same_total_is_answered_in_korean() {
    let answer = ask("2024년 9월 청구 비용 합계는 얼마야?").await.json();
    assert_eq!(answer["status"], "answered", "{answer}");
    assert_eq!(answer["language"], "ko");
    assert!(answer["headline"].as_str().unwrap().contains("558.00"), "{}", answer["headline"]);
}

#[tokio::test]
async fn a_breakdown_gives_exact_rows_for_machines() {
    let answer = ask("billed cost in September 2024 by cloud service").await.json();
    assert_eq!(answer["result"]["type"], "rows", "{answer}");
    let rows = answer["result"]["rows"].as_array().unwrap();
    let has = |name: &str, cost: &str| {
        rows.iter().any(|row| {
            let cells: Vec<&str> =
                row.as_array().unwrap().iter().filter_map(|cell| cell.as_str()).collect();
            cells.contains(&name) && cells.contains(&cost)
        })
    };
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(has("Amazon Elastic Compute Cloud", "375"), "{rows:?}");
    assert!(has("Amazon Simple Storage Service", "33"), "{rows:?}");
    assert!(has("Virtual Machines", "150"), "{rows:?}");
}

#[tokio::test]
async fn every_claim_stands_where_it_says_in_the_text() {
    let answer = ask("9월 클라우드 서비스별 청구 비용은?").await.json();
    let text = answer["text"].as_str().unwrap();
    let claims = answer["claims"].as_array().unwrap();
    assert!(!claims.is_empty(), "{answer}");
    for claim in claims.iter().filter(|claim| claim["at"][1] != 0) {
        let at = |index: usize| usize::try_from(claim["at"][index].as_u64().unwrap()).unwrap();
        assert_eq!(text.get(at(0)..at(1)), claim["shown"].as_str(), "{claim}");
    }
}

#[tokio::test]
async fn a_month_that_is_not_loaded_is_declined_without_a_figure_in_the_result() {
    let answer = ask("What was the billed cost in March 2023?").await.json();
    assert_eq!(answer["status"], "declined", "{answer}");
    assert_eq!(answer["result"]["type"], "none");
    assert!(!answer["gaps"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_change_of_unit_cost_is_explained_by_its_bridge() {
    let answer =
        ask("Why did the unit cost of checkout change from August 2024 to September 2024?")
            .await
            .json();
    assert!(matches!(answer["status"].as_str(), Some("answered" | "partial")), "{answer}");
    assert_eq!(answer["verdict"]["workload"], "checkout", "{answer}");
    // 317.75 / 31000 and 375 / 30000.
    assert_eq!(answer["verdict"]["unit_cost_from"], "0.01025", "{}", answer["verdict"]);
    assert_eq!(answer["verdict"]["unit_cost_to"], "0.0125", "{}", answer["verdict"]);
}

#[tokio::test]
async fn an_empty_or_malformed_request_is_a_problem_with_a_sentence() {
    let estate = estate();
    let router = estate.router().await;
    let cases = [
        (json!({ "question": " \u{200b} " }), 422),
        (json!({ "question": "a".repeat(16 * 1024 + 1) }), 413),
        (json!({ "question": "cost?", "as_of": "yesterday" }), 422),
        (json!({ "question": "cost?", "unknown": 1 }), 422),
        (json!({ "question": 7 }), 422),
        (json!({ "question": "cost?", "conversation": "none-such" }), 404),
    ];
    for (body, status) in cases {
        let reply = send(&router, request("POST", "/v1/ask", Some(body.clone()))).await;
        assert_eq!(reply.status, status, "{body} {}", reply.body);
        assert_eq!(reply.header("content-type"), "application/problem+json");
        assert!(!reply.json()["detail"].as_str().unwrap().is_empty());
    }
    let large = json!({ "question": "a".repeat(300 * 1024) });
    assert_eq!(send(&router, request("POST", "/v1/ask", Some(large))).await.status, 413);
}
