//! What a trace waited for, and where time was spent.

use serde::Serialize;
use wherefore_contract::telemetry::SpanKind;

use super::{
    span::TraceSpan,
    tree::{Trace, TraceNode},
};

/// Two children count as one after the other when they overlap by at most one part in so many of the later one's length: clocks
/// that are read in milliseconds make neighbours overlap (Zhang et al., CRISP, USENIX ATC 2022, allow for the same).
const OVERLAP: u64 = 100;

/// A stretch of time in which a span itself was what the trace waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PathSegment {
    /// The place of the span in its trace.
    pub node: usize,
    pub start_ns: i64,
    pub duration_ns: u64,
}

/// The critical path of a root or any span, in the order of time. The segments do not overlap and their lengths sum to
/// the span's duration exactly.
///
/// From the end backwards: the child that ended last before this moment is what its parent waited for; where there is none,
/// the parent itself was busy. What runs on beyond its parent is asynchronous work that nobody waited for, unless the parent
/// is a client that gave up on its server.
#[must_use]
pub fn critical_path(trace: &Trace, root: usize) -> Vec<PathSegment> {
    let mut segments = Vec::new();
    let mut open: Vec<(usize, i64, i64)> =
        trace.span(root).map(|span| (root, span.start_ns, span.end_ns())).into_iter().collect();
    while let Some((at, from, until)) = open.pop() {
        let Some(parent) = trace.span(at) else { continue };
        let mut children: Vec<(i64, i64, usize)> = trace
            .children(at)
            .filter(|(_, child)| waited_for(parent, child))
            .map(|(child, span)| (span.end_ns(), span.start_ns, child))
            .filter(|(end, start, _)| *start < until && *end > from)
            .collect();
        // Last end first; of equal ends the longer, then the first in the tree.
        children.sort_by_key(|(end, start, child)| (std::cmp::Reverse(*end), *start, *child));
        let mut now = until;
        for (end, start, child) in children {
            let length = end.saturating_sub(start);
            let slack = length / i64::try_from(OVERLAP).unwrap_or(i64::MAX);
            let first = now == until;
            if start >= now || !first && end > now.saturating_add(slack) {
                continue;
            }
            let (low, high) = (start.max(from), end.min(now));
            if high <= low {
                continue;
            }
            push(&mut segments, at, high, now);
            open.push((child, low, high));
            now = low;
        }
        push(&mut segments, at, from, now);
    }
    segments.sort_by_key(|segment| (segment.start_ns, segment.node));
    segments
}

fn waited_for(parent: &TraceSpan, child: &TraceSpan) -> bool {
    let slack = child.duration_ns / OVERLAP;
    let gave_up = parent.kind == SpanKind::Client && child.kind == SpanKind::Server;
    gave_up || child.end_ns() <= parent.end_ns().saturating_add_unsigned(slack)
}

fn push(segments: &mut Vec<PathSegment>, node: usize, from: i64, until: i64) {
    if let Ok(duration_ns) = u64::try_from(until.saturating_sub(from))
        && duration_ns > 0
    {
        segments.push(PathSegment { node, start_ns: from, duration_ns });
    }
}

/// The time of each span in which none of its children ran, in nanoseconds, by place.
#[must_use]
pub fn self_times(trace: &Trace) -> Vec<u64> {
    let own = |(at, node): (usize, &TraceNode)| {
        let (from, until) = (node.span.start_ns, node.span.end_ns());
        let mut covered = 0_u64;
        // Children stand in the order of their start.
        let mut reached = from;
        for (_, child) in trace.children(at) {
            let (start, end) = (child.start_ns.max(reached), child.end_ns().min(until));
            if end > start {
                covered += end.abs_diff(start);
                reached = end;
            }
        }
        node.span.duration_ns.saturating_sub(covered)
    };
    trace.nodes.iter().enumerate().map(own).collect()
}
