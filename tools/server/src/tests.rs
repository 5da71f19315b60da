//! The tools against a small store in memory, over real MCP messages.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use wherefore_contract::{
    ports::ToolCaller,
    tool::{FactTable, ToolCall, ToolData, ToolOutcome},
};

use crate::{InProcess, RuleTables};

mod allocate;
mod anomalies;
mod arguments;
mod bases;
mod budget;
mod catalogue;
mod commitments;
mod explain;
mod fakes;
mod forecast;
#[cfg(feature = "http")]
mod http;
mod protocol;
mod savings;
mod snapshot;
mod speed;
mod tools;

use fakes::Estate;

/// Calls one tool over an in-process MCP connection.
async fn call(estate: Estate, name: &str, arguments: Value) -> ToolOutcome {
    let answered = async {
        let tools = InProcess::connect(estate.tools()).await.unwrap();
        tools.call(&tool_call(name, arguments)).await
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), answered).await.unwrap()
}

fn tool_call(name: &str, arguments: Value) -> ToolCall {
    let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
    ToolCall { id: "c1".into(), name: name.into(), arguments }
}

/// The figures of a call that must find some.
async fn data(estate: Estate, name: &str, arguments: Value) -> ToolData {
    match call(estate, name, arguments).await {
        ToolOutcome::Data { data, .. } => *data,
        other @ (ToolOutcome::NoData { .. } | ToolOutcome::Error { .. }) => {
            panic!("figures were expected, not {other:?}")
        }
    }
}

/// What a failing call says.
async fn refusal(estate: Estate, name: &str, arguments: Value) -> String {
    match call(estate, name, arguments).await {
        ToolOutcome::Error { message } => message,
        other @ (ToolOutcome::NoData { .. } | ToolOutcome::Data { .. }) => {
            panic!("a failure was expected, not {other:?}")
        }
    }
}

/// Where a call that finds nothing looked.
async fn searched(estate: Estate, name: &str, arguments: Value) -> String {
    match call(estate, name, arguments).await {
        ToolOutcome::NoData { searched, .. } => searched,
        other @ (ToolOutcome::Error { .. } | ToolOutcome::Data { .. }) => {
            panic!("nothing was expected, not {other:?}")
        }
    }
}

/// The rows of a table as maps from column to cell, without empty cells.
fn rows(table: &FactTable) -> Vec<Value> {
    let names: Vec<&str> = table.table.columns.iter().map(|column| column.name.as_str()).collect();
    let row = |cells: &Vec<Option<String>>| {
        let filled = names.iter().zip(cells).filter_map(|(name, cell)| {
            cell.as_ref().map(|cell| ((*name).to_owned(), Value::String(cell.clone())))
        });
        Value::Object(filled.collect::<Map<_, _>>())
    };
    table.table.rows.iter().map(row).collect()
}

fn table<'a>(data: &'a ToolData, name: &str) -> &'a FactTable {
    data.tables.iter().find(|table| table.name == name).unwrap()
}

fn march() -> Value {
    json!({"start": "2026-03-01", "end": "2026-03-29"})
}

fn april() -> Value {
    json!({"start": "2026-03-29", "end": "2026-04-26"})
}

fn tables() -> Arc<RuleTables> {
    shared(RuleTables::embedded().unwrap())
}

fn shared<T>(value: T) -> Arc<T> {
    Arc::new(value)
}
