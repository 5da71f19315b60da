use serde_json::json;
use wherefore_contract::Decimal;

use super::{Estate, data, refusal, rows, searched, table};

#[tokio::test]
async fn a_month_ends_where_its_days_so_far_lead() {
    let arguments = json!({
        "measure": "effective_cost", "as_of": "2026-04-11", "dimensions": ["month"],
        "period": {"start": "2026-04-01", "end": "2026-05-01"},
    });
    let data = data(Estate::dearer_compute(), "forecast_cost", arguments).await;
    let forecast = table(&data, "forecast");
    assert_eq!(
        rows(forecast),
        [json!({
            "period": "2026-04", "actual_to_date": "2116", "days_loaded": "10", "days_total": "30",
            "per_day": "211.6", "expected": "6348", "low": "6186.779131673346951918",
            "high": "6509.220868326653048082", "method": "run_rate",
        })]
    );
    assert!(!forecast.complete);
    let unit = |column: &str| forecast.table.unit(0, column).unwrap().to_string();
    assert_eq!((unit("expected"), unit("per_day")), ("USD".to_owned(), "USD/day".to_owned()));
    let period = |column: &str| forecast.table.column(column).unwrap().period.unwrap().to_string();
    assert_eq!(period("actual_to_date"), "[2026-04-01, 2026-04-11)");
    assert_eq!(table(&data, "days").table.rows.len(), 10);
}

#[tokio::test]
async fn parts_of_a_forecast_stand_dearest_first() {
    let arguments = json!({
        "measure": "effective_cost", "dimensions": ["cloud_service"], "as_of": "2026-03-15",
        "period": {"start": "2026-03-01", "end": "2026-03-29"},
    });
    let data = data(Estate::dearer_compute(), "forecast_cost", arguments).await;
    let expected: Vec<(Option<&str>, Option<&str>)> = (0..2)
        .map(|row| {
            let table = &table(&data, "forecast").table;
            (table.text(row, "cloud_service"), table.text(row, "expected"))
        })
        .collect();
    assert_eq!(expected, [(Some("Amazon EC2"), Some("2884")), (Some("Amazon S3"), Some("280"))]);
    assert_eq!(data.tables.len(), 1);
}

#[tokio::test]
async fn a_period_that_is_loaded_in_full_is_what_it_cost() {
    let arguments = json!({
        "measure": "effective_cost", "period": {"start": "2026-03-01", "end": "2026-03-29"},
    });
    let data = data(Estate::dearer_compute(), "forecast_cost", arguments).await;
    assert_eq!(
        rows(table(&data, "forecast")),
        [json!({
            "period": "2026-03-01/2026-03-29", "actual_to_date": "3164", "days_loaded": "28",
            "days_total": "28", "per_day": "113", "expected": "3164", "low": "3164",
            "high": "3164", "method": "actual",
        })]
    );
    assert!(table(&data, "forecast").complete);
}

#[tokio::test]
async fn a_period_to_come_needs_days_that_tell_the_rate() {
    let may = json!({"start": "2026-05-01", "end": "2026-06-01"});
    assert_eq!(
        searched(
            Estate::dearer_compute(),
            "forecast_cost",
            json!({"period": may, "as_of": "2026-04-20"})
        )
        .await,
        "billed_cost by day in [2026-05-01, 2026-06-01) before 2026-04-20; 50 days are loaded before it, 56 are needed"
    );
    let arguments = json!({
        "measure": "effective_cost", "period": may,
        "basis": {"start": "2026-03-01", "end": "2026-03-29"},
    });
    let data = data(Estate::dearer_compute(), "forecast_cost", arguments).await;
    let row = &rows(table(&data, "forecast"))[0];
    assert_eq!((&row["actual_to_date"], &row["expected"]), (&json!("0"), &json!("3503")));
}

#[tokio::test]
async fn a_month_to_come_is_forecast_by_a_model_that_was_tried() {
    let arguments = json!({
        "measure": "effective_cost", "period": {"start": "2026-05-01", "end": "2026-06-01"},
    });
    let data = data(Estate::dearer_compute(), "forecast_cost", arguments).await;
    let forecast = table(&data, "forecast");
    let row = &rows(forecast)[0];
    assert_eq!(
        (&row["period"], &row["method"], &row["days_learned"], &row["days_loaded"]),
        (&json!("2026-05"), &json!("seasonal_naive"), &json!("56"), &json!("0"))
    );
    let number = |column: &str| forecast.table.number(0, column).unwrap();
    // A month at the dearer price: 216 a day in the mean.
    assert!(
        (number("expected") - number("days_total") * Decimal::from(216)).abs() < Decimal::from(20)
    );
    assert!(number("low") < number("expected") && number("expected") < number("high"));
    assert_eq!(forecast.table.unit(0, "backtest_error").unwrap().to_string(), "%");
    assert_eq!(table(&data, "days").table.rows.len(), 56);
}

#[tokio::test]
async fn what_cannot_be_forecast_is_refused_in_one_sentence() {
    let period = json!({"start": "2026-04-01", "end": "2026-05-01"});
    for (arguments, heard) in [
        (json!({"measure": "unit_cost", "period": period}), "does not add up"),
        (json!({"dimensions": ["week_part"], "period": period}), "leave out `week_part`"),
        (
            json!({"period": {"start": "2026-04-01", "end": "2026-04-02T05:00:00"}}),
            "no period of whole days",
        ),
    ] {
        let refused = refusal(Estate::dearer_compute(), "forecast_cost", arguments).await;
        assert!(refused.contains(heard), "{refused}");
    }
}

#[tokio::test]
async fn quantities_are_forecast_in_their_own_units() {
    let arguments = json!({
        "measure": "consumed_quantity", "dimensions": ["consumed_unit"], "as_of": "2026-03-15",
        "period": {"start": "2026-03-01", "end": "2026-03-29"},
    });
    let data = data(Estate::dearer_compute(), "forecast_cost", arguments).await;
    let forecast = &table(&data, "forecast").table;
    let shown = |column: &str| {
        let unit = forecast.unit(0, column).map(|unit| unit.to_string());
        (forecast.text(0, column).map(str::to_owned), unit)
    };
    let is = |value: &str, unit: &str| (Some(value.to_owned()), Some(unit.to_owned()));
    assert_eq!(shown("actual_to_date"), is("1582", "Hrs"));
    assert_eq!(shown("per_day"), is("113", "Hrs/day"));
    assert_eq!(shown("expected"), is("3164", "Hrs"));
}
