//! The items ahead, without the joining words between them.

use super::super::super::word::{Item, Meaning, TimeWord};

// An expression of time takes no more words than this.
const WORDS: usize = 14;
// English words that may stand inside an expression of time.
const JOINING: &[&str] = &[
    "of",
    "the",
    "in",
    "on",
    "at",
    "for",
    "during",
    "s",
    "a",
    "an",
    "this",
    "that",
    "same",
    "whole",
    "within",
    "over",
    "throughout",
];

/// What stands ahead, one meaning a place.
#[derive(Debug, Clone)]
pub(super) struct View<'a> {
    pub text: &'a str,
    pub items: &'a [Item],
    places: Vec<usize>,
}

impl<'a> View<'a> {
    /// The words from the first item on, up to one that no expression of time holds.
    pub(super) fn new(text: &'a str, items: &'a [Item]) -> Self {
        let mut places = Vec::with_capacity(WORDS);
        for (place, item) in items.iter().enumerate().take(WORDS * 2) {
            let skipped = match item.meaning {
                Meaning::Particle => true,
                Meaning::Filler => {
                    let word = text.get(item.start..item.end).unwrap_or_default().to_lowercase();
                    if word.is_ascii() && !JOINING.contains(&word.as_str()) {
                        break;
                    }
                    true
                }
                _ => false,
            };
            if place == 0 || !skipped {
                places.push(place);
            }
            if places.len() == WORDS {
                break;
            }
        }
        Self { text, items, places }
    }

    pub(super) fn item(&self, at: usize) -> Option<&'a Item> {
        self.items.get(*self.places.get(at)?)
    }

    pub(super) fn at(&self, at: usize) -> Option<&'a Meaning> {
        self.item(at).map(|item| &item.meaning)
    }

    pub(super) fn word(&self, at: usize) -> Option<TimeWord> {
        match self.at(at)? {
            Meaning::Word(word) => Some(*word),
            _ => None,
        }
    }

    pub(super) fn is(&self, at: usize, word: TimeWord) -> bool {
        self.word(at) == Some(word)
    }

    pub(super) fn text_at(&self, at: usize) -> &'a str {
        self.item(at).and_then(|item| self.text.get(item.start..item.end)).unwrap_or_default()
    }

    /// Whether a punctuation mark of `marks` stands at this place.
    pub(super) fn mark(&self, at: usize, marks: &[char]) -> bool {
        self.at(at) == Some(&Meaning::Mark) && self.text_at(at).starts_with(marks)
    }

    /// Whether no space parts this word from the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.item(at).is_some_and(|item| item.glued)
    }

    /// Whether "로" stands behind this word: "28일로 나눠".
    pub(super) fn says_by(&self, at: usize) -> bool {
        let behind = self.places.get(at).and_then(|place| self.items.get(place + 1));
        behind.is_some_and(|item| {
            item.meaning == Meaning::Particle && self.text.get(item.start..item.end) == Some("로")
        })
    }

    /// Whether nothing, not even a joining word, parts this word from the one before it.
    pub(super) fn follows(&self, at: usize) -> bool {
        let places = (at.checked_sub(1).and_then(|at| self.places.get(at)), self.places.get(at));
        matches!(places, (Some(before), Some(after)) if before + 1 == *after)
    }

    /// A word that joins two ends of a range or two members of a list.
    pub(super) fn joins(&self, at: usize) -> bool {
        matches!(
            self.at(at),
            Some(Meaning::Range | Meaning::To | Meaning::And | Meaning::Until | Meaning::Since)
        ) || self.mark(at, &['-', '/'])
            || matches!(self.at(at), Some(Meaning::Compare | Meaning::From))
    }

    /// How many items the words before this place take.
    pub(super) fn taken(&self, next: usize) -> usize {
        next.checked_sub(1).and_then(|last| self.places.get(last)).map_or(0, |place| place + 1)
    }

    /// The place of the first word that begins at or after this byte.
    pub(super) fn place_of(&self, byte: usize) -> usize {
        self.places
            .iter()
            .position(|place| self.items.get(*place).is_none_or(|item| item.start >= byte))
            .unwrap_or(self.places.len())
    }

    /// A number of one or two digits, an ordinal, or a number word.
    pub(super) fn small(&self, at: usize, most: i8) -> Option<i8> {
        let value = match self.at(at)? {
            Meaning::Number { value, digits } if *digits <= 2 => i8::try_from(*value).ok()?,
            Meaning::Word(TimeWord::Nth(nth)) => *nth,
            _ => return None,
        };
        (1..=most).contains(&value).then_some(value)
    }

    pub(super) fn count(&self, at: usize) -> Option<i64> {
        match self.at(at)? {
            Meaning::Number { value, .. } => {
                i64::try_from(*value).ok().filter(|n| (1..=400).contains(n))
            }
            _ => None,
        }
    }

    /// A year of four digits.
    pub(super) fn year(&self, at: usize) -> Option<i16> {
        match self.at(at)? {
            Meaning::Number { value: value @ 1990..=2100, digits: 4 } => i16::try_from(*value).ok(),
            _ => None,
        }
    }
}
