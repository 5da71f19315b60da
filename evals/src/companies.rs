//! Made-up companies that the suites ask: who founds them, and the walk over those of a range of seeds.

use std::ops::RangeInclusive;

use futures::{StreamExt as _, future::BoxFuture, stream};
use jiff::civil::Date;
use wherefore_contract::answer::Answer;
use wherefore_demo::DemoTruth;

/// Whoever founds companies: makes the bills of a seed and loads them.
pub trait Founds: Send + Sync {
    /// The company of a seed, ready to be asked about.
    ///
    /// # Errors
    /// With why it cannot be asked.
    fn found(&self, seed: u64) -> BoxFuture<'_, Result<Box<dyn Founded>, String>>;
}

/// A company that can be asked about.
pub trait Founded: Send + Sync {
    /// What good answers must find.
    fn truth(&self) -> &DemoTruth;

    /// Answers a question that is asked on a day, in the language it is written in.
    ///
    /// # Errors
    /// With why there is no answer document.
    fn ask<'a>(&'a self, question: &'a str, as_of: Date) -> BoxFuture<'a, Result<Answer, String>>;
}

/// Asks the company of each seed, `at_once` side by side, and hands what each told to `take` in the order of seeds;
/// `done` hears how many are done. Returns how many there were.
pub(crate) async fn each_company<T, F: Future<Output = T>>(
    seeds: RangeInclusive<u64>,
    at_once: usize,
    done: &(dyn Fn(u64) + Sync),
    ask: impl FnMut(u64) -> F,
    mut take: impl FnMut(T),
) -> u64 {
    let mut told = stream::iter(seeds.map(ask)).buffered(at_once.max(1));
    let mut count = 0;
    while let Some(one) = told.next().await {
        take(one);
        count += 1;
        done(count);
    }
    count
}
