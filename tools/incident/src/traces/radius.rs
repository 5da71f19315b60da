//! Whom a cause reaches.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use wherefore_contract::incident::Signal;

use super::map::{Edge, WorkloadMap, as_f64};

/// A workload that depends on the cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dependent {
    pub workload: String,
    /// Calls between it and the cause.
    pub hops: usize,
    /// What of it moved in the incident; empty where nothing did.
    pub moved: BTreeSet<Signal>,
    /// Whether requests enter the estate there.
    pub entrance: bool,
}

/// Whom a cause can reach, and whom it did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BlastRadius {
    pub cause: String,
    /// Whether the map knows the cause; otherwise nobody can be said to depend on it.
    pub known: bool,
    /// The nearest first, then by name.
    pub dependents: Vec<Dependent>,
    /// What moved and does not depend on the cause: it speaks against it, or there is more than one.
    pub moved_elsewhere: Vec<String>,
    /// Of the requests that enter at the cause or its dependents, the share that failed (5xx and 429). `None` without any.
    pub failing_share: Option<f64>,
    /// Of all requests that enter, the share that enters at the cause or at dependents that moved.
    pub reached_share: Option<f64>,
}

impl BlastRadius {
    /// Workloads that moved, the cause among them when it did not stand for itself elsewhere.
    #[must_use]
    pub fn moved(&self) -> usize {
        1 + self.dependents.iter().filter(|one| !one.moved.is_empty()).count()
    }
}

/// Says who depends on `cause` by the map of the incident's window, and who of them moved.
#[must_use]
pub fn blast_radius(
    map: &WorkloadMap,
    cause: &str,
    moved: &BTreeMap<String, BTreeSet<Signal>>,
) -> BlastRadius {
    let reach = map.dependents(cause);
    let entered =
        |name: &str| map.nodes.get(name).map(|node| &node.entered).filter(|edge| edge.calls > 0);
    let mut dependents: Vec<Dependent> = reach
        .iter()
        .map(|(name, hops)| Dependent {
            workload: name.clone(),
            hops: *hops,
            moved: moved.get(name).cloned().unwrap_or_default(),
            entrance: entered(name).is_some(),
        })
        .collect();
    dependents.sort_by(|one, other| (one.hops, &one.workload).cmp(&(other.hops, &other.workload)));
    let failing = |edges: &[&Edge]| {
        let calls: u64 = edges.iter().map(|edge| edge.calls).sum();
        let failed: u64 = edges.iter().map(|edge| edge.faults + edge.throttles).sum();
        (calls > 0).then(|| as_f64(failed) / as_f64(calls))
    };
    let near: Vec<&Edge> = std::iter::once(cause)
        .chain(reach.keys().map(String::as_str))
        .filter_map(entered)
        .collect();
    let hit =
        dependents.iter().filter(|one| !one.moved.is_empty()).map(|one| one.workload.as_str());
    let hit: u64 =
        std::iter::once(cause).chain(hit).filter_map(entered).map(|edge| edge.calls).sum();
    let all: u64 = map.nodes.values().map(|node| node.entered.calls).sum();
    let elsewhere = moved.iter().filter(|(name, signals)| {
        !signals.is_empty() && name.as_str() != cause && !reach.contains_key(*name)
    });
    BlastRadius {
        cause: cause.to_owned(),
        known: map.nodes.contains_key(cause),
        moved_elsewhere: elsewhere.map(|(name, _)| name.clone()).collect(),
        failing_share: failing(&near),
        reached_share: (all > 0).then(|| as_f64(hit) / as_f64(all)),
        dependents,
    }
}
