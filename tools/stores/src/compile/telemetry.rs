//! Questions about log records, spans, series and changes as statements: scoped below, read in the order of the files.

use wherefore_contract::{
    error::StoreError,
    incident::ChangeKind,
    period::Period,
    scope::Scope,
    telemetry::{
        ChangeQuery, Extent, LogCountQuery, LogQuery, PointQuery, RecordOrder, SpanQuery,
        SpanStatus, nanos_of,
    },
};

use super::{
    Statement, Value,
    bind::Binder,
    condition::pattern,
    invalid,
    metrics::{Scoped, count, listed, moment, scoped, text},
    relation::where_all,
    shape::Shape,
};

const TIME: &str = "Timestamp";
const POINT_TIME: &str = "TimeUnix";
const LOG_COLUMNS: &str = "x_RecordId, Timestamp, SeverityNumber, ServiceName, SeverityText, Body, TraceId, SpanId, x_SubAccountId, x_RegionId, x_ResourceId";
const LOG_ATTRIBUTES: &str = ", LogAttributes, ResourceAttributes";
/// How far before a period points are read, to tell by how much the first count of it grew: collectors and cloud
/// providers write points at least every five minutes, and some skip a few.
pub const POINTS_BEFORE: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// A part of all records by their trace, so that sorting needs the memory of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TracePart {
    All,
    /// Records of no trace.
    None,
    /// Traces from the first text on, up to the second.
    Between(Option<&'static str>, Option<&'static str>),
}

/// The parts of many records, in order. Ids of traces are hexadecimal and random, so the parts are of one size; others
/// fall into some part too.
pub const TRACE_PARTS: [TracePart; 17] = [
    TracePart::None,
    TracePart::Between(None, Some("1")),
    TracePart::Between(Some("1"), Some("2")),
    TracePart::Between(Some("2"), Some("3")),
    TracePart::Between(Some("3"), Some("4")),
    TracePart::Between(Some("4"), Some("5")),
    TracePart::Between(Some("5"), Some("6")),
    TracePart::Between(Some("6"), Some("7")),
    TracePart::Between(Some("7"), Some("8")),
    TracePart::Between(Some("8"), Some("9")),
    TracePart::Between(Some("9"), Some("a")),
    TracePart::Between(Some("a"), Some("b")),
    TracePart::Between(Some("b"), Some("c")),
    TracePart::Between(Some("c"), Some("d")),
    TracePart::Between(Some("d"), Some("e")),
    TracePart::Between(Some("e"), Some("f")),
    TracePart::Between(Some("f"), None),
];

/// Compiles a visit of log records.
///
/// # Errors
/// When the newest are asked for without a limit, or the scope cannot be put on records.
pub fn compile_logs(
    query: &LogQuery,
    part: TracePart,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let mut binder = Binder::default();
    let asked = log_conditions(query, scope, shape, &mut binder)?;
    let attributes = if query.with_attributes { LOG_ATTRIBUTES } else { "" };
    let list = format!("{LOG_COLUMNS}{attributes}");
    records("logs", &list, asked, part, (query.order, query.limit), binder)
}

/// Compiles a visit of spans.
///
/// # Errors
/// As [`compile_logs`].
pub fn compile_spans(
    query: &SpanQuery,
    part: TracePart,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let mut binder = Binder::default();
    let mut asked = scoped(scope, shape, TIME, &mut binder)?;
    within(&query.extent, &mut asked.conditions, &mut binder);
    if let Some(trace) = &query.trace {
        asked.conditions.push(format!("TraceId = {}", binder.bind(Value::Text(trace.clone()))));
    }
    listed("SpanName", &query.operations, &mut asked.conditions, &mut binder);
    if query.failed {
        let error = binder.bind(Value::Text(SpanStatus::Error.name().to_owned()));
        asked.conditions.push(format!("StatusCode = {error}"));
    }
    let attributes =
        if query.with_attributes { ", SpanAttributes, ResourceAttributes" } else { "" };
    let list = format!(
        "x_RecordId, {TIME}, Duration, TraceId, SpanId, ParentSpanId, ServiceName, SpanName, SpanKind, StatusCode, StatusMessage, x_SubAccountId, x_RegionId, x_ResourceId{attributes}"
    );
    records("spans", &list, asked, part, (query.order, query.limit), binder)
}

fn records(
    table: &str,
    list: &str,
    mut asked: Scoped,
    part: TracePart,
    (order, limit): (RecordOrder, Option<u64>),
    mut binder: Binder,
) -> Result<Statement, StoreError> {
    match part {
        TracePart::All => {}
        TracePart::None => asked.conditions.push("TraceId is null".to_owned()),
        TracePart::Between(from, to) => {
            asked.conditions.push("TraceId is not null".to_owned());
            for (sign, end) in [(">=", from), ("<", to)] {
                if let Some(end) = end {
                    let end = binder.bind(Value::Text(end.to_owned()));
                    asked.conditions.push(format!("TraceId {sign} {end}"));
                }
            }
        }
    }
    let order = match order {
        // The files stand in this order; a lookup of charges may lose it.
        RecordOrder::Oldest if asked.is_joined => format!("\norder by {TIME}, x_RecordId"),
        RecordOrder::Oldest => String::new(),
        RecordOrder::Newest if limit.is_none() => {
            return Err(invalid("the newest records are asked for without saying how many"));
        }
        RecordOrder::Newest => format!("\norder by {TIME} desc, x_RecordId desc"),
        RecordOrder::Trace => format!("\norder by TraceId nulls first, {TIME}, x_RecordId"),
    };
    // One more than asked for tells whether there are more.
    let limit = limit.map(|limit| format!("\nlimit {}", limit.saturating_add(1)));
    let sql = format!(
        "select {list}\nfrom {table}{}{order}{}",
        where_all(&asked.conditions),
        limit.unwrap_or_default()
    );
    Ok(Statement { sql, parameters: binder.finish(), outputs: Vec::new() })
}

fn log_conditions(
    query: &LogQuery,
    scope: &Scope,
    shape: &Shape,
    binder: &mut Binder,
) -> Result<Scoped, StoreError> {
    let mut asked = scoped(scope, shape, TIME, binder)?;
    within(&query.extent, &mut asked.conditions, binder);
    if let Some(least) = query.least_severity {
        let least = binder.bind(Value::Integer(least.into()));
        asked.conditions.push(format!("SeverityNumber >= {least}"));
    }
    for words in &query.contains {
        let words = binder.bind(Value::Text(pattern(words)));
        asked.conditions.push(format!("Body ilike {words}"));
    }
    if let Some(trace) = &query.trace {
        asked.conditions.push(format!("TraceId = {}", binder.bind(Value::Text(trace.clone()))));
    }
    Ok(asked)
}

fn within(extent: &Extent, conditions: &mut Vec<String>, binder: &mut Binder) {
    let (start, end) = extent.nanos();
    let (start, end) = (binder.bind(Value::Instant(start)), binder.bind(Value::Instant(end)));
    conditions.push(format!("{TIME} >= {start} and {TIME} < {end}"));
    of_names(extent, conditions, binder);
}

fn of_names(extent: &Extent, conditions: &mut Vec<String>, binder: &mut Binder) {
    listed("ServiceName", &extent.workloads, conditions, binder);
    listed("x_SubAccountId", &extent.accounts, conditions, binder);
    listed("x_RegionId", &extent.regions, conditions, binder);
}

/// Compiles the log record of an id that was told at a moment.
///
/// # Errors
/// When the scope cannot be put on records.
pub fn compile_log(
    id: &str,
    at: i64,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let mut binder = Binder::default();
    let mut asked = scoped(scope, shape, TIME, &mut binder)?;
    let at = binder.bind(Value::Instant(at));
    let id = binder.bind(Value::Text(id.to_owned()));
    asked.conditions.push(format!("{TIME} = {at} and x_RecordId = {id}"));
    let list = format!("{LOG_COLUMNS}{LOG_ATTRIBUTES}");
    records("logs", &list, asked, TracePart::All, (RecordOrder::Oldest, Some(1)), binder)
}

/// Compiles counts of log records.
///
/// # Errors
/// When the step has no width, or the scope cannot be put on records.
pub fn compile_log_counts(
    query: &LogCountQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    if query.step_seconds == 0 {
        return Err(invalid("a step needs a width of at least one second"));
    }
    let mut binder = Binder::default();
    let asked = log_conditions(&query.logs, scope, shape, &mut binder)?;
    let sql = format!(
        "select time, ServiceName, cast(SeverityNumber as varchar) as severity, records
from (
  select date_bin(interval '{} seconds', {TIME}) as time, ServiceName, SeverityNumber, count(*) as records
  from logs{}
  group by 1, 2, 3
) counted
order by time, ServiceName nulls first, SeverityNumber",
        query.step_seconds,
        where_all(&asked.conditions)
    );
    let outputs = vec![
        moment(0, "time"),
        text(1, "workload"),
        text(2, "severity"),
        count(3, "records", "records"),
    ];
    Ok(Statement { sql, parameters: binder.finish(), outputs })
}

/// A table whose rows say who is seen, by its name in answers and in statements, and its column of time.
pub const SEEN: [(&str, &str); 4] =
    [("logs", TIME), ("spans", TIME), ("metrics", POINT_TIME), ("changes", TIME)];

/// Compiles the question who is seen by one of [`SEEN`].
///
/// # Errors
/// When the scope cannot be put on its rows.
pub fn compile_seen(
    (table, time): (&str, &str),
    period: Option<Period>,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let mut binder = Binder::default();
    let mut conditions = scoped(scope, shape, time, &mut binder)?.conditions;
    if let Some(period) = period {
        let (start, end) = if matches!(table, "logs" | "spans") {
            let nanos = |moment| Value::Instant(nanos_of(moment));
            (nanos(period.start()), nanos(period.end()))
        } else {
            (Value::Moment(period.start()), Value::Moment(period.end()))
        };
        let (start, end) = (binder.bind(start), binder.bind(end));
        conditions.push(format!("{time} >= {start} and {time} < {end}"));
    }
    let sql = format!(
        "select '{table}' as source, ServiceName, x_SubAccountId, x_RegionId, count(*) as records, min({time}) as first, max({time}) as last
from {table}{}
group by ServiceName, x_SubAccountId, x_RegionId
order by 2 nulls first, 3 nulls first, 4 nulls first",
        where_all(&conditions)
    );
    let outputs = vec![
        text(0, "source"),
        text(1, "workload"),
        text(2, "sub_account"),
        text(3, "region"),
        count(4, "records", "records"),
        moment(5, "first"),
        moment(6, "last"),
    ];
    Ok(Statement { sql, parameters: binder.finish(), outputs })
}

/// Compiles a visit of points; those of [`POINTS_BEFORE`] before the period come too.
///
/// # Errors
/// When the scope cannot be put on points.
pub fn compile_points(
    query: &PointQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let mut binder = Binder::default();
    let mut conditions = scoped(scope, shape, POINT_TIME, &mut binder)?.conditions;
    let period = query.extent.period;
    let before = period.start().checked_sub(POINTS_BEFORE).unwrap_or(period.start());
    let (start, end) =
        (binder.bind(Value::Moment(before)), binder.bind(Value::Moment(period.end())));
    conditions.push(format!("{POINT_TIME} >= {start} and {POINT_TIME} < {end}"));
    of_names(&query.extent, &mut conditions, &mut binder);
    listed("MetricName", &query.metrics, &mut conditions, &mut binder);
    listed("x_ResourceId", &query.resources, &mut conditions, &mut binder);
    let sql = format!(
        "select x_SeriesId, {POINT_TIME}, StartTimeUnix, Value, Count, Sum, Max, AggregationTemporality, IsMonotonic, MetricType, MetricName, MetricUnit, ServiceName, x_ResourceId, x_SubAccountId, x_RegionId, x_State, Attributes
from metrics{}",
        where_all(&conditions)
    );
    Ok(Statement { sql, parameters: binder.finish(), outputs: Vec::new() })
}

/// Compiles a question for changes, the last ones first.
///
/// # Errors
/// When the scope cannot be put on changes.
pub fn compile_changes(
    query: &ChangeQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let mut binder = Binder::default();
    let mut conditions = scoped(scope, shape, TIME, &mut binder)?.conditions;
    let period = query.extent.period;
    let start = binder.bind(Value::Moment(period.start()));
    let end = binder.bind(Value::Moment(period.end()));
    conditions.push(format!("{TIME} >= {start} and {TIME} < {end}"));
    let unnamed = Extent { workloads: Vec::new(), ..query.extent.clone() };
    of_names(&unnamed, &mut conditions, &mut binder);
    let mut workloads = Vec::new();
    listed("ServiceName", &query.extent.workloads, &mut workloads, &mut binder);
    conditions.extend(workloads.pop().map(|named| {
        if query.with_unnamed { format!("({named} or ServiceName is null)") } else { named }
    }));
    let kinds: Vec<String> =
        query.kinds.iter().map(|kind: &ChangeKind| kind.name().to_owned()).collect();
    listed("Kind", &kinds, &mut conditions, &mut binder);
    if let Some(words) = &query.contains {
        let words = binder.bind(Value::Text(pattern(words)));
        conditions.push(format!(
            "(Summary ilike {words} or Actor ilike {words} or x_ResourceId ilike {words})"
        ));
    }
    let limit = query.limit.map(|limit| format!("\nlimit {}", limit.saturating_add(1)));
    let sql = format!(
        "select {TIME}, Id, Source, ServiceName, Kind, Actor, Summary, x_SubAccountId, x_RegionId, x_ResourceId, Before, After
from changes{}
order by {TIME} desc, Source desc, Id desc{}",
        where_all(&conditions),
        limit.unwrap_or_default()
    );
    Ok(Statement { sql, parameters: binder.finish(), outputs: Vec::new() })
}
