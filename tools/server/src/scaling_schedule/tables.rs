//! Writes schedules as tables of facts: verdict, schedule, hours, and what they were computed from.

use jiff::ToSpan as _;
use rust_decimal::{Decimal, prelude::FromPrimitive};
use wherefore_analysis::{Scaling, ScalingRules, seasonality::Block, seasonality::HourOfWeek};
use wherefore_contract::{
    filter::Filter, period::Period, table::Column, tool::FactTable, unit::Unit,
};

use super::read::{Read, Units};
use crate::fact_table::{Row, cell, computed};

const SOURCE: &str = "computed:seasonality";
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
// Digits of demand and of units, which are statistics.
const DIGITS: u32 = 2;

/// One workload and what was found of it.
pub(super) struct Judged<'a> {
    pub(super) workload: &'a str,
    /// Whether its transactions are counted by the hour.
    pub(super) counted: bool,
    pub(super) fleet: &'a Units,
    pub(super) scaling: Scaling,
}

impl Judged<'_> {
    /// The verdict in one word.
    fn state(&self) -> &'static str {
        match (self.counted, self.fleet.unit.is_empty()) {
            (false, _) => "daily_counts",
            (true, true) => "no_usage",
            (true, false) => self.scaling.verdict.name(),
        }
    }

    fn saving(&self) -> Decimal {
        self.scaling.saving.map(|saving| saving.monthly).unwrap_or_default()
    }
}

/// Everything that was read and found.
pub(super) struct Story<'a> {
    pub(super) rules: &'a ScalingRules,
    pub(super) window: Option<Period>,
    /// The condition on the workload, where one is named.
    pub(super) filters: Vec<Filter>,
    pub(super) read: &'a Read,
    pub(super) found: Vec<Judged<'a>>,
}

impl Story<'_> {
    /// `verdict` answers: one row a workload, what saves most first; `schedule` holds the blocks.
    pub(super) fn tables(mut self) -> Vec<FactTable> {
        self.found.sort_by(|left, right| {
            right.saving().cmp(&left.saving()).then_with(|| left.workload.cmp(right.workload))
        });
        let mut tables = vec![self.verdict(), self.schedule()];
        if let [only] = self.found.as_slice() {
            tables.push(self.hours(only));
        }
        tables.retain(|table| !table.table.rows.is_empty());
        tables
    }

    fn table(&self, name: &str, columns: Vec<Column>, rows: Vec<Row>) -> FactTable {
        let read = self.read.charges.as_ref();
        FactTable {
            statement: read.and_then(|table| table.statement.clone()),
            parameters: read.map(|table| table.parameters.clone()).unwrap_or_default(),
            period: self.window,
            filters: self.filters.clone(),
            data_as_of: read.and_then(|table| table.data_as_of.clone()),
            ..computed(name, SOURCE, columns, rows)
        }
    }

    fn money(&self) -> Unit {
        self.read.currency.clone().unwrap_or_else(|| Unit::Quantity("currency".to_owned()))
    }

    // Units of the fleets; where workloads differ, each row names its own.
    fn units(&self, name: &str) -> Column {
        let mut units: Vec<&str> = self
            .found
            .iter()
            .map(|held| held.fleet.unit.as_str())
            .filter(|unit| !unit.is_empty())
            .collect();
        units.sort_unstable();
        units.dedup();
        match units.as_slice() {
            [only] => Column::measure(name, Unit::parse(only)),
            _ => Column::measure_by(name, "capacity_unit"),
        }
    }

    fn schedule(&self) -> FactTable {
        let columns = vec![
            Column::dimension("workload"),
            Column::dimension("days"),
            Column::time("from_hour"),
            Column::time("to_hour"),
            self.units("min_capacity"),
            self.units("max_capacity"),
            self.units("running_capacity"),
            Column::measure("expected_transactions", transactions()),
            Column::dimension("capacity_unit"),
        ];
        let rows = self
            .found
            .iter()
            .flat_map(|held| held.scaling.blocks.iter().map(|block| block_row(held, block)));
        self.table("schedule", columns, rows.collect())
    }

    fn verdict(&self) -> FactTable {
        let hours = || Unit::Count("hours".to_owned());
        let money = |name: &str| Column::measure(name, self.money());
        let percent = |name: &str| Column::measure(name, Unit::Percent);
        let columns = vec![
            Column::dimension("workload"),
            Column::dimension("state"),
            money("monthly_saving"),
            money("low"),
            money("high"),
            money("monthly_cost"),
            percent("seasonal_strength"),
            percent("breach_share"),
            Column::measure("breach_hours", hours()),
            Column::measure("reduced_hours", hours()),
            money("backtest_saving"),
            Column::time("backtest_week"),
            Column::measure("weeks_used", Unit::Count("weeks".to_owned())),
            Column::measure("days_left_out", Unit::Count("days".to_owned())),
            Column::measure("served_per_unit", transactions()),
            percent("committed_share"),
            percent("headroom"),
            percent("demand_quantile"),
            Column::dimension("usage_grain"),
            Column::dimension("capacity_unit"),
        ];
        let rows = self.found.iter().map(|held| self.verdict_row(held)).collect();
        self.table("verdict", columns, rows)
    }

    fn verdict_row(&self, held: &Judged<'_>) -> Row {
        let Scaling { saving, backtest, strength, throughput, weeks, left_out, .. } = &held.scaling;
        let money = |value: Decimal| cell(value.normalize());
        let count = |value: u32| cell(value);
        let breach = backtest.and_then(|test| {
            let share = Decimal::from(test.breaches) * Decimal::ONE_HUNDRED;
            share
                .checked_div(Decimal::from(test.hours))
                .and_then(|share| cell(share.round_dp(4).normalize()))
        });
        vec![
            cell(held.workload),
            cell(held.state()),
            saving.and_then(|saving| money(saving.monthly)),
            saving.and_then(|saving| money(saving.low)),
            saving.and_then(|saving| money(saving.high)),
            saving.and_then(|saving| money(saving.cost)),
            strength.and_then(percent_of),
            breach,
            backtest.and_then(|test| count(test.breaches)),
            backtest.and_then(|test| count(test.reduced)),
            backtest.and_then(|test| money(test.saved)),
            backtest.and_then(|test| cell(test.monday)),
            cell(weeks),
            cell(left_out.len()),
            throughput.and_then(number),
            held.fleet
                .committed_percent()
                .and_then(|share| cell(share.round_dp(DIGITS).normalize())),
            percent_of(self.rules.headroom),
            percent_of(self.rules.quantile),
            cell(if held.fleet.is_daily { "day" } else { "hour" }),
            cell(&held.fleet.unit),
        ]
    }

    // The 168 hours of the week.
    fn hours(&self, held: &Judged<'_>) -> FactTable {
        let demand = |name: &str| Column::measure(name, transactions());
        let columns = vec![
            Column::dimension("weekday"),
            Column::dimension("hour_of_day"),
            demand("expected_transactions"),
            demand("expected_transactions_low"),
            demand("expected_transactions_high"),
            self.units("needed_capacity"),
            self.units("running_capacity"),
            Column::dimension("capacity_unit"),
        ];
        let rows = held.scaling.hours.iter().map(|hour| hour_row(held, hour)).collect();
        let span = held
            .scaling
            .span
            .and_then(|(first, last)| Period::of_days(first, last.saturating_add(7.days())).ok());
        FactTable { period: span.or(self.window), ..self.table("hours", columns, rows) }
    }
}

fn transactions() -> Unit {
    Unit::Count("transactions".to_owned())
}

fn number(value: f64) -> Option<String> {
    Decimal::from_f64(value).map(|value| value.round_dp(DIGITS).normalize().to_string())
}

fn percent_of(share: f64) -> Option<String> {
    number(share * 100.0)
}

fn clock(hour: usize) -> Option<String> {
    cell(format!("{hour:02}:00"))
}

fn block_row(held: &Judged<'_>, block: &Block) -> Row {
    vec![
        cell(held.workload),
        days_of(block),
        clock(block.from_hour),
        clock(block.to_hour),
        cell(block.min_units),
        cell(block.max_units),
        number(block.running),
        number(block.expected),
        cell(&held.fleet.unit),
    ]
}

// `Monday`, or `Monday-Friday`.
fn days_of(block: &Block) -> Option<String> {
    let (first, last) = (WEEKDAYS.get(block.first_day)?, WEEKDAYS.get(block.last_day)?);
    if first == last { cell(first) } else { cell(format!("{first}-{last}")) }
}

fn hour_row(held: &Judged<'_>, hour: &HourOfWeek) -> Row {
    vec![
        WEEKDAYS.get(hour.hour / 24).and_then(cell),
        cell(hour.hour % 24),
        number(hour.expected),
        number(hour.low),
        number(hour.high),
        cell(hour.needed),
        number(hour.running),
        cell(&held.fleet.unit),
    ]
}
