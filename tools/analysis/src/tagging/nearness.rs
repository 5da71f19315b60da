//! Words that a reader takes for one: other case, other separators, written short, or with a slip.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::rules::TaggingRules;

/// A word of a bill, with what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    pub word: String,
    pub cost: Decimal,
}

/// In what two spellings differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// In case only: "Prod", "prod".
    Case,
    /// In spaces, hyphens and the like: "cost-center", "cost center".
    Separators,
    /// One is written short: "prod", "production".
    Abbreviation,
    /// In a keystroke: "checkout", "chekout".
    Slip,
}

impl Likeness {
    /// The word for it in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Separators => "separators",
            Self::Abbreviation => "abbreviation",
            Self::Slip => "slip",
        }
    }
}

/// A spelling that looks like a dearer one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Place of the spelling in what was given.
    pub at: usize,
    /// Place of the one that it looks like.
    pub like: usize,
    pub by: Likeness,
}

/// Each spelling that looks like a dearer one, with the one it is nearest to; in the order of cost, dearest
/// first. What costs more is taken for the right spelling (ties go by the alphabet).
#[must_use]
pub fn near(spellings: &[Spelling], rules: &TaggingRules) -> Vec<Near> {
    if spellings.len() > rules.slips.values {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..spellings.len()).collect();
    order.sort_by_key(|at| spellings.get(*at).map(|own| (Reverse(own.cost), own.word.clone())));
    let word = |at: usize| spellings.get(at).map(|own| own.word.as_str()).unwrap_or_default();
    let mut found: Vec<Near> = Vec::new();
    for (place, at) in order.iter().enumerate() {
        let dearer = order.iter().take(place);
        // A misspelling of a misspelling belongs to the spelling that is right.
        let right = dearer.filter(|like| !found.iter().any(|near| near.at == **like));
        let nearest = right
            .filter_map(|like| Some((likeness(word(*at), word(*like), rules)?, *like)))
            .min_by_key(|(by, _)| *by);
        found.extend(nearest.map(|(by, like)| Near { at: *at, like, by }));
    }
    found
}

/// In what two words differ, where a reader takes them for one.
fn likeness(left: &str, right: &str, rules: &TaggingRules) -> Option<Likeness> {
    if left == right {
        return None;
    }
    if left.to_lowercase() == right.to_lowercase() {
        return Some(Likeness::Case);
    }
    if !letters(left).is_empty() && letters(left) == letters(right) {
        return Some(Likeness::Separators);
    }
    let (left, right) = (parts(left), parts(right));
    if left.is_empty() || left.len() != right.len() {
        return None;
    }
    let written = |parts: &[String]| -> Vec<String> {
        parts.iter().map(|part| rules.written_out(part).to_owned()).collect()
    };
    if written(&left) == written(&right) {
        return Some(Likeness::Abbreviation);
    }
    let mut apart = left.iter().zip(&right).filter(|(one, other)| one != other);
    let (one, other) = apart.next()?;
    (apart.next().is_none() && is_slip(one, other, rules)).then_some(Likeness::Slip)
}

// Numbers tell things apart on purpose: "node-pool1" is not "node-pool2".
fn is_slip(left: &str, right: &str, rules: &TaggingRules) -> bool {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let count = |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).count();
    count(left).min(count(right)) >= rules.slips.letters
        && digits(left) == digits(right)
        && keystrokes(left, right) <= rules.slips.keystrokes
}

/// Letters and digits in lower case.
pub(super) fn letters(word: &str) -> String {
    parts(word).concat()
}

fn parts(word: &str) -> Vec<String> {
    word.split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The least number of letters put in, taken out, replaced or swapped with their neighbour (optimal string
/// alignment of Damerau's distance).
fn keystrokes(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let width = right.len() + 1;
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..width).collect();
    for (row, one) in left.iter().enumerate() {
        let mut next: Vec<usize> = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let at =
                |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&last, column) + usize::from(one != other);
            let mut best = replaced.min(at(&last, column + 1) + 1).min(at(&next, column) + 1);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(other)
                && right.get(column - 1) == Some(one);
            if swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or_default()
}
