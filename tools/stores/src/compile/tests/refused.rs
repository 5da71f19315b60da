//! Questions that are not compiled, and what is said of them.

use super::*;

#[test]
fn what_has_no_meaning_is_refused_in_one_sentence() {
    let cases = [
        (json!({"measures": []}), "the query names no measure; ask for billed_cost, for example"),
        (
            json!({"measures": ["billed_cost"], "limit": 0}),
            "a limit of 0 keeps no row; leave it out or ask for at least 1",
        ),
        (
            json!({"measures": ["transactions"], "dimensions": ["cloud_service"]}),
            "transactions cannot be grouped by `cloud_service`, only by time and workload; ask for unit_cost instead",
        ),
        (
            json!({"measures": ["transactions"], "filters": [{"dimension": "region", "op": "is_null"}]}),
            "transactions are known by time and workload only; leave out the filter on `region`, or ask for unit_cost",
        ),
        (
            json!({"measures": ["unit_cost"], "share": true}),
            "a share needs a first measure that adds up: a cost, a quantity, rows or transactions",
        ),
        (
            json!({"measures": ["rows"], "filters": [{"dimension": "region", "op": "in"}]}),
            "the filter on `region` needs at least one value",
        ),
        (
            json!({"measures": ["rows"], "filters": [{"dimension": "quarter", "op": "in", "values": ["3"]}]}),
            "`3` is no quarter; write it as 2024-Q3",
        ),
        (
            json!({"measures": ["rows"], "dimensions": ["tag:costcenter"]}),
            "the loaded data has no `tag:costcenter`; the nearest tag keys are `cost-center`, `workload`",
        ),
    ];
    for (query, reason) in cases {
        assert_eq!(refused(query), reason);
    }
}

#[test]
fn what_cannot_be_kept_cut_or_computed_beside_is_refused_in_one_sentence() {
    let cases = [
        (
            json!({"measures": ["rows"], "having": [{"column": "cost", "op": "above", "value": "1"}]}),
            "the result has no column of numbers `cost` to compare; it has rows",
        ),
        (
            json!({"measures": ["rows"], "having": [{"column": "rows", "op": "above", "value": "0.0000000000000000001"}]}),
            "`0.0000000000000000001` has more digits than amounts of a bill; write fewer",
        ),
        (
            json!({"measures": ["rows"], "amounts": [{"measure": "unit_cost", "op": "above", "value": "1"}]}),
            "a single charge has no `unit_cost` to compare; use a cost or a quantity",
        ),
        (
            json!({"measures": ["transactions"], "amounts": [{"measure": "billed_cost", "op": "above", "value": "1"}]}),
            "transactions have no `billed_cost` to compare; leave out the condition, or ask for unit_cost",
        ),
        (
            json!({"measures": ["rows"], "limit_per": ["region"]}),
            "limit_per needs a limit: how many rows to keep of each value",
        ),
        (
            json!({"measures": ["rows"], "change": true, "dimensions": ["region"]}),
            "change and running need a grain of time to go along; group by month or day, for example",
        ),
        (
            json!({"measures": ["rows"], "running": true, "dimensions": ["iso_week", "month"]}),
            "change and running go along one grain of time; group by iso_week or by month, not by both",
        ),
        (
            json!({"measures": ["first_charge"], "change": true, "dimensions": ["month"]}),
            "`first_charge` is a moment and has no change",
        ),
        (
            json!({"measures": ["max:billed_cost"], "per_day": true}),
            "an amount per day needs a first measure that adds up: a cost, a quantity, rows or transactions",
        ),
        (
            json!({"measures": ["rows"], "per_day": true, "dimensions": ["hour"]}),
            "an hour is no day to divide by; group by day or more for per_day",
        ),
        (
            json!({"measures": ["rows"], "filters": [{"dimension": "hour_of_day", "op": "in", "values": ["24"]}]}),
            "`24` is no hour of the day; write 0 to 23",
        ),
    ];
    for (query, reason) in cases {
        assert_eq!(refused(query), reason);
    }
}

#[test]
fn counts_and_shares_without_their_sense_are_refused_in_one_sentence() {
    let cases = [
        (
            json!({"measures": ["pricing_quantity"], "dimensions": ["day"], "count": true}),
            "a count is of the values of one dimension; group by exactly one",
        ),
        (
            json!({"measures": ["rows"], "dimensions": ["day"], "count": true, "limit": 3}),
            "a count is of all rows that are kept; leave out the limit",
        ),
        (
            json!({"measures": ["rows"], "share_per": ["region"]}),
            "share_per needs share or cumulative: it says what they are taken within",
        ),
    ];
    for (query, reason) in cases {
        assert_eq!(refused(query), reason);
    }
}

#[test]
fn a_column_that_no_loaded_format_knows_is_missing_and_not_empty() {
    let shape = Shape {
        filled: ["cloud_service".to_owned()].into(),
        formats: vec!["FOCUS 1.0".to_owned()],
        ..shape()
    };
    let ask = |dimension: &str| {
        let query = json!({"measures": ["rows"], "dimensions": [dimension]});
        compile_query(&serde_json::from_value(query).unwrap(), &Scope::local(), &shape)
    };
    assert!(ask("cloud_service").is_ok());
    assert!(ask("region").is_ok());
    assert_eq!(
        ask("invoice").unwrap_err().to_string(),
        "the loaded data has no `invoice`; the column InvoiceId comes with FOCUS 1.2, and what is loaded is FOCUS 1.0"
    );
    assert!(ask("usage_type").is_err());
}

#[test]
fn someone_with_a_scope_learns_no_tag_key_from_an_error() {
    let query = json!({"measures": ["rows"], "dimensions": ["tag:costcenter"]});
    let query = serde_json::from_value(query).unwrap();
    let refused = compile_query(&query, &guest(), &shape()).unwrap_err().to_string();
    assert!(!refused.contains("cost-center"), "{refused}");
}

#[test]
fn a_column_map_cannot_carry_sql() {
    let mut shape = shape();
    shape.tag_columns.insert("evil".into(), "x_tag from charges; drop table charges --".into());
    let query = json!({"measures": ["rows"], "dimensions": ["tag:evil"]});
    let query = serde_json::from_value(query).unwrap();
    assert!(compile_query(&query, &Scope::local(), &shape).is_err());
}
