//! A server that gives scripted answers and keeps what it was asked, and the conversations that tests ask about.

use std::{
    collections::VecDeque,
    fmt::Write as _,
    fs,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message as Frame};
use serde_json::{Map, Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use wherefore_contract::{question::Question, tool::ToolSpec};
use wherefore_model::{ChatModel, Message, ModelError, ModelRequest, Prices, Reply, View};
use wherefore_providers::{ModelChoice, ModelOptions, Secret, setting::connect_bare};

/// One scripted answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Written one after the other.
    pub(crate) parts: Vec<Vec<u8>>,
    /// Whether the connection ends without the mark of a whole body.
    pub(crate) breaks_off: bool,
    /// Before the first byte.
    pub(crate) wait: Duration,
    /// Whether nothing more comes behind the parts, and the connection stays open.
    pub(crate) stalls: bool,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::of(status, "application/json", vec![body.to_string().into_bytes()])
    }

    pub(crate) fn of(status: u16, kind: &str, parts: Vec<Vec<u8>>) -> Self {
        let headers = vec![("content-type", kind.to_owned())];
        Self { status, headers, parts, breaks_off: false, wait: Duration::ZERO, stalls: false }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn breaking_off(self) -> Self {
        Self { breaks_off: true, ..self }
    }

    pub(crate) fn stalling(self) -> Self {
        Self { stalls: true, ..self }
    }

    pub(crate) fn after(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }
}

/// What was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Asked {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

pub(crate) struct StandIn {
    pub(crate) url: String,
    log: Arc<Log>,
}

#[derive(Debug, Default)]
struct Log {
    asked: Mutex<Vec<Asked>>,
    /// Clients that went while a reply stalled.
    left: AtomicUsize,
}

impl StandIn {
    pub(crate) async fn with(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answers: Arc<Mutex<VecDeque<Answer>>> =
            Arc::new(Mutex::new(answers.into_iter().collect()));
        let log = Arc::new(Log::default());
        let kept = Arc::clone(&log);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&answers), Arc::clone(&kept)));
            }
        });
        Self { url, log }
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.log.asked.lock().unwrap().clone()
    }

    pub(crate) fn left(&self) -> usize {
        self.log.left.load(Ordering::SeqCst)
    }
}

async fn serve(
    mut stream: TcpStream,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    log: Arc<Log>,
) -> Option<()> {
    loop {
        let request = read(&mut stream).await?;
        log.asked.lock().unwrap().push(request);
        let answer = answers.lock().unwrap().pop_front();
        let answer = answer.unwrap_or_else(|| Answer::json(599, &json!({"message": "no more"})));
        tokio::time::sleep(answer.wait).await;
        let mut head = format!("HTTP/1.1 {} X\r\ntransfer-encoding: chunked\r\n", answer.status);
        for (name, value) in &answer.headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).await.ok()?;
        for part in &answer.parts {
            stream.write_all(format!("{:x}\r\n", part.len()).as_bytes()).await.ok()?;
            stream.write_all(part).await.ok()?;
            stream.write_all(b"\r\n").await.ok()?;
            stream.flush().await.ok()?;
        }
        if answer.stalls {
            let mut more = Vec::new();
            // Ends when the client goes.
            let read = stream.read_buf(&mut more).await;
            log.left.fetch_add(usize::from(read.unwrap_or(0) == 0), Ordering::SeqCst);
        }
        if answer.breaks_off || answer.stalls {
            return None;
        }
        stream.write_all(b"0\r\n\r\n").await.ok()?;
    }
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
    while bytes.len() < end + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let path = String::from_utf8_lossy(&bytes).split(' ').nth(1).unwrap_or_default().to_owned();
    Some(Asked { path, head, body: bytes[end..].to_vec() })
}

/// A recorded piece of a wire.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures"));
    fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The frames of a recorded stream of Bedrock: one line an event, `[":message-type", "name", payload]`.
pub(crate) fn frames(name: &str) -> Vec<Vec<u8>> {
    let text = String::from_utf8(fixture(name)).unwrap();
    let frame = |line: &str| {
        let (kind, name, payload): (String, String, Value) = serde_json::from_str(line).unwrap();
        let text = |value: &str| HeaderValue::String(value.to_owned().into());
        let frame = Frame::new(payload.to_string().into_bytes())
            .add_header(Header::new(":message-type", text(&kind)))
            .add_header(Header::new(format!(":{kind}-type"), text(&name)))
            .add_header(Header::new(":content-type", text("application/json")));
        let mut bytes = Vec::new();
        write_message_to(&frame, &mut bytes).unwrap();
        bytes
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(frame).collect()
}

/// Settings of a model at the stand-in.
pub(crate) fn options(server: &StandIn, stream: bool) -> ModelOptions {
    ModelOptions {
        url: Some(server.url.clone()),
        key: Some(Secret::new("test-key".to_owned())),
        region: Some("us-east-1".to_owned()),
        stream,
        timeout: Duration::from_secs(5),
        ..ModelOptions::default()
    }
}

pub(crate) async fn bedrock(options: &ModelOptions) -> Arc<dyn ChatModel> {
    named_bedrock("us.anthropic.claude-test-v1:0", options).await
}

pub(crate) async fn named_bedrock(model: &str, options: &ModelOptions) -> Arc<dyn ChatModel> {
    let choice = ModelChoice::Bedrock(model.to_owned());
    connect_bare(&choice, options, &Prices::built_in().unwrap()).await.unwrap()
}

pub(crate) async fn openai(options: &ModelOptions) -> Arc<dyn ChatModel> {
    let choice = ModelChoice::OpenAi("test-model".to_owned());
    connect_bare(&choice, options, &Prices::built_in().unwrap()).await.unwrap()
}

pub(crate) fn question() -> Question {
    Question::parse("9월 비용은?", None, jiff::civil::date(2024, 10, 15)).unwrap()
}

pub(crate) fn tool(name: &str) -> ToolSpec {
    let schema = json!({"type": "object", "properties": {
        "period": {"type": "string", "description": "월"}, "measure": {"type": "string"},
        "limit": {"type": "integer"}, "group_by": {"type": "array", "items": {"type": "string"}},
    }, "required": ["period"], "additionalProperties": false});
    let Value::Object(input_schema) = schema else { unreachable!() };
    ToolSpec { name: name.to_owned(), description: format!("Does {name}."), input_schema }
}

pub(crate) async fn ask(
    model: &dyn ChatModel,
    messages: &[Message],
    tools: &[ToolSpec],
) -> Result<Reply, ModelError> {
    let question = question();
    let request = ModelRequest {
        role: "analyzer",
        agent: "0.1.0",
        system: "You analyse.",
        question: &question,
        messages,
        tools,
        view: View::default(),
    };
    model.reply(request).await
}

/// One question, two tools.
pub(crate) async fn ask_once(model: &dyn ChatModel) -> Result<Reply, ModelError> {
    ask(model, &[Message::user("9월 비용은?")], &[tool("query_cost"), tool("find.metadata")]).await
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { panic!("no object: {value}") };
    map
}

/// Calls as name and arguments.
pub(crate) fn calls(reply: &Reply) -> Value {
    reply.calls.iter().map(|call| json!([call.name, call.arguments])).collect()
}
