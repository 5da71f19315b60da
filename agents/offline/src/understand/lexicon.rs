//! The closed vocabulary of cost questions in English and Korean.

use std::{collections::HashMap, sync::LazyLock};

use super::word::Meaning;

#[cfg_attr(
    not(test),
    expect(clippy::enum_glob_use, reason = "the tables name nearly all meanings")
)]
mod en;
#[cfg_attr(
    not(test),
    expect(clippy::enum_glob_use, reason = "the tables name nearly all meanings")
)]
mod ko;

/// Where a Korean word may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Anywhere a word may begin.
    Free,
    /// Only at the end of another word: particles and endings.
    Suffix,
    /// Only after a number.
    AfterNumber,
}

/// One entry of the English part: the words in order.
pub(crate) type Phrase = (Vec<&'static str>, Meaning);

/// The lists, arranged for lookup by their first word or letter, longest first.
pub(crate) struct Lexicon {
    english: HashMap<&'static str, Vec<Phrase>>,
    korean: HashMap<char, Vec<(Vec<char>, Place, Meaning)>>,
}

// A constant of the program: it is built once and never changes.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn build() -> Self {
        let mut english: HashMap<&'static str, Vec<Phrase>> = HashMap::new();
        for (meaning, phrases) in en::entries() {
            for phrase in phrases.split('|') {
                let words: Vec<&'static str> = phrase.split(' ').collect();
                if let Some(first) = words.first().copied() {
                    english.entry(first).or_default().push((words, meaning.clone()));
                }
            }
        }
        for phrases in english.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let mut korean: HashMap<char, Vec<(Vec<char>, Place, Meaning)>> = HashMap::new();
        for (place, meaning, words) in ko::entries() {
            for word in words.split('|') {
                let letters: Vec<char> = word.chars().collect();
                if let Some(first) = letters.first().copied() {
                    korean.entry(first).or_default().push((letters, place, meaning.clone()));
                }
            }
        }
        for words in korean.values_mut() {
            words.sort_by_key(|(letters, _, _)| std::cmp::Reverse(letters.len()));
        }
        Self { english, korean }
    }

    /// Phrases that begin with this English word, longest first.
    pub(crate) fn phrases(&self, first: &str) -> &[Phrase] {
        self.english.get(first).map_or(&[], Vec::as_slice)
    }

    /// Korean words that begin with this letter, longest first.
    pub(crate) fn words(&self, first: char) -> &[(Vec<char>, Place, Meaning)] {
        self.korean.get(&first).map_or(&[], Vec::as_slice)
    }
}
