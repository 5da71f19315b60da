//! OTLP JSON of logs and traces: one export request a line, as the Collector's file exporter writes them.
//!
//! Shapes: opentelemetry-proto 1.x, JSON encoding: whole numbers of 64 bits are strings, ids are hexadecimal, kinds and
//! codes are numbers or their names.

use std::{
    borrow::Cow,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use serde::Deserialize;
use serde_json::Value;
use wherefore_contract::telemetry::{SpanKind, SpanStatus};

use super::{
    LeftOut, ReadRecords, Telemetry,
    row::{About, LogRow, SpanRow, cut},
};
use crate::{
    error::Refusal,
    metrics::{Attributes, KeyValue, Named, Resource, Scope, attributes_of, plain, to_json, whole},
    source::packed,
    stage::StageError,
};

// The longest request that is read: the Collector's batches are of some megabytes.
const LINE_BYTES: u64 = 256 << 20;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    #[serde(default, borrow)]
    resource_logs: Vec<ResourceLogs<'a>>,
    #[serde(default, borrow)]
    resource_spans: Vec<ResourceSpans<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceLogs<'a> {
    #[serde(default)]
    resource: Resource,
    #[serde(default, borrow)]
    scope_logs: Vec<ScopeLogs<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceSpans<'a> {
    #[serde(default)]
    resource: Resource,
    #[serde(default, borrow)]
    scope_spans: Vec<ScopeSpans<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ScopeLogs<'a> {
    #[serde(default)]
    scope: Scope,
    #[serde(default, borrow)]
    log_records: Vec<Log<'a>>,
}

#[derive(Deserialize)]
struct ScopeSpans<'a> {
    #[serde(default)]
    scope: Scope,
    #[serde(default, borrow)]
    spans: Vec<Span<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(default)]
    time_unix_nano: Value,
    #[serde(default)]
    observed_time_unix_nano: Value,
    #[serde(default)]
    severity_number: Value,
    #[serde(default, borrow)]
    severity_text: Cow<'a, str>,
    #[serde(default)]
    body: Value,
    #[serde(default)]
    attributes: Vec<KeyValue>,
    #[serde(default, borrow)]
    trace_id: Cow<'a, str>,
    #[serde(default, borrow)]
    span_id: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of OTLP")]
struct Span<'a> {
    #[serde(default, borrow)]
    trace_id: Cow<'a, str>,
    #[serde(default, borrow)]
    span_id: Cow<'a, str>,
    #[serde(default, borrow)]
    parent_span_id: Cow<'a, str>,
    #[serde(default, borrow)]
    name: Cow<'a, str>,
    #[serde(default)]
    kind: Value,
    #[serde(default)]
    start_time_unix_nano: Value,
    #[serde(default)]
    end_time_unix_nano: Value,
    #[serde(default)]
    attributes: Vec<KeyValue>,
    #[serde(default)]
    status: Status,
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(Default, Deserialize)]
struct Status {
    #[serde(default)]
    code: Value,
    #[serde(default)]
    message: String,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    name: String,
    #[serde(default)]
    attributes: Vec<KeyValue>,
}

/// Reads a file of requests into the spools. A line that is no request is left out and told.
pub(crate) fn read(path: &Path, into: &mut Telemetry) -> Result<ReadRecords, StageError> {
    let reader = packed::reader(path).map_err(StageError::Refused)?;
    let mut lines = BufReader::with_capacity(1 << 18, reader);
    let mut reading = Reading { into, rows: 0, row: 0, left_out: LeftOut::default() };
    let mut line = Vec::new();
    loop {
        line.clear();
        let limited = (&mut lines).take(LINE_BYTES).read_until(b'\n', &mut line);
        if limited.map_err(|error| StageError::Refused(packed::refusal_of(error)))? == 0 {
            break;
        }
        reading.row += 1;
        reading.line(&line)?;
    }
    if reading.rows == 0 && reading.left_out.lost() > 0 {
        let what = reading.left_out.notes().into_iter().next().unwrap_or_default();
        return Err(StageError::Refused(Refusal::NoRecord(what)));
    }
    Ok(ReadRecords { rows: reading.rows, notes: reading.left_out.notes() })
}

struct Reading<'t> {
    into: &'t mut Telemetry,
    rows: u64,
    row: u64,
    left_out: LeftOut,
}

impl Reading<'_> {
    fn line(&mut self, line: &[u8]) -> Result<(), StageError> {
        let row = self.row;
        let place = || format!("line {row}");
        let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line).trim_ascii();
        if line.is_empty() {
            return Ok(());
        }
        if let Ok(request) = serde_json::from_slice::<Request<'_>>(line) {
            return self.request(request);
        }
        if std::str::from_utf8(line).is_ok() {
            self.left_out.lose("line", "that are no request of OTLP were left out", place);
            return Ok(());
        }
        // Programs write what they like into their logs: what is no text is read with marks in its place.
        let mended = String::from_utf8_lossy(line).into_owned();
        if let Ok(request) = serde_json::from_str::<Request<'_>>(&mended) {
            let told = "that are not UTF-8 were read with marks in their place";
            self.left_out.tell("line", told, place);
            return self.request(request);
        }
        self.left_out.lose("line", "that are no request of OTLP were left out", place);
        Ok(())
    }

    fn request(&mut self, request: Request<'_>) -> Result<(), StageError> {
        for of_resource in request.resource_logs {
            let about = about(&of_resource.resource);
            for scope in of_resource.scope_logs {
                for log in &scope.log_records {
                    self.log(log, &about, &scope.scope.name)?;
                }
            }
        }
        for of_resource in request.resource_spans {
            let about = about(&of_resource.resource);
            for scope in of_resource.scope_spans {
                for span in &scope.spans {
                    self.span(span, &about, &scope.scope.name)?;
                }
            }
        }
        Ok(())
    }

    fn log(&mut self, log: &Log<'_>, about: &About, scope: &str) -> Result<(), StageError> {
        let row = self.row;
        let place = || format!("line {row}");
        let at = whole(&log.time_unix_nano).filter(|at| *at > 0);
        let at = at.or_else(|| whole(&log.observed_time_unix_nano).filter(|at| *at > 0));
        let Some(at) = at else {
            self.left_out.lose("log record", "without a time were left out", place);
            return Ok(());
        };
        let body = text_of(&log.body);
        let (body, is_cut) = cut(&body);
        if is_cut {
            self.left_out.tell("log record", "with a body of more than 1 MB were cut there", place);
        }
        let attributes = json(&attributes_of(&log.attributes));
        let severity = severity(&log.severity_number, &log.severity_text);
        let log = LogRow {
            at,
            about,
            severity,
            severity_text: &log.severity_text,
            body,
            trace: &log.trace_id,
            span: &log.span_id,
            scope,
            attributes: &attributes,
        };
        self.rows += 1;
        self.into.logs.push(&log.row()).map_err(StageError::Failed)
    }

    fn span(&mut self, span: &Span<'_>, about: &About, scope: &str) -> Result<(), StageError> {
        let row = self.row;
        let place = || format!("line {row}");
        let at = whole(&span.start_time_unix_nano).filter(|at| *at > 0);
        let (Some(at), false) = (at, span.trace_id.is_empty() || span.span_id.is_empty()) else {
            self.left_out.lose("span", "without a start, trace or id were left out", place);
            return Ok(());
        };
        let end = whole(&span.end_time_unix_nano).filter(|end| *end > 0);
        let duration = end.and_then(|end| end.checked_sub(at)).filter(|duration| *duration >= 0);
        if duration.is_none() {
            let why = "that end before they begin, or tell no end, were kept with a duration of 0";
            self.left_out.tell("span", why, place);
        }
        let mut attributes = attributes_of(&span.attributes);
        for event in span.events.iter().filter(|event| event.name == "exception") {
            for (key, value) in attributes_of(&event.attributes) {
                if key.starts_with("exception.") {
                    attributes.entry(key).or_insert(value);
                }
            }
        }
        let attributes = json(&attributes);
        let span = SpanRow {
            at,
            duration: duration.unwrap_or(0),
            about,
            trace: &span.trace_id,
            span: &span.span_id,
            parent: &span.parent_span_id,
            operation: cut(&span.name).0,
            kind: numbered(&span.kind, &SpanKind::ALL, SpanKind::named),
            status: numbered(&span.status.code, &SpanStatus::ALL, SpanStatus::named),
            status_message: cut(&span.status.message).0,
            scope,
            attributes: &attributes,
        };
        self.rows += 1;
        self.into.spans.push(&span.row()).map_err(StageError::Failed)
    }
}

fn about(resource: &Resource) -> About {
    About::of(&attributes_of(&resource.attributes), "")
}

impl About {
    /// What attributes say; `workload` goes before `service.name` where it is told apart.
    pub(super) fn of(resource: &Attributes, workload: &str) -> Self {
        let named = Named::of(resource, &Attributes::new());
        let stated = (!workload.is_empty()).then(|| workload.to_owned());
        let workload = stated.or_else(|| resource.get("service.name").cloned());
        Self { workload: workload.unwrap_or_default(), resource: json(resource), named }
    }
}

/// Attributes as JSON, empty where there are none.
pub(super) fn json(attributes: &Attributes) -> String {
    if attributes.is_empty() {
        return String::new();
    }
    let json = to_json(attributes);
    // Cut JSON could not be read, so the longest values go first.
    if json.len() <= super::row::TEXT_BYTES {
        return json;
    }
    let most = super::row::TEXT_BYTES / attributes.len().max(1) / 2;
    let shorter = attributes.iter().map(|(key, value)| {
        let end = (0..=most.min(value.len())).rev().find(|end| value.is_char_boundary(*end));
        (key.clone(), value.get(..end.unwrap_or(0)).unwrap_or_default().to_owned())
    });
    to_json(&shorter.collect())
}

fn text_of(body: &Value) -> Cow<'_, str> {
    if let Some(text) = body.get("stringValue").and_then(Value::as_str) {
        return Cow::Borrowed(text);
    }
    match plain(body) {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Owned(text),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            Cow::Owned(other.to_string())
        }
    }
}

fn numbered<T: Copy + Default>(value: &Value, all: &[T], named: fn(&str) -> Option<T>) -> T {
    let found = match value {
        Value::String(word) => {
            named(word).or_else(|| all.get(word.parse::<usize>().ok()?).copied())
        }
        Value::Number(number) => {
            number.as_u64().and_then(|number| all.get(usize::try_from(number).ok()?).copied())
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    found.unwrap_or_default()
}

// Numbers outside 1 to 24 say nothing; then the word does, where it is one that loggers use.
fn severity(value: &Value, text: &str) -> i64 {
    let number = match value {
        Value::String(word) => {
            let bare = word.strip_prefix("SEVERITY_NUMBER_").unwrap_or(word);
            bare.parse().ok().or_else(|| severity_of(bare))
        }
        Value::Number(number) => number.as_i64(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    let told = number.filter(|number| (1..=24).contains(number));
    told.or_else(|| severity_of(text)).unwrap_or(0)
}

/// The number of a word, as the appendix of OpenTelemetry's log data model maps those of common loggers.
pub(super) fn severity_of(word: &str) -> Option<i64> {
    let word = word.trim().to_ascii_lowercase();
    let (word, more) = match word.strip_suffix(['2', '3', '4']) {
        Some(bare) => (bare, word.bytes().last().map_or(0, |digit| i64::from(digit - b'1'))),
        None => (word.as_str(), 0),
    };
    let first = match word {
        "trace" | "finest" | "verbose" => 1,
        "debug" | "fine" | "finer" => 5,
        "info" | "information" | "informational" => 9,
        "notice" => 10,
        "warn" | "warning" => 13,
        "error" | "err" | "severe" => 17,
        "critical" | "crit" => 18,
        "alert" => 19,
        "fatal" | "emerg" | "emergency" | "panic" => 21,
        _ => return None,
    };
    Some(first + more)
}
