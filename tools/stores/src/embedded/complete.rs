//! Whether the bills behind a figure are loaded in full: judged by each provider and billing account that the question
//! can reach, because the bill of one says nothing about the bill of another.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use wherefore_contract::{
    cost::{CostQuery, Measure, PeriodBasis},
    dimension::{Dimension, FocusDimension},
    error::StoreError,
    filter::{Filter, FilterOp},
    period::Period,
    quality::{CostDescription, LoadedPeriod, TransactionCoverage},
    scope::Scope,
};

use super::{describe, snapshot::Snapshot};

/// What a question asked, as far as its facts must say.
pub(super) struct Asked<'a> {
    pub(super) periods: &'a [Period],
    pub(super) basis: PeriodBasis,
    pub(super) measures: &'a [Measure],
    pub(super) filters: &'a [Filter],
}

/// A provider and one of its billing accounts.
type Biller = (String, String);

/// Whether everything that the question can reach is loaded for the whole of its periods.
pub(super) async fn is_complete(
    snapshot: &Snapshot,
    scope: &Scope,
    asked: &Asked<'_>,
) -> Result<bool, StoreError> {
    let wants = |measure: &Measure| matches!(measure, Measure::Transactions | Measure::UnitCost);
    let charges = asked.measures.iter().any(|measure| *measure != Measure::Transactions);
    let counts = asked.measures.iter().any(wants);
    if counts && !counts_complete(&snapshot.description, asked) {
        return Ok(false);
    }
    if !charges {
        return Ok(true);
    }
    let verdicts = verdicts(&snapshot.description, asked);
    let unlimited = asked.filters.is_empty() && scope.rows.is_empty();
    let whole = verdicts.values().filter(|complete| **complete).count();
    if unlimited || whole == 0 || whole == verdicts.len() {
        return Ok(!verdicts.is_empty() && whole == verdicts.len());
    }
    // Only where the bills differ does it matter which of them the conditions reach.
    let reached = reached(snapshot, scope, asked).await?;
    let of = |biller: &Biller| verdicts.get(biller).copied().unwrap_or(false);
    Ok(!reached.is_empty() && reached.iter().all(of))
}

// Whether the bills of each biller cover what was asked.
fn verdicts(description: &CostDescription, asked: &Asked<'_>) -> BTreeMap<Biller, bool> {
    let mut bills: BTreeMap<Biller, BTreeMap<Date, &LoadedPeriod>> = BTreeMap::new();
    for loaded in &description.periods {
        let biller = (loaded.provider.clone(), loaded.billing_account.clone());
        let month = loaded.billing_period.first_of_month();
        bills.entry(biller).or_default().insert(month, loaded);
    }
    let newest = bills.values().filter_map(|months| months.keys().last().copied()).max();
    let covers = |months: &BTreeMap<Date, &LoadedPeriod>| {
        if asked.periods.is_empty() {
            return all_complete(months, newest);
        }
        asked.periods.iter().all(|period| match asked.basis {
            PeriodBasis::Charge => {
                months_of(period.start().date(), *period).into_iter().all(|month| {
                    months.get(&month).is_some_and(|loaded| covers_part(loaded, month, *period))
                })
            }
            PeriodBasis::Billing => {
                let starts = months_of(period.start().date(), *period);
                let mut starts =
                    starts.into_iter().filter(|first| overlaps_day(*period, *first)).peekable();
                starts.peek().is_some()
                    && starts.all(|first| months.get(&first).is_some_and(|loaded| loaded.complete))
            }
        })
    };
    bills.iter().map(|(biller, months)| (biller.clone(), covers(months))).collect()
}

// Without a period everything loaded is asked: every month from a biller's first to the newest of any.
fn all_complete(months: &BTreeMap<Date, &LoadedPeriod>, newest: Option<Date>) -> bool {
    let (Some(first), Some(newest)) = (months.keys().next(), newest) else { return false };
    let mut month = *first;
    while month <= newest {
        if !months.get(&month).is_some_and(|loaded| loaded.complete) {
            return false;
        }
        month = Period::month_of(month).end().date();
    }
    true
}

// Whether a bill reaches over the part of a period that lies in its month.
fn covers_part(loaded: &LoadedPeriod, month: Date, period: Period) -> bool {
    let end = Period::month_of(month).end().min(period.end());
    loaded.coverage.is_some_and(|coverage| coverage.end() >= end)
        && !loaded.missing_days.iter().any(|day| overlaps_day(period, *day))
}

// The first days of the months that a period touches.
fn months_of(start: Date, period: Period) -> Vec<Date> {
    let mut months = Vec::new();
    let mut month = Period::month_of(start.first_of_month());
    while month.start() < period.end() {
        months.push(month.start().date());
        let next = Period::month_of(month.end().date());
        if next.start() <= month.start() {
            break;
        }
        month = next;
    }
    months
}

// The billers that have a charge, at any time, for which the conditions of question and scope hold.
async fn reached(
    snapshot: &Snapshot,
    scope: &Scope,
    asked: &Asked<'_>,
) -> Result<BTreeSet<Biller>, StoreError> {
    let keys = [FocusDimension::Provider, FocusDimension::BillingAccountId];
    let mut filters = asked.filters.to_vec();
    if asked.measures.contains(&Measure::UnitCost) {
        // A unit cost divides only what belongs to a workload.
        let dimension = Dimension::Workload;
        filters.push(Filter { dimension, op: FilterOp::NotNull, values: Vec::new() });
    }
    let query = CostQuery {
        dimensions: keys.map(Dimension::Column).to_vec(),
        filters,
        ..CostQuery::total(Measure::Rows)
    };
    let seen = describe::run(snapshot, scope, &query).await?;
    let text = |row, key: FocusDimension| seen.text(row, key.name()).unwrap_or_default().to_owned();
    let [provider, account] = keys;
    Ok((0..seen.rows.len()).map(|row| (text(row, provider), text(row, account))).collect())
}

fn counts_complete(description: &CostDescription, asked: &Asked<'_>) -> bool {
    let named = |coverage: &&TransactionCoverage| {
        asked.filters.iter().filter(|filter| filter.dimension == Dimension::Workload).all(
            |filter| {
                filter.op != FilterOp::In
                    || filter
                        .values
                        .iter()
                        .any(|value| value.to_lowercase() == coverage.workload.to_lowercase())
            },
        )
    };
    let counted: Vec<&TransactionCoverage> =
        description.transactions.iter().filter(named).collect();
    !counted.is_empty()
        && counted.iter().all(|coverage| {
            asked.periods.iter().all(|period| coverage.period.contains(*period))
                && !coverage.missing_days.iter().any(|day| {
                    asked.periods.is_empty()
                        || asked.periods.iter().any(|period| overlaps_day(*period, *day))
                })
        })
}

fn overlaps_day(period: Period, day: Date) -> bool {
    day.tomorrow()
        .ok()
        .and_then(|tomorrow| Period::of_days(day, tomorrow).ok())
        .is_some_and(|day| period.overlaps(day))
}
