//! Order statistics that a few wild points cannot move, and conversions that say what they lose.

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of points are far below 2^53")]
pub(crate) fn count(number: usize) -> f64 {
    number as f64
}

/// The value below which the part `at` (0 to 1) of values in ascending order lies, linear between neighbours (type 7 of
/// Hyndman and Fan, Sample quantiles in statistical packages, 1996); nothing of nothing.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list that fits in memory"
)]
pub(crate) fn quantile_of_sorted(sorted: &[f64], at: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = at.clamp(0.0, 1.0) * count(last);
    let below = place.floor();
    let low = *sorted.get(below as usize)?;
    // Between two places alone: the distance of huge neighbours may be no number.
    if place <= below {
        return Some(low);
    }
    let high = *sorted.get(below as usize + 1)?;
    Some(low + (high - low) * (place - below))
}

/// The same of values in any order, which must not be NaN.
#[must_use]
pub fn quantile(values: &[f64], at: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_of_sorted(&sorted, at)
}

/// The middle value, the mean of the two middle ones of an even count; nothing of nothing. Values must not be NaN.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The same of values that may be put in order on the way.
pub(crate) fn median_in_place(values: &mut [f64]) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    quantile_of_sorted(values, 0.5)
}

/// Half the middle half of a normal series is so many standard deviations; the ratio makes spreads comparable to them.
pub(crate) const QUARTILES_APART: f64 = 1.349;

/// A median absolute deviation times this is the standard deviation of a normal series (Rousseeuw and Croux, 1993).
pub(crate) const OF_MAD: f64 = 1.4826;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_statistics_are_those_of_the_textbook() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&[]), None);
        assert_eq!(quantile(&[0.0, 10.0], 0.95), Some(9.5));
        assert_eq!(median(&[f64::MIN, 1.0, f64::MAX]), Some(1.0));
        assert_eq!(median_in_place(&mut [4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }
}
