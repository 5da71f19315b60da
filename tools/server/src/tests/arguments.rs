use serde_json::{Value, json};

use super::{Estate, call, data, march, refusal};
use wherefore_contract::tool::ToolOutcome;

/// The same query as models have been seen to write it.
fn spellings() -> [Value; 6] {
    let filter = json!({"dimension": "cloud_service", "op": "in", "values": ["Amazon S3"]});
    [
        json!({"measures": ["effective_cost"], "filters": [filter], "period": march(), "limit": 1}),
        json!({"measures": "effective_cost", "filters": filter, "period": march(), "limit": "1"}),
        json!({
            "measures": "[\"effective_cost\"]", "filters": filter.to_string(),
            "period": march().to_string(), "limit": 1.0,
        }),
        json!({
            "measures": ["effective_cost"], "dimensions": null, "order": "", "share": "false",
            "filters": [{"dimension": "cloud_service", "op": "IN", "values": "Amazon S3"}],
            "period": march(), "period_basis": "Charge",
        }),
        json!({
            "measures": ["effective_cost"], "filters": json!([filter]).to_string(),
            "period": march(), "order": {"by": "effective_cost", "direction": "desc"},
        }),
        json!({
            "measures": ["effective_cost"], "filters": [filter.to_string()], "period": march(),
        }),
    ]
}

#[tokio::test]
async fn one_meaning_is_read_however_it_is_written() {
    for arguments in spellings() {
        let data = data(Estate::dearer_compute(), "query_cost", arguments).await;
        assert_eq!(data.tables[0].table.rows, [[Some("280".to_owned())]]);
    }
}

#[tokio::test]
async fn arguments_that_do_not_fit_are_named_with_an_example() {
    let cases = [
        (json!({}), "missing field `measures`"),
        (json!({"measures": ["cost"]}), "measures[0]: no measure is called `cost`"),
        (json!({"measures": ["rows"], "sql": "DROP TABLE x"}), "unknown field `sql`"),
        (
            json!({"measures": ["rows"], "dimensions": ["service"]}),
            "no dimension is called `service`",
        ),
        (
            json!({"measures": ["rows"], "period": {"start": "2026-05-01", "end": "2026-04-01"}}),
            "a period must start before it ends",
        ),
        (json!({"measures": ["rows"], "limit": -1}), "limit: invalid value: integer `-1`"),
        (
            json!({"measures": ["rows"], "filters": [{"dimension": "region", "op": "like"}]}),
            "unknown variant `like`",
        ),
    ];
    for (arguments, expected) in cases {
        let heard = refusal(Estate::dearer_compute(), "query_cost", arguments).await;
        assert!(heard.starts_with("the arguments of query_cost do not fit: "), "{heard}");
        assert!(heard.contains(expected), "{heard} does not say {expected}");
        assert!(heard.contains("write them for example as {\"measures\""), "{heard}");
    }
}

#[tokio::test]
async fn hostile_arguments_are_refused_and_never_end_the_server() {
    let deep = (0..100).fold(json!("x"), |inner, _| json!([inner]));
    let nested = (0..14).fold("[]".to_owned(), |inner, _| json!([inner]).to_string());
    let hostile = [
        json!({"measures": deep}),
        json!({"measures": nested}),
        json!({"measures": "a".repeat(200_000)}),
        json!({"measures": [{"$ref": "#"}]}),
        json!({"measures": ["distinct:tag:"]}),
        json!({"measures": ["rows"], "limit": "99999999999999999999"}),
        json!({"measures": ["rows"], "period": {"start": "\u{0}", "end": "-9999-99-99"}}),
        json!({"measures": ["rows"], "__proto__": {"x": 1}}),
        json!({"measures": {"billed_cost": true}}),
    ];
    for arguments in hostile {
        match call(Estate::dearer_compute(), "query_cost", arguments).await {
            ToolOutcome::Error { message } => assert!(message.chars().count() < 1_000, "{message}"),
            other @ (ToolOutcome::Data { .. } | ToolOutcome::NoData { .. }) => {
                panic!("a failure was expected, not {other:?}")
            }
        }
    }
}
