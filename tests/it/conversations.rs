//! Conversations are kept where a caller asks for it, and only there.

use serde_json::json;

use crate::support::{AS_OF, estate, request, send};

#[tokio::test]
async fn a_conversation_is_kept_listed_shown_and_deleted() {
    let estate = estate();
    let router = estate.router().await;
    let ask = |question: &str, conversation: &str| {
        request(
            "POST",
            "/v1/ask",
            Some(json!({ "question": question, "as_of": AS_OF, "conversation": conversation })),
        )
    };
    let first = send(&router, ask("billed cost by month", "new")).await;
    let id = first.header("wherefore-conversation").to_owned();
    assert!(id.starts_with("c_"), "{id}");
    let second = send(&router, ask("9월 비용 합계", &id)).await;
    assert_eq!(second.header("wherefore-conversation"), id);

    let listed = send(&router, request("GET", "/v1/conversations", None)).await.json();
    assert_eq!(listed["conversations"][0]["id"], id);
    assert_eq!(listed["conversations"][0]["title"], "billed cost by month");
    let shown =
        send(&router, request("GET", &format!("/v1/conversations/{id}"), None)).await.json();
    assert_eq!(shown["messages"][0]["answer"], first.json());
    assert_eq!(shown["messages"][1]["answer"], second.json());
    assert_eq!(shown["messages"].as_array().unwrap().len(), 2);

    let delete = || request("DELETE", &format!("/v1/conversations/{id}"), None);
    assert_eq!(send(&router, delete()).await.status, 204);
    assert_eq!(send(&router, delete()).await.status, 404);
    assert_eq!(
        send(&router, request("GET", &format!("/v1/conversations/{id}"), None)).await.status,
        404
    );
}

#[tokio::test]
async fn without_a_conversation_nothing_is_kept() {
    let estate = estate();
    let router = estate.router().await;
    let reply = send(
        &router,
        request(
            "POST",
            "/v1/ask",
            Some(json!({ "question": "billed cost by month", "as_of": AS_OF })),
        ),
    )
    .await;
    assert_eq!((reply.status, reply.header("wherefore-conversation")), (200, ""));
    let listed = send(&router, request("GET", "/v1/conversations", None)).await.json();
    assert_eq!(listed, json!({ "conversations": [] }));
}
