//! A day's logs and spans as steps of requests: what follows what inside a workload, which lines are seen, how long
//! spans take by themselves.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    path::Path,
    sync::LazyLock,
};

use regex::Regex;
use wherefore_incident::causes::{
    PatternCounts, PatternSeen, Severity, SpanFigures, SpansSeen, Steps, Succession,
};

use super::files::{Row, table, workload};
use crate::benchmark::BenchmarkError;

/// Ids of workloads and labels.
#[derive(Default)]
struct Names {
    ids: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.ids.insert(name.to_owned(), id);
        self.names.push(name.to_owned());
        id
    }

    fn name(&self, id: u32) -> &str {
        usize::try_from(id).ok().and_then(|place| self.names.get(place)).map_or("", String::as_str)
    }
}

struct Line {
    at: f64,
    node: u32,
    label: u32,
}

struct Span {
    at: f64,
    node: u32,
    duration: f64,
    self_time: f64,
}

/// One step inside a span: from one label to the next.
struct Step {
    at: f64,
    node: u32,
    from: u32,
    to: u32,
}

/// A day's requests.
#[derive(Default)]
pub(super) struct Requests {
    nodes: Names,
    labels: Names,
    severity: BTreeMap<u32, Severity>,
    lines: Vec<Line>,
    spans: Vec<Span>,
    steps: Vec<Step>,
    pub calls: BTreeSet<(String, String)>,
    /// Rows that came twice.
    pub duplicates: usize,
    /// Minutes with any line.
    minutes: BTreeSet<i64>,
}

// What ends a span's steps.
const END: &str = "(end)";

struct RawSpan {
    at: f64,
    node: u32,
    label: u32,
    parent: String,
    trace: String,
    duration: f64,
}

type Key = (String, String);
type Events = BTreeMap<Key, (u32, Vec<(f64, u8, u32)>)>;

impl Requests {
    pub(super) fn read(data: &Path, day: &str) -> Result<Self, BenchmarkError> {
        let mut requests = Self::default();
        let mut events = Events::new();
        let mut spans: BTreeMap<Key, RawSpan> = BTreeMap::new();
        for name in ["fault_trace", "normal_trace"] {
            requests.read_spans(data, day, name, &mut spans)?;
        }
        for (key, span) in &spans {
            let entry = events.entry(key.clone()).or_insert_with(|| (span.node, Vec::new()));
            entry.1.push((span.at, 0, span.label));
        }
        requests.keep_spans(&spans);
        for name in ["fault_log", "normal_log"] {
            requests.read_lines(data, day, name, &mut events)?;
        }
        let end = requests.labels.id(END);
        for (node, mut list) in events.into_values() {
            list.sort_by(|one, two| {
                one.0.total_cmp(&two.0).then((one.1, one.2).cmp(&(two.1, two.2)))
            });
            let ends = list.iter().skip(1).map(|one| one.2).chain([end]);
            let at = list.first().map_or(0.0, |one| one.0);
            let steps = list.iter().map(|one| one.2).zip(ends);
            requests.steps.extend(steps.map(|(from, to)| Step { at, node, from, to }));
        }
        Ok(requests)
    }

    fn read_spans(
        &mut self,
        data: &Path,
        day: &str,
        name: &str,
        spans: &mut BTreeMap<Key, RawSpan>,
    ) -> Result<(), BenchmarkError> {
        let Some(table) = table(data, day, name)? else { return Ok(()) };
        let (trace, span) = (table.column("TraceID")?, table.column("SpanID")?);
        let (parent, pod) = (table.column("ParentID")?, table.column("PodName")?);
        let (operation, start) =
            (table.column("OperationName")?, table.column("StartTimeUnixNano")?);
        let duration = table.column("Duration")?;
        table.rows(|row| {
            let label = self.labels.id(&format!("{} start", row.text(operation)));
            let node = self.nodes.id(workload(&row.text(pod)));
            let trace = row.text(trace).into_owned();
            let key = (trace.clone(), row.text(span).into_owned());
            let raw = RawSpan {
                at: row.number(start) / 1e9,
                node,
                label,
                parent: row.text(parent).into_owned(),
                trace,
                duration: row.number(duration) / 1e6,
            };
            if raw.at.is_finite() && spans.insert(key, raw).is_some() {
                self.duplicates += 1;
            }
        })
    }

    fn keep_spans(&mut self, spans: &BTreeMap<Key, RawSpan>) {
        let mut below: HashMap<(&str, &str), f64> = HashMap::new();
        for span in spans.values() {
            *below.entry((&span.trace, &span.parent)).or_default() += span.duration.max(0.0);
            if let Some(parent) = spans.get(&(span.trace.clone(), span.parent.clone()))
                && parent.node != span.node
            {
                let name = |id| self.nodes.name(id).to_owned();
                self.calls.insert((name(parent.node), name(span.node)));
            }
        }
        self.spans = spans
            .iter()
            .map(|((trace, id), span)| {
                let children = below.get(&(trace.as_str(), id.as_str())).copied().unwrap_or(0.0);
                let self_time = (span.duration - children).max(0.0);
                Span { at: span.at, node: span.node, duration: span.duration, self_time }
            })
            .collect();
    }

    fn read_lines(
        &mut self,
        data: &Path,
        day: &str,
        name: &str,
        events: &mut Events,
    ) -> Result<(), BenchmarkError> {
        let Some(table) = table(data, day, name)? else { return Ok(()) };
        let (trace, span) = (table.column("TraceID")?, table.column("SpanID")?);
        let (pod, time) = (table.column("PodName")?, table.column("TimeUnixNano")?);
        let log = table.column("Log")?;
        let mut known: HashSet<(Key, u64, u32)> = HashSet::new();
        table.rows(|row| {
            let at = row.number(time) / 1e9;
            if !at.is_finite() {
                return;
            }
            let (label, severity) = label(&line(row, log));
            let label = self.labels.id(&label);
            self.severity.insert(label, severity);
            let node = self.nodes.id(workload(&row.text(pod)));
            let key = (row.text(trace).into_owned(), row.text(span).into_owned());
            if !known.insert((key.clone(), row.number(time).to_bits(), label)) {
                self.duplicates += 1;
                return;
            }
            self.minutes.insert(minute(at));
            self.lines.push(Line { at, node, label });
            if !key.0.is_empty() && !key.1.is_empty() {
                events.entry(key).or_insert_with(|| (node, Vec::new())).1.push((at, 1, label));
            }
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "minutes since 1970")]
fn minute(at: f64) -> i64 {
    (at / 60.0).floor() as i64
}

// The container runtime's envelope, or the line itself where there is none.
fn line(row: &Row<'_>, column: usize) -> String {
    #[derive(serde::Deserialize)]
    struct Envelope {
        log: String,
    }
    let text = row.text(column);
    serde_json::from_str::<Envelope>(&text).map_or_else(|_| text.into_owned(), |one| one.log)
}

static HEAD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\S+\s+(\w+)\s+(\S+#\d+)\s").ok());
static VARIABLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[0-9A-Fa-f]*\d[0-9A-Fa-f]*").ok());
const LABEL_CHARACTERS: usize = 120;

/// Where in the code a line was written, when it says so; else the line without what varies.
fn label(line: &str) -> (String, Severity) {
    let head = HEAD.as_ref().and_then(|head| head.captures(line));
    let level = head.as_ref().and_then(|head| head.get(1)).map_or("", |level| level.as_str());
    let severity = match level {
        "ERROR" | "FATAL" => Severity::Error,
        "WARN" => Severity::Warning,
        _ if head.is_none() && line.contains("rror") => Severity::Error,
        _ => Severity::Information,
    };
    if let Some(place) = head.as_ref().and_then(|head| head.get(2)) {
        return (place.as_str().to_owned(), severity);
    }
    let short: String = line.trim().chars().take(LABEL_CHARACTERS).collect();
    let masked = VARIABLE.as_ref().map(|mask| mask.replace_all(&short, "*").into_owned());
    (masked.unwrap_or(short), severity)
}

/// What a fault's window shows beside the rest of the day.
pub(super) struct Shown {
    pub nodes: BTreeSet<String>,
    pub patterns: Vec<PatternSeen>,
    pub successions: Vec<Succession>,
    pub spans: Vec<SpansSeen>,
}

impl Requests {
    /// The window is the `length` seconds from `at`; the rest of the day, without `settle` seconds from `at`, is held
    /// against it.
    pub(super) fn around(&self, at: f64, length: f64, settle: f64) -> Shown {
        let side = |time: f64| {
            if time >= at && time < at + length {
                Some(true)
            } else if time < at || time >= at + settle {
                Some(false)
            } else {
                None
            }
        };
        let nodes = self.nodes.names.iter().cloned().collect();
        Shown {
            nodes,
            patterns: self.patterns(&side),
            successions: self.successions(&side),
            spans: self.spans(&side),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "minutes of a day")]
    fn patterns(&self, side: &dyn Fn(f64) -> Option<bool>) -> Vec<PatternSeen> {
        let minutes = |is_in: bool| {
            let here = |minute: &&i64| side(**minute as f64 * 60.0 + 30.0) == Some(is_in);
            self.minutes.iter().filter(here).count().max(1) as f64
        };
        let exposure = minutes(true) / minutes(false);
        let mut counts: BTreeMap<(u32, u32), PatternCounts> = BTreeMap::new();
        for line in &self.lines {
            let entry = counts.entry((line.node, line.label)).or_default();
            match side(line.at) {
                Some(true) => entry.after += 1,
                Some(false) => entry.before += 1,
                None => {}
            }
        }
        counts
            .into_iter()
            .map(|((node, label), counts)| PatternSeen {
                id: format!("{} {}", self.nodes.name(node), self.labels.name(label)),
                node: self.nodes.name(node).to_owned(),
                text: self.labels.name(label).to_owned(),
                severity: self.severity.get(&label).copied().unwrap_or(Severity::Information),
                counts,
                exposure,
            })
            .collect()
    }

    // Of every step's successors on the healthy side the most frequent is the usual one.
    fn successions(&self, side: &dyn Fn(f64) -> Option<bool>) -> Vec<Succession> {
        let mut counts: BTreeMap<(u32, u32), BTreeMap<u32, (u64, u64)>> = BTreeMap::new();
        for step in &self.steps {
            let entry = counts.entry((step.node, step.from)).or_default();
            let entry = entry.entry(step.to).or_default();
            match side(step.at) {
                Some(true) => entry.1 += 1,
                Some(false) => entry.0 += 1,
                None => {}
            }
        }
        let end = self.labels.ids.get(END).copied();
        let mut out = Vec::new();
        for ((node, from), by) in counts {
            let seen = |pick: fn(&(u64, u64)) -> u64| by.values().map(pick).sum::<u64>();
            let (before, after) = (seen(|one| one.0), seen(|one| one.1));
            let usual = by
                .iter()
                .filter(|(to, _)| Some(**to) != end)
                .max_by_key(|(to, count)| (count.0, std::cmp::Reverse(**to)));
            let Some((to, count)) = usual else { continue };
            let (node, from, to) =
                (self.nodes.name(node), self.labels.name(from), self.labels.name(*to));
            out.push(Succession {
                id: format!("{node}: {from}_{to}"),
                node: node.to_owned(),
                from: from.to_owned(),
                to: to.to_owned(),
                before: Steps { seen: before, followed: count.0 },
                after: Steps { seen: after, followed: count.1 },
            });
        }
        out
    }

    fn spans(&self, side: &dyn Fn(f64) -> Option<bool>) -> Vec<SpansSeen> {
        let mut times: BTreeMap<u32, [Vec<(f64, f64)>; 2]> = BTreeMap::new();
        for span in &self.spans {
            let Some(is_in) = side(span.at) else { continue };
            let [before, after] = times.entry(span.node).or_default();
            (if is_in { after } else { before }).push((span.duration, span.self_time));
        }
        times
            .into_iter()
            .map(|(node, [before, after])| SpansSeen {
                node: self.nodes.name(node).to_owned(),
                caller: None,
                before: figures(&before),
                after: figures(&after),
            })
            .collect()
    }
}

fn figures(times: &[(f64, f64)]) -> SpanFigures {
    let at = |pick: fn(&(f64, f64)) -> f64| {
        let mut values: Vec<f64> = times.iter().map(pick).collect();
        values.sort_by(f64::total_cmp);
        values.get((values.len().saturating_sub(1)) * 95 / 100).copied().unwrap_or(0.0)
    };
    SpanFigures {
        calls: u64::try_from(times.len()).unwrap_or(u64::MAX),
        errors: 0,
        errors_own: 0,
        duration: at(|one| one.0),
        self_time: at(|one| one.1),
    }
}
