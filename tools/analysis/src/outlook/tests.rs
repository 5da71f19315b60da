use jiff::civil::date;

use super::*;

fn settings() -> OutlookSettings {
    OutlookSettings::embedded().unwrap()
}

// A weekly pattern with a wobble that does not repeat by the week.
fn costs(count: usize, growth: i64) -> Vec<Decimal> {
    (0..count)
        .map(|day| {
            let day = i64::try_from(day).unwrap();
            let weekend = if (day + 2) % 7 >= 5 { 6_000 } else { 10_000 };
            Decimal::new(weekend + growth * day + (day * 7919 % 13 - 6) * 20, 2)
        })
        .collect()
}

fn ahead(seen: &[Decimal], days: usize) -> Outlook {
    look_ahead(seen, date(2026, 4, 1), &(seen.len()..seen.len() + days), &settings()).unwrap()
}

#[test]
fn a_month_to_come_is_told_from_its_weekdays_and_trend() {
    let all = costs(150, 3);
    let (seen, came) = all.split_at(120);
    let outlook = ahead(seen, 30);
    let actual: Decimal = came.iter().sum();
    assert!(outlook.low < outlook.expected && outlook.expected < outlook.high, "{outlook:?}");
    assert!((outlook.expected - actual).abs() < actual / Decimal::from(50), "{outlook:?}");
    assert!(outlook.error < 0.03 && outlook.trials >= 20, "{outlook:?}");
}

#[test]
fn a_level_that_holds_is_told_closely_and_a_longer_span_less_closely() {
    let seen = costs(100, 0);
    let (month, quarter) = (ahead(&seen, 28), ahead(&seen, 84));
    let width = |outlook: &Outlook| (outlook.high - outlook.low) / outlook.expected;
    assert!(width(&month) < Decimal::new(5, 2), "{month:?}");
    assert!(width(&quarter) >= width(&month), "{quarter:?}");
    assert!((quarter.expected / month.expected - Decimal::from(3)).abs() < Decimal::new(5, 2));
}

#[test]
fn too_few_days_and_days_that_are_seen_already_give_no_forecast() {
    let seen = costs(55, 0);
    assert_eq!(look_ahead(&seen, date(2026, 4, 1), &(55..85), &settings()), None);
    let seen = costs(80, 0);
    assert_eq!(look_ahead(&seen, date(2026, 4, 1), &(70..90), &settings()), None);
    assert_eq!(look_ahead(&seen, date(2026, 4, 1), &(80..80), &settings()), None);
}

#[test]
fn the_trial_chooses_the_model_that_fits() {
    let flat: Vec<Decimal> = vec![Decimal::TEN; 90];
    let outlook = ahead(&flat, 10);
    assert_eq!(outlook.model, Model::SeasonalNaive);
    assert_eq!((outlook.expected, outlook.low, outlook.high), (100.into(), 100.into(), 100.into()));
    assert_ne!(ahead(&costs(200, 40), 30).model, Model::MeanRate);
}

#[test]
fn nothing_that_never_gave_back_is_expected_below_zero() {
    let falling: Vec<Decimal> = (0..90).map(|day| Decimal::from(180 - 2 * day)).collect();
    let outlook = ahead(&falling, 60);
    assert!(outlook.low >= Decimal::ZERO && outlook.expected >= Decimal::ZERO, "{outlook:?}");
}
