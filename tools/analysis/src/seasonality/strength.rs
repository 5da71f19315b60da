//! How much of what differs between hours is the season of the week.

use super::{HOURS_OF_WEEK, weeks::Levelled};

/// `1 - var(remainder) / var(season + remainder)`, at least 0: near 0 where hours differ by chance alone,
/// near 1 where the hour of the week tells the demand (Hyndman, Athanasopoulos: Forecasting, section 4.3).
pub(super) fn of(levelled: &Levelled) -> f64 {
    let mut all = Vec::new();
    let mut remainders = Vec::new();
    for hour in 0..HOURS_OF_WEEK {
        let cell: Vec<f64> =
            levelled.ratios.iter().filter_map(|week| week.get(hour).copied().flatten()).collect();
        let season = mean(&cell);
        remainders.extend(cell.iter().map(|value| value - season));
        all.extend(cell);
    }
    let whole = variance(&all);
    if whole <= f64::EPSILON * mean(&all).powi(2) {
        return 0.0;
    }
    (1.0 - variance(&remainders) / whole).clamp(0.0, 1.0)
}

fn mean(numbers: &[f64]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "hours of a few weeks")]
    let count = numbers.len().max(1) as f64;
    numbers.iter().sum::<f64>() / count
}

fn variance(numbers: &[f64]) -> f64 {
    let mean = mean(numbers);
    let squares: Vec<f64> = numbers.iter().map(|number| (number - mean).powi(2)).collect();
    self::mean(&squares)
}
