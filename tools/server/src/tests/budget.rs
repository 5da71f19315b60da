//! Budgets over eight weeks of one workload.

use jiff::civil::{Date, date};
use serde_json::{Value, json};
use wherefore_contract::{
    Decimal, budget::Budget, dimension::Dimension, filter::Filter, scope::Scope,
};

use super::{Estate, data, rows, searched, table};

fn budget(name: &str, amount: i64, start: Date, end: Date) -> Budget {
    Budget {
        name: name.to_owned(),
        start,
        end,
        amount: Decimal::from(amount),
        currency: "USD".to_owned(),
        filter: None,
    }
}

fn april(name: &str, amount: i64) -> Budget {
    budget(name, amount, date(2026, 4, 1), date(2026, 4, 21))
}

fn estate(budgets: Vec<Budget>) -> Estate {
    let mut estate = Estate::dearer_compute();
    estate.description.budgets = budgets;
    estate
}

async fn told(budgets: Vec<Budget>, arguments: Value) -> Vec<Value> {
    rows(table(&data(estate(budgets), "budget_status", arguments).await, "budgets"))
}

#[tokio::test]
async fn a_budget_is_held_against_its_days_and_those_to_come() {
    let arguments = json!({"as_of": "2026-04-11"});
    let data = data(estate(vec![april("Shop", 4000)]), "budget_status", arguments).await;
    let row = &rows(table(&data, "budgets"))[0];
    for (column, expected) in [
        ("state", "will_exceed"),
        ("budget_amount", "4000"),
        ("spent", "2116"),
        ("budget_left", "1884"),
        ("spent_percent", "52.9"),
        ("time_percent", "50"),
        // Ten days at 216.6, the mean of its own days without the credit, which came one time.
        ("expected", "4282"),
        ("over_budget", "282"),
        ("runs_out", "2026-04-19"),
        ("method", "run_rate"),
        ("measured_as", "billed_cost"),
    ] {
        assert_eq!(row[column], expected, "{column}");
    }
    let burn = table(&data, "burn");
    assert_eq!(burn.table.rows.len(), 20);
    assert_eq!(burn.table.text(9, "spent_to_date"), Some("2116"));
    assert_eq!(burn.table.text(9, "planned_to_date"), Some("2000"));
    assert_eq!(burn.table.text(19, "expected_to_date"), Some("4282"));
    assert_eq!(burn.table.text(19, "spent_to_date"), None);
}

#[tokio::test]
async fn what_needs_attention_comes_first_and_what_cannot_be_judged_says_why() {
    let euro = Budget { currency: "EUR".to_owned(), ..april("Euro", 9) };
    let before = budget("Before", 10, date(2026, 1, 1), date(2026, 2, 1));
    let half = budget("Half", 9000, date(2026, 2, 1), date(2026, 5, 1));
    let budgets = vec![euro, half, april("Wide", 9000), april("Nothing", 0), april("Used", 1000)];
    let rows = told(budgets, json!({"as_of": "2026-04-11"})).await;
    let state = |row: &Value| format!("{} {}", row["budget"], row["state"]).replace('"', "");
    let states: Vec<String> = rows.iter().map(state).collect();
    assert_eq!(
        states,
        ["Nothing exceeded", "Used exceeded", "Half open", "Wide within", "Euro other_currency"]
    );
    assert_eq!(
        (&rows[0]["spent_percent"], &rows[2]["days_not_loaded"]),
        (&Value::Null, &json!("28"))
    );
    let past = told(vec![before], json!({"budget": "before", "as_of": "2026-04-11"})).await;
    assert_eq!(past[0]["state"], "not_loaded");
    let ended = told(vec![april("Shop", 4000)], json!({"as_of": "2026-04-25"})).await;
    assert_eq!(
        (&ended[0]["state"], &ended[0]["runs_out"]),
        (&json!("ended_over"), &json!("2026-04-19"))
    );
}

#[tokio::test]
async fn nothing_is_found_without_budgets_and_where_none_is_of_it() {
    let none = searched(estate(Vec::new()), "budget_status", json!({})).await;
    assert!(none.contains("none is loaded"), "{none}");
    let other = json!({"filters": [{"dimension": "workload", "op": "in", "values": ["search"]}]});
    let none = searched(estate(vec![april("Shop", 1)]), "budget_status", other).await;
    assert!(none.contains("loaded are Shop"), "{none}");
}

#[test]
fn a_caller_who_sees_a_part_sees_no_budget_of_the_whole() {
    let only = Filter::any_of(Dimension::Workload, ["checkout"]);
    let scope = Scope { principal: "team".to_owned(), rows: vec![only.clone()] };
    assert!(!april("All", 1).is_within(&scope));
    assert!(Budget { filter: Some(only), ..april("Own", 1) }.is_within(&scope));
}
