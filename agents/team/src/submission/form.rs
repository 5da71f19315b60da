//! The small forms that submissions are made of: paths, words, lists, numbers, periods.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use wherefore_contract::{evidence::period_named, period::Period};

use super::{Problem, envelope, known::Known};

/// Where a part of a submission stands.
#[derive(Debug, Clone)]
pub(super) struct Path(String);

impl Path {
    pub(super) fn root(name: &str) -> Self {
        Self(name.to_owned())
    }

    pub(super) fn at(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }

    pub(super) fn field(&self, name: &str) -> Self {
        Self(format!("{}.{name}", self.0))
    }
}

/// Collects what cannot be read while the rest is read on, so that one turn can mend all of it.
pub(super) struct Reader<'a> {
    pub(super) known: &'a Known<'a>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        Self { known, problems: Vec::new() }
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Notes a problem; gives `None` for the part that is missing.
    pub(super) fn refuse<T>(&mut self, path: &Path, message: impl Into<String>) -> Option<T> {
        self.problems.push(Problem { path: path.0.clone(), message: message.into() });
        None
    }

    /// A word of a fixed list, whatever its case and its hyphens; `also` are other words for the same.
    pub(super) fn word<T: DeserializeOwned>(
        &mut self,
        path: &Path,
        value: &Value,
        also: &[(&str, &str)],
        list: &str,
    ) -> Option<T> {
        let written = match value {
            Value::String(text) => spelled(text),
            Value::Object(_)
            | Value::Array(_)
            | Value::Number(_)
            | Value::Bool(_)
            | Value::Null => String::new(),
        };
        let word = also.iter().find(|(other, _)| *other == written).map(|(_, word)| *word);
        let word = Value::String(word.map_or(written, str::to_owned));
        match serde_json::from_value(word) {
            Ok(read) => Some(read),
            Err(_) => self.refuse(path, format!("{} is none of {list}", quoted(value))),
        }
    }

    /// A whole number from zero, also written as text.
    pub(super) fn index(&mut self, path: &Path, value: &Value) -> Option<usize> {
        match as_index(value) {
            Some(number) => Some(number),
            None => self.refuse(path, format!("{} is no whole number", quoted(value))),
        }
    }

    /// A stretch of time: `{"start", "end"}`, or a month, quarter, year or day by its name.
    pub(super) fn period(&mut self, path: &Path, value: &Value) -> Option<Period> {
        let opened = opened(value);
        let value = opened.as_ref().unwrap_or(value);
        let read = match value {
            Value::Object(map) => period_of(map),
            Value::Array(ends) => match ends.as_slice() {
                [start, end] => ends_of(start, end),
                _ => None,
            },
            Value::String(text) => period_written(text),
            Value::Number(_) | Value::Bool(_) | Value::Null => None,
        };
        match read {
            Some(period) => Some(period),
            None => self.refuse(
                path,
                format!(
                    "{} is no period; write its first day and the day after its last, as in \
                     {{\"start\": \"2026-04-01\", \"end\": \"2026-05-01\"}}",
                    quoted(value)
                ),
            ),
        }
    }

    /// A list; one thing alone is a list of one, nothing is an empty list.
    pub(super) fn list(value: Option<&Value>) -> Vec<Value> {
        let Some(value) = value else { return Vec::new() };
        let opened = opened(value);
        match opened.as_ref().unwrap_or(value) {
            Value::Null => Vec::new(),
            Value::Array(items) => items.iter().filter(|item| !item.is_null()).cloned().collect(),
            one @ (Value::String(_) | Value::Object(_) | Value::Number(_) | Value::Bool(_)) => {
                vec![one.clone()]
            }
        }
    }

    /// The id of a piece of evidence.
    pub(super) fn evidence_id(&mut self, path: &Path, value: &Value) -> Option<String> {
        let opened = opened(value);
        let value = opened.as_ref().unwrap_or(value);
        let id = match value {
            Value::String(text) => super::facts::evidence_id(text),
            Value::Number(number) => number.as_u64().map(|number| format!("e{number}")),
            Value::Object(map) => field(map, &["evidence", "id"])
                .and_then(Value::as_str)
                .and_then(super::facts::evidence_id),
            Value::Array(items) => match items.as_slice() {
                [Value::String(text)] => super::facts::evidence_id(text),
                _ => None,
            },
            Value::Bool(_) | Value::Null => None,
        };
        match id {
            Some(id) => Some(id),
            None => self.refuse(
                path,
                format!("{} is no evidence; write its id, as in \"e1\"", quoted(value)),
            ),
        }
    }
}

/// The first of these fields that holds something.
pub(super) fn field<'v>(map: &'v Map<String, Value>, names: &[&str]) -> Option<&'v Value> {
    names.iter().find_map(|name| map.get(*name)).filter(|value| !value.is_null())
}

/// Text as words of our lists are spelled: `Needs-Clarification` and `needsClarification` are `needs_clarification`.
pub(super) fn spelled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_small = false;
    for letter in text.trim().trim_matches(['"', '\'', '`']).chars() {
        if letter.is_alphanumeric() {
            if letter.is_uppercase() && after_small {
                out.push('_');
            }
            after_small = letter.is_lowercase();
            out.extend(letter.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            after_small = false;
            out.push('_');
        }
    }
    out.trim_end_matches('_').to_owned()
}

/// A whole number, also written as text or as a decimal without a rest.
pub(super) fn as_index(value: &Value) -> Option<usize> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        Value::Object(_) | Value::Array(_) | Value::Bool(_) | Value::Null => return None,
    };
    let whole = text.split_once('.').map_or(text.as_str(), |(whole, rest)| {
        if rest.bytes().all(|digit| digit == b'0') { whole } else { "" }
    });
    whole.parse().ok()
}

/// What a message repeats of a value: its beginning, so that the model finds the place.
pub(super) fn quoted(value: &Value) -> String {
    const SHOWN_BYTES: usize = 60;
    let text = value.to_string();
    if text.len() <= SHOWN_BYTES {
        return format!("`{text}`");
    }
    format!("`{}…`", text.get(..text.floor_char_boundary(SHOWN_BYTES)).unwrap_or_default())
}

/// JSON that was written into a string.
pub(super) fn opened(value: &Value) -> Option<Value> {
    value.as_str().and_then(envelope::json_in)
}

fn period_of(map: &Map<String, Value>) -> Option<Period> {
    if let Some(inner) = field(map, &["period"]) {
        return match inner {
            Value::Object(map) => period_of(map),
            Value::String(text) => period_written(text),
            Value::Array(_) | Value::Number(_) | Value::Bool(_) | Value::Null => None,
        };
    }
    ends_of(field(map, &["start", "from"])?, field(map, &["end", "to"])?)
}

fn ends_of(start: &Value, end: &Value) -> Option<Period> {
    let moment = |value: &Value| wherefore_contract::period::parse_moment(value.as_str()?).ok();
    Period::new(moment(start)?, moment(end)?).ok()
}

/// `2026-04`, `2026-Q2`, `2026`, `2026-04-03`, or two days with anything between them.
fn period_written(text: &str) -> Option<Period> {
    let bare = text.trim().trim_matches(['[', ')', '(', ']']).trim();
    if let Some(period) = period_named(bare) {
        return Some(period);
    }
    let day = |part: &&str| part.len() >= 10 && part.parse::<jiff::civil::Date>().is_ok();
    let days: Vec<&str> =
        bare.split([',', ' ', '/', '~']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let days: Vec<&str> = days.into_iter().filter(day).collect();
    match days.as_slice() {
        [start, end] => period_named(&format!("{start}/{end}")),
        _ => None,
    }
}
