//! `wherefore eval`: scores a suite and fails when it is below the wanted bounds.

mod benchmark;
mod company;
mod datasets;
mod hostile;
mod in_process;
mod questions;
mod seeded;

use wherefore_evals::{gate::run_gate, report::SuiteReport};

use super::{
    Context, Exit,
    arguments::eval::{Bounds, Eval, Gate},
    failure::Failure,
};

pub(super) fn run(arguments: &Eval, context: &Context) -> Result<Exit, Failure> {
    match arguments {
        Eval::Gate(arguments) => gate(arguments, context),
        Eval::Hostile(arguments) => hostile::run(arguments, context),
        Eval::Questions(arguments) => questions::run(arguments, context),
        Eval::Savings(arguments) => seeded::run(seeded::Suite::Savings, arguments, context),
        Eval::Stories(arguments) => seeded::run(seeded::Suite::Stories, arguments, context),
        Eval::Anomalies(arguments) => seeded::run(seeded::Suite::Anomalies, arguments, context),
        Eval::Budgets(arguments) => seeded::run(seeded::Suite::Budgets, arguments, context),
        Eval::Commitments(arguments) => seeded::run(seeded::Suite::Commitments, arguments, context),
        Eval::Forecast(arguments) => seeded::run(seeded::Suite::Forecast, arguments, context),
        Eval::Petshop(arguments) => benchmark::petshop(arguments, context),
        Eval::Nezha(arguments) => benchmark::nezha(arguments, context),
        Eval::Nab(arguments) => benchmark::nab(arguments, context),
        Eval::Tcpd(arguments) => benchmark::tcpd(arguments, context),
        Eval::Drift(arguments) => benchmark::drift(arguments, context),
        Eval::Logs(arguments) => benchmark::logs(arguments, context),
    }
}

fn gate(arguments: &Gate, context: &Context) -> Result<Exit, Failure> {
    let seeds = arguments.seeds.first..arguments.seeds.last.saturating_add(1);
    let report = run_gate(seeds, arguments.cases);
    shown(&report, arguments.json, arguments.bounds, context)
}

fn shown(
    report: &SuiteReport,
    is_json: bool,
    bounds: Bounds,
    context: &Context,
) -> Result<Exit, Failure> {
    if is_json {
        context.output.json(report)?;
    } else {
        context.output.print(&report.table())?;
    }
    Ok(if is_within(report, bounds) { Exit::Done } else { Exit::Failed })
}

fn is_within(report: &SuiteReport, bounds: Bounds) -> bool {
    let share = |count: u32| {
        if report.cases == 0 { 0.0 } else { f64::from(count) / f64::from(report.cases) }
    };
    bounds.min_right.is_none_or(|least| share(report.right) >= least)
        && bounds.max_wrong.is_none_or(|most| share(report.wrong) <= most)
}
