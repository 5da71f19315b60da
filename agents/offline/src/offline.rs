//! The rules behind the model port: one conversation turn of each role.

use futures::future::{BoxFuture, FutureExt as _};
use serde::Serialize;
use serde_json::{Map, Value, json};
use wherefore_contract::{
    draft::{DraftFinding, Sentence},
    evidence::Evidence,
    question::Question,
    tool::ToolCall,
};
use wherefore_model::{
    ChatModel, Message, ModelError, ModelRequest, Reply, StopReason,
    team::{
        ANALYZER, COLLECTOR, Delegation, Findings, ORCHESTRATOR, RESEARCH, SUBMIT_ANSWER,
        SUBMIT_FINDINGS,
    },
};

use crate::{
    known::known,
    playbook::{Step, analysis, further, research},
    remembered::understand_remembering,
    request::{Ask, FiscalStart, Known, Reading, Understanding},
    say,
    understand::inherited_names,
};

/// Answers cost questions by rules. Holds nothing of a question, so one serves all questions at once.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfflineModel {
    fiscal_start: FiscalStart,
}

impl OfflineModel {
    /// The rules, with fiscal years that begin in this month.
    #[must_use]
    pub fn with_fiscal_start(fiscal_start: FiscalStart) -> Self {
        Self { fiscal_start }
    }
}

impl ChatModel for OfflineModel {
    fn name(&self) -> &'static str {
        "offline"
    }

    // The same rules would write the same draft again.
    fn can_repair(&self) -> bool {
        false
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        let reply = match request.role {
            ORCHESTRATOR => Ok(orchestrate(&request, self.fiscal_start)),
            COLLECTOR => Ok(collect(&request, self.fiscal_start)),
            ANALYZER => Ok(analyze(&request)),
            RESEARCH => Ok(search(&request)),
            other => Err(ModelError::Malformed {
                model: "offline".to_owned(),
                reason: format!("there are no rules for the role `{other}`"),
            }),
        };
        async move { reply }.boxed()
    }
}

/// Everything that the conversation has gathered, in order.
fn gathered(messages: &[Message]) -> Vec<Evidence> {
    let results = messages.iter().flat_map(|message| match message {
        Message::Tools { results } => results.as_slice(),
        Message::User { .. } | Message::Assistant { .. } => &[],
    });
    let mut all: Vec<Evidence> = Vec::new();
    for evidence in results.flat_map(|result| &result.evidence) {
        if !all.iter().any(|held| held.id == evidence.id) {
            all.push(evidence.clone());
        }
    }
    all
}

fn turns(messages: &[Message]) -> usize {
    messages.iter().filter(|message| matches!(message, Message::Assistant { .. })).count()
}

fn calls(turn: usize, steps: Vec<(String, Map<String, Value>)>) -> Reply {
    let call =
        |(index, (name, arguments))| ToolCall { id: format!("t{turn}c{index}"), name, arguments };
    Reply {
        calls: steps.into_iter().enumerate().map(call).collect(),
        stop: StopReason::ToolUse,
        ..Reply::default()
    }
}

fn object(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(map)) => map,
        Ok(_) | Err(_) => Map::new(),
    }
}

fn one(turn: usize, name: &str, arguments: &impl Serialize) -> Reply {
    calls(turn, vec![(name.to_owned(), object(arguments))])
}

fn steps(turn: usize, steps: Vec<Step>) -> Reply {
    calls(turn, steps.into_iter().map(|step| (step.tool.to_owned(), step.arguments)).collect())
}

fn orchestrate(request: &ModelRequest<'_>, fiscal_start: FiscalStart) -> Reply {
    let turn = turns(request.messages);
    if turn == 0 {
        let task = "Say what is loaded, and which names of the question stand for what.".to_owned();
        return one(turn, COLLECTOR, &Delegation { task, request: None });
    }
    let evidence = gathered(request.messages);
    let draft = match understood(request.question, &evidence, fiscal_start) {
        Understanding::Declined(decline) => say::declined(request.question, &decline, &evidence),
        Understanding::NeedsClarification(choices) => {
            say::asked_back(request.question, &choices, &evidence)
        }
        Understanding::AskedBack(lacking) => {
            say::asked_for_more(request.question, lacking, &evidence)
        }
        Understanding::Reading(reading) if turn == 1 => return delegate(turn, &reading),
        Understanding::Reading(reading) => say::answered(request.question, &reading, &evidence),
    };
    one(turn, SUBMIT_ANSWER, &draft)
}

// Names of an earlier request are looked up beside the question's own; they stand in no part of its text.
fn understood(
    question: &Question,
    evidence: &[Evidence],
    fiscal_start: FiscalStart,
) -> Understanding {
    let text = Some(question.text());
    let own = |held: &&Evidence| {
        held.tool != "find_metadata" || held.arguments.get("text").and_then(Value::as_str) == text
    };
    let evidence: Vec<Evidence> = evidence.iter().filter(own).cloned().collect();
    understand_remembering(question, &Known { fiscal_start, ..known(&evidence) })
}

fn delegate(turn: usize, reading: &Reading) -> Reply {
    let typed = Some(object(reading));
    let task = |text: &str| Delegation { task: text.to_owned(), request: typed.clone() };
    let mut roles =
        vec![(ANALYZER.to_owned(), object(&task("Get the figures that the request asks for.")))];
    if matches!(reading.ask, Ask::Explain) {
        let causes = task("Find out which parts of the estate make up the change.");
        roles.push((RESEARCH.to_owned(), object(&causes)));
    }
    calls(turn, roles)
}

fn collect(request: &ModelRequest<'_>, fiscal_start: FiscalStart) -> Reply {
    let turn = turns(request.messages);
    if turn == 0 {
        let names = json!({ "text": request.question.text(), "limit": 100 });
        let first = vec![
            ("describe_cost_data".to_owned(), Map::new()),
            ("find_metadata".to_owned(), object(&names)),
        ];
        return calls(turn, first);
    }
    let evidence = gathered(request.messages);
    if turn == 1
        && let Understanding::Reading(reading) =
            understood(request.question, &evidence, fiscal_start)
        && let Some(names) = inherited_names(&reading, request.question)
    {
        return one(turn, "find_metadata", &json!({ "text": names, "limit": 100 }));
    }
    let findings = say::collected(request.question, &evidence);
    submit(turn, findings)
}

fn submit(turn: usize, findings: Vec<DraftFinding>) -> Reply {
    one(turn, SUBMIT_FINDINGS, &Findings { findings, gaps: Vec::new() })
}

fn reading_of(messages: &[Message]) -> Option<Reading> {
    let Some(Message::User { request: Some(request), .. }) = messages.first() else { return None };
    serde_json::from_value(Value::Object(request.clone())).ok()
}

fn analyze(request: &ModelRequest<'_>) -> Reply {
    let turn = turns(request.messages);
    let Some(reading) = reading_of(request.messages) else { return submit(turn, Vec::new()) };
    let evidence = gathered(request.messages);
    let next = match turn {
        0 => analysis(&reading),
        later => further(&reading, &evidence, later),
    };
    if next.is_empty() {
        return submit(turn, finding(request.question, &reading, &evidence));
    }
    steps(turn, next)
}

fn finding(question: &Question, reading: &Reading, evidence: &[Evidence]) -> Vec<DraftFinding> {
    let headline: Sentence = say::answered(question, reading, evidence).headline;
    let ids: Vec<String> = evidence.iter().map(|held| held.id.clone()).collect();
    if ids.is_empty() {
        Vec::new()
    } else {
        vec![DraftFinding { sentence: headline, evidence: ids }]
    }
}

fn search(request: &ModelRequest<'_>) -> Reply {
    let turn = turns(request.messages);
    let Some(reading) = reading_of(request.messages) else { return submit(turn, Vec::new()) };
    if turn == 0 {
        let next = research(&reading);
        if !next.is_empty() {
            return steps(turn, next);
        }
    }
    submit(turn, say::researched(request.question, &reading, &gathered(request.messages)))
}

#[cfg(test)]
pub(crate) mod tests;
