use serde_json::{Value, json};
use wherefore_contract::answer::Answer;

use super::*;
use crate::questions::{example, read_cases};

/// A case from its expected part and its question.
fn case(question: &str, sql: &str, expected: &Value) -> Case {
    let line = json!({
        "id": "c", "lang": "en", "dataset": "d", "question": question, "as_of": "2026-10-05",
        "sql": sql, "expected": expected,
    });
    read_cases(&line.to_string(), "p").unwrap().remove(0)
}

/// An answer with dimensions and measures by the first letter of the column: `d_…`, `t_…`, `m_…`.
fn answer(status: &str, columns: &[&str], rows: &Value, text: &str) -> Answer {
    let kind = |name: &str| match name.as_bytes()[0] {
        b'd' => "dimension",
        b't' => "time",
        _ => "measure",
    };
    let columns: Vec<Value> =
        columns.iter().map(|name| json!({"name": name, "kind": kind(name)})).collect();
    let result = match rows.as_array().unwrap().as_slice() {
        [] => json!({"type": "none"}),
        rows => json!({"type": "rows", "columns": columns, "rows": rows}),
    };
    let mut answer = example();
    answer.status = serde_json::from_value(json!(status)).unwrap();
    answer.result = serde_json::from_value(result).unwrap();
    text.clone_into(&mut answer.headline);
    text.clone_into(&mut answer.text);
    answer
}

fn outcome(case: &Case, answer: &Answer) -> (Outcome, String) {
    let judgement = judge(case, answer);
    (judgement.outcome, judgement.why)
}

fn right() -> (Outcome, String) {
    (Outcome::Right, String::new())
}

#[test]
fn a_scalar_is_one_figure_or_in_the_only_row() {
    let case = case("total?", "", &json!({"type": "scalar", "value": 100}));
    let given =
        |columns: &[&str], rows: Value| outcome(&case, &answer("answered", columns, &rows, ""));
    assert_eq!(given(&["m_cost"], json!([["100.2"]])), right());
    assert_eq!(given(&["m_cost", "m_share"], json!([["100.2", "3"]])), right());
    assert_eq!(
        given(&["m_cost"], json!([["101"]])),
        (Outcome::Wrong, "the figure differs".to_owned())
    );
    assert_eq!(
        given(&["d_name", "m_cost"], json!([["a", "100"], ["b", "1"]])),
        (Outcome::Wrong, "one figure expected, 2 rows given".to_owned())
    );
    // A name that looks like the figure is none.
    assert_eq!(given(&["d_name", "m_cost"], json!([["100", "7"]])).0, Outcome::Wrong);
}

#[test]
fn no_result_for_an_answerable_case_is_declined_and_not_wrong() {
    let case = case("total?", "", &json!({"type": "scalar", "value": 100}));
    let given = |status| outcome(&case, &answer(status, &[], &json!([]), ""));
    assert_eq!(given("needs_clarification"), (Outcome::Declined, "asked back".to_owned()));
    assert_eq!(given("declined").0, Outcome::Declined);
}

#[test]
fn an_unanswerable_case_is_right_without_a_result_and_without_a_figure() {
    let case = case("per order?", "", &json!({"type": "unanswerable", "reason": "no orders"}));
    let given = |status, rows, text| outcome(&case, &answer(status, &["m_cost"], &rows, text));
    assert_eq!(given("declined", json!([]), "No orders since 2026-08-01."), right());
    assert_eq!(given("needs_clarification", json!([]), "Which?"), right());
    assert_eq!(given("declined", json!([]), "It would be $3.20 each.").0, Outcome::Wrong);
    assert_eq!(given("answered", json!([["5"]]), "").0, Outcome::Wrong);
    assert_eq!(
        given("answered", json!([]), "x"),
        (Outcome::Wrong, "the status says that it was answered".to_owned())
    );
}

#[test]
fn another_reading_is_right_only_with_its_assumption() {
    let case = case(
        "compare",
        "",
        &json!({"type": "rows", "rows": [[1, 2]], "accept_also": [
            {"interpretation": "per day", "rows": [[10, 20]]},
            {"interpretation": "in all", "value": 7},
        ]}),
    );
    let bare = answer("answered", &["m_a", "m_b"], &json!([["10", "20"]]), "");
    assert_eq!(
        outcome(&case, &bare),
        (Outcome::Wrong, "right as “per day”, but no assumption is named".to_owned())
    );
    let named = |rows| {
        let mut named = answer("answered", &["m_a", "m_b"], &rows, "");
        named.assumptions.push(wherefore_contract::answer::Assumption {
            code: "read_as".to_owned(),
            text: "read as: per day".to_owned(),
        });
        judge(&case, &named)
    };
    let judged = named(json!([["10", "20"]]));
    assert_eq!((judged.outcome, judged.accepted.as_deref()), (Outcome::Right, Some("per day")));
    assert_eq!(named(json!([["7", "0"]])).accepted.as_deref(), Some("in all"));
    assert_eq!(named(json!([["1", "20"]])).outcome, Outcome::Wrong);
}

#[test]
fn more_rows_may_follow_only_when_the_question_set_no_limit() {
    let sql = "SELECT a, b FROM t ORDER BY 2 DESC LIMIT 2";
    let expected = json!({"type": "rows", "rows": [["a", 3], ["b", 2]]});
    let rows = json!([["a", "3"], ["b", "2"], ["c", "1"]]);
    let given = answer("answered", &["d_name", "m_cost"], &rows, "");
    assert_eq!(outcome(&case("main drivers?", sql, &expected), &given), right());
    for limited in ["top 2?", "the two dearest", "상위 2개", "두 개만"] {
        assert_eq!(outcome(&case(limited, sql, &expected), &given).0, Outcome::Wrong, "{limited}");
    }
    assert_eq!(outcome(&case("main drivers?", "SELECT 1", &expected), &given).0, Outcome::Wrong);
}

#[test]
fn a_superlative_asks_for_one_row() {
    let sql = "SELECT a, b FROM t ORDER BY 2 DESC LIMIT 1;";
    let expected = json!({"type": "rows", "rows": [["a", 3]]});
    let rows = json!([["a", "3"], ["b", "2"]]);
    let given = answer("answered", &["d_name", "m_cost"], &rows, "");
    assert_eq!(
        outcome(&case("which day was the biggest", sql, &expected), &given).0,
        Outcome::Wrong
    );
    assert_eq!(outcome(&case("가장 큰 날은?", sql, &expected), &given).0, Outcome::Wrong);
    assert_eq!(outcome(&case("why did it fall?", sql, &expected), &given), right());
}

#[test]
fn an_order_is_judged_where_the_case_says_so() {
    let expected = json!({"type": "rows", "ordered": true, "rows": [["a", 3], ["b", 2]]});
    let given = answer("answered", &["d_name", "m_cost"], &json!([["b", "2"], ["a", "3"]]), "");
    assert_eq!(
        outcome(&case("rank", "", &expected), &given),
        (Outcome::Wrong, "expected row 1 is not in its place".to_owned())
    );
    let free = json!({"type": "rows", "rows": [["a", 3], ["b", 2]]});
    assert_eq!(outcome(&case("list", "", &free), &given), right());
}

#[test]
fn statements_are_counted_apart_from_the_outcome() {
    let expected =
        json!({"type": "scalar", "value": 1, "answer_must_say": ["31 October is missing"]});
    let given = answer("partial", &["m_cost"], &json!([["1"]]), "No 2026-10-31 is loaded.");
    let judged = judge(&case("q", "", &expected), &given);
    assert_eq!(judged.outcome, Outcome::Right);
    assert_eq!(judged.said, [("31 October is missing".to_owned(), true)]);
}
