//! What a submission may be read against: the words of the question and the columns of the evidence.

use std::collections::BTreeMap;

use wherefore_contract::{
    evidence::{Evidence, FactRef},
    table::{Column, ColumnKind},
};
use wherefore_model::Message;

/// The question and the evidence of one conversation. The default knows nothing, and then nothing is looked up.
#[derive(Debug, Clone, Default)]
pub struct Known<'a> {
    question: &'a str,
    tables: BTreeMap<&'a str, &'a [Column]>,
}

impl<'a> Known<'a> {
    /// The question as the model read it, and every piece of evidence in its messages.
    #[must_use]
    pub fn of(question: &'a str, messages: &'a [Message]) -> Self {
        let results = messages.iter().flat_map(|message| match message {
            Message::Tools { results } => results.as_slice(),
            Message::User { .. } | Message::Assistant { .. } => &[],
        });
        Self::with(question, results.flat_map(|result| &result.evidence))
    }

    /// The question and these pieces of evidence.
    #[must_use]
    pub fn with(question: &'a str, evidence: impl IntoIterator<Item = &'a Evidence>) -> Self {
        let columns = |held: &'a Evidence| (held.id.as_str(), held.facts.table.columns.as_slice());
        Self { question, tables: evidence.into_iter().map(columns).collect() }
    }

    /// The name of a column of `evidence` as the table spells it, where exactly one is meant.
    pub(super) fn column(&self, evidence: &str, written: &str) -> Option<&'a str> {
        let columns = *self.tables.get(evidence)?;
        if let Some(same) = columns.iter().find(|column| column.name == written) {
            return Some(&same.name);
        }
        let mut alike = columns.iter().filter(|column| folded(&column.name) == folded(written));
        let only = alike.next()?;
        alike.next().is_none().then_some(only.name.as_str())
    }

    /// Whether the reference is written as the ledger writes it; of evidence that is not known nothing more can be said.
    pub(super) fn is_exact(&self, fact: &FactRef) -> bool {
        let id = fact.evidence.strip_prefix('e');
        let is_id = id.is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
        let columns = self.tables.get(fact.evidence.as_str());
        is_id && columns.is_none_or(|columns| columns.iter().any(|known| known.name == fact.column))
    }

    /// The columns of `evidence`, for a message.
    pub(super) fn columns(&self, evidence: &str) -> Option<Vec<&'a str>> {
        let columns = self.tables.get(evidence)?;
        Some(columns.iter().map(|column| column.name.as_str()).collect())
    }

    /// Whether the column holds names or moments, not figures; `None` where it is not known.
    pub(super) fn holds_names(&self, evidence: &str, column: &str) -> Option<bool> {
        let column = self.tables.get(evidence)?.iter().find(|known| known.name == column)?;
        Some(match column.kind {
            ColumnKind::Dimension | ColumnKind::Time => true,
            ColumnKind::Measure => false,
        })
    }

    /// Where `words` stand in the question, as bytes from start to before end.
    pub(super) fn asked(&self, words: &str) -> Option<(usize, usize)> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        let start = self.question.find(words)?;
        Some((start, start + words.len()))
    }
}

/// Letters and digits alone, in lower case: "Billed Cost" and `billed_cost` are alike.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
