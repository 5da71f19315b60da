//! Sentences that hold are delivered, in both languages.

use wherefore_contract::{
    answer::{ResultKind, Status},
    draft::{
        CalcOp, ChartKind, Draft, DraftAssumption, DraftChart, DraftFinding, DraftGap, DraftResult,
        DraftTable, Extreme, FactOrCalc, Format, Particle, Sentence, Span, TrendStyle,
    },
    question::Language::{En, Ko},
    table::Column,
};

use crate::bench::*;

#[test]
fn a_total_is_written_with_its_measure_and_period() {
    let english = said(
        En,
        vec![
            t("The "),
            m("e1/0/billed_cost"),
            t(" in "),
            p(month(2024, 9)),
            t(" was "),
            v("e1/0/billed_cost"),
            t("."),
        ],
    );
    assert_eq!(english, "The billed cost in September 2024 was $1,234.57.");
    let korean = said(
        Ko,
        vec![
            p(month(2024, 9)),
            t(" "),
            m("e1/0/billed_cost"),
            j(Particle::Topic),
            t(" "),
            v("e1/0/billed_cost"),
            j(Particle::Copula),
            t("."),
        ],
    );
    assert_eq!(korean, "2024년 9월 청구 비용은 $1,234.57입니다.");
}

#[test]
fn a_change_reads_from_the_earlier_to_the_later_period() {
    let english = said(
        En,
        vec![
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
        ],
    );
    assert_eq!(
        english,
        "The billed cost rose from $1,100.00 in August 2024 to $1,234.57 in September 2024, by 12.2%."
    );
    let korean = said(
        Ko,
        vec![
            p(month(2024, 8)),
            t(" 대비 "),
            p(month(2024, 9)),
            t(" "),
            m("e3/1/billed_cost"),
            j(Particle::Topic),
            t(" "),
            c(CalcOp::PercentChange, &["e3/1/billed_cost", "e3/2/billed_cost"], Format::Absolute),
            t(" "),
            trend("e3/1/billed_cost", "e3/2/billed_cost"),
            t("."),
        ],
    );
    assert_eq!(korean, "2024년 8월 대비 2024년 9월 청구 비용은 12.2% 늘었습니다.");
}

#[test]
fn a_breakdown_names_its_rows() {
    let english = said(
        En,
        vec![
            n("e2/0/cloud_service"),
            t(" had "),
            extreme("e2/0/billed_cost", Extreme::Largest),
            t(" cost with "),
            v("e2/0/billed_cost"),
            t(", a share of "),
            v("e2/0/share"),
            t("; "),
            n("e2/1/cloud_service"),
            t(" followed with "),
            v("e2/1/billed_cost"),
            t("."),
        ],
    );
    assert_eq!(
        english,
        "Amazon EC2 had the largest cost with $800.00, a share of 64.8%; Amazon S3 followed with $300.25."
    );
    let korean = said(
        Ko,
        vec![
            p(month(2024, 9)),
            t("에 비용이 "),
            extreme("e2/0/billed_cost", Extreme::Largest),
            t(" 클라우드 서비스는 "),
            n("e2/0/cloud_service"),
            j(Particle::Toward),
            t(" "),
            v("e2/0/billed_cost"),
            t("이며 전체의 "),
            v("e2/0/share"),
            j(Particle::Object),
            t(" 차지합니다."),
        ],
    );
    assert_eq!(
        korean,
        "2024년 9월에 비용이 가장 큰 클라우드 서비스는 Amazon EC2로 $800.00이며 전체의 64.8%를 차지합니다."
    );
}

#[test]
fn changes_of_rows_carry_their_signs_or_directions() {
    let signed = said(
        En,
        vec![
            t("From "),
            p(month(2024, 8)),
            t(" to "),
            p(month(2024, 9)),
            t(", "),
            n("e4/0/cloud_service"),
            t(" changed by "),
            vf("e4/0/change", Format::Signed),
            t(" and "),
            n("e4/1/cloud_service"),
            t(" by "),
            vf("e4/1/change", Format::Signed),
            t("."),
        ],
    );
    assert_eq!(
        signed,
        "From August 2024 to September 2024, Amazon EC2 changed by +$100.00 and Amazon S3 by -$10.00."
    );
    let worded = said(
        En,
        vec![
            n("e4/1/cloud_service"),
            t(" "),
            trend("e4/1/billed_cost_from", "e4/1/billed_cost_to"),
            t(" by "),
            vf("e4/1/change", Format::Absolute),
            t("."),
        ],
    );
    assert_eq!(worded, "Amazon S3 fell by $10.00.");
    let from_sign = said(
        En,
        vec![
            n("e4/1/cloud_service"),
            t(" "),
            Span::Trend { from: None, to: at("e4/1/change"), style: TrendStyle::Verb },
            t(" by "),
            vf("e4/1/change_percent", Format::Absolute),
            t("."),
        ],
    );
    assert_eq!(from_sign, "Amazon S3 fell by 3.2%.");
}

#[test]
fn sums_means_shares_and_rates_are_computed_exactly() {
    let all = ["e3/0/billed_cost", "e3/1/billed_cost", "e3/2/billed_cost"];
    assert_eq!(
        said(En, vec![t("In total it was "), c(CalcOp::Sum, &all, Format::Auto), t(".")]),
        "In total it was $3,234.57."
    );
    assert_eq!(
        said(En, vec![t("On average it was "), c(CalcOp::Mean, &all, Format::Auto), t(".")]),
        "On average it was $1,078.19."
    );
    assert_eq!(
        said(
            En,
            vec![t("That is "), c(CalcOp::PerDay, &["e1/0/billed_cost"], Format::Auto), t(".")]
        ),
        "That is $41.15 per day."
    );
    let share = vec![
        n("e2/1/cloud_service"),
        t(" is "),
        c(CalcOp::Share, &["e2/1/billed_cost", "e1/0/billed_cost"], Format::Auto),
        t(" of the total."),
    ];
    assert_eq!(said(En, share), "Amazon S3 is 24.3% of the total.");
}

fn whole_document() -> Draft {
    let mut draft = draft(vec![
        t("The "),
        m("e1/0/billed_cost"),
        t(" in "),
        p(month(2024, 9)),
        t(" was "),
        v("e1/0/billed_cost"),
        t("."),
    ]);
    draft.body =
        vec![Sentence(vec![n("e2/0/cloud_service"), t(" cost "), v("e2/0/billed_cost"), t(".")])];
    draft.result = DraftResult::Scalar {
        name: "billed_cost".to_owned(),
        value: FactOrCalc::Fact(at("e1/0/billed_cost")),
    };
    draft.tables = vec![DraftTable { evidence: "e2".to_owned(), columns: Vec::new() }];
    draft.findings = vec![DraftFinding {
        sentence: draft.body[0].clone(),
        evidence: vec!["e2".to_owned(), "e9".to_owned()],
    }];
    draft.assumptions = vec![DraftAssumption {
        code: "read_as".to_owned(),
        sentence: Sentence(vec![
            t("Read as the "),
            m("e1/0/billed_cost"),
            t(" of "),
            p(month(2024, 9)),
            t(", from "),
            asked("last 3 months"),
            t("."),
        ]),
    }];
    draft.charts = every_chart();
    draft.next =
        vec![Sentence(vec![t("What was the cost by region in "), p(month(2024, 9)), t("?")])];
    draft
}

fn every_chart() -> Vec<DraftChart> {
    [ChartKind::Bars, ChartKind::Line, ChartKind::StackedBars, ChartKind::Waterfall]
        .into_iter()
        .map(|kind| DraftChart {
            title: Sentence(vec![
                m("e2/0/billed_cost"),
                t(" by cloud service, "),
                p(month(2024, 9)),
            ]),
            kind,
            evidence: "e2".to_owned(),
            x: "cloud_service".to_owned(),
            y: vec!["billed_cost".to_owned()],
            series: None,
        })
        .collect()
}

#[test]
fn a_whole_document_holds_together() {
    let draft = whole_document();
    let answer = answer(&draft, En);
    let answer = answer.answer();
    assert_eq!(answer.run.withheld, 0, "{}\n{:?}", answer.text, answer.gaps);
    assert_eq!(answer.status, Status::Answered);
    assert_eq!(
        (answer.result.kind, answer.result.rows[0][0].as_deref()),
        (ResultKind::Scalar, Some("1234.5678"))
    );
    assert_eq!(answer.findings[0].evidence, ["e2"]);
    assert_eq!(answer.charts.len(), 4);
    insta::assert_snapshot!(answer.text, @r"
The billed cost in September 2024 was $1,234.57.

Amazon EC2 cost $800.00.

| Cloud service | Billed cost | Share |
| --- | ---: | ---: |
| Amazon EC2 | $800.00 | 64.8% |
| Amazon S3 | $300.25 | 24.3% |
| AWS Lambda | $134.32 | 10.9% |

**How the question was read**

- Read as the billed cost of September 2024, from “last 3 months”.

**What could be asked next**

- What was the cost by region in September 2024?
");
}

#[test]
fn what_is_not_loaded_in_full_is_declared_by_code() {
    let (question, mut evidence) = (question(Ko), ledger());
    evidence[0].facts.complete = false;
    let context = wherefore_verify::Context {
        question: &question,
        evidence: &evidence,
        periods: &[],
        run: wherefore_contract::answer::Run::default(),
    };
    let draft = draft(vec![t("비용은 "), v("e1/0/billed_cost"), j(Particle::Copula), t(".")]);
    let answer = wherefore_verify::verify(&draft, &context).into_answer();
    assert_eq!(answer.status, Status::Partial);
    assert_eq!(answer.gaps[0].code, "partial_period");
    assert_eq!(answer.run.withheld, 0);
    assert!(answer.assumptions.iter().any(|each| each.text.contains("2024년 9월")));
    assert!(answer.assumptions.iter().any(|each| each.text.contains("청구 비용")));
}

#[test]
fn a_declined_answer_says_what_is_loaded_and_holds_no_figure() {
    let mut draft = draft(vec![
        t("지난달 비용은 답할 수 없습니다. "),
        p(month(2024, 10)),
        t("의 데이터가 적재되지 않았습니다."),
    ]);
    draft.status = Status::Declined;
    draft.result = DraftResult::Scalar {
        name: "x".to_owned(),
        value: FactOrCalc::Fact(at("e1/0/billed_cost")),
    };
    draft.gaps = vec![DraftGap {
        code: "missing_period".to_owned(),
        source: "cost".to_owned(),
        sentence: Sentence(vec![
            p(month(2024, 9)),
            t("만 적재되어 있습니다. 유효 비용은 없습니다."),
        ]),
        effect: Sentence::default(),
    }];
    let (question, evidence) = (question(Ko), ledger());
    let context = wherefore_verify::Context {
        question: &question,
        evidence: &evidence,
        periods: &[month(2024, 10)],
        run: wherefore_contract::answer::Run::default(),
    };
    let answer = wherefore_verify::verify(&draft, &context).into_answer();
    assert_eq!(answer.run.withheld, 0, "{}", answer.text);
    assert_eq!(answer.result.kind, ResultKind::None);
    assert_eq!(
        answer.text,
        "지난달 비용은 답할 수 없습니다. 2024년 10월의 데이터가 적재되지 않았습니다.\n\n**답할 수 없는 이유**\n\n- 2024년 9월만 적재되어 있습니다. 유효 비용은 없습니다."
    );
}

#[test]
fn a_line_of_a_bridge_is_not_taken_for_all_of_its_cloud_service() {
    let (question, mut evidence) = (question(En), ledger());
    let mut bridge = crate::bench::evidence(
        "e9",
        "bridge",
        vec![
            Column::dimension("effect"),
            Column::dimension("cloud_service"),
            Column::dimension("usage_type"),
            Column::measure("amount", usd()),
        ],
        &[
            &["price", "Amazon EC2", "BoxUsage", "95"],
            &["price", "Amazon EC2", "", "-5.5"],
            &["mix", "Amazon EC2", "", "7"],
        ],
    );
    bridge.facts.table.rows[1][2] = None;
    bridge.facts.table.rows[2][2] = None;
    evidence.push(bridge);
    let context = wherefore_verify::Context {
        question: &question,
        evidence: &evidence,
        periods: &[],
        run: wherefore_contract::answer::Run::default(),
    };
    let line = |names: Vec<Span>, row: usize| {
        let mut spans = names;
        spans.extend([t(": "), vf(&format!("e9/{row}/amount"), Format::Signed), t(".")]);
        wherefore_verify::check(&draft(spans), &context)
    };
    let by = |row: usize| {
        vec![n(&format!("e9/{row}/effect")), t(", "), n(&format!("e9/{row}/cloud_service"))]
    };
    assert_eq!(line(by(2), 2), Vec::new());
    // Another line has the same effect and cloud service: only the missing usage type tells it apart.
    assert_eq!(line(by(1), 1).len(), 1);
    let mut named = by(1);
    named.extend([t(", "), n("e9/1/usage_type")]);
    assert_eq!(line(named, 1), Vec::new());
    // A line with a usage type needs it, and the service alone names no line.
    assert_eq!(line(by(0), 0).len(), 1);
    assert_eq!(line(vec![n("e9/2/cloud_service")], 2).len(), 1);
}
