//! `TelemetryStore` over a warehouse folder: records are visited where the columns were read, a few batches at a time.

mod changes;
mod grid;
mod lines;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use datafusion::{
    arrow::array::RecordBatch, common::DataFusionError, execution::context::SessionContext,
    physical_plan::SendableRecordBatchStream,
};
use futures::{StreamExt, future::BoxFuture};
use tokio::sync::mpsc;
use wherefore_contract::{
    error::StoreError,
    incident::Change,
    period::{Period, parse_moment},
    ports::TelemetryStore,
    scope::Scope,
    table::Table,
    telemetry::{
        ChangeQuery, LogCountQuery, LogQuery, LogRecord, PointQuery, RecordOrder, Scan, SpanQuery,
        VisitLogs, VisitSeries, VisitSpans, nanos_of,
    },
    tool::FactTable,
};
use wherefore_load::manifest::TelemetryFile;

use super::{
    cost::EmbeddedCost,
    engine::{self, Reading, Telemetry},
    snapshot::Snapshot,
};
use crate::{
    compile::{
        Statement,
        telemetry::{
            POINTS_BEFORE, SEEN, TRACE_PARTS, TracePart, compile_changes, compile_log,
            compile_log_counts, compile_logs, compile_points, compile_seen, compile_spans,
        },
    },
    finish::finish,
};

// Records that are sorted by trace at once; more are sorted in parts.
const SORTED_AT_ONCE: u64 = 1_500_000;
// Batches that are read ahead of the visitor.
const READ_AHEAD: usize = 2;
// Letters of an id that tell its time.
const ID_TIME: usize = 16;

impl TelemetryStore for EmbeddedCost {
    fn seen<'a>(
        &'a self,
        period: Option<Period>,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let mut told: Option<(Table, String, Vec<String>)> = None;
            for each in SEEN {
                let statement = compile_seen(each, period, scope, &snapshot.shape)?;
                let bounds = period.map(bounds);
                let of_files = match each.0 {
                    "logs" => {
                        let files = within(&snapshot.telemetry.logs, bounds);
                        Some((Telemetry::Logs, paths(&files)))
                    }
                    "spans" => {
                        let files = within(&snapshot.telemetry.spans, bounds);
                        Some((Telemetry::Spans, paths(&files)))
                    }
                    "metrics" => Some((Telemetry::Metrics, points_in(&snapshot, period))),
                    _ => None,
                };
                let session = match of_files {
                    Some((kind, files)) => {
                        self.over(&snapshot, kind, &files, Reading::AtOnce).await?
                    }
                    // Changes are few: they stand with the bills.
                    None => snapshot.session.clone(),
                };
                let rows = engine::run(&session, &statement).await;
                let table = finish(&statement.outputs, &rows.map_err(failed)?);
                let parameters = statement.parameters.iter().map(ToString::to_string);
                match &mut told {
                    None => told = Some((table, statement.sql.clone(), parameters.collect())),
                    Some((all, sql, bound)) => {
                        all.rows.extend(table.rows);
                        sql.push_str(";\n");
                        sql.push_str(&statement.sql);
                        bound.extend(parameters);
                    }
                }
            }
            let (table, statement, parameters) = told.unwrap_or_default();
            Ok(facts("seen", table, statement, parameters, period))
        })
    }

    fn visit_logs<'a>(
        &'a self,
        query: &'a LogQuery,
        scope: &'a Scope,
        visit: &'a mut VisitLogs<'_>,
    ) -> BoxFuture<'a, Result<Scan, StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let files = within(&snapshot.telemetry.logs, Some(query.extent.nanos()));
            let compile = |part| compile_logs(query, part, scope, &snapshot.shape);
            let asked = Asked {
                kind: Telemetry::Logs,
                files: &files,
                order: query.order,
                limit: query.limit,
                source: "embedded:logs",
            };
            let with = query.with_attributes;
            self.visit(&snapshot, &asked, &compile, &mut |batch, left| {
                lines::logs(batch, with, left, visit)
            })
            .await
        })
    }

    fn count_logs<'a>(
        &'a self,
        query: &'a LogCountQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let statement = compile_log_counts(query, scope, &snapshot.shape)?;
            let files = within(&snapshot.telemetry.logs, Some(query.logs.extent.nanos()));
            let files = paths(&files);
            let session = self.over(&snapshot, Telemetry::Logs, &files, Reading::AtOnce).await?;
            let rows = engine::run(&session, &statement).await.map_err(failed)?;
            let table = finish(&statement.outputs, &rows);
            let parameters = statement.parameters.iter().map(ToString::to_string).collect();
            let period = Some(query.logs.extent.period);
            Ok(facts("log_counts", table, statement.sql, parameters, period))
        })
    }

    fn log<'a>(
        &'a self,
        id: &'a str,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<LogRecord>, StoreError>> {
        Box::pin(async move {
            let at = id.get(..ID_TIME).and_then(|time| i64::from_str_radix(time, 16).ok());
            let Some(at) = at else { return Ok(None) };
            let snapshot = self.reading()?;
            let statement = compile_log(id, at, scope, &snapshot.shape)?;
            let files = snapshot.telemetry.logs.iter();
            let files: Vec<_> = files.filter(|file| file.first <= at && at <= file.last).collect();
            let files = paths(&files);
            let session = self.over(&snapshot, Telemetry::Logs, &files, Reading::InOrder).await?;
            let mut found = None;
            let stream = engine::stream(&session, &statement).await.map_err(failed)?;
            // Whether it broke off says nothing here: there is one record of an id.
            let _ = pump(stream, &mut |batch| {
                let mut left = Some(1);
                lines::logs(batch, true, &mut left, &mut |line| {
                    found = Some(line.to_record());
                    ControlFlow::Break(())
                })
            })
            .await?;
            Ok(found)
        })
    }

    fn visit_spans<'a>(
        &'a self,
        query: &'a SpanQuery,
        scope: &'a Scope,
        visit: &'a mut VisitSpans<'_>,
    ) -> BoxFuture<'a, Result<Scan, StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let files = within(&snapshot.telemetry.spans, Some(query.extent.nanos()));
            let compile = |part| compile_spans(query, part, scope, &snapshot.shape);
            let asked = Asked {
                kind: Telemetry::Spans,
                files: &files,
                order: query.order,
                limit: query.limit,
                source: "embedded:traces",
            };
            let with = query.with_attributes;
            self.visit(&snapshot, &asked, &compile, &mut |batch, left| {
                lines::spans(batch, with, left, visit)
            })
            .await
        })
    }

    fn visit_points<'a>(
        &'a self,
        query: &'a PointQuery,
        scope: &'a Scope,
        visit: &'a mut VisitSeries<'_>,
    ) -> BoxFuture<'a, Result<Scan, StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let mut grid = grid::Grid::of(query)?;
            let statement = compile_points(query, scope, &snapshot.shape)?;
            let files = points_in(&snapshot, Some(query.extent.period));
            let session =
                self.over(&snapshot, Telemetry::Metrics, &files, Reading::InOrder).await?;
            let stream = engine::stream(&session, &statement).await.map_err(failed)?;
            let _ = pump(stream, &mut |batch| grid.add(batch)).await?;
            let (visited, is_cut) = grid.visit(visit);
            Ok(scan("embedded:metrics", &statement, visited, is_cut))
        })
    }

    fn changes<'a>(
        &'a self,
        query: &'a ChangeQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<(Vec<Change>, Scan), StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let statement = compile_changes(query, scope, &snapshot.shape)?;
            let rows = engine::run(&snapshot.session, &statement).await.map_err(failed)?;
            let mut changes: Vec<Change> = rows.iter().map(|row| changes::of(row)).collect();
            let most = query.limit.and_then(|limit| usize::try_from(limit).ok());
            let is_cut = most.is_some_and(|most| changes.len() > most);
            changes.truncate(most.unwrap_or(usize::MAX));
            changes.reverse();
            let scan = scan("embedded:changes", &statement, changes.len() as u64, is_cut);
            Ok((changes, scan))
        })
    }
}

/// What a visit of records reads.
struct Asked<'a> {
    kind: Telemetry,
    files: &'a [&'a TelemetryFile],
    order: RecordOrder,
    limit: Option<u64>,
    source: &'a str,
}

/// Shows the rows of a batch to the visitor; counts down how many it may show.
type Show<'v> =
    dyn FnMut(&RecordBatch, &mut Option<u64>) -> Result<ControlFlow<()>, StoreError> + Send + 'v;

impl EmbeddedCost {
    async fn over(
        &self,
        snapshot: &Snapshot,
        kind: Telemetry,
        files: &[&str],
        reading: Reading,
    ) -> Result<SessionContext, StoreError> {
        let whole = &snapshot.session;
        engine::open_telemetry(self.warehouse(), whole, kind, files, reading).await.map_err(failed)
    }

    async fn visit(
        &self,
        snapshot: &Snapshot,
        asked: &Asked<'_>,
        compile: &(dyn Fn(TracePart) -> Result<Statement, StoreError> + Sync),
        show: &mut Show<'_>,
    ) -> Result<Scan, StoreError> {
        let whole = compile(TracePart::All)?;
        let rows: u64 = asked.files.iter().map(|file| file.rows).sum();
        let in_parts = asked.order == RecordOrder::Trace && rows > SORTED_AT_ONCE;
        let parts = if in_parts { TRACE_PARTS.as_slice() } else { &[TracePart::All] };
        let reading = match asked.order {
            RecordOrder::Oldest => Reading::InOrder,
            RecordOrder::Newest | RecordOrder::Trace => Reading::AtOnce,
        };
        let session = self.over(snapshot, asked.kind, &paths(asked.files), reading).await?;
        let (mut visited, mut left) = (0, asked.limit);
        let mut is_cut = false;
        for part in parts {
            let stream = engine::stream(&session, &compile(*part)?).await.map_err(failed)?;
            let flow = pump(stream, &mut |batch| {
                let mut room = Some(left.unwrap_or(u64::MAX));
                let flow = show(batch, &mut room)?;
                let shown = left.unwrap_or(u64::MAX) - room.unwrap_or_default();
                visited += shown;
                left = left.map(|left| left - shown);
                Ok(flow)
            })
            .await?;
            if flow.is_break() {
                is_cut = true;
                break;
            }
        }
        Ok(scan(asked.source, &whole, visited, is_cut))
    }
}

// Takes batches from a stream that is read ahead by another task.
async fn pump(
    mut stream: SendableRecordBatchStream,
    each: &mut (dyn FnMut(&RecordBatch) -> Result<ControlFlow<()>, StoreError> + Send),
) -> Result<ControlFlow<()>, StoreError> {
    let (send, mut receive) = mpsc::channel(READ_AHEAD);
    let reader = tokio::spawn(async move {
        while let Some(batch) = stream.next().await {
            if send.send(batch).await.is_err() {
                break;
            }
        }
    });
    let mut flow = ControlFlow::Continue(());
    while flow.is_continue() {
        let Some(batch) = receive.recv().await else { break };
        flow = each(&batch.map_err(failed)?)?;
    }
    drop(receive);
    // A reader that panicked must not look like the end of the data.
    reader
        .await
        .map_err(|source| StoreError::Statement { store: "telemetry", source: Box::new(source) })?;
    Ok(flow)
}

// Files that hold a record between the bounds, the second excluded.
fn within(files: &[TelemetryFile], bounds: Option<(i64, i64)>) -> Vec<&TelemetryFile> {
    let (start, end) = bounds.unwrap_or((i64::MIN, i64::MAX));
    files.iter().filter(|file| file.first < end && start <= file.last).collect()
}

fn bounds(period: Period) -> (i64, i64) {
    (nanos_of(period.start()), nanos_of(period.end()))
}

fn paths<'s>(files: &[&'s TelemetryFile]) -> Vec<&'s str> {
    files.iter().map(|file| file.path.as_str()).collect()
}

fn points_in(snapshot: &Snapshot, period: Option<Period>) -> Vec<&str> {
    let files = snapshot.telemetry.metrics.iter();
    let files = files.filter(|file| {
        period.is_none_or(|period| {
            let before = period.start().checked_sub(POINTS_BEFORE).unwrap_or(period.start());
            before.date() <= file.day && file.day <= period.end().date()
        })
    });
    files.map(|file| file.path.as_str()).collect()
}

fn scan(source: &str, statement: &Statement, visited: u64, is_cut: bool) -> Scan {
    Scan {
        source: source.to_owned(),
        statement: statement.sql.clone(),
        parameters: statement.parameters.iter().map(ToString::to_string).collect(),
        visited,
        is_cut,
    }
}

fn facts(
    name: &str,
    table: Table,
    statement: String,
    parameters: Vec<String>,
    period: Option<Period>,
) -> FactTable {
    let last = |row: usize| table.text(row, "last").or_else(|| table.text(row, "time"));
    let data_as_of = (0..table.rows.len()).filter_map(last).max().map(str::to_owned);
    // Records come when something happens: that there were none at the end of a period says nothing of what is loaded.
    let complete = data_as_of.as_deref().is_some_and(|last| {
        period.is_none_or(|period| parse_moment(last).is_ok_and(|last| period.start() <= last))
    });
    FactTable {
        name: name.to_owned(),
        table,
        source: "embedded:telemetry".to_owned(),
        statement: Some(statement),
        parameters,
        period,
        filters: Vec::new(),
        data_as_of,
        complete,
    }
}

fn failed(source: DataFusionError) -> StoreError {
    StoreError::Statement { store: "telemetry", source: Box::new(source) }
}
