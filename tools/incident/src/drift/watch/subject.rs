//! What is watched, and the points that come in.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wherefore_contract::incident::Signal;

use super::super::exact;

/// Which way is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Latency, errors, saturation, cost per transaction.
    Up,
    /// Traffic, throughput, free space.
    Down,
}

impl Direction {
    pub(super) fn sign(self) -> f64 {
        match self {
            Self::Up => 1.0,
            Self::Down => -1.0,
        }
    }
}

/// One deployment and one signal of one workload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// The id of the change, as its source names it.
    pub deployment: String,
    pub deployed_at: Timestamp,
    /// One line about the change, as its source says it: data written by others.
    pub summary: Option<String>,
    pub workload: String,
    pub signal: Signal,
    /// The metric, as its source names it.
    pub metric: String,
    pub unit: Option<String>,
    pub account: Option<String>,
    pub region: Option<String>,
    pub direction: Direction,
    /// The objective or static alarm line that the metric should not reach, in its unit.
    #[serde(with = "exact")]
    pub line: Option<f64>,
    /// Hours that local time is ahead of UTC; weekends are local.
    pub ahead_hours: i32,
    /// Whether weekends may differ from weekdays.
    pub is_weekly: bool,
}

impl Subject {
    /// The same for every ticket, update and close of this deployment, workload, signal and metric, and for no other: fit for
    /// file names and headers whatever the names hold.
    #[must_use]
    pub fn key(&self) -> String {
        let mut hash = Sha256::new();
        let place =
            [self.account.as_deref(), self.region.as_deref()].map(Option::unwrap_or_default);
        let parts = [&self.deployment, &self.workload, self.signal.name(), &self.metric];
        for part in parts.into_iter().chain(place) {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let mut key = "drift-".to_owned();
        for byte in hash.finalize().iter().take(16) {
            let _ = write!(key, "{byte:02x}");
        }
        key
    }
}

/// One measurement, or the mean of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub time: Timestamp,
    /// In the metric's unit.
    pub value: f64,
    /// The matched control at that time, where there is one.
    pub control: Option<f64>,
}
