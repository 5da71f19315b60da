//! A person's memories as documents of the catalog: its cut of words finds them again, in English or Korean.
//!
//! A memory shares words, parts of Korean words and names with a question. Its points say how much of what was asked it
//! holds (seven tenths), and how much of what it holds was asked (three tenths), each term weighing 6 for a name, 2 for a
//! word, 3 for a month, 1 for a word that a name holds and 1 for two Korean letters that stand together. The same text has all points. They depend on the question and on that memory alone: nothing
//! that is kept or forgotten beside it moves them.

use std::collections::{BTreeMap, BTreeSet};

use wherefore_contract::{
    error::StoreError,
    memory::{MONTH, NamedValue},
};

use super::{
    names::NamesError,
    word_index::WordIndex,
    words::{is_empty_word, key, stems, words},
};

const NAME: u32 = 6;
const MONTHS: u32 = 3;
const WORD: u32 = 2;
const PART: u32 = 1;
const PAIR: u32 = 1;

/// The most points that a memory can have.
pub const MEMORY_POINTS: u32 = 1000;

/// A memory as it is looked for.
#[derive(Debug, Clone, Copy)]
pub struct MemoryWords<'m> {
    pub text: &'m str,
    /// What it is about, as charges spell it; months under the dimension `month`.
    pub names: &'m BTreeSet<NamedValue>,
}

/// A memory that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundMemory {
    /// Its place among those that were indexed.
    pub at: usize,
    /// From 1 to [`MEMORY_POINTS`].
    pub points: u32,
}

/// The memories of one person.
pub struct MemoryIndex {
    terms: Vec<BTreeMap<String, u32>>,
    texts: BTreeMap<String, Vec<usize>>,
    words: WordIndex,
}

impl MemoryIndex {
    /// Indexes memories, the newest first: of those that hold a common word only the first are looked at.
    ///
    /// # Errors
    /// When the index cannot be made.
    pub fn build<'m>(memories: impl Iterator<Item = MemoryWords<'m>>) -> Result<Self, StoreError> {
        let mut texts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut kept = Vec::new();
        for (at, memory) in memories.enumerate() {
            texts.entry(key(memory.text)).or_default().push(at);
            kept.push(terms(memory));
        }
        let terms = kept;
        let keys: Vec<Vec<String>> =
            terms.iter().map(|weights| weights.keys().cloned().collect()).collect();
        let words = WordIndex::build(keys.iter().map(Vec::as_slice)).map_err(unreadable)?;
        Ok(Self { terms, texts, words })
    }

    /// The memories that share a word or a name with what is asked, in the order they were indexed in.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, asked: MemoryWords<'_>) -> Result<Vec<FoundMemory>, StoreError> {
        let same = self.texts.get(&key(asked.text)).cloned().unwrap_or_default();
        let asked = terms(asked);
        let mut holding: BTreeSet<usize> = same.iter().copied().collect();
        for term in asked.keys() {
            holding.extend(self.words.holding(term).map_err(unreadable)?);
        }
        let found = holding.into_iter().filter_map(|at| {
            let is_same = same.binary_search(&at).is_ok();
            let points = if is_same { MEMORY_POINTS } else { points(&asked, self.terms.get(at)?) };
            (points > 0).then_some(FoundMemory { at, points })
        });
        Ok(found.collect())
    }
}

fn unreadable(source: NamesError) -> StoreError {
    StoreError::Unreadable { store: "memory", source: source.into() }
}

fn points(asked: &BTreeMap<String, u32>, held: &BTreeMap<String, u32>) -> u32 {
    let weight = |terms: &BTreeMap<String, u32>| terms.values().sum::<u32>().max(1);
    let common: u32 =
        asked.iter().filter(|(term, _)| held.contains_key(*term)).map(|(_, weight)| weight).sum();
    (700 * common / weight(asked) + 300 * common / weight(held)).min(MEMORY_POINTS)
}

// Each term with its weight. Letters before the colon keep names, words and pairs of letters apart.
fn terms(memory: MemoryWords<'_>) -> BTreeMap<String, u32> {
    let mut terms = BTreeMap::new();
    let mut parts = BTreeSet::new();
    for name in memory.names {
        if name.dimension == MONTH {
            terms.insert(format!("month:{}", name.value), MONTHS);
            continue;
        }
        parts.extend(words(&name.value).into_iter().map(|word| word.folded));
        // A tag and the dimension it fills hold the same value: it is one name.
        terms.insert(format!("name:{}", name.value.to_lowercase()), NAME);
    }
    for word in words(memory.text) {
        let Some(stem) = telling(&word.folded) else { continue };
        if !stem.is_ascii() {
            let letters: Vec<char> = stem.chars().collect();
            for pair in letters.windows(2).filter(|_| letters.len() > 2) {
                terms.insert(format!("pair:{}", pair.iter().collect::<String>()), PAIR);
            }
        }
        let weight = if parts.contains(stem) { PART } else { WORD };
        terms.insert(format!("word:{stem}"), weight);
    }
    terms
}

// The word without its particles; none where it is one that every question has.
fn telling(word: &str) -> Option<&str> {
    if word.is_ascii() {
        return (!is_empty_word(word)).then_some(word);
    }
    let stems = stems(word);
    if std::iter::once(&word).chain(&stems).any(|stem| is_ordinary(stem)) {
        return None;
    }
    let shortest = stems.into_iter().rev().find(|stem| stem.chars().nth(1).is_some());
    shortest.or(Some(word)).filter(|stem| !is_empty_word(stem))
}

// One letter alone says nothing, and is no sign that the word it stems from says nothing.
fn is_ordinary(word: &str) -> bool {
    word.chars().nth(1).is_some() && is_empty_word(word)
}
