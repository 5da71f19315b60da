//! A reply that comes in server-sent events.

use eventsource_stream::Eventsource as _;
use futures::{Stream, StreamExt as _, future, pin_mut};
use serde_json::Value;
use wherefore_model::{ModelError, Reply};

use super::{
    BYTES_LIMIT, failure,
    reply::{Parts, Reading},
};
use crate::causes;

/// The most bytes of a stream, events and all: what is around a text may be many times as long.
const STREAM_LIMIT: usize = 8 * BYTES_LIMIT;

/// Reads the stream to its end. Whole is only what the model finished: by a reason, or by the mark of the end.
pub(super) async fn read<B: AsRef<[u8]>>(
    bytes: impl Stream<Item = Result<B, reqwest::Error>>,
    reading: &Reading<'_>,
) -> Result<Reply, ModelError> {
    // An event that never ends must not fill the memory.
    let mut seen = 0;
    let bounded = bytes.take_while(move |part| {
        seen += part.as_ref().map_or(0, |part| part.as_ref().len());
        future::ready(seen <= STREAM_LIMIT)
    });
    let events = bounded.eventsource();
    pin_mut!(events);
    let mut parts = Parts::default();
    let mut is_done = false;
    let mut taken = 0;
    while let Some(event) = events.next().await {
        let event = match event {
            Ok(event) => event,
            // What follows the reason is usage alone; without it the reply is whole.
            Err(_) if parts.finish.is_some() => break,
            Err(error) => return Err(cut(reading, &causes::in_line(&error))),
        };
        let data = event.data.trim();
        if data == "[DONE]" {
            is_done = true;
            break;
        }
        if data.is_empty() {
            continue;
        }
        let value: Value = serde_json::from_str(data)
            .map_err(|error| reading.malformed(&format!("an event is no JSON: {error}")))?;
        if let Some(problem) = failure::inside(&value) {
            return Err(failure::of_words(reading, &problem));
        }
        taken += parts.event(&value);
        if taken > BYTES_LIMIT {
            return Err(reading.malformed("it is longer than any model's"));
        }
    }
    if parts.finish.is_none() && !is_done {
        return Err(cut(reading, "the stream ended before the model stopped"));
    }
    reading.finish(parts)
}

fn cut(reading: &Reading<'_>, reason: &str) -> ModelError {
    ModelError::Cut { model: reading.model.to_owned(), reason: reason.to_owned() }
}

impl Parts {
    fn event(&mut self, value: &Value) -> usize {
        self.head(value);
        let Some(choice) = value.pointer("/choices/0") else { return 0 };
        if let Some(reason) = choice.get("finish_reason").and_then(Value::as_str)
            && !reason.is_empty()
        {
            self.finish = Some(reason.to_owned());
        }
        // A whole message in one event is read like its parts.
        let delta = choice.get("delta").or_else(|| choice.get("message"));
        delta.map_or(0, |delta| self.message(delta))
    }
}
