//! Counts of transactions by workload and hour or day.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use arrow::{
    array::{ArrayRef, AsArray, RecordBatch, StringArray, TimestampMicrosecondArray},
    datatypes::{Decimal128Type, TimestampMicrosecondType},
};
use jiff::civil::Date;
use wherefore_contract::{period::Period, quality::TransactionCoverage};

use crate::{
    counted::{Places, count_of, moment_of, text_of},
    error::{LoadError, Refusal},
    map, moment, parquet_file,
    schema::transactions_schema,
    source::Rows,
};

const DAY_MICROS: i64 = 86_400_000_000;
const HOUR_MICROS: i64 = 3_600_000_000;

/// Workload -> start of the hour or day in microseconds -> count times 10^18.
pub(crate) type Counts = BTreeMap<String, BTreeMap<i64, i128>>;

/// Reads a table `period,workload,transactions`.
pub(crate) fn read(rows: &mut Rows) -> Result<Counts, Refusal> {
    let places = Places::of(rows.header());
    let [period, workload, transactions] =
        ["period", "workload", "transactions"].map(|name| places.at(name));
    let mut counts = Counts::new();
    while let Some(chunk) = rows.next_chunk()? {
        for row in 0..chunk.rows {
            let number = chunk.row_of(row);
            let at = moment_of(&chunk, row, period, "period")?;
            let count = count_of(&chunk, row, transactions).map_err(|value| Refusal::Count {
                row: number,
                column: "transactions".to_owned(),
                value,
            })?;
            let name = text_of(&chunk, row, workload).ok_or(Refusal::NoWorkload { row: number })?;
            if counts.entry(name.clone()).or_default().insert(at, count).is_some() {
                return Err(Refusal::CountedTwice { row: number, workload: name });
            }
        }
    }
    Ok(counts)
}

/// Puts newer counts over older ones: per workload, everything between the first and last newer
/// period is replaced, so that days loaded again as hours are not counted twice.
pub(crate) fn replace(older: &mut Counts, newer: Counts) {
    for (workload, counts) in newer {
        let span = counts.keys().next().copied().zip(counts.keys().next_back().copied());
        let kept = older.entry(workload).or_default();
        if let Some((first, last)) = span {
            let end = last + grain_micros(&counts);
            kept.retain(|at, _| *at < first || *at >= end);
        }
        kept.extend(counts);
    }
}

fn grain_micros(counts: &BTreeMap<i64, i128>) -> i64 {
    if counts.keys().all(|at| at % DAY_MICROS == 0) { DAY_MICROS } else { HOUR_MICROS }
}

/// Writes the counts; returns rows and bytes.
pub(crate) fn write(path: &Path, counts: &Counts) -> Result<(u64, u64), LoadError> {
    let rows = || {
        counts.iter().flat_map(|(workload, counts)| {
            counts.iter().map(move |(at, count)| (workload, *at, *count))
        })
    };
    let periods: TimestampMicrosecondArray = rows().map(|(_, at, _)| Some(at)).collect();
    let workloads: StringArray = rows().map(|(workload, _, _)| Some(workload.as_str())).collect();
    let transactions = map::decimals(rows().map(|(_, _, count)| Some(count)));
    let arrays: Vec<ArrayRef> = vec![Arc::new(periods), Arc::new(workloads), transactions];
    let schema = transactions_schema();
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    parquet_file::write(path, schema, [Ok(batch)])
}

/// Reads counts back from the warehouse.
pub(crate) fn read_back(path: &Path) -> Result<Counts, LoadError> {
    let mut counts = Counts::new();
    parquet_file::read_back(path, &mut |batch| {
        let [periods, workloads, transactions] = batch.columns() else { return };
        let periods = periods.as_primitive::<TimestampMicrosecondType>();
        let workloads = workloads.as_string::<i32>();
        let transactions = transactions.as_primitive::<Decimal128Type>();
        for row in 0..batch.num_rows() {
            let kept = counts.entry(workloads.value(row).to_owned()).or_default();
            kept.insert(periods.value(row), transactions.value(row));
        }
    })?;
    Ok(counts)
}

/// What the counts cover, ordered by workload.
pub(crate) fn coverage(
    counts: &Counts,
    has_charges: &dyn Fn(&str) -> bool,
) -> Vec<TransactionCoverage> {
    let cover = |(workload, counts): (&String, &BTreeMap<i64, i128>)| {
        let grain = grain_micros(counts);
        let (first, last) = (*counts.keys().next()?, *counts.keys().next_back()?);
        let start = moment::datetime_of(first)?;
        let period = Period::new(start, moment::datetime_of(last + grain)?).ok()?;
        Some(TransactionCoverage {
            workload: workload.clone(),
            period,
            grain: if grain == DAY_MICROS { "day" } else { "hour" }.to_owned(),
            has_charges: has_charges(workload),
            missing_days: missing_days(counts, first, last),
        })
    };
    counts.iter().filter_map(cover).collect()
}

fn missing_days(counts: &BTreeMap<i64, i128>, first: i64, last: i64) -> Vec<Date> {
    let (mut day, end) = (first.div_euclid(DAY_MICROS), last.div_euclid(DAY_MICROS));
    let mut missing = Vec::new();
    while day <= end {
        let from = day * DAY_MICROS;
        if counts.range(from..from + DAY_MICROS).next().is_none() {
            missing.extend(moment::date_of(from));
        }
        day += 1;
    }
    missing
}
