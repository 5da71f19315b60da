use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures::future::BoxFuture;
use serde_json::json;
use wherefore_contract::{
    cost::{CompareQuery, CostQuery},
    error::StoreError,
    ports::{AtSnapshot, CostStore, ToolCaller},
    quality::CostDescription,
    scope::Scope,
    tool::{FactTable, ToolOutcome},
};

use super::{Estate, shared, tables, tool_call};
use crate::{InProcess, Tools};

/// A warehouse into which a load finishes whenever it is looked at.
#[derive(Default)]
struct Loading {
    loads: AtomicUsize,
}

/// One of its snapshots.
struct Kept {
    estate: Estate,
    id: String,
}

impl CostStore for Loading {
    fn describe<'a>(
        &'a self,
        _: &'a Scope,
    ) -> BoxFuture<'a, Result<Arc<CostDescription>, StoreError>> {
        panic!("a call must read one snapshot")
    }

    fn query<'a>(
        &'a self,
        _: &'a CostQuery,
        _: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        panic!("a call must read one snapshot")
    }

    fn compare<'a>(
        &'a self,
        _: &'a CompareQuery,
        _: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        panic!("a call must read one snapshot")
    }

    fn at_snapshot<'a>(
        &'a self,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<Arc<dyn CostStore>, StoreError>> {
        let kept = Kept { estate: Estate::dearer_compute(), id: snapshot.to_owned() };
        Box::pin(async { Ok(shared(kept) as Arc<dyn CostStore>) })
    }

    fn snapshot(&self) -> String {
        format!("s{:06}", self.loads.fetch_add(1, Ordering::Relaxed))
    }
}

impl CostStore for Kept {
    fn describe<'a>(
        &'a self,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Arc<CostDescription>, StoreError>> {
        self.estate.describe(scope)
    }

    fn query<'a>(
        &'a self,
        query: &'a CostQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        self.estate.query(query, scope)
    }

    fn compare<'a>(
        &'a self,
        query: &'a CompareQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        self.estate.compare(query, scope)
    }

    fn at_snapshot<'a>(
        &'a self,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<Arc<dyn CostStore>, StoreError>> {
        self.estate.at_snapshot(snapshot)
    }

    fn snapshot(&self) -> String {
        self.id.clone()
    }
}

#[tokio::test]
async fn figures_carry_the_snapshot_they_were_read_from() {
    let names = shared(Estate::dearer_compute());
    let tools = Tools::new(Arc::new(Loading::default()), names, Scope::local(), tables());
    let caller = InProcess::connect(tools).await.unwrap();
    assert_eq!(read_from(&caller).await, "s000000");
    assert_eq!(read_from(&caller).await, "s000001");
    let question = AtSnapshot { caller: &caller, snapshot: "s000007".to_owned() };
    assert_eq!(read_from(&question).await, "s000007");
    assert_eq!(read_from(&question).await, "s000007");
    assert_eq!(read_from(&caller).await, "s000002");
}

async fn read_from(caller: &dyn ToolCaller) -> String {
    let call = tool_call("query_cost", json!({"measures": ["effective_cost"]}));
    match caller.call(&call).await {
        ToolOutcome::Data { data, .. } => data.snapshot,
        other @ (ToolOutcome::NoData { .. } | ToolOutcome::Error { .. }) => {
            panic!("figures were expected, not {other:?}")
        }
    }
}
