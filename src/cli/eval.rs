//! `wherefore eval`: scores a suite and fails when it is below the wanted bounds.

use wherefore_evals::{gate::run_gate, report::SuiteReport};

use super::{
    Context, Exit,
    arguments::{Eval, Suite},
    failure::Failure,
};

pub(super) fn run(arguments: &Eval, context: &Context) -> Result<Exit, Failure> {
    let report = match arguments.suite {
        Suite::Gate => {
            run_gate(arguments.seeds.first..arguments.seeds.last.saturating_add(1), arguments.cases)
        }
    };
    if arguments.json {
        context.output.json(&report)?;
    } else {
        context.output.print(&report.table())?;
    }
    Ok(if is_within(&report, arguments) { Exit::Done } else { Exit::Failed })
}

fn is_within(report: &SuiteReport, arguments: &Eval) -> bool {
    let share = |count: u32| {
        if report.cases == 0 { 0.0 } else { f64::from(count) / f64::from(report.cases) }
    };
    arguments.min_right.is_none_or(|least| share(report.right) >= least)
        && arguments.max_wrong.is_none_or(|most| share(report.wrong) <= most)
}
