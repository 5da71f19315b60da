//! Mistakes that models make: named once by path, mended in one turn, composed by code when they stay.

use std::sync::{Arc, Mutex};

use futures::future::BoxFuture;
use serde_json::{Value, json};
use wherefore_contract::{answer::Answer, answer::Status, question::Language, question::Question};
use wherefore_model::{ChatModel, Message, ModelError, ModelRequest, Reply, ScriptedModel, wire};

use super::fake::*;

/// A script that keeps what the orchestrator heard last.
struct Hearing(ScriptedModel, Arc<Mutex<Vec<Message>>>);

impl ChatModel for Hearing {
    fn name(&self) -> &'static str {
        "hearing"
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        if request.agent == "0" {
            *self.1.lock().unwrap() = request.messages.to_vec();
        }
        self.0.reply(request)
    }
}

const GOOD: &str =
    "The {{measure e1/0/billed_cost}} in {{period 2024-09}} is {{e1/0/billed_cost}}.";
const GOOD_KO: &str = "{{period 2024-09}} {{measure e1/0/billed_cost}}{{particle topic}} \
                       {{e1/0/billed_cost}}{{particle copula}}.";

/// The answer after `wrong` was submitted and then `mended`, and what the model was told between.
async fn mended(wrong: Value, mended: Value, language: Language) -> (Answer, String) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let both =
        calls(&[("query_cost", json!({})), ("compare_cost", json!({})), ("unit_cost", json!({}))]);
    let submit = |headline: Value| {
        let draft =
            json!({"status": "answered", "headline": headline, "result": "e1/0/billed_cost"});
        calls(&[("submit_answer", draft)])
    };
    let script = ScriptedModel::default()
        .with("orchestrator", [calls(&[task("analyzer")]), submit(wrong), submit(mended)])
        .with("analyzer", [both, done()]);
    let counted = wherefore_contract::tool::FactTable {
        table: wherefore_contract::table::Table {
            columns: vec![wherefore_contract::table::Column::measure(
                "transactions",
                wherefore_contract::unit::Unit::parse("transactions"),
            )],
            rows: vec![vec![Some("500".into())]],
        },
        ..total("1")
    };
    let tools = FakeTools::default()
        .with("query_cost", data(vec![total("12.50")], vec![]))
        .with(
            "compare_cost",
            data(vec![cost(&[("Amazon EC2", "9"), ("Amazon S3", "3.50")])], vec![]),
        )
        .with("unit_cost", data(vec![counted], vec![]));
    let day = jiff::civil::date(2024, 10, 15);
    let asked = Question::parse("What did we spend in September?", Some(language), day).unwrap();
    let model = Hearing(script, heard.clone());
    let answer = team(model).answer(&asked, &tools, &crate::Silent).await.into_answer();
    let messages = heard.lock().unwrap();
    let read = wire::read(&messages, wherefore_model::View::default());
    let told = match read.last().unwrap() {
        wire::WireMessage::Results { results } => results[0].text.clone(),
        other @ (wire::WireMessage::User { .. } | wire::WireMessage::Assistant { .. }) => {
            panic!("{other:?} is no result")
        }
    };
    let told: Value = serde_json::from_str(&told).unwrap();
    (answer, told["message"].as_str().unwrap_or_default().to_owned())
}

/// Typical mistakes, and what a model must be told to mend them.
fn mistakes() -> Vec<(Value, &'static str)> {
    vec![
        (
            json!("We spent $1,250.00 in total."),
            "headline[0]: literal text holds the digits `125000`",
        ),
        (
            json!("It is {{e1/7/billed_cost}}."),
            "headline[1]: no number stands at e1/7/billed_cost; e1 has the rows 0 to 0, and figures in billed_cost",
        ),
        (json!("It is {{e9/0/billed_cost}}."), "there is no evidence `e9`; there are e1, e2, e3"),
        (
            json!("{{name e2/5/cloud_service}} cost {{e2/0/billed_cost}}."),
            "headline[0]: no name stands at e2/5/cloud_service; e2 has the rows 0 to 1, and names in cloud_service",
        ),
        (
            json!("It is {{sum(e1/0/billed_cost, e3/0/transactions)}}."),
            "headline[1]: sum over USD and transactions mixes units; use facts of one unit",
        ),
        (json!("It is {{e2/0/billed_cost}}."), "name it with name spans of its row"),
        (json!("The cost rose to {{e1/0/billed_cost}}."), "headline[0]: `rose` is a direction"),
        (
            json!("In {{period 2023-01}} it is {{e1/0/billed_cost}}."),
            "is the period of no figure in this sentence",
        ),
    ]
}

#[tokio::test]
async fn a_mistake_is_named_by_its_path_and_mended_in_one_turn() {
    for (wrong, expected) in mistakes() {
        for (language, good, headline) in [
            (Language::En, GOOD, "The billed cost in September 2024 is $12.50."),
            (Language::Ko, GOOD_KO, "2024년 9월 청구 비용은 $12.50입니다."),
        ] {
            let (answer, told) = mended(wrong.clone(), json!(good), language).await;
            assert!(told.contains(expected), "{wrong}: {told}");
            assert_eq!(
                (answer.status, answer.headline.as_str()),
                (Status::Answered, headline),
                "{wrong}"
            );
            assert_eq!((answer.run.agents[0].turns, answer.run.withheld), (3, 0), "{wrong}");
        }
    }
}

#[tokio::test]
async fn a_mistake_that_stays_is_withheld_and_declared() {
    for (wrong, _) in mistakes() {
        let (answer, _) = mended(wrong.clone(), wrong.clone(), Language::En).await;
        assert!(answer.run.withheld > 0 && answer.status == Status::Partial, "{wrong}: {answer:?}");
        assert!(!answer.text.contains("1,250") && !answer.text.contains("rose"), "{}", answer.text);
    }
}
