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
    metrics::{self, Otlp, ReadMetrics},
    notes::SourceNotes,
    source::{Rows, packed::is_plain},
    stage::{Stage, StageError, StagedFile},
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
    progress: &dyn Progress,
) -> Result<Outcome, LoadError> {
    match json(path) {
        Ok(None) => {}
        Ok(Some(outcome)) => return Ok(outcome),
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
        | Layout::OciCost => Outcome::Transactions(transactions::read(rows)?),
    })
}

// A file of JSON; `None` for tables.
fn json(path: &Path) -> Result<Option<Outcome>, Refusal> {
    if !is_plain(path)? {
        return Ok(None);
    }
    Ok(match metrics::is_otlp(path)? {
        Otlp::NoJson => None,
        Otlp::Other => {
            Some(Outcome::Foreign { reason: "is JSON that holds no OTLP metrics".to_owned() })
        }
        Otlp::Metrics => {
            let layout = Layout::OtlpMetrics;
            let read = metrics::read_otlp(path);
            Some(match read {
                Ok(read) => Outcome::Metrics { layout, read },
                Err(refusal) => Outcome::refused(&refusal, false),
            })
        }
    })
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
