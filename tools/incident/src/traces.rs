//! Spans: trees with their repairs, critical paths, where failures begin, and who calls whom.

mod compare;
mod durations;
mod map;
mod origin;
mod path;
mod radius;
mod span;
mod summary;
#[cfg(test)]
mod tests;
mod tree;

pub use compare::{AddedTime, TraceComparison, compare_traces};
pub use durations::Durations;
pub use map::{Edge, MapNode, WorkloadMap};
pub use origin::{ErrorOrigin, error_origins};
pub use path::{PathSegment, critical_path, self_times};
pub use radius::{BlastRadius, Dependent, blast_radius};
pub use span::{Outcome, SpanRow, TraceSpan};
pub use summary::{Limits, OTHERS, OperationSummary, TraceFold, TraceSummary};
pub use tree::{Repairs, Trace, TraceNode};
