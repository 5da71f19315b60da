//! Incidents of the company's shop: telemetry and changes around what broke, and alarms that fire on healthy windows.
//!
//! A small model of requests (`incidents/flow.rs`) decides how far and how each trouble is felt; nothing of what is
//! recorded is written by hand. What an investigation must find is read off the model.

mod changes;
mod draw;
mod estate;
mod fault;
mod flow;
mod logs;
mod metrics;
mod otlp;
mod requests;
mod stories;
mod traces;
mod truth;

use std::{fs, path::Path};

use jiff::civil::{Date, date};
use rand_chacha::ChaCha8Rng;

pub use self::truth::{CauseTruth, IncidentTruth, IncidentsTruth, SymptomTruth};
use self::{
    changes::Version,
    estate::{Estate, PLACES, Role},
    otlp::Lines,
    stories::Incident,
};
use crate::{DemoError, company::random};

/// The folder of logs, metrics and traces.
const FOLDER: &str = "telemetry";
const METRICS: &str = "telemetry/metrics.jsonl";
const LOGS: &str = "telemetry/logs.jsonl";
const TRACES: &str = "telemetry/traces.jsonl";
// The room's stream of random numbers; each file has its own behind it.
const STREAM: u64 = 400;
// Requests a minute that are traced, and that are only logged: before the onset and after it.
const BEFORE: [f64; 2] = [0.7, 1.6];
const DURING: [f64; 2] = [3.0, 5.0];
// The month in which everything happens: the last that is billed.
const MONTH: Date = date(2026, 10, 1);

/// What is loaded from beside the bills.
pub(crate) fn files() -> impl Iterator<Item = &'static str> {
    [LOGS, METRICS, TRACES].into_iter().chain(changes::FILES)
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
    let drawn = &mut random(seed, STREAM + 3);
    write_requests(dir, &estate, &stories.incidents, &written.versions, drawn)?;
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

// Requests of every window: some with their spans, more with nothing but what was logged of them.
fn write_requests(
    dir: &Path,
    estate: &Estate,
    incidents: &[Incident],
    versions: &[Version],
    random: &mut ChaCha8Rng,
) -> Result<(), DemoError> {
    let mut traces = Lines::open(&dir.join(TRACES))?;
    let mut logs = Lines::open(&dir.join(LOGS))?;
    for incident in incidents {
        let mut sampled = Vec::new();
        let mut all = Vec::new();
        for moment in &incident.moments {
            let is_during = moment.minute >= incident.onset;
            let [with_spans, without] = if is_during { DURING } else { BEFORE };
            for _ in 0..draw::whole(draw::count(random, with_spans)) {
                let spans = requests::request(estate, moment, random);
                sampled.extend(spans.iter().cloned());
                all.extend(spans);
            }
            for _ in 0..draw::whole(draw::count(random, without)) {
                all.extend(requests::request(estate, moment, random));
            }
        }
        traces::write(&mut traces, estate, versions, &sampled, random)?;
        logs::write(&mut logs, estate, versions, (incident, &all), random)?;
    }
    traces.close()?;
    logs.close()
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
