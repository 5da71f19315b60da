//! One model call: what bounds it, what the model reads, and what it cost.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;
use wherefore_model::{Message, ModelError, ModelRequest, Reply};

use super::Conversation;
use crate::{
    record::log::Asked,
    spans,
    spending::{Share, Ticket},
    stop::Stop,
};

/// Turns in a row that may bring nothing new. Rules need no such bound: they never ask twice.
const STALE_TURN_LIMIT: u32 = 3;

impl Conversation<'_> {
    /// The bound that was hit, if one was.
    pub(super) fn spent(&self) -> Option<Stop> {
        if self.circling {
            Some(Stop::Repetition)
        } else if Instant::now() >= self.deadline {
            Some(Stop::Deadline)
        } else if self.run.turns < self.turn_limit {
            self.own_budget()
        } else {
            Some(self.last_because.unwrap_or(Stop::TurnLimit))
        }
    }

    fn own_budget(&self) -> Option<Stop> {
        let used = self.usage.input_tokens.saturating_add(self.usage.output_tokens);
        if self.role.budget.tokens.is_some_and(|limit| used >= limit) {
            Some(Stop::TokenLimit)
        } else if self.role.budget.money_usd.is_some_and(|limit| self.cost_usd >= limit) {
            Some(Stop::MoneyLimit)
        } else {
            None
        }
    }

    fn is_stale(&self) -> bool {
        self.model.can_repair() && self.stale_turns >= STALE_TURN_LIMIT
    }

    /// Whose part of the question's purse the next model call takes.
    fn share(&self) -> Share {
        match (self.role.is_orchestrator(), self.last_turn) {
            (true, true) => Share::Answer,
            (true, false) => Share::Orchestrator,
            (false, _) => Share::SubAgent,
        }
    }

    /// Makes the next turn the last one where no further work is allowed.
    fn decide_last_turn(&mut self) {
        let kept_for_answer = || {
            self.shared.purse.exhausted(Share::Orchestrator).filter(|_| self.role.is_orchestrator())
        };
        let because = if self.run.tool_calls >= self.role.budget.tool_calls {
            Some(Stop::ToolCallLimit)
        } else if self.is_stale() {
            Some(Stop::NoProgress)
        } else {
            kept_for_answer()
        };
        if because.is_some() {
            self.last_because = because;
            self.turn_limit = self.run.turns + 1;
        }
        self.last_turn = self.run.turns + 1 >= self.turn_limit;
    }

    /// Asks the model. On the last turn it is offered its submission alone. `None` when the conversation was too long for
    /// the model and is read more shortly from now on.
    pub(super) async fn ask(&mut self) -> Result<Option<Reply>, Stop> {
        self.decide_last_turn();
        let view = self.reading.view(&self.messages, self.model).ok_or(Stop::TooLong)?;
        let input = self.reading.tokens();
        let ticket = self.shared.purse.begin(self.model, input, self.share())?;
        let submission = self.specs.len().saturating_sub(1);
        let tools = self.specs.get(submission..).filter(|_| self.last_turn).unwrap_or(&self.specs);
        let request = ModelRequest {
            role: &self.role.name,
            agent: &self.id,
            system: self.shared.text(self.role),
            question: self.shared.question,
            messages: &self.messages,
            tools,
            view,
        };
        let asked = self.shared.log.map(|log| Asked {
            agent: self.id.clone(),
            turn: self.run.turns,
            started_ms: log.now(),
            read: self.unrecorded(),
            tools: tools.iter().map(|spec| spec.name.clone()).collect(),
        });
        let span = spans::chat(&request, self.model);
        let reply = self.model.reply(request).instrument(span.clone());
        self.run.turns += 1;
        let reply = timeout_at(self.deadline, reply).await;
        if let Ok(reply) = &reply {
            spans::replied(&span, reply, self.model);
        }
        if let (Some(log), Some(asked)) = (self.shared.log, asked) {
            let reply = match &reply {
                Ok(Ok(reply)) => Ok(reply),
                Ok(Err(error)) => Err(error.kind()),
                Err(_) => Err("deadline"),
            };
            log.chat_ended(asked, self.model, reply);
        }
        match reply {
            Ok(Ok(reply)) => {
                self.pay(ticket, &reply);
                Ok(Some(reply))
            }
            Ok(Err(error)) => self.failed(ticket, &error),
            Err(_) => Err(Stop::Deadline),
        }
    }

    fn pay(&mut self, ticket: Ticket<'_>, reply: &Reply) {
        let cost = self.model.price().map(|price| price.of(reply.usage));
        self.usage += reply.usage;
        self.cost_usd += cost.unwrap_or_default();
        ticket.settle(reply.usage, cost);
    }

    fn failed(&mut self, ticket: Ticket<'_>, error: &ModelError) -> Result<Option<Reply>, Stop> {
        let (role, source) = (self.role.name.as_str(), error as &dyn std::error::Error);
        tracing::warn!(role, error = source, "no reply");
        match error {
            ModelError::TooLong { .. } => {
                ticket.release();
                if self.reading.shorten() { Ok(None) } else { Err(Stop::TooLong) }
            }
            // A replay says so that the time ended here.
            ModelError::Timeout { limit, .. } if *limit == Duration::ZERO => Err(Stop::Deadline),
            ModelError::Unreachable { .. }
            | ModelError::Throttled { .. }
            | ModelError::Denied { .. }
            | ModelError::Rejected { .. } => {
                ticket.release();
                Err(Stop::ModelFailed)
            }
            ModelError::Malformed { .. } | ModelError::Cut { .. } | ModelError::Timeout { .. } => {
                Err(Stop::ModelFailed)
            }
        }
    }

    // Messages that no earlier turn has put into the record.
    fn unrecorded(&self) -> Vec<Message> {
        let replies = |message: &Message| matches!(message, Message::Assistant { .. });
        let last = self.messages.iter().rposition(replies).map_or(0, |at| at + 1);
        self.messages.get(last..).unwrap_or_default().to_vec()
    }
}
