//! Loads bills: reads every file, stages what it holds, and commits all of it in one step.
//!
//! A refused file refuses itself only. The billing periods it had rows for, or, when it was refused
//! before its first row, those of the other files of its folder, keep their former state: half a
//! month must not replace a whole one. Everything else of the load is committed, and
//! [`LoadReport::is_complete`] is false.

mod file;
mod merge;

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use wherefore_contract::budget::Budget;

use crate::{
    commit::{self, Checkpoint, Step, WriteLock},
    counted::{
        budgets,
        calls::{self, Calls},
        transactions::{self, Counts},
    },
    error::LoadError,
    manifest::{Manifest, PeriodKey, Warehouse, WarehouseError},
    metrics::{self, Metrics},
    report::{FileNote, LoadReport, LoadedFile, RefusedFile, SkippedFile, WithheldPeriod},
    source::discover::{FoundFile, Given, discover},
    stage::StagedFile,
    telemetry::Telemetry,
};

use self::file::{Outcome, read_file};

/// The tag key that names the workload of a charge unless the caller or the warehouse says otherwise.
pub const DEFAULT_WORKLOAD_TAG: &str = "workload";
/// Snapshots kept unless the caller says otherwise.
pub const DEFAULT_KEPT_SNAPSHOTS: usize = 8;

/// How to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadOptions {
    /// The folder to load into; made when it does not exist.
    pub warehouse: PathBuf,
    /// The tag key that names workloads; `None` keeps the one the warehouse has.
    pub workload_tag: Option<String>,
    /// The time of the load, from the caller's clock.
    pub created_at: Timestamp,
    /// Snapshots that stay readable, at least 1.
    pub kept_snapshots: usize,
}

impl LoadOptions {
    /// The usual settings for a warehouse.
    #[must_use]
    pub fn new(warehouse: impl Into<PathBuf>, created_at: Timestamp) -> Self {
        Self {
            warehouse: warehouse.into(),
            workload_tag: None,
            created_at,
            kept_snapshots: DEFAULT_KEPT_SNAPSHOTS,
        }
    }
}

/// Hears how a load gets on.
pub trait Progress: Sync {
    /// File number `index` of `count` (from 1) is being read.
    fn file_started(&self, file: &Path, index: usize, count: usize);
    /// So many more rows are written.
    fn rows_written(&self, rows: u64);
}

/// Hears nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn file_started(&self, _file: &Path, _index: usize, _count: usize) {}
    fn rows_written(&self, _rows: u64) {}
}

/// Loads files and folders into a warehouse.
///
/// # Errors
/// When nothing that could be loaded was found, another load runs, or the disk fails. The warehouse
/// is then as it was. Refused files are no error: the report names them.
pub fn load(
    paths: &[PathBuf],
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<LoadReport, LoadError> {
    load_checked(paths, options, progress, &|_| Ok(()))
}

/// As [`load`], stopping where the checkpoint says.
pub(crate) fn load_checked(
    paths: &[PathBuf],
    options: &LoadOptions,
    progress: &dyn Progress,
    checkpoint: Checkpoint<'_>,
) -> Result<LoadReport, LoadError> {
    let (found, skipped) = discover(paths)?;
    if found.is_empty() {
        let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
        return Err(LoadError::NothingFound(names.join(", ")));
    }
    let warehouse = Warehouse::open(&options.warehouse);
    let _lock = WriteLock::take(warehouse.root())?;
    commit::clear_leftovers(&warehouse)?;
    let before = match warehouse.current() {
        Ok(manifest) => Some(manifest),
        Err(WarehouseError::Empty(_)) => None,
        Err(other) => return Err(other.into()),
    };
    let snapshot = next_id(before.as_ref());
    let mut telemetry = Telemetry::new(&commit::staging(warehouse.root()), &snapshot);
    let mut gathered = Gathered { skipped, ..Gathered::default() };
    let found = without_copies(found, &mut gathered.skipped)?;
    for (index, file) in found.iter().enumerate() {
        progress.file_started(&file.path, index + 1, found.len());
        let prefix = format!("{snapshot}-{:04}", index + 1);
        telemetry.next_file();
        let staging = commit::staging(warehouse.root());
        let outcome = read_file(&file.path, &staging, prefix, &mut telemetry, progress)?;
        gathered.add(file, outcome);
    }
    gathered.withhold();
    checkpoint(Step::Staged)?;
    merge::commit(&warehouse, before, &snapshot, options, gathered, telemetry, checkpoint)
}

// A bill that was saved twice must not count twice. Only files of equal size are compared.
fn without_copies(
    found: Vec<FoundFile>,
    skipped: &mut Vec<SkippedFile>,
) -> Result<Vec<FoundFile>, LoadError> {
    let unreadable = |file: &FoundFile, source| LoadError::Read { path: file.path.clone(), source };
    let mut sizes: BTreeMap<u64, Vec<FoundFile>> = BTreeMap::new();
    for file in found {
        let size = fs::metadata(&file.path).map_err(|source| unreadable(&file, source))?.len();
        sizes.entry(size).or_default().push(file);
    }
    let mut kept = Vec::new();
    for (size, files) in sizes {
        if files.len() == 1 || size == 0 {
            kept.extend(files);
            continue;
        }
        let mut known: BTreeMap<Vec<u8>, String> = BTreeMap::new();
        for file in files {
            let mut digest = Sha256::new();
            let mut bytes =
                fs::File::open(&file.path).map_err(|source| unreadable(&file, source))?;
            let mut buffer = vec![0; 1 << 16];
            loop {
                let read = bytes.read(&mut buffer).map_err(|source| unreadable(&file, source))?;
                let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
                digest.update(part);
            }
            let name = file.path.display().to_string();
            match known.entry(digest.finalize().to_vec()) {
                Entry::Occupied(first) => {
                    let reason = format!("has the same bytes as `{}`", first.get());
                    skipped.push(SkippedFile { file: name, reason });
                }
                Entry::Vacant(place) => {
                    place.insert(name);
                    kept.push(file);
                }
            }
        }
    }
    kept.sort();
    skipped.sort();
    Ok(kept)
}

/// What the files of a load came to.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) staged: Vec<StagedFile>,
    pub(crate) counts: Counts,
    pub(crate) calls: Calls,
    pub(crate) budgets: Vec<Budget>,
    pub(crate) metrics: Metrics,
    pub(crate) notes: Vec<FileNote>,
    pub(crate) loaded: Vec<LoadedFile>,
    pub(crate) refused: Vec<RefusedFile>,
    pub(crate) skipped: Vec<SkippedFile>,
    pub(crate) withheld: Vec<WithheldPeriod>,
    /// Periods of each folder, and the folders and periods of refused files.
    folders: BTreeMap<PathBuf, BTreeSet<PeriodKey>>,
    doubted: Vec<(String, PathBuf, Vec<PeriodKey>)>,
    /// The file and format that each period came from first.
    origins: BTreeMap<PeriodKey, (String, crate::Layout)>,
}

impl Gathered {
    fn add(&mut self, found: &FoundFile, outcome: Outcome) {
        let file = found.path.display().to_string();
        let folder = found.path.parent().map(Path::to_owned).unwrap_or_default();
        match outcome {
            Outcome::Charges { layout, staged } => self.add_charges(file, folder, layout, staged),
            Outcome::Transactions(counts) => {
                let rows = counts.values().map(|counts| counts.len() as u64).sum();
                self.loaded.push(LoadedFile { file, layout: crate::Layout::Transactions, rows });
                transactions::replace(&mut self.counts, counts);
            }
            Outcome::Calls(calls) => {
                let rows = calls::count(&calls);
                self.loaded.push(LoadedFile { file, layout: crate::Layout::ApiCalls, rows });
                calls::replace(&mut self.calls, calls);
            }
            Outcome::Budgets(budgets) => {
                let rows = budgets.len() as u64;
                self.loaded.push(LoadedFile { file, layout: crate::Layout::Budgets, rows });
                budgets::replace(&mut self.budgets, budgets);
            }
            Outcome::Metrics { layout, read } => {
                let rows = metrics::count(&read.metrics);
                let note = |text| FileNote { file: file.clone(), text };
                self.notes.extend(read.notes.into_iter().map(note));
                self.loaded.push(LoadedFile { file, layout, rows });
                metrics::replace(&mut self.metrics, read.metrics);
            }
            Outcome::Records { layout, read } => {
                let note = |text| FileNote { file: file.clone(), text };
                self.notes.extend(read.notes.into_iter().map(note));
                self.loaded.push(LoadedFile { file, layout, rows: read.rows });
            }
            Outcome::Foreign { reason } if found.how == Given::InFolder => {
                self.skipped.push(SkippedFile { file, reason });
            }
            Outcome::Foreign { reason } => self.refused.push(RefusedFile { file, reason }),
            Outcome::Refused { reason, keys, is_bill } => {
                if is_bill {
                    self.doubted.push((file.clone(), folder, keys));
                }
                self.refused.push(RefusedFile { file, reason });
            }
        }
    }

    fn add_charges(
        &mut self,
        file: String,
        folder: PathBuf,
        layout: crate::Layout,
        staged: Vec<StagedFile>,
    ) {
        let keys: BTreeSet<_> = staged.iter().map(|staged| staged.file.key.clone()).collect();
        let other = keys.iter().find_map(|key| {
            self.origins.get(key).filter(|(_, known)| known.family() != layout.family())
        });
        if let Some((other, _)) = other {
            let refusal = crate::error::Refusal::SamePeriodTwice { other: other.clone() };
            self.refused.push(RefusedFile { file, reason: refusal.to_string() });
            return;
        }
        for key in &keys {
            self.origins.entry(key.clone()).or_insert_with(|| (file.clone(), layout));
        }
        self.folders.entry(folder).or_default().extend(keys);
        let rows = staged.iter().map(|staged| staged.file.rows).sum();
        if rows == 0 {
            // Nothing is replaced by it: a bill without charges cannot say which period it is for.
            let reason = "holds a header and no charge".to_owned();
            self.skipped.push(SkippedFile { file, reason });
            return;
        }
        self.loaded.push(LoadedFile { file, layout, rows });
        self.staged.extend(staged);
    }

    // Takes out the periods that a refused file leaves incomplete.
    fn withhold(&mut self) {
        let mut withheld: BTreeMap<PeriodKey, String> = BTreeMap::new();
        for (file, folder, keys) in std::mem::take(&mut self.doubted) {
            let neighbours = || self.folders.get(&folder).cloned().unwrap_or_default();
            let keys = if keys.is_empty() { neighbours() } else { keys.into_iter().collect() };
            for key in keys {
                withheld.entry(key).or_insert_with(|| file.clone());
            }
        }
        self.staged.retain(|staged| !withheld.contains_key(&staged.file.key));
        let periods = withheld.into_iter();
        self.withheld =
            periods.map(|(key, because_of)| WithheldPeriod { key, because_of }).collect();
    }
}

fn next_id(before: Option<&Manifest>) -> String {
    let last = before.and_then(|manifest| manifest.snapshot.strip_prefix('s')?.parse::<u32>().ok());
    format!("s{:06}", last.unwrap_or(0) + 1)
}
