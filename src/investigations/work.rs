//! The workers: each takes an investigation that waits or whose worker is gone, and answers it.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;
use wherefore_contract::ports::AtSnapshot;
use wherefore_model::ChatModel;
use wherefore_team::Silent;

use super::{
    Investigation, Investigations,
    journal::{Journal, JournaledModel, JournaledTools},
};
use crate::{
    app::App,
    state::{StateError, investigations as rows},
};

/// How long a worker is believed to live after it was last heard of.
const LEASE: Duration = Duration::from_secs(6);
/// How often it is heard of.
const RENEWAL: Duration = Duration::from_secs(2);
/// How often a free worker looks for investigations that a gone one left behind.
const LOOK: Duration = Duration::from_secs(1);

/// Works on investigations until `stop`: what is under way then is left for the next worker, with its steps.
pub async fn work(app: App, worker: String, stop: CancellationToken) {
    let wake = Arc::clone(&app.investigations.wake);
    loop {
        let turn = async {
            match claim(&app, &worker).await {
                Ok(Some((investigation, _))) => {
                    one(&app, &worker, investigation).await;
                    true
                }
                Ok(None) => false,
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "no investigation could be taken"
                    );
                    false
                }
            }
        };
        let has_worked = tokio::select! {
            () = stop.cancelled() => return,
            has_worked = turn => has_worked,
        };
        if !has_worked {
            tokio::select! {
                () = stop.cancelled() => return,
                () = wake.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

fn until(app: &App) -> Timestamp {
    app.clock.now().checked_add(LEASE).unwrap_or(Timestamp::MAX)
}

async fn claim(app: &App, worker: &str) -> Result<Option<(Investigation, String)>, StateError> {
    let (worker, now, until) = (worker.to_owned(), app.clock.now(), until(app));
    let state = &app.investigations.state;
    state.away(move |state| rows::claim(state, &worker, now, until)).await
}

// Answers one. It ends early when another worker took it over, because this one was not heard of in time.
async fn one(app: &App, worker: &str, investigation: Investigation) {
    let id = investigation.id.clone();
    tokio::select! {
        outcome = answer(app, investigation) => {
            let (state, worker) = (&app.investigations.state, worker.to_owned());
            let (now, id) = (app.clock.now(), id.clone());
            let ended = state.away(move |state| {
                let outcome = outcome.as_ref().map_err(String::as_str);
                rows::end(state, &id, &worker, outcome, now)
            });
            if let Err(error) = ended.await {
                tracing::warn!(error = &error as &dyn std::error::Error, "an investigation was not ended");
            }
        }
        () = lost(app, worker, &id) => {
            tracing::warn!(id, "another worker took an investigation over");
        }
    }
}

async fn lost(app: &App, worker: &str, id: &str) {
    let mut ticks = interval(RENEWAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let (id, worker, until) = (id.to_owned(), worker.to_owned(), until(app));
        let state = &app.investigations.state;
        let renewed = state.away(move |state| rows::renew(state, &id, &worker, until)).await;
        if matches!(renewed, Ok(false)) {
            return;
        }
    }
}

async fn answer(app: &App, investigation: Investigation) -> Result<serde_json::Value, String> {
    let Investigations { state, clock, .. } = &app.investigations;
    let journal = Journal::open(Arc::clone(state), investigation.id, clock.clone());
    let journal = Arc::new(journal.await.map_err(|error| error.to_string())?);
    let local = AtSnapshot { caller: &*app.caller, snapshot: investigation.snapshot };
    let toolbox = app.servers.beside(&local).await;
    let tools = JournaledTools { inner: &toolbox, journal: &journal };
    let team = app.team.with_every_model(&|inner: &Arc<dyn ChatModel>| {
        // Rules say the same again at no cost.
        if inner.can_repair() {
            let journal = Arc::clone(&journal);
            Arc::new(JournaledModel { inner: Arc::clone(inner), journal })
        } else {
            Arc::clone(inner)
        }
    });
    let answering = team.answer(&investigation.question, &tools, &Silent);
    match timeout(app.timeout.saturating_mul(2), answering).await {
        Ok(answer) => Ok(answer.to_json()),
        Err(_) => Err(format!("it took longer than {} seconds", app.timeout.as_secs() * 2)),
    }
}
