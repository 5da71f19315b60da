//! The suites over public benchmarks, which read the benchmark's own files.

use wherefore_evals::{
    drift::run_drift, logs::run_logs, nab::run_nab, nezha::run_nezha, petshop::run_petshop,
    tcpd::run_tcpd,
};

use super::{
    super::{
        Context, Exit,
        arguments::eval::{Benchmark, Causes, Drift, Logs, Nab},
        failure::Failure,
        progress::counter,
    },
    shown,
};

pub(super) fn nab(arguments: &Nab, context: &Context) -> Result<Exit, Failure> {
    let Benchmark { data, predictions, json, bounds } = &arguments.benchmark;
    let report = run_nab(data, predictions.as_deref(), arguments.profile)?;
    shown(&report, *json, *bounds, context)
}

pub(super) fn tcpd(arguments: &Benchmark, context: &Context) -> Result<Exit, Failure> {
    let report = run_tcpd(&arguments.data, arguments.predictions.as_deref())?;
    shown(&report, arguments.json, arguments.bounds, context)
}

pub(super) fn petshop(arguments: &Causes, context: &Context) -> Result<Exit, Failure> {
    let Benchmark { data, predictions, json, bounds } = &arguments.benchmark;
    let report = run_petshop(data, predictions.as_deref(), arguments.ablation)?;
    shown(&report, *json, *bounds, context)
}

pub(super) fn nezha(arguments: &Causes, context: &Context) -> Result<Exit, Failure> {
    let Benchmark { data, predictions, json, bounds } = &arguments.benchmark;
    let report = run_nezha(data, predictions.as_deref(), arguments.ablation)?;
    shown(&report, *json, *bounds, context)
}

pub(super) fn drift(arguments: &Drift, context: &Context) -> Result<Exit, Failure> {
    let Drift { data, seeds, predictions, json, bounds } = arguments;
    let bar = counter(context.output, "base series");
    let done = |done, all| bar.set(done, all);
    let report = run_drift(data, seeds.first..=seeds.last, predictions.as_deref(), &done)?;
    bar.end();
    shown(&report, *json, *bounds, context)
}

pub(super) fn logs(arguments: &Logs, context: &Context) -> Result<Exit, Failure> {
    let Logs { seeds, predictions, json, bounds } = arguments;
    let report = run_logs(seeds.first..=seeds.last, predictions.as_deref())?;
    shown(&report, *json, *bounds, context)
}
