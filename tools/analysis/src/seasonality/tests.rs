use jiff::{ToSpan as _, civil::date};
use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;

fn fleet() -> Fleet {
    Fleet { rate: Decimal::new(2, 1), committed: 0.0 }
}

// Weeks from a Monday on; `demand` says what an hour of a week sees.
fn hours(weeks: usize, running: f64, demand: impl Fn(usize, usize) -> f64) -> Vec<Hour> {
    let first = date(2026, 1, 5).at(0, 0, 0, 0);
    (0..weeks * HOURS_OF_WEEK)
        .map(|place| Hour {
            at: first.saturating_add(i64::try_from(place).unwrap().hours()),
            transactions: demand(place / HOURS_OF_WEEK, place % HOURS_OF_WEEK),
            running,
        })
        .collect()
}

// Full from 9 to 19 on weekdays, a tenth otherwise.
fn office(hour: usize) -> f64 {
    let (day, hour) = (hour / 24, hour % 24);
    if day < 5 && (9..19).contains(&hour) { 20_000.0 } else { 2_000.0 }
}

fn run(hours: &[Hour], fleet: &Fleet) -> Scaling {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let rules = ScalingRules { resamples: 20, ..ScalingRules::embedded().unwrap() };
    schedule(hours, fleet, &rules, &mut random)
}

#[test]
fn a_clear_season_gives_its_blocks_and_what_they_spare() {
    let found = run(&hours(6, 20.0, |_, hour| office(hour)), &fleet());
    assert_eq!(found.verdict, Verdict::Schedule);
    assert_eq!((found.weeks, found.throughput), (6, Some(1000.0)));
    // 2,000 transactions with 30 % headroom at 1,000 a unit and hour are three units.
    let told: Vec<_> = found
        .blocks
        .iter()
        .map(|block| {
            (block.first_day, block.last_day, block.from_hour, block.to_hour, block.max_units)
        })
        .collect();
    assert_eq!(told, [(0, 4, 0, 9, 3), (0, 4, 9, 19, 20), (0, 4, 19, 24, 3), (5, 6, 0, 24, 3)]);
    // 118 of 168 hours spare 17 units at 0.2: 401.2 a week.
    let saving = found.saving.unwrap();
    assert_eq!(
        saving.monthly.round_dp(2),
        (Decimal::new(4012, 1) * Decimal::from(730) / Decimal::from(168)).round_dp(2)
    );
    assert_eq!((saving.low, saving.high), (saving.monthly, saving.monthly));
    assert_eq!(saving.cost, Decimal::from(20 * 730) * Decimal::new(2, 1));
    let test = found.backtest.unwrap();
    assert_eq!((test.hours, test.reduced, test.breaches), (168, 118, 0));
    assert_eq!(test.saved, Decimal::new(4012, 1));
}

#[test]
fn what_commitments_pay_for_is_not_saved() {
    let weeks = hours(6, 20.0, |_, hour| office(hour));
    let half = run(&weeks, &Fleet { committed: 12.0, ..fleet() });
    assert_eq!(
        half.saving.unwrap().monthly.round_dp(2),
        (Decimal::from(118 * 8) * Decimal::new(2, 1) * Decimal::from(730) / Decimal::from(168))
            .round_dp(2)
    );
    let all = run(&weeks, &Fleet { committed: 20.0, ..fleet() });
    assert_eq!((all.verdict, all.blocks.len()), (Verdict::NothingToSpare, 0));
    assert_eq!(all.saving.unwrap().monthly, Decimal::ZERO);
}

#[test]
fn a_holiday_and_a_day_of_rush_move_nothing() {
    let even = run(&hours(6, 20.0, |_, hour| office(hour)), &fleet());
    let disturbed = run(
        &hours(6, 20.0, |week, hour| {
            let factor = match (week, hour / 24) {
                (2, 1) => 0.1,
                (3, 5) => 4.0,
                _ => 1.0,
            };
            office(hour) * factor
        }),
        &fleet(),
    );
    assert_eq!(disturbed.left_out, [date(2026, 1, 20), date(2026, 1, 31)]);
    assert_eq!(disturbed.blocks, even.blocks);
    assert_eq!(disturbed.throughput, even.throughput);
}

#[test]
fn the_last_week_tells_when_a_schedule_would_have_failed() {
    // Nights grow fourfold in the last week: the units left for them could not have served it.
    let found = run(
        &hours(6, 20.0, |week, hour| {
            let night = office(hour) < 10_000.0;
            if week == 5 && night { 8_000.0 } else { office(hour) }
        }),
        &fleet(),
    );
    assert_eq!(found.backtest.unwrap().breaches, 118);
}

#[test]
fn nothing_is_said_of_few_weeks_or_of_level_load() {
    let few = run(&hours(2, 20.0, |_, hour| office(hour)), &fleet());
    assert_eq!((few.verdict, few.weeks, few.saving), (Verdict::TooFewWeeks, 2, None));
    let level = |week: usize, hour: usize| {
        20_000.0 + f64::from(u32::try_from((week * 7919 + hour * 104_729) % 3001).unwrap())
    };
    let flat = run(&hours(8, 20.0, level), &fleet());
    assert_eq!(flat.verdict, Verdict::NoSeason);
    assert!(flat.strength.unwrap() < 0.3, "{:?}", flat.strength);
    assert!(flat.saving.is_none() && flat.blocks.is_empty());
    let still = run(&hours(8, 20.0, |_, _| 100.0), &fleet());
    assert_eq!((still.verdict, still.strength), (Verdict::NoSeason, Some(0.0)));
    assert_eq!(run(&[], &fleet()).verdict, Verdict::TooFewWeeks);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_schedule_never_takes_what_its_own_demand_needs(
        levels in proptest::collection::vec(1.0_f64..50_000.0, 24),
        running in 1.0_f64..60.0,
        committed in 0.0_f64..60.0,
    ) {
        let weeks = hours(4, running, |_, hour| levels[hour % 24]);
        let fleet = Fleet { committed, ..fleet() };
        let found = run(&weeks, &fleet);
        let Some(throughput) = found.throughput else { return Ok(()) };
        for block in &found.blocks {
            prop_assert!(block.min_units <= block.max_units);
            let capacity = f64::from(block.max_units);
            for level in &levels[block.from_hour..block.to_hour] {
                prop_assert!(
                    capacity >= running.floor() || capacity * throughput + 1e-6 >= level * 1.3
                );
            }
        }
        if let Some(saving) = found.saving {
            prop_assert!(saving.low <= saving.monthly && saving.monthly <= saving.high);
            prop_assert!(saving.high <= saving.cost + Decimal::new(1, 6));
        }
        // The week is covered once, without gaps.
        let covered: usize = found.blocks.iter().map(|block| (block.last_day + 1 - block.first_day) * (block.to_hour - block.from_hour)).sum();
        prop_assert!(found.blocks.is_empty() || covered == HOURS_OF_WEEK);
    }
}
