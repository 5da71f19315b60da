//! Which patterns of log lines are new, gone, or come at another rate in one window than in another.

use jiff::Timestamp;

use super::{
    chance::{corrected, float, sureness, two_rates},
    miner::{LeftOut, LogMiner},
    settings::LogSettings,
};

mod seen;

use seen::Seen;

/// One record of a log.
#[derive(Debug, Clone, Copy)]
pub struct LogLine<'a> {
    /// The record's id: with a byte range it is a quote that can be read again.
    pub record: &'a str,
    pub time: Timestamp,
    /// The number of OpenTelemetry's `SeverityNumber` (1 to 24; 17 and above are errors), 0 where it is not known.
    pub severity: u8,
    pub body: &'a [u8],
}

/// From a moment up to, not including, another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Window {
    pub(super) fn has(self, time: Timestamp) -> bool {
        self.from <= time && time < self.until
    }

    /// Its length in seconds, never negative.
    #[must_use]
    pub fn seconds(self) -> f64 {
        self.until.duration_since(self.from).as_secs_f64().max(0.0)
    }
}

/// How a pattern differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PatternChange {
    /// Never seen in the reference.
    New,
    /// Never seen in the window.
    Gone,
    More,
    Fewer,
}

impl PatternChange {
    /// The word in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Gone => "gone",
            Self::More => "more",
            Self::Fewer => "fewer",
        }
    }
}

/// Bytes of a record that show a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub record: String,
    /// First byte of the record's body.
    pub start: usize,
    /// The byte after the last one; both lie between characters where the body is UTF-8.
    pub end: usize,
}

/// A pattern that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub change: PatternChange,
    /// The id of the template.
    pub id: String,
    pub template: String,
    /// Lines in the reference.
    pub before: u64,
    /// Lines in the window.
    pub after: u64,
    /// Lines per second in the window by those in the reference, with half a line added to both counts.
    pub ratio: f64,
    /// Corrected for the number of patterns.
    pub p_value: f64,
    /// The p-value is below the bound; a new pattern of few lines may be there by chance.
    pub is_certain: bool,
    /// `-log10 p` (at most 30) times the doublings of the rate, half as much again where it is an error.
    pub surprise: f64,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// The highest severity seen, 0 where none is known.
    pub severity: u8,
    pub example: Quote,
}

/// What differs between two windows.
#[derive(Debug, Clone, PartialEq)]
pub struct Differences {
    /// The most surprising first.
    pub rows: Vec<Difference>,
    /// Patterns that differ and are not among the rows.
    pub more: usize,
    pub patterns: usize,
    pub lines_before: u64,
    pub lines_after: u64,
    /// Lines in neither window.
    pub lines_outside: u64,
    pub left_out: LeftOut,
}

/// Compares the patterns of `window` with those of `reference`.
///
/// Rates are compared with the conditional test of two Poisson rates. Lines come in bursts, so counts are first divided by
/// the dispersion that the pattern has in the reference (quasi-Poisson; Wedderburn, 1974). A pattern that was there before,
/// however rarely, is never new. The order of lines does not matter; where windows overlap, a line counts for `window`.
#[must_use]
pub fn diff_patterns<'a>(
    lines: impl IntoIterator<Item = LogLine<'a>>,
    reference: Window,
    window: Window,
    settings: &LogSettings,
) -> Differences {
    let mut miner = LogMiner::new(settings.miner.clone());
    let mut seen: Vec<(super::Shape, Seen)> = Vec::new();
    let mut places: rustc_hash::FxHashMap<super::Shape, usize> = rustc_hash::FxHashMap::default();
    let (mut before, mut after, mut outside) = (0, 0, 0);
    for line in lines {
        let is_after = window.has(line.time);
        if !is_after && !reference.has(line.time) {
            outside += 1;
            continue;
        }
        *(if is_after { &mut after } else { &mut before }) += 1_u64;
        let shape = miner.add(line.body);
        let place = *places.entry(shape).or_insert_with(|| {
            seen.push((shape, Seen::new(&line)));
            seen.len() - 1
        });
        if let Some((_, seen)) = seen.get_mut(place) {
            seen.see(&line, is_after, reference);
        }
    }
    let found = miner.finish();
    let mut of_template: Vec<Option<Seen>> = found.templates.iter().map(|_| None).collect();
    for (shape, seen) in seen {
        let Some(slot) = found.template_of(shape).and_then(|at| of_template.get_mut(at)) else {
            continue;
        };
        match slot {
            Some(whole) => whole.merge(seen),
            None => *slot = Some(seen),
        }
    }
    let patterns: Vec<(&super::Template, Seen)> = found
        .templates
        .iter()
        .zip(of_template)
        .filter_map(|(template, seen)| Some((template, seen?)))
        .collect();
    let (rows, more) = ranked(&patterns, reference, window, settings);
    Differences {
        rows,
        more,
        patterns: patterns.len(),
        lines_before: before,
        lines_after: after,
        lines_outside: outside,
        left_out: found.left_out,
    }
}

fn ranked(
    patterns: &[(&super::Template, Seen)],
    reference: Window,
    window: Window,
    settings: &LogSettings,
) -> (Vec<Difference>, usize) {
    let (was, is) = (reference.seconds(), window.seconds());
    let share = if was + is > 0.0 { is / (was + is) } else { 0.0 };
    let chances: Vec<f64> = patterns.iter().map(|(_, seen)| chance(seen, share)).collect();
    let corrected = corrected(&chances);
    let mut rows: Vec<Difference> = patterns
        .iter()
        .zip(corrected)
        .filter_map(|((template, seen), p_value)| {
            difference(template, seen, p_value, (was, is), settings)
        })
        .collect();
    rows.sort_by(|left, right| {
        right
            .is_certain
            .cmp(&left.is_certain)
            .then_with(|| right.surprise.total_cmp(&left.surprise))
            .then_with(|| left.change.cmp(&right.change))
            .then_with(|| right.after.cmp(&left.after))
            .then_with(|| left.template.cmp(&right.template))
    });
    let more = rows.len().saturating_sub(settings.diff.rows);
    rows.truncate(settings.diff.rows);
    (rows, more)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count divided by a dispersion of at least 1"
)]
fn chance(seen: &Seen, share: f64) -> f64 {
    let dispersion = seen.dispersion();
    let part = |count: u64| (float(count) / dispersion).round() as u64;
    let (before, after) = (part(seen.before), part(seen.after));
    two_rates(after, before + after, share)
}

fn difference(
    template: &super::Template,
    seen: &Seen,
    p_value: f64,
    (was, is): (f64, f64),
    settings: &LogSettings,
) -> Option<Difference> {
    let bounds = &settings.diff;
    let is_certain = p_value <= bounds.false_discovery_rate;
    let change = match (seen.before, seen.after) {
        (0, _) => PatternChange::New,
        (_, 0) => PatternChange::Gone,
        (before, after) if float(after) * was > float(before) * is => PatternChange::More,
        _ => PatternChange::Fewer,
    };
    let ratio =
        ((float(seen.after) + 0.5) / is.max(1e-9)) / ((float(seen.before) + 0.5) / was.max(1e-9));
    let is_told = match change {
        // What was never there is told even when it is there once: it comes after what is certain.
        PatternChange::New => was > 0.0 && is > 0.0,
        PatternChange::Gone | PatternChange::More | PatternChange::Fewer => {
            is_certain
                && seen.before + seen.after >= bounds.least_lines
                && ratio.ln().abs() >= bounds.least_ratio.ln()
        }
    };
    let weight = if seen.severity >= 17 { 1.5 } else { 1.0 };
    is_told.then(|| Difference {
        change,
        id: template.id.clone(),
        template: template.text.clone(),
        before: seen.before,
        after: seen.after,
        ratio,
        p_value,
        is_certain,
        surprise: sureness(p_value) * ratio.log2().abs() * weight,
        first_seen: seen.first,
        last_seen: seen.last,
        severity: seen.severity,
        example: seen.example.clone(),
    })
}

#[cfg(test)]
mod tests;
