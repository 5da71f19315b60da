//! What a question needs of the warehouse: its tables, its keys, and the measures that a statement must compute.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    error::StoreError,
};

use super::{expression::is_shared, invalid, shape::Shape};

/// Which tables a query needs, and what it groups by after units and currencies are added.
pub(super) struct Demand {
    pub(super) measures: Vec<Measure>,
    pub(super) dimensions: Vec<Dimension>,
    pub(super) charges: bool,
    pub(super) transactions: bool,
    pub(super) unit_cost: bool,
}

impl Demand {
    /// Checks what is asked and adds the dimensions without which amounts of different units would be added up.
    pub(super) fn of(
        measures: &[Measure],
        dimensions: &[Dimension],
        shape: &Shape,
    ) -> Result<Self, StoreError> {
        let measures = without_repeats(measures);
        if measures.is_empty() {
            return Err(invalid("the query names no measure; ask for billed_cost, for example"));
        }
        let unit_cost = measures.contains(&Measure::UnitCost);
        let mut dimensions = without_repeats(dimensions);
        let mut add = |column: FocusDimension| {
            if !dimensions.contains(&Dimension::Column(column)) {
                dimensions.push(Dimension::Column(column));
            }
        };
        let has_cost = measures.iter().any(|measure| measure.cost().is_some());
        if shape.billing_currencies.len() > 1 && has_cost {
            add(FocusDimension::BillingCurrency);
        }
        if measures.contains(&Measure::ConsumedQuantity) {
            add(FocusDimension::ConsumedUnit);
        }
        let is_priced =
            |measure: &Measure| matches!(measure, Measure::PricingQuantity | Measure::UnitPrice(_));
        if measures.iter().any(is_priced) {
            add(FocusDimension::PricingUnit);
        }
        if measures.contains(&Measure::CommitmentQuantity) {
            add(FocusDimension::CommitmentDiscountUnit);
        }
        let charges = measures.iter().any(|measure| *measure != Measure::Transactions);
        let transactions = unit_cost || measures.contains(&Measure::Transactions);
        let demand = Self { measures, dimensions, charges, transactions, unit_cost };
        demand.check_transactions()?;
        Ok(demand)
    }

    // A count of transactions has no part that belongs to a cloud service or an account. As the denominator of a unit
    // cost it stands whole beside every part of the cost; alone it must not look as if it were divided.
    fn check_transactions(&self) -> Result<(), StoreError> {
        if !self.transactions || self.unit_cost {
            return Ok(());
        }
        match self.dimensions.iter().find(|dimension| !is_shared(dimension)) {
            None => Ok(()),
            Some(dimension) => Err(invalid(format!(
                "transactions cannot be grouped by `{dimension}`, only by time and workload; ask for unit_cost instead"
            ))),
        }
    }
}

/// The items in their order, each once.
pub(super) fn without_repeats<T: Clone + PartialEq>(items: &[T]) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for item in items {
        if !kept.contains(item) {
            kept.push(item.clone());
        }
    }
    kept
}
