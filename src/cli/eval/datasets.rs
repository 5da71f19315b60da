//! Warehouses of the datasets that cases name: found, or made once from their bills.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use wherefore_demo::{DemoOptions, Plants};

use super::super::{
    Context,
    arguments::eval::Questions,
    failure::Failure,
    load::{Source, clear, load_into},
    progress::counter,
};

/// The dataset that is made instead of loaded, and its seed.
pub(super) const DEMO: &str = "demo";
const DEMO_SEED: u64 = 1;

/// Warehouses made for evaluations, when no folder is named.
const CACHE: &str = "wherefore-eval";

const ENDINGS: [&str; 3] = ["parquet", "csv", "csv.gz"];

/// What a warehouse was made from; another bill or another program makes it again.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct MadeFrom {
    version: String,
    bill: String,
    program: String,
}

/// Where each dataset's warehouse is, all of them there.
pub(super) fn warehouses(
    datasets: &BTreeSet<&str>,
    arguments: &Questions,
    context: &Context,
) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let mut found = BTreeMap::new();
    let mut missing = Vec::new();
    for &dataset in datasets {
        match warehouse(dataset, arguments, context)? {
            Some(path) => {
                found.insert(dataset.to_owned(), path);
            }
            None => missing.push(dataset.to_owned()),
        }
    }
    if missing.is_empty() { Ok(found) } else { Err(Failure::NoDataset { names: missing }) }
}

fn warehouse(
    dataset: &str,
    arguments: &Questions,
    context: &Context,
) -> Result<Option<PathBuf>, Failure> {
    if let Some(folder) = &arguments.warehouse {
        let named = folder.join(dataset);
        let it = [folder.clone(), named].into_iter().find(|path| is_warehouse(path));
        if it.is_some() {
            return Ok(it);
        }
    }
    let cache = arguments.warehouse.clone().unwrap_or_else(|| PathBuf::from(CACHE));
    if dataset == DEMO && (arguments.demo || arguments.bills.is_some()) {
        return made_demo(&cache, context).map(Some);
    }
    let Some(bill) = arguments.bills.as_deref().and_then(|folder| bill_of(folder, dataset)) else {
        return Ok(None);
    };
    let made_from = MadeFrom {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        bill: stamp(&bill)?,
        program: program(),
    };
    made(&cache.join(dataset), &made_from, context, |_| Ok(vec![bill])).map(Some)
}

fn is_warehouse(path: &Path) -> bool {
    path.join("CURRENT").is_file()
}

fn bill_of(folder: &Path, dataset: &str) -> Option<PathBuf> {
    let files = ENDINGS.iter().map(|ending| folder.join(format!("{dataset}.{ending}")));
    files.chain([folder.join(dataset)]).find(|path| path.exists())
}

fn made_demo(cache: &Path, context: &Context) -> Result<PathBuf, Failure> {
    let made_from = MadeFrom {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        bill: format!("seed {DEMO_SEED}"),
        program: program(),
    };
    made(&cache.join(DEMO), &made_from, context, |folder| {
        let company = folder.join("company");
        let bar = counter(context.output, "making bills");
        let options = DemoOptions { seed: DEMO_SEED, rows: None, plants: Plants::Nothing };
        wherefore_demo::generate(&company, &options, &mut |progress| {
            bar.set(progress.rows, progress.expected);
        })?;
        bar.end();
        Ok(wherefore_demo::sources(&company))
    })
}

/// A warehouse in `folder`, loaded anew unless it was made from the same.
fn made(
    folder: &Path,
    made_from: &MadeFrom,
    context: &Context,
    paths: impl FnOnce(&Path) -> Result<Vec<PathBuf>, Failure>,
) -> Result<PathBuf, Failure> {
    let note = folder.join("made-from.json");
    let before = fs::read_to_string(&note).ok();
    let before: Option<MadeFrom> = before.and_then(|text| serde_json::from_str(&text).ok());
    if before.as_ref() == Some(made_from) && is_warehouse(folder) {
        return Ok(folder.to_path_buf());
    }
    let unwritable = |path: &Path| {
        let path = path.to_path_buf();
        move |source| Failure::Unwritable { path, source }
    };
    fs::create_dir_all(folder).map_err(unwritable(folder))?;
    clear(folder)?;
    let paths = paths(folder)?;
    let config = context.config.clone().with(Some(folder.to_path_buf()), None);
    let workload_tag = context.config.workload_tag.clone();
    let here = Context { config, clock: context.clock.clone(), output: context.output };
    load_into(Source { paths: &paths, workload_tag }, &here)?;
    let text = serde_json::to_string_pretty(made_from).map_err(io::Error::from)?;
    fs::write(&note, text).map_err(unwritable(&note))?;
    Ok(folder.to_path_buf())
}

// Size and time of change are enough to see another file.
fn stamp(path: &Path) -> Result<String, Failure> {
    let unreadable = |source| Failure::Unreadable { path: path.to_path_buf(), source };
    let about = fs::metadata(path).map_err(unreadable)?;
    let changed = about.modified().map_err(unreadable)?;
    let changed = changed.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{} bytes, {} ns", about.len(), changed.as_nanos()))
}

// Another build may load the same bill in another way.
fn program() -> String {
    let path = std::env::current_exe();
    path.ok().and_then(|path| stamp(&path).ok()).unwrap_or_default()
}
