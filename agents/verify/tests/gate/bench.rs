//! Small tables and short ways to write spans.

use serde_json::Map;
use wherefore_contract::{
    answer::{Run, Status},
    dimension::{Dimension, FocusDimension},
    draft::{CalcOp, Draft, Extreme, Format, Particle, Sentence, Span, TrendStyle},
    evidence::{Evidence, FactRef},
    filter::Filter,
    period::Period,
    question::{Language, Question},
    table::{Column, Table},
    tool::FactTable,
    unit::Unit,
};
use wherefore_verify::{Context, Rule, VerifiedAnswer, check, verify};

pub(crate) fn month(year: i16, month: i8) -> Period {
    Period::month_of(jiff::civil::date(year, month, 1))
}

pub(crate) fn usd() -> Unit {
    Unit::parse("USD")
}

pub(crate) fn at(text: &str) -> FactRef {
    text.parse().unwrap()
}

pub(crate) fn t(text: &str) -> Span {
    Span::Text { text: text.to_owned() }
}

pub(crate) fn v(fact: &str) -> Span {
    Span::Value { fact: at(fact), format: Format::Auto }
}

pub(crate) fn vf(fact: &str, format: Format) -> Span {
    Span::Value { fact: at(fact), format }
}

pub(crate) fn n(fact: &str) -> Span {
    Span::Name { fact: at(fact) }
}

pub(crate) fn m(fact: &str) -> Span {
    Span::Measure { fact: at(fact) }
}

pub(crate) fn p(period: Period) -> Span {
    Span::Period { period }
}

pub(crate) fn c(op: CalcOp, facts: &[&str], format: Format) -> Span {
    Span::Calc { op, facts: facts.iter().map(|fact| at(fact)).collect(), format }
}

pub(crate) fn trend(from: &str, to: &str) -> Span {
    Span::Trend { from: Some(at(from)), to: at(to), style: TrendStyle::Verb }
}

pub(crate) fn extreme(fact: &str, which: Extreme) -> Span {
    Span::Extreme { fact: at(fact), which }
}

pub(crate) fn j(particle: Particle) -> Span {
    Span::Particle { particle }
}

pub(crate) fn rows(rows: &[&[&str]]) -> Vec<Vec<Option<String>>> {
    rows.iter()
        .map(|row| row.iter().map(|cell| (!cell.is_empty()).then(|| (*cell).to_owned())).collect())
        .collect()
}

pub(crate) fn evidence(id: &str, name: &str, columns: Vec<Column>, cells: &[&[&str]]) -> Evidence {
    Evidence {
        id: id.to_owned(),
        tool: "query_cost".to_owned(),
        arguments: Map::new(),
        snapshot: "s000001".to_owned(),
        facts: FactTable {
            name: name.to_owned(),
            table: Table { columns, rows: rows(cells) },
            source: "embedded:billing".to_owned(),
            statement: None,
            parameters: Vec::new(),
            period: Some(month(2024, 9)),
            filters: Vec::new(),
            data_as_of: None,
            complete: true,
        },
        notices: Vec::new(),
    }
}

/// e1 a total, e2 a breakdown, e3 months, e4 a comparison, e5 two measures, e6 a filtered total.
pub(crate) fn ledger() -> Vec<Evidence> {
    let total =
        evidence("e1", "cost", vec![Column::measure("billed_cost", usd())], &[&["1234.5678"]]);
    let breakdown = evidence(
        "e2",
        "cost",
        vec![
            Column::dimension("cloud_service"),
            Column::measure("billed_cost", usd()),
            Column::measure("share", Unit::Percent),
        ],
        &[
            &["Amazon EC2", "800", "64.8"],
            &["Amazon S3", "300.25", "24.32"],
            &["AWS Lambda", "134.3178", "10.88"],
        ],
    );
    let mut months = evidence(
        "e3",
        "cost",
        vec![Column::time("month"), Column::measure("billed_cost", usd())],
        &[&["2024-07", "900"], &["2024-08", "1100"], &["2024-09", "1234.5678"]],
    );
    months.facts.period = Some(
        Period::of_days(jiff::civil::date(2024, 7, 1), jiff::civil::date(2024, 10, 1)).unwrap(),
    );
    let mut compare = evidence(
        "e4",
        "comparison",
        vec![
            Column::dimension("cloud_service"),
            Column::measure("billed_cost_from", usd()).in_period(month(2024, 8)),
            Column::measure("billed_cost_to", usd()).in_period(month(2024, 9)),
            Column::measure("change", usd()),
            Column::measure("change_percent", Unit::Percent),
        ],
        &[
            &["Amazon EC2", "700", "800", "100", "14.285714285714285714"],
            &["Amazon S3", "310.25", "300.25", "-10", "-3.22"],
        ],
    );
    compare.facts.period = None;
    let both = evidence(
        "e5",
        "cost",
        vec![Column::measure("billed_cost", usd()), Column::measure("effective_cost", usd())],
        &[&["1234.5678", "1100.5"]],
    );
    let mut filtered =
        evidence("e6", "cost", vec![Column::measure("billed_cost", usd())], &[&["42.5"]]);
    filtered.facts.filters =
        vec![Filter::any_of(Dimension::Column(FocusDimension::Region), ["us-east-1"])];
    vec![total, breakdown, months, compare, both, filtered]
}

pub(crate) fn question(language: Language) -> Question {
    let text = match language {
        Language::En => "What did we spend in us-east-1, about $9,999 or so, last 3 months?",
        Language::Ko => "지난 3개월 us-east-1 비용은 얼마야?",
    };
    Question::parse(text, Some(language), jiff::civil::date(2024, 10, 15)).unwrap()
}

pub(crate) fn draft(headline: Vec<Span>) -> Draft {
    Draft {
        status: Status::Answered,
        reading: None,
        headline: Sentence(headline),
        body: Vec::new(),
        tables: Vec::new(),
        result: wherefore_contract::draft::DraftResult::None,
        verdict: std::collections::BTreeMap::new(),
        findings: Vec::new(),
        hypotheses: Vec::new(),
        assumptions: Vec::new(),
        gaps: Vec::new(),
        charts: Vec::new(),
        next: Vec::new(),
        scale: None,
    }
}

pub(crate) fn with_context<T>(language: Language, run: impl FnOnce(&Context) -> T) -> T {
    let (question, evidence) = (question(language), ledger());
    run(&Context { question: &question, evidence: &evidence, periods: &[], run: Run::default() })
}

pub(crate) fn answer(draft: &Draft, language: Language) -> VerifiedAnswer {
    with_context(language, |context| verify(draft, context))
}

/// The headline of a draft that must be delivered.
pub(crate) fn said(language: Language, headline: Vec<Span>) -> String {
    let draft = draft(headline);
    let violations = with_context(language, |context| check(&draft, context));
    assert_eq!(violations, Vec::new());
    let answer = answer(&draft, language);
    assert_eq!(answer.answer().run.withheld, 0, "{}", answer.markdown());
    answer.answer().headline.clone()
}

/// The rules that a headline breaks; the answer must not hold it.
pub(crate) fn broken(headline: Vec<Span>) -> Vec<Rule> {
    let draft = draft(headline);
    let mut rules: Vec<Rule> = with_context(Language::En, |context| check(&draft, context))
        .into_iter()
        .map(|violation| violation.rule)
        .collect();
    rules.dedup();
    if !rules.is_empty() {
        let answer = answer(&draft, Language::En);
        assert!(answer.answer().run.withheld > 0);
        assert!(answer.answer().gaps.iter().any(|gap| gap.code == "withheld"));
    }
    rules
}

/// A part of the English question.
pub(crate) fn asked(words: &str) -> Span {
    let start = question(Language::En).text().find(words).unwrap();
    Span::Asked { start, end: start + words.len() }
}
