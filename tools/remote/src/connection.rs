//! One connection to a server: opened with bounds, its tools listed, its program ended with it.

use std::{
    collections::BTreeMap,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use rmcp::{
    ClientHandler, ClientLifecycleMode, ClientServiceExt, RoleClient,
    model::{
        CallToolRequestParams, CallToolResult, ClientCapabilities, ClientConfig, ErrorCode,
        Implementation, ProtocolVersion, RequestMetaObject, Tool,
    },
    service::{ClientInitializeError, NotificationContext, RunningService, ServiceError},
    transport::{
        StreamableHttpClientTransport, TokioChildProcess,
        streamable_http_client::StreamableHttpClientTransportConfig,
    },
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, BufReader},
    process::Command,
    time::timeout,
};

use crate::{
    address::CheckedNames,
    auth::{Auth, AuthorisedHttp},
    patient::Patient,
    result::clean,
    settings::{Outside, ServerSettings, Way},
};

/// Bytes of one answer over HTTP. Larger than what is kept of a result, so that the message says how large it was.
const ANSWER_BYTES: usize = 8 * 1024 * 1024;
/// Characters of a program's last line of complaint.
const LINE: usize = 300;
/// Bytes of a program's line of complaint that are held.
const LINE_BYTES: u64 = 4096;
/// Tools that a server may list.
const TOOLS: usize = 1_000;

/// A server could not be reached.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConnectError {
    #[error("`{program}` could not be started")]
    Start {
        program: String,
        #[source]
        source: std::io::Error,
    },
    #[error("the HTTP client could not be made")]
    Http(#[source] reqwest::Error),
    #[error("the server did not begin as MCP says")]
    Begin(#[source] Box<ClientInitializeError>),
    #[error("the server did not list its tools")]
    List(#[source] Box<ServiceError>),
    #[error("the server lists more than {TOOLS} tools")]
    TooMany,
    #[error("no answer within {} s", .0.as_secs())]
    Late(Duration),
}

/// An open connection.
pub(crate) struct Connection {
    client: RunningService<RoleClient, Listener>,
    changed: Arc<AtomicBool>,
}

/// Hears what a server says unasked: only that its tools changed. Everything else that a server may ask of a client
/// (samples, roots, questions to the person) is not offered and refused.
#[derive(Debug, Clone)]
struct Listener {
    about: ClientConfig,
    changed: Arc<AtomicBool>,
}

impl ClientHandler for Listener {
    fn get_info(&self) -> ClientConfig {
        self.about.clone()
    }

    async fn on_tool_list_changed(&self, _context: NotificationContext<RoleClient>) {
        self.changed.store(true, Ordering::Release);
    }
}

impl Connection {
    /// Opens a connection and lists the tools, all within the server's time to connect.
    pub(crate) async fn open(
        settings: &ServerSettings,
        outside: &Outside,
    ) -> Result<(Self, Vec<Tool>), ConnectError> {
        let complaint = Arc::new(Mutex::new(String::new()));
        let limit = settings.connect_timeout;
        let opened = timeout(limit, Self::begin(settings, outside, &complaint)).await;
        let result = opened.unwrap_or(Err(ConnectError::Late(limit)));
        if result.is_err()
            && let Ok(line) = complaint.lock()
            && !line.is_empty()
        {
            tracing::warn!(
                server = settings.name,
                line = line.as_str(),
                "an MCP server complained"
            );
        }
        result
    }

    async fn begin(
        settings: &ServerSettings,
        outside: &Outside,
        complaint: &Arc<Mutex<String>>,
    ) -> Result<(Self, Vec<Tool>), ConnectError> {
        let changed = Arc::new(AtomicBool::new(false));
        let about = Implementation::new("wherefore", env!("CARGO_PKG_VERSION"));
        let listener = Listener {
            about: ClientConfig::new(ClientCapabilities::default(), about),
            changed: Arc::clone(&changed),
        };
        let preferred_versions = vec![ProtocolVersion::LATEST];
        let either = ClientLifecycleMode::Auto {
            preferred_versions: preferred_versions.clone(),
            legacy_version: None,
        };
        let begun = match &settings.way {
            Way::Program { command, environment } => {
                let program = || start(command, environment, outside, complaint).map(Patient::new);
                match listener.clone().serve_with_lifecycle(program()?, either).await {
                    // A program of today that started so slowly that it was taken for one of yesterday: begun anew, it is
                    // given the whole time.
                    Err(ClientInitializeError::JsonRpcError(said))
                        if said.code == ErrorCode::UNSUPPORTED_PROTOCOL_VERSION =>
                    {
                        let today = ClientLifecycleMode::Discover { preferred_versions };
                        listener.serve_with_lifecycle(program()?, today).await
                    }
                    other => other,
                }
            }
            Way::Http { url, auth } => {
                let transport = http(url, auth, settings, outside)?;
                listener.serve_with_lifecycle(transport, either).await
            }
        };
        let client = begun.map_err(|error| ConnectError::Begin(Box::new(error)))?;
        let connection = Self { client, changed };
        let tools = connection.list().await?;
        Ok((connection, tools))
    }

    /// Every tool that the server lists.
    pub(crate) async fn list(&self) -> Result<Vec<Tool>, ConnectError> {
        let mut tools = Vec::new();
        let mut cursor = None;
        loop {
            let page = rmcp::model::PaginatedRequestParams::default().with_cursor(cursor);
            let listed = self.client.peer().list_tools(Some(page)).await;
            let listed = listed.map_err(|error| ConnectError::List(Box::new(error)))?;
            tools.extend(listed.tools);
            if tools.len() > TOOLS {
                return Err(ConnectError::TooMany);
            }
            cursor = listed.next_cursor;
            if cursor.is_none() {
                return Ok(tools);
            }
        }
    }

    /// Calls a tool. Dropping the future tells the server that nobody waits.
    pub(crate) async fn call(
        &self,
        tool: &str,
        arguments: serde_json::Map<String, serde_json::Value>,
        trace: Option<String>,
    ) -> Result<CallToolResult, ServiceError> {
        let mut request = CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments);
        request.meta = trace.map(|trace| {
            let mut meta = RequestMetaObject::default();
            meta.set_traceparent(&trace);
            meta
        });
        self.client.peer().call_tool(request).await
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed() || self.client.peer().is_transport_closed()
    }

    /// Whether the server said that its tools changed, since this was last asked.
    pub(crate) fn take_changed(&self) -> bool {
        self.changed.swap(false, Ordering::AcqRel)
    }
}

fn start(
    command: &[String],
    environment: &BTreeMap<String, String>,
    outside: &Outside,
    complaint: &Arc<Mutex<String>>,
) -> Result<TokioChildProcess, ConnectError> {
    let (program, arguments) = command
        .split_first()
        .map_or(("", &[] as &[String]), |(first, rest)| (first.as_str(), rest));
    let failed = |source| ConnectError::Start { program: program.to_owned(), source };
    let mut child = Command::new(program);
    child
        .args(arguments)
        .env_clear()
        .envs(&outside.environment)
        .envs(environment)
        .kill_on_drop(true);
    let started = TokioChildProcess::builder(child).stderr(Stdio::piped()).spawn();
    let (child, errors) = started.map_err(failed)?;
    if let Some(errors) = errors {
        tokio::spawn(hear(errors, Arc::clone(complaint)));
    }
    Ok(child)
}

// A program whose standard error nobody reads stops once the pipe is full; its last line says why it failed.
async fn hear(errors: impl AsyncRead + Unpin + Send, last: Arc<Mutex<String>>) {
    let mut errors = BufReader::new(errors);
    loop {
        let mut line = Vec::new();
        let mut part = tokio::io::AsyncReadExt::take(&mut errors, LINE_BYTES);
        match part.read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let text = clean(&String::from_utf8_lossy(&line), LINE);
        tracing::debug!(line = text, "an MCP server wrote to its standard error");
        if let Ok(mut last) = last.lock()
            && !text.is_empty()
        {
            *last = text;
        }
    }
}

fn http(
    url: &str,
    auth: &Auth,
    settings: &ServerSettings,
    outside: &Outside,
) -> Result<StreamableHttpClientTransport<AuthorisedHttp>, ConnectError> {
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .dns_resolver(Arc::new(CheckedNames))
        .connect_timeout(settings.connect_timeout)
        .build()
        .map_err(ConnectError::Http)?;
    let mut config = StreamableHttpClientTransportConfig::with_uri(url)
        .max_concurrent_requests(settings.concurrent);
    config.max_json_response_size = ANSWER_BYTES;
    config.max_sse_event_size = ANSWER_BYTES;
    Ok(StreamableHttpClientTransport::with_client(AuthorisedHttp::new(http, auth, outside), config))
}
