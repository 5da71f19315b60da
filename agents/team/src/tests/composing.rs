//! There is always an answer: repaired, withheld in part, or composed from the evidence.

use futures::future::BoxFuture;
use serde_json::{Value, json};
use wherefore_contract::{
    answer::{ResultKind, Status},
    question::{Language, Question},
};
use wherefore_model::{ChatModel, ModelError, ModelRequest, Reply, ScriptedModel};

use super::fake::*;

fn tools() -> FakeTools {
    FakeTools::default().with("query_cost", data(vec![total("12.50")], vec![])).with(
        "compare_cost",
        data(vec![cost(&[("Amazon EC2", "9"), ("Amazon S3", "3.50")])], vec![]),
    )
}

/// The orchestrator has figures of both tools, then makes these replies.
fn then(replies: impl IntoIterator<Item = Reply>) -> ScriptedModel {
    let both = calls(&[("query_cost", json!({})), ("compare_cost", json!({}))]);
    ScriptedModel::default()
        .with("orchestrator", std::iter::once(calls(&[task("analyzer")])).chain(replies))
        .with("analyzer", [both, done()])
}

fn with_digits() -> Value {
    let mut draft = total_draft("e1");
    draft["headline"] = json!([{ "span": "text", "text": "We spent 1250 dollars." }]);
    draft
}

#[tokio::test]
async fn a_model_that_fails_leaves_an_answer_made_of_the_largest_table() {
    let answer = ask(then([]), &tools()).await;
    assert_eq!((answer.status, codes(&answer)), (Status::Partial, vec!["model_failed"]));
    assert_eq!(answer.result.kind, ResultKind::Rows);
    let row = |name: &str, amount: &str| vec![Some(name.to_owned()), Some(amount.to_owned())];
    assert_eq!(answer.result.rows, [row("Amazon EC2", "9"), row("Amazon S3", "3.50")]);
    assert_eq!(answer.headline, "The figures that were gathered stand in the table below.");
    assert_eq!(answer.gaps[0].text, "The model gave no reply that can be used.");
    assert_eq!(answer.run.withheld, 0);
    for shown in ["Amazon EC2", "$9.00", "Amazon S3", "$3.50"] {
        assert!(answer.text.contains(shown), "{shown} is missing in {}", answer.text);
    }
}

#[tokio::test]
async fn a_model_that_fails_without_evidence_declines() {
    let answer = ask(ScriptedModel::default(), &tools()).await;
    assert_eq!((answer.status, codes(&answer)), (Status::Declined, vec!["model_failed"]));
    assert_eq!(answer.result.kind, ResultKind::None);
}

#[tokio::test]
async fn free_text_is_asked_for_again_and_then_submitted() {
    let replies = [says("We spent $12.50."), calls(&[("submit_answer", total_draft("e1"))])];
    let answer = ask(then(replies), &tools()).await;
    assert_eq!(
        (answer.status, answer.headline.as_str()),
        (Status::Answered, "The billed cost in September 2024 is $12.50.")
    );
}

#[tokio::test]
async fn free_text_that_stays_free_text_is_never_shown() {
    let answer = ask(then([says("We spent $99.99."), says("It is $99.99!")]), &tools()).await;
    assert_eq!((answer.status, codes(&answer)), (Status::Partial, vec!["free_text"]));
    assert!(!serde_json::to_string(&answer).unwrap().contains("99.99"));
}

#[tokio::test]
async fn a_draft_that_breaks_a_rule_gets_one_turn_to_be_mended() {
    let submit = |draft: Value| calls(&[("submit_answer", draft)]);
    let mended = ask(then([submit(with_digits()), submit(total_draft("e1"))]), &tools()).await;
    assert_eq!((mended.status, mended.run.withheld), (Status::Answered, 0));
    assert_eq!(mended.headline, "The billed cost in September 2024 is $12.50.");

    let stubborn = || then((0..9).map(|_| submit(with_digits())));
    let withheld = ask(stubborn(), &tools()).await;
    assert_eq!((withheld.status, withheld.run.agents[0].turns), (Status::Partial, 3));
    assert_eq!(codes(&withheld), ["withheld"]);
    assert!(!withheld.text.contains("1250"), "{}", withheld.text);
}

#[tokio::test]
async fn a_submission_that_cannot_be_read_is_explained_and_may_be_made_again() {
    let replies = [
        calls(&[("submit_answer", json!({ "status": "certain" }))]),
        calls(&[("submit_answer", total_draft("e1"))]),
    ];
    let answer = ask(then(replies), &tools()).await;
    assert_eq!((answer.status, answer.run.agents[0].turns), (Status::Answered, 3));
}

#[tokio::test]
async fn a_declined_answer_passes_through_without_figures() {
    let declined = json!({
        "status": "declined",
        "headline": [
            { "span": "period", "period": { "start": "2024-10-01", "end": "2024-11-01" } },
            { "span": "text", "text": " is not loaded." },
        ],
        "gaps": [{
            "code": "missing_period",
            "source": "cost",
            "sentence": [{ "span": "text", "text": "No charges of that month are loaded." }],
        }],
    });
    let answer = ask(then([calls(&[("submit_answer", declined)])]), &tools()).await;
    assert_eq!((answer.status, codes(&answer)), (Status::Declined, vec!["missing_period"]));
    assert_eq!((answer.headline.as_str(), answer.run.withheld), ("October 2024 is not loaded.", 0));
    assert_eq!(answer.result.kind, ResultKind::None);
}

#[tokio::test]
async fn the_same_run_gives_the_same_bytes() {
    let once = || async {
        let model = then([says("?"), calls(&[("submit_answer", total_draft("e1"))])]);
        serde_json::to_string(&ask(model, &tools()).await).unwrap()
    };
    assert_eq!(once().await, once().await);
}

#[tokio::test]
async fn a_single_figure_is_composed_into_a_sentence_in_both_languages() {
    let compose = |language| async move {
        let tools = FakeTools::default().with("query_cost", data(vec![total("12.50")], vec![]));
        let model = ScriptedModel::default()
            .with("orchestrator", [calls(&[task("analyzer")])])
            .with("analyzer", [calls(&[("query_cost", json!({}))]), done()]);
        let day = jiff::civil::date(2024, 10, 15);
        let asked = Question::parse("9월 비용?", Some(language), day).unwrap();
        let answer = team(model).answer(&asked, &tools, &crate::Silent).await.into_answer();
        assert_eq!((answer.status, answer.run.withheld), (Status::Partial, 0));
        answer.headline
    };
    assert_eq!(compose(Language::En).await, "The billed cost of September 2024 is $12.50.");
    assert_eq!(compose(Language::Ko).await, "2024년 9월 청구 비용은 $12.50입니다.");
}

/// A model with rules: it would only repeat a refused draft.
struct Rules(ScriptedModel);

impl ChatModel for Rules {
    fn name(&self) -> &'static str {
        "rules"
    }

    fn can_repair(&self) -> bool {
        false
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        self.0.reply(request)
    }
}

#[tokio::test]
async fn a_model_with_rules_is_not_asked_to_mend_its_draft() {
    let submissions = (0..9).map(|_| calls(&[("submit_answer", with_digits())]));
    let asked = question("What did we spend in September?");
    let answer = team(Rules(then(submissions))).answer(&asked, &tools(), &crate::Silent).await;
    let answer = answer.into_answer();
    assert_eq!((answer.run.agents[0].turns, answer.run.withheld), (2, 1));
    assert!(!answer.text.contains("1250"), "{}", answer.text);
}
