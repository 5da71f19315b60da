use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::Estate;
use crate::http::{BODY_LIMIT_BYTES, HttpAccess, service};

/// Posts one call of a tool with further headers; gives the status and the body.
async fn post(headers: &[(&str, &str)], padding: usize) -> (StatusCode, Value) {
    let tools =
        service(Estate::dearer_compute().tools(), HttpAccess::loopback(CancellationToken::new()));
    let call = json!({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "query_cost", "arguments": {"measures": ["rows"]}},
    });
    let mut request = Request::post("/mcp")
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream");
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "127.0.0.1:8080");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = format!("{call}{}", " ".repeat(padding));
    let response = tools.handle(request.body(Body::from(body)).unwrap()).await;
    let status = response.status();
    let bytes = to_bytes(Body::new(response.into_body()), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

#[tokio::test]
async fn a_call_over_http_is_answered_with_one_json_body_and_no_session() {
    let (status, body) = post(&[], 0).await;
    assert_eq!(status, StatusCode::OK);
    let tables = &body["result"]["structuredContent"]["found"]["tables"];
    assert_eq!(tables[0]["table"]["rows"], json!([["113"]]));
}

#[tokio::test]
async fn pages_of_other_hosts_and_rebound_names_are_refused() {
    let local = post(&[("origin", "http://localhost:8080")], 0).await;
    assert_eq!(local.0, StatusCode::OK);
    for headers in
        [[("origin", "https://evil.example")], [("origin", "null")], [("host", "evil.example")]]
    {
        let (status, _) = post(&headers, 0).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{headers:?}");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    assert_eq!(post(&[], BODY_LIMIT_BYTES).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}
