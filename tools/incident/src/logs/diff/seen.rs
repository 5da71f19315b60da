//! What is kept of a pattern's lines.

use jiff::Timestamp;

use super::{LogLine, Quote, Window};
use crate::logs::chance::float;

/// Parts of the reference in which lines are counted apart.
const PARTS: u32 = 12;
/// Bytes of a quote.
const QUOTED: usize = 400;

/// What is kept of a pattern's lines.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub before: u64,
    pub after: u64,
    pub first: Timestamp,
    pub last: Timestamp,
    pub severity: u8,
    pub example: Quote,
    /// Whether the example is of the window, and its time.
    example_of: (bool, Timestamp),
    parts: [u32; PARTS as usize],
}

impl Seen {
    pub(super) fn new(line: &LogLine<'_>) -> Self {
        Self {
            before: 0,
            after: 0,
            first: line.time,
            last: line.time,
            severity: 0,
            example: quote(line),
            example_of: (false, Timestamp::MAX),
            parts: [0; PARTS as usize],
        }
    }

    pub(super) fn see(&mut self, line: &LogLine<'_>, is_after: bool, reference: Window) {
        self.first = self.first.min(line.time);
        self.last = self.last.max(line.time);
        self.severity = self.severity.max(line.severity);
        if is_after {
            self.after += 1;
        } else {
            self.before += 1;
            if let Some(part) = self.parts.get_mut(part_of(line.time, reference)) {
                *part = part.saturating_add(1);
            }
        }
        if is_better((is_after, line.time, line.record), (self.example_of, &self.example.record)) {
            self.example = quote(line);
            self.example_of = (is_after, line.time);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.before += other.before;
        self.after += other.after;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.severity = self.severity.max(other.severity);
        for (mine, theirs) in self.parts.iter_mut().zip(other.parts) {
            *mine = mine.saturating_add(theirs);
        }
        let (is_after, time) = other.example_of;
        let theirs = (is_after, time, other.example.record.as_str());
        if is_better(theirs, (self.example_of, &self.example.record)) {
            self.example = other.example;
            self.example_of = (is_after, time);
        }
    }

    /// How many times more the counts of the reference's parts vary than those of lines that come one by one; at least 1,
    /// and 1 where there are too few lines to say.
    pub(super) fn dispersion(&self) -> f64 {
        if self.before < u64::from(PARTS) {
            return 1.0;
        }
        let mean = float(self.before) / f64::from(PARTS);
        let squares: f64 = self.parts.iter().map(|part| (f64::from(*part) - mean).powi(2)).sum();
        (squares / mean / f64::from(PARTS - 1)).max(1.0)
    }
}

// The first line of the window, else the first of the reference; equal times by the record's id.
fn is_better(
    (is_after, time, record): (bool, Timestamp, &str),
    ((was_after, was), kept): ((bool, Timestamp), &str),
) -> bool {
    (!is_after, time, record) < (!was_after, was, kept)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share between 0 and 1 times the number of parts"
)]
fn part_of(time: Timestamp, reference: Window) -> usize {
    let passed = time.duration_since(reference.from).as_secs_f64() / reference.seconds().max(1e-9);
    ((passed * f64::from(PARTS)).max(0.0) as usize).min(PARTS as usize - 1)
}

// The first line of the body without the spaces around it, cut between characters.
fn quote(line: &LogLine<'_>) -> Quote {
    let body = line.body;
    let start = body.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let rest = body.get(start..).unwrap_or_default();
    let rest = rest.get(..rest.len().min(QUOTED + 1)).unwrap_or(rest);
    let mut length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    if length > QUOTED {
        length = QUOTED;
        while length > 0 && rest.get(length).is_some_and(|byte| byte & 0xC0 == 0x80) {
            length -= 1;
        }
    }
    while length > 0 && rest.get(length - 1).is_some_and(u8::is_ascii_whitespace) {
        length -= 1;
    }
    Quote { record: line.record.to_owned(), start, end: start + length }
}
