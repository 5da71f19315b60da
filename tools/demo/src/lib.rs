//! A made-up company with known truths: bills, transactions, and what a good answer must find.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use wherefore_load::focus_file::FocusFileError;

mod bills;
mod calendar;
mod catalog;
mod company;
mod ledger;
mod money;
mod names;
mod planted;
mod stories;
#[cfg(test)]
mod tests;
mod transactions;
mod truth;

pub use planted::anomalies::{AnomaliesTruth, AnomalyTruth, ChangeTruth};
pub use planted::commitments::{
    CommitmentsTruth, HeldTruth, LoadTruth, ThroughputTruth, UnitsTruth,
};
pub use planted::incidents::{CauseTruth, IncidentTruth, IncidentsTruth, SymptomTruth};
pub use planted::metrics::{MeasuredTruth, MetricsTruth};
pub use planted::savings::{SavingTruth, SavingsTruth};
pub use planted::{BlockTruth, BudgetTruth, CallsTruth, HoursTruth, NearTruth, TagsTruth};
pub use truth::{BillTruth, DemoTruth, LineTruth, MainTruth, StoryTruth};

/// Name of the company. Any likeness is chance.
pub const COMPANY: &str = "Moonjar Trading";

/// Which company, and how large its bills are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DemoOptions {
    /// The same seed is the same company, byte for byte; another has other names, months and sizes.
    pub seed: u64,
    /// About how many rows its bills have; about 350,000 when not said.
    ///
    /// More rows split the same costs by hour and resource. Fewer leave workloads without a story
    /// out; about 35,000 is the least, as stories are always whole. Truths of stories never change.
    pub rows: Option<u64>,
    /// What is planted beside its stories.
    pub plants: Plants,
}

/// What is planted beside the stories.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Plants {
    /// Everything there is.
    #[default]
    All,
    /// Hourly counts, calls and wastes, and no unusual days: the estate whose savings are simulated.
    Wastes,
    /// Commitments beside the company, and nothing else.
    Commitments,
    /// Everything but incidents: what asks for money alone needs no telemetry.
    Money,
    /// Incidents with their telemetry and changes beside the company, and nothing else.
    Incidents,
    /// Nothing: the company as questions with fixed answers know it.
    Nothing,
}

/// How far the writing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoProgress {
    pub rows: u64,
    /// About how many there will be.
    pub expected: u64,
}

/// The company could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the folder `{}` could not be made; check that it may be written", .path.display())]
    Folder {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("`{}` could not be written; check the space on the disk", .path.display())]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(transparent)]
    Bill(#[from] FocusFileError),
    #[error("the truths could not be written as JSON")]
    Json(#[from] serde_json::Error),
    #[error("an amount of the made-up company does not fit a decimal")]
    TooLarge,
}

/// Writes the company of a seed into `dir` and returns its truths.
///
/// `dir/bills/<provider>/<YYYY-MM>.parquet` are FOCUS 1.2 bills, `dir/transactions.csv` counts
/// transactions a day and workload, `dir/transactions-hourly.csv` those of other workloads an hour, `dir/api-calls.csv`
/// calls of clients a day, `dir/budgets.csv` budgets of a workload, `dir/metrics.csv` metrics of resources an hour,
/// `dir/telemetry` what the shop's workloads recorded, `dir/changes` what was changed, `dir/alarms` the alarms that fired,
/// `dir/truth.json` holds what is returned. Files that stood
/// there are overwritten. `progress` is told after each bill.
///
/// # Errors
/// When a folder or file cannot be written.
pub fn generate(
    dir: &Path,
    options: &DemoOptions,
    progress: &mut dyn FnMut(DemoProgress),
) -> Result<DemoTruth, DemoError> {
    let (mut company, split) = size(options);
    let plants = options.plants;
    if matches!(plants, Plants::All | Plants::Money | Plants::Wastes) {
        company.planted = planted::Planted::sow(&mut company, options.seed)?;
    }
    fs::create_dir_all(dir).map_err(|source| DemoError::Folder { path: dir.into(), source })?;
    let open = |provider, month| bills::open_file(dir, provider, month);
    let ledger = bills::write(&open, &company, split, progress)?;
    transactions::write(&dir.join("transactions.csv"), &company)?;
    let mut truth = truth::read(&company, &ledger, options.seed)?;
    if matches!(plants, Plants::All | Plants::Money | Plants::Wastes) {
        company.planted.write(dir)?;
        truth.savings = Some(planted::savings::plant(dir, &company, options.seed)?);
    }
    if matches!(plants, Plants::All | Plants::Money) {
        truth.anomalies = Some(planted::anomalies::plant(dir, &company, options.seed)?);
        truth.metrics = Some(planted::metrics::plant(dir, &company, options.seed)?);
        truth.tags = Some(planted::tags::plant(dir, &company.calendar, options.seed)?);
    }
    if matches!(plants, Plants::All | Plants::Incidents) {
        truth.incidents = Some(planted::incidents::plant(dir, options.seed)?);
    }
    if matches!(plants, Plants::All | Plants::Money | Plants::Commitments) {
        truth.commitments = Some(planted::commitments::plant(dir, &company, options.seed)?);
    }
    let path = dir.join("truth.json");
    let mut json = serde_json::to_string_pretty(&truth)?;
    json.push('\n');
    fs::write(&path, json).map_err(|source| DemoError::File { path, source })?;
    Ok(truth)
}

/// The files of a written company that a warehouse is loaded from.
#[must_use]
pub fn sources(dir: &Path) -> Vec<PathBuf> {
    let names = planted::FILES.iter().copied().chain(planted::incidents::files());
    let beside = names.map(|name| dir.join(name)).filter(|path| path.exists());
    [dir.join("bills"), dir.join("transactions.csv")].into_iter().chain(beside).collect()
}

// The company and the split that come nearest to the wanted rows.
fn size(options: &DemoOptions) -> (company::Company, bills::Split) {
    let whole = company::Company::found(options.seed, company::BACKGROUND_WORKLOADS);
    let daily = whole.daily_rows();
    let Some(rows) = options.rows else { return (whole, bills::Split::DAILY) };
    if rows >= daily {
        return (whole, bills::Split::towards(rows, daily));
    }
    let least = company::Company::found(options.seed, 0).daily_rows();
    let wanted = rows.saturating_sub(least) * company::BACKGROUND_WORKLOADS as u64;
    let kept = usize::try_from(wanted / (daily - least).max(1)).unwrap_or(0);
    let company = company::Company::found(options.seed, kept);
    (company, bills::Split::DAILY)
}
