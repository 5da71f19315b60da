//! How one answer document stands against one case.

use serde_json::Value;
use wherefore_contract::{
    Decimal,
    answer::{Answer, ResultKind, Status},
};

use super::{
    super::case::{Case, Expected, ExpectedKind},
    cell::{Cell, DEFAULT_TOLERANCE, Wanted, decimal},
    figures::pretending,
    matching::{Rules, cells, match_rows},
    says::is_said,
};
use crate::report::Outcome;

/// What became of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub outcome: Outcome,
    /// Why it is not right; empty when it is.
    pub why: String,
    /// The alternative reading that made it right.
    pub accepted: Option<String>,
    /// The statements that the text must carry, and whether it does.
    pub said: Vec<(String, bool)>,
}

/// Judges an answer. Rules: `evals/README.md`.
#[must_use]
pub fn judge(case: &Case, answer: &Answer) -> Judgement {
    let (outcome, why, accepted) = if case.is_unanswerable() {
        unanswerable(answer)
    } else if answer.result.kind == ResultKind::None {
        (Outcome::Declined, no_result(answer), None)
    } else {
        answered(case, answer)
    };
    let heard = heard(answer);
    let statements = case.expected.answer_must_say.iter();
    let said = statements.map(|each| (each.clone(), is_said(each, &heard))).collect();
    Judgement { outcome, why, accepted, said }
}

type Judged = (Outcome, String, Option<String>);

fn unanswerable(answer: &Answer) -> Judged {
    let wrong = |why: String| (Outcome::Wrong, why, None);
    if answer.result.kind != ResultKind::None {
        return wrong("a result was given where none can be".to_owned());
    }
    if !matches!(answer.status, Status::Declined | Status::NeedsClarification) {
        return wrong("the status says that it was answered".to_owned());
    }
    let figures = pretending(answer);
    if figures.is_empty() {
        (Outcome::Right, String::new(), None)
    } else {
        wrong(format!("the text has a figure that pretends to answer: {}", figures.join(", ")))
    }
}

fn no_result(answer: &Answer) -> String {
    let gaps: Vec<&str> = answer.gaps.iter().map(|gap| gap.code.as_str()).collect();
    match answer.status {
        Status::NeedsClarification => "asked back".to_owned(),
        Status::Declined => format!("declined: {}", gaps.join(", ")),
        Status::Answered | Status::Partial => "answered without a result".to_owned(),
    }
}

fn answered(case: &Case, answer: &Answer) -> Judged {
    let expected = &case.expected;
    let rules = rules(case);
    let why = match fits(expected.kind, &expected.value, &expected.rows, answer, rules) {
        Ok(()) => return (Outcome::Right, String::new(), None),
        Err(why) => why,
    };
    for other in &expected.accept_also {
        let more_may_follow = more_may_follow(case, other.rows.len());
        let rules = Rules { more_may_follow, ..rules };
        if fits(other.kind(), &other.value, &other.rows, answer, rules).is_err() {
            continue;
        }
        if answer.assumptions.is_empty() {
            let why = format!("right as “{}”, but no assumption is named", other.interpretation);
            return (Outcome::Wrong, why, None);
        }
        return (Outcome::Right, String::new(), Some(other.interpretation.clone()));
    }
    (Outcome::Wrong, why, None)
}

fn rules(case: &Case) -> Rules {
    Rules {
        tolerance: tolerance(&case.expected),
        ordered: case.ordered || case.expected.ordered,
        more_may_follow: more_may_follow(case, case.expected.rows.len()),
    }
}

fn tolerance(expected: &Expected) -> Decimal {
    let said = expected
        .rel_tol
        .as_ref()
        .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    said.as_deref().and_then(decimal).or_else(|| decimal(DEFAULT_TOLERANCE)).unwrap_or_default()
}

fn fits(
    kind: ExpectedKind,
    value: &Value,
    rows: &[Vec<Value>],
    answer: &Answer,
    rules: Rules,
) -> Result<(), String> {
    let given = cells(&answer.result);
    match kind {
        ExpectedKind::Scalar => scalar(&Wanted::new(value), &given, rules.tolerance),
        ExpectedKind::Rows => {
            let wanted: Vec<Vec<Wanted>> =
                rows.iter().map(|row| row.iter().map(Wanted::new).collect()).collect();
            match_rows(&wanted, &given, rules)
        }
        ExpectedKind::Unanswerable => Err("a result was given where none can be".to_owned()),
    }
}

fn scalar(wanted: &Wanted, given: &[Vec<Cell>], tolerance: Decimal) -> Result<(), String> {
    let is_figure_wanted = wanted.is_number();
    let is_candidate = |cell: &&Cell| !is_figure_wanted || cell.is_figure();
    let figures: Vec<&Cell> = given.iter().flatten().filter(|cell| cell.is_figure()).collect();
    let fits = |cell: &&Cell| wanted.is_in(cell, tolerance);
    match (given, figures.as_slice()) {
        ([row], _) if row.iter().filter(is_candidate).any(|cell| fits(&cell)) => Ok(()),
        (_, [figure]) if fits(figure) => Ok(()),
        ([], _) => Err("one figure expected, no row given".to_owned()),
        ([_], _) | (_, [_]) => Err("the figure differs".to_owned()),
        (rows, _) => Err(format!("one figure expected, {} rows given", rows.len())),
    }
}

// The expected rows are the first of more when their query ends in a limit that the question
// does not name.
fn more_may_follow(case: &Case, rows: usize) -> bool {
    let sql = case.sql.trim_end().trim_end_matches(';').to_lowercase();
    let limit = sql.rsplit_once("limit ").and_then(|(_, rest)| rest.trim().parse::<usize>().ok());
    limit == Some(rows) && rows > 0 && !names_limit(&case.question, rows)
}

const SINGULAR: &[&str] = &[
    "most",
    "highest",
    "largest",
    "biggest",
    "lowest",
    "least",
    "cheapest",
    "smallest",
    "dearest",
    "peak",
    "first",
    "top",
    "last",
    "longest",
    "steepest",
    "earliest",
    "latest",
    "가장",
    "제일",
    "최대",
    "최고",
    "최저",
    "최소",
    "최초",
    "첫",
    "마지막",
    "탑",
];

const COUNT_WORDS: [(&str, &[&str]); 10] = [
    ("one", &["한 개", "하나", "한개"]),
    ("two", &["두 개", "두개", "둘", "두 곳"]),
    ("three", &["세 개", "세개", "셋", "세 곳"]),
    ("four", &["네 개", "네개", "넷"]),
    ("five", &["다섯"]),
    ("six", &["여섯"]),
    ("seven", &["일곱"]),
    ("eight", &["여덟"]),
    ("nine", &["아홉"]),
    ("ten", &["열 개", "열개"]),
];

/// Whether the question says how many rows it wants.
fn names_limit(question: &str, rows: usize) -> bool {
    let question = question.to_lowercase();
    let digits = rows.to_string();
    let is_number =
        question.split(|letter: char| !letter.is_ascii_digit()).any(|number| number == digits);
    let words = rows.checked_sub(1).and_then(|index| COUNT_WORDS.get(index));
    let is_word = words.is_some_and(|(english, korean)| {
        question.split(|letter: char| !letter.is_alphabetic()).any(|word| word == *english)
            || korean.iter().any(|word| question.contains(word))
    });
    let is_one = rows == 1
        && SINGULAR.iter().any(|word| {
            if word.is_ascii() {
                question.split(|letter: char| !letter.is_alphabetic()).any(|other| other == *word)
            } else {
                question.contains(word)
            }
        });
    is_number || is_word || is_one
}

// Everything a reader of the answer sees.
fn heard(answer: &Answer) -> String {
    let mut text = format!("{}\n{}", answer.headline, answer.text);
    for gap in &answer.gaps {
        text.push('\n');
        text.push_str(&gap.text);
    }
    for assumption in &answer.assumptions {
        text.push('\n');
        text.push_str(&assumption.text);
    }
    text
}

#[cfg(test)]
mod tests;
