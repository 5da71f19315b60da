//! Cuts content so that a span stays below the size that receivers take, and JSON stays JSON.

use serde_json::{Value, json};

/// Bytes of all content of one span. `CloudWatch` refuses spans over 200 KB
/// (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html); the rest is for names and
/// ids.
pub(crate) const SPAN_BYTES: usize = 180_000;

/// Longest texts inside content, tried in this order.
const TEXT_BYTES: [usize; 5] = [32_768, 8_192, 2_048, 512, 128];
/// Entries kept of a list that is too long however short its texts are: the first, and the last ones.
const LAST_ENTRIES: usize = 20;

/// Content within `limit` bytes: long texts are cut first, then the middle of lists.
pub(crate) fn fit(text: String, limit: usize) -> String {
    if text.len() <= limit {
        return text;
    }
    let Ok(whole) = serde_json::from_str::<Value>(&text) else { return shorten(&text, limit) };
    let mut value = Value::Null;
    for bytes in TEXT_BYTES {
        value.clone_from(&whole);
        texts(&mut value, bytes);
        let shown = value.to_string();
        if shown.len() <= limit {
            return shown;
        }
    }
    lists(&mut value);
    let shown = value.to_string();
    if shown.len() <= limit {
        shown
    } else {
        json!(format!("[{} bytes left out]", text.len())).to_string()
    }
}

fn texts(value: &mut Value, bytes: usize) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
        Value::String(text) => {
            if text.len() > bytes {
                *text = shorten(text, bytes);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| texts(item, bytes)),
        Value::Object(map) => map.values_mut().for_each(|item| texts(item, bytes)),
    }
}

fn lists(value: &mut Value) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        Value::Array(items) => {
            if items.len() > LAST_ENTRIES + 1 {
                let end = items.len() - LAST_ENTRIES;
                items.drain(1..end);
            }
            items.iter_mut().for_each(lists);
        }
        Value::Object(map) => map.values_mut().for_each(lists),
    }
}

fn shorten(text: &str, bytes: usize) -> String {
    let note = format!("… [{} bytes in all]", text.len());
    let end = text.floor_char_boundary(bytes.saturating_sub(note.len()));
    format!("{}{note}", text.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_and_what_does_not_is_cut_and_still_json() {
        let small =
            json!([{"role": "user", "parts": [{"type": "text", "content": "why?"}]}]).to_string();
        assert_eq!(fit(small.clone(), 1000), small);
        let part = |length| json!({"role": "tool", "parts": [{"content": "가".repeat(length)}]});
        for (entries, length) in [(3, 30_000), (40, 2_000), (4_000, 50), (1, 200_000)] {
            let long = Value::Array((0..entries).map(|_| part(length)).collect()).to_string();
            let cut = fit(long.clone(), 10_000);
            assert!(cut.len() <= 10_000, "{entries} x {length}: {}", cut.len());
            let read: Value = serde_json::from_str(&cut).unwrap();
            assert_eq!(read[0]["role"], "tool", "{entries} x {length}");
        }
        assert!(fit("x".repeat(500), 100).len() <= 100);
    }
}
