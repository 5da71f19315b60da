//! The program itself behind the port of the question suite, one wiring a dataset.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use futures::future::{BoxFuture, FutureExt as _};
use wherefore_contract::{
    metadata::MetadataQuery,
    ports::{CostStore, MetadataStore},
    question::Question,
    scope::Scope,
    tool::ToolCall,
};
use wherefore_evals::questions::{Asked, Asks, Case};
use wherefore_offline::{request::Known, understand};
use wherefore_team::Silent;

use super::super::{Context, failure::Failure};
use crate::{app::App, wiring};

// The collector asks for as many.
const HITS_LIMIT: u32 = 100;

/// Answers each case on its dataset.
pub(super) struct InProcess {
    programs: BTreeMap<String, Program>,
}

struct Program {
    app: App,
    costs: Arc<dyn CostStore>,
    names: Arc<dyn MetadataStore>,
}

impl InProcess {
    /// Opens every warehouse.
    pub(super) async fn open(
        warehouses: BTreeMap<String, PathBuf>,
        context: &Context,
    ) -> Result<Self, Failure> {
        let mut programs = BTreeMap::new();
        for (dataset, warehouse) in warehouses {
            let config = context.config.clone().with(Some(warehouse), None);
            let app = wiring::app(&config, context.clock.clone(), wiring::Keep::Nothing).await?;
            let (costs, names) = wiring::stores(&config)?;
            let program = Program { app, costs, names };
            program.warm().await;
            programs.insert(dataset, program);
        }
        Ok(Self { programs })
    }
}

impl Asks for InProcess {
    fn ask<'a>(&'a self, case: &'a Case) -> BoxFuture<'a, Result<Asked, String>> {
        async move {
            let Some(program) = self.programs.get(case.dataset_stem()) else {
                return Err(format!("the dataset `{}` is not loaded", case.dataset));
            };
            let question = Question::parse(&case.question, None, case.as_of)
                .map_err(|refused| refused.to_string())?;
            let began = Instant::now();
            let answer = program.app.answer(&question, &Silent).await.into_answer();
            let elapsed = began.elapsed();
            let understanding = program.understanding(&question).await;
            Ok(Asked { answer, elapsed, understanding })
        }
        .boxed()
    }
}

impl Program {
    /// Has the names indexed, so that no question waits for that and is measured with it.
    async fn warm(&self) {
        let arguments = serde_json::json!({ "text": "cost" });
        let arguments = arguments.as_object().cloned().unwrap_or_default();
        let call = ToolCall { id: "warm".to_owned(), name: "find_metadata".to_owned(), arguments };
        self.app.caller.call(&call).await;
        if let Ok(question) = Question::parse("cost", None, self.app.today()) {
            self.understanding(&question).await;
        }
    }

    /// What finding names and reading the question take, away from the loop around them.
    async fn understanding(&self, question: &Question) -> Option<Duration> {
        let scope = Scope::local();
        let description = self.costs.describe(&scope).await.ok()?;
        let mut known = Known { description: (*description).clone(), ..Known::default() };
        let began = Instant::now();
        let text = question.text().to_owned();
        let query = MetadataQuery { text, dimensions: Vec::new(), limit: Some(HITS_LIMIT) };
        known.hits = self.names.find(&query, &scope).await.ok()?;
        let understood = understand(question, &known);
        let elapsed = began.elapsed();
        drop(understood);
        Some(elapsed)
    }
}
