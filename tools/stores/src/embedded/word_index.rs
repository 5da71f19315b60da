//! Words of names in a tantivy index: which names hold a word, or one that begins with it.

use tantivy::{
    DocSet, Index, ReloadPolicy, Searcher, TERMINATED, TantivyDocument,
    schema::{FAST, Field, IndexRecordOption, STRING, Schema},
};

use super::names::NamesError;

// A word that more names hold tells little; the first in the order of the catalog stand for them.
const NAMES_A_WORD: usize = 200;
const WORDS_A_PREFIX: usize = 20;
const NAMES_A_PREFIX: usize = 20;
// Room for the words of some hundred thousand names; tantivy's own minimum is 15 MB.
const WRITER_BYTES: usize = 32_000_000;

/// A name that holds a longer word that begins so, and how many bytes longer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) entry: usize,
    pub(super) rest: usize,
}

/// The words of all names.
pub(super) struct WordIndex {
    searcher: Searcher,
    word: Field,
}

impl WordIndex {
    /// Indexes the words of each name; names are numbered in order.
    pub(super) fn build<'a>(names: impl Iterator<Item = &'a [String]>) -> Result<Self, NamesError> {
        let mut schema = Schema::builder();
        let word = schema.add_text_field("word", STRING);
        let entry = schema.add_u64_field("entry", FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        for (at, words) in names.enumerate() {
            let mut document = TantivyDocument::default();
            document.add_u64(entry, at as u64);
            for text in words {
                document.add_text(word, text);
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { searcher: reader.searcher(), word })
    }

    /// The names that hold this word, the first in the order of the catalog.
    pub(super) fn holding(&self, word: &str) -> Result<Vec<usize>, NamesError> {
        let mut holding = Vec::new();
        self.names_of(word, 1, &mut |at, _| holding.push(at))?;
        Ok(holding)
    }

    /// The names that hold a word that begins so.
    pub(super) fn beginning(&self, word: &str) -> Result<Vec<Near>, NamesError> {
        let mut near = Vec::new();
        // One Korean syllable says as much as two or three Latin letters.
        let enough = if word.is_ascii() { 4 } else { 2 };
        if word.chars().count() >= enough {
            self.names_of(word, WORDS_A_PREFIX, &mut |entry, rest| {
                if near.len() < NAMES_A_PREFIX {
                    near.push(Near { entry, rest });
                }
            })?;
        }
        Ok(near)
    }

    fn names_of(
        &self,
        word: &str,
        most_words: usize,
        found: &mut dyn FnMut(usize, usize),
    ) -> Result<(), NamesError> {
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.word)?;
            let numbers = segment.fast_fields().u64("entry")?;
            let mut stream = inverted.terms().range().ge(word).into_stream()?;
            let mut seen = 0;
            while seen < most_words && stream.advance() {
                let exact = stream.key() == word.as_bytes();
                if !stream.key().starts_with(word.as_bytes()) || (most_words == 1 && !exact) {
                    break;
                }
                seen += 1;
                let rest = stream.key().len() - word.len();
                let mut postings = inverted
                    .read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
                let mut kept = 0;
                while postings.doc() != TERMINATED && kept < NAMES_A_WORD {
                    let number = numbers.first(postings.doc());
                    if let Some(at) = number.and_then(|number| usize::try_from(number).ok()) {
                        found(at, rest);
                    }
                    kept += 1;
                    postings.advance();
                }
            }
        }
        Ok(())
    }
}
