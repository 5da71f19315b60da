//! References to facts, in the ways in which models write them.

use serde_json::Value;
use wherefore_contract::evidence::FactRef;

use super::{
    form::{Path, Reader, as_index, field, opened, quoted},
    known::Known,
};

impl Reader<'_> {
    /// One fact: `e1/0/billed_cost`, other marks between its parts, or an object of its parts.
    pub(super) fn fact(&mut self, path: &Path, value: &Value) -> Option<FactRef> {
        let opened = opened(value);
        let inner = opened.as_ref().unwrap_or(value);
        match fact_in(inner) {
            Some(fact) => self.named(path, fact),
            None => self.refuse(
                path,
                format!(
                    "{} is no fact; write evidence, row and column, as in \"e1/0/billed_cost\"",
                    quoted(value)
                ),
            ),
        }
    }

    /// Facts in order: a list, one alone, or several in one text.
    pub(super) fn facts(&mut self, path: &Path, value: &Value) -> Option<Vec<FactRef>> {
        let items = match value {
            Value::String(text) if opened(value).is_none() => {
                text.split([',', ';']).map(|part| Value::String(part.to_owned())).collect()
            }
            // One fact as an object, or as a list of its three parts.
            Value::Array(_) | Value::Object(_) if fact_in(value).is_some() => vec![value.clone()],
            Value::Array(_)
            | Value::Object(_)
            | Value::String(_)
            | Value::Number(_)
            | Value::Bool(_)
            | Value::Null => Self::list(Some(value)),
        };
        let read: Vec<Option<FactRef>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| self.fact(&path.at(index), item))
            .collect();
        read.into_iter().collect()
    }

    /// The fact with its column as the table spells it. A column by its place is no name and may be meant either way.
    fn named(&mut self, path: &Path, fact: FactRef) -> Option<FactRef> {
        let is_place = fact.column.bytes().all(|letter| letter.is_ascii_digit());
        if let Some(column) = self.known.column(&fact.evidence, &fact.column) {
            return Some(FactRef { column: column.to_owned(), ..fact });
        }
        if !is_place {
            return Some(fact);
        }
        let columns = self.known.columns(&fact.evidence).map_or_else(String::new, |columns| {
            format!("; the columns of {} are {}", fact.evidence, columns.join(", "))
        });
        self.refuse(path, format!("name the column, not its place{columns}"))
    }
}

/// A fact as `known` spells it, for placeholders in text.
pub(super) fn fact_written(text: &str, known: &Known<'_>) -> Option<FactRef> {
    let fact = in_text(text)?;
    let column = known.column(&fact.evidence, &fact.column).map(str::to_owned);
    let is_place = fact.column.bytes().all(|letter| letter.is_ascii_digit());
    match column {
        Some(column) => Some(FactRef { column, ..fact }),
        None => (!is_place).then_some(fact),
    }
}

fn fact_in(value: &Value) -> Option<FactRef> {
    match value {
        Value::String(text) => in_text(text),
        Value::Object(map) => {
            let map = super::envelope::spelled_fields(map);
            if let Some(inner) = field(&map, &["fact", "ref", "fact_ref", "cell"]) {
                return fact_in(inner);
            }
            let evidence = field(&map, &["evidence", "evidence_id", "id", "table"])?;
            from_parts(
                evidence,
                field(&map, &["row", "row_index", "index"])?,
                field(&map, &["column", "col", "measure", "name"])?,
            )
        }
        Value::Array(parts) => match parts.as_slice() {
            [evidence, row, column] => from_parts(evidence, row, column),
            [one] => fact_in(one),
            _ => None,
        },
        Value::Number(_) | Value::Bool(_) | Value::Null => None,
    }
}

fn from_parts(evidence: &Value, row: &Value, column: &Value) -> Option<FactRef> {
    let evidence = match evidence {
        Value::Number(number) => format!("e{}", number.as_u64()?),
        Value::String(text) => evidence_id(text)?,
        Value::Object(_) | Value::Array(_) | Value::Bool(_) | Value::Null => return None,
    };
    let column = match column {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(_) | Value::Array(_) | Value::Bool(_) | Value::Null => return None,
    };
    (!column.is_empty()).then(|| as_index(row).map(|row| FactRef::new(evidence, row, column)))?
}

/// `e1` in any case and in brackets.
pub(super) fn evidence_id(text: &str) -> Option<String> {
    let bare = text.trim().trim_matches(['[', ']', '(', ')', '{', '}', '"', '\'', '`', '#', ' ']);
    let lower = bare.to_ascii_lowercase();
    let number = lower.strip_prefix("evidence").map_or(lower.as_str(), str::trim);
    let digits = number.strip_prefix('e').unwrap_or(number).trim_matches([' ', '_', '-']);
    let is_number =
        !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number && number.starts_with('e') {
        return Some(format!("e{digits}"));
    }
    is_number.then(|| format!("e{digits}")).filter(|_| lower.starts_with("evidence"))
}

/// Reads `e1/0/billed_cost` with any marks between the parts: `e1#0#billed_cost`, `e1[0].billed_cost`, `E1 row 0 billed_cost`.
fn in_text(text: &str) -> Option<FactRef> {
    let bare = text.trim();
    // As it should be written: the column may hold any character, as tag keys do.
    if let Ok(fact) = bare.parse::<FactRef>()
        && is_id(&fact.evidence)
        && !fact.column.contains(['[', ']', '{', '}', '"'])
    {
        return Some(FactRef { column: fact.column.trim().to_owned(), ..fact })
            .filter(|fact| !fact.column.is_empty());
    }
    let bare = bare.trim_matches(['{', '}', '`', '"', '\'', '<', '>', '$', ' ']);
    let bare = bare.strip_prefix("fact:").unwrap_or(bare).trim();
    let bare = bare
        .strip_prefix("evidence")
        .map_or(bare, |rest| rest.trim_start_matches([' ', ':', '/', '.']));
    let rest = bare.strip_prefix(['e', 'E'])?;
    let (number, rest) = digits(rest)?;
    let rest = between(rest)?;
    let (row, rest) = digits(rest)?;
    let column = between(rest)?;
    let column = column.trim_end_matches([']', '}', '"', '\'', '`', ' ', '.', ',']);
    if column.is_empty() {
        return None;
    }
    Some(FactRef::new(format!("e{number}"), row.parse().ok()?, column))
}

fn is_id(text: &str) -> bool {
    text.strip_prefix('e')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(end)?;
    (!digits.is_empty() && digits.len() <= 9).then_some((digits, rest))
}

/// What follows the marks between two parts; the words `row`, `rows` and `column` are such marks too.
fn between(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let bare = rest.trim_start_matches([
            '/', '#', '.', ':', ' ', '[', ']', '(', ')', ',', '"', '\'', '|', '-', '=', '>',
        ]);
        let lower = bare.to_ascii_lowercase();
        let word = ["rows", "row", "column", "col", "r"].into_iter().find(|word| {
            lower.strip_prefix(word).is_some_and(|after| {
                after.starts_with(['/', '#', '.', ':', ' ', '[', '=', ','])
                    || (*word != "column"
                        && *word != "col"
                        && after.starts_with(|l: char| l.is_ascii_digit()))
            })
        });
        match word {
            Some(word) => rest = bare.get(word.len()..)?,
            None => return (bare.len() < text.len()).then_some(bare),
        }
    }
}
