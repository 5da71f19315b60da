//! Points of metric series as OpenTelemetry tells them: read from tables and OTLP JSON, kept in full resolution by day.

mod attributes;
mod day_file;
mod otlp;
mod table;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, path::PathBuf};

use jiff::civil::Date;

use crate::{
    commit,
    error::LoadError,
    manifest::{Manifest, MetricFile, Warehouse},
    moment,
};

pub(crate) use attributes::{Attributes, Named, parse as parse_attributes, to_json};
pub(crate) use otlp::{
    KeyValue, Resource, Scope, attributes as attributes_of, plain, read as read_otlp, whole,
};
pub(crate) use table::read as read_table;

const DAY_MICROS: i64 = 86_400_000_000;

/// What tells one series from another. The order is that of the files: one metric's points stand together.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Series {
    pub(crate) metric: String,
    /// `service.name`, empty where nobody says.
    pub(crate) workload: String,
    pub(crate) resource: Attributes,
    pub(crate) attributes: Attributes,
    pub(crate) unit: String,
    pub(crate) scope: String,
    pub(crate) kind: Kind,
    pub(crate) temporality: Temporality,
    pub(crate) is_monotonic: bool,
}

/// Kinds of metrics, as OTLP names them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    #[default]
    Gauge,
    Sum,
    Histogram,
    Summary,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Gauge, Self::Sum, Self::Histogram, Self::Summary];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Gauge => "gauge",
            Self::Sum => "sum",
            Self::Histogram => "histogram",
            Self::Summary => "summary",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What the points of a sum or histogram count from. Numbers are those of OTLP's `AggregationTemporality`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Temporality {
    #[default]
    Unspecified,
    /// Since the point before.
    Delta,
    /// Since a start that all points share.
    Cumulative,
}

impl Temporality {
    pub(crate) fn number(self) -> i32 {
        match self {
            Self::Unspecified => 0,
            Self::Delta => 1,
            Self::Cumulative => 2,
        }
    }

    pub(crate) fn of(number: i64) -> Self {
        match number {
            1 => Self::Delta,
            2 => Self::Cumulative,
            _ => Self::Unspecified,
        }
    }
}

/// One point, without its time.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Point {
    /// When counting began, in microseconds.
    pub(crate) start: Option<i64>,
    pub(crate) value: Option<f64>,
    /// What histograms and summaries hold.
    pub(crate) spread: Option<Box<Spread>>,
}

/// What a histogram or summary says of the values behind a point.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Spread {
    pub(crate) count: i64,
    pub(crate) sum: Option<f64>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
}

/// Series with their points by time in microseconds since 1970. A point that is told again takes the place of the
/// earlier one.
pub(crate) type Metrics = BTreeMap<Series, BTreeMap<i64, Point>>;

/// What one file of metrics came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ReadMetrics {
    pub(crate) metrics: Metrics,
    /// Sentences without their subject: what was left out, and why.
    pub(crate) notes: Vec<String>,
}

/// What was left out while a file was read.
#[derive(Debug, Default)]
pub(crate) struct LeftOut {
    not_numbers: u64,
    first: Option<String>,
    without_value: u64,
    kinds: BTreeMap<&'static str, u64>,
}

impl LeftOut {
    fn not_a_number(&mut self, place: impl FnOnce() -> String) {
        self.not_numbers += 1;
        self.first.get_or_insert_with(place);
    }

    fn notes(self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.not_numbers > 0 {
            notes.push(format!(
                "{} that are no finite number were left out, the first in {}",
                crate::describe::counted(self.not_numbers, "point"),
                self.first.unwrap_or_default()
            ));
        }
        if self.without_value > 0 {
            notes.push(format!(
                "{} without a value were left out",
                crate::describe::counted(self.without_value, "point")
            ));
        }
        for (kind, points) in self.kinds {
            notes.push(format!(
                "{} of kind {kind} were left out: this kind is not read",
                crate::describe::counted(points, "point")
            ));
        }
        notes
    }
}

/// How many points there are.
pub(crate) fn count(metrics: &Metrics) -> u64 {
    metrics.values().map(|points| points.len() as u64).sum()
}

/// Puts newer points over older ones.
pub(crate) fn replace(older: &mut Metrics, newer: Metrics) {
    for (series, points) in newer {
        older.entry(series).or_default().extend(points);
    }
}

/// Writes the days that have new points into the staging folder, each with the points that it had before; what the
/// new manifest lists.
pub(crate) fn merge(
    warehouse: &Warehouse,
    before: Option<&Manifest>,
    snapshot: &str,
    newer: &Metrics,
    moves: &mut Vec<(PathBuf, String)>,
) -> Result<Vec<MetricFile>, LoadError> {
    let mut files = before.map(|manifest| manifest.metric_files.clone()).unwrap_or_default();
    for (day, mut of_day) in by_day(newer) {
        let (old, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.day == day);
        files = others;
        let mut held = Metrics::new();
        for file in &old {
            replace(&mut held, day_file::read_back(&warehouse.path_of(&file.path))?);
        }
        if !held.is_empty() {
            replace(&mut held, of_day);
            of_day = held;
        }
        let path = format!("metrics/day={day}/{snapshot}.parquet");
        let staged = commit::staging(warehouse.root()).join(format!("{snapshot}-{day}.parquet"));
        let (rows, bytes) = day_file::write(&staged, &of_day)?;
        moves.push((staged, path.clone()));
        files.push(MetricFile { path, day, rows, bytes, series: of_day.len() as u64 });
    }
    files.sort();
    Ok(files)
}

fn by_day(metrics: &Metrics) -> BTreeMap<Date, Metrics> {
    let mut days: BTreeMap<Date, Metrics> = BTreeMap::new();
    for (series, points) in metrics {
        let mut rest = points.range(..);
        let mut next = rest.next();
        while let Some((at, _)) = next {
            let first = at.div_euclid(DAY_MICROS) * DAY_MICROS;
            let of_day = points.range(*at..first + DAY_MICROS);
            let day = moment::date_of(*at).unwrap_or_default();
            let kept: BTreeMap<i64, Point> =
                of_day.map(|(at, point)| (*at, point.clone())).collect();
            days.entry(day).or_default().insert(series.clone(), kept);
            rest = points.range(first + DAY_MICROS..);
            next = rest.next();
        }
    }
    days
}
