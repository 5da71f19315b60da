use serde_json::json;

use super::{Estate, call, data, fakes::Failure, march, refusal, rows, searched, table};
use jiff::civil::date;
use wherefore_contract::{
    quality::{Notice, NoticeCode, Severity},
    tool::ToolOutcome,
};

#[tokio::test]
async fn what_is_loaded_is_described_in_tables() {
    let mut estate = Estate::dearer_compute();
    estate.description.notices.push(Notice {
        code: NoticeCode::RoundedMetric,
        subject: "list_cost".into(),
        source: "AWS".into(),
        billing_period: Some(date(2026, 3, 1)),
        severity: Severity::Warning,
        figures: [("rows".to_owned(), "12".to_owned())].into(),
        text: "list cost is rounded".into(),
    });
    let data = data(estate, "describe_cost_data", json!({})).await;
    let names: Vec<&str> = data.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "coverage",
            "periods",
            "dimensions",
            "transactions",
            "notices",
            "loaded_tables",
            "budgets_loaded"
        ]
    );
    let tables = rows(table(&data, "loaded_tables"));
    let loaded: Vec<&serde_json::Value> = tables.iter().map(|row| &row["loaded_table"]).collect();
    assert_eq!(loaded, ["charges", "transactions"]);
    assert_eq!(
        rows(table(&data, "coverage")),
        [json!({
            "snapshot": "s000001", "first_day": "2026-03-01", "last_day": "2026-04-25",
            "last_hour": "2026-04-25T23:00:00", "rows": "113", "days": "56",
            "billing_currencies": "USD", "providers": "AWS", "default_cost": "billed_cost",
            "workload_tag": "workload",
        })]
    );
    assert_eq!(
        rows(table(&data, "transactions")),
        [json!({
            "workload": "checkout", "first_day": "2026-03-01", "last_day": "2026-04-25",
            "grain": "day", "has_charges": "true", "missing_days": "0",
        })]
    );
    assert_eq!(
        rows(table(&data, "notices")),
        [json!({
            "code": "rounded_metric", "subject": "list_cost", "source": "AWS",
            "billing_period": "2026-03-01", "severity": "warning", "text": "list cost is rounded",
            "figure": "rows", "value": "12", "unit": "rows",
        })]
    );
    assert_eq!(table(&data, "dimensions").table.rows.len(), 5);
}

#[tokio::test]
async fn a_query_gives_the_table_of_the_store_with_its_statement() {
    let arguments = json!({
        "measures": ["effective_cost"], "dimensions": ["cloud_service"], "period": march(),
    });
    let data = data(Estate::dearer_compute(), "query_cost", arguments).await;
    assert_eq!(data.snapshot, "s000001");
    let cost = table(&data, "cost");
    assert_eq!(cost.statement.as_deref(), Some("SELECT 1"));
    assert_eq!(
        rows(cost),
        [
            json!({"cloud_service": "Amazon EC2", "effective_cost": "2884"}),
            json!({"cloud_service": "Amazon S3", "effective_cost": "280"}),
        ]
    );
}

#[tokio::test]
async fn a_query_that_matches_nothing_says_where_it_looked() {
    let arguments = json!({
        "measures": ["billed_cost"], "dimensions": ["month"],
        "filters": [{"dimension": "cloud_service", "op": "in", "values": ["Amazon RDS"]}],
        "period": {"start": "2020-01-01", "end": "2020-02-01"},
    });
    assert_eq!(
        searched(Estate::dearer_compute(), "query_cost", arguments).await,
        "billed_cost by month where cloud_service in (Amazon RDS) in [2020-01-01, 2020-02-01)"
    );
}

#[tokio::test]
async fn two_periods_stand_side_by_side() {
    let arguments = json!({
        "measures": ["effective_cost"], "from": march(),
        "to": {"start": "2026-03-29", "end": "2026-04-26"},
    });
    let data = data(Estate::dearer_compute(), "compare_cost", arguments).await;
    assert_eq!(
        rows(&data.tables[0]),
        [json!({"effective_cost_from": "3164", "effective_cost_to": "5998"})]
    );
}

#[tokio::test]
async fn a_unit_cost_leaves_credits_out_unless_the_total_is_asked_for() {
    let period = json!({"start": "2026-04-05", "end": "2026-04-12"});
    let arguments = json!({"workload": "checkout", "period": period});
    let operating = data(Estate::dearer_compute(), "unit_cost", arguments).await;
    assert_eq!(
        rows(&operating.tables[0]),
        [json!({"effective_cost": "1512", "transactions": "7210", "unit_cost": "0.209709"})]
    );
    let arguments = json!({"workload": "checkout", "period": period, "basis": "total"});
    let total = data(Estate::dearer_compute(), "unit_cost", arguments).await;
    assert_eq!(
        rows(&total.tables[0]),
        [json!({"effective_cost": "1462", "transactions": "7210", "unit_cost": "0.202774"})]
    );
}

#[tokio::test]
async fn names_are_found_with_the_part_that_matched() {
    let arguments = json!({"text": "chekout", "dimensions": "workload"});
    let data = data(Estate::dearer_compute(), "find_metadata", arguments).await;
    assert_eq!(
        rows(&data.tables[0]),
        [json!({
            "dimension": "workload", "value": "checkout", "matched_start": "0",
            "matched_end": "7", "how": "typo", "score": "700",
        })]
    );
    let estate = Estate { hits: Vec::new(), ..Estate::dearer_compute() };
    assert_eq!(
        searched(estate, "find_metadata", json!({"text": "nothing"})).await,
        "names in all dimensions that `nothing` may mean"
    );
    let empty = refusal(Estate::dearer_compute(), "find_metadata", json!({"text": " "})).await;
    assert_eq!(empty, "`text` is empty; give a name or a question");
}

#[tokio::test]
async fn workloads_are_listed_with_the_days_they_cover() {
    let data = data(Estate::dearer_compute(), "list_workloads", json!({})).await;
    assert_eq!(
        rows(&data.tables[0]),
        [json!({
            "workload": "checkout", "has_charges": "true", "has_transactions": "true",
            "first_day": "2026-03-01", "last_day": "2026-04-25",
            "transactions_first_day": "2026-03-01", "transactions_last_day": "2026-04-25",
        })]
    );
}

#[tokio::test]
async fn a_store_without_data_finds_nothing_and_a_failing_one_keeps_its_secrets() {
    let empty = searched(Estate::failing(Failure::Empty), "describe_cost_data", json!({})).await;
    assert_eq!(empty, "no bill is loaded in `w`; load one with `wherefore load PATH`");
    for failure in [Failure::Statement, Failure::Panic] {
        let arguments = json!({"measures": ["rows"]});
        let heard = refusal(Estate::failing(failure), "query_cost", arguments).await;
        assert!(heard.contains("operator's log") && !heard.contains("secret"), "{heard}");
    }
}

#[tokio::test]
async fn an_unknown_tool_is_an_error_that_names_it() {
    let outcome = call(Estate::dearer_compute(), "drop_table", json!({})).await;
    let message = "there is no tool `drop_table`; tools/list names them".to_owned();
    assert_eq!(outcome, ToolOutcome::Error { message });
}

#[tokio::test]
async fn tags_are_judged_by_what_they_cover_and_by_how_they_are_spelled() {
    let data = data(Estate::tagged(), "tag_hygiene", json!({})).await;
    let named: Vec<&str> = data.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(
        named,
        ["tag_keys", "allocation", "near_values", "untagged_cloud_service", "untagged_sub_account"]
    );
    let [keys, allocation, near, services, accounts] = data.tables.as_slice() else { panic!() };
    assert_eq!(
        rows(keys),
        [
            json!({
                "tagging_key": "environment", "tagged_cost": "70",
                "cost_share": "70", "tagged_rows": "3", "row_share": "60", "tag_values": "3",
            }),
            json!({
                "tagging_key": "team", "tagged_cost": "60",
                "cost_share": "60", "tagged_rows": "2", "row_share": "40", "tag_values": "1",
            }),
        ]
    );
    assert_eq!(
        rows(allocation),
        [json!({
            "allocation_keys": "team", "effective_cost": "100", "allocated_cost": "60",
            "unallocated_cost": "40", "allocated_share": "60", "unallocated_rows": "3",
            "target_crawl": "80", "target_run": "90", "stage": "below_crawl",
        })]
    );
    assert_eq!(
        rows(near),
        [
            json!({
                "tagging_key": "environment", "likeness": "case", "like_value": "prod",
                "tagging_value": "Prod", "tagged_cost": "20", "tagged_rows": "1",
            }),
            json!({
                "tagging_key": "environment", "likeness": "abbreviation", "like_value": "prod",
                "tagging_value": "production", "tagged_cost": "10", "tagged_rows": "1",
            }),
        ]
    );
    assert_eq!(
        rows(services)[0],
        json!({
            "cloud_service": "Amazon S3", "untagged_cost": "30", "untagged_share": "75",
            "untagged_rows": "2",
        })
    );
    assert_eq!(rows(accounts).len(), 1);
    for table in &data.tables {
        assert!(table.statement.is_some(), "{} can be run again", table.name);
    }
}

#[tokio::test]
async fn one_tag_key_is_judged_by_itself() {
    let arguments = json!({"key": "tag:environment", "filters": [
        {"dimension": "cloud_service", "op": "in", "values": ["Amazon S3"]}]});
    let data = data(Estate::tagged(), "tag_hygiene", arguments).await;
    let allocation = rows(&data.tables[1]);
    assert_eq!(allocation[0]["allocation_keys"], "environment");
    assert_eq!(allocation[0]["allocated_share"], "33.3333333333");
    let wrong = refusal(Estate::tagged(), "tag_hygiene", json!({"key": "cloud_service"})).await;
    assert_eq!(wrong, "`cloud_service` is no tag; write `tag:KEY`");
    let wrong = refusal(Estate::tagged(), "tag_hygiene", json!({"measure": "rows"})).await;
    assert_eq!(wrong, "`rows` is no cost; tags are judged by the cost that carries them");
    let none = json!({"filters": [{"dimension": "cloud_service", "op": "in", "values": ["x"]}]});
    let searched = searched(Estate::tagged(), "tag_hygiene", none).await;
    assert!(searched.starts_with("effective_cost with and without the tags environment, team"));
}
