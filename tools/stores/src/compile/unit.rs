//! Units of measures: fixed, of the bill, or standing in a column beside the amount.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    money::Currency,
    table::{Column, ColumnKind},
    unit::Unit,
};

use super::{Output, Source, expression::Key, shape::Shape};

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
        | Measure::UnitCost => FocusDimension::BillingCurrency,
        Measure::ConsumedQuantity => FocusDimension::ConsumedUnit,
        Measure::PricingQuantity => FocusDimension::PricingUnit,
        Measure::Rows
        | Measure::Distinct(_)
        | Measure::FirstCharge
        | Measure::LastCharge
        | Measure::Transactions => return None,
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
    if matches!(measure, Measure::FirstCharge | Measure::LastCharge) {
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
    let is_money = measure.is_cost() || *measure == Measure::UnitCost;
    match (unit_key(Some(measure), dimensions), shape.billing_currencies.as_slice()) {
        (Some(column), currencies) if !is_money || currencies.len() > 1 => {
            Column::measure_by(name, column)
        }
        (_, [code]) if *measure == Measure::UnitCost => bare(Some(per_transaction(code))),
        (_, [code]) => bare(Some(Unit::parse(code))),
        (_, _) => bare(None),
    }
}

/// Currency per transaction; a virtual currency stays a plain quantity.
pub(crate) fn per_transaction(code: &str) -> Unit {
    match Currency::parse(code) {
        Some(currency) => Unit::CurrencyPer { currency, per: "transaction".to_owned() },
        None => Unit::Quantity(format!("{code}/transaction")),
    }
}

/// The column of units that unit costs need when the bill has several currencies.
pub(super) fn unit_cost_unit(keys: &[Key], shape: &Shape) -> Option<Output> {
    let currency = Dimension::Column(FocusDimension::BillingCurrency);
    let index = keys.iter().position(|key| key.dimension == currency)?;
    (shape.billing_currencies.len() > 1).then(|| Output {
        column: Column::dimension("unit_cost_unit"),
        source: Source::PerTransaction(index),
    })
}
