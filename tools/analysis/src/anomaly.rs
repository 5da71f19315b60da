//! Days on which a cost lay outside its expected range: one report a dimension path, with the amount.
//!
//! Leaves are daily costs of the narrowest paths (account, cloud service, region, usage type). They are added
//! up to the paths above them; each path is judged against its own past (`baseline`), runs of unusual days
//! are told apart as spikes, drops, shifts and things that are new (`runs`), and what several paths report
//! of one event is brought to the one path that explains it (`paths`).

mod baseline;
mod paths;
mod runs;
mod settings;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub(crate) use baseline::{median, quantile};
pub use settings::AnomalySettings;

/// The daily costs of one leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its value of each dimension, in the order of the dimensions; `None` where it holds none.
    pub path: Vec<Option<String>>,
    /// One amount for each day of the calendar.
    pub days: Vec<Decimal>,
}

/// The days that leaves are given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    pub first: Date,
    /// Whether each day is loaded. Days that are not are no zeros: they are left out.
    pub loaded: Vec<bool>,
    /// Days that are asked about; the others are their past.
    pub judged: Range<usize>,
    /// From this day on charges may still be missing: what is too low there tells nothing.
    pub late_from: usize,
}

/// What an anomaly is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnomalyKind {
    /// Days that cost more, after which the cost went back.
    Spike,
    /// A higher level that stayed.
    Shift,
    /// Days or a level that cost less.
    Drop,
    /// A cost where there was none.
    New,
}

impl AnomalyKind {
    /// The word in answers, e.g. `spike`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Spike => "spike",
            Self::Shift => "shift",
            Self::Drop => "drop",
            Self::New => "new",
        }
    }
}

/// A run of days outside the expected range of one path.
#[derive(Debug, Clone, PartialEq)]
pub struct Anomaly {
    /// Its value of each dimension, or `None` where it is not narrowed down further.
    pub path: Vec<Option<String>>,
    /// Days of the calendar.
    pub days: Range<usize>,
    pub kind: AnomalyKind,
    /// Rounded to cents of cents: it is an estimate.
    pub expected: Decimal,
    pub actual: Decimal,
    /// `actual - expected`.
    pub impact: Decimal,
    /// The impact over what such a run moves by chance: `sum of differences / (spread * sqrt(days))`.
    pub score: f64,
    /// Whether it lasted on the last judged day.
    pub ongoing: bool,
}

/// What was found, and what was looked at to find it.
#[derive(Debug, Clone, PartialEq)]
pub struct Unusual {
    /// The largest impact first, either way.
    pub anomalies: Vec<Anomaly>,
    /// Paths that were judged.
    pub series: usize,
    /// Days of those asked about that had past enough to be judged.
    pub days: usize,
    /// Smaller impacts are not reported.
    pub least_impact: Decimal,
}

/// The anomalies of the judged days.
///
/// `dimensions` of each leaf's path must be equally many. Nothing is found, and no day counts as judged,
/// where there is too little past.
#[must_use]
pub fn find_anomalies(leaves: &[Leaf], days: &Days, settings: &AnomalySettings) -> Unusual {
    let tree = paths::Tree::grow(leaves, days);
    let least = tree.least_impact(settings);
    let judged = tree.judged_days(days, settings);
    let mut candidates = Vec::new();
    for node in tree.nodes() {
        let runs = runs::runs(&node.costs, days, settings);
        candidates.extend(runs.into_iter().map(|run| paths::Candidate::new(node, run)));
    }
    candidates.retain(|candidate| candidate.impact().abs() >= least);
    let mut anomalies = paths::one_report_each(&tree, candidates, days, settings);
    anomalies.retain(|found| found.impact.abs() >= least);
    anomalies.sort_by(|left, right| {
        let by_impact = right.impact.abs().cmp(&left.impact.abs());
        by_impact
            .then_with(|| left.days.start.cmp(&right.days.start))
            .then_with(|| left.path.cmp(&right.path))
    });
    Unusual { anomalies, series: tree.nodes().len(), days: judged, least_impact: least }
}
