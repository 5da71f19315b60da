//! What of a span may leave the process: known attributes alone, content only where it was asked for, everything masked.

use std::sync::Arc;

use opentelemetry::{Array, KeyValue, StringValue, Value, trace::Status};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};
use wherefore_model::conventions as names;

use crate::{cut, mask::Mask};

/// Shapes spans for export.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) mask: Arc<Mask>,
    pub(crate) content: bool,
}

impl Shape {
    /// The span as it is exported. Attributes that are not in the conventions go: nothing gets out by being forgotten.
    pub(crate) fn span(&self, span: SpanData) -> SpanData {
        let SpanData { attributes, events, status, name, span_context, .. } = span;
        let mut kept: Vec<KeyValue> = attributes
            .into_iter()
            .filter(|one| names::PLAIN.contains(&one.key.as_str()))
            .map(|one| KeyValue::new(one.key.clone(), self.plain(one.key.as_str(), one.value)))
            .collect();
        if !kept.iter().any(|one| one.key.as_str() == names::SESSION) {
            let conversation = kept.iter().find(|one| one.key.as_str() == names::CONVERSATION);
            let session = conversation.map_or_else(
                || Value::from(span_context.trace_id().to_string()),
                |one| one.value.clone(),
            );
            kept.push(KeyValue::new(names::SESSION, session));
        }
        let failed = kept.iter().find(|one| one.key.as_str() == names::ERROR_TYPE);
        let status = match (failed, status) {
            // The kind of the error alone: its text can hold anything.
            (Some(kind), _) => Status::error(kind.value.to_string()),
            (None, Status::Error { .. }) => Status::error(""),
            (None, status) => status,
        };
        if self.content {
            kept.extend(self.content(events));
        }
        SpanData {
            name: self.mask.text(&name).into_owned().into(),
            attributes: kept,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            status,
            span_context,
            ..span
        }
    }

    fn plain(&self, key: &str, value: Value) -> Value {
        // Numbers and switches are written by our own code; text can come from anywhere.
        let Value::String(text) = value else {
            return if matches!(value, Value::Array(_)) { Value::from("") } else { value };
        };
        let value = self.mask.text(text.as_str()).into_owned();
        match key {
            names::FINISH_REASONS => Value::Array(Array::String(vec![StringValue::from(value)])),
            _ => value.into(),
        }
    }

    // Content arrives as events, so that no log that prints the fields of spans can print it.
    fn content(&self, events: SpanEvents) -> Vec<KeyValue> {
        let parts = events
            .events
            .into_iter()
            .flat_map(|event| event.attributes)
            .filter(|one| names::CONTENT.contains(&one.key.as_str()));
        let mut parts: Vec<(String, String)> = parts
            .map(|one| (one.key.to_string(), self.mask.json_text(&one.value.as_str())))
            .collect();
        share(&mut parts);
        parts.into_iter().map(|(key, text)| KeyValue::new(key, text)).collect()
    }
}

/// Cuts the longest parts until all of them fit one span.
fn share(parts: &mut [(String, String)]) {
    let mut left = cut::SPAN_BYTES;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|place| parts.get(*place).map_or(0, |(_, text)| text.len()));
    // The short ones first: what they leave is for the long ones.
    for (done, place) in order.iter().enumerate() {
        let limit = left / (order.len() - done);
        if let Some((_, text)) = parts.get_mut(*place) {
            *text = cut::fit(std::mem::take(text), limit);
            left = left.saturating_sub(text.len());
        }
    }
}
