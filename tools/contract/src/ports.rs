//! Ports: what the house needs from the outside, small and object-safe.

use std::sync::Arc;

use futures::future::BoxFuture;

use crate::{
    calls::CallQuery,
    cost::{CompareQuery, CostQuery},
    error::StoreError,
    metadata::{MetadataHit, MetadataQuery},
    metrics::MetricQuery,
    quality::CostDescription,
    scope::Scope,
    tool::{FactTable, ToolCall, ToolOutcome, ToolSpec},
};

/// Billing data in FOCUS columns with the transactions beside it, wherever they are kept.
///
/// Implementations answer from one snapshot, put the scope on the relation below the query, and
/// never write.
pub trait CostStore: Send + Sync {
    /// What is loaded, and how far it can be trusted. Cheap: it reads no charge row.
    fn describe<'a>(
        &'a self,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Arc<CostDescription>, StoreError>>;

    /// Runs a query. A table without rows means that no charge matched.
    fn query<'a>(
        &'a self,
        query: &'a CostQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>>;

    /// Runs a comparison of two periods. A table without rows means that no charge matched in either.
    fn compare<'a>(
        &'a self,
        query: &'a CompareQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>>;

    /// Counts of calls by day, workload, operation and client; `None` where the store keeps none. The scope
    /// holds for the workload that is called.
    fn calls<'a>(
        &'a self,
        query: &'a CallQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<FactTable>, StoreError>> {
        let _ = (query, scope);
        Box::pin(std::future::ready(Ok(None)))
    }

    /// The metric series that stand beside the bills, of the same snapshot; `None` where the store keeps none.
    fn metrics(&self) -> Option<&dyn MetricStore> {
        None
    }

    /// The same store as it was at an earlier snapshot that is still kept.
    fn at_snapshot<'a>(
        &'a self,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<Arc<dyn CostStore>, StoreError>>;

    /// The snapshot this store answers from, e.g. `s000003`.
    fn snapshot(&self) -> String;
}

/// Points of metric series, wherever they are kept.
///
/// Implementations put the scope on the points below the query and never write.
pub trait MetricStore: Send + Sync {
    /// Which metrics are loaded: `metric`, `metric_unit`, `first_point`, `last_point`, `points`, in the order of
    /// their names.
    fn names<'a>(&'a self, scope: &'a Scope) -> BoxFuture<'a, Result<FactTable, StoreError>>;

    /// What the points come to, a row a metric and a resource or workload: `metric`, `metric_unit`, the names, the
    /// time of the grain, then `points`, `days_with_data`, `first_point`, `last_point`, `minimum`, `average`,
    /// `maximum`, `p95`, `p99`, `p99_5`, `sum`, `measurements` (values behind the points: a histogram has many) and
    /// `busiest_day`, the largest sum of a day. Of another grain than the whole there are `points`, `minimum`,
    /// `average`, `maximum` and `sum` alone.
    fn summaries<'a>(
        &'a self,
        query: &'a MetricQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>>;
}

/// Names of the estate: cloud services, accounts, regions, tags, workloads, aliases.
pub trait MetadataStore: Send + Sync {
    /// The entities that a text may mean, best first; ties are broken by dimension and value.
    fn find<'a>(
        &'a self,
        query: &'a MetadataQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Vec<MetadataHit>, StoreError>>;
}

/// Calls tools over MCP. The caller's scope is bound when the port is made, out of a model's reach.
pub trait ToolCaller: Send + Sync {
    /// The tools there are, in a fixed order.
    fn tools(&self) -> &[ToolSpec];

    /// Calls one tool. A failure is an outcome, never a panic.
    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome>;

    /// Calls one tool on a snapshot that is still kept, where the tools behind know snapshots.
    fn call_at<'a>(&'a self, call: &'a ToolCall, snapshot: &'a str) -> BoxFuture<'a, ToolOutcome> {
        let _ = snapshot;
        self.call(call)
    }
}

/// The tools behind a port, all calls reading one snapshot: what one question asks in several calls stays of one state
/// of the data.
pub struct AtSnapshot<'p> {
    pub caller: &'p dyn ToolCaller,
    /// As stores name it; empty while nothing is loaded.
    pub snapshot: String,
}

impl ToolCaller for AtSnapshot<'_> {
    fn tools(&self) -> &[ToolSpec] {
        self.caller.tools()
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        if self.snapshot.is_empty() {
            return self.caller.call(call);
        }
        self.caller.call_at(call, &self.snapshot)
    }
}
