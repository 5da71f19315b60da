//! One span as it comes in, and what is kept of it.

use serde::{Deserialize, Serialize};
use wherefore_contract::telemetry::SpanKind;

/// How a span ended, in the words of AWS X-Ray: a fault is the called one's (5xx), an error the caller's (4xx), a throttle is
/// 429.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Well,
    Error,
    Throttle,
    Fault,
}

/// A span as it is read. Everything in it is data that others wrote.
#[derive(Debug, Clone, Copy)]
pub struct SpanRow<'a> {
    pub trace_id: &'a str,
    pub span_id: &'a str,
    /// Empty for a root.
    pub parent_id: &'a str,
    /// The resource's `service.name`.
    pub workload: &'a str,
    pub operation: &'a str,
    pub kind: SpanKind,
    /// Nanoseconds since 1970.
    pub start_ns: i64,
    pub duration_ns: u64,
    /// Whether the span's status is `Error`.
    pub failed: bool,
    /// Attributes of the span.
    pub attributes: &'a [(&'a str, &'a str)],
    pub account: &'a str,
    pub region: &'a str,
}

/// What is kept of a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceSpan {
    pub span_id: String,
    pub parent_id: String,
    pub workload: String,
    pub operation: String,
    pub kind: SpanKind,
    /// Nanoseconds since 1970, after clocks were set right.
    pub start_ns: i64,
    pub duration_ns: u64,
    pub outcome: Outcome,
    /// What a span that asks says of whom it asks.
    pub peer: Option<String>,
    pub account: String,
    pub region: String,
}

/// Characters of a name that are kept.
const NAME: usize = 200;

/// A month in nanoseconds: what lasts longer is a broken clock, not a span, and counts as if it had taken no time.
const LONGEST: u64 = 31 * 86_400 * 1_000_000_000;

impl TraceSpan {
    /// Keeps what is needed of a row.
    #[must_use]
    pub fn of(row: &SpanRow<'_>) -> Self {
        let name = |text: &str| crate::changes::clean(text, NAME);
        Self {
            span_id: row.span_id.to_owned(),
            parent_id: row
                .parent_id
                .trim_matches('0')
                .is_empty()
                .then(String::new)
                .unwrap_or_else(|| row.parent_id.to_owned()),
            workload: name(row.workload),
            operation: name(row.operation),
            kind: row.kind,
            start_ns: row.start_ns,
            // Some exporters write a negative duration, which reads as centuries.
            duration_ns: if row.duration_ns <= LONGEST { row.duration_ns } else { 0 },
            outcome: outcome(row),
            peer: if row.kind.calls() { peer(row.attributes) } else { None },
            account: name(row.account),
            region: name(row.region),
        }
    }

    /// The end, in nanoseconds since 1970.
    #[must_use]
    pub fn end_ns(&self) -> i64 {
        self.start_ns.saturating_add_unsigned(self.duration_ns)
    }

    /// Whether the span failed through what was called: a fault or a throttle, not the caller's own error.
    #[must_use]
    pub fn fails(&self) -> bool {
        matches!(self.outcome, Outcome::Fault | Outcome::Throttle)
    }
}

fn find<'a>(attributes: &[(&'a str, &'a str)], keys: &[&str]) -> Option<&'a str> {
    keys.iter().find_map(|key| {
        attributes
            .iter()
            .find(|(name, value)| name == key && !value.is_empty())
            .map(|(_, value)| *value)
    })
}

/// Semantic conventions of OpenTelemetry: HTTP's status code in its new and its old name, then gRPC's.
fn outcome(row: &SpanRow<'_>) -> Outcome {
    let http = find(row.attributes, &["http.response.status_code", "http.status_code"]);
    let http = http.and_then(|code| code.parse::<u16>().ok());
    let grpc =
        find(row.attributes, &["rpc.grpc.status_code"]).and_then(|code| code.parse::<u16>().ok());
    match (http, grpc) {
        (Some(code @ 400..=599), _) => match code {
            429 => Outcome::Throttle,
            400..=499 => Outcome::Error,
            _ => Outcome::Fault,
        },
        (_, Some(code @ 1..=16)) => match code {
            // RESOURCE_EXHAUSTED; then those that the caller brought about (grpc.github.io, "Status codes").
            8 => Outcome::Throttle,
            1 | 3 | 5 | 6 | 7 | 9 | 11 | 16 => Outcome::Error,
            _ => Outcome::Fault,
        },
        _ if row.failed => Outcome::Fault,
        _ => Outcome::Well,
    }
}

/// Whom a span asks, by the semantic conventions: a name of the peer, a database, a queue, an API, or a host.
fn peer(attributes: &[(&str, &str)]) -> Option<String> {
    let of = |keys: &[&str]| find(attributes, keys);
    let host = || {
        of(&["server.address", "net.peer.name", "net.sock.peer.name", "http.host", "net.peer.ip"])
    };
    let named = |system: &str, name: Option<&str>| {
        name.map_or(system.to_owned(), |name| format!("{system}:{name}"))
    };
    let found = if let Some(name) = of(&["peer.service", "service.peer.name"]) {
        name.to_owned()
    } else if let Some(system) = of(&["db.system.name", "db.system"]) {
        named(system, of(&["db.namespace", "db.name"]).or_else(host))
    } else if let Some(system) = of(&["messaging.system"]) {
        named(system, of(&["messaging.destination.name", "messaging.destination"]).or_else(host))
    } else if let Some(system) = of(&["rpc.system.name", "rpc.system"]) {
        named(system, of(&["rpc.service"]).or_else(host))
    } else {
        host()?.to_owned()
    };
    Some(crate::changes::clean(&found, NAME)).filter(|name| !name.is_empty())
}
