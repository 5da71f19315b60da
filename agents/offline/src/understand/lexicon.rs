//! The closed vocabulary of cost questions in English and Korean.

use std::{collections::HashMap, sync::LazyLock};

use wherefore_contract::dimension::{Dimension, FocusDimension};

use super::{repair::jamo, word::Meaning};

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
pub(crate) type Phrase = (Vec<String>, Meaning);

/// The lists, arranged for lookup by their first word or letter, longest first.
pub(crate) struct Lexicon {
    english: HashMap<String, Vec<Phrase>>,
    korean: HashMap<char, Vec<(Vec<char>, Place, Meaning)>>,
    /// Single words as they are typed, for slips: English ones and Korean ones, in order.
    typed: [Vec<(Vec<char>, Meaning)>; 2],
}

// A constant of the program: it is built once and never changes.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn build() -> Self {
        let mut english: HashMap<String, Vec<Phrase>> = HashMap::new();
        let mut typed = [Vec::new(), Vec::new()];
        for (meaning, phrases) in en::entries() {
            for phrase in phrases.split('|') {
                let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
                if words.len() == 1 {
                    typed[0].push((jamo(phrase), meaning.clone()));
                }
                if let Some(first) = words.first().cloned() {
                    english.entry(first).or_default().push((words, meaning.clone()));
                }
            }
        }
        for column in FocusDimension::ALL {
            let meaning = Meaning::Dimension(Dimension::Column(*column));
            for name in [column.name().to_owned(), column.column().to_lowercase()] {
                english.entry(name.clone()).or_default().push((vec![name], meaning.clone()));
            }
        }
        for phrases in english.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let mut korean: HashMap<char, Vec<(Vec<char>, Place, Meaning)>> = HashMap::new();
        for (place, meaning, words) in ko::entries() {
            for word in words.split('|') {
                let letters: Vec<char> = word.chars().collect();
                if place == Place::Free && meaning != Meaning::Filler {
                    typed[1].push((jamo(word), meaning.clone()));
                }
                if let Some(first) = letters.first().copied() {
                    korean.entry(first).or_default().push((letters, place, meaning.clone()));
                }
            }
        }
        for words in korean.values_mut() {
            words.sort_by_key(|(letters, _, _)| std::cmp::Reverse(letters.len()));
        }
        Self { english, korean, typed }
    }

    /// Phrases that begin with this English word, longest first.
    pub(crate) fn phrases(&self, first: &str) -> &[Phrase] {
        self.english.get(first).map_or(&[], Vec::as_slice)
    }

    /// Single words of English or of Korean, as they are typed.
    pub(crate) fn single_words(&self, english: bool) -> &[(Vec<char>, Meaning)] {
        let [latin, hangul] = &self.typed;
        if english { latin } else { hangul }
    }

    /// Korean words that begin with this letter, longest first.
    pub(crate) fn words(&self, first: char) -> &[(Vec<char>, Place, Meaning)] {
        self.korean.get(&first).map_or(&[], Vec::as_slice)
    }
}
