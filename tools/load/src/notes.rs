//! What was noticed while a file was read: counted, and kept with the first Parquet file that came of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{layout::Layout, moment::Spelling};

/// Observations about one source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SourceNotes {
    /// File name without its folder.
    pub(crate) file: String,
    pub(crate) layout: Layout,
    /// Charge rows that were read, before any was left out.
    pub(crate) rows: u64,
    /// Column -> cells with a word where a number belongs, and the first such word.
    pub(crate) words: BTreeMap<String, (u64, String)>,
    /// Column -> cells with more than 18 decimals.
    pub(crate) cut: BTreeMap<String, u64>,
    /// Column -> the spellings of time seen in it.
    pub(crate) spellings: BTreeMap<String, BTreeSet<String>>,
    pub(crate) unknown_columns: Vec<String>,
    pub(crate) invalid_tags: u64,
    /// Tag keys beyond those that get a column of their own.
    pub(crate) surplus_tag_keys: u64,
    pub(crate) split_cost_rows: u64,
    /// Columns of the layout, absent from the file, that a cost basis or an identity needs.
    pub(crate) absent: Vec<String>,
    /// Rows with an amount in a net column of AWS, which holds none before an account has a discount.
    #[serde(default)]
    pub(crate) net_rows: u64,
}

impl SourceNotes {
    pub(crate) fn new(file: String, layout: Layout) -> Self {
        Self {
            file,
            layout,
            rows: 0,
            words: BTreeMap::new(),
            cut: BTreeMap::new(),
            spellings: BTreeMap::new(),
            unknown_columns: Vec::new(),
            invalid_tags: 0,
            surplus_tag_keys: 0,
            split_cost_rows: 0,
            absent: Vec::new(),
            net_rows: 0,
        }
    }

    pub(crate) fn word(&mut self, column: &str, word: &str) {
        match self.words.get_mut(column) {
            Some((count, _)) => *count += 1,
            None => {
                self.words.insert(column.to_owned(), (1, word.chars().take(40).collect()));
            }
        }
    }

    pub(crate) fn cut(&mut self, column: &str) {
        match self.cut.get_mut(column) {
            Some(count) => *count += 1,
            None => {
                self.cut.insert(column.to_owned(), 1);
            }
        }
    }

    pub(crate) fn spelled(&mut self, column: &str, spelling: Spelling) {
        let name = match spelling {
            Spelling::Iso => "2024-09-01T05:00:00Z",
            Spelling::IsoMinutes => "2024-09-01T05:00Z",
            Spelling::Spaced => "2024-09-01 05:00:00",
            Spelling::DateOnly => "2024-09-01",
            Spelling::MonthFirst => "9/1/2024",
        };
        self.spellings.entry(column.to_owned()).or_default().insert(name.to_owned());
    }
}
