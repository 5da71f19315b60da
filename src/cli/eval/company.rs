//! Made-up companies for seeded suites: made, loaded and opened in a folder that goes with them.

use jiff::civil::Date;
use tempfile::TempDir;
use wherefore_contract::{answer::Answer, question::Question};
use wherefore_demo::{DemoOptions, DemoTruth};
use wherefore_load::{LoadOptions, Quiet, load};
use wherefore_team::Silent;

use super::super::{Context, failure::Failure};
use crate::{app::App, clock::Clock, config::Config, wiring};

/// What companies are made with.
#[derive(Clone)]
pub(super) struct Founder {
    config: Config,
    clock: Clock,
}

/// A loaded company; its folder is removed with it.
pub(super) struct Company {
    pub(super) truth: DemoTruth,
    pub(super) app: App,
    _folder: TempDir,
}

impl Founder {
    pub(super) fn new(context: &Context) -> Self {
        Self { config: context.config.clone(), clock: context.clock.clone() }
    }

    /// The company that the options tell, loaded.
    ///
    /// The making runs on a thread of its own, so that others can be asked meanwhile.
    pub(super) async fn company(&self, options: DemoOptions) -> Result<Company, Failure> {
        let making = self.clone();
        let made = tokio::task::spawn_blocking(move || making.load(options));
        let (folder, truth) = made.await.map_err(|_| Failure::Worker)??;
        let config = self.config.clone().with(Some(folder.path().join("warehouse")), None);
        let app = wiring::app(&config, self.clock.clone(), wiring::Keep::Nothing).await?;
        Ok(Company { truth, app, _folder: folder })
    }

    fn load(&self, options: DemoOptions) -> Result<(TempDir, DemoTruth), Failure> {
        let folder = tempfile::tempdir()?;
        let made = folder.path().join("company");
        let truth = wherefore_demo::generate(&made, &options, &mut |_| {})?;
        let options = LoadOptions {
            workload_tag: self.config.workload_tag.clone(),
            ..LoadOptions::new(folder.path().join("warehouse"), self.clock.now())
        };
        load(&wherefore_demo::sources(&made), &options, &Quiet)?;
        Ok((folder, truth))
    }
}

impl Company {
    /// Answers a question that is asked on a day.
    pub(super) async fn answer(&self, question: &str, as_of: Date) -> Result<Answer, String> {
        let question =
            Question::parse(question, None, as_of).map_err(|refused| refused.to_string())?;
        Ok(self.app.answer(&question, &Silent).await.into_answer())
    }
}
