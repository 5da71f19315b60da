//! A warehouse folder and its snapshots: which immutable files make up the loaded data.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use wherefore_contract::quality::CostDescription;

/// One state of a warehouse. Its files never change; a later load writes another snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// E.g. `s000003`.
    pub snapshot: String,
    /// The snapshot before it.
    pub parent: Option<String>,
    /// When it was loaded, as the caller's clock said.
    pub created_at: Timestamp,
    /// Ordered by path.
    pub charge_files: Vec<ChargeFile>,
    /// Ordered by path.
    pub transaction_files: Vec<TransactionFile>,
    /// Files of calls by client, ordered by path; manifests from before they could be loaded list none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub call_files: Vec<TransactionFile>,
    /// Files of metric points, ordered by path; manifests from before they could be loaded list none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metric_files: Vec<MetricFile>,
    /// Files of log records, ordered by path, which is by time; manifests from before they could be loaded list none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log_files: Vec<TelemetryFile>,
    /// Files of spans, likewise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub span_files: Vec<TelemetryFile>,
    /// Files of changes, likewise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub change_files: Vec<TransactionFile>,
    /// Normalised tag key -> column, over all charge files.
    pub tag_columns: BTreeMap<String, String>,
    /// The tag key that names the workload of a charge.
    pub workload_tag: String,
    pub description: CostDescription,
    /// The catalog of names, relative to the warehouse folder. Read it with [`Warehouse::catalog`].
    pub catalog: String,
}

/// A Parquet file of charges. All its rows share one [`PeriodKey`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChargeFile {
    /// Relative to the warehouse folder, with `/`.
    pub path: String,
    /// What the file's rows belong to, and what a later load replaces as a whole.
    pub key: PeriodKey,
    pub rows: u64,
    pub bytes: u64,
    /// The tag columns that the file has: normalised key -> column. Tag columns of other files are absent from it.
    pub tag_columns: BTreeMap<String, String>,
    /// First `ChargePeriodStart` and last `ChargePeriodStart` of the file, in microseconds since 1970 UTC.
    pub charge_start_micros: Option<(i64, i64)>,
}

/// What a load replaces as a whole: one billing period of one billing account of one provider.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PeriodKey {
    /// First day of the billing period.
    pub billing_period: Date,
    /// `ProviderName`, empty when the bill names none.
    pub provider: String,
    /// `BillingAccountId`, empty when the bill names none.
    pub billing_account: String,
}

/// A Parquet file of transactions or of calls.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TransactionFile {
    /// Relative to the warehouse folder, with `/`.
    pub path: String,
    pub rows: u64,
    pub bytes: u64,
}

/// A Parquet file of the metric points of one day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MetricFile {
    /// Relative to the warehouse folder, with `/`.
    pub path: String,
    /// The day of its points in UTC; a day has one file.
    pub day: Date,
    pub rows: u64,
    pub bytes: u64,
    /// Different series of the day.
    pub series: u64,
}

/// A Parquet file of log records or spans of one day, in the order of time, then id. No two files overlap in time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TelemetryFile {
    /// Relative to the warehouse folder, with `/`. Paths sort as their records.
    pub path: String,
    /// The day of its records in UTC.
    pub day: Date,
    pub rows: u64,
    pub bytes: u64,
    /// The first and the last time of its records, in nanoseconds since 1970 UTC.
    pub first: i64,
    pub last: i64,
}

/// The names that occur in the loaded charges, for search.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    /// Dimension as tool arguments spell it (`cloud_service`, `tag:team`, `workload`) -> its values.
    pub dimensions: BTreeMap<String, Vec<CatalogValue>>,
    /// Dimensions that hold more values than the catalog keeps.
    pub cut: Vec<String>,
}

/// One value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CatalogValue {
    /// Exactly as charges spell it.
    pub value: String,
    /// The name that stands beside an id (sub-account, billing account, region, resource).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Charge rows that hold it.
    pub rows: u64,
}

/// A warehouse could not be read.
#[derive(Debug, thiserror::Error)]
pub enum WarehouseError {
    #[error("no bill is loaded in `{}`; load one with `wherefore load PATH`", .0.display())]
    Empty(PathBuf),

    #[error("snapshot `{snapshot}` is not kept any more; kept are {kept}")]
    UnknownSnapshot { snapshot: String, kept: String },

    #[error("`{}` could not be read", .path.display())]
    Unreadable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },

    #[error("`{}` is damaged; load the bills again into an empty folder", .path.display())]
    Damaged {
        path: PathBuf,
        #[source]
        source: serde_json::Error,
    },
}

/// A warehouse folder, opened for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warehouse {
    root: PathBuf,
}

impl Warehouse {
    /// Names a folder. Nothing is read yet, and the folder may still be empty.
    #[must_use]
    pub fn open(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a file of a manifest stands.
    #[must_use]
    pub fn path_of(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The id of the newest snapshot.
    ///
    /// # Errors
    /// [`WarehouseError::Empty`] when nothing was ever loaded.
    pub fn current_id(&self) -> Result<String, WarehouseError> {
        let path = self.root.join("CURRENT");
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text.trim().to_owned()),
            Err(source) if source.kind() == io::ErrorKind::NotFound => {
                Err(WarehouseError::Empty(self.root.clone()))
            }
            Err(source) => Err(WarehouseError::Unreadable { path, source }),
        }
    }

    /// The newest snapshot.
    ///
    /// # Errors
    /// When nothing is loaded, or the folder cannot be read.
    pub fn current(&self) -> Result<Manifest, WarehouseError> {
        self.snapshot(&self.current_id()?)
    }

    /// A snapshot that is still kept.
    ///
    /// # Errors
    /// [`WarehouseError::UnknownSnapshot`] with the kept ones, or the folder cannot be read.
    pub fn snapshot(&self, id: &str) -> Result<Manifest, WarehouseError> {
        let unknown = |kept: Vec<String>| WarehouseError::UnknownSnapshot {
            snapshot: id.to_owned(),
            kept: if kept.is_empty() { "none".to_owned() } else { kept.join(", ") },
        };
        if !is_snapshot_id(id) {
            return Err(unknown(self.snapshots()?));
        }
        let path = self.root.join("snapshots").join(format!("{id}.json"));
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|source| WarehouseError::Damaged { path, source }),
            Err(source) if source.kind() == io::ErrorKind::NotFound => {
                Err(unknown(self.snapshots()?))
            }
            Err(source) => Err(WarehouseError::Unreadable { path, source }),
        }
    }

    /// The ids of the kept snapshots, oldest first. A snapshot newer than `CURRENT` is the rest of an interrupted load
    /// and is not listed.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn snapshots(&self) -> Result<Vec<String>, WarehouseError> {
        let folder = self.root.join("snapshots");
        let current = match self.current_id() {
            Ok(id) => id,
            Err(WarehouseError::Empty(_)) => return Ok(Vec::new()),
            Err(other) => return Err(other),
        };
        let unreadable = |source| WarehouseError::Unreadable { path: folder.clone(), source };
        let mut ids = Vec::new();
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            if let Some(id) = name.to_str().and_then(|name| name.strip_suffix(".json"))
                && is_snapshot_id(id)
                && id <= current.as_str()
            {
                ids.push(id.to_owned());
            }
        }
        ids.sort();
        Ok(ids)
    }

    /// The names that occur in the charges of a snapshot.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn catalog(&self, manifest: &Manifest) -> Result<Catalog, WarehouseError> {
        let path = self.path_of(&manifest.catalog);
        let bytes = fs::read(&path)
            .map_err(|source| WarehouseError::Unreadable { path: path.clone(), source })?;
        serde_json::from_slice(&bytes).map_err(|source| WarehouseError::Damaged { path, source })
    }
}

// Fixed width, so that ids sort as text; also keeps path separators out of a caller's id.
fn is_snapshot_id(id: &str) -> bool {
    id.len() == 7
        && id
            .strip_prefix('s')
            .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_folder_says_how_to_load_a_bill() {
        let folder = tempfile::tempdir().unwrap();
        let warehouse = Warehouse::open(folder.path());
        assert!(warehouse.current().unwrap_err().to_string().contains("wherefore load PATH"));
        assert_eq!(warehouse.snapshots().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_snapshot_id_cannot_leave_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let warehouse = Warehouse::open(folder.path());
        let refused = warehouse.snapshot("../../etc/passwd").unwrap_err().to_string();
        assert_eq!(refused, "snapshot `../../etc/passwd` is not kept any more; kept are none");
    }
}
