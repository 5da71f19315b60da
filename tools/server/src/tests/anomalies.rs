use serde_json::json;

use super::{Estate, call, data, rows, table};

#[tokio::test]
async fn a_price_that_doubles_is_one_shift_at_its_path() {
    let data = data(Estate::dearer_compute(), "find_anomalies", json!({})).await;
    let found = table(&data, "anomalies");
    assert_eq!(
        rows(found),
        [json!({
            "period": "2026-03-29/2026-04-26", "dimension": "usage_type", "value": "BoxUsage:m5.large",
            "kind": "shift", "expected": "2884", "actual": "5768", "impact": "2884", "score": "176.4",
            "cloud_service": "Amazon EC2", "usage_type": "BoxUsage:m5.large",
        })]
    );
    assert_eq!(found.table.unit(0, "impact").unwrap().to_string(), "USD");
    let looked = table(&data, "looked_at");
    assert_eq!(
        rows(looked),
        [json!({
            "effective_cost": "9212", "days_judged": "35", "series_judged": "7", "anomalies_found": "1",
            "days_loaded": "56", "days_needed": "21", "least_impact": "1.63",
        })]
    );
    assert_eq!(table(&data, "course").table.rows.len(), 56);
}

#[tokio::test]
async fn what_is_asked_about_is_judged_by_what_was_before_it() {
    let arguments = json!({ "period": {"start": "2026-03-22", "end": "2026-03-29"} });
    let data = data(Estate::dearer_compute(), "find_anomalies", arguments).await;
    assert_eq!(rows(table(&data, "anomalies")), Vec::<serde_json::Value>::new());
    let looked = table(&data, "looked_at");
    assert_eq!(looked.table.text(0, "days_judged"), Some("7"));
    assert_eq!(looked.period.unwrap().to_string(), "[2026-03-22, 2026-03-29)");
}

#[tokio::test]
async fn counts_are_no_costs() {
    let outcome =
        call(Estate::dearer_compute(), "find_anomalies", json!({"measure": "rows"})).await;
    let text = format!("{outcome:?}");
    assert!(text.contains("is no cost"), "{text}");
}
