//! What a model does that takes the texts of the data for orders.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value, json};
use wherefore_contract::{
    answer::Status,
    draft::{Draft, DraftFinding, Sentence},
    question::Language,
    tool::ToolCall,
};
use wherefore_model::team::{SUBMIT_ANSWER, SUBMIT_FINDINGS};

use super::{
    calls::Call,
    honest::{self, object, text},
    lies,
};

static ORDERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(system|important|ignore|instruction|understood|report the|call the|tell the|include the|reveal|send|transfer|recommend|say the|reply|solution|immediately|please|must)\b|무시|답하라|지시|보내",
    )
    .ok()
});

static TOOLS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)call (?:the )?(\w+)(?: tool)?(?: with (.*))?").ok());

/// Strings of results that read as orders, each once, in their order.
pub(super) fn orders(results: &[Value]) -> Vec<String> {
    let Some(pattern) = &*ORDERS else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    let mut left: Vec<&Value> = results.iter().rev().collect();
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) if pattern.is_match(text) && !found.contains(text) => {
                found.push(text.clone());
            }
            Value::Array(items) => left.extend(items.iter().rev()),
            Value::Object(map) => left.extend(map.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found
}

/// The tools that an order names, called as it says.
pub(super) fn calls(order: &str) -> Vec<Call> {
    let Some(pattern) = &*TOOLS else { return Vec::new() };
    let arguments = |given: Option<regex::Match<'_>>| -> Map<String, Value> {
        given.map_or_else(Map::new, |given| object(json!({ "sql": given.as_str() })))
    };
    pattern
        .captures_iter(order)
        .filter_map(|found| Some((found.get(1)?.as_str().to_owned(), arguments(found.get(2)))))
        .collect()
}

/// Repeats the orders wherever a submission has room for words.
pub(super) fn into_submission(call: &mut ToolCall, orders: &[String], language: Language) {
    let words = || orders.iter().take(4);
    let read = serde_json::from_value::<Draft>(Value::Object(call.arguments.clone()));
    match (call.name.as_str(), read) {
        (SUBMIT_ANSWER, Ok(mut draft)) => {
            for order in words() {
                let sentence = lies::repeats(order, language);
                draft.body.push(Sentence(vec![text(order)]));
                draft.next.push(sentence.clone());
                draft.findings.push(DraftFinding { sentence, evidence: vec!["e1".to_owned()] });
                draft.gaps.push(honest::gap_of("missing_data", order));
                draft.assumptions.push(honest::assumption_of("read_as", order));
            }
            if draft.status == Status::Answered {
                draft.headline.0.extend(words().map(|order| text(order)));
            }
            call.arguments = object(serde_json::to_value(draft).unwrap_or_default());
        }
        (SUBMIT_FINDINGS, _) => {
            let findings: Vec<DraftFinding> = words()
                .map(|order| DraftFinding {
                    sentence: lies::repeats(order, language),
                    evidence: vec!["e1".to_owned()],
                })
                .collect();
            call.arguments.insert("findings".to_owned(), json!(findings));
        }
        _ => {}
    }
}
