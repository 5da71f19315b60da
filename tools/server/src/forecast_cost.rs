//! `forecast_cost`: what a period will cost at the rate of its days so far.

mod ahead;
pub(crate) mod daily;

use std::collections::BTreeMap;

use futures::try_join;
use jiff::civil::{Date, Time};
use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_analysis::{Forecast, Seen, run_rate};
use wherefore_contract::{
    Decimal,
    cost::{CostQuery, Measure},
    dimension::{Dimension, Grain},
    filter::Filter,
    period::Period,
    quality::CostDescription,
    table::{Column, ColumnKind},
    tool::{FactTable, Found},
    unit::Unit,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    barred,
    catalogue::reading_tool,
    fact_table::{Row, cell, computed, nothing},
    refuse::Refusal,
    searched::{conditions, grouped},
    serve::Tools,
};

const EXAMPLE: &str =
    r#"{"period": {"start": "2026-04-01", "end": "2026-05-01"}, "as_of": "2026-04-16"}"#;
const PER_DAY_UNIT: &str = "per_day_unit";

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// A cost, a quantity, `rows` or `transactions`; by default the cost that answers use.
    #[serde(default)]
    measure: Option<Measure>,
    /// Conditions that must all hold.
    #[serde(default)]
    filters: Vec<Filter>,
    /// What to group by, e.g. `["cloud_service"]`; of grains of time only `month`, for months to come.
    #[serde(default)]
    dimensions: Vec<Dimension>,
    /// The whole days to forecast, e.g. a month.
    period: Period,
    /// The day of asking: it and later days are to come. By default the day after the last loaded one.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    as_of: Option<Date>,
    /// The days that tell the rate; by default those of `period` before `as_of`. Set it for a period to come.
    #[serde(default)]
    basis: Option<Period>,
    // Set from `dimensions`: a grain of time is no name of a row.
    #[serde(skip)]
    months: bool,
}

impl Args {
    /// Whether every month is to be a row.
    fn by_month(&self) -> bool {
        self.dimensions.contains(&Dimension::Time(Grain::Month)) || self.months
    }

    /// The same without the month among what rows are named by.
    fn named(mut self) -> Self {
        self.months = self.by_month();
        self.dimensions.retain(|dimension| dimension.grain().is_none());
        self
    }
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "forecast_cost",
        "Forecast a period",
        "What a month or another period will cost: the running month at the mean of its loaded days so far, later \
months and quarters by a model that was tried on the past; with an 80 % interval. Use it for \"where will this month end\". Do not use it for what was charged \
(query_cost) or to compare periods (compare_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let mut args: Args = arguments.read(EXAMPLE)?;
    // "By month" of one month says nothing more than the period does.
    args.dimensions.retain(|dimension| !is_one_value(dimension, args.period));
    let description = tools.costs.describe(&tools.scope).await?;
    let measure = args.measure.clone().or_else(|| description.default_cost.clone());
    let measure = measure.unwrap_or(Measure::BilledCost);
    check(&args, &measure)?;
    barred::check(std::slice::from_ref(&measure), &[args.period], &description)?;
    let searched = format!(
        "{measure} by day{}{} in {}{}",
        grouped(&args.dimensions).replacen(" by ", ", ", 1),
        conditions(&args.filters),
        args.period,
        args.as_of.map_or_else(String::new, |day| format!(" before {day}")),
    );
    if let Some(ahead) = ahead::Ahead::of(&args, &description) {
        let args = args.named();
        return ahead::run(tools, &args, &measure, &ahead, &description, searched).await;
    }
    if args.by_month() {
        return Err(Refusal::Failed(
            "months are forecast one by one only where they lie ahead; leave out `month`"
                .to_owned(),
        ));
    }
    let known = known_days(args.period, args.as_of, &description);
    let basis = match args.basis {
        Some(basis) => known_days(basis, args.as_of, &description),
        None => known,
    };
    let Some(basis) = basis else {
        return Ok(nothing(format!("{searched}; {}", loaded(&description))));
    };
    let read = |period| by_day(&measure, &args, period);
    let (rate, actual) = match known {
        Some(known) if known != basis => {
            let (rate, actual) = (read(basis), read(known));
            let query = |query| tools.costs.query(query, &tools.scope);
            let (rate, actual) = try_join!(query(&rate), query(&actual))?;
            (rate, Some(actual))
        }
        Some(_) => {
            let rate = tools.costs.query(&read(basis), &tools.scope).await?;
            (rate.clone(), Some(rate))
        }
        None => (tools.costs.query(&read(basis), &tools.scope).await?, None),
    };
    let story = Story { args: &args, measure: &measure, basis, known, rate, actual };
    let touched = Touched {
        measures: std::slice::from_ref(&measure),
        dimensions: &args.dimensions,
        filters: &args.filters,
        periods: &[basis],
    };
    let tables = story.tables()?;
    answered(tools, &touched, &description, tables, searched)
}

/// Whether the whole period lies in one value of a grain of time.
fn is_one_value(dimension: &Dimension, period: Period) -> bool {
    let Some(last) = period.end().date().yesterday().ok() else { return false };
    let first = period.start().date();
    let same_year = first.year() == last.year();
    match dimension.grain() {
        Some(Grain::Year) => same_year,
        Some(Grain::Quarter) => same_year && (first.month() - 1) / 3 == (last.month() - 1) / 3,
        Some(Grain::Month) => same_year && first.month() == last.month(),
        Some(Grain::IsoWeek) => {
            let week = |day: Date| (day.iso_week_date().year(), day.iso_week_date().week());
            week(first) == week(last)
        }
        Some(Grain::Day) => first == last,
        Some(Grain::Hour | Grain::Weekday | Grain::WeekPart | Grain::HourOfDay) | None => false,
    }
}

fn check(args: &Args, measure: &Measure) -> Result<(), Refusal> {
    if !measure.is_additive() {
        return Err(Refusal::Failed(format!(
            "`{measure}` does not add up over days; forecast a cost, a quantity, rows or transactions"
        )));
    }
    let other =
        |dimension: &&Dimension| dimension.grain().is_some_and(|grain| grain != Grain::Month);
    if let Some(grain) = args.dimensions.iter().find(other) {
        return Err(Refusal::Failed(format!(
            "a forecast is of one period; leave out `{grain}`, or call once for each period"
        )));
    }
    if args.period.hours() != args.period.days() * 24 {
        return Err(Refusal::Failed(format!(
            "{} is no period of whole days; begin and end it at midnight",
            args.period
        )));
    }
    Ok(())
}

/// The loaded days of a period before a day. A day that the loaded charges reach counts whole.
fn known_days(
    period: Period,
    as_of: Option<Date>,
    description: &CostDescription,
) -> Option<Period> {
    let coverage = description.coverage?;
    let reached = match coverage.end() {
        end if end.time() == Time::midnight() => end.date(),
        end => end.date().tomorrow().ok()?,
    };
    let until = as_of.map_or(reached, |day| day.min(reached)).min(period.end().date());
    Period::of_days(period.start().date().max(coverage.start().date()), until).ok()
}

fn loaded(description: &CostDescription) -> String {
    match description.coverage {
        Some(coverage) => format!("what is loaded is {coverage}, no day of it tells a rate"),
        None => "nothing is loaded".to_owned(),
    }
}

fn by_day(measure: &Measure, args: &Args, period: Period) -> CostQuery {
    let day = Dimension::Time(Grain::Day);
    CostQuery {
        dimensions: std::iter::once(day).chain(args.dimensions.iter().cloned()).collect(),
        filters: args.filters.clone(),
        period: Some(period),
        ..CostQuery::total(measure.clone())
    }
}

/// The cost of each day with charges, by what rows are grouped by.
type DaysOf = BTreeMap<Row, BTreeMap<String, Decimal>>;

/// What was read for a forecast.
struct Story<'a> {
    args: &'a Args,
    measure: &'a Measure,
    basis: Period,
    known: Option<Period>,
    rate: FactTable,
    actual: Option<FactTable>,
}

/// One row: what it is about, what is known of it, and what is expected.
struct Expected {
    names: Row,
    actual: Decimal,
    forecast: Forecast,
}

impl Story<'_> {
    fn tables(self) -> Result<Vec<FactTable>, Refusal> {
        let rows = self.expected()?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let names = names_of(&self.rate);
        let cells = rows.into_iter().map(|row| self.row(row)).collect();
        let mut table = computed("forecast", &self.rate.source, self.columns(&names), cells);
        table.statement.clone_from(&self.rate.statement);
        table.parameters.clone_from(&self.rate.parameters);
        table.period = Some(self.args.period);
        table.filters.clone_from(&self.args.filters);
        table.data_as_of.clone_from(&self.rate.data_as_of);
        table.complete = self.days_to_come() == 0;
        let mut tables = vec![table];
        if self.args.dimensions.is_empty() {
            tables.push(FactTable { name: "days".to_owned(), ..self.rate });
        }
        Ok(tables)
    }

    fn days_loaded(&self) -> i64 {
        self.known.map_or(0, Period::days)
    }

    fn days_to_come(&self) -> i64 {
        self.args.period.days() - self.days_loaded()
    }

    /// The rows, the dearest to be first.
    fn expected(&self) -> Result<Vec<Expected>, Refusal> {
        let column = self.measure.column_name();
        let rate = days_of(&self.rate, &column);
        let actual = self.actual.as_ref().map(|table| days_of(table, &column)).unwrap_or_default();
        let mut rows = Vec::new();
        for names in rate.keys().chain(actual.keys().filter(|names| !rate.contains_key(*names))) {
            let known: Decimal =
                actual.get(names).into_iter().flatten().map(|(_, cost)| cost).sum();
            let seen = Seen {
                actual: known,
                days_to_come: u32::try_from(self.days_to_come()).unwrap_or_default(),
                days: whole_days(rate.get(names), self.basis.days()),
            };
            let forecast = run_rate(&seen).ok_or_else(|| {
                Refusal::Failed(
                    "the amounts leave the digits that are kept; filter more".to_owned(),
                )
            })?;
            rows.push(Expected { names: names.clone(), actual: known, forecast });
        }
        rows.sort_by(|left, right| {
            let by_cost = right.forecast.expected.cmp(&left.forecast.expected);
            by_cost.then_with(|| left.names.cmp(&right.names))
        });
        Ok(rows)
    }

    fn columns(&self, names: &[String]) -> Vec<Column> {
        let whole = Column::time("period");
        let mut columns: Vec<Column> =
            std::iter::once(whole).chain(names.iter().map(Column::dimension)).collect();
        let own = self.rate.table.column(&self.measure.column_name()).cloned();
        let like = |name: &str| match &own {
            Some(own) => Column { name: name.to_owned(), ..own.clone() },
            None => Column::measure(name, Unit::Count("rows".to_owned())),
        };
        let days = |name: &str| Column::measure(name, Unit::Count("days".to_owned()));
        let known = |column: Column| match self.known {
            Some(known) => column.in_period(known),
            None => column,
        };
        let per_day = match like("per_day") {
            column if column.unit_column.is_some() => {
                columns.push(Column::dimension(PER_DAY_UNIT));
                Column { unit_column: Some(PER_DAY_UNIT.to_owned()), ..column }
            }
            column => Column { unit: column.unit.as_ref().map(per_day), ..column },
        };
        columns.extend([
            known(like("actual_to_date")),
            known(days("days_loaded")),
            days("days_total"),
            per_day.in_period(self.basis),
            like("expected"),
            like("low"),
            like("high"),
            Column::dimension("method"),
        ]);
        columns
    }

    fn row(&self, row: Expected) -> Row {
        let Expected { names, actual, forecast } = row;
        let exact = |value: Decimal| cell(value.normalize());
        let own = self.rate.table.column(&self.measure.column_name());
        let unit = own.and_then(|own| own.unit_column.as_deref()).map(|by| {
            let at = names_of(&self.rate).iter().position(|name| name == by);
            let text = at.and_then(|at| names.get(at).cloned()).flatten();
            text.map(|text| per_day(&Unit::parse(&text)).to_string())
        });
        let (low, high) = forecast.interval.unzip();
        let mut cells = vec![cell(period_name(self.args.period))];
        cells.extend(names);
        cells.extend(unit);
        cells.extend([
            exact(actual),
            cell(self.days_loaded()),
            cell(self.args.period.days()),
            exact(forecast.per_day),
            exact(forecast.expected),
            low.and_then(exact),
            high.and_then(exact),
            cell(if self.days_to_come() == 0 { "actual" } else { "run_rate" }),
        ]);
        cells
    }
}

/// The columns that a table's rows are about, without the day.
fn names_of(table: &FactTable) -> Vec<String> {
    let columns = table.table.columns.iter();
    let names = columns.filter(|column| column.kind != ColumnKind::Measure && column.name != "day");
    names.map(|column| column.name.clone()).collect()
}

fn days_of(table: &FactTable, column: &str) -> DaysOf {
    let names = names_of(table);
    let table = &table.table;
    let mut days = DaysOf::new();
    for row in 0..table.rows.len() {
        let key = names.iter().map(|name| table.text(row, name).map(str::to_owned)).collect();
        let day = table.text(row, "day").unwrap_or_default().to_owned();
        let cost = table.number(row, column).unwrap_or_default();
        *days.entry(key).or_default().entry(day).or_default() += cost;
    }
    days
}

/// One amount for each day, zero where nothing was charged.
fn whole_days(charged: Option<&BTreeMap<String, Decimal>>, count: i64) -> Vec<Decimal> {
    let mut days: Vec<Decimal> = charged.into_iter().flatten().map(|(_, cost)| *cost).collect();
    days.resize(usize::try_from(count).unwrap_or_default().max(days.len()), Decimal::ZERO);
    days
}

fn per_day(unit: &Unit) -> Unit {
    match unit {
        Unit::Currency(currency) => {
            Unit::CurrencyPer { currency: currency.clone(), per: "day".to_owned() }
        }
        other @ (Unit::CurrencyPer { .. }
        | Unit::Count(_)
        | Unit::Quantity(_)
        | Unit::Percent
        | Unit::Ratio) => Unit::Quantity(format!("{other}/day")),
    }
}

/// A month as `2026-04`, a quarter as `2026-Q2`, a year as `2026`, anything else by its ends (ISO 8601).
pub(crate) fn period_name(period: Period) -> String {
    let (start, end) = (period.start().date(), period.end().date());
    let months = i32::from(end.year() - start.year()) * 12 + i32::from(end.month() - start.month());
    match months {
        _ if !period.is_whole_months() => format!("{start}/{end}"),
        1 => format!("{:04}-{:02}", start.year(), start.month()),
        3 if start.month() % 3 == 1 => format!("{:04}-Q{}", start.year(), (start.month() + 2) / 3),
        12 if start.month() == 1 => format!("{:04}", start.year()),
        _ => format!("{start}/{end}"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_grain_that_the_period_lies_in_divides_nothing() {
        let april = Period::month_of(date(2026, 4, 1));
        let one = |grain: Grain, period: Period| is_one_value(&Dimension::Time(grain), period);
        assert!([Grain::Month, Grain::Quarter, Grain::Year].iter().all(|grain| one(*grain, april)));
        assert!(
            ![Grain::IsoWeek, Grain::Day, Grain::WeekPart].iter().any(|grain| one(*grain, april))
        );
        let spring = Period::of_days(date(2026, 3, 1), date(2026, 5, 1)).unwrap();
        assert!(!one(Grain::Month, spring) && !one(Grain::Quarter, spring));
        let week = Period::of_days(date(2026, 4, 6), date(2026, 4, 13)).unwrap();
        assert!(one(Grain::IsoWeek, week) && !is_one_value(&Dimension::Workload, week));
    }

    #[test]
    fn a_period_is_named_as_readers_name_it() {
        let named = |from: Date, to: Date| period_name(Period::of_days(from, to).unwrap());
        assert_eq!(named(date(2026, 4, 1), date(2026, 5, 1)), "2026-04");
        assert_eq!(named(date(2026, 10, 1), date(2027, 1, 1)), "2026-Q4");
        assert_eq!(named(date(2026, 1, 1), date(2027, 1, 1)), "2026");
        assert_eq!(named(date(2026, 2, 1), date(2026, 5, 1)), "2026-02-01/2026-05-01");
        assert_eq!(named(date(2026, 4, 3), date(2026, 4, 10)), "2026-04-03/2026-04-10");
    }
}
