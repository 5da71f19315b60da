//! Reads one file: one thread reads and maps, the other measures, encodes and writes.

use std::{
    path::Path,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

use wherefore_contract::budget::Budget;

use crate::{
    Layout,
    counted::{
        budgets,
        calls::{self, Calls},
        transactions::{self, Counts},
    },
    error::{LoadError, Refusal},
    layout::{Foreign, detect},
    load::Progress,
    manifest::PeriodKey,
    map::{Mapped, Plan},
    metrics::{self, ReadMetrics},
    notes::SourceNotes,
    source::{
        Rows,
        packed::{is_plain, start_of},
    },
    stage::{Stage, StageError, StagedFile},
    telemetry::{self, Kind, ReadRecords, Telemetry},
};

// Batches that wait between the two threads: bounds memory.
const WAITING_BATCHES: usize = 3;

/// What one file came to.
pub(crate) enum Outcome {
    Charges {
        layout: Layout,
        staged: Vec<StagedFile>,
    },
    Transactions(Counts),
    Calls(Calls),
    Budgets(Vec<Budget>),
    Metrics {
        layout: Layout,
        read: ReadMetrics,
    },
    /// Log records, spans or changes; they are in the spools.
    Records {
        layout: Layout,
        read: ReadRecords,
    },
    /// No table that is loaded: skipped in a folder, refused when named.
    Foreign {
        reason: String,
    },
    Refused {
        reason: String,
        keys: Vec<PeriodKey>,
        is_bill: bool,
    },
}

impl Outcome {
    fn refused(refusal: &Refusal, is_bill: bool) -> Self {
        Self::Refused { reason: refusal.to_string(), keys: Vec::new(), is_bill }
    }
}

/// Reads one file into staged files.
pub(crate) fn read_file(
    path: &Path,
    staging: &Path,
    prefix: String,
    telemetry: &mut Telemetry,
    progress: &dyn Progress,
) -> Result<Outcome, LoadError> {
    match text(path, telemetry) {
        Ok(None) => {}
        Ok(Some(outcome)) => return outcome,
        Err(refusal) => return Ok(Outcome::refused(&refusal, true)),
    }
    let mut rows = match Rows::open(path) {
        Ok(rows) => rows,
        Err(refusal) => return Ok(Outcome::refused(&refusal, true)),
    };
    let layout = match detect(rows.header()) {
        Ok(layout) => layout,
        Err(foreign) => return Ok(Outcome::Foreign { reason: foreign_reason(&foreign, &rows) }),
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut notes = SourceNotes::new(name.unwrap_or_default(), layout);
    let plan = match Plan::of(layout, rows.header(), &mut notes) {
        Ok(Some(plan)) => plan,
        Ok(None) => {
            if let Some(kind) = Kind::of(layout) {
                let read = telemetry::read_table(kind, &mut rows, telemetry);
                return records(layout, read, telemetry);
            }
            let read = beside(layout, &mut rows);
            return Ok(read.unwrap_or_else(|refusal| Outcome::refused(&refusal, false)));
        }
        Err(refusal) => return Ok(Outcome::refused(&refusal, true)),
    };
    if let Err(refusal) = rows.want(&plan.wanted()) {
        return Ok(Outcome::refused(&refusal, true));
    }
    let mut stage = Stage::new(staging, prefix);
    let (send, receive) = sync_channel(WAITING_BATCHES);
    let (read, written) = std::thread::scope(|scope| {
        let reader = scope.spawn(|| read_rows(rows, &plan, notes, &send_all(send)));
        let written = write_rows(&receive, &mut stage, progress);
        // The reader ends at its next batch once nobody receives.
        drop(receive);
        (reader.join(), written)
    });
    let refusal = match (read, written) {
        (_, Err(StageError::Failed(failure))) => return Err(failure),
        (_, Err(StageError::Refused(refusal))) | (Ok(Err(refusal)), Ok(())) => refusal,
        (Ok(Ok(notes)), Ok(())) => {
            return stage.finish(notes).map(|staged| Outcome::Charges { layout, staged });
        }
        (Err(_), Ok(())) => return Err(LoadError::Interrupted),
    };
    let keys = stage.keys();
    stage.discard();
    Ok(Outcome::Refused { reason: refusal.to_string(), keys, is_bill: true })
}

// Tables that stand beside bills.
fn beside(layout: Layout, rows: &mut Rows) -> Result<Outcome, Refusal> {
    Ok(match layout {
        Layout::ApiCalls => Outcome::Calls(calls::read(rows)?),
        Layout::Budgets => Outcome::Budgets(budgets::read(rows)?),
        Layout::Metrics | Layout::OtlpMetrics => {
            Outcome::Metrics { layout, read: metrics::read_table(rows)? }
        }
        Layout::Transactions
        | Layout::Focus10
        | Layout::Focus11
        | Layout::Focus12
        | Layout::LegacyCur
        | Layout::Cur2
        | Layout::OciCost
        | Layout::Logs
        | Layout::Spans
        | Layout::OtlpRecords
        | Layout::CloudTrail
        | Layout::ConfigItems
        | Layout::Changes
        | Layout::GitLog => Outcome::Transactions(transactions::read(rows)?),
    })
}

// So much of a file tells what it is.
const START_BYTES: u64 = 4096;

// A file of JSON or of commits; `None` for tables.
fn text(
    path: &Path,
    telemetry: &mut Telemetry,
) -> Result<Option<Result<Outcome, LoadError>>, Refusal> {
    if !is_plain(path)? {
        return Ok(None);
    }
    let start = start_of(path, START_BYTES)?;
    let has = |key: &str| start.contains(key);
    let is_json = start.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    Ok(if is_json && has("\"resourceMetrics\"") {
        let layout = Layout::OtlpMetrics;
        let read = metrics::read_otlp(path).map(|read| Outcome::Metrics { layout, read });
        Some(Ok(read.unwrap_or_else(|refusal| Outcome::refused(&refusal, false))))
    } else if is_json && (has("\"resourceLogs\"") || has("\"resourceSpans\"")) {
        let read = telemetry::read_otlp(path, telemetry);
        Some(records(Layout::OtlpRecords, read, telemetry))
    } else if let Some(source) = telemetry::look_for_changes(&start) {
        let read = telemetry::read_changes(path, source, telemetry).map_err(StageError::Refused);
        Some(records(telemetry::layout_of(source), read, telemetry))
    } else if is_json {
        let reason = "is JSON that holds neither telemetry nor changes".to_owned();
        Some(Ok(Outcome::Foreign { reason }))
    } else {
        None
    })
}

// What a file of records came to; of a refused one nothing is kept.
fn records(
    layout: Layout,
    read: Result<ReadRecords, StageError>,
    telemetry: &mut Telemetry,
) -> Result<Outcome, LoadError> {
    match read {
        Ok(read) => Ok(Outcome::Records { layout, read }),
        Err(StageError::Failed(failure)) => Err(failure),
        Err(StageError::Refused(refusal)) => {
            telemetry.refuse_file();
            Ok(Outcome::refused(&refusal, false))
        }
    }
}

fn foreign_reason(foreign: &Foreign, rows: &Rows) -> String {
    match foreign {
        Foreign::Known(sentence) => Refusal::KnownForeign(sentence).to_string(),
        Foreign::Unknown => {
            let start: Vec<&str> = rows.header().iter().take(4).map(String::as_str).collect();
            let start = start.join(",").chars().take(80).collect();
            Refusal::Unknown { start }.to_string()
        }
    }
}

fn send_all(send: SyncSender<Mapped>) -> impl Fn(Mapped) -> bool {
    move |mapped| send.send(mapped).is_ok()
}

fn read_rows(
    mut rows: Rows,
    plan: &Plan,
    mut notes: SourceNotes,
    send: &dyn Fn(Mapped) -> bool,
) -> Result<SourceNotes, Refusal> {
    while let Some(chunk) = rows.next_chunk()? {
        let mapped = plan.map(&chunk, &mut notes)?;
        if mapped.rows > 0 && !send(mapped) {
            break;
        }
    }
    Ok(notes)
}

fn write_rows(
    receive: &Receiver<Mapped>,
    stage: &mut Stage,
    progress: &dyn Progress,
) -> Result<(), StageError> {
    while let Ok(mapped) = receive.recv() {
        let rows = mapped.rows as u64;
        stage.push(mapped)?;
        progress.rows_written(rows);
    }
    Ok(())
}
