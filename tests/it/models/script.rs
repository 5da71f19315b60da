//! A competent model by rules: it reads the conversation that is on the wire and decides what to do next.

use serde_json::{Value, json};

/// What is on the wire, whichever it is.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) tools: Vec<String>,
    /// What the person's side wrote first.
    pub(super) task: String,
    pub(super) replies: usize,
    /// What tools gave, as JSON.
    pub(super) results: Vec<Value>,
}

const AUGUST: (&str, &str) = ("2024-08-01", "2024-09-01");
const SEPTEMBER: (&str, &str) = ("2024-09-01", "2024-10-01");

fn period((start, end): (&str, &str)) -> Value {
    json!({"start": start, "end": end})
}

/// The calls of the next reply: names with arguments.
pub(super) fn decide(seen: &Seen) -> Vec<(&'static str, Value)> {
    let has = |tool: &str| seen.tools.iter().any(|name| name == tool);
    if has("submit_answer") {
        return match seen.replies {
            0 => vec![("collector", json!({"task": "Say what is loaded."}))],
            1 => vec![
                ("analyzer", json!({"task": "Get the figures of both months."})),
                ("research", json!({"task": "Look for causes of the change."})),
            ],
            _ => vec![("submit_answer", answer(seen))],
        };
    }
    if seen.replies > 0 {
        return vec![("submit_findings", json!({}))];
    }
    if has("describe_cost_data") {
        return vec![("describe_cost_data", json!({})), ("list_workloads", json!({}))];
    }
    let measures = json!(["billed_cost"]);
    if seen.task.contains("causes") {
        let compare = json!({"measures": measures, "dimensions": ["cloud_service"],
            "from": period(AUGUST), "to": period(SEPTEMBER)});
        return vec![("compare_cost", compare)];
    }
    vec![
        (
            "compare_cost",
            json!({"measures": measures, "from": period(AUGUST), "to": period(SEPTEMBER)}),
        ),
        ("query_cost", json!({"measures": measures, "period": period(SEPTEMBER)})),
        (
            "query_cost",
            json!({"measures": measures, "dimensions": ["cloud_service"], "period": period(SEPTEMBER)}),
        ),
    ]
}

/// The evidence whose columns are these.
fn evidence(seen: &Seen, columns: &[&str]) -> String {
    let all = seen.results.iter().filter_map(|result| result["evidence"].as_array()).flatten();
    let fits = |one: &&Value| {
        let named = one["columns"].as_array().unwrap().iter().map(|column| &column["name"]);
        named.eq(columns.iter().copied())
    };
    let mut found = all.filter(fits);
    found.next().map_or_else(
        || panic!("no evidence with {columns:?} in {:#?}", seen.results),
        |one| one["id"].as_str().unwrap().to_owned(),
    )
}

fn words(text: &str) -> Value {
    json!({"span": "text", "text": text})
}

fn answer(seen: &Seen) -> Value {
    let month = |month| json!({"span": "period", "period": period(month)});
    if seen.task.contains("How did") {
        let id =
            evidence(seen, &["billed_cost_from", "billed_cost_to", "change", "change_percent"]);
        let fact = |column: &str| format!("{id}/0/{column}");
        let value = |column: &str| json!({"span": "value", "fact": fact(column)});
        let (from, to) = ("billed_cost_from", "billed_cost_to");
        return json!({"status": "answered", "headline": [
            words("The "), {"span": "measure", "fact": fact(to)}, words(" "),
            {"span": "trend", "from": fact(from), "to": fact(to)},
            words(" from "), value(from), words(" in "), month(AUGUST),
            words(" to "), value(to), words(" in "), month(SEPTEMBER), words("."),
        ], "result": {"result": "rows", "evidence": id}, "tables": [{"evidence": id}]});
    }
    if seen.task.contains("클라우드") {
        let id = evidence(seen, &["cloud_service", "billed_cost"]);
        return json!({"status": "answered", "headline": [
            month(SEPTEMBER), words(" "), {"span": "measure", "fact": format!("{id}/0/billed_cost")},
            {"span": "particle", "particle": "topic"}, words(" 아래 표와 같습니다."),
        ], "result": {"result": "rows", "evidence": id}, "tables": [{"evidence": id}]});
    }
    let id = evidence(seen, &["billed_cost"]);
    let fact = format!("{id}/0/billed_cost");
    json!({"status": "answered", "headline": [
        words("The "), {"span": "measure", "fact": fact}, words(" in "), month(SEPTEMBER),
        words(" was "), {"span": "value", "fact": fact}, words("."),
    ], "result": {"result": "scalar", "name": "billed_cost", "value": {"fact": fact}}})
}
