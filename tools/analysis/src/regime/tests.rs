use jiff::{ToSpan, civil::date};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;

// Days of a month with a weekly wave and noise of `noise` (relative) on the cost.
fn days(first: Date, count: i64, cost: f64, transactions: f64, noise: f64, seed: u64) -> Vec<Day> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    (0..count)
        .map(|day| {
            let date = first.checked_add(day.days()).unwrap();
            let wave = if date.weekday().to_monday_zero_offset() >= 5 { 0.7 } else { 1.1 };
            let jitter = 1.0 + noise * (random.random::<f64>() * 2.0 - 1.0);
            Day {
                date,
                cost: rounded(cost * wave * jitter).unwrap(),
                transactions: rounded(transactions * wave).unwrap(),
            }
        })
        .collect()
}

fn judge(cost: f64, transactions: f64, noise: f64) -> RegimeVerdict {
    let from = days(date(2026, 3, 1), 31, 1000.0, 50_000.0, noise, 1);
    let to = days(date(2026, 5, 1), 31, 1000.0 * cost, 50_000.0 * transactions, noise, 2);
    let mut random = ChaCha8Rng::seed_from_u64(7);
    judge_regime(&from, &to, &RegimeSettings::embedded().unwrap(), &mut random)
}

#[test]
fn every_regime_is_told_from_the_moves_of_cost_and_transactions() {
    let cases = [
        (1.2, 2.0, Regime::EfficientGrowth),
        (1.0, 1.4, Regime::EfficientGrowth),
        (1.3, 1.3, Regime::Flat),
        (0.8, 0.8, Regime::Flat),
        (1.3, 1.0, Regime::Inefficient),
        (1.5, 1.2, Regime::Inefficient),
        (1.0, 0.7, Regime::Inefficient),
        (0.8, 0.6, Regime::Shrinking),
        (0.5, 0.8, Regime::Shrinking),
        (0.7, 1.0, Regime::PureSaving),
        (0.7, 1.3, Regime::PureSaving),
    ];
    for (cost, transactions, regime) in cases {
        let verdict = judge(cost, transactions, 0.02);
        assert_eq!(
            verdict.regime, regime,
            "cost x{cost}, transactions x{transactions}: {verdict:?}"
        );
    }
}

#[test]
fn a_change_within_its_own_noise_is_undetermined_and_the_interval_holds_the_truth() {
    let verdict = judge(1.04, 1.0, 0.8);
    assert_eq!(verdict.regime, Regime::Undetermined, "{verdict:?}");
    let truth = Decimal::new(4, 2);
    assert!(verdict.change_low.unwrap() < truth && truth < verdict.change_high.unwrap());
}

#[test]
fn the_elasticity_rules_where_transactions_moved_much() {
    // Ten times the transactions: the unit cost is 8 % lower, but cost followed them by 96 %.
    assert_eq!(judge(9.2, 10.0, 0.01).regime, Regime::Flat);
}

#[test]
fn the_same_days_and_seed_give_the_same_verdict() {
    assert_eq!(judge(1.3, 1.1, 0.1), judge(1.3, 1.1, 0.1));
}

#[test]
fn too_few_days_or_no_transactions_are_undetermined_without_an_interval() {
    let from = days(date(2026, 3, 2), 3, 100.0, 10.0, 0.0, 1);
    let to = days(date(2026, 3, 9), 3, 200.0, 10.0, 0.0, 1);
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let verdict = judge_regime(&from, &to, &RegimeSettings::embedded().unwrap(), &mut random);
    let expected = RegimeVerdict {
        regime: Regime::Undetermined,
        change: Some(Decimal::ONE),
        change_low: None,
        change_high: None,
        elasticity: None,
    };
    assert_eq!(verdict, expected);

    let none = days(date(2026, 3, 9), 7, 200.0, 0.0, 0.0, 1);
    let verdict = judge_regime(&from, &none, &RegimeSettings::embedded().unwrap(), &mut random);
    assert_eq!(verdict, RegimeVerdict { change: None, ..expected });
    assert_eq!(
        judge_regime(&[], &[], &RegimeSettings::embedded().unwrap(), &mut random).change,
        None
    );
}

#[test]
fn short_periods_and_long_blocks_never_leave_the_days() {
    for count in 4..40 {
        let from = days(date(2026, 3, 1), count, 10.0, 5.0, 0.1, 3);
        let to = days(date(2026, 4, 1), 44 - count, 10.0, 5.0, 0.1, 4);
        for block_days in [0, 1, 7, 100] {
            let embedded = RegimeSettings::embedded().unwrap();
            let settings = RegimeSettings { block_days, resamples: 50, ..embedded };
            let mut random = ChaCha8Rng::seed_from_u64(5);
            let verdict = judge_regime(&from, &to, &settings, &mut random);
            assert!(verdict.change_low <= verdict.change_high);
        }
    }
}
