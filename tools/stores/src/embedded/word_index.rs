//! Words of names in a tantivy index: which names hold a word, begin with it, or hold one that differs by a typo.

use tantivy::{
    DocSet, Index, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, Term,
    collector::TopDocs,
    query::FuzzyTermQuery,
    schema::{FAST, Field, IndexRecordOption, STRING, Schema},
};

use super::names::NamesError;

// A word that more names hold tells little; the first in the order of the catalog stand for them.
const NAMES_A_WORD: usize = 200;
const WORDS_A_PREFIX: usize = 20;
const TYPOS: usize = 30;
// Room for the words of some hundred thousand names; tantivy's own minimum is 15 MB.
const WRITER_BYTES: usize = 32_000_000;

/// How a name holds a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Near {
    /// The word itself.
    Word(usize),
    /// A word that begins so, and how many bytes longer it is.
    Prefix(usize, usize),
    /// A word within this edit distance.
    Typo(usize, u8),
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

    /// The names near a word: those that hold it; else those that begin so; else those with a typo.
    pub(super) fn near(&self, word: &str) -> Result<Vec<Near>, NamesError> {
        let mut near = Vec::new();
        self.names_of(word, 1, &mut |at, _| near.push(Near::Word(at)))?;
        let letters = word.chars().count();
        // One Korean syllable says as much as two or three Latin letters.
        let enough = if word.is_ascii() { 3 } else { 2 };
        if near.is_empty() && letters >= enough {
            self.names_of(word, WORDS_A_PREFIX, &mut |at, rest| near.push(Near::Prefix(at, rest)))?;
        }
        if near.is_empty() && letters >= 4 {
            near = self.typos(word, if letters >= 8 { 2 } else { 1 })?;
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

    fn typos(&self, word: &str, most: u8) -> Result<Vec<Near>, NamesError> {
        let mut near = Vec::new();
        for distance in 1..=most {
            let term = Term::from_field_text(self.word, word);
            let query = FuzzyTermQuery::new(term, distance, true);
            let top =
                TopDocs::with_limit(TYPOS).order_by_fast_field::<u64>("entry", tantivy::Order::Asc);
            for (number, _) in self.searcher.search(&query, &top)? {
                if let Some(at) = number.and_then(|number| usize::try_from(number).ok()) {
                    near.push(Near::Typo(at, distance));
                }
            }
            if !near.is_empty() {
                break;
            }
        }
        Ok(near)
    }
}
