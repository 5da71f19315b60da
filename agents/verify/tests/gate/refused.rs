//! Sentences that do not hold are refused, each by its rule.

use wherefore_contract::{
    answer::Status,
    draft::{CalcOp, DraftAssumption, DraftTable, Extreme, Format, Sentence, Span, TrendStyle},
    question::Language::{self, En},
};
use wherefore_verify::Rule;

use crate::bench::*;

#[test]
fn figures_and_claims_in_literal_text_are_refused() {
    for text in [
        "It was 5.",
        "It was five.",
        "It doubled.",
        "It rose.",
        "The largest.",
        "절반입니다.",
        "５",
        "t\u{200b}wo",
        "see http://x",
    ] {
        assert_eq!(broken(vec![t(text)]), [Rule::Text], "{text}");
    }
    assert_eq!(broken(vec![t("It was fi"), t("ve.")]), [Rule::Text]);
    assert_eq!(broken(vec![t("The billed cost is "), v("e1/0/billed_cost")]), [Rule::Text]);
}

#[test]
fn unknown_cells_are_refused() {
    assert_eq!(broken(vec![t("It was "), v("e9/0/billed_cost")]), [Rule::Reference]);
    assert_eq!(broken(vec![t("It was "), v("e1/7/billed_cost")]), [Rule::Reference]);
    assert_eq!(broken(vec![t("It was "), v("e2/0/cloud_service")]), [Rule::Reference]);
    assert_eq!(broken(vec![t("It was "), n("e2/0/billed_cost")]), [Rule::Reference]);
}

#[test]
fn units_that_do_not_agree_are_refused() {
    assert_eq!(
        broken(vec![
            t("total "),
            c(CalcOp::Sum, &["e2/0/billed_cost", "e2/0/share"], Format::Auto)
        ]),
        [Rule::Arithmetic]
    );
    assert_eq!(
        broken(vec![t("total "), c(CalcOp::Sum, &["e2/0/share", "e2/1/share"], Format::Auto)]),
        [Rule::Arithmetic]
    );
    assert_eq!(
        broken(vec![
            t("change "),
            c(CalcOp::PercentChange, &["e3/2/billed_cost", "e3/1/billed_cost"], Format::Signed)
        ]),
        [Rule::Arithmetic]
    );
}

#[test]
fn a_figure_of_another_row_is_refused() {
    let swapped = |row: usize| {
        vec![n("e2/0/cloud_service"), t(" cost "), v(&format!("e2/{row}/billed_cost")), t(".")]
    };
    assert_eq!(broken(swapped(0)), []);
    assert_eq!(broken(swapped(1)), [Rule::Pairing]);
    assert_eq!(broken(vec![t("It cost "), v("e2/1/billed_cost")]), [Rule::Pairing]);
    let two = |first: usize, second: usize| {
        vec![
            n("e2/0/cloud_service"),
            t(" cost "),
            v(&format!("e2/{first}/billed_cost")),
            t(" and "),
            n("e2/1/cloud_service"),
            t(" cost "),
            v(&format!("e2/{second}/billed_cost")),
            t("."),
        ]
    };
    assert_eq!(broken(two(0, 1)), []);
    assert_eq!(broken(two(1, 0)), [Rule::Pairing]);
    assert_eq!(
        broken(vec![n("e2/0/cloud_service"), t(" cost "), v("e1/0/billed_cost"), t(".")]),
        [Rule::Pairing]
    );
}

#[test]
fn a_figure_of_another_period_is_refused() {
    let of = |label: i8, row: usize| {
        vec![
            t("In "),
            p(month(2024, label)),
            t(" it was "),
            v(&format!("e3/{row}/billed_cost")),
            t("."),
        ]
    };
    assert_eq!(broken(of(9, 2)), []);
    assert!(broken(of(9, 1)).contains(&Rule::Period));
    let change = |from: i8, to: i8| {
        vec![
            t("From "),
            p(month(2024, from)),
            t(" to "),
            p(month(2024, to)),
            t(" it "),
            trend("e3/1/billed_cost", "e3/2/billed_cost"),
            t("."),
        ]
    };
    assert_eq!(broken(change(8, 9)), []);
    assert!(broken(change(9, 8)).contains(&Rule::Period));
    assert!(broken(change(7, 9)).contains(&Rule::Period));
    assert_eq!(broken(vec![t("Nothing is known of "), p(month(2023, 1)), t(".")]), [Rule::Period]);
}

#[test]
fn a_figure_of_another_measure_is_refused() {
    let of = |label: &str, value: &str| {
        vec![
            t("The "),
            m(&format!("e5/0/{label}")),
            t(" was "),
            v(&format!("e5/0/{value}")),
            t("."),
        ]
    };
    assert_eq!(broken(of("billed_cost", "billed_cost")), []);
    assert_eq!(broken(of("billed_cost", "effective_cost")), [Rule::Measure]);
    assert_eq!(
        broken(vec![v("e5/0/billed_cost"), t(" and "), v("e5/0/effective_cost")]),
        [Rule::Measure]
    );
}

#[test]
fn changes_and_levels_are_not_mixed_up() {
    let name = || n("e4/0/cloud_service");
    assert_eq!(broken(vec![name(), t(" cost "), v("e4/0/change"), t(".")]), [Rule::Direction]);
    assert!(
        broken(vec![name(), t(" cost "), vf("e4/0/billed_cost_to", Format::Signed), t(".")])
            .contains(&Rule::Direction)
    );
    assert!(
        broken(vec![name(), t(" "), trend("e4/0/billed_cost_to", "e4/0/billed_cost_from"), t(".")])
            .contains(&Rule::Direction)
    );
    assert!(
        broken(vec![name(), t(" by "), vf("e4/0/change", Format::Absolute), t(".")])
            .contains(&Rule::Direction)
    );
    let level = Span::Trend { from: None, to: at("e4/0/billed_cost_to"), style: TrendStyle::Verb };
    assert!(broken(vec![name(), t(" "), level, t(".")]).contains(&Rule::Direction));
}

#[test]
fn ranks_are_checked_against_the_whole_column() {
    let of = |row: usize, which| {
        vec![
            n(&format!("e2/{row}/cloud_service")),
            t(" had "),
            extreme(&format!("e2/{row}/billed_cost"), which),
            t(" cost."),
        ]
    };
    assert_eq!(broken(of(0, Extreme::Largest)), []);
    assert_eq!(broken(of(1, Extreme::Largest)), [Rule::Rank]);
    assert_eq!(broken(of(2, Extreme::Smallest)), []);
}

#[test]
fn sums_means_and_shares_need_their_words() {
    let all = ["e3/0/billed_cost", "e3/1/billed_cost", "e3/2/billed_cost"];
    assert_eq!(
        broken(vec![t("In total it was "), c(CalcOp::Mean, &all, Format::Auto)]),
        [Rule::Joining]
    );
    assert_eq!(
        broken(vec![t("On average it was "), c(CalcOp::Sum, &all, Format::Auto)]),
        [Rule::Joining]
    );
    assert_eq!(broken(vec![t("On average it was "), v("e1/0/billed_cost")]), [Rule::Joining]);
    assert_eq!(
        broken(vec![n("e2/0/cloud_service"), t(" cost "), v("e2/0/share")]),
        [Rule::Joining]
    );
}

#[test]
fn text_cannot_become_part_of_a_figure() {
    for (before, after) in
        [("It was -", "."), ("It was ", "k."), ("It was ", " 억."), ("It was ", " 만 "), ("(", ")")]
    {
        assert!(
            !broken(vec![t(before), v("e1/0/billed_cost"), t(after)]).is_empty(),
            "{before}{after}"
        );
    }
    assert!(
        broken(vec![t("It was "), v("e1/0/billed_cost"), v("e1/0/billed_cost")])
            .contains(&Rule::Touching)
    );
}

#[test]
fn the_reader_s_own_figures_are_not_repeated_as_ours() {
    let start = question(En).text().find('$').unwrap();
    let dollars = vec![t("The cost was "), Span::Asked { start, end: start + 6 }, t(".")];
    assert_eq!(broken(dollars), [Rule::Asked]);
    assert_eq!(broken(vec![Span::Asked { start: 5, end: 500 }]), [Rule::Asked]);
    assert_eq!(broken(vec![t("It was "), asked("99 or so")]), [Rule::Asked]);
}

#[test]
fn different_conditions_are_told_apart() {
    let mut both = draft(vec![t("It was "), v("e1/0/billed_cost"), t(".")]);
    both.body = vec![wherefore_contract::draft::Sentence(vec![
        t("It was "),
        v("e6/0/billed_cost"),
        t("."),
    ])];
    let violations = with_context(En, |context| wherefore_verify::check(&both, context));
    assert_eq!(violations.iter().map(|each| each.rule).collect::<Vec<_>>(), [Rule::Pairing]);
    let answer =
        answer(&draft(vec![t("It was "), v("e6/0/billed_cost"), t(".")]), En).into_answer();
    assert!(answer.text.contains("us-east-1"), "{}", answer.text);
}

#[test]
fn a_declined_answer_with_a_figure_loses_it() {
    let mut declined = draft(vec![t("It was "), v("e1/0/billed_cost"), t(".")]);
    declined.status = Status::Declined;
    let answer = answer(&declined, En).into_answer();
    assert!(!answer.text.contains("1,234"));
    assert_eq!((answer.status, answer.run.withheld), (Status::Declined, 1));
}

#[test]
fn a_sum_over_two_tables_does_not_count_a_time_twice() {
    let sum = |facts: &[&str]| {
        broken(vec![t("In total it was "), c(CalcOp::Sum, facts, Format::Auto), t(".")])
    };
    let twice = ["e1/0/billed_cost", "e3/0/billed_cost", "e3/1/billed_cost", "e3/2/billed_cost"];
    assert!(sum(&twice).contains(&Rule::Arithmetic));
    assert!(!sum(&["e1/0/billed_cost", "e3/0/billed_cost"]).is_empty());
}

#[test]
fn a_change_is_not_said_of_one_period_twice_or_of_the_earlier_alone() {
    let changed = |from: Vec<Span>| {
        let mut spans = from;
        spans.extend([
            t(", "),
            n("e4/0/cloud_service"),
            t(" changed by "),
            vf("e4/0/change", Format::Signed),
            t("."),
        ]);
        broken(spans)
    };
    let (august, september) = (|| p(month(2024, 8)), || p(month(2024, 9)));
    assert_eq!(changed(vec![t("From "), august(), t(" to "), september()]), Vec::new());
    assert_eq!(changed(vec![t("In "), september()]), Vec::new());
    for wrong in [
        vec![t("From "), september(), t(" to "), september()],
        vec![t("From "), september(), t(" to "), august()],
        vec![t("In "), august()],
    ] {
        assert!(changed(wrong).contains(&Rule::Period));
    }
}

#[test]
fn an_assumption_does_not_give_a_figure_another_period() {
    let mut draft =
        draft(vec![t("The "), m("e1/0/billed_cost"), t(" was "), v("e1/0/billed_cost"), t(".")]);
    let assume = |period| DraftAssumption {
        code: "read_as".to_owned(),
        sentence: Sentence(vec![t("Read as a question about "), p(period), t(".")]),
    };
    draft.assumptions = vec![assume(month(2024, 9))];
    draft.tables = vec![DraftTable { evidence: "e3".to_owned(), columns: Vec::new() }];
    assert_eq!(answer(&draft, Language::En).answer().run.withheld, 0);
    draft.assumptions = vec![assume(month(2024, 8))];
    assert!(answer(&draft, Language::En).answer().run.withheld > 0);
}

#[test]
fn a_word_before_a_colon_is_an_address_only_when_something_follows_at_once() {
    use wherefore_verify::lexicon::faults;
    for plain in ["Credits are not in the data: ask for them.", "This is in the file:", "data :"] {
        assert_eq!(faults(plain), Vec::new(), "{plain}");
    }
    for address in ["data:text", "DATA:text", "javascript:alert", "mailto:x"] {
        assert!(!faults(address).is_empty(), "{address}");
    }
    let opened = vec![t("see data:"), n("e2/0/cloud_service"), t(".")];
    assert!(broken(opened).contains(&Rule::Text));
}

#[test]
fn a_name_for_machines_tells_nothing_that_the_evidence_does_not() {
    use wherefore_contract::draft::{DraftGap, DraftResult, FactOrCalc};
    let fact = || FactOrCalc::Fact(at("e2/0/billed_cost"));
    let share = || FactOrCalc::Calc {
        op: CalcOp::Share,
        facts: vec![at("e2/0/billed_cost"), at("e2/1/billed_cost")],
    };
    let mut draft = draft(vec![t("Here it is.")]);
    draft.verdict.insert("total_is_nine_thousand".to_owned(), at("e2/0/billed_cost"));
    draft.verdict.insert("main_cause_9999".to_owned(), at("e2/0/cloud_service"));
    draft.gaps = vec![DraftGap {
        code: "rose_by_half".to_owned(),
        source: "nine_thousand".to_owned(),
        sentence: Sentence(vec![t("Something is missing.")]),
        effect: Sentence::default(),
    }];
    for (name, cell, expected) in [
        ("unit_cost_from", fact(), "billed_cost"),
        ("billed_cost", fact(), "billed_cost"),
        ("구천구백_달러", share(), "share"),
        ("total_monthly_saving", share(), "share"),
        ("billed_cost_share", share(), "billed_cost_share"),
    ] {
        draft.result = DraftResult::Scalar { name: name.to_owned(), value: cell.clone() };
        let one = answer(&draft, Language::En).into_answer();
        assert_eq!(one.result.columns[0].name, expected, "{name}");
        let columns = vec![name.to_owned()];
        draft.result = DraftResult::Cells { columns, rows: vec![vec![cell]] };
        let many = answer(&draft, Language::En).into_answer();
        assert_eq!(many.result.columns[0].name, expected, "{name}");
        let verdict: Vec<String> = many.verdict.unwrap().keys().cloned().collect();
        assert_eq!(verdict, ["billed_cost", "cloud_service"]);
        let codes: Vec<&str> = many.gaps.iter().map(|gap| gap.code.as_str()).collect();
        assert!(codes.contains(&"other") && !codes.contains(&"rose_by_half"), "{codes:?}");
    }
}
