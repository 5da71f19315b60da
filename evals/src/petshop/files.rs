//! Files of `PetShop`: call graph, metrics with three header rows, the issue's target and label.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Deserialize;

use crate::benchmark::{BenchmarkError, malformed, open};

/// Values of each (node, metric, statistic) in order of the rows; NaN where a cell is empty.
pub(super) type Metrics = BTreeMap<(String, String, String), Vec<f64>>;

/// Who calls whom, and every name in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Graph {
    pub nodes: BTreeSet<String>,
    pub calls: Vec<(String, String)>,
}

/// What an issue gives to a method, and its label.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Issue {
    pub target: Target,
    pub root_cause: Label,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct Target {
    pub node: String,
    pub metric: String,
    pub agg: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Label {
    pub node: String,
    pub metric: Option<String>,
}

pub(super) fn metrics(path: &Path) -> Result<Metrics, BenchmarkError> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(open(path)?);
    let mut records = reader.records();
    let mut next = || {
        let record = records.next().transpose();
        record.map_err(|source| malformed(path, source))
    };
    let header = |record: Option<csv::StringRecord>| {
        record.ok_or_else(|| malformed(path, "a header row is missing"))
    };
    let (nodes, names, statistics) = (header(next()?)?, header(next()?)?, header(next()?)?);
    next()?;
    let keys: Vec<(String, String, String)> = nodes
        .iter()
        .zip(names.iter())
        .zip(statistics.iter())
        .skip(1)
        .map(|((node, name), statistic)| (node.into(), name.into(), statistic.into()))
        .collect();
    let mut columns = vec![Vec::new(); keys.len()];
    while let Some(record) = next()? {
        for (place, column) in columns.iter_mut().enumerate() {
            let cell = record.get(place + 1).unwrap_or_default().trim();
            column.push(cell.parse().unwrap_or(f64::NAN));
        }
    }
    Ok(keys.into_iter().zip(columns).collect())
}

pub(super) fn graph(path: &Path) -> Result<Graph, BenchmarkError> {
    let mut reader = csv::ReaderBuilder::new().from_reader(open(path)?);
    let malformed = |source: csv::Error| malformed(path, source);
    let header: Vec<String> =
        reader.headers().map_err(malformed)?.iter().skip(1).map(str::to_owned).collect();
    let mut graph = Graph { nodes: header.iter().cloned().collect(), calls: Vec::new() };
    for record in reader.records() {
        let record = record.map_err(malformed)?;
        let caller = record.get(0).unwrap_or_default();
        graph.nodes.insert(caller.to_owned());
        for (callee, cell) in header.iter().zip(record.iter().skip(1)) {
            if cell.trim().parse::<f64>().is_ok_and(|value| value != 0.0) {
                graph.calls.push((caller.to_owned(), callee.clone()));
            }
        }
    }
    Ok(graph)
}

pub(super) fn issue(path: &Path) -> Result<Issue, BenchmarkError> {
    serde_json::from_reader(open(path)?).map_err(|source| malformed(path, source))
}
