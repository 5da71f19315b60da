//! The points of one day as a Parquet file, and back.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use arrow::{
    array::{
        Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int32Array, Int64Array, RecordBatch,
        StringArray, TimestampMicrosecondArray,
    },
    datatypes::{Float64Type, Int32Type, Int64Type, TimestampMicrosecondType},
};
use sha2::{Digest, Sha256};

use super::{
    Kind, Metrics, Point, Series, Spread, Temporality,
    attributes::{self, Named},
};
use crate::{error::LoadError, parquet_file, schema::metrics_schema};

// Rows that are encoded at once: bounds memory.
const BATCH_ROWS: usize = 65_536;
const HOUR_MICROS: i64 = 3_600_000_000;
// So many hexadecimal digits of the digest name a series: no two are mistaken for each other.
const ID_DIGITS: usize = 32;

/// What all points of a series have in common, as cells.
struct Cells {
    resource: String,
    attributes: String,
    named: Named,
    id: String,
}

impl Cells {
    fn of(series: &Series) -> Self {
        let (resource, attributes) =
            (attributes::to_json(&series.resource), attributes::to_json(&series.attributes));
        let kind = format!("{}/{}", series.kind.name(), series.temporality.number());
        let parts = [
            &series.metric,
            &series.workload,
            &resource,
            &attributes,
            &series.unit,
            &series.scope,
            &kind,
        ];
        let mut digest = Sha256::new();
        for part in parts {
            digest.update(part.as_bytes());
            digest.update([0]);
        }
        let digits = digest.finalize().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let id = digits
            .take(ID_DIGITS)
            .filter_map(|nibble| char::from_digit(nibble.into(), 16))
            .collect();
        let named = Named::of(&series.resource, &series.attributes);
        Self { resource, attributes, named, id }
    }
}

struct Row<'a> {
    series: &'a Series,
    cells: &'a Cells,
    at: i64,
    point: &'a Point,
}

/// Writes the points; returns rows and bytes.
pub(super) fn write(path: &Path, metrics: &Metrics) -> Result<(u64, u64), LoadError> {
    let cells: Vec<(&Series, Cells)> =
        metrics.keys().map(|series| (series, Cells::of(series))).collect();
    let hours: BTreeSet<i64> = metrics
        .values()
        .flat_map(|points| points.keys().map(|at| at.div_euclid(HOUR_MICROS)))
        .collect();
    // Hour by hour, so that whoever reads an hour passes over the rest of the day.
    let all = hours.iter().flat_map(|hour| {
        let of_hour = hour * HOUR_MICROS..(hour + 1) * HOUR_MICROS;
        cells.iter().zip(metrics.values()).flat_map(move |((series, cells), points)| {
            let points = points.range(of_hour.clone());
            points.map(move |(at, point)| Row { series, cells, at: *at, point })
        })
    });
    let mut all = all.peekable();
    let batches = std::iter::from_fn(|| {
        all.peek()?;
        let some: Vec<Row<'_>> = all.by_ref().take(BATCH_ROWS).collect();
        Some(batch(&some))
    });
    let options = parquet_file::record_options(&[]);
    parquet_file::write_with(path, metrics_schema(), options, batches)
}

fn batch(rows: &[Row<'_>]) -> Result<RecordBatch, LoadError> {
    let text = |of: &dyn Fn(&Row<'_>) -> String| -> ArrayRef {
        let cell = |row| {
            let text = of(row);
            (!text.is_empty()).then_some(text)
        };
        Arc::new(rows.iter().map(cell).collect::<StringArray>())
    };
    let time = |of: &dyn Fn(&Row<'_>) -> Option<i64>| -> ArrayRef {
        Arc::new(rows.iter().map(of).collect::<TimestampMicrosecondArray>())
    };
    let spread = |of: &dyn Fn(&Spread) -> Option<f64>| -> ArrayRef {
        let value = |row: &Row<'_>| row.point.spread.as_deref().and_then(of);
        Arc::new(rows.iter().map(value).collect::<Float64Array>())
    };
    let counts = rows.iter().map(|row| row.point.spread.as_deref().map(|spread| spread.count));
    let values = rows.iter().map(|row| row.point.value);
    let temporality = rows.iter().map(|row| Some(row.series.temporality.number()));
    let monotonic = rows.iter().map(|row| Some(row.series.is_monotonic));
    let columns: Vec<ArrayRef> = vec![
        text(&|row| row.cells.resource.clone()),
        text(&|row| row.series.scope.clone()),
        text(&|row| row.series.workload.clone()),
        text(&|row| row.series.metric.clone()),
        text(&|row| row.series.unit.clone()),
        text(&|row| row.cells.attributes.clone()),
        time(&|row| row.point.start),
        time(&|row| Some(row.at)),
        Arc::new(values.collect::<Float64Array>()),
        Arc::new(counts.collect::<Int64Array>()),
        spread(&|spread| spread.sum),
        spread(&|spread| spread.min),
        spread(&|spread| spread.max),
        Arc::new(temporality.collect::<Int32Array>()),
        Arc::new(monotonic.collect::<BooleanArray>()),
        text(&|row| row.series.kind.name().to_owned()),
        text(&|row| row.cells.named.resource.clone()),
        text(&|row| row.cells.named.account.clone()),
        text(&|row| row.cells.named.region.clone()),
        text(&|row| row.cells.named.state.clone()),
        text(&|row| row.cells.id.clone()),
    ];
    Ok(RecordBatch::try_new(metrics_schema(), columns)?)
}

/// Reads points back from the warehouse.
pub(super) fn read_back(path: &Path) -> Result<Metrics, LoadError> {
    let mut metrics = Metrics::new();
    let mut known: BTreeMap<String, Series> = BTreeMap::new();
    parquet_file::read_back(path, &mut |batch| {
        let held = Held { batch };
        for row in 0..batch.num_rows() {
            let id = held.text("x_SeriesId", row);
            let series = known.entry(id).or_insert_with(|| held.series(row)).clone();
            let Some(at) = held.moment("TimeUnix", row) else { continue };
            metrics.entry(series).or_default().insert(at, held.point(row));
        }
    })?;
    Ok(metrics)
}

/// A batch whose cells are read by name.
struct Held<'a> {
    batch: &'a RecordBatch,
}

impl Held<'_> {
    fn column(&self, name: &str) -> Option<&ArrayRef> {
        self.batch.column_by_name(name)
    }

    fn text(&self, name: &str, row: usize) -> String {
        let cells = self.column(name).and_then(|cells| cells.as_string_opt::<i32>());
        let cell = cells.filter(|cells| !cells.is_null(row));
        cell.map(|cells| cells.value(row).to_owned()).unwrap_or_default()
    }

    fn moment(&self, name: &str, row: usize) -> Option<i64> {
        let cells = self.column(name)?.as_primitive_opt::<TimestampMicrosecondType>()?;
        (!cells.is_null(row)).then(|| cells.value(row))
    }

    fn number(&self, name: &str, row: usize) -> Option<f64> {
        let cells = self.column(name)?.as_primitive_opt::<Float64Type>()?;
        (!cells.is_null(row)).then(|| cells.value(row))
    }

    fn count(&self, row: usize) -> Option<i64> {
        let cells = self.column("Count")?.as_primitive_opt::<Int64Type>()?;
        (!cells.is_null(row)).then(|| cells.value(row))
    }

    fn series(&self, row: usize) -> Series {
        let map = |name: &str| attributes::parse(&self.text(name, row)).unwrap_or_default();
        let temporality = self
            .column("AggregationTemporality")
            .and_then(|cells| cells.as_primitive_opt::<Int32Type>())
            .map_or(0, |cells| cells.value(row));
        let monotonic = self.column("IsMonotonic").and_then(|cells| cells.as_boolean_opt());
        Series {
            metric: self.text("MetricName", row),
            workload: self.text("ServiceName", row),
            resource: map("ResourceAttributes"),
            attributes: map("Attributes"),
            unit: self.text("MetricUnit", row),
            scope: self.text("ScopeName", row),
            kind: Kind::named(&self.text("MetricType", row)).unwrap_or_default(),
            temporality: Temporality::of(temporality.into()),
            is_monotonic: monotonic.is_some_and(|cells| cells.value(row)),
        }
    }

    fn point(&self, row: usize) -> Point {
        let spread = self.count(row).map(|count| {
            let [sum, min, max] = ["Sum", "Min", "Max"].map(|name| self.number(name, row));
            Box::new(Spread { count, sum, min, max })
        });
        Point { start: self.moment("StartTimeUnix", row), value: self.number("Value", row), spread }
    }
}
