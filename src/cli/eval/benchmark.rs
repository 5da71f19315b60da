//! The suites over public benchmarks, which read the benchmark's own files.

use wherefore_evals::{nab::run_nab, tcpd::run_tcpd};

use super::{
    super::{
        Context, Exit,
        arguments::eval::{Benchmark, Nab},
        failure::Failure,
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
