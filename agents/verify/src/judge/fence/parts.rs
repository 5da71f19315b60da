//! Every part of a document beside its text: headline, lists, result, evidence and charts.

use std::collections::BTreeSet;

use wherefore_contract::{
    answer::{Answer, Status},
    evidence::Evidence,
};

use super::violation;
use crate::{chart, compose, ledger::Ledger, overview, violation::Violation};

pub(super) fn check(answer: &Answer, evidence: &[Evidence], ledger: &Ledger) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut fault = |message: String| violations.push(violation(None, message));
    if answer.text.split("\n\n").next() != Some(answer.headline.as_str()) {
        fault("the headline is not the first paragraph of the text".to_owned());
    }
    let lines: BTreeSet<&str> = answer
        .text
        .lines()
        .flat_map(|line| [Some(line), line.strip_prefix("- ")])
        .flatten()
        .collect();
    let gap = |text: &str, effect: &str| {
        if effect.is_empty() { text.to_owned() } else { format!("{text} {effect}") }
    };
    let listed = (answer.findings.iter().map(|each| each.text.clone()))
        .chain(answer.assumptions.iter().map(|each| each.text.clone()))
        .chain(answer.gaps.iter().map(|each| gap(&each.text, &each.effect)))
        .chain(answer.next.iter().cloned());
    for line in listed {
        if !lines.contains(line.as_str()) {
            fault(format!("`{line}` does not stand in the text"));
        }
    }
    for shown in &answer.evidence {
        let same =
            ledger.evidence(&shown.id).is_some_and(|own| compose::shown_evidence(own) == *shown);
        if !same {
            fault(format!("evidence {} is not what the tool gave", shown.id));
        }
    }
    if let Some(reading) = &answer.reading
        && let Some(message) = crate::reading::fault(reading, evidence, &answer.question)
    {
        fault(message);
    }
    // The id is made of the content, so a reading that was changed alone does not carry it.
    if answer.id != compose::id_of(answer) {
        fault("the id is not that of this question, reading, text and result".to_owned());
    }
    for message in compose::document_faults(answer, ledger) {
        fault(message);
    }
    result(answer, evidence, &mut fault);
    charts(answer, evidence, &mut fault);
    violations
}

fn result(answer: &Answer, evidence: &[Evidence], fault: &mut impl FnMut(String)) {
    if overview::declines(answer.status) && compose::has_result(&answer.result) {
        fault("an answer that is declined or asks back carries a result".to_owned());
    }
    if answer.status == Status::Answered && evidence.iter().any(|each| !each.facts.complete) {
        let cited = answer.claims.iter().flat_map(|claim| &claim.facts).any(|fact| {
            evidence
                .iter()
                .any(|each| !each.facts.complete && fact.starts_with(&format!("{}/", each.id)))
        });
        if cited {
            fault(
                "figures of a period that is not loaded in full pass for a whole answer".to_owned(),
            );
        }
    }
    undeclared(answer, evidence, fault);
    let mut known: BTreeSet<&str> = evidence
        .iter()
        .flat_map(|each| each.facts.table.rows.iter().flatten().flatten())
        .map(String::as_str)
        .collect();
    known.extend(answer.claims.iter().filter_map(|claim| claim.exact.as_deref()));
    for cell in answer.result.rows.iter().flatten().flatten() {
        if !known.contains(cell.as_str()) {
            fault(format!("`{cell}` of the result stands in no evidence"));
        }
    }
    let mut values: Vec<&serde_json::Value> =
        answer.verdict.iter().flat_map(|map| map.values()).collect();
    while let Some(value) = values.pop() {
        match value {
            serde_json::Value::String(text) if !known.contains(text.as_str()) => {
                fault(format!("`{text}` of the verdict stands in no evidence"));
            }
            serde_json::Value::Object(map) => values.extend(map.values()),
            serde_json::Value::Number(number) => {
                fault(format!("{number} of the verdict is no exact text"));
            }
            serde_json::Value::Array(list) => values.extend(list),
            serde_json::Value::String(_) | serde_json::Value::Null | serde_json::Value::Bool(_) => {
            }
        }
    }
}

// A partial answer says what it is missing.
fn undeclared(answer: &Answer, evidence: &[Evidence], fault: &mut impl FnMut(String)) {
    let incomplete: Vec<String> = evidence
        .iter()
        .filter(|each| !each.facts.complete)
        .map(|each| format!("{}/", each.id))
        .collect();
    let cited = answer
        .claims
        .iter()
        .flat_map(|claim| &claim.facts)
        .any(|fact| incomplete.iter().any(|id| fact.starts_with(id.as_str())));
    let declared = |code: &str| code.starts_with("partial") || code.starts_with("missing");
    let said = answer.gaps.iter().any(|gap| declared(&gap.code))
        || answer.assumptions.iter().any(|each| declared(&each.code));
    if cited && !said && answer.status != Status::Declined {
        fault(
            "figures of a period that is not loaded in full stand without a word of it".to_owned(),
        );
    }
}

fn charts(answer: &Answer, evidence: &[Evidence], fault: &mut impl FnMut(String)) {
    for shown in &answer.charts {
        let again = shown
            .drawn
            .as_ref()
            .and_then(|drawn| chart::draw(drawn, &shown.title, evidence, answer.language).ok());
        if again.as_ref() != Some(&shown.svg) {
            fault(format!("chart {} is not what its evidence draws", shown.id));
        }
        let numbers = crate::scan::number_spans(&shown.title);
        let covered = numbers.iter().all(|span| {
            let words = shown.title.get(span.clone()).unwrap_or_default();
            crate::scan::is_time(&shown.title, span)
                || evidence.iter().any(|each| {
                    each.facts
                        .table
                        .rows
                        .iter()
                        .flatten()
                        .flatten()
                        .any(|cell| cell.contains(words))
                })
        });
        if !covered {
            fault(format!("the title of chart {} holds a number", shown.id));
        }
    }
}
