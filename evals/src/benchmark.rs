//! Files of public benchmarks: read and written with errors that name the file.

mod ablation;
mod calibration;

use std::{
    fs::{self, File},
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;

pub(crate) use ablation::variants;
pub(crate) use calibration::Calibration;

/// A benchmark could not be run.
#[derive(Debug, thiserror::Error)]
pub enum BenchmarkError {
    #[error("`{}` could not be read", .path.display())]
    Unreadable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("`{}` could not be written", .path.display())]
    Unwritable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("`{}` is not what the benchmark has there: {why}", .path.display())]
    Malformed { path: PathBuf, why: String },
    #[error("`{}` holds nothing of this benchmark; name its folder with --data", .path.display())]
    Nothing { path: PathBuf },
    #[error("the settings could not be read: {0}")]
    Settings(String),
}

/// The text of a file.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<String, BenchmarkError> {
    fs::read_to_string(path)
        .map_err(|source| BenchmarkError::Unreadable { path: path.to_owned(), source })
}

/// A file of JSON.
///
/// # Errors
/// When it cannot be read, or is of another shape.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, BenchmarkError> {
    serde_json::from_str(&read(path)?).map_err(|why| malformed(path, why))
}

/// Writes a file, and the folders above it.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), BenchmarkError> {
    let failed = |source| BenchmarkError::Unwritable { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, text).map_err(failed)
}

/// That a file is not what it should be.
#[expect(clippy::needless_pass_by_value, reason = "errors are handed over as they come")]
pub fn malformed(path: &Path, why: impl ToString) -> BenchmarkError {
    BenchmarkError::Malformed { path: path.to_owned(), why: why.to_string() }
}

/// Opens a file, unpacking `.gz`.
///
/// # Errors
/// When it cannot be opened.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>, BenchmarkError> {
    let file = File::open(path)
        .map_err(|source| BenchmarkError::Unreadable { path: path.to_owned(), source })?;
    let file = BufReader::new(file);
    let is_packed = path.extension().is_some_and(|ending| ending == "gz");
    Ok(if is_packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
}

/// Names in a folder, in order; none when it does not exist.
///
/// # Errors
/// When it cannot be listed.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, BenchmarkError> {
    let unreadable = |source| BenchmarkError::Unreadable { path: folder.to_owned(), source };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        names.extend(name.into_string().ok().filter(|name| !name.starts_with('.')));
    }
    names.sort();
    Ok(names)
}

/// A share of whole counts with three digits.
pub(crate) fn share(hits: usize, all: usize) -> String {
    if all == 0 {
        return "-".to_owned();
    }
    let thousandths = (hits * 1000 + all / 2) / all;
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}
