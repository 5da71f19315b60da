//! Tags: normalised keys, each with a column of its own.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use arrow::array::ArrayRef;
use unicode_normalization::UnicodeNormalization;

use crate::{cells::Chunk, columns::TextColumn, error::Refusal, notes::SourceNotes};

/// Keys that get a column of their own; more stay in the `Tags` text and are counted. A bill with
/// more keys than this tags by id, and a column per id would make every file unreadably wide.
const KEY_LIMIT: usize = 400;

/// Keys of user-defined tags carry these before them in AWS reports.
const USER_PREFIXES: &[&str] = &["user:", "user_"];

/// A tag key as the warehouse spells it: composed, trimmed, lower case. `None` when nothing is left.
#[must_use]
pub(crate) fn focus_key(raw: &str) -> Option<String> {
    let key: String = raw.nfc().collect::<String>().trim().to_lowercase();
    (!key.is_empty()).then_some(key)
}

/// As [`focus_key`], without the `user:` that AWS puts before user-defined keys.
#[must_use]
pub(crate) fn aws_key(raw: &str) -> Option<String> {
    let key = focus_key(raw)?;
    if let Some(rest) = key.strip_prefix("aws_") {
        return Some(format!("aws:{rest}"));
    }
    let bare = USER_PREFIXES.iter().find_map(|prefix| key.strip_prefix(prefix));
    bare.map_or(Some(key.clone()), focus_key)
}

/// One column of JSON objects.
pub(crate) struct JsonTags {
    place: usize,
    key: fn(&str) -> Option<String>,
}

type Pairs = Vec<(String, String)>;

impl JsonTags {
    pub(crate) fn focus(place: usize) -> Self {
        Self { place, key: focus_key }
    }

    pub(crate) fn aws(place: usize) -> Self {
        Self { place, key: aws_key }
    }

    /// Keys with the prefix before them, e.g. `cost_category:`.
    pub(crate) fn place(&self) -> usize {
        self.place
    }

    /// One array a key. Rows repeat their tags, so each different text is parsed once a chunk.
    pub(crate) fn read(
        &self,
        chunk: &Chunk,
        notes: &mut SourceNotes,
    ) -> Result<BTreeMap<String, ArrayRef>, Refusal> {
        let cells = chunk.at(Some(self.place));
        let mut parsed: HashMap<String, Rc<Pairs>> = HashMap::new();
        let mut columns: BTreeMap<String, (TextColumn, usize)> = BTreeMap::new();
        let none = Rc::new(Pairs::new());
        for row in 0..chunk.rows {
            let pairs = match cells.text(row) {
                None => Rc::clone(&none),
                Some(text) => {
                    if !parsed.contains_key(text.as_ref()) {
                        let pairs = Rc::new(self.pairs(&text).unwrap_or_default());
                        parsed.insert(text.clone().into_owned(), pairs);
                    }
                    parsed.get(text.as_ref()).map_or_else(|| Rc::clone(&none), Rc::clone)
                }
            };
            for (key, value) in pairs.iter() {
                push(&mut columns, row, key, value, notes)?;
            }
        }
        if parsed.values().any(|pairs| pairs.is_empty()) {
            notes.invalid_tags += self.invalid_rows(chunk, &parsed);
        }
        let mut arrays = BTreeMap::new();
        for (key, (mut column, filled)) in columns {
            column.push_nulls(chunk.rows - filled)?;
            arrays.insert(key, column.finish()?);
        }
        Ok(arrays)
    }

    fn invalid_rows(&self, chunk: &Chunk, parsed: &HashMap<String, Rc<Pairs>>) -> u64 {
        let cells = chunk.at(Some(self.place));
        let invalid = |row: &usize| {
            cells.text(*row).is_some_and(|text| {
                parsed.get(text.as_ref()).is_some_and(|pairs| pairs.is_empty())
                    && self.pairs(&text).is_none()
            })
        };
        (0..chunk.rows).filter(invalid).count() as u64
    }

    // `None` when the text is no JSON object. When two keys normalise to one, the first with a value stays.
    fn pairs(&self, text: &str) -> Option<Pairs> {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
        let mut pairs: BTreeMap<String, String> = BTreeMap::new();
        for (raw, value) in object {
            let Some(key) = (self.key)(&raw) else { continue };
            let value = match value {
                serde_json::Value::String(text) => text,
                serde_json::Value::Null => continue,
                other @ (serde_json::Value::Bool(_)
                | serde_json::Value::Number(_)
                | serde_json::Value::Array(_)
                | serde_json::Value::Object(_)) => other.to_string(),
            };
            let value = value.trim();
            if !value.is_empty() {
                pairs.entry(key).or_insert_with(|| value.to_owned());
            }
        }
        Some(pairs.into_iter().collect())
    }
}

fn push(
    columns: &mut BTreeMap<String, (TextColumn, usize)>,
    row: usize,
    key: &str,
    value: &str,
    notes: &mut SourceNotes,
) -> Result<(), Refusal> {
    if let Some((column, filled)) = columns.get_mut(key) {
        column.push_nulls(row - *filled)?;
        column.push(Some(value))?;
        *filled = row + 1;
        return Ok(());
    }
    if columns.len() >= KEY_LIMIT {
        notes.surplus_tag_keys += 1;
        return Ok(());
    }
    let mut column = TextColumn::new();
    column.push_nulls(row)?;
    column.push(Some(value))?;
    columns.insert(key.to_owned(), (column, row + 1));
    Ok(())
}

/// Tags in columns of their own: key -> place.
#[derive(Debug, Default)]
pub(crate) struct FlatTags {
    keys: BTreeMap<String, Vec<usize>>,
}

impl FlatTags {
    pub(crate) fn add(&mut self, key: String, place: usize) {
        self.keys.entry(key).or_default().push(place);
    }

    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.keys.values().flatten().copied()
    }

    /// One array a key; keys without any value in the chunk are left out.
    pub(crate) fn read(&self, chunk: &Chunk) -> Result<BTreeMap<String, ArrayRef>, Refusal> {
        let mut arrays = BTreeMap::new();
        for (key, places) in self.keys.iter().take(KEY_LIMIT) {
            let cells: Vec<_> = places.iter().map(|place| chunk.at(Some(*place))).collect();
            let mut column = TextColumn::new();
            let mut filled = false;
            for row in 0..chunk.rows {
                let value = cells.iter().find_map(|cells| cells.text(row));
                let value = value.as_deref().map(str::trim).filter(|value| !value.is_empty());
                filled |= value.is_some();
                column.push(value)?;
            }
            if filled {
                arrays.insert(key.clone(), column.finish()?);
            }
        }
        Ok(arrays)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_trimmed_lower_case_and_without_the_prefix_of_aws() {
        let keys =
            [" org", "CostCenter", "user:App", "user_app", "aws:createdBy", "aws_created_by", " "];
        let aws = keys.map(aws_key);
        let expected = ["org", "costcenter", "app", "app", "aws:createdby", "aws:created_by"]
            .map(str::to_owned);
        assert_eq!(aws.into_iter().flatten().collect::<Vec<_>>(), expected);
        assert_eq!(focus_key("user_app").as_deref(), Some("user_app"));
    }

    #[test]
    fn only_objects_are_tags_and_empty_values_are_none() {
        let tags = JsonTags::focus(0);
        assert_eq!(tags.pairs(r#""tagA": "valueA""#), None);
        assert_eq!(tags.pairs("[1]"), None);
        let pairs = tags.pairs(r#"{" org":"ops","org":"dev","empty":"","n":7,"none":null}"#);
        let expected = vec![("n".to_owned(), "7".to_owned()), ("org".to_owned(), "ops".to_owned())];
        assert_eq!(pairs, Some(expected));
    }
}
