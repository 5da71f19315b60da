//! Parts of the question, repeated.

use wherefore_contract::question::Language;

use super::{Kind, Piece, plain};
use crate::{escape, render, violation::Rule};

/// The longest part of a question that is repeated, in bytes.
const ASKED_LIMIT_BYTES: usize = 80;

pub(super) fn asked(
    question: &str,
    start: usize,
    end: usize,
    language: Language,
) -> Result<Piece, (Rule, String)> {
    let none = || (Rule::Asked, format!("bytes {start} to {end} are no words of the question"));
    let shown = shown_asked(question, start, end, language).ok_or_else(none)?;
    let words = question.get(start..end).unwrap_or_default();
    let kind = Kind::Asked { words: words.to_owned() };
    Ok(Piece { exact: Some(format!("[{start}, {end})")), ..plain(shown, kind) })
}

// "99" out of "$9,999" is no word of the question.
fn cuts_a_number(question: &str, start: usize, end: usize) -> bool {
    let part = |letter: char| {
        letter.is_numeric() || matches!(letter, '.' | ',' | '$' | '€' | '₩' | '£' | '%' | '-')
    };
    let before = question.get(..start).and_then(|text| text.chars().next_back());
    let after = question.get(end..).unwrap_or_default();
    let inside = question.get(start..end).unwrap_or_default();
    let starts = inside.starts_with(char::is_numeric) && before.is_some_and(part);
    let mut next = after.chars();
    let follows = match next.next() {
        Some(letter) if letter.is_numeric() || letter == '%' => true,
        Some('.' | ',') => next.next().is_some_and(char::is_numeric),
        _ => false,
    };
    starts || (inside.ends_with(char::is_numeric) && follows)
}

/// How a part of the question is repeated: marked, made harmless, cut to a bounded length.
pub(crate) fn shown_asked(
    question: &str,
    start: usize,
    end: usize,
    language: Language,
) -> Option<String> {
    let words = question.get(start..end).map(str::trim).filter(|words| !words.is_empty())?;
    if cuts_a_number(question, start, end) {
        return None;
    }
    let mut cut = words.len().min(ASKED_LIMIT_BYTES);
    while !words.is_char_boundary(cut) {
        cut -= 1;
    }
    let dots = if cut < words.len() { "…" } else { "" };
    let kept = words.get(..cut).unwrap_or_default();
    Some(render::asked(&format!("{}{dots}", escape::name(kept)), language))
}
