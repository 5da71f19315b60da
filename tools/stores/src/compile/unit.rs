//! Units of measures: fixed, of the bill, or standing in a column beside the amount.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    money::Currency,
    table::{Column, ColumnKind},
    unit::Unit,
};

use super::{Output, Source, Word, expression::Key, shape::Shape};

/// The column that holds the units of prices.
pub(super) const PRICE_UNIT: &str = "price_unit";
/// The column that holds the units of amounts per day, where they differ.
pub(super) const PER_DAY_UNIT: &str = "per_day_unit";

/// The dimension that holds the unit of a measure, when it stands among the keys.
pub(super) fn unit_key(
    measure: Option<&Measure>,
    dimensions: &[Dimension],
) -> Option<&'static str> {
    let unit = match measure? {
        Measure::BilledCost
        | Measure::EffectiveCost
        | Measure::ListCost
        | Measure::ContractedCost
        | Measure::NetBilledCost
        | Measure::NetEffectiveCost
        | Measure::OfRow(..)
        | Measure::Saved(..)
        | Measure::OfKind(..)
        | Measure::UnitCost => FocusDimension::BillingCurrency,
        Measure::Commitment(figure) if !figure.is_part() => FocusDimension::BillingCurrency,
        Measure::ConsumedQuantity => FocusDimension::ConsumedUnit,
        Measure::PricingQuantity => FocusDimension::PricingUnit,
        Measure::CommitmentQuantity => FocusDimension::CommitmentDiscountUnit,
        Measure::Rows
        | Measure::Lacking(_)
        | Measure::Distinct(_)
        | Measure::FirstCharge
        | Measure::LastCharge
        | Measure::ChargedUntil
        | Measure::FirstDay
        | Measure::LastDay
        | Measure::Transactions
        | Measure::Discount(..)
        | Measure::Commitment(_)
        | Measure::UnitPrice(_) => return None,
    };
    dimensions.contains(&Dimension::Column(unit)).then(|| unit.name())
}

/// The column that readers see for a measure under a name: its unit, or where its unit stands.
pub(super) fn measure_column(
    measure: &Measure,
    name: String,
    dimensions: &[Dimension],
    shape: &Shape,
) -> Column {
    if measure.is_moment() {
        return Column::time(name);
    }
    let bare = |unit| Column {
        name: name.clone(),
        kind: ColumnKind::Measure,
        unit,
        unit_column: None,
        period: None,
    };
    if let Some(unit) = measure.fixed_unit() {
        return bare(Some(unit));
    }
    if *measure == Measure::UnitCost && shape.billing_currencies.len() > 1 {
        return Column::measure_by(name, "unit_cost_unit");
    }
    if matches!(measure, Measure::UnitPrice(_)) {
        return Column::measure_by(name, PRICE_UNIT);
    }
    let is_money = measure.cost().is_some();
    match (unit_key(Some(measure), dimensions), shape.billing_currencies.as_slice()) {
        (Some(column), currencies) if !is_money || currencies.len() > 1 => {
            Column::measure_by(name, column)
        }
        (_, [code]) if *measure == Measure::UnitCost => bare(Some(per(code, "transaction"))),
        (_, [code]) => bare(Some(Unit::parse(code))),
        (_, _) => bare(None),
    }
}

/// The column of an amount per day, under a name.
pub(super) fn per_day_column(
    measure: &Measure,
    name: String,
    dimensions: &[Dimension],
    shape: &Shape,
) -> Column {
    let whole = measure_column(measure, name, dimensions, shape);
    match whole.unit {
        Some(unit) => Column { unit: Some(per(&unit.to_string(), "day")), ..whole },
        None if whole.unit_column.is_some() => {
            Column { unit_column: Some(PER_DAY_UNIT.to_owned()), ..whole }
        }
        None => whole,
    }
}

/// A unit for one of something, from the text of the unit: money stays money.
pub(crate) fn per(unit: &str, one: &str) -> Unit {
    match Currency::parse(unit) {
        Some(currency) => Unit::CurrencyPer { currency, per: one.to_owned() },
        // A virtual currency stays a plain quantity.
        None => Unit::Quantity(format!("{unit}/{one}")),
    }
}

/// The columns of units that stand beside quotients whose units differ by row.
pub(super) fn unit_outputs(
    measures: &[Measure],
    per_day: bool,
    keys: &[Key],
    shape: &Shape,
) -> Vec<Output> {
    let at = |column: FocusDimension| {
        keys.iter().position(|key| key.dimension == Dimension::Column(column))
    };
    let currency = match shape.billing_currencies.as_slice() {
        [code] => Some(Word::Fixed(code.clone())),
        [] => None,
        [_, _, ..] => at(FocusDimension::BillingCurrency).map(Word::Cell),
    };
    let one = |word: &str| Word::Fixed(word.to_owned());
    let output = |name: &str, unit: Option<Word>, one: Option<Word>| {
        let source = Source::Per { unit: unit?, one: one? };
        Some(Output { column: Column::dimension(name), source })
    };
    let mut outputs = Vec::new();
    if measures.contains(&Measure::UnitCost) && shape.billing_currencies.len() > 1 {
        outputs.extend(output("unit_cost_unit", currency.clone(), Some(one("transaction"))));
    }
    if measures.iter().any(|measure| matches!(measure, Measure::UnitPrice(_))) {
        let unit = at(FocusDimension::PricingUnit).map(Word::Cell);
        outputs.extend(output(PRICE_UNIT, currency, unit));
    }
    let dimensions: Vec<Dimension> = keys.iter().map(|key| key.dimension.clone()).collect();
    if per_day && let Some(name) = unit_key(measures.first(), &dimensions) {
        let unit = keys.iter().position(|key| key.dimension.name() == name).map(Word::Cell);
        outputs.extend(output(PER_DAY_UNIT, unit, Some(one("day"))));
    }
    outputs
}
