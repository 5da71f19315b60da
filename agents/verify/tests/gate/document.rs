//! Finished documents that were tampered with are found out.

use serde_json::json;
use wherefore_contract::{
    answer::Answer,
    draft::{CalcOp, Draft, DraftTable, Format},
    question::Language::En,
};
use wherefore_verify::fence::check_document;

use crate::bench::*;

fn document() -> Answer {
    let mut draft = draft(vec![
        t("The "),
        m("e3/1/billed_cost"),
        t(" "),
        trend("e3/1/billed_cost", "e3/2/billed_cost"),
        t(" from "),
        v("e3/1/billed_cost"),
        t(" in "),
        p(month(2024, 8)),
        t(" to "),
        v("e3/2/billed_cost"),
        t(" in "),
        p(month(2024, 9)),
        t(", by "),
        c(CalcOp::PercentChange, &["e3/1/billed_cost", "e3/2/billed_cost"], Format::Absolute),
        t("."),
    ]);
    draft.tables = vec![DraftTable { evidence: "e2".to_owned(), columns: Vec::new() }];
    answer(&draft, En).into_answer()
}

#[test]
fn an_untouched_document_holds() {
    assert_eq!(check_document(&document(), &ledger()), Vec::new());
}

#[test]
fn a_changed_byte_is_found() {
    for (from, to) in [
        ("$1,100.00", "$1,100.01"),
        ("rose", "fell"),
        ("$1,234.57", "€1,234.57"),
        ("12.2%", "１２.2%"),
        ("Amazon EC2", "Amazon S3"),
        ("August 2024", "August 2023"),
        ("billed cost", "list cost"),
        (" from ", " from about five hundred to "),
        (" from ", " from <!-- hidden --> "),
        (" from ", " ://x from "),
    ] {
        let mut answer = document();
        let at = answer.text.find(from).unwrap();
        answer.text.replace_range(at..at + from.len(), to);
        answer.headline = answer.text.split("\n\n").next().unwrap().to_owned();
        assert_ne!(check_document(&answer, &ledger()), Vec::new(), "{from} -> {to}");
    }
}

#[test]
fn a_changed_cell_claim_or_headline_is_found() {
    let mut cell = document();
    cell.evidence[1].rows[0][1] = Some("801".to_owned());
    let mut claim = document();
    claim.claims[0].exact = Some("1".to_owned());
    claim.claims[2].exact = Some("1".to_owned());
    let mut headline = document();
    headline.headline = "The cost was nothing.".to_owned();
    let mut result = document();
    result.result.rows = vec![vec![Some("77".to_owned())]];
    for answer in [cell, claim, headline, result] {
        assert_ne!(check_document(&answer, &ledger()), Vec::new());
    }
}

fn read_as(reading: serde_json::Value) -> Answer {
    let serde_json::Value::Object(reading) = reading else { panic!("{reading} is no object") };
    let draft = Draft { reading: Some(reading), ..draft(vec![t("Nothing is said.")]) };
    answer(&draft, En).into_answer()
}

#[test]
fn a_reading_of_names_that_the_evidence_holds_is_kept() {
    let kept = json!({
        "ask": "total", "measures": ["billed_cost"], "limit": 3, "measure_stated": true,
        "conditions": [{ "filter": { "dimension": "tag:team", "op": "in", "values": ["Amazon EC2"] }, "asked": [[0, 4]] }],
        "period": { "period": { "start": "2024-09-01T00:00:00", "end": "2024-10-01T00:00:00" } },
    });
    let answer = read_as(kept.clone());
    assert_eq!(answer.reading.clone().map(serde_json::Value::Object), Some(kept));
    assert_eq!(check_document(&answer, &ledger()), Vec::new());
}

#[test]
fn a_reading_that_says_more_than_the_evidence_is_left_out() {
    for smuggled in [
        json!({ "measures": ["the bill was $9,000"] }),
        json!({ "conditions": [{ "filter": { "values": ["9000"] } }] }),
        json!({ "period": "nine thousand dollars in all" }),
        json!({ "limit": 9_000_000 }),
        json!({ "limit": 0.5 }),
        json!({ "9000 dollars": true }),
        json!({ "measures": [[[[[[[[[[[["billed_cost"]]]]]]]]]]]] }),
    ] {
        let answer = read_as(smuggled.clone());
        assert_eq!(answer.reading, None, "{smuggled}");
        let serde_json::Value::Object(reading) = smuggled else { panic!("no object") };
        let tampered = Answer { reading: Some(reading), ..answer };
        assert_ne!(check_document(&tampered, &ledger()), Vec::new());
    }
}

#[test]
fn a_reading_that_was_changed_alone_is_found() {
    let mut answer = read_as(json!({ "measures": ["billed_cost"] }));
    assert_eq!(check_document(&answer, &ledger()), Vec::new());
    answer.reading.as_mut().unwrap().insert("measures".to_owned(), json!(["list_cost"]));
    assert_ne!(check_document(&answer, &ledger()), Vec::new());
}
