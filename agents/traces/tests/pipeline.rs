//! From spans of the program to what stands in a file or reaches an endpoint.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail where it stands"
)]

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    path::Path,
    thread,
};

use serde_json::Value;
use tracing::{Level, info_span};
use tracing_subscriber::layer::SubscriberExt as _;
use wherefore_model::conventions as names;
use wherefore_traces::{Destination, Mask, Settings, Traces};

const SECRET: &str = "account 123456789012, kim@example.com";

fn start(destination: Destination, content: bool) -> Traces {
    let mask = Mask::new(b"a key of the tests").unwrap();
    Traces::start(Settings { destination, content, mask, version: "0.0.0" }).unwrap()
}

/// A question with one role and one model call, which says what must not get out.
fn work(traces: &Traces) {
    let subscriber = tracing_subscriber::registry().with(traces.layer());
    tracing::subscriber::with_default(subscriber, || {
        let question = info_span!(
            "invoke_agent",
            otel.name = "invoke_agent wherefore",
            { names::OPERATION } = names::INVOKE_AGENT,
            { names::CONVERSATION } = "c_1",
            { names::WITHHELD } = 2_i64,
        );
        let _question = question.enter();
        let agent = info_span!(
            "invoke_agent",
            otel.name = "invoke_agent analyzer",
            { names::OPERATION } = names::INVOKE_AGENT,
            { names::AGENT_NAME } = "analyzer",
            secret.of.ours = SECRET,
        );
        let _agent = agent.enter();
        let chat = info_span!(
            "chat",
            otel.name = "chat m",
            otel.kind = "client",
            { names::OPERATION } = names::CHAT,
            { names::REQUEST_MODEL } = "m",
            { names::INPUT_TOKENS } = 1200_i64,
            { names::FINISH_REASONS } = "stop",
            { names::COST } = "0.0036",
            { names::ERROR_TYPE } = "throttled",
        );
        let _chat = chat.enter();
        let parent = wherefore_traces::traceparent().unwrap();
        assert!(
            parent.starts_with("00-") && parent.ends_with("-01") && parent.len() == 55,
            "{parent}"
        );
        tracing::error!(error = SECRET, "the provider said {SECRET}");
        let said = format!(
            "[{{\"role\":\"user\",\"parts\":[{{\"type\":\"text\",\"content\":\"{SECRET}\"}}]}}]"
        );
        tracing::event!(
            target: names::CONTENT_TARGET,
            Level::INFO,
            { { names::INPUT_MESSAGES } = said },
            "content"
        );
        let _other = info_span!("not of ours", text = SECRET).entered();
    });
}

fn spans(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    let requests = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    requests
        .flat_map(|request| {
            let scopes = request["resourceSpans"][0]["scopeSpans"].as_array().unwrap().clone();
            scopes.into_iter().flat_map(|scope| {
                assert_eq!(scope["scope"]["name"], "opentelemetry.instrumentation.wherefore");
                scope["spans"].as_array().unwrap().clone()
            })
        })
        .collect()
}

fn attribute<'v>(span: &'v Value, key: &str) -> Option<&'v Value> {
    let all = span["attributes"].as_array().unwrap();
    all.iter().find(|one| one["key"] == key).map(|one| &one["value"])
}

#[test]
fn spans_reach_a_file_with_their_session_and_without_anything_that_was_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/traces.jsonl");
    let traces = start(Destination::File(path.clone()), false);
    work(&traces);
    traces.finish();
    let text = std::fs::read_to_string(&path).unwrap();
    for part in ["123456789012", "kim@", "secret.of.ours", "not of ours", "provider said"] {
        assert!(!text.contains(part), "{part} is in {text}");
    }
    let spans = spans(&path);
    let names_of: Vec<_> = spans.iter().map(|span| span["name"].as_str().unwrap()).collect();
    assert_eq!(names_of, ["chat m", "invoke_agent analyzer", "invoke_agent wherefore"]);
    for span in &spans {
        assert_eq!(attribute(span, names::SESSION).unwrap()["stringValue"], "c_1");
        assert_eq!(attribute(span, names::CONVERSATION).unwrap()["stringValue"], "c_1");
    }
    let chat = &spans[0];
    assert_eq!(attribute(chat, names::INPUT_TOKENS).unwrap()["intValue"], "1200");
    assert_eq!(
        attribute(chat, names::FINISH_REASONS).unwrap()["arrayValue"]["values"][0]["stringValue"],
        "stop"
    );
    assert_eq!(chat["status"]["code"], 2);
    assert_eq!(chat["status"]["message"], "throttled");
    assert_eq!(chat["kind"], 3);
    assert_eq!(chat["parentSpanId"], spans[1]["spanId"]);
    let metrics = std::fs::read_to_string(folder.path().join("deep/traces.metrics.jsonl")).unwrap();
    for metric in [
        "gen_ai.client.token.usage",
        "gen_ai.client.operation.duration",
        "wherefore.model.cost",
        "wherefore.sentences.withheld",
    ] {
        assert!(metrics.contains(metric), "{metric} is missing in {metrics}");
    }
    assert!(metrics.contains("\"3600000\""), "money in billionths: {metrics}");
}

#[test]
fn without_traces_there_is_no_parent() {
    assert_eq!(wherefore_traces::traceparent(), None);
}

#[test]
fn content_goes_along_masked_where_it_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("traces.jsonl");
    let traces = start(Destination::File(path.clone()), true);
    work(&traces);
    traces.finish();
    let spans = spans(&path);
    let said =
        attribute(&spans[0], names::INPUT_MESSAGES).unwrap()["stringValue"].as_str().unwrap();
    let said: Value = serde_json::from_str(said).unwrap();
    let words = said[0]["parts"][0]["content"].as_str().unwrap();
    assert!(words.starts_with("account <account:") && words.contains("<email:"), "{words}");
    let text = std::fs::read_to_string(&path).unwrap();
    for part in ["123456789012", "kim@", "provider said"] {
        assert!(!text.contains(part), "{part} is in {text}");
    }
}

#[test]
fn spans_reach_an_endpoint_that_is_busy_at_first() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let served = thread::spawn(move || {
        let mut seen = Vec::new();
        while !seen.iter().any(|(path, _): &(String, u16)| path.ends_with("/v1/metrics")) {
            let (mut stream, _) = listener.accept().unwrap();
            let (head, body) = request(&mut stream);
            let path = head.split_whitespace().nth(1).unwrap().to_owned();
            let is_first = seen.is_empty();
            assert!(head.to_lowercase().contains("x-key: a b"), "{head}");
            assert!(is_first || !body.is_empty());
            let status = if is_first { 503 } else { 200 };
            let reply =
                format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.write_all(reply.as_bytes()).unwrap();
            seen.push((path, status));
        }
        seen
    });
    let destination = Destination::parse(&endpoint, Some("x-key=a%20b")).unwrap();
    let traces = start(destination, false);
    work(&traces);
    traces.finish();
    let seen = served.join().unwrap();
    let taken: Vec<_> = seen.iter().map(|(path, status)| (path.as_str(), *status)).collect();
    assert_eq!(taken, [("/v1/traces", 503), ("/v1/traces", 200), ("/v1/metrics", 200)]);
}

fn request(stream: &mut std::net::TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).unwrap();
        bytes.extend_from_slice(&buffer[..count]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let length = head.lines().find_map(|line| {
            line.to_lowercase().strip_prefix("content-length: ")?.trim().parse::<usize>().ok()
        });
        if bytes.len() >= end + 4 + length.unwrap_or(0) {
            return (head, bytes[end + 4..].to_vec());
        }
    }
}
