//! What `plan_commitment` and `commitment_state` tell of a small estate.

use serde_json::json;

use super::{Estate, data, refusal, rows, searched};

#[tokio::test]
async fn the_plan_is_the_quantile_of_the_load_that_the_discount_names() {
    let data = data(
        Estate::dearer_compute(),
        "plan_commitment",
        json!({"offer": "instance savings plan"}),
    )
    .await;
    let plan = rows(&data.tables[0]);
    assert_eq!((data.tables[0].name.as_str(), plan.len()), ("plan", 1));
    // 56 days of 100 to 106 dollars and then of 200 to 212: at 37 % off, at most 35 of them lie above the plan, which
    // leaves the 21st smallest, 105 dollars a day; 63 % of it an hour.
    assert_eq!(plan[0]["hourly_commitment"], "2.75625");
    assert_eq!(plan[0]["offer"], "EC2 Instance Savings Plan");
    assert_eq!((&plan[0]["term"], &plan[0]["payment"]), (&json!("12"), &json!("no_upfront")));
    assert_eq!(plan[0]["discount"], "37");
    // 365 / 12 days of what is used less what is committed.
    let used = (100 + 101 + 102 + 103 + 104) * 4 + 105 * 36;
    let a_day = f64::from(used) / 56.0 - 2.75625 * 24.0;
    let saving: f64 = plan[0]["monthly_saving"].as_str().unwrap().parse().unwrap();
    assert!((saving - a_day * 365.0 / 12.0).abs() < 1e-4, "{saving}");
}

#[tokio::test]
async fn a_commitment_of_ones_own_is_valued_on_the_same_load() {
    let arguments = json!({"hourly_commitment": "50", "offer": "compute savings plan"});
    let data = data(Estate::dearer_compute(), "plan_commitment", arguments).await;
    let own = rows(&data.tables[0]);
    assert_eq!((data.tables[0].name.as_str(), own.len()), ("what_if", 1));
    assert_eq!(own[0]["hourly_commitment"], "50");
    // Everything is covered and far more is paid.
    assert_eq!(own[0]["coverage"], "100");
    let saving: f64 = own[0]["monthly_saving"].as_str().unwrap().parse().unwrap();
    assert!((saving - ((154.5 / 24.0) - 50.0) * 730.0).abs() < 1e-4, "{saving}");
}

#[tokio::test]
async fn break_even_needs_no_load() {
    let arguments = json!({"utilization": "70", "offer": "ec2 standard", "term_months": 12, "payment": "no_upfront"});
    let data = data(Estate::dearer_compute(), "plan_commitment", arguments).await;
    let even = rows(&data.tables[0]);
    assert_eq!(even[0]["break_even_utilization"], "63");
    assert_eq!(
        (&even[0]["break_even_month"], &even[0]["whole_term_month"]),
        (&json!("0"), &json!("10.8"))
    );
    assert_eq!(even[0]["net_discount"], "10");
}

#[tokio::test]
async fn what_cannot_be_planned_says_why() {
    let week = json!({"period": {"start": "2026-03-01", "end": "2026-03-08"}});
    let told = searched(Estate::dearer_compute(), "plan_commitment", week).await;
    assert!(told.contains("fewer than 14 whole days"), "{told}");
    for arguments in [json!({"hourly_commitment": "0"}), json!({"utilization": "170"})] {
        let refused = refusal(Estate::dearer_compute(), "plan_commitment", arguments).await;
        assert!(refused.contains("above"), "{refused}");
    }
}

#[tokio::test]
async fn an_estate_without_commitments_says_where_was_looked() {
    let told = searched(Estate::dearer_compute(), "commitment_state", json!({})).await;
    assert!(told.contains("charges of commitments in [2026-03-01, 2026-04-01)"), "{told}");
}
