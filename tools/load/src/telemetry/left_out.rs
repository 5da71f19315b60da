//! What was left out or mended while a file of records was read: counted, with the place of the first.

use std::collections::BTreeMap;

use crate::describe::counted;

/// Sentences by what they say, each with how often and where first.
#[derive(Debug, Default)]
pub(crate) struct LeftOut {
    told: BTreeMap<(&'static str, &'static str), (u64, String)>,
    lost: u64,
}

impl LeftOut {
    /// So many `noun`s were left out because `why`.
    pub(crate) fn lose(
        &mut self,
        noun: &'static str,
        why: &'static str,
        place: impl FnOnce() -> String,
    ) {
        self.lost += 1;
        self.tell(noun, why, place);
    }

    /// So many `noun`s were kept though `why`.
    pub(crate) fn tell(
        &mut self,
        noun: &'static str,
        why: &'static str,
        place: impl FnOnce() -> String,
    ) {
        self.told.entry((why, noun)).or_insert_with(|| (0, place())).0 += 1;
    }

    /// Rows that were left out.
    pub(crate) fn lost(&self) -> u64 {
        self.lost
    }

    pub(crate) fn notes(self) -> Vec<String> {
        let note = |((why, noun), (count, first)): ((&str, &str), (u64, String))| {
            format!("{} {why}, the first in {first}", counted(count, noun))
        };
        self.told.into_iter().map(note).collect()
    }
}
