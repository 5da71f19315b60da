//! `PetShop`: performance issues of a shop on AWS (Hardt et al., `CLeaR` 2024, arXiv 2311.04806): which node is the cause,
//! and silence over healthy windows.

mod files;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::{Path, PathBuf},
};

use serde_json::json;
use wherefore_contract::incident::Signal;
use wherefore_incident::causes::{
    Call, CauseSettings, Estate, Node, Series, Symptom, Vantage, Verdict, rank,
};

use crate::{
    benchmark::{BenchmarkError, Calibration, names, share, variants, write},
    report::{Failure, Outcome, SuiteReport},
};
use files::{Graph, Issue, Metrics, Target};

// Traffic patterns in the benchmark's order.
const SCENARIOS: [&str; 4] =
    ["low_traffic", "high_traffic", "temporal_traffic1", "temporal_traffic2"];
// Five minutes a row.
const STEP_SECONDS: f64 = 300.0;

/// Ranks the causes of every issue in the folder that has a healthy window, as the protocol gives them: call graph,
/// target, the scenario's healthy window, the issue's rows. Then cuts healthy windows into reference and window, at
/// half of their length and every tenth after it.
///
/// # Errors
/// When the folder holds nothing of the benchmark, or a file cannot be read.
pub fn rank_petshop(
    data: &Path,
    settings: &CauseSettings,
    is_ablation: bool,
) -> Result<(SuiteReport, String), BenchmarkError> {
    let variants = if is_ablation { variants(settings) } else { Vec::new() };
    let scenarios = scenarios(data)?;
    let mut score = Score { report: SuiteReport::new("petshop"), ..Score::default() };
    let mut lines = String::new();
    for scenario in &scenarios {
        for (id, folder, issue) in &scenario.issues {
            let window = files::metrics(&folder.join("metrics.csv"))?;
            let estate = scenario.estate(&issue.target, &scenario.healthy, &window);
            let verdict = rank(&estate, settings);
            let ranking: Vec<[&str; 2]> = verdict
                .hypotheses
                .iter()
                .map(|one| [one.node.as_str(), issue.target.metric.as_str()])
                .collect();
            let _ = writeln!(lines, "{}", json!({"id": id, "ranking": ranking}));
            score.issue(scenario.traffic(), id, issue, &verdict);
            for (name, less) in &variants {
                score.without(name, issue, &rank(&estate, less));
            }
        }
        scenario.healthy_windows(settings, &mut score);
    }
    Ok((score.finish(), lines))
}

/// The same with the settings that the product comes with; predictions go to a file of the form that the benchmark's
/// scorer reads.
///
/// # Errors
/// When the folder holds nothing of the benchmark, or a file cannot be read or written.
pub fn run_petshop(
    data: &Path,
    predictions: Option<&Path>,
    is_ablation: bool,
) -> Result<SuiteReport, BenchmarkError> {
    let settings = CauseSettings::shipped()
        .map_err(|invalid| BenchmarkError::Settings(invalid.to_string()))?;
    let (report, lines) = rank_petshop(data, &settings, is_ablation)?;
    predictions.map_or(Ok(()), |out| write(out, &lines))?;
    Ok(report)
}

/// One traffic pattern with its healthy window.
struct Scenario {
    name: &'static str,
    graph: Graph,
    healthy: Metrics,
    /// Ids, folders, and what they give.
    issues: Vec<(String, PathBuf, Issue)>,
    /// What its issues are seen by.
    targets: BTreeSet<Target>,
}

fn scenarios(data: &Path) -> Result<Vec<Scenario>, BenchmarkError> {
    let below = data.join("dataset");
    let data = if below.is_dir() { below } else { data.to_path_buf() };
    let mut found = Vec::new();
    let mut is_any = false;
    for name in SCENARIOS {
        let folder = data.join(name);
        is_any |= folder.is_dir();
        // Without a healthy window no method can run.
        let healthy = folder.join("noissue").join("metrics.csv");
        if !healthy.is_file() {
            continue;
        }
        let mut issues = Vec::new();
        for split in ["train", "test"] {
            let mut here = names(&folder.join(split))?;
            here.sort_by_key(|one| (one.len(), one.clone()));
            for one in here {
                let path = folder.join(split).join(&one);
                let issue = files::issue(&path.join("target.json"))?;
                issues.push((format!("{name}/{split}/{one}"), path, issue));
            }
        }
        found.push(Scenario {
            name,
            graph: files::graph(&folder.join("graph.csv"))?,
            healthy: files::metrics(&healthy)?,
            targets: issues.iter().map(|(_, _, issue)| issue.target.clone()).collect(),
            issues,
        });
    }
    if is_any { Ok(found) } else { Err(BenchmarkError::Nothing { path: data }) }
}

impl Scenario {
    fn traffic(&self) -> &'static str {
        self.name.split('_').next().unwrap_or(self.name)
    }

    fn estate(&self, target: &Target, healthy: &Metrics, window: &Metrics) -> Estate {
        let mut nodes = self.graph.nodes.clone();
        nodes.extend(window.keys().map(|(node, _, _)| node.clone()));
        let mut series = Vec::new();
        for (key, values) in window {
            let (node, metric, statistic) = key;
            let (Some(reference), Some(measured)) =
                (healthy.get(key), Measured::of(metric, statistic))
            else {
                continue;
            };
            series.push(Series {
                id: series_id(node, metric, statistic),
                node: node.clone(),
                name: format!("{metric} {statistic}"),
                signal: measured.signal,
                unit: measured.unit.to_owned(),
                resolution: measured.resolution,
                caller: None,
                is_shared: false,
                reference: reference.iter().map(|value| measured.bad(*value)).collect(),
                before: Vec::new(),
                window: values.iter().map(|value| measured.bad(*value)).collect(),
            });
        }
        Estate {
            nodes: nodes.into_iter().map(|name| Node { vantage: vantage(&name), name }).collect(),
            calls: self
                .graph
                .calls
                .iter()
                .map(|(caller, callee)| Call { caller: caller.clone(), callee: callee.clone() })
                .collect(),
            series,
            symptom: Symptom {
                node: Some(target.node.clone()),
                signal: Measured::of(&target.metric, &target.agg).map(|one| one.signal),
                series: Some(series_id(&target.node, &target.metric, &target.agg)),
            },
            step_seconds: STEP_SECONDS,
            ..Estate::default()
        }
    }

    fn healthy_windows(&self, settings: &CauseSettings, score: &mut Score) {
        let rows = self.healthy.values().map(Vec::len).max().unwrap_or_default();
        for target in &self.targets {
            for (kind, length) in [("tenths", rows / 10), ("five_rows", 5)] {
                let mut from = rows / 2;
                while length > 0 && from + length <= rows {
                    let before = cut(&self.healthy, 0, from);
                    let estate =
                        self.estate(target, &before, &cut(&self.healthy, from, from + length));
                    score.healthy(kind, self.traffic(), &target.metric, &rank(&estate, settings));
                    from += length;
                }
            }
        }
    }
}

fn cut(metrics: &Metrics, from: usize, to: usize) -> Metrics {
    let part = |values: &[f64]| values.get(from..to.min(values.len())).map(<[f64]>::to_vec);
    metrics.iter().filter_map(|(key, values)| Some((key.clone(), part(values)?))).collect()
}

fn series_id(node: &str, metric: &str, statistic: &str) -> String {
    format!("{node} {metric} {statistic}")
}

// X-Ray's node types stand behind the name.
fn vantage(node: &str) -> Vantage {
    if node.ends_with("_remote") {
        Vantage::Callers
    } else if node.ends_with("_client") {
        Vantage::Client
    } else {
        Vantage::Own
    }
}

/// How a metric of the benchmark is read.
struct Measured {
    signal: Signal,
    unit: &'static str,
    resolution: f64,
}

impl Measured {
    fn of(metric: &str, statistic: &str) -> Option<Self> {
        match (metric, statistic) {
            ("latency", "Average") => {
                Some(Self { signal: Signal::Latency, unit: "s", resolution: 1e-4 })
            }
            ("availability", "Average") => {
                Some(Self { signal: Signal::Errors, unit: "%", resolution: 0.05 })
            }
            ("requests", "Sum") => {
                Some(Self { signal: Signal::Traffic, unit: "{request}", resolution: 1.0 })
            }
            _ => None,
        }
    }

    fn bad(&self, value: f64) -> f64 {
        if self.signal == Signal::Errors { 100.0 - value } else { value }
    }
}

#[derive(Default)]
struct Score {
    report: SuiteReport,
    /// Hits at 1 and 3, empty answers and issues, by traffic and metric.
    recall: BTreeMap<String, [usize; 4]>,
    /// Silent and all healthy windows.
    silence: BTreeMap<String, [usize; 2]>,
    /// Hits at 1 and 3 and issues, without a part.
    ablation: BTreeMap<&'static str, [usize; 3]>,
    calibration: Calibration,
}

impl Score {
    fn issue(&mut self, traffic: &str, id: &str, issue: &Issue, verdict: &Verdict) {
        let label = &issue.root_cause;
        let is_hit = |node: &str| {
            node == label.node
                && label.metric.as_ref().is_none_or(|metric| *metric == issue.target.metric)
        };
        let place = verdict.hypotheses.iter().position(|one| is_hit(&one.node));
        let first = verdict.hypotheses.first();
        let outcome = match (place, first) {
            (Some(0), _) => Outcome::Right,
            (_, None) => Outcome::Declined,
            (_, Some(_)) => Outcome::Wrong,
        };
        if let Some(first) = first {
            self.calibration.add(first.confidence, outcome == Outcome::Right);
        }
        let traffic = if traffic == "temporal" { "temporal" } else { traffic };
        for key in [format!("{traffic} {}", issue.target.metric), "all".to_owned()] {
            let row = self.recall.entry(key).or_default();
            row[0] += usize::from(place == Some(0));
            row[1] += usize::from(place.is_some_and(|place| place < 3));
            row[2] += usize::from(first.is_none());
            row[3] += 1;
        }
        self.report.add(&format!("{traffic} {}", issue.target.metric), outcome, || Failure {
            id: id.to_owned(),
            expected: label.node.clone(),
            got: first.map_or_else(String::new, |one| one.node.clone()),
            why: place.map_or_else(
                || format!("not ranked; best score {:.3}", verdict.best_score),
                |place| format!("ranked {}", place + 1),
            ),
        });
    }

    fn without(&mut self, part: &'static str, issue: &Issue, verdict: &Verdict) {
        let place = verdict.hypotheses.iter().position(|one| one.node == issue.root_cause.node);
        let row = self.ablation.entry(part).or_default();
        row[0] += usize::from(place == Some(0));
        row[1] += usize::from(place.is_some_and(|place| place < 3));
        row[2] += 1;
    }

    fn healthy(&mut self, kind: &str, traffic: &str, metric: &str, verdict: &Verdict) {
        for key in [format!("{kind} {traffic} {metric}"), format!("{kind} {metric}")] {
            let row = self.silence.entry(key).or_default();
            row[0] += usize::from(verdict.is_nothing_found());
            row[1] += 1;
        }
        if let Some(first) = verdict.hypotheses.first() {
            self.calibration.add(first.confidence, false);
        }
    }

    fn finish(mut self) -> SuiteReport {
        let figures = &mut self.report.figures;
        for (key, [first, third, empty, all]) in &self.recall {
            let key = key.replace(' ', "_");
            figures.insert(
                format!("recall_{key}"),
                format!("{}/{} of {all}, {empty} empty", share(*first, *all), share(*third, *all)),
            );
        }
        for (key, [silent, all]) in &self.silence {
            let key = key.replace(' ', "_");
            figures
                .insert(format!("specificity_{key}"), format!("{} of {all}", share(*silent, *all)));
        }
        for (part, [first, third, all]) in &self.ablation {
            let without = if *part == "whole" { "" } else { "without_" };
            let both = format!("{}/{}", share(*first, *all), share(*third, *all));
            figures.insert(format!("ablation_{without}{part}"), both);
        }
        for (name, value) in
            [("brier", self.calibration.brier()), ("ece", self.calibration.error())]
        {
            if let Some(value) = value {
                figures.insert(name.to_owned(), format!("{value:.3}"));
            }
        }
        self.report
    }
}

#[cfg(test)]
mod tests;
