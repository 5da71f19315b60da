//! Counts of calls of an interface by workload, operation, client and hour or day.

use std::{collections::BTreeMap, fs::File, path::Path, sync::Arc};

use arrow::{
    array::{ArrayRef, AsArray, RecordBatch, StringArray, TimestampMicrosecondArray},
    datatypes::{Decimal128Type, TimestampMicrosecondType},
};
use parquet::arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder};

use crate::{
    error::{LoadError, Refusal},
    map,
    number::Number,
    parquet_file::writer_options,
    schema::calls_schema,
    source::Rows,
};

/// Start of the hour or day in microseconds, operation and client.
type Key = (i64, String, String);
/// Workload -> key -> count times 10^18.
pub(crate) type Calls = BTreeMap<String, BTreeMap<Key, i128>>;

/// Reads a table `period,workload,operation,client,calls`.
pub(crate) fn read(rows: &mut Rows) -> Result<Calls, Refusal> {
    let place = |name: &str| {
        rows.header().iter().position(|column| column.trim().eq_ignore_ascii_case(name))
    };
    let [period, workload, operation, client, calls] =
        ["period", "workload", "operation", "client", "calls"].map(place);
    let mut all = Calls::new();
    while let Some(chunk) = rows.next_chunk()? {
        for row in 0..chunk.rows {
            let number = chunk.first_row + row as u64;
            let at = chunk.at(period).moment(row).map_err(|no_moment| Refusal::Moment {
                row: number,
                column: "period".to_owned(),
                value: no_moment.text,
            })?;
            let Some((at, _)) = at else {
                return Err(Refusal::NoMoment { row: number, column: "period".to_owned() });
            };
            let cell = chunk.at(calls);
            let count = match cell.number(row) {
                Number::Exact(count) | Number::Cut(count) if count >= 0 => count,
                Number::Exact(_) | Number::Cut(_) | Number::Absent | Number::Word => {
                    return Err(Refusal::CallCount {
                        row: number,
                        value: cell.text(row).unwrap_or_default().into_owned(),
                    });
                }
            };
            let name = |place: Option<usize>, column: &'static str| {
                let text = chunk.at(place).text(row).unwrap_or_default().trim().to_owned();
                if text.is_empty() {
                    Err(Refusal::NoName { row: number, column })
                } else {
                    Ok(text)
                }
            };
            let workload = name(workload, "workload")?;
            let key = (at, name(operation, "operation")?, name(client, "client")?);
            if all.entry(workload.clone()).or_default().insert(key, count).is_some() {
                return Err(Refusal::CalledTwice { row: number, workload });
            }
        }
    }
    Ok(all)
}

/// Puts newer counts over older ones: per workload, everything between the first and the last newer moment is
/// replaced.
pub(crate) fn replace(older: &mut Calls, newer: Calls) {
    for (workload, calls) in newer {
        let span =
            calls.keys().map(|(at, ..)| *at).min().zip(calls.keys().map(|(at, ..)| *at).max());
        let kept = older.entry(workload).or_default();
        if let Some((first, last)) = span {
            kept.retain(|(at, ..), _| *at < first || *at > last);
        }
        kept.extend(calls);
    }
}

/// How many counts there are.
pub(crate) fn count(calls: &Calls) -> u64 {
    calls.values().map(|calls| calls.len() as u64).sum()
}

/// Writes the counts; returns rows and bytes.
pub(crate) fn write(path: &Path, calls: &Calls) -> Result<(u64, u64), LoadError> {
    let rows = || {
        calls.iter().flat_map(|(workload, calls)| {
            calls.iter().map(move |(key, count)| (workload, key, *count))
        })
    };
    let periods: TimestampMicrosecondArray = rows().map(|(_, (at, ..), _)| Some(*at)).collect();
    let workloads: StringArray = rows().map(|(workload, ..)| Some(workload.as_str())).collect();
    let operations: StringArray = rows().map(|(_, key, _)| Some(key.1.as_str())).collect();
    let clients: StringArray = rows().map(|(_, key, _)| Some(key.2.as_str())).collect();
    let counts = map::decimals(rows().map(|(_, _, count)| Some(count)));
    let schema = calls_schema();
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(periods),
        Arc::new(workloads),
        Arc::new(operations),
        Arc::new(clients),
        counts,
    ];
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    let failed = |source| LoadError::Write { path: path.to_owned(), source };
    let encode = |source| LoadError::Encode { path: path.to_owned(), source };
    let file = File::create(path).map_err(failed)?;
    let mut writer =
        ArrowWriter::try_new_with_options(file, schema, writer_options()).map_err(encode)?;
    writer.write(&batch).map_err(encode)?;
    let file = writer.into_inner().map_err(encode)?;
    file.sync_all().map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    Ok((batch.num_rows() as u64, bytes))
}

/// Reads counts back from the warehouse.
pub(crate) fn read_back(path: &Path) -> Result<Calls, LoadError> {
    let file =
        File::open(path).map_err(|source| LoadError::Read { path: path.to_owned(), source })?;
    let encode = |source| LoadError::Encode { path: path.to_owned(), source };
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(ParquetRecordBatchReaderBuilder::build);
    let mut calls = Calls::new();
    for batch in reader.map_err(encode)? {
        let batch = batch?;
        let [periods, workloads, operations, clients, counts] = batch.columns() else { continue };
        let periods = periods.as_primitive::<TimestampMicrosecondType>();
        let [workloads, operations, clients] =
            [workloads, operations, clients].map(AsArray::as_string::<i32>);
        let counts = counts.as_primitive::<Decimal128Type>();
        for row in 0..batch.num_rows() {
            let key = (
                periods.value(row),
                operations.value(row).to_owned(),
                clients.value(row).to_owned(),
            );
            let kept = calls.entry(workloads.value(row).to_owned()).or_default();
            kept.insert(key, counts.value(row));
        }
    }
    Ok(calls)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(workload: &str, at: i64, client: &str, count: i128) -> Calls {
        let key = (at, "GetItem".to_owned(), client.to_owned());
        Calls::from([(workload.to_owned(), BTreeMap::from([(key, count)]))])
    }

    #[test]
    fn newer_counts_replace_their_own_stretch_of_time_and_read_back_as_written() {
        let mut calls = one("checkout", 1, "ios", 5);
        replace(&mut calls, one("checkout", 2, "ios", 6));
        replace(&mut calls, one("search", 2, "web", 7));
        replace(&mut calls, one("checkout", 2, "android", 8));
        let told: Vec<_> = calls
            .iter()
            .flat_map(|(workload, calls)| {
                calls.iter().map(move |((at, _, client), count)| {
                    (workload.as_str(), *at, client.as_str(), *count)
                })
            })
            .collect();
        assert_eq!(
            told,
            [("checkout", 1, "ios", 5), ("checkout", 2, "android", 8), ("search", 2, "web", 7)]
        );
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("calls.parquet");
        assert_eq!(write(&path, &calls).unwrap().0, count(&calls));
        assert_eq!(read_back(&path).unwrap(), calls);
    }
}
