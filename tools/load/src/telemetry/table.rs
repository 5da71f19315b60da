//! Log records and spans as tables hold them: CSV or Parquet in the columns of the ClickHouse exporter of the Collector.
//!
//! Columns: opentelemetry-collector-contrib, exporter/clickhouseexporter, tables `otel_logs` and `otel_traces`. A row that
//! cannot be read is left out and told with its number.

use std::{borrow::Cow, collections::BTreeMap};

use wherefore_contract::telemetry::{SpanKind, SpanStatus};

use super::{
    LeftOut, ReadRecords, Telemetry,
    otlp::{json, severity_of},
    row::{About, Kind, LogRow, SpanRow, cut},
};
use crate::{
    cells::{Cells, Chunk},
    error::Refusal,
    metrics::parse_attributes,
    number::Number,
    source::Rows,
    stage::StageError,
};

const COLUMNS: [&str; 17] = [
    "Timestamp",
    "ServiceName",
    "TraceId",
    "SpanId",
    "ParentSpanId",
    "SpanName",
    "SpanKind",
    "Duration",
    "StatusCode",
    "StatusMessage",
    "SpanAttributes",
    "SeverityText",
    "SeverityNumber",
    "Body",
    "LogAttributes",
    "ResourceAttributes",
    "ScopeName",
];
// Attributes of resources repeat from row to row; so many of them are remembered as they were read.
const REMEMBERED: usize = 4_096;

/// Reads a table of records into the spools.
pub(crate) fn read(
    kind: Kind,
    rows: &mut Rows,
    into: &mut Telemetry,
) -> Result<ReadRecords, StageError> {
    let header = rows.header().to_vec();
    let place = |name: &&'static str| {
        let found = header.iter().position(|column| column.eq_ignore_ascii_case(name))?;
        Some((*name, found))
    };
    let places: BTreeMap<&'static str, usize> = COLUMNS.iter().filter_map(place).collect();
    let wanted: Vec<usize> = places.values().copied().collect();
    rows.want(&wanted).map_err(StageError::Refused)?;
    let mut reading =
        Reading { kind, into, rows: 0, left_out: LeftOut::default(), known: BTreeMap::new() };
    while let Some(chunk) = rows.next_chunk().map_err(StageError::Refused)? {
        for row in 0..chunk.rows {
            reading.row(&Cell { places: &places, chunk: &chunk, row })?;
        }
    }
    let (rows, lost) = (reading.rows, reading.left_out.lost());
    let notes = reading.left_out.notes();
    if rows == 0 && lost > 0 {
        let what = notes.into_iter().next().unwrap_or_default();
        return Err(StageError::Refused(Refusal::NoRecord(what)));
    }
    Ok(ReadRecords { rows, notes })
}

struct Reading<'t> {
    kind: Kind,
    into: &'t mut Telemetry,
    rows: u64,
    left_out: LeftOut,
    known: BTreeMap<(String, String), About>,
}

/// A row of a chunk whose cells are read by name.
struct Cell<'a> {
    places: &'a BTreeMap<&'static str, usize>,
    chunk: &'a Chunk,
    row: usize,
}

impl<'a> Cell<'a> {
    fn of(&self, name: &str) -> &'a Cells {
        self.chunk.at(self.places.get(name).copied())
    }

    /// The row's number in its file.
    fn number(&self) -> u64 {
        self.chunk.row_of(self.row)
    }

    fn text(&self, name: &str) -> Cow<'a, str> {
        self.of(name).text(self.row).unwrap_or_default()
    }
}

impl Reading<'_> {
    fn row(&mut self, cell: &Cell<'_>) -> Result<(), StageError> {
        let number = cell.number();
        let noun = self.kind.noun();
        let mut lose = |why| self.left_out.lose(noun, why, || format!("row {number}"));
        let Some(at) = cell.of("Timestamp").nanos(cell.row).ok().flatten().filter(|at| *at > 0)
        else {
            lose("without a time that can be read were left out");
            return Ok(());
        };
        let own = if self.kind == Kind::Logs { "LogAttributes" } else { "SpanAttributes" };
        let Some(attributes) = parse_attributes(&cell.text(own)) else {
            lose("whose attributes are no map were left out");
            return Ok(());
        };
        let (resource, workload) = (cell.text("ResourceAttributes"), cell.text("ServiceName"));
        let key = (resource.into_owned(), workload.into_owned());
        let about = if let Some(about) = self.known.get(&key) {
            about.clone()
        } else {
            let Some(resource) = parse_attributes(&key.0) else {
                lose("whose resource attributes are no map were left out");
                return Ok(());
            };
            let about = About::of(&resource, &key.1);
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            self.known.insert(key, about.clone());
            about
        };
        let attributes = json(&attributes);
        match self.kind {
            Kind::Logs => self.log(cell, at, &about, &attributes),
            Kind::Spans => self.span(cell, at, &about, &attributes),
        }
    }

    fn log(
        &mut self,
        cell: &Cell<'_>,
        at: i64,
        about: &About,
        attributes: &str,
    ) -> Result<(), StageError> {
        let severity_text = cell.text("SeverityText");
        let told = whole(cell.of("SeverityNumber").number(cell.row));
        let told = told.filter(|number| (1..=24).contains(number));
        let body = cell.text("Body");
        let (body, is_cut) = cut(&body);
        if is_cut {
            let number = cell.number();
            let why = "with a body of more than 1 MB were cut there";
            self.left_out.tell("log record", why, || format!("row {number}"));
        }
        let log = LogRow {
            at,
            about,
            severity: told.or_else(|| severity_of(&severity_text)).unwrap_or(0),
            severity_text: &severity_text,
            body,
            trace: &cell.text("TraceId"),
            span: &cell.text("SpanId"),
            scope: &cell.text("ScopeName"),
            attributes,
        };
        self.rows += 1;
        self.into.logs.push(&log.row()).map_err(StageError::Failed)
    }

    fn span(
        &mut self,
        cell: &Cell<'_>,
        at: i64,
        about: &About,
        attributes: &str,
    ) -> Result<(), StageError> {
        let number = cell.number();
        let (trace, span) = (cell.text("TraceId"), cell.text("SpanId"));
        if trace.is_empty() || span.is_empty() {
            let why = "without a trace or id were left out";
            self.left_out.lose("span", why, || format!("row {number}"));
            return Ok(());
        }
        let duration = whole(cell.of("Duration").number(cell.row)).filter(|time| *time >= 0);
        let Some(duration) = duration else {
            let why = "whose duration is no number of 0 or more were left out";
            self.left_out.lose("span", why, || format!("row {number}"));
            return Ok(());
        };
        let (operation, message) = (cell.text("SpanName"), cell.text("StatusMessage"));
        let span = SpanRow {
            at,
            duration,
            about,
            trace: &trace,
            span: &span,
            parent: &cell.text("ParentSpanId"),
            operation: cut(&operation).0,
            kind: SpanKind::named(&cell.text("SpanKind")).unwrap_or_default(),
            status: SpanStatus::named(&cell.text("StatusCode")).unwrap_or_default(),
            status_message: cut(&message).0,
            scope: &cell.text("ScopeName"),
            attributes,
        };
        self.rows += 1;
        self.into.spans.push(&span.row()).map_err(StageError::Failed)
    }
}

fn whole(number: Number) -> Option<i64> {
    match number {
        Number::Exact(value) | Number::Cut(value) => {
            crate::number::format(value).split('.').next()?.parse().ok()
        }
        Number::Absent | Number::Word => None,
    }
}
