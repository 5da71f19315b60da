//! Which charges run the workload, and which stand beside: credits, refunds, tax, fees, support.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
    quality::{CostDescription, Severity},
};

/// FOCUS charge categories that say nothing about how dearly a workload runs. Purchases are here
/// because effective cost already spreads a commitment over the usage it covers.
const NON_OPERATING_CATEGORIES: [&str; 4] = ["Adjustment", "Credit", "Purchase", "Tax"];

// Providers sell support as a cloud service of its own ("AWS Support (Business)").
const SUPPORT: &str = "support";

/// Whether a charge of this category and cloud service runs the workload.
pub(crate) fn is_operating(charge_category: Option<&str>, cloud_service: Option<&str>) -> bool {
    let category = charge_category.unwrap_or_default();
    let listed = NON_OPERATING_CATEGORIES.iter().any(|name| name.eq_ignore_ascii_case(category));
    !listed && !cloud_service.unwrap_or_default().to_lowercase().contains(SUPPORT)
}

/// The same rule as conditions of a query, over the columns that the loaded data has.
pub(crate) fn operating_filters(description: &CostDescription) -> Vec<Filter> {
    let category = Filter {
        dimension: Dimension::Column(FocusDimension::ChargeCategory),
        op: FilterOp::NotIn,
        values: NON_OPERATING_CATEGORIES.iter().map(|&name| name.to_owned()).collect(),
    };
    let support = Filter {
        dimension: Dimension::Column(FocusDimension::ServiceName),
        op: FilterOp::NotContains,
        values: vec![SUPPORT.to_owned()],
    };
    [category, support]
        .into_iter()
        .filter(|filter| is_filled(description, &filter.dimension))
        .collect()
}

/// Whether any loaded charge has a value of this dimension.
pub(crate) fn is_filled(description: &CostDescription, dimension: &Dimension) -> bool {
    let name = dimension.name();
    description.dimensions.iter().any(|fill| fill.dimension == name && fill.distinct > 0)
}

/// Effective cost, or what answers should use where the data bars it.
pub(crate) fn cost_measure(description: &CostDescription) -> Measure {
    let effective = Measure::EffectiveCost.to_string();
    let barred = description
        .notices
        .iter()
        .any(|notice| notice.severity == Severity::Bar && notice.subject == effective);
    match &description.default_cost {
        Some(other) if barred && other.is_cost() => other.clone(),
        Some(_) | None => Measure::EffectiveCost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_tax_purchases_and_support_do_not_run_a_workload() {
        assert!(is_operating(Some("Usage"), Some("Amazon Elastic Compute Cloud")));
        assert!(is_operating(None, None));
        for category in ["Credit", "tax", "Purchase", "Adjustment"] {
            assert!(!is_operating(Some(category), Some("Amazon S3")), "{category}");
        }
        assert!(!is_operating(Some("Usage"), Some("AWS Support (Business)")));
    }
}
