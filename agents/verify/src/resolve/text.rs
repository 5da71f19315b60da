//! What literal text of a draft may not hold, span by span.

use wherefore_contract::draft::{Sentence, Span};

use super::Broken;
use crate::{
    lexicon::{self, TextFault, WordKind},
    violation::Rule,
};

/// What is wrong with the literal text of a sentence. Runs of text are read together, so that a
/// word cannot be hidden by cutting it.
pub(crate) fn text_faults(sentence: &Sentence, measures_allowed: MeasureWords) -> Vec<Broken> {
    let mut broken = Vec::new();
    let mut run: Option<(usize, String)> = None;
    for (index, span) in sentence.0.iter().enumerate() {
        match (span, &mut run) {
            (Span::Text { text }, Some((_, words))) => words.push_str(text),
            (Span::Text { text }, None) => run = Some((index, after_a_word(sentence, index, text))),
            (_, run) => {
                let Some((at, words)) = run.take() else { continue };
                if lexicon::opens_address(&words) {
                    let fault = TextFault::Address(words.clone());
                    broken.push((Some(at), Rule::Text, fault_message(&fault)));
                }
                broken.extend(faults((at, words), measures_allowed));
            }
        }
    }
    broken.extend(run.into_iter().flat_map(|run| faults(run, measures_allowed)));
    broken
}

// Behind a name, "만" is the particle "only" and no ten thousand.
fn after_a_word(sentence: &Sentence, index: usize, text: &str) -> String {
    let before = index.checked_sub(1).and_then(|index| sentence.0.get(index));
    let word = matches!(
        before,
        Some(Span::Name { .. } | Span::Period { .. } | Span::Measure { .. } | Span::Asked { .. })
    );
    let rest = text.strip_prefix('만').filter(|_| word);
    let particle = rest.filter(|rest| {
        ["", "을", "이", "은", "의", "으로"].iter().any(|ending| {
            rest.strip_prefix(ending)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '.', ',']))
        })
    });
    particle.unwrap_or(text).to_owned()
}

/// Whether literal text may name measures: only where no figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MeasureWords {
    Allowed,
    Refused,
}

fn faults((span, text): (usize, String), measures: MeasureWords) -> Vec<Broken> {
    // Letters that may not stand are told together: a figure of eight digits is one mistake.
    let (mut digits, mut signs) = (String::new(), String::new());
    let mut messages = Vec::new();
    for fault in lexicon::faults(&text) {
        match fault {
            TextFault::Character(letter) if letter.is_numeric() => digits.push(letter),
            TextFault::Character(letter) => signs.push(letter),
            TextFault::Word(WordKind::Measure, _) if measures == MeasureWords::Allowed => {}
            fault @ (TextFault::Word(..) | TextFault::Address(_)) => {
                messages.push(fault_message(&fault));
            }
        }
    }
    let told = [
        (!digits.is_empty()).then(|| digits_message(&digits)),
        (!signs.is_empty()).then(|| signs_message(&signs)),
    ];
    let told = told.into_iter().flatten().chain(messages);
    told.map(|message| (Some(span), Rule::Text, message)).collect()
}

/// So many letters of a mistake are repeated.
const SHOWN_LETTERS: usize = 20;

fn digits_message(digits: &str) -> String {
    let digits: String = digits.chars().take(SHOWN_LETTERS).collect();
    format!(
        "literal text holds the digits `{digits}`; show a figure with a value span on its cell, a date with a period or \
         name span, words of the question with an asked span"
    )
}

fn signs_message(signs: &str) -> String {
    let mut named: Vec<String> = Vec::new();
    for letter in signs.chars() {
        let name = format!("U+{:04X}", u32::from(letter));
        if !named.contains(&name) {
            named.push(name);
        }
    }
    named.truncate(SHOWN_LETTERS);
    format!(
        "literal text holds {}; it may hold Latin and Korean letters and plain punctuation only",
        named.join(", ")
    )
}

fn fault_message(fault: &TextFault) -> String {
    match fault {
        TextFault::Character(letter) => signs_message(&letter.to_string()),
        TextFault::Address(words) => format!("`{words}` starts an address; leave it out"),
        TextFault::Word(WordKind::Number, word) => {
            format!("`{word}` is a number in words; use a value, calc or count span")
        }
        TextFault::Word(WordKind::Unit, word) => {
            format!("`{word}` is a unit; a value span shows its unit itself")
        }
        TextFault::Word(WordKind::Direction, word) => {
            format!("`{word}` is a direction; a trend span writes it from its cells")
        }
        TextFault::Word(WordKind::Rank, word) => {
            format!("`{word}` is a rank; use an extreme or a place span")
        }
        TextFault::Word(WordKind::Measure, word) => {
            format!("`{word}` is a measure; use a measure span")
        }
    }
}
