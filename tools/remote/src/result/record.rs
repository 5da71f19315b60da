//! JSON of any shape as tables: lists of objects become rows, nested objects columns, what stands alone one row.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Objects inside objects that are looked into; deeper ones stay JSON text.
const DEPTH: usize = 8;

/// The name of a table that has none of its own.
const RESULT: &str = "result";

/// A table before its columns are read. Rows may be shorter than the columns.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
}

impl Records {
    /// Plain text, a row a line.
    pub(crate) fn lines(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        Self {
            name: "text".to_owned(),
            columns: vec!["line".to_owned()],
            rows: lines.map(|line| vec![Value::String(line.to_owned())]).collect(),
        }
    }

    fn of(name: &str, flat: Vec<Flat>) -> Self {
        let mut columns: Vec<String> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut rows = Vec::with_capacity(flat.len());
        for record in flat {
            let mut row = vec![Value::Null; columns.len()];
            for (key, value) in record {
                let place = *places.entry(key.clone()).or_insert_with(|| {
                    columns.push(key);
                    columns.len() - 1
                });
                if row.len() <= place {
                    row.resize(place + 1, Value::Null);
                }
                if let Some(cell) = row.get_mut(place) {
                    *cell = value;
                }
            }
            rows.push(row);
        }
        Self { name: name.to_owned(), columns, rows }
    }
}

/// A record with its nested objects flattened: `a.b` by value, in the order in which they stand.
type Flat = Vec<(String, Value)>;

/// The tables of a value: lists first, in the order in which they stand, and last what stands beside them.
pub(crate) fn records_of(value: Value) -> Vec<Records> {
    let mut out = Vec::new();
    let mut alone = Flat::new();
    walk("", value, 0, &mut out, &mut alone);
    if !alone.is_empty() {
        let name = if out.is_empty() { RESULT } else { "summary" };
        out.push(Records::of(name, vec![alone]));
    }
    out
}

fn walk(path: &str, value: Value, depth: usize, out: &mut Vec<Records>, alone: &mut Flat) {
    match value {
        Value::Array(items) => list(path, items, out),
        Value::Object(map) => match by_columns(path, map) {
            Ok(table) => out.push(table),
            Err(map) if depth < DEPTH => {
                for (key, value) in map {
                    walk(&join(path, &key), value, depth + 1, out, alone);
                }
            }
            Err(map) => alone.push((path.to_owned(), text_of(&Value::Object(map)))),
        },
        Value::Null => {}
        scalar @ (Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            let name = if path.is_empty() { "value" } else { path };
            alone.push((name.to_owned(), scalar));
        }
    }
}

fn list(path: &str, items: Vec<Value>, out: &mut Vec<Records>) {
    let name = if path.is_empty() { RESULT } else { path };
    let mut flat = Vec::with_capacity(items.len());
    let mut inner: BTreeMap<String, Vec<Flat>> = BTreeMap::new();
    for item in items {
        let mut record = Flat::new();
        let mut lists = Vec::new();
        match item {
            Value::Object(map) => flatten("", map, 0, &mut record, &mut lists),
            Value::Array(cells) => {
                let cells = cells.into_iter().enumerate();
                record.extend(cells.map(|(at, cell)| (format!("column_{}", at + 1), plain(cell))));
            }
            scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
                record.push(("value".to_owned(), scalar));
            }
        }
        for (key, items) in lists {
            let rows = inner.entry(key.clone()).or_default();
            for item in items {
                let mut row = record.clone();
                let mut deeper = Vec::new();
                flatten(&key, item, 0, &mut row, &mut deeper);
                // Lists in lists in lists stay text.
                row.extend(deeper.into_iter().map(|(key, items)| {
                    (key, text_of(&items.into_iter().map(Value::Object).collect()))
                }));
                rows.push(row);
            }
        }
        flat.push(record);
    }
    let only_lists = flat.iter().all(Vec::is_empty);
    if !only_lists {
        out.push(Records::of(name, flat));
    }
    out.extend(inner.into_iter().map(|(key, rows)| Records::of(&join(name, &key), rows)));
}

/// `{"columns": […], "rows": [[…]]}`: a table that names its columns once.
fn by_columns(path: &str, mut map: Map<String, Value>) -> Result<Records, Map<String, Value>> {
    let is_table = |map: &Map<String, Value>| {
        let columns = map.get("columns").and_then(Value::as_array)?;
        let rows = map.get("rows").and_then(Value::as_array)?;
        let named = columns.iter().all(|column| column_name(column).is_some());
        (!columns.is_empty() && named && rows.iter().all(Value::is_array)).then_some(())
    };
    if is_table(&map).is_none() {
        return Err(map);
    }
    let columns = match map.remove("columns") {
        Some(Value::Array(columns)) => columns.iter().filter_map(column_name).collect(),
        Some(_) | None => Vec::new(),
    };
    let rows = match map.remove("rows") {
        Some(Value::Array(rows)) => rows
            .into_iter()
            .map(|row| match row {
                Value::Array(cells) => cells.into_iter().map(plain).collect(),
                other @ (Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::Object(_)) => vec![other],
            })
            .collect(),
        Some(_) | None => Vec::new(),
    };
    let name = if path.is_empty() { RESULT } else { path };
    Ok(Records { name: name.to_owned(), columns, rows })
}

fn column_name(column: &Value) -> Option<String> {
    match column {
        Value::String(name) => Some(name.clone()),
        Value::Object(map) => map.get("name").and_then(Value::as_str).map(str::to_owned),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

fn flatten(
    path: &str,
    map: Map<String, Value>,
    depth: usize,
    record: &mut Flat,
    lists: &mut Vec<(String, Vec<Map<String, Value>>)>,
) {
    for (key, value) in map {
        let path = join(path, &key);
        match value {
            Value::Object(inner) if depth < DEPTH => {
                flatten(&path, inner, depth + 1, record, lists);
            }
            Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
                let items = items.into_iter().filter_map(|item| match item {
                    Value::Object(map) => Some(map),
                    Value::Null
                    | Value::Bool(_)
                    | Value::Number(_)
                    | Value::String(_)
                    | Value::Array(_) => None,
                });
                lists.push((path, items.collect()));
            }
            other @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_)) => record.push((path, plain(other))),
        }
    }
}

/// A value as one cell: lists of plain values joined, anything deeper as JSON text.
fn plain(value: Value) -> Value {
    match value {
        Value::Array(items) if items.is_empty() => Value::Null,
        Value::Array(items) if !items.iter().any(|item| item.is_object() || item.is_array()) => {
            let words: Vec<String> = items
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
                .collect();
            Value::String(words.join(", "))
        }
        Value::Object(_) | Value::Array(_) => text_of(&value),
        scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => scalar,
    }
}

fn text_of(value: &Value) -> Value {
    Value::String(value.to_string())
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
