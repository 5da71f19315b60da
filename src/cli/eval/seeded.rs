//! `wherefore eval anomalies` and `wherefore eval forecast`: what was planted and what came, asked in process.

use std::thread;

use wherefore_evals::{anomalies::run_anomalies, forecast::run_forecast};

use super::{
    super::{Context, Exit, arguments::eval::Seeded, failure::Failure, progress::counter},
    is_within,
    stories::StoryFounder,
};

// A company with some workloads beside those of its stories.
const ROWS: u64 = 50_000;

/// Which of the suites.
#[derive(Debug, Clone, Copy)]
pub(super) enum Suite {
    Anomalies,
    Forecast,
}

pub(super) fn run(suite: Suite, arguments: &Seeded, context: &Context) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::Runtime)?;
    let rows = arguments.rows.unwrap_or(ROWS);
    let founder = StoryFounder::new(context, rows, runtime.handle().clone());
    let seeds = arguments.seeds.first..=arguments.seeds.last;
    let all = arguments.seeds.last.saturating_sub(arguments.seeds.first).saturating_add(1);
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let bar = counter(context.output, "companies");
    let done = |done| bar.set(done, all);
    let report = runtime.block_on(async {
        match suite {
            Suite::Anomalies => run_anomalies(seeds, &founder, at_once, &done).await,
            Suite::Forecast => run_forecast(seeds, &founder, at_once, &done).await,
        }
    });
    bar.end();
    if arguments.json {
        context.output.json(&report)?;
    } else {
        context.output.print(&report.table())?;
    }
    Ok(if is_within(&report, arguments.bounds) { Exit::Done } else { Exit::Failed })
}
