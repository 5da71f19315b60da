//! Conversions that say what they lose, and medians.

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of points are far below 2^53")]
pub(super) fn count(number: usize) -> f64 {
    number as f64
}

/// The middle of these values, which are sorted by it; the mean of the middle two of an even number.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let upper = values.get(values.len() / 2).copied()?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = values.get(values.len() / 2 - 1).copied()?;
    Some(lower + (upper - lower) / 2.0)
}

/// Half the middle half of a normal series is so many standard deviations; the ratio makes spreads comparable to them.
pub(super) const QUARTILES_APART: f64 = 1.349;

/// A median absolute deviation times this is the standard deviation of a normal series.
pub(super) const OF_MAD: f64 = 1.4826;
