//! Ranked causes: scores, paths and quotes are cells of the evidence, or they are not shown.

use wherefore_contract::{
    Decimal,
    answer::Run,
    draft::{Draft, DraftHypothesis, Particle, Sentence, Span},
    evidence::Evidence,
    question::Language::{self, En, Ko},
    table::Column,
    unit::Unit,
};
use wherefore_verify::{Context, Rule, check, fence, verify};

use crate::bench::{draft, evidence, j, n, question, t};

fn investigated() -> Vec<Evidence> {
    let columns = vec![
        Column::dimension("workload"),
        Column::dimension("kind"),
        Column::dimension("line"),
        Column::measure("score", Unit::Quantity(String::new())),
    ];
    let rows: &[&[&str]] = &[
        &["redis", "resource_saturation", "OOM command not allowed: used 1,073 MB > max", "0.82"],
        &["checkout", "bad_deployment", "v412 started\u{202e}", "0.31"],
    ];
    let mut table = evidence("e1", "hypotheses", columns, rows);
    table.facts.period = None;
    vec![table]
}

fn cause(row: usize) -> DraftHypothesis {
    let at = |column: &str| format!("e1/{row}/{column}");
    DraftHypothesis {
        score: at("score").parse().unwrap(),
        cause: Sentence(vec![n(&at("workload")), t(" is where it began.")]),
        path: vec![at("workload").parse().unwrap(), "e1/1/workload".parse().unwrap()],
        supports: vec!["e1".to_owned()],
        contradicts: vec![],
        next_check: Sentence(vec![t("Look at the logs of "), n(&at("workload")), t(".")]),
    }
}

fn quoted(row: usize, start: usize, end: usize) -> Vec<Span> {
    let line = format!("e1/{row}/line").parse().unwrap();
    vec![n("e1/0/workload"), t(" says "), Span::Quote { fact: line, start, end }, t(".")]
}

fn of(causes: Vec<DraftHypothesis>) -> Draft {
    Draft { hypotheses: causes, ..draft(vec![n("e1/0/workload"), t(" is the likeliest cause.")]) }
}

fn judged(draft: &Draft, language: Language) -> (Vec<Rule>, wherefore_contract::answer::Answer) {
    let (question, evidence) = (question(language), investigated());
    let context =
        Context { question: &question, evidence: &evidence, periods: &[], run: Run::default() };
    let rules = check(draft, &context).into_iter().map(|violation| violation.rule).collect();
    let answer = verify(draft, &context).into_answer();
    assert!(fence::check_document(&answer, &evidence).is_empty(), "{}", answer.text);
    (rules, answer)
}

#[test]
fn causes_stand_in_their_order_with_scores_paths_and_next_checks() {
    let (rules, answer) = judged(&of(vec![cause(0), cause(1)]), En);
    assert_eq!((rules, answer.run.withheld), (vec![], 0), "{}", answer.text);
    let first = &answer.hypotheses[0];
    assert_eq!((first.rank, first.score.as_str()), (1, "0.82"));
    assert_eq!(first.path, ["redis", "checkout"]);
    assert_eq!(first.next_check, "Look at the logs of redis.");
    assert!(
        answer.text.contains(
            "**Possible causes, likeliest first**\n\n- redis is where it began. score: 0.82. Look at the logs of redis."
        ),
        "{}",
        answer.text
    );
    assert_eq!(answer.hypotheses[1].rank, 2);
}

#[test]
fn a_cause_out_of_order_or_without_ground_is_withheld() {
    let (rules, answer) = judged(&of(vec![cause(1), cause(0)]), En);
    assert_eq!((rules, answer.run.withheld), (vec![Rule::Shape], 1));
    assert_eq!(answer.hypotheses.len(), 1);
    for spoil in [
        (|one| one.score = "e1/0/line".parse().unwrap()) as fn(&mut DraftHypothesis),
        |one| one.score = "e9/0/score".parse().unwrap(),
        |one| one.path = vec!["e1/7/workload".parse().unwrap()],
        |one| one.path = vec!["e1/0/score".parse().unwrap()],
        |one| one.supports = vec!["e4".to_owned()],
        |one| one.cause = Sentence(vec![t("It broke at 14 percent.")]),
        |one| one.next_check = Sentence(vec![t("Spend $9 on it.")]),
    ] {
        let mut bad = cause(0);
        spoil(&mut bad);
        let (rules, answer) = judged(&of(vec![bad]), En);
        assert!(!rules.is_empty(), "{}", answer.text);
        assert_eq!((answer.hypotheses.len(), answer.run.withheld), (0, 1), "{}", answer.text);
    }
}

#[test]
fn a_line_is_quoted_letter_by_letter_and_marked() {
    let draft = |spans| Draft { body: vec![Sentence(spans)], ..of(vec![]) };
    let (rules, answer) = judged(&draft(quoted(0, 0, 40)), En);
    assert_eq!(rules, []);
    assert!(
        answer.text.contains("redis says “OOM command not allowed: used 1,073 MB &gt;”."),
        "{}",
        answer.text
    );
    let korean = vec![
        n("e1/0/workload"),
        j(Particle::Topic),
        t(" "),
        quoted(0, 0, 3).remove(2),
        t("을 남겼습니다."),
    ];
    let (rules, answer) = judged(&draft(korean), Ko);
    assert_eq!(rules, []);
    assert!(answer.text.contains("‘OOM’"), "{}", answer.text);
    // Letters that cannot be seen are made harmless.
    let (_, answer) = judged(&draft(quoted(1, 0, 15)), En);
    assert!(!answer.text.contains('\u{202e}'), "{}", answer.text);
}

#[test]
fn what_is_no_part_of_a_line_is_no_quote() {
    for spans in
        [quoted(0, 0, 900), quoted(0, 5, 5), quoted(0, 9, 4), quoted(1, 0, 14), quoted(7, 0, 3)]
    {
        let (rules, answer) = judged(&Draft { body: vec![Sentence(spans)], ..of(vec![]) }, En);
        assert_eq!((rules, answer.run.withheld), (vec![Rule::Reference], 1), "{}", answer.text);
    }
    let name = Span::Quote { fact: "e1/0/workload".parse().unwrap(), start: 0, end: 3 };
    let (rules, _) = judged(&Draft { body: vec![Sentence(vec![name])], ..of(vec![]) }, En);
    assert_eq!(rules, [Rule::Reference]);
}

#[test]
fn a_document_whose_causes_were_changed_afterwards_is_caught() {
    let (_, answer) = judged(&of(vec![cause(0), cause(1)]), En);
    for spoil in [
        (|one| one.hypotheses[0].score = "0.83".to_owned())
            as fn(&mut wherefore_contract::answer::Answer),
        |one| one.hypotheses.swap(0, 1),
        |one| one.hypotheses[0].path.push("postgres".to_owned()),
        |one| one.hypotheses[0].cause = "postgres is where it began.".to_owned(),
        |one| one.hypotheses[1].contradicts = vec!["e7".to_owned()],
        |one| one.hypotheses.truncate(1),
    ] {
        let mut forged = answer.clone();
        spoil(&mut forged);
        assert!(
            !fence::check_document(&forged, &investigated()).is_empty(),
            "{:?}",
            forged.hypotheses
        );
    }
    assert_eq!(answer.hypotheses[0].score.parse::<Decimal>().unwrap(), Decimal::new(82, 2));
}
