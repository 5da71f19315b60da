//! Slow drifts after a deployment, put into real series: found early, and silence where nothing was put.
//!
//! The drift watch of the product sees 21 to 24 days before a deployment and then 28 days, in half days as they come. Beside it
//! run, on the same series, a static line and a band that is retrained every day, at their usual constants and at thresholds
//! that other seeds give 5 % of false alarms.

mod bases;
mod generate;
mod interval;
mod rivals;
mod score;
mod watched;

use std::{
    fmt::Write as _,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

use serde::Serialize;
use wherefore_incident::drift::settings::DriftSettings;

use self::{
    bases::{Base, bases},
    generate::{Drift, Undisturbed},
    rivals::Rival,
    score::{Alarm, Run, Scores},
};
use crate::{
    benchmark::{BenchmarkError, write},
    report::SuiteReport,
};

/// Seeds on which the thresholds of the rivals are matched; none of them is reported.
const MATCHED_ON: RangeInclusive<u64> = 1000..=1011;

/// One line of predictions.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    seed: u64,
    drift: Option<(&'static str, u32, u32)>,
    alarms: &'a [usize],
}

/// Runs every base series of the folders (each with `data/` and `labels/combined_windows.json`) with every drift and without
/// one, for each seed; `done` hears how many base series are done.
///
/// # Errors
/// When a file cannot be read or written, or is of another shape.
pub fn run_drift(
    folders: &[PathBuf],
    seeds: RangeInclusive<u64>,
    predictions: Option<&Path>,
    done: &dyn Fn(u64, u64),
) -> Result<SuiteReport, BenchmarkError> {
    let settings =
        DriftSettings::embedded().map_err(|error| BenchmarkError::Settings(error.to_string()))?;
    let bases = bases(folders)?;
    let all = u64::try_from(bases.len()).unwrap_or(u64::MAX);
    let mut runs = Vec::new();
    for (base, at) in bases.iter().zip(1..) {
        for seed in seeds.clone() {
            runs.extend(of_seed(base, &bases, seed, &settings));
        }
        for seed in MATCHED_ON {
            let undisturbed = Undisturbed::new(base, seed);
            runs.push(Run { is_matching: true, ..rivals_alone(base, seed, &undisturbed) });
        }
        done(at, all);
    }
    if let Some(path) = predictions {
        write(path, &lines(&runs))?;
    }
    Ok(Scores::of(&runs).report())
}

fn of_seed(base: &Base, bases: &[Base], seed: u64, settings: &DriftSettings) -> Vec<Run> {
    let undisturbed = Undisturbed::new(base, seed);
    let learned = watched::learned(base, bases, &undisturbed, settings);
    let mut runs = Vec::new();
    for drift in std::iter::once(None).chain(Drift::all().map(Some)) {
        let values = undisturbed.disturbed(drift);
        let mut run = Run { drift, ..rivals_of(base, seed, &undisturbed, &values) };
        run.alarms = watched::alarms(&learned, base, bases, &undisturbed, &values, settings);
        run.watch = Alarm::first(&run.alarms, |hour| undisturbed.is_ignored(hour));
        runs.push(run);
    }
    runs
}

fn rivals_alone(base: &Base, seed: u64, undisturbed: &Undisturbed) -> Run {
    rivals_of(base, seed, undisturbed, &undisturbed.values)
}

fn rivals_of(base: &Base, seed: u64, undisturbed: &Undisturbed, values: &[f64]) -> Run {
    Run {
        id: base.id.clone(),
        class: base.class(),
        seed,
        drift: None,
        is_matching: false,
        alarms: Vec::new(),
        watch: Alarm::default(),
        rivals: Rival::ALL.map(|rival| rival.statistic(undisturbed, values)).to_vec(),
    }
}

fn lines(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs.iter().filter(|run| !run.is_matching) {
        let drift = run.drift.map(|drift| (drift.shape.name(), drift.days, drift.size));
        let line = Line { id: &run.id, seed: run.seed, drift, alarms: &run.alarms };
        if let Ok(line) = serde_json::to_string(&line) {
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

#[cfg(test)]
mod tests;
