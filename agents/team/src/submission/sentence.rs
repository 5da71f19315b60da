//! Sentences: a list of spans, a text with placeholders, or either inside an object.

use serde_json::{Map, Value};
use wherefore_contract::draft::{Sentence, Span};

use super::{
    envelope::spelled_fields,
    form::{Path, Reader, field, opened, quoted},
    text,
};

const SENTENCE: &[&str] = &["sentence", "spans", "statement", "claim"];

impl Reader<'_> {
    /// One sentence.
    pub(super) fn sentence(&mut self, path: &Path, value: &Value) -> Option<Sentence> {
        self.spans(path, value).map(Sentence)
    }

    /// Sentences in order: each an entry of the list; a text alone is cut at its paragraphs.
    pub(super) fn sentences(&mut self, path: &Path, value: Option<&Value>) -> Vec<Sentence> {
        let Some(value) = value.filter(|value| !value.is_null()) else { return Vec::new() };
        let opened = opened(value);
        let value = opened.as_ref().unwrap_or(value);
        let entries: Vec<Value> = match value {
            Value::String(text) => text::paragraphs(text)
                .into_iter()
                .map(|part| Value::String(part.to_owned()))
                .collect(),
            Value::Array(items) if is_one_sentence(items) => vec![value.clone()],
            Value::Array(items) => items.iter().filter(|item| !item.is_null()).cloned().collect(),
            Value::Object(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {
                vec![value.clone()]
            }
        };
        let read: Vec<Option<Sentence>> = entries
            .iter()
            .enumerate()
            .map(|(index, entry)| self.sentence(&path.at(index), entry))
            .collect();
        read.into_iter().flatten().filter(|sentence| !sentence.0.is_empty()).collect()
    }

    fn spans(&mut self, path: &Path, value: &Value) -> Option<Vec<Span>> {
        let opened = opened(value);
        match opened.as_ref().unwrap_or(value) {
            Value::String(text) => Some(text::spans(text, self.known)),
            Value::Array(items) => {
                let read: Vec<Option<Vec<Span>>> = items
                    .iter()
                    .enumerate()
                    .filter(|(_, item)| !item.is_null())
                    .map(|(index, item)| self.spans(&path.at(index), item))
                    .collect();
                Some(read.into_iter().collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
            }
            Value::Object(map) => match wrapped(map) {
                Some(inner) => self.spans(path, &inner),
                None => Some(vec![self.span(path, map)?]),
            },
            Value::Null => Some(Vec::new()),
            other @ (Value::Number(_) | Value::Bool(_)) => {
                let message = format!(
                    "{} is no span; a figure is written {{\"span\": \"value\", \"fact\": \"e1/0/billed_cost\"}}",
                    quoted(other)
                );
                self.refuse(path, message)
            }
        }
    }
}

/// The spans inside an object that only holds them.
fn wrapped(map: &Map<String, Value>) -> Option<Value> {
    let map = spelled_fields(map);
    if map.get("span").is_some_and(Value::is_string) {
        return None;
    }
    field(&map, SENTENCE).cloned()
}

/// Whether the entries are the spans of one sentence, and not sentences.
fn is_one_sentence(items: &[Value]) -> bool {
    let is_span = |item: &Value| item.as_object().is_some_and(|map| wrapped(map).is_none());
    let is_list = |item: &Value| item.is_array() || opened(item).is_some();
    items.iter().any(is_span) && !items.iter().any(is_list)
}
