//! Figures in a text that answers nothing: which of them pretend to answer.
//!
//! A declined answer may name dates, ids, numbers of the question, and how much was searched. It may
//! not name an amount, a percentage, a multiple or a broken number; and where the question asks how
//! many, it may not name a count either.

use std::collections::BTreeSet;

use regex::Regex;
use wherefore_contract::{Decimal, answer::Answer};

use super::cell::decimal;

// A number that stands alone: not inside an id, a version or a date.
const NUMBER: &str = r"(?:^|[^\p{L}\p{N}_./:-])(?P<sign>[$€£¥₩]\s?)?(?P<number>-?\d+(?:,\d{2,3})*(?:\.\d+)?)(?P<after>\s?(?:%|퍼센트|percent|USD|EUR|KRW|GBP|JPY|AUD|CAD|CHF|BRL|INR|달러|유로|원|엔|배|times\b|x\b)|[\p{L}\p{N}_/-]*)";

// A bill format with its version, or several of them: the number is a name.
const VERSION: &str = r"(?i)(?:\b(?:focus|cur|version)|버전)\s*v?\d+(?:\.\d+)?(?:[,/~–-]?\s*(?:(?:and|or|to|및|또는)\s+)?(?:focus|cur)?\s*\b\d\.\d)*";

const COUNT_ASKED: &[&str] = &[
    "how many",
    "number of",
    "count of",
    "몇 개",
    "몇개",
    "몇 건",
    "몇건",
    "개수",
    "건수",
    "갯수",
];

/// What follows a number that says how much was searched, or names a part of a date.
const SEARCHED: &[&str] = &[
    "row", "charge", "행", "건의", "day", "일", "month", "월", "개월", "년", "year", "column",
    "열", "개 열", "hour", "시간", "시", "분기", "주",
];

/// The figures of a text that pretend to answer, as they stand there.
pub(super) fn pretending(answer: &Answer) -> Vec<String> {
    let (Ok(pattern), Ok(format)) = (Regex::new(NUMBER), Regex::new(VERSION)) else {
        return Vec::new();
    };
    let mut text = format!("{}\n{}", answer.headline, answer.text);
    for next in &answer.next {
        text = text.replace(next.as_str(), " ");
    }
    let text = format.replace_all(&without_code(&text), " ").into_owned();
    let question = answer.question.to_lowercase();
    let asked: BTreeSet<Decimal> = pattern
        .captures_iter(&question)
        .filter_map(|found| plain(found.name("number")?.as_str()))
        .collect();
    let asks_count = COUNT_ASKED.iter().any(|word| question.contains(word));
    let mut found = Vec::new();
    for capture in pattern.captures_iter(&text) {
        let part = |name| capture.name(name).map_or("", |part| part.as_str());
        let (sign, number, after) = (part("sign"), part("number"), part("after").trim());
        let Some(value) = plain(number) else { continue };
        if asked.contains(&value) {
            continue;
        }
        let rest = capture.name("after").map_or("", |part| text.get(part.end()..).unwrap_or(""));
        let is_searched =
            is_searched(after) || (after.is_empty() && is_searched(rest.trim_start()));
        let has_unit = !sign.is_empty() || UNITS.contains(&after);
        let is_broken = number.contains('.') || number.contains(',');
        let is_count =
            asks_count && !value.is_zero() && after.is_empty() && !is_listed(&text, number);
        if has_unit || (!is_searched && (is_broken || is_count)) {
            found.push(format!("{sign}{number}{after}"));
        }
    }
    found
}

const UNITS: &[&str] = &[
    "%",
    "퍼센트",
    "percent",
    "USD",
    "EUR",
    "KRW",
    "GBP",
    "JPY",
    "AUD",
    "CAD",
    "CHF",
    "BRL",
    "INR",
    "달러",
    "유로",
    "원",
    "엔",
    "배",
    "times",
    "x",
];

fn is_searched(after: &str) -> bool {
    SEARCHED.iter().any(|word| after.starts_with(word))
}

// The number of a list's line.
fn is_listed(text: &str, number: &str) -> bool {
    let mark = format!("{number}.");
    text.lines().any(|line| line.trim_start().starts_with(&mark))
}

fn plain(number: &str) -> Option<Decimal> {
    decimal(&number.replace(',', ""))
}

fn without_code(text: &str) -> String {
    // Every second part stands between backquotes.
    text.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::example;

    fn declined(question: &str, text: &str) -> Answer {
        let mut answer = example();
        answer.question = question.to_owned();
        answer.text = text.to_owned();
        answer.next = vec!["What were the 5.5 GB?".to_owned()];
        answer
    }

    #[test]
    fn dates_ids_numbers_of_the_question_and_what_was_searched_pretend_nothing() {
        let texts = [
            "Charges are loaded from 2026-08-01 to 2026-10-30.",
            "2025년 9월 요금이 적재되어 있지 않습니다. 10월 31일도 없습니다.",
            "No charge of t3.medium in ap-northeast-2 by account 200000000012 was found.",
            "The threshold of $1,000.50 was read from the question.",
            "1,000 rows were searched; 0 matched.",
            "What were the 5.5 GB?",
            "`SELECT 1.5`",
            "FOCUS v1.0 has no such column.",
            "Format of the loaded bills: FOCUS 1.0. The column came with FOCUS 1.1; the bills lack it.",
            "FOCUS 1.1에서 생긴 열입니다. CUR 2.0, FOCUS 1.2에는 없습니다. FOCUS 1.0, 1.2 are loaded.",
            "October 31, 2026, and Sept. 14, 2026.",
            "FOCUS 1.0 has no such column; it came with FOCUS 1.2. CUR 2.0 has it.",
            "FOCUS 1.1에서 생긴 열입니다.",
            "Read as April 2026, and no charge of that time is loaded.",
        ];
        for text in texts {
            let answer = declined("Which services cost over $1,000.50?", text);
            assert_eq!(pretending(&answer), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn amounts_percentages_and_broken_numbers_pretend_to_answer() {
        let answer = declined(
            "왜?",
            "It was $8,210.36, 12% more, 1.5배, about 3 USD or 1,234 in all: 50.25. FOCUS 1.2: 7.5",
        );
        assert_eq!(
            pretending(&answer),
            ["$8,210.36", "12%", "1.5배", "3USD", "1,234", "50.25", "7.5"]
        );
    }

    #[test]
    fn a_count_pretends_to_answer_a_question_that_asks_how_many() {
        assert_eq!(pretending(&declined("How many hosts?", "There are 7.")), ["7"]);
        assert_eq!(pretending(&declined("Which hosts?", "There are 7.")), Vec::<String>::new());
        let searched = "7 days of 2 months are loaded.";
        assert_eq!(pretending(&declined("How many hosts?", searched)), Vec::<String>::new());
    }
}
