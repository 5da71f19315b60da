//! The tools as agents reach them: real MCP messages over a pair of in-memory channels.

use std::io;

use futures::future::BoxFuture;
use rmcp::{
    ClientLifecycleMode, ClientServiceExt, RoleClient, RoleServer, ServiceExt,
    model::{
        CallToolRequestParams, CallToolResult, ClientConfig, Implementation, JsonObject,
        ProtocolVersion, RequestMetaObject,
    },
    service::{
        ClientInitializeError, RunningService, RxJsonRpcMessage, ServiceError, ServiceRole,
        TxJsonRpcMessage,
    },
    transport::Transport,
};
use tokio::sync::mpsc;
use wherefore_contract::{
    ports::ToolCaller,
    tool::{Found, ToolCall, ToolOutcome, ToolSpec},
};

use crate::serve::{SNAPSHOT, Tools};

// Messages under way in one direction. A question makes a handful of calls at a time; senders wait
// beyond this.
const MESSAGES: usize = 256;

/// A connection to the tools inside this process. One serves many questions and concurrent calls.
pub struct InProcess {
    tools: Vec<ToolSpec>,
    client: RunningService<RoleClient, ClientConfig>,
}

/// The tools could not be reached inside the process.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error("the in-process MCP client did not begin")]
    Client(#[source] Box<ClientInitializeError>),
    #[error("the in-process MCP server did not list its tools")]
    List(#[source] Box<ServiceError>),
}

impl InProcess {
    /// Starts the server and a client of it, and lists the tools.
    ///
    /// Needs a Tokio runtime, which must run as long as the connection is used.
    ///
    /// # Errors
    /// When the two do not come to terms, which would be a fault of ours.
    pub async fn connect(tools: Tools) -> Result<Self, ConnectError> {
        let (near, far) = pair();
        let about = Implementation::new("wherefore-agents", env!("CARGO_PKG_VERSION"));
        let config = ClientConfig::new(rmcp::model::ClientCapabilities::default(), about);
        let lifecycle =
            ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::LATEST] };
        // The server's handshake ends with the first request after it, so it runs beside the client.
        // It stops when the client is dropped and with it the channel.
        tokio::spawn(serve(tools.without_text_copy(), far));
        let client = config
            .serve_with_lifecycle(near, lifecycle)
            .await
            .map_err(|error| ConnectError::Client(Box::new(error)))?;
        let listed =
            client.list_all_tools().await.map_err(|error| ConnectError::List(Box::new(error)))?;
        let tools = listed
            .into_iter()
            .map(|tool| ToolSpec {
                name: tool.name.into_owned(),
                description: tool.description.unwrap_or_default().into_owned(),
                input_schema: tool.input_schema.as_ref().clone(),
            })
            .collect();
        Ok(Self { tools, client })
    }
}

async fn serve(tools: Tools, end: End<RoleServer>) {
    let ended = match tools.serve(end).await {
        Ok(running) => running.waiting().await.map(|_| ()).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    if let Err(error) = ended {
        tracing::error!(error, "the in-process MCP server ended");
    }
}

impl InProcess {
    async fn send(&self, call: &ToolCall, snapshot: Option<&str>) -> ToolOutcome {
        let mut request =
            CallToolRequestParams::new(call.name.clone()).with_arguments(call.arguments.clone());
        request.meta = snapshot.map(|snapshot| {
            let named = (SNAPSHOT.to_owned(), snapshot.into());
            RequestMetaObject::from(std::iter::once(named).collect::<JsonObject>())
        });
        match self.client.peer().call_tool(request).await {
            Ok(result) => outcome_of(result),
            Err(ServiceError::McpError(error)) => {
                ToolOutcome::Error { message: error.message.into_owned() }
            }
            Err(error) => {
                tracing::error!(%error, tool = call.name, "a tool could not be reached");
                ToolOutcome::Error { message: format!("`{}` could not be reached", call.name) }
            }
        }
    }
}

impl ToolCaller for InProcess {
    fn tools(&self) -> &[ToolSpec] {
        &self.tools
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        Box::pin(self.send(call, None))
    }

    fn call_at<'a>(&'a self, call: &'a ToolCall, snapshot: &'a str) -> BoxFuture<'a, ToolOutcome> {
        Box::pin(self.send(call, Some(snapshot)))
    }
}

/// Reads an MCP result as an outcome: figures, nothing found, or a failure with its message.
#[must_use]
pub fn outcome_of(result: CallToolResult) -> ToolOutcome {
    let text = result
        .content
        .iter()
        .filter_map(|block| block.as_text().map(|text| text.text.as_str()))
        .collect::<Vec<_>>()
        .join("\n");
    if result.is_error == Some(true) {
        return ToolOutcome::Error { message: text };
    }
    let read = match result.structured_content {
        Some(value) => serde_json::from_value::<Found>(value),
        None => serde_json::from_str::<Found>(&text),
    };
    match read {
        Ok(found) => found.into(),
        Err(error) => ToolOutcome::Error {
            message: format!("the tool's result holds no table of figures: {error}"),
        },
    }
}

/// One end of an in-memory connection. Messages cross as values: nothing is written as JSON text
/// to be read again.
struct End<R: ServiceRole> {
    out: mpsc::Sender<TxJsonRpcMessage<R>>,
    inbox: mpsc::Receiver<RxJsonRpcMessage<R>>,
}

fn pair() -> (End<RoleClient>, End<RoleServer>) {
    let (to_server, server_inbox) = mpsc::channel(MESSAGES);
    let (to_client, client_inbox) = mpsc::channel(MESSAGES);
    (End { out: to_server, inbox: client_inbox }, End { out: to_client, inbox: server_inbox })
}

impl<R: ServiceRole> Transport<R> for End<R> {
    type Error = io::Error;

    fn send(
        &mut self,
        item: TxJsonRpcMessage<R>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        let out = self.out.clone();
        async move { out.send(item).await.map_err(|_| io::ErrorKind::BrokenPipe.into()) }
    }

    fn receive(&mut self) -> impl Future<Output = Option<RxJsonRpcMessage<R>>> + Send {
        self.inbox.recv()
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.inbox.close();
        Ok(())
    }
}
