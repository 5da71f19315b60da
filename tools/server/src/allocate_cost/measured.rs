//! What telemetry measured of each workload, as weights of its share.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use wherefore_analysis::telemetry::{Signal, Weight, is_named};
use wherefore_contract::{
    metrics::{MetricBy, MetricGrain, MetricQuery},
    tool::FactTable,
};

use super::Request;
use crate::{refuse::Refusal, searched::list, serve::Tools};

/// Weights by workload, and the table that they come from.
///
/// `metric` is a signal of the table of metrics, or the name of a loaded metric, which then is summed.
pub(super) async fn read(
    tools: &Tools,
    request: &Request,
    metric: &str,
) -> Result<(BTreeMap<String, Decimal>, FactTable), Refusal> {
    let nothing = || {
        Refusal::Failed(format!(
            "no metric is loaded that tells `{metric}` by workload (service.name) in {}; load telemetry, or choose another method",
            request.period
        ))
    };
    let store = tools.costs.metrics().ok_or_else(nothing)?;
    let names = store.names(&tools.scope).await?.table;
    let loaded: Vec<&str> =
        (0..names.rows.len()).filter_map(|row| names.text(row, "metric")).collect();
    let signal = tools.rules.signals.signal(metric);
    let mut metrics: Vec<&str> = match signal {
        Some(_) => tools.rules.signals.wanted(&loaded, &[metric]),
        None => loaded.iter().copied().filter(|name| is_named(name, metric)).collect(),
    };
    metrics.dedup();
    if metrics.is_empty() {
        return Err(nothing());
    }
    // Several names of one thing would count it more than once: the first that is loaded decides.
    let chosen = first(&metrics, signal);
    let query = MetricQuery {
        period: request.period,
        metrics: vec![chosen.to_owned()],
        resources: Vec::new(),
        workloads: Vec::new(),
        by: MetricBy::Workload,
        grain: MetricGrain::Whole,
        limit: None,
    };
    let table = store.summaries(&query, &tools.scope).await?;
    let column = match signal.and_then(|signal| signal.weight) {
        Some(Weight::Average) => "average",
        Some(Weight::Measurements) => "measurements",
        Some(Weight::Sum) | None => "sum",
    };
    let rows = &table.table;
    let mut weights: BTreeMap<String, Decimal> = BTreeMap::new();
    let mut units: Vec<String> = Vec::new();
    for row in 0..rows.rows.len() {
        let unit = rows.text(row, "metric_unit").unwrap_or_default().to_owned();
        if !units.contains(&unit) {
            units.push(unit);
        }
        if let (Some(name), Some(value)) = (rows.text(row, "workload"), rows.number(row, column)) {
            let weight = weights.entry(name.to_owned()).or_default();
            *weight = weight.saturating_add(value);
        }
    }
    if units.len() > 1 {
        return Err(Refusal::Failed(format!(
            "`{chosen}` is loaded in several units ({}), which cannot be weighed against each other",
            list(&units)
        )));
    }
    if weights.is_empty() {
        return Err(nothing());
    }
    Ok((weights, table))
}

// In the order of the signal's names.
fn first<'a>(metrics: &[&'a str], signal: Option<&Signal>) -> &'a str {
    let ordered = signal.into_iter().flat_map(|signal| &signal.metrics);
    let mut known = ordered
        .filter_map(|known| metrics.iter().copied().find(|metric| is_named(metric, &known.name)));
    known.next().or_else(|| metrics.first().copied()).unwrap_or_default()
}
