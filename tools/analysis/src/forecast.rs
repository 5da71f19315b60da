//! What a period will cost if the days to come are like the days seen: a run rate with its interval.
//!
//! The expected total is what is known plus the mean of the days seen for every day to come. The interval is the
//! prediction interval of the sum of `r` future values after `n` seen ones, `r * mean ± t * s * sqrt(r + r * r / n)`,
//! with Student's t at `n - 1` degrees of freedom and `s` the standard deviation of the days seen (G. J. Hahn and
//! W. Q. Meeker, Statistical Intervals, 1991, section 4.8). It takes days as independent: a weekly pattern widens it,
//! a step that is still to come lies outside it.

use rust_decimal::Decimal;

/// What is known of a period before it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What the period has cost so far.
    pub actual: Decimal,
    /// Days of the period that are still to come or not loaded.
    pub days_to_come: u32,
    /// The cost of each day that tells the rate.
    pub days: Vec<Decimal>,
}

/// The total of a period and how far it can be off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// The mean of the days seen.
    pub per_day: Decimal,
    pub expected: Decimal,
    /// The interval that holds the total in four of five cases; `None` when one day shows no spread.
    pub interval: Option<(Decimal, Decimal)>,
}

// Decimals of an amount in the warehouse.
const PLACES: u32 = 18;

/// The run rate of the days seen, carried to the end of the period.
///
/// `None` when no day is seen or a figure leaves the digits that are kept.
#[must_use]
pub fn run_rate(seen: &Seen) -> Option<Forecast> {
    let count = Decimal::from(seen.days.len());
    let total = sum(&seen.days)?;
    let per_day = total.checked_div(count)?;
    let to_come = Decimal::from(seen.days_to_come);
    // Multiplied first: a third of a cent times three is a cent again.
    let rest = total.checked_mul(to_come)?.checked_div(count)?;
    let expected = seen.actual.checked_add(rest)?;
    let interval = if seen.days_to_come == 0 {
        Some((expected, expected))
    } else {
        spread(seen, per_day, to_come, count)
            .and_then(|off| Some((expected.checked_sub(off)?, expected.checked_add(off)?)))
            .map(|(low, high)| (floor(seen, low), high))
    };
    let rounded = |value: Decimal| value.round_dp(PLACES);
    Some(Forecast {
        per_day: rounded(per_day),
        expected: rounded(expected),
        interval: interval.map(|(low, high)| (rounded(low), rounded(high))),
    })
}

// Where no day gave anything back, the days to come cost at least nothing.
fn floor(seen: &Seen, low: Decimal) -> Decimal {
    let gave_back = seen.days.iter().any(|day| day.is_sign_negative() && !day.is_zero());
    if gave_back { low } else { low.max(seen.actual) }
}

fn spread(seen: &Seen, mean: Decimal, to_come: Decimal, count: Decimal) -> Option<Decimal> {
    let free = seen.days.len().checked_sub(1).filter(|free| *free > 0)?;
    let mut squares = Decimal::ZERO;
    for day in &seen.days {
        let off = day.checked_sub(mean)?;
        squares = squares.checked_add(off.checked_mul(off)?)?;
    }
    let variance = squares.checked_div(Decimal::from(free))?;
    let times = to_come.checked_add(to_come.checked_mul(to_come)?.checked_div(count)?)?;
    root(variance.checked_mul(times)?)?.checked_mul(student(free))
}

fn sum(days: &[Decimal]) -> Option<Decimal> {
    days.iter().try_fold(Decimal::ZERO, |sum, day| sum.checked_add(*day))
}

// Upper tenth of Student's t by degrees of freedom, in thousandths (NIST/SEMATECH e-Handbook of Statistical Methods,
// table 1.3.6.7.2). Beyond the table it is within 2 % of the normal distribution's.
const STUDENT: [i64; 30] = [
    3078, 1886, 1638, 1533, 1476, 1440, 1415, 1397, 1383, 1372, 1363, 1356, 1350, 1345, 1341, 1337,
    1333, 1330, 1328, 1325, 1323, 1321, 1319, 1318, 1316, 1315, 1314, 1313, 1311, 1310,
];
const NORMAL: i64 = 1282;

fn student(free: usize) -> Decimal {
    let thousandths = free.checked_sub(1).and_then(|index| STUDENT.get(index));
    Decimal::new(thousandths.copied().unwrap_or(NORMAL), 3)
}

// Newton's method. It starts at or above the root and falls until the digits end.
fn root(square: Decimal) -> Option<Decimal> {
    if square.is_zero() {
        return Some(Decimal::ZERO);
    }
    let mut guess = square.max(Decimal::ONE);
    loop {
        let next = guess.checked_add(square.checked_div(guess)?)?.checked_div(Decimal::TWO)?;
        if next >= guess {
            return Some(guess);
        }
        guess = next;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_third_of_a_month_tells_three_thirds() {
        let days: Vec<Decimal> = (1..=10).map(Decimal::from).collect();
        let forecast =
            run_rate(&Seen { actual: dec("55"), days_to_come: 20, days: days.clone() }).unwrap();
        assert_eq!((forecast.per_day, forecast.expected), (dec("5.5"), dec("165")));
        // s = 3.02765, sqrt(20 + 400 / 10) = 7.74597, t of 9 = 1.383: 32.4341 either side.
        let (low, high) = forecast.interval.unwrap();
        assert_eq!((low.round_dp(3), high.round_dp(3)), (dec("132.566"), dec("197.434")));
    }

    #[test]
    fn a_period_that_is_over_is_what_it_cost() {
        let seen = Seen { actual: dec("0.3"), days_to_come: 0, days: vec![dec("0.1"); 3] };
        let forecast = run_rate(&seen).unwrap();
        assert_eq!(forecast.expected, dec("0.3"));
        assert_eq!(forecast.interval, Some((dec("0.3"), dec("0.3"))));
    }

    #[test]
    fn one_day_shows_no_spread_and_no_day_no_rate() {
        let seen = Seen { actual: dec("2"), days_to_come: 29, days: vec![dec("2")] };
        let forecast = run_rate(&seen).unwrap();
        assert_eq!((forecast.expected, forecast.interval), (dec("60"), None));
        assert_eq!(run_rate(&Seen { days: vec![], ..seen }), None);
    }

    #[test]
    fn nothing_given_back_means_nothing_less_than_what_is_known() {
        let days = vec![dec("0"), dec("100")];
        let seen = Seen { actual: dec("100"), days_to_come: 1, days };
        assert_eq!(run_rate(&seen).unwrap().interval.unwrap().0, dec("100"));
        let days = vec![dec("-1"), dec("101")];
        let seen = Seen { actual: dec("100"), days_to_come: 1, days };
        assert!(run_rate(&seen).unwrap().interval.unwrap().0 < dec("100"));
    }

    proptest! {
        #[test]
        fn the_root_of_a_square_is_the_number(units in 0_i64..4_000_000_000_000_000_000, scale in 0_u32..18) {
            let number = Decimal::new(units, scale);
            prop_assume!(number < dec("100000000000000"));
            let found = root(number.checked_mul(number).unwrap()).unwrap();
            prop_assert!((found - number).abs() <= dec("0.000000001"));
        }

        #[test]
        fn the_interval_holds_the_expected_total(
            cents in proptest::collection::vec(-10_000_i64..1_000_000, 1..60), days_to_come in 0_u32..366,
        ) {
            let days: Vec<Decimal> = cents.iter().map(|cents| Decimal::new(*cents, 2)).collect();
            let actual = days.iter().sum();
            let forecast = run_rate(&Seen { actual, days_to_come, days }).unwrap();
            if let Some((low, high)) = forecast.interval {
                prop_assert!(low <= forecast.expected && forecast.expected <= high);
            }
        }
    }
}
