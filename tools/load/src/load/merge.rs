//! Joins what was read with what the warehouse holds, and commits the new snapshot.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use wherefore_contract::{
    budget::Budget,
    quality::{CallCoverage, Notice, NoticeCode, Severity},
};

use crate::{
    commit::{self, Checkpoint, Step},
    counted::{
        budgets,
        calls::{self, Calls},
        transactions::{self, Counts},
    },
    describe::{Content, describe, source_of},
    error::LoadError,
    load::{DEFAULT_WORKLOAD_TAG, Gathered, LoadOptions},
    manifest::{ChargeFile, Manifest, PeriodKey, TransactionFile, Warehouse, WarehouseError},
    metrics, number,
    report::{LoadReport, RestatedCost, Restatement},
    stats::ChargeStats,
    telemetry::Telemetry,
};

type FileStats = Vec<(ChargeFile, ChargeStats)>;

/// Commits what was gathered as a snapshot.
pub(crate) fn commit(
    warehouse: &Warehouse,
    before: Option<Manifest>,
    snapshot: &str,
    options: &LoadOptions,
    mut gathered: Gathered,
    telemetry: Telemetry,
    checkpoint: Checkpoint<'_>,
) -> Result<LoadReport, LoadError> {
    let is_empty =
        gathered.counts.is_empty() && gathered.calls.is_empty() && gathered.budgets.is_empty();
    let is_empty = is_empty && gathered.metrics.is_empty() && telemetry.is_empty();
    if gathered.staged.is_empty() && is_empty {
        let description = before.map(|manifest| manifest.description).unwrap_or_default();
        return Ok(report_of(options, gathered, None, Vec::new(), Vec::new(), description));
    }
    let replaced: BTreeSet<PeriodKey> =
        gathered.staged.iter().map(|staged| staged.file.key.clone()).collect();
    let (old, mut files) = read_stats(warehouse, before.as_ref(), &replaced)?;
    let restated = restatements(&old, &gathered);
    let mut moves: Vec<(PathBuf, String)> = Vec::new();
    for staged in &gathered.staged {
        let stats = stats_bytes(&staged.stats)?;
        let place = commit::stats_path(&staged.file.path);
        commit::write_whole(&warehouse.path_of(&place), &stats)?;
        moves.push((staged.staged.clone(), staged.file.path.clone()));
        files.push((staged.file.clone(), staged.stats.clone()));
    }
    files.sort_by(|one, other| one.0.cmp(&other.0));
    let (counts, transaction_files) =
        merge_counts(warehouse, before.as_ref(), snapshot, &gathered.counts, &mut moves)?;
    let (calls, call_files) =
        merge_calls(warehouse, before.as_ref(), snapshot, &gathered.calls, &mut moves)?;
    let metric_files =
        metrics::merge(warehouse, before.as_ref(), snapshot, &gathered.metrics, &mut moves)?;
    let records =
        telemetry.merge(warehouse, before.as_ref(), snapshot, &mut moves, &mut gathered.notes)?;
    commit::move_in(warehouse.root(), &moves)?;
    checkpoint(Step::Moved)?;
    let workload_tag = workload_tag(options, before.as_ref());
    let described = describe(&Content {
        snapshot,
        workload_tag: &workload_tag,
        files: &files,
        counts: &counts,
        calls,
        budgets: merge_budgets(before.as_ref(), &gathered.budgets),
        restated: restatement_notices(&restated, before.as_ref(), &replaced),
    });
    let manifest = Manifest {
        snapshot: snapshot.to_owned(),
        parent: before.map(|manifest| manifest.snapshot),
        created_at: options.created_at,
        tag_columns: files.iter().flat_map(|(file, _)| file.tag_columns.clone()).collect(),
        charge_files: files.into_iter().map(|(file, _)| file).collect(),
        transaction_files,
        call_files,
        metric_files,
        log_files: records.logs,
        span_files: records.spans,
        change_files: records.changes,
        workload_tag,
        description: described.description.clone(),
        catalog: format!("catalog/{snapshot}.json"),
    };
    let catalog = serde_json::to_vec(&described.catalog).map_err(unwritable)?;
    commit::publish(warehouse, &manifest, &catalog, options.kept_snapshots, checkpoint)?;
    let id = Some(snapshot.to_owned());
    Ok(report_of(options, gathered, id, restated, described.identities, described.description))
}

// The tag of this load, or that of the loads before it.
fn workload_tag(options: &LoadOptions, before: Option<&Manifest>) -> String {
    let own = options.workload_tag.as_deref().map(|tag| tag.trim().to_lowercase());
    let kept = before.map(|manifest| manifest.workload_tag.clone());
    own.or(kept).unwrap_or_else(|| DEFAULT_WORKLOAD_TAG.to_owned())
}

fn report_of(
    options: &LoadOptions,
    gathered: Gathered,
    snapshot: Option<String>,
    restated: Vec<Restatement>,
    identities: Vec<crate::report::IdentityCheck>,
    description: wherefore_contract::quality::CostDescription,
) -> LoadReport {
    LoadReport {
        snapshot,
        created_at: options.created_at,
        loaded: gathered.loaded,
        refused: gathered.refused,
        skipped: gathered.skipped,
        notes: gathered.notes,
        withheld: gathered.withheld,
        restated,
        identities,
        description,
    }
}

fn unwritable(source: serde_json::Error) -> LoadError {
    LoadError::Write { path: PathBuf::from("catalog"), source: source.into() }
}

fn stats_bytes(stats: &ChargeStats) -> Result<Vec<u8>, LoadError> {
    serde_json::to_vec(stats).map_err(unwritable)
}

// The figures of all files of the snapshot before: those that are replaced, and those that stay.
fn read_stats(
    warehouse: &Warehouse,
    before: Option<&Manifest>,
    replaced: &BTreeSet<PeriodKey>,
) -> Result<(FileStats, FileStats), LoadError> {
    let (mut old, mut kept) = (Vec::new(), Vec::new());
    for file in before.map(|manifest| manifest.charge_files.as_slice()).unwrap_or_default() {
        let path = warehouse.path_of(&commit::stats_path(&file.path));
        let bytes =
            fs::read(&path).map_err(|source| LoadError::Read { path: path.clone(), source })?;
        let stats: ChargeStats = serde_json::from_slice(&bytes)
            .map_err(|source| WarehouseError::Damaged { path, source })?;
        let list = if replaced.contains(&file.key) { &mut old } else { &mut kept };
        list.push((file.clone(), stats));
    }
    Ok((old, kept))
}

fn restatements(old: &FileStats, gathered: &Gathered) -> Vec<Restatement> {
    let mut periods: BTreeMap<PeriodKey, (ChargeStats, ChargeStats)> = BTreeMap::new();
    for (file, stats) in old {
        periods.entry(file.key.clone()).or_default().0.merge(stats);
    }
    for staged in &gathered.staged {
        if let Some((_, after)) = periods.get_mut(&staged.file.key) {
            after.merge(&staged.stats);
        }
    }
    let restatement = |(key, (before, after)): (PeriodKey, (ChargeStats, ChargeStats))| {
        let currencies: BTreeSet<&String> = before.sums.keys().chain(after.sums.keys()).collect();
        let billed = |stats: &ChargeStats, currency: &str| {
            stats.sums.get(currency).map_or(0, |sums| sums.billed)
        };
        let cost = |currency: &String| {
            let (before, after) = (billed(&before, currency), billed(&after, currency));
            RestatedCost {
                currency: currency.clone(),
                before: number::format(before),
                after: number::format(after),
                difference: number::format(after - before),
            }
        };
        let billed = currencies.into_iter().map(cost).collect();
        Restatement { key, rows_before: before.rows, rows_after: after.rows, billed }
    };
    periods.into_iter().map(restatement).collect()
}

// A period that was loaded again unchanged is no restatement. Notices of former loads stay until
// their period is loaded again.
fn restatement_notices(
    restated: &[Restatement],
    before: Option<&Manifest>,
    replaced: &BTreeSet<PeriodKey>,
) -> Vec<Notice> {
    let former = before.map(|manifest| manifest.description.notices.as_slice()).unwrap_or_default();
    let again = |notice: &Notice| {
        replaced.iter().any(|key| {
            notice.billing_period == Some(key.billing_period) && notice.source == source_of(key)
        })
    };
    let mut notices: Vec<Notice> = former
        .iter()
        .filter(|notice| notice.code == NoticeCode::Restated && !again(notice))
        .cloned()
        .collect();
    for restatement in restated {
        for cost in restatement.billed.iter().filter(|cost| cost.difference != "0") {
            let figures = [
                ("before", cost.before.clone()),
                ("after", cost.after.clone()),
                ("difference", cost.difference.clone()),
                ("currency", cost.currency.clone()),
            ];
            notices.push(Notice {
                code: NoticeCode::Restated,
                subject: "billed_cost".to_owned(),
                source: source_of(&restatement.key),
                billing_period: Some(restatement.key.billing_period),
                severity: Severity::Note,
                figures: figures.map(|(name, value)| (name.to_owned(), value)).into(),
                text: format!(
                    "restated from {} to {} {} ({})",
                    cost.before, cost.after, cost.currency, cost.difference
                ),
            });
        }
    }
    notices
}

fn merge_counts(
    warehouse: &Warehouse,
    before: Option<&Manifest>,
    snapshot: &str,
    newer: &Counts,
    moves: &mut Vec<(PathBuf, String)>,
) -> Result<(Counts, Vec<TransactionFile>), LoadError> {
    let files = before.map(|manifest| manifest.transaction_files.clone()).unwrap_or_default();
    let mut counts = Counts::new();
    for file in &files {
        transactions::replace(
            &mut counts,
            transactions::read_back(&warehouse.path_of(&file.path))?,
        );
    }
    if newer.is_empty() {
        return Ok((counts, files));
    }
    transactions::replace(&mut counts, newer.clone());
    let path = format!("transactions/{snapshot}.parquet");
    let staged = commit::staging(warehouse.root()).join(format!("{snapshot}-transactions.parquet"));
    let (rows, bytes) = transactions::write(&staged, &counts)?;
    moves.push((staged, path.clone()));
    Ok((counts, vec![TransactionFile { path, rows, bytes }]))
}

fn merge_calls(
    warehouse: &Warehouse,
    before: Option<&Manifest>,
    snapshot: &str,
    newer: &Calls,
    moves: &mut Vec<(PathBuf, String)>,
) -> Result<(Vec<CallCoverage>, Vec<TransactionFile>), LoadError> {
    let files = before.map(|manifest| manifest.call_files.clone()).unwrap_or_default();
    let mut all = Calls::new();
    for file in &files {
        calls::replace(&mut all, calls::read_back(&warehouse.path_of(&file.path))?);
    }
    if newer.is_empty() {
        return Ok((calls::coverage(&all), files));
    }
    calls::replace(&mut all, newer.clone());
    let path = format!("calls/{snapshot}.parquet");
    let staged = commit::staging(warehouse.root()).join(format!("{snapshot}-calls.parquet"));
    let (rows, bytes) = calls::write(&staged, &all)?;
    moves.push((staged, path.clone()));
    Ok((calls::coverage(&all), vec![TransactionFile { path, rows, bytes }]))
}

fn merge_budgets(before: Option<&Manifest>, newer: &[Budget]) -> Vec<Budget> {
    let mut all = before.map(|manifest| manifest.description.budgets.clone()).unwrap_or_default();
    budgets::replace(&mut all, newer.to_vec());
    all
}
