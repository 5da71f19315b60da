//! A day's metrics as series of workloads, in time.

use std::{collections::BTreeMap, path::Path};

use wherefore_contract::incident::Signal;
use wherefore_incident::causes::Series;

use super::files::{seconds, table, workload};
use crate::benchmark::{BenchmarkError, names};

/// How a column of the pods' table is read: its name, signal, unit, smallest spread, whether it is the host's, and
/// whether it speaks of what the workload calls.
const COLUMNS: &[(&str, Signal, &str, f64, bool)] = &[
    ("CpuUsageRate(%)", Signal::Saturation, "%", 2.0, false),
    ("MemoryUsageRate(%)", Signal::Saturation, "%", 2.0, false),
    ("PodServerLatencyP90(s)", Signal::Latency, "s", 0.005, false),
    ("NetworkReceiveBytes", Signal::Traffic, "By", 1000.0, false),
    ("NetworkTransmitBytes", Signal::Traffic, "By", 1000.0, false),
    ("PodWorkload(Ops)", Signal::Traffic, "{request}/s", 1.0, false),
    ("NodeCpuUsageRate(%)", Signal::Saturation, "%", 2.0, true),
];

/// One series of a day.
pub(super) struct Track {
    pub node: String,
    pub name: String,
    signal: Signal,
    unit: &'static str,
    resolution: f64,
    is_shared: bool,
    caller: Option<String>,
    points: Vec<(f64, f64)>,
}

/// All series of a day, in order, and the rows whose two times differ.
#[derive(Default)]
pub(super) struct Tracks {
    pub tracks: Vec<Track>,
    pub two_times: usize,
}

impl Tracks {
    pub(super) fn read(data: &Path, day: &str) -> Result<Self, BenchmarkError> {
        let mut tracks = Self::default();
        let mut by_key = BTreeMap::new();
        for file in names(&data.join(day))? {
            let Some(name) = file.strip_suffix(".csv.gz") else { continue };
            let is_pods = name == "fault_metric" || name.ends_with("_metric");
            if is_pods && name.starts_with("fault_metric") {
                tracks.pods(data, day, name, &mut by_key)?;
            } else if name == "fault_metric_source_50" || name == "fault_metric_destination_50" {
                tracks.edges(data, day, name, &mut by_key)?;
            }
        }
        tracks.tracks = by_key.into_values().collect();
        for track in &mut tracks.tracks {
            track.points.sort_by(|one, two| one.0.total_cmp(&two.0));
            track.points.dedup_by(|one, two| (one.0 - two.0).abs() < 1e-6);
        }
        Ok(tracks)
    }

    // The time as text is right; the number of 2022-08-22 is years ahead.
    fn time(&mut self, text: &str, number: f64) -> Option<f64> {
        let told = seconds(text);
        if told.is_some_and(|told| (told - number).abs() > 120.0) {
            self.two_times += 1;
        }
        told.or_else(|| number.is_finite().then_some(number))
    }

    fn pods(
        &mut self,
        data: &Path,
        day: &str,
        name: &str,
        by_key: &mut BTreeMap<(String, String), Track>,
    ) -> Result<(), BenchmarkError> {
        let Some(table) = table(data, day, name)? else { return Ok(()) };
        let (time, number) = (table.column("Time")?, table.column("TimeStamp")?);
        let pod = table.column("PodName")?;
        let columns: Vec<_> = COLUMNS
            .iter()
            .filter_map(|column| Some((table.column(column.0).ok()?, column)))
            .collect();
        table.rows(|row| {
            let Some(at) = self.time(&row.text(time), row.number(number)) else { return };
            let pod = row.text(pod);
            let node = workload(&pod);
            for &(place, &(name, signal, unit, resolution, is_shared)) in &columns {
                let key = (node.to_owned(), name.to_owned());
                let track = by_key.entry(key).or_insert_with(|| Track {
                    node: node.to_owned(),
                    name: name.to_owned(),
                    signal,
                    unit,
                    resolution,
                    is_shared,
                    caller: None,
                    points: Vec::new(),
                });
                track.points.push((at, row.number(place)));
            }
        })
    }

    fn edges(
        &mut self,
        data: &Path,
        day: &str,
        name: &str,
        by_key: &mut BTreeMap<(String, String), Track>,
    ) -> Result<(), BenchmarkError> {
        let Some(table) = table(data, day, name)? else { return Ok(()) };
        let side = if name.contains("source") { "source" } else { "destination" };
        let (time, number) = (table.column("time")?, table.column("timestamp")?);
        let ends: Vec<(usize, String, String)> = table
            .header
            .iter()
            .enumerate()
            .filter_map(|(place, column)| {
                let (from, to) = column.split_once('_')?;
                Some((place, from.to_owned(), to.to_owned()))
            })
            .collect();
        table.rows(|row| {
            let Some(at) = self.time(&row.text(time), row.number(number)) else { return };
            for (place, caller, callee) in &ends {
                let name = format!("{side} {caller}_{callee}");
                let key = (callee.clone(), name.clone());
                let track = by_key.entry(key).or_insert_with(|| Track {
                    node: callee.clone(),
                    name,
                    signal: Signal::Latency,
                    unit: "s",
                    resolution: 0.005,
                    is_shared: false,
                    // What the called side measures is its own.
                    caller: (side == "source").then(|| caller.clone()),
                    points: Vec::new(),
                });
                track.points.push((at, row.number(*place)));
            }
        })
    }
}

// What is held to be just before a fault.
const BEFORE_SECONDS: f64 = 240.0;

impl Track {
    /// The series around a fault: its window from `at` for `length` seconds, and everything of the day that lies
    /// neither in the minute before it nor in the `settle` seconds after its beginning.
    pub(super) fn series(&self, at: f64, length: f64, settle: f64) -> Series {
        let values = |is_in: &dyn Fn(f64) -> bool| -> Vec<f64> {
            self.points.iter().filter(|point| is_in(point.0)).map(|point| point.1).collect()
        };
        Series {
            id: format!("{} {}", self.node, self.name),
            node: self.node.clone(),
            name: self.name.clone(),
            signal: self.signal,
            unit: self.unit.to_owned(),
            resolution: self.resolution,
            caller: self.caller.clone(),
            is_shared: self.is_shared,
            reference: values(&|time| time < at - 60.0 || time >= at + settle),
            before: values(&|time| time >= at - BEFORE_SECONDS && time < at),
            window: values(&|time| time >= at && time < at + length),
        }
    }
}
