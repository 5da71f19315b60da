//! The base series: hourly means of the Numenta Anomaly Benchmark's cloud, Twitter and taxi series.
//!
//! Class B are cloud metrics of two weeks, of which whole days without a labelled window make a pool; class A are stretches of
//! 52 days with their real trends.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::civil::DateTime;

use super::generate::HOURS;
use crate::benchmark::{BenchmarkError, malformed, read, read_json};

const DAY: usize = 24;
// A pool of fewer days is no base.
const LEAST_POOL: usize = 7;

/// One base series.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Base {
    pub(super) id: String,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// Class B: days to draw from.
    Pool(Vec<Vec<f64>>),
    /// Class A.
    Stretch {
        /// Hours since 1970 of the first.
        first: i64,
        values: Vec<f64>,
        /// Hours in a labelled window, where no alarm counts.
        ignored: Vec<bool>,
    },
}

impl Base {
    pub(super) fn class(&self) -> char {
        match self.kind {
            Kind::Pool(_) => 'B',
            Kind::Stretch { .. } => 'A',
        }
    }

    /// Other series of the same folder over the same hours: the matched control's peers.
    pub(super) fn peers<'a>(&self, all: &'a [Base]) -> Vec<&'a [f64]> {
        let Kind::Stretch { first, .. } = &self.kind else { return Vec::new() };
        let folder = |id: &str| id.split('/').next().map(str::to_owned);
        all.iter()
            .filter(|other| other.id != self.id && folder(&other.id) == folder(&self.id))
            .filter_map(|other| match &other.kind {
                Kind::Stretch { first: begins, values, .. } if begins == first => {
                    Some(values.as_slice())
                }
                Kind::Stretch { .. } | Kind::Pool(_) => None,
            })
            .collect()
    }
}

type Windows = BTreeMap<String, Vec<(String, String)>>;

/// The base series of the folders, class B first, each by name.
pub(super) fn bases(folders: &[PathBuf]) -> Result<Vec<Base>, BenchmarkError> {
    let mut labelled: BTreeMap<String, (PathBuf, Vec<(String, String)>)> = BTreeMap::new();
    for folder in folders {
        let folder = nab_in(folder);
        let windows: Windows = read_json(&folder.join("labels/combined_windows.json"))?;
        for (name, windows) in windows {
            let path = folder.join("data").join(&name);
            if path.exists() {
                labelled.insert(name, (path, windows));
            }
        }
    }
    let mut pools = Vec::new();
    let mut stretches = Vec::new();
    for (name, (path, windows)) in &labelled {
        if name.starts_with("realAWSCloudwatch/") {
            pools.extend(pool(name, &Series::read(path, windows)?));
        } else if name.starts_with("realTweets/") {
            stretches.extend(stretches_of(name, &Series::read(path, windows)?));
        }
    }
    // The taxis come last.
    let taxi = "realKnownCause/nyc_taxi.csv";
    if let Some((path, windows)) = labelled.get(taxi) {
        stretches.extend(stretches_of(taxi, &Series::read(path, windows)?));
    }
    pools.extend(stretches);
    Ok(pools)
}

// The folder of the drift benchmark holds no data; the series stand beside it.
fn nab_in(folder: &Path) -> PathBuf {
    let labels = Path::new("labels/combined_windows.json");
    let beside = [folder.to_path_buf(), folder.join("nab"), folder.join("../nab")];
    let found = beside.iter().find(|one| one.join(labels).exists());
    found.cloned().unwrap_or_else(|| folder.to_path_buf())
}

/// One series by the hour, without gaps.
struct Series {
    first: i64,
    values: Vec<f64>,
    labelled: Vec<bool>,
}

impl Series {
    fn read(path: &Path, windows: &[(String, String)]) -> Result<Self, BenchmarkError> {
        let mut hours: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        let text = read(path)?;
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        for row in rows.deserialize::<(String, f64)>() {
            let (time, value) = row.map_err(|why| malformed(path, why))?;
            let entry = hours.entry(hour_of(path, &time)?).or_default();
            *entry = (entry.0 + value, entry.1 + 1.0);
        }
        let means: Vec<(i64, f64)> =
            hours.into_iter().map(|(hour, (sum, count))| (hour, sum / count)).collect();
        let first = means.first().ok_or_else(|| malformed(path, "no rows"))?.0;
        let values = filled(&means);
        let mut labelled = vec![false; values.len()];
        for (from, until) in windows {
            let (from, until) = (hour_of(path, from)? - first, hour_of(path, until)? - first);
            for (hour, mark) in (0_i64..).zip(&mut labelled) {
                *mark |= (from..=until).contains(&hour);
            }
        }
        Ok(Self { first, values, labelled })
    }

    // Hours until the first midnight.
    fn midnight(&self) -> usize {
        usize::try_from((-self.first).rem_euclid(24)).unwrap_or(0)
    }
}

// Hours since 1970 of a time that is read as UTC.
fn hour_of(path: &Path, text: &str) -> Result<i64, BenchmarkError> {
    let whole = text.split('.').next().unwrap_or(text);
    let time: DateTime = whole.parse().map_err(|why| malformed(path, why))?;
    let since = jiff::tz::TimeZone::UTC.to_timestamp(time).map_err(|why| malformed(path, why))?;
    Ok(since.as_second().div_euclid(3_600))
}

// Missing hours lie on the line between their neighbours.
fn filled(means: &[(i64, f64)]) -> Vec<f64> {
    let mut values: Vec<f64> = means.first().map(|one| one.1).into_iter().collect();
    for ((before, low), (after, high)) in means.iter().zip(means.iter().skip(1)) {
        let gap = i32::try_from(after - before).unwrap_or(i32::MAX);
        let slope = (high - low) / f64::from(gap);
        values.extend((1..gap).map(|step| low + slope * f64::from(step)));
        values.push(*high);
    }
    values
}

fn pool(name: &str, series: &Series) -> Option<Base> {
    let from = series.midnight();
    let values = series.values.get(from..).unwrap_or_default().chunks_exact(DAY);
    let labelled = series.labelled.get(from..).unwrap_or_default().chunks_exact(DAY);
    let days: Vec<Vec<f64>> = values
        .zip(labelled)
        .filter(|(_, labelled)| !labelled.contains(&true))
        .map(|(day, _)| day.to_vec())
        .collect();
    let flat = days.iter().flatten();
    let (least, most) =
        (flat.clone().min_by(|a, b| a.total_cmp(b))?, flat.max_by(|a, b| a.total_cmp(b))?);
    let is_base = days.len() >= LEAST_POOL && least < most;
    is_base.then(|| Base { id: name.to_owned(), kind: Kind::Pool(days) })
}

fn stretches_of(name: &str, series: &Series) -> Vec<Base> {
    let from = series.midnight();
    let values = series.values.get(from..).unwrap_or_default().chunks_exact(HOURS);
    let labelled = series.labelled.get(from..).unwrap_or_default().chunks_exact(HOURS);
    let begins = (series.first + i64::try_from(from).unwrap_or(0)..).step_by(HOURS);
    let stretches = values.zip(labelled).zip(begins).enumerate();
    stretches
        .map(|(at, ((values, labelled), first))| Base {
            id: format!("{name}#{at}"),
            kind: Kind::Stretch { first, values: values.to_vec(), ignored: labelled.to_vec() },
        })
        .collect()
}
