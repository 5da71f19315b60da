//! The files under the paths that were given, in a fixed order.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{error::LoadError, report::SkippedFile};

// What names of files that are read end in, before `.gz`.
const ENDS: &[&str] = &[".csv", ".parquet", ".json", ".jsonl", ".ndjson", ".log"];

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FoundFile {
    pub(crate) path: PathBuf,
    pub(crate) how: Given,
}

/// Whether a person named the file: then a foreign table is an error and not merely skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Given {
    ByName,
    InFolder,
}

/// Lists files and folders, folders recursively. A path given twice is read once.
pub(crate) fn discover(paths: &[PathBuf]) -> Result<(Vec<FoundFile>, Vec<SkippedFile>), LoadError> {
    let mut found: Vec<FoundFile> = Vec::new();
    let mut skipped = Vec::new();
    for path in paths {
        let kind = fs::metadata(path).map_err(|_| LoadError::NoSuchPath(path.clone()))?;
        if kind.is_dir() {
            walk(path, &mut found, &mut skipped)?;
        } else {
            found.push(FoundFile { path: path.clone(), how: Given::ByName });
        }
    }
    found.sort();
    found.dedup_by(|later, earlier| later.path == earlier.path);
    skipped.sort();
    Ok((found, skipped))
}

fn walk(
    folder: &Path,
    found: &mut Vec<FoundFile>,
    skipped: &mut Vec<SkippedFile>,
) -> Result<(), LoadError> {
    let unreadable = |source| LoadError::Read { path: folder.to_owned(), source };
    let mut entries = fs::read_dir(folder)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unreadable)?;
    entries.sort();
    for path in entries {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
        let name = name.unwrap_or_default();
        if name.starts_with('.') || name.starts_with('_') {
            continue;
        }
        if path.is_dir() {
            walk(&path, found, skipped)?;
        } else if ENDS.iter().any(|end| name.trim_end_matches(".gz").ends_with(end)) {
            found.push(FoundFile { path, how: Given::InFolder });
        } else {
            let reason = "is no .csv, .parquet, .json, .jsonl or .log file".to_owned();
            skipped.push(SkippedFile { file: path.display().to_string(), reason });
        }
    }
    Ok(())
}
