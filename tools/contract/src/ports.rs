//! Ports: what the house needs from the outside, small and object-safe.

use std::sync::Arc;

use futures::future::BoxFuture;

use crate::{
    calls::CallQuery,
    cost::{CompareQuery, CostQuery},
    error::StoreError,
    incident::Change,
    memory::{Forget, Memory, MemoryChange, MemoryQuery},
    metadata::{MetadataHit, MetadataQuery},
    metrics::MetricQuery,
    period::Period,
    quality::CostDescription,
    scope::Scope,
    telemetry::{
        ChangeQuery, LogCountQuery, LogQuery, LogRecord, PointQuery, Scan, SpanQuery, VisitLogs,
        VisitSeries, VisitSpans,
    },
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

    /// Logs, traces, series on a grid and changes, of the same snapshot; `None` where the store keeps none.
    fn telemetry(&self) -> Option<&dyn TelemetryStore> {
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

/// Log records, spans, series on a grid and changes, wherever they are kept.
///
/// Implementations put the scope on every row below the query: workload, account, region, resource and time as they are,
/// any other condition as the workloads whose charges the caller may see. They never write. Each call reads one
/// snapshot; several calls do so on a store of [`CostStore::at_snapshot`]. The same query visits the same records in the
/// same order.
pub trait TelemetryStore: Send + Sync {
    /// Who is seen by what, a row a source (`logs`, `spans`, `metrics`, `changes`), workload, account and region: `source`,
    /// `workload`, `sub_account`, `region`, `records`, `first`, `last`; of a period or of all that is loaded.
    fn seen<'a>(
        &'a self,
        period: Option<Period>,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>>;

    /// Visits log records.
    fn visit_logs<'a>(
        &'a self,
        query: &'a LogQuery,
        scope: &'a Scope,
        visit: &'a mut VisitLogs<'_>,
    ) -> BoxFuture<'a, Result<Scan, StoreError>>;

    /// Log records by step, workload and severity: `time`, `workload`, `severity`, `records`, steps without one absent.
    fn count_logs<'a>(
        &'a self,
        query: &'a LogCountQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>>;

    /// The log record of this id, with its attributes; `None` when there is none that the caller may see.
    fn log<'a>(
        &'a self,
        id: &'a str,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<LogRecord>, StoreError>>;

    /// Visits spans.
    fn visit_spans<'a>(
        &'a self,
        query: &'a SpanQuery,
        scope: &'a Scope,
        visit: &'a mut VisitSpans<'_>,
    ) -> BoxFuture<'a, Result<Scan, StoreError>>;

    /// Visits series on a grid, in the order of metric, workload, resource and id. Series without a point in the period
    /// are not visited.
    fn visit_points<'a>(
        &'a self,
        query: &'a PointQuery,
        scope: &'a Scope,
        visit: &'a mut VisitSeries<'_>,
    ) -> BoxFuture<'a, Result<Scan, StoreError>>;

    /// Changes, and how they were read.
    fn changes<'a>(
        &'a self,
        query: &'a ChangeQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<(Vec<Change>, Scan), StoreError>>;
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

/// What each person asked, corrected, confirmed and noted, wherever it is kept.
///
/// Implementations keep the principals of scopes apart: no call reads, changes or counts what another principal said,
/// and what one keeps moves no rank of another. What is returned is data written by people, never evidence.
pub trait MemoryStore: Send + Sync {
    /// Keeps a memory. One that says the same as a kept one takes its place: the newer time and conversation, the older
    /// id. Returns what is kept.
    fn keep<'a>(
        &'a self,
        memory: &'a Memory,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Memory, StoreError>>;

    /// The memories that a question brings back, best first and above a floor of relevance; equally good ones newest
    /// first, then by id.
    fn recall<'a>(
        &'a self,
        query: &'a MemoryQuery<'a>,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Vec<Memory>, StoreError>>;

    /// Changes a memory; `None` when the person has none of this id.
    fn correct<'a>(
        &'a self,
        id: &'a str,
        change: &'a MemoryChange,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<Memory>, StoreError>>;

    /// Forgets for good; says how many memories are gone.
    fn forget<'a>(
        &'a self,
        what: Forget<'a>,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<usize, StoreError>>;

    /// The newest memories, newest first.
    fn list<'a>(
        &'a self,
        limit: usize,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Vec<Memory>, StoreError>>;

    /// One memory; `None` when the person has none of this id.
    fn memory<'a>(
        &'a self,
        id: &'a str,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<Memory>, StoreError>>;
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
