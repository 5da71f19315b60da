//! What is computed beside a measure, against tables worked out by hand.

use serde_json::json;

use super::{ask, compared, lines, opened};
use wherefore_contract::{ports::CostStore, scope::Scope};

#[tokio::test]
async fn rows_are_kept_by_an_amount_before_the_cut_and_after_the_share() {
    let (_folder, store) = opened();
    let found = ask(
        &store,
        json!({
            "measures": ["billed_cost"], "dimensions": ["cloud_service"],
            "having": [{"column": "billed_cost", "op": "above", "value": "-0.5"},
                       {"column": "share", "op": "at_most", "value": "10"}],
            "share": true,
        }),
    )
    .await;
    assert_eq!(
        found,
        [
            "cloud_service | billed_cost | share",
            "Amazon S3 | 7.5 | 2.890173410404624277",
            "amazon s3 | 2.5 | 0.963391136801541426",
        ]
    );
}

#[tokio::test]
async fn a_share_can_be_of_each_month_and_order_its_rows() {
    let (_folder, store) = opened();
    let query = json!({
        "measures": ["rows"], "dimensions": ["month", "cloud_service"], "share": true,
        "cumulative": true, "share_per": ["month"], "limit": 4,
        "order": [{"by": "share"}, {"by": "month", "direction": "ascending"}],
    });
    assert_eq!(
        ask(&store, query).await,
        [
            "month | cloud_service | rows | share | cumulative_share",
            "2024-08 | Amazon EC2 | 1 | 50 | 50",
            "2024-08 | Amazon S3 | 1 | 50 | 100",
            "2024-09 | Amazon EC2 | 2 | 50 | 50",
            "2024-09 | AWS Lambda | 1 | 25 | 75",
        ]
    );
}

#[tokio::test]
async fn charges_are_kept_by_their_own_amount() {
    let (_folder, store) = opened();
    let found = ask(
        &store,
        json!({
            "measures": ["rows", "billed_cost"],
            "amounts": [{"measure": "billed_cost", "op": "below", "value": "0"}],
        }),
    )
    .await;
    assert_eq!(found, ["rows | billed_cost", "1 | -0.5"]);
    let exact = json!({
        "measures": ["rows"],
        "amounts": [{"measure": "billed_cost", "op": "equal", "value": "120.000000000000000001"}],
    });
    assert_eq!(ask(&store, exact).await, ["rows", "1"]);
}

#[tokio::test]
async fn a_cut_can_be_made_within_each_value() {
    let (_folder, store) = opened();
    let found = ask(
        &store,
        json!({
            "measures": ["billed_cost"], "dimensions": ["cloud_service"],
            "limit": 1, "limit_per": ["sub_account"],
        }),
    )
    .await;
    assert_eq!(
        found,
        [
            "sub_account | cloud_service | billed_cost",
            "a1 | Amazon EC2 | 220.000000000000000001",
            "a2 | Amazon EC2 | 30",
        ]
    );
    let found = ask(
        &store,
        json!({
            "measures": ["billed_cost"], "dimensions": ["month", "day"],
            "limit": 1, "limit_per": ["month"], "having": [{"column": "billed_cost", "op": "below", "value": 100}],
        }),
    )
    .await;
    assert_eq!(
        found,
        ["month | day | billed_cost", "2024-08 | 2024-08-31 | 7.5", "2024-09 | 2024-09-07 | 30",]
    );
}

#[tokio::test]
async fn a_change_is_against_the_grain_before_where_nothing_charged_is_zero() {
    let (_folder, store) = opened();
    let found = ask(
        &store,
        json!({"measures": ["billed_cost"], "dimensions": ["month", "cloud_service"], "change": true}),
    )
    .await;
    assert_eq!(
        found,
        [
            "month | cloud_service | billed_cost | change | change_percent",
            "2024-08 | Amazon EC2 | 100 | - | -",
            "2024-08 | Amazon S3 | 7.5 | - | -",
            "2024-09 | Amazon EC2 | 150.000000000000000001 | 50.000000000000000001 | 50.000000000000000001",
            "2024-09 | amazon s3 | 2.5 | 2.5 | -",
            "2024-09 | AWS Lambda | -0.5 | -0.5 | -",
        ]
    );
    let largest = ask(
        &store,
        json!({
            "measures": ["billed_cost"], "dimensions": ["day"], "change": true,
            "period": {"start": "2024-09-01", "end": "2024-10-01"},
            "order": [{"by": "change", "direction": "ascending"}], "limit": 3,
        }),
    )
    .await;
    assert_eq!(
        largest,
        [
            "day | billed_cost | change | change_percent",
            "2024-09-08 | 2 | -28 | -93.333333333333333333",
            "2024-09-07 | 30 | 30 | -",
            "2024-09-02 | 120.000000000000000001 | 120.000000000000000001 | -",
        ]
    );
}

#[tokio::test]
async fn moves_either_way_are_kept_and_ordered_by_their_size() {
    let (_folder, store) = opened();
    let query = json!({
        "measures": ["billed_cost"], "dimensions": ["day"], "change": true,
        "period": {"start": "2024-09-01", "end": "2024-10-01"},
        "having": [{"column": "absolute_change", "op": "at_most", "value": "30"}],
        "order": [{"by": "absolute_change"}],
    });
    assert_eq!(
        ask(&store, query).await,
        [
            "day | billed_cost | change | change_percent",
            "2024-09-07 | 30 | 30 | -",
            "2024-09-08 | 2 | -28 | -93.333333333333333333",
        ]
    );
    let query = compared(json!({
        "measures": ["billed_cost"], "dimensions": ["cloud_service"],
        "from": {"start": "2024-08-01", "end": "2024-09-01"},
        "to": {"start": "2024-09-01", "end": "2024-10-01"},
        "having": [{"column": "absolute_change", "op": "above", "value": "2.5"}],
    }));
    let found = lines(&store.compare(&query, &Scope::local()).await.unwrap());
    assert_eq!(
        found[1..],
        [
            "Amazon EC2 | 100 | 150.000000000000000001 | 50.000000000000000001 | 50.000000000000000001",
            "Amazon S3 | 7.5 | 0 | -7.5 | -100",
        ]
    );
}

#[tokio::test]
async fn the_values_that_are_kept_can_be_counted() {
    let (_folder, store) = opened();
    let days = |above: &str, period: [&str; 2]| {
        json!({"measures": ["billed_cost"], "dimensions": ["day"], "count": true,
               "having": [{"column": "billed_cost", "op": "above", "value": above}],
               "period": {"start": period[0], "end": period[1]}})
    };
    let loaded = ["2024-08-01", "2024-10-01"];
    assert_eq!(ask(&store, days("7.5", loaded)).await, ["distinct_day", "3"]);
    assert_eq!(ask(&store, days("1000", loaded)).await, ["distinct_day", "0"]);
    assert_eq!(ask(&store, days("1", ["2020-01-01", "2020-02-01"])).await, ["distinct_day"]);
}

#[tokio::test]
async fn an_amount_per_day_divides_by_the_loaded_days_of_its_row() {
    let (_folder, store) = opened();
    let by_month = ask(
        &store,
        json!({"measures": ["rows"], "dimensions": ["month"], "per_day": true,
               "period": {"start": "2024-08-22", "end": "2024-12-01"}}),
    )
    .await;
    assert_eq!(
        by_month,
        ["month | rows | rows_per_day", "2024-08 | 1 | 0.1", "2024-09 | 4 | 0.133333333333333333",]
    );
    let by_part = ask(
        &store,
        json!({"measures": ["billed_cost"], "dimensions": ["week_part"], "per_day": true,
               "period": {"start": "2024-09-01", "end": "2024-10-01"},
               "order": [{"by": "billed_cost_per_day"}]}),
    )
    .await;
    // September 2024 has 21 days from Monday to Friday and 9 at weekends.
    assert_eq!(
        by_part,
        [
            "week_part | billed_cost | billed_cost_per_day",
            "weekday | 120.000000000000000001 | 5.714285714285714286",
            "weekend | 32 | 3.555555555555555556",
        ]
    );
    let weekends = ask(
        &store,
        json!({"measures": ["billed_cost"], "per_day": true,
               "period": {"start": "2024-09-01", "end": "2024-10-01"},
               "filters": [{"dimension": "week_part", "op": "in", "values": ["weekend"]}]}),
    )
    .await;
    assert_eq!(weekends, ["billed_cost | billed_cost_per_day", "32 | 3.555555555555555556"]);
}

#[tokio::test]
async fn a_running_total_goes_along_time_within_the_other_dimensions() {
    let (_folder, store) = opened();
    let found = ask(
        &store,
        json!({"measures": ["billed_cost"], "dimensions": ["day", "sub_account"], "running": true,
               "order": [{"by": "sub_account", "direction": "ascending"}, {"by": "day", "direction": "ascending"}]}),
    )
    .await;
    assert_eq!(
        found,
        [
            "day | sub_account | billed_cost | running_total",
            "2024-08-05 | a1 | 100 | 100",
            "2024-09-02 | a1 | 120.000000000000000001 | 220.000000000000000001",
            "2024-09-08 | a1 | -0.5 | 219.500000000000000001",
            "2024-08-31 | a2 | 7.5 | 7.5",
            "2024-09-07 | a2 | 30 | 37.5",
            "2024-09-08 | a2 | 2.5 | 40",
        ]
    );
}

#[tokio::test]
async fn single_charges_have_a_largest_a_smallest_and_a_mean_cost() {
    let (_folder, store) = opened();
    let found = ask(
        &store,
        json!({"measures": ["mean:billed_cost", "max:billed_cost", "min:billed_cost"], "dimensions": ["month"],
               "having": [{"column": "mean_billed_cost", "op": "below", "value": "50"}]}),
    )
    .await;
    assert_eq!(
        found,
        [
            "month | mean_billed_cost | max_billed_cost | min_billed_cost",
            "2024-09 | 38 | 120.000000000000000001 | -0.5",
        ]
    );
}

#[tokio::test]
async fn hours_of_the_day_are_grouped_and_filtered() {
    let (_folder, store) = opened();
    let found = ask(&store, json!({"measures": ["rows"], "dimensions": ["hour_of_day"]})).await;
    assert_eq!(found, ["hour_of_day | rows", "0 | 5", "23 | 1"]);
    let late = json!({"measures": ["billed_cost"],
        "filters": [{"dimension": "hour_of_day", "op": "in", "values": ["23"]}]});
    assert_eq!(ask(&store, late).await, ["billed_cost", "7.5"]);
}

#[tokio::test]
async fn a_comparison_can_divide_by_days_and_share_its_change() {
    let (_folder, store) = opened();
    let query = compared(json!({
        "measures": ["billed_cost"], "dimensions": ["cloud_service"],
        "from": {"start": "2024-08-01", "end": "2024-09-01"},
        "to": {"start": "2024-09-01", "end": "2024-10-01"},
        "share": true, "per_day": true,
        "having": [{"column": "change", "op": "not_equal", "value": "2.5"}],
        "order": [{"by": "change_percent"}],
    }));
    let found = lines(&store.compare(&query, &Scope::local()).await.unwrap());
    assert_eq!(
        found,
        [
            "cloud_service | billed_cost_from | billed_cost_to | change | change_percent | share_of_change | billed_cost_per_day_from | billed_cost_per_day_to | change_per_day | change_per_day_percent",
            "Amazon EC2 | 100 | 150.000000000000000001 | 50.000000000000000001 | 50.000000000000000001 | 112.359550561797752809 | 3.225806451612903226 | 5 | 1.774193548387096774 | 54.999999999999999991",
            "Amazon S3 | 7.5 | 0 | -7.5 | -100 | -16.853932584269662921 | 0.241935483870967742 | 0 | -0.241935483870967742 | -100",
            "AWS Lambda | 0 | -0.5 | -0.5 | - | -1.123595505617977528 | 0 | -0.016666666666666667 | -0.016666666666666667 | -",
        ]
    );
}

#[tokio::test]
async fn every_grain_that_follows_itself_can_be_looked_along() {
    let (_folder, store) = opened();
    let along = |grain: &str| {
        json!({"measures": ["rows"], "dimensions": [grain], "change": true, "running": true,
               "order": [{"by": grain, "direction": "ascending"}], "limit": 3})
    };
    let cases: [(&str, &[&str]); 5] = [
        (
            "hour",
            &[
                "2024-08-05T00:00:00 | 1 | 1 | - | 1",
                "2024-08-31T23:00:00 | 1 | 1 | - | 2",
                "2024-09-02T00:00:00 | 1 | 1 | - | 3",
            ],
        ),
        (
            "iso_week",
            &[
                "2024-08-05 | 1 | - | - | 1",
                "2024-08-26 | 1 | 1 | - | 2",
                "2024-09-02 | 4 | 3 | 300 | 6",
            ],
        ),
        ("quarter", &["2024-Q3 | 6 | - | - | 6"]),
        ("year", &["2024 | 6 | - | - | 6"]),
        ("billing_period", &["2024-08-01 | 2 | - | - | 2", "2024-09-01 | 4 | 2 | 100 | 6"]),
    ];
    for (grain, expected) in cases {
        assert_eq!(ask(&store, along(grain)).await[1..], *expected, "{grain}");
    }
}

#[tokio::test]
async fn rows_of_equal_amounts_share_a_place() {
    let (_folder, store) = opened();
    let query = json!({
        "measures": ["rows"], "dimensions": ["cloud_service"], "rank": true,
        "period": {"start": "2024-09-01", "end": "2024-10-01"},
    });
    let found = ask(&store, query).await;
    assert_eq!(found.first().map(String::as_str), Some("cloud_service | rows | rank"));
    assert_eq!(found.get(1).map(String::as_str), Some("Amazon EC2 | 2 | 1"));
}
