//! Relations with the scope on them: every reference to a table stands behind the rows that the caller may see.

use std::collections::BTreeSet;

use wherefore_contract::{error::StoreError, scope::Scope};

use super::{
    bind::Binder,
    condition::{on_charges, on_transactions},
    expression::is_shared,
    shape::{Hints, Shape},
};

/// A table of the warehouse under an alias, with the columns that the statement reads from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    alias: &'static str,
    columns: BTreeSet<String>,
}

impl Relation {
    /// Charges, as `c`.
    pub(super) fn charges() -> Self {
        Self { alias: "c", columns: BTreeSet::new() }
    }

    /// Transactions, as `t`.
    pub(super) fn transactions() -> Self {
        Self { alias: "t", columns: BTreeSet::new() }
    }

    /// A table inside its own scope, where columns need no alias.
    fn bare() -> Self {
        Self { alias: "", columns: BTreeSet::new() }
    }

    /// Names a column, and keeps it in the relation.
    pub(super) fn column(&mut self, name: &str) -> String {
        self.columns.insert(name.to_owned());
        if self.alias.is_empty() { name.to_owned() } else { format!("{}.{name}", self.alias) }
    }

    fn list(&self) -> String {
        // A count of rows reads no column, but a select list cannot be empty.
        if self.columns.is_empty() {
            return "1 as one".to_owned();
        }
        self.columns.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// The scoped relation as it stands after `from`.
    pub(super) fn over_charges_in(
        &self,
        scope: &Scope,
        shape: &Shape,
        binder: &mut Binder,
    ) -> Result<String, StoreError> {
        let scoped = scope_on_charges(scope, shape, binder)?;
        Ok(format!("(select {} from charges{scoped}) {}", self.list(), self.alias))
    }

    /// The scoped relation as it stands after `from`.
    ///
    /// Transactions know only their workload. A scope on workloads holds for them as it is; any other scope leaves the
    /// transactions of the workloads whose charges the caller may see.
    pub(super) fn over_transactions_in(
        &self,
        scope: &Scope,
        shape: &Shape,
        binder: &mut Binder,
    ) -> Result<String, StoreError> {
        let scoped = scope_on_counts(scope, shape, binder)?;
        Ok(format!("(select {} from transactions{scoped}) {}", self.list(), self.alias))
    }

    /// The same for calls: a scope holds for the workload that is called.
    pub(super) fn over_calls_in(
        &self,
        scope: &Scope,
        shape: &Shape,
        binder: &mut Binder,
    ) -> Result<String, StoreError> {
        let scoped = scope_on_counts(scope, shape, binder)?;
        Ok(format!("(select {} from api_calls{scoped}) {}", self.list(), self.alias))
    }
}

fn scope_on_counts(
    scope: &Scope,
    shape: &Shape,
    binder: &mut Binder,
) -> Result<String, StoreError> {
    let mut conditions = Vec::new();
    for filter in scope.rows.iter().filter(|filter| is_shared(&filter.dimension)) {
        conditions.push(on_transactions(filter, &mut Relation::bare(), binder)?);
    }
    if scope.rows.iter().any(|filter| !is_shared(&filter.dimension)) {
        let workload = shape.workload_column()?;
        let scoped = scope_on_charges(scope, shape, binder)?;
        conditions.push(format!("Workload in (select {workload} from charges{scoped})"));
    }
    Ok(where_all(&conditions))
}

pub(super) fn scope_on_charges(
    scope: &Scope,
    shape: &Shape,
    binder: &mut Binder,
) -> Result<String, StoreError> {
    let mut conditions = Vec::new();
    for filter in &scope.rows {
        conditions.push(on_charges(filter, &mut Relation::bare(), shape, Hints::Withheld, binder)?);
    }
    Ok(where_all(&conditions))
}

/// ` where a and b`, or nothing.
pub(super) fn where_all(conditions: &[String]) -> String {
    if conditions.is_empty() {
        String::new()
    } else {
        format!(" where {}", conditions.join(" and "))
    }
}

/// Whether errors may name what is loaded.
pub(super) fn hints_for(scope: &Scope) -> Hints {
    if scope.rows.is_empty() { Hints::Given } else { Hints::Withheld }
}
