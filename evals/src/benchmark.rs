//! Files of public benchmarks: read and written with errors that name the file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;

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
pub fn malformed(path: &Path, why: impl ToString) -> BenchmarkError {
    BenchmarkError::Malformed { path: path.to_owned(), why: why.to_string() }
}
