//! The messages that the house writes into a conversation.

use serde_json::{Map, Value, json};
use wherefore_contract::{
    memory::{Memory, MemoryKind},
    question::{Language, Turn},
};
use wherefore_prompts::TaskFacts;

use crate::run::Shared;

/// The first message of a role: the day, the language, the question and the task.
pub(crate) fn first_message(
    shared: &Shared<'_>,
    task: Option<&str>,
    request: Option<&Map<String, Value>>,
) -> String {
    let typed = |request: &Map<String, Value>| Value::Object(request.clone()).to_string();
    // A corrected reading is the orchestrator's task; sub-agents get theirs from it.
    let corrected = shared.question.request.as_ref().filter(|_| task.is_none());
    let request = request.or(corrected).map(typed);
    let turn = |turn: &Turn| match turn.request.as_ref().map(typed) {
        Some(request) => format!("{} (typed fields: {request})", turn.question),
        None => turn.question.clone(),
    };
    let earlier: Vec<String> = match task {
        None => shared.question.earlier.iter().map(turn).collect(),
        Some(_) => Vec::new(),
    };
    let facts = TaskFacts {
        today: &shared.question.as_of.to_string(),
        language: match shared.question.language() {
            Language::En => "English",
            Language::Ko => "Korean",
        },
        question: shared.question.text(),
        task: task.unwrap_or_default(),
        request: request.as_deref().unwrap_or_default(),
        earlier: &earlier,
    };
    let mut message = or_bare(shared.prompts.task(facts), task.unwrap_or(shared.question.text()));
    if task.is_none() && !shared.question.remembered.is_empty() {
        let lines: Vec<String> = shared.question.remembered.iter().map(remembered).collect();
        message.push_str("\n\n");
        message.push_str(&or_bare(shared.prompts.remembered(&lines), ""));
    }
    message
}

// One line of JSON, so that no text can pass for a line of the house. Readings of questions say nothing that the words
// do not; that of a correction is what the person put in their place.
fn remembered(memory: &Memory) -> String {
    let day = memory.asked_at.to_string();
    let reading = match memory.kind {
        MemoryKind::Correction => memory.reading.as_ref(),
        MemoryKind::Question | MemoryKind::Cause | MemoryKind::Note => None,
    };
    let mut line = json!({
        "day": day.get(..10).unwrap_or(&day),
        "said": memory.kind.as_str(),
        "text": memory.text.as_str(),
    });
    if let Some(line) = line.as_object_mut() {
        line.extend(reading.map(|reading| ("corrected_to".to_owned(), json!(reading))));
        line.extend(memory.means.as_ref().map(|means| ("means".to_owned(), json!(means))));
    }
    line.to_string()
}

/// The message after a reply in plain text.
pub(crate) fn free_text(shared: &Shared<'_>, submission: &str) -> String {
    or_bare(shared.prompts.free_text(submission), &format!("Call `{submission}` now."))
}

/// The message after a submission that broke the rules.
pub(crate) fn repair(shared: &Shared<'_>, problems: &[String]) -> String {
    or_bare(shared.prompts.repair(problems), &problems.join("\n"))
}

// Texts were parsed when the team was made, so a failure here means a field is missing: the
// conversation goes on with the bare text, and the log says so.
fn or_bare(text: Result<String, wherefore_prompts::PromptError>, bare: &str) -> String {
    text.unwrap_or_else(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "a prompt was not rendered");
        bare.to_owned()
    })
}
