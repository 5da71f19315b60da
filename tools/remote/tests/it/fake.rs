//! An MCP server over HTTP whose tools do what tests need, and settings to reach it.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, SystemTime},
};

use axum::{Router, middleware::Next, routing::any_service};
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ListToolsResult,
        PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
    },
    service::RequestContext,
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
    },
};
use serde_json::json;
use tokio::net::TcpListener;
use wherefore_contract::{
    ports::ToolCaller,
    tool::{ToolCall, ToolOutcome, ToolSpec},
};
use wherefore_remote::{Auth, Offered, Outside, ServerSettings, Servers, Way};

/// What the server saw and what its tools are called.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) descriptions: Mutex<BTreeMap<String, String>>,
    pub(crate) calls: AtomicU32,
    pub(crate) cancelled: AtomicU32,
    pub(crate) at_once: AtomicU32,
    pub(crate) most_at_once: AtomicU32,
    pub(crate) traces: Mutex<Vec<Option<String>>>,
}

#[derive(Clone)]
pub(crate) struct Fake {
    pub(crate) seen: Arc<Seen>,
}

fn tool(name: &'static str, description: &str) -> Tool {
    let query = json!({"query": {"type": "string"}});
    let schema = serde_json::Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), query),
    ]);
    let mut tool = Tool::new(name, description.to_owned(), Arc::new(schema));
    tool.annotations = Some(ToolAnnotations::new().read_only(name != "delete"));
    tool
}

impl ServerHandler for Fake {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let changed = self.seen.descriptions.lock().unwrap().clone();
        let names = ["rows", "text_error", "is_error", "refused", "huge", "hang", "slow", "delete"];
        let tools =
            names.map(|name| tool(name, changed.get(name).map_or("Gives rows.", String::as_str)));
        Ok(ListToolsResult::with_all_items(tools.to_vec()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let seen = &self.seen;
        seen.calls.fetch_add(1, Ordering::SeqCst);
        let trace = context.meta.get_traceparent().map(str::to_owned);
        seen.traces.lock().unwrap().push(trace);
        let text = |text: String| CallToolResult::success(vec![ContentBlock::text(text)]);
        let result = match request.name.as_ref() {
            "rows" => {
                let mut result = CallToolResult::success(Vec::new());
                result.structured_content = Some(
                    json!({"rows": [{"client": "batch", "errors": 7}, {"client": "web", "errors": 2}]}),
                );
                result
            }
            "text_error" => text("Error: the table is gone".to_owned()),
            "is_error" => CallToolResult::error(vec![ContentBlock::text("no such alarm")]),
            "refused" => return Err(ErrorData::invalid_params("`query` is missing", None)),
            "huge" => text("x".repeat(5 * 1024 * 1024)),
            "hang" => {
                context.ct.cancelled().await;
                seen.cancelled.fetch_add(1, Ordering::SeqCst);
                text("late".to_owned())
            }
            "slow" => {
                let now = seen.at_once.fetch_add(1, Ordering::SeqCst) + 1;
                seen.most_at_once.fetch_max(now, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(50)).await;
                seen.at_once.fetch_sub(1, Ordering::SeqCst);
                text("done".to_owned())
            }
            _ => text("deleted".to_owned()),
        };
        Ok(result.into())
    }
}

/// Starts the server; `guard` sees every request first.
pub(crate) async fn start<F, G>(seen: &Arc<Seen>, guard: F) -> String
where
    F: Fn(axum::extract::Request, Next) -> G + Clone + Send + Sync + 'static,
    G: Future<Output = axum::response::Response> + Send + 'static,
{
    let fake = Fake { seen: Arc::clone(seen) };
    let config = StreamableHttpServerConfig::default().with_legacy_session_mode(false);
    let service = StreamableHttpService::new(
        move || Ok(fake.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    );
    let app =
        Router::new().route("/mcp", any_service(service)).layer(axum::middleware::from_fn(guard));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    url
}

/// Starts it without a guard.
pub(crate) async fn start_open(seen: &Arc<Seen>) -> String {
    start(seen, |request, next: Next| async move { next.run(request).await }).await
}

pub(crate) fn outside() -> Outside {
    let environment = std::env::vars().filter(|(name, _)| name == "PATH").collect();
    Outside {
        clock: Arc::new(|| SystemTime::UNIX_EPOCH + Duration::from_hours(490_000)),
        credentials: None,
        trace: Arc::new(|| None),
        environment,
    }
}

pub(crate) fn settings(way: Way, tools: &[&str]) -> ServerSettings {
    ServerSettings {
        name: "logs".to_owned(),
        way,
        offered: Offered::Named(tools.iter().map(|tool| (*tool).to_owned()).collect()),
        connect_timeout: Duration::from_secs(5),
        call_timeout: Duration::from_secs(5),
        concurrent: 4,
        pin: None,
    }
}

pub(crate) fn over_http(url: &str, auth: Auth, tools: &[&str]) -> ServerSettings {
    settings(Way::Http { url: url.to_owned(), auth }, tools)
}

pub(crate) fn servers(settings: ServerSettings) -> Servers {
    Servers::new(vec![settings], &outside()).unwrap()
}

pub(crate) fn call(name: &str) -> ToolCall {
    ToolCall { id: "t1".to_owned(), name: name.to_owned(), arguments: serde_json::Map::new() }
}

/// Tools of our own, for a toolbox to stand beside.
pub(crate) struct Own(pub(crate) Vec<ToolSpec>);

impl Own {
    pub(crate) fn new() -> Self {
        let spec = ToolSpec {
            name: "query_cost".to_owned(),
            description: String::new(),
            input_schema: serde_json::Map::new(),
        };
        Self(vec![spec])
    }
}

impl ToolCaller for Own {
    fn tools(&self) -> &[ToolSpec] {
        &self.0
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> futures::future::BoxFuture<'a, ToolOutcome> {
        Box::pin(async move { ToolOutcome::Error { message: format!("own {}", call.name) } })
    }
}

pub(crate) fn message(outcome: &ToolOutcome) -> &str {
    match outcome {
        ToolOutcome::Error { message } => message,
        ToolOutcome::Data { .. } | ToolOutcome::NoData { .. } => panic!("{outcome:?}"),
    }
}
