//! Runs a record again without the model and without the data, and says whether the same answer comes out.

use std::sync::Arc;

use serde::Serialize;
use wherefore_contract::tool::ToolOutcome;
use wherefore_model::ChatModel;
use wherefore_team::{
    RunRecord, Settings, Silent, Team,
    record::{ReplayModel, ReplayTools, SHAPE},
};

use super::{Kept, KeptRun};

/// What came of a replay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replay {
    /// The id of the answer that was given then.
    pub answer: String,
    /// The id of the answer that came out now.
    pub again: String,
    /// Whether id and text are the same, byte for byte.
    pub same: bool,
    /// Model calls and tool calls that were answered from the record.
    pub chats: usize,
    pub tools: usize,
    /// Where the two runs part, the first place first.
    pub differences: Vec<String>,
    /// The text that came out now.
    pub text: String,
}

/// A record cannot be run again.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    #[error("this run was kept {how}, so it can be read but not run again")]
    NotWhole { how: &'static str },
    #[error("this run has shape {found}; this program runs shape {SHAPE}")]
    Shape { found: u64 },
    #[error("this is no record of a run")]
    NoRecord(#[source] serde_json::Error),
    #[error("the team of the record cannot be put together")]
    Team(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Runs `run` again.
///
/// # Errors
/// When it is not whole, or was written by a program that this one does not understand.
pub async fn replay(run: &KeptRun) -> Result<Replay, ReplayError> {
    match run.kept {
        Kept::Full => {}
        Kept::Masked => return Err(ReplayError::NotWhole { how: "masked" }),
        Kept::Cut => return Err(ReplayError::NotWhole { how: "without all of its rows" }),
    }
    let shape = run.record.get("shape").and_then(serde_json::Value::as_u64).unwrap_or_default();
    if shape != u64::from(SHAPE) {
        return Err(ReplayError::Shape { found: shape });
    }
    let record: RunRecord =
        serde_json::from_value(run.record.clone()).map_err(ReplayError::NoRecord)?;
    let team = team(&record)?;
    let tools = ReplayTools::new(&record);
    let (answer, second) = team.answer_with_record(&record.question, &tools, &Silent).await;
    let again = answer.answer();
    let mut differences = differences(&record, &second);
    if again.text != run.text {
        differences.push(first_line(&run.text, &again.text));
    }
    if again.id != run.id {
        differences.push(format!("the answer's id was {} and is {}", run.id, again.id));
    }
    Ok(Replay {
        answer: run.id.clone(),
        same: again.id == run.id && again.text == run.text,
        again: again.id.clone(),
        chats: second.chats.len(),
        tools: second.tools.len(),
        differences,
        text: again.text.clone(),
    })
}

fn team(record: &RunRecord) -> Result<Team, ReplayError> {
    let model: Arc<dyn ChatModel> = Arc::new(ReplayModel::new(record));
    // Time is part of the record: what ended for lack of it ends there again, and nothing else does.
    let settings = Settings { limits: record.limits, ..Settings::new(|| 0) };
    let team = Team::of(record.roster.clone(), Arc::clone(&model), settings)
        .map_err(|error| ReplayError::Team(Box::new(error)))?;
    let roots = record.agents.iter().filter(|agent| agent.parent.is_none()).count();
    // Two beginnings: the model failed and the rules answered.
    Ok(if roots > 1 { team.with_rules(model) } else { team })
}

fn differences(then: &RunRecord, now: &RunRecord) -> Vec<String> {
    let mut found = Vec::new();
    let failed = |outcome: &ToolOutcome| matches!(outcome, ToolOutcome::Error { .. });
    for tool in &now.tools {
        let before = then
            .tools
            .iter()
            .find(|one| (&one.agent, one.turn, one.place) == (&tool.agent, tool.turn, tool.place));
        let name = format!("agent {}, turn {}: `{}`", tool.agent, tool.turn + 1, tool.call.name);
        match before {
            None => found.push(format!("{name} was not called then")),
            Some(one) if one.call != tool.call => {
                found.push(format!("{name} is called with other arguments"));
            }
            Some(one) if failed(&tool.outcome) && !failed(&one.outcome) => {
                found.push(format!("{name} has no answer in the record"));
            }
            Some(_) => {}
        }
    }
    for agent in &then.agents {
        match now.agents.iter().find(|one| one.id == agent.id) {
            None => found.push(format!("agent {} ({}) was not asked", agent.id, agent.role)),
            Some(one) if one.stop != agent.stop => found.push(format!(
                "agent {} ({}) ended with `{}` then and with `{}` now",
                agent.id, agent.role, agent.stop, one.stop
            )),
            Some(_) => {}
        }
    }
    found
}

fn first_line(then: &str, now: &str) -> String {
    let pairs = then.lines().zip(now.lines()).enumerate();
    let other =
        pairs.map(|(at, (then, now))| (at + 1, then, now)).find(|(_, then, now)| then != now);
    match other {
        Some((line, then, now)) => format!("line {line} of the text was `{then}` and is `{now}`"),
        None => {
            format!("the text had {} lines and has {}", then.lines().count(), now.lines().count())
        }
    }
}
