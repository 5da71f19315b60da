//! Parts of a text that may be a name, in the spellings that they may have.

use super::super::words::{Word, is_empty_word, stems};

/// A part of a text that may be a name.
#[derive(Debug, Clone)]
pub(super) struct Window {
    pub(super) folded: String,
    /// Its last word, in this spelling.
    pub(super) last: String,
    start: usize,
    end: usize,
    single: bool,
}

impl Window {
    pub(super) fn place(&self) -> (usize, usize) {
        (self.start, self.end)
    }

    /// A lone word such as `cost`, one letter, or a short number: a name only where the words around say so.
    pub(super) fn is_ordinary(&self) -> bool {
        let letters = self.folded.chars().filter(|letter| letter.is_alphabetic()).count();
        let digits = self.folded.bytes().filter(u8::is_ascii_digit).count();
        if letters == 0 {
            return digits < 6;
        }
        self.single && is_empty_word(&self.folded)
    }
}

/// A window as it stands, without Korean particles and nouns behind its last word, and in the singular.
pub(super) fn spellings(part: &[Word]) -> Vec<Window> {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return Vec::new() };
    let head: String = part.iter().take(part.len() - 1).map(|word| word.folded.as_str()).collect();
    let single = part.len() == 1;
    let window = |stem: &str, end: usize| Window {
        folded: format!("{head}{stem}"),
        last: stem.to_owned(),
        start: first.start,
        end,
        single,
    };
    let mut spellings = vec![window(&last.folded, last.end)];
    for stem in stems(&last.folded) {
        // The same letters as in the text unless it used compatible forms; then the whole word stands.
        let end = last.start + stem.len();
        spellings.push(window(stem, if end <= last.end { end } else { last.end }));
    }
    if last.folded.is_ascii() && last.folded.len() > 3 {
        if let Some(stem) = last.folded.strip_suffix("ies") {
            spellings.push(window(&format!("{stem}y"), last.end));
        }
        // "addresses", "boxes".
        let hissing = ["sses", "xes", "ches", "shes"].iter().any(|end| last.folded.ends_with(end));
        if let Some(stem) = last.folded.strip_suffix("es").filter(|_| hissing) {
            spellings.push(window(stem, last.end));
        }
        if let Some(stem) = last.folded.strip_suffix('s').filter(|stem| !stem.ends_with('s')) {
            spellings.push(window(stem, last.end));
        }
    }
    spellings
}

/// Marks that join the parts of a name that people make up.
pub(super) const JOINS_NAMES: &[char] = &['-', '_', '.'];
/// Marks that join the parts of an id.
pub(super) const JOINS_IDS: &[char] = &['-', '_', '.', ':', '/', '@'];

/// Runs of Latin letters, digits and the marks that join them.
pub(super) fn tokens(text: &str, joins: &[char]) -> Vec<(usize, usize)> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let joined = letter.is_ascii_alphanumeric() || joins.contains(&letter);
        match (joined, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let token = text.get(from..at).unwrap_or_default();
                let kept = token.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
                if !kept.is_empty() {
                    tokens.push((from, from + kept.len()));
                }
                start = None;
            }
            _ => {}
        }
    }
    tokens
}

/// Whether a place begins or ends inside a token.
pub(super) fn cuts(tokens: &[(usize, usize)], (from, to): (usize, usize)) -> bool {
    tokens.iter().any(|(start, end)| (*start < from && from < *end) || (*start < to && to < *end))
}

/// Spellings that only machines use: `NatGateway-Bytes`, `BoxUsage`, `EBS:VolumeUsage`, `m5.large`.
pub(super) fn is_technical(token: &str) -> bool {
    let letters = token.bytes().filter(u8::is_ascii_alphabetic).count();
    let camel = token
        .as_bytes()
        .windows(2)
        .filter(|pair| matches!(pair, [left, right] if left.is_ascii_lowercase() && right.is_ascii_uppercase()))
        .count();
    let size = token.rsplit_once('.').is_some_and(|(family, size)| {
        family.bytes().any(|byte| byte.is_ascii_digit())
            && ["nano", "micro", "small", "medium", "large", "metal"]
                .iter()
                .any(|end| size.ends_with(end))
    });
    size || (letters >= 5 && token.len() >= 6 && (camel > 0 || token.contains(':')))
}

/// Spellings of a family of instance types: `m5`, `c6gd`, `t3a`.
pub(super) fn is_family(token: &str) -> bool {
    let letters = token.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let lead = token.len() - letters.len();
    let digits = letters.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = letters.len() - digits.len();
    (1..=4).contains(&lead)
        && (1..=2).contains(&numbered)
        && digits.len() <= 3
        && digits.bytes().all(|byte| byte.is_ascii_lowercase())
}
