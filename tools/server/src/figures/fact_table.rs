//! Builds the tables that code computes rather than a statement of a store.

use wherefore_contract::{
    table::{Column, Table},
    tool::{FactTable, Found, ToolData},
};

/// One row's cells, in the order of the columns.
pub(crate) type Row = Vec<Option<String>>;

/// A table that is not the direct result of a statement.
pub(crate) fn computed(
    name: &str,
    source: &str,
    columns: Vec<Column>,
    rows: Vec<Row>,
) -> FactTable {
    FactTable {
        name: name.to_owned(),
        table: Table { columns, rows },
        source: source.to_owned(),
        statement: None,
        parameters: Vec::new(),
        period: None,
        filters: Vec::new(),
        data_as_of: None,
        complete: true,
    }
}

/// A cell that holds something.
#[expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "it stands in rows of optional cells, over values of many kinds"
)]
pub(crate) fn cell(value: impl ToString) -> Option<String> {
    Some(value.to_string())
}

/// A cell of text, null when the text is empty.
pub(crate) fn text(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// Figures that were found.
pub(crate) fn found(tables: Vec<FactTable>, snapshot: String, searched: String) -> Found {
    Found { found: Some(ToolData { tables, snapshot }), searched, notices: Vec::new() }
}

/// Nothing was found.
pub(crate) fn nothing(searched: String) -> Found {
    Found { found: None, searched, notices: Vec::new() }
}
