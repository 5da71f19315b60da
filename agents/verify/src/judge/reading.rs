//! The typed request that an answer carries: a field for machines that must not tell a reader anything
//! the evidence does not.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use wherefore_contract::{evidence::Evidence, period::parse_moment};

// Deeper or longer than any request that our tools take.
const DEPTH_LIMIT: usize = 10;
const SIZE_LIMIT_BYTES: usize = 16 * 1024;
// The tool that takes free text.
const SEARCH: &str = "find_metadata";
// A word of a closed vocabulary, e.g. `billed_cost` or `distinct:sub_account`.
const WORD_LIMIT_BYTES: usize = 64;
// Counts, percents and positions in a question of at most 16 KiB; amounts are written as text.
const COUNT_LIMIT: u64 = 16 * 1024;

/// The first thing in `reading` that neither the vocabulary nor the evidence nor the question holds,
/// in words; `None` when there is nothing.
///
/// Names and amounts must stand, letter by letter, in the arguments or cells of a tool call or in the
/// question; everything else is a word without digits, a moment, a yes or no, or a small count.
pub(crate) fn fault(
    reading: &Map<String, Value>,
    evidence: &[Evidence],
    question: &str,
) -> Option<String> {
    let size = serde_json::to_string(reading).map_or(usize::MAX, |text| text.len());
    if size > SIZE_LIMIT_BYTES {
        return Some(format!("the reading is {size} bytes long; the limit is {SIZE_LIMIT_BYTES}"));
    }
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for piece in evidence {
        // What was searched for is anyone's text; what was found is not.
        if piece.tool != SEARCH {
            piece.arguments.values().for_each(|value| texts(value, &mut known));
        }
        known.extend(piece.facts.table.rows.iter().flatten().flatten().map(String::as_str));
    }
    let holds = |text: &str| {
        is_word(text)
            || known.contains(text)
            || parse_moment(text).is_ok()
            || (!text.is_empty() && question.contains(text))
    };
    reading.iter().find_map(|(key, value)| walk(key, value, &holds, 0))
}

fn walk(key: &str, value: &Value, holds: &impl Fn(&str) -> bool, depth: usize) -> Option<String> {
    if depth > DEPTH_LIMIT || !is_word(key) {
        return Some(format!("`{key}` is no field of a reading"));
    }
    match value {
        Value::Null | Value::Bool(_) => None,
        Value::Number(number) => {
            let count = number.as_u64().is_some_and(|count| count <= COUNT_LIMIT);
            (!count).then(|| format!("{number} of the reading is no small count"))
        }
        Value::String(text) => {
            (!holds(text)).then(|| format!("`{text}` of the reading stands in no evidence"))
        }
        Value::Array(items) => items.iter().find_map(|item| walk(key, item, holds, depth + 1)),
        Value::Object(map) => {
            map.iter().find_map(|(key, value)| walk(key, value, holds, depth + 1))
        }
    }
}

fn is_word(text: &str) -> bool {
    text.len() <= WORD_LIMIT_BYTES
        && text.chars().all(|letter| letter.is_ascii_lowercase() || "_:-".contains(letter))
}

fn texts<'a>(value: &'a Value, known: &mut BTreeSet<&'a str>) {
    match value {
        Value::String(text) => {
            known.insert(text);
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, known)),
        Value::Object(map) => map.values().for_each(|value| texts(value, known)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
