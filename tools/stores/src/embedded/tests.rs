mod added;

use std::{fs, sync::Arc};

use jiff::{Timestamp, civil::date};
use tempfile::TempDir;
use wherefore_contract::{
    cost::{CompareQuery, CostQuery, Direction, Measure, Order},
    dimension::Dimension,
    error::StoreError,
    filter::{Filter, FilterOp},
    metadata::{MetadataHit, MetadataQuery},
    period::Period,
    ports::{CostStore, MetadataStore},
    scope::Scope,
    tool::FactTable,
};
use wherefore_load::{LoadOptions, Quiet, load, manifest::Warehouse};

use super::{
    catalog::EmbeddedCatalog,
    cost::EmbeddedCost,
    fixture::{catalog, commit, write_warehouse},
};
use crate::conformance;

fn opened() -> (TempDir, EmbeddedCost) {
    let folder = tempfile::tempdir().unwrap();
    write_warehouse(folder.path());
    let store = EmbeddedCost::open(folder.path()).unwrap();
    (folder, store)
}

fn asked(json: serde_json::Value) -> CostQuery {
    serde_json::from_value(json).unwrap()
}

fn compared(json: serde_json::Value) -> CompareQuery {
    serde_json::from_value(json).unwrap()
}

fn lines(facts: &FactTable) -> Vec<String> {
    let names = facts.table.columns.iter().map(|column| column.name.clone());
    let head = names.collect::<Vec<_>>().join(" | ");
    let rows = facts.table.rows.iter().map(|row| {
        row.iter().map(|cell| cell.as_deref().unwrap_or("-")).collect::<Vec<_>>().join(" | ")
    });
    std::iter::once(head).chain(rows).collect()
}

async fn ask(store: &EmbeddedCost, json: serde_json::Value) -> Vec<String> {
    lines(&store.query(&asked(json), &Scope::local()).await.unwrap())
}

fn only(dimension: &str, value: &str) -> Scope {
    let dimension: Dimension = dimension.parse().unwrap();
    Scope { principal: "guest".into(), rows: vec![Filter::any_of(dimension, [value])] }
}

#[tokio::test]
async fn cost_by_month_and_cloud_service_is_exact_and_in_a_total_order() {
    let (_folder, store) = opened();
    let found = ask(
        &store,
        serde_json::json!({"measures": ["billed_cost", "rows"], "dimensions": ["month", "cloud_service"]}),
    )
    .await;
    assert_eq!(
        found,
        [
            "month | cloud_service | billed_cost | rows",
            "2024-08 | Amazon EC2 | 100 | 1",
            "2024-08 | Amazon S3 | 7.5 | 1",
            "2024-09 | Amazon EC2 | 150.000000000000000001 | 2",
            "2024-09 | amazon s3 | 2.5 | 1",
            "2024-09 | AWS Lambda | -0.5 | 1",
        ]
    );
}

#[tokio::test]
async fn a_table_of_facts_says_where_its_numbers_come_from() {
    let (_folder, store) = opened();
    let query = asked(serde_json::json!({
        "measures": ["billed_cost"],
        "filters": [{"dimension": "cloud_service", "op": "in", "values": ["AMAZON S3"]}],
        "period": {"start": "2024-09-01", "end": "2024-10-01"},
    }));
    let facts = store.query(&query, &Scope::local()).await.unwrap();
    insta::assert_json_snapshot!(facts, @r#"
    {
      "name": "cost",
      "table": {
        "columns": [
          {
            "name": "billed_cost",
            "kind": "measure",
            "unit": "USD"
          }
        ],
        "rows": [
          [
            "2.5"
          ]
        ]
      },
      "source": "embedded:billing",
      "statement": "select f.billed_cost\nfrom (\n  select sum(c.BilledCost) as billed_cost\n  from (select BilledCost, ChargePeriodStart, ServiceName from charges) c where c.ServiceName in ($1, $2) and c.ChargePeriodStart >= $3 and c.ChargePeriodStart < $4\n  having count(*) > 0\n) f\norder by f.billed_cost desc nulls last",
      "parameters": [
        "Amazon S3",
        "amazon s3",
        "2024-09-01T00:00:00",
        "2024-10-01T00:00:00"
      ],
      "period": {
        "start": "2024-09-01",
        "end": "2024-10-01"
      },
      "filters": [
        {
          "dimension": "cloud_service",
          "op": "in",
          "values": [
            "AMAZON S3"
          ]
        }
      ],
      "data_as_of": "2024-10-01",
      "complete": true
    }
    "#);
}

#[tokio::test]
async fn every_grain_is_written_as_readers_name_it() {
    let (_folder, store) = opened();
    let mut found = Vec::new();
    for grain in ["hour", "day", "iso_week", "month", "quarter", "year", "weekday", "week_part"] {
        let query = serde_json::json!({
            "measures": ["rows"], "dimensions": [grain],
            "filters": [{"dimension": "tag:team", "op": "in", "values": ["Blue"]},
                        {"dimension": "cloud_service", "op": "contains", "values": ["LAMB"]}],
        });
        found.push(ask(&store, query).await[1].clone());
    }
    assert_eq!(
        found,
        [
            "2024-09-08T00:00:00 | 1",
            "2024-09-08 | 1",
            "2024-09-02 | 1",
            "2024-09 | 1",
            "2024-Q3 | 1",
            "2024 | 1",
            "Sunday | 1",
            "weekend | 1",
        ]
    );
}

#[tokio::test]
async fn shares_are_of_the_whole_before_the_cut() {
    let (_folder, store) = opened();
    let found = ask(
        &store,
        serde_json::json!({
            "measures": ["effective_cost"], "dimensions": ["cloud_service"], "limit": 2,
            "share": true, "cumulative": true,
            "period": {"start": "2024-09-01", "end": "2024-10-01"},
        }),
    )
    .await;
    assert_eq!(
        found,
        [
            "cloud_service | effective_cost | share | cumulative_share",
            "Amazon EC2 | 130 | 98.113207547169811321 | 98.113207547169811321",
            "amazon s3 | 2.5 | 1.886792452830188679 | 100",
        ]
    );
}

#[tokio::test]
async fn untagged_charges_are_a_row_of_their_own() {
    let (_folder, store) = opened();
    let found = ask(
        &store,
        serde_json::json!({"measures": ["effective_cost"], "dimensions": ["tag:team"]}),
    )
    .await;
    assert_eq!(found, ["tag:team | effective_cost", "red | 197.5", "- | 30", "blue | 2.5"]);
    let missing = serde_json::json!({
        "measures": ["rows"],
        "filters": [{"dimension": "tag:team", "op": "not_in", "values": ["red"]}],
    });
    assert_eq!(ask(&store, missing).await, ["rows", "3"]);
}

#[tokio::test]
async fn a_region_without_an_id_is_found_by_its_name() {
    let (_folder, store) = opened();
    let query = |value: &str| {
        serde_json::json!({
            "measures": ["rows"],
            "filters": [{"dimension": "region", "op": "in", "values": [value]}],
        })
    };
    assert_eq!(ask(&store, query("n. virginia")).await, ["rows", "1"]);
    assert_eq!(ask(&store, query("US-EAST-1")).await, ["rows", "4"]);
}

#[tokio::test]
async fn a_unit_cost_divides_the_cost_of_a_workload_by_its_own_transactions() {
    let (_folder, store) = opened();
    let by_month = serde_json::json!({"measures": ["unit_cost", "effective_cost", "transactions"], "dimensions": ["month", "workload"]});
    assert_eq!(
        ask(&store, by_month).await,
        [
            "month | workload | unit_cost | effective_cost | transactions",
            "2024-08 | checkout | 0.09 | 90 | 1000",
            "2024-09 | checkout | 0.05 | 100 | 2000",
            "2024-09 | batch | - | - | 10",
            "2024-09 | search | - | 30 | -",
        ]
    );
    // Search has no transactions and batch no cost: neither meets the other's side.
    let total = serde_json::json!({"measures": ["unit_cost"]});
    assert_eq!(ask(&store, total).await, ["unit_cost", "0.063122923588039867"]);
    let parts = serde_json::json!({
        "measures": ["unit_cost"], "dimensions": ["cloud_service"],
        "filters": [{"dimension": "workload", "op": "in", "values": ["Checkout"]}],
        "period": {"start": "2024-09-01", "end": "2024-10-01"},
    });
    assert_eq!(
        ask(&store, parts).await,
        ["cloud_service | unit_cost", "Amazon EC2 | 0.05", "AWS Lambda | 0"]
    );
}

#[tokio::test]
async fn two_periods_stand_side_by_side_and_what_is_new_starts_from_zero() {
    let (_folder, store) = opened();
    let query = compared(serde_json::json!({
        "measures": ["billed_cost", "transactions"], "dimensions": ["workload"],
        "from": {"start": "2024-08-01", "end": "2024-09-01"},
        "to": {"start": "2024-09-01", "end": "2024-10-01"},
    }));
    let facts = store.compare(&query, &Scope::local()).await.unwrap();
    assert_eq!(
        lines(&facts),
        [
            "workload | billed_cost_from | billed_cost_to | transactions_from | transactions_to | change | change_percent",
            "search | 0 | 30 | - | - | 30 | -",
            "checkout | 100 | 119.500000000000000001 | 1000 | 2000 | 19.500000000000000001 | 19.500000000000000001",
            "batch | 0 | 0 | - | 10 | 0 | -",
            "- | 7.5 | 2.5 | - | - | -5 | -66.666666666666666667",
        ]
    );
    assert_eq!(facts.table.columns[1].period, Some(query.from));
    let unit_cost = CompareQuery { measures: vec![Measure::UnitCost], dimensions: vec![], ..query };
    let facts = store.compare(&unit_cost, &Scope::local()).await.unwrap();
    assert_eq!(
        lines(&facts)[1],
        "0.09 | 0.049751243781094527 | -0.040248756218905473 | -44.720840243228303333"
    );
}

#[tokio::test]
async fn nothing_matched_is_a_table_without_rows() {
    let (_folder, store) = opened();
    let query = serde_json::json!({
        "measures": ["billed_cost"], "period": {"start": "2023-01-01", "end": "2023-02-01"},
    });
    assert_eq!(ask(&store, query).await, ["billed_cost"]);
}

#[tokio::test]
async fn a_question_beyond_the_loaded_days_is_incomplete() {
    let (_folder, store) = opened();
    let mut query = CostQuery::total(Measure::BilledCost);
    for (first, after, complete) in
        [(date(2024, 9, 1), date(2024, 10, 1), true), (date(2024, 9, 1), date(2024, 10, 2), false)]
    {
        query.period = Some(Period::of_days(first, after).unwrap());
        let facts = store.query(&query, &Scope::local()).await.unwrap();
        assert_eq!(facts.complete, complete);
    }
}

#[tokio::test]
async fn the_scope_stands_below_every_relation() {
    let (_folder, store) = opened();
    let scope = only("sub_account", "a2");
    let unit_cost = asked(serde_json::json!({
        "measures": ["unit_cost", "effective_cost", "transactions"], "dimensions": ["workload"],
    }));
    // Sub-account a2 holds search and no charge of checkout: its transactions are out of sight too.
    let facts = store.query(&unit_cost, &scope).await.unwrap();
    assert_eq!(lines(&facts)[1..], ["search | - | 30 | -"]);
    let mut wider = CostQuery::total(Measure::EffectiveCost);
    wider.filters = vec![Filter::any_of("sub_account".parse::<Dimension>().unwrap(), ["a1", "a2"])];
    let facts = store.query(&wider, &scope).await.unwrap();
    assert_eq!(lines(&facts), ["effective_cost", "40"]);
    let described = store.describe(&scope).await.unwrap();
    assert_eq!((described.rows, described.transactions.len()), (3, 0));
    let nobody = store.describe(&only("sub_account", "a3")).await.unwrap();
    assert_eq!((nobody.rows, nobody.periods.len(), nobody.providers.len()), (0, 0, 0));
}

#[tokio::test]
async fn a_new_snapshot_is_read_by_the_next_question_and_the_old_one_stays_readable() {
    let (folder, store) = opened();
    let first = store.at_snapshot("s000001").await.unwrap();
    let mut manifest = Warehouse::open(folder.path()).current().unwrap();
    manifest.snapshot = "s000002".to_owned();
    manifest.catalog = "catalog/s000002.json".to_owned();
    manifest.charge_files.remove(0);
    commit(folder.path(), &manifest, &catalog());
    let total = CostQuery::total(Measure::Rows);
    let now = store.query(&total, &Scope::local()).await.unwrap();
    let then = first.query(&total, &Scope::local()).await.unwrap();
    assert_eq!((lines(&now)[1].as_str(), lines(&then)[1].as_str()), ("4", "6"));
    assert_eq!((store.snapshot().as_str(), first.snapshot().as_str()), ("s000002", "s000001"));
    let gone = store.at_snapshot("s000009").await.err().unwrap().to_string();
    assert_eq!(gone, "snapshot `s000009` is not kept any more; kept are s000001, s000002");
}

#[tokio::test]
async fn an_empty_folder_says_how_to_load_a_bill() {
    let folder = tempfile::tempdir().unwrap();
    let store = EmbeddedCost::open(folder.path()).unwrap();
    let refused = store.describe(&Scope::local()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Empty { .. }));
}

#[tokio::test]
async fn hostile_values_match_nothing_and_change_nothing() {
    let (_folder, store) = opened();
    let mut hostile: Vec<String> =
        ["' or '1'='1", "\\", "%", "$1", "x'; drop table charges --"].map(str::to_owned).to_vec();
    hostile.extend(shared_payloads());
    let store = Arc::new(store);
    let mut query = CostQuery::total(Measure::Rows);
    for dimension in ["cloud_service", "region", "sku", "tag:team"] {
        for value in &hostile {
            for op in [FilterOp::In, FilterOp::Contains] {
                let dimension: Dimension = dimension.parse().unwrap();
                query.filters = vec![Filter { dimension, op, values: vec![value.clone()] }];
                let facts = store.query(&query, &Scope::local()).await.unwrap();
                let harmless = value.trim().len() < 2 && value != "%" && value != "\\";
                assert!(facts.table.rows.is_empty() || harmless, "{value}: {:?}", facts.table);
            }
        }
    }
    assert_eq!(ask(&store, serde_json::json!({"measures": ["rows"]})).await[1], "6");
}

#[expect(clippy::disallowed_methods, reason = "shared test data is found through the environment")]
fn shared_payloads() -> Vec<String> {
    let Ok(shared) = std::env::var("WHEREFORE_SHARED") else {
        println!("WHEREFORE_SHARED is not set: the public payloads are skipped");
        return Vec::new();
    };
    let folder = std::path::Path::new(&shared).join("data/security/sqli-payloads");
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let text = fs::read(entry.path()).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        lines.extend(
            text.lines().step_by(20).map(str::to_owned).filter(|line| line.trim().len() > 3),
        );
    }
    lines
}

#[tokio::test]
async fn rows_can_be_ordered_by_any_result_column() {
    let (_folder, store) = opened();
    let mut query = asked(serde_json::json!({
        "measures": ["unit_cost", "rows"], "dimensions": ["month"],
        "filters": [{"dimension": "workload", "op": "in", "values": ["checkout"]}],
    }));
    query.order = vec![Order { by: "unit_cost".into(), direction: Direction::default() }];
    let facts = store.query(&query, &Scope::local()).await.unwrap();
    assert_eq!(
        lines(&facts),
        ["month | unit_cost | rows", "2024-08 | 0.09 | 1", "2024-09 | 0.05 | 2"]
    );
    query.order = vec![Order { by: "price".into(), direction: Direction::default() }];
    let refused = store.query(&query, &Scope::local()).await.unwrap_err().to_string();
    assert_eq!(
        refused,
        "the result has no column `price` to order by; it has month, unit_cost, rows"
    );
}

fn loaded() -> (TempDir, EmbeddedCost) {
    let folder = tempfile::tempdir().unwrap();
    let warehouse = folder.path().join("warehouse");
    let options = LoadOptions::new(&warehouse, Timestamp::UNIX_EPOCH);
    let report = load(&conformance::write(folder.path()), &options, &Quiet).unwrap();
    assert!(report.is_complete(), "{:?}", report.refused);
    let store = EmbeddedCost::open(&warehouse).unwrap();
    (folder, store)
}

#[tokio::test]
async fn a_loaded_warehouse_answers_as_every_store_must() {
    let (_folder, store) = loaded();
    conformance::check(&store).await;
    let pinned = store.at_snapshot("s000001").await.unwrap();
    conformance::check(pinned.as_ref()).await;
}

#[tokio::test]
async fn the_names_of_a_pinned_snapshot_stay_when_another_bill_is_loaded() {
    let (folder, store) = loaded();
    let then = EmbeddedCatalog::new(&store.pinned_at("s000001").unwrap());
    let now = EmbeddedCatalog::new(&store);
    let query = MetadataQuery {
        text: "cost of Amazon Timestream and S3".into(),
        dimensions: vec![],
        limit: None,
    };
    let before = then.find(&query, &Scope::local()).await.unwrap();
    let names = |hits: &[MetadataHit]| -> Vec<String> {
        hits.iter().map(|hit| format!("{} {} {}", hit.dimension, hit.value, hit.score)).collect()
    };
    assert_eq!(names(&now.find(&query, &Scope::local()).await.unwrap()), names(&before));
    let bill = folder.path().join("october.csv");
    fs::write(
        &bill,
        "ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,BilledCost\nAWS,111,USD,2024-10-01,2024-11-01,2024-10-01,2024-10-02,Usage,Amazon Timestream,3\n",
    )
    .unwrap();
    let options = LoadOptions::new(folder.path().join("warehouse"), Timestamp::UNIX_EPOCH);
    load(&[bill], &options, &Quiet).unwrap();
    assert_eq!(then.find(&query, &Scope::local()).await.unwrap(), before);
    let later = EmbeddedCatalog::new(&store.pinned_at("s000001").unwrap());
    assert_eq!(later.find(&query, &Scope::local()).await.unwrap(), before);
    let after = now.find(&query, &Scope::local()).await.unwrap();
    assert_eq!(names(&after)[0], "cloud_service Amazon Timestream 1000");
    assert!(!names(&before).iter().any(|name| name.contains("Timestream")));
}
