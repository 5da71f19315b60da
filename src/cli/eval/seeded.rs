//! The suites of made-up companies: what was planted in them, asked for in process and held against how it was
//! made.

use std::thread;

use wherefore_demo::Plants;
use wherefore_evals::{
    anomalies::run_anomalies, budgets::run_budgets, commitments::run_commitments,
    forecast::run_forecast, savings::run_savings, stories::run_stories,
};

use super::{
    super::{Context, Exit, arguments::eval::Seeded, failure::Failure, progress::counter},
    company::SeedFounder,
    shown,
};

/// Which of the suites.
#[derive(Debug, Clone, Copy)]
pub(super) enum Suite {
    Anomalies,
    Budgets,
    Commitments,
    Forecast,
    Savings,
    Stories,
}

impl Suite {
    // The smallest company has the stories, what belongs to nobody, and every waste; anomalies and forecasts
    // want some workloads beside those.
    fn rows(self) -> u64 {
        match self {
            Self::Budgets | Self::Commitments | Self::Savings | Self::Stories => 0,
            Self::Anomalies | Self::Forecast => 50_000,
        }
    }

    // Truths about the whole estate hold where nothing else is planted.
    fn plants(self) -> Plants {
        match self {
            Self::Savings => Plants::Wastes,
            Self::Commitments => Plants::Commitments,
            Self::Anomalies | Self::Budgets | Self::Forecast | Self::Stories => Plants::Money,
        }
    }
}

pub(super) fn run(suite: Suite, arguments: &Seeded, context: &Context) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::Runtime)?;
    let rows = arguments.rows.unwrap_or(suite.rows());
    let founder = SeedFounder::new(context, rows, suite.plants(), runtime.handle().clone());
    let seeds = arguments.seeds.first..=arguments.seeds.last;
    let all = arguments.seeds.last.saturating_sub(arguments.seeds.first).saturating_add(1);
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let bar = counter(context.output, "companies");
    let done = |done| bar.set(done, all);
    let report = runtime.block_on(async {
        match suite {
            Suite::Anomalies => run_anomalies(seeds, &founder, at_once, &done).await,
            Suite::Budgets => run_budgets(seeds, &founder, at_once, &done).await,
            Suite::Commitments => run_commitments(seeds, &founder, at_once, &done).await,
            Suite::Forecast => run_forecast(seeds, &founder, at_once, &done).await,
            Suite::Savings => run_savings(seeds, &founder, at_once, &done).await,
            Suite::Stories => run_stories(seeds, &founder, at_once, &done).await,
        }
    });
    bar.end();
    shown(&report, arguments.json, arguments.bounds, context)
}
