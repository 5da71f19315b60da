//! What the trace and the answer of a case must show, checked one by one.

use serde_json::Value;
use wherefore_contract::{
    answer::ResultKind,
    tool::{ToolCall, ToolOutcome},
};
use wherefore_model::{Message, wire};

use super::{Case, CaseError, Expect, Outcome, Trace};

impl Case {
    /// What the outcome does not show; empty when all of it holds.
    ///
    /// # Errors
    /// When an expectation cannot be read.
    pub fn faults(&self, outcome: &Outcome) -> Result<Vec<String>, CaseError> {
        let run = Run::of(outcome);
        let mut faults = expected(&self.expect, outcome);
        faults.extend(order(&self.trace, &run));
        faults.extend(words(&self.trace, &run));
        for (tool, json) in &self.trace.asks {
            let wanted = Value::Object(self.json(json)?);
            if !run.asked(tool, &wanted) {
                faults.push(format!("no call of `{tool}` asked for {json}"));
            }
        }
        for (tool, json) in &self.trace.never_asks {
            if run.asked(tool, &Value::Object(self.json(json)?)) {
                faults.push(format!("a call of `{tool}` asked for {json}"));
            }
        }
        Ok(faults)
    }
}

/// Whether `whole` holds all of `part`: fields of objects, entries of lists in any order. `"*"` is any value.
pub(super) fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (_, Value::String(any)) if any == "*" => true,
        (Value::Object(whole), Value::Object(part)) => part
            .iter()
            .all(|(name, part)| whole.get(name).is_some_and(|whole| contains(whole, part))),
        (Value::Array(whole), Value::Array(part)) => {
            part.iter().all(|part| whole.iter().any(|whole| contains(whole, part)))
        }
        (whole, part) => whole == part,
    }
}

/// One turn of one agent: what it read before, and what it called.
struct Turn<'a> {
    role: &'a str,
    agent: &'a str,
    read: &'a [Message],
    calls: &'a [ToolCall],
}

/// The turns of a run, agents in the order of their calls.
struct Run<'a> {
    turns: Vec<Turn<'a>>,
}

impl<'a> Run<'a> {
    fn of(outcome: &'a Outcome) -> Self {
        let role = |id: &str| {
            let agents = &outcome.record.agents;
            agents.iter().find(|agent| agent.id == id).map_or("", |agent| agent.role.as_str())
        };
        let turn = |chat: &'a wherefore_team::record::ChatRecord| Turn {
            role: role(&chat.agent),
            agent: &chat.agent,
            read: &chat.read,
            calls: chat.reply.as_ref().map_or(&[], |reply| reply.calls.as_slice()),
        };
        Self { turns: outcome.record.chats.iter().map(turn).collect() }
    }

    fn of_role<'s>(&'s self, role: &'s str) -> impl Iterator<Item = &'s Turn<'a>> {
        self.turns.iter().filter(move |turn| turn.role == role)
    }

    fn calls(&self) -> impl Iterator<Item = &ToolCall> {
        self.turns.iter().flat_map(|turn| turn.calls)
    }

    fn asked(&self, tool: &str, part: &Value) -> bool {
        self.calls()
            .filter(|call| call.name == tool)
            .any(|call| contains(&Value::Object(call.arguments.clone()), part))
    }
}

fn expected(expect: &Expect, outcome: &Outcome) -> Vec<String> {
    let answer = &outcome.answer;
    let mut faults = Vec::new();
    let mut differs = |what: &str, wanted: Option<&str>, got: &str| {
        if let Some(wanted) = wanted.filter(|wanted| *wanted != got) {
            faults.push(format!("the {what} is `{got}` and not `{wanted}`"));
        }
    };
    let status = serde_json::to_value(answer.status).unwrap_or_default();
    let result = match answer.result.kind {
        ResultKind::None => "none",
        ResultKind::Scalar => "scalar",
        ResultKind::Rows => "rows",
    };
    differs("status", expect.status.as_deref(), status.as_str().unwrap_or_default());
    differs("headline", expect.headline.as_deref(), &answer.headline);
    differs("result", expect.result.as_deref(), result);
    if answer.run.withheld > 0 {
        faults.push(format!("{} sentences were withheld", answer.run.withheld));
    }
    let missing = |what: &str, wanted: &[String], got: &dyn Fn(&str) -> bool| {
        let missing = wanted.iter().filter(|word| !got(word));
        missing.map(|word| format!("{what} `{word}` is missing")).collect::<Vec<_>>()
    };
    faults.extend(missing("the text", &expect.says, &|word| answer.text.contains(word)));
    faults.extend(missing("the gap", &expect.gaps, &|code| {
        answer.gaps.iter().any(|gap| gap.code == code)
    }));
    faults.extend(missing("the assumption", &expect.assumptions, &|code| {
        answer.assumptions.iter().any(|entry| entry.code == code)
    }));
    faults.extend(missing("the verdict", &expect.verdict, &|name| {
        answer.verdict.as_ref().is_some_and(|verdict| verdict.contains_key(name))
    }));
    let said = expect.says_not.iter().filter(|word| answer.text.contains(word.as_str()));
    faults.extend(said.map(|word| format!("the text says `{word}`")));
    faults
}

fn order(trace: &Trace, run: &Run<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    for (role, tool) in &trace.first {
        let first = run.of_role(role).flat_map(|turn| turn.calls).next();
        if first.is_none_or(|call| call.name != *tool) {
            faults.push(format!("the {role} does not call `{tool}` first"));
        }
    }
    for (role, tool) in &trace.last {
        let last = run.of_role(role).flat_map(|turn| turn.calls).last();
        if last.is_none_or(|call| call.name != *tool) {
            faults.push(format!("the {role} does not call `{tool}` last"));
        }
    }
    for (role, tools) in &trace.together {
        let has = |turn: &Turn<'_>| {
            tools.iter().all(|tool| turn.calls.iter().any(|call| call.name == *tool))
        };
        if !run.of_role(role).any(has) {
            faults.push(format!("the {role} does not call {} in one turn", tools.join(", ")));
        }
    }
    let count = |tool: &String| run.calls().filter(|call| call.name == *tool).count();
    faults.extend(
        trace
            .must_call
            .iter()
            .filter(|tool| count(tool) == 0)
            .map(|tool| format!("`{tool}` is not called")),
    );
    faults.extend(
        trace
            .must_not_call
            .iter()
            .filter(|tool| count(tool) > 0)
            .map(|tool| format!("`{tool}` is called")),
    );
    faults.extend(
        trace
            .once
            .iter()
            .filter(|tool| count(tool) != 1)
            .map(|tool| format!("`{tool}` is called {} times", count(tool))),
    );
    for (role, most) in &trace.turns {
        let turns = run.of_role(role).count();
        if u32::try_from(turns).unwrap_or(u32::MAX) > *most {
            faults.push(format!("the {role} takes {turns} turns"));
        }
    }
    if trace.no_repeat {
        faults.extend(repeats(run));
    }
    if trace.stops_at_no_data {
        faults.extend(goes_on(run));
    }
    faults
}

fn repeats(run: &Run<'_>) -> Vec<String> {
    let mut made: Vec<(&str, &ToolCall)> = Vec::new();
    let mut faults = Vec::new();
    for turn in &run.turns {
        for call in turn.calls {
            let is_equal = |(agent, before): &(&str, &ToolCall)| {
                *agent == turn.agent
                    && before.name == call.name
                    && before.arguments == call.arguments
            };
            if made.iter().any(is_equal) {
                faults.push(format!("the {} repeats a call of `{}`", turn.role, call.name));
            }
            made.push((turn.agent, call));
        }
    }
    faults
}

/// Turns after nothing was found that do something else than submit.
fn goes_on(run: &Run<'_>) -> Vec<String> {
    let nothing = |message: &Message| match message {
        Message::Tools { results } => results.iter().any(|result| {
            matches!(result.outcome, ToolOutcome::NoData { .. }) && result.note.is_none()
        }),
        Message::User { .. } | Message::Assistant { .. } => false,
    };
    let submits = |turn: &Turn<'_>| turn.calls.iter().all(|call| call.name.starts_with("submit_"));
    let on = run.turns.iter().filter(|turn| turn.read.iter().any(nothing) && !submits(turn));
    on.map(|turn| format!("the {} goes on although nothing was found", turn.role)).collect()
}

fn words(trace: &Trace, run: &Run<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let text = |call: &ToolCall| Value::Object(call.arguments.clone()).to_string();
    for (role, words) in &trace.tasks {
        let tasks: String = run.calls().filter(|call| call.name == *role).map(text).collect();
        let missing = words.iter().filter(|word| !tasks.contains(word.as_str()));
        faults.extend(missing.map(|word| format!("no task of the {role} says `{word}`")));
    }
    let submitted = |role: &str| -> String {
        let calls = run.of_role(role).flat_map(|turn| turn.calls);
        calls.filter(|call| call.name.starts_with("submit_")).map(text).collect()
    };
    for (role, words) in &trace.submits {
        let said = submitted(role);
        let missing = words.iter().filter(|word| !said.contains(word.as_str()));
        faults.extend(missing.map(|word| format!("the {role} does not submit `{word}`")));
    }
    for (role, words) in &trace.submits_not {
        let said = submitted(role);
        let there = words.iter().filter(|word| said.contains(word.as_str()));
        faults.extend(there.map(|word| format!("the {role} submits `{word}`")));
    }
    for (role, words) in &trace.hears {
        let heard = heard(run, role);
        let missing = words.iter().filter(|word| !heard.contains(word.as_str()));
        faults.extend(missing.map(|word| format!("the {role} does not hear `{word}`")));
    }
    faults
}

fn heard(run: &Run<'_>, role: &str) -> String {
    let mut heard = String::new();
    for turn in run.of_role(role) {
        for message in wire::read(turn.read, wherefore_model::View::default()) {
            match message {
                wire::WireMessage::User { text } => heard.push_str(text),
                wire::WireMessage::Results { results } => {
                    heard.extend(results.iter().map(|result| result.text.as_str()));
                }
                wire::WireMessage::Assistant { .. } => {}
            }
        }
    }
    heard
}
