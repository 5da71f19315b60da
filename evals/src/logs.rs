//! Log templates: labelled lines of made-up programs, grouped by the miner, by a plain Drain and by a mask of digits.
//!
//! Families and their events stand in `logs/families.txt`; a seed draws events by weight and fills in values. One setting
//! serves all families. A case is an event: right when its lines are exactly one group.

mod drain;
mod generate;
mod score;

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use wherefore_incident::logs::{LogMiner, LogSettings};

pub use generate::{Labelled, families, generate};

use crate::{
    benchmark::{BenchmarkError, write},
    report::{Failure, Outcome, SuiteReport},
};
use score::{Measures, measures, right_events};

/// A group and a template for each line.
type Grouped = Vec<(String, String)>;

/// Scores the seeds of all families; `predictions` is a folder for what the scorer of log groups reads: `predictions.csv`
/// and the labelled lines under `labelled/`.
///
/// # Errors
/// When settings cannot be read or files cannot be written.
pub fn run_logs(
    seeds: std::ops::RangeInclusive<u64>,
    predictions: Option<&Path>,
) -> Result<SuiteReport, BenchmarkError> {
    let settings =
        LogSettings::embedded().map_err(|error| BenchmarkError::Settings(error.to_string()))?;
    let mut report = SuiteReport::new("logs");
    let mut sums: BTreeMap<(&str, String), (Measures, u32)> = BTreeMap::new();
    let mut rows = "dataset,line,group,template\n".to_owned();
    for seed in seeds {
        for family in families() {
            let lines = generate(&family, seed);
            let ours = mined(&lines, &settings);
            for (event, is_right) in right_events(&lines, &ours) {
                let outcome = if is_right { Outcome::Right } else { Outcome::Wrong };
                report.add(&family.name, outcome, || Failure {
                    id: format!("{seed}/{}", family.name),
                    expected: event.clone(),
                    got: "other groups".to_owned(),
                    why: "its lines are not exactly one group".to_owned(),
                });
            }
            let all =
                [("ours", &ours), ("drain", &drain::drain(&lines)), ("mask", &masked(&lines))];
            for (miner, grouped) in all {
                let measured = measures(&lines, grouped);
                for name in [family.name.clone(), "mean".to_owned()] {
                    let (sum, count) = sums.entry((miner, name)).or_default();
                    sum.add(&measured);
                    *count += 1;
                }
            }
            if let Some(folder) = predictions {
                let name = format!("{}-{seed}", family.name);
                told(&mut rows, &name, &ours);
                let path = folder.join("labelled").join(&name).join("lines_structured.csv");
                write(&path, &labelled(&lines))?;
            }
        }
    }
    if let Some(folder) = predictions {
        write(&folder.join("predictions.csv"), &rows)?;
    }
    for ((miner, family), (sum, count)) in sums {
        for (measure, value) in sum.means(count) {
            report.figures.insert(format!("{family}_{miner}_{measure}"), format!("{value:.4}"));
        }
    }
    Ok(report)
}

fn mined(lines: &[Labelled], settings: &LogSettings) -> Grouped {
    let mut miner = LogMiner::new(settings.miner.clone());
    let shapes: Vec<_> = lines.iter().map(|line| miner.add(line.text.as_bytes())).collect();
    let found = miner.finish();
    shapes
        .into_iter()
        .map(|shape| {
            let template = found.template_of(shape).and_then(|at| found.templates.get(at));
            template.map(|one| (one.id.clone(), one.text.clone())).unwrap_or_default()
        })
        .collect()
}

// The trivial miner: a word with a digit is a value.
fn masked(lines: &[Labelled]) -> Grouped {
    let one = |line: &Labelled| {
        let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
        let words = line.text.split_whitespace();
        let words: Vec<&str> =
            words.map(|word| if has_digit(word) { "<*>" } else { word }).collect();
        words.join(" ")
    };
    lines.iter().map(one).map(|text| (text.clone(), text)).collect()
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn told(rows: &mut String, name: &str, grouped: &Grouped) {
    for (line, (group, template)) in grouped.iter().enumerate() {
        let _ = writeln!(rows, "{name},{},{},{}", line + 1, cell(group), cell(template));
    }
}

fn labelled(lines: &[Labelled]) -> String {
    let mut out = "LineId,Content,EventId,EventTemplate\n".to_owned();
    for (at, line) in lines.iter().enumerate() {
        let (text, template) = (cell(&line.text), cell(&line.template));
        let _ = writeln!(out, "{},{text},E{},{template}", at + 1, line.event);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_miner_beats_the_trivial_mask_and_repeats_itself() {
        let report = run_logs(1..=1, None).unwrap();
        let figure = |name: &str| report.figures[name].parse::<f64>().unwrap();
        assert!(families().len() >= 16);
        assert!(figure("mean_ours_ga") >= 0.77 && figure("mean_ours_fga") >= 0.8, "{report:#?}");
        assert!(figure("mean_ours_fga") > figure("mean_mask_fga") + 0.1);
        assert_eq!(report, run_logs(1..=1, None).unwrap());
    }
}
