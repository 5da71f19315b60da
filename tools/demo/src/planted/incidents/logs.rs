//! What the workloads log: of requests that were drawn, of failures, and of themselves.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;

use super::{
    changes::Version,
    draw::{among, between, count, happens},
    estate::{Estate, PLACES, Role},
    flow::Moment,
    otlp::{Lines, nanos, resource, text},
    requests::{Drawn, Side, Why},
    stories::{Incident, What},
    traces::version,
};
use crate::DemoError;

mod lines;

// Records of an export request.
const BATCH: usize = 256;
// Part of requests that a workload logs although nothing is wrong.
const TOLD: f64 = 0.12;
// Part of failures that a workload logs: some libraries swallow them.
const FAILURES_TOLD: f64 = 0.85;

/// How bad, as OpenTelemetry numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Severity {
    Info,
    Warn,
    Error,
    Fatal,
}

impl Severity {
    fn number_and_text(self) -> (u8, &'static str) {
        match self {
            Self::Info => (9, "INFO"),
            Self::Warn => (13, "WARN"),
            Self::Error => (17, "ERROR"),
            Self::Fatal => (21, "FATAL"),
        }
    }
}

struct Record {
    at: usize,
    minute: i64,
    seconds: f64,
    severity: Severity,
    body: String,
    /// Trace and span.
    of: Option<(String, String)>,
}

/// Writes the logs of an incident's window. Those of one region were never collected.
pub(super) fn write(
    file: &mut Lines,
    estate: &Estate,
    versions: &[Version],
    (incident, spans): (&Incident, &[Drawn]),
    random: &mut ChaCha8Rng,
) -> Result<(), DemoError> {
    let mut records = Vec::new();
    for span in spans {
        records.extend(of_span(estate, incident, span, random));
    }
    for moment in &incident.moments {
        of_minute(estate, incident, versions, moment, &mut records, random);
    }
    records.sort_by(|one, other| {
        (one.minute, one.seconds)
            .partial_cmp(&(other.minute, other.seconds))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut batches: BTreeMap<(usize, Option<&str>), Vec<String>> = BTreeMap::new();
    for record in &records {
        let key = (record.at, version(versions, record.at, record.minute));
        batches.entry(key).or_default().push(json(record));
    }
    for ((at, version), records) in batches {
        let Some(workload) = estate.workloads.get(at) else { continue };
        if Some(&workload.place) == PLACES.last() || workload.role == Role::Outside {
            continue;
        }
        for part in records.chunks(BATCH) {
            file.put(&format!(
                "{{\"resourceLogs\":[{{\"resource\":{},\"scopeLogs\":[{{\"scope\":{{\"name\":\"moonjar\"}},\"logRecords\":[{}]}}]}}]}}",
                resource(workload, version),
                part.join(",")
            ))?;
        }
    }
    Ok(())
}

fn json(record: &Record) -> String {
    let (number, word) = record.severity.number_and_text();
    let at = nanos(record.minute, record.seconds);
    let of = record.of.as_ref().map_or_else(String::new, |(trace, span)| {
        format!(",\"traceId\":\"{trace}\",\"spanId\":\"{span}\"")
    });
    format!(
        "{{\"timeUnixNano\":\"{at}\",\"observedTimeUnixNano\":\"{at}\",\"severityNumber\":{number},\"severityText\":\"{word}\",\"body\":{{\"stringValue\":{}}}{of}}}",
        text(&record.body)
    )
}

fn of_span(
    estate: &Estate,
    incident: &Incident,
    span: &Drawn,
    random: &mut ChaCha8Rng,
) -> Option<Record> {
    let workload = estate.workloads.get(span.at)?;
    let (severity, body) = match (span.why, span.side) {
        (None, Side::Server) if happens(random, TOLD) => {
            (Severity::Info, lines::served(workload, span.duration_ms, random))
        }
        (None, Side::Server | Side::Client(..)) => return None,
        (Some(_), _) if !happens(random, FAILURES_TOLD) => return None,
        (Some(why), side) => told(estate, incident, (span, why, side), random)?,
    };
    Some(Record {
        at: span.at,
        minute: span.minute,
        seconds: (span.start_ms + span.duration_ms) / 1000.0,
        severity,
        body,
        of: Some((span.trace.clone(), span.id.clone())),
    })
}

fn told(
    estate: &Estate,
    incident: &Incident,
    (span, why, side): (&Drawn, Why, Side),
    random: &mut ChaCha8Rng,
) -> Option<(Severity, String)> {
    let workload = estate.workloads.get(span.at)?;
    let to = |place: usize| estate.name(place).to_owned();
    Some(match (why, side) {
        (Why::Own, _) => {
            // What a fault adds to the ordinary exceptions comes from one place in the code.
            let moment = incident.moments.iter().find(|moment| moment.minute == span.minute)?;
            let share = workload.base_errors / moment.own_errors.at(span.at).max(1e-9);
            let body = if happens(random, share) {
                lines::ordinary_failure(workload, random)
            } else {
                lines::exception(workload, incident.onset, random)
            };
            (Severity::Error, body)
        }
        (Why::Killed, _) => (Severity::Fatal, lines::out_of_memory(workload, random)),
        (Why::Rejected, _) => {
            let is_pool = incident.changes.iter().any(|change| {
                change.at == span.at && matches!(change.what, What::Pool(..)) && change.is_cause
            });
            let body = if is_pool {
                lines::pool_exhausted(random)
            } else {
                lines::rejected(workload, random)
            };
            (Severity::Error, body)
        }
        (Why::Timeout(place), Side::Client(..)) => {
            (Severity::Error, lines::timed_out(workload, &to(place), span.duration_ms))
        }
        (Why::Refused(place), Side::Client(..)) => {
            (Severity::Error, lines::certificate(workload, &to(place), incident.onset))
        }
        (Why::Throttled(place), Side::Client(..)) => {
            (Severity::Error, lines::throttled(&to(place), random))
        }
        (Why::Lost(place), Side::Client(..)) => {
            (Severity::Error, lines::lost(workload, &to(place), random))
        }
        (Why::Answered(place), Side::Client(_, tried)) => {
            (Severity::Warn, lines::answered(workload, &to(place), tried))
        }
        // The client's side has told it.
        (
            Why::Timeout(_) | Why::Refused(_) | Why::Throttled(_) | Why::Lost(_) | Why::Answered(_),
            Side::Server,
        ) => return None,
    })
}

// What workloads tell of themselves, whatever is asked of them.
fn of_minute(
    estate: &Estate,
    incident: &Incident,
    versions: &[Version],
    moment: &Moment,
    records: &mut Vec<Record>,
    random: &mut ChaCha8Rng,
) {
    for (at, workload) in estate.workloads.iter().enumerate() {
        let minute = moment.minute;
        let mut tell = |severity: Severity, body: String, seconds: f64| {
            records.push(Record { at, minute, seconds, severity, body, of: None });
        };
        for version in versions.iter().filter(|one| one.at == at && one.minute == minute) {
            tell(Severity::Info, lines::started(workload, &version.name), 20.0);
        }
        let has_runtime = matches!(workload.role, Role::Gateway | Role::Api | Role::Core);
        if has_runtime && moment.memory.at(at) > 0.86 && happens(random, 0.3) {
            let pause = between(random, 200.0, 1800.0);
            let body = lines::collecting(workload, moment.memory.at(at), pause);
            tell(Severity::Warn, body, between(random, 0.0, 59.0));
        }
        let is_slow = moment.own.at(at) > 2.2 * workload.own_ms;
        match workload.role {
            Role::Database if is_slow || happens(random, 0.01) => {
                let longest = moment.own.at(at) * between(random, 20.0, 60.0);
                let body = lines::slow_statement(longest, random);
                tell(Severity::Warn, body, between(random, 0.0, 59.0));
            }
            Role::Database if minute % 5 == 0 => {
                tell(Severity::Info, lines::checkpoint(random), between(random, 0.0, 59.0));
            }
            Role::Batch if moment.cpu.at(at) > 0.4 => {
                let body = lines::batch(workload, among(random, 1, 512));
                tell(Severity::Info, body, between(random, 0.0, 59.0));
            }
            Role::Gateway
            | Role::Api
            | Role::Core
            | Role::Database
            | Role::Cache
            | Role::Outside
            | Role::Batch => {}
        }
        let usual = workload.hourly + moment.rps.at(at) * 0.0036 * workload.per_million;
        if moment.spend.at(at) > 1.5 * usual {
            for _ in 0..super::draw::whole(count(random, 5.0)) {
                let body = lines::object_reads(workload, random);
                tell(Severity::Info, body, between(random, 0.0, 59.0));
            }
        }
        if moment.stolen.at(at) > 0.2 && minute >= incident.onset && happens(random, 0.5) {
            let body = lines::stolen(workload, moment.stolen.at(at));
            tell(Severity::Warn, body, between(random, 0.0, 59.0));
        }
    }
}
