//! Says in one sentence where a tool looked.

use std::fmt::Display;

use wherefore_contract::{
    cost::Measure,
    filter::{AmountCondition, Filter, FilterOp, RowCondition},
    period::Period,
};

/// Names separated by commas.
pub(crate) fn list<T: Display>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// ` where region in (us-east-1) and tag:env is_null`, or nothing.
pub(crate) fn conditions(filters: &[Filter]) -> String {
    let each: Vec<String> = filters.iter().map(condition).collect();
    if each.is_empty() { String::new() } else { format!(" where {}", each.join(" and ")) }
}

fn condition(filter: &Filter) -> String {
    let Filter { dimension, op, values } = filter;
    let word = match op {
        FilterOp::In => "in",
        FilterOp::NotIn => "not in",
        FilterOp::Contains => "contains",
        FilterOp::NotContains => "does not contain",
        FilterOp::IsNull => return format!("{dimension} is empty"),
        FilterOp::NotNull => return format!("{dimension} is not empty"),
    };
    format!("{dimension} {word} ({})", list(values))
}

/// ` with billed_cost < 0`, or nothing.
pub(crate) fn amounts(conditions: &[RowCondition]) -> String {
    let each: Vec<String> = conditions
        .iter()
        .map(|each| format!("{} {} {}", each.measure, each.op.sign(), each.value))
        .collect();
    if each.is_empty() { String::new() } else { format!(" with {}", each.join(" and ")) }
}

/// `, keeping share >= 5`, or nothing.
pub(crate) fn kept(conditions: &[AmountCondition]) -> String {
    let of = |each: &AmountCondition| if each.of.is_amount() { "" } else { " times the mean" };
    let each: Vec<String> = conditions
        .iter()
        .map(|each| format!("{} {} {}{}", each.column, each.op.sign(), each.value, of(each)))
        .collect();
    if each.is_empty() { String::new() } else { format!(", keeping {}", each.join(" and ")) }
}

/// The measures that are read: those asked and those that charges are kept by.
pub(crate) fn with_amounts(measures: &[Measure], conditions: &[RowCondition]) -> Vec<Measure> {
    let kept = conditions.iter().map(|each| each.measure.clone());
    measures.iter().cloned().chain(kept).collect()
}

/// ` in [2024-09-01, 2024-10-01)`, or that everything loaded was read.
pub(crate) fn within(period: Option<Period>) -> String {
    period.map_or_else(
        || " in everything that is loaded".to_owned(),
        |period| format!(" in {period}"),
    )
}

/// ` by month, cloud_service`, or nothing.
pub(crate) fn grouped<T: Display>(dimensions: &[T]) -> String {
    if dimensions.is_empty() { String::new() } else { format!(" by {}", list(dimensions)) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use wherefore_contract::{
        dimension::{Dimension, FocusDimension},
        filter::Comparison,
    };

    use super::*;

    #[test]
    fn conditions_and_periods_read_as_one_sentence() {
        let region = Dimension::Column(FocusDimension::Region);
        let filters = [
            Filter::any_of(region, ["us-east-1", "ap-northeast-2"]),
            Filter { dimension: Dimension::Workload, op: FilterOp::IsNull, values: Vec::new() },
        ];
        assert_eq!(
            conditions(&filters),
            " where region in (us-east-1, ap-northeast-2) and workload is empty"
        );
        assert_eq!(
            within(Some(Period::month_of(date(2024, 9, 1)))),
            " in [2024-09-01, 2024-10-01)"
        );
        assert_eq!(grouped::<Dimension>(&[]), "");
        let small = RowCondition {
            measure: Measure::BilledCost,
            op: Comparison::Below,
            value: "0.5".parse().unwrap(),
        };
        assert_eq!(amounts(&[small]), " with billed_cost < 0.5");
        let large = AmountCondition::amount("share", Comparison::AtLeast, "5".parse().unwrap());
        assert_eq!(kept(&[large]), ", keeping share >= 5");
    }
}
