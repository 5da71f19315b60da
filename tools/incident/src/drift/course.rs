//! When a drift began, and when it will reach a line.

use super::robust::line_through;
use crate::numbers::{OF_MAD, count, median};

/// Starts of the segments of a piecewise constant series, the first being 0: the exact optimum of squared error plus a penalty
/// for each change (optimal partitioning: Jackson et al., An algorithm for optimal partitioning of data on an interval, 2005),
/// the penalty 3 ln n variances (the modified information criterion of Zhang and Siegmund, 2007). Each value is the median of
/// itself and its neighbours, so that one wild block makes no segment; the noise is taken from the steps before that.
#[must_use]
pub fn segments(values: &[f64]) -> Vec<usize> {
    let steps: Vec<f64> =
        values.iter().zip(values.iter().skip(1)).map(|(one, next)| (next - one).abs()).collect();
    // The robust spread of steps of independent values is sqrt 2 times theirs.
    let noise = (OF_MAD * median(&steps).unwrap_or(0.0) / std::f64::consts::SQRT_2).max(1e-9);
    let around = |at: usize| values.get(at.saturating_sub(1)..(at + 2).min(values.len()));
    let cut: Vec<f64> =
        (0..values.len()).filter_map(|at| Some(median(around(at)?)? / noise)).collect();
    let penalty = 3.0 * count(values.len().max(2)).ln();
    let mut sums = vec![(0.0, 0.0)];
    for value in &cut {
        let (sum, square) = sums.last().copied().unwrap_or_default();
        sums.push((sum + value, square + value * value));
    }
    let cost = |from: usize, to: usize| {
        let (first, last) = (
            sums.get(from).copied().unwrap_or_default(),
            sums.get(to).copied().unwrap_or_default(),
        );
        let sum: f64 = last.0 - first.0;
        (last.1 - first.1) - sum * sum / count(to - from)
    };
    let mut best: Vec<(f64, usize)> = vec![(-penalty, 0)];
    for to in 1..=cut.len() {
        let options = best
            .iter()
            .enumerate()
            .map(|(from, (before, _))| (before + cost(from, to) + penalty, from));
        best.push(options.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, 0)));
    }
    let mut starts = Vec::new();
    let mut at = cut.len();
    while let Some((_, from)) = best.get(at).filter(|_| at > 0) {
        starts.push(*from);
        at = *from;
    }
    starts.reverse();
    starts
}

/// The place at which the last run of segments above `least` begins, not before `earliest`: the onset of a drift that still
/// lasts. Nothing when the last segment is not above it.
#[must_use]
pub fn onset(values: &[f64], earliest: usize, least: f64) -> Option<usize> {
    let starts = segments(values);
    let ends = starts.iter().skip(1).copied().chain([values.len()]);
    let mut began = None;
    for (start, end) in starts.iter().zip(ends).collect::<Vec<_>>().into_iter().rev() {
        let inside = values.get(*start..end).unwrap_or_default();
        if inside.iter().sum::<f64>() / count(inside.len().max(1)) < least {
            break;
        }
        began = Some((*start).max(earliest));
        if *start <= earliest {
            break;
        }
    }
    began
}

/// When a drifting level reaches a line, in days from now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// 0 when it is there already; nothing when the drift does not rise.
    pub days: Option<f64>,
    /// Between these with about 95 %; the later end is nothing when the drift may stop rising.
    pub earliest: Option<f64>,
    pub latest: Option<f64>,
    /// Change of a day, in the unit of the values.
    pub slope: f64,
}

/// Projects daily values `(day, value)` to `line`, upward, from `today`; nothing for fewer than five days. `lift` is added to
/// the values: how far the daily peak stands above what drifts.
#[must_use]
pub fn crossing(daily: &[(f64, f64)], lift: f64, line: f64, today: f64) -> Option<Crossing> {
    let fit = line_through(daily)?;
    let now = fit.at_zero + fit.slope * today + lift;
    let until = |slope: f64| if slope > 0.0 { Some((line - now) / slope) } else { None };
    if now >= line {
        let there = Some(0.0);
        return Some(Crossing { days: there, earliest: there, latest: there, slope: fit.slope });
    }
    Some(Crossing {
        days: until(fit.slope),
        earliest: until(fit.high),
        latest: until(fit.low),
        slope: fit.slope,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::bar::SplitMix, *};

    fn noisy(index: u32) -> f64 {
        SplitMix::new(u64::from(index)).part() - 0.5
    }

    #[test]
    fn a_step_is_dated_and_noise_makes_no_segment() {
        let flat: Vec<f64> = (0..60).map(noisy).collect();
        assert_eq!(segments(&flat), [0]);
        let stepped: Vec<f64> =
            (0..60).map(|i| noisy(i) + if i >= 33 { 2.0 } else { 0.0 }).collect();
        assert_eq!(segments(&stepped), [0, 33]);
        assert_eq!(onset(&stepped, 20, 0.5), Some(33));
        assert_eq!(onset(&stepped, 40, 0.5), Some(40));
        assert_eq!(onset(&flat, 20, 0.5), None);
        assert_eq!(segments(&[]), Vec::<usize>::new());
    }

    #[test]
    fn a_slope_is_dated_near_its_beginning() {
        let slope: Vec<f64> =
            (0..80).map(|i| noisy(i) + (f64::from(i) - 40.0).max(0.0) * 0.15).collect();
        let began = onset(&slope, 30, 0.45).unwrap();
        assert!((40..=52).contains(&began), "{began}");
    }

    #[test]
    fn a_rising_level_reaches_the_line_and_a_flat_one_does_not() {
        let rising: Vec<(f64, f64)> = (0..10)
            .map(|day| (f64::from(day), 100.0 + 2.0 * f64::from(day) + noisy(day)))
            .collect();
        let there = crossing(&rising, 10.0, 138.0, 9.0).unwrap();
        assert!((there.days.unwrap() - 5.0).abs() < 0.5, "{there:?}");
        assert!(there.earliest.unwrap() <= there.days.unwrap());
        assert!(there.days.unwrap() <= there.latest.unwrap());
        assert_eq!(crossing(&rising, 10.0, 90.0, 9.0).unwrap().days, Some(0.0));
        let flat: Vec<(f64, f64)> = (0..10).map(|day| (f64::from(day), noisy(day))).collect();
        let never = crossing(&flat, 0.0, 50.0, 9.0).unwrap();
        assert_eq!(never.latest, None);
        assert_eq!(crossing(&rising[..4], 0.0, 1.0, 9.0), None);
    }
}
