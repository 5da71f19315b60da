//! A verified answer as the terminal shows it.

use std::fmt::Write as _;

use wherefore_contract::question::Language;
use wherefore_verify::VerifiedAnswer;

use super::{
    markdown::{Style, draw, visible},
    remembered,
};

/// Headline, text and tables, then where the figures come from.
#[must_use]
pub fn show(answer: &VerifiedAnswer, style: Style, width: Option<u16>) -> String {
    let answer = answer.answer();
    let mut text = draw(&answer.text, style, width);
    let (sources, snapshot) = match answer.language {
        Language::En => ("Evidence", "snapshot"),
        Language::Ko => ("근거", "스냅샷"),
    };
    let pieces: Vec<String> = answer
        .evidence
        .iter()
        .map(|piece| format!("{} {}/{}", piece.id, piece.tool, piece.table))
        .collect();
    if let Some(first) = answer.evidence.first() {
        let line = format!("{sources}: {} ({snapshot} {})", pieces.join(", "), first.snapshot);
        let _ = write!(text, "\n\n{}", style.dim(&visible(&line)));
    }
    let block = remembered::block(&answer.remembered, answer.language);
    if !block.is_empty() {
        let _ = write!(text, "\n\n{}", style.dim(&block));
    }
    text
}
