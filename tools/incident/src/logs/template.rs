//! A template: what lines of one event have in common, with `<*>` for each value.

use super::{
    columns::{Token, VALUE, Words},
    mask::{WEAK, WILD},
};

/// What lines of one event have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// `t` and 16 hexadecimal digits: FNV-1a of the text, so that a text has one id in every run and version.
    pub id: String,
    /// Words with `<*>` for values; a stack trace's exception follows after ` ↵ `.
    pub text: String,
    /// Lines that were added.
    pub lines: u64,
}

/// A word with digits inside, as it stood first, and whether it ever stood differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Weak {
    pub text: Box<[u8]>,
    pub is_varied: bool,
}

impl Weak {
    /// Takes in the same word of another line.
    pub(super) fn see(&mut self, other: &[u8]) {
        if !self.is_varied && *self.text != *other {
            self.is_varied = true;
            if *other < *self.text {
                self.text = other.into();
            }
        }
    }

    /// Takes in the same word of other lines; what is kept does not depend on the order.
    pub(super) fn merge(&mut self, other: &Self) {
        self.is_varied |= other.is_varied || self.text != other.text;
        if other.text < self.text {
            self.text.clone_from(&other.text);
        }
    }
}

/// The text of a template.
pub(super) fn render(tokens: &[Token], weak: &[Weak], words: &Words) -> String {
    let mut out = Vec::new();
    let mut weak = weak.iter();
    for token in tokens {
        if token.is_apart {
            out.push(b' ');
        }
        let text = words.text(token.word);
        if text.contains(&WEAK) {
            match weak.next() {
                Some(weak) if !weak.is_varied => out.extend_from_slice(&weak.text),
                Some(_) | None => out.extend_from_slice(b"<*>"),
            }
        } else {
            for byte in text {
                match *byte {
                    WILD => out.extend_from_slice(b"<*>"),
                    byte => out.push(byte),
                }
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The tokens as masked text, from which the same tokens are read again.
pub(super) fn masked_text(tokens: &[Token], words: &Words) -> Vec<u8> {
    let mut out = Vec::new();
    for token in tokens {
        if token.is_apart {
            out.push(b' ');
        }
        out.extend_from_slice(words.text(token.word));
    }
    out
}

/// Values that follow each other with nothing but commas, semicolons, quotes and spaces between them become one.
pub(super) fn collapse(tokens: &[Token], words: &Words) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut kept = 0;
    for token in tokens {
        if token.word == VALUE {
            if kept > 0 {
                out.truncate(kept);
                continue;
            }
            out.push(*token);
            kept = out.len();
        } else {
            out.push(*token);
            if !matches!(words.text(token.word), b"," | b";" | b"\"" | b"'") {
                kept = 0;
            }
        }
    }
    out
}

/// The id of a text.
pub(super) fn id_of(text: &str) -> String {
    // FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv).
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("t{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_a_row_are_one_and_the_rest_stays() {
        let mut words = Words::new();
        let tokens = words.tokens(b"sizes [\x02, \x02,\x02] of \"\x02\",\"\x02\" at \x02", 50);
        let collapsed = collapse(&tokens, &words);
        assert_eq!(render(&collapsed, &[], &words), "sizes [<*>] of \"<*>\" at <*>");
        assert_eq!(id_of(""), "tcbf29ce484222325");
    }
}
