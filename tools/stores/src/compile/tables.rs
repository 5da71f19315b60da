//! The two scoped relations behind every question, charges and transactions: their keys and conditions.

use wherefore_contract::{
    dimension::Dimension,
    error::StoreError,
    filter::{Filter, RowCondition},
    scope::Scope,
};

use super::{
    bind::Binder,
    condition::{on_amount, on_charges, on_transactions},
    demand::Demand,
    expression::{Key, is_shared},
    relation::{Relation, hints_for, where_all},
    shape::Shape,
};

/// What a question asks of both relations, whichever periods it sets on them.
#[derive(Clone, Copy)]
pub(super) struct Tables<'a> {
    pub(super) filters: &'a [Filter],
    pub(super) amounts: &'a [RowCondition],
    pub(super) scope: &'a Scope,
    pub(super) shape: &'a Shape,
    pub(super) demand: &'a Demand,
}

impl Tables<'_> {
    /// What charges are grouped by.
    pub(super) fn charge_keys(&self, charges: &mut Relation) -> Result<Vec<Key>, StoreError> {
        let hints = hints_for(self.scope);
        let dimensions = self.demand.dimensions.iter();
        dimensions.map(|each| Key::over_charges(each, charges, self.shape, hints)).collect()
    }

    /// What transactions are grouped by: the dimensions that they share with charges.
    pub(super) fn count_keys(&self, counts: &mut Relation) -> Vec<Key> {
        let dimensions = self.demand.dimensions.iter();
        dimensions.filter_map(|each| Key::over_transactions(each, counts)).collect()
    }

    /// The question's conditions on charges.
    pub(super) fn charge_conditions(
        &self,
        charges: &mut Relation,
        binder: &mut Binder,
    ) -> Result<Vec<String>, StoreError> {
        let hints = hints_for(self.scope);
        let mut conditions = Vec::new();
        for filter in self.filters {
            conditions.push(on_charges(filter, charges, self.shape, hints, binder)?);
        }
        for amount in self.amounts {
            conditions.push(on_amount(amount, charges, binder)?);
        }
        Ok(conditions)
    }

    /// The question's conditions on transactions: those on what they share with charges.
    pub(super) fn count_conditions(
        &self,
        counts: &mut Relation,
        binder: &mut Binder,
    ) -> Result<Vec<String>, StoreError> {
        let filters = self.filters.iter().filter(|each| is_shared(&each.dimension));
        filters.map(|each| on_transactions(each, counts, binder)).collect()
    }

    /// The condition that keeps a unit cost on workloads with transactions.
    ///
    /// A unit cost divides the cost of workloads. Where they are neither grouped nor named, only those count that also
    /// have transactions under `conditions`: the cost of one side never meets the transactions of another.
    pub(super) fn with_transactions(
        &self,
        charges: &mut Relation,
        binder: &mut Binder,
        conditions: impl FnOnce(&mut Relation, &mut Binder) -> Result<Vec<String>, StoreError>,
    ) -> Result<String, StoreError> {
        let workload = charges.column(self.shape.workload_column()?);
        let named = self.filters.iter().any(|filter| filter.dimension == Dimension::Workload);
        if named || self.demand.dimensions.contains(&Dimension::Workload) {
            return Ok(format!("{workload} is not null"));
        }
        let mut counts = Relation::transactions();
        let name = counts.column("Workload");
        let conditions = conditions(&mut counts, binder)?;
        let from = counts.over_transactions_in(self.scope, self.shape, binder)?;
        Ok(format!("{workload} in (select {name} from {from}{})", where_all(&conditions)))
    }
}
