//! Robust figures of series: levels, how far a window is off, whether two windows take one course.

use super::settings::SeriesSettings;
use crate::numbers::{OF_MAD, quantile_of_sorted};

pub(super) fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Level and spread of healthy values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    pub median: f64,
    pub spread: f64,
}

impl Level {
    /// The spread is the largest of: 1.4826 times the median absolute deviation (normal consistency), the distance
    /// from the median to the 99th percentile in normal deviations (2.326, so that a heavy tail counts as ordinary),
    /// a part of the median, and the resolution. The last two keep it above 0 where the deviation is 0.
    /// Few values widen it.
    #[expect(clippy::cast_precision_loss, reason = "lengths of series")]
    pub(super) fn of(reference: &[f64], rules: &SeriesSettings, resolution: f64) -> Option<Self> {
        let values = sorted(reference.iter().copied());
        if values.len() < rules.least_values {
            return None;
        }
        let median = quantile_of_sorted(&values, 0.5)?;
        let deviations = sorted(values.iter().map(|value| (value - median).abs()));
        let deviation = OF_MAD * quantile_of_sorted(&deviations, 0.5)?;
        let tail = (quantile_of_sorted(&values, 0.99)? - median) / 2.326;
        let spread = deviation.max(tail).max(rules.relative_spread * median.abs());
        let spread = (spread * (1.0 + rules.few / values.len() as f64)).max(resolution);
        Some(Self { median, spread: spread.max(f64::MIN_POSITIVE) })
    }

    /// Spreads above the level; a gap stays a gap. What lies no higher than just before the window counts by `already`.
    pub(super) fn above(self, window: &[f64], before: &[f64], already: f64) -> Vec<f64> {
        let before = quantile_of_sorted(&sorted(before.iter().copied()), 0.5);
        let off = |value: f64| {
            let above = (value - self.median) / self.spread;
            let risen = before.map_or(above, |before| (value - before) / self.spread);
            if above > 0.0 { above.min(risen.max(above * already)) } else { above }
        };
        window.iter().map(|value| if value.is_finite() { off(*value) } else { f64::NAN }).collect()
    }
}

/// How far a window is off as a whole: the geometric mean of its two furthest values, the second weighted by `second`,
/// so that one odd value alone says little; of a window of fewer than three values the furthest. 0 when nothing is above the level.
pub(super) fn height(above: &[f64], second: f64) -> f64 {
    let mut values = sorted(above.iter().copied());
    let first = values.pop().unwrap_or(0.0).max(0.0);
    if values.len() < 2 {
        return first;
    }
    first.powf(1.0 - second) * values.pop().unwrap_or(0.0).max(0.0).powf(second)
}

/// From 0 to 1: half at `half`.
pub(super) fn saturating(value: f64, half: f64) -> f64 {
    if value.is_nan() || value <= 0.0 {
        return 0.0;
    }
    if value.is_infinite() { 1.0 } else { value / (value + half) }
}

/// Lower bound of the correlation of two windows: Pearson's r, in Fisher's z one standard error (1 / sqrt(n - 3))
/// times `errors` lower. None when the first does not move or fewer than four steps are known of both; 0 when only
/// the second stands still.
#[expect(clippy::cast_precision_loss, reason = "lengths of windows")]
pub(super) fn course(symptom: &[f64], other: &[f64], errors: f64) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = symptom
        .iter()
        .zip(other)
        .filter(|(one, two)| one.is_finite() && two.is_finite())
        .map(|(one, two)| (*one, *two))
        .collect();
    if pairs.len() < 4 {
        return None;
    }
    let count = pairs.len() as f64;
    let mean_one = pairs.iter().map(|pair| pair.0).sum::<f64>() / count;
    let mean_two = pairs.iter().map(|pair| pair.1).sum::<f64>() / count;
    let square = |values: &mut dyn Iterator<Item = f64>| values.map(|value| value * value).sum();
    let one: f64 = square(&mut pairs.iter().map(|pair| pair.0 - mean_one));
    let two: f64 = square(&mut pairs.iter().map(|pair| pair.1 - mean_two));
    if one <= 1e-9 {
        return None;
    }
    if two <= 1e-9 {
        return Some(0.0);
    }
    let both: f64 = pairs.iter().map(|pair| (pair.0 - mean_one) * (pair.1 - mean_two)).sum();
    let r = (both / (one * two).sqrt()).clamp(-0.999, 0.999);
    Some((r.atanh() - errors / (count - 3.0).sqrt()).tanh())
}

/// How surprising a count out of many is when its share was another one before: the log-likelihood ratio in nats
/// (Dunning 1993) times the difference of the shares, so that a tiny but certain difference says little.
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
pub(super) fn share_moved(before: (u64, u64), after: (u64, u64)) -> (f64, f64) {
    let (hits, all) = (after.0.min(after.1) as f64, after.1 as f64);
    if all < 1.0 {
        return (0.0, 0.0);
    }
    let usual = ((before.0 as f64 + 0.5) / (before.1 as f64 + 1.0)).clamp(1e-3, 1.0 - 1e-3);
    let share = hits / all;
    let part = |count: f64, now: f64, then: f64| {
        if count > 0.0 { count * (now / then).ln() } else { 0.0 }
    };
    let ratio = part(hits, share, usual) + part(all - hits, 1.0 - share, 1.0 - usual);
    (ratio.max(0.0) * (share - usual).abs(), share - usual)
}

/// How surprising so many lines are when so many were expected: Poisson log-likelihood ratio in nats.
pub(super) fn count_moved(expected: f64, seen: f64) -> f64 {
    let expected = expected.max(1e-3);
    if seen > 0.0 { seen * (seen / expected).ln() - (seen - expected) } else { expected }
}

#[cfg(test)]
mod tests {
    use super::{super::settings::CauseSettings, *};

    #[test]
    fn a_level_without_spread_is_held_up_by_its_floor() {
        let rules = CauseSettings::shipped().unwrap().series;
        let level = Level::of(&[0.0; 20], &rules, 0.05).unwrap();
        assert!((level.spread - 0.05).abs() < 1e-12);
        assert!(Level::of(&[f64::NAN; 20], &rules, 0.05).is_none());
        let few = Level::of(&[5.0; 10], &rules, 0.05).unwrap();
        let many = Level::of(&[5.0; 1000], &rules, 0.05).unwrap();
        assert!(few.spread > many.spread && many.spread > 0.49);
    }

    #[test]
    fn what_was_so_already_is_less_of_a_beginning() {
        let level = Level { median: 1.0, spread: 1.0 };
        let [old, new] = [&[11.0; 4][..], &[1.0; 4]]
            .map(|before| level.above(&[11.0], before, 0.4).first().copied().unwrap());
        assert!((old - 4.0).abs() < 1e-9 && (new - 10.0).abs() < 1e-9);
    }

    #[test]
    fn one_odd_value_says_less_than_two() {
        assert!(height(&[0.0, 40.0, 0.1, f64::NAN], 0.5) < height(&[0.0, 10.0, 10.0, 0.0], 0.5));
        assert!(height(&[], 0.5).abs() < 1e-12);
        assert!((height(&[3.0], 0.5) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_course_needs_a_symptom_that_moves() {
        let bump = [0.0, 0.0, 9.0, 8.0, 0.0];
        assert!(course(&bump, &bump, 1.0).unwrap() > 0.9);
        assert!(course(&bump, &[5.0; 5], 1.0).unwrap().abs() < 1e-12);
        assert!(course(&[1.0; 5], &bump, 1.0).is_none());
        assert!(course(&bump[..3], &bump[..3], 1.0).is_none());
        assert!(course(&bump, &[9.0, 8.0, 0.0, 0.0, 0.0], 1.0).unwrap() < 0.0);
    }

    #[test]
    fn a_lost_successor_surprises_and_a_usual_one_does_not() {
        let (lost, by) = share_moved((900, 1000), (1, 21));
        assert!(lost > 20.0 && by < -0.8, "{lost} {by}");
        assert!(share_moved((900, 1000), (19, 21)).0 < 0.1);
        assert!(share_moved((0, 0), (0, 0)).0.abs() < 1e-12);
    }
}
