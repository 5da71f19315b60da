//! OTLP JSON: one `ExportMetricsServiceRequest` a line, as the Collector's file exporter writes them.
//!
//! Shapes: opentelemetry-proto 1.x, JSON encoding (`asInt` and times are strings, doubles may be `"NaN"`).

use std::{
    io::{BufRead, BufReader},
    path::Path,
};

use serde::Deserialize;
use serde_json::Value;

use super::{
    Attributes, Kind, LeftOut, Metrics, Point, ReadMetrics, Series, Spread, Temporality,
    attributes::add,
};
use crate::{error::Refusal, source::packed};

const NANOS_IN_MICROS: i64 = 1000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    resource_metrics: Vec<ResourceMetrics>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceMetrics {
    #[serde(default)]
    resource: Resource,
    #[serde(default)]
    scope_metrics: Vec<ScopeMetrics>,
}

/// Whose telemetry it is.
#[derive(Default, Deserialize)]
pub(crate) struct Resource {
    #[serde(default)]
    pub(crate) attributes: Vec<KeyValue>,
}

#[derive(Deserialize)]
struct ScopeMetrics {
    #[serde(default)]
    scope: Scope,
    #[serde(default)]
    metrics: Vec<Metric>,
}

/// What wrote it.
#[derive(Default, Deserialize)]
pub(crate) struct Scope {
    #[serde(default)]
    pub(crate) name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metric {
    name: String,
    #[serde(default)]
    unit: String,
    gauge: Option<OfKind>,
    sum: Option<OfKind>,
    histogram: Option<OfKind>,
    summary: Option<OfKind>,
    exponential_histogram: Option<OfKind>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfKind {
    #[serde(default)]
    data_points: Vec<DataPoint>,
    #[serde(default)]
    aggregation_temporality: Value,
    #[serde(default)]
    is_monotonic: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DataPoint {
    #[serde(default)]
    attributes: Vec<KeyValue>,
    #[serde(default)]
    start_time_unix_nano: Value,
    #[serde(default)]
    time_unix_nano: Value,
    #[serde(default)]
    as_double: Value,
    #[serde(default)]
    as_int: Value,
    #[serde(default)]
    count: Value,
    #[serde(default)]
    sum: Value,
    #[serde(default)]
    min: Value,
    #[serde(default)]
    max: Value,
    #[serde(default)]
    quantile_values: Vec<Quantile>,
    #[serde(default)]
    flags: u32,
}

// Metric streams of CloudWatch write the least and the greatest value as the quantiles 0 and 1.
#[derive(Deserialize)]
struct Quantile {
    #[serde(default, rename = "quantile")]
    part: f64,
    #[serde(default)]
    value: Value,
}

/// An attribute.
#[derive(Deserialize)]
pub(crate) struct KeyValue {
    key: String,
    #[serde(default)]
    value: Value,
}

/// Reads a file of requests.
pub(crate) fn read(path: &Path) -> Result<ReadMetrics, Refusal> {
    let mut reading = Reading::default();
    let lines = BufReader::with_capacity(1 << 18, packed::reader(path)?).lines();
    for (row, line) in (1_u64..).zip(lines) {
        let line = line.map_err(|error| {
            let is_text = error.to_string().contains("UTF-8");
            if is_text { Refusal::Encoding { row } } else { packed::refusal_of(error) }
        })?;
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            continue;
        }
        let request: Request = serde_json::from_str(line)
            .map_err(|source| Refusal::Json { row, what: source.to_string() })?;
        reading.row = row;
        for each in request.resource_metrics {
            reading.resource(each)?;
        }
    }
    let Reading { metrics, left_out, .. } = reading;
    Ok(ReadMetrics { metrics, notes: left_out.notes() })
}

#[derive(Default)]
struct Reading {
    row: u64,
    metrics: Metrics,
    left_out: LeftOut,
}

impl Reading {
    fn resource(&mut self, each: ResourceMetrics) -> Result<(), Refusal> {
        let resource = attributes(&each.resource.attributes);
        let workload = resource.get("service.name").cloned().unwrap_or_default();
        for scope in each.scope_metrics {
            for metric in scope.metrics {
                let about = Series {
                    metric: metric.name.clone(),
                    workload: workload.clone(),
                    resource: resource.clone(),
                    unit: metric.unit.clone(),
                    scope: scope.scope.name.clone(),
                    ..Series::default()
                };
                self.metric(metric, &about)?;
            }
        }
        Ok(())
    }

    fn metric(&mut self, metric: Metric, about: &Series) -> Result<(), Refusal> {
        let Metric { gauge, sum, histogram, summary, exponential_histogram, .. } = metric;
        if let Some(points) = exponential_histogram {
            *self.left_out.kinds.entry("exponential histogram").or_default() +=
                points.data_points.len() as u64;
        }
        let kinds = [
            (Kind::Gauge, gauge),
            (Kind::Sum, sum),
            (Kind::Histogram, histogram),
            (Kind::Summary, summary),
        ];
        for (kind, points) in kinds {
            let Some(points) = points else { continue };
            let temporality = temporality(&points.aggregation_temporality);
            for point in points.data_points {
                let series = Series {
                    attributes: attributes(&point.attributes),
                    kind,
                    temporality,
                    is_monotonic: points.is_monotonic,
                    ..about.clone()
                };
                self.point(series, &point)?;
            }
        }
        Ok(())
    }

    fn point(&mut self, series: Series, point: &DataPoint) -> Result<(), Refusal> {
        let at = self.moment(&point.time_unix_nano, "timeUnixNano")?;
        let Some(at) = at.filter(|at| *at > 0) else {
            return Err(Refusal::NoPointTime { row: self.row, column: "timeUnixNano" });
        };
        let start = self.moment(&point.start_time_unix_nano, "startTimeUnixNano")?;
        let start = start.filter(|start| *start > 0);
        // The flag says that nothing was recorded.
        if point.flags & 1 == 1 {
            self.left_out.without_value += 1;
            return Ok(());
        }
        let kept = match series.kind {
            Kind::Gauge | Kind::Sum => {
                number(&point.as_double).or_else(|| number(&point.as_int)).map(|value| {
                    value.is_finite().then_some(Point { start, value: Some(value), spread: None })
                })
            }
            Kind::Histogram | Kind::Summary => number(&point.count).map(|count| {
                let spread = spread(count, point)?;
                Some(Point { start, value: None, spread: Some(Box::new(spread)) })
            }),
        };
        match kept {
            None => self.left_out.without_value += 1,
            Some(None) => {
                let row = self.row;
                self.left_out.not_a_number(|| format!("line {row}, metric {}", series.metric));
            }
            Some(Some(kept)) => {
                self.metrics.entry(series).or_default().insert(at, kept);
            }
        }
        Ok(())
    }

    // In microseconds; `None` where no time stands.
    fn moment(&self, value: &Value, column: &str) -> Result<Option<i64>, Refusal> {
        if value.is_null() {
            return Ok(None);
        }
        whole(value).map(|nanos| Some(nanos.div_euclid(NANOS_IN_MICROS))).ok_or_else(|| {
            Refusal::Moment {
                row: self.row,
                column: column.to_owned(),
                value: value.to_string().chars().take(40).collect(),
            }
        })
    }
}

// `None` where one of the figures is no finite number.
fn spread(count: f64, point: &DataPoint) -> Option<Spread> {
    let quantile = |wanted: f64| {
        let mut all = point.quantile_values.iter();
        all.find(|it| (it.part - wanted).abs() < 1e-12).and_then(|it| number(&it.value))
    };
    let [sum, min, max] = [
        number(&point.sum),
        number(&point.min).or_else(|| quantile(0.0)),
        number(&point.max).or_else(|| quantile(1.0)),
    ];
    let is_finite = |value: Option<f64>| value.is_none_or(f64::is_finite);
    ([Some(count), sum, min, max].into_iter().all(is_finite) && count >= 0.0).then(|| Spread {
        count: super::table::whole(count),
        sum,
        min,
        max,
    })
}

fn temporality(value: &Value) -> Temporality {
    match value {
        Value::Number(number) => Temporality::of(number.as_i64().unwrap_or_default()),
        Value::String(name) if name.ends_with("_DELTA") => Temporality::Delta,
        Value::String(name) if name.ends_with("_CUMULATIVE") => Temporality::Cumulative,
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            Temporality::Unspecified
        }
    }
}

/// A whole number of 64 bits, which OTLP writes as text.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_i64(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

// Doubles that are no numbers are written as words.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => Some(text.parse().unwrap_or(f64::NAN)),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A list of attributes by key.
pub(crate) fn attributes(list: &[KeyValue]) -> Attributes {
    let mut all = Attributes::new();
    for KeyValue { key, value } in list {
        add(&mut all, key.clone(), &plain(value));
    }
    all
}

/// `{"stringValue": "x"}` as its value.
pub(crate) fn plain(value: &Value) -> Value {
    let Value::Object(object) = value else { return value.clone() };
    let Some((kind, inner)) = object.iter().next() else { return Value::Null };
    match kind.as_str() {
        "arrayValue" => {
            let values = inner.get("values").and_then(Value::as_array);
            Value::Array(values.into_iter().flatten().map(plain).collect())
        }
        "kvlistValue" => {
            let values = inner.get("values").and_then(Value::as_array);
            let pair = |pair: &Value| {
                Some((pair.get("key")?.as_str()?.to_owned(), plain(pair.get("value")?)))
            };
            Value::Object(values.into_iter().flatten().filter_map(pair).collect())
        }
        _ => inner.clone(),
    }
}
