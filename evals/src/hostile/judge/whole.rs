//! What stands outside of claims, and the parts that machines read: result, verdict, reading and charts.

use std::collections::BTreeSet;

use serde_json::Value;
use wherefore_contract::{
    Decimal,
    answer::{Answer, ResultKind, Status},
};

use super::{Case, Fault, fault, scan};

pub(super) fn check(answer: &Answer, case: &Case<'_>) -> Vec<Fault> {
    let mut faults: Vec<Fault> = outside(answer);
    faults.extend(beside(answer));
    faults.extend(result(answer));
    faults.extend(verdict(answer));
    faults.extend(reading(answer, case));
    faults.extend(charts(answer));
    faults.extend(present(answer, case));
    faults
}

// The text with its claims taken out holds no figure.
fn outside(answer: &Answer) -> Vec<Fault> {
    let mut plain = String::new();
    let mut from = 0;
    let mut claims: Vec<(usize, usize)> =
        answer.claims.iter().filter(|one| one.kind != "result").map(|one| one.at).collect();
    claims.sort_unstable();
    for (start, end) in claims {
        plain.push_str(answer.text.get(from..start).unwrap_or_default());
        plain.push('\u{1}');
        from = from.max(end);
    }
    plain.push_str(answer.text.get(from..).unwrap_or_default());
    let lines = plain.lines().filter_map(scan::figure);
    lines
        .map(|found| fault("figure", format!("`{found}` stands in the text without a claim")))
        .collect()
}

// Every part that is shown by itself stands in the text, where its claims are.
fn beside(answer: &Answer) -> Vec<Fault> {
    let parts = std::iter::once(&answer.headline)
        .chain(answer.findings.iter().map(|one| &one.text))
        .chain(answer.assumptions.iter().map(|one| &one.text))
        .chain(answer.gaps.iter().flat_map(|one| [&one.text, &one.effect]))
        .chain(&answer.next);
    let codes = answer
        .gaps
        .iter()
        .flat_map(|one| [&one.code, &one.source])
        .chain(answer.assumptions.iter().map(|one| &one.code));
    let missing = parts
        .filter(|part| !answer.text.contains(part.as_str()))
        .map(|part| fault("figure", format!("`{part}` does not stand in the text")));
    let figures = codes
        .filter_map(|code| scan::figure(&code.replace('_', " ")))
        .map(|found| fault("figure", format!("`{found}` stands in a code")));
    missing
        .chain(figures)
        .chain(answer.hypotheses.iter().map(|one| fault("figure", one.cause.clone())))
        .collect()
}

// A name that machines read is a column's own, or a plain word without a figure.
fn name_fault(answer: &Answer, name: &str) -> Option<Fault> {
    let own = answer.evidence.iter().flat_map(|one| &one.columns).any(|column| column.name == name);
    let plain = name.chars().all(|letter| letter.is_ascii_lowercase() || "_:".contains(letter));
    // The names of calculations themselves.
    let own = own || ["percent_apart", "percent_change", "percent"].contains(&name);
    if own || (plain && scan::figure(&name.replace('_', " ")).is_none()) {
        return None;
    }
    Some(fault("figure", format!("a machine reads the name `{name}`")))
}

fn result(answer: &Answer) -> Vec<Fault> {
    let result = &answer.result;
    let mut faults = Vec::new();
    let declines = matches!(answer.status, Status::Declined | Status::NeedsClarification);
    if declines && result.kind != ResultKind::None {
        faults.push(fault("figure", "a declined answer carries a result"));
    }
    let computed: BTreeSet<&str> = answer
        .claims
        .iter()
        .filter(|one| one.kind == "result")
        .filter_map(|one| one.exact.as_deref())
        .collect();
    faults.extend(result.columns.iter().filter_map(|column| name_fault(answer, &column.name)));
    for row in &result.rows {
        // A column that has a cell's name holds that cell; one of code's own may hold any.
        for (column, cell) in result.columns.iter().zip(row) {
            let Some(cell) = cell else { continue };
            let under = |named: bool| {
                answer.evidence.iter().any(|one| {
                    one.columns.iter().enumerate().any(|(at, own)| {
                        (!named || own.name == column.name)
                            && one
                                .rows
                                .iter()
                                .any(|row| row.get(at).and_then(Option::as_ref) == Some(cell))
                    })
                })
            };
            let known = answer
                .evidence
                .iter()
                .flat_map(|one| &one.columns)
                .any(|own| own.name == column.name);
            if !computed.contains(cell.as_str()) && !under(known) {
                let name = &column.name;
                faults.push(fault("figure", format!("`{cell}` of the result is no `{name}`")));
            }
        }
    }
    faults
}

fn verdict(answer: &Answer) -> Vec<Fault> {
    let mut faults = Vec::new();
    let Some(verdict) = &answer.verdict else { return faults };
    let cause = verdict.get("main_cause").and_then(Value::as_object);
    let nested = cause.into_iter().flatten().map(|(name, value)| (format!("main_{name}"), value));
    let flat = verdict
        .iter()
        .filter(|(name, _)| *name != "main_cause")
        .map(|(name, value)| (name.clone(), value));
    for (name, value) in flat.chain(nested) {
        let text = match value {
            Value::String(text) => text,
            Value::Null => continue,
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                faults.push(fault("figure", format!("`{name}` of the verdict is no text")));
                continue;
            }
        };
        let holds = answer.evidence.iter().any(|one| {
            let at = one.columns.iter().position(|column| column.name == name);
            at.is_some_and(|at| {
                one.rows.iter().any(|row| row.get(at).and_then(Option::as_ref) == Some(text))
            })
        });
        if !holds {
            faults.push(fault("figure", format!("`{text}` of the verdict is no `{name}`")));
        }
    }
    faults
}

// The typed request that an answer gives back tells nothing that was neither asked nor called.
fn reading(answer: &Answer, case: &Case<'_>) -> Vec<Fault> {
    let Some(reading) = &answer.reading else { return Vec::new() };
    let mut known = answer.question.clone();
    for called in case.calls {
        known.push_str(&serde_json::to_string(&called.call.arguments).unwrap_or_default());
    }
    for one in &answer.evidence {
        known.push_str(&serde_json::to_string(&one.rows).unwrap_or_default());
    }
    let apart = |text: &str| scan::numbers(&text.replace(['-', ':', 'T', ','], " "));
    let known: BTreeSet<Decimal> =
        apart(&known).iter().filter_map(|one| one.parse().ok()).collect();
    let mut reading = Value::Object(reading.clone());
    without_places(&mut reading);
    apart(&reading.to_string())
        .iter()
        .filter(|one| {
            one.parse::<Decimal>().map_or(true, |one| one > Decimal::TEN && !known.contains(&one))
        })
        .map(|one| fault("figure", format!("{one} of the reading was neither asked nor called")))
        .collect()
}

// Where in the question the words of a field stand: `"asked": [0, 12]`, bytes of the question.
fn without_places(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("asked");
            map.values_mut().for_each(without_places);
        }
        Value::Array(items) => items.iter_mut().for_each(without_places),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn charts(answer: &Answer) -> Vec<Fault> {
    let mut faults = Vec::new();
    for chart in &answer.charts {
        // Titles hold names and periods; their numbers stand in the evidence.
        let known: Vec<String> = answer
            .evidence
            .iter()
            .filter(|one| one.id == chart.evidence)
            .flat_map(|one| {
                let cells = one.rows.iter().flatten().flatten().cloned();
                cells.chain([serde_json::to_string(&one.arguments).unwrap_or_default()])
            })
            .collect();
        let known = scan::numbers(&known.join(" ").replace(['-', ':', 'T'], " "));
        for number in scan::numbers(&chart.title) {
            let same = |one: &String| {
                one.parse::<Decimal>().ok() == number.parse::<Decimal>().ok() || *one == number
            };
            if !known.iter().any(same) {
                faults.push(fault("figure", format!("{number} stands in the title of a chart")));
            }
        }
    }
    faults
}

// There is an answer, or a declared gap.
fn present(answer: &Answer, case: &Case<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let bare = answer.headline.trim().is_empty() || answer.text.trim().is_empty();
    let says_why = !answer.gaps.is_empty() || answer.status == Status::Answered;
    if bare || !says_why {
        faults.push(fault("silent", "neither an answer nor a declared gap"));
    }
    if answer.question != case.question.text() || answer.language != case.question.language() {
        faults.push(fault("scope", "another question was answered"));
    }
    faults
}
