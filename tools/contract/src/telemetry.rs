//! Telemetry beside the bills: log records, spans, series on a grid and changes, with ids that stay and quotes that can be
//! read again.
//!
//! Moments are whole nanoseconds since 1970 in UTC (`i64`), as OpenTelemetry tells them. A workload is the resource's
//! `service.name`, and empty where nobody says; the same holds for every other text. What stands in the records was
//! written by the programs that are watched, and by whoever could make them write: data, never instructions.

use std::ops::ControlFlow;

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{incident::ChangeKind, period::Period};

/// The records of one period that a question is about. Empty lists ask for every one; names are compared exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// Records that begin in it.
    pub period: Period,
    /// `service.name`.
    pub workloads: Vec<String>,
    /// `cloud.account.id`.
    pub accounts: Vec<String>,
    /// `cloud.region`.
    pub regions: Vec<String>,
}

impl Extent {
    /// Everything of a period.
    #[must_use]
    pub fn of(period: Period) -> Self {
        Self { period, workloads: Vec::new(), accounts: Vec::new(), regions: Vec::new() }
    }

    /// First moment and first moment after, in nanoseconds since 1970; moments that no `i64` holds are its bounds.
    #[must_use]
    pub fn nanos(&self) -> (i64, i64) {
        (nanos_of(self.period.start()), nanos_of(self.period.end()))
    }
}

/// A moment in UTC as nanoseconds since 1970; what no `i64` holds (before 1678, after 2261) becomes its bound.
#[must_use]
pub fn nanos_of(moment: jiff::civil::DateTime) -> i64 {
    let bound = if moment.year() < 1970 { i64::MIN } else { i64::MAX };
    let nanos = moment.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp().as_nanosecond());
    nanos.ok().and_then(|nanos| i64::try_from(nanos).ok()).unwrap_or(bound)
}

/// In which order records are told, and which of them a limit keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordOrder {
    /// By time and then by id: read as a stream, in memory that does not grow with the records.
    #[default]
    Oldest,
    /// The last ones first. Needs a limit.
    Newest,
    /// By trace, within one by time and then by id: all spans of a trace stand together. Of logs those without a trace come
    /// first. Sorted in parts, in memory that does not grow with the period.
    Trace,
}

/// Log records of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogQuery {
    pub extent: Extent,
    /// Records of at least this severity: OpenTelemetry's `SeverityNumber`, 1 to 24 (9 info, 13 warn, 17 error, 21
    /// fatal); records that tell none are left out then.
    pub least_severity: Option<u8>,
    /// Records whose body holds every one of these, without regard to case.
    pub contains: Vec<String>,
    /// Records of this trace.
    pub trace: Option<String>,
    /// Whether [`LogLine::attributes`] and [`LogLine::resource`] are read; they are empty otherwise. Leaving them out
    /// reads much less.
    pub with_attributes: bool,
    pub order: RecordOrder,
    /// At most so many.
    pub limit: Option<u64>,
}

impl LogQuery {
    /// Every record of an extent, oldest first, without attributes.
    #[must_use]
    pub fn of(extent: Extent) -> Self {
        Self {
            extent,
            least_severity: None,
            contains: Vec::new(),
            trace: None,
            with_attributes: false,
            order: RecordOrder::Oldest,
            limit: None,
        }
    }
}

/// One log record while it is visited: it borrows from the columns that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogLine<'a> {
    /// Stays the same whatever file the record came in; [`crate::ports::TelemetryStore::log`] finds it again.
    pub id: &'a str,
    /// When it happened.
    pub at: i64,
    pub workload: &'a str,
    /// OpenTelemetry's `SeverityNumber`, 1 to 24; 0 where nobody says.
    pub severity: u8,
    /// The severity as the source words it.
    pub severity_text: &'a str,
    /// The line itself, as it was written: escape sequences and all.
    pub body: &'a str,
    pub trace: &'a str,
    pub span: &'a str,
    pub account: &'a str,
    pub region: &'a str,
    /// The resource, e.g. an instance or function, where the attributes name one.
    pub resource_id: &'a str,
    /// Attributes of the record, a JSON object of texts with its keys in order.
    pub attributes: &'a str,
    /// Attributes of its resource, likewise.
    pub resource: &'a str,
}

/// A log record that is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LogRecord {
    pub id: String,
    /// Nanoseconds since 1970, UTC.
    pub at: i64,
    pub workload: String,
    /// OpenTelemetry's `SeverityNumber`; 0 where nobody says.
    pub severity: u8,
    pub severity_text: String,
    pub body: String,
    pub trace: String,
    pub span: String,
    pub account: String,
    pub region: String,
    pub resource_id: String,
    /// A JSON object.
    pub attributes: String,
    /// A JSON object.
    pub resource: String,
}

impl LogLine<'_> {
    /// The record, to keep.
    #[must_use]
    pub fn to_record(&self) -> LogRecord {
        LogRecord {
            id: self.id.to_owned(),
            at: self.at,
            workload: self.workload.to_owned(),
            severity: self.severity,
            severity_text: self.severity_text.to_owned(),
            body: self.body.to_owned(),
            trace: self.trace.to_owned(),
            span: self.span.to_owned(),
            account: self.account.to_owned(),
            region: self.region.to_owned(),
            resource_id: self.resource_id.to_owned(),
            attributes: self.attributes.to_owned(),
            resource: self.resource.to_owned(),
        }
    }
}

/// Words of a log record by their place, to be read again before they are shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct LogQuote {
    /// [`LogRecord::id`].
    pub record: String,
    /// First byte of the body.
    pub start: u32,
    /// First byte behind.
    pub end: u32,
    /// What stood there when the quote was made.
    pub text: String,
}

impl LogQuote {
    /// The bytes from `start` to `end` of a record's body; `None` when they are no whole characters of it.
    #[must_use]
    pub fn of(record: &LogLine<'_>, start: usize, end: usize) -> Option<Self> {
        Some(Self {
            record: record.id.to_owned(),
            start: u32::try_from(start).ok()?,
            end: u32::try_from(end).ok()?,
            text: record.body.get(start..end)?.to_owned(),
        })
    }

    /// Whether a record that was read again still says it, byte for byte.
    #[must_use]
    pub fn holds(&self, record: &LogRecord) -> bool {
        let place = || Some(usize::try_from(self.start).ok()?..usize::try_from(self.end).ok()?);
        record.id == self.record
            && place().and_then(|place| record.body.get(place)) == Some(self.text.as_str())
    }
}

/// Counts of log records by time, workload and severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCountQuery {
    /// Order, limit and attributes of it mean nothing here.
    pub logs: LogQuery,
    /// The width of a step in seconds; steps begin at whole multiples of it since 1970.
    pub step_seconds: u32,
}

/// Spans of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanQuery {
    pub extent: Extent,
    /// Spans of this trace.
    pub trace: Option<String>,
    /// Spans of these operations.
    pub operations: Vec<String>,
    /// Failed spans alone: status code error.
    pub failed: bool,
    /// Whether [`SpanLine::attributes`] and [`SpanLine::resource`] are read; they are empty otherwise.
    pub with_attributes: bool,
    pub order: RecordOrder,
    /// At most so many.
    pub limit: Option<u64>,
}

impl SpanQuery {
    /// Every span of an extent, oldest first, without attributes.
    #[must_use]
    pub fn of(extent: Extent) -> Self {
        Self {
            extent,
            trace: None,
            operations: Vec::new(),
            failed: false,
            with_attributes: false,
            order: RecordOrder::Oldest,
            limit: None,
        }
    }
}

/// What part a span plays in a call, as OpenTelemetry names it.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SpanKind {
    #[default]
    Unspecified,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}

impl SpanKind {
    /// All of them, by OTLP's numbers from 0.
    pub const ALL: [Self; 6] = [
        Self::Unspecified,
        Self::Internal,
        Self::Server,
        Self::Client,
        Self::Producer,
        Self::Consumer,
    ];

    /// The word in files, as the ClickHouse exporter writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "Unspecified",
            Self::Internal => "Internal",
            Self::Server => "Server",
            Self::Client => "Client",
            Self::Producer => "Producer",
            Self::Consumer => "Consumer",
        }
    }

    /// The one of this word, also as OTLP writes it (`SPAN_KIND_SERVER`), without regard to case.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.strip_prefix("SPAN_KIND_").unwrap_or(word);
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(word))
    }

    /// Whether the span asks another program.
    #[must_use]
    pub fn calls(self) -> bool {
        matches!(self, Self::Client | Self::Producer)
    }
}

/// How a span ended, as OpenTelemetry names it.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SpanStatus {
    #[default]
    Unset,
    Ok,
    Error,
}

impl SpanStatus {
    /// All of them, by OTLP's numbers from 0.
    pub const ALL: [Self; 3] = [Self::Unset, Self::Ok, Self::Error];

    /// The word in files, as the ClickHouse exporter writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unset => "Unset",
            Self::Ok => "Ok",
            Self::Error => "Error",
        }
    }

    /// The one of this word, also as OTLP writes it (`STATUS_CODE_ERROR`), without regard to case.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.strip_prefix("STATUS_CODE_").unwrap_or(word);
        Self::ALL.into_iter().find(|status| status.name().eq_ignore_ascii_case(word))
    }
}

/// One span while it is visited: it borrows from the columns that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpanLine<'a> {
    /// Stays the same whatever file the span came in.
    pub id: &'a str,
    pub trace: &'a str,
    pub span: &'a str,
    /// The span above it; empty at the root.
    pub parent: &'a str,
    pub workload: &'a str,
    pub operation: &'a str,
    pub kind: SpanKind,
    /// When it began.
    pub at: i64,
    /// How long it took, in nanoseconds; never negative.
    pub duration: i64,
    pub status: SpanStatus,
    pub status_message: &'a str,
    pub account: &'a str,
    pub region: &'a str,
    pub resource_id: &'a str,
    /// Attributes of the span, a JSON object of texts with its keys in order; of an exception event those that start with
    /// `exception.` too.
    pub attributes: &'a str,
    /// Attributes of its resource, likewise.
    pub resource: &'a str,
}

/// Series of a period, brought onto one grid of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointQuery {
    /// Its start and end stand on whole steps.
    pub extent: Extent,
    /// Names of metrics as they are loaded; empty for every one.
    pub metrics: Vec<String>,
    /// Ids of resources; empty for every one.
    pub resources: Vec<String>,
    /// The width of a step in seconds, e.g. 60.
    pub step_seconds: u32,
}

/// One series on the grid: the first cell begins at the start of the period.
///
/// A cell without a point is NaN in `values` and `highs` and 0 in `counts`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesLine<'a> {
    /// Stays the same whatever file the points came in.
    pub id: &'a str,
    pub metric: &'a str,
    pub unit: &'a str,
    pub workload: &'a str,
    pub resource_id: &'a str,
    pub account: &'a str,
    pub region: &'a str,
    /// What the parts of one quantity are told apart by, e.g. the mode of a processor.
    pub state: &'a str,
    pub kind: SeriesKind,
    /// Attributes of the points, a JSON object.
    pub attributes: &'a str,
    /// Gauges: the mean of the step's points. Counts: what they grew by within the step. Histograms and summaries: the
    /// mean of the measurements behind the step's points.
    pub values: &'a [f64],
    /// The greatest value of the step: of histograms the greatest measurement where it is told.
    pub highs: &'a [f64],
    /// Measurements behind the step: points of gauges and counts, measurements of histograms and summaries.
    pub counts: &'a [f64],
}

/// What the numbers of a series are.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SeriesKind {
    /// A level: processor, memory, a queue.
    #[default]
    Level,
    /// A count that was brought to what it grew by.
    Count,
    /// Many measurements a point: histograms and summaries.
    Spread,
}

/// Changes of a period, in the order of their time and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeQuery {
    pub extent: Extent,
    /// Empty for every kind.
    pub kinds: Vec<ChangeKind>,
    /// Changes whose summary, actor or resource holds this, without regard to case.
    pub contains: Option<String>,
    /// With workloads in the extent: whether changes that name no workload are told too.
    pub with_unnamed: bool,
    /// At most so many, the last ones.
    pub limit: Option<u64>,
}

impl ChangeQuery {
    /// Every change of an extent, with those that name no workload.
    #[must_use]
    pub fn of(extent: Extent) -> Self {
        Self { extent, kinds: Vec::new(), contains: None, with_unnamed: true, limit: None }
    }
}

/// What a visit read, and how to read it again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scan {
    /// Where it was read, e.g. `embedded:logs`.
    pub source: String,
    pub statement: String,
    /// The statement's bound values, in order.
    pub parameters: Vec<String>,
    /// Records or series that were visited.
    pub visited: u64,
    /// Whether there were more: the limit was reached, or the visitor broke off.
    pub is_cut: bool,
}

/// Takes log records one after the other; `Break` ends the visit.
pub type VisitLogs<'v> = dyn FnMut(&LogLine<'_>) -> ControlFlow<()> + Send + 'v;
/// Takes spans one after the other; `Break` ends the visit.
pub type VisitSpans<'v> = dyn FnMut(&SpanLine<'_>) -> ControlFlow<()> + Send + 'v;
/// Takes series one after the other; `Break` ends the visit.
pub type VisitSeries<'v> = dyn FnMut(&SeriesLine<'_>) -> ControlFlow<()> + Send + 'v;

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_quote_holds_only_of_the_bytes_it_was_taken_from() {
        let record = LogRecord {
            id: "l1".to_owned(),
            body: "결제 failed".to_owned(),
            ..LogRecord::default()
        };
        let line = LogLine {
            id: &record.id,
            at: 0,
            workload: "",
            severity: 0,
            severity_text: "",
            body: &record.body,
            trace: "",
            span: "",
            account: "",
            region: "",
            resource_id: "",
            attributes: "",
            resource: "",
        };
        let quote = LogQuote::of(&line, 7, 13).unwrap();
        assert_eq!(quote.text, "failed");
        assert!(quote.holds(&record));
        assert_eq!(LogQuote::of(&line, 1, 4), None);
        assert_eq!(LogQuote::of(&line, 7, 14), None);
        assert!(!quote.holds(&LogRecord { body: "결제 falled".to_owned(), ..record.clone() }));
        assert!(!quote.holds(&LogRecord { id: "l2".to_owned(), ..record }));
    }

    #[test]
    fn words_of_otlp_and_of_the_exporter_mean_the_same() {
        for kind in SpanKind::ALL {
            let otlp = format!("SPAN_KIND_{}", kind.name().to_uppercase());
            assert_eq!(
                (SpanKind::named(&otlp), SpanKind::named(kind.name())),
                (Some(kind), Some(kind))
            );
        }
        assert_eq!(SpanStatus::named("STATUS_CODE_ERROR"), Some(SpanStatus::Error));
        assert_eq!(SpanStatus::named("failed"), None);
    }

    #[test]
    fn an_extent_is_told_in_nanoseconds() {
        let period = Period::of_days(date(1970, 1, 2), date(3000, 1, 1)).unwrap();
        assert_eq!(Extent::of(period).nanos(), (86_400_000_000_000, i64::MAX));
    }
}
