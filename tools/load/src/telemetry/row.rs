//! One record on its way into a file: its columns, and the id that stays.

use std::{fmt::Write as _, sync::Arc};

use arrow::{
    array::{ArrayRef, Int64Builder, RecordBatch, StringBuilder, TimestampNanosecondBuilder},
    datatypes::SchemaRef,
};
use sha2::{Digest, Sha256};
use wherefore_contract::telemetry::{SpanKind, SpanStatus};

use crate::{
    Layout,
    error::LoadError,
    metrics::Named,
    schema::{logs_schema, spans_schema, with_file},
};

/// The longest body, message or set of attributes that is kept, in bytes.
pub(super) const TEXT_BYTES: usize = 1 << 20;
// Bytes of the digest behind the time: 96 bits keep the records of one nanosecond apart.
const ID_BYTES: usize = 12;
/// Letters of an id without the number that tells equal records apart.
pub(super) const ID_LETTERS: usize = 16 + 2 * ID_BYTES;

/// Which records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Logs,
    Spans,
}

impl Kind {
    /// The kind of a table in the exporter's columns.
    pub(crate) fn of(layout: Layout) -> Option<Self> {
        match layout {
            Layout::Logs => Some(Self::Logs),
            Layout::Spans => Some(Self::Spans),
            Layout::Focus10
            | Layout::Focus11
            | Layout::Focus12
            | Layout::LegacyCur
            | Layout::Cur2
            | Layout::OciCost
            | Layout::Transactions
            | Layout::ApiCalls
            | Layout::Budgets
            | Layout::Metrics
            | Layout::OtlpMetrics
            | Layout::OtlpRecords
            | Layout::CloudTrail
            | Layout::ConfigItems
            | Layout::Changes
            | Layout::GitLog => None,
        }
    }

    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Logs => "logs",
            Self::Spans => "traces",
        }
    }

    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Logs => "log record",
            Self::Spans => "span",
        }
    }

    pub(super) fn schema(self) -> SchemaRef {
        match self {
            Self::Logs => logs_schema(),
            Self::Spans => spans_schema(),
        }
    }
}

/// What records of one resource share.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    pub(super) workload: String,
    /// Attributes of the resource as JSON.
    pub(super) resource: String,
    pub(super) named: Named,
}

/// A log record.
#[derive(Debug, Clone, Copy)]
pub(super) struct LogRow<'a> {
    pub(super) at: i64,
    pub(super) about: &'a About,
    pub(super) severity: i64,
    pub(super) severity_text: &'a str,
    pub(super) body: &'a str,
    pub(super) trace: &'a str,
    pub(super) span: &'a str,
    pub(super) scope: &'a str,
    pub(super) attributes: &'a str,
}

/// A span.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpanRow<'a> {
    pub(super) at: i64,
    pub(super) duration: i64,
    pub(super) about: &'a About,
    pub(super) trace: &'a str,
    pub(super) span: &'a str,
    pub(super) parent: &'a str,
    pub(super) operation: &'a str,
    pub(super) kind: SpanKind,
    pub(super) status: SpanStatus,
    pub(super) status_message: &'a str,
    pub(super) scope: &'a str,
    pub(super) attributes: &'a str,
}

/// A record as its columns: its time, its one number, its texts in the order of the schema.
pub(super) struct Row<'a> {
    pub(super) at: i64,
    pub(super) number: i64,
    pub(super) id: String,
    pub(super) texts: Vec<&'a str>,
}

impl<'a> LogRow<'a> {
    /// Equal in everything that tells one line from another, equal ids: whatever file they came in.
    pub(super) fn row(&self) -> Row<'a> {
        let about = self.about;
        let texts = vec![
            about.workload.as_str(),
            self.body,
            self.severity_text,
            self.trace,
            self.span,
            self.scope,
            self.attributes,
            about.resource.as_str(),
            about.named.account.as_str(),
            about.named.region.as_str(),
            about.named.resource.as_str(),
        ];
        let named = texts.iter().take(8).copied();
        Row { at: self.at, number: self.severity, id: id(self.at, named), texts }
    }
}

impl<'a> SpanRow<'a> {
    /// A span is itself by its trace, its own id and its part; client and server may share an id.
    pub(super) fn row(&self) -> Row<'a> {
        let about = self.about;
        let texts = vec![
            about.workload.as_str(),
            self.trace,
            self.span,
            self.parent,
            self.operation,
            self.kind.name(),
            self.status.name(),
            self.status_message,
            self.scope,
            self.attributes,
            about.resource.as_str(),
            about.named.account.as_str(),
            about.named.region.as_str(),
            about.named.resource.as_str(),
        ];
        let named = [self.trace, self.span, self.kind.name()].into_iter();
        Row { at: self.at, number: self.duration, id: id(self.at, named), texts }
    }
}

// The time in front, so that ids sort as their records and an id says where to look.
fn id<'t>(at: i64, parts: impl Iterator<Item = &'t str>) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.as_bytes());
        digest.update([0xff]);
    }
    let mut id = format!("{:016x}", at.max(0));
    for byte in digest.finalize().into_iter().take(ID_BYTES) {
        // Writing to a string cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// Rows in columns, until they are written.
pub(super) struct Columns {
    schema: SchemaRef,
    at: TimestampNanosecondBuilder,
    number: Int64Builder,
    texts: Vec<StringBuilder>,
    ids: StringBuilder,
    files: Int64Builder,
    rows: usize,
    bytes: usize,
}

impl Columns {
    pub(super) fn new(kind: Kind) -> Self {
        let schema = kind.schema();
        // Beside time, number and id all columns are texts.
        let texts = schema.fields().len().saturating_sub(3);
        Self {
            schema,
            at: TimestampNanosecondBuilder::new(),
            number: Int64Builder::new(),
            texts: (0..texts).map(|_| StringBuilder::new()).collect(),
            ids: StringBuilder::new(),
            files: Int64Builder::new(),
            rows: 0,
            bytes: 0,
        }
    }

    pub(super) fn push(&mut self, row: &Row<'_>, file: i64) {
        self.at.append_value(row.at);
        self.number.append_value(row.number);
        for (column, text) in self.texts.iter_mut().zip(&row.texts) {
            self.bytes += text.len() + 8;
            column.append_option((!text.is_empty()).then_some(text));
        }
        self.ids.append_value(&row.id);
        self.files.append_value(file);
        self.bytes += row.id.len() + 32;
        self.rows += 1;
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The rows, with the number of the file that each came in as the last column.
    pub(super) fn finish(&mut self) -> Result<RecordBatch, LoadError> {
        (self.rows, self.bytes) = (0, 0);
        let mut columns: Vec<ArrayRef> =
            vec![Arc::new(self.at.finish()), Arc::new(self.number.finish())];
        columns.extend(self.texts.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        columns.push(Arc::new(self.ids.finish()));
        columns.push(Arc::new(self.files.finish()));
        Ok(RecordBatch::try_new(with_file(&self.schema), columns)?)
    }
}

/// The start of `text` that is kept, and whether it was cut.
pub(super) fn cut(text: &str) -> (&str, bool) {
    if text.len() <= TEXT_BYTES {
        return (text, false);
    }
    let end = (0..=TEXT_BYTES).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    (text.get(..end).unwrap_or_default(), true)
}
