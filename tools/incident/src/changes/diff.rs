//! Two JSON documents side by side: what was added, removed and changed, by dotted path.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use super::{ChangeTables, line_of};

/// What stands for a value that is never shown.
pub(super) const MASK: &str = "***";
/// Fields that one change carries; more are counted.
pub(super) const FIELDS_KEPT: usize = 200;
/// Levels that are walked; what lies deeper is compared as a whole.
const DEPTH: usize = 48;
/// Bytes of a text that is read as JSON within JSON, as policies are written.
const NESTED: usize = 65_536;

/// What differs between two documents. Paths are dotted; an item of a list stands in brackets by its name, or by its place
/// where it has none; a part that holds a dot stands in quotes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ConfigDiff {
    pub added: BTreeMap<String, Value>,
    pub removed: BTreeMap<String, Value>,
    pub changed: BTreeMap<String, Changed>,
    /// Paths above whose values are shown as `***`.
    pub masked: BTreeSet<String>,
    /// Paths that differ and that nobody changed: timestamps, tags of versions, counters.
    pub set_aside: BTreeSet<String>,
    /// Lists whose items only stand in another order.
    pub reordered: BTreeSet<String>,
}

/// A value before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    pub before: Value,
    pub after: Value,
}

impl ConfigDiff {
    /// No difference that somebody made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }

    /// All paths that differ, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> + Clone {
        self.added.keys().chain(self.changed.keys()).chain(self.removed.keys()).map(String::as_str)
    }

    /// The fields before, as a change carries them.
    #[must_use]
    pub fn before(&self) -> BTreeMap<String, Value> {
        let changed = self.changed.iter().map(|(path, value)| (path.clone(), value.before.clone()));
        self.removed.clone().into_iter().chain(changed).collect()
    }

    /// The fields after.
    #[must_use]
    pub fn after(&self) -> BTreeMap<String, Value> {
        let changed = self.changed.iter().map(|(path, value)| (path.clone(), value.after.clone()));
        self.added.clone().into_iter().chain(changed).collect()
    }
}

/// Compares two documents. Objects in lists are matched by their name, key or id where all have one and no two the same;
/// lists of plain values in another order are the same list. Text that holds a JSON object (a policy) is compared inside.
#[must_use]
pub fn config_diff(before: &Value, after: &Value, tables: &ChangeTables) -> ConfigDiff {
    let mut walk = Walk { tables, diff: ConfigDiff::default(), parts: Vec::new() };
    walk.compare(Some(before), Some(after));
    walk.diff
}

/// The fields of an object by dotted path, without noise, secrets masked, at most [`FIELDS_KEPT`].
pub(super) fn flattened(value: &Value, tables: &ChangeTables) -> BTreeMap<String, Value> {
    let mut walk = Walk { tables, diff: ConfigDiff::default(), parts: Vec::new() };
    walk.compare(None, Some(value));
    walk.diff.added.into_iter().filter(|(path, _)| !path.is_empty()).take(FIELDS_KEPT).collect()
}

struct Walk<'a> {
    tables: &'a ChangeTables,
    diff: ConfigDiff,
    parts: Vec<Part>,
}

enum Part {
    Key(String),
    Item(String),
}

impl Walk<'_> {
    fn compare(&mut self, before: Option<&Value>, after: Option<&Value>) {
        if before == after {
            return;
        }
        let (before_read, after_read) = (before.and_then(inside), after.and_then(inside));
        let (before, after) = match (&before_read, &after_read) {
            (Some(before), Some(after)) => (Some(before), Some(after)),
            (Some(inner), None) if after.is_none() => (Some(inner), None),
            (None, Some(inner)) if before.is_none() => (None, Some(inner)),
            _ => (before, after),
        };
        if self.parts.len() >= DEPTH {
            return self.leaf(before, after);
        }
        match (before, after) {
            (Some(Value::Object(before)), Some(Value::Object(after))) => {
                self.objects(before, after);
            }
            (Some(Value::Object(before)), None) if !before.is_empty() => {
                self.objects(before, &Map::new());
            }
            (None, Some(Value::Object(after))) if !after.is_empty() => {
                self.objects(&Map::new(), after);
            }
            (Some(Value::Array(before)), Some(Value::Array(after))) => self.lists(before, after),
            (Some(Value::Array(before)), None) if before.iter().any(Value::is_object) => {
                self.lists(before, &[]);
            }
            (None, Some(Value::Array(after))) if after.iter().any(Value::is_object) => {
                self.lists(&[], after);
            }
            _ => self.leaf(before, after),
        }
    }

    fn objects(&mut self, before: &Map<String, Value>, after: &Map<String, Value>) {
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in keys {
            self.parts.push(Part::Key(key.clone()));
            self.compare(before.get(key), after.get(key));
            self.parts.pop();
        }
    }

    fn lists(&mut self, before: &[Value], after: &[Value]) {
        if let (Some(before), Some(after)) = (named(before), named(after)) {
            let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            for name in names {
                self.parts.push(Part::Item(name.clone()));
                self.compare(before.get(name).copied(), after.get(name).copied());
                self.parts.pop();
            }
            return;
        }
        if same_items(before, after) {
            self.diff.reordered.insert(self.path());
            return;
        }
        if !before.iter().chain(after).any(Value::is_object) {
            let (before, after) = (Value::Array(before.to_vec()), Value::Array(after.to_vec()));
            return self.leaf(Some(&before), Some(&after));
        }
        for at in 0..before.len().max(after.len()) {
            self.parts.push(Part::Item(at.to_string()));
            self.compare(before.get(at), after.get(at));
            self.parts.pop();
        }
    }

    fn leaf(&mut self, before: Option<&Value>, after: Option<&Value>) {
        let path = self.path();
        let parts: Vec<String> = self.parts.iter().map(|part| part.name().to_owned()).collect();
        if self.tables.is_noise(&parts) {
            self.diff.set_aside.insert(path);
            return;
        }
        let secret = self.is_secret();
        let mut masked = false;
        let mut shown = |value: &Value| {
            let (value, hidden) = shown(value, secret, self.tables);
            masked |= hidden;
            value
        };
        match (before.map(&mut shown), after.map(&mut shown)) {
            (Some(before), Some(after)) => {
                self.diff.changed.insert(path.clone(), Changed { before, after });
            }
            (Some(before), None) => {
                self.diff.removed.insert(path.clone(), before);
            }
            (None, Some(after)) => {
                self.diff.added.insert(path.clone(), after);
            }
            (None, None) => {}
        }
        if masked {
            self.diff.masked.insert(path);
        }
    }

    /// The last part, or the item's name where the last part only says that its value stands here.
    fn is_secret(&self) -> bool {
        let mut parts = self.parts.iter().rev();
        let last = parts.next();
        let says_nothing = last.is_some_and(|part| {
            matches!(part, Part::Key(key) if ["value", "parametervalue", "stringvalue"].contains(&key.to_lowercase().as_str()))
                || matches!(part, Part::Item(_))
        });
        last.is_some_and(|part| self.tables.is_secret_name(part.name()))
            || says_nothing
                && parts.next().is_some_and(|part| self.tables.is_secret_name(part.name()))
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for part in &self.parts {
            match part {
                Part::Key(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    let key = line_of(key);
                    if key.is_empty() || key.contains(['.', '[', ']', '"']) {
                        path.push_str(&Value::String(key).to_string());
                    } else {
                        path.push_str(&key);
                    }
                }
                Part::Item(name) => {
                    path.push('[');
                    path.push_str(&line_of(name));
                    path.push(']');
                }
            }
        }
        path
    }
}

impl Part {
    fn name(&self) -> &str {
        match self {
            Self::Key(name) | Self::Item(name) => name,
        }
    }
}

/// The value as it may be shown, and whether anything of it was hidden.
fn shown(value: &Value, secret: bool, tables: &ChangeTables) -> (Value, bool) {
    match value {
        Value::Null | Value::Bool(_) => (value.clone(), false),
        _ if secret => (Value::String(MASK.to_owned()), true),
        Value::Number(_) => (value.clone(), false),
        Value::String(text) if tables.is_secret_text(text) => {
            (Value::String(MASK.to_owned()), true)
        }
        Value::String(text) => (Value::String(line_of(text)), false),
        Value::Array(items) => {
            let mut hidden = false;
            let items = items.iter().map(|item| {
                let (item, masked) = shown(item, false, tables);
                hidden |= masked;
                item
            });
            (Value::Array(items.collect()), hidden)
        }
        Value::Object(fields) => {
            let mut hidden = false;
            let fields = fields.iter().map(|(key, value)| {
                let (value, masked) = shown(value, tables.is_secret_name(key), tables);
                hidden |= masked;
                (key.clone(), value)
            });
            (Value::Object(fields.collect()), hidden)
        }
    }
}

/// A JSON object that is written as text, with or without percent signs as IAM writes its policies.
fn inside(value: &Value) -> Option<Value> {
    let text = value.as_str().filter(|text| text.len() <= NESTED)?.trim();
    let parsed = if text.starts_with('{') || text.starts_with("[{") {
        serde_json::from_str::<Value>(text).ok()
    } else if text.starts_with("%7B") {
        serde_json::from_str::<Value>(&percent_decoded(text)?).ok()
    } else {
        None
    };
    parsed.filter(|value| value.is_object() || value.is_array())
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next()?, bytes.next()?];
            decoded.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

/// The items of a list by the name that each of them carries.
fn named(items: &[Value]) -> Option<BTreeMap<String, &Value>> {
    const NAMES: [&str; 12] = [
        "name",
        "Name",
        "key",
        "Key",
        "id",
        "Id",
        "ID",
        "arn",
        "Arn",
        "Sid",
        "groupId",
        "containerName",
    ];
    if items.iter().any(|item| !item.is_object()) {
        return None;
    }
    if items.is_empty() {
        return Some(BTreeMap::new());
    }
    NAMES.iter().find_map(|key| {
        let named: Option<BTreeMap<String, &Value>> =
            items.iter().map(|item| Some((item.get(key)?.as_str()?.to_owned(), item))).collect();
        named.filter(|named| named.len() == items.len())
    })
}

fn same_items(before: &[Value], after: &[Value]) -> bool {
    if before.len() != after.len() {
        return false;
    }
    let sorted = |items: &[Value]| {
        let mut items: Vec<String> = items.iter().map(Value::to_string).collect();
        items.sort();
        items
    };
    sorted(before) == sorted(after)
}
