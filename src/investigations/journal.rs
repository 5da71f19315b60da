//! What an investigation has done: replies and outcomes that are kept are given again instead of asked for again.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use futures::future::{BoxFuture, FutureExt as _};
use serde::{Serialize, de::DeserializeOwned};
use wherefore_contract::{
    ports::ToolCaller,
    tool::{ToolCall, ToolOutcome, ToolSpec},
};
use wherefore_model::{ChatModel, ModelError, ModelRequest, Price, Reply};

use super::{Step, StepKind};
use crate::{
    clock::Clock,
    state::{State, StateError, investigations as rows},
};

/// The steps of one investigation: those of before a crash, and new ones as they are done.
pub(super) struct Journal {
    state: Arc<State>,
    id: String,
    clock: Clock,
    done: Mutex<BTreeMap<(StepKind, String), VecDeque<String>>>,
}

impl Journal {
    pub(super) async fn open(
        state: Arc<State>,
        id: String,
        clock: Clock,
    ) -> Result<Self, StateError> {
        let of = id.clone();
        let steps = state.away(move |state| rows::steps(state, &of)).await?;
        let mut done: BTreeMap<_, VecDeque<String>> = BTreeMap::new();
        for step in steps {
            done.entry((step.kind, step.key)).or_default().push_back(step.result);
        }
        Ok(Self { state, id, clock, done: Mutex::new(done) })
    }

    /// What a step gave before; each is given once.
    fn again<T: DeserializeOwned>(&self, kind: StepKind, key: &str) -> Option<T> {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let result = done.get_mut(&(kind, key.to_owned()))?.pop_front()?;
        // What cannot be read was written by another version: the step is done again.
        serde_json::from_str(&result).ok()
    }

    async fn keep(&self, kind: StepKind, key: String, name: &str, result: &impl Serialize) {
        let Ok(result) = serde_json::to_string(result) else { return };
        let (id, done_at) = (self.id.clone(), self.clock.now());
        let step = Step { position: 0, kind, key, name: name.to_owned(), result, done_at };
        let kept = self.state.away(move |state| rows::keep_step(state, &id, &step)).await;
        // Without it the step is done again after a crash, and nothing else is lost.
        if let Err(error) = kept {
            tracing::warn!(error = &error as &dyn std::error::Error, "a step was not kept");
        }
    }
}

/// Tools whose finished calls are not made again.
pub(super) struct JournaledTools<'a> {
    pub(super) inner: &'a dyn ToolCaller,
    pub(super) journal: &'a Journal,
}

impl ToolCaller for JournaledTools<'_> {
    fn tools(&self) -> &[ToolSpec] {
        self.inner.tools()
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        async move {
            // Arguments are a sorted map: equal calls are equal text.
            let key =
                format!("{} {}", call.name, serde_json::Value::Object(call.arguments.clone()));
            if let Some(outcome) = self.journal.again(StepKind::Tool, &key) {
                return outcome;
            }
            let outcome = self.inner.call(call).await;
            self.journal.keep(StepKind::Tool, key, &call.name, &outcome).await;
            outcome
        }
        .boxed()
    }
}

/// A language model whose replies are not asked for again.
pub(super) struct JournaledModel {
    pub(super) inner: Arc<dyn ChatModel>,
    pub(super) journal: Arc<Journal>,
}

impl ChatModel for JournaledModel {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn can_repair(&self) -> bool {
        self.inner.can_repair()
    }

    fn provider(&self) -> &'static str {
        self.inner.provider()
    }

    fn context_tokens(&self) -> Option<u64> {
        self.inner.context_tokens()
    }

    fn max_output_tokens(&self) -> u64 {
        self.inner.max_output_tokens()
    }

    fn price(&self) -> Option<&Price> {
        self.inner.price()
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        async move {
            let key = format!("{} {}", request.agent, request.messages.len());
            if let Some(reply) = self.journal.again(StepKind::Model, &key) {
                return Ok(reply);
            }
            let role = request.role.to_owned();
            let reply = self.inner.reply(request).await?;
            self.journal.keep(StepKind::Model, key, &role, &reply).await;
            Ok(reply)
        }
        .boxed()
    }
}
