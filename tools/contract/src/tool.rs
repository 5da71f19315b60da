//! Tool calls and their outcomes, as agents see them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{filter::Filter, period::Period, quality::Notice, table::Table};

/// One call of a tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolCall {
    /// Given by the model; pairs the call with its outcome.
    pub id: String,
    pub name: String,
    pub arguments: Map<String, Value>,
}

/// What a model is told about a tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolSpec {
    pub name: String,
    pub description: String,
    /// JSON Schema of the arguments: an object at its root.
    pub input_schema: Map<String, Value>,
}

/// How a call ended. Nothing found is an outcome of its own, never an empty success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ToolOutcome {
    /// Figures, with what is needed to run them again.
    Data {
        data: Box<ToolData>,
        /// What qualifies the figures.
        #[serde(default)]
        notices: Vec<Notice>,
    },
    /// Nothing matched; `searched` says where was looked.
    NoData { searched: String, notices: Vec<Notice> },
    /// The call failed. The message is for whoever chose the call.
    Error { message: String },
}

/// The result of every tool: the figures, or what was searched when there are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// Absent when nothing matched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<ToolData>,
    /// Where was looked, in one sentence.
    pub searched: String,
    /// What qualifies the figures, or explains that there are none.
    #[serde(default)]
    pub notices: Vec<Notice>,
}

/// Tables of facts with their provenance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolData {
    /// The first table answers the question; others support it.
    pub tables: Vec<FactTable>,
    /// The snapshot that was read, e.g. `s000003`.
    pub snapshot: String,
}

/// A table of facts and what is needed to get it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactTable {
    /// What the table is, e.g. `cost`, `bridge`, `verdict`, `coverage`.
    pub name: String,
    pub table: Table,
    /// Where it comes from, e.g. `embedded:billing`.
    pub source: String,
    /// The statement that gave it; absent for tables that code computed from others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The statement's bound values, in order.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// The period its numbers belong to, unless a column says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The conditions its numbers belong to.
    #[serde(default)]
    pub filters: Vec<Filter>,
    /// End of the last charge or count that is loaded, e.g. `2024-10-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_as_of: Option<String>,
    /// Whether the period is loaded in full, from its first to its last hour.
    pub complete: bool,
}

impl From<Found> for ToolOutcome {
    fn from(found: Found) -> Self {
        match found.found {
            Some(data) => Self::Data { data: Box::new(data), notices: found.notices },
            None => Self::NoData { searched: found.searched, notices: found.notices },
        }
    }
}
