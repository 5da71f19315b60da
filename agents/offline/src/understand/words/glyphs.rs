//! The question's letters in one spelling (NFKC, lower case), each with its place in the question.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// One normalised letter and the bytes of the question it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub letter: char,
    pub start: usize,
    pub end: usize,
}

/// Kinds of letters, as the scanner splits them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Space,
    Digit,
    Hangul,
    Letter,
    Mark,
}

impl Glyph {
    pub(crate) fn class(self) -> Class {
        let letter = self.letter;
        if letter.is_whitespace() {
            Class::Space
        } else if letter.is_ascii_digit() {
            Class::Digit
        } else if matches!(letter, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}')
        {
            Class::Hangul
        } else if letter.is_alphanumeric() {
            Class::Letter
        } else {
            Class::Mark
        }
    }
}

// Letters that join the one before them: combining marks and the vowels and finals of split Hangul.
fn joins(letter: char) -> bool {
    is_combining_mark(letter) || matches!(letter, '\u{1160}'..='\u{11ff}')
}

/// Normalises a text. Split Hangul and combining marks are composed before they are looked at.
pub(crate) fn glyphs(text: &str) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(text.len());
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let mut cluster = String::from(letter);
        while let Some((_, next)) = letters.next_if(|(_, next)| joins(*next)) {
            cluster.push(next);
        }
        let end = letters.peek().map_or(text.len(), |(next, _)| *next);
        for letter in cluster.nfkc().flat_map(char::to_lowercase) {
            out.push(Glyph { letter, start, end });
        }
    }
    out
}

/// Writes `word` over the letters from `at` up to `after`; letters that it has more stand where the
/// last one stood.
pub(crate) fn respell(glyphs: &mut Vec<Glyph>, at: usize, after: usize, word: &str) {
    let Some(held) = glyphs.get(at..after).map(<[Glyph]>::to_vec) else { return };
    let (Some(first), Some(last)) = (held.first(), held.last()) else { return };
    let count = word.chars().count();
    let place = |index: usize| held.get(index).unwrap_or(last);
    let letters: Vec<Glyph> = word
        .chars()
        .enumerate()
        .map(|(index, letter)| Glyph {
            letter,
            start: if index == 0 { first.start } else { place(index).start },
            end: if index + 1 == count { last.end } else { place(index).end },
        })
        .collect();
    glyphs.splice(at..after, letters);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_hangul_and_wide_letters_become_ordinary_ones_and_keep_their_place() {
        let text = "\u{1107}\u{1175} ＥＣ２";
        let normal: String = glyphs(text).iter().map(|glyph| glyph.letter).collect();
        assert_eq!(normal, "비 ec2");
        let last = glyphs(text).pop().unwrap();
        assert_eq!(&text[last.start..last.end], "２");
    }
}
