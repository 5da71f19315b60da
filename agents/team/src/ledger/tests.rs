use serde_json::json;
use wherefore_contract::{
    table::{Column, Table},
    tool::{ToolData, ToolOutcome},
    unit::Unit,
};
use wherefore_model::ToolResult;

use super::*;

fn call(name: &str, arguments: Value) -> ToolCall {
    let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
    ToolCall { id: "c1".into(), name: name.into(), arguments }
}

fn data(amounts: &[&str]) -> ToolData {
    let table = |amount: &&str| FactTable {
        name: "cost".into(),
        table: Table {
            columns: vec![Column::measure("billed_cost", Unit::parse("USD"))],
            rows: vec![vec![Some((*amount).to_owned())]],
        },
        source: "embedded:billing".into(),
        statement: None,
        parameters: vec![],
        period: None,
        filters: vec![],
        data_as_of: None,
        complete: true,
    };
    ToolData { tables: amounts.iter().map(table).collect(), snapshot: "s000001".into() }
}

fn ids(evidence: &[Evidence]) -> Vec<&str> {
    evidence.iter().map(|entry| entry.id.as_str()).collect()
}

#[test]
fn the_same_call_is_the_same_however_its_arguments_are_ordered() {
    let mut ledger = Ledger::default();
    let first = call("query_cost", json!({"a": 1, "b": {"c": [1, {"x": 1, "y": 2}]}}));
    let again = call("query_cost", json!({"b": {"c": [1, {"y": 2, "x": 1}]}, "a": 1}));
    let other = call("query_cost", json!({"a": 1, "b": {"c": [{"x": 1, "y": 2}, 1]}}));
    assert_eq!(ledger.ask(&first).times, 1);
    ledger.answered(&first, (2, 0));
    assert_eq!((ledger.ask(&again).times, ledger.ask(&again).at), (2, Some((2, 0))));
    assert_eq!(ledger.ask(&other).times, 1);
}

#[test]
fn identical_results_of_two_sub_agents_are_stored_once() {
    let ask = call("describe_cost_data", json!({}));
    let gather = |amounts: &[&str]| Ledger::default().keep(&ask, data(amounts), &[]);

    let mut parent = Ledger::default();
    let (first, _) = parent.adopt(gather(&["1", "2"]));
    let (second, renames) = parent.adopt(gather(&["3", "1"]));
    assert_eq!((ids(&first), ids(&second)), (vec!["e1", "e2"], vec!["e3", "e1"]));
    let expected = [("e1", "e3"), ("e2", "e1")].map(|(old, new)| (old.to_owned(), new.to_owned()));
    assert_eq!(renames, Renames::from(expected));
}

#[test]
fn evidence_moves_out_of_the_messages_and_back() {
    let mut ledger = Ledger::default();
    let ask = call("query_cost", json!({}));
    let result = |evidence| ToolResult {
        call_id: "c1".into(),
        tool: "query_cost".into(),
        outcome: ToolOutcome::Error { message: String::new() },
        evidence,
        note: None,
    };
    let first = ledger.keep(&ask, data(&["1", "2"]), &[]);
    let second = ledger.keep(&ask, data(&["2", "3"]), &[]);
    let mut messages = vec![
        Message::user("task"),
        Message::Tools { results: vec![result(vec![]), result(first.clone())] },
        Message::Tools { results: vec![result(second.clone())] },
    ];
    let taken = Taken::from(&mut messages);
    assert_eq!(ids(&taken.evidence), ["e1", "e2", "e3"]);
    taken.put_back(&mut messages);
    let expected = vec![
        Message::user("task"),
        Message::Tools { results: vec![result(vec![]), result(first)] },
        Message::Tools { results: vec![result(second[1..].to_vec())] },
    ];
    assert_eq!(messages, expected);
}
