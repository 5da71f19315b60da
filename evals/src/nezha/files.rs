//! Files of Nezha: one folder a day with the fault list and packed metrics, logs and spans, read row by row.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
    path::{Path, PathBuf},
};

use jiff::{civil::DateTime, tz::TimeZone};
use serde::Deserialize;

use crate::benchmark::{BenchmarkError, malformed, names, open};

/// One injected fault.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    pub id: String,
    /// Seconds since 1970. The list's own `inject_timestamp` is 8 hours early, so the text is read.
    pub at: f64,
    pub workload: String,
    pub kind: String,
}

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names of the list")]
struct FaultRow {
    inject_time: String,
    inject_pod: String,
    inject_type: String,
}

/// What a fault of a workload and kind is labelled with: a metric's name, or two log anchors.
pub(super) type Labels = BTreeMap<String, BTreeMap<String, String>>;

/// Days in the folder.
pub(super) fn days(data: &Path) -> Result<Vec<String>, BenchmarkError> {
    let mut days = names(data)?;
    days.retain(|day| data.join(day).join(format!("{day}-fault_list.json")).is_file());
    Ok(days)
}

/// `TrainTicket` was recorded in 2023, `OnlineBoutique` in 2022.
pub(super) fn system(day: &str) -> &'static str {
    if day.starts_with("2023-") { "TrainTicket" } else { "OnlineBoutique" }
}

pub(super) fn labels(data: &Path, day: &str) -> Result<Labels, BenchmarkError> {
    let name = if system(day) == "TrainTicket" { "ts" } else { "hipster" };
    json(&data.join(format!("root_cause_{name}.json")))
}

pub(super) fn faults(data: &Path, day: &str) -> Result<Vec<Fault>, BenchmarkError> {
    let path = data.join(day).join(format!("{day}-fault_list.json"));
    // The scorer counts them in the order of the file, so the hours keep theirs.
    let hours: serde_json::Map<String, serde_json::Value> = json(&path)?;
    let mut faults = Vec::new();
    for rows in hours.into_values() {
        let rows: Vec<FaultRow> =
            serde_json::from_value(rows).map_err(|source| malformed(&path, source))?;
        for row in rows {
            let at = seconds(&row.inject_time).ok_or_else(|| malformed(&path, &row.inject_time))?;
            faults.push(Fault {
                id: format!("{day}#{}", faults.len()),
                at,
                workload: workload(&row.inject_pod).to_owned(),
                kind: row.inject_type,
            });
        }
    }
    Ok(faults)
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, BenchmarkError> {
    serde_json::from_reader(open(path)?).map_err(|source| malformed(path, source))
}

/// The workload of a pod: the name without the replica set's and the pod's own part.
pub(super) fn workload(pod: &str) -> &str {
    let mut parts = pod.rsplitn(3, '-');
    parts.nth(2).unwrap_or(pod)
}

/// The first 19 characters as UTC: `2023-01-29 08:41:09`.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let time: DateTime = text.get(..19)?.parse().ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp().as_duration().as_secs_f64())
}

/// A packed table of one day, when it is there.
pub(super) fn table(data: &Path, day: &str, name: &str) -> Result<Option<Table>, BenchmarkError> {
    let path = data.join(day).join(format!("{name}.csv.gz"));
    if !path.is_file() {
        return Ok(None);
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(open(&path)?);
    let header = reader
        .byte_headers()
        .map_err(|source| malformed(&path, source))?
        .iter()
        .map(|cell| String::from_utf8_lossy(cell).into_owned())
        .collect();
    Ok(Some(Table { path, header, reader }))
}

pub(super) struct Table {
    path: PathBuf,
    pub header: Vec<String>,
    reader: csv::Reader<Box<dyn Read>>,
}

impl Table {
    pub(super) fn column(&self, name: &str) -> Result<usize, BenchmarkError> {
        let place = self.header.iter().position(|one| one == name);
        place.ok_or_else(|| malformed(&self.path, format!("the column {name} is missing")))
    }

    /// Hands every row to `each`. Cells that are no UTF-8 are replaced where they are not.
    pub(super) fn rows(mut self, mut each: impl FnMut(&Row<'_>)) -> Result<(), BenchmarkError> {
        let mut record = csv::ByteRecord::new();
        loop {
            let read = self.reader.read_byte_record(&mut record);
            if !read.map_err(|source| malformed(&self.path, source))? {
                return Ok(());
            }
            each(&Row(&record));
        }
    }
}

pub(super) struct Row<'a>(&'a csv::ByteRecord);

impl Row<'_> {
    pub(super) fn text(&self, column: usize) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.0.get(column).unwrap_or_default())
    }

    /// NaN where the cell is empty, no number, or says NaN.
    pub(super) fn number(&self, column: usize) -> f64 {
        self.text(column).trim().parse().unwrap_or(f64::NAN)
    }
}

/// Edges named by a day's tables: `Source,Target` rows, and columns called `source_target`.
pub(super) fn edges(data: &Path, day: &str) -> Result<BTreeSet<(String, String)>, BenchmarkError> {
    let mut edges = BTreeSet::new();
    if let Some(table) = table(data, day, "fault_metric_dependency")? {
        let (source, target) = (table.column("Source")?, table.column("Target")?);
        table.rows(|row| {
            edges.insert((row.text(source).into_owned(), row.text(target).into_owned()));
        })?;
    }
    for name in ["fault_metric_source_50", "fault_metric_destination_50"] {
        if let Some(table) = table(data, day, name)? {
            edges.extend(table.header.iter().skip(2).filter_map(|column| {
                column.split_once('_').map(|(one, two)| (one.to_owned(), two.to_owned()))
            }));
        }
    }
    Ok(edges)
}
