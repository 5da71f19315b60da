//! `wherefore eval savings`: planted wastes, asked for in process and held against how they were made.

use std::thread;

use wherefore_demo::Plants;
use wherefore_evals::savings::run_savings;

use super::{
    super::{Context, Exit, arguments::eval::Savings, failure::Failure, progress::counter},
    is_within,
    stories::StoryFounder,
};

// The smallest company has the stories, what belongs to nobody, and every waste.
const FEWEST_ROWS: u64 = 0;

pub(super) fn run(arguments: &Savings, context: &Context) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::Runtime)?;
    let rows = arguments.rows.unwrap_or(FEWEST_ROWS);
    let founder = StoryFounder::new(context, rows, runtime.handle().clone()).with(Plants::Wastes);
    let seeds = arguments.seeds.first..=arguments.seeds.last;
    let all = arguments.seeds.last.saturating_sub(arguments.seeds.first).saturating_add(1);
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let bar = counter(context.output, "companies");
    let report =
        runtime.block_on(run_savings(seeds, &founder, at_once, &|done| bar.set(done, all)));
    bar.end();
    if arguments.json {
        context.output.json(&report)?;
    } else {
        context.output.print(&report.table())?;
    }
    Ok(if is_within(&report, arguments.bounds) { Exit::Done } else { Exit::Failed })
}
