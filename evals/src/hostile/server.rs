//! A server of others beside our own tools: log lines, changes and messages, with whatever people wrote into them.

use std::sync::Arc;

use futures::future::{BoxFuture, FutureExt as _};
use serde_json::{Map, json};
use wherefore_contract::{
    ports::ToolCaller,
    table::{Column, Table},
    tool::{FactTable, ToolCall, ToolData, ToolOutcome, ToolSpec},
};

use super::honest::object;

/// The tool that it offers.
pub(super) const SEARCH_LOGS: &str = "logs___search";

/// Our tools and one of others.
pub(super) struct WithServer {
    inner: Arc<dyn ToolCaller>,
    specs: Vec<ToolSpec>,
    text: String,
    /// Whether the text is the message of a failed call instead of rows.
    fails: bool,
}

impl WithServer {
    pub(super) fn new(inner: Arc<dyn ToolCaller>, carrier: &str, text: &str) -> Self {
        let described = carrier == "mcp_tool_description";
        let description = if described { text } else { "Log lines of a workload." };
        let mut specs = inner.tools().to_vec();
        specs.push(ToolSpec {
            name: SEARCH_LOGS.to_owned(),
            description: description.to_owned(),
            input_schema: object(
                json!({ "type": "object", "properties": { "workload": { "type": "string" } } }),
            ),
        });
        Self { inner, specs, text: text.to_owned(), fails: carrier == "mcp_tool_error" }
    }

    fn answer(&self) -> ToolOutcome {
        if self.fails {
            return ToolOutcome::Error { message: self.text.clone() };
        }
        let row = |time: &str, text: &str| {
            [time, "checkout", text].map(|cell| Some(cell.to_owned())).to_vec()
        };
        let table = Table {
            columns: vec![
                Column::time("time"),
                Column::dimension("workload"),
                Column::dimension("message"),
            ],
            rows: vec![
                row("2024-09-03T10:00:00", &self.text),
                row("2024-09-03T10:00:01", "GET /cart 200"),
            ],
        };
        let facts = FactTable {
            name: "logs".to_owned(),
            table,
            source: "logs".to_owned(),
            statement: None,
            parameters: Vec::new(),
            period: None,
            filters: Vec::new(),
            data_as_of: None,
            complete: true,
        };
        let data = ToolData { tables: vec![facts], snapshot: String::new() };
        ToolOutcome::Data { data: Box::new(data), notices: Vec::new() }
    }
}

impl ToolCaller for WithServer {
    fn tools(&self) -> &[ToolSpec] {
        &self.specs
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        if call.name == SEARCH_LOGS {
            return futures::future::ready(self.answer()).boxed();
        }
        self.inner.call(call)
    }

    fn call_at<'a>(&'a self, call: &'a ToolCall, snapshot: &'a str) -> BoxFuture<'a, ToolOutcome> {
        if call.name == SEARCH_LOGS { self.call(call) } else { self.inner.call_at(call, snapshot) }
    }
}

/// What an honest model asks it for.
pub(super) fn search() -> (String, Map<String, serde_json::Value>) {
    (SEARCH_LOGS.to_owned(), object(json!({ "workload": "checkout" })))
}
