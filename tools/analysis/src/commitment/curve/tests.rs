use std::time::{Duration, Instant};

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn curve(points: &[&str]) -> LoadCurve {
    LoadCurve::new(points.iter().map(|point| dec(point))).unwrap()
}

/// The worth over all hours, straight from the definition: what is saved on what is used, less what is not used.
fn worth(points: &[Decimal], commitment: Decimal, discount: Decimal) -> Decimal {
    let price = Decimal::ONE - discount;
    let hour = |load: &Decimal| {
        let used = (*load * price).min(commitment);
        used * discount / price - (commitment - used).max(Decimal::ZERO)
    };
    points.iter().map(hour).sum()
}

/// The most that any commitment is worth, by trying every one at which the worth bends.
fn brute_force(points: &[Decimal], discount: Decimal) -> Decimal {
    let price = Decimal::ONE - discount;
    let tried = points.iter().map(|load| worth(points, *load * price, discount));
    tried.fold(Decimal::ZERO, Decimal::max)
}

fn regret(points: &[Decimal], discount: Decimal) -> Decimal {
    let best = LoadCurve::new(points.iter().copied()).unwrap().best(discount).unwrap();
    brute_force(points, discount) - worth(points, best.hourly_commitment, discount)
}

#[test]
fn the_share_of_hours_above_the_best_commitment_is_its_price() {
    // 100 hours of 1 to 100 dollars at 28 %: 72 hours lie above 28.
    let steps = LoadCurve::new((1..=100).map(Decimal::from)).unwrap();
    let best = steps.best(dec("0.28")).unwrap();
    assert_eq!(best.covers, dec("28"));
    assert_eq!(best.hourly_commitment, dec("20.16"));
}

#[test]
fn of_two_that_are_worth_the_same_the_smaller_is_chosen() {
    // At half price, half of the hours above: everything between 1 and 3 is worth the same.
    let best = curve(&["3", "1"]).best(dec("0.5")).unwrap();
    assert_eq!(best.covers, dec("1"));
    assert_eq!(best.monthly_saving, dec("365"));
}

#[test]
fn an_even_load_is_covered_whole_and_saves_its_discount() {
    let best = curve(&["2", "2", "2"]).best(dec("0.27")).unwrap();
    let expected = Outcome {
        hourly_commitment: dec("1.46"),
        covers: dec("2"),
        monthly_saving: dec("394.2"),
        utilization: Decimal::ONE,
        coverage: Decimal::ONE,
    };
    assert_eq!(best, expected);
}

#[test]
fn a_load_that_mostly_rests_is_worth_no_commitment() {
    let best = curve(&["0", "0", "0", "9"]).best(dec("0.3")).unwrap();
    assert_eq!((best.hourly_commitment, best.monthly_saving), (Decimal::ZERO, Decimal::ZERO));
}

#[test]
fn a_commitment_of_ones_own_may_lose() {
    let own = curve(&["1", "1"]).at_commitment(dec("2"), dec("0.5")).unwrap();
    assert_eq!(own.covers, dec("4"));
    assert_eq!(own.monthly_saving, dec("-730"));
    assert_eq!((own.utilization, own.coverage), (dec("0.25"), Decimal::ONE));
}

#[test]
fn discounts_that_are_none_have_no_best_commitment() {
    for discount in ["0", "1", "-0.1", "1.2"] {
        assert_eq!(curve(&["1"]).best(dec(discount)), None, "{discount}");
    }
    assert!(curve(&["0", "-3"]).is_empty());
}

#[test]
fn quantiles_are_points_of_the_load() {
    let steps = LoadCurve::new((1..=20).map(Decimal::from)).unwrap();
    assert_eq!(steps.quantile(dec("0.05")), Some(dec("1")));
    assert_eq!(steps.quantile(dec("0.5")), Some(dec("10")));
    assert_eq!(steps.quantile(Decimal::ZERO), Some(dec("1")));
    assert_eq!(steps.quantile(Decimal::ONE), Some(dec("20")));
}

/// Cents an hour of a day to a month: a daily wave, a weekly one, a step, noise, idle hours and spikes.
fn random_load(random: &mut ChaCha8Rng) -> Vec<i64> {
    let hours = random.random_range(24..=744_i64);
    let base = random.random_range(0..5_000_i64);
    let wave = random.random_range(0..4_000_i64);
    let step = random.random_range(-2_000..2_000_i64);
    let idle = random.random_range(0..60_u32);
    let hour = |hour: i64, random: &mut ChaCha8Rng| {
        if random.random_range(0..100) < idle {
            return 0;
        }
        let daytime = i64::from((8..20).contains(&(hour % 24)));
        let weekend = i64::from(hour / 24 % 7 >= 5);
        let spike = if random.random_range(0..50) == 0 { 20_000 } else { 0 };
        let noise = random.random_range(-300..300_i64);
        let late = i64::from(hour > hours / 2);
        (base + wave * daytime - wave / 2 * weekend + step * late + noise + spike).max(0)
    };
    (0..hours).map(|at| hour(at, random)).collect()
}

/// The worth of covering so many cents an hour in hundredths of a cent, in whole numbers: nothing is rounded.
fn exact_worth(cents: &[i64], covers: i64, percent: i64) -> i64 {
    let hour = |load: &i64| {
        let unused = (covers - load).max(0);
        (*load).min(covers) * percent - unused * (100 - percent)
    };
    cents.iter().map(hour).sum()
}

#[test]
fn on_a_thousand_random_loads_no_commitment_is_worth_more() {
    let mut random = ChaCha8Rng::seed_from_u64(20_241_015);
    let (mut largest, mut tried, mut found_in) = (0, 0, Duration::ZERO);
    for _ in 0..1_000 {
        let cents = random_load(&mut random);
        let percent = random.random_range(5..78_i64);
        let began = Instant::now();
        let points = cents.iter().map(|cents| Decimal::new(*cents, 2));
        let best = LoadCurve::new(points).unwrap().best(Decimal::new(percent, 2)).unwrap();
        found_in += began.elapsed();
        let covers = i64::try_from(best.covers * Decimal::ONE_HUNDRED).unwrap();
        let own = exact_worth(&cents, covers, percent);
        let mut all = cents.clone();
        all.sort_unstable();
        all.dedup();
        tried += all.len();
        let worths = all.iter().map(|covers| (exact_worth(&cents, *covers, percent), *covers));
        let (most, _) = worths.chain([(0, 0)]).max_by_key(|(worth, _)| *worth).unwrap();
        largest = largest.max(most - own);
    }
    println!(
        "largest regret over 1,000 loads, all {tried} breakpoints tried: {largest} hundredths of a cent; \
        best commitments found in {found_in:?}"
    );
    assert_eq!(largest, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_breakpoint_is_worth_at_most_the_best(
        cents in proptest::collection::vec(0_i64..10_000, 1..200),
        percent in 1_i64..99,
    ) {
        let points: Vec<Decimal> = cents.into_iter().map(|cents| Decimal::new(cents, 2)).collect();
        let regret = regret(&points, Decimal::new(percent, 2));
        prop_assert!(regret <= dec("0.00000000000001"), "{regret}");
    }

    #[test]
    fn the_worth_is_the_sum_of_the_definition(
        cents in proptest::collection::vec(0_i64..10_000, 1..60),
        own in 0_i64..10_000,
        percent in 1_i64..99,
    ) {
        let points: Vec<Decimal> = cents.into_iter().map(|cents| Decimal::new(cents, 2)).collect();
        let (own, discount) = (Decimal::new(own, 2), Decimal::new(percent, 2));
        let curve = LoadCurve::new(points.iter().copied()).unwrap();
        let outcome = curve.at_commitment(own, discount).unwrap();
        let count = Decimal::from(points.len());
        let expected = worth(&points, own, discount) * Decimal::from(HOURS_OF_A_MONTH) / count;
        prop_assert!((outcome.monthly_saving - expected).abs() < dec("0.00000000000001"));
    }
}
