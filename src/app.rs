//! The running program's parts, shared by every surface. Tests swap parts through the builder functions.

use std::{sync::Arc, time::Duration};

use jiff::civil::Date;
use tracing::Instrument as _;
use wherefore_contract::{
    memory::Forget,
    ports::{AtSnapshot, CostStore, ToolCaller},
    question::{Language, Question},
    scope::Scope,
};
use wherefore_remote::{Servers, Toolbox};
use wherefore_team::{Progress, RunRecord, Team};
use wherefore_tools::Tools;
use wherefore_verify::VerifiedAnswer;

use crate::{
    clock::Clock,
    investigations::{Investigations, sns::Messages},
    runs::Runs,
    state::{
        ConversationStore, StateError,
        remember::{self, Gone, Remembrance},
    },
    telemetry,
};

/// Everything a surface needs to answer. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub team: Arc<Team>,
    /// What the agents call, in process.
    pub caller: Arc<dyn ToolCaller>,
    /// Other people's MCP servers.
    pub servers: Arc<Servers>,
    /// The same tools for programs outside, over MCP.
    pub tools: Tools,
    pub costs: Arc<dyn CostStore>,
    /// What was asked and answered in each conversation.
    pub conversations: Arc<dyn ConversationStore>,
    /// What is remembered of people from one conversation to the next.
    pub memory: Remembrance,
    /// How answers were made.
    pub runs: Runs,
    /// Alarms that begin investigations.
    pub alarms: Messages,
    pub alarm_language: Language,
    /// Investigations that outlive the program.
    pub investigations: Investigations,
    pub clock: Clock,
    /// Host names beside loopback that requests may name.
    pub allowed_hosts: Arc<[String]>,
    /// The longest time one question may take.
    pub timeout: Duration,
    /// Name of the model, as answers show it.
    pub model: Arc<str>,
    /// Makes ids of new conversations.
    pub new_id: Arc<dyn Fn() -> String + Send + Sync>,
}

impl App {
    /// Answers one question from one snapshot. There is always an answer, and it is verified.
    pub async fn answer(&self, question: &Question, progress: &dyn Progress) -> VerifiedAnswer {
        let local = self.local();
        let toolbox = self.toolbox(&local).await;
        let span = telemetry::question(question);
        let answering = self.team.answer(question, &toolbox, progress);
        let answer = answering.instrument(span.clone()).await;
        telemetry::answered(&span, &answer);
        answer
    }

    /// Our own tools, on the snapshot that is current now.
    fn local(&self) -> AtSnapshot<'_> {
        AtSnapshot { caller: &*self.caller, snapshot: self.costs.snapshot() }
    }

    /// The tools of one question: ours, with those of other people's servers.
    async fn toolbox<'p>(&self, local: &'p AtSnapshot<'p>) -> Toolbox<'p> {
        self.servers.beside(local).await
    }

    /// [`Self::answer`], with the record of how it was made.
    pub async fn answer_with_record(
        &self,
        question: &Question,
        progress: &dyn Progress,
    ) -> (VerifiedAnswer, RunRecord) {
        let local = self.local();
        let toolbox = self.toolbox(&local).await;
        let span = telemetry::question(question);
        let answering = self.team.answer_with_record(question, &toolbox, progress);
        let (answer, record) = answering.instrument(span.clone()).await;
        telemetry::answered(&span, &answer);
        (answer, record)
    }

    /// The question with what the same person said before that it brings back.
    pub async fn remind(&self, question: Question) -> Question {
        self.memory.remind(question, self.clock.now(), &self.scope()).await
    }

    /// The answer with what its question brings back.
    pub async fn beside(&self, answer: VerifiedAnswer, question: &Question) -> VerifiedAnswer {
        self.memory.beside(answer, question, self.clock.now(), &self.scope()).await
    }

    /// Deletes a conversation and forgets what was asked and corrected in it; false when there was none of this id.
    ///
    /// # Errors
    /// When what is kept cannot be written.
    pub async fn delete_conversation(&self, id: &str) -> Result<bool, StateError> {
        let (memory, conversations) = (&*self.memory.store, &*self.conversations);
        remember::delete_conversation(memory, conversations, id, &self.scope()).await
    }

    /// Forgets for good, where asked together with the conversations that the memories come from.
    ///
    /// # Errors
    /// When what is kept cannot be read or written.
    pub async fn forget(
        &self,
        what: Forget<'_>,
        with_conversations: bool,
    ) -> Result<Gone, StateError> {
        let (memory, conversations) = (&*self.memory.store, &*self.conversations);
        remember::forget(memory, conversations, what, with_conversations, &self.scope()).await
    }

    /// The day for questions that name none.
    #[must_use]
    pub fn today(&self) -> Date {
        self.clock.today()
    }

    /// Who asks: version 0.1 serves the person at this machine.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::local()
    }
}
