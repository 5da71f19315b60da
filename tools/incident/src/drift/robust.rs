//! Spreads, ranks and lines that a few wild points cannot move.

use crate::numbers::{OF_MAD, count, median, quantile_of_sorted};

/// A robust standard deviation: 1.4826 times the median absolute deviation, which is the standard deviation of a normal
/// sample (Rousseeuw and Croux, 1993); the plain standard deviation where more than half of the values are equal.
#[must_use]
pub fn spread(values: &[f64]) -> f64 {
    let Some(middle) = median(values) else { return 0.0 };
    let away: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
    let robust = OF_MAD * median(&away).unwrap_or(0.0);
    if robust > 0.0 {
        return robust;
    }
    let all = count(values.len());
    let mean = values.iter().sum::<f64>() / all;
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / all).sqrt()
}

/// How much each value follows the one before it: the lag-1 autocorrelation of the ranks, ties sharing their mean rank;
/// from -1 to 1, and 0 for fewer than three values or when all are equal.
#[must_use]
pub fn rank_autocorrelation(values: &[f64]) -> f64 {
    let ranks = ranks(values);
    if ranks.len() < 3 {
        return 0.0;
    }
    let mean = ranks.iter().sum::<f64>() / count(ranks.len());
    let off: Vec<f64> = ranks.iter().map(|rank| rank - mean).collect();
    let all: f64 = off.iter().map(|one| one * one).sum();
    if all <= 0.0 {
        return 0.0;
    }
    off.iter().zip(off.iter().skip(1)).map(|(one, next)| one * next).sum::<f64>() / all
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = |value: &f64| {
        let below = sorted.partition_point(|one| one < value);
        let upto = sorted.partition_point(|one| one <= value);
        (count(below) + count(upto) + 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

/// A straight line through most of the points, with an interval of its slope.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Change of y for one step of x.
    pub slope: f64,
    /// The slope is between these with about 95 %.
    pub low: f64,
    pub high: f64,
    /// y at x = 0.
    pub at_zero: f64,
}

/// The median of all pairwise slopes, with the interval of Sen, Estimates of the regression coefficient based on Kendall's
/// tau, 1968; nothing for fewer than five points or a single x.
#[must_use]
pub fn line_through(points: &[(f64, f64)]) -> Option<Line> {
    const NORMAL_97_5: f64 = 1.959_964;
    if points.len() < 5 {
        return None;
    }
    let mut slopes = Vec::with_capacity(points.len() * points.len() / 2);
    for (index, (x, y)) in points.iter().enumerate() {
        for (later, value) in points.iter().skip(index + 1) {
            if (later - x).abs() > f64::EPSILON {
                slopes.push((value - y) / (later - x));
            }
        }
    }
    slopes.sort_by(f64::total_cmp);
    let slope = quantile_of_sorted(&slopes, 0.5)?;
    let (all, pairs) = (count(points.len()), count(slopes.len()));
    let half = NORMAL_97_5 * (all * (all - 1.0) * (2.0 * all + 5.0) / 18.0).sqrt() / 2.0;
    let low = quantile_of_sorted(&slopes, 0.5 - half / pairs)?;
    let high = quantile_of_sorted(&slopes, 0.5 + half / pairs)?;
    let rest: Vec<f64> = points.iter().map(|(x, y)| y - slope * x).collect();
    Some(Line { slope, low, high, at_zero: median(&rest)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_that_of_most_values() {
        assert!((spread(&[1.0, 2.0, 3.0, 4.0, 1000.0]) - 1.4826).abs() < 1e-9);
        assert!((spread(&[0.0, 0.0, 0.0, 4.0]) - 3.0_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn ranks_that_rise_follow_each_other_and_ties_say_nothing() {
        let rising: Vec<f64> = (0..20).map(f64::from).collect();
        assert!(rank_autocorrelation(&rising) > 0.8);
        assert!(rank_autocorrelation(&[1.0, 1.0, 1.0, 1.0]).abs() < 1e-12);
        assert!(rank_autocorrelation(&[1.0, -1.0, 1.0, -1.0, 1.0, -1.0]) < -0.7);
    }

    #[test]
    fn one_wild_point_does_not_bend_the_line() {
        let mut points: Vec<(f64, f64)> =
            (0..12).map(|x| (f64::from(x), 2.0 * f64::from(x) + 1.0)).collect();
        points[5].1 = 900.0;
        let line = line_through(&points).unwrap();
        assert!((line.slope - 2.0).abs() < 1e-9 && (line.at_zero - 1.0).abs() < 1e-9);
        assert!(line.low <= 2.0 && 2.0 <= line.high);
        assert_eq!(line_through(&points[..4]), None);
    }
}
