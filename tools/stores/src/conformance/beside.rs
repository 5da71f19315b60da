//! What is kept, cut and computed beside a measure, against tables worked out by hand.

use serde_json::{Value, json};
use wherefore_contract::{ports::CostStore, scope::Scope};

use super::{AUGUST, SEPTEMBER, gives, lines, period};

fn used() -> Value {
    json!([{"dimension": "cloud_service", "op": "not_in", "values": ["monitoring"]}])
}

pub(super) async fn check(store: &dyn CostStore) {
    rows_are_kept_and_cut(store).await;
    time_is_looked_along(store).await;
    single_charges_are_measured(store).await;
    names_stand_beside_ids(store).await;
    a_comparison_divides_by_days(store).await;
}

async fn rows_are_kept_and_cut(store: &dyn CostStore) {
    gives(
        store,
        json!({"measures": ["billed_cost"], "dimensions": ["cloud_service"], "filters": used(),
            "limit": 1, "limit_per": ["provider"], "period": period(SEPTEMBER)}),
        &[
            "provider | cloud_service | billed_cost",
            "AWS | Amazon EC2 | 150.000000000000000001",
            "Microsoft | Virtual Machines | 44",
        ],
    )
    .await;
    gives(
        store,
        json!({"measures": ["billed_cost"], "dimensions": ["cloud_service"], "filters": used(), "share": true,
            "having": [{"column": "billed_cost", "op": "below", "value": "10"},
                       {"column": "share", "op": "above", "value": "0"}]}),
        &[
            "cloud_service | billed_cost | share",
            "Amazon S3 | 7.5 | 2.183406113537117904",
            "amazon s3 | 2.5 | 0.727802037845705968",
        ],
    )
    .await;
    gives(
        store,
        json!({"measures": ["rows"], "amounts": [{"measure": "billed_cost", "op": "below", "value": "0"}]}),
        &["rows", "1"],
    )
    .await;
}

async fn names_stand_beside_ids(store: &dyn CostStore) {
    gives(
        store,
        json!({"measures": ["billed_cost"], "dimensions": ["sub_account"], "filters": used(),
            "period": period(SEPTEMBER), "rank": true}),
        &[
            "sub_account | sub_account_name | billed_cost | rank",
            "a1 | Shop | 119.500000000000000001 | 1",
            "m1 | Office | 44 | 2",
            "a2 | Research | 32.5 | 3",
        ],
    )
    .await;
}

async fn time_is_looked_along(store: &dyn CostStore) {
    gives(
        store,
        json!({"measures": ["billed_cost"], "dimensions": ["month", "provider"], "filters": used(), "change": true}),
        &[
            "month | provider | billed_cost | change | change_percent",
            "2024-08 | AWS | 107.5 | - | -",
            "2024-08 | Microsoft | 40 | - | -",
            "2024-09 | AWS | 152.000000000000000001 | 44.500000000000000001 | 41.395348837209302327",
            "2024-09 | Microsoft | 44 | 4 | 10",
        ],
    )
    .await;
    let aws = json!([{"dimension": "provider", "op": "in", "values": ["AWS"]}]);
    gives(
        store,
        json!({"measures": ["billed_cost"], "dimensions": ["month"], "filters": aws, "per_day": true, "running": true}),
        &[
            "month | billed_cost | billed_cost_per_day | running_total",
            "2024-08 | 107.5 | 3.467741935483870968 | 107.5",
            "2024-09 | 152.000000000000000001 | 5.066666666666666667 | 259.500000000000000001",
        ],
    )
    .await;
}

async fn single_charges_are_measured(store: &dyn CostStore) {
    gives(
        store,
        json!({"measures": ["mean:billed_cost", "max:list_cost", "min:billed_cost"], "filters": used()}),
        &["mean_billed_cost | max_list_cost | min_billed_cost", "42.9375 | 150 | -0.5"],
    )
    .await;
    gives(
        store,
        json!({"measures": ["rows"], "dimensions": ["hour_of_day"], "filters": used()}),
        &["hour_of_day | rows", "0 | 7", "23 | 1"],
    )
    .await;
}

async fn a_comparison_divides_by_days(store: &dyn CostStore) {
    let query = json!({"measures": ["billed_cost"], "dimensions": ["provider"], "filters": used(),
        "from": period(AUGUST), "to": period(SEPTEMBER), "share": true, "per_day": true});
    let query = serde_json::from_value(query).unwrap();
    let found = store.compare(&query, &Scope::local()).await.unwrap();
    assert_eq!(
        lines(&found),
        [
            "provider | billed_cost_from | billed_cost_to | change | change_percent | share_of_change | billed_cost_per_day_from | billed_cost_per_day_to | change_per_day | change_per_day_percent",
            "AWS | 107.5 | 152.000000000000000001 | 44.500000000000000001 | 41.395348837209302327 | 91.752577319587628866 | 3.467741935483870968 | 5.066666666666666667 | 1.598924731182795699 | 46.108527131782945735",
            "Microsoft | 40 | 44 | 4 | 10 | 8.247422680412371134 | 1.29032258064516129 | 1.466666666666666667 | 0.176344086021505377 | 13.666666666666666721",
        ]
    );
}
