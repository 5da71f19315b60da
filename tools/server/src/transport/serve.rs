//! The MCP server: lists the tools and runs one, whatever the transport.

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures::FutureExt;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
        ListToolsResult, PaginatedRequestParams, RequestMetaObject, ServerCapabilities,
        ServerConfig, Tool,
    },
    service::RequestContext,
};
use tracing::Instrument;
use wherefore_contract::{
    ports::{CostStore, MetadataStore},
    scope::Scope,
    tool::Found,
};

use crate::{
    arguments::Arguments,
    catalogue::{ToolName, catalogue},
    fact_table::nothing,
    refuse::Refusal,
    rules::RuleTables,
};

const INSTRUCTIONS: &str = "Figures of cloud bills in FOCUS columns and of the transactions beside them, \
read-only. Call describe_cost_data first to learn which periods and dimensions are loaded, and \
find_metadata to turn a name into values. Every figure comes in a table with its unit, its period and \
the statement that gave it; numbers are exact decimals written as strings. When nothing matched, \
`found` is absent and `searched` says where was looked.";

/// The key of a request's metadata that names the snapshot to read. A scope is not widened by it.
pub(crate) const SNAPSHOT: &str = "wherefore/snapshot";

/// The tools over the stores they read, for one caller.
///
/// The scope is bound here, out of a model's reach: no argument of a tool can widen it.
#[derive(Clone)]
pub struct Tools {
    pub(crate) costs: Arc<dyn CostStore>,
    pub(crate) metadata: Arc<dyn MetadataStore>,
    pub(crate) scope: Scope,
    pub(crate) rules: Arc<RuleTables>,
    catalogue: Arc<[(ToolName, Tool)]>,
    text_copy: TextCopy,
}

/// Whether a result carries its figures a second time as text, for clients that read no
/// `structuredContent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextCopy {
    Kept,
    LeftOut,
}

impl Tools {
    /// The tools over `costs` and `metadata`, showing what `scope` may see and going by `rules`.
    pub fn new(
        costs: Arc<dyn CostStore>,
        metadata: Arc<dyn MetadataStore>,
        scope: Scope,
        rules: Arc<RuleTables>,
    ) -> Self {
        Self { costs, metadata, scope, rules, catalogue: catalogue(), text_copy: TextCopy::Kept }
    }

    /// The same tools for another caller.
    #[must_use]
    pub fn for_scope(&self, scope: Scope) -> Self {
        Self { scope, ..self.clone() }
    }

    /// The same tools without the text copy: MCP asks for it only for clients we do not know.
    pub(crate) fn without_text_copy(self) -> Self {
        Self { text_copy: TextCopy::LeftOut, ..self }
    }

    /// Every tool with its schemas, in the order of `tools/list`.
    pub fn catalogue(&self) -> impl Iterator<Item = &Tool> {
        self.catalogue.iter().map(|(_, tool)| tool)
    }

    /// The names of all tools, in the order of `tools/list`.
    pub fn names() -> impl Iterator<Item = String> {
        ToolName::ALL.into_iter().map(|name| name.tool().name.into_owned())
    }

    fn find(&self, name: &str) -> Option<&(ToolName, Tool)> {
        self.catalogue.iter().find(|(_, tool)| tool.name == name)
    }

    // A load during a call neither mixes two snapshots in its figures nor labels them with the later one.
    async fn pinned(&self, asked: Option<&str>) -> Result<Self, Refusal> {
        let snapshot = asked.map_or_else(|| self.costs.snapshot(), str::to_owned);
        if snapshot.is_empty() {
            return Ok(self.clone());
        }
        let costs = self.costs.at_snapshot(&snapshot).await?;
        Ok(Self { costs, ..self.clone() })
    }

    async fn run(
        &self,
        name: ToolName,
        arguments: Arguments<'_>,
        snapshot: Option<&str>,
    ) -> CallToolResult {
        let answer = async { name.run(&self.pinned(snapshot).await?, arguments).await };
        // A panic in one call must neither end the server nor leave its caller waiting.
        let outcome = AssertUnwindSafe(answer).catch_unwind().await;
        match outcome {
            Ok(Ok(found)) => self.result(&found),
            Ok(Err(Refusal::NothingLoaded(searched))) => self.result(&nothing(searched)),
            Ok(Err(Refusal::Failed(message))) => failed(message),
            Err(_) => {
                tracing::error!(tool = ?name, "a tool panicked");
                failed("the tool failed and the operator's log says why".to_owned())
            }
        }
    }

    fn result(&self, found: &Found) -> CallToolResult {
        match (serde_json::to_value(found), self.text_copy) {
            (Ok(value), TextCopy::Kept) => CallToolResult::structured(value),
            (Ok(value), TextCopy::LeftOut) => {
                let mut result = CallToolResult::success(Vec::new());
                result.structured_content = Some(value);
                result
            }
            (Err(error), _) => {
                tracing::error!(%error, "a result could not be written");
                failed("the result could not be written".to_owned())
            }
        }
    }
}

fn failed(message: String) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(message)])
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let about =
            Implementation::new("wherefore", env!("CARGO_PKG_VERSION")).with_title("wherefore");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(about)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.catalogue().cloned().collect()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.find(name).map(|(_, tool)| tool.clone())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some((name, tool)) = self.find(&request.name) else {
            let message = format!("there is no tool `{}`; tools/list names them", request.name);
            return Err(ErrorData::invalid_params(message, None));
        };
        let arguments = Arguments { tool, given: request.arguments.unwrap_or_default() };
        // Over a wire the metadata comes apart from the parameters; in memory it stays with them.
        let named = |meta: &RequestMetaObject| meta.get(SNAPSHOT)?.as_str().map(str::to_owned);
        let snapshot = request.meta.as_ref().and_then(named).or_else(|| named(&context.meta));
        let span = tracing::debug_span!("tools/call", gen_ai.tool.name = %tool.name);
        tokio::select! {
            result = self.run(*name, arguments, snapshot.as_deref()).instrument(span) => Ok(result.into()),
            () = context.ct.cancelled() => Err(ErrorData::internal_error("the call was cancelled", None)),
        }
    }
}
