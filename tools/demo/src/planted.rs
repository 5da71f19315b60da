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
mod calls;
mod hours;
pub(crate) mod savings;

pub use calls::CallsTruth;
pub use hours::{BlockTruth, HoursTruth};

/// What the rooms write beside the bills.
pub(crate) const FILES: &[&str] = &[hours::FILE, calls::FILE];

/// What rooms planted as workloads of the company.
#[derive(Default)]
pub(crate) struct Planted {
    pub(crate) hours: Vec<hours::Counted>,
    pub(crate) calls: Option<calls::Called>,
}

impl Planted {
    /// Plants every room of a seed in a company whose own workloads stand.
    pub(crate) fn sow(company: &mut Company, seed: u64) -> Self {
        let hours = hours::plant(company, &mut stream(seed, hours::STREAM));
        let calls = calls::plant(company, &mut stream(seed, calls::STREAM));
        Self { hours, calls }
    }

    /// Writes the files that stand beside the bills.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), DemoError> {
        hours::write(&dir.join(hours::FILE), &self.hours)?;
        calls::write(&dir.join(calls::FILE), self.calls.as_ref())
    }
}

// Purposes of the rooms, apart from those of the company itself.
fn stream(seed: u64, number: u64) -> ChaCha8Rng {
    random(seed, 350 + number)
}
