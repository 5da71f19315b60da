//! The benchmark's score: early detections in a window count more, alarms outside count against (Lavin and Ahmad, "Evaluating
//! real-time anomaly detection algorithms", 2015; weights and formula as its code of version 1.1 has them).

use serde::Deserialize;

/// What a detection, a false alarm and a missed window weigh.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Weights {
    #[serde(rename = "tpWeight")]
    detected: f64,
    #[serde(rename = "fpWeight")]
    false_alarm: f64,
    #[serde(rename = "fnWeight")]
    missed: f64,
}

/// One series with its scores and its windows, both ends included.
#[derive(Debug)]
pub(super) struct Series {
    pub(super) name: String,
    pub(super) scores: Vec<f64>,
    pub(super) windows: Vec<(usize, usize)>,
}

/// How one threshold does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    /// From 0 for silence to 100.
    pub(super) score: f64,
    pub(super) hit: usize,
    pub(super) windows: usize,
    pub(super) false_rows: usize,
}

// Rows that are never scored: a sixth to learn from, at most that of 5,000.
const LEARNED_PART: f64 = 0.15;
const LEARNED_MOST: f64 = 750.0;

struct Row {
    score: f64,
    value: f64,
    window: Option<usize>,
}

/// The score of an alarm at every row from this threshold on.
pub(super) fn at_threshold(all: &[Series], weights: &Weights, threshold: f64) -> Scored {
    let (mut sum, mut hit, mut windows, mut false_rows) = (0.0, 0, 0, 0);
    let mut scorable = 0;
    for series in all {
        let rows = rows(series, weights);
        windows += series.windows.len();
        for index in 0..series.windows.len() {
            let of_window = || rows.iter().filter(|row| row.window == Some(index));
            if of_window().next().is_none() {
                continue;
            }
            scorable += 1;
            let alarms = of_window().filter(|row| row.score >= threshold);
            let best = alarms.map(|row| row.value).fold(None, |best: Option<f64>, value| {
                Some(best.map_or(value, |best| best.max(value)))
            });
            hit += usize::from(best.is_some());
            sum += best.unwrap_or(-weights.missed).max(-weights.missed);
        }
        let outside = rows.iter().filter(|row| row.window.is_none() && row.score >= threshold);
        for row in outside {
            false_rows += 1;
            sum += row.value;
        }
    }
    let silence = -weights.missed * count(scorable);
    let perfect = count(windows) * weights.detected;
    let range = perfect - silence;
    let score = if range > 0.0 { 100.0 * (sum - silence) / range } else { 0.0 };
    Scored { score, hit, windows, false_rows }
}

/// The best score of any one threshold, chosen on the labels, and that threshold.
pub(super) fn best_threshold(all: &[Series], weights: &Weights) -> (f64, f64) {
    let mut rows: Vec<(usize, Row)> = Vec::new();
    let (mut first, mut windows) = (0, 0);
    let mut held: Vec<Option<f64>> = Vec::new();
    for series in all {
        windows += series.windows.len();
        held.resize(windows, None);
        for row in self::rows(series, weights) {
            let window = row.window.map(|window| window + first);
            if let Some(seen) = window.and_then(|window| held.get_mut(window)) {
                *seen = Some(-weights.missed);
            }
            rows.push((rows.len(), Row { window, ..row }));
        }
        first = windows;
    }
    let silence = -weights.missed * count(held.iter().flatten().count());
    let perfect = count(windows) * weights.detected;
    rows.sort_by(|one, other| other.1.score.total_cmp(&one.1.score).then(one.0.cmp(&other.0)));
    let (mut sum, mut best) = (silence, (silence, 1.1));
    let mut rows = rows.iter().map(|(_, row)| row).peekable();
    while let Some(row) = rows.next() {
        match row.window.and_then(|window| held.get_mut(window)) {
            Some(Some(value)) if row.value > *value => {
                sum += row.value - *value;
                *value = row.value;
            }
            Some(_) => {}
            None => sum += row.value,
        }
        let ends = rows.peek().is_none_or(|next| next.score < row.score);
        if ends && sum > best.0 {
            best = (sum, row.score);
        }
    }
    let range = perfect - silence;
    (if range > 0.0 { 100.0 * (best.0 - silence) / range } else { 0.0 }, best.1)
}

// What an alarm at each scorable row is worth.
fn rows(series: &Series, weights: &Weights) -> Vec<Row> {
    let learned = (LEARNED_PART * count(series.scores.len())).floor().min(LEARNED_MOST);
    let mut before: Option<(usize, usize)> = None;
    let mut next = 0;
    let mut rows = Vec::with_capacity(series.scores.len());
    for (place, score) in series.scores.iter().enumerate() {
        while let Some(window) = series.windows.get(next)
            && place > window.1
        {
            before = Some(*window);
            next += 1;
        }
        let inside = series.windows.get(next).filter(|window| window.0 <= place);
        let value = match (inside, before) {
            (Some((from, to)), _) => {
                let width = count(to - from + 1);
                weights.detected * sigmoid(-count(to - place + 1) / width) / sigmoid(-1.0)
            }
            (None, None) => -weights.false_alarm,
            (None, Some((from, to))) => {
                weights.false_alarm * sigmoid(count(place - to) / count(to - from))
            }
        };
        if count(place) >= learned {
            rows.push(Row { score: *score, value, window: inside.map(|_| next) });
        }
    }
    rows
}

fn sigmoid(place: f64) -> f64 {
    if place > 3.0 { -1.0 } else { 2.0 / (1.0 + (5.0 * place).exp()) - 1.0 }
}

#[expect(clippy::cast_precision_loss, reason = "rows of a series are far below 2^53")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDARD: Weights = Weights { detected: 1.0, false_alarm: 0.11, missed: 1.0 };

    fn series(alarms: &[usize]) -> Series {
        let mut scores = vec![0.0; 1000];
        for alarm in alarms {
            scores[*alarm] = 0.9;
        }
        Series { name: "one".to_owned(), scores, windows: vec![(400, 499)] }
    }

    fn score(alarms: &[usize]) -> f64 {
        at_threshold(&[series(alarms)], &STANDARD, 0.5).score
    }

    #[test]
    fn silence_is_zero_an_early_hit_is_all_and_a_late_one_less() {
        assert!(score(&[]).abs() < 1e-9);
        assert!((score(&[400]) - 100.0).abs() < 1e-9);
        assert!(score(&[499]) < 55.0 && score(&[499]) > 50.0, "{}", score(&[499]));
        assert!((score(&[400, 450, 499]) - 100.0).abs() < 1e-9);
    }

    #[test]
    fn false_alarms_cost_by_how_far_they_are_and_nothing_while_learning() {
        assert!((score(&[400, 10]) - 100.0).abs() < 1e-9);
        assert!((score(&[400, 300]) - (100.0 - 5.5)).abs() < 1e-9);
        assert!(score(&[400, 505]) > score(&[400, 900]));
    }

    #[test]
    fn the_oracle_is_the_best_of_all_thresholds() {
        let mut one = series(&[]);
        one.scores[410] = 0.7;
        one.scores[300] = 0.6;
        let (best, threshold) = best_threshold(&[one], &STANDARD);
        assert!((threshold - 0.7).abs() < 1e-12 && best > 99.0, "{best} {threshold}");
        let none = best_threshold(&[series(&[])], &STANDARD);
        assert!(none.0 >= 0.0);
    }
}
