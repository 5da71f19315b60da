//! The Turing Change Point Dataset: change points with one default setting, held against what five people marked.
//!
//! A folder of the dataset holds `annotations.json` and `datasets/*.json`. A case is a series: wrong when its F1 is below that of
//! saying nothing. The means leave out the made-up controls (`quality_control_*`), `uk_coal_employ` and series with several
//! dimensions, as the tables of the dataset's authors do.

mod score;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Deserialize;
use wherefore_incident::series::{SeriesSettings, change_points};

use crate::{
    benchmark::{BenchmarkError, read_json, write},
    report::{Failure, Outcome, SuiteReport},
};
use score::{Annotations, cover, f1};

/// Predicted points within so many places of a true one are right.
const MARGIN: usize = 5;

#[derive(Debug, Deserialize)]
struct Dataset {
    name: String,
    n_obs: usize,
    n_dim: usize,
    series: Vec<Dimension>,
}

#[derive(Debug, Deserialize)]
struct Dimension {
    raw: Vec<Option<f64>>,
}

/// Finds the change points of every annotated series that the folder holds. Predictions are one document of JSON: the last
/// places of segments by the name of the series, the convention under which the published scores of other methods stand.
///
/// # Errors
/// When a file of the folder cannot be read, or the predictions cannot be written.
pub fn run_tcpd(data: &Path, predictions: Option<&Path>) -> Result<SuiteReport, BenchmarkError> {
    let settings =
        SeriesSettings::embedded().map_err(|why| BenchmarkError::Settings(why.to_string()))?;
    let annotations: BTreeMap<String, Annotations> = read_json(&data.join("annotations.json"))?;
    let mut found = BTreeMap::new();
    let mut report = SuiteReport::new("tcpd");
    let mut means = Means::default();
    for dataset in datasets(&data.join("datasets"))? {
        let Some(marked) = annotations.get(&dataset.name) else { continue };
        let mut at = BTreeSet::new();
        for dimension in &dataset.series {
            let values: Vec<f64> =
                dimension.raw.iter().map(|value| value.unwrap_or(f64::NAN)).collect();
            for place in change_points(&values, &settings.breaks).at {
                let last = place.saturating_sub(1);
                let near = last.saturating_sub(MARGIN)..=last + MARGIN;
                // Dimensions that change together changed once.
                if dataset.n_dim == 1 || at.range(near).next().is_none() {
                    at.insert(last);
                }
            }
        }
        at.retain(|place| (1..dataset.n_obs.saturating_sub(1)).contains(place));
        means.add(&dataset, marked, &at, &mut report);
        found.insert(dataset.name, at);
    }
    if let Some(path) = predictions {
        let text = serde_json::to_string_pretty(&found)
            .map_err(|why| BenchmarkError::Settings(why.to_string()))?;
        write(path, &text)?;
    }
    means.show(&mut report);
    Ok(report)
}

fn datasets(folder: &Path) -> Result<Vec<Dataset>, BenchmarkError> {
    let unreadable = |source| BenchmarkError::Unreadable { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    paths.iter().map(|path| read_json(path)).collect()
}

#[derive(Debug, Default)]
struct Means {
    series: u32,
    f1: f64,
    cover: f64,
    silent_f1: f64,
    silent_cover: f64,
}

impl Means {
    fn add(
        &mut self,
        dataset: &Dataset,
        marked: &Annotations,
        at: &BTreeSet<usize>,
        report: &mut SuiteReport,
    ) {
        let nothing = BTreeSet::new();
        let (ours, silent) = (f1(marked, at, MARGIN), f1(marked, &nothing, MARGIN));
        let covers = [at, &nothing].map(|at| cover(marked, at, dataset.n_obs));
        let name = &dataset.name;
        let is_control = name.starts_with("quality_control") || name == "uk_coal_employ";
        let kind = match (is_control, dataset.n_dim) {
            (true, _) => "control",
            (false, 1) => "univariate",
            (false, _) => "multivariate",
        };
        if kind == "univariate" {
            self.series += 1;
            self.f1 += ours;
            self.cover += covers[0];
            self.silent_f1 += silent;
            self.silent_cover += covers[1];
        }
        let outcome = if ours < silent { Outcome::Wrong } else { Outcome::Right };
        report.add(kind, outcome, || Failure {
            id: name.clone(),
            expected: format!("an F1 of {silent:.4} or more, that of saying nothing"),
            got: format!("{ours:.4}, with changes at {at:?}"),
            why: "changes are reported that nobody marked".to_owned(),
        });
        report
            .figures
            .insert(format!("series_{name}"), format!("f1 {ours:.4}, cover {:.4}", covers[0]));
    }

    fn show(&self, report: &mut SuiteReport) {
        let mean = |sum: f64| format!("{:.4}", sum / f64::from(self.series.max(1)));
        report.figures.extend([
            ("mean_f1".to_owned(), mean(self.f1)),
            ("mean_cover".to_owned(), mean(self.cover)),
            ("mean_f1_of_silence".to_owned(), mean(self.silent_f1)),
            ("mean_cover_of_silence".to_owned(), mean(self.silent_cover)),
            ("mean_over_series".to_owned(), self.series.to_string()),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    #[test]
    fn a_level_that_everybody_marked_is_found_and_written_with_its_last_place() {
        let folder = env::temp_dir().join(format!("wherefore-tcpd-{}", std::process::id()));
        fs::create_dir_all(folder.join("datasets")).unwrap();
        let raw: Vec<String> = (0..120)
            .map(|at: i32| match at {
                30 => "null".to_owned(),
                _ => format!("{}", (at * 7919) % 5 + if at < 70 { 0 } else { 40 }),
            })
            .collect();
        let text = format!(
            r#"{{"name": "own", "n_obs": 120, "n_dim": 1, "time": {{}}, "series": [{{"raw": [{}]}}]}}"#,
            raw.join(",")
        );
        fs::write(folder.join("datasets/own.json"), text).unwrap();
        fs::write(folder.join("annotations.json"), r#"{"own": {"6": [70], "7": [69]}}"#).unwrap();
        let out = folder.join("changes.json");
        let report = run_tcpd(&folder, Some(&out)).unwrap();
        assert_eq!((report.cases, report.right), (1, 1), "{report:?}");
        assert_eq!(report.figures["mean_f1"], "1.0000");
        let found: BTreeMap<String, Vec<usize>> = read_json(&out).unwrap();
        assert_eq!(found["own"], vec![69]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_shared_series_are_found_better_than_by_silence() {
        let Some(shared) = env::var_os("WHEREFORE_SHARED") else {
            println!("skipped: WHEREFORE_SHARED is not set");
            return;
        };
        let report = run_tcpd(&Path::new(&shared).join("data/anomaly/tcpd"), None).unwrap();
        let figure = |name: &str| report.figures[name].parse::<f64>().unwrap();
        assert!(figure("mean_f1") > figure("mean_f1_of_silence") + 0.04, "{:?}", report.figures);
        assert!(figure("mean_cover") > figure("mean_cover_of_silence") + 0.04);
        assert_eq!(report.wrong, 0);
    }
}
