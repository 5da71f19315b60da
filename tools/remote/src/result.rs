//! What a remote tool returned, read as facts: other people's text never passes as anything but cells of a table.

mod body;
mod column;
mod record;
mod text;

use std::collections::BTreeMap;

use rmcp::model::CallToolResult;
use serde_json::Value;
use wherefore_contract::{
    quality::{Notice, NoticeCode, Severity},
    table::{Column, Table},
    tool::{FactTable, ToolData, ToolOutcome},
};

pub(crate) use self::text::clean;
use self::{
    body::Body,
    record::{Records, records_of},
};

/// Bytes of a result that are read at all.
const RESULT_BYTES: usize = 4 * 1024 * 1024;
/// Rows of one table that are kept.
const ROWS: usize = 200;
/// Columns of one table that are kept.
const COLUMNS: usize = 40;
/// Tables of one result that are kept.
const TABLES: usize = 8;
/// Cells of one result that are kept: what a question holds of it stays below a few megabytes.
const CELLS: usize = 6_000;
/// Characters of one cell.
pub(crate) const CELL_CHARACTERS: usize = 300;
/// Characters of an error's message.
const MESSAGE_CHARACTERS: usize = 600;

/// Whose result it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// The server as settings name it.
    pub(crate) server: &'a str,
    /// The tool as the server names it.
    pub(crate) tool: &'a str,
}

/// What was left out, by kind.
#[derive(Debug, Default)]
struct Left {
    rows: usize,
    columns: usize,
    tables: usize,
    /// Parts that are no text: images, sounds, links.
    parts: usize,
    /// Numbers that no exact decimal holds.
    numbers: usize,
}

/// Reads a result: an error of the tool, nothing, or tables of facts.
pub(crate) fn outcome(result: CallToolResult, asked: Asked<'_>) -> ToolOutcome {
    let is_error = result.is_error == Some(true);
    let (body, parts) = match body::read(result, RESULT_BYTES) {
        Ok(read) => read,
        Err(bytes) => {
            return ToolOutcome::Error {
                message: format!(
                    "`{}` of the server `{}` returned {bytes} bytes; at most {RESULT_BYTES} are read, so ask for less",
                    asked.tool, asked.server
                ),
            };
        }
    };
    if let Some(message) = body.failure(is_error) {
        let message = clean(&message, MESSAGE_CHARACTERS);
        let message = if message.is_empty() {
            "the call failed without a message".to_owned()
        } else {
            message
        };
        return ToolOutcome::Error { message };
    }
    let mut left = Left { parts, ..Left::default() };
    let records = match body {
        Body::Json(value) => records_of(value),
        Body::Text(text) => vec![Records::lines(&text)],
    };
    let tables = tables(records, asked, &mut left);
    let notices = notices(asked, &left);
    if tables.is_empty() {
        let searched = format!("`{}` of the MCP server `{}`", asked.tool, asked.server);
        return ToolOutcome::NoData { searched, notices };
    }
    let data = ToolData { tables, snapshot: source(asked.server) };
    ToolOutcome::Data { data: Box::new(data), notices }
}

/// Where facts of a server come from, as evidence shows it.
fn source(server: &str) -> String {
    format!("mcp:{server}")
}

fn tables(records: Vec<Records>, asked: Asked<'_>, left: &mut Left) -> Vec<FactTable> {
    let mut out = Vec::new();
    let mut cells_left = CELLS;
    for records in records {
        if records.rows.is_empty() || records.columns.is_empty() {
            continue;
        }
        if out.len() == TABLES || cells_left == 0 {
            left.tables += 1;
            continue;
        }
        let name = records.name.clone();
        let table = table(records, cells_left, left);
        cells_left = cells_left.saturating_sub(table.columns.len() * table.rows.len());
        out.push(FactTable {
            name,
            table,
            source: source(asked.server),
            statement: None,
            parameters: Vec::new(),
            period: None,
            filters: Vec::new(),
            data_as_of: None,
            complete: true,
        });
    }
    out
}

fn table(mut records: Records, cells_left: usize, left: &mut Left) -> Table {
    left.columns += records.columns.len().saturating_sub(COLUMNS);
    records.columns.truncate(COLUMNS);
    let rows = ROWS.min((cells_left / records.columns.len().max(1)).max(1));
    left.rows += records.rows.len().saturating_sub(rows);
    records.rows.truncate(rows);
    let names = column::names(&records.columns);
    let mut columns: Vec<Column> = Vec::with_capacity(names.len());
    let mut cells: Vec<Vec<Option<String>>> = vec![Vec::new(); records.rows.len()];
    for (index, name) in names.iter().enumerate() {
        let values: Vec<&Value> =
            records.rows.iter().map(|row| row.get(index).unwrap_or(&Value::Null)).collect();
        let beside = column::unit_beside(index, &names, &records.rows);
        let read = column::read(name, &values, beside);
        left.numbers += read.lost;
        columns.push(read.column);
        for (row, cell) in cells.iter_mut().zip(read.cells) {
            row.push(cell);
        }
    }
    Table { columns, rows: cells }
}

/// Every figure of a remote server is said to be one; and what was left out is counted.
fn notices(asked: Asked<'_>, left: &Left) -> Vec<Notice> {
    let notice = |code, severity, figures, text| Notice {
        code,
        subject: asked.server.to_owned(),
        source: String::new(),
        billing_period: None,
        severity,
        figures,
        text,
    };
    let mut out = vec![notice(
        NoticeCode::ReportedElsewhere,
        Severity::Note,
        BTreeMap::new(),
        format!(
            "As the MCP server `{}` reports it; nothing here was computed from bills.",
            asked.server
        ),
    )];
    let counted = [
        ("rows", left.rows),
        ("columns", left.columns),
        ("tables", left.tables),
        ("parts that are no text", left.parts),
        ("numbers that are not exact", left.numbers),
    ];
    let counted = counted.iter().filter(|(_, count)| *count > 0);
    let figures: BTreeMap<String, String> =
        counted.clone().map(|(what, count)| ((*what).to_owned(), count.to_string())).collect();
    if !figures.is_empty() {
        let list: Vec<String> = counted.map(|(what, count)| format!("{count} {what}")).collect();
        let text = format!("Left out of the result: {}.", list.join(", "));
        out.push(notice(NoticeCode::LeftOut, Severity::Warning, figures, text));
    }
    out
}

#[cfg(test)]
mod tests;
