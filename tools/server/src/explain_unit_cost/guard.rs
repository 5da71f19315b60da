//! What must hold before two periods are set against each other.

use jiff::civil::Date;
use wherefore_contract::{
    dimension::Dimension,
    period::Period,
    quality::{CostDescription, TransactionCoverage},
};

use super::Request;
use crate::refuse::Refusal;

/// Refuses periods that are no pair of an earlier and a later one of equal length.
///
/// Whole calendar months stand for each other although they differ by up to three days, because
/// people and invoices compare months; the verdict states the days of both, and days without
/// traffic lower cost and transactions alike.
pub(super) fn comparable(from: Period, to: Period) -> Result<(), Refusal> {
    let failed = |text: String| Err(Refusal::Failed(text));
    if from.overlaps(to) {
        return failed(format!("`from` {from} and `to` {to} overlap; give two separate periods"));
    }
    if to.start() < from.start() {
        return failed(format!("`from` must be the earlier period, but {from} is after {to}"));
    }
    let months = match (months(from), months(to)) {
        (Some(earlier), Some(later)) => earlier == later,
        _ => false,
    };
    if months || from.hours() == to.hours() {
        return Ok(());
    }
    failed(format!(
        "the periods must be equally long, but {from} has {} hours and {to} has {}; give as many days, or as many whole months, on both sides",
        from.hours(),
        to.hours()
    ))
}

/// Refuses to divide a change by time: it lies between two periods.
pub(super) fn divisible(by: Option<&Dimension>) -> Result<(), Refusal> {
    match by {
        Some(time) if time.grain().is_some() => Err(Refusal::Failed(format!(
            "a change between two periods has no parts by `{time}`; use unit_cost with `by` for a course"
        ))),
        Some(_) | None => Ok(()),
    }
}

fn months(period: Period) -> Option<i32> {
    let ordinal = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    period.is_whole_months().then(|| ordinal(period.end().date()) - ordinal(period.start().date()))
}

/// Whether transactions divide the cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// Both periods are counted in full: the unit cost is explained.
    Both,
    /// There is no workload, or none of its transactions are loaded: the cost is explained.
    Neither,
}

/// Says why the unit cost cannot be explained when a workload is counted in part.
pub(super) fn counted(request: &Request, description: &CostDescription) -> Result<Counted, String> {
    let Some(workload) = &request.workload else { return Ok(Counted::Neither) };
    let counts: Vec<&TransactionCoverage> = description
        .transactions
        .iter()
        .filter(|counts| counts.workload.to_lowercase() == workload.to_lowercase())
        .collect();
    if counts.is_empty() {
        return Ok(Counted::Neither);
    }
    for period in [request.from, request.to] {
        if !counts.iter().any(|counts| counts.period.contains(period)) {
            let covered: Vec<String> =
                counts.iter().map(|counts| counts.period.to_string()).collect();
            return Err(format!(
                "transactions of `{workload}` are loaded for {}, which does not hold {period}",
                covered.join(", ")
            ));
        }
        let inside = |day: &&Date| {
            Period::of_days(**day, day.tomorrow().unwrap_or(**day))
                .is_ok_and(|day| day.overlaps(period))
        };
        let mut missing: Vec<Date> = counts
            .iter()
            .flat_map(|counts| counts.missing_days.iter())
            .filter(inside)
            .copied()
            .collect();
        missing.sort_unstable();
        if let Some(first) = missing.first() {
            return Err(format!(
                "transactions of `{workload}` are missing on {} days of {period}, the first {first}",
                missing.len()
            ));
        }
    }
    Ok(Counted::Both)
}

/// Says which period reaches beyond what is loaded, if one does.
pub(super) fn not_loaded(request: &Request, description: &CostDescription) -> Option<String> {
    let loaded = description.coverage?;
    let beyond = [request.from, request.to].into_iter().find(|period| !loaded.contains(*period))?;
    Some(format!("charges are loaded for {loaded}, which does not hold {beyond} in full"))
}
