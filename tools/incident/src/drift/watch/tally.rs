//! What the blocks after a deployment add up to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::{
    baseline::{Baseline, Hour, middle},
    evidence::{Wealth, p_value},
    exact,
    settings::DriftSettings,
};

/// The evidence so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Tally {
    wealth: Wealth,
    /// Residuals of the blocks, the first after the deployment first.
    #[serde(with = "exact")]
    pub(super) blocks: Vec<Option<f64>>,
    /// Medians of the 24 hours that end with each block.
    #[serde(with = "exact")]
    windows: Vec<Option<f64>>,
}

impl Standing {
    /// The size of what is large and lasting enough for a ticket, where it is.
    pub(super) fn large(&self, settings: &DriftSettings) -> Option<f64> {
        self.lasting.filter(|size| *size > settings.least_effect && !self.is_burst)
    }
}

/// How it stands after a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Standing {
    pub(super) log10_wealth: f64,
    /// The least of the last windows: what lasted. Nothing when one of them is missing.
    pub(super) lasting: Option<f64>,
    /// The last window.
    pub(super) now: Option<f64>,
    /// Whether something shot up lately and is coming down again.
    pub(super) is_burst: bool,
}

impl Tally {
    pub(super) fn new(settings: &DriftSettings) -> Self {
        Self { wealth: Wealth::new(settings), blocks: Vec::new(), windows: Vec::new() }
    }

    /// Takes the next block in. A block with too few hours makes no bet.
    pub(super) fn add(
        &mut self,
        baseline: &Baseline,
        hours: &BTreeMap<i64, Hour>,
        settings: &DriftSettings,
    ) -> Standing {
        let length = hours_of(settings.block_hours);
        let end = (hours_of(self.blocks.len()) + 1) * length;
        let residual = |at: i64| hours.get(&at).and_then(|hour| baseline.residual(at, hour));
        let block: Vec<Option<f64>> = (end - length..end).map(residual).collect();
        let block = middle(&block, settings.least_hours);
        if let Some(block) = block {
            self.wealth.bet(p_value(&baseline.reference, block), settings);
        }
        self.blocks.push(block);
        let day: Vec<Option<f64>> = ((end - 24).max(0)..end).map(residual).collect();
        let least = settings.least_hours * settings.blocks_a_day();
        self.windows.push(middle(&day, least));
        self.standing(baseline, settings)
    }

    pub(super) fn log10_wealth(&self) -> f64 {
        self.wealth.log10()
    }

    pub(super) fn standing(&self, baseline: &Baseline, settings: &DriftSettings) -> Standing {
        let last = settings.lasting_windows;
        let tail = self.windows.len().checked_sub(last).and_then(|from| self.windows.get(from..));
        let known: Option<Vec<f64>> = tail.and_then(|tail| tail.iter().copied().collect());
        let lasting = known.and_then(|tail| tail.into_iter().min_by(f64::total_cmp));
        let lately =
            self.windows.len().saturating_sub(settings.burst_days * settings.blocks_a_day() + 1);
        let top = self.windows.iter().skip(lately).flatten().copied().max_by(f64::total_cmp);
        let excess = top.unwrap_or(0.0) - baseline.highest_day;
        let comes_down = lasting.is_some_and(|lasting| lasting < settings.burst_part * excess);
        Standing {
            log10_wealth: self.wealth.log10(),
            lasting,
            now: self.windows.last().copied().flatten(),
            is_burst: excess > settings.burst_excess && comes_down,
        }
    }
}

pub(super) fn hours_of(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
