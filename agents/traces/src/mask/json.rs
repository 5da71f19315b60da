//! Masks inside JSON: strings at any depth, keys, JSON inside strings, and fields whose name says that they are secret.

use serde_json::{Map, Value};

use super::{Kind, Mask};

/// How deep JSON inside strings inside JSON is followed; below that it is text.
const DEPTH: usize = 6;

impl Mask {
    /// Masks a value in place. Numbers stay unless they have the shape of an identifier; measures of tables always stay:
    /// they are figures, whatever their digits.
    pub fn json(&self, value: &mut Value) {
        self.value(value, DEPTH);
    }

    /// Masks a text that may be JSON; JSON stays JSON.
    #[must_use]
    pub fn json_text(&self, text: &str) -> String {
        self.inside(text, DEPTH)
    }

    fn inside(&self, text: &str, depth: usize) -> String {
        let looks_like_json = text.trim_start().starts_with(['{', '[']);
        let parsed = (depth > 0 && looks_like_json).then(|| serde_json::from_str::<Value>(text));
        match parsed {
            Some(Ok(mut inner)) => {
                self.value(&mut inner, depth - 1);
                inner.to_string()
            }
            Some(Err(_)) | None => self.text(text).into_owned(),
        }
    }

    fn value(&self, value: &mut Value, depth: usize) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => {
                let shown = number.to_string();
                let masked = self.text(&shown);
                if masked != shown {
                    *value = Value::String(masked.into_owned());
                }
            }
            Value::String(text) => *text = self.inside(text, depth),
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item, depth)),
            Value::Object(map) => self.object(map, depth),
        }
    }

    fn object(&self, map: &mut Map<String, Value>, depth: usize) {
        let measures = measures(map);
        let entries = std::mem::take(map);
        for (key, mut value) in entries {
            match &mut value {
                Value::String(text) if is_secret_name(&key) && !text.is_empty() => {
                    if self.find(text).iter().all(|found| found.kind.is_some()) {
                        *text = self.token(Kind::Secret, text);
                    }
                }
                Value::Array(rows) if key == "rows" && !measures.is_empty() => {
                    for row in rows {
                        self.row(row, &measures, depth);
                    }
                }
                other @ (Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::Array(_)
                | Value::Object(_)) => self.value(other, depth),
            }
            map.insert(self.text(&key).into_owned(), value);
        }
    }

    fn row(&self, row: &mut Value, measures: &[bool], depth: usize) {
        let Value::Array(cells) = row else { return self.value(row, depth) };
        for (place, cell) in cells.iter_mut().enumerate() {
            let is_measure = measures.get(place).copied().unwrap_or(false);
            let is_figure = match &*cell {
                Value::Number(_) => true,
                Value::String(text) => is_decimal(text),
                Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
            };
            if !(is_measure && is_figure) {
                self.value(cell, depth);
            }
        }
    }
}

/// Which columns of a table of ours are measures: `{"columns": [{"name", "kind"}], "rows": [[…]]}`.
fn measures(map: &Map<String, Value>) -> Vec<bool> {
    let columns = map.get("columns").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    columns.iter().map(|column| column.get("kind").is_some_and(|kind| kind == "measure")).collect()
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|letter: char| letter.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn is_secret_name(name: &str) -> bool {
    const SECRET: &[&str] = &[
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "secret",
        "token",
        "apikey",
        "accesskey",
        "secretkey",
        "secretaccesskey",
        "privatekey",
        "authorization",
        "cookie",
        "credential",
        "credentials",
        "비밀번호",
    ];
    let name: String =
        name.chars().filter(|letter| !matches!(letter, '_' | '-' | '.' | ' ')).collect();
    let name = name.to_lowercase();
    SECRET.iter().any(|secret| name.ends_with(secret))
}
