//! Writes the record of a run while it goes on.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use wherefore_contract::{
    question::Question,
    tool::{ToolCall, ToolOutcome},
};
use wherefore_model::{ChatModel, Message, Reply, Usage};

use super::{AgentRecord, ChatRecord, RunRecord, SHAPE, ToolRecord};
use crate::{
    role::{Role, Roster},
    spending::Limits,
};

/// A record in the making. Agents that work at once write into one.
pub(crate) struct Log<'a> {
    clock: &'a (dyn Fn() -> u64 + Send + Sync),
    began: u64,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    agents: BTreeMap<Vec<u32>, AgentRecord>,
    prompts: BTreeMap<String, String>,
    chats: Vec<ChatRecord>,
    tools: Vec<ToolRecord>,
}

/// What is known of a model call before it ends.
pub(crate) struct Asked {
    pub(crate) agent: String,
    pub(crate) turn: u32,
    pub(crate) started_ms: u64,
    pub(crate) read: Vec<Message>,
    pub(crate) tools: Vec<String>,
}

impl<'a> Log<'a> {
    pub(crate) fn new(clock: &'a (dyn Fn() -> u64 + Send + Sync)) -> Self {
        Self { clock, began: clock(), entries: Mutex::default() }
    }

    /// Milliseconds since the question began.
    pub(crate) fn now(&self) -> u64 {
        (self.clock)().saturating_sub(self.began)
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn agent_began(&self, id: &str, role: &Role, task: &str, prompt: &str) {
        let started_ms = self.now();
        let parent = id.rsplitn(3, '.').nth(2).map(str::to_owned);
        let record = AgentRecord {
            id: id.to_owned(),
            parent,
            role: role.name.clone(),
            task: task.to_owned(),
            started_ms,
            ended_ms: started_ms,
            stop: String::new(),
            usage: Usage::default(),
            cost_usd: None,
        };
        let mut entries = self.lock();
        entries.prompts.entry(role.name.clone()).or_insert_with(|| prompt.to_owned());
        entries.agents.insert(place(id), record);
    }

    pub(crate) fn agent_ended(&self, id: &str, stop: &str) {
        let ended_ms = self.now();
        if let Some(agent) = self.lock().agents.get_mut(&place(id)) {
            agent.ended_ms = ended_ms;
            stop.clone_into(&mut agent.stop);
        }
    }

    /// Ends a model call; `Err` holds why there is no reply.
    pub(crate) fn chat_ended(
        &self,
        asked: Asked,
        model: &dyn ChatModel,
        reply: Result<&Reply, &str>,
    ) {
        let ended_ms = self.now();
        let usage = reply.map_or_else(|_| Usage::default(), |reply| reply.usage);
        let cost_usd = reply.ok().and_then(|reply| Some(model.price()?.of(reply.usage)));
        let mut entries = self.lock();
        if let Some(agent) = entries.agents.get_mut(&place(&asked.agent)) {
            agent.usage += usage;
            if let Some(cost) = cost_usd {
                agent.cost_usd = Some(agent.cost_usd.unwrap_or_default() + cost);
            }
        }
        entries.chats.push(ChatRecord {
            agent: asked.agent,
            turn: asked.turn,
            model: model.name().to_owned(),
            started_ms: asked.started_ms,
            ended_ms,
            read: asked.read,
            tools: asked.tools,
            reply: reply.ok().cloned(),
            error: reply.err().map(str::to_owned),
            cost_usd,
        });
    }

    pub(crate) fn tool_ended(
        &self,
        (agent, turn, place): (&str, u32, u32),
        call: &ToolCall,
        started_ms: u64,
        outcome: &ToolOutcome,
    ) {
        let ended_ms = self.now();
        self.lock().tools.push(ToolRecord {
            agent: agent.to_owned(),
            turn,
            place,
            call: call.clone(),
            started_ms,
            ended_ms,
            outcome: outcome.clone(),
        });
    }

    /// The record, in an order that does not depend on timing where times are equal.
    pub(crate) fn finish(
        self,
        question: &Question,
        model: &dyn ChatModel,
        roster: &Roster,
        limits: Limits,
    ) -> RunRecord {
        let entries = self.entries.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Entries { agents, prompts, mut chats, mut tools } = entries;
        chats.sort_by_key(|chat| (chat.started_ms, place(&chat.agent), chat.turn));
        tools.sort_by_key(|tool| (tool.started_ms, place(&tool.agent), tool.turn, tool.place));
        RunRecord {
            shape: SHAPE,
            question: question.clone(),
            model: model.name().to_owned(),
            provider: model.provider().to_owned(),
            writes_words: model.can_repair(),
            roster: roster.clone(),
            limits,
            prompts,
            agents: agents.into_values().collect(),
            chats,
            tools,
        }
    }
}

// The parts of an agent's id as numbers, so that the tenth call comes after the second.
fn place(id: &str) -> Vec<u32> {
    id.split('.').map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}
