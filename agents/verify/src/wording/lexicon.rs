//! What literal text may not say: figures, units, directions, ranks and measures have spans of
//! their own.
//!
//! Literal text may hold Latin letters, Hangul syllables, spaces and plain punctuation, and nothing
//! else: digits of every script, look-alike letters, invisible characters, markup and addresses
//! fall outside that alphabet. Words are then matched against one list per language, kept as data
//! in `lexicon/en.toml` and `lexicon/ko.toml`; both lists hold for both languages.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

/// A kind of words that need a span of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordKind {
    /// A number in words.
    Number,
    /// A currency, a percent sign in words, or a unit.
    Unit,
    /// A direction, e.g. "rose".
    Direction,
    /// A rank, e.g. "largest".
    Rank,
    /// The name of a measure, e.g. "billed cost".
    Measure,
}

/// Words that say how facts were put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Joining {
    Mean,
    Sum,
    Share,
}

/// What is wrong with a piece of literal text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextFault {
    /// A character outside the alphabet of literal text.
    Character(char),
    /// A word that needs a span of its own.
    Word(WordKind, String),
    /// An address or the start of one.
    Address(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    allow: Vec<String>,
    number: Vec<String>,
    unit: Vec<String>,
    direction: Vec<String>,
    rank: Vec<String>,
    measure: Vec<String>,
    mean: Vec<String>,
    sum: Vec<String>,
    share: Vec<String>,
}

struct Lexicon {
    allow: Regex,
    banned: Vec<(WordKind, Regex)>,
    joining: Vec<(Joining, Regex)>,
}

// A list that cannot be read bars every text: the gate fails closed.
static ENGLISH: LazyLock<Option<Lexicon>> =
    LazyLock::new(|| Lexicon::read(include_str!("lexicon/en.toml"), english));
static KOREAN: LazyLock<Option<Lexicon>> =
    LazyLock::new(|| Lexicon::read(include_str!("lexicon/ko.toml"), str::to_owned));

fn english(word: &str) -> String {
    let (stem, ending) = word.strip_suffix('*').map_or((word, ""), |stem| (stem, "[a-z]*"));
    format!(r"\b{}{ending}\b", regex::escape(stem).replace(' ', r"\s+"))
}

impl Lexicon {
    fn read(source: &str, pattern: fn(&str) -> String) -> Option<Self> {
        let lists: Lists = toml::from_str(source).ok()?;
        let any = |words: &[String]| {
            let parts: Vec<String> = words.iter().map(|word| pattern(word)).collect();
            RegexBuilder::new(&parts.join("|")).case_insensitive(true).build().ok()
        };
        Some(Self {
            allow: any(&lists.allow)?,
            banned: vec![
                (WordKind::Number, any(&lists.number)?),
                (WordKind::Unit, any(&lists.unit)?),
                (WordKind::Direction, any(&lists.direction)?),
                (WordKind::Rank, any(&lists.rank)?),
                (WordKind::Measure, any(&lists.measure)?),
            ],
            joining: vec![
                (Joining::Mean, any(&lists.mean)?),
                (Joining::Sum, any(&lists.sum)?),
                (Joining::Share, any(&lists.share)?),
            ],
        })
    }

    fn banned_words(&self, text: &str) -> Vec<(WordKind, String)> {
        let text = self.allow.replace_all(text, "\u{1}");
        let mut words = Vec::new();
        for (kind, pattern) in &self.banned {
            words.extend(
                pattern.find_iter(&text).map(|word| (*kind, word.as_str().trim().to_owned())),
            );
        }
        words
    }
}

/// Everything that literal text may not hold, in the order of kinds.
#[must_use]
pub fn faults(text: &str) -> Vec<TextFault> {
    let mut faults: Vec<TextFault> =
        text.chars().filter(|letter| !is_plain(*letter)).map(TextFault::Character).collect();
    match &*ADDRESS {
        Some(address) => faults.extend(
            address.find_iter(text).map(|found| TextFault::Address(found.as_str().to_owned())),
        ),
        None => faults.push(TextFault::Address(text.to_owned())),
    }
    match (&*ENGLISH, &*KOREAN) {
        (Some(english), Some(korean)) => {
            for (kind, word) in
                english.banned_words(text).into_iter().chain(korean.banned_words(text))
            {
                faults.push(TextFault::Word(kind, word));
            }
        }
        _ => faults.push(TextFault::Word(WordKind::Number, text.to_owned())),
    }
    faults
}

/// The words of putting together in `text`, in their order.
pub(crate) fn joinings(text: &str) -> Vec<Joining> {
    let mut found: Vec<(usize, Joining)> = Vec::new();
    for lexicon in [&*ENGLISH, &*KOREAN].into_iter().flatten() {
        for (kind, pattern) in &lexicon.joining {
            found.extend(pattern.find_iter(text).map(|word| (word.start(), *kind)));
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, kind)| kind).collect()
}

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // "Credits are not in the data: ask" is no address, "data:x" is one.
    let pattern = r"//|\bwww\b|\b[a-z-]+\.[a-z-]{2,}|\b(mailto|javascript|data|file):[^\s]|:/";
    RegexBuilder::new(pattern).case_insensitive(true).build().ok()
});

/// Whether what follows `text` without a space would be read as the rest of an address.
pub(crate) fn opens_address(text: &str) -> bool {
    let letters = text.to_ascii_lowercase();
    ["mailto:", "javascript:", "data:", "file:", "http:", "https:", "ftp:"]
        .iter()
        .any(|scheme| letters.ends_with(scheme))
}

fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || matches!(letter, '\u{ac00}'..='\u{d7a3}')
        || matches!(
            letter,
            ' ' | '.'
                | ','
                | ';'
                | ':'
                | '?'
                | '!'
                | '\''
                | '"'
                | '('
                | ')'
                | '-'
                | '–'
                | '—'
                | '…'
                | '·'
                | '‘'
                | '’'
                | '“'
                | '”'
                | '/'
                | '&'
        )
}

#[cfg(test)]
mod tests;
