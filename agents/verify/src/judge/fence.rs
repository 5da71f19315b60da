//! The last fence: reads a finished document and believes nothing but the evidence.
//!
//! Every claim is evaluated again and must give the bytes it stands on; every number, direction and
//! rank must stand inside a claim; everything else may be plain words only. It works on any
//! document, also on one that was read back from a file.

mod claims;
mod parts;

use wherefore_contract::{answer::Answer, evidence::Evidence};

use crate::{
    escape,
    ledger::Ledger,
    scan,
    violation::{Rule, Violation},
};

/// What a finished document says that its evidence does not bear out; empty when all of it holds.
///
/// The span of a violation is the byte of `answer.text` where it stands, where it stands there.
#[must_use]
pub fn check_document(answer: &Answer, evidence: &[Evidence]) -> Vec<Violation> {
    let ledger = Ledger::new(evidence);
    let mut violations = claims::check(answer, evidence, &ledger);
    violations.extend(uncovered(answer));
    violations.extend(parts::check(answer, evidence, &ledger));
    violations
}

pub(crate) fn violation(span: Option<usize>, message: String) -> Violation {
    Violation { sentence: "text".to_owned(), span, rule: Rule::Fence, message }
}

// Numbers, directions and strange characters that stand in no claim.
fn uncovered(answer: &Answer) -> Vec<Violation> {
    let text = &answer.text;
    let covered = |start: usize, end: usize| {
        answer
            .claims
            .iter()
            .any(|claim| claim.kind != "result" && claim.at.0 <= start && end <= claim.at.1)
    };
    let mut violations = Vec::new();
    for span in scan::number_spans(text).into_iter().chain(scan::direction_spans(text)) {
        // The scanner may take a sign or bracket along that is ours: what counts are the letters.
        let words = text.get(span.clone()).unwrap_or_default();
        let lead = words.len() - words.trim_start_matches(['(', '-', '–', ' ']).len();
        let tail = words.len() - words.trim_end_matches([')', ',', '.', ' ']).len();
        let (start, end) = (span.start + lead, span.end.saturating_sub(tail));
        if !covered(start, end) && !by_neighbours(answer, start, end) {
            violations.push(violation(
                Some(start),
                format!("`{words}` stands in the text without a claim"),
            ));
        }
    }
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let fault = escape::is_unreadable(letter) && letter != '\n';
        if fault || (!is_ours(letter) && !covered(at, end)) {
            let code = u32::from(letter);
            violations.push(violation(
                Some(at),
                format!("U+{code:04X} stands in the text without a claim"),
            ));
        }
    }
    for sign in ["://", "<!", "](", "www."] {
        let found = text.match_indices(sign).filter(|(at, _)| !covered(*at, at + sign.len()));
        violations.extend(found.map(|(at, _)| {
            violation(Some(at), format!("`{sign}` stands in the text without a claim"))
        }));
    }
    violations
}

// A number that runs over two claims with plain space between them, such as a date and an amount.
fn by_neighbours(answer: &Answer, start: usize, end: usize) -> bool {
    answer.text.get(start..end).is_some_and(|words| {
        words.char_indices().all(|(at, letter)| {
            let (at, stop) = (start + at, start + at + letter.len_utf8());
            let inside = answer.claims.iter().any(|claim| claim.at.0 <= at && stop <= claim.at.1);
            inside || matches!(letter, ' ' | ',' | '.')
        })
    })
}

// The alphabet of literal text and of our own Markdown.
fn is_ours(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || ('\u{ac00}'..='\u{d7a3}').contains(&letter)
        || " .,;:?!'\"()-–—…·‘’“”/&|*\n".contains(letter)
}
