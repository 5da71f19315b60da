//! From observations to evidence: how surprising each one is, by itself, for the node it belongs to.

use std::collections::BTreeMap;

use wherefore_contract::incident::Signal;

use super::{
    estate::{Estate, PatternSeen, Series, Severity, SpansSeen, Succession},
    figures::{Level, count_moved, course, height, saturating, share_moved},
    settings::CauseSettings,
};

/// What an observation is of, by the id that the estate gave it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    Series(String),
    Pattern(String),
    Succession(String),
    /// The spans of a node, or of one caller's calls to it.
    Spans {
        node: String,
        caller: Option<String>,
    },
    Change(String),
    Call {
        caller: String,
        callee: String,
    },
}

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// A series is higher than when all was well.
    Higher,
    /// It is not.
    Steady,
    /// It moved, but not when the symptom did.
    OffCourse,
    /// A log pattern that was not there before, or is seen more often.
    PatternRose,
    /// A log pattern that is missing, or is seen less often.
    PatternFell,
    /// What usually comes next no longer does.
    StepLost,
    /// More calls fail, and nothing further down fails with them.
    ErrorsBegin,
    /// More calls fail, because calls further down do.
    ErrorsPass,
    /// Calls take longer in the node itself.
    SlowerItself,
    /// Calls take longer, but not in the node itself.
    SlowerBelow,
    /// Something was changed shortly before.
    Changed,
    /// A callee moved at least as much.
    ExplainedBelow,
    /// No chain of calls is known that leads here from the symptom.
    NoPath,
}

/// One piece of evidence for or against a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    pub of: Reference,
    pub finding: Finding,
    /// The signal that it speaks of.
    pub signal: Option<Signal>,
    /// From 0 to 1: how surprising it is, weighted by what it can say.
    pub strength: f64,
    /// From 0 to 1: how surprising it is by itself, before what it can say of a cause is weighed.
    pub surprise: f64,
    /// Lower bound of the correlation with the symptom, where both can be compared.
    pub course: Option<f64>,
}

/// Kinds of sources; a second kind corroborates a first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Metrics,
    Logs,
    Traces,
}

impl Observation {
    pub(super) fn source(&self) -> Option<Source> {
        match self.of {
            Reference::Series(_) => Some(Source::Metrics),
            Reference::Pattern(_) | Reference::Succession(_) => Some(Source::Logs),
            Reference::Spans { .. } => Some(Source::Traces),
            Reference::Change(_) | Reference::Call { .. } => None,
        }
    }
}

/// What the symptom's own series looks like in the window.
pub(super) struct SymptomSeen {
    pub above: Vec<f64>,
    /// From 0 to 1.
    pub strength: f64,
}

/// The symptom's series, when it is named, known and has healthy values.
pub(super) fn symptom(estate: &Estate, settings: &CauseSettings) -> Option<SymptomSeen> {
    let id = estate.symptom.series.as_deref()?;
    let series = estate.series.iter().find(|series| series.id == id)?;
    let above = above(series, settings)?;
    let strength = saturating(height(&above, settings.series.second), settings.series.half_at);
    Some(SymptomSeen { above, strength })
}

fn above(series: &Series, settings: &CauseSettings) -> Option<Vec<f64>> {
    Level::of(&series.reference, &settings.series, series.resolution)
        .map(|level| level.above(&series.window, &series.before, settings.series.already))
}

/// Evidence by node, strongest first, ties by reference.
pub(super) fn gather<'a>(
    estate: &'a Estate,
    seen: Option<&SymptomSeen>,
    settings: &CauseSettings,
) -> BTreeMap<&'a str, Vec<Observation>> {
    let mut by_node: BTreeMap<&str, Vec<Observation>> = BTreeMap::new();
    let mut add = |node: &'a str, observation: Option<Observation>| {
        if let Some(observation) = observation {
            by_node.entry(node).or_default().push(observation);
        }
    };
    for series in &estate.series {
        add(&series.node, of_series(series, estate, seen, settings));
    }
    for pattern in &estate.patterns {
        add(&pattern.node, of_pattern(pattern, settings));
    }
    for succession in &estate.successions {
        add(&succession.node, of_succession(succession, settings));
    }
    for spans in &estate.spans {
        let [errors, slower] = of_spans(spans, settings);
        add(&spans.node, errors);
        add(&spans.node, slower);
    }
    for list in by_node.values_mut() {
        list.sort_by(|one, two| {
            two.strength.total_cmp(&one.strength).then_with(|| one.of.cmp(&two.of))
        });
    }
    by_node
}

fn of_series(
    series: &Series,
    estate: &Estate,
    seen: Option<&SymptomSeen>,
    settings: &CauseSettings,
) -> Option<Observation> {
    let above = above(series, settings)?;
    let surprise = saturating(height(&above, settings.series.second), settings.series.half_at);
    let weights = &settings.weights;
    let by_signal = match series.signal {
        Signal::Latency => weights.latency,
        Signal::Errors => weights.errors,
        Signal::Traffic => weights.traffic,
        Signal::Saturation => weights.saturation,
        Signal::Cost => weights.cost,
    };
    let is_the_symptoms = estate.symptom.signal.is_none_or(|signal| signal == series.signal);
    let by_symptom = if is_the_symptoms || series.signal == Signal::Saturation {
        1.0
    } else {
        weights.other_signal
    };
    let is_symptom = estate.symptom.node.as_deref() == Some(series.node.as_str())
        && estate.symptom.signal == Some(series.signal);
    let restated = if is_symptom { weights.restated } else { 1.0 };
    let shared = if series.is_shared { weights.shared } else { 1.0 };
    let course = seen.and_then(|seen| course(&seen.above, &above, settings.series.course_errors));
    let off = settings.series.off_course;
    let on_course = match (seen, course) {
        (None, _) => 1.0,
        (Some(_), None) => settings.series.unknown_course,
        (Some(_), Some(course)) => off + (1.0 - off) * course.max(0.0),
    };
    let finding = if surprise < settings.parts.least_evidence {
        Finding::Steady
    } else if course.is_some_and(|course| course <= 0.0) {
        Finding::OffCourse
    } else {
        Finding::Higher
    };
    Some(Observation {
        of: Reference::Series(series.id.clone()),
        finding,
        signal: Some(series.signal),
        surprise,
        strength: surprise * by_signal * by_symptom * restated * shared * on_course,
        course,
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn of_pattern(pattern: &PatternSeen, settings: &CauseSettings) -> Option<Observation> {
    let exposure =
        if pattern.exposure.is_finite() { pattern.exposure.max(0.0) } else { return None };
    let expected = (pattern.counts.before as f64 + 0.5) * exposure;
    let seen = pattern.counts.after as f64;
    let ratio = count_moved(expected, seen);
    let rises = seen > expected;
    let weights = &settings.weights;
    let weight = match (pattern.severity, rises) {
        (Severity::Error, true) => weights.pattern_error,
        (Severity::Warning, true) => weights.pattern_warning,
        (Severity::Information, true)
        | (Severity::Information | Severity::Warning | Severity::Error, false) => {
            weights.pattern_information
        }
    };
    // A tiny change of a frequent pattern is certain and says nothing.
    let moved = (seen - expected).abs() / seen.max(expected).max(1.0);
    let surprise = saturating(ratio * moved, settings.counts.half_at);
    Some(Observation {
        of: Reference::Pattern(pattern.id.clone()),
        finding: if rises { Finding::PatternRose } else { Finding::PatternFell },
        signal: (pattern.severity == Severity::Error).then_some(Signal::Errors),
        strength: weight * surprise,
        surprise,
        course: None,
    })
}

fn of_succession(succession: &Succession, settings: &CauseSettings) -> Option<Observation> {
    let (before, after) = (succession.before, succession.after);
    if after.seen < settings.counts.least || before.seen < settings.counts.least_before {
        return None;
    }
    let (surprise, by) = share_moved((before.followed, before.seen), (after.followed, after.seen));
    let surprise = saturating(surprise, settings.counts.half_at);
    (by < 0.0).then(|| Observation {
        of: Reference::Succession(succession.id.clone()),
        finding: Finding::StepLost,
        signal: Some(Signal::Errors),
        strength: settings.weights.succession * surprise,
        surprise,
        course: None,
    })
}

fn of_spans(spans: &SpansSeen, settings: &CauseSettings) -> [Option<Observation>; 2] {
    let (before, after) = (spans.before, spans.after);
    let of = Reference::Spans { node: spans.node.clone(), caller: spans.caller.clone() };
    if after.calls < settings.counts.least || before.calls < settings.counts.least_before {
        return [None, None];
    }
    let surprise = |then: u64, now: u64| {
        let (surprise, by) = share_moved((then, before.calls), (now, after.calls));
        if by > 0.0 { saturating(surprise, settings.counts.half_at) } else { 0.0 }
    };
    let (own, all) =
        (surprise(before.errors_own, after.errors_own), surprise(before.errors, after.errors));
    let errors = (all > 0.0).then(|| Observation {
        of: of.clone(),
        finding: if own > 0.0 { Finding::ErrorsBegin } else { Finding::ErrorsPass },
        signal: Some(Signal::Errors),
        strength: settings.weights.spans * own,
        surprise: own,
        course: None,
    });
    if after.calls < settings.spans.least_calls || before.calls < settings.spans.least_calls {
        return [errors, None];
    }
    let slower = |then: f64, now: f64| {
        let doublings = (now.max(0.0) / then.max(1e-6)).log2();
        saturating(doublings * settings.spans.spreads_a_doubling, settings.series.half_at)
    };
    let (own, all) =
        (slower(before.self_time, after.self_time), slower(before.duration, after.duration));
    let late = (own.max(all) > 0.0).then(|| Observation {
        of,
        finding: if own >= all * 0.5 { Finding::SlowerItself } else { Finding::SlowerBelow },
        signal: Some(Signal::Latency),
        strength: settings.weights.spans * own.min(all),
        surprise: own.min(all),
        course: None,
    });
    [errors, late]
}
