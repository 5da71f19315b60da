//! Made-up companies for seeded suites: made, loaded and opened in a folder that goes with them.

use std::{sync::Arc, time::Duration};

use futures::future::{BoxFuture, FutureExt as _};
use jiff::civil::Date;
use tempfile::TempDir;
use tokio::runtime::Handle;
use wherefore_contract::{answer::Answer, question::Question};
use wherefore_demo::{DemoOptions, DemoTruth, Plants};
use wherefore_evals::companies::{Founded, Founds};
use wherefore_load::{LoadOptions, Quiet, load};
use wherefore_team::Silent;

use super::super::{Context, failure::Failure};
use crate::{app::App, clock::Clock, config::Config, wiring};

// A suite scores answers, not speed: on a busy machine, too, a seed has the same results.
const PATIENCE: Duration = Duration::from_mins(30);

/// Founds the companies of a suite: of this many rows, with these plants, each from its seed.
#[derive(Clone)]
pub(super) struct SeedFounder {
    config: Config,
    clock: Clock,
    rows: u64,
    plants: Plants,
    handle: Handle,
}

impl SeedFounder {
    pub(super) fn new(context: &Context, rows: u64, plants: Plants, handle: Handle) -> Self {
        let (config, clock) = (context.config.clone(), context.clock.clone());
        Self { config, clock, rows, plants, handle }
    }

    // The making runs on a thread of its own, so that other companies can be asked meanwhile.
    async fn company(&self, seed: u64) -> Result<Company, Failure> {
        let making = self.clone();
        let made = tokio::task::spawn_blocking(move || making.load(seed));
        let (folder, truth) = made.await.map_err(|_| Failure::Worker)??;
        let mut config = self.config.clone().with(Some(folder.path().join("warehouse")), None);
        config.timeout = PATIENCE;
        let app = wiring::app(&config, self.clock.clone(), wiring::Keep::Nothing).await?;
        Ok(Company { truth, app, _folder: folder })
    }

    fn load(&self, seed: u64) -> Result<(TempDir, DemoTruth), Failure> {
        let folder = tempfile::tempdir()?;
        let made = folder.path().join("company");
        let options = DemoOptions { seed, rows: Some(self.rows), plants: self.plants };
        let truth = wherefore_demo::generate(&made, &options, &mut |_| {})?;
        let options = LoadOptions {
            workload_tag: self.config.workload_tag.clone(),
            ..LoadOptions::new(folder.path().join("warehouse"), self.clock.now())
        };
        load(&wherefore_demo::sources(&made), &options, &Quiet)?;
        Ok((folder, truth))
    }
}

impl Founds for SeedFounder {
    fn found(&self, seed: u64) -> BoxFuture<'_, Result<Box<dyn Founded>, String>> {
        async move {
            let company = self.company(seed).await.map_err(|failure| failure.to_string())?;
            let handle = self.handle.clone();
            Ok(Box::new(Asked { company: Arc::new(company), handle }) as Box<dyn Founded>)
        }
        .boxed()
    }
}

/// A loaded company; its folder is removed with it.
struct Company {
    truth: DemoTruth,
    app: App,
    _folder: TempDir,
}

impl Company {
    async fn answer(&self, question: &str, as_of: Date) -> Result<Answer, String> {
        let question =
            Question::parse(question, None, as_of).map_err(|refused| refused.to_string())?;
        Ok(self.app.answer(&question, &Silent).await.into_answer())
    }
}

struct Asked {
    company: Arc<Company>,
    handle: Handle,
}

impl Founded for Asked {
    fn truth(&self) -> &DemoTruth {
        &self.company.truth
    }

    // On a task of its own, so that companies that stand side by side use all cores.
    fn ask<'a>(&'a self, question: &'a str, as_of: Date) -> BoxFuture<'a, Result<Answer, String>> {
        let (company, question) = (Arc::clone(&self.company), question.to_owned());
        let asked = self.handle.spawn(async move { company.answer(&question, as_of).await });
        async move { asked.await.map_err(|failure| failure.to_string())? }.boxed()
    }
}
