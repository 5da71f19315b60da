//! What is known of an estate around an incident: series, log patterns, spans, changes, and who calls whom.

use wherefore_contract::incident::{ChangeKind, Signal};

/// Everything that a ranking may look at. Names tie it together: observations of nodes that are not listed are left
/// out and told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Estate {
    pub nodes: Vec<Node>,
    /// Who calls whom. Cycles and nodes without observations are fine; ends that are not listed are told.
    pub calls: Vec<Call>,
    pub series: Vec<Series>,
    pub patterns: Vec<PatternSeen>,
    pub successions: Vec<Succession>,
    pub spans: Vec<SpansSeen>,
    pub changes: Vec<ChangeSeen>,
    pub symptom: Symptom,
    /// Seconds between two values of a window.
    pub step_seconds: f64,
}

/// A workload, or a resource of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub name: String,
    pub vantage: Vantage,
}

/// From where a node is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vantage {
    /// By its own telemetry.
    Own,
    /// Only by those who call it: an address behind which something unknown stands (X-Ray's type `remote`).
    Callers,
    /// It stands for the requests that enter a workload (X-Ray's type `client`).
    Client,
}

/// `caller` calls `callee`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    pub caller: String,
    pub callee: String,
}

/// A named series of one node. Bad means higher, whatever its signal: availability is given as errors.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Unique among series.
    pub id: String,
    pub node: String,
    /// As the source names it.
    pub name: String,
    pub signal: Signal,
    /// UCUM where known, e.g. `s`, `%`.
    pub unit: String,
    /// The smallest spread that means anything, in the series' unit; 0 where nothing is known of it.
    pub resolution: f64,
    /// The caller at whom it was measured, for a series of one edge.
    pub caller: Option<String>,
    /// It belongs to the host or pool that the node shares with others.
    pub is_shared: bool,
    /// Healthy values in order; NaN is a gap.
    pub reference: Vec<f64>,
    /// The last values before the window, in order; empty where none are known. What was so already is no beginning.
    pub before: Vec<f64>,
    /// Values of the incident's window in order; NaN is a gap. All windows of an estate lie on one grid.
    pub window: Vec<f64>,
}

/// Severity of a log pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Information,
    Warning,
    Error,
}

/// How often lines of a pattern were seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PatternCounts {
    pub before: u64,
    pub after: u64,
}

/// A log pattern of a node in both windows.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternSeen {
    /// Unique among patterns.
    pub id: String,
    pub node: String,
    /// The template or a sample: data written by others.
    pub text: String,
    pub severity: Severity,
    pub counts: PatternCounts,
    /// Length of the window divided by that of the reference.
    pub exposure: f64,
}

/// How often something was followed by its usual successor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Steps {
    /// Times that the first was seen.
    pub seen: u64,
    /// Times that the usual successor came next.
    pub followed: u64,
}

/// Two steps of one request inside a node that usually follow each other: log patterns or spans' beginnings.
#[derive(Debug, Clone, PartialEq)]
pub struct Succession {
    /// Unique among successions.
    pub id: String,
    pub node: String,
    pub from: String,
    pub to: String,
    pub before: Steps,
    pub after: Steps,
}

/// Spans of a node, or of one caller's calls to it, in one window.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SpanFigures {
    pub calls: u64,
    /// Failed calls.
    pub errors: u64,
    /// Failed calls in which no call further down failed.
    pub errors_own: u64,
    /// 95th percentile of the time, seconds.
    pub duration: f64,
    /// 95th percentile of the time that no child took, seconds.
    pub self_time: f64,
}

/// The same of both windows.
#[derive(Debug, Clone, PartialEq)]
pub struct SpansSeen {
    pub node: String,
    /// Set when these are the calls of one caller.
    pub caller: Option<String>,
    pub before: SpanFigures,
    pub after: SpanFigures,
}

/// A change near the incident.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeSeen {
    pub id: String,
    pub node: Option<String>,
    pub kind: ChangeKind,
    /// Seconds from the change to the beginning of the incident; negative when it came later.
    pub seconds_before: f64,
}

/// What the person or the alarm saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Symptom {
    pub node: Option<String>,
    pub signal: Option<Signal>,
    /// The series that shows it, by its id.
    pub series: Option<String>,
}
