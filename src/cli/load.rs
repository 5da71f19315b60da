//! `wherefore load`: bills into the warehouse, and the data report.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use indicatif::ProgressBar;

use wherefore_load::{LoadOptions, load, render_text, report::LoadReport};

use super::{Context, Exit, arguments::Load, failure::Failure, output::Output, progress::spinner};

/// What to load.
pub(super) struct Source<'a> {
    pub(super) paths: &'a [PathBuf],
    pub(super) workload_tag: Option<String>,
}

pub(super) fn run(arguments: &Load, context: Context) -> Result<Exit, Failure> {
    let config = context.config.clone().with(arguments.warehouse.warehouse.clone(), None);
    let context = Context { config, ..context };
    let workload_tag =
        arguments.workload_tag.clone().or_else(|| context.config.workload_tag.clone());
    let report = load_into(Source { paths: &arguments.paths, workload_tag }, &context)?;
    if arguments.json {
        context.output.json(&report)?;
    } else {
        context.output.print(&render_text(&report))?;
    }
    Ok(if report.is_complete() { Exit::Done } else { Exit::Failed })
}

/// Loads with a bar or lines on standard error.
pub(super) fn load_into(source: Source<'_>, context: &Context) -> Result<LoadReport, Failure> {
    let options = LoadOptions {
        workload_tag: source.workload_tag,
        ..LoadOptions::new(context.config.warehouse.clone(), context.clock.now())
    };
    let progress = LoadProgress::begin(context.output);
    Ok(load(source.paths, &options, &progress)?)
}

/// Empties a warehouse. Only what a load makes is removed.
pub(super) fn clear(warehouse: &Path) -> Result<(), Failure> {
    for name in ["CURRENT", "snapshots", "charges", "transactions", "calls", "metrics", "catalog"] {
        let path = warehouse.join(name);
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else if path.exists() {
            fs::remove_file(&path)
        } else {
            Ok(())
        };
        removed.map_err(|source| Failure::Unwritable { path, source })?;
    }
    Ok(())
}

/// Which file is read and how many rows are written; the line goes when this is dropped.
struct LoadProgress {
    bar: Option<ProgressBar>,
    output: Output,
    rows: AtomicU64,
}

impl LoadProgress {
    fn begin(output: Output) -> Self {
        let bar = output.is_watched().then(|| spinner("reading files"));
        Self { bar, output, rows: AtomicU64::new(0) }
    }
}

impl wherefore_load::Progress for LoadProgress {
    fn file_started(&self, file: &Path, index: usize, count: usize) {
        let line = format!("loading {} ({index} of {count})", file.display());
        match &self.bar {
            Some(bar) => bar.set_message(line),
            None => self.output.note(&line),
        }
    }

    fn rows_written(&self, rows: u64) {
        let all = self.rows.fetch_add(rows, Ordering::Relaxed).saturating_add(rows);
        if let Some(bar) = &self.bar {
            bar.set_prefix(format!("{all} rows"));
        }
    }
}

impl Drop for LoadProgress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
