//! The tree of one trace, with everything that had to be repaired told.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;
use wherefore_contract::telemetry::SpanKind;

use super::span::TraceSpan;

/// What was repaired, counted over one trace or many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Repairs {
    /// Spans that stood there more than once.
    pub duplicates: u64,
    /// A caller and a called one that shared one id (as B3 lets them): taken as parent and child.
    pub shared_ids: u64,
    /// Spans without their parent that lie within the root: attached to it.
    pub attached_to_root: u64,
    /// Spans without their parent that lie elsewhere: roots of their own.
    pub own_roots: u64,
    /// Rings of parents that were cut.
    pub cycles: u64,
    /// Clocks that were set right, by the workload of parent and child.
    pub skews: BTreeMap<(String, String), Skew>,
}

/// Clocks of two workloads that differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Skew {
    pub spans: u64,
    /// The largest correction in nanoseconds, without sign.
    pub most_ns: u64,
}

impl Repairs {
    /// Adds those of another trace.
    pub fn join(&mut self, other: &Self) {
        self.duplicates += other.duplicates;
        self.shared_ids += other.shared_ids;
        self.attached_to_root += other.attached_to_root;
        self.own_roots += other.own_roots;
        self.cycles += other.cycles;
        for (pair, skew) in &other.skews {
            let known = self.skews.entry(pair.clone()).or_default();
            known.spans += skew.spans;
            known.most_ns = known.most_ns.max(skew.most_ns);
        }
    }
}

/// A span in its tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceNode {
    pub span: TraceSpan,
    pub parent: Option<usize>,
    /// By start, end, then id.
    pub children: Vec<usize>,
    /// 0 for a root.
    pub depth: u32,
}

/// The spans of one trace. Every index in it is a place in `nodes`; parents stand before their children.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    pub nodes: Vec<TraceNode>,
    /// The main root first (one that had no parent, then the longest), then the others by start.
    pub roots: Vec<usize>,
    pub repairs: Repairs,
}

impl Trace {
    /// Builds the tree. The order of the spans changes nothing.
    #[must_use]
    pub fn of(mut spans: Vec<TraceSpan>) -> Self {
        let mut repairs = Repairs::default();
        sort(&mut spans);
        let before = spans.len();
        spans.dedup_by(|later, first| {
            later.span_id == first.span_id
                && later.kind == first.kind
                && later.workload == first.workload
        });
        repairs.duplicates = count(before - spans.len());
        let mut parents = parents(&spans, &mut repairs);
        cut_cycles(&spans, &mut parents, &mut repairs);
        adopt(&spans, &mut parents, &mut repairs);
        let mut trace = arranged(spans, &parents);
        trace.repairs = repairs;
        trace.set_clocks();
        trace.order_children();
        trace
    }

    /// The node at a place.
    pub fn node(&self, at: usize) -> Option<&TraceNode> {
        self.nodes.get(at)
    }

    /// The span at a place.
    pub fn span(&self, at: usize) -> Option<&TraceSpan> {
        self.nodes.get(at).map(|node| &node.span)
    }

    /// The spans of the children of a place.
    pub fn children(&self, at: usize) -> impl Iterator<Item = (usize, &TraceSpan)> {
        let children = self.nodes.get(at).map_or(&[][..], |node| &node.children);
        children.iter().filter_map(|child| Some((*child, self.span(*child)?)))
    }

    /// From the top down: a child that begins before its parent cannot be, nor can a server that answers later than its
    /// client heard it. The child is put into the middle of the parent (into its start when it is longer), as Jaeger does
    /// ("clock skew adjustment"), and all below it that ran on the same workload's clock moves along.
    fn set_clocks(&mut self) {
        let mut moves = vec![0_i64; self.nodes.len()];
        for at in 0..self.nodes.len() {
            let inherited = moved(&moves, self.nodes.get(at));
            let (by, skewed) = self.correction(at, inherited);
            if let Some(pair) = skewed {
                let skew = self.repairs.skews.entry(pair).or_default();
                skew.spans += 1;
                skew.most_ns = skew.most_ns.max(by.unsigned_abs());
            }
            if let (Some(slot), Some(node)) = (moves.get_mut(at), self.nodes.get_mut(at)) {
                *slot = by;
                node.span.start_ns = node.span.start_ns.saturating_add(by);
            }
        }
    }

    /// By how much a span moves when its parent's clock moved by `inherited`, and between whom a clock was wrong.
    fn correction(&self, at: usize, inherited: i64) -> (i64, Option<(String, String)>) {
        let child = self.nodes.get(at);
        let parent = child.and_then(|child| self.span(child.parent?));
        let (Some(parent), Some(child)) = (parent, child.map(|child| &child.span)) else {
            return (0, None);
        };
        if parent.workload == child.workload {
            return (inherited, None);
        }
        let late = parent.kind == SpanKind::Client
            && child.kind == SpanKind::Server
            && child.end_ns() > parent.end_ns()
            && child.duration_ns <= parent.duration_ns;
        if child.start_ns >= parent.start_ns && !late {
            return (0, None);
        }
        let slack = parent.duration_ns.saturating_sub(child.duration_ns) / 2;
        let by = parent.start_ns.saturating_add_unsigned(slack).saturating_sub(child.start_ns);
        (by, Some((parent.workload.clone(), child.workload.clone())))
    }

    fn order_children(&mut self) {
        let keys: Vec<(i64, i64)> =
            self.nodes.iter().map(|node| (node.span.start_ns, node.span.end_ns())).collect();
        for node in &mut self.nodes {
            node.children.sort_by_key(|child| (keys.get(*child).copied(), *child));
        }
        if let Some((main, rest)) = self.roots.split_first_mut() {
            let _ = main;
            rest.sort_by_key(|root| (keys.get(*root).copied(), *root));
        }
    }
}

fn moved(moves: &[i64], node: Option<&TraceNode>) -> i64 {
    node.and_then(|node| node.parent).and_then(|parent| moves.get(parent).copied()).unwrap_or(0)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// Same ids beside each other, the longest of equal ones first.
fn sort(spans: &mut [TraceSpan]) {
    spans.sort_by(|one, other| {
        let key = |span: &TraceSpan| (std::cmp::Reverse(span.duration_ns), span.start_ns);
        (&one.span_id, one.kind, &one.workload, key(one), &one.parent_id, &one.operation).cmp(&(
            &other.span_id,
            other.kind,
            &other.workload,
            key(other),
            &other.parent_id,
            &other.operation,
        ))
    });
}

/// The parent of each span by its id; one that is not there is `None`.
fn parents(spans: &[TraceSpan], repairs: &mut Repairs) -> Vec<Option<usize>> {
    // Of spans that share an id, the caller answers to it for the called one, the called one for their children.
    let mut by_id: FxHashMap<&str, usize> = FxHashMap::default();
    let mut above: FxHashMap<usize, usize> = FxHashMap::default();
    for (at, span) in spans.iter().enumerate() {
        if let Some(known) = by_id.get(span.span_id.as_str()).copied() {
            let known_calls = spans.get(known).is_some_and(|known| known.kind.calls());
            let (asking, called) =
                if known_calls || !span.kind.calls() { (known, at) } else { (at, known) };
            repairs.shared_ids += 1;
            above.insert(called, asking);
            by_id.insert(&span.span_id, called);
        } else {
            by_id.insert(&span.span_id, at);
        }
    }
    let parent = |(at, span): (usize, &TraceSpan)| {
        let named = || by_id.get(span.parent_id.as_str()).copied().filter(|parent| *parent != at);
        above.get(&at).copied().or_else(named)
    };
    spans.iter().enumerate().map(parent).collect()
}

/// A ring of parents is cut above its earliest span.
fn cut_cycles(spans: &[TraceSpan], parents: &mut [Option<usize>], repairs: &mut Repairs) {
    // 0 unseen, otherwise the walk that saw it.
    let mut seen = vec![0_usize; spans.len()];
    for begin in 0..spans.len() {
        let walk = begin + 1;
        let mut at = begin;
        while let Some(mark) = seen.get_mut(at) {
            if *mark != 0 && *mark != walk {
                break;
            }
            if *mark == walk {
                let first = earliest_of_ring(spans, parents, at);
                if let Some(parent) = parents.get_mut(first) {
                    *parent = None;
                }
                repairs.cycles += 1;
                break;
            }
            *mark = walk;
            match parents.get(at).copied().flatten() {
                Some(parent) => at = parent,
                None => break,
            }
        }
    }
}

fn earliest_of_ring(spans: &[TraceSpan], parents: &[Option<usize>], at: usize) -> usize {
    let mut ring = vec![at];
    let mut next = parents.get(at).copied().flatten();
    while let Some(found) = next.filter(|found| *found != at) {
        ring.push(found);
        next = parents.get(found).copied().flatten();
    }
    ring.into_iter()
        .min_by_key(|one| (spans.get(*one).map(|span| span.start_ns), *one))
        .unwrap_or(at)
}

/// Spans that name a parent that is not there: below the main root where they lie within it, else roots.
fn adopt(spans: &[TraceSpan], parents: &mut [Option<usize>], repairs: &mut Repairs) {
    let Some(main) = main_root(spans, parents) else { return };
    let Some(root) = spans.get(main) else { return };
    let whole = root.parent_id.is_empty();
    for (at, span) in spans.iter().enumerate() {
        let Some(parent) = parents.get_mut(at) else { continue };
        if parent.is_some() || at == main {
            continue;
        }
        let lost = !span.parent_id.is_empty();
        if lost && whole && span.start_ns >= root.start_ns && span.end_ns() <= root.end_ns() {
            *parent = Some(main);
            repairs.attached_to_root += 1;
        } else if lost {
            repairs.own_roots += 1;
        }
    }
    if !whole {
        repairs.own_roots += 1;
    }
}

fn main_root(spans: &[TraceSpan], parents: &[Option<usize>]) -> Option<usize> {
    let roots =
        spans.iter().enumerate().filter(|(at, _)| parents.get(*at).is_some_and(Option::is_none));
    roots
        .min_by_key(|(at, span)| {
            (!span.parent_id.is_empty(), std::cmp::Reverse(span.duration_ns), span.start_ns, *at)
        })
        .map(|(at, _)| at)
}

/// Nodes with parents before children.
fn arranged(spans: Vec<TraceSpan>, parents: &[Option<usize>]) -> Trace {
    let main = main_root(&spans, parents);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); spans.len()];
    let mut open: Vec<(usize, Option<usize>, u32)> = Vec::new();
    for (at, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) => below.get_mut(*parent).into_iter().for_each(|list| list.push(at)),
            None if Some(at) != main => open.push((at, None, 0)),
            None => {}
        }
    }
    // The main root is taken first.
    open.extend(main.map(|main| (main, None, 0)));
    let mut spans: Vec<Option<TraceSpan>> = spans.into_iter().map(Some).collect();
    let mut trace = Trace::default();
    while let Some((at, parent, depth)) = open.pop() {
        let Some(span) = spans.get_mut(at).and_then(Option::take) else { continue };
        let place = trace.nodes.len();
        trace.nodes.push(TraceNode { span, parent, children: Vec::new(), depth });
        match parent {
            Some(parent) => {
                if let Some(node) = trace.nodes.get_mut(parent) {
                    node.children.push(place);
                }
            }
            None => trace.roots.push(place),
        }
        for child in below.get(at).into_iter().flatten().rev() {
            open.push((*child, Some(place), depth + 1));
        }
    }
    trace
}
