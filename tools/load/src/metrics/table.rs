//! Points as tables hold them: CSV or Parquet in the columns of the ClickHouse exporter of the Collector.
//!
//! Columns: opentelemetry-collector-contrib, exporter/clickhouseexporter, tables `otel_metrics_gauge`, `_sum`,
//! `_histogram` and `_summary`.

use std::collections::BTreeMap;

use super::{
    Attributes, Kind, LeftOut, Metrics, Point, ReadMetrics, Series, Spread, Temporality, attributes,
};
use crate::{
    cells::{Cells, Chunk},
    error::Refusal,
    number::{self, Number},
    source::Rows,
};

// Columns of the exporter that say nothing of what is kept.
const KNOWN: &[&str] = &[
    "ResourceSchemaUrl",
    "ScopeVersion",
    "ScopeAttributes",
    "ScopeDroppedAttrCount",
    "ScopeSchemaUrl",
    "MetricDescription",
    "BucketCounts",
    "ExplicitBounds",
];
// These stand for several: `Exemplars.TraceId`.
const KNOWN_NESTED: &[&str] = &["Exemplars.", "ValueAtQuantiles."];
const COLUMNS: [&str; 16] = [
    "ResourceAttributes",
    "ServiceName",
    "ScopeName",
    "MetricName",
    "MetricUnit",
    "Attributes",
    "StartTimeUnix",
    "TimeUnix",
    "Value",
    "Flags",
    "AggregationTemporality",
    "IsMonotonic",
    "Count",
    "Sum",
    "Min",
    "Max",
];
const UNKNOWN_NAMED: usize = 6;

/// Where the columns stand.
struct Columns {
    places: BTreeMap<&'static str, usize>,
}

impl Columns {
    fn of(header: &[String]) -> Self {
        let place = |name: &&'static str| {
            let found = header.iter().position(|column| column.eq_ignore_ascii_case(name))?;
            Some((*name, found))
        };
        Self { places: COLUMNS.iter().filter_map(place).collect() }
    }

    fn cells<'a>(&self, chunk: &'a Chunk, name: &str) -> &'a Cells {
        chunk.at(self.places.get(name).copied())
    }

    fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    // The kind that the columns tell: of one file all rows are of one.
    fn kind(&self) -> Kind {
        if self.has("Value") {
            let counts = self.has("IsMonotonic") || self.has("AggregationTemporality");
            return if counts { Kind::Sum } else { Kind::Gauge };
        }
        if self.has("AggregationTemporality") { Kind::Histogram } else { Kind::Summary }
    }
}

/// Reads a table of points.
pub(crate) fn read(rows: &mut Rows) -> Result<ReadMetrics, Refusal> {
    let header = rows.header().to_vec();
    let columns = Columns::of(&header);
    let wanted: Vec<usize> = columns.places.values().copied().collect();
    rows.want(&wanted)?;
    let mut reading = Reading {
        kind: columns.kind(),
        columns,
        metrics: Metrics::new(),
        left_out: LeftOut::default(),
    };
    while let Some(chunk) = rows.next_chunk()? {
        // Series repeat from row to row: their attributes are read once a chunk.
        let mut parsed: BTreeMap<String, Attributes> = BTreeMap::new();
        for row in 0..chunk.rows {
            reading.row(&chunk, row, &mut parsed)?;
        }
    }
    let mut notes = reading.left_out.notes();
    notes.extend(unknown(&header));
    Ok(ReadMetrics { metrics: reading.metrics, notes })
}

struct Reading {
    kind: Kind,
    columns: Columns,
    metrics: Metrics,
    left_out: LeftOut,
}

impl Reading {
    fn row(
        &mut self,
        chunk: &Chunk,
        row: usize,
        parsed: &mut BTreeMap<String, Attributes>,
    ) -> Result<(), Refusal> {
        let number = chunk.first_row + row as u64;
        let at = self.moment(chunk, row, "TimeUnix")?;
        let Some(at) = at else {
            return Err(Refusal::NoPointTime { row: number, column: "TimeUnix" });
        };
        let start = self.moment(chunk, row, "StartTimeUnix")?.filter(|start| *start > 0);
        let text = |name: &str| {
            let cell = self.columns.cells(chunk, name).text(row);
            cell.map(std::borrow::Cow::into_owned).unwrap_or_default()
        };
        let metric = text("MetricName");
        if metric.is_empty() {
            return Err(Refusal::NoName { row: number, column: "MetricName" });
        }
        let mut map = |name: &'static str| {
            let text = text(name);
            if let Some(known) = parsed.get(&text) {
                return Ok::<_, Refusal>(known.clone());
            }
            let read = attributes::parse(&text)
                .ok_or(Refusal::Attributes { row: number, column: name })?;
            parsed.insert(text, read.clone());
            Ok(read)
        };
        let resource = map("ResourceAttributes")?;
        let attributes = map("Attributes")?;
        let stated = text("ServiceName");
        let workload = if stated.is_empty() {
            resource.get("service.name").cloned().unwrap_or_default()
        } else {
            stated
        };
        let temporality = float(self.columns.cells(chunk, "AggregationTemporality"), row);
        let monotonic = text("IsMonotonic").to_ascii_lowercase();
        let series = Series {
            metric,
            workload,
            resource,
            attributes,
            unit: text("MetricUnit"),
            scope: text("ScopeName"),
            kind: self.kind,
            temporality: Temporality::of(whole(temporality.unwrap_or_default())),
            is_monotonic: matches!(monotonic.as_str(), "true" | "1"),
        };
        self.keep(chunk, row, series, (at, start));
        Ok(())
    }

    fn keep(&mut self, chunk: &Chunk, row: usize, series: Series, at: (i64, Option<i64>)) {
        let (at, start) = at;
        let of = |name: &str| float(self.columns.cells(chunk, name), row);
        // The lowest bit says that nothing was recorded.
        let is_empty = whole(of("Flags").unwrap_or_default()) & 1 == 1;
        let figures = match self.kind {
            Kind::Gauge | Kind::Sum => vec![of("Value")],
            Kind::Histogram | Kind::Summary => vec![of("Count"), of("Sum"), of("Min"), of("Max")],
        };
        let Some(Some(first)) = figures.first().copied().filter(|_| !is_empty) else {
            self.left_out.without_value += 1;
            return;
        };
        if figures.iter().flatten().any(|figure| !figure.is_finite()) {
            let number = chunk.first_row + row as u64;
            let column = if self.columns.has("Value") { "Value" } else { "Sum" };
            self.left_out.not_a_number(|| format!("row {number}, {column}"));
            return;
        }
        let point = match *figures.as_slice() {
            [_, sum, min, max] => Point {
                start,
                value: None,
                spread: Some(Box::new(Spread { count: whole(first), sum, min, max })),
            },
            _ => Point { start, value: Some(first), spread: None },
        };
        self.metrics.entry(series).or_default().insert(at, point);
    }

    fn moment(&self, chunk: &Chunk, row: usize, column: &str) -> Result<Option<i64>, Refusal> {
        let moment = self.columns.cells(chunk, column).moment(row);
        let moment = moment.map_err(|no_moment| Refusal::Moment {
            row: chunk.first_row + row as u64,
            column: column.to_owned(),
            value: no_moment.text,
        })?;
        Ok(moment.map(|(at, _)| at))
    }
}

/// A cell as a number; a word is no number, and an empty cell none at all.
fn float(cells: &Cells, row: usize) -> Option<f64> {
    if let Cells::Float(values) = cells {
        use arrow::array::Array;
        return (!values.is_null(row)).then(|| values.value(row));
    }
    match cells.number(row) {
        Number::Exact(value) | Number::Cut(value) => number::format(value).parse().ok(),
        Number::Absent => None,
        Number::Word => {
            let text = cells.text(row)?;
            Some(text.trim().parse().unwrap_or(f64::NAN))
        }
    }
}

/// The whole part of a number that counts something.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the cast saturates, and counts are far smaller"
)]
pub(super) fn whole(value: f64) -> i64 {
    value as i64
}

fn unknown(header: &[String]) -> Option<String> {
    let known = |name: &String| {
        COLUMNS.iter().chain(KNOWN).any(|known| known.eq_ignore_ascii_case(name))
            || KNOWN_NESTED.iter().any(|start| name.starts_with(start))
    };
    let others: Vec<&str> = header.iter().filter(|name| !known(name)).map(String::as_str).collect();
    (!others.is_empty()).then(|| {
        let named: Vec<&str> = others.iter().take(UNKNOWN_NAMED).copied().collect();
        let more = if others.len() > named.len() { ", …" } else { "" };
        format!("columns that no metric has were not read: {}{more}", named.join(", "))
    })
}
