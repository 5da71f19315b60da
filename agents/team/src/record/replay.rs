//! Runs a question again from its record: the model's replies and the tools' outcomes as they were, no model asked.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures::future::{BoxFuture, FutureExt as _};
use wherefore_contract::{
    ports::ToolCaller,
    tool::{ToolCall, ToolOutcome, ToolSpec},
};
use wherefore_model::{ChatModel, ModelError, ModelRequest, Reply};

use super::RunRecord;
use crate::ledger::canonical_call;

/// Replies as the record's model did, each conversation in its order.
#[derive(Debug)]
pub struct ReplayModel {
    name: String,
    writes_words: bool,
    replies: Mutex<BTreeMap<String, VecDeque<Result<Reply, String>>>>,
}

impl ReplayModel {
    /// The replies of `record`.
    #[must_use]
    pub fn new(record: &RunRecord) -> Self {
        let mut chats: Vec<_> = record.chats.iter().collect();
        chats.sort_by_key(|chat| (&chat.agent, chat.turn));
        let mut replies: BTreeMap<_, VecDeque<_>> = BTreeMap::new();
        for chat in chats {
            let reply = chat.reply.clone().ok_or_else(|| chat.error.clone().unwrap_or_default());
            replies.entry(chat.agent.clone()).or_default().push_back(reply);
        }
        Self {
            name: record.model.clone(),
            writes_words: record.writes_words,
            replies: Mutex::new(replies),
        }
    }

    fn next(&self, agent: &str) -> Result<Reply, ModelError> {
        let mut replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        let next = replies.get_mut(agent).and_then(VecDeque::pop_front);
        let model = self.name.clone();
        match next {
            Some(Ok(reply)) => Ok(reply),
            // No time left is how the team hears of a deadline.
            Some(Err(kind)) if kind == "deadline" => {
                Err(ModelError::Timeout { model, limit: Duration::ZERO })
            }
            Some(Err(kind)) if kind == "too_long" => Err(ModelError::TooLong { model }),
            Some(Err(kind)) => Err(ModelError::Malformed { model, reason: kind }),
            None => Err(ModelError::Malformed {
                model,
                reason: format!("the record has no further reply of agent {agent}"),
            }),
        }
    }
}

impl ChatModel for ReplayModel {
    fn name(&self) -> &str {
        &self.name
    }

    fn can_repair(&self) -> bool {
        self.writes_words
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        let next = self.next(request.agent);
        async move { next }.boxed()
    }
}

/// Answers calls as the tools of the record did.
#[derive(Debug)]
pub struct ReplayTools {
    specs: Vec<ToolSpec>,
    outcomes: Mutex<BTreeMap<(String, String), VecDeque<ToolOutcome>>>,
}

impl ReplayTools {
    /// The outcomes of `record`.
    #[must_use]
    pub fn new(record: &RunRecord) -> Self {
        let mut outcomes: BTreeMap<_, VecDeque<_>> = BTreeMap::new();
        for tool in &record.tools {
            let key = (tool.call.id.clone(), canonical_call(&tool.call));
            outcomes.entry(key).or_default().push_back(tool.outcome.clone());
        }
        Self { specs: record.offered(), outcomes: Mutex::new(outcomes) }
    }
}

impl ToolCaller for ReplayTools {
    fn tools(&self) -> &[ToolSpec] {
        &self.specs
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        let mut outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (call.id.clone(), canonical_call(call));
        let outcome = outcomes.get_mut(&key).and_then(VecDeque::pop_front);
        let outcome = outcome.unwrap_or_else(|| ToolOutcome::Error {
            message: format!("the record has no answer to this call of `{}`", call.name),
        });
        async move { outcome }.boxed()
    }
}
