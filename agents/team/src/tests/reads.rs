//! What a language model reads, word for word: roles with their tools, and a whole conversation at every width.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use futures::future::BoxFuture;
use serde_json::{Value, json};
use wherefore_contract::{
    dimension::{FocusDimension, Grain},
    quality::{Notice, NoticeCode, Severity},
    tool::ToolOutcome,
};
use wherefore_model::{
    ChatModel, Message, ModelError, ModelRequest, Reply, ScriptedModel, View,
    wire::{self, WireMessage},
};

use super::fake::*;
use crate::{Silent, role::OwnTools, role::Roster};

/// A script that keeps what each conversation was given last.
struct Keeping {
    script: ScriptedModel,
    heard: Arc<Mutex<BTreeMap<String, Vec<Message>>>>,
}

impl ChatModel for Keeping {
    fn name(&self) -> &'static str {
        "keeping"
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        self.heard.lock().unwrap().insert(request.agent.to_owned(), request.messages.to_vec());
        self.script.reply(request)
    }
}

fn as_json(messages: &[Message], view: View) -> Value {
    let one = |message: &WireMessage<'_>| match message {
        WireMessage::User { text } => json!({ "user": text.lines().collect::<Vec<_>>() }),
        WireMessage::Assistant { text, calls, .. } => json!({ "assistant": text, "calls": calls }),
        WireMessage::Results { results } => {
            let result = |result: &wire::WireResult<'_>| {
                let read: Value = serde_json::from_str(&result.text).unwrap();
                // Keys are sorted, so that the same conversation is the same bytes in every build.
                assert_eq!(read.to_string(), result.text);
                json!({ "tool": result.tool, "is_error": result.is_error, "text": result.text })
            };
            json!({ "results": results.iter().map(result).collect::<Vec<_>>() })
        }
    };
    wire::read(messages, view).iter().map(one).collect()
}

fn notice() -> Notice {
    Notice {
        code: NoticeCode::PartialPeriod,
        subject: "billed_cost".into(),
        source: "aws 123456789012".into(),
        billing_period: None,
        severity: Severity::Warning,
        figures: BTreeMap::default(),
        text: "The bill of this month is not closed.".into(),
    }
}

fn tools() -> FakeTools {
    let rows: Vec<(String, String)> =
        (0..70).map(|n| (format!("Cloud service {n}"), format!("{n}.25"))).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let nothing =
        ToolOutcome::NoData { searched: "budgets of September 2024".into(), notices: vec![] };
    FakeTools::default()
        .with("query_cost", data(vec![cost(&rows)], vec![notice()]))
        .with("compare_cost", data(vec![total("12.50")], vec![]))
        .with("budget_status", nothing)
        .with("unit_cost", ToolOutcome::Error { message: "write the workload's name".into() })
}

fn refused() -> Value {
    json!({ "status": "answered", "headline": [{"span": "text", "text": "We spent 1250 dollars."}],
        "result": {"result": "rows", "evidence": "e2"} })
}

fn script() -> ScriptedModel {
    let analyzer = [
        calls(&[("query_cost", json!({})), ("budget_status", json!({})), ("unit_cost", json!({}))]),
        calls(&[
            ("compare_cost", json!({})),
            ("query_cost", json!({})),
            ("forecast_cost", json!({})),
        ]),
        calls(&[(
            "submit_findings",
            json!({"findings": "It came to {{e2/0/billed_cost}} in {{period 2024-09}}."}),
        )]),
    ];
    let orchestrator = [
        Reply {
            text: Some("I look first.".into()),
            ..calls(&[("analyzer", json!({"task": "Get the cost of September."}))])
        },
        says("We spent $12.50."),
        calls(&[("submit_answer", json!({"status": "answered"}))]),
        calls(&[("submit_answer", refused())]),
        calls(&[("submit_answer", total_draft("e2"))]),
    ];
    ScriptedModel::default().with("analyzer", analyzer).with("orchestrator", orchestrator)
}

#[tokio::test]
async fn a_conversation_is_read_so_at_every_width() {
    let heard = Arc::new(Mutex::new(BTreeMap::new()));
    let model = Keeping { script: script(), heard: heard.clone() };
    let asked = question("What did we spend in September?");
    let answer = team(model).answer(&asked, &tools(), &Silent).await.into_answer();
    assert_eq!(answer.headline, "The billed cost in September 2024 is $12.50.");
    let heard = heard.lock().unwrap();
    assert_eq!(heard.keys().collect::<Vec<_>>(), ["0", "0.0.0"]);
    for (level, view) in View::LEVELS.into_iter().enumerate() {
        for (agent, messages) in heard.iter() {
            let name = format!("agent_{agent}_at_level_{level}");
            insta::assert_json_snapshot!(name, as_json(messages, view));
        }
    }
}

#[test]
fn every_role_is_given_these_tools_and_texts() {
    let roster = Roster::default();
    let own = OwnTools::of(&roster);
    let names: Vec<String> =
        roster.sub_agents().iter().flat_map(|role| role.tools.clone()).collect();
    // The schemas of the data's tools are kept with their catalogue; here stands who has which.
    let offered: Vec<_> = names
        .iter()
        .map(|name| wherefore_contract::tool::ToolSpec {
            name: name.clone(),
            description: String::new(),
            input_schema: serde_json::Map::new(),
        })
        .collect();
    let prompts = wherefore_prompts::Prompts::new().unwrap();
    for role in roster.roles() {
        let specs = role.specs(&own, &offered, true);
        let text = prompts.built_in(&role.name, &role.listed(true)).unwrap();
        for spec in &specs {
            assert!(text.contains(&spec.name), "the {} does not read of {}", role.name, spec.name);
        }
        let sent: Vec<Value> = specs
            .iter()
            .map(|spec| json!({"name": spec.name, "description": spec.description, "schema": spec.input_schema}))
            .collect();
        insta::assert_json_snapshot!(format!("tools_of_{}", role.name), sent);
        insta::assert_snapshot!(format!("text_of_{}", role.name), text);
    }
}

#[test]
fn the_same_team_sends_the_same_bytes() {
    let built = || {
        let (roster, prompts) = (Roster::default(), wherefore_prompts::Prompts::new().unwrap());
        let own = OwnTools::of(&roster);
        let one = |role: &crate::role::Role| {
            let specs = role.specs(&own, &[], true);
            let schemas: Vec<String> = specs
                .iter()
                .map(|spec| Value::Object(spec.input_schema.clone()).to_string())
                .collect();
            (prompts.built_in(&role.name, &role.listed(true)).unwrap(), schemas)
        };
        roster.roles().map(one).collect::<Vec<_>>()
    };
    assert_eq!(built(), built());
}

#[test]
fn the_words_of_queries_are_those_that_queries_have() {
    let text = wherefore_prompts::Prompts::new().unwrap().built_in("analyzer", &[]).unwrap();
    let words: Vec<&str> =
        text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).collect();
    let dimensions = FocusDimension::ALL.iter().map(|dimension| dimension.name());
    let grains = Grain::ALL.iter().map(|grain| grain.name());
    for word in dimensions.chain(grains).chain(["workload", "billed_cost"]) {
        assert!(words.contains(&word), "{word}");
    }
}
