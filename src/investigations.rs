//! Investigations that outlive the program: each is kept before it is acknowledged, each step before the next begins, and
//! whoever comes after a crash goes on where it stopped.

pub mod alarm;
mod journal;
pub mod sns;
mod work;

use std::sync::Arc;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::Notify;
use wherefore_contract::{answer::Answer, question::Question, scope::Scope};

pub use self::work::work;
use crate::{
    clock::Clock,
    state::{State, StateError, investigations as rows},
};

/// How an investigation came in. The same delivery begins one investigation, however often it is delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Entrance {
    /// `api`, `sns` or another way in.
    pub source: String,
    /// What the way in calls it: the caller's idempotency key, the id of a message.
    pub delivery: String,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Waiting,
    Running,
    Done,
    Failed,
}

impl Stage {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    // A word that nobody wrote stands for what must be looked at.
    pub(crate) fn named(name: &str) -> Self {
        let all = [Self::Waiting, Self::Running, Self::Done];
        all.into_iter().find(|stage| stage.name() == name).unwrap_or(Self::Failed)
    }
}

/// One investigation.
#[derive(Debug, Clone, PartialEq)]
pub struct Investigation {
    pub id: String,
    pub entrance: Entrance,
    pub question: Question,
    /// The snapshot that all of it reads.
    pub snapshot: String,
    pub stage: Stage,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub answer: Option<Answer>,
    /// Why there is no answer.
    pub problem: Option<String>,
}

/// What a step was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// A reply of a language model.
    Model,
    /// A call of a tool.
    Tool,
}

impl StepKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Tool => "tool",
        }
    }

    pub(crate) fn named(name: &str) -> Self {
        if name == "model" { Self::Model } else { Self::Tool }
    }
}

/// A finished step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// From zero, in the order in which they were finished.
    pub position: u32,
    pub kind: StepKind,
    /// What tells it from other steps: the call with its arguments, the turn of an agent.
    pub key: String,
    /// The tool, or the role whose model replied.
    pub name: String,
    /// What came out, as JSON.
    pub result: String,
    pub done_at: Timestamp,
}

/// Where investigations are kept. Cheap to clone.
#[derive(Clone)]
pub struct Investigations {
    state: Arc<State>,
    wake: Arc<Notify>,
    clock: Clock,
    new_id: Arc<dyn Fn() -> String + Send + Sync>,
}

impl Investigations {
    #[must_use]
    pub fn new(
        state: Arc<State>,
        clock: Clock,
        new_id: Arc<dyn Fn() -> String + Send + Sync>,
    ) -> Self {
        Self { state, wake: Arc::new(Notify::new()), clock, new_id }
    }

    /// Keeps an investigation, on disk before this returns, and wakes a worker. Of the same delivery there is one; says
    /// whether it is new.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn begin(
        &self,
        question: Question,
        entrance: Option<Entrance>,
        snapshot: String,
        scope: &Scope,
    ) -> Result<(Investigation, bool), StateError> {
        let id = (self.new_id)();
        let entrance =
            entrance.unwrap_or_else(|| Entrance { source: "api".to_owned(), delivery: id.clone() });
        let (principal, now) = (scope.principal.clone(), self.clock.now());
        let begun = self.state.away(move |state| {
            let (id, principal) = (id.as_str(), principal.as_str());
            let (question, snapshot) = (&question, snapshot.as_str());
            rows::begin(
                state,
                &rows::Asked { id, principal, entrance: &entrance, question, snapshot, now },
            )
        });
        let begun = begun.await?;
        self.wake.notify_one();
        Ok(begun)
    }

    /// One investigation with its steps; `None` when there is none of this id for whoever asks.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn find(
        &self,
        id: &str,
        scope: &Scope,
    ) -> Result<Option<(Investigation, Vec<Step>)>, StateError> {
        let (id, principal) = (id.to_owned(), scope.principal.clone());
        let found = self.state.away(move |state| {
            let found = rows::find(state, &id, &principal)?;
            found.map(|found| Ok((found, rows::steps(state, &id)?))).transpose()
        });
        found.await
    }

    /// The newest, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn list(&self, limit: u32, scope: &Scope) -> Result<Vec<Investigation>, StateError> {
        let principal = scope.principal.clone();
        self.state.away(move |state| rows::list(state, &principal, limit)).await
    }
}
