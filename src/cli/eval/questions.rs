//! `wherefore eval questions`: question cases asked in process and scored.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use wherefore_evals::questions::{
    self, Asks, Case, Comparison, Kept, QuestionsReport, Show, compare, html, junit, read_cases,
    tables,
};

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
    let earlier = arguments.against.as_deref().map(earlier).transpose()?;
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::Runtime)?;
    let report = runtime.block_on(async {
        if let Some(path) = &arguments.answers {
            let kept = Kept::read(&read(path)?)
                .map_err(|source| Failure::NoKept { path: path.clone(), source })?;
            return Ok(ask(&cases, &kept, context).await);
        }
        let datasets: BTreeSet<&str> = cases.iter().map(Case::dataset_stem).collect();
        let warehouses = warehouses(&datasets, arguments, context)?;
        let program = InProcess::open(warehouses, context).await?;
        Ok::<_, Failure>(ask(&cases, &program, context).await)
    })?;
    let compared = earlier.map(|earlier| compare(&earlier, &report));
    let is_worse = compared.as_ref().is_some_and(|compared| !compared.worse.is_empty());
    let (report, compared) = if arguments.shown.counts_only {
        (report.counts_only(), compared.map(Comparison::counts_only))
    } else {
        (report, compared)
    };
    show(&report, compared.as_ref(), arguments, context)?;
    let is_good = is_within(&report.suite, arguments.bounds)
        && is_declining(&report, arguments.min_declined)
        && !(arguments.no_worse && is_worse);
    Ok(if is_good { Exit::Done } else { Exit::Failed })
}

async fn ask(cases: &[Case], asks: &dyn Asks, context: &Context) -> QuestionsReport {
    let bar = counter(context.output, "asking");
    let all = u64::try_from(cases.len()).unwrap_or(u64::MAX);
    let report = questions::run(cases, asks, &|done| bar.set(done, all)).await;
    bar.end();
    report
}

fn is_declining(report: &QuestionsReport, least: Option<f64>) -> bool {
    let share = report.declined_share();
    least.is_none_or(|least| share.is_none_or(|share| share >= least))
}

fn show(
    report: &QuestionsReport,
    compared: Option<&Comparison>,
    arguments: &Questions,
    context: &Context,
) -> Result<(), Failure> {
    if let Some(path) = &arguments.junit {
        write(path, &junit(report)?)?;
    }
    if let Some(path) = &arguments.html {
        write(path, &html(report, compared)?)?;
    }
    if arguments.shown.json {
        return context.output.json(report);
    }
    let show = Show { failures: arguments.shown.show_failures };
    context.output.print(tables(report, show).trim_end())?;
    compared.map_or(Ok(()), |compared| {
        context.output.print(&format!("\n{}", compared.table().trim_end()))
    })
}

fn earlier(path: &Path) -> Result<QuestionsReport, Failure> {
    let parsed = serde_json::from_str(&read(path)?);
    parsed.map_err(|source| Failure::NoEarlier { path: path.to_path_buf(), source })
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path)
        .map_err(|source| Failure::Unreadable { path: path.to_path_buf(), source })
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|source| Failure::Unwritable { path: path.to_path_buf(), source })
}

/// The cases that the arguments pick, in the order of their files.
fn cases(arguments: &Questions) -> Result<Vec<Case>, Failure> {
    let mut cases: Vec<Case> = Vec::new();
    for path in files(arguments)? {
        let parsed = read_cases(&read(&path)?, &stem(&path));
        cases.extend(parsed.map_err(|source| Failure::NoCase { path, source })?);
    }
    let is_picked = |case: &Case| {
        (!arguments.demo || case.dataset_stem() == DEMO)
            && (arguments.only.is_empty()
                || arguments.only.iter().any(|word| case.is_meant_by(word)))
    };
    cases.retain(is_picked);
    Ok(cases.into_iter().step_by(arguments.every.get()).collect())
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
