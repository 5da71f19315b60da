//! Counts of calls of an interface by workload, operation, client and hour or day.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use arrow::{
    array::{ArrayRef, AsArray, RecordBatch, StringArray, TimestampMicrosecondArray},
    datatypes::{Decimal128Type, TimestampMicrosecondType},
};
use wherefore_contract::{period::Period, quality::CallCoverage};

use crate::{
    counted::{Places, count_of, moment_of, text_of},
    error::{LoadError, Refusal},
    map, moment, parquet_file,
    schema::calls_schema,
    source::Rows,
};

/// Start of the hour or day in microseconds, operation and client.
type Key = (i64, String, String);
/// Workload -> key -> count times 10^18.
pub(crate) type Calls = BTreeMap<String, BTreeMap<Key, i128>>;

/// Reads a table `period,workload,operation,client,calls`.
pub(crate) fn read(rows: &mut Rows) -> Result<Calls, Refusal> {
    let places = Places::of(rows.header());
    let [period, calls] = ["period", "calls"].map(|name| places.at(name));
    let mut all = Calls::new();
    while let Some(chunk) = rows.next_chunk()? {
        for row in 0..chunk.rows {
            let number = chunk.row_of(row);
            let at = moment_of(&chunk, row, period, "period")?;
            let count = count_of(&chunk, row, calls)
                .map_err(|value| Refusal::CallCount { row: number, value })?;
            let name = |column: &'static str| {
                let text = text_of(&chunk, row, places.at(column));
                text.ok_or(Refusal::NoName { row: number, column })
            };
            let workload = name("workload")?;
            let key = (at, name("operation")?, name("client")?);
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
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(periods),
        Arc::new(workloads),
        Arc::new(operations),
        Arc::new(clients),
        counts,
    ];
    let schema = calls_schema();
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    parquet_file::write(path, schema, [Ok(batch)])
}

/// Reads counts back from the warehouse.
pub(crate) fn read_back(path: &Path) -> Result<Calls, LoadError> {
    let mut calls = Calls::new();
    parquet_file::read_back(path, &mut |batch| {
        let [periods, workloads, operations, clients, counts] = batch.columns() else { return };
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
    })?;
    Ok(calls)
}

/// What the calls cover, ordered by workload; days without a call are not told.
pub(crate) fn coverage(calls: &Calls) -> Vec<CallCoverage> {
    let cover = |(workload, calls): (&String, &BTreeMap<Key, i128>)| {
        let moments = || calls.keys().map(|(at, ..)| *at);
        let (first, last) = (moments().min()?, moments().max()?);
        let end = moment::date_of(last)?.tomorrow().ok()?;
        let period = Period::of_days(moment::date_of(first)?, end).ok()?;
        let clients: BTreeSet<&str> = calls.keys().map(|(_, _, client)| client.as_str()).collect();
        Some(CallCoverage {
            workload: workload.clone(),
            period,
            clients: clients.len() as u64,
            rows: calls.len() as u64,
        })
    };
    calls.iter().filter_map(cover).collect()
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
