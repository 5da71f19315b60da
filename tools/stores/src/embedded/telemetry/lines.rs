//! Rows of batches as log lines and spans that borrow from the columns.

use std::ops::ControlFlow;

use datafusion::{
    arrow::{
        array::{
            Array, AsArray, Int64Array, RecordBatch, StringViewArray, TimestampNanosecondArray,
        },
        datatypes::{Int64Type, TimestampNanosecondType},
    },
    common::DataFusionError,
};
use wherefore_contract::{
    error::StoreError,
    telemetry::{LogLine, SpanKind, SpanLine, SpanStatus, VisitLogs, VisitSpans},
};

use super::failed;

/// Columns of a batch by their places.
pub(super) struct Columns<'b> {
    batch: &'b RecordBatch,
}

impl<'b> Columns<'b> {
    pub(super) fn of(batch: &'b RecordBatch) -> Self {
        Self { batch }
    }

    pub(super) fn text(&self, name: &str) -> Result<&'b StringViewArray, StoreError> {
        let column = self.batch.column_by_name(name);
        column.and_then(|column| column.as_string_view_opt()).ok_or_else(|| absent(name))
    }

    pub(super) fn number(&self, name: &str) -> Result<&'b Int64Array, StoreError> {
        let column = self.batch.column_by_name(name);
        column.and_then(|column| column.as_primitive_opt::<Int64Type>()).ok_or_else(|| absent(name))
    }

    fn nanos(&self, name: &str) -> Result<&'b TimestampNanosecondArray, StoreError> {
        let column = self.batch.column_by_name(name);
        let column = column.and_then(|column| column.as_primitive_opt::<TimestampNanosecondType>());
        column.ok_or_else(|| absent(name))
    }
}

pub(super) fn absent(name: &str) -> StoreError {
    failed(DataFusionError::Execution(format!("the column `{name}` is absent or of another type")))
}

/// The text of a cell; empty where there is none.
pub(super) fn text(cells: &StringViewArray, row: usize) -> &str {
    if cells.is_null(row) { "" } else { cells.value(row) }
}

// Shows row after row while more may be shown and the visitor goes on; counts what is shown.
fn each(
    rows: usize,
    left: &mut Option<u64>,
    mut show: impl FnMut(usize) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for row in 0..rows {
        match left {
            None => {}
            Some(0) => return ControlFlow::Break(()),
            Some(left) => *left -= 1,
        }
        show(row)?;
    }
    ControlFlow::Continue(())
}

/// Shows the log lines of a batch.
pub(super) fn logs(
    batch: &RecordBatch,
    with_attributes: bool,
    left: &mut Option<u64>,
    visit: &mut VisitLogs<'_>,
) -> Result<ControlFlow<()>, StoreError> {
    let columns = Columns::of(batch);
    let (at, severity) = (columns.nanos("Timestamp")?, columns.number("SeverityNumber")?);
    let (id, workload) = (columns.text("x_RecordId")?, columns.text("ServiceName")?);
    let (severity_text, body) = (columns.text("SeverityText")?, columns.text("Body")?);
    let (trace, span) = (columns.text("TraceId")?, columns.text("SpanId")?);
    let (account, region) = (columns.text("x_SubAccountId")?, columns.text("x_RegionId")?);
    let resource_id = columns.text("x_ResourceId")?;
    let attributes = with_attributes.then(|| columns.text("LogAttributes")).transpose()?;
    let resource = with_attributes.then(|| columns.text("ResourceAttributes")).transpose()?;
    Ok(each(batch.num_rows(), left, |row| {
        let line = LogLine {
            id: text(id, row),
            at: at.value(row),
            workload: text(workload, row),
            severity: u8::try_from(severity.value(row)).unwrap_or(0),
            severity_text: text(severity_text, row),
            body: text(body, row),
            trace: text(trace, row),
            span: text(span, row),
            account: text(account, row),
            region: text(region, row),
            resource_id: text(resource_id, row),
            attributes: attributes.map_or("", |cells| text(cells, row)),
            resource: resource.map_or("", |cells| text(cells, row)),
        };
        visit(&line)
    }))
}

/// Shows the spans of a batch.
pub(super) fn spans(
    batch: &RecordBatch,
    with_attributes: bool,
    left: &mut Option<u64>,
    visit: &mut VisitSpans<'_>,
) -> Result<ControlFlow<()>, StoreError> {
    let columns = Columns::of(batch);
    let (at, duration) = (columns.nanos("Timestamp")?, columns.number("Duration")?);
    let (id, trace, span) =
        (columns.text("x_RecordId")?, columns.text("TraceId")?, columns.text("SpanId")?);
    let (parent, workload) = (columns.text("ParentSpanId")?, columns.text("ServiceName")?);
    let (operation, kind) = (columns.text("SpanName")?, columns.text("SpanKind")?);
    let (status, message) = (columns.text("StatusCode")?, columns.text("StatusMessage")?);
    let (account, region) = (columns.text("x_SubAccountId")?, columns.text("x_RegionId")?);
    let resource_id = columns.text("x_ResourceId")?;
    let attributes = with_attributes.then(|| columns.text("SpanAttributes")).transpose()?;
    let resource = with_attributes.then(|| columns.text("ResourceAttributes")).transpose()?;
    Ok(each(batch.num_rows(), left, |row| {
        let line = SpanLine {
            id: text(id, row),
            trace: text(trace, row),
            span: text(span, row),
            parent: text(parent, row),
            workload: text(workload, row),
            operation: text(operation, row),
            kind: SpanKind::named(text(kind, row)).unwrap_or_default(),
            at: at.value(row),
            duration: duration.value(row),
            status: SpanStatus::named(text(status, row)).unwrap_or_default(),
            status_message: text(message, row),
            account: text(account, row),
            region: text(region, row),
            resource_id: text(resource_id, row),
            attributes: attributes.map_or("", |cells| text(cells, row)),
            resource: resource.map_or("", |cells| text(cells, row)),
        };
        visit(&line)
    }))
}
