//! What really happened: every reply that a model gave and every call that reached a tool, counted apart from the loop.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use futures::future::{BoxFuture, FutureExt as _};
use wherefore_contract::{
    ports::ToolCaller,
    tool::{ToolCall, ToolOutcome, ToolSpec},
};
use wherefore_model::{ChatModel, ModelError, ModelRequest, Price, Reply, Usage};

/// Everything that was seen of one question.
#[derive(Debug, Default)]
pub struct Seen {
    replies: Mutex<Vec<Replied>>,
    calls: Mutex<Vec<Called>>,
    model_calls: AtomicUsize,
    tool_calls: AtomicUsize,
}

/// One model call.
#[derive(Debug, Clone)]
pub struct Replied {
    pub agent: String,
    pub role: String,
    pub calls: Vec<ToolCall>,
    /// What it used; `None` while it runs, and for good where it failed or was dropped.
    pub usage: Option<Usage>,
    /// What all calls that had ended had used when this one began.
    pub before: Usage,
}

/// One tool call, and what came of it.
#[derive(Debug, Clone)]
pub struct Called {
    pub call: ToolCall,
    /// `None` while it runs, and for good where it was dropped.
    pub outcome: Option<ToolOutcome>,
}

/// Counts down when a call ends or is dropped.
struct Running<'a>(&'a AtomicUsize);

impl<'a> Running<'a> {
    fn begin(counter: &'a AtomicUsize) -> Self {
        counter.fetch_add(1, Ordering::SeqCst);
        Self(counter)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn held<T>(list: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Seen {
    /// Model calls that began, in their order.
    #[must_use]
    pub fn replies(&self) -> Vec<Replied> {
        held(&self.replies).clone()
    }

    /// Tool calls that began, in their order.
    #[must_use]
    pub fn calls(&self) -> Vec<Called> {
        held(&self.calls).clone()
    }

    /// Calls of models and of tools that run now.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.model_calls.load(Ordering::SeqCst) + self.tool_calls.load(Ordering::SeqCst)
    }

    /// How often a model or a tool has been called so far.
    #[must_use]
    pub fn begun(&self) -> usize {
        held(&self.replies).len() + held(&self.calls).len()
    }

    fn model_call(&self, request: &ModelRequest<'_>) -> usize {
        let mut replies = held(&self.replies);
        let mut before = Usage::default();
        for usage in replies.iter().filter_map(|reply| reply.usage) {
            before.input_tokens = before.input_tokens.saturating_add(usage.input_tokens);
            before.output_tokens = before.output_tokens.saturating_add(usage.output_tokens);
        }
        let (agent, role) = (request.agent.to_owned(), request.role.to_owned());
        replies.push(Replied { agent, role, calls: Vec::new(), usage: None, before });
        replies.len() - 1
    }

    fn replied(&self, at: usize, reply: &Reply) {
        if let Some(entry) = held(&self.replies).get_mut(at) {
            entry.calls.clone_from(&reply.calls);
            entry.usage = Some(reply.usage);
        }
    }
}

/// A model, with an eye on it.
pub struct Watched {
    inner: Arc<dyn ChatModel>,
    seen: Arc<Seen>,
}

impl Watched {
    /// The same model; what it is asked and replies is written to `seen`.
    #[must_use]
    pub fn new(inner: Arc<dyn ChatModel>, seen: Arc<Seen>) -> Self {
        Self { inner, seen }
    }
}

impl ChatModel for Watched {
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
            let at = self.seen.model_call(&request);
            let running = Running::begin(&self.seen.model_calls);
            let reply = self.inner.reply(request).await;
            if let Ok(reply) = &reply {
                self.seen.replied(at, reply);
            }
            drop(running);
            reply
        }
        .boxed()
    }
}

/// The tools, with an eye on them.
pub struct Spied {
    inner: Arc<dyn ToolCaller>,
    seen: Arc<Seen>,
}

impl Spied {
    /// The same tools; what they are asked and say is written to `seen`.
    #[must_use]
    pub fn new(inner: Arc<dyn ToolCaller>, seen: Arc<Seen>) -> Self {
        Self { inner, seen }
    }

    async fn seen_call(&self, call: &ToolCall, answer: BoxFuture<'_, ToolOutcome>) -> ToolOutcome {
        let at = {
            let mut calls = held(&self.seen.calls);
            calls.push(Called { call: call.clone(), outcome: None });
            calls.len() - 1
        };
        let running = Running::begin(&self.seen.tool_calls);
        let outcome = answer.await;
        drop(running);
        if let Some(entry) = held(&self.seen.calls).get_mut(at) {
            entry.outcome = Some(outcome.clone());
        }
        outcome
    }
}

impl ToolCaller for Spied {
    fn tools(&self) -> &[ToolSpec] {
        self.inner.tools()
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        self.seen_call(call, self.inner.call(call)).boxed()
    }

    fn call_at<'a>(&'a self, call: &'a ToolCall, snapshot: &'a str) -> BoxFuture<'a, ToolOutcome> {
        self.seen_call(call, self.inner.call_at(call, snapshot)).boxed()
    }
}
