//! Points of metric series as one statement: scoped, brought to what they grew by, and summed up.
//!
//! Values are floats in the files. They are added as decimals of nine places, so that a sum does not depend on the
//! order in which points are read.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension, Grain},
    error::StoreError,
    filter::Filter,
    metrics::{MetricBy, MetricGrain, MetricQuery},
    scope::Scope,
    table::Column,
    unit::Unit,
};

use super::{
    Number, Output, Source, Statement, Value,
    bind::Binder,
    condition::{check_values, on_grain, on_text},
    relation::{scope_on_charges, where_all},
    shape::Shape,
};

const TIME: &str = "TimeUnix";
// Counts since a common start need the point before the period; collectors write points at least once a day.
const BEFORE: &str = "interval '1 day'";
const EXACT: &str = "decimal(38, 9)";

/// Compiles a query for points.
pub(super) fn compile(
    query: &MetricQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let mut binder = Binder::default();
    let start = binder.bind(Value::Moment(query.period.start()));
    let end = binder.bind(Value::Moment(query.period.end()));
    let mut conditions = scoped(scope, shape, TIME, &mut binder)?.conditions;
    conditions.push(format!("{TIME} >= {start} - {BEFORE} and {TIME} < {end}"));
    let wanted = [
        ("MetricName", &query.metrics),
        ("x_ResourceId", &query.resources),
        ("ServiceName", &query.workloads),
    ];
    for (column, values) in wanted {
        listed(column, values, &mut conditions, &mut binder);
    }
    // A row must be of something.
    conditions.push(format!("{} is not null", subject(query.by)));
    let keys = keys(query.by);
    let points = points(&keys, &conditions, &start);
    let names: Vec<&str> = keys.iter().map(|key| key.alias).collect();
    let limit = query.limit.map(|limit| format!("\nlimit {limit}")).unwrap_or_default();
    let (body, outputs) = match time_of(query.grain) {
        None => whole(&names),
        Some(time) => by_time(&names, query.grain, &time),
    };
    let sql = format!("{points}{body}{limit}");
    Ok(Statement { sql, parameters: binder.finish(), outputs })
}

/// Compiles the question which metrics are loaded.
pub(super) fn compile_names(scope: &Scope, shape: &Shape) -> Result<Statement, StoreError> {
    let mut binder = Binder::default();
    let conditions = scoped(scope, shape, TIME, &mut binder)?.conditions;
    let sql = format!(
        "select MetricName as metric, MetricUnit as metric_unit, min({TIME}) as first_point, max({TIME}) as last_point, count(*) as points\nfrom metrics{}\ngroup by MetricName, MetricUnit\norder by 1, 2",
        where_all(&conditions)
    );
    let outputs = vec![
        text(0, "metric"),
        text(1, "metric_unit"),
        moment(2, "first_point"),
        moment(3, "last_point"),
        count(4, "points", "points"),
    ];
    Ok(Statement { sql, parameters: binder.finish(), outputs })
}

/// Keeps to names, where some are given.
pub(super) fn listed(
    column: &str,
    values: &[String],
    conditions: &mut Vec<String>,
    binder: &mut Binder,
) {
    if !values.is_empty() {
        let list = binder.bind_all(values.iter().cloned().map(Value::Text));
        conditions.push(format!("{column} in ({list})"));
    }
}

// A key of the grouping: the column of the files and the name that readers see.
struct Key {
    column: &'static str,
    alias: &'static str,
}

fn keys(by: MetricBy) -> Vec<Key> {
    let key = |column, alias| Key { column, alias };
    let mut keys = vec![key("MetricName", "metric"), key("MetricUnit", "metric_unit")];
    match by {
        MetricBy::Resource => keys.extend([
            key("x_ResourceId", "resource_id"),
            key("x_SubAccountId", "sub_account"),
            key("x_RegionId", "region"),
            key("x_State", "state"),
        ]),
        MetricBy::Workload => keys.push(key("ServiceName", "workload")),
    }
    keys
}

fn subject(by: MetricBy) -> &'static str {
    match by {
        MetricBy::Resource => "x_ResourceId",
        MetricBy::Workload => "ServiceName",
    }
}

/// What a scope lets through of telemetry.
pub(super) struct Scoped {
    pub(super) conditions: Vec<String>,
    /// Whether charges are looked up: rows may then come in another order than that of the files.
    pub(super) is_joined: bool,
}

// Points and records carry account, region, workload and time. Any other condition of a scope leaves those of the
// workloads whose charges the caller may see.
pub(super) fn scoped(
    scope: &Scope,
    shape: &Shape,
    time: &str,
    binder: &mut Binder,
) -> Result<Scoped, StoreError> {
    let mut conditions = Vec::new();
    let mut is_joined = false;
    for filter in &scope.rows {
        match own(filter, time, binder)? {
            Some(condition) => conditions.push(condition),
            None => is_joined = true,
        }
    }
    if is_joined {
        let workload = shape.workload_column()?;
        let charges = scope_on_charges(scope, shape, binder)?;
        conditions.push(format!("ServiceName in (select {workload} from charges{charges})"));
    }
    Ok(Scoped { conditions, is_joined })
}

fn own(filter: &Filter, time: &str, binder: &mut Binder) -> Result<Option<String>, StoreError> {
    check_values(filter)?;
    let column = match &filter.dimension {
        Dimension::Time(grain) => return on_grain(filter, *grain, time, binder).map(Some),
        Dimension::Workload => "ServiceName",
        Dimension::Column(FocusDimension::SubAccountId) => "x_SubAccountId",
        Dimension::Column(FocusDimension::Region) => "x_RegionId",
        Dimension::Column(FocusDimension::ResourceId) => "x_ResourceId",
        Dimension::Column(_) | Dimension::Tag(_) => return Ok(None),
    };
    Ok(Some(on_text(filter, column, None, binder)))
}

// `points`: one row a point of the period, with its least, mean and greatest value, its sum, and how many values it
// stands for.
fn points(keys: &[Key], conditions: &[String], start: &str) -> String {
    let columns: Vec<String> =
        keys.iter().map(|key| format!("{} as {}", key.column, key.alias)).collect();
    let names: Vec<&str> = keys.iter().map(|key| key.alias).collect();
    let (columns, names) = (columns.join(", "), names.join(", "));
    let grown = |column: &str| {
        format!(
            "case when {column} >= lag({column}) over series then {column} - lag({column}) over series when lag({column}) over series is not null then {column} when StartTimeUnix >= {start} then {column} end"
        )
    };
    let (value, sum, number) = (grown("Value"), grown("Sum"), grown("Count"));
    format!(
        "with held as (
  select {columns}, {TIME}, StartTimeUnix, x_SeriesId, Value, Count, Sum, Min, Max,
    (AggregationTemporality = 2 and (IsMonotonic or MetricType = 'histogram')) as is_cumulative
  from metrics{}
), grown as (
  select {names}, {TIME}, Value, Count, Sum, Min, Max from held where not is_cumulative
  union all
  select {names}, {TIME}, {value} as Value, {number} as Count, {sum} as Sum, null as Min, null as Max
  from held where is_cumulative
  window series as (partition by x_SeriesId order by {TIME})
), points as (
  select {names}, {TIME} as moment, coalesce(Value, Sum / nullif(Count, 0)) as value,
    coalesce(Min, Value, Sum / nullif(Count, 0)) as low, coalesce(Max, Value, Sum / nullif(Count, 0)) as high,
    try_cast(coalesce(Sum, Value) as {EXACT}) as total, coalesce(Count, 1) as number
  from grown where {TIME} >= {start} and coalesce(Value, Sum) is not null
)
",
        where_all(conditions)
    )
}

fn whole(names: &[&str]) -> (String, Vec<Output>) {
    let list = names.join(", ");
    let percentile = |part: &str| {
        format!("try_cast(percentile_cont({part}) within group (order by high) as {EXACT})")
    };
    let same: Vec<String> = names
        .iter()
        .map(|name| format!("(whole.{name} is not distinct from daily.{name})"))
        .collect();
    let order: Vec<String> = (1..=names.len()).map(|place| place.to_string()).collect();
    let kept: Vec<String> = names.iter().map(|name| format!("whole.{name}")).collect();
    let body = format!(
        ", days as (
  select {list}, date_trunc('day', moment) as day, sum(total) as total from points group by {list}, date_trunc('day', moment)
), daily as (
  select {list}, count(*) as days, max(total) as busiest from days group by {list}
), whole as (
  select {list}, count(*) as points, min(moment) as first_point, max(moment) as last_point,
    try_cast(min(low) as {EXACT}) as minimum, try_cast(max(high) as {EXACT}) as maximum,
    {} as p95, {} as p99, {} as p99_5, sum(total) as total, sum(number) as number
  from points group by {list}
)
select {}, points, days, first_point, last_point, minimum, maximum, p95, p99, p99_5, total, number, busiest
from whole join daily on {}
order by {}",
        percentile("0.95"),
        percentile("0.99"),
        percentile("0.995"),
        kept.join(", "),
        same.join(" and "),
        order.join(", ")
    );
    let at = names.len();
    let mut outputs = named(names);
    outputs.extend([
        count(at, "points", "points"),
        count(at + 1, "days_with_data", "days"),
        moment(at + 2, "first_point"),
        moment(at + 3, "last_point"),
        value(Number::Cell(at + 4), "minimum"),
        value(mean(at + 9, at + 10), "average"),
        value(Number::Cell(at + 5), "maximum"),
        value(Number::Cell(at + 6), "p95"),
        value(Number::Cell(at + 7), "p99"),
        value(Number::Cell(at + 8), "p99_5"),
        value(Number::Cell(at + 9), "sum"),
        count(at + 10, "measurements", "measurements"),
        value(Number::Cell(at + 11), "busiest_day"),
    ]);
    (body, outputs)
}

// The expression of the time, and how it is told.
struct Time {
    expression: &'static str,
    source: fn(usize) -> Source,
}

fn time_of(grain: MetricGrain) -> Option<Time> {
    let time = |expression, source| Some(Time { expression, source });
    match grain {
        MetricGrain::Whole => None,
        MetricGrain::Day => time("date_trunc('day', moment)", |at| Source::Grain(at, Grain::Day)),
        MetricGrain::Hour => {
            time("date_trunc('hour', moment)", |at| Source::Grain(at, Grain::Hour))
        }
        // Sunday is 0 for `dow`.
        MetricGrain::HourOfWeek => time(
            "cast((cast(extract(dow from moment) as bigint) + 6) % 7 * 24 + cast(extract(hour from moment) as bigint) as bigint)",
            |at| Source::Number(Number::Cell(at)),
        ),
    }
}

fn by_time(names: &[&str], grain: MetricGrain, time: &Time) -> (String, Vec<Output>) {
    let list = names.join(", ");
    let order: Vec<String> = (1..=names.len() + 1).map(|place| place.to_string()).collect();
    let body = format!(
        "select {list}, {0} as time, count(*) as points, try_cast(min(low) as {EXACT}) as minimum, try_cast(max(high) as {EXACT}) as maximum, sum(total) as total, sum(number) as number
from points group by {list}, {0}
order by {1}",
        time.expression,
        order.join(", ")
    );
    let at = names.len();
    let mut outputs = named(names);
    outputs.push(Output {
        column: Column::time(grain.column().unwrap_or_default()),
        source: (time.source)(at),
    });
    outputs.extend([
        count(at + 1, "points", "points"),
        value(Number::Cell(at + 2), "minimum"),
        value(mean(at + 4, at + 5), "average"),
        value(Number::Cell(at + 3), "maximum"),
        value(Number::Cell(at + 4), "sum"),
    ]);
    (body, outputs)
}

fn named(names: &[&str]) -> Vec<Output> {
    names.iter().enumerate().map(|(at, name)| text(at, name)).collect()
}

fn mean(total: usize, number: usize) -> Number {
    Number::Over(Box::new(Number::Cell(total)), Box::new(Number::Cell(number)))
}

pub(super) fn text(at: usize, name: &str) -> Output {
    Output { column: Column::dimension(name), source: Source::Text(at) }
}

pub(super) fn moment(at: usize, name: &str) -> Output {
    Output { column: Column::time(name), source: Source::Moment(at) }
}

pub(super) fn count(at: usize, name: &str, noun: &str) -> Output {
    Output {
        column: Column::measure(name, Unit::Count(noun.to_owned())),
        source: Source::Number(Number::Cell(at)),
    }
}

fn value(number: Number, name: &str) -> Output {
    Output { column: Column::measure_by(name, "metric_unit"), source: Source::Number(number) }
}
