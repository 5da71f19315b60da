//! One answer to one incident, held against its truth.

use jiff::Timestamp;
use wherefore_contract::answer::{Answer, Status};
use wherefore_demo::{CauseTruth, IncidentTruth};

use crate::report::Outcome;

// The beginning of the trouble may be off by so many seconds.
const START_S: i64 = 300;
const FIRST: usize = 3;

/// How one answer did; `None` where the question does not arise.
#[derive(Debug, Default)]
pub(super) struct Scored {
    pub(super) outcome: Outcome,
    pub(super) cause: Option<bool>,
    pub(super) cause_in_3: Option<bool>,
    pub(super) kind: Option<bool>,
    pub(super) path: Option<bool>,
    pub(super) signal: Option<bool>,
    pub(super) severity: Option<bool>,
    pub(super) start: Option<bool>,
    pub(super) silent: Option<bool>,
    pub(super) is_repeated: Option<bool>,
    pub(super) expected: String,
    pub(super) got: String,
    pub(super) misses: Vec<String>,
}

impl Scored {
    pub(super) fn unanswered(expected: String, why: String) -> Self {
        let outcome = Outcome::Declined;
        Self {
            outcome,
            expected,
            got: "no answer".to_owned(),
            misses: vec![why],
            ..Self::default()
        }
    }
}

/// One row of `result`.
struct Row<'a> {
    workload: &'a str,
    kind: &'a str,
    signal: &'a str,
    score: &'a str,
    strength: Option<Strength>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    Weak,
    Above,
}

pub(super) fn expected(incident: &IncidentTruth) -> String {
    incident.cause.as_ref().map_or_else(
        || "nothing above weak".to_owned(),
        |cause| {
            let paths: Vec<String> = cause.paths.iter().map(|path| path.join(" > ")).collect();
            let also = if cause.accept_also.is_empty() {
                String::new()
            } else {
                format!(" (or {})", cause.accept_also.join(", "))
            };
            format!("{} {}{also} by {}", cause.kind, cause.workload, paths.join(" or "))
        },
    )
}

pub(super) fn score(incident: &IncidentTruth, answer: &Answer) -> Scored {
    let rows = rows(answer);
    let got: Vec<String> = rows
        .iter()
        .take(FIRST)
        .map(|row| format!("{} {} {} {}", row.kind, row.workload, row.signal, row.score))
        .collect();
    let path = answer.hypotheses.first().map(|first| first.path.join(" > ")).unwrap_or_default();
    let mut scored = Scored {
        expected: expected(incident),
        got: format!("{}; path {path}", got.join(", ")),
        ..Scored::default()
    };
    if matches!(answer.status, Status::Declined | Status::NeedsClarification) {
        scored.outcome = Outcome::Declined;
        scored.misses.push(answer.headline.clone());
        return scored;
    }
    match &incident.cause {
        None => healthy(&rows, &mut scored),
        Some(cause) => broken(incident, cause, answer, &rows, &mut scored),
    }
    scored
}

fn rows(answer: &Answer) -> Vec<Row<'_>> {
    let place = |name: &str| answer.result.columns.iter().position(|column| column.name == name);
    let [workload, kind, signal, score] = ["workload", "kind", "signal", "score"].map(place);
    let strength = ["strength", "class", "confidence"].into_iter().find_map(place);
    let rows = answer.result.rows.iter();
    rows.map(|row| {
        let text = |at: Option<usize>| {
            at.and_then(|at| row.get(at)).and_then(Option::as_deref).unwrap_or_default()
        };
        Row {
            workload: text(workload),
            kind: text(kind),
            signal: text(signal),
            score: text(score),
            strength: match text(strength) {
                "weak" => Some(Strength::Weak),
                "moderate" | "strong" => Some(Strength::Above),
                _ => None,
            },
        }
    })
    .collect()
}

// A row that does not say how strong it is counts as strong.
fn healthy(rows: &[Row<'_>], scored: &mut Scored) {
    let is_silent = rows.iter().all(|row| row.strength == Some(Strength::Weak));
    scored.silent = Some(is_silent);
    scored.outcome = if is_silent { Outcome::Right } else { Outcome::Wrong };
    if !is_silent {
        scored.misses.push("a cause was named for a healthy window".to_owned());
    }
}

fn broken(
    incident: &IncidentTruth,
    cause: &CauseTruth,
    answer: &Answer,
    rows: &[Row<'_>],
    scored: &mut Scored,
) {
    let is_it = |row: &Row<'_>| names(cause).any(|name| name == row.workload);
    let first = rows.first();
    let named = first.filter(|row| is_it(row));
    let is_kind = first.is_some_and(|row| row.kind == cause.kind.name());
    let path = answer.hypotheses.first().map(|first| first.path.as_slice()).unwrap_or_default();
    let starts = named.is_some_and(|row| path.first().is_some_and(|first| first == row.workload));
    let is_path = starts && ways(cause).any(|way| way == path);
    scored.cause = Some(named.is_some());
    scored.cause_in_3 = Some(rows.iter().take(FIRST).any(is_it));
    scored.kind = Some(is_kind);
    scored.path = Some(is_path);
    scored.signal = Some(first.is_some_and(|row| row.signal == cause.signal.name()));
    let verdict = |name: &str| answer.verdict.as_ref()?.get(name)?.as_str();
    scored.severity = verdict("severity").map(|said| {
        let (most, least) = &cause.severity;
        most.as_str() <= said && said <= least.as_str()
    });
    scored.start = verdict("started_at").map(|said| {
        let said = said.parse::<Timestamp>();
        said.is_ok_and(|said| (said - incident.started_at).get_seconds().abs() <= START_S)
    });
    let misses = [
        (named.is_none(), "another workload at rank 1"),
        (!is_kind, "another kind at rank 1"),
        (named.is_some() && !is_path, "another path"),
    ];
    let misses = misses.into_iter().filter(|(is_missed, _)| *is_missed);
    scored.misses.extend(misses.map(|(_, why)| why.to_owned()));
    scored.outcome = match first {
        None => Outcome::Declined,
        Some(_) if scored.misses.is_empty() => Outcome::Right,
        Some(_) => Outcome::Wrong,
    };
}

fn names(cause: &CauseTruth) -> impl Iterator<Item = &str> {
    std::iter::once(&cause.workload).chain(&cause.accept_also).map(String::as_str)
}

// The ways of the truth; for another right name the rest of the way behind it, or the way with it in front where it
// stands on none, as the outside program that a workload's quota is of.
fn ways(cause: &CauseTruth) -> impl Iterator<Item = Vec<String>> {
    let rest = cause.paths.iter().flat_map(move |path| {
        cause.accept_also.iter().map(move |name| match path.iter().position(|one| one == name) {
            Some(at) => path.iter().skip(at).cloned().collect::<Vec<_>>(),
            None => std::iter::once(name.clone()).chain(path.iter().cloned()).collect(),
        })
    });
    cause.paths.iter().cloned().chain(rest)
}
