use std::time::{Duration, Instant};

use futures::future::join_all;
use serde_json::json;
use wherefore_contract::{ports::ToolCaller, tool::ToolOutcome};

use super::{Estate, tool_call};
use crate::InProcess;

// The limit is for an optimised build on a quiet machine; a debug build beside others gets more.
const LIMIT: Duration = Duration::from_micros(if cfg!(debug_assertions) { 20_000 } else { 500 });

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_in_process_costs_next_to_nothing_and_many_run_at_once() {
    let tools = InProcess::connect(Estate::default().tools()).await.unwrap();
    // A call that fails before any store is asked: what is left is the way there and back.
    let asked = tool_call("find_metadata", json!({"text": ""}));
    let mut times = Vec::new();
    for _ in 0..200 {
        let start = Instant::now();
        tools.call(&asked).await;
        times.push(start.elapsed());
    }
    times.sort();
    let median = times[times.len() / 2];
    println!("median of one call in process: {median:?}");
    assert!(median < LIMIT, "{median:?}");

    let outcomes = join_all((0..1_000).map(|_| tools.call(&asked))).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, ToolOutcome::Error { .. })));
}
