//! A stand-in for both providers: Converse, `ConverseStream` and chat completions, whole and streamed.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, Response, StatusCode},
    response::IntoResponse as _,
    routing::post,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::script::{Seen, decide};

/// How often a provider misbehaves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Faults {
    pub(super) throttled_percent: u64,
    pub(super) cut_percent: u64,
}

impl Faults {
    pub(super) const NONE: Self = Self { throttled_percent: 0, cut_percent: 0 };
}

#[derive(Debug)]
struct Shared {
    faults: Faults,
    asked: AtomicU64,
    throttled: AtomicU64,
    cut: AtomicU64,
    /// How the last call of Bedrock was allowed.
    authorization: Mutex<String>,
}

pub(super) struct Server {
    pub(super) url: String,
    shared: Arc<Shared>,
}

impl Server {
    pub(super) async fn start(faults: Faults) -> Self {
        let zero = || AtomicU64::new(0);
        let shared = Arc::new(Shared {
            faults,
            asked: zero(),
            throttled: zero(),
            cut: zero(),
            authorization: Mutex::default(),
        });
        let router = Router::new()
            .route("/model/{model}/{operation}", post(bedrock))
            .route("/v1/chat/completions", post(openai))
            .with_state(Arc::clone(&shared));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, shared }
    }

    pub(super) fn authorization(&self) -> String {
        self.shared.authorization.lock().unwrap().clone()
    }

    /// Calls, those turned away, and those cut.
    pub(super) fn counts(&self) -> (u64, u64, u64) {
        let [asked, throttled, cut] =
            [&self.shared.asked, &self.shared.throttled, &self.shared.cut]
                .map(|count| count.load(Ordering::SeqCst));
        (asked, throttled, cut)
    }
}

/// What happens to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Answered,
    Throttled,
    Cut,
}

impl Shared {
    /// Spread evenly and the same in every run: by the golden ratio over the number of the call.
    fn fate(&self) -> Fate {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        let dice = (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) % 100;
        let Faults { throttled_percent, cut_percent } = self.faults;
        if dice < throttled_percent {
            self.throttled.fetch_add(1, Ordering::SeqCst);
            Fate::Throttled
        } else if dice < throttled_percent + cut_percent {
            self.cut.fetch_add(1, Ordering::SeqCst);
            Fate::Cut
        } else {
            Fate::Answered
        }
    }
}

/// Parts as a body; a cut one ends in the middle: a whole reply by a broken connection, a stream at the edge of a part.
fn body(kind: &str, mut parts: Vec<Vec<u8>>, fate: Fate) -> Response<Body> {
    let mut parts: Vec<Result<Vec<u8>, std::io::Error>> = if fate == Fate::Cut {
        if let [only] = parts.as_mut_slice() {
            only.truncate(only.len() / 2);
            vec![Ok(std::mem::take(only)), Err(std::io::ErrorKind::ConnectionReset.into())]
        } else {
            parts.truncate(parts.len() / 2);
            parts.into_iter().map(Ok).collect()
        }
    } else {
        parts.into_iter().map(Ok).collect()
    };
    let stream = futures::stream::iter(std::mem::take(&mut parts));
    Response::builder().header("content-type", kind).body(Body::from_stream(stream)).unwrap()
}

fn id(seen: &Seen, place: usize) -> String {
    format!("call_{}_{place}", seen.replies)
}

async fn bedrock(
    State(shared): State<Arc<Shared>>,
    Path((_, operation)): Path<(String, String)>,
    headers: HeaderMap,
    axum::Json(asked): axum::Json<Value>,
) -> Response<Body> {
    let fate = shared.fate();
    if fate == Fate::Throttled {
        let said = (
            StatusCode::TOO_MANY_REQUESTS,
            [("x-amzn-errortype", "ThrottlingException")],
            axum::Json(json!({"message": "Too many requests"})),
        );
        return said.into_response();
    }
    let authorization = headers["authorization"].to_str().unwrap();
    authorization.clone_into(&mut shared.authorization.lock().unwrap());
    let seen = seen_by_bedrock(&asked);
    let calls = decide(&seen);
    let usage = json!({"inputTokens": 100, "outputTokens": 10, "totalTokens": 110});
    if operation == "converse" {
        let use_of = |(place, (name, input)): (usize, &(&str, Value))| json!({"toolUse": {"toolUseId": id(&seen, place), "name": name, "input": input}});
        let content: Vec<Value> = calls.iter().enumerate().map(use_of).collect();
        let reply = json!({"output": {"message": {"role": "assistant", "content": content}},
            "stopReason": "tool_use", "usage": usage, "metrics": {"latencyMs": 1}});
        return body("application/json", vec![reply.to_string().into_bytes()], fate);
    }
    let mut parts = vec![frame("messageStart", &json!({"role": "assistant"}))];
    for (place, (name, input)) in calls.iter().enumerate() {
        let begun = json!({"toolUse": {"toolUseId": id(&seen, place), "name": name}});
        parts
            .push(frame("contentBlockStart", &json!({"contentBlockIndex": place, "start": begun})));
        for piece in pieces(&input.to_string()) {
            let delta = json!({"toolUse": {"input": piece}});
            parts.push(frame(
                "contentBlockDelta",
                &json!({"contentBlockIndex": place, "delta": delta}),
            ));
        }
        parts.push(frame("contentBlockStop", &json!({"contentBlockIndex": place})));
    }
    parts.push(frame("messageStop", &json!({"stopReason": "tool_use"})));
    parts.push(frame("metadata", &json!({"usage": usage, "metrics": {"latencyMs": 1}})));
    body("application/vnd.amazon.eventstream", parts, fate)
}

async fn openai(
    State(shared): State<Arc<Shared>>,
    axum::Json(asked): axum::Json<Value>,
) -> Response<Body> {
    let fate = shared.fate();
    if fate == Fate::Throttled {
        let said =
            json!({"error": {"message": "Rate limit reached", "code": "rate_limit_exceeded"}});
        return (StatusCode::TOO_MANY_REQUESTS, axum::Json(said)).into_response();
    }
    let seen = seen_by_openai(&asked);
    let calls = decide(&seen);
    let usage = json!({"prompt_tokens": 100, "completion_tokens": 10});
    let call = |place: usize, name: &str, arguments: &str| {
        json!({"index": place, "id": id(&seen, place), "type": "function",
            "function": {"name": name, "arguments": arguments}})
    };
    if asked["stream"] != true {
        let calls: Vec<Value> = calls
            .iter()
            .enumerate()
            .map(|(place, (name, input))| call(place, name, &input.to_string()))
            .collect();
        let message = json!({"role": "assistant", "content": null, "tool_calls": calls});
        let reply = json!({"id": "chatcmpl-1", "model": "scripted", "usage": usage,
            "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}]});
        return body("application/json", vec![reply.to_string().into_bytes()], fate);
    }
    let event = |value: &Value| format!("data: {value}\n\n").into_bytes();
    let mut parts = Vec::new();
    for (place, (name, input)) in calls.iter().enumerate() {
        let begun = json!({"choices": [{"delta": {"tool_calls": [call(place, name, "")]}}]});
        parts.push(event(&begun));
        for piece in pieces(&input.to_string()) {
            let delta = json!({"tool_calls": [{"index": place, "function": {"arguments": piece}}]});
            parts.push(event(&json!({"choices": [{"delta": delta}]})));
        }
    }
    parts.push(event(&json!({"choices": [{"delta": {}, "finish_reason": "tool_calls"}]})));
    parts.push(event(&json!({"choices": [], "usage": usage})));
    parts.push(b"data: [DONE]\n\n".to_vec());
    body("text/event-stream", parts, fate)
}

/// A text in pieces, as models write it.
fn pieces(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(12).map(|piece| piece.iter().collect()).collect()
}

fn frame(event: &str, payload: &Value) -> Vec<u8> {
    let text = |value: &str| HeaderValue::String(value.to_owned().into());
    let frame = Message::new(payload.to_string().into_bytes())
        .add_header(Header::new(":message-type", text("event")))
        .add_header(Header::new(":event-type", text(event)))
        .add_header(Header::new(":content-type", text("application/json")));
    let mut bytes = Vec::new();
    write_message_to(&frame, &mut bytes).unwrap();
    bytes
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn seen_by_bedrock(asked: &Value) -> Seen {
    let mut seen = Seen::default();
    let tools = asked["toolConfig"]["tools"].as_array().unwrap().iter();
    seen.tools =
        tools.filter_map(|tool| tool["toolSpec"]["name"].as_str()).map(str::to_owned).collect();
    for message in asked["messages"].as_array().unwrap() {
        seen.replies += usize::from(message["role"] == "assistant");
        for block in message["content"].as_array().unwrap() {
            if seen.task.is_empty() && message["role"] == "user" {
                seen.task = text_of(&block["text"]);
            }
            if let Some(text) = block["toolResult"]["content"][0]["text"].as_str() {
                seen.results.push(serde_json::from_str(text).unwrap());
            }
        }
    }
    seen
}

fn seen_by_openai(asked: &Value) -> Seen {
    let mut seen = Seen::default();
    let tools = asked["tools"].as_array().unwrap().iter();
    seen.tools = tools.map(|tool| text_of(&tool["function"]["name"])).collect();
    for message in asked["messages"].as_array().unwrap() {
        match message["role"].as_str() {
            Some("assistant") => seen.replies += 1,
            Some("user") if seen.task.is_empty() => seen.task = text_of(&message["content"]),
            Some("tool") => {
                seen.results.push(serde_json::from_str(&text_of(&message["content"])).unwrap());
            }
            _ => {}
        }
    }
    seen
}
