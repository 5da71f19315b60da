//! `wherefore eval questions`: question cases asked in process and scored.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use wherefore_evals::questions::{self, Case, QuestionsReport, Show, read_cases, tables};

use super::{
    super::{Context, Exit, arguments::eval::Questions, failure::Failure, progress::counter},
    datasets::{DEMO, warehouses},
    in_process::InProcess,
    is_within,
};

pub(super) fn run(arguments: &Questions, context: &Context) -> Result<Exit, Failure> {
    let cases = cases(arguments)?;
    if cases.is_empty() {
        return Err(Failure::NoCases);
    }
    let datasets: BTreeSet<&str> = cases.iter().map(Case::dataset_stem).collect();
    let warehouses = warehouses(&datasets, arguments, context)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::Runtime)?;
    let report = runtime.block_on(async {
        let program = InProcess::open(warehouses, context).await?;
        let bar = counter(context.output, "asking");
        let all = u64::try_from(cases.len()).unwrap_or(u64::MAX);
        let report = questions::run(&cases, &program, &|done| bar.set(done, all)).await;
        bar.end();
        Ok::<_, Failure>(report)
    })?;
    let report = if arguments.counts_only { report.counts_only() } else { report };
    show(&report, arguments, context)?;
    let declined = report.declined_share();
    let is_declining =
        arguments.min_declined.is_none_or(|least| declined.is_none_or(|share| share >= least));
    let is_good = is_within(&report.suite, arguments.bounds) && is_declining;
    Ok(if is_good { Exit::Done } else { Exit::Failed })
}

fn show(report: &QuestionsReport, arguments: &Questions, context: &Context) -> Result<(), Failure> {
    if arguments.json {
        context.output.json(report)
    } else {
        let show = Show { failures: arguments.show_failures };
        context.output.print(tables(report, show).trim_end())
    }
}

/// The cases that the arguments pick, in the order of their files.
fn cases(arguments: &Questions) -> Result<Vec<Case>, Failure> {
    let mut cases: Vec<Case> = Vec::new();
    for path in files(arguments)? {
        let text = fs::read_to_string(&path)
            .map_err(|source| Failure::Unreadable { path: path.clone(), source })?;
        let part = stem(&path);
        let read = read_cases(&text, &part);
        cases.extend(read.map_err(|source| Failure::NoCase { path, source })?);
    }
    let is_picked = |case: &Case| {
        (!arguments.demo || case.dataset_stem() == DEMO)
            && (arguments.only.is_empty()
                || arguments.only.iter().any(|word| case.is_meant_by(word)))
    };
    cases.retain(is_picked);
    Ok(cases)
}

fn files(arguments: &Questions) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in &arguments.data {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let unreadable = |source| Failure::Unreadable { path: path.clone(), source };
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?.path();
            let is_part = arguments.part.is_empty() || arguments.part.contains(&stem(&entry));
            if entry.extension().is_some_and(|ending| ending == "jsonl") && is_part {
                inside.push(entry);
            }
        }
        inside.sort();
        files.append(&mut inside);
    }
    Ok(files)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
