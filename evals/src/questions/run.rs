//! Asks every case through a port and scores what comes back.

use std::time::Duration;

use futures::future::BoxFuture;
use wherefore_contract::answer::Answer;

use super::{
    case::Case,
    score::{CaseResult, QuestionsReport},
};

/// Whoever answers questions: the program in process, a service, or kept answers.
pub trait Asks: Send + Sync {
    /// Answers the question of a case on its dataset and day.
    ///
    /// # Errors
    /// With why there is no answer document.
    fn ask<'a>(&'a self, case: &'a Case) -> BoxFuture<'a, Result<Asked, String>>;
}

/// An answer and what it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub answer: Answer,
    /// The whole question.
    pub elapsed: Duration,
    /// Finding names and understanding alone, when it was measured.
    pub understanding: Option<Duration>,
}

/// Asks the cases one after the other; `done` hears how many are.
pub async fn run(cases: &[Case], asks: &dyn Asks, done: &(dyn Fn(u64) + Sync)) -> QuestionsReport {
    let mut results = Vec::with_capacity(cases.len());
    for (count, case) in (1..).zip(cases) {
        let asked = asks.ask(case).await;
        results.push(CaseResult::new(case, &asked));
        done(count);
    }
    QuestionsReport::new(results)
}
