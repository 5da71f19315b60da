//! Changes of the estate: read from event files, kept in one file, each once by its source and id.

use std::{collections::BTreeMap, io::Read, path::Path, sync::Arc};

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch, StringArray, TimestampMicrosecondArray},
    datatypes::TimestampMicrosecondType,
};
use jiff::Timestamp;
use serde_json::Value;
use wherefore_contract::incident::{Change, ChangeKind};
use wherefore_incident::changes::{
    ChangeSource, ChangeTables, ReadChanges, detect, read as read_text,
};

use super::{ReadRecords, Telemetry};
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

/// Says by the first bytes of a file how it tells changes; `None` when it tells none.
pub(crate) fn look(start: &str) -> Option<ChangeSource> {
    detect(start)
}

/// The layout of files of a source.
pub(crate) fn layout_of(source: ChangeSource) -> Layout {
    match source {
        ChangeSource::Cloudtrail => Layout::CloudTrail,
        ChangeSource::Config => Layout::ConfigItems,
        ChangeSource::Deployment => Layout::Changes,
        ChangeSource::Git => Layout::GitLog,
    }
}

/// Reads a file of changes.
pub(crate) fn read(
    path: &Path,
    source: ChangeSource,
    into: &mut Telemetry,
) -> Result<ReadRecords, Refusal> {
    let tables = ChangeTables::embedded().map_err(|error| Refusal::NoRecord(error.to_string()))?;
    let mut bytes = Vec::new();
    let mut reader = packed::reader(path)?.take(FILE_BYTES + 1);
    reader.read_to_end(&mut bytes).map_err(packed::refusal_of)?;
    if bytes.len() as u64 > FILE_BYTES {
        return Err(Refusal::NoRecord("its events take more than 512 MB; split it".to_owned()));
    }
    let text = String::from_utf8_lossy(&bytes);
    let found = read_text(&text, source, &tables);
    let notes = notes(&found);
    if found.changes.is_empty() && found.left_out_count > 0 {
        return Err(Refusal::NoRecord(notes.into_iter().next().unwrap_or_default()));
    }
    let rows = found.changes.len() as u64;
    into.add_changes(found.changes);
    Ok(ReadRecords { rows, notes })
}

fn notes(found: &ReadChanges) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(first) = found.left_out.first() {
        let count = counted(found.left_out_count, "entry that is no change");
        let count = count.replace("entry that is no changes", "entries that are no change");
        notes.push(format!("{count}, the first in line {}: {}", first.line, first.why));
    }
    for (why, count) in &found.set_aside {
        notes.push(format!("set aside as {why}: {count}"));
    }
    notes
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
