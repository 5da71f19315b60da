//! Incidents of the company's shop: telemetry and changes around what broke, and alarms that fire on healthy windows.
//!
//! A small model of requests (`incidents/flow.rs`) decides how far and how each trouble is felt; nothing of what is
//! recorded is written by hand. What an investigation must find is read off the model.

mod changes;
mod draw;
mod estate;
mod fault;
mod flow;
mod metrics;
mod otlp;
mod stories;
mod truth;

use std::{fs, path::Path};

use jiff::civil::{Date, date};

use self::estate::{Estate, PLACES, Role};
pub use self::truth::{CauseTruth, IncidentTruth, IncidentsTruth, SymptomTruth};
use crate::{DemoError, company::random};

/// The folder of logs, metrics and traces.
const FOLDER: &str = "telemetry";
const METRICS: &str = "telemetry/metrics.jsonl";
// The room's stream of random numbers; each file has its own behind it.
const STREAM: u64 = 400;
// The month in which everything happens: the last that is billed.
const MONTH: Date = date(2026, 10, 1);

/// What is loaded from beside the bills.
pub(crate) fn files() -> impl Iterator<Item = &'static str> {
    std::iter::once(METRICS)
}

/// Writes telemetry, changes and alarms under `dir` and tells what broke.
pub(crate) fn plant(dir: &Path, seed: u64) -> Result<IncidentsTruth, DemoError> {
    let mut drawn = random(seed, STREAM);
    let mut estate = Estate::found(&mut drawn);
    let first_day = i64::from((MONTH - date(1970, 1, 1)).get_days());
    let stories = stories::draw(&mut estate, first_day, &mut drawn);
    for name in [FOLDER, "alarms"] {
        let folder = dir.join(name);
        fs::create_dir_all(&folder).map_err(|source| DemoError::Folder { path: folder, source })?;
    }
    let written = changes::write(dir, &estate, &stories, &mut random(seed, STREAM + 1))?;
    let path = dir.join(METRICS);
    metrics::write(&path, &estate, &stories, first_day, &mut random(seed, STREAM + 2))?;
    let told = stories.incidents.iter().zip(written.causes).enumerate();
    let incidents: Vec<IncidentTruth> = told
        .map(|(number, (incident, change))| truth::tell(&estate, incident, number + 1, change))
        .collect();
    for incident in &incidents {
        let path = dir.join("alarms").join(format!("{}.json", incident.id));
        fs::write(&path, format!("{:#}\n", incident.alarm))
            .map_err(|source| DemoError::File { path, source })?;
    }
    Ok(whole(&estate, incidents))
}

fn whole(estate: &Estate, incidents: Vec<IncidentTruth>) -> IncidentsTruth {
    let names = |is_it: &dyn Fn(&estate::Workload) -> bool| -> Vec<String> {
        let all = estate.workloads.iter().filter(|workload| is_it(workload));
        all.map(|workload| workload.name.clone()).collect()
    };
    IncidentsTruth {
        incidents,
        without_traces: names(&|workload| !workload.is_traced && workload.role != Role::Outside),
        without_logs: names(&|workload| Some(&workload.place) == PLACES.last()),
        outside: names(&|workload| workload.role == Role::Outside),
        calls: estate
            .links
            .iter()
            .map(|link| (estate.name(link.from).to_owned(), estate.name(link.to).to_owned()))
            .collect(),
    }
}

#[cfg(test)]
mod tests;
