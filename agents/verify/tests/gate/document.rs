//! Finished documents that were tampered with are found out.

use wherefore_contract::{
    answer::Answer,
    draft::{CalcOp, DraftTable, Format},
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
