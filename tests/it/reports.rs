//! Reports over HTTP: a month as one document in each form, refused with what to write instead, dropped with its reader.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt as _, future::BoxFuture};
use tokio::io::AsyncWriteExt as _;
use wherefore_contract::{
    ports::ToolCaller,
    tool::{ToolCall, ToolOutcome, ToolSpec},
};

use crate::support::{Reply, estate, request, send};

async fn report(path: &str) -> Reply {
    let estate = estate();
    let router = estate.router().await;
    send(&router, request("GET", &format!("/v1/reports/{path}"), None)).await
}

#[tokio::test]
async fn a_review_is_a_page_that_brings_its_own_policy() {
    let reply = report("review?month=2024-09&language=ko").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(reply.header("content-disposition"), "inline; filename=\"review-2024-09.html\"");
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("style-src 'unsafe-inline'"));
    assert_eq!(reply.header("x-frame-options"), "DENY");
    assert!(reply.body.starts_with("<!doctype html>\n<html lang=\"ko\">"));
    assert!(reply.body.contains("월간 비용 리뷰: 2024년 9월"), "{}", reply.body);
    assert!(reply.body.contains("$558.00"));
}

#[tokio::test]
async fn a_chargeback_is_a_file_whose_rows_add_up_to_the_bill() {
    let reply = report("chargeback?month=2024-09&by=cloud_service&format=csv").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(
        reply.header("content-disposition"),
        "attachment; filename=\"chargeback-2024-09.csv\""
    );
    // Spreadsheets read Korean by the mark at the beginning.
    let rows = reply.body.strip_prefix('\u{feff}').unwrap();
    let lines: Vec<&str> = rows.trim_end().lines().collect();
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert!(lines[1].contains("\"Amazon Elastic Compute Cloud\",375,"), "{lines:?}");
    assert!(lines[4].contains("\"Total\",558,"), "{lines:?}");
    let json = report("chargeback?month=2024-09&by=cloud_service&format=json").await.json();
    assert_eq!((&json["report"], &json["closing"]), (&"chargeback".into(), &"exact".into()));
}

#[tokio::test]
async fn a_report_that_cannot_be_made_says_what_to_write() {
    for (path, status, said) in [
        ("audit", 404, "/openapi.json"),
        ("review?month=soon", 422, "write a month as 2024-10"),
        ("review?format=pdf", 422, "html, md, csv, xlsx or json"),
        ("chargeback?by=month", 422, "cannot tell owners"),
        ("review?mnth=2024-09", 422, "mnth"),
        ("review?month=2019-01", 409, "loaded is"),
    ] {
        let reply = report(path).await;
        assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
        assert_eq!((reply.status, reply.json()["status"].as_u64()), (status, Some(status.into())));
        let detail = reply.json()["detail"].to_string();
        assert!(detail.contains(said), "{path}: {detail}");
    }
}

#[tokio::test]
async fn a_page_of_another_site_cannot_have_a_report_made() {
    let estate = estate();
    let router = estate.router().await;
    for (mode, status) in [("no-cors", 403), ("navigate", 200)] {
        let mut asked = request("GET", "/v1/reports/showback?month=2024-09&format=md", None);
        asked.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
        asked.headers_mut().insert("sec-fetch-mode", mode.parse().unwrap());
        assert_eq!(send(&router, asked).await.status, status, "{mode}");
    }
}

#[tokio::test]
async fn the_work_on_a_report_ends_when_its_reader_goes() {
    let estate = estate();
    let mut app = estate.app().await;
    let calls = Arc::new(AtomicUsize::new(0));
    app.caller = Arc::new(Waiting { behind: Arc::clone(&app.caller), open: Arc::clone(&calls) });
    let router = wherefore::http::router(app, tokio_util::sync::CancellationToken::new());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let mut reader = tokio::net::TcpStream::connect(address).await.unwrap();
    let asked = format!("GET /v1/reports/review?month=2024-09 HTTP/1.1\r\nHost: {address}\r\n\r\n");
    reader.write_all(asked.as_bytes()).await.unwrap();
    let waits = async |wanted: &dyn Fn(usize) -> bool| {
        for _ in 0..200 {
            if wanted(calls.load(Ordering::SeqCst)) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    };
    assert!(waits(&|open| open > 0).await, "no tool was called");
    drop(reader);
    assert!(waits(&|open| open == 0).await, "a call outlived its reader");
    server.abort();
}

/// Tools whose calls never end; counts those that are waited for.
struct Waiting {
    behind: Arc<dyn ToolCaller>,
    open: Arc<AtomicUsize>,
}

/// One call that is waited for.
struct Open(Arc<AtomicUsize>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl ToolCaller for Waiting {
    fn tools(&self) -> &[ToolSpec] {
        self.behind.tools()
    }

    fn call<'a>(&'a self, _: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        self.open.fetch_add(1, Ordering::SeqCst);
        let open = Open(Arc::clone(&self.open));
        async move {
            let _open = open;
            std::future::pending().await
        }
        .boxed()
    }
}
