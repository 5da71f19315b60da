//! `wherefore eval stories`: planted unit-cost stories, asked in process and held against the truths.

use std::{sync::Arc, thread};

use futures::future::{BoxFuture, FutureExt as _};
use jiff::civil::Date;
use tokio::runtime::Handle;
use wherefore_contract::answer::Answer;
use wherefore_demo::{DemoOptions, DemoTruth, Plants};
use wherefore_evals::stories::{Founded, Founds, run_stories};

use super::{
    super::{Context, Exit, arguments::eval::Stories, failure::Failure, progress::counter},
    company::{Company, Founder},
    is_within,
};

// Stories are whole in the smallest company.
const FEWEST_ROWS: u64 = 0;

pub(super) fn run(arguments: &Stories, context: &Context) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::Runtime)?;
    let founder = StoryFounder::new(context, FEWEST_ROWS, runtime.handle().clone());
    let seeds = arguments.seeds.first..=arguments.seeds.last;
    let all = arguments.seeds.last.saturating_sub(arguments.seeds.first).saturating_add(1);
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let bar = counter(context.output, "companies");
    let report =
        runtime.block_on(run_stories(seeds, &founder, at_once, &|done| bar.set(done, all)));
    bar.end();
    if arguments.json {
        context.output.json(&report)?;
    } else {
        context.output.print(&report.table())?;
    }
    Ok(if is_within(&report, arguments.bounds) { Exit::Done } else { Exit::Failed })
}

/// Founds the companies of seeded suites, each of this many rows.
pub(super) struct StoryFounder {
    founder: Founder,
    rows: u64,
    plants: Plants,
    handle: Handle,
}

impl StoryFounder {
    pub(super) fn new(context: &Context, rows: u64, handle: Handle) -> Self {
        Self { founder: Founder::new(context), rows, plants: Plants::All, handle }
    }

    /// The same companies with other plants.
    pub(super) fn with(self, plants: Plants) -> Self {
        Self { plants, ..self }
    }
}

impl Founds for StoryFounder {
    fn found(&self, seed: u64) -> BoxFuture<'_, Result<Box<dyn Founded>, String>> {
        async move {
            let (rows, plants) = (Some(self.rows), self.plants);
            let company = self.founder.company(DemoOptions { seed, rows, plants }).await;
            let company = Arc::new(company.map_err(|failure| failure.to_string())?);
            let handle = self.handle.clone();
            Ok(Box::new(StoryCompany { company, handle }) as Box<dyn Founded>)
        }
        .boxed()
    }
}

struct StoryCompany {
    company: Arc<Company>,
    handle: Handle,
}

impl Founded for StoryCompany {
    fn truth(&self) -> &DemoTruth {
        &self.company.truth
    }

    // On a task of its own, so that companies that stand side by side use all cores.
    fn ask<'a>(&'a self, question: &'a str, as_of: Date) -> BoxFuture<'a, Result<Answer, String>> {
        let (company, question) = (Arc::clone(&self.company), question.to_owned());
        let asked = self.handle.spawn(async move { company.answer(&question, as_of).await });
        async move { asked.await.map_err(|failure| failure.to_string())? }.boxed()
    }
}
