//! What is asked about the cost of a transaction: the figure, its rows, its movement, or why it moved.

use wherefore_contract::dimension::Dimension;

use super::{super::word::Meaning, Draft};
use crate::request::Ask;

impl Draft<'_> {
    pub(in crate::understand::decide) fn about_unit_cost(&mut self) -> Ask {
        let ranked =
            self.ranks() || self.sorts() || self.limit.is_some() || !self.bounds.is_empty();
        if self.asks_of_each() {
            if !self.dimensions.contains(&Dimension::Workload) {
                self.dimensions.push(Dimension::Workload);
            }
            return Ask::UnitCost;
        }
        if self.has(&Meaning::Why) {
            return Ask::ExplainUnitCost;
        }
        if ranked && self.dimensions == [Dimension::Workload] && !self.moves() {
            Ask::Breakdown
        } else {
            Ask::UnitCost
        }
    }

    /// "compare the cost per transaction": two figures side by side, where a movement alone is explained.
    pub(in crate::understand) fn compares_unit_costs(&self) -> bool {
        let ranked = self.ranks() || self.sorts() || self.limit.is_some();
        self.has(&Meaning::Compare)
            || self.text.contains("각각")
            || self.asks_percent()
            || (ranked && !self.dimensions.is_empty())
            || self.asks_of_each()
    }

    // "Why did our unit cost rise", "which workloads got dearer per transaction": each serves transactions of its
    // own kind, so the ones that moved are told.
    fn asks_of_each(&self) -> bool {
        let is_one =
            self.conditions.iter().any(|held| held.filter.dimension == Dimension::Workload);
        let moved = self.moves() && self.dimensions.contains(&Dimension::Workload);
        let several = self.known.description.transactions.len() > 1;
        (self.has(&Meaning::Why) || moved) && !is_one && several
    }
}
