//! One column of a remote table: its name made safe, what it holds, and what its numbers count.

use std::collections::BTreeSet;

use serde_json::Value;
use wherefore_contract::{Decimal, table::Column, unit::Unit};
use wherefore_verify::render::is_own_name;

use super::{CELL_CHARACTERS, text::clean};

/// Characters of a column's name.
const NAME_CHARACTERS: usize = 64;

// Words that make a number a name: nothing is counted in them.
const NAMES: &[&str] = &[
    "id",
    "ids",
    "account",
    "arn",
    "port",
    "pid",
    "code",
    "zip",
    "version",
    "year",
    "month",
    "day",
    "hour",
    "index",
    "phone",
    "offset",
    "page",
    "line",
    "epoch",
    "timestamp",
    "time",
    "date",
    "at",
    "oid",
    "uid",
];

// Words of amounts: texts of digits in such a column are numbers.
const AMOUNTS: &[&str] = &[
    "amount",
    "cost",
    "price",
    "total",
    "value",
    "sum",
    "average",
    "avg",
    "min",
    "max",
    "minimum",
    "maximum",
    "quantity",
    "usage",
    "count",
    "percent",
    "percentage",
    "ratio",
    "rate",
    "bytes",
    "size",
    "duration",
    "latency",
    "spend",
    "budget",
];

// Words at the end of a name that say a unit, with the unit as facts write it.
const UNITS: &[(&str, &str)] = &[
    ("byte", "bytes"),
    ("bytes", "bytes"),
    ("kb", "KB"),
    ("mb", "MB"),
    ("gb", "GB"),
    ("tb", "TB"),
    ("kib", "KiB"),
    ("mib", "MiB"),
    ("gib", "GiB"),
    ("ms", "ms"),
    ("millis", "ms"),
    ("milliseconds", "ms"),
    ("us", "µs"),
    ("microseconds", "µs"),
    ("ns", "ns"),
    ("nanoseconds", "ns"),
    ("s", "s"),
    ("sec", "s"),
    ("secs", "s"),
    ("seconds", "s"),
    ("minutes", "min"),
    ("hours", "hours"),
    ("days", "days"),
    ("percent", "%"),
    ("percentage", "%"),
    ("pct", "%"),
    ("usd", "USD"),
    ("krw", "KRW"),
    ("eur", "EUR"),
];

// Words at the end of the name of a column that holds the unit of the column beside it.
const UNIT_COLUMNS: &[&str] = &["unit", "units", "currency", "currencycode"];

/// A column with its cells as facts hold them.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) column: Column,
    pub(crate) cells: Vec<Option<String>>,
    /// Numbers that no exact decimal holds; their cells are empty.
    pub(crate) lost: usize,
}

/// Names without what could be taken for markup or for a reference, each once, none a name of our own measures: what a
/// server calls `billed_cost` is not what bills say.
pub(crate) fn names(raw: &[String]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    raw.iter()
        .map(|raw| {
            let safe = safe(raw);
            let apart = side_apart(&safe);
            let name = if is_own_name(&apart) { format!("reported_{apart}") } else { apart };
            let more = (2_usize..).map(|count| format!("{name}_{count}"));
            let free = std::iter::once(name.clone()).chain(more).find(|name| !taken.contains(name));
            let name = free.unwrap_or(name);
            taken.insert(name.clone());
            name
        })
        .collect()
}

// What ends like one side of a comparison of ours is no side: `latency_high` is not the high end of a latency.
fn side_apart(name: &str) -> String {
    let side = ["_from", "_to", "_low", "_high"].iter().find_map(|side| name.strip_suffix(side));
    match side.and_then(|start| Some((start, name.get(start.len() + 1..)?))) {
        Some((start, end)) => format!("{start}.{end}"),
        None => name.to_owned(),
    }
}

fn safe(raw: &str) -> String {
    let mut out = String::new();
    for letter in clean(raw, NAME_CHARACTERS).chars() {
        if letter.is_alphanumeric() || matches!(letter, '.' | '-' | ':') {
            out.push(letter);
        } else if !out.ends_with('_') {
            out.push('_');
        }
    }
    let out = out.trim_matches(['_', '.']);
    if out.is_empty() { "column".to_owned() } else { out.to_owned() }
}

/// The column that holds the units of the column at `index`: `Amount` beside `Unit`, filled wherever that is filled.
pub(crate) fn unit_beside<'n>(
    index: usize,
    names: &'n [String],
    rows: &[Vec<Value>],
) -> Option<&'n str> {
    let own = names.get(index)?;
    let (path, last) = split(own);
    if !words(last).iter().any(|word| AMOUNTS.contains(&word.as_str())) {
        return None;
    }
    let (at, name) = names.iter().enumerate().find(|(at, name)| {
        let (other, end) = split(name);
        *at != index && other == path && UNIT_COLUMNS.contains(&end.to_lowercase().as_str())
    })?;
    let cell = |row: &[Value], at: usize| row.get(at).cloned().unwrap_or(Value::Null);
    let filled = rows.iter().all(|row| {
        cell(row, index).is_null() || cell(row, at).as_str().is_some_and(|unit| !unit.is_empty())
    });
    filled.then_some(name.as_str())
}

/// Reads a column: numbers where all that is there are numbers, moments where all are moments, else names.
pub(crate) fn read(name: &str, values: &[&Value], unit_column: Option<&str>) -> Read {
    let (_, last) = split(name);
    let words = words(last);
    let is = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let present = || values.iter().filter(|value| !value.is_null());
    if present().next().is_none() {
        return plain(Column::dimension(name), values);
    }
    let numbers = present().all(|value| value.is_number());
    let digits = present().all(|value| number(value).is_some_and(|number| number.is_some()));
    // Databases write exact decimals as text, all with their places.
    let decimals = present().all(|value| value.as_str().is_some_and(|text| text.contains('.')));
    let is_amount = is(AMOUNTS) || unit_column.is_some() || decimals;
    if (numbers && !is(NAMES)) || (digits && is_amount && !is(NAMES)) {
        return measure(name, values, unit_column, &words);
    }
    if numbers && let Some(cells) = moments(values) {
        return Read { column: Column::time(name), cells, lost: 0 };
    }
    if present().all(|value| value.as_str().is_some_and(is_moment)) {
        return plain(Column::time(name), values);
    }
    plain(Column::dimension(name), values)
}

fn measure(name: &str, values: &[&Value], unit_column: Option<&str>, words: &[String]) -> Read {
    let column = match unit_column {
        Some(by) => Column::measure_by(name, by),
        None => Column::measure(name, unit(words)),
    };
    let mut lost = 0;
    let cells = values.iter().map(|value| {
        let read = number(value)?;
        lost += usize::from(read.is_none());
        read.map(|number| number.to_string())
    });
    let cells = cells.collect();
    Read { column, cells, lost }
}

fn plain(column: Column, values: &[&Value]) -> Read {
    let cells = values.iter().map(|value| match value {
        Value::Null => None,
        Value::String(text) => Some(clean(text, CELL_CHARACTERS)),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            Some(clean(&other.to_string(), CELL_CHARACTERS))
        }
    });
    Read { column, cells: cells.collect(), lost: 0 }
}

/// `None`: no number stands there. `Some(None)`: one that no decimal holds.
#[expect(clippy::option_option, reason = "no number and a number that is lost are counted apart")]
fn number(value: &Value) -> Option<Option<Decimal>> {
    let exact = |text: &str| text.parse().ok().or_else(|| Decimal::from_scientific(text).ok());
    match value {
        Value::Number(number) => Some(exact(&number.to_string())),
        Value::String(text) => {
            let text = text.trim();
            let is_number = text
                .starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '.'))
                && text.chars().all(|each| {
                    each.is_ascii_digit() || matches!(each, '-' | '.' | 'e' | 'E' | '+')
                });
            is_number.then(|| exact(text)).filter(Option::is_some)
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What a column's numbers count, by the end of its name; the empty unit where the name does not say.
fn unit(words: &[String]) -> Unit {
    let Some(last) = words.last() else { return Unit::Quantity(String::new()) };
    if let Some((_, unit)) = UNITS.iter().find(|(word, _)| word == last) {
        return Unit::parse(unit);
    }
    match Unit::parse(last) {
        count @ Unit::Count(_) => count,
        Unit::Currency(_)
        | Unit::CurrencyPer { .. }
        | Unit::Quantity(_)
        | Unit::Percent
        | Unit::Ratio => Unit::Quantity(String::new()),
    }
}

// Between 2000 and 2100, in seconds or milliseconds.
fn moments(values: &[&Value]) -> Option<Vec<Option<String>>> {
    const SECONDS: std::ops::Range<i64> = 946_684_800..4_102_444_800;
    let moment = |value: &Value| {
        let whole = value
            .as_i64()
            .or_else(|| value.to_string().split('.').next().and_then(|whole| whole.parse().ok()))?;
        let seconds = if SECONDS.contains(&whole) { whole } else { whole / 1000 };
        SECONDS.contains(&seconds).then(|| jiff::Timestamp::from_second(seconds).ok()).flatten()
    };
    values
        .iter()
        .map(|value| match value {
            Value::Null => Some(None),
            Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => moment(value).map(|moment| Some(moment.to_string())),
        })
        .collect()
}

fn is_moment(text: &str) -> bool {
    let text = text.trim();
    text.len() >= 10
        && (text.parse::<jiff::Timestamp>().is_ok()
            || text.parse::<jiff::civil::DateTime>().is_ok()
            || text.replacen(' ', "T", 1).parse::<jiff::civil::DateTime>().is_ok())
}

fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or(("", name))
}

/// The words of a name in small letters: `totalSizeBytes`, `total_size_bytes` and `Total-Size-Bytes` are the same.
fn words(name: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new()];
    let mut was_small = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            out.push(String::new());
            was_small = false;
            continue;
        }
        if letter.is_uppercase() && was_small {
            out.push(String::new());
        }
        was_small = letter.is_lowercase() || letter.is_numeric();
        if let Some(word) = out.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    out.retain(|word| !word.is_empty());
    out
}
