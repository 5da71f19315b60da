//! Points of many series brought onto one grid of time in one pass.

use std::{collections::HashMap, ops::ControlFlow};

use datafusion::arrow::{
    array::{Array, AsArray, BooleanArray, Float64Array, Int32Array, RecordBatch},
    datatypes::{Float64Type, Int32Type, TimestampMicrosecondType},
};
use wherefore_contract::{
    error::StoreError,
    telemetry::{PointQuery, SeriesKind, SeriesLine, VisitSeries},
};

use super::lines::{Columns, absent, text};
use crate::compile::invalid;

// Cells of all series together: three numbers each, so at most 1.5 GB.
const MOST_CELLS: usize = 64_000_000;
const SECOND_MICROS: i64 = 1_000_000;
const NANOS_IN_MICROS: i64 = 1_000;

/// The series that were met so far.
pub(super) struct Grid {
    start: i64,
    end: i64,
    step: i64,
    steps: usize,
    places: HashMap<String, usize>,
    series: Vec<Series>,
}

struct Series {
    id: String,
    metric: String,
    unit: String,
    workload: String,
    resource_id: String,
    account: String,
    region: String,
    state: String,
    attributes: String,
    kind: SeriesKind,
    is_cumulative: bool,
    /// The last cumulative values: value, count, sum.
    before: Option<Counted>,
    totals: Vec<f64>,
    highs: Vec<f64>,
    counts: Vec<f64>,
}

#[derive(Clone, Copy)]
struct Counted {
    value: Option<f64>,
    count: Option<f64>,
    sum: Option<f64>,
}

impl Grid {
    pub(super) fn of(query: &PointQuery) -> Result<Self, StoreError> {
        let (start, end) = query.extent.nanos();
        let (start, end) = (start.div_euclid(NANOS_IN_MICROS), end.div_euclid(NANOS_IN_MICROS));
        let step = i64::from(query.step_seconds) * SECOND_MICROS;
        if step == 0 {
            return Err(invalid("a step needs a width of at least one second"));
        }
        let span = end.saturating_sub(start);
        let steps = span.div_euclid(step) + i64::from(span.rem_euclid(step) > 0);
        let steps = usize::try_from(steps).unwrap_or(usize::MAX);
        if steps > MOST_CELLS {
            return Err(too_many(steps, 1));
        }
        Ok(Self { start, end, step, steps, places: HashMap::new(), series: Vec::new() })
    }

    /// Adds the points of a batch; those of one series come in the order of their time.
    pub(super) fn add(&mut self, batch: &RecordBatch) -> Result<ControlFlow<()>, StoreError> {
        let rows = Rows::of(batch)?;
        let mut at = None;
        for row in 0..batch.num_rows() {
            let id = text(rows.ids, row);
            // Points of one series stand together: most are of the series before.
            let is_same = |at: &usize| self.series.get(*at).is_some_and(|series| series.id == id);
            let place = match at.filter(is_same) {
                Some(place) => place,
                None => match self.places.get(id) {
                    Some(place) => *place,
                    None => self.begin(&rows, row)?,
                },
            };
            at = Some(place);
            let Some(moment) = rows.moment(row) else { continue };
            let start = self.start;
            let Some(series) = self.series.get_mut(place) else { continue };
            let Some(measured) = series.measure(&rows, row, start) else { continue };
            if moment < self.start || moment >= self.end {
                continue;
            }
            let cell = usize::try_from((moment - self.start).div_euclid(self.step)).ok();
            if let Some(cell) = cell {
                series.put(cell, measured);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn begin(&mut self, rows: &Rows<'_>, row: usize) -> Result<usize, StoreError> {
        let place = self.series.len();
        if (place + 1).saturating_mul(self.steps) > MOST_CELLS {
            return Err(too_many(self.steps, place + 1));
        }
        let owned = |name| Ok::<_, StoreError>(text(rows.columns.text(name)?, row).to_owned());
        let form = text(rows.forms, row);
        let is_spread = matches!(form, "histogram" | "summary");
        let is_monotonic = rows.monotonic.is_valid(row) && rows.monotonic.value(row);
        let temporality = rows.temporality.value(row);
        let kind = match form {
            _ if is_spread => SeriesKind::Spread,
            "sum" if is_monotonic || temporality == 1 => SeriesKind::Count,
            _ => SeriesKind::Level,
        };
        let id = text(rows.ids, row).to_owned();
        self.places.insert(id.clone(), place);
        self.series.push(Series {
            id,
            metric: owned("MetricName")?,
            unit: owned("MetricUnit")?,
            workload: owned("ServiceName")?,
            resource_id: owned("x_ResourceId")?,
            account: owned("x_SubAccountId")?,
            region: owned("x_RegionId")?,
            state: owned("x_State")?,
            attributes: owned("Attributes")?,
            kind,
            is_cumulative: temporality == 2 && (is_monotonic || form == "histogram"),
            before: None,
            totals: vec![0.0; self.steps],
            highs: vec![f64::NAN; self.steps],
            counts: vec![0.0; self.steps],
        });
        Ok(place)
    }

    /// Shows the series; returns how many, and whether the visitor broke off.
    pub(super) fn visit(mut self, visit: &mut VisitSeries<'_>) -> (u64, bool) {
        self.series.retain(|series| series.counts.iter().any(|count| *count > 0.0));
        let key = |series: &Series| {
            (
                series.metric.clone(),
                series.workload.clone(),
                series.resource_id.clone(),
                series.id.clone(),
            )
        };
        self.series.sort_by_cached_key(key);
        let mut visited = 0;
        let all = self.series.len() as u64;
        for series in &mut self.series {
            visited += 1;
            if visit(&series.line()).is_break() {
                return (visited, visited < all);
            }
        }
        (visited, false)
    }
}

/// What a point adds to its step.
#[derive(Clone, Copy)]
struct Measured {
    total: f64,
    high: f64,
    count: f64,
}

impl Series {
    fn measure(&mut self, rows: &Rows<'_>, row: usize, start: i64) -> Option<Measured> {
        let now = Counted {
            value: number(rows.values, row),
            count: rows.count(row),
            sum: number(rows.sums, row),
        };
        let high = number(rows.highs, row);
        if !self.is_cumulative {
            let total = now.value.or(now.sum)?;
            let count = now.count.unwrap_or(1.0);
            let mean = if now.value.is_some() { total } else { total / count.max(1.0) };
            return Some(Measured { total, high: high.unwrap_or(mean), count });
        }
        // A series that began within the period began from nothing.
        let began = rows.start(row).is_some_and(|began| began >= start);
        let nothing =
            || began.then_some(Counted { value: Some(0.0), count: Some(0.0), sum: Some(0.0) });
        let before = self.before.replace(now).or_else(nothing)?;
        let grown = |now: Option<f64>, before: Option<f64>| {
            let (now, before) = (now?, before.unwrap_or(0.0));
            // A count that fell began anew.
            Some(if now >= before { now - before } else { now })
        };
        match self.kind {
            SeriesKind::Spread => {
                let (total, count) = (grown(now.sum, before.sum)?, grown(now.count, before.count)?);
                let high = total / count;
                (count > 0.0).then_some(Measured { total, high, count })
            }
            SeriesKind::Count | SeriesKind::Level => {
                let total = grown(now.value, before.value)?;
                Some(Measured { total, high: total, count: 1.0 })
            }
        }
    }

    fn put(&mut self, cell: usize, measured: Measured) {
        let Measured { total, high, count } = measured;
        if let Some(totals) = self.totals.get_mut(cell) {
            *totals += total;
        }
        if let Some(highs) = self.highs.get_mut(cell) {
            *highs = highs.max(high);
        }
        if let Some(counts) = self.counts.get_mut(cell) {
            *counts += count;
        }
    }

    fn line(&mut self) -> SeriesLine<'_> {
        for (total, count) in self.totals.iter_mut().zip(&self.counts) {
            if *count <= 0.0 {
                *total = f64::NAN;
            } else if self.kind != SeriesKind::Count {
                *total /= count;
            }
        }
        SeriesLine {
            id: &self.id,
            metric: &self.metric,
            unit: &self.unit,
            workload: &self.workload,
            resource_id: &self.resource_id,
            account: &self.account,
            region: &self.region,
            state: &self.state,
            kind: self.kind,
            attributes: &self.attributes,
            values: &self.totals,
            highs: &self.highs,
            counts: &self.counts,
        }
    }
}

struct Rows<'b> {
    columns: Columns<'b>,
    ids: &'b datafusion::arrow::array::StringViewArray,
    forms: &'b datafusion::arrow::array::StringViewArray,
    moments: &'b datafusion::arrow::array::TimestampMicrosecondArray,
    starts: &'b datafusion::arrow::array::TimestampMicrosecondArray,
    values: &'b Float64Array,
    sums: &'b Float64Array,
    highs: &'b Float64Array,
    numbers: &'b datafusion::arrow::array::Int64Array,
    temporality: &'b Int32Array,
    monotonic: &'b BooleanArray,
}

impl<'b> Rows<'b> {
    fn of(batch: &'b RecordBatch) -> Result<Self, StoreError> {
        let columns = Columns::of(batch);
        let column = |name: &str| batch.column_by_name(name).ok_or_else(|| absent(name));
        let float = |name: &str| {
            column(name)?.as_primitive_opt::<Float64Type>().ok_or_else(|| absent(name))
        };
        let moments = |name: &str| {
            column(name)?.as_primitive_opt::<TimestampMicrosecondType>().ok_or_else(|| absent(name))
        };
        Ok(Self {
            ids: columns.text("x_SeriesId")?,
            forms: columns.text("MetricType")?,
            moments: moments("TimeUnix")?,
            starts: moments("StartTimeUnix")?,
            values: float("Value")?,
            sums: float("Sum")?,
            highs: float("Max")?,
            numbers: columns.number("Count")?,
            temporality: column("AggregationTemporality")?
                .as_primitive_opt::<Int32Type>()
                .ok_or_else(|| absent("AggregationTemporality"))?,
            monotonic: column("IsMonotonic")?
                .as_boolean_opt()
                .ok_or_else(|| absent("IsMonotonic"))?,
            columns,
        })
    }

    fn moment(&self, row: usize) -> Option<i64> {
        self.moments.is_valid(row).then(|| self.moments.value(row))
    }

    fn start(&self, row: usize) -> Option<i64> {
        self.starts.is_valid(row).then(|| self.starts.value(row))
    }

    // Counts of measurements are far below 2^53.
    fn count(&self, row: usize) -> Option<f64> {
        let count = self.numbers.is_valid(row).then(|| self.numbers.value(row))?;
        count.to_string().parse().ok()
    }
}

fn number(cells: &Float64Array, row: usize) -> Option<f64> {
    cells.is_valid(row).then(|| cells.value(row)).filter(|value| value.is_finite())
}

fn too_many(steps: usize, series: usize) -> StoreError {
    invalid(format!(
        "{series} series of {steps} steps each are too many to hold at once; ask for wider steps, a shorter period or fewer metrics"
    ))
}
