//! What is planted beside the stories, a room for each subject.
//!
//! Each room draws from its own stream of random numbers and adds only: no row, name or truth that stood
//! before depends on it.

use std::path::Path;

use rand_chacha::ChaCha8Rng;

use crate::{
    DemoError,
    company::{Company, random},
};

pub(crate) mod anomalies;
mod bill;
mod budgets;
mod calls;
pub(crate) mod commitments;
mod hours;
pub(crate) mod incidents;
pub(crate) mod metrics;
pub(crate) mod savings;
pub(crate) mod tags;

pub use budgets::BudgetTruth;
pub use calls::CallsTruth;
pub use hours::{BlockTruth, HoursTruth};
pub use tags::{NearTruth, TagsTruth};

/// What the rooms write beside the bills.
pub(crate) const FILES: &[&str] = &[hours::FILE, calls::FILE, budgets::FILE, metrics::FILE];

/// What rooms planted as workloads of the company.
#[derive(Default)]
pub(crate) struct Planted {
    pub(crate) hours: Vec<hours::Counted>,
    pub(crate) calls: Option<calls::Called>,
    pub(crate) budgets: Vec<BudgetTruth>,
}

impl Planted {
    /// Plants every room of a seed in a company whose own workloads stand.
    pub(crate) fn sow(company: &mut Company, seed: u64) -> Result<Self, DemoError> {
        let hours = hours::plant(company, &mut stream(seed, hours::STREAM));
        let calls = calls::plant(company, &mut stream(seed, calls::STREAM));
        let random = &mut stream(seed, budgets::STREAM);
        let budgets = match &calls {
            Some(called) => budgets::plant(company, &called.truth.workload, random)?,
            None => Vec::new(),
        };
        Ok(Self { hours, calls, budgets })
    }

    /// Writes the files that stand beside the bills.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), DemoError> {
        hours::write(&dir.join(hours::FILE), &self.hours)?;
        calls::write(&dir.join(calls::FILE), self.calls.as_ref())?;
        budgets::write(&dir.join(budgets::FILE), &self.budgets)
    }
}

// Purposes of the rooms, apart from those of the company itself.
fn stream(seed: u64, number: u64) -> ChaCha8Rng {
    random(seed, 350 + number)
}
