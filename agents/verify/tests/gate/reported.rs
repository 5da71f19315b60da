//! Figures that another program reports: cited by reference like our own, never under our names, never with a made-up unit.

use wherefore_contract::{
    answer::Run,
    draft::{CalcOp, Format, Particle, Span},
    evidence::Evidence,
    question::Language::{self, En, Ko},
    table::Column,
    unit::Unit,
};
use wherefore_verify::{Context, Rule, check, render, verify};

use crate::bench::{c, draft, evidence, j, m, n, question, t, v};

fn reported() -> Vec<Evidence> {
    let columns = vec![
        Column::dimension("client.name"),
        Column::measure("errors", Unit::Quantity(String::new())),
        Column::measure("size_bytes", Unit::parse("bytes")),
        Column::measure("avg_latency_ms", Unit::parse("ms")),
    ];
    let mut rows = evidence(
        "e1",
        "rows",
        columns,
        &[&["nightly-batch", "1234", "2048", "12.5"], &["web", "20", "1024", "7.5"]],
    );
    "mcp:logs".clone_into(&mut rows.facts.source);
    rows.facts.period = None;
    "mcp:logs".clone_into(&mut rows.snapshot);
    vec![rows]
}

fn judged(language: Language, headline: Vec<Span>) -> Result<String, Vec<Rule>> {
    let (question, evidence) = (question(language), reported());
    let context =
        Context { question: &question, evidence: &evidence, periods: &[], run: Run::default() };
    let draft = draft(headline);
    let violations = check(&draft, &context);
    if !violations.is_empty() {
        return Err(violations.into_iter().map(|violation| violation.rule).collect());
    }
    let answer = verify(&draft, &context);
    assert_eq!(answer.answer().run.withheld, 0, "{}", answer.markdown());
    Ok(answer.answer().headline.clone())
}

#[test]
fn a_reported_figure_is_told_as_it_stands_with_the_unit_that_is_known() {
    let english = judged(
        En,
        vec![
            n("e1/0/client.name"),
            t(" had "),
            v("e1/0/errors"),
            t(" of "),
            m("e1/0/errors"),
            t("."),
        ],
    );
    assert_eq!(english.unwrap(), "nightly-batch had 1,234 of errors.");
    let korean = judged(
        Ko,
        vec![
            n("e1/1/client.name"),
            t("의 "),
            m("e1/1/size_bytes"),
            j(Particle::Topic),
            t(" "),
            v("e1/1/size_bytes"),
            j(Particle::Copula),
            t("."),
        ],
    );
    assert_eq!(korean.unwrap(), "web의 size bytes는 1,024 bytes입니다.");
    let sum = judged(
        En,
        vec![
            t("Together: "),
            c(CalcOp::Sum, &["e1/0/errors", "e1/1/errors"], Format::Auto),
            t("."),
        ],
    );
    assert_eq!(sum.unwrap(), "Together: 1,254.");
}

#[test]
fn what_does_not_add_up_or_belong_together_is_refused() {
    let averages = c(CalcOp::Sum, &["e1/0/avg_latency_ms", "e1/1/avg_latency_ms"], Format::Auto);
    assert_eq!(judged(En, vec![t("Together: "), averages, t(".")]), Err(vec![Rule::Arithmetic]));
    let unlike = c(CalcOp::Difference, &["e1/0/errors", "e1/0/size_bytes"], Format::Auto);
    assert_eq!(judged(En, vec![t("Apart: "), unlike, t(".")]), Err(vec![Rule::Arithmetic]));
    let unnamed = judged(En, vec![t("It had "), v("e1/0/errors"), t(".")]);
    assert!(unnamed.is_err());
    let made_up = judged(En, vec![n("e1/0/client.name"), t(" had 99 errors.")]);
    assert!(made_up.is_err());
}

#[test]
fn names_of_ours_are_known() {
    for own in [
        "billed_cost",
        "rows",
        "calls",
        "share",
        "change_percent",
        "cost",
        "latency_high",
        "errors_to",
        "distinct_user",
        "billed_cost_p95",
    ] {
        assert!(render::is_own_name(own), "{own}");
    }
    for other in ["errors", "client.name", "latency.high", "reported_rows", "UnblendedCost.Amount"]
    {
        assert!(!render::is_own_name(other), "{other}");
    }
}
