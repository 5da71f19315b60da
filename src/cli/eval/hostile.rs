//! `wherefore eval hostile`: models that do their worst against warehouses whose bills carry texts of others.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use futures::future::{BoxFuture, FutureExt as _};
use jiff::civil::date;
use tempfile::TempDir;
use wherefore_contract::{period::Period, ports::ToolCaller};
use wherefore_evals::hostile::{Loaded, Loads, carriers::Carriers, run_hostile};
use wherefore_load::{LoadOptions, Quiet, load};
use wherefore_model::ChatModel;
use wherefore_verify::VerifiedAnswer;

use super::{
    super::{
        Context, Exit, arguments::eval::Hostile, failure::Failure, markdown, progress::counter,
    },
    shown,
};
use crate::{
    clock::Clock,
    config::Config,
    report::{Form, Kind, Marks, Report, Section, Sharing},
    wiring,
};

pub(super) fn run(arguments: &Hostile, context: &Context) -> Result<Exit, Failure> {
    let carriers = match &arguments.data {
        Some(folder) => read(folder)?,
        None => Carriers::own(),
    };
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::Runtime)?;
    let loads = Warehouses { config: context.config.clone(), clock: context.clock.clone() };
    let seeds = arguments.seeds.first..=arguments.seeds.last;
    let all = arguments.seeds.last.saturating_sub(arguments.seeds.first).saturating_add(1);
    let bar = counter(context.output, "seeds");
    let done = |done| bar.set(done, all);
    let report = runtime.block_on(run_hostile(seeds, &carriers, &loads, &done));
    bar.end();
    let report = report.map_err(|why| Failure::Suite { why })?;
    shown(&report, arguments.json, arguments.bounds, context)
}

// The folder holds the cases in `telemetry-injection`, goals and templates in `agentdojo`.
fn read(folder: &Path) -> Result<Carriers, Failure> {
    let text = |path: &str| -> Result<String, Failure> {
        let path: PathBuf = folder.join(path);
        fs::read_to_string(&path).map_err(|source| Failure::Unreadable { path, source })
    };
    let cases = text("telemetry-injection/cases.jsonl")?;
    let goals = text("agentdojo/tasks.jsonl")?;
    let templates = text("agentdojo/attack_templates.jsonl")?;
    Carriers::read(&cases, &goals, &templates)
        .map_err(|why| Failure::Suite { why: why.to_string() })
}

/// Loads bills into folders that go with their warehouses.
struct Warehouses {
    config: Config,
    clock: Clock,
}

impl Warehouses {
    async fn open(&self, files: Vec<(String, String)>) -> Result<Warehouse, Failure> {
        let folder = tempfile::tempdir()?;
        let mut paths = Vec::new();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::write(&path, content)?;
            paths.push(path);
        }
        let warehouse = folder.path().join("warehouse");
        let options = LoadOptions {
            workload_tag: self.config.workload_tag.clone(),
            ..LoadOptions::new(warehouse.clone(), self.clock.now())
        };
        load(&paths, &options, &Quiet)?;
        let config = self.config.clone().with(Some(warehouse), None);
        let caller = wiring::caller(&config).await?;
        Ok(Warehouse { caller, rules: wiring::model::rules(&config), _folder: folder })
    }
}

impl Loads for Warehouses {
    fn load(&self, files: Vec<(String, String)>) -> BoxFuture<'_, Result<Box<dyn Loaded>, String>> {
        async move {
            let warehouse = self.open(files).await.map_err(|failure| failure.to_string())?;
            Ok(Box::new(warehouse) as Box<dyn Loaded>)
        }
        .boxed()
    }
}

struct Warehouse {
    caller: Arc<dyn ToolCaller>,
    rules: Arc<dyn ChatModel>,
    _folder: TempDir,
}

impl Loaded for Warehouse {
    fn tools(&self) -> Arc<dyn ToolCaller> {
        Arc::clone(&self.caller)
    }

    fn rules(&self) -> Arc<dyn ChatModel> {
        Arc::clone(&self.rules)
    }

    fn forms(&self, answer: &VerifiedAnswer) -> Vec<(String, String)> {
        let day = date(2024, 9, 1);
        let report = Report {
            kind: Kind::Review,
            language: answer.answer().language,
            month: Period::month_of(day),
            base: None,
            by: None,
            sharing: Sharing::default(),
            as_of: day,
            snapshot: String::new(),
            sections: vec![Section { key: "spend", answers: vec![answer.clone()] }],
            closing: None,
        };
        let form = |form: Form| {
            let bytes = report.written(form, Marks::None).unwrap_or_default();
            (form.to_string(), String::from_utf8_lossy(&bytes).into_owned())
        };
        let terminal = markdown::draw(answer.markdown(), markdown::Style::Plain, None);
        let drawn = std::iter::once(("terminal".to_owned(), terminal));
        [Form::Html, Form::Markdown, Form::Csv].map(form).into_iter().chain(drawn).collect()
    }
}
