//! Patience with models that are busy: few attempts, waits that differ, one budget of retries for all callers, and a bound
//! on calls at once.
//!
//! A retry helps only while most calls succeed; when a model is down, retries are load without use. So every first attempt
//! puts a part of a retry into a budget that all calls share, a retry takes a whole one, and a retry that succeeds gives it
//! back. At 100 % failures the load is at most `1 + deposit` of what it was, behind the start of the budget.

mod budget;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::{FutureExt as _, future::BoxFuture};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tokio::sync::Semaphore;
use wherefore_model::{ChatModel, ModelError, ModelRequest, Price, Reply};

use self::budget::Budget;

/// How much patience there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Attempts of a call whose replies break off or cannot be read. Default 3.
    pub attempts: u32,
    /// Attempts of a call that is turned away: those cost the provider nothing. Default 6: where one call in five is
    /// turned away, one in 15,625 fails.
    pub attempts_when_throttled: u32,
    /// The first wait is at most this. Default 250 ms; each further one at most twice the one before.
    pub first_wait: Duration,
    /// No wait is longer; a model that asks for more is not asked again. Default 10 s.
    pub longest_wait: Duration,
    /// Calls that run at once; more wait for their turn. Default 16.
    pub concurrency: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            attempts: 3,
            attempts_when_throttled: 6,
            first_wait: Duration::from_millis(250),
            longest_wait: Duration::from_secs(10),
            concurrency: 16,
        }
    }
}

/// A model that is asked again when its failure may pass. Dropping the future stops waits and calls alike.
pub struct Patient {
    model: Arc<dyn ChatModel>,
    patience: Patience,
    budget: Budget,
    turns: Semaphore,
    dice: Mutex<ChaCha8Rng>,
}

impl std::fmt::Debug for Patient {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Patient")
            .field("model", &self.model.name())
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

impl Patient {
    /// Patience around `model`; `seed` makes the waits.
    #[must_use]
    pub fn new(model: Arc<dyn ChatModel>, patience: Patience, seed: u64) -> Self {
        Self {
            model,
            patience,
            budget: Budget::default(),
            turns: Semaphore::new(patience.concurrency.clamp(1, Semaphore::MAX_PERMITS)),
            dice: Mutex::new(ChaCha8Rng::seed_from_u64(seed)),
        }
    }

    async fn ask(&self, request: &ModelRequest<'_>) -> Result<Reply, ModelError> {
        self.budget.deposit();
        let mut attempt = 1;
        loop {
            let result = self.attempt(request).await;
            let error = match result {
                Ok(reply) => {
                    if attempt > 1 {
                        self.budget.give_back();
                    }
                    return Ok(reply);
                }
                Err(error) => error,
            };
            let Some(wait) = self.wait(&error, attempt) else { return Err(error) };
            tracing::debug!(
                model = self.model.name(),
                role = request.role,
                error = error.kind(),
                attempt,
                wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
                "asks again"
            );
            tokio::time::sleep(wait).await;
            attempt += 1;
        }
    }

    async fn attempt(&self, request: &ModelRequest<'_>) -> Result<Reply, ModelError> {
        // The semaphore is never closed, so a turn always comes.
        let _turn = self.turns.acquire().await;
        self.model.reply(request.clone()).await
    }

    /// How long to wait before the next attempt, which the budget has paid for; `None` where there is none.
    fn wait(&self, error: &ModelError, attempt: u32) -> Option<Duration> {
        let (limit, asked) = match error {
            ModelError::Throttled { retry_after, .. } => {
                (self.patience.attempts_when_throttled, *retry_after)
            }
            // A language model that wrote what cannot be read seldom does so twice.
            ModelError::Unreachable { .. }
            | ModelError::Cut { .. }
            | ModelError::Malformed { .. } => (self.patience.attempts, None),
            // A second wait as long as the first would outlast the question.
            ModelError::Timeout { .. } => (self.patience.attempts.min(2), None),
            ModelError::Denied { .. }
            | ModelError::TooLong { .. }
            | ModelError::Rejected { .. } => {
                return None;
            }
        };
        if attempt >= limit || asked.is_some_and(|asked| asked > self.patience.longest_wait) {
            return None;
        }
        if !self.budget.take() {
            return None;
        }
        Some(asked.unwrap_or_default() + self.jitter(attempt))
    }

    /// A wait anywhere between nothing and the bound of this attempt ("full jitter").
    fn jitter(&self, attempt: u32) -> Duration {
        let doubled =
            self.patience.first_wait.saturating_mul(1 << attempt.saturating_sub(1).min(20));
        let bound = doubled.min(self.patience.longest_wait);
        let most = u64::try_from(bound.as_micros()).unwrap_or(u64::MAX);
        let mut dice = self.dice.lock().unwrap_or_else(PoisonError::into_inner);
        Duration::from_micros(dice.random_range(0..=most))
    }
}

impl ChatModel for Patient {
    fn name(&self) -> &str {
        self.model.name()
    }

    fn can_repair(&self) -> bool {
        self.model.can_repair()
    }

    fn provider(&self) -> &'static str {
        self.model.provider()
    }

    fn context_tokens(&self) -> Option<u64> {
        self.model.context_tokens()
    }

    fn max_output_tokens(&self) -> u64 {
        self.model.max_output_tokens()
    }

    fn price(&self) -> Option<&Price> {
        self.model.price()
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        async move { self.ask(&request).await }.boxed()
    }
}

#[cfg(test)]
mod tests;
