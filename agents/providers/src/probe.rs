//! Whether a language model can be used here: credentials, access, streaming and tools, each tried with one small call.

mod advice;

use serde_json::{Map, Value, json};
use wherefore_contract::{Decimal, question::Question, tool::ToolSpec};
use wherefore_model::{
    ChatModel, Message, ModelError, ModelRequest, Prices, Reply, StopReason, Usage, View,
};

use crate::{
    bedrock::{self, Bedrock},
    openai::OpenAi,
    setting::{ModelChoice, ModelOptions},
};

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Fine,
    /// It works, with less than there could be.
    Lacking,
    /// It does not work; the detail says what to do.
    Broken,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// In two or three words, e.g. `model access`.
    pub what: &'static str,
    pub standing: Standing,
    pub detail: String,
}

impl Finding {
    fn fine(what: &'static str, detail: impl Into<String>) -> Self {
        Self { what, standing: Standing::Fine, detail: detail.into() }
    }

    fn lacking(what: &'static str, detail: impl Into<String>) -> Self {
        Self { what, standing: Standing::Lacking, detail: detail.into() }
    }

    fn broken(what: &'static str, detail: impl Into<String>) -> Self {
        Self { what, standing: Standing::Broken, detail: detail.into() }
    }
}

const TOOL: &str = "note_month";
const MONTH: &str = "2024-09";

/// Looks at everything that a model needs, with at most four small calls. Never shows a secret. Stops at the first thing
/// without which the rest cannot be tried.
pub async fn probe(
    choice: &ModelChoice,
    options: &ModelOptions,
    prices: &Prices,
    question: &Question,
) -> Vec<Finding> {
    let mut findings = vec![settings(choice, options)];
    match choice {
        ModelChoice::Offline => return findings,
        ModelChoice::Bedrock(_) => findings.push(identity(options).await),
        ModelChoice::OpenAi(_) => findings.push(key(options)),
    }
    if findings.iter().any(|finding| finding.standing == Standing::Broken) {
        return findings;
    }
    let mut asked = Usage::default();
    let whole =
        match reach(choice, &ModelOptions { stream: false, ..options.clone() }, prices).await {
            Ok((place, model)) => {
                findings.push(Finding::fine("model endpoint", place));
                model
            }
            Err(problem) => {
                findings.push(problem);
                return findings;
            }
        };
    let ready = ask(&*whole, question, "Answer with the one word: ready", &[]).await;
    findings.push(match ready {
        Ok(reply) => {
            asked += reply.usage;
            answered(&reply)
        }
        Err(error) => {
            findings.push(Finding::broken("model access", advice::on(choice, options, &error)));
            return findings;
        }
    });
    let streamed = reach(choice, &ModelOptions { stream: true, ..options.clone() }, prices).await;
    let Ok((_, streamed)) = streamed else { return findings };
    let call = ask(&*streamed, question, INSTRUCTION, &[tool()]).await;
    let by_stream = call.is_ok();
    findings.push(streaming(options, call.as_ref().err()));
    let call = if by_stream { call } else { ask(&*whole, question, INSTRUCTION, &[tool()]).await };
    if let Ok(reply) = &call {
        asked += reply.usage;
    }
    findings.push(match call {
        Ok(reply) => calls(&reply),
        Err(error) => Finding::broken("tool use", advice::on(choice, options, &error)),
    });
    findings.push(cost(&*whole, asked));
    findings
}

const INSTRUCTION: &str =
    "Call the tool note_month with the month 2024-09. Do not answer in words.";

fn settings(choice: &ModelChoice, options: &ModelOptions) -> Finding {
    if *choice == ModelChoice::Offline {
        return Finding::fine("model", "offline: rules, no language model and no network");
    }
    let way = if options.stream { "streamed" } else { "whole" };
    let place = options.url.as_ref().map(|url| format!(" at {url}")).unwrap_or_default();
    let detail = format!(
        "{choice}{place}, replies {way}, at most {} tokens and {} s each, {} at once",
        options.max_tokens,
        options.timeout.as_secs(),
        options.concurrency
    );
    Finding::fine("model", detail)
}

async fn identity(options: &ModelOptions) -> Finding {
    const WHAT: &str = "model credentials";
    if options.key.is_some() {
        return Finding::fine(WHAT, "a Bedrock API key (WHEREFORE_MODEL_KEY)");
    }
    match bedrock::credentials(options).await {
        Ok(way) => Finding::fine(WHAT, format!("AWS credentials: {way}")),
        Err(problem) => Finding::broken(WHAT, format!("{}: {problem}", advice::NO_CREDENTIALS)),
    }
}

fn key(options: &ModelOptions) -> Finding {
    const WHAT: &str = "model credentials";
    if options.key.is_some() {
        Finding::fine(WHAT, "a key (WHEREFORE_MODEL_KEY)")
    } else if options.url.is_none() {
        Finding::broken(WHAT, "OpenAI needs a key: put it into WHEREFORE_MODEL_KEY")
    } else {
        Finding::fine(WHAT, "none: requests carry no key")
    }
}

/// Where calls go, and the model there.
async fn reach(
    choice: &ModelChoice,
    options: &ModelOptions,
    prices: &Prices,
) -> Result<(String, Box<dyn ChatModel>), Finding> {
    let broken = |error: crate::ConnectError| Finding::broken("model endpoint", error.to_string());
    match choice {
        ModelChoice::Bedrock(model) => {
            let model = Bedrock::connect(model, options, prices).await.map_err(broken)?;
            let place = options.url.as_ref().map(|url| format!(" at {url}")).unwrap_or_default();
            Ok((format!("Bedrock in {}{place}", model.region()), Box::new(model)))
        }
        ModelChoice::OpenAi(model) => {
            let model = OpenAi::connect(model, options, prices).map_err(broken)?;
            Ok((model.address().to_owned(), Box::new(model)))
        }
        ModelChoice::Offline => Err(broken(crate::ConnectError::Offline(ModelChoice::Offline))),
    }
}

async fn ask(
    model: &dyn ChatModel,
    question: &Question,
    text: &str,
    tools: &[ToolSpec],
) -> Result<Reply, ModelError> {
    let request = ModelRequest {
        role: "doctor",
        agent: "0",
        system: "You are being tried out. Do exactly what is asked.",
        question,
        messages: &[Message::user(text)],
        tools,
        view: View::default(),
    };
    model.reply(request).await
}

fn tool() -> ToolSpec {
    let month = json!({"type": "string", "description": "A month such as 2024-09."});
    let schema = [
        ("type", json!("object")),
        ("properties", json!({"month": month})),
        ("required", json!(["month"])),
        ("additionalProperties", json!(false)),
    ];
    ToolSpec {
        name: TOOL.to_owned(),
        description: "Notes a month.".to_owned(),
        input_schema: schema
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect::<Map<String, Value>>(),
    }
}

fn answered(reply: &Reply) -> Finding {
    const WHAT: &str = "model access";
    let words = reply.text.as_deref().unwrap_or_default().trim();
    let words: String = words.chars().take(40).collect();
    match reply.stop {
        StopReason::Refused => Finding::broken(
            WHAT,
            "the model or a guardrail refused a harmless request: look at the guardrail's log",
        ),
        StopReason::MaxTokens if words.is_empty() => Finding::lacking(
            WHAT,
            "the model thought until its reply was full: raise WHEREFORE_MODEL_MAX_TOKENS",
        ),
        StopReason::EndOfTurn | StopReason::ToolUse | StopReason::MaxTokens => {
            Finding::fine(WHAT, format!("it answered `{words}`"))
        }
    }
}

fn streaming(options: &ModelOptions, error: Option<&ModelError>) -> Finding {
    const WHAT: &str = "model streaming";
    match error {
        None => Finding::fine(WHAT, "replies can be streamed"),
        Some(error) => {
            let detail = format!("replies cannot be streamed ({error})");
            if options.stream {
                Finding::broken(WHAT, format!("{detail}: set WHEREFORE_MODEL_STREAM=false"))
            } else {
                Finding::lacking(WHAT, format!("{detail}; the settings do not ask for it"))
            }
        }
    }
}

fn calls(reply: &Reply) -> Finding {
    const WHAT: &str = "model tool use";
    let month = |reply: &Reply| {
        let call = reply.calls.iter().find(|call| call.name == TOOL)?;
        Some(call.arguments.get("month").and_then(Value::as_str).unwrap_or_default().to_owned())
    };
    match month(reply) {
        Some(month) if month == MONTH => Finding::fine(WHAT, "it called a tool as it was asked to"),
        Some(month) => Finding::lacking(
            WHAT,
            format!("it called a tool, but wrote `{month}` for `{MONTH}`: expect weak answers"),
        ),
        None => Finding::broken(WHAT, advice::NO_CALL),
    }
}

fn cost(model: &dyn ChatModel, usage: Usage) -> Finding {
    const WHAT: &str = "model price";
    let tokens = format!("{} tokens read, {} written", usage.input_tokens, usage.output_tokens);
    match model.price() {
        Some(price) => {
            let cost: Decimal = price.of(usage);
            let detail = format!(
                "{tokens} by these tries, {} USD; {} and {} USD a million tokens ({})",
                cost.round_dp(6).normalize(),
                price.input,
                price.output,
                price.source
            );
            Finding::fine(WHAT, detail)
        }
        None => Finding::lacking(
            WHAT,
            format!(
                "{tokens} by these tries; its price is not known, so bounds in money do not hold: name a file with it in \
                 WHEREFORE_MODEL_PRICES"
            ),
        ),
    }
}
