//! The description of a warehouse for one caller: nothing in it comes from rows outside the scope.

use std::{collections::BTreeMap, sync::Arc};

use wherefore_contract::{
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension},
    error::StoreError,
    quality::{CostDescription, NoticeCode},
    scope::Scope,
    table::Table,
};

use super::{engine, snapshot::Snapshot};
use crate::{compile::compile_query, finish::finish};

/// What is loaded, as far as the scope lets the caller see.
pub(super) async fn describe_for(
    snapshot: &Snapshot,
    scope: &Scope,
) -> Result<Arc<CostDescription>, StoreError> {
    if scope.rows.is_empty() {
        return Ok(Arc::clone(&snapshot.description));
    }
    let keys =
        [FocusDimension::Provider, FocusDimension::BillingAccountId, FocusDimension::BillingPeriod];
    let seen = count_rows(snapshot, scope, &keys.map(Dimension::Column)).await?;
    let mut rows_of: BTreeMap<[String; 3], u64> = BTreeMap::new();
    for row in 0..seen.rows.len() {
        let key = keys.map(|key| seen.text(row, key.name()).unwrap_or_default().to_owned());
        let rows = seen.text(row, "rows").and_then(|rows| rows.parse().ok()).unwrap_or_default();
        rows_of.insert(key, rows);
    }
    let mut scoped = CostDescription::clone(&snapshot.description);
    scoped.periods.retain_mut(|period| {
        let key = [
            period.provider.clone(),
            period.billing_account.clone(),
            period.billing_period.to_string(),
        ];
        period.rows = rows_of.get(&key).copied().unwrap_or_default();
        period.rows > 0
    });
    scoped.rows = rows_of.values().sum();
    scoped.providers.retain(|provider| rows_of.keys().any(|[name, _, _]| name == provider));
    let workloads = workloads(snapshot, scope).await?;
    scoped.transactions.retain(|counted| workloads.contains(&counted.workload));
    scoped.calls.retain(|counted| workloads.contains(&counted.workload));
    scoped.budgets.retain(|budget| budget.is_within(scope));
    scoped.notices.retain(|notice| tells_no_figures_of_others(notice.code));
    for notice in &mut scoped.notices {
        notice.figures.clear();
        // It bars a cost for every caller; the sums behind it are of the whole bill.
        if notice.code == NoticeCode::IdentityFailed {
            "a closing identity does not hold".clone_into(&mut notice.text);
        }
    }
    scoped.identities.clear();
    scoped.discounts.retain(|state| {
        scoped.periods.iter().any(|period| {
            period.provider == state.provider
                && period.billing_account == state.billing_account
                && period.billing_period == state.billing_period
        })
    });
    Ok(Arc::new(scoped))
}

// A notice is counted over all rows. Those that say how to read a figure stay; those that name parts of the estate or
// amounts do not.
fn tells_no_figures_of_others(code: NoticeCode) -> bool {
    match code {
        NoticeCode::PartialPeriod
        | NoticeCode::MissingDays
        | NoticeCode::RoundedMetric
        | NoticeCode::ZeroMetric
        | NoticeCode::MissingMetric
        | NoticeCode::IdentityFailed
        | NoticeCode::MixedCurrencies => true,
        NoticeCode::IdentityUnchecked
        | NoticeCode::NotANumber
        | NoticeCode::TooManyDecimals
        | NoticeCode::CreditsHideUsage
        | NoticeCode::Untagged
        | NoticeCode::AmbiguousNames
        | NoticeCode::RepeatedIds
        | NoticeCode::BilledElsewhere
        | NoticeCode::ListBelowEffective
        | NoticeCode::UnknownCommitmentCost
        | NoticeCode::SplitCostRows
        | NoticeCode::Restated
        | NoticeCode::UnknownWorkload
        | NoticeCode::MixedTimeSpellings
        | NoticeCode::UnknownColumns
        | NoticeCode::InvalidTags
        | NoticeCode::ReportedElsewhere
        | NoticeCode::LeftOut => false,
    }
}

async fn workloads(snapshot: &Snapshot, scope: &Scope) -> Result<Vec<String>, StoreError> {
    if snapshot.description.transactions.is_empty() {
        return Ok(Vec::new());
    }
    let query = CostQuery {
        dimensions: vec![Dimension::Workload],
        ..CostQuery::total(Measure::Transactions)
    };
    let seen = match run(snapshot, scope, &query).await {
        Ok(seen) => seen,
        // Charges without any workload tag: no transactions belong to what the caller may see.
        Err(StoreError::MissingDimension { .. }) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let names = (0..seen.rows.len()).filter_map(|row| seen.text(row, "workload"));
    Ok(names.map(str::to_owned).collect())
}

/// Rows by `dimensions` that the scope leaves.
async fn count_rows(
    snapshot: &Snapshot,
    scope: &Scope,
    dimensions: &[Dimension],
) -> Result<Table, StoreError> {
    let query = CostQuery { dimensions: dimensions.to_vec(), ..CostQuery::total(Measure::Rows) };
    run(snapshot, scope, &query).await
}

/// Runs one of our own queries.
pub(super) async fn run(
    snapshot: &Snapshot,
    scope: &Scope,
    query: &CostQuery,
) -> Result<Table, StoreError> {
    let statement = compile_query(query, scope, &snapshot.shape)?;
    let rows = engine::run(&snapshot.session, &statement)
        .await
        .map_err(|source| StoreError::Statement { store: "billing", source: Box::new(source) })?;
    Ok(finish(&statement.outputs, &rows))
}
