//! Short words made of letters and digits: "top5", "Q3", "H1", "W36".

use super::super::super::{
    lexicon::lexicon,
    word::{Meaning, TimeWord},
};

// The meaning of one word by itself, with the glyph after it.
pub(super) fn single(after: usize, word: Option<&str>) -> Option<(usize, Meaning)> {
    let phrases = lexicon().phrases(word?);
    let single = phrases.iter().find(|(words, _)| words.len() == 1)?;
    Some((after, single.1.clone()))
}

// "top5": where its number begins.
pub(super) fn counted_top(word: &str) -> Option<usize> {
    let number = word.find(|letter: char| letter.is_ascii_digit())?;
    let (word, digits) = word.split_at_checked(number)?;
    let counts =
        matches!(word, "top" | "bottom") && digits.bytes().all(|byte| byte.is_ascii_digit());
    counts.then_some(number)
}

// Short codes of time: Q3, H1, W36, FY26.
pub(super) fn code(word: &str) -> Option<Meaning> {
    if let Some(year) = word.strip_prefix("fy").and_then(year_of) {
        return Some(Meaning::Word(TimeWord::FiscalYear(i16::try_from(year).ok()?)));
    }
    // "CW36" is the calendar week that "W36" is.
    let (letter, number) = word.strip_prefix('c').unwrap_or(word).split_at_checked(1)?;
    let number: i8 = number.parse().ok()?;
    let word = match (letter, number) {
        ("q", 1..=4) => TimeWord::Quarter(number),
        ("h", 1..=2) => TimeWord::Half(number),
        ("w", 1..=53) => TimeWord::IsoWeek(number),
        _ => return None,
    };
    Some(Meaning::Word(word))
}

// A year of two or four digits.
pub(super) fn year_of(digits: &str) -> Option<u64> {
    let value: u64 = digits.parse().ok()?;
    match digits.len() {
        2 => Some(2000 + value),
        4 => Some(value).filter(|year| (1990..=2100).contains(year)),
        _ => None,
    }
}

/// "690k", "2mn": the number in full.
pub(super) fn scaled(number: &Meaning, unit: &str) -> Option<Meaning> {
    let Meaning::Number { value, digits } = number else { return None };
    let (factor, zeros) = match unit {
        "k" => (1_000, 3),
        "mn" | "mio" => (1_000_000, 6),
        "bn" => (1_000_000_000, 9),
        _ => return None,
    };
    Some(Meaning::Number { value: value.checked_mul(factor)?, digits: digits + zeros })
}

/// "w/o" and "w/", and how many letters they have.
pub(super) fn slashed(word: &str) -> Option<(usize, Meaning)> {
    match word {
        "w/o" => Some((3, Meaning::Exclude)),
        _ if word.starts_with("w/") => Some((2, Meaning::Filler)),
        _ => None,
    }
}

// "3Q24", "1H2025".
pub(super) fn part_of_year(number: Option<i8>, letters: &str) -> Option<[Meaning; 2]> {
    let (letter, year) = letters.split_at_checked(1)?;
    let part = match (letter, number?) {
        ("q", quarter @ 1..=4) => TimeWord::Quarter(quarter),
        ("h", half @ 1..=2) => TimeWord::Half(half),
        _ => return None,
    };
    Some([Meaning::Word(part), Meaning::Number { value: year_of(year)?, digits: 4 }])
}
