//! One server: connected when it is first needed, connected again when it went away, called within bounds.

use std::{
    error::Error,
    sync::{Arc, Mutex},
    time::Duration,
};

use rmcp::service::ServiceError;
use tokio::{
    sync::{Mutex as AsyncMutex, Semaphore},
    time::{Instant, timeout},
};
use tracing::{Instrument as _, Span, field::Empty};
use wherefore_contract::tool::{ToolCall, ToolOutcome, ToolSpec};
use wherefore_model::conventions as names;

pub use crate::definition::Refused;
use crate::{
    connection::Connection,
    definition::{self, Offer, Offers, Pins},
    result::{self, Asked, clean},
    settings::{Offered, Outside, ServerSettings, Way},
};

/// A server that could not be reached is left alone so long: questions do not wait for it again and again.
const PAUSE: Duration = Duration::from_mins(1);
/// Characters of why a server could not be reached.
const PROBLEM: usize = 400;

/// A server and what is known of it.
pub(crate) struct Server {
    settings: ServerSettings,
    outside: Outside,
    /// Definitions as this program first saw them.
    pins: Mutex<Pins>,
    state: AsyncMutex<State>,
    places: Semaphore,
}

#[derive(Default)]
struct State {
    open: Option<Open>,
    failed: Option<(Instant, String)>,
}

#[derive(Clone)]
struct Open {
    connection: Arc<Connection>,
    offers: Arc<Offers>,
}

/// How a server stands, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerState {
    pub name: String,
    /// Its tools, or why it could not be reached.
    pub tools: Result<Vec<ToolState>, String>,
    /// One hash over the definitions of the tools that are offered; empty when it could not be reached.
    pub hash: String,
}

/// How a tool stands, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolState {
    /// Its name here, or as the server names it when it is refused.
    pub name: String,
    /// Whether the server says that it only reads.
    pub only_reads: bool,
    pub refused: Option<Refused>,
}

impl Server {
    pub(crate) fn new(settings: ServerSettings, outside: Outside) -> Self {
        let places = Semaphore::new(settings.concurrent.max(1));
        Self { settings, outside, pins: Mutex::default(), state: AsyncMutex::default(), places }
    }

    pub(crate) fn name(&self) -> &str {
        &self.settings.name
    }

    /// What models may be told of: its tools; those that are named, while it cannot be reached.
    pub(crate) async fn offered(self: &Arc<Self>) -> Vec<(String, ToolSpec)> {
        match self.open().await {
            Ok(open) => {
                let each = open.offers.offered.iter();
                each.map(|offer| (offer.theirs.clone(), offer.spec.clone())).collect()
            }
            Err(_) => match &self.settings.offered {
                Offered::Named(tools) => {
                    let name = self.name();
                    tools
                        .iter()
                        .map(|tool| (tool.clone(), definition::unreached(name, tool)))
                        .collect()
                }
                Offered::ReadOnly => Vec::new(),
            },
        }
    }

    /// How it stands; reaches it when it was not.
    pub(crate) async fn look(self: &Arc<Self>) -> ServerState {
        let open = match self.open().await {
            Ok(open) => open,
            Err(problem) => {
                let name = self.name().to_owned();
                return ServerState { name, tools: Err(problem), hash: String::new() };
            }
        };
        let offered = open.offers.offered.iter().map(|offer| ToolState {
            name: offer.spec.name.clone(),
            only_reads: offer.only_reads,
            refused: None,
        });
        let refused = open.offers.refused.iter().map(|(name, why)| ToolState {
            name: name.clone(),
            only_reads: false,
            refused: Some(*why),
        });
        ServerState {
            name: self.name().to_owned(),
            tools: Ok(offered.chain(refused).collect()),
            hash: open.offers.hash.clone(),
        }
    }

    /// Calls a tool by the name that the server has for it. Dropping the future cancels the call.
    pub(crate) async fn call(self: &Arc<Self>, tool: &str, call: &ToolCall) -> ToolOutcome {
        let limit = self.settings.call_timeout;
        let Ok(Ok(_place)) = timeout(limit, self.places.acquire()).await else {
            return error(format!("the MCP server `{}` is busy with other calls", self.name()));
        };
        let open = match self.open().await {
            Ok(open) => open,
            Err(problem) => {
                return error(format!(
                    "the MCP server `{}` could not be reached: {problem}",
                    self.name()
                ));
            }
        };
        let is_offered = |offer: &Offer| offer.theirs == tool;
        if !open.offers.offered.iter().any(is_offered) {
            let refused = open.offers.refused.iter().find(|(name, _)| name == tool);
            let why = refused.map_or(Refused::Missing, |(_, why)| *why);
            return error(format!("`{}` is not offered: {why}", call.name));
        }
        let span = self.span(tool);
        // The trace's parent is the span of this call: what the server does hangs below it.
        let trace = span.in_scope(|| (self.outside.trace)());
        let answer = open.connection.call(tool, call.arguments.clone(), trace);
        let outcome = match timeout(limit, answer.instrument(span.clone())).await {
            Ok(Ok(result)) => result::outcome(result, Asked { server: self.name(), tool }),
            Ok(Err(problem)) => self.failed(call, &problem),
            Err(_) => error(format!("`{}` gave no answer within {} s", call.name, limit.as_secs())),
        };
        if matches!(outcome, ToolOutcome::Error { .. }) {
            span.record(names::ERROR_TYPE, "tool_error");
        }
        outcome
    }

    /// The span of a call, by the OpenTelemetry conventions for MCP clients. An address is told where there is one.
    fn span(&self, tool: &str) -> Span {
        let address = match &self.settings.way {
            Way::Http { url, .. } => url.parse::<http::Uri>().ok(),
            Way::Program { .. } => None,
        };
        let host = address.as_ref().and_then(http::Uri::host);
        tracing::info_span!(
            "tools/call",
            otel.name = format_args!("tools/call {tool}"),
            otel.kind = "client",
            { names::MCP_METHOD } = "tools/call",
            { names::TOOL_NAME } = tool,
            { names::SERVER_ADDRESS } = host.unwrap_or(self.name()),
            { names::ERROR_TYPE } = Empty,
        )
    }

    fn failed(&self, call: &ToolCall, problem: &ServiceError) -> ToolOutcome {
        // What the server says about the call, e.g. an argument that is missing.
        if let ServiceError::McpError(said) = problem {
            return error(clean(&said.message, PROBLEM));
        }
        let why = reasons(problem);
        tracing::warn!(server = self.name(), tool = call.name, why, "an MCP call failed");
        error(format!("`{}` could not be called: {why}", call.name))
    }

    /// The open connection, or a new one. The work goes on when the caller is gone: a slow start is not begun anew by the
    /// next question.
    async fn open(self: &Arc<Self>) -> Result<Open, String> {
        let me = Arc::clone(self);
        let opening = tokio::spawn(async move { me.opened().await });
        opening.await.unwrap_or_else(|_| Err("connecting ended abnormally".to_owned()))
    }

    async fn opened(&self) -> Result<Open, String> {
        let mut state = self.state.lock().await;
        if let Some(open) = state.open.take().filter(|open| !open.connection.is_closed()) {
            let open = self.listed_again(open).await?;
            state.open = Some(open.clone());
            return Ok(open);
        }
        if let Some((when, problem)) = &state.failed
            && when.elapsed() < PAUSE
        {
            return Err(problem.clone());
        }
        match self.connect().await {
            Ok(open) => {
                state.failed = None;
                state.open = Some(open.clone());
                Ok(open)
            }
            Err(problem) => {
                tracing::warn!(server = self.name(), problem, "an MCP server could not be reached");
                state.failed = Some((Instant::now(), problem.clone()));
                Err(problem)
            }
        }
    }

    async fn connect(&self) -> Result<Open, String> {
        let opened = Connection::open(&self.settings, &self.outside).await;
        let (connection, listed) = opened.map_err(|error| reasons(&error))?;
        let offers = self.chosen(&listed)?;
        Ok(Open { connection: Arc::new(connection), offers })
    }

    async fn listed_again(&self, open: Open) -> Result<Open, String> {
        if !open.connection.take_changed() {
            return Ok(open);
        }
        let late = || format!("no answer within {} s", self.settings.connect_timeout.as_secs());
        let listed = timeout(self.settings.connect_timeout, open.connection.list()).await;
        let listed = listed.map_err(|_| late())?.map_err(|error| reasons(&error))?;
        Ok(Open { offers: self.chosen(&listed)?, ..open })
    }

    fn chosen(&self, listed: &[rmcp::model::Tool]) -> Result<Arc<Offers>, String> {
        let mut pins = self.pins.lock().map_err(|_| "the pins are lost".to_owned())?;
        let offers = definition::choose(listed, &self.settings, &mut pins);
        for (tool, why) in &offers.refused {
            tracing::warn!(server = self.name(), tool, %why, "a tool is not offered");
        }
        match &self.settings.pin {
            Some(agreed) if *agreed != offers.hash => Err(format!(
                "its definitions are not those that were agreed to: their hash is {}, the settings say {}",
                offers.hash,
                clean(agreed, 64)
            )),
            Some(_) | None => Ok(Arc::new(offers)),
        }
    }
}

fn error(message: String) -> ToolOutcome {
    ToolOutcome::Error { message }
}

/// An error with what caused it, as one line. Causes that repeat what was said are left out, as are the names of types that
/// the transport puts into its own messages.
fn reasons(error: &(dyn Error + 'static)) -> String {
    let mut text = without_types(&error.to_string());
    let mut cause = error.source();
    while let Some(next) = cause {
        let words = without_types(&next.to_string());
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        cause = next.source();
    }
    clean(&text, PROBLEM)
}

// "Transport [rmcp::transport::…] error: refused" is "refused".
fn without_types(text: &str) -> String {
    let Some((before, rest)) = text.split_once("Transport [") else { return text.to_owned() };
    let after = rest.split_once("] error: ").map_or(rest, |(_, after)| after);
    format!("{before}{after}")
}
