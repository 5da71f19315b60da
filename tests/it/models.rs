//! The same questions over every wire of a language model: whole and streamed, at Bedrock and at an OpenAI-compatible
//! endpoint, with calls turned away and streams cut, give the same answers.

mod script;
mod server;

use serde_json::Value;
use wherefore::{clock::Clock, config::Config, wiring};
use wherefore_contract::question::Question;
use wherefore_team::Silent;

use self::server::{Faults, Server};
use crate::support::{AS_OF, estate};

const QUESTIONS: [&str; 3] = [
    "How did our billed cost move from August 2024 to September 2024?",
    "2024년 9월 클라우드 서비스별 청구 비용은?",
    "What was the billed cost in September 2024?",
];

/// The model's name and whether it streams.
const WIRES: [(&str, &str); 4] = [
    ("bedrock:us.anthropic.claude-scripted", "false"),
    ("bedrock:us.anthropic.claude-scripted", "true"),
    ("openai:scripted", "false"),
    ("openai:scripted", "true"),
];

fn config(server: &Server, warehouse: &str, (model, stream): (&str, &str)) -> Config {
    let path = if model.starts_with("openai") { "/v1" } else { "" };
    let url = format!("{}{path}", server.url);
    let setting = |name: &str| {
        let value = match name {
            "WHEREFORE_WAREHOUSE" => warehouse,
            "WHEREFORE_MODEL" => model,
            "WHEREFORE_MODEL_URL" => url.as_str(),
            "WHEREFORE_MODEL_KEY" => "test-key",
            "WHEREFORE_MODEL_REGION" => "us-east-1",
            "WHEREFORE_MODEL_STREAM" => stream,
            _ => return None,
        };
        Some(value.to_owned())
    };
    Config::read(setting).unwrap()
}

/// An answer without what differs from run to run by its nature: the account of the run, and the id that is made of all.
fn said(answer: &Value) -> Value {
    let mut said = answer.clone();
    let fields = said.as_object_mut().unwrap();
    fields.remove("run").unwrap();
    fields.remove("id");
    said
}

/// The answers of one wire, each with the account of its run.
async fn answers(server: &Server, warehouse: &str, wire: (&str, &str)) -> Vec<Value> {
    let config = config(server, warehouse, wire);
    let clock = Clock::standing_at("2024-10-15T09:00:00Z".parse().unwrap());
    let app = wiring::app(&config, clock, wiring::Keep::Nothing).await.unwrap();
    let mut answers = Vec::new();
    for text in QUESTIONS {
        let question = Question::parse(text, None, AS_OF.parse().unwrap()).unwrap();
        let answer = app.answer(&question, &Silent).await;
        answers.push(serde_json::from_str(&answer.to_json().to_string()).unwrap());
    }
    answers
}

#[tokio::test]
async fn every_wire_gives_the_same_answers() {
    let estate = estate();
    let server = Server::start(Faults::NONE).await;
    let mut first: Option<Vec<Value>> = None;
    for wire in WIRES {
        let all = answers(&server, estate.warehouse(), wire).await;
        for answer in &all {
            assert_eq!(answer["status"], "answered", "{wire:?}: {answer:#}");
            let agents = answer["run"]["agents"].as_array().unwrap();
            assert_eq!(agents.len(), 4, "{wire:?}: {answer:#}");
            assert!(agents.iter().all(|agent| agent["stop"] == "done"), "{agents:#?}");
            assert!(answer["run"]["input_tokens"].as_u64().unwrap() > 0);
        }
        let said: Vec<Value> = all.iter().map(said).collect();
        let expected = first.get_or_insert_with(|| said.clone());
        assert_eq!(*expected, said, "{wire:?}");
    }
    let first = first.unwrap();
    let headline = |at: usize| first[at]["headline"].as_str().unwrap().to_owned();
    assert!(
        headline(0).contains("rose from $506.85") && headline(0).contains("$558.00"),
        "{}",
        headline(0)
    );
    assert!(headline(1).contains("청구 비용"), "{}", headline(1));
    assert!(headline(2).contains("$558.00"), "{}", headline(2));
    assert_eq!(first[1]["result"]["rows"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_busy_provider_that_cuts_replies_changes_no_answer() {
    let estate = estate();
    let calm = Server::start(Faults::NONE).await;
    let expected: Vec<Value> =
        answers(&calm, estate.warehouse(), WIRES[0]).await.iter().map(said).collect();
    let busy = Server::start(Faults { throttled_percent: 20, cut_percent: 5 }).await;
    for wire in WIRES {
        for _ in 0..2 {
            let all = answers(&busy, estate.warehouse(), wire).await;
            assert_eq!(expected, all.iter().map(said).collect::<Vec<_>>(), "{wire:?}");
        }
    }
    let (asked, throttled, cut) = busy.counts();
    assert!(throttled * 100 > asked * 15 && cut * 100 > asked * 3, "{asked} {throttled} {cut}");
}

#[tokio::test(flavor = "multi_thread")]
async fn aws_credentials_alone_sign_calls_and_are_never_shown() {
    let estate = estate();
    let server = Server::start(Faults::NONE).await;
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_wherefore"));
    command
        .args(["ask", QUESTIONS[2], "--as-of", AS_OF, "--warehouse", estate.warehouse()])
        .env("WHEREFORE_MODEL", WIRES[1].0)
        .env("WHEREFORE_LOG", "debug")
        .env("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", &server.url)
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "never-shown-anywhere");
    let output = command.output().await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("$558.00"), "{output:?}");
    let signed = server.authorization();
    assert!(signed.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"), "{signed}");
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(!log.contains("never-shown") && !said.contains("never-shown"), "{log}");
}
