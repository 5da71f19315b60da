//! Which values contain a text: one lower-case text a column, searched at once.

use std::collections::BTreeMap;

use memchr::memmem;
use wherefore_contract::dimension::{Dimension, FocusDimension};

use super::Entry;

// Stands between values; no name that people type holds it.
const BETWEEN: char = '\u{0}';

/// The values of some columns.
pub(super) struct Contained {
    by_column: BTreeMap<FocusDimension, String>,
}

impl Contained {
    pub(super) fn build(entries: &[Entry], columns: &[FocusDimension]) -> Self {
        let mut by_column: BTreeMap<FocusDimension, String> = BTreeMap::new();
        for entry in entries {
            if let Dimension::Column(column) = &entry.dimension
                && columns.contains(column)
            {
                let text = by_column.entry(*column).or_default();
                text.push_str(&entry.value.to_lowercase());
                text.push(BETWEEN);
            }
        }
        Self { by_column }
    }

    /// Whether a value of the column contains the text, which is in lower case.
    pub(super) fn holds(&self, column: FocusDimension, text: &str) -> bool {
        let values = self.by_column.get(&column);
        values.is_some_and(|values| memmem::find(values.as_bytes(), text.as_bytes()).is_some())
    }
}
