//! The tools over MCP: on standard input and output, and under /mcp.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::support::{estate, request, send};

const TOOLS: [&str; 18] = [
    "describe_cost_data",
    "query_cost",
    "compare_cost",
    "unit_cost",
    "explain_unit_cost",
    "forecast_cost",
    "budget_status",
    "scaling_schedule",
    "api_call_cost",
    "find_anomalies",
    "cost_bases",
    "plan_commitment",
    "commitment_state",
    "allocate_cost",
    "find_savings",
    "find_metadata",
    "list_workloads",
    "tag_hygiene",
];

fn initialize() -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } } })
}

#[test]
fn a_client_on_standard_input_lists_and_calls_the_tools() {
    let estate = estate();
    let mut server = Command::new(env!("CARGO_BIN_EXE_wherefore"))
        .args(["mcp", "--warehouse", estate.warehouse()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let mut exchange = |message: Value, has_reply: bool| -> Value {
        writeln!(input, "{message}").unwrap();
        if has_reply {
            serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap()
        } else {
            Value::Null
        }
    };
    let begun = exchange(initialize(), true);
    assert_eq!(begun["result"]["serverInfo"]["name"], "wherefore", "{begun}");
    exchange(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }), false);
    let listed = exchange(json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" }), true);
    let mut names: Vec<&str> = listed["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    let mut wanted = TOOLS;
    wanted.sort_unstable();
    assert_eq!(names, wanted);
    let call = json!({ "jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": { "name": "query_cost", "arguments": {
        "measures": ["billed_cost"], "period": { "start": "2024-09-01", "end": "2024-10-01" } } } });
    let called = exchange(call, true);
    let rows = &called["result"]["structuredContent"]["found"]["tables"][0]["table"]["rows"];
    assert_eq!(*rows, json!([["558"]]), "{called}");
    drop(input);
    assert!(server.wait().unwrap().success());
}

#[tokio::test]
async fn both_revisions_of_the_protocol_begin_under_mcp() {
    let estate = estate();
    let router = estate.router().await;
    let mut old = request("POST", "/mcp", Some(initialize()));
    old.headers_mut().insert("accept", "application/json, text/event-stream".parse().unwrap());
    let begun = send(&router, old).await;
    assert_eq!(begun.status, 200, "{}", begun.body);
    assert!(begun.body.contains("\"wherefore\""), "{}", begun.body);

    let discover = json!({ "jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": { "_meta": {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {} } } });
    let mut new = request("POST", "/mcp", Some(discover));
    for (name, value) in [
        ("accept", "application/json, text/event-stream"),
        ("mcp-protocol-version", "2026-07-28"),
        ("mcp-method", "server/discover"),
    ] {
        new.headers_mut().insert(name, value.parse().unwrap());
    }
    let found = send(&router, new).await;
    assert_eq!(found.status, 200, "{}", found.body);
    assert!(found.body.contains("2026-07-28"), "{}", found.body);
}
