//! Paths of dimensions: costs added up along them, and one report for what several of them show.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive, ToPrimitive},
};

use super::{
    Anomaly, AnomalySettings, Days, Leaf,
    baseline::{Baseline, median},
    runs::{Run, runs},
};

// Digits of an expected cost: it is an estimate.
const PLACES: u32 = 4;
// Reports that begin and end within so many days of each other may be one event.
const TOGETHER: usize = 2;

/// A value of each dimension as its number, or `None` where it is open.
pub(super) type Path = Vec<Option<usize>>;

/// The costs of one path.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) path: Path,
    pub(super) costs: Vec<f64>,
}

/// Leaves and the paths above them.
pub(super) struct Tree<'a> {
    leaves: Vec<(Path, &'a Leaf, Vec<f64>)>,
    values: Vec<Vec<String>>,
    nodes: Vec<Node>,
    days: &'a Days,
}

/// A run of unusual days of one path.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    path: Path,
    run: Run,
}

impl Candidate {
    pub(super) fn new(node: &Node, run: Run) -> Self {
        Self { path: node.path.clone(), run }
    }

    pub(super) fn impact(&self) -> Decimal {
        Decimal::from_f64(self.run.impact()).unwrap_or_default()
    }
}

impl<'a> Tree<'a> {
    pub(super) fn grow(leaves: &'a [Leaf], days: &'a Days) -> Self {
        let width = leaves.first().map_or(0, |leaf| leaf.path.len());
        let text =
            |leaf: &Leaf, at: usize| leaf.path.get(at).cloned().flatten().unwrap_or_default();
        let values: Vec<Vec<String>> = (0..width)
            .map(|at| {
                let named: BTreeSet<String> = leaves.iter().map(|leaf| text(leaf, at)).collect();
                named.into_iter().collect()
            })
            .collect();
        let numbered = |leaf: &Leaf| -> Path {
            let number =
                |(at, known): (usize, &Vec<String>)| known.binary_search(&text(leaf, at)).ok();
            values.iter().enumerate().map(number).collect()
        };
        let leaves: Vec<(Path, &Leaf, Vec<f64>)> = leaves
            .iter()
            .map(|leaf| {
                let costs =
                    leaf.days.iter().map(|cost| cost.to_f64().unwrap_or_default()).collect();
                (numbered(leaf), leaf, costs)
            })
            .collect();
        let mut tree = Self { leaves, values, nodes: Vec::new(), days };
        tree.nodes = tree.paths().into_iter().map(|path| tree.node(path)).collect();
        tree
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    // The whole, each account, each cloud service over all accounts, and each step down from an account.
    fn paths(&self) -> BTreeSet<Path> {
        let width = self.values.len();
        let mut kept: Vec<Vec<bool>> =
            (0..=width).map(|depth| (0..width).map(|at| at < depth).collect()).collect();
        if width > 1 {
            kept.push((0..width).map(|at| at == 1).collect());
        }
        let open = |path: &Path, kept: &[bool]| -> Path {
            path.iter().zip(kept).map(|(value, kept)| value.filter(|_| *kept)).collect()
        };
        let all =
            self.leaves.iter().flat_map(|(path, _, _)| kept.iter().map(|kept| open(path, kept)));
        all.collect()
    }

    fn node(&self, path: Path) -> Node {
        let mut costs = vec![0.0; self.days.loaded.len()];
        for (_, _, own) in self.under(&path) {
            for (sum, cost) in costs.iter_mut().zip(own) {
                *sum += cost;
            }
        }
        Node { path, costs }
    }

    fn under<'p>(&'p self, path: &'p Path) -> impl Iterator<Item = &'p (Path, &'a Leaf, Vec<f64>)> {
        self.leaves.iter().filter(move |(own, _, _)| holds(path, own))
    }

    /// The smallest impact that is reported.
    pub(super) fn least_impact(&self, settings: &AnomalySettings) -> Decimal {
        let whole = self.nodes.iter().find(|node| node.path.iter().all(Option::is_none));
        let costs: Vec<f64> = whole
            .into_iter()
            .flat_map(|node| node.costs.iter().zip(&self.days.loaded))
            .filter(|(_, loaded)| **loaded)
            .map(|(cost, _)| cost.abs())
            .collect();
        let least = median(&costs) * settings.least_impact_of_day;
        Decimal::from_f64(least).unwrap_or_default().round_dp(PLACES)
    }

    /// Days of those asked about that have past enough.
    pub(super) fn judged_days(&self, days: &Days, settings: &AnomalySettings) -> usize {
        let mut seen = 0;
        let mut judged = 0;
        for (day, loaded) in days.loaded.iter().enumerate().take(days.judged.end) {
            if *loaded {
                let enough = seen >= settings.least_history_days && !self.leaves.is_empty();
                judged += usize::from(enough && day >= days.judged.start);
                seen += 1;
            }
        }
        judged
    }

    // The path that explains most of a run: step by step to the one value that carries it.
    fn narrow(&self, candidate: &Candidate, settings: &AnomalySettings) -> Path {
        let moved: Vec<(&Path, f64)> = self
            .under(&candidate.path)
            .map(|(path, _, costs)| (path, self.moved(costs, &candidate.run.days, settings)))
            .collect();
        let mut path = candidate.path.clone();
        loop {
            let inside: Vec<&(&Path, f64)> =
                moved.iter().filter(|(own, _)| holds(&path, own)).collect();
            let whole: f64 = inside.iter().map(|(_, moved)| moved).sum();
            let mut by_value: BTreeMap<(usize, usize), f64> = BTreeMap::new();
            for (own, moved) in inside {
                for (at, value) in own.iter().enumerate() {
                    if let (Some(value), Some(None)) = (value, path.get(at)) {
                        *by_value.entry((at, *value)).or_default() += moved;
                    }
                }
            }
            let best = by_value
                .into_iter()
                .map(|(place, moved)| (place, moved / whole))
                .max_by(|left, right| left.1.total_cmp(&right.1).then(right.0.cmp(&left.0)));
            match best {
                Some(((at, value), share)) if share >= settings.explains => {
                    if let Some(step) = path.get_mut(at) {
                        *step = Some(value);
                    }
                }
                Some(_) | None => return path,
            }
        }
    }

    // What a series cost on these days over what its past lets expect.
    fn moved(&self, costs: &[f64], days: &Range<usize>, settings: &AnomalySettings) -> f64 {
        let (expected, actual) = self.measured(costs, days, settings);
        actual - expected
    }

    fn measured(
        &self,
        costs: &[f64],
        days: &Range<usize>,
        settings: &AnomalySettings,
    ) -> (f64, f64) {
        let loaded = |day: &usize| self.days.loaded.get(*day).copied().unwrap_or(false);
        let cost = |day: usize| costs.get(day).copied().unwrap_or_default();
        let past: Vec<(usize, f64)> = (days.start.saturating_sub(settings.history_days)
            ..days.start)
            .filter(loaded)
            .map(|day| (day, cost(day)))
            .collect();
        let baseline = Baseline::of(&past, days.start, self.days.first, settings);
        let seen = || days.clone().filter(loaded);
        let expected =
            |day: usize| baseline.as_ref().map_or(0.0, |baseline| baseline.expect(day).cost);
        (seen().map(expected).sum(), seen().map(cost).sum())
    }

    fn anomaly(&self, candidate: &Candidate) -> Anomaly {
        let Candidate { path, run } = candidate;
        let loaded = |day: &usize| self.days.loaded.get(*day).copied().unwrap_or(false);
        let actual: Decimal = self
            .under(path)
            .flat_map(|(_, leaf, _)| run.days.clone().filter(loaded).map(|day| leaf.days.get(day)))
            .flatten()
            .sum();
        let expected = Decimal::from_f64(run.expected).unwrap_or_default().round_dp(PLACES);
        let named =
            path.iter().zip(&self.values).map(|(value, known)| known.get((*value)?).cloned());
        Anomaly {
            path: named.collect(),
            days: run.days.clone(),
            kind: run.kind,
            expected,
            actual,
            impact: actual - expected,
            score: run.score,
            ongoing: run.ongoing,
        }
    }
}

/// Whether a path lies under another, or is the same.
fn holds(path: &[Option<usize>], own: &[Option<usize>]) -> bool {
    path.iter().zip(own).all(|(wanted, own)| wanted.is_none() || wanted == own)
}

fn overlap(left: &Range<usize>, right: &Range<usize>) -> bool {
    left.start < right.end && right.start < left.end
}

fn is_together(left: &Run, right: &Run) -> bool {
    let apart = |left: usize, right: usize| left.abs_diff(right) <= TOGETHER;
    apart(left.days.start, right.days.start)
        && apart(left.days.end, right.days.end)
        && (left.impact() > 0.0) == (right.impact() > 0.0)
}

/// Brings the reports of all paths to one for each event.
pub(super) fn one_report_each(
    tree: &Tree<'_>,
    candidates: Vec<Candidate>,
    days: &Days,
    settings: &AnomalySettings,
) -> Vec<Anomaly> {
    let mut seen: BTreeMap<Path, Vec<Run>> = BTreeMap::new();
    for held in &candidates {
        seen.entry(held.path.clone()).or_default().push(held.run.clone());
    }
    let mut found: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let path = tree.narrow(&candidate, settings);
        let narrowed = own_run(tree, &mut seen, candidate, path, days, settings);
        let known = found
            .iter_mut()
            .find(|held| held.path == narrowed.path && overlap(&held.run.days, &narrowed.run.days));
        match known {
            Some(held) if held.impact().abs() >= narrowed.impact().abs() => {}
            Some(held) => *held = narrowed,
            None => found.push(narrowed),
        }
    }
    let found = above_or_below(&found);
    let found = siblings(tree, found, &mut seen, days, settings);
    found.iter().map(|candidate| tree.anomaly(candidate)).collect()
}

// The path's own run of those days, where it shows one; else the same days of the path.
fn own_run(
    tree: &Tree<'_>,
    seen: &mut BTreeMap<Path, Vec<Run>>,
    candidate: Candidate,
    path: Path,
    days: &Days,
    settings: &AnomalySettings,
) -> Candidate {
    if path == candidate.path {
        return candidate;
    }
    let node = tree.node(path.clone());
    let own = seen.entry(path.clone()).or_insert_with(|| runs(&node.costs, days, settings));
    let rises = candidate.run.impact() > 0.0;
    let same = own
        .iter()
        .filter(|run| overlap(&run.days, &candidate.run.days) && (run.impact() > 0.0) == rises)
        .max_by(|left, right| left.impact().abs().total_cmp(&right.impact().abs()));
    if let Some(run) = same {
        return Candidate { path, run: run.clone() };
    }
    let (expected, actual) = tree.measured(&node.costs, &candidate.run.days, settings);
    Candidate { path, run: Run { expected, actual, ..candidate.run } }
}

// Of a path and those below it that report the same days: those below where they explain half of it.
fn above_or_below(found: &[Candidate]) -> Vec<Candidate> {
    let below = |above: &Candidate, held: &Candidate| {
        above.path != held.path
            && holds(&above.path, &held.path)
            && overlap(&above.run.days, &held.run.days)
    };
    let is_explained = |above: &Candidate| {
        let sum: f64 =
            found.iter().filter(|held| below(above, held)).map(|held| held.run.impact()).sum();
        sum / above.run.impact() >= 0.5
    };
    let kept: Vec<Candidate> =
        found.iter().filter(|candidate| !is_explained(candidate)).cloned().collect();
    let within = |held: &Candidate| {
        kept.iter().any(|above| below(above, held) && is_together(&above.run, &held.run))
    };
    kept.iter().filter(|held| !within(held)).cloned().collect()
}

// Reports side by side in one account and cloud service that begin and end together are one event.
fn siblings(
    tree: &Tree<'_>,
    mut found: Vec<Candidate>,
    seen: &mut BTreeMap<Path, Vec<Run>>,
    days: &Days,
    settings: &AnomalySettings,
) -> Vec<Candidate> {
    let shared = |left: &Candidate, right: &Candidate| -> Option<Path> {
        let both = left.path.iter().zip(&right.path);
        let path: Path = both.map(|(left, right)| left.filter(|_| left == right)).collect();
        let named = path.iter().take(2).all(Option::is_some) && !path.is_empty();
        (named && is_together(&left.run, &right.run)).then_some(path)
    };
    loop {
        let pair = (0..found.len()).find_map(|at| {
            let left = found.get(at)?;
            (at + 1..found.len())
                .find_map(|other| Some((at, other, shared(left, found.get(other)?)?)))
        });
        let Some((at, other, path)) = pair else { return found };
        let right = found.remove(other);
        let left = found.remove(at);
        let larger = if left.impact().abs() >= right.impact().abs() { left } else { right };
        let joined = own_run(tree, seen, larger, path, days, settings);
        found.retain(|held| {
            !(holds(&joined.path, &held.path) && is_together(&joined.run, &held.run))
        });
        found.push(joined);
    }
}
