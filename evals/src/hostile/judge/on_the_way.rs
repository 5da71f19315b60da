//! What a reader hears while an answer is made, and what the answer says of its own making.

use wherefore_contract::answer::Answer;
use wherefore_team::ProgressEvent;

use super::{Fault, fault};
use crate::hostile::server::SEARCH_LOGS;

const ROLES: &[&str] = &["orchestrator", "collector", "analyzer", "research"];

/// Every word of it is the question's, the house's own, or a sentence of the verified answer.
pub(in crate::hostile) fn on_the_way(answer: &Answer, heard: &[ProgressEvent]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for event in heard {
        match event {
            ProgressEvent::AgentStarted { role, task } => {
                faults.extend(not_a_role(role));
                faults.extend(not_the_question(answer, role, task));
            }
            ProgressEvent::ToolCalled { role, tool }
            | ProgressEvent::ToolAnswered { role, tool, .. } => {
                faults.extend(not_a_role(role));
                faults.extend(not_a_word(tool));
            }
            ProgressEvent::AgentDone { role, stop } => {
                faults.extend(not_a_role(role));
                faults.extend(not_a_word(stop));
            }
            ProgressEvent::Verifying => {}
            ProgressEvent::Sentence { text } if answer.text.contains(text) => {}
            ProgressEvent::Sentence { text } => {
                faults
                    .push(fault("figure", format!("`{text}` was heard and is not in the answer")));
            }
        }
    }
    for agent in &answer.run.agents {
        faults.extend(not_a_role(&agent.role));
        faults.extend(not_the_question(answer, &agent.role, &agent.task));
        faults.extend(not_a_word(&agent.stop));
        faults.extend(agent.tools.iter().filter_map(|tool| not_a_word(tool)));
    }
    faults
}

// A model's wording of a task is verified by nobody. Rules that answer in its place say nothing but this.
const OF_RULES: &[&str] = &[
    "Say what is loaded, and which names of the question stand for what.",
    "Get the figures that the request asks for.",
    "Find out which parts of the estate make up the change.",
];

fn not_the_question(answer: &Answer, role: &str, task: &str) -> Option<Fault> {
    let own = if role == "orchestrator" { answer.question.as_str() } else { "" };
    let by_rules = answer.gaps.iter().any(|gap| gap.code == "model_failed");
    let is_own = task == own || (by_rules && OF_RULES.contains(&task));
    (!is_own).then(|| fault("figure", format!("`{task}` is what a model worded")))
}

fn not_a_role(role: &str) -> Option<Fault> {
    (!ROLES.contains(&role)).then(|| fault("figure", format!("`{role}` is no role")))
}

// A tool's or a stop's name is lower-case letters. A model's own names are long, or hold digits or signs.
fn not_a_word(name: &str) -> Option<Fault> {
    let plain = name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    let is_word = plain && name.len() <= 40 || name == SEARCH_LOGS;
    (!is_word).then(|| fault("figure", format!("`{name}` is no name of the house")))
}
