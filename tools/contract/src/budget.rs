//! Budgets: what is allowed to be spent, on what, and when.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    filter::{Filter, FilterOp},
    period::Period,
    scope::Scope,
};

/// An amount that may be spent in a period, on all charges or on those that a filter keeps.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// As the owner calls it, e.g. `Platform Q4`.
    pub name: String,
    /// First day, e.g. `2026-10-01`.
    #[schemars(with = "String")]
    pub start: Date,
    /// First day after it, e.g. `2026-11-01`.
    #[schemars(with = "String")]
    pub end: Date,
    /// Zero or more, as an exact decimal.
    #[serde(with = "rust_decimal::serde::str")]
    #[schemars(with = "String")]
    pub amount: Decimal,
    /// ISO 4217, e.g. `USD`.
    pub currency: String,
    /// The charges it is for: one dimension equals one value. `None` for all charges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
}

impl Budget {
    /// Its days; `None` when it ends before it starts, which loading refuses.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        Period::of_days(self.start, self.end).ok()
    }

    /// Whether every charge that it is for may be seen by the caller. The spend of a budget that reaches beyond the
    /// caller's rows would be told in part only, and the budget itself is of others.
    #[must_use]
    pub fn is_within(&self, scope: &Scope) -> bool {
        scope.rows.iter().all(|seen| {
            let Some(own) = self.filter.as_ref().filter(|own| own.dimension == seen.dimension)
            else {
                return false;
            };
            let listed = |value: &String| {
                seen.values.iter().any(|allowed| allowed.eq_ignore_ascii_case(value))
            };
            match seen.op {
                FilterOp::In => own.values.iter().all(listed),
                FilterOp::NotIn => !own.values.iter().any(listed),
                FilterOp::NotNull => true,
                FilterOp::Contains | FilterOp::NotContains | FilterOp::IsNull => false,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::dimension::{Dimension, FocusDimension};

    fn account(value: &str) -> Filter {
        Filter::any_of(Dimension::Column(FocusDimension::SubAccountId), [value])
    }

    fn budget(filter: Option<Filter>) -> Budget {
        Budget {
            name: "Shop".to_owned(),
            start: date(2026, 10, 1),
            end: date(2026, 11, 1),
            amount: Decimal::from(100),
            currency: "USD".to_owned(),
            filter,
        }
    }

    #[test]
    fn a_budget_is_seen_only_where_all_its_charges_are() {
        let scope = Scope { principal: "team".to_owned(), rows: vec![account("1")] };
        assert!(budget(Some(account("1"))).is_within(&scope));
        assert!(!budget(Some(account("2"))).is_within(&scope));
        assert!(!budget(None).is_within(&scope));
        let workload = Filter::any_of(Dimension::Workload, ["checkout"]);
        assert!(!budget(Some(workload)).is_within(&scope));
        assert!(budget(None).is_within(&Scope::local()));
        let without = Filter { op: FilterOp::NotIn, ..account("1") };
        let scope = Scope { principal: "team".to_owned(), rows: vec![without] };
        assert!(budget(Some(account("2"))).is_within(&scope));
        assert!(!budget(Some(account("1"))).is_within(&scope));
    }
}
