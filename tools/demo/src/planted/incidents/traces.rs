//! Spans of sampled requests.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rand_chacha::ChaCha8Rng;

use super::{
    changes::Version,
    estate::{Estate, Role},
    otlp::{Lines, attributes, nanos, resource},
    requests::{Drawn, Side, Why, route},
};
use crate::DemoError;

// Spans of an export request.
const BATCH: usize = 256;

/// The version of a workload in a minute, where a deployment said.
pub(super) fn version(versions: &[Version], at: usize, minute: i64) -> Option<&str> {
    let before = versions.iter().filter(|version| version.at == at && version.minute <= minute);
    before.max_by_key(|version| version.minute).map(|version| version.name.as_str())
}

/// Writes spans, those of one workload and version together.
pub(super) fn write(
    lines: &mut Lines,
    estate: &Estate,
    versions: &[Version],
    spans: &[Drawn],
    random: &mut ChaCha8Rng,
) -> Result<(), DemoError> {
    let mut batches: BTreeMap<(usize, Option<&str>), Vec<String>> = BTreeMap::new();
    for span in spans {
        let key = (span.at, version(versions, span.at, span.minute));
        let batch = batches.entry(key).or_default();
        batch.push(json(estate, span, random));
    }
    for ((at, version), spans) in batches {
        let Some(workload) = estate.workloads.get(at) else { continue };
        for part in spans.chunks(BATCH) {
            lines.put(&format!(
                "{{\"resourceSpans\":[{{\"resource\":{},\"scopeSpans\":[{{\"scope\":{{\"name\":\"moonjar.http\"}},\"spans\":[{}]}}]}}]}}",
                resource(workload, version),
                part.join(",")
            ))?;
        }
    }
    Ok(())
}

fn json(estate: &Estate, span: &Drawn, random: &mut ChaCha8Rng) -> String {
    let start = nanos(span.minute, span.start_ms / 1000.0);
    let end = nanos(span.minute, (span.start_ms + span.duration_ms) / 1000.0);
    let status = match span.why {
        None => "200",
        Some(Why::Rejected) => "503",
        Some(Why::Throttled(_)) => "429",
        Some(Why::Own | Why::Killed | Why::Answered(_)) => "500",
        Some(Why::Timeout(_) | Why::Lost(_) | Why::Refused(_)) => "504",
    };
    let error = match span.why {
        None => None,
        Some(Why::Timeout(_) | Why::Lost(_)) => Some("timeout"),
        Some(Why::Refused(_)) => Some("tls_handshake"),
        Some(Why::Own | Why::Killed | Why::Rejected | Why::Throttled(_) | Why::Answered(_)) => {
            Some(status)
        }
    };
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let (kind, name);
    let tried;
    match span.side {
        Side::Server => {
            let route = route(estate, span.at, random);
            (kind, name) = (2, format!("GET {route}"));
            pairs.extend([("http.request.method", "GET"), ("http.response.status_code", status)]);
        }
        Side::Client(to, number) => {
            (kind, name) = (3, call_name(estate, to));
            pairs.push(("peer.service", estate.name(to)));
            match estate.role(to) {
                Role::Database => pairs.push(("db.system.name", "postgresql")),
                Role::Cache => pairs.push(("db.system.name", "redis")),
                Role::Gateway | Role::Api | Role::Core | Role::Outside | Role::Batch => {
                    let no_answer =
                        matches!(span.why, Some(Why::Timeout(_) | Why::Lost(_) | Why::Refused(_)));
                    if !no_answer {
                        pairs.push(("http.response.status_code", status));
                    }
                }
            }
            if number > 1 {
                tried = (number - 1).to_string();
                pairs.push(("http.request.resend_count", &tried));
            }
        }
    }
    pairs.extend(error.map(|error| ("error.type", error)));
    let code = if span.why.is_some() { ",\"status\":{\"code\":2}" } else { "" };
    let mut out = format!("{{\"traceId\":\"{}\",\"spanId\":\"{}\"", span.trace, span.id);
    if !span.parent.is_empty() {
        let _ = write!(out, ",\"parentSpanId\":\"{}\"", span.parent);
    }
    let _ = write!(
        out,
        ",\"name\":\"{name}\",\"kind\":{kind},\"startTimeUnixNano\":\"{start}\",\"endTimeUnixNano\":\"{end}\",\"attributes\":{}{code}}}",
        attributes(&pairs)
    );
    out
}

fn call_name(estate: &Estate, to: usize) -> String {
    match estate.role(to) {
        Role::Database => format!("SELECT {}", estate.name(to).replace('-', "_")),
        Role::Cache => "GET".to_owned(),
        Role::Gateway | Role::Api | Role::Core | Role::Outside | Role::Batch => {
            format!("GET {}", estate.name(to))
        }
    }
}
