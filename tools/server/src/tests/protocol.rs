use rmcp::ServiceExt;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};

use super::Estate;

/// A client that writes the wire by hand, as a program in another language would.
struct Wire {
    lines: tokio::io::Lines<BufReader<ReadHalf<DuplexStream>>>,
    out: WriteHalf<DuplexStream>,
}

impl Wire {
    fn to(estate: Estate) -> Self {
        let (near, far) = tokio::io::duplex(1 << 20);
        tokio::spawn(async move { estate.tools().serve(far).await.unwrap().waiting().await });
        let (read, out) = tokio::io::split(near);
        Self { lines: BufReader::new(read).lines(), out }
    }

    async fn tell(&mut self, message: Value) {
        self.out.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    async fn ask(&mut self, id: u32, method: &str, params: Value) -> Value {
        let request = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        self.tell(request).await;
        loop {
            let line = self.lines.next_line().await.unwrap().unwrap();
            let message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] == id {
                return message;
            }
        }
    }
}

fn modern(mut params: Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "t", "version": "1"},
    });
    params
}

fn check_result(result: &Value) {
    let structured = &result["structuredContent"];
    assert_eq!(structured["found"]["tables"][0]["table"]["rows"], json!([["113"]]));
    let copy: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
    assert_eq!(&copy, structured);
}

#[tokio::test]
async fn a_client_of_2026_07_28_discovers_lists_and_calls() {
    let mut wire = Wire::to(Estate::dearer_compute());
    let discovered = wire.ask(1, "server/discover", modern(json!({}))).await;
    let versions = discovered["result"]["supportedVersions"].as_array().unwrap();
    assert!(versions.contains(&json!("2026-07-28")), "{discovered}");
    assert_eq!(
        discovered["result"]["_meta"]["io.modelcontextprotocol/serverInfo"]["name"],
        "wherefore"
    );
    let listed = wire.ask(2, "tools/list", modern(json!({}))).await;
    let names: Vec<&str> = listed["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
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
        ]
    );
    let params = json!({"name": "query_cost", "arguments": {"measures": ["rows"]}});
    let called = wire.ask(3, "tools/call", modern(params)).await;
    assert_eq!(called["result"]["resultType"], "complete");
    check_result(&called["result"]);
}

#[tokio::test]
async fn clients_of_older_revisions_initialize_list_and_call() {
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let mut wire = Wire::to(Estate::dearer_compute());
        let hello = json!({
            "protocolVersion": version, "capabilities": {},
            "clientInfo": {"name": "t", "version": "1"},
        });
        let welcome = wire.ask(1, "initialize", hello).await;
        assert_eq!(welcome["result"]["protocolVersion"], version);
        assert_eq!(welcome["result"]["serverInfo"]["name"], "wherefore");
        assert!(welcome["result"]["instructions"].as_str().unwrap().contains("describe_cost_data"));
        wire.tell(json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
        let listed = wire.ask(2, "tools/list", json!({})).await;
        assert_eq!(
            listed["result"]["tools"].as_array().unwrap().len(),
            crate::catalogue::ToolName::ALL.len()
        );
        let params = json!({"name": "query_cost", "arguments": {"measures": ["rows"]}});
        let called = wire.ask(3, "tools/call", params).await;
        assert_eq!(called["result"].get("resultType"), None);
        check_result(&called["result"]);
    }
}

#[tokio::test]
async fn bad_arguments_are_a_result_that_a_model_can_read_and_no_protocol_error() {
    let mut wire = Wire::to(Estate::dearer_compute());
    let params = json!({"name": "query_cost", "arguments": {"measures": 7}});
    let called = wire.ask(1, "tools/call", modern(params)).await;
    assert_eq!(called["result"]["isError"], true, "{called}");
    let params = json!({"name": "write_cost", "arguments": {}});
    let unknown = wire.ask(2, "tools/call", modern(params)).await;
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
}
