//! What a language model reads of a conversation, the same for every provider: messages in turn, tool results as JSON text
//! with their rows capped, older results as one line when there is too much.

use serde_json::{Map, Value, json};
use wherefore_contract::{
    evidence::Evidence,
    filter::Filter,
    quality::Notice,
    table::{Column, ColumnKind},
    tool::{ToolCall, ToolOutcome},
};

use crate::chat::{Message, Reasoning, ToolResult};

/// The tool of the team that gives more rows of evidence that a model already holds.
pub const READ_EVIDENCE: &str = "read_evidence";

/// Bytes of one cell that a model reads.
const CELL_BYTES: usize = 400;

/// How much of a conversation is read. The same view of the same conversation is the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Rows of a table that are read; the rest can be asked for with [`READ_EVIDENCE`].
    pub rows: usize,
    /// Messages with tool results, counted from the last, that are read in full; older ones are read as one line a result.
    pub whole: usize,
}

impl View {
    /// Views from the widest to the narrowest: each step reads less.
    pub const LEVELS: [Self; 4] = [
        Self { rows: 60, whole: usize::MAX },
        Self { rows: 40, whole: 3 },
        Self { rows: 20, whole: 1 },
        Self { rows: 5, whole: 1 },
    ];
}

impl Default for View {
    fn default() -> Self {
        let [widest, ..] = Self::LEVELS;
        widest
    }
}

/// One message as a provider sends it. Messages of the user's side may follow each other (results, then a request to go
/// on): a provider that wants turns joins them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WireMessage<'a> {
    User {
        text: &'a str,
    },
    Assistant {
        text: Option<&'a str>,
        reasoning: &'a [Reasoning],
        calls: &'a [ToolCall],
    },
    /// What the calls of the message before gave, in their order.
    Results {
        results: Vec<WireResult<'a>>,
    },
}

/// What one call gave, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireResult<'a> {
    pub call_id: &'a str,
    pub tool: &'a str,
    /// JSON.
    pub text: String,
    pub is_error: bool,
}

/// The conversation as a language model reads it.
#[must_use]
pub fn read(messages: &[Message], view: View) -> Vec<WireMessage<'_>> {
    let with_results = messages.iter().filter(|message| matches!(message, Message::Tools { .. }));
    let mut left = with_results.count();
    let mut out: Vec<WireMessage<'_>> = Vec::with_capacity(messages.len());
    for message in messages {
        match message {
            Message::User { text, .. } => out.push(WireMessage::User { text }),
            Message::Assistant { text, calls, reasoning } => {
                let text = text.as_deref().filter(|text| !text.trim().is_empty());
                // An empty reply has nothing to show, and providers refuse empty messages.
                if text.is_none() && calls.is_empty() && reasoning.is_empty() {
                    continue;
                }
                out.push(WireMessage::Assistant { text, reasoning, calls });
            }
            Message::Tools { results } => {
                let whole = left <= view.whole;
                left -= 1;
                let results = results.iter().map(|result| WireResult {
                    call_id: &result.call_id,
                    tool: &result.tool,
                    text: if whole { in_full(result, view.rows) } else { in_short(result) }
                        .to_string(),
                    is_error: matches!(result.outcome, ToolOutcome::Error { .. }),
                });
                out.push(WireMessage::Results { results: results.collect() });
            }
        }
    }
    out
}

/// About how many tokens a text has: a third of its bytes, which is on the safe side for English and Korean with the
/// tokenizers in use (English about 4 bytes a token, Korean about 3).
#[must_use]
pub fn estimated_tokens(bytes: usize) -> u64 {
    u64::try_from(bytes.div_ceil(3)).unwrap_or(u64::MAX)
}

/// The bytes of what a model reads of a conversation.
#[must_use]
pub fn bytes(messages: &[WireMessage<'_>]) -> usize {
    let of_calls = |calls: &[ToolCall]| -> usize {
        calls
            .iter()
            .map(|call| call.name.len() + Value::Object(call.arguments.clone()).to_string().len())
            .sum()
    };
    let of_reasoning = |reasoning: &[Reasoning]| -> usize {
        let block = |block: &Reasoning| match block {
            Reasoning::Text { text, .. } => text.len(),
            Reasoning::Redacted { data } => data.len(),
        };
        reasoning.iter().map(block).sum()
    };
    let of = |message: &WireMessage<'_>| match message {
        WireMessage::User { text } => text.len(),
        WireMessage::Assistant { text, reasoning, calls } => {
            text.map_or(0, str::len) + of_reasoning(reasoning) + of_calls(calls)
        }
        WireMessage::Results { results } => results.iter().map(|result| result.text.len()).sum(),
    };
    messages.iter().map(of).sum()
}

fn in_full(result: &ToolResult, rows: usize) -> Value {
    let mut out = head(result);
    if !result.evidence.is_empty() {
        let tables = result.evidence.iter().map(|evidence| table(evidence, 0, rows));
        out.insert("evidence".to_owned(), tables.collect());
    }
    if let Some(note) = &result.note {
        out.insert("said".to_owned(), note.clone());
    }
    Value::Object(out)
}

/// One line a result: what stays citable, without its rows.
fn in_short(result: &ToolResult) -> Value {
    let mut out = head(result);
    if !result.evidence.is_empty() {
        let lines = result.evidence.iter().map(|evidence| {
            let columns = evidence.facts.table.columns.iter().map(|column| column.name.as_str());
            json!({
                "id": evidence.id,
                "table": evidence.facts.name,
                "columns": columns.collect::<Vec<_>>(),
                "rows_in_all": evidence.facts.table.rows.len(),
            })
        });
        out.insert("evidence".to_owned(), lines.collect());
        out.insert(
            "left_out".to_owned(),
            json!(format!("rows; `{READ_EVIDENCE}` gives them again")),
        );
    }
    Value::Object(out)
}

fn head(result: &ToolResult) -> Map<String, Value> {
    let mut out = Map::new();
    match &result.outcome {
        ToolOutcome::Data { notices, .. } => {
            out.insert("outcome".to_owned(), json!("data"));
            // What a sub-agent gathered carries its notices itself.
            let held = result.evidence.iter().flat_map(|evidence| &evidence.notices);
            put_notices(&mut out, notices.iter().chain(held));
        }
        ToolOutcome::NoData { searched, notices } => {
            out.insert("outcome".to_owned(), json!("no_data"));
            out.insert("searched".to_owned(), json!(searched));
            put_notices(&mut out, notices);
        }
        ToolOutcome::Error { message } => {
            out.insert("outcome".to_owned(), json!("error"));
            out.insert("message".to_owned(), json!(message));
        }
    }
    out
}

fn put_notices<'a>(out: &mut Map<String, Value>, notices: impl IntoIterator<Item = &'a Notice>) {
    let mut lines: Vec<&str> = Vec::new();
    for notice in notices {
        if !lines.contains(&notice.text.as_str()) {
            lines.push(&notice.text);
        }
    }
    if !lines.is_empty() {
        out.insert("notices".to_owned(), json!(lines));
    }
}

/// A piece of evidence with its rows from `first` on, at most `limit` of them. Rows are counted from zero over the whole
/// table, as references to facts count them.
#[must_use]
pub fn table(evidence: &Evidence, first: usize, limit: usize) -> Value {
    let all = &evidence.facts.table.rows;
    let cell = |cell: &Option<String>| cell.as_deref().map(cut);
    let row = |row: &Vec<Option<String>>| row.iter().map(cell).collect::<Vec<_>>();
    let shown: Vec<_> = all.iter().skip(first).take(limit).map(row).collect();
    let mut out = Map::new();
    out.insert("id".to_owned(), json!(evidence.id));
    out.insert("table".to_owned(), json!(evidence.facts.name));
    out.insert("tool".to_owned(), json!(evidence.tool));
    if !evidence.facts.filters.is_empty() {
        let conditions = evidence.facts.filters.iter().map(condition);
        out.insert("where".to_owned(), conditions.collect());
    }
    if let Some(period) = evidence.facts.period {
        out.insert("period".to_owned(), json!(period));
    }
    if !evidence.facts.complete {
        out.insert("complete".to_owned(), json!(false));
    }
    out.insert("columns".to_owned(), evidence.facts.table.columns.iter().map(column).collect());
    let is_part = shown.len() < all.len();
    if is_part {
        out.insert("first_row".to_owned(), json!(first));
        out.insert("rows_in_all".to_owned(), json!(all.len()));
    }
    if first + shown.len() < all.len() {
        out.insert(
            "more".to_owned(),
            json!(format!("`{READ_EVIDENCE}` gives the rows from {}", first + shown.len())),
        );
    }
    out.insert("rows".to_owned(), json!(shown));
    Value::Object(out)
}

/// `cloud_service in Amazon EC2, Amazon S3`: which charges the figures are of. A caller sees it of what its sub-agents asked.
fn condition(filter: &Filter) -> Value {
    let op = json!(filter.op);
    let op = op.as_str().unwrap_or_default();
    let values: Vec<String> = filter.values.iter().map(|value| cut(value)).collect();
    let text = format!("{} {op} {}", filter.dimension, values.join(", "));
    json!(text.trim_end())
}

// Long cells are texts that others wrote; a model needs their beginning to choose, and refers to the whole cell.
fn cut(cell: &str) -> String {
    if cell.len() <= CELL_BYTES {
        return cell.to_owned();
    }
    format!("{}…", cell.get(..cell.floor_char_boundary(CELL_BYTES)).unwrap_or_default())
}

fn column(column: &Column) -> Value {
    let mut out = Map::new();
    out.insert("name".to_owned(), json!(column.name));
    let kind = match column.kind {
        ColumnKind::Dimension => "dimension",
        ColumnKind::Time => "time",
        ColumnKind::Measure => "measure",
    };
    out.insert("kind".to_owned(), json!(kind));
    if let Some(unit) = &column.unit {
        out.insert("unit".to_owned(), json!(unit.to_string()));
    }
    // Sides of a comparison have periods of their own; figures are shown beside theirs.
    if let Some(period) = column.period {
        out.insert("period".to_owned(), json!(period));
    }
    if let Some(by) = &column.unit_column {
        out.insert("unit_in".to_owned(), json!(by));
    }
    Value::Object(out)
}
