//! A small world of tables, one correct draft over it, and every sentence of it that is true.

use std::collections::{BTreeMap, BTreeSet};

use wherefore_contract::{
    answer::Status,
    draft::{
        ChartKind, Draft, DraftAssumption, DraftChart, DraftGap, DraftResult, DraftTable,
        FactOrCalc, Sentence, Span,
    },
    evidence::Evidence,
    question::{Language, Question},
};

use super::{
    Dice,
    numbers::{Numbers, span},
    shown::month,
    templates::{TEMPLATES, at, t},
};

/// What one case is about.
pub(crate) struct World {
    pub(crate) question: Question,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) draft: Draft,
    /// Headlines that are true.
    pub(crate) truths: BTreeSet<String>,
    /// Assumptions and gaps that are true.
    pub(crate) asides: BTreeSet<String>,
    /// The kind of sentence, for reports.
    pub(crate) template: String,
}

impl World {
    /// `None` only if the fixed question could not be read.
    pub(crate) fn new(dice: &mut Dice) -> Option<Self> {
        let numbers = Numbers::new(dice);
        let (template, build) = *dice.pick(TEMPLATES)?;
        let made = build(&numbers, dice);
        let asked = "Is it $9,999 or twelve percent more than in 2023, and did it rise?";
        let today = jiff::civil::Date::new(2024, 10, 15).unwrap_or_default();
        let mut evidence = numbers.evidence();
        if dice.below(5) == 0 {
            for each in &mut evidence {
                each.facts.complete = false;
            }
        }
        let (assumption, assumed) = assumption(&numbers, template);
        let (gap, missing) = gap(numbers.language);
        Some(World {
            question: Question::parse(asked, Some(numbers.language), today).ok()?,
            evidence,
            draft: Draft { assumptions: vec![assumption], gaps: vec![gap], ..draft(made.spans) },
            truths: made.truths,
            asides: assumed.into_iter().chain([missing]).collect(),
            template: format!("{template} {}", numbers.language),
        })
    }
}

// The reading of the question, and every reading that the figures of the headline bear out.
fn assumption(numbers: &Numbers, template: &str) -> (DraftAssumption, Vec<String>) {
    let language = numbers.language;
    let single = |months: std::ops::RangeInclusive<usize>| -> Vec<String> {
        months.map(|each| month(language, each)).collect()
    };
    let quarter = if language == Language::En { "Q3 2024" } else { "2024년 3분기" };
    let (period, readings) = match template {
        "sum" | "mean" => (span(7, 10), vec![quarter.to_owned()]),
        "months" => (span(9, 10), single(7..=9)),
        "signed" | "directed" => (span(9, 10), single(8..=9)),
        _ => (span(9, 10), single(9..=9)),
    };
    let (head, tail) = match language {
        Language::En => ("Read as a question about ", "."),
        Language::Ko => ("읽은 기간: ", "."),
    };
    let period = period.map_or_else(|| t(""), |period| Span::Period { period });
    let sentence = Sentence(vec![t(head), period, t(tail)]);
    let readings = readings.iter().map(|reading| format!("{head}{reading}{tail}")).collect();
    (DraftAssumption { code: "read_as".to_owned(), sentence }, readings)
}

fn gap(language: Language) -> (DraftGap, String) {
    let (words, effect) = match language {
        Language::En => {
            ("Credits are not in the data: ask for the invoices.", "Taxes are left out.")
        }
        Language::Ko => ("크레딧은 데이터에 없습니다.", "세금은 빠져 있습니다."),
    };
    let gap = DraftGap {
        code: "out_of_scope".to_owned(),
        source: "cost".to_owned(),
        sentence: Sentence(vec![t(words)]),
        effect: Sentence(vec![t(effect)]),
    };
    (gap, format!("{words} {effect}"))
}

fn draft(headline: Vec<Span>) -> Draft {
    Draft {
        status: Status::Answered,
        reading: None,
        headline: Sentence(headline),
        body: Vec::new(),
        tables: vec![DraftTable { evidence: "e2".to_owned(), columns: Vec::new() }],
        result: DraftResult::Scalar {
            name: "billed_cost".to_owned(),
            value: FactOrCalc::Fact(at("e1", 0, "billed_cost")),
        },
        verdict: BTreeMap::new(),
        findings: Vec::new(),
        hypotheses: Vec::new(),
        assumptions: Vec::new(),
        gaps: Vec::new(),
        charts: vec![DraftChart {
            title: Sentence(vec![Span::Measure { fact: at("e2", 0, "billed_cost") }]),
            kind: ChartKind::Bars,
            evidence: "e2".to_owned(),
            x: "cloud_service".to_owned(),
            y: vec!["billed_cost".to_owned()],
            series: None,
        }],
        next: Vec::new(),
        scale: None,
    }
}
