//! What commitments saved, and what of them went unused.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
};

use super::{decide::Draft, limits::holds};
use crate::request::{Ask, Condition};

const STATUS: Dimension = Dimension::Column(FocusDimension::CommitmentDiscountStatus);
const PRICING: Dimension = Dimension::Column(FocusDimension::PricingCategory);

/// Whether a condition narrows to commitments of a kind or to one commitment.
fn is_commitment(held: &Condition) -> bool {
    matches!(
        held.filter.dimension,
        Dimension::Column(
            FocusDimension::CommitmentDiscountType
                | FocusDimension::CommitmentDiscountId
                | FocusDimension::CommitmentDiscountName
        )
    )
}

impl Draft<'_> {
    pub(super) fn names_commitment(&self) -> bool {
        self.conditions.iter().any(is_commitment)
    }

    /// "사용하지 못한 약정 금액": a cost of commitments that nothing used.
    pub(super) fn asks_unused(&self) -> bool {
        let unused = |held: &Condition| {
            held.filter.dimension == STATUS && held.filter.values == ["Unused".to_owned()]
        };
        let costs = self.measures.iter().all(Measure::is_cost);
        costs && self.names_commitment() && self.conditions.iter().any(unused)
    }

    /// Settles the conditions and measures of questions about commitments.
    pub(super) fn settle_commitment(&mut self, ask: Ask) {
        match ask {
            // Prices without the commitment exist for the usage that it covered alone (FOCUS 1.2:
            // `CommitmentDiscountStatus` is "Used" there).
            Ask::Saving if self.names_commitment() => {
                self.conditions.retain(|held| held.filter.dimension != PRICING);
                let said = self.conditions.iter().any(|held| held.filter.dimension == STATUS);
                if !said && holds(self.known, &STATUS) {
                    let filter =
                        Filter { dimension: STATUS, op: FilterOp::In, values: vec!["Used".into()] };
                    self.conditions.push(Condition { filter, asked: Vec::new() });
                }
                self.measures = vec![Measure::ListCost, Measure::EffectiveCost];
            }
            Ask::Unused => {
                self.conditions.retain(|held| held.filter.dimension != STATUS);
                self.measures = vec![Measure::BilledCost, Measure::EffectiveCost];
            }
            // Charges that a commitment covers can cost nothing: how many there are says more.
            Ask::Total if self.names_commitment() => {
                let costs = self.measures.iter().all(Measure::is_cost);
                if costs && self.measures.len() == 1 {
                    self.measures.push(Measure::Rows);
                }
            }
            _ => {}
        }
    }
}
