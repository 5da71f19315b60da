//! Many traces in one pass and in bounded memory.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wherefore_contract::telemetry::SpanKind;

use super::{
    durations::Durations,
    map::WorkloadMap,
    origin::error_origins,
    path::{critical_path, self_times},
    span::{Outcome, SpanRow, TraceSpan},
    tree::{Repairs, Trace},
};

/// What a pass may hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Spans of one trace; further ones are left out and counted.
    pub spans_of_a_trace: usize,
    /// Different operations; further ones are counted together as [`OTHERS`].
    pub operations: usize,
}

/// Operations beyond the limit.
pub const OTHERS: &str = "(others)";

impl Default for Limits {
    /// A trace of 100,000 spans takes some 30 MB; 20,000 operations some 40 MB.
    fn default() -> Self {
        Self { spans_of_a_trace: 100_000, operations: 20_000 }
    }
}

/// One operation of a workload.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationSummary {
    pub calls: u64,
    pub faults: u64,
    pub errors: u64,
    pub throttles: u64,
    pub duration: Durations,
    /// Time in which nothing below a span of it ran.
    pub self_time: Durations,
}

impl OperationSummary {
    fn add(&mut self, span: &TraceSpan, self_ns: u64) {
        self.calls += 1;
        match span.outcome {
            Outcome::Well => {}
            Outcome::Error => self.errors += 1,
            Outcome::Throttle => self.throttles += 1,
            Outcome::Fault => self.faults += 1,
        }
        self.duration.add(span.duration_ns);
        self.self_time.add(self_ns);
    }
}

/// Where the time of requests that entered at one operation went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entrance {
    pub(super) traces: u64,
    pub(super) total_ns: u128,
    /// By workload and operation: segments of critical paths and their time. All times sum to `total_ns`.
    pub(super) lines: BTreeMap<(String, String), (u64, u128)>,
}

/// Origins of failures by workload, operation and whom it asked outside.
type Origins = BTreeMap<(String, String, Option<String>), u64>;

/// What the traces of one window say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TraceSummary {
    pub traces: u64,
    pub spans: u64,
    /// Traces of which a span failed.
    pub failing_traces: u64,
    /// Traces without the span at which they began: no part of comparisons.
    pub fragments: u64,
    /// Spans beyond the limit of a trace.
    pub left_out: u64,
    /// Places where the rows were not in the order of their trace ids: traces may have been taken apart there.
    pub out_of_order: u64,
    pub repairs: Repairs,
    /// By workload, operation and kind.
    pub operations: BTreeMap<(String, String, SpanKind), OperationSummary>,
    pub map: WorkloadMap,
    /// Failing traces by where their failure began: the first of [`error_origins`] of each.
    pub origins: Origins,
    /// By the workload and operation of the root.
    pub(super) entrances: BTreeMap<(String, String), Entrance>,
}

/// Folds rows into a summary. Rows must come in ascending order of their trace ids (`ORDER BY TraceId`), in any order within
/// a trace: then one trace is held at a time. A descent is counted in `out_of_order`.
#[derive(Debug, Default)]
pub struct TraceFold {
    limits: Limits,
    id: String,
    spans: Vec<TraceSpan>,
    summary: TraceSummary,
}

impl TraceFold {
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Takes the next row.
    pub fn push(&mut self, row: &SpanRow<'_>) {
        if row.trace_id != self.id {
            if row.trace_id < self.id.as_str() {
                self.summary.out_of_order += 1;
            }
            self.close();
            row.trace_id.clone_into(&mut self.id);
        }
        if self.spans.len() < self.limits.spans_of_a_trace {
            self.spans.push(TraceSpan::of(row));
        } else {
            self.summary.left_out += 1;
        }
    }

    /// Takes the last trace.
    #[must_use]
    pub fn finish(mut self) -> TraceSummary {
        self.close();
        self.summary
    }

    fn close(&mut self) {
        if !self.spans.is_empty() {
            let trace = Trace::of(std::mem::take(&mut self.spans));
            self.summary.add(&trace, self.limits);
        }
    }
}

impl TraceSummary {
    /// Adds a trace.
    pub fn add(&mut self, trace: &Trace, limits: Limits) {
        self.traces += 1;
        self.spans += u64::try_from(trace.nodes.len()).unwrap_or(u64::MAX);
        self.repairs.join(&trace.repairs);
        let own = self_times(trace);
        for (node, self_ns) in trace.nodes.iter().zip(&own) {
            let span = &node.span;
            let key = (span.workload.clone(), span.operation.clone(), span.kind);
            let room =
                self.operations.len() < limits.operations || self.operations.contains_key(&key);
            let key =
                if room { key } else { (OTHERS.to_owned(), OTHERS.to_owned(), SpanKind::Internal) };
            self.operations.entry(key).or_default().add(span, *self_ns);
        }
        self.map.add(trace, &own);
        if let Some(origin) = error_origins(trace).into_iter().next() {
            self.failing_traces += 1;
            let key = (origin.workload, origin.operation, origin.outside);
            if self.origins.len() < limits.operations || self.origins.contains_key(&key) {
                *self.origins.entry(key).or_default() += 1;
            }
        }
        self.enter(trace, limits);
    }

    fn enter(&mut self, trace: &Trace, limits: Limits) {
        let Some((at, root)) = trace.roots.first().and_then(|at| Some((*at, trace.span(*at)?)))
        else {
            return;
        };
        if !root.parent_id.is_empty() {
            self.fragments += 1;
            return;
        }
        let others = || (OTHERS.to_owned(), OTHERS.to_owned());
        let mut key = (root.workload.clone(), root.operation.clone());
        if self.entrances.len() >= limits.operations && !self.entrances.contains_key(&key) {
            key = others();
        }
        let entrance = self.entrances.entry(key).or_default();
        entrance.traces += 1;
        entrance.total_ns += u128::from(root.duration_ns);
        for segment in critical_path(trace, at) {
            let Some(span) = trace.span(segment.node) else { continue };
            let mut line = (span.workload.clone(), span.operation.clone());
            if entrance.lines.len() >= limits.operations && !entrance.lines.contains_key(&line) {
                line = others();
            }
            let (segments, time) = entrance.lines.entry(line).or_default();
            *segments += 1;
            *time += u128::from(segment.duration_ns);
        }
    }
}
