use jiff::civil::date;
use serde_json::{Value, json};
use wherefore_contract::{Decimal, period::Period, tool::FactTable};

use super::{Estate, april, data, march, refusal, rows, searched, table};

fn sum(table: &FactTable, column: &str) -> Decimal {
    (0..table.table.rows.len()).filter_map(|row| table.table.number(row, column)).sum()
}

fn arguments() -> Value {
    json!({"workload": "checkout", "from": march(), "to": april()})
}

#[tokio::test]
async fn a_dearer_hour_is_explained_as_price_and_every_row_adds_up() {
    let data = data(Estate::dearer_compute(), "explain_unit_cost", arguments()).await;
    let names: Vec<&str> = data.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["bridge", "verdict", "daily", "effects", "price_split", "lines"]);

    let bridge = table(&data, "bridge");
    let first = &rows(bridge)[0];
    assert_eq!(
        (&first["effect"], &first["cloud_service"], &first["usage_type"], &first["amount"]),
        (&json!("price"), &json!("Amazon EC2"), &json!("BoxUsage:m5.large"), &json!("2884"))
    );
    assert_eq!(sum(bridge, "amount"), Decimal::from(5998 - 3164));
    let credit: Vec<Value> =
        rows(bridge).into_iter().filter(|row| row["effect"] == "non_operating").collect();
    assert_eq!(credit.len(), 1);
    assert_eq!(credit[0]["amount"], "-50");

    let verdict = &table(&data, "verdict").table;
    let text = |column: &str| verdict.text(0, column).unwrap();
    assert_eq!(text("regime"), "inefficient");
    assert_eq!(
        (text("cost_from"), text("cost_to"), text("cost_total_to")),
        ("3164", "6048", "5998")
    );
    assert_eq!((text("transactions_from"), text("days_to")), ("28840", "28"));
    assert_eq!((text("main_effect"), text("main_usage_type")), ("price", "BoxUsage:m5.large"));
    assert_eq!((text("main_share"), text("main_share_percent")), ("1", "100"));
    let low: Decimal = text("change_low").parse().unwrap();
    let high: Decimal = text("change_high").parse().unwrap();
    let unit_cost = |column| verdict.number(0, column).unwrap();
    let change = unit_cost("unit_cost_to") / unit_cost("unit_cost_from") - Decimal::ONE;
    let change = change.round_dp(6);
    assert!(low <= change && change <= high, "{change} is outside [{low}, {high}]");
    assert_eq!(
        sum(bridge, "unit_amount"),
        unit_cost("unit_cost_total_to") - unit_cost("unit_cost_total_from")
    );
    assert_eq!(table(&data, "daily").table.rows.len(), 56);
    assert_eq!(sum(table(&data, "effects"), "amount"), sum(bridge, "amount"));
    assert_eq!(table(&data, "lines").statement.as_deref(), Some("SELECT 1"));
}

#[tokio::test]
async fn the_same_call_gives_the_same_answer_to_the_last_digit() {
    let once = data(Estate::dearer_compute(), "explain_unit_cost", arguments()).await;
    let again = data(Estate::dearer_compute(), "explain_unit_cost", arguments()).await;
    assert_eq!(once, again);
}

#[tokio::test]
async fn a_workload_without_transactions_has_its_cost_explained() {
    let mut estate = Estate::dearer_compute();
    estate.description.transactions.clear();
    estate.counts.clear();
    let data = data(estate, "explain_unit_cost", arguments()).await;
    let verdict = &table(&data, "verdict").table;
    assert_eq!(verdict.text(0, "regime"), None);
    assert_eq!(verdict.text(0, "unit_cost_from"), None);
    assert_eq!(verdict.text(0, "main_effect"), Some("price"));
    let bridge = table(&data, "bridge");
    assert_eq!(sum(bridge, "amount"), Decimal::from(5998 - 3164));
    assert!(rows(bridge).iter().all(|row| row.get("unit_amount").is_none()));
}

#[tokio::test]
async fn filters_alone_explain_a_cost() {
    let filters = json!([{"dimension": "cloud_service", "op": "in", "values": ["Amazon EC2"]}]);
    let arguments = json!({"filters": filters, "from": march(), "to": april()});
    let data = data(Estate::dearer_compute(), "explain_unit_cost", arguments).await;
    assert_eq!(sum(table(&data, "bridge"), "amount"), Decimal::from(5768 - 50 - 2884));
}

#[tokio::test]
async fn periods_that_do_not_compare_are_refused() {
    let of = |from: Value, to: Value| json!({"workload": "checkout", "from": from, "to": to});
    let week = json!({"start": "2026-04-01", "end": "2026-04-08"});
    let cases = [
        (of(march(), march()), "overlap"),
        (of(april(), march()), "`from` must be the earlier period"),
        (of(march(), week), "the periods must be equally long"),
    ];
    for (arguments, expected) in cases {
        let heard = refusal(Estate::dearer_compute(), "explain_unit_cost", arguments).await;
        assert!(heard.contains(expected), "{heard}");
    }
}

#[tokio::test]
async fn what_is_not_loaded_in_full_is_not_explained() {
    let beyond = json!({
        "workload": "checkout", "from": april(), "to": {"start": "2026-04-26", "end": "2026-05-24"},
    });
    let said = searched(Estate::dearer_compute(), "explain_unit_cost", beyond).await;
    assert!(said.ends_with(
        "; transactions of `checkout` are loaded for [2026-03-01, 2026-04-26), which does not hold [2026-04-26, 2026-05-24)"
    ), "{said}");

    let mut estate = Estate::dearer_compute();
    estate.description.transactions[0].missing_days = vec![date(2026, 4, 2)];
    let said = searched(estate, "explain_unit_cost", arguments()).await;
    assert!(said.ends_with(
        "; transactions of `checkout` are missing on 1 days of [2026-03-29, 2026-04-26), the first 2026-04-02"
    ), "{said}");

    let mut estate = Estate::dearer_compute();
    estate.description.coverage =
        Some(Period::of_days(date(2026, 3, 1), date(2026, 4, 20)).unwrap());
    let said = searched(estate, "explain_unit_cost", arguments()).await;
    assert!(said.ends_with(
        "; charges are loaded for [2026-03-01, 2026-04-20), which does not hold [2026-03-29, 2026-04-26) in full"
    ), "{said}");
}

#[tokio::test]
async fn an_unknown_workload_hears_the_nearest() {
    let arguments = json!({"workload": "chekout", "from": march(), "to": april()});
    assert_eq!(
        refusal(Estate::dearer_compute(), "explain_unit_cost", arguments).await,
        "no workload is called `chekout`; the nearest is `checkout`"
    );
}
