//! Hostile strings as names, questions and literal text: shown harmlessly or not at all.
//!
//! The lists are not part of the repository; `WHEREFORE_SHARED` says where they are.

use std::{collections::BTreeSet, path::PathBuf};

use wherefore_contract::{
    answer::Run,
    draft::{ChartKind, Draft, DraftAssumption, DraftChart, DraftTable, Sentence, Span},
    evidence::Evidence,
    question::{Language, Question},
    table::Column,
};
use wherefore_verify::{Context, check, fence::check_document, scan::number_spans, verify};

use crate::bench::{draft, evidence, m, n, t, usd, v};

fn shared(path: &str) -> Option<String> {
    let Some(folder) = std::env::var_os("WHEREFORE_SHARED") else {
        println!("skipped: WHEREFORE_SHARED is not set");
        return None;
    };
    let path = PathBuf::from(folder).join("data/security").join(path);
    Some(
        std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    )
}

// The string names a row, and stands in the question that the answer repeats.
fn answer_with(hostile: &str) -> (Question, Vec<Evidence>, Draft) {
    let today = jiff::civil::date(2024, 10, 15);
    let question = Question::parse(hostile, Some(Language::En), today)
        .unwrap_or_else(|_| Question::parse("what", Some(Language::En), today).unwrap());
    let mut named = evidence(
        "e1",
        "cost",
        vec![Column::dimension("tag:team"), Column::measure("billed_cost", usd())],
        &[&["x", "800"], &["Amazon S3", "300.25"]],
    );
    named.facts.table.rows[0][0] = Some(hostile.to_owned());
    let mut draft = draft(vec![n("e1/0/tag:team"), t(" cost "), v("e1/0/billed_cost"), t(".")]);
    draft.tables = vec![DraftTable { evidence: "e1".to_owned(), columns: Vec::new() }];
    let asked = Span::Asked { start: 0, end: question.text().len() };
    draft.assumptions = vec![DraftAssumption {
        code: "read_as".to_owned(),
        sentence: Sentence(vec![t("Read as asked in "), asked, t(".")]),
    }];
    let kinds = [ChartKind::Bars, ChartKind::Line, ChartKind::StackedBars, ChartKind::Waterfall];
    draft.charts = kinds
        .into_iter()
        .map(|kind| DraftChart {
            title: Sentence(vec![m("e1/0/billed_cost"), t(", "), n("e1/0/tag:team")]),
            kind,
            evidence: "e1".to_owned(),
            x: "tag:team".to_owned(),
            y: vec!["billed_cost".to_owned()],
            series: Some("tag:team".to_owned()),
        })
        .collect();
    (question, vec![named], draft)
}

fn is_harmless(hostile: &str) {
    let (question, evidence, draft) = answer_with(hostile);
    let context =
        Context { question: &question, evidence: &evidence, periods: &[], run: Run::default() };
    let answer = verify(&draft, &context).into_answer();
    assert_eq!(check_document(&answer, &evidence), Vec::new(), "{hostile:?}\n{}", answer.text);
    for (index, letter) in answer.text.char_indices() {
        let unreadable = letter.is_control() && letter != '\n'
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        assert!(!unreadable, "{hostile:?}: {letter:?} at {index}");
    }
    assert!(!answer.text.contains(['<', '>']), "{hostile:?}\n{}", answer.text);
    assert!(answer.headline.ends_with(" cost $800.00."), "{hostile:?}\n{}", answer.text);
    assert_eq!(answer.charts.len(), 4, "{hostile:?}");
    for open in answer.text.match_indices(['[', '`', '*', '!']).map(|(at, _)| at) {
        let before = answer.text.get(..open).unwrap_or_default();
        let own = answer.text.get(open..).unwrap_or_default().starts_with("**")
            || before.ends_with('*')
            || before.ends_with('\\')
            || answer.text.get(open..=open) == Some("!");
        assert!(own, "{hostile:?}\n{}", answer.text);
    }
    for chart in &answer.charts {
        let tags: BTreeSet<&str> = chart
            .svg
            .split('<')
            .skip(1)
            .map(|rest| rest.split([' ', '>', '/']).find(|tag| !tag.is_empty()).unwrap_or_default())
            .collect();
        let known = ["svg", "title", "desc", "line", "rect", "text", "polyline", "circle", "g"];
        assert!(tags.iter().all(|tag| known.contains(tag)), "{hostile:?}: {tags:?}");
    }
    // As literal text of a model it is judged, never passed on with a figure or markup in it.
    let mut spoken = draft.clone();
    spoken.headline = Sentence(vec![t(hostile)]);
    let said = verify(&spoken, &context).into_answer();
    assert!(!said.text.contains(['<', '>']), "{hostile:?}\n{}", said.text);
    let _ = check(&spoken, &context);
}

#[test]
fn no_naughty_string_breaks_an_answer() {
    let Some(list) = shared("blns/blns.json") else { return };
    let list: Vec<String> = serde_json::from_str(&list).unwrap();
    assert!(list.len() > 400);
    for string in &list {
        is_harmless(string);
    }
}

#[test]
fn no_scripting_string_reaches_text_or_charts_as_markup() {
    let Some(list) = shared("xss-payloads/xss-payload-list.txt") else { return };
    let lines: Vec<&str> = list.lines().filter(|line| !line.trim().is_empty()).collect();
    assert!(lines.len() > 2_000);
    lines.into_iter().step_by(7).for_each(is_harmless);
}

#[test]
fn every_number_of_the_red_team_is_found() {
    let Some(list) = shared("numeric-redteam/number_spans.json") else { return };
    let list: Vec<serde_json::Value> = serde_json::from_str(&list).unwrap();
    assert!(list.len() >= 20);
    for case in list {
        let text = case["text"].as_str().unwrap();
        let found: Vec<&str> = number_spans(text).into_iter().map(|span| &text[span]).collect();
        let expected: Vec<&str> =
            case["spans"].as_array().unwrap().iter().filter_map(|span| span.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }
}

// The cases as spans: a literal is text, a reference a value, a calculation a calculation.
#[test]
fn the_gate_cases_of_the_red_team_are_judged_as_they_must_be() {
    let Some(list) = shared("numeric-redteam/gate_cases.json") else { return };
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let cell = |fact: &str| list["facts"][fact]["value"].as_str().unwrap().to_owned();
    let month = |month| crate::bench::month(2024, month);
    let transactions = || wherefore_contract::unit::Unit::Count("transactions".to_owned());
    let mut table = evidence(
        "e1",
        "cost",
        vec![
            Column::measure("billed_cost_from", usd()).in_period(month(9)),
            Column::measure("billed_cost_to", usd()).in_period(month(10)),
            Column::measure("transactions_from", transactions()).in_period(month(9)),
            Column::measure("transactions_to", transactions()).in_period(month(10)),
        ],
        &[],
    );
    table.facts.table.rows = vec![["f2", "f1", "f4", "f3"].map(|fact| Some(cell(fact))).to_vec()];
    let october = || crate::bench::p(month(10));
    let cases = list["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 9);
    for case in cases {
        let (text, expected) = (case["text"].as_str().unwrap(), case["expect"].as_str().unwrap());
        let cost = |fact: &str| vec![t("In "), october(), t(" the cost was "), v(fact), t(".")];
        let spans = if text.contains("{{f1|") {
            cost("e1/0/billed_cost_to")
        } else if text.contains("{{f2|") {
            cost("e1/0/billed_cost_from")
        } else if text.contains("{{f9|") {
            cost("e9/0/billed_cost")
        } else if text.contains("calc:f1+f3") {
            let facts = ["e1/0/billed_cost_to", "e1/0/transactions_to"];
            let op = wherefore_contract::draft::CalcOp::Sum;
            let format = wherefore_contract::draft::Format::Auto;
            vec![t("In total "), crate::bench::c(op, &facts, format), t(".")]
        } else {
            vec![t(text)]
        };
        let question = crate::bench::question(Language::En);
        let evidence = vec![table.clone()];
        let context =
            Context { question: &question, evidence: &evidence, periods: &[], run: Run::default() };
        let passes = check(&draft(spans), &context).is_empty();
        // Rounding is the formatter's own and never coarser than its unit allows.
        let holds = expected == "ok" || expected.starts_with("policy");
        assert_eq!(passes, holds, "{text}: {expected}");
    }
}
