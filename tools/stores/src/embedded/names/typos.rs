//! Names that differ from a word by a typo, found by the words that both become when letters are left out.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;
use wherefore_contract::dimension::{Dimension, FocusDimension as F};

use super::{super::words::key, Entry};

// Shorter words differ from too many others by one letter.
const SHORTEST: usize = 5;
// From this length on, two typos still leave the word recognisable.
const TWO_TYPOS: usize = 9;
const LONGEST: usize = 32;
// Words beyond these many are ids, not words that people type.
const WORDS: usize = 20_000;

/// Words and names, by what is left of them without one or two letters.
pub(super) struct Typos {
    names: Vec<String>,
    by_rest: BTreeMap<String, Vec<u32>>,
}

impl Typos {
    pub(super) fn build<'a>(entries: &[Entry], aliases: impl Iterator<Item = &'a String>) -> Self {
        let mut names: BTreeSet<String> = aliases.cloned().collect();
        for entry in entries.iter().filter(|entry| is_typed(&entry.dimension)) {
            if names.len() >= WORDS {
                break;
            }
            names.extend(
                [Some(&entry.value), entry.label.as_ref()]
                    .into_iter()
                    .flatten()
                    .map(|name| key(name)),
            );
            names.extend(entry.words.iter().cloned());
        }
        names.retain(|name| is_word(name));
        let names: Vec<String> = names.into_iter().collect();
        let mut by_rest: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (at, name) in (0_u32..).zip(&names) {
            for rest in rests(&typed(name)) {
                by_rest.entry(rest).or_default().push(at);
            }
        }
        Self { names, by_rest }
    }

    /// The name that is nearest, when one is, and how many typos away.
    pub(super) fn nearest(&self, word: &str) -> Option<(&str, u8)> {
        if !is_word(word) {
            return None;
        }
        let mut best: Option<(usize, &str)> = None;
        let word = typed(word);
        for rest in rests(&word) {
            for name in self.by_rest.get(&rest).into_iter().flatten() {
                let Some(name) = usize::try_from(*name).ok().and_then(|at| self.names.get(at))
                else {
                    continue;
                };
                let distance = strsim::osa_distance(&word, &typed(name));
                let most = if name.is_ascii() && letters(&word).min(letters(name)) >= TWO_TYPOS {
                    2
                } else {
                    1
                };
                let better = best.is_none_or(|found| (distance, name.as_str()) < found);
                if distance <= most && better {
                    best = Some((distance, name));
                }
            }
        }
        best.and_then(|(distance, name)| Some((name, u8::try_from(distance).ok()?)))
    }
}

// The letters that are typed: a syllable of Hangul is two or three of them.
fn typed(word: &str) -> String {
    word.nfd().collect()
}

// Names that people type by heart.
fn is_typed(dimension: &Dimension) -> bool {
    match dimension {
        Dimension::Workload | Dimension::Tag(_) => true,
        Dimension::Column(column) => matches!(
            column,
            F::Provider
                | F::ServiceName
                | F::ServiceCategory
                | F::ServiceSubcategory
                | F::Region
                | F::RegionName
                | F::SubAccountName
                | F::BillingAccountName
                | F::Publisher
                | F::InvoiceIssuer
                | F::ResourceType
        ),
        Dimension::Time(_) => false,
    }
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

fn is_word(name: &str) -> bool {
    let length = letters(name);
    let enough = if name.is_ascii() { SHORTEST } else { 4 };
    (enough..=LONGEST).contains(&length) && !name.bytes().any(|byte| byte.is_ascii_digit())
}

// The word, and what is left of it without one letter, and for long words without two.
fn rests(word: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::from([word.to_owned()]);
    let once = without_one(word);
    if word.is_ascii() && letters(word) >= TWO_TYPOS {
        all.extend(once.iter().flat_map(|rest| without_one(rest)));
    }
    all.extend(once);
    all
}

fn without_one(word: &str) -> BTreeSet<String> {
    word.char_indices()
        .map(|(at, letter)| {
            let after = at + letter.len_utf8();
            format!(
                "{}{}",
                word.get(..at).unwrap_or_default(),
                word.get(after..).unwrap_or_default()
            )
        })
        .collect()
}
