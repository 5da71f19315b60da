//! Who calls whom, how often, how slow and how well.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    durations::Durations,
    span::{Outcome, TraceSpan},
    tree::Trace,
};

/// Calls with their outcomes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edge {
    pub calls: u64,
    /// Those that failed through the called one (5xx).
    pub faults: u64,
    /// Those that failed through the caller (4xx).
    pub errors: u64,
    /// Those that were refused as too many (429).
    pub throttles: u64,
    /// As the caller saw it where it has a span, else as the called one did.
    pub latency: Durations,
}

/// A workload, or something outside of which only its callers tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapNode {
    /// Known only from those who call it.
    pub outside: bool,
    /// What came in: from other workloads and from outside.
    pub served: Edge,
    /// Part of it that no workload of the map called: where requests enter.
    pub entered: Edge,
    /// Time of its spans in which nothing below them ran, in nanoseconds.
    pub self_ns: u128,
    /// Account and region with the spans from there.
    pub places: BTreeMap<(String, String), u64>,
}

/// Workloads and the calls between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkloadMap {
    pub nodes: BTreeMap<String, MapNode>,
    /// By caller, then called one.
    pub edges: BTreeMap<(String, String), Edge>,
    /// Calls that were not counted because the map was full.
    pub left_out: u64,
}

/// Nodes of one map; a program that writes ids into its name must not fill the memory.
const NODES: usize = 10_000;
/// Edges of one map.
const EDGES: usize = 100_000;

impl Edge {
    fn add(&mut self, duration: u64, outcome: Outcome) {
        self.calls += 1;
        self.latency.add(duration);
        match outcome {
            Outcome::Well => {}
            Outcome::Error => self.errors += 1,
            Outcome::Throttle => self.throttles += 1,
            Outcome::Fault => self.faults += 1,
        }
    }

    /// Calls a second over a window of so many seconds.
    #[must_use]
    pub fn per_second(&self, seconds: f64) -> f64 {
        if seconds > 0.0 { as_f64(self.calls) / seconds } else { 0.0 }
    }

    /// The share of calls that failed through the called one, throttles among them.
    #[must_use]
    pub fn fault_share(&self) -> Option<f64> {
        (self.calls > 0).then(|| as_f64(self.faults + self.throttles) / as_f64(self.calls))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of calls stay below 2^53")]
pub(super) fn as_f64(count: u64) -> f64 {
    count as f64
}

impl WorkloadMap {
    /// Adds the calls of a trace. `self_times` are those of [`super::self_times`].
    pub fn add(&mut self, trace: &Trace, self_times: &[u64]) {
        for (at, node) in trace.nodes.iter().enumerate() {
            let span = &node.span;
            let parent = node.parent.and_then(|parent| trace.span(parent));
            let Some(known) = self.node(&span.workload) else { continue };
            known.outside = false;
            known.self_ns += u128::from(self_times.get(at).copied().unwrap_or(0));
            let place = (span.account.clone(), span.region.clone());
            if known.places.len() < NODES || known.places.contains_key(&place) {
                *known.places.entry(place).or_default() += 1;
            }
            match parent.filter(|parent| parent.workload == span.workload) {
                Some(_) => {}
                None => self.arrives(span, parent),
            }
            let asks = span.kind.calls()
                && !trace.children(at).any(|(_, child)| child.workload != span.workload);
            if let (true, Some(peer)) = (asks, &span.peer)
                && *peer != span.workload
            {
                self.asks(span, peer);
            }
        }
    }

    /// A span whose parent is another workload's, or none.
    fn arrives(&mut self, span: &TraceSpan, parent: Option<&TraceSpan>) {
        if let Some(known) = self.node(&span.workload) {
            known.served.add(span.duration_ns, span.outcome);
            if parent.is_none() {
                known.entered.add(span.duration_ns, span.outcome);
            }
        }
        if let Some(parent) = parent {
            let seen = if parent.kind.calls() { parent.duration_ns } else { span.duration_ns };
            let outcome =
                if parent.kind.calls() { span.outcome.max(parent.outcome) } else { span.outcome };
            if let Some(edge) = self.edge(&parent.workload, &span.workload) {
                edge.add(seen, outcome);
            }
        }
    }

    /// A call of which only the caller tells.
    fn asks(&mut self, span: &TraceSpan, peer: &str) {
        let Some(known) = self.nodes.get(peer) else {
            if let Some(new) = self.node(peer) {
                new.outside = true;
                new.served.add(span.duration_ns, span.outcome);
            }
            return self.called(span, peer);
        };
        if known.outside
            && let Some(known) = self.node(peer)
        {
            known.served.add(span.duration_ns, span.outcome);
        }
        self.called(span, peer);
    }

    fn called(&mut self, span: &TraceSpan, peer: &str) {
        if let Some(edge) = self.edge(&span.workload, peer) {
            edge.add(span.duration_ns, span.outcome);
        }
    }

    fn node(&mut self, name: &str) -> Option<&mut MapNode> {
        if !self.nodes.contains_key(name) {
            if self.nodes.len() >= NODES {
                self.left_out += 1;
                return None;
            }
            self.nodes.insert(name.to_owned(), MapNode::default());
        }
        self.nodes.get_mut(name)
    }

    fn edge(&mut self, from: &str, called: &str) -> Option<&mut Edge> {
        let key = (from.to_owned(), called.to_owned());
        if !self.edges.contains_key(&key) && self.edges.len() >= EDGES {
            self.left_out += 1;
            return None;
        }
        Some(self.edges.entry(key).or_default())
    }

    /// Whom a workload calls.
    pub fn called_by<'a>(&'a self, workload: &'a str) -> impl Iterator<Item = (&'a str, &'a Edge)> {
        let of = move |((caller, called), edge): (&'a (String, String), &'a Edge)| {
            (caller == workload).then_some((called.as_str(), edge))
        };
        self.edges.iter().filter_map(of)
    }

    /// Who calls it, directly or through others, with the least number of calls between.
    #[must_use]
    pub fn dependents(&self, workload: &str) -> BTreeMap<String, usize> {
        let mut callers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (caller, called) in self.edges.keys() {
            callers.entry(called).or_default().push(caller);
        }
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        let mut ring: BTreeSet<&str> = [workload].into();
        let mut hops = 0;
        while !ring.is_empty() {
            hops += 1;
            let next: BTreeSet<&str> =
                ring.iter().filter_map(|one| callers.get(one)).flatten().copied().collect();
            ring = next
                .into_iter()
                .filter(|one| *one != workload && !found.contains_key(*one))
                .collect();
            found.extend(ring.iter().map(|one| ((*one).to_owned(), hops)));
        }
        found
    }
}
