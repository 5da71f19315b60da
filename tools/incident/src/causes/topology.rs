//! Who calls whom: what a symptom can reach, and the way a cause takes to it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::{
    estate::{Estate, Vantage},
    evidence::{Observation, Reference},
};

/// One step of the way from a cause to the symptom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The end that is nearer to the symptom.
    pub caller: String,
    pub callee: String,
    /// What shows that the caller moved as well; empty when it could not be seen or did not move.
    pub evidence: Vec<Reference>,
    /// Nothing is known of the caller.
    pub is_unseen: bool,
}

/// The call graph, in order.
pub(super) struct Topology<'a> {
    callees: BTreeMap<&'a str, BTreeSet<&'a str>>,
    callers: BTreeMap<&'a str, BTreeSet<&'a str>>,
    vantage: BTreeMap<&'a str, Vantage>,
}

// A hop over a node that did not move costs as much as this many over nodes that did.
const UNMOVED: u64 = 3;

impl<'a> Topology<'a> {
    /// Reads the calls; those with an end that is not listed come back for the list of what was left out.
    pub(super) fn of(estate: &'a Estate) -> (Self, Vec<(&'a str, &'a str)>) {
        let vantage: BTreeMap<&str, Vantage> =
            estate.nodes.iter().map(|node| (node.name.as_str(), node.vantage)).collect();
        let mut topology = Self { callees: BTreeMap::new(), callers: BTreeMap::new(), vantage };
        let mut left_out = Vec::new();
        for call in &estate.calls {
            let (from, to) = (call.caller.as_str(), call.callee.as_str());
            if from == to {
                continue;
            }
            if !topology.vantage.contains_key(from) || !topology.vantage.contains_key(to) {
                left_out.push((from, to));
                continue;
            }
            topology.callees.entry(from).or_default().insert(to);
            topology.callers.entry(to).or_default().insert(from);
        }
        left_out.sort_unstable();
        left_out.dedup();
        (topology, left_out)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.callees.is_empty()
    }

    pub(super) fn knows(&self, node: &str) -> bool {
        self.vantage.contains_key(node)
    }

    pub(super) fn vantage(&self, node: &str) -> Vantage {
        self.vantage.get(node).copied().unwrap_or(Vantage::Own)
    }

    pub(super) fn callees(&self, node: &str) -> impl Iterator<Item = &'a str> + '_ {
        self.callees.get(node).into_iter().flatten().copied()
    }

    pub(super) fn callers(&self, node: &str) -> impl Iterator<Item = &'a str> + '_ {
        self.callers.get(node).into_iter().flatten().copied()
    }

    /// What may explain a node: its callees, and for an address that only its callers see the workloads that the same
    /// callers call, because one of those usually stands behind it.
    pub(super) fn explainers(&self, node: &str) -> BTreeSet<&'a str> {
        let mut all: BTreeSet<&str> = self.callees(node).collect();
        if self.vantage(node) == Vantage::Callers {
            for caller in self.callers(node) {
                all.extend(
                    self.callees(caller).filter(|other| self.vantage(other) == Vantage::Own),
                );
            }
        }
        all
    }

    /// All that a node reaches by calls, itself among them.
    pub(super) fn reach(&self, from: &'a str) -> BTreeSet<&'a str> {
        let mut reached = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            for callee in self.callees(node) {
                if reached.insert(callee) {
                    open.push(callee);
                }
            }
        }
        reached
    }

    /// The way from `cause` up its callers to `symptom`: few hops, rather over nodes that moved; equal ways by name.
    pub(super) fn path(
        &self,
        cause: &'a str,
        symptom: &'a str,
        evidence: &BTreeMap<&'a str, Vec<Observation>>,
        least: f64,
    ) -> Option<Vec<Hop>> {
        let has_moved = |node: &str| {
            evidence.get(node).is_some_and(|list| list.iter().any(|one| one.strength >= least))
        };
        let mut best: BTreeMap<&str, (u64, &str)> = BTreeMap::from([(cause, (0, cause))]);
        let mut open = BinaryHeap::from([Reverse((0_u64, cause))]);
        while let Some(Reverse((cost, node))) = open.pop() {
            if node == symptom {
                break;
            }
            if best.get(node).is_some_and(|known| known.0 < cost) {
                continue;
            }
            for caller in self.callers(node) {
                let next = cost + if has_moved(caller) || caller == symptom { 1 } else { UNMOVED };
                if best.get(caller).is_none_or(|known| (next, node) < *known) {
                    best.insert(caller, (next, node));
                    open.push(Reverse((next, caller)));
                }
            }
        }
        let mut hops = Vec::new();
        let mut at = symptom;
        while at != cause {
            let (_, callee) = *best.get(at)?;
            hops.push(Self::hop(at, callee, evidence.get(at).map(Vec::as_slice), least));
            at = callee;
        }
        hops.reverse();
        Some(hops)
    }

    fn hop(from: &str, to: &str, seen: Option<&[Observation]>, least: f64) -> Hop {
        let seen = seen.unwrap_or_default();
        let moved = seen.iter().filter(|one| one.strength >= least);
        Hop {
            caller: from.to_owned(),
            callee: to.to_owned(),
            evidence: moved.take(2).map(|one| one.of.clone()).collect(),
            is_unseen: seen.is_empty(),
        }
    }
}
