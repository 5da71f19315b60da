//! A model server with no time to think: speaks Converse and ConverseStream of Amazon Bedrock, and decides by counting.
//!
//! The model id says how many rounds of one tool call come first (`fake.r2`: two). Then it ends: with `submit_answer` or
//! `submit_findings` where those are offered, in words otherwise.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// Model calls so far, and the bytes that they sent.
static CALLS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

/// Serves until the process ends; `GET /stats` says how much it heard.
pub(crate) async fn serve(port: u16) {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    println!("listening on http://127.0.0.1:{port}");
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        tokio::spawn(connection(stream));
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    tool_config: Option<ToolConfig>,
}

#[derive(Deserialize)]
struct ToolConfig {
    tools: Vec<Tool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tool {
    tool_spec: Option<Spec>,
}

#[derive(Deserialize)]
struct Spec {
    name: String,
}

async fn connection(mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let mut buffer: Vec<u8> = Vec::new();
    loop {
        let Some((head, body)) = request(&mut stream, &mut buffer).await else { return };
        let reply = answer(&head, &body);
        if stream.write_all(&reply).await.is_err() {
            return;
        }
    }
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    let count = stream.read_buf(buffer).await.ok()?;
    (count > 0).then_some(())
}

fn find(buffer: &[u8], sign: &[u8]) -> Option<usize> {
    buffer.windows(sign.len()).position(|part| part == sign)
}

async fn request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<(String, Vec<u8>)> {
    let end = loop {
        if let Some(at) = find(buffer, b"\r\n\r\n") {
            break at + 4;
        }
        more(stream, buffer).await?;
    };
    let head = String::from_utf8_lossy(buffer.get(..end)?).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse::<usize>().ok())
        .unwrap_or(0);
    if head.contains("100-continue") {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await.ok()?;
    }
    while buffer.len() < end + length {
        more(stream, buffer).await?;
    }
    let rest = buffer.split_off(end + length);
    let body = buffer.split_off(end);
    *buffer = rest;
    Some((head, body))
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let path = head.split(' ').nth(1).unwrap_or_default();
    if path == "/stats" {
        let stats = json!({
            "calls": CALLS.load(Ordering::Relaxed),
            "bytes": BYTES.load(Ordering::Relaxed),
        });
        return response("application/json", stats.to_string().as_bytes());
    }
    CALLS.fetch_add(1, Ordering::Relaxed);
    BYTES.fetch_add(u64::try_from(body.len()).unwrap(), Ordering::Relaxed);
    let rounds = path.split(".r").nth(1).and_then(|rest| rest.get(..1)?.parse().ok()).unwrap_or(0);
    let (content, stop) = content(rounds, body);
    let usage = json!({ "inputTokens": body.len() / 4, "outputTokens": 30, "totalTokens": body.len() / 4 + 30 });
    if path.contains("converse-stream") {
        let mut frames = frame("messageStart", &json!({ "role": "assistant" }));
        for part in parts(&content) {
            frames.extend(part);
        }
        frames.extend(frame("contentBlockStop", &json!({ "contentBlockIndex": 0 })));
        frames.extend(frame("messageStop", &json!({ "stopReason": stop })));
        frames.extend(frame("metadata", &json!({ "usage": usage, "metrics": { "latencyMs": 1 } })));
        return response("application/vnd.amazon.eventstream", &frames);
    }
    let reply = json!({
        "output": { "message": { "role": "assistant", "content": [content] } },
        "stopReason": stop,
        "usage": usage,
        "metrics": { "latencyMs": 1 },
    });
    response("application/json", reply.to_string().as_bytes())
}

fn content(rounds: usize, body: &[u8]) -> (Value, &'static str) {
    // Calls that were made so far: `"toolUse"` with its quotes stands once in each.
    let made = body.windows(9).filter(|part| part == b"\"toolUse\"").count();
    let read: Option<Body> = serde_json::from_slice(body).ok();
    let offered: Vec<String> = read
        .and_then(|body| body.tool_config)
        .map(|config| {
            config.tools.into_iter().filter_map(|tool| Some(tool.tool_spec?.name)).collect()
        })
        .unwrap_or_default();
    let has = |name: &str| offered.iter().any(|one| one == name);
    let own: Vec<&String> = offered
        .iter()
        .filter(|name| !name.starts_with("submit_") && *name != "read_evidence")
        .collect();
    let (name, input) = if made < rounds && !own.is_empty() {
        let name = own.get(made % own.len()).map_or("", |name| name.as_str());
        (name, json!({ "task": format!("Look into it, round {}.", "i".repeat(made + 1)) }))
    } else if has("submit_answer") {
        ("submit_answer", answered())
    } else if has("submit_findings") {
        ("submit_findings", json!({ "findings": [] }))
    } else {
        let words =
            "unit cost per transaction rose because spend grew faster than traffic ".repeat(5);
        return (json!({ "text": words }), "end_turn");
    };
    let id = format!("tooluse_{made}_{}", body.len());
    (json!({ "toolUse": { "toolUseId": id, "name": name, "input": input } }), "tool_use")
}

fn answered() -> Value {
    let fact = "e1/0/billed_cost";
    let period = json!({ "start": "2024-09-01", "end": "2024-10-01" });
    json!({
        "status": "answered",
        "headline": [
            { "span": "text", "text": "In " },
            { "span": "period", "period": period },
            { "span": "text", "text": " the " },
            { "span": "measure", "fact": fact },
            { "span": "text", "text": " of " },
            { "span": "name", "fact": "e1/0/cloud_service" },
            { "span": "text", "text": " was " },
            { "span": "value", "fact": fact },
            { "span": "text", "text": "." },
        ],
        "result": { "result": "scalar", "name": "billed_cost", "value": { "fact": fact } },
    })
}

// The frames of a content block: its start and its deltas, 48 bytes of arguments or words at a time.
fn parts(content: &Value) -> Vec<Vec<u8>> {
    let chunks = |text: &str| -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        letters.chunks(48).map(|part| part.iter().collect()).collect()
    };
    let delta = |delta: Value| {
        frame("contentBlockDelta", &json!({ "contentBlockIndex": 0, "delta": delta }))
    };
    if let Some(call) = content.get("toolUse") {
        let start = json!({ "toolUse": { "toolUseId": call["toolUseId"], "name": call["name"] } });
        let start = frame("contentBlockStart", &json!({ "contentBlockIndex": 0, "start": start }));
        let input = chunks(&call["input"].to_string());
        let deltas = input.into_iter().map(|part| delta(json!({ "toolUse": { "input": part } })));
        return std::iter::once(start).chain(deltas).collect();
    }
    let words = content["text"].as_str().unwrap_or_default();
    chunks(words).into_iter().map(|part| delta(json!({ "text": part }))).collect()
}

fn response(kind: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nx-amzn-requestid: bench\r\n\r\n",
        body.len()
    )
    .into_bytes();
    out.extend_from_slice(body);
    out
}

// One message of application/vnd.amazon.eventstream: lengths, headers, payload, each part with its CRC.
fn frame(event: &str, payload: &Value) -> Vec<u8> {
    let mut headers = Vec::new();
    for (name, value) in
        [(":event-type", event), (":content-type", "application/json"), (":message-type", "event")]
    {
        headers.push(u8::try_from(name.len()).unwrap());
        headers.extend_from_slice(name.as_bytes());
        headers.push(7);
        headers.extend_from_slice(&u16::try_from(value.len()).unwrap().to_be_bytes());
        headers.extend_from_slice(value.as_bytes());
    }
    let payload = payload.to_string();
    let length = |bytes: usize| u32::try_from(bytes).unwrap().to_be_bytes();
    let mut out = Vec::new();
    out.extend_from_slice(&length(16 + headers.len() + payload.len()));
    out.extend_from_slice(&length(headers.len()));
    out.extend_from_slice(&crc32(&out).to_be_bytes());
    out.extend_from_slice(&headers);
    out.extend_from_slice(payload.as_bytes());
    out.extend_from_slice(&crc32(&out).to_be_bytes());
    out
}

// CRC-32 of IEEE 802.3, as RFC 1952 gives it.
fn crc32(bytes: &[u8]) -> u32 {
    static TABLE: std::sync::LazyLock<Vec<u32>> = std::sync::LazyLock::new(|| {
        let entry = |byte: u32| {
            (0..8)
                .fold(byte, |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
        };
        (0..256).map(entry).collect()
    });
    let step = |crc: u32, byte: &u8| {
        let at = usize::try_from((crc ^ u32::from(*byte)) & 0xff).unwrap_or(0);
        TABLE.get(at).copied().unwrap_or(0) ^ (crc >> 8)
    };
    !bytes.iter().fold(!0, step)
}
