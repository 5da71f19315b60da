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

#[cfg(test)]
mod tests {
    use futures::stream;
    use serde_json::json;

    use super::*;
    use crate::names::Names;

    const TWO_CALLS: &[u8] = include_bytes!("../../tests/fixtures/openai/two_calls.sse");

    async fn cut_at(end: usize) -> Result<Reply, ModelError> {
        let names = Names::of(&[]);
        let reading = Reading { model: "m", names: &names, turn: 1, asked_bytes: 0 };
        let bytes = TWO_CALLS.get(..end).unwrap();
        read(stream::iter([Ok::<_, reqwest::Error>(bytes)]), &reading).await
    }

    #[tokio::test]
    async fn a_stream_that_is_cut_anywhere_gives_all_calls_or_none() {
        let whole = cut_at(TWO_CALLS.len()).await.unwrap().calls;
        let arguments: Vec<_> = whole.iter().map(|call| json!(call.arguments)).collect();
        assert_eq!(arguments, [json!({"period": "2024-09"}), json!({"period": "2024-08"})]);
        let mut read = 0;
        for end in 0..TWO_CALLS.len() {
            if let Ok(reply) = cut_at(end).await {
                assert_eq!(reply.calls, whole, "cut at {end}");
                read += 1;
            }
        }
        // Only behind the reason of the end is a reply whole.
        assert!((1..TWO_CALLS.len() / 2).contains(&read), "{read} of {}", TWO_CALLS.len());
    }
}
