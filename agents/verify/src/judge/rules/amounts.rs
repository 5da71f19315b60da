//! Names that read as amounts: a tag that somebody called `$1` must not pass for what something costs.

use wherefore_contract::table::ColumnKind;

use super::Sentence;
use crate::{
    resolve::{Broken, Kind},
    violation::Rule,
};

// What beside digits makes an amount.
const SIGNS: &[&str] = &[
    "$",
    "€",
    "£",
    "¥",
    "₩",
    "＄",
    "￦",
    "%",
    "％",
    "usd",
    "krw",
    "eur",
    "jpy",
    "dollars",
    "dollar",
    "won",
    "euros",
    "percent",
    "원",
    "달러",
    "유로",
    "엔",
    "퍼센트",
];

/// A name that reads as an amount stands beside a figure of its own row, where it can only be a name.
pub(super) fn check(sentence: &Sentence) -> Option<Broken> {
    sentence.pieces.iter().enumerate().find_map(|(index, piece)| {
        let at = piece.facts.first().filter(|_| piece.kind == Kind::Name)?;
        let evidence = sentence.ledger.evidence(&at.evidence)?;
        let is_name = evidence.facts.table.column(&at.column)?.kind == ColumnKind::Dimension;
        let reads = is_name && is_amount(evidence.name(at.row, &at.column)?);
        let beside = || {
            sentence.pieces.iter().any(|other| {
                let own = |fact: &&wherefore_contract::evidence::FactRef| {
                    fact.evidence == at.evidence && fact.row == at.row
                };
                other.is_figure() && other.facts.iter().any(|fact| own(&fact))
            })
        };
        (reads && !beside()).then(|| {
            let message = format!(
                "the name at {at} reads as an amount; put a figure of its own row beside it, or leave it out"
            );
            (Some(index), Rule::Pairing, message)
        })
    })
}

/// Whether a text is nothing but a number with a sign of money or percent, or with a fraction.
fn is_amount(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let mut rest = text.clone();
    for sign in SIGNS {
        rest = rest.replace(sign, "");
    }
    let has_sign = rest != text;
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let plain = rest.chars().all(|letter| {
        letter.is_ascii_digit() || matches!(letter, ' ' | ',' | '.' | '-' | '+' | '−' | '(' | ')')
    });
    // Dates and version ranges have their hyphens inside.
    let inside = rest.trim_start_matches(['-', '+', '−', ' ', '(']).contains('-');
    digits > 0 && plain && !inside && (has_sign || rest.contains(['.', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_from_names_with_digits() {
        for amount in ["$1", "0원", "12.5 %", "1,234.56", "-$7", "USD 40", "(3.5)", "90 percent"] {
            assert!(is_amount(amount), "{amount}");
        }
        for name in ["111111111111", "2024-09", "team-7", "i-0a1", "v1.2", "", "Amazon EC2", "3"] {
            assert!(!is_amount(name), "{name}");
        }
    }
}
