use serde_json::json;
use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    filter::Filter,
};

use super::*;

fn shape() -> Shape {
    let tags = [("cost-center", "x_tag_cost_center_1a2b3c4d"), ("workload", "x_tag_workload")];
    Shape {
        tag_columns: tags.map(|(key, column)| (key.to_owned(), column.to_owned())).into(),
        workload_tag: "workload".to_owned(),
        billing_currencies: vec!["USD".to_owned()],
        ..Shape::default()
    }
}

fn guest() -> Scope {
    let account = Dimension::Column(FocusDimension::SubAccountId);
    Scope { principal: "guest".to_owned(), rows: vec![Filter::any_of(account, ["A1"])] }
}

fn shown(statement: &Statement) -> String {
    let parameters: Vec<String> = statement.parameters.iter().map(ToString::to_string).collect();
    format!("{}\n-- {}", statement.sql, parameters.join(" | "))
}

fn sql(query: serde_json::Value) -> String {
    let query = serde_json::from_value(query).unwrap();
    shown(&compile_query(&query, &Scope::local(), &shape()).unwrap())
}

fn refused(query: serde_json::Value) -> String {
    let query = serde_json::from_value(query).unwrap();
    compile_query(&query, &Scope::local(), &shape()).unwrap_err().to_string()
}

#[test]
fn every_measure_has_its_aggregate() {
    let measures = [
        "billed_cost",
        "effective_cost",
        "list_cost",
        "contracted_cost",
        "rows",
        "distinct:sub_account",
        "distinct:tag:cost-center",
        "first_charge",
        "last_charge",
    ];
    insta::assert_snapshot!(sql(json!({"measures": measures})));
}

#[test]
fn a_quantity_brings_its_unit() {
    insta::assert_snapshot!(sql(json!({"measures": ["consumed_quantity", "pricing_quantity"]})));
}

#[test]
fn every_grain_is_grouped_as_a_moment_or_number() {
    let grains = ["hour", "day", "iso_week", "month", "quarter", "year", "weekday", "week_part"];
    insta::assert_snapshot!(sql(json!({"measures": ["rows"], "dimensions": grains})));
}

#[test]
fn every_filter_binds_its_values() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"],
        "filters": [
            {"dimension": "cloud_service", "op": "in", "values": ["Amazon EC2", "x' or 1=1 --"]},
            {"dimension": "region", "op": "not_in", "values": ["us-east-1"]},
            {"dimension": "usage_type", "op": "contains", "values": ["50%_\\", "Box"]},
            {"dimension": "resource_id", "op": "not_contains", "values": ["i-0"]},
            {"dimension": "workload", "op": "is_null"},
            {"dimension": "tag:cost-center", "op": "not_null"},
        ],
    })));
}

#[test]
fn filters_on_time_compare_moments() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"],
        "filters": [
            {"dimension": "month", "op": "in", "values": ["2024-08", "2024-09-01"]},
            {"dimension": "quarter", "op": "not_in", "values": ["2024-Q3"]},
            {"dimension": "hour", "op": "in", "values": ["2024-09-01T05:00:00"]},
            {"dimension": "iso_week", "op": "in", "values": ["2024-09-02"]},
            {"dimension": "weekday", "op": "in", "values": ["6", "Sunday"]},
            {"dimension": "week_part", "op": "in", "values": ["weekend"]},
            {"dimension": "billing_period", "op": "in", "values": ["2024-09"]},
        ],
    })));
}

#[test]
fn shares_and_running_shares_come_before_the_cut() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"], "dimensions": ["cloud_service"],
        "share": true, "cumulative": true, "limit": 5,
    })));
}

#[test]
fn a_billing_period_is_compared_with_the_invoice() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"], "dimensions": ["billing_period"], "period_basis": "billing",
        "period": {"start": "2024-09-01", "end": "2024-10-01"},
        "order": [{"by": "billed_cost", "direction": "ascending"}],
    })));
}

#[test]
fn transactions_alone_read_no_charge() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["transactions"], "dimensions": ["month", "workload"],
        "filters": [{"dimension": "workload", "op": "in", "values": ["Checkout"]}],
    })));
}

#[test]
fn a_unit_cost_joins_the_two_tables_on_what_both_know() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["unit_cost"], "dimensions": ["month", "cloud_service"],
        "period": {"start": "2024-09-01", "end": "2024-10-01"},
        "order": [{"by": "unit_cost"}],
    })));
}

#[test]
fn the_scope_is_on_every_relation() {
    let query = serde_json::from_value(json!({
        "measures": ["unit_cost", "billed_cost"], "dimensions": ["workload"],
    }));
    let statement = compile_query(&query.unwrap(), &guest(), &shape()).unwrap();
    assert_eq!(
        statement.sql.matches("from charges").count(),
        statement.sql.matches("from charges where lower(SubAccountId) in ($1)").count(),
    );
    insta::assert_snapshot!(shown(&statement));
}

#[test]
fn two_currencies_are_never_added_up() {
    let shape = Shape { billing_currencies: vec!["KRW".into(), "USD".into()], ..shape() };
    let query = json!({"measures": ["billed_cost"], "dimensions": ["month"], "share": true});
    let query = serde_json::from_value(query).unwrap();
    let statement = compile_query(&query, &Scope::local(), &shape).unwrap();
    let cost = &statement.outputs[2].column;
    assert_eq!(cost.unit_column.as_deref(), Some("billing_currency"));
    insta::assert_snapshot!(shown(&statement));
}

#[test]
fn known_spellings_are_compared_as_they_are() {
    let service = Dimension::Column(FocusDimension::ServiceName);
    let mut shape = shape();
    let known = [("amazon s3", vec!["Amazon S3", "amazon s3"]), ("aws lambda", vec!["AWS Lambda"])];
    let known = known.map(|(lower, all)| {
        (lower.to_owned(), all.into_iter().map(str::to_owned).collect::<Vec<_>>())
    });
    shape.spellings.insert(service, known.into());
    let query = json!({
        "measures": ["rows"],
        "filters": [{"dimension": "cloud_service", "op": "in", "values": ["AMAZON S3", "nothing"]},
                    {"dimension": "cloud_service", "op": "not_contains", "values": ["LAMBDA"]}],
    });
    let query = serde_json::from_value(query).unwrap();
    let statement = compile_query(&query, &Scope::local(), &shape).unwrap();
    insta::assert_snapshot!(shown(&statement));
}

#[test]
fn a_comparison_reads_both_periods_in_one_pass() {
    let query = serde_json::from_value(json!({
        "measures": ["effective_cost", "distinct:resource_id"], "dimensions": ["cloud_service"], "limit": 10,
        "from": {"start": "2024-08-01", "end": "2024-09-01"},
        "to": {"start": "2024-09-01", "end": "2024-10-01"},
    }));
    let statement = compile_compare(&query.unwrap(), &Scope::local(), &shape()).unwrap();
    insta::assert_snapshot!(shown(&statement));
}

#[test]
fn a_compared_unit_cost_is_ordered_by_its_change() {
    let query = serde_json::from_value(json!({
        "measures": ["unit_cost"], "dimensions": ["workload"],
        "from": {"start": "2024-08-01", "end": "2024-09-01"},
        "to": {"start": "2024-09-01", "end": "2024-10-01"},
    }));
    let statement = compile_compare(&query.unwrap(), &Scope::local(), &shape()).unwrap();
    insta::assert_snapshot!(shown(&statement));
}

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
