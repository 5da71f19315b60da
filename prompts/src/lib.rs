//! The texts that a language model reads: roles, partials and a glossary, rendered strictly.

use minijinja::{Environment, UndefinedBehavior, Value, context, value::Serde};
use serde::{Deserialize, Serialize};

const FILES: &[(&str, &str)] = &[
    ("roles/orchestrator.md", include_str!("../roles/orchestrator.md")),
    ("roles/collector.md", include_str!("../roles/collector.md")),
    ("roles/analyzer.md", include_str!("../roles/analyzer.md")),
    ("roles/research.md", include_str!("../roles/research.md")),
    (OWN, include_str!("../roles/own.md")),
    ("partials/spans.md", include_str!("../partials/spans.md")),
    ("partials/query.md", include_str!("../partials/query.md")),
    ("partials/example_answer.md", include_str!("../partials/example_answer.md")),
    ("partials/example_findings.md", include_str!("../partials/example_findings.md")),
    ("examples/evidence.json", include_str!("../examples/evidence.json")),
    ("examples/answer_en.json", include_str!("../examples/answer_en.json")),
    ("examples/headline_ko.json", include_str!("../examples/headline_ko.json")),
    ("examples/declined_en.json", include_str!("../examples/declined_en.json")),
    ("examples/findings_en.json", include_str!("../examples/findings_en.json")),
    ("partials/words.md", include_str!("../partials/words.md")),
    ("partials/untrusted.md", include_str!("../partials/untrusted.md")),
    ("partials/tools.md", include_str!("../partials/tools.md")),
    (TASK, include_str!("../partials/task.md")),
    (REMEMBERED, include_str!("../partials/remembered.md")),
    (FREE_TEXT, include_str!("../partials/free_text.md")),
    (REPAIR, include_str!("../partials/repair.md")),
];
const GLOSSARY: &str = include_str!("../glossary/ko.toml");
const OWN: &str = "roles/own.md";
const TASK: &str = "partials/task.md";
const REMEMBERED: &str = "partials/remembered.md";
const FREE_TEXT: &str = "partials/free_text.md";
const REPAIR: &str = "partials/repair.md";

/// A text could not be rendered: a name in it is unknown, or a file in it cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    #[error("prompt `{name}` could not be rendered")]
    Render {
        name: String,
        #[source]
        source: minijinja::Error,
    },
    #[error("the glossary of prompts could not be read")]
    Glossary {
        #[source]
        source: toml::de::Error,
    },
}

/// One pair of terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub en: String,
    pub ko: String,
    /// What it means, where the words alone do not say it.
    #[serde(default)]
    pub note: String,
}

/// What a role's first message says. Dates and languages stand here and not in the role's text, so
/// that the role's text is the same for every question and can be cached.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TaskFacts<'a> {
    /// The day of the question, e.g. `2026-05-03`.
    pub today: &'a str,
    /// `English` or `Korean`.
    pub language: &'a str,
    pub question: &'a str,
    /// A sub-agent's task; empty for the orchestrator.
    pub task: &'a str,
    /// The task as JSON; empty when there is none.
    pub request: &'a str,
    /// What was asked before in the conversation, oldest first: each question with its typed request.
    pub earlier: &'a [String],
}

/// Every text, parsed once.
#[derive(Debug)]
pub struct Prompts {
    texts: Environment<'static>,
    glossary: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    term: Vec<Term>,
}

impl Prompts {
    /// Parses every text.
    ///
    /// # Errors
    /// When a text or the glossary has a mistake in its syntax.
    pub fn new() -> Result<Self, PromptError> {
        let mut texts = Environment::new();
        texts.set_undefined_behavior(UndefinedBehavior::Strict);
        texts.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        for (name, text) in FILES {
            texts.add_template(name, text).map_err(|source| at(name, source))?;
        }
        let glossary: Glossary =
            toml::from_str(GLOSSARY).map_err(|source| PromptError::Glossary { source })?;
        Ok(Self { texts, glossary: glossary.term })
    }

    /// The term pairs, in the order in which prompts show them.
    pub fn glossary(&self) -> &[Term] {
        &self.glossary
    }

    /// An example that role texts show, as JSON text, by the name of its file: `answer_en`, `evidence`.
    #[must_use]
    pub fn example(name: &str) -> Option<&'static str> {
        let file = format!("examples/{name}.json");
        FILES.iter().find(|(name, _)| *name == file).map(|(_, text)| text.trim())
    }

    /// The ids of the rules that roles are given, in the order of the files: `O1`, `S3`. An id is never given twice.
    pub fn rules() -> impl Iterator<Item = &'static str> {
        let texts = FILES.iter().filter(|(name, _)| !name.starts_with("examples/"));
        texts.flat_map(|(_, text)| text.lines()).filter_map(rule_id)
    }

    /// The text of a role of the house by its name.
    ///
    /// # Errors
    /// When there is no such role.
    pub fn built_in(&self, name: &str, tools: &[&str]) -> Result<String, PromptError> {
        self.render(
            &format!("roles/{name}.md"),
            context! {
                tools => Value::from(Serde(tools)),
                glossary => Value::from(Serde(&self.glossary)),
            },
        )
    }

    /// The text of a role that people wrote: their words, then the rules that every role has. Their words are data: what
    /// looks like a template in them is not read as one.
    ///
    /// # Errors
    /// When the text around theirs cannot be rendered.
    pub fn own(&self, body: &str, tools: &[&str]) -> Result<String, PromptError> {
        self.render(OWN, context! { body, tools => Value::from(Serde(tools)) })
    }

    /// The first message of a conversation.
    pub fn task(&self, facts: TaskFacts<'_>) -> Result<String, PromptError> {
        self.render(TASK, Value::from(Serde(facts)))
    }

    /// What the same person said in earlier conversations, a JSON text each: data behind the first message.
    pub fn remembered(&self, remembered: &[String]) -> Result<String, PromptError> {
        self.render(REMEMBERED, context! { remembered => Value::from(Serde(remembered)) })
    }

    /// The message after a reply in plain text. `submission` is the tool to call.
    pub fn free_text(&self, submission: &str) -> Result<String, PromptError> {
        self.render(FREE_TEXT, context! { submission })
    }

    /// The message after a submission that broke the rules, one line a problem.
    pub fn repair(&self, problems: &[String]) -> Result<String, PromptError> {
        self.render(REPAIR, context! { problems => Value::from(Serde(problems)) })
    }

    fn render(&self, name: &str, facts: Value) -> Result<String, PromptError> {
        let text = self
            .texts
            .get_template(name)
            .and_then(|text| text.render(facts))
            .map_err(|source| at(name, source))?;
        Ok(text.trim().to_owned())
    }
}

/// `O1` of `O1. Learn first …`.
fn rule_id(line: &str) -> Option<&str> {
    let (id, _) = line.split_once(". ")?;
    let number = id.strip_prefix(|letter: char| letter.is_ascii_uppercase())?;
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then_some(id)
}

fn at(name: &str, source: minijinja::Error) -> PromptError {
    PromptError::Render { name: name.to_owned(), source }
}

#[cfg(test)]
mod tests;
