//! Makes a load visible in one step: whoever reads sees the state before it or after it.
//!
//! Order: files are complete in the staging folder, move to their places, then the catalog and the
//! manifest are written, and only then `CURRENT` is replaced by renaming. Until that last step no
//! reader knows of anything new; whatever a crash leaves behind is cleared by the next load.

use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    error::LoadError,
    manifest::{Manifest, Warehouse},
};

/// A point at which a load can be interrupted; tests interrupt it at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Staged,
    Moved,
    CatalogWritten,
    ManifestWritten,
    Committed,
    Pruned,
}

/// Says whether to go on after a step. `Err` stops the load as a crash would: nothing is tidied up.
pub(crate) type Checkpoint<'a> = &'a dyn Fn(Step) -> Result<(), LoadError>;

/// The right to write to a warehouse. Readers need none.
pub(crate) struct WriteLock {
    _file: File,
}

impl WriteLock {
    /// # Errors
    /// [`LoadError::Locked`] while another load runs.
    pub(crate) fn take(root: &Path) -> Result<Self, LoadError> {
        create_dir(root)?;
        let path = root.join("LOCK");
        let file = File::create(&path)
            .map_err(|source| LoadError::Write { path: path.clone(), source })?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LoadError::Locked(root.to_owned())),
            Err(TryLockError::Error(source)) => Err(LoadError::Write { path, source }),
        }
    }
}

/// The folder in which files wait until they are complete.
pub(crate) fn staging(root: &Path) -> PathBuf {
    root.join("staging")
}

// Every folder whose files are listed by snapshots.
const FOLDERS: [&str; 9] = [
    "charges",
    "transactions",
    "calls",
    "metrics",
    "logs",
    "traces",
    "changes",
    "catalog",
    "snapshots",
];

/// Clears what an interrupted load left behind: staged files, and files that no snapshot lists.
pub(crate) fn clear_leftovers(warehouse: &Warehouse) -> Result<(), LoadError> {
    let folder = staging(warehouse.root());
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .map_err(|source| LoadError::Write { path: folder.clone(), source })?;
    }
    create_dir(&folder)?;
    remove_unlisted(warehouse)
}

/// Moves complete files to their places.
pub(crate) fn move_in(root: &Path, moves: &[(PathBuf, String)]) -> Result<(), LoadError> {
    let mut folders = BTreeSet::new();
    for (staged, place) in moves {
        let place = root.join(place);
        let folder = place.parent().unwrap_or(root).to_owned();
        create_dir(&folder)?;
        fs::rename(staged, &place).map_err(|source| LoadError::Write { path: place, source })?;
        folders.insert(folder);
    }
    folders.iter().try_for_each(|folder| sync_dir(folder))
}

/// Writes a file so that it is either absent or whole, also after a crash.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), LoadError> {
    let failed = |source| LoadError::Write { path: path.to_owned(), source };
    let folder = path.parent().unwrap_or(path).to_owned();
    create_dir(&folder)?;
    let temporary = path.with_extension("tmp");
    let mut file = File::create(&temporary).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    drop(file);
    fs::rename(&temporary, path).map_err(failed)?;
    sync_dir(&folder)
}

/// Writes the manifest, makes it current, and drops the snapshots beyond the last `keep`.
pub(crate) fn publish(
    warehouse: &Warehouse,
    manifest: &Manifest,
    catalog: &[u8],
    keep: usize,
    checkpoint: Checkpoint<'_>,
) -> Result<(), LoadError> {
    let root = warehouse.root();
    write_whole(&root.join(&manifest.catalog), catalog)?;
    checkpoint(Step::CatalogWritten)?;
    let path = root.join("snapshots").join(format!("{}.json", manifest.snapshot));
    let bytes = serde_json::to_vec_pretty(manifest)
        .map_err(|source| LoadError::Write { path: path.clone(), source: source.into() })?;
    write_whole(&path, &bytes)?;
    checkpoint(Step::ManifestWritten)?;
    write_whole(&root.join("CURRENT"), format!("{}\n", manifest.snapshot).as_bytes())?;
    checkpoint(Step::Committed)?;
    let kept = warehouse.snapshots()?;
    let surplus = kept.len().saturating_sub(keep.max(1));
    for id in kept.iter().take(surplus) {
        remove(&root.join("snapshots").join(format!("{id}.json")))?;
    }
    remove_unlisted(warehouse)?;
    checkpoint(Step::Pruned)
}

// Removes every file of the warehouse that no kept snapshot lists.
fn remove_unlisted(warehouse: &Warehouse) -> Result<(), LoadError> {
    let root = warehouse.root();
    let kept = warehouse.snapshots()?;
    let mut listed = BTreeSet::new();
    for id in &kept {
        let manifest = warehouse.snapshot(id)?;
        listed.insert(root.join("snapshots").join(format!("{id}.json")));
        listed.insert(root.join(&manifest.catalog));
        for file in &manifest.charge_files {
            listed.insert(root.join(&file.path));
            listed.insert(root.join(stats_path(&file.path)));
        }
        listed.extend(manifest.transaction_files.iter().map(|file| root.join(&file.path)));
        listed.extend(manifest.call_files.iter().map(|file| root.join(&file.path)));
        listed.extend(manifest.metric_files.iter().map(|file| root.join(&file.path)));
        let records = manifest.log_files.iter().chain(&manifest.span_files);
        listed.extend(records.map(|file| root.join(&file.path)));
        listed.extend(manifest.change_files.iter().map(|file| root.join(&file.path)));
    }
    for folder in FOLDERS {
        remove_unlisted_in(&root.join(folder), &listed)?;
    }
    Ok(())
}

fn remove_unlisted_in(folder: &Path, listed: &BTreeSet<PathBuf>) -> Result<(), LoadError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(LoadError::Read { path: folder.to_owned(), source }),
    };
    for entry in entries {
        let path =
            entry.map_err(|source| LoadError::Read { path: folder.to_owned(), source })?.path();
        if path.is_dir() {
            remove_unlisted_in(&path, listed)?;
            // Stays when it still holds files.
            let _ = fs::remove_dir(&path);
        } else if !listed.contains(&path) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Where the figures of a charge file stand.
pub(crate) fn stats_path(charge_file: &str) -> String {
    format!("{}.stats.json", charge_file.trim_end_matches(".parquet"))
}

fn remove(path: &Path) -> Result<(), LoadError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(LoadError::Write { path: path.to_owned(), source })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn create_dir(path: &Path) -> Result<(), LoadError> {
    fs::create_dir_all(path).map_err(|source| LoadError::Write { path: path.to_owned(), source })
}

// A rename survives a crash only once its folder is on disk.
fn sync_dir(path: &Path) -> Result<(), LoadError> {
    let synced = File::open(path).and_then(|folder| folder.sync_all());
    synced.map_err(|source| LoadError::Write { path: path.to_owned(), source })
}
