//! Findings, gaps and notices of sub-agents reach the answer they belong to.

use jiff::civil::date;
use serde_json::{Value, json};
use wherefore_contract::{
    answer::{Answer, Status},
    quality::{Notice, NoticeCode, Severity},
    question::{Language, Question},
    table::{Column, Table},
    tool::FactTable,
};
use wherefore_model::ScriptedModel;

use super::fake::*;
use crate::Silent;

fn notice(code: NoticeCode, subject: &str, month: i8, severity: Severity) -> Notice {
    Notice {
        code,
        subject: subject.into(),
        source: "AWS 000000000001".into(),
        billing_period: Some(date(2024, month, 1)),
        severity,
        figures: [("rows".to_owned(), "993".to_owned())].into(),
        text: String::new(),
    }
}

fn notices_table(notices: &[Notice]) -> FactTable {
    let row = |notice: &Notice| {
        let code = serde_json::to_value(notice.code).unwrap();
        vec![
            code.as_str().map(str::to_owned),
            (!notice.subject.is_empty()).then(|| notice.subject.clone()),
            Some(notice.source.clone()),
            notice.billing_period.map(|day| day.to_string()),
        ]
    };
    FactTable {
        name: "notices".into(),
        table: Table {
            columns: vec![
                Column::dimension("code"),
                Column::dimension("subject"),
                Column::dimension("source"),
                Column::time("billing_period"),
            ],
            rows: notices.iter().map(row).collect(),
        },
        period: None,
        ..cost(&[])
    }
}

async fn answer(language: Language, notices: Vec<Notice>, draft: Value) -> Answer {
    let described = data(vec![notices_table(&notices)], vec![]);
    let tools = FakeTools::default()
        .with("describe_cost_data", described)
        .with("query_cost", data(vec![total("12.50")], notices));
    let finding = |fact: &str| json!({ "sentence": total_sentence(fact), "evidence": ["e1"] });
    let findings = json!({
        "findings": [finding("e1/0/billed_cost"), finding("e1/7/billed_cost")],
        "gaps": [{
            "code": "missing_volumes",
            "source": "transactions",
            "sentence": [{ "span": "text", "text": "No transactions are loaded." }],
        }],
    });
    let model = ScriptedModel::default()
        .with(
            "orchestrator",
            [
                calls(&[task("collector"), task("analyzer")]),
                calls(&[("submit_answer", draft.clone())]),
                calls(&[("submit_answer", draft)]),
            ],
        )
        .with("collector", [calls(&[("describe_cost_data", json!({}))]), done()])
        .with(
            "analyzer",
            [calls(&[("query_cost", json!({}))]), calls(&[("submit_findings", findings)])],
        );
    let asked = Question::parse("9월 비용?", Some(language), date(2024, 10, 15)).unwrap();
    team(model).answer(&asked, &tools, &Silent).await.into_answer()
}

#[tokio::test]
async fn findings_and_gaps_fill_what_the_draft_leaves_open_and_mistakes_do_not() {
    let answer = answer(Language::En, vec![], total_draft("e2")).await;
    let findings: Vec<_> = answer.findings.iter().map(|f| (f.text.as_str(), &f.evidence)).collect();
    assert_eq!(
        findings,
        [("The billed cost in September 2024 is $12.50.", &vec!["e2".to_owned()])]
    );
    assert_eq!((codes(&answer), answer.run.withheld), (vec!["missing_volumes"], 0));
}

#[tokio::test]
async fn notices_that_qualify_a_figure_become_gaps_in_both_languages() {
    let notices = vec![
        notice(NoticeCode::PartialPeriod, "", 9, Severity::Warning),
        notice(NoticeCode::RoundedMetric, "billed_cost", 8, Severity::Warning),
        notice(NoticeCode::RoundedMetric, "billed_cost", 9, Severity::Warning),
        notice(NoticeCode::Untagged, "tag:team", 9, Severity::Warning),
        notice(NoticeCode::RepeatedIds, "", 9, Severity::Note),
    ];
    let gaps = |answer: &Answer| {
        let gap = |gap: &wherefore_contract::answer::Gap| format!("{}: {}", gap.code, gap.text);
        answer.gaps.iter().skip(1).map(gap).collect::<Vec<_>>().join("\n")
    };
    let english = answer(Language::En, notices.clone(), total_draft("e2")).await;
    assert_eq!((english.status, english.run.withheld), (Status::Partial, 0));
    insta::assert_snapshot!(gaps(&english));
    let korean = answer(Language::Ko, notices, total_draft("e2")).await;
    insta::assert_snapshot!(gaps(&korean));
}

#[tokio::test]
async fn every_notice_has_words_that_pass_the_gate() {
    use NoticeCode::*;
    let all = [
        MissingDays,
        PartialPeriod,
        RoundedMetric,
        ZeroMetric,
        MissingMetric,
        MixedCurrencies,
        IdentityFailed,
        IdentityUnchecked,
        NotANumber,
        TooManyDecimals,
        CreditsHideUsage,
        Untagged,
        AmbiguousNames,
        RepeatedIds,
        BilledElsewhere,
        ListBelowEffective,
        UnknownCommitmentCost,
        SplitCostRows,
        Restated,
        UnknownWorkload,
        MixedTimeSpellings,
        UnknownColumns,
        InvalidTags,
    ];
    for language in [Language::En, Language::Ko] {
        let notices = all.map(|code| notice(code, "", 9, Severity::Bar)).to_vec();
        let answer = answer(language, notices, total_draft("e2")).await;
        let missing: Vec<_> = all
            .iter()
            .map(|code| serde_json::to_value(code).unwrap())
            .filter(|code| !codes(&answer).contains(&code.as_str().unwrap()))
            .collect();
        assert_eq!((missing, answer.run.withheld), (vec![], 0), "{language}");
    }
}

#[tokio::test]
async fn an_answer_without_figures_gets_no_notices() {
    let draft = json!({
        "status": "declined",
        "headline": [{ "span": "text", "text": "Nothing of that is loaded." }],
    });
    let notices = vec![notice(NoticeCode::PartialPeriod, "", 9, Severity::Warning)];
    let answer = answer(Language::En, notices, draft).await;
    assert_eq!((answer.status, answer.gaps, answer.findings), (Status::Declined, vec![], vec![]));
}

#[tokio::test]
async fn a_notice_about_many_bills_is_one_gap() {
    let bill = |source: &str| Notice {
        source: source.into(),
        ..notice(NoticeCode::PartialPeriod, "", 9, Severity::Warning)
    };
    let notices = ["AWS a", "AWS b", "AWS c", "AWS d", "AWS e"].map(bill).to_vec();
    for (language, expected) in [
        (
            Language::En,
            "The billing period is not loaded to its end: AWS a, AWS b, AWS c, and others, September 2024.",
        ),
        (
            Language::Ko,
            "청구 기간이 끝까지 적재되지 않았습니다: AWS a, AWS b, AWS c, 그 밖의 청구서, 2024년 9월.",
        ),
    ] {
        let answer = answer(language, notices.clone(), total_draft("e2")).await;
        let texts: Vec<_> = answer.gaps.iter().skip(1).map(|gap| gap.text.as_str()).collect();
        assert_eq!(texts, [expected]);
    }
}
