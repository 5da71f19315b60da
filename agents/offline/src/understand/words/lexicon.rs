//! The closed vocabulary of cost questions in English and Korean.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

use wherefore_contract::dimension::{Dimension, FocusDimension};

use super::super::{repair::jamo, word::Meaning};
use inflection::Inflected;

mod columns;
#[cfg_attr(
    not(test),
    expect(clippy::enum_glob_use, reason = "the tables name nearly all meanings")
)]
mod en;
mod inflection;
#[cfg_attr(
    not(test),
    expect(clippy::enum_glob_use, reason = "the tables name nearly all meanings")
)]
mod ko;

pub(crate) use en::PEOPLE;

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

// Korean words by their first letter, longest first.
type KoreanWords = HashMap<char, Vec<(Vec<char>, Place, Meaning)>>;

/// The lists, arranged for lookup by their first word or letter, longest first.
pub(crate) struct Lexicon {
    english: HashMap<String, Vec<Phrase>>,
    korean: KoreanWords,
    inflected: Inflected,
    copula: Inflected,
    /// Single words as they are typed, for slips: English ones and Korean ones, in order.
    typed: [Vec<(Vec<char>, Meaning)>; 2],
    /// Every English word that stands in an entry, by itself or in a phrase.
    words: BTreeSet<String>,
    /// Those that a slip may mean, by their first letter.
    meant: BTreeMap<char, Vec<Vec<char>>>,
}

// A constant of the program: it is built once and never changes.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

// The names of columns, ours and those of the files.
fn add_columns(english: &mut HashMap<String, Vec<Phrase>>) {
    for column in FocusDimension::ALL {
        let meaning = Meaning::Dimension(Dimension::Column(*column));
        for name in [column.name().to_owned(), column.column().to_lowercase()] {
            english.entry(name.clone()).or_default().push((vec![name], meaning.clone()));
        }
    }
    for (meaning, words) in columns::entries() {
        if let Some(first) = words.first().cloned() {
            english.entry(first).or_default().push((words, meaning));
        }
    }
}

impl Lexicon {
    fn build() -> Self {
        let mut english: HashMap<String, Vec<Phrase>> = HashMap::new();
        let mut typed = [Vec::new(), Vec::new()];
        let mut spelled: BTreeSet<String> = BTreeSet::new();
        let mut plain: BTreeSet<String> = BTreeSet::new();
        for (meaning, phrases) in en::entries() {
            for phrase in phrases.split('|') {
                let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
                // What cannot be answered is never guessed from another word.
                if is_answerable(&meaning) {
                    spelled.extend(words.iter().cloned());
                } else {
                    plain.extend(words.iter().cloned());
                }
                if words.len() == 1 && is_answerable(&meaning) {
                    typed[0].push((jamo(phrase), meaning.clone()));
                }
                if let Some(first) = words.first().cloned() {
                    english.entry(first).or_default().push((words, meaning.clone()));
                }
            }
        }
        let meant = by_first_letter(&spelled);
        plain.extend(spelled);
        for phrase in en::plain().iter().flat_map(|words| words.split('|')) {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            plain.extend(words.iter().cloned());
            if let Some(first) = words.first().cloned() {
                let phrases = english.entry(first).or_default();
                if phrases.iter().all(|(held, _)| *held != words) {
                    phrases.push((words, Meaning::Filler));
                }
            }
        }
        add_columns(&mut english);
        for phrases in english.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let (korean, hangul) = korean();
        typed[1] = hangul;
        Self {
            english,
            korean,
            inflected: Inflected::build(ko::verbs::VERBS),
            copula: Inflected::copula(),
            typed,
            words: plain,
            meant,
        }
    }

    /// Phrases that begin with this English word, longest first.
    pub(crate) fn phrases(&self, first: &str) -> &[Phrase] {
        self.english.get(first).map_or(&[], Vec::as_slice)
    }

    /// Whether an English word stands in the vocabulary.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// English words that begin with this letter and that a slip may mean.
    pub(crate) fn meant_words(&self, first: char) -> &[Vec<char>] {
        self.meant.get(&first).map_or(&[], Vec::as_slice)
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

    /// Forms of Korean verbs at the start of a run of Hangul, as their length and meaning.
    pub(crate) fn verbs(&self, run: &[char]) -> Vec<(usize, Meaning)> {
        self.inflected.at(run)
    }

    /// Forms of the verb "to be" behind a noun, as their length and meaning.
    pub(crate) fn copula(&self, run: &[char]) -> Vec<(usize, Meaning)> {
        self.copula.at(run)
    }
}

// Korean words by their first letter, and those that a slip may mean as they are typed.
fn korean() -> (KoreanWords, Vec<(Vec<char>, Meaning)>) {
    let mut typed = Vec::new();
    let mut korean = KoreanWords::new();
    for (place, meaning, words) in ko::entries() {
        for word in words.split('|') {
            let letters: Vec<char> = word.chars().collect();
            if place == Place::Free && meaning != Meaning::Filler {
                typed.push((jamo(word), meaning.clone()));
            }
            if let Some(first) = letters.first().copied() {
                korean.entry(first).or_default().push((letters, place, meaning.clone()));
            }
        }
    }
    for words in korean.values_mut() {
        words.sort_by_key(|(letters, _, _)| std::cmp::Reverse(letters.len()));
    }
    (korean, typed)
}

fn is_answerable(meaning: &Meaning) -> bool {
    !matches!(meaning, Meaning::NotInBills | Meaning::Write | Meaning::Outside | Meaning::Advice)
}

fn by_first_letter(words: &BTreeSet<String>) -> BTreeMap<char, Vec<Vec<char>>> {
    let mut found: BTreeMap<char, Vec<Vec<char>>> = BTreeMap::new();
    for word in words {
        let letters: Vec<char> = word.chars().collect();
        if let Some(first) = letters.first().copied() {
            found.entry(first).or_default().push(letters);
        }
    }
    found
}
