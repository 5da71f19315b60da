//! What a load did, for the person who started it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wherefore_contract::quality::{CostDescription, Identity};

use crate::{layout::Layout, manifest::PeriodKey};

/// A file that was left alone because it is no bill.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SkippedFile {
    pub file: String,
    /// Completes the sentence that starts with the file's name.
    pub reason: String,
}

/// A file of which nothing was loaded because it is damaged or foreign.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RefusedFile {
    pub file: String,
    /// Completes the sentence that starts with the file's name.
    pub reason: String,
}

/// A file that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadedFile {
    pub file: String,
    pub layout: Layout,
    /// Charges, or counts of transactions, that came of it.
    pub rows: u64,
}

/// Something of a loaded file that was left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileNote {
    pub file: String,
    /// A sentence without its end.
    pub text: String,
}

/// A billing period that had been loaded before and was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restatement {
    pub key: PeriodKey,
    pub rows_before: u64,
    pub rows_after: u64,
    /// Exact sums of `BilledCost` by currency: `(currency, before, after, difference)`.
    pub billed: Vec<RestatedCost>,
}

/// One currency of a restatement. Exact decimals as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestatedCost {
    pub currency: String,
    pub before: String,
    pub after: String,
    pub difference: String,
}

/// A billing period that keeps its former state because one of its files was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithheldPeriod {
    pub key: PeriodKey,
    /// The refused file.
    pub because_of: String,
}

/// A closing identity of cost bases.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IdentityCheck {
    pub key: PeriodKey,
    pub identity: Identity,
    /// Empty where the sums are of one commitment, or the bill names none.
    pub currency: String,
    /// E.g. `effective = billed - upfront + amortised upfront`.
    pub name: String,
    pub outcome: IdentityOutcome,
}

/// How an identity came out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum IdentityOutcome {
    /// Both sides agree within the tolerance of the source's own rounding.
    Holds {
        left: String,
        right: String,
    },
    Fails {
        left: String,
        right: String,
        difference: String,
    },
    /// The columns or rows it needs are absent.
    Unchecked {
        reason: String,
    },
}

/// What a load did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadReport {
    /// The snapshot that now is current; `None` when nothing could be loaded.
    pub snapshot: Option<String>,
    pub created_at: Timestamp,
    pub loaded: Vec<LoadedFile>,
    pub refused: Vec<RefusedFile>,
    pub skipped: Vec<SkippedFile>,
    /// What was left out of loaded files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<FileNote>,
    pub withheld: Vec<WithheldPeriod>,
    pub restated: Vec<Restatement>,
    pub identities: Vec<IdentityCheck>,
    /// The warehouse after the load.
    pub description: CostDescription,
}

impl LoadReport {
    /// Whether everything that was given has been loaded. A program exits with success only then.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.snapshot.is_some() && self.refused.is_empty() && self.withheld.is_empty()
    }
}
