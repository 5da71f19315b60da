//! Reads English words with a slip in them, before anything is looked up.

use super::{
    super::super::{
        glyphs::{Class, respell},
        lexicon::lexicon,
        repair::spelled,
    },
    Scanner,
};

// A text with more unknown words than this is no question with a slip in it.
const SLIPS: usize = 12;

impl Scanner<'_> {
    // Slips in the words of the vocabulary are read as what they mean, so that phrases hold them too.
    // Names stay as they are: what the catalog knows, what is written with a capital letter, digits or marks.
    pub(super) fn respell(&mut self) {
        let mut tried = 0;
        let mut at = 0;
        while at < self.glyphs.len() {
            if self.class(at) != Class::Letter {
                at += 1;
                continue;
            }
            let end = self.word_end(at);
            let joined = |place: Option<usize>| {
                place.and_then(|place| self.glyphs.get(place)).is_some_and(|glyph| {
                    matches!(glyph.letter, '-' | '_' | '/' | '@' | '=' | ':' | '\'' | '"' | '`')
                        || glyph.letter.is_ascii_digit()
                })
            };
            let start = self.glyphs.get(at).map_or(0, |glyph| glyph.start);
            let after = self.glyphs.get(end).map_or(self.text.len(), |glyph| glyph.start);
            let capital = start > 0
                && self.text.get(start..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
            let known = self.entities.iter().any(|entity| {
                (entity.exact || !entity.options.is_empty())
                    && entity.start < after
                    && start < entity.end
            });
            let named = capital || known || joined(at.checked_sub(1)) || joined(Some(end));
            if !named && tried < SLIPS && self.tag_key(at).is_none() {
                let word = self.letters(at, end);
                tried += usize::from(!lexicon().is_word(&word));
                if let Some(meant) = spelled(&word) {
                    respell(&mut self.glyphs, at, end, &meant);
                    at += meant.chars().count();
                    continue;
                }
            }
            at = end.max(at + 1);
        }
    }
}
