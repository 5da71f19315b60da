//! Where a failure began.

use serde::Serialize;

use super::tree::Trace;

/// A failing span below which nothing fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorOrigin {
    /// The place of the span in its trace.
    pub node: usize,
    pub workload: String,
    pub operation: String,
    /// Whom it asked, where it asked someone of whom the trace has no span: the failure may lie there.
    pub outside: Option<String>,
    pub depth: u32,
    /// Whether everything above it failed too. Otherwise a caller got over it, by a retry or a fallback.
    pub reached_root: bool,
    /// The workloads from the origin up to the last span that failed with it, each once in a row.
    pub path: Vec<String>,
}

/// The origins of a trace: those that reached the root first, then the deepest, then the earliest.
///
/// A span failed when its outcome is a fault or a throttle; the caller's own errors (4xx) begin where they are seen.
#[must_use]
pub fn error_origins(trace: &Trace) -> Vec<ErrorOrigin> {
    let mut origins: Vec<(i64, ErrorOrigin)> = Vec::new();
    for (at, node) in trace.nodes.iter().enumerate() {
        if !node.span.fails() || trace.children(at).any(|(_, child)| child.fails()) {
            continue;
        }
        let mut path = vec![node.span.workload.clone()];
        let mut above = node.parent;
        while let Some(parent) =
            above.and_then(|above| trace.node(above)).filter(|parent| parent.span.fails())
        {
            if path.last() != Some(&parent.span.workload) {
                path.push(parent.span.workload.clone());
            }
            above = parent.parent;
        }
        let asked_elsewhere = node.span.kind.calls()
            && !trace.children(at).any(|(_, child)| child.workload != node.span.workload);
        let origin = ErrorOrigin {
            node: at,
            workload: node.span.workload.clone(),
            operation: node.span.operation.clone(),
            outside: node.span.peer.clone().filter(|_| asked_elsewhere),
            depth: node.depth,
            reached_root: above.is_none(),
            path,
        };
        origins.push((node.span.end_ns(), origin));
    }
    origins.sort_by_key(|(end, origin)| {
        (!origin.reached_root, std::cmp::Reverse(origin.depth), *end, origin.node)
    });
    origins.into_iter().map(|(_, origin)| origin).collect()
}
