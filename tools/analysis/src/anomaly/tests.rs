use jiff::civil::date;
use rust_decimal::Decimal;

use super::*;

fn settings() -> AnomalySettings {
    AnomalySettings::embedded().unwrap()
}

// A calm week of workdays and weekends with a small, fixed wobble.
fn ordinary(day: usize) -> i64 {
    let weekend = (day + 2) % 7 >= 5;
    let wobble = i64::try_from(day * 7919 % 13).unwrap() - 6;
    if weekend { 6_000 + wobble * 20 } else { 10_000 + wobble * 30 }
}

fn leaf(names: [&str; 3], cents: impl Fn(usize) -> i64, count: usize) -> Leaf {
    Leaf {
        path: names.iter().map(|name| Some((*name).to_owned())).collect(),
        days: (0..count).map(|day| Decimal::new(cents(day), 2)).collect(),
    }
}

// 2026-04-01 is a Wednesday.
fn days(count: usize) -> Days {
    Days { first: date(2026, 4, 1), loaded: vec![true; count], judged: 0..count, late_from: count }
}

fn two(cents: impl Fn(usize) -> i64, count: usize) -> Vec<Leaf> {
    vec![
        leaf(["prod", "Amazon EC2", "seoul"], cents, count),
        leaf(["prod", "Amazon S3", "seoul"], ordinary, count),
        leaf(["dev", "Amazon EC2", "tokyo"], ordinary, count),
    ]
}

fn found(leaves: &[Leaf], count: usize) -> Vec<(Vec<Option<String>>, Range<usize>, AnomalyKind)> {
    let unusual = find_anomalies(leaves, &days(count), &settings());
    unusual.anomalies.into_iter().map(|one| (one.path, one.days, one.kind)).collect()
}

fn path(names: [&str; 3]) -> Vec<Option<String>> {
    names.iter().map(|name| Some((*name).to_owned())).collect()
}

const HERE: [&str; 3] = ["prod", "Amazon EC2", "seoul"];

#[test]
fn ordinary_weeks_hold_nothing_unusual() {
    let unusual = find_anomalies(&two(ordinary, 120), &days(120), &settings());
    assert_eq!(unusual.anomalies, []);
    assert_eq!((unusual.days, unusual.series), (99, 11));
    assert!(unusual.least_impact > Decimal::ZERO);
}

#[test]
fn a_spike_is_reported_once_at_its_path_with_its_amount() {
    let spike = |day| ordinary(day) + if (80..83).contains(&day) { 9_000 } else { 0 };
    let leaves = two(spike, 120);
    assert_eq!(found(&leaves, 120), [(path(HERE), 80..83, AnomalyKind::Spike)]);
    let one = find_anomalies(&leaves, &days(120), &settings()).anomalies.remove(0);
    let planted = Decimal::new(27_000, 2);
    assert!((one.impact - planted).abs() < planted / Decimal::TEN, "{}", one.impact);
    assert_eq!(one.impact, one.actual - one.expected);
}

#[test]
fn a_level_that_stays_is_a_shift_and_is_reported_once() {
    let shift = |day| ordinary(day) * if day >= 70 { 2 } else { 1 };
    assert_eq!(found(&two(shift, 160), 160), [(path(HERE), 70..98, AnomalyKind::Shift)]);
}

#[test]
fn a_burst_that_went_back_is_no_shift_and_its_end_no_drop() {
    let burst = |day| ordinary(day) * if (70..88).contains(&day) { 2 } else { 1 };
    assert_eq!(found(&two(burst, 160), 160), [(path(HERE), 70..88, AnomalyKind::Spike)]);
}

#[test]
fn what_stops_is_a_drop_and_what_starts_is_new() {
    let stops = |day| if day >= 100 { 0 } else { ordinary(day) };
    assert_eq!(found(&two(stops, 120), 120), [(path(HERE), 100..120, AnomalyKind::Drop)]);
    let starts = |day| if day >= 100 { ordinary(day) } else { 0 };
    assert_eq!(found(&two(starts, 120), 120), [(path(HERE), 100..120, AnomalyKind::New)]);
}

#[test]
fn a_fee_of_the_month_is_known_from_the_second_time_on() {
    // The first of May, June and July: 30, 61 and 91 days after the first of April.
    let fee = |day| ordinary(day) + if [0, 30, 61, 91].contains(&day) { 40_000 } else { 0 };
    assert_eq!(found(&two(fee, 120), 120), []);
}

#[test]
fn days_that_may_be_late_are_not_too_low_and_days_that_are_not_loaded_no_zeros() {
    let late = |day| if day == 119 { 1_000 } else { ordinary(day) };
    let leaves = two(late, 120);
    assert_eq!(found(&leaves, 120).len(), 1);
    let guarded = Days { late_from: 119, ..days(120) };
    assert_eq!(find_anomalies(&leaves, &guarded, &settings()).anomalies, []);
    let hole = |day| if day == 90 { 0 } else { ordinary(day) };
    let mut holed = days(120);
    holed.loaded[90] = false;
    assert_eq!(find_anomalies(&two(hole, 120), &holed, &settings()).anomalies, []);
}

#[test]
fn what_begins_together_beside_each_other_is_one_report_above_both() {
    let spike = |day| ordinary(day) + if (80..83).contains(&day) { 9_000 } else { 0 };
    let leaves = vec![
        leaf(["prod", "Amazon EC2", "seoul"], spike, 120),
        leaf(["prod", "Amazon EC2", "tokyo"], spike, 120),
        leaf(["prod", "Amazon S3", "seoul"], ordinary, 120),
    ];
    let above = vec![Some("prod".to_owned()), Some("Amazon EC2".to_owned()), None];
    assert_eq!(found(&leaves, 120), [(above, 80..83, AnomalyKind::Spike)]);
}

#[test]
fn three_weeks_judge_nothing_and_say_so() {
    let spike = |day| if day == 19 { 90_000 } else { ordinary(day) };
    let unusual = find_anomalies(&two(spike, 20), &days(20), &settings());
    assert_eq!((unusual.days, unusual.anomalies.len()), (0, 0));
    let none = find_anomalies(&[], &days(20), &settings());
    assert_eq!((none.days, none.series, none.anomalies.len()), (0, 0, 0));
}

#[test]
fn a_burst_that_comes_again_and_again_is_the_way_of_its_series() {
    let lumps = |day: usize| ordinary(day) + if [44, 63, 85].contains(&day) { 9_000 } else { 0 };
    assert_eq!(found(&two(lumps, 120), 120), []);
    // Two may be chance, and one that is far larger is no lump.
    let twice = |day: usize| ordinary(day) + if [44, 85].contains(&day) { 9_000 } else { 0 };
    assert_eq!(found(&two(twice, 120), 120).len(), 2);
    let larger = |day: usize| lumps(day) + if day == 101 { 60_000 } else { 0 };
    assert_eq!(found(&two(larger, 120), 120), [(path(HERE), 101..102, AnomalyKind::Spike)]);
}

#[test]
fn a_fee_on_a_weekend_is_known_by_days_of_its_weekday() {
    // The first of August is a Saturday, the first of September a Tuesday: the second fee is the first one again, seen
    // beside the Saturdays around it.
    let fee = |day: usize| ordinary(day) + if [122, 153].contains(&day) { 3_500 } else { 0 };
    assert_eq!(found(&two(fee, 170), 170), [(path(HERE), 122..123, AnomalyKind::Spike)]);
}
