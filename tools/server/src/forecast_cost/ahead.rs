//! Forecasts of days beyond the running month: a model that was tried on the past, and fees at their day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use wherefore_analysis::{Outlook, OutlookSettings, look_ahead};
use wherefore_contract::{
    Decimal,
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension, Grain},
    period::Period,
    quality::CostDescription,
    table::{Column, ColumnKind},
    tool::{FactTable, Found},
    unit::Unit,
};

use super::{Args, period_name};
use crate::{
    answered::{Touched, answered},
    fact_table::{Row, cell, computed, nothing},
    operating::{is_filled, is_operating},
    refuse::Refusal,
    serve::Tools,
};

const CATEGORY: &str = "charge_category";
// So many times a day of the month is looked back at, and seen at least, to tell what comes every month.
const MONTHS: usize = 3;
const LEAST_MONTHS: usize = 2;

/// The days of a forecast that lies ahead.
pub(super) struct Ahead {
    /// Loaded days that the models learn from.
    history: Period,
    /// Days of the period that are loaded already.
    known: Option<Period>,
    /// Days that are forecast.
    coming: Period,
}

impl Ahead {
    /// `None` where the period ends with the running month, or nothing is loaded before it.
    pub(super) fn of(args: &Args, description: &CostDescription) -> Option<Self> {
        let coverage = description.coverage?;
        let reached = coverage.end().date();
        let today = args.as_of.unwrap_or(reached);
        let month_end = Period::month_of(today).end().date();
        if args.basis.is_some() || args.period.end().date() <= month_end {
            return None;
        }
        let until = today.min(reached);
        let history = Period::of_days(coverage.start().date(), until).ok()?;
        let start = args.period.start().date();
        Some(Self {
            history,
            known: Period::of_days(start.max(coverage.start().date()), until).ok(),
            coming: Period::of_days(start.max(until), args.period.end().date()).ok()?,
        })
    }

    fn date(&self, day: usize) -> Date {
        let span = jiff::Span::new().days(i64::try_from(day).unwrap_or(i64::MAX));
        self.history.start().date().saturating_add(span)
    }

    fn range(&self) -> std::ops::Range<usize> {
        let before = Period::of_days(self.history.start().date(), self.coming.start().date());
        let start = before.map_or(0, Period::days);
        let count = |days: i64| usize::try_from(days).unwrap_or_default();
        count(start)..count(start + self.coming.days())
    }
}

/// The daily amounts of one row: what runs, and what stands beside it.
#[derive(Default)]
struct Series {
    running: Vec<Decimal>,
    beside: Vec<Decimal>,
}

pub(super) async fn run(
    tools: &Tools,
    args: &Args,
    measure: &Measure,
    ahead: &Ahead,
    description: &CostDescription,
    searched: String,
) -> Result<Found, Refusal> {
    let settings = tools.rules.outlook;
    let category = Dimension::Column(FocusDimension::ChargeCategory);
    let beside = is_filled(description, &category).then_some(category);
    let day = Dimension::Time(Grain::Day);
    let query = CostQuery {
        dimensions: std::iter::once(day)
            .chain(beside)
            .chain(args.dimensions.iter().cloned())
            .collect(),
        filters: args.filters.clone(),
        period: Some(ahead.history),
        ..CostQuery::total(measure.clone())
    };
    let read = tools.costs.query(&query, &tools.scope).await?;
    let story = Story { args, measure, ahead, read: &read };
    let rows = story.rows(&settings);
    let touched = Touched {
        measures: std::slice::from_ref(measure),
        dimensions: &args.dimensions,
        filters: &args.filters,
        periods: &[ahead.history],
    };
    if rows.is_empty() {
        let (days, needed) = (ahead.history.days(), settings.least_days);
        let why = if usize::try_from(days).is_ok_and(|days| days < needed) {
            format!("{days} days are loaded before it, {needed} are needed")
        } else {
            format!("no charge of {} tells what it will cost", ahead.history)
        };
        return Ok(Found {
            notices: touched.notices(description),
            ..nothing(format!("{searched}; {why}"))
        });
    }
    let mut tables = vec![story.table(rows)];
    if args.dimensions.is_empty() {
        tables.push(story.days());
    }
    answered(tools, &touched, description, tables, searched)
}

struct Story<'a> {
    args: &'a Args,
    measure: &'a Measure,
    ahead: &'a Ahead,
    read: &'a FactTable,
}

impl Story<'_> {
    // The names of rows, without the day and the kind of charge.
    fn names(&self) -> Vec<String> {
        let columns = self.read.table.columns.iter();
        let naming = columns.filter(|column| {
            column.kind != ColumnKind::Measure
                && column.name != "day"
                && !self.is_kind(&column.name)
        });
        naming.map(|column| column.name.clone()).collect()
    }

    // The kind of charge is a name of its own where it is asked for.
    fn is_kind(&self, column: &str) -> bool {
        let asked = self.args.dimensions.iter().any(|dimension| dimension.name() == CATEGORY);
        column == CATEGORY && !asked
    }

    fn series(&self) -> BTreeMap<Row, Series> {
        let table = &self.read.table;
        let count = usize::try_from(self.ahead.history.days()).unwrap_or_default();
        let places: BTreeMap<String, usize> =
            (0..count).map(|day| (self.ahead.date(day).to_string(), day)).collect();
        let (names, cost) = (self.names(), self.measure.column_name());
        let mut all: BTreeMap<Row, Series> = BTreeMap::new();
        for row in 0..table.rows.len() {
            let Some(day) = table.text(row, "day").and_then(|day| places.get(day)) else {
                continue;
            };
            let key = names.iter().map(|name| table.text(row, name).map(str::to_owned)).collect();
            let series = all.entry(key).or_insert_with(|| Series {
                running: vec![Decimal::ZERO; count],
                beside: vec![Decimal::ZERO; count],
            });
            let operating = is_operating(table.text(row, CATEGORY), None);
            let days = if operating { &mut series.running } else { &mut series.beside };
            if let Some(sum) = days.get_mut(*day) {
                *sum += table.number(row, &cost).unwrap_or_default();
            }
        }
        all
    }

    // The dearest to be first.
    fn rows(&self, settings: &OutlookSettings) -> Vec<Row> {
        let (first, coming) = (self.ahead.history.start().date(), self.ahead.range());
        let mut rows: Vec<(Decimal, Row)> = Vec::new();
        for (names, series) in self.series() {
            let Some(outlook) = look_ahead(&series.running, first, &coming, settings) else {
                continue;
            };
            let known = self.known(&series);
            let apart = known + self.monthly(&series.beside);
            let expected = outlook.expected + apart;
            rows.push((expected, self.row(names, known, apart, &outlook)));
        }
        rows.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    // What the loaded days of the period cost.
    fn known(&self, series: &Series) -> Decimal {
        let Some(known) = self.ahead.known else { return Decimal::ZERO };
        let inside = |day: usize| {
            let date = self.ahead.date(day);
            known.start().date() <= date && date < known.end().date()
        };
        let days = series.running.iter().zip(&series.beside).enumerate();
        days.filter(|(day, _)| inside(*day)).map(|(_, (running, beside))| running + beside).sum()
    }

    // Credits, taxes, purchases: what came on the same day of the last months comes again, what came but one time
    // does not.
    fn monthly(&self, beside: &[Decimal]) -> Decimal {
        let key = |date: Date| if date == date.last_of_month() { 32 } else { date.day() };
        let mut by_day: BTreeMap<i8, Vec<Decimal>> = BTreeMap::new();
        for (day, amount) in beside.iter().enumerate().rev() {
            let seen = by_day.entry(key(self.ahead.date(day))).or_default();
            if seen.len() < MONTHS {
                seen.push(*amount);
            }
        }
        let again = |seen: &Vec<Decimal>| -> Decimal {
            let mut sorted = seen.clone();
            sorted.sort_unstable_by_key(Decimal::abs);
            let middle = sorted.get((sorted.len().saturating_sub(1)) / 2).copied();
            middle.filter(|_| seen.len() >= LEAST_MONTHS).unwrap_or_default()
        };
        let dates = self.ahead.range().map(|day| key(self.ahead.date(day)));
        dates.filter_map(|key| by_day.get(&key)).map(again).sum()
    }

    fn row(&self, names: Row, known: Decimal, apart: Decimal, outlook: &Outlook) -> Row {
        let exact = |value: Decimal| cell(value.normalize());
        let loaded = self.ahead.known.map_or(0, Period::days);
        let error = Decimal::try_from(outlook.error * 100.0).unwrap_or_default().round_dp(2);
        let mut cells = vec![cell(period_name(self.args.period))];
        cells.extend(names);
        cells.extend([
            exact(known),
            cell(loaded),
            cell(self.args.period.days()),
            exact(outlook.expected + apart),
            exact(outlook.low + apart),
            exact(outlook.high + apart),
            exact(error),
            cell(self.ahead.history.days()),
            cell(outlook.model.name()),
        ]);
        cells
    }

    fn table(&self, rows: Vec<Row>) -> FactTable {
        let names = self.names();
        let own = self.read.table.column(&self.measure.column_name()).cloned();
        let like = |name: &str| match &own {
            Some(own) => Column { name: name.to_owned(), ..own.clone() },
            None => Column::measure(name, Unit::Count("rows".to_owned())),
        };
        let days = |name: &str| Column::measure(name, Unit::Count("days".to_owned()));
        let known = |column: Column| match self.ahead.known {
            Some(known) => column.in_period(known),
            None => column,
        };
        let mut columns = vec![Column::time("period")];
        columns.extend(names.iter().map(Column::dimension));
        columns.extend([
            known(like("actual_to_date")),
            known(days("days_loaded")),
            days("days_total"),
            like("expected"),
            like("low"),
            like("high"),
            Column::measure("backtest_error", Unit::Percent).in_period(self.ahead.history),
            days("days_learned").in_period(self.ahead.history),
            Column::dimension("method"),
        ]);
        let mut table = computed("forecast", &self.read.source, columns, rows);
        self.settle(&mut table);
        table.complete = false;
        table
    }

    // The daily course that is learned from.
    fn days(&self) -> FactTable {
        let count = usize::try_from(self.ahead.history.days()).unwrap_or_default();
        let mut by_day = vec![Decimal::ZERO; count];
        for series in self.series().values() {
            for (day, sum) in by_day.iter_mut().enumerate() {
                *sum += series.running.get(day).copied().unwrap_or_default();
                *sum += series.beside.get(day).copied().unwrap_or_default();
            }
        }
        let name = self.measure.column_name();
        let unit = self.read.table.unit(0, &name);
        let unit = unit.unwrap_or_else(|| Unit::Count("rows".to_owned()));
        let rows = by_day.iter().enumerate();
        let rows = rows.map(|(day, cost)| vec![cell(self.ahead.date(day)), cell(cost.normalize())]);
        let columns = vec![Column::time("day"), Column::measure(name, unit)];
        let mut table = computed("days", &self.read.source, columns, rows.collect());
        self.settle(&mut table);
        table.period = Some(self.ahead.history);
        table
    }

    fn settle(&self, table: &mut FactTable) {
        table.statement.clone_from(&self.read.statement);
        table.parameters.clone_from(&self.read.parameters);
        table.period = Some(self.args.period);
        table.filters.clone_from(&self.args.filters);
        table.data_as_of.clone_from(&self.read.data_as_of);
    }
}
