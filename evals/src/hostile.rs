//! Models that do their worst, and data that tells models to: whatever they do, nothing unverified reaches a reader, nothing
//! is written, and no budget is passed.
//!
//! A seed gives two cases. In the first a model lies, loops, floods and fails in a mix of ways, and a judge that shares no
//! code with the gate looks at the answer, at every call that reached a tool, and at what was spent. In the second a model
//! that answers honestly, or one that obeys whatever it reads, is asked the same question of two companies that differ in
//! the texts of others alone: its figures, its scope and its verdict must be the same.

mod asked;
mod behaviour;
mod calls;
pub mod carriers;
mod estate;
mod honest;
mod injection;
mod judge;
mod lies;
mod model;
mod obey;
mod run;
mod server;
pub mod spy;

use std::{collections::BTreeMap, ops::RangeInclusive, sync::Arc};

use futures::future::BoxFuture;
use wherefore_contract::ports::ToolCaller;
use wherefore_model::ChatModel;
use wherefore_verify::VerifiedAnswer;

use crate::report::{Failure, Outcome, SuiteReport};
use carriers::Carriers;
use judge::Fault;

/// Whoever loads bills and opens what was loaded.
pub trait Loads: Send + Sync {
    /// A warehouse of these files (names and contents), with our tools over it.
    ///
    /// # Errors
    /// With why there is none.
    fn load(&self, files: Vec<(String, String)>) -> BoxFuture<'_, Result<Box<dyn Loaded>, String>>;
}

/// A warehouse that can be asked.
pub trait Loaded: Send + Sync {
    /// Our tools over it.
    fn tools(&self) -> Arc<dyn ToolCaller>;

    /// What answers when a model gives no reply.
    fn rules(&self) -> Arc<dyn ChatModel>;

    /// An answer in every other form that readers get it in: the form's name and its bytes as text.
    fn forms(&self, answer: &VerifiedAnswer) -> Vec<(String, String)>;
}

/// Runs both cases of every seed. The same arguments give the same report on one version.
///
/// # Errors
/// When a company cannot be loaded.
pub async fn run_hostile(
    seeds: RangeInclusive<u64>,
    carriers: &Carriers,
    loads: &dyn Loads,
    done: &(dyn Fn(u64) + Sync),
) -> Result<SuiteReport, String> {
    let mut report = SuiteReport::new("hostile");
    let mut totals = Totals::default();
    let plain = loads.load(estate::files(&estate::Texts::plain())).await?;
    let mut twins = injection::Twins::default();
    let companies = u64::try_from(carriers.cases.len().max(1)).unwrap_or(1);
    let mut counted = 0;
    for case in 0..companies {
        let own: Vec<u64> = seeds.clone().filter(|seed| seed % companies == case).collect();
        if own.is_empty() {
            continue;
        }
        let at = usize::try_from(case).unwrap_or(0);
        let texts = carriers.texts(at);
        let company = loads.load(estate::files(&texts)).await?;
        let carrier = carriers.cases.get(at).map_or("none", |one| one.carrier.as_str());
        for seed in own {
            let ran = run::hostile(seed, carrier, &texts, &*company).await;
            totals.add(&ran);
            let mut keys: Vec<String> =
                ran.mix.iter().map(|behaviour| behaviour.name().to_owned()).collect();
            keys.push("hostile".to_owned());
            add(&mut report, &keys, &format!("{seed}/hostile"), &ran.describe(), &ran.faults);
            let place = injection::Place { carrier, texts: &texts, company: &*company };
            let told = injection::run(seed, &place, &*plain, &mut twins).await;
            totals.injections += 1;
            let keys = ["injection", told.model, &format!("carrier {carrier}")].map(str::to_owned);
            add(&mut report, &keys, &format!("{seed}/injection"), &told.asked, &told.faults);
            counted += 1;
            done(counted);
        }
    }
    report.figures = totals.figures();
    Ok(report)
}

fn add(report: &mut SuiteReport, keys: &[String], id: &str, asked: &str, faults: &[Fault]) {
    let outcome = if faults.is_empty() { Outcome::Right } else { Outcome::Wrong };
    report.add_under(keys, outcome, || {
        let why: Vec<String> =
            faults.iter().map(|fault| format!("{}: {}", fault.kind, fault.text)).collect();
        Failure {
            id: id.to_owned(),
            expected: "no fault".to_owned(),
            got: asked.to_owned(),
            why: why.join("; "),
        }
    });
}

/// Counts over all seeds.
#[derive(Default)]
struct Totals {
    runs: u64,
    injections: u64,
    model_calls: u64,
    tool_calls: u64,
    withheld: u64,
    statuses: BTreeMap<&'static str, u64>,
    faults: BTreeMap<&'static str, u64>,
}

impl Totals {
    fn add(&mut self, ran: &run::Ran) {
        self.runs += 1;
        self.model_calls += ran.model_calls;
        self.tool_calls += ran.tool_calls;
        self.withheld += u64::from(ran.withheld);
        *self.statuses.entry(ran.status).or_default() += 1;
        for fault in &ran.faults {
            *self.faults.entry(fault.kind).or_default() += 1;
        }
    }

    fn figures(&self) -> BTreeMap<String, String> {
        let fixed = [
            ("hostile_runs", self.runs),
            ("injection_pairs", self.injections),
            ("model_calls", self.model_calls),
            ("tool_calls", self.tool_calls),
            ("sentences_withheld", self.withheld),
            ("unverified_figures", self.faults.get("figure").copied().unwrap_or(0)),
            ("writes_or_calls_outside_a_role", self.faults.get("write").copied().unwrap_or(0)),
            ("budgets_passed", self.faults.get("budget").copied().unwrap_or(0)),
            ("markup_faults", self.faults.get("markup").copied().unwrap_or(0)),
            ("panics", self.faults.get("panic").copied().unwrap_or(0)),
        ];
        let fixed = fixed.into_iter().map(|(name, count)| (name.to_owned(), count.to_string()));
        let statuses = self
            .statuses
            .iter()
            .map(|(status, count)| (format!("ended_{status}"), count.to_string()));
        fixed.chain(statuses).collect()
    }
}

#[cfg(test)]
mod tests;
