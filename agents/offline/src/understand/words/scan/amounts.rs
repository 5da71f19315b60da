//! Amounts of money as people write them: "$500", "100k", "$2m".

use super::{super::super::glyphs::Class, Scanner};

// What stands before an amount of money.
const SIGNS: &[char] = &['$', '₩', '€', '£', '¥', '￦'];
// What stands behind one.
const UNITS: &[&str] =
    &["usd", "dollar", "bucks", "eur", "cent", "k usd", "달러", "불", "만", "천", "센트"];

impl Scanner<'_> {
    /// Whether the number from `at` to `name` is an amount of money, which names nothing.
    pub(super) fn is_money(&self, at: usize, name: usize) -> bool {
        if (at..name).any(|place| !matches!(self.class(place), Class::Digit)) {
            return false;
        }
        let signed = at
            .checked_sub(1)
            .and_then(|before| self.glyphs.get(before))
            .is_some_and(|glyph| SIGNS.contains(&glyph.letter));
        let mut after = at;
        while self.class(after) == Class::Digit {
            after += 1;
        }
        if self.class(after) == Class::Space {
            after += 1;
        }
        let rest = self.letters(after, (after + 6).min(self.glyphs.len()));
        signed || UNITS.iter().any(|unit| rest.starts_with(unit))
    }

    /// What a number is multiplied by for the letters behind it: "100k", "$2m".
    pub(super) fn scale(&self, at: usize, letters: &str) -> Option<u64> {
        let mut first = at;
        while let Some(before) = first.checked_sub(1)
            && self.glyphs.get(before).is_some_and(|glyph| {
                glyph.class() == Class::Digit || matches!(glyph.letter, '.' | ',')
            })
        {
            first = before;
        }
        let signed = first
            .checked_sub(1)
            .and_then(|before| self.glyphs.get(before))
            .is_some_and(|glyph| SIGNS.contains(&glyph.letter));
        // "3m" alone may be three months.
        match letters {
            "k" => Some(1_000),
            "m" | "mn" | "mm" | "mil" if signed => Some(1_000_000),
            "b" | "bn" if signed => Some(1_000_000_000),
            _ => None,
        }
    }
}
