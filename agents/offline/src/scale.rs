//! The round unit that a question asks amounts in: "in thousands", "만원 단위로". It says how figures are
//! written and nothing about what is asked, so the rest of the question is read without it.

use std::{borrow::Cow, ops::Range};

use wherefore_contract::draft::Scale;

// Longest first: a shorter word begins a longer one.
const KOREAN: &[(&str, Scale)] = &[
    ("만/억", Scale::Grouped),
    ("만억", Scale::Grouped),
    ("억/만", Scale::Grouped),
    ("십억", Scale::Billion),
    ("백만", Scale::Million),
    ("천", Scale::Thousand),
    ("만", Scale::Man),
    ("억", Scale::Eok),
];
const MONEY: &[&str] = &["원", "달러", "불"];
const ENDINGS: &[&str] = &["으로는", "으로", "로는", "로", "의"];

const ENGLISH: &[(&str, Scale)] = &[
    ("thousands", Scale::Thousand),
    ("thousand", Scale::Thousand),
    ("millions", Scale::Million),
    ("million", Scale::Million),
    ("billions", Scale::Billion),
    ("billion", Scale::Billion),
];
const BEFORE: &[&str] = &["in usd ", "in us dollar ", "in dollar ", "in $ ", "in $", "in "];
const AFTER: &[&str] = &[" of us dollars", " of dollars", " of usd", " dollars", " usd"];

/// The round unit that `text` asks for.
pub(crate) fn asked(text: &str) -> Option<Scale> {
    find(text).map(|(_, scale)| scale)
}

/// The text without its words about a round unit, every other byte in its place.
pub(crate) fn masked(text: &str) -> Cow<'_, str> {
    let Some((span, _)) = find(text) else { return Cow::Borrowed(text) };
    let (before, rest) = text.split_at(span.start);
    let after = rest.get(span.len()..).unwrap_or_default();
    Cow::Owned(format!("{before}{}{after}", " ".repeat(span.len())))
}

fn find(text: &str) -> Option<(Range<usize>, Scale)> {
    korean(text).or_else(|| english(text))
}

// "만원 단위로", "억 단위", "백만 달러 단위로".
fn korean(text: &str) -> Option<(Range<usize>, Scale)> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter(|at| begins_word(text, *at)).find_map(|start| {
        let rest = text.get(start..)?;
        let (word, scale) = KOREAN.iter().find(|(word, _)| rest.starts_with(word))?;
        let rest = rest.get(word.len()..)?.trim_start();
        let money = MONEY.iter().find(|money| rest.starts_with(**money));
        let rest = rest.get(money.map_or(0, |money| money.len())..)?.trim_start();
        let rest = rest.strip_prefix("단위")?;
        let ending = ENDINGS.iter().find(|ending| rest.starts_with(**ending));
        let rest = rest.get(ending.map_or(0, |ending| ending.len())..)?;
        Some((start..text.len() - rest.len(), *scale))
    })
}

// "in thousands", "in USD millions", "in thousands of dollars".
fn english(text: &str) -> Option<(Range<usize>, Scale)> {
    let lower = text.to_ascii_lowercase();
    let starts = lower.char_indices().map(|(at, _)| at);
    starts.filter(|at| begins_word(&lower, *at)).find_map(|start| {
        let rest = lower.get(start..)?;
        let before = BEFORE.iter().find(|before| rest.starts_with(**before))?;
        let rest = rest.get(before.len()..)?;
        let (word, scale) = ENGLISH.iter().find(|(word, _)| rest.starts_with(word))?;
        let rest = rest.get(word.len()..)?;
        let after = AFTER.iter().find(|after| rest.starts_with(**after));
        let rest = rest.get(after.map_or(0, |after| after.len())..)?;
        // "in thousands of instances" counts something else.
        let ends =
            !rest.starts_with(|next: char| next.is_alphanumeric()) && !rest.starts_with(" of ");
        ends.then(|| (start..text.len() - rest.len(), *scale))
    })
}

fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|letter| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_units_are_found_and_nothing_else_is_touched() {
        for (text, scale, rest) in [
            ("9월 비용을 만원 단위로 알려줘", Some(Scale::Man), "9월 비용을 알려줘"),
            ("억 단위로 총비용은?", Some(Scale::Eok), "총비용은?"),
            ("백만 달러 단위 비용", Some(Scale::Million), "비용"),
            ("비용, 천원단위로", Some(Scale::Thousand), "비용,"),
            ("비용을 만/억 단위로", Some(Scale::Grouped), "비용을"),
            ("September cost in thousands", Some(Scale::Thousand), "September cost"),
            ("cost in USD millions by region", Some(Scale::Million), "cost by region"),
            ("spend in thousands of dollars?", Some(Scale::Thousand), "spend ?"),
            ("천만원 단위로", None, "천만원 단위로"),
            ("월 단위로 보여줘", None, "월 단위로 보여줘"),
            ("100만원 이상 서비스", None, "100만원 이상 서비스"),
            ("in thousands of instances", None, "in thousands of instances"),
            ("2만 단위 주소", None, "2만 단위 주소"),
        ] {
            assert_eq!(asked(text), scale, "{text}");
            let masked = masked(text);
            assert_eq!(masked.len(), text.len(), "{text}");
            let words: Vec<&str> = masked.split_whitespace().collect();
            assert_eq!(words.join(" "), rest, "{text}");
        }
    }
}
