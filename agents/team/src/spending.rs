//! What one question may spend in all, and what it has spent: checked before each model call, shared by all agents.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use wherefore_contract::Decimal;
use wherefore_model::{ChatModel, Usage};

use crate::stop::Stop;

/// What a question may spend in all. Agents that work at once spend from the same purse: a bound is passed by no more than
/// one model call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Model replies of all agents.
    pub turns: u32,
    /// Calls of the data's tools, by all agents.
    pub tool_calls: u32,
    /// Tokens, read and written, of all model calls; `None` for no bound.
    pub tokens: Option<u64>,
    /// US dollars of all model calls; `None` for no bound. Calls of models whose price is unknown cost nothing here.
    pub money_usd: Option<Decimal>,
}

impl Default for Limits {
    /// Enough for the deepest questions we know (13 replies, 20 calls) three times over; half a million tokens.
    fn default() -> Self {
        Self { turns: 40, tool_calls: 60, tokens: Some(500_000), money_usd: None }
    }
}

/// The parts of a question's tokens and money, in percent, up to which sub-agents and the orchestrator may ask for work: the
/// rest is kept for the answer.
const SUB_AGENTS_PERCENT: u64 = 80;
const ORCHESTRATOR_PERCENT: u64 = 90;
/// Replies that are kept for the answer and its mending.
const TURNS_KEPT: u32 = 2;

/// The purse of one question.
#[derive(Debug)]
pub(crate) struct Spending {
    limits: Limits,
    spent: Mutex<Spent>,
}

/// What was spent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Spent {
    pub(crate) turns: u32,
    pub(crate) tool_calls: u32,
    pub(crate) tokens: u64,
    pub(crate) money_usd: Decimal,
    /// Model calls whose price is unknown.
    pub(crate) unpriced: u32,
}

/// Whose part of the purse is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    SubAgent,
    /// The orchestrator while it still asks for work.
    Orchestrator,
    /// The orchestrator's answer: the whole of what is left.
    Answer,
}

impl Spending {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, spent: Mutex::new(Spent::default()) }
    }

    fn lock(&self) -> MutexGuard<'_, Spent> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was spent so far, calls under way at their estimate.
    pub(crate) fn so_far(&self) -> Spent {
        *self.lock()
    }

    /// The bound that leaves no room for another model call.
    pub(crate) fn exhausted(&self, share: Share) -> Option<Stop> {
        exhausted(&self.lock(), &self.limits, share)
    }

    /// Takes a model call out of the purse at its estimate; what it really used is paid when it ends.
    pub(crate) fn begin(
        &self,
        model: &dyn ChatModel,
        input: u64,
        share: Share,
    ) -> Result<Ticket<'_>, Stop> {
        let estimate = Usage {
            input_tokens: input,
            output_tokens: model.max_output_tokens(),
            ..Usage::default()
        };
        let price = model.price();
        let mut spent = self.lock();
        if let Some(stop) = exhausted(&spent, &self.limits, share) {
            return Err(stop);
        }
        let reserved = Paid::of(estimate, price.map(|price| price.of(estimate)));
        spent.turns += 1;
        reserved.add_to(&mut spent);
        Ok(Ticket {
            purse: self,
            reserved,
            read: Paid::of(
                Usage { output_tokens: 0, ..estimate },
                price.map(|price| price.of(Usage { output_tokens: 0, ..estimate })),
            ),
            is_settled: false,
        })
    }

    /// Counts a call of a tool, unless all are spent.
    pub(crate) fn tool_call(&self) -> Result<(), Stop> {
        let mut spent = self.lock();
        if spent.tool_calls >= self.limits.tool_calls {
            return Err(Stop::ToolCallLimit);
        }
        spent.tool_calls += 1;
        Ok(())
    }
}

fn exhausted(spent: &Spent, limits: &Limits, share: Share) -> Option<Stop> {
    let kept = if share == Share::Answer { 0 } else { TURNS_KEPT };
    let percent = match share {
        Share::SubAgent => SUB_AGENTS_PERCENT,
        Share::Orchestrator => ORCHESTRATOR_PERCENT,
        Share::Answer => 100,
    };
    let is_over = |limit: u64| spent.tokens >= limit / 100 * percent + limit % 100 * percent / 100;
    let part = |limit: Decimal| limit * Decimal::from(percent) / Decimal::ONE_HUNDRED;
    if spent.turns.saturating_add(kept) >= limits.turns {
        Some(Stop::TurnLimit)
    } else if limits.tokens.is_some_and(is_over) {
        Some(Stop::TokenLimit)
    } else if limits.money_usd.is_some_and(|limit| spent.money_usd >= part(limit)) {
        Some(Stop::MoneyLimit)
    } else {
        None
    }
}

#[derive(Debug, Clone, Copy)]
struct Paid {
    tokens: u64,
    money_usd: Decimal,
    unpriced: u32,
}

impl Paid {
    fn of(usage: Usage, cost: Option<Decimal>) -> Self {
        Self {
            tokens: usage.input_tokens.saturating_add(usage.output_tokens),
            money_usd: cost.unwrap_or_default(),
            unpriced: u32::from(cost.is_none()),
        }
    }

    fn add_to(self, spent: &mut Spent) {
        spent.tokens = spent.tokens.saturating_add(self.tokens);
        spent.money_usd += self.money_usd;
        spent.unpriced += self.unpriced;
    }

    fn take_from(self, spent: &mut Spent) {
        spent.tokens = spent.tokens.saturating_sub(self.tokens);
        spent.money_usd -= self.money_usd;
        spent.unpriced = spent.unpriced.saturating_sub(self.unpriced);
    }
}

/// A model call under way. One that is dropped before it is settled has cost what it read.
#[derive(Debug)]
pub(crate) struct Ticket<'p> {
    purse: &'p Spending,
    reserved: Paid,
    read: Paid,
    is_settled: bool,
}

impl Ticket<'_> {
    /// Pays what the call really used.
    pub(crate) fn settle(mut self, usage: Usage, cost: Option<Decimal>) {
        self.is_settled = true;
        let mut spent = self.purse.lock();
        self.reserved.take_from(&mut spent);
        Paid::of(usage, cost).add_to(&mut spent);
    }

    /// Gives everything back: the provider did no work.
    pub(crate) fn release(mut self) {
        self.is_settled = true;
        self.reserved.take_from(&mut self.purse.lock());
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        if !self.is_settled {
            let mut spent = self.purse.lock();
            self.reserved.take_from(&mut spent);
            self.read.add_to(&mut spent);
        }
    }
}
