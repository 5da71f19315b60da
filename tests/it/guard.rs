//! Who may talk to the program, and what binds the page.

use axum::body::Body;

use crate::support::{estate, request, send};

#[tokio::test]
async fn every_route_refuses_another_host_and_another_site() {
    let estate = estate();
    let router = estate.router().await;
    for path in [
        "/",
        "/assets/app.js",
        "/v1/status",
        "/v1/conversations",
        "/healthz",
        "/openapi.json",
        "/mcp",
        "/nothing",
    ] {
        let mut foreign = request("GET", path, None);
        foreign.headers_mut().insert("host", "attacker.example:8080".parse().unwrap());
        assert_eq!(send(&router, foreign).await.status, 421, "{path}");
        let mut cross = request("GET", path, None);
        cross.headers_mut().insert("origin", "http://attacker.example".parse().unwrap());
        assert_eq!(send(&router, cross).await.status, 403, "{path}");
    }
    let nameless = axum::http::Request::builder().uri("/").body(Body::empty()).unwrap();
    assert_eq!(send(&router, nameless).await.status, 421);
}

#[tokio::test]
async fn the_page_may_run_only_its_own_script() {
    let estate = estate();
    let router = estate.router().await;
    let page = send(&router, request("GET", "/", None)).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-security-policy"), wherefore::http::CONTENT_POLICY);
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(!wherefore::http::CONTENT_POLICY.contains("unsafe"));
    // Nothing inline and nothing from elsewhere, so that the policy loses nothing.
    assert!(!page.body.contains("style=") && !page.body.contains(" onclick"));
    assert!(!page.body.contains("http://") && !page.body.contains("https://"));
    for file in [
        "app.css",
        "app.js",
        "answer.js",
        "dom.js",
        "evidence.js",
        "markdown.js",
        "words.js",
        "mark.svg",
    ] {
        let reply = send(&router, request("GET", &format!("/assets/{file}"), None)).await;
        assert_eq!(reply.status, 200, "{file}");
        assert!(!reply.body.contains("innerHTML") && !reply.body.contains("eval("), "{file}");
    }
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems() {
    let estate = estate();
    let router = estate.router().await;
    assert_eq!(send(&router, request("GET", "/v1/nothing", None)).await.status, 404);
    let wrong = send(&router, request("GET", "/v1/ask", None)).await;
    assert_eq!((wrong.status, wrong.header("content-type")), (405, "application/problem+json"));
}

#[tokio::test]
async fn the_description_lists_every_route_of_the_api() {
    let estate = estate();
    let router = estate.router().await;
    let document = send(&router, request("GET", "/openapi.json", None)).await.json();
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(
        paths,
        [
            "/healthz",
            "/v1/alarms/sns",
            "/v1/answers/{id}/run",
            "/v1/ask",
            "/v1/ask/stream",
            "/v1/conversations",
            "/v1/conversations/{id}",
            "/v1/investigations",
            "/v1/investigations/{id}",
            "/v1/memories",
            "/v1/memories/{id}",
            "/v1/reports/{kind}",
            "/v1/status"
        ]
    );
    // Every reference leads somewhere.
    let text = document.to_string();
    for part in text.split("\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}
