//! Reads what telemetry measured of the resources that checks look at, over the window that the table of metrics names.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use rust_decimal::Decimal;
use wherefore_analysis::{
    savings::{Check, Estate, Find, Telemetry},
    telemetry::{Names, Reading, Signals, Summary},
};
use wherefore_contract::{
    metrics::{MetricBy, MetricGrain, MetricQuery},
    period::Period,
    ports::MetricStore,
    table::Table,
    tool::FactTable,
};

use super::Request;
use crate::{refuse::Refusal, serve::Tools};

// Rows of metrics that are read; an estate of more is read in part and said to be.
const ROW_LIMIT: u32 = 200_000;
const HOURS_OF_WEEK: usize = 168;
const DAYS_OF_WEEK: u32 = 7;

/// What was measured, and where it was read.
pub(super) struct Read {
    pub(super) telemetry: Telemetry,
    pub(super) period: Period,
    pub(super) table: FactTable,
}

/// `None` where no metric that a check reads is loaded.
pub(super) async fn read(
    tools: &Tools,
    request: &Request,
    estate: &Estate,
) -> Result<Option<Read>, Refusal> {
    let Some(store) = tools.costs.metrics() else { return Ok(None) };
    let checks = request.checks();
    let signals = request.rules.signals(&checks);
    if signals.is_empty() {
        return Ok(None);
    }
    let table = &tools.rules.signals;
    let loaded = store.names(&tools.scope).await?;
    let loaded = &loaded.table;
    let loaded: Vec<&str> =
        (0..loaded.rows.len()).filter_map(|row| loaded.text(row, "metric")).collect();
    let signals: Vec<&str> = signals.into_iter().collect();
    let metrics: BTreeSet<&str> = table.wanted(&loaded, &signals).into_iter().collect();
    let Some(period) = window(request.period, table).filter(|_| !metrics.is_empty()) else {
        return Ok(None);
    };
    let reading = Reader { store, tools, table, period, names: names(estate) };
    let metrics: Vec<String> = metrics.into_iter().map(str::to_owned).collect();
    let found = reading.query(metrics.clone(), Vec::new(), MetricGrain::Whole).await?;
    let summaries: Vec<Summary> =
        (0..found.table.rows.len()).map(|row| summary(&found.table, row)).collect();
    let readings = table.readings(&summaries, &reading.names);
    let quiet_hours = reading.quiet_hours(&checks, estate, &summaries, &metrics).await?;
    let telemetry = Telemetry { readings, quiet_hours, least_days: table.window.least_days };
    Ok(Some(Read { telemetry, period, table: found }))
}

fn window(month: Period, table: &Signals) -> Option<Period> {
    let until = month.end().date();
    let first = until.checked_sub(i64::from(table.window.days).days()).ok()?;
    Period::of_days(first, until).ok()
}

fn names(estate: &Estate) -> Names {
    let lines = estate.lines.iter().filter(|line| !line.resource_id.is_empty());
    let resources: BTreeSet<(&str, &str)> =
        lines.map(|line| (line.resource_id.as_str(), line.sub_account.as_str())).collect();
    Names::of(resources)
}

struct Reader<'a> {
    store: &'a dyn MetricStore,
    tools: &'a Tools,
    table: &'a Signals,
    period: Period,
    names: Names,
}

impl Reader<'_> {
    async fn query(
        &self,
        metrics: Vec<String>,
        resources: Vec<String>,
        grain: MetricGrain,
    ) -> Result<FactTable, Refusal> {
        let query = MetricQuery {
            period: self.period,
            metrics,
            resources,
            workloads: Vec::new(),
            by: MetricBy::Resource,
            grain,
            limit: Some(ROW_LIMIT),
        };
        Ok(self.store.summaries(&query, &self.tools.scope).await?)
    }

    // How many hours of the week each machine outside production has nothing to do; of those whose hours are all
    // measured.
    async fn quiet_hours(
        &self,
        checks: &[&Check],
        estate: &Estate,
        summaries: &[Summary],
        loaded: &[String],
    ) -> Result<BTreeMap<String, u32>, Refusal> {
        let bounds = checks.iter().find_map(|check| {
            let Find::QuietHours { cpu_most, network_most, .. } = &check.find else { return None };
            Some((*cpu_most, *network_most))
        });
        let Some(bounds) = bounds else { return Ok(BTreeMap::new()) };
        let machines: BTreeSet<&str> = estate
            .lines
            .iter()
            .filter(|line| line.usage_type.contains("BoxUsage:"))
            .map(|line| line.resource_id.as_str())
            .collect();
        let ids: BTreeSet<&str> = summaries
            .iter()
            .map(|summary| (summary.resource_id.as_str(), summary.sub_account.as_str()))
            .filter(|(id, account)| {
                self.names.find(id, account).is_some_and(|id| machines.contains(id))
            })
            .map(|(id, _)| id)
            .collect();
        let names: Vec<&str> = loaded.iter().map(String::as_str).collect();
        let metrics = self.table.wanted(&names, &["cpu", "network"]);
        if ids.is_empty() || metrics.is_empty() {
            return Ok(BTreeMap::new());
        }
        let metrics = metrics.into_iter().map(str::to_owned).collect();
        let ids = ids.into_iter().map(str::to_owned).collect();
        let found = self.query(metrics, ids, MetricGrain::HourOfWeek).await?;
        Ok(self.quiet(&found.table, bounds))
    }

    fn quiet(
        &self,
        table: &Table,
        (cpu_most, network_most): (Decimal, Decimal),
    ) -> BTreeMap<String, u32> {
        // The network of an hour is the mean over the weeks: how fine its points are, nobody says.
        let weeks = Decimal::from(self.table.window.days) / Decimal::from(DAYS_OF_WEEK);
        let mut hours: BTreeMap<String, Vec<Summary>> = BTreeMap::new();
        for row in 0..table.rows.len() {
            let hour = table.text(row, "hour_of_week").unwrap_or_default().to_owned();
            hours.entry(hour).or_default().push(hourly(table, row));
        }
        let mut measured: BTreeMap<String, (usize, u32)> = BTreeMap::new();
        for summaries in hours.values() {
            for (id, signals) in self.table.readings(summaries, &self.names) {
                let Some(cpu) = signals.get("cpu") else { continue };
                let traffic = signals.get("network").map(|network| network.sum);
                let is_quiet = cpu.peak <= cpu_most
                    && traffic.is_none_or(|bytes| bytes <= network_most * weeks);
                let held = measured.entry(id).or_default();
                held.0 += 1;
                held.1 += u32::from(is_quiet);
            }
        }
        let whole = measured.into_iter().filter(|(_, (hours, _))| *hours == HOURS_OF_WEEK);
        whole.map(|(id, (_, quiet))| (id, quiet)).collect()
    }
}

fn summary(table: &Table, row: usize) -> Summary {
    let number = |column: &str| table.number(row, column).unwrap_or_default();
    let figures = Reading {
        series: 1,
        days: u32::try_from(number("days_with_data")).unwrap_or_default(),
        average: number("average"),
        peak: number("maximum"),
        p99_5: number("p99_5"),
        sum: number("sum"),
        busiest_day: number("busiest_day"),
    };
    Summary { minimum: number("minimum"), figures, ..named(table, row) }
}

fn hourly(table: &Table, row: usize) -> Summary {
    let number = |column: &str| table.number(row, column).unwrap_or_default();
    let figures = Reading {
        series: 1,
        average: number("average"),
        peak: number("maximum"),
        sum: number("sum"),
        ..Reading::default()
    };
    Summary { minimum: number("minimum"), figures, ..named(table, row) }
}

fn named(table: &Table, row: usize) -> Summary {
    let text = |column: &str| table.text(row, column).unwrap_or_default().to_owned();
    Summary {
        metric: text("metric"),
        state: text("state"),
        resource_id: text("resource_id"),
        sub_account: text("sub_account"),
        region: text("region"),
        ..Summary::default()
    }
}
