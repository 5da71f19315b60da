//! Words of masked lines, and whether the different words in one place are values or tell different events.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    mask::{HTTP_METHODS, WEAK, WILD},
    settings::MinerSettings,
};

/// The number of the word that stands for a value.
pub(super) const VALUE: u32 = 0;

const DELIMITERS: &[u8] = b"=,:;()[]{}\"'|<>";
const LEVELS: [&[u8]; 14] = [
    b"trace",
    b"debug",
    b"info",
    b"notice",
    b"warn",
    b"warning",
    b"error",
    b"err",
    b"fatal",
    b"critical",
    b"panic",
    b"alert",
    b"severe",
    b"emerg",
];
const CONSTANT_VALUES: [&[u8]; 10] =
    [b"true", b"false", b"null", b"nil", b"none", b"yes", b"no", b"nan", b"undefined", b"unknown"];
/// A noun after which a name stands.
const CUES: [&[u8]; 26] = [
    b"user",
    b"host",
    b"node",
    b"device",
    b"interface",
    b"file",
    b"table",
    b"topic",
    b"queue",
    b"bucket",
    b"name",
    b"named",
    b"pod",
    b"container",
    b"namespace",
    b"unit",
    b"database",
    b"index",
    b"partition",
    b"server",
    b"client",
    b"upstream",
    b"cluster",
    b"job",
    b"bean",
    b"role",
];

/// One word of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub word: u32,
    /// A space stands before it.
    pub is_apart: bool,
}

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Value,
    Delimiter,
    /// Digits or another value stand inside.
    Mixed,
    /// A method, a truth value, nothing.
    OneOfFew,
    Level,
    /// Inner capitals, hyphens, underscores, dots, slashes.
    Name,
    /// Ends as verbs do that say what happened.
    Verb,
    Plain,
    /// No letter in it.
    Sign,
}

/// Words by number.
#[derive(Debug)]
pub(super) struct Words {
    numbers: FxHashMap<Box<[u8]>, u32>,
    texts: Vec<Box<[u8]>>,
    looks: Vec<Look>,
}

impl Words {
    pub(super) fn new() -> Self {
        let mut words =
            Self { numbers: FxHashMap::default(), texts: Vec::new(), looks: Vec::new() };
        words.number(&[WILD]);
        words
    }

    fn number(&mut self, text: &[u8]) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.into());
        self.looks.push(look(text));
        self.numbers.insert(text.into(), number);
        number
    }

    pub(super) fn text(&self, word: u32) -> &[u8] {
        self.texts.get(word as usize).map_or(b"", |text| text)
    }

    pub(super) fn look(&self, word: u32) -> Look {
        self.looks.get(word as usize).copied().unwrap_or(Look::Plain)
    }

    /// The words of a masked line, at most `most` and then one value.
    pub(super) fn tokens(&mut self, text: &[u8], most: usize) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut rest = text;
        let mut is_apart = false;
        while let Some(&first) = rest.first() {
            if tokens.len() >= most {
                tokens.push(Token { word: VALUE, is_apart });
                break;
            }
            if first == b' ' {
                is_apart = true;
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let length = if DELIMITERS.contains(&first) {
                1
            } else {
                let ends = |byte: &u8| *byte == b' ' || DELIMITERS.contains(byte);
                rest.iter().position(ends).unwrap_or(rest.len())
            };
            let (word, after) = rest.split_at_checked(length).unwrap_or((rest, b""));
            tokens.push(Token { word: self.number(word), is_apart });
            is_apart = false;
            rest = after;
        }
        tokens
    }
}

fn look(text: &[u8]) -> Look {
    let lower = text.to_ascii_lowercase();
    let letters = text.iter().filter(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    if text == [WILD] {
        Look::Value
    } else if text.len() == 1 && text.first().is_some_and(|byte| DELIMITERS.contains(byte)) {
        Look::Delimiter
    } else if text.iter().any(|byte| matches!(*byte, WILD | WEAK)) {
        Look::Mixed
    } else if HTTP_METHODS.contains(&text) || CONSTANT_VALUES.contains(&lower.as_slice()) {
        Look::OneOfFew
    } else if LEVELS.contains(&lower.as_slice()) {
        Look::Level
    } else if letters == 0 {
        Look::Sign
    } else if is_name(text) {
        Look::Name
    } else if is_verb(&lower) {
        Look::Verb
    } else {
        Look::Plain
    }
}

fn is_name(text: &[u8]) -> bool {
    let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
    let joined = inner.iter().any(|byte| matches!(byte, b'_' | b'-' | b'.' | b'/' | b'@' | b'$'));
    let humps = text
        .windows(2)
        .any(|pair| matches!(pair, [left, right] if left.is_ascii_lowercase() && right.is_ascii_uppercase()));
    joined || humps
}

// English participles and Korean words of doing: they say what happened.
fn is_verb(lower: &[u8]) -> bool {
    const KOREAN: [&str; 8] = ["완료", "실패", "시작", "종료", "취소", "승인", "거절", "성공"];
    let english = lower.len() > 4 && (lower.ends_with(b"ed") || lower.ends_with(b"ing"));
    let korean = || {
        std::str::from_utf8(lower).is_ok_and(|text| KOREAN.iter().any(|word| text.contains(word)))
    };
    english || (lower.first().is_some_and(|byte| *byte >= 0x80) && korean())
}

/// Lines that are equal but for the word in one place.
#[derive(Debug)]
pub(super) struct Column<'a> {
    /// The words of one of the lines.
    pub line: &'a [Token],
    /// The place.
    pub place: usize,
    /// The different words there, with their counts of lines.
    pub words: &'a [(u32, u64)],
}

/// Whether the words of a column are values of one event.
pub(super) fn is_variable(column: &Column<'_>, words: &Words, settings: &MinerSettings) -> bool {
    let looks: Vec<Look> = column.words.iter().map(|(word, _)| words.look(*word)).collect();
    let has = |look: Look| looks.contains(&look);
    if has(Look::Delimiter) || column.words.len() < 2 {
        return false;
    }
    let constants = constants_beside(column, words);
    if has(Look::Value) {
        return constants > 0;
    }
    let many = column.words.len();
    if constants == 0 || has(Look::Level) {
        return many >= settings.many_firsts;
    }
    let before = Before::of(column, words);
    if before.is_value_of_key {
        return true;
    }
    let valued = |look: &Look| matches!(look, Look::OneOfFew | Look::Mixed | Look::Sign);
    if looks.iter().all(valued) {
        return true;
    }
    let names = looks.iter().filter(|look| valued(look) || **look == Look::Name).count();
    let verbs = looks.iter().filter(|look| **look == Look::Verb).count();
    if before.is_first || verbs * 3 >= many {
        return many >= settings.many_firsts;
    }
    if before.is_after_cue {
        return true;
    }
    let lines: u64 = column.words.iter().map(|(_, lines)| lines).sum();
    let is_rare = lines <= settings.rare_lines.saturating_mul(many as u64);
    if is_rare && constants >= settings.rare_constant_words {
        return true;
    }
    let needed = if names * 2 >= many { settings.many_names } else { settings.many_words };
    many >= needed
}

fn constants_beside(column: &Column<'_>, words: &Words) -> usize {
    let others = column.line.iter().enumerate().filter(|(at, _)| *at != column.place);
    let others = others.map(|(_, token)| token.word);
    let is_constant = |word: u32| match words.look(word) {
        Look::Name | Look::Verb | Look::Plain => words.text(word).len() >= 2,
        Look::Level | Look::OneOfFew | Look::Value | Look::Delimiter | Look::Mixed | Look::Sign => {
            false
        }
    };
    others.filter(|word| is_constant(*word)).collect::<FxHashSet<u32>>().len()
}

struct Before {
    is_value_of_key: bool,
    is_first: bool,
    is_after_cue: bool,
}

impl Before {
    fn of(column: &Column<'_>, words: &Words) -> Self {
        let back = |steps: usize| {
            let at = column.place.checked_sub(steps)?;
            column.line.get(at).map(|token| words.text(token.word))
        };
        let (one, two) = (back(1), back(2));
        let is_quote = one == Some(b"\"") || one == Some(b"'");
        let (sign, key) = if is_quote { (two, back(3)) } else { (one, two) };
        let key = if key == Some(b"\"") { back(4) } else { key };
        let keyed = sign == Some(b"=");
        let is_message = key.is_some_and(super::mask::says_what_happened);
        let follows_sign = matches!(sign, Some(b"=" | b":" | b"]" | b"|"));
        Self {
            is_value_of_key: keyed && !is_message,
            is_first: one.is_none() || (follows_sign && !keyed) || (keyed && is_message),
            is_after_cue: one
                .is_some_and(|one| CUES.contains(&one.to_ascii_lowercase().as_slice())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::LogSettings;

    fn verdict(lines: &[&str], place: usize) -> bool {
        let mut words = Words::new();
        let tokens: Vec<Vec<Token>> =
            lines.iter().map(|line| words.tokens(line.as_bytes(), 50)).collect();
        let column: Vec<(u32, u64)> = tokens.iter().map(|line| (line[place].word, 9)).collect();
        let column = Column { line: &tokens[0], place, words: &column };
        is_variable(&column, &words, &LogSettings::embedded().unwrap().miner)
    }

    #[test]
    fn values_differ_where_values_stand_and_events_where_verbs_do() {
        assert!(verdict(&["a user=kim in", "a user=lee in"], 3));
        assert!(!verdict(&["session opened for x", "session closed for x"], 1));
        assert!(verdict(&["opened for user root", "opened for user kim"], 3));
        assert!(!verdict(&["disk full now", "disk slow now"], 1));
        assert!(verdict(
            &["disk a now", "disk b now", "disk c now", "disk d now", "disk e now"],
            1
        ));
        assert!(!verdict(&["Starting it", "Stopping it"], 0));
        assert!(verdict(&["call GET done", "call POST done"], 1));
        assert!(!verdict(&["x level=info msg=a", "x level=warn msg=a"], 3));
    }
}
