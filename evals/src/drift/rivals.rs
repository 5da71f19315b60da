//! What most monitoring does: a static line, and a band that is retrained every day.

use wherefore_incident::{
    drift::robust::spread,
    numbers::{median, quantile},
};

use super::generate::{HOURS, Undisturbed, WATCHED};

const RETRAINED: usize = 14 * 24;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rival {
    /// Three hours in a row above the median plus so many times the distance to the 99.5th percentile of the training.
    Static,
    /// Three hours in a row above a band of so many standard deviations around the median of the hour of day, refitted every
    /// day on the fourteen days before it. An emulation: the models of vendors are not public.
    Band,
}

impl Rival {
    pub(super) const ALL: [Self; 2] = [Self::Static, Self::Band];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::Band => "band",
        }
    }

    /// The constant that is usual.
    pub(super) fn usual(self) -> f64 {
        match self {
            Self::Static => 1.0,
            Self::Band => 2.0,
        }
    }

    /// What is held against the threshold, hour by hour after the deployment, the highest so far; the lowest number where no
    /// alarm counts.
    pub(super) fn statistic(self, series: &Undisturbed, values: &[f64]) -> Vec<f64> {
        let raw = match self {
            Self::Static => line(series, values),
            Self::Band => band(series, values),
        };
        let mut highest = f64::NEG_INFINITY;
        let three = (0..raw.len()).map(|at| {
            let three = at.checked_sub(2).and_then(|from| raw.get(from..=at));
            three.and_then(|three| three.iter().copied().min_by(f64::total_cmp))
        });
        three
            .skip(series.deployed)
            .take(WATCHED)
            .zip(1..)
            .map(|(value, hour)| {
                let value = value.filter(|value| !value.is_nan() && !series.is_ignored(hour));
                highest = highest.max(value.unwrap_or(f64::NEG_INFINITY));
                highest
            })
            .collect()
    }
}

fn line(series: &Undisturbed, values: &[f64]) -> Vec<f64> {
    let training = values.get(..series.deployed).unwrap_or_default();
    let middle = median(training).unwrap_or(0.0);
    let above = quantile(training, 0.995).unwrap_or(middle) - middle;
    let scale = if above > 0.0 { above } else { 1e-9 };
    values.iter().map(|value| (value - middle) / scale).collect()
}

fn band(series: &Undisturbed, values: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; values.len()];
    for day in series.deployed / 24..HOURS / 24 {
        let over = (day * 24).saturating_sub(RETRAINED)..day * 24;
        let usual = series.usual(values, over.clone(), false);
        let off: Vec<f64> =
            over.filter_map(|hour| Some(values.get(hour)? - usual.get(hour)?)).collect();
        let mean = off.iter().sum::<f64>() / super::interval::number(off.len());
        let square = off.iter().map(|one| (one - mean).powi(2)).sum::<f64>();
        let plain = (square / super::interval::number(off.len())).sqrt();
        let scale = spread(&off).max(0.5 * plain).max(1e-9);
        for hour in day * 24..day * 24 + 24 {
            let value = values.get(hour).zip(usual.get(hour));
            if let (Some(out), Some((value, usual))) = (out.get_mut(hour), value) {
                *out = (value - usual) / scale;
            }
        }
    }
    out
}
