//! Nezha: faults injected into two applications, told from metrics, logs and spans (Yu et al., ESEC/FSE 2023): which
//! workload, and what of it.

mod files;
mod metrics;
mod requests;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

use serde_json::json;
use wherefore_contract::incident::Signal;
use wherefore_incident::causes::{
    Call, CauseSettings, Estate, Node, Observation, Reference, Symptom, Vantage, Verdict, rank,
};

use crate::{
    benchmark::{BenchmarkError, Calibration, share, variants, write},
    report::{Failure, Outcome, SuiteReport},
};
use files::{Fault, Labels};
use metrics::Tracks;
use requests::Requests;

// A fault lasts about three minutes; the analysis is made of them.
const WINDOW_SECONDS: f64 = 180.0;
// Until its last traces are gone nothing is held to be healthy.
const SETTLE_SECONDS: f64 = 420.0;
const STEP_SECONDS: f64 = 60.0;

/// Ranks the causes of every fault in the folder: the three minutes after the injection beside the rest of its day.
/// With `is_ablation` also without each part of the score.
///
/// # Errors
/// When the folder holds no day, or a file cannot be read.
pub fn rank_nezha(
    data: &Path,
    settings: &CauseSettings,
    is_ablation: bool,
) -> Result<(SuiteReport, String), BenchmarkError> {
    let days = files::days(data)?;
    if days.is_empty() {
        return Err(BenchmarkError::Nothing { path: data.to_path_buf() });
    }
    let mut score = Score { report: SuiteReport::new("nezha"), ..Score::default() };
    let mut lines = String::new();
    let variants = if is_ablation { variants(settings) } else { Vec::new() };
    for day in days {
        let labels = files::labels(data, &day)?;
        let whole = Day::read(data, &day)?;
        score.two_times += whole.tracks.two_times;
        score.duplicates += whole.requests.duplicates;
        for fault in files::faults(data, &day)? {
            let estate = whole.estate(&fault);
            let verdict = rank(&estate, settings);
            let ranking = ranking(&estate, &verdict);
            let _ = writeln!(lines, "{}", json!({"id": fault.id, "ranking": ranking}));
            score.fault(files::system(&day), &fault, &labels, &verdict, &ranking);
            for (name, less) in &variants {
                let verdict = rank(&estate, less);
                score.without(name, files::system(&day), &fault, &verdict);
            }
        }
    }
    Ok((score.finish(), lines))
}

/// The same with the settings that the product comes with; predictions go to a file of the form that the benchmark's
/// scorer reads.
///
/// # Errors
/// When the folder holds nothing of the benchmark, or a file cannot be read or written.
pub fn run_nezha(
    data: &Path,
    predictions: Option<&Path>,
    is_ablation: bool,
) -> Result<SuiteReport, BenchmarkError> {
    let settings = CauseSettings::shipped()
        .map_err(|invalid| BenchmarkError::Settings(invalid.to_string()))?;
    let (report, lines) = rank_nezha(data, &settings, is_ablation)?;
    predictions.map_or(Ok(()), |out| write(out, &lines))?;
    Ok(report)
}

struct Day {
    tracks: Tracks,
    requests: Requests,
    calls: BTreeSet<(String, String)>,
}

impl Day {
    fn read(data: &Path, day: &str) -> Result<Self, BenchmarkError> {
        let requests = Requests::read(data, day)?;
        let mut calls = files::edges(data, day)?;
        calls.extend(requests.calls.iter().cloned());
        Ok(Self { tracks: Tracks::read(data, day)?, requests, calls })
    }

    fn estate(&self, fault: &Fault) -> Estate {
        let shown = self.requests.around(fault.at, WINDOW_SECONDS, SETTLE_SECONDS);
        let mut names = shown.nodes;
        names.extend(self.tracks.tracks.iter().map(|track| track.node.clone()));
        names.extend(
            self.calls.iter().flat_map(|(caller, callee)| [caller.clone(), callee.clone()]),
        );
        let series = self.tracks.tracks.iter();
        Estate {
            nodes: names.into_iter().map(|name| Node { name, vantage: Vantage::Own }).collect(),
            calls: self
                .calls
                .iter()
                .map(|(caller, callee)| Call { caller: caller.clone(), callee: callee.clone() })
                .collect(),
            series: series
                .map(|track| track.series(fault.at, WINDOW_SECONDS, SETTLE_SECONDS))
                .collect(),
            patterns: shown.patterns,
            successions: shown.successions,
            spans: shown.spans,
            changes: Vec::new(),
            symptom: Symptom { node: self.entry(), signal: None, series: None },
            step_seconds: STEP_SECONDS,
        }
    }

    // Where requests come in: it calls most and is called by nobody.
    fn entry(&self) -> Option<String> {
        let called: BTreeSet<&str> = self.calls.iter().map(|(_, callee)| callee.as_str()).collect();
        let mut callees: BTreeMap<&str, usize> = BTreeMap::new();
        for (caller, _) in self.calls.iter().filter(|(caller, _)| !called.contains(caller.as_str()))
        {
            *callees.entry(caller).or_default() += 1;
        }
        let most = callees.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
        most.map(|(name, _)| (*name).to_owned())
    }
}

// Every hypothesis with what leads it, best first; then what else supports each, in the same order.
fn ranking(estate: &Estate, verdict: &Verdict) -> Vec<[String; 2]> {
    let mut first = Vec::new();
    let mut rest = Vec::new();
    for one in &verdict.hypotheses {
        let mut names: Vec<String> = Vec::new();
        for observation in [&one.leading].into_iter().chain(&one.supporting) {
            names.extend(
                name(estate, observation)
                    .filter(|name| !names.contains(name))
                    .into_iter()
                    .collect::<Vec<_>>(),
            );
        }
        let mut names = names.into_iter().map(|name| [one.node.clone(), name]);
        first.extend(names.next());
        rest.extend(names.take(3));
    }
    first.extend(rest);
    first.truncate(60);
    first
}

/// As the benchmark calls it: every latency is the network's, a lost step is its two ends.
fn name(estate: &Estate, observation: &Observation) -> Option<String> {
    match &observation.of {
        Reference::Series(id) => {
            let series = estate.series.iter().find(|series| series.id == *id)?;
            let is_late = series.signal == Signal::Latency;
            Some(if is_late { "NetworkP90(ms)".to_owned() } else { series.name.clone() })
        }
        Reference::Succession(id) => {
            let succession = estate.successions.iter().find(|one| one.id == *id)?;
            Some(format!("{}_{}", succession.from, succession.to))
        }
        Reference::Pattern(id) => {
            estate.patterns.iter().find(|one| one.id == *id).map(|one| one.text.clone())
        }
        Reference::Spans { .. } => Some("NetworkP90(ms)".to_owned()),
        Reference::Change(_) | Reference::Call { .. } => None,
    }
}

#[derive(Default)]
struct Score {
    report: SuiteReport,
    /// Hits at 1, 3 and 5 by workload alone, the same with what of it, and faults.
    hits: BTreeMap<String, [usize; 7]>,
    /// Hits at 1 and 3 and faults, without a part.
    ablation: BTreeMap<String, [usize; 3]>,
    calibration: Calibration,
    two_times: usize,
    duplicates: usize,
}

impl Score {
    fn fault(
        &mut self,
        system: &str,
        fault: &Fault,
        labels: &Labels,
        verdict: &Verdict,
        ranking: &[[String; 2]],
    ) {
        let label = labels.get(&fault.workload).and_then(|kinds| kinds.get(&fault.kind));
        let anchors: Vec<&str> = label.map_or_else(Vec::new, |label| label.split('_').collect());
        let workload = ranking.iter().position(|[node, _]| *node == fault.workload);
        let inner = ranking.iter().position(|[node, name]| {
            *node == fault.workload
                && !anchors.is_empty()
                && anchors.iter().all(|anchor| name.contains(anchor))
        });
        for key in [system.to_owned(), format!("{system} {}", fault.kind)] {
            let row = self.hits.entry(key).or_default();
            let within = |found: Option<usize>| {
                [1, 3, 5].map(|most| usize::from(found.is_some_and(|at| at < most)))
            };
            let counted = within(workload).into_iter().chain(within(inner)).chain([1]);
            for (sum, one) in row.iter_mut().zip(counted) {
                *sum += one;
            }
        }
        let first = verdict.hypotheses.first();
        let outcome = match (workload, first) {
            (Some(0), _) => Outcome::Right,
            (_, None) => Outcome::Declined,
            (_, Some(_)) => Outcome::Wrong,
        };
        if let Some(first) = first {
            self.calibration.add(first.confidence, outcome == Outcome::Right);
        }
        self.report.add(&format!("{system} {}", fault.kind), outcome, || Failure {
            id: fault.id.clone(),
            expected: format!("{} {}", fault.workload, fault.kind),
            got: ranking.first().map_or_else(String::new, |[node, name]| format!("{node} {name}")),
            why: workload.map_or_else(
                || format!("not ranked; best score {:.3}", verdict.best_score),
                |place| format!("ranked {}", place + 1),
            ),
        });
    }

    fn without(&mut self, part: &str, system: &str, fault: &Fault, verdict: &Verdict) {
        let place = verdict.hypotheses.iter().position(|one| one.node == fault.workload);
        let row = self.ablation.entry(format!("{system} {part}")).or_default();
        row[0] += usize::from(place == Some(0));
        row[1] += usize::from(place.is_some_and(|place| place < 3));
        row[2] += 1;
    }

    fn finish(mut self) -> SuiteReport {
        let figures = &mut self.report.figures;
        for (key, row) in &self.hits {
            let key = key.replace(' ', "_");
            let of = |place: usize| share(row.get(place).copied().unwrap_or_default(), row[6]);
            figures.insert(
                format!("as_{key}"),
                format!("{}/{}/{} of {}", of(0), of(1), of(2), row[6]),
            );
            figures.insert(format!("ais_{key}"), format!("{}/{}/{}", of(3), of(4), of(5)));
        }
        for (key, [first, third, all]) in &self.ablation {
            let (system, part) = key.split_once(' ').unwrap_or((key, ""));
            let without = if part == "whole" { "" } else { "without_" };
            let name = format!("ablation_{system}_{without}{part}");
            figures.insert(name, format!("{}/{}", share(*first, *all), share(*third, *all)));
        }
        for (name, value) in
            [("brier", self.calibration.brier()), ("ece", self.calibration.error())]
        {
            if let Some(value) = value {
                figures.insert(name.to_owned(), format!("{value:.3}"));
            }
        }
        figures.insert("rows_with_two_times".to_owned(), self.two_times.to_string());
        figures.insert("rows_that_came_twice".to_owned(), self.duplicates.to_string());
        self.report
    }
}

#[cfg(test)]
mod tests;
