//! Finds phrases in a question, whatever stands between their words: English by words, Korean without spaces.

use crate::request::Slice;

/// A question in two spellings, each letter with its place in the question.
pub(super) struct Text {
    worded: Spelling,
    glued: Spelling,
}

#[derive(Default)]
struct Spelling {
    letters: String,
    // For each byte of `letters`: where its letter begins and ends in the question.
    places: Vec<Slice>,
}

impl Spelling {
    fn push(&mut self, letter: char, place: Slice) {
        self.letters.push(letter);
        self.places.resize(self.letters.len(), place);
    }

    fn slice(&self, start: usize, end: usize) -> Option<Slice> {
        let (first, last) = (self.places.get(start)?, self.places.get(end.checked_sub(1)?)?);
        Some((first.0, last.1))
    }
}

impl Text {
    pub(super) fn of(question: &str) -> Self {
        let mut worded = Spelling::default();
        let mut glued = Spelling::default();
        worded.push(' ', (0, 0));
        for (start, letter) in question.char_indices() {
            let place = (start, start + letter.len_utf8());
            for letter in letter.to_lowercase() {
                if letter.is_alphanumeric() {
                    worded.push(letter, place);
                    glued.push(letter, place);
                } else if !worded.letters.ends_with(' ') {
                    worded.push(' ', place);
                }
            }
        }
        worded.push(' ', (question.len(), question.len()));
        Self { worded, glued }
    }

    /// Where the first of the phrases stands. A phrase that ends in `*` is the beginning of a word.
    pub(super) fn any(&self, phrases: &[&str]) -> Option<Slice> {
        phrases.iter().find_map(|phrase| self.find(phrase).into_iter().next())
    }

    /// Where all of the phrases stand.
    pub(super) fn all(&self, phrases: &[&str]) -> Vec<Slice> {
        phrases.iter().flat_map(|phrase| self.find(phrase)).collect()
    }

    fn find(&self, phrase: &str) -> Vec<Slice> {
        if !phrase.is_ascii() {
            let found = self.glued.letters.match_indices(phrase);
            return found
                .filter_map(|(at, found)| self.glued.slice(at, at + found.len()))
                .collect();
        }
        let (wanted, open) = match phrase.strip_suffix('*') {
            Some(start) => (format!(" {start}"), true),
            None => (format!(" {phrase} "), false),
        };
        // Words side by side share the space between them, and Korean particles follow a word without one.
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) =
            self.worded.letters.get(from..).and_then(|rest| rest.find(wanted.trim_end()))
        {
            let start = from + at;
            let end = start + wanted.trim_end().len();
            let rest = self.worded.letters.get(end..).unwrap_or_default();
            let length = rest.find(' ').unwrap_or(rest.len());
            let tail = rest.get(..length).unwrap_or_default();
            let is_whole = tail.is_empty() || !tail.starts_with(|letter: char| letter.is_ascii());
            if open || is_whole {
                let end = if open { end + length } else { end };
                found.extend(self.worded.slice(start + 1, end));
            }
            from = end;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_as_words_and_korean_without_spaces() {
        let text = "Move gp2 to gp3? gp3로 바꾸면 얼마 절약돼?";
        let read = Text::of(text);
        let shown = |phrases: &[&str]| {
            read.all(phrases).into_iter().map(|(start, end)| &text[start..end]).collect::<Vec<_>>()
        };
        assert_eq!(shown(&["gp3"]), ["gp3", "gp3"]);
        assert_eq!(shown(&["gp"]), Vec::<&str>::new());
        assert_eq!(shown(&["mov*", "to gp3"]), ["Move", "to gp3"]);
        assert_eq!(shown(&["얼마절약"]), ["얼마 절약"]);
    }
}
