use serde_json::{Value, json};

use super::{Estate, data, refusal, rows, searched, table};

fn march() -> Value {
    json!({"start": "2026-03-01", "end": "2026-04-01"})
}

#[tokio::test]
async fn a_plan_stands_with_its_totals_and_with_what_was_looked_at() {
    let data = data(Estate::dearer_compute(), "find_savings", json!({"period": march()})).await;
    let names: Vec<&str> = data.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "savings",
            "verdict",
            "by_check",
            "looked_at",
            "to_examine",
            "to_commit",
            "largest",
            "folded",
            "found_nothing",
        ]
    );

    let savings = rows(table(&data, "savings"));
    assert_eq!(savings.len(), 2, "{savings:?}");
    // Four weeks of 721 hours at a dollar and three days of 303 at two; a fifth of it as published.
    let saving = &savings[0];
    assert_eq!(
        (&saving["check"], &saving["resource_id"], &saving["monthly_saving"], &saving["low"]),
        (&json!("graviton_ec2"), &json!("BoxUsage:m5.large"), &json!("698"), &json!("349"))
    );
    assert_eq!(
        (&saving["rate_basis"], &saving["cost_before"], &saving["effort"]),
        (&json!("published"), &json!("3490"), &json!("medium"))
    );
    // Four fifths of 102 a day at 37 % off: 23 of 31 days lie at or above, 19 above the next size. Of the whole load
    // that is 400 + 404 + 23 * 102 covered for 31 * 102 * 0.63.
    assert_eq!(
        (&savings[1]["check"], &savings[1]["resource_id"], &savings[1]["monthly_saving"]),
        (&json!("commitment"), &json!("m6g"), &json!("926.352"))
    );
    let verdict = &rows(table(&data, "verdict"))[0];
    assert_eq!(
        (&verdict["total_monthly_saving"], &verdict["total_without_order"]),
        (&json!("1624.352"), &json!("1855.94"))
    );
    let bought = &rows(table(&data, "to_commit"))[0];
    assert_eq!(
        (&bought["offer"], &bought["term"], &bought["hourly_commitment"]),
        (&json!("EC2 Instance Savings Plan"), &json!("12"), &json!("2.142"))
    );
    let looked = rows(table(&data, "looked_at"));
    let of = |check: &str| looked.iter().find(|row| row["check"] == check).unwrap().clone();
    assert_eq!(of("graviton_ec2")["cost_examined"], "3490");
    assert_eq!(of("idle_nat_gateway")["lines_examined"], "0");
    assert_eq!(of("old_snapshot")["reach"], "short_history");
    assert_eq!(table(&data, "savings").statement.as_deref(), Some("SELECT 1"));
}

#[tokio::test]
async fn the_largest_are_listed_and_the_others_summed() {
    let arguments = json!({"period": march(), "top": 1});
    let data = data(Estate::dearer_compute(), "find_savings", arguments).await;
    let largest = rows(table(&data, "largest"));
    assert_eq!((largest.len(), &largest[0]["monthly_saving"]), (1, &json!("926.352")));
    let folded = rows(table(&data, "folded"));
    assert_eq!((folded.len(), &folded[0]["check"]), (1, &json!("graviton_ec2")));
    let verdict = &rows(table(&data, "verdict"))[0];
    assert_eq!(
        (&verdict["folded_saving"], &verdict["findings_folded"], &verdict["findings_listed"]),
        (&json!("698"), &json!("1"), &json!("1"))
    );
    assert_eq!(rows(table(&data, "savings")).len(), 2);
}

#[tokio::test]
async fn checks_are_named_and_small_savings_left_out() {
    let arguments = json!({"period": march(), "checks": ["graviton_ec2"], "min_monthly": "1000"});
    let data = data(Estate::dearer_compute(), "find_savings", arguments).await;
    assert!(rows(table(&data, "savings")).is_empty());
    let looked = rows(table(&data, "looked_at"));
    assert_eq!((looked.len(), &looked[0]["check"]), (1, &json!("graviton_ec2")));

    let unknown = json!({"checks": ["flat_percentage"]});
    let message = refusal(Estate::dearer_compute(), "find_savings", unknown).await;
    assert!(message.contains("`flat_percentage`") && message.contains("gp2_to_gp3"), "{message}");

    let early = json!({"period": {"start": "2025-01-01", "end": "2025-02-01"}});
    let message = searched(Estate::dearer_compute(), "find_savings", early).await;
    assert!(message.contains("no whole day of it is loaded"), "{message}");
}
