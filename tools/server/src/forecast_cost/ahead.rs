//! Forecasts of days beyond the running month: a model that was tried on the past, and fees at their day.

use std::ops::Range;

use jiff::civil::Date;
use wherefore_analysis::{Outlook, OutlookSettings, look_ahead};
use wherefore_contract::{
    Decimal,
    cost::Measure,
    period::Period,
    quality::CostDescription,
    table::Column,
    tool::{FactTable, Found},
    unit::Unit,
};

use super::{
    Args,
    daily::{Daily, Series, date_of, query},
    period_name,
};
use crate::{
    answered::{Touched, answered},
    fact_table::{Row, cell, computed, nothing},
    refuse::Refusal,
    serve::Tools,
};

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
    /// `None` where the period ends with the running month of which some days are loaded, or nothing is loaded
    /// before it.
    pub(super) fn of(args: &Args, description: &CostDescription) -> Option<Self> {
        let coverage = description.coverage?;
        let reached = coverage.end().date();
        let today = args.as_of.unwrap_or(reached);
        let month_end = Period::month_of(today).end().date();
        // A running month without a loaded day has no pace of its own.
        let has_pace = reached > args.period.start().date();
        let ends_in_month = args.period.end().date() <= month_end;
        if args.basis.is_some()
            || (ends_in_month && (has_pace || args.period.end().date() <= today))
        {
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

    fn first(&self) -> Date {
        self.history.start().date()
    }

    // The days of a period, counted from the first learned one.
    fn range(&self, period: Period) -> Range<usize> {
        let before = Period::of_days(self.first(), period.start().date());
        let start = before.map_or(0, Period::days);
        let count = |days: i64| usize::try_from(days).unwrap_or_default();
        count(start)..count(start + period.days())
    }

    // The rows that are asked for: one for the period, or one for each of its months, with the loaded days of each and
    // those to come.
    fn parts(&self, asked: Period, by_month: bool) -> Vec<Part> {
        let whole = Part { period: asked, known: self.known, coming: Some(self.coming) };
        if !by_month || !asked.is_whole_months() {
            return vec![whole];
        }
        let mut parts = Vec::new();
        let mut day = asked.start().date();
        while day < asked.end().date() {
            let month = Period::month_of(day);
            let within = |held: Period| {
                let start = held.start().date().max(month.start().date());
                Period::of_days(start, held.end().date().min(month.end().date())).ok()
            };
            let known = self.known.and_then(within);
            parts.push(Part { period: month, known, coming: within(self.coming) });
            day = month.end().date();
        }
        parts
    }
}

/// One row's time.
#[derive(Debug, Clone, Copy)]
struct Part {
    period: Period,
    /// Its loaded days.
    known: Option<Period>,
    /// Its days to come.
    coming: Option<Period>,
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
    let query = query(measure, &args.filters, &args.dimensions, ahead.history, description);
    let read = tools.costs.query(&query, &tools.scope).await?;
    let daily =
        Daily { read: &read, measure, dimensions: &args.dimensions, history: ahead.history };
    let story = Story { args, measure, ahead, daily };
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

/// What one row is expected to cost.
struct Expected {
    known: Decimal,
    total: Decimal,
    /// Its ends.
    band: [Decimal; 2],
    /// What the model says of the days to come; `None` where there are none.
    outlook: Option<Outlook>,
}

struct Story<'a> {
    args: &'a Args,
    measure: &'a Measure,
    ahead: &'a Ahead,
    daily: Daily<'a>,
}

impl Story<'_> {
    // The dearest to be first; months of one name in their order.
    fn rows(&self, settings: &OutlookSettings) -> Vec<Row> {
        let mut told: Vec<(Decimal, Vec<Row>)> = Vec::new();
        for (names, series) in self.daily.series() {
            let mut sum = Decimal::ZERO;
            let mut rows = Vec::new();
            for part in self.ahead.parts(self.args.period, self.args.by_month()) {
                let Some(expected) = self.expected(&series, &part, settings) else { continue };
                sum += expected.total;
                rows.push(self.row(&names, &part, &expected));
            }
            told.push((sum, rows));
        }
        told.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
        told.into_iter().flat_map(|(_, rows)| rows).collect()
    }

    fn expected(
        &self,
        series: &Series,
        part: &Part,
        settings: &OutlookSettings,
    ) -> Option<Expected> {
        let known = part.known.map(|days| self.ahead.range(days)).unwrap_or_default();
        let known: Decimal = series.known(&known).iter().sum();
        let Some(coming) = part.coming else {
            return Some(Expected { known, total: known, band: [known; 2], outlook: None });
        };
        let days = self.ahead.range(coming);
        let outlook = look_ahead(&series.running, self.ahead.first(), &days, settings)?;
        let beside: Decimal = series.monthly(self.ahead.first(), &days).iter().sum();
        let apart = known + beside;
        Some(Expected {
            known,
            total: outlook.expected + apart,
            band: [outlook.low + apart, outlook.high + apart],
            outlook: Some(outlook),
        })
    }

    fn row(&self, names: &Row, part: &Part, told: &Expected) -> Row {
        let exact = |value: Decimal| cell(value.normalize());
        let error = told.outlook.map(|outlook| {
            Decimal::try_from(outlook.error * 100.0).unwrap_or_default().round_dp(2)
        });
        let [low, high] = told.band;
        let mut cells = vec![cell(period_name(part.period))];
        cells.extend(names.iter().cloned());
        cells.extend([
            exact(told.known),
            cell(part.known.map_or(0, Period::days)),
            cell(part.period.days()),
            exact(told.total),
            exact(low),
            exact(high),
            error.and_then(exact),
            cell(self.ahead.history.days()),
            cell(told.outlook.map_or("actual", |outlook| outlook.model.name())),
        ]);
        cells
    }

    fn table(&self, rows: Vec<Row>) -> FactTable {
        let names = self.daily.names();
        let own = self.daily.read.table.column(&self.measure.column_name()).cloned();
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
        let mut table = computed("forecast", &self.daily.read.source, columns, rows);
        self.settle(&mut table);
        table.complete = true;
        table
    }

    // The daily course that is learned from.
    fn days(&self) -> FactTable {
        let count = usize::try_from(self.ahead.history.days()).unwrap_or_default();
        let mut by_day = vec![Decimal::ZERO; count];
        for series in self.daily.series().values() {
            for (day, sum) in by_day.iter_mut().enumerate() {
                *sum += series.running.get(day).copied().unwrap_or_default();
                *sum += series.beside.get(day).copied().unwrap_or_default();
            }
        }
        let name = self.measure.column_name();
        let unit = self.daily.read.table.unit(0, &name);
        let unit = unit.unwrap_or_else(|| Unit::Count("rows".to_owned()));
        let rows = by_day.iter().enumerate();
        let rows = rows.map(|(day, cost)| {
            vec![cell(date_of(self.ahead.first(), day)), cell(cost.normalize())]
        });
        let columns = vec![Column::time("day"), Column::measure(name, unit)];
        let mut table = computed("days", &self.daily.read.source, columns, rows.collect());
        self.settle(&mut table);
        table.period = Some(self.ahead.history);
        table
    }

    fn settle(&self, table: &mut FactTable) {
        table.statement.clone_from(&self.daily.read.statement);
        table.parameters.clone_from(&self.daily.read.parameters);
        table.period = Some(self.args.period);
        table.filters.clone_from(&self.args.filters);
        table.data_as_of.clone_from(&self.daily.read.data_as_of);
    }
}
