//! From the figures of all files of a snapshot to its description, its catalog and its identities.

mod catalog;
mod identities;
mod notices;

use std::collections::BTreeMap;

pub(crate) use self::notices::{counted, some_of, source_of};
use jiff::civil::Date;
use wherefore_contract::{
    budget::Budget,
    cost::Measure,
    period::Period,
    quality::{CallCoverage, CostDescription, DimensionFill, LoadedPeriod, Notice},
};

use crate::{
    counted::transactions::{self, Counts},
    manifest::{Catalog, ChargeFile, PeriodKey},
    moment,
    report::IdentityCheck,
    stats::{ChargeStats, Values, joined},
};

const HOUR_MICROS: i64 = 3_600_000_000;
/// Values of one dimension that are kept over all files; beyond it they are only counted.
const VALUES_KEPT: usize = 20_000;

/// What a snapshot holds.
pub(crate) struct Content<'a> {
    pub(crate) snapshot: &'a str,
    pub(crate) workload_tag: &'a str,
    pub(crate) files: &'a [(ChargeFile, ChargeStats)],
    pub(crate) counts: &'a Counts,
    pub(crate) calls: Vec<CallCoverage>,
    pub(crate) budgets: Vec<Budget>,
    /// Restatements of this and former loads.
    pub(crate) restated: Vec<Notice>,
}

/// What follows from it.
pub(crate) struct Described {
    pub(crate) description: CostDescription,
    pub(crate) catalog: Catalog,
    pub(crate) identities: Vec<IdentityCheck>,
}

/// Describes a snapshot. The same files give the same description.
pub(crate) fn describe(content: &Content<'_>) -> Described {
    let mut periods: BTreeMap<PeriodKey, ChargeStats> = BTreeMap::new();
    for (file, stats) in content.files {
        periods.entry(file.key.clone()).or_default().merge(stats);
    }
    let values = merged_values(content);
    let loaded: Vec<LoadedPeriod> =
        periods.iter().map(|(key, stats)| loaded_period(key, stats)).collect();
    let identities = identities::check(&periods);
    let has_charges = |workload: &str| {
        let carried = values.get("workload");
        carried.is_some_and(|values| {
            values.counts.keys().any(|value| value.eq_ignore_ascii_case(workload))
        })
    };
    let covered = transactions::coverage(content.counts, &has_charges);
    let mut notices = notices::collect(content, &periods, &loaded, &identities, &covered, &values);
    notices.extend(content.restated.iter().cloned());
    notices.sort();
    notices.dedup();
    let rows = periods.values().map(|stats| stats.rows).sum();
    let span = periods.values().fold(None, |span, stats| joined(span, stats.ordinary));
    let mut currencies: Vec<String> = periods
        .values()
        .flat_map(|stats| stats.sums.keys().filter(|code| !code.is_empty()).cloned())
        .collect();
    currencies.sort();
    currencies.dedup();
    let mut providers: Vec<String> =
        periods.keys().map(|key| key.provider.clone()).filter(|name| !name.is_empty()).collect();
    providers.sort();
    providers.dedup();
    let mut formats: Vec<String> = content
        .files
        .iter()
        .filter_map(|(_, stats)| stats.source.as_ref().map(|notes| notes.layout.to_string()))
        .collect();
    formats.sort();
    formats.dedup();
    let description = CostDescription {
        snapshot: content.snapshot.to_owned(),
        rows,
        coverage: span.and_then(period_of),
        periods: loaded,
        billing_currencies: currencies,
        providers,
        dimensions: fills(&values, rows),
        workload_tag: content.workload_tag.to_owned(),
        transactions: covered,
        calls: content.calls.clone(),
        budgets: content.budgets.clone(),
        default_cost: default_cost(&periods),
        notices,
        formats,
        identities: identities::states(&identities, &periods),
        discounts: identities::discounts(&periods),
    };
    let catalog = catalog::of(content, &values);
    Described { description, catalog, identities }
}

fn merged_values(content: &Content<'_>) -> BTreeMap<String, Values> {
    let mut merged: BTreeMap<String, Values> = BTreeMap::new();
    for (_, stats) in content.files {
        for (dimension, values) in &stats.values {
            let mine = merged.entry(dimension.clone()).or_default();
            mine.cut |= values.cut;
            let mut counted = 0;
            for (value, rows) in &values.counts {
                mine.add(value, *rows, VALUES_KEPT);
                counted += rows;
            }
            mine.filled += values.filled.saturating_sub(counted);
        }
    }
    let workload = merged.get(&format!("tag:{}", content.workload_tag)).cloned();
    if let Some(values) = workload {
        merged.insert("workload".to_owned(), values);
    }
    merged
}

fn fills(values: &BTreeMap<String, Values>, rows: u64) -> Vec<DimensionFill> {
    values
        .iter()
        .filter(|(_, values)| values.filled > 0)
        .map(|(dimension, values)| DimensionFill {
            dimension: dimension.clone(),
            distinct: values.counts.len() as u64,
            filled_percent: percent(i128::from(values.filled), i128::from(rows)),
        })
        .collect()
}

/// A share in percent to two digits, half away from zero; empty when the whole is zero.
pub(crate) fn percent(part: i128, whole: i128) -> String {
    if whole == 0 {
        return String::new();
    }
    // Costs are scaled by 10^18; four more digits fit as long as they stay below 10^16 units.
    let hundredths = part.saturating_mul(100_000).div_euclid(whole);
    let rounded = (hundredths + 5).div_euclid(10);
    let sign = if rounded < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", rounded.abs() / 100, rounded.abs() % 100)
}

fn period_of((start, end): (i64, i64)) -> Option<Period> {
    // Up to the end of the hour, for feeds whose charges end within one.
    let end = (end + HOUR_MICROS - 1).div_euclid(HOUR_MICROS) * HOUR_MICROS;
    Period::new(moment::datetime_of(start)?, moment::datetime_of(end)?).ok()
}

fn loaded_period(key: &PeriodKey, stats: &ChargeStats) -> LoadedPeriod {
    let month = Period::month_of(key.billing_period);
    let inside = |day: &Date| month.start().date() <= *day && *day < month.end().date();
    let last = stats.days.iter().copied().filter(inside).max();
    let mut missing = Vec::new();
    let mut day = key.billing_period.first_of_month();
    while last.is_some_and(|last| day < last) {
        if !stats.days.contains(&day) {
            missing.push(day);
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    let end = moment::micros_of_date(month.end().date());
    let reached = stats.ordinary.is_some_and(|(_, last)| last >= end);
    LoadedPeriod {
        provider: key.provider.clone(),
        billing_account: key.billing_account.clone(),
        billing_period: key.billing_period,
        rows: stats.rows,
        coverage: stats.ordinary.and_then(period_of),
        complete: reached && missing.is_empty(),
        missing_days: missing,
    }
}

// "Cost" without a qualifier is what the invoice says. Effective cost stands in only where nothing
// is billed at all, because it is the one metric that real feeds round, zero or leave out.
fn default_cost(periods: &BTreeMap<PeriodKey, ChargeStats>) -> Option<Measure> {
    let present = |name: &str| {
        periods
            .values()
            .any(|stats| stats.metrics.get(name).is_some_and(|metric| metric.present > 0))
    };
    if present("billed_cost") {
        Some(Measure::BilledCost)
    } else {
        present("effective_cost").then_some(Measure::EffectiveCost)
    }
}
