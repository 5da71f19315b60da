//! Changes of the estate: read from event files, kept in one file, each once by its source and id.

use std::{collections::BTreeMap, io::Read, path::Path, sync::Arc};

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch, StringArray, TimestampMicrosecondArray},
    datatypes::TimestampMicrosecondType,
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use wherefore_contract::incident::{Change, ChangeKind};

use super::{LeftOut, ReadRecords, Telemetry};
use crate::{
    Layout,
    describe::counted,
    error::{LoadError, Refusal},
    parquet_file,
    schema::changes_schema,
    source::packed,
};

// Event files are read whole: CloudTrail writes files of some megabytes, five minutes each.
const FILE_BYTES: u64 = 512 << 20;
const BATCH_ROWS: usize = 16_384;

/// How a file tells changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChangeForm {
    /// JSON lines.
    Lines,
}

impl ChangeForm {
    pub(crate) fn layout(self) -> Layout {
        match self {
            Self::Lines => Layout::Changes,
        }
    }
}

/// Says by the first bytes of a file how it tells changes; `None` when it tells none.
pub(crate) fn look(start: &str) -> Option<ChangeForm> {
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let has = |key: &str| start.contains(&format!("\"{key}\""));
    (start.starts_with('{') && has("time") && has("summary")).then_some(ChangeForm::Lines)
}

#[derive(Deserialize)]
struct Line {
    id: String,
    time: Timestamp,
    workload: Option<String>,
    kind: Option<String>,
    actor: Option<String>,
    #[serde(default)]
    summary: String,
    account: Option<String>,
    region: Option<String>,
    resource: Option<String>,
    source: Option<String>,
    #[serde(default)]
    before: BTreeMap<String, Value>,
    #[serde(default)]
    after: BTreeMap<String, Value>,
}

/// Reads a file of changes.
pub(crate) fn read(
    path: &Path,
    form: ChangeForm,
    into: &mut Telemetry,
) -> Result<ReadRecords, Refusal> {
    let mut bytes = Vec::new();
    packed::reader(path)?.take(FILE_BYTES).read_to_end(&mut bytes).map_err(packed::refusal_of)?;
    let text = String::from_utf8_lossy(&bytes);
    let (changes, left_out) = match form {
        ChangeForm::Lines => lines(&text),
    };
    let lost = left_out.lost();
    let notes = left_out.notes();
    if changes.is_empty() && lost > 0 {
        return Err(Refusal::NoRecord(notes.into_iter().next().unwrap_or_default()));
    }
    let rows = changes.len() as u64;
    into.add_changes(changes);
    Ok(ReadRecords { rows, notes })
}

fn lines(text: &str) -> (Vec<Change>, LeftOut) {
    let (mut changes, mut left_out) = (Vec::new(), LeftOut::default());
    for (row, line) in (1_u64..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            continue;
        }
        let Ok(line) = serde_json::from_str::<Line>(line) else {
            left_out.lose("line", "that are no change were left out", || format!("line {row}"));
            continue;
        };
        let kind = line.kind.as_deref().and_then(ChangeKind::named).unwrap_or(ChangeKind::Other);
        changes.push(Change {
            id: line.id,
            time: line.time,
            workload: line.workload,
            kind,
            actor: line.actor,
            summary: line.summary,
            account: line.account,
            region: line.region,
            resource: line.resource,
            source: line.source.unwrap_or_else(|| "deployment".to_owned()),
            before: line.before,
            after: line.after,
        });
    }
    (changes, left_out)
}

/// Puts newer changes beside older ones, those of one source and id once, the newest last told; says how many were told
/// again.
pub(super) fn unite(all: &mut Vec<Change>, newer: Vec<Change>) -> Option<String> {
    let before = all.len() + newer.len();
    let mut by_id: BTreeMap<(String, String), Change> = BTreeMap::new();
    for change in all.drain(..).chain(newer) {
        by_id.insert((change.source.clone(), change.id.clone()), change);
    }
    all.extend(by_id.into_values());
    all.sort_by(|one, other| {
        (one.time, &one.source, &one.id).cmp(&(other.time, &other.source, &other.id))
    });
    let again = (before - all.len()) as u64;
    (again > 0).then(|| {
        let again = counted(again, "change");
        format!("{again} that were told again, in this load or an earlier one, are kept once")
    })
}

/// Writes changes as one file; returns rows and bytes.
pub(super) fn write(path: &Path, changes: &[Change]) -> Result<(u64, u64), LoadError> {
    parquet_file::write(path, changes_schema(), changes.chunks(BATCH_ROWS).map(batch))
}

fn batch(changes: &[Change]) -> Result<RecordBatch, LoadError> {
    let text = |of: &dyn Fn(&Change) -> Option<String>| -> ArrayRef {
        let cell = |change| of(change).filter(|text| !text.is_empty());
        Arc::new(changes.iter().map(cell).collect::<StringArray>())
    };
    let fields = |all: &BTreeMap<String, Value>| {
        let object = all.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        (!all.is_empty()).then(|| Value::Object(object).to_string())
    };
    let times = changes.iter().map(|change| Some(change.time.as_microsecond()));
    let columns: Vec<ArrayRef> = vec![
        Arc::new(times.collect::<TimestampMicrosecondArray>()),
        text(&|change| Some(change.id.clone())),
        text(&|change| Some(change.source.clone())),
        text(&|change| change.workload.clone()),
        text(&|change| Some(change.kind.name().to_owned())),
        text(&|change| change.actor.clone()),
        text(&|change| Some(change.summary.clone())),
        text(&|change| change.account.clone()),
        text(&|change| change.region.clone()),
        text(&|change| change.resource.clone()),
        text(&|change| fields(&change.before)),
        text(&|change| fields(&change.after)),
    ];
    Ok(RecordBatch::try_new(changes_schema(), columns)?)
}

/// Reads changes back from the warehouse.
pub(super) fn read_back(path: &Path) -> Result<Vec<Change>, LoadError> {
    let mut changes = Vec::new();
    parquet_file::read_back(path, &mut |batch| {
        let text = |name: &str, row: usize| {
            let cells = batch.column_by_name(name).and_then(|cells| cells.as_string_opt::<i32>());
            let cell = cells.filter(|cells| !cells.is_null(row));
            cell.map(|cells| cells.value(row).to_owned())
        };
        let fields = |name: &str, row: usize| {
            let read = text(name, row).and_then(|text| serde_json::from_str(&text).ok());
            read.unwrap_or_default()
        };
        let times = batch.column_by_name("Timestamp");
        let times = times.and_then(|times| times.as_primitive_opt::<TimestampMicrosecondType>());
        for row in 0..batch.num_rows() {
            let time = times.map_or(0, |times| times.value(row));
            let kind = text("Kind", row).and_then(|kind| ChangeKind::named(&kind));
            changes.push(Change {
                id: text("Id", row).unwrap_or_default(),
                time: Timestamp::from_microsecond(time).unwrap_or_default(),
                workload: text("ServiceName", row),
                kind: kind.unwrap_or(ChangeKind::Other),
                actor: text("Actor", row),
                summary: text("Summary", row).unwrap_or_default(),
                account: text("x_SubAccountId", row),
                region: text("x_RegionId", row),
                resource: text("x_ResourceId", row),
                source: text("Source", row).unwrap_or_default(),
                before: fields("Before", row),
                after: fields("After", row),
            });
        }
    })?;
    Ok(changes)
}
