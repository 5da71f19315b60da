//! Lines of the bill that count calls.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use wherefore_analysis::CallMeters;
use wherefore_contract::{
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension},
    filter::Filter,
    period::Period,
    quality::CostDescription,
    table::Table,
    tool::FactTable,
    unit::Unit,
};

use crate::{
    operating::{is_filled, operating_filters},
    refuse::Refusal,
    serve::Tools,
};

/// The columns that tell what a line counts.
pub(super) struct Lines {
    meter: Dimension,
    operation: Option<Dimension>,
    quantity: Measure,
    unit: Dimension,
}

/// Calls of one operation, or of one usage type where the bill names no operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Metered {
    pub(super) meter: String,
    pub(super) cloud_service: String,
    pub(super) usage_type: String,
    pub(super) operation: String,
    pub(super) calls: Decimal,
    pub(super) cost: Decimal,
}

/// What the bill says of calls.
pub(super) struct Bill {
    pub(super) lines: Vec<Metered>,
    /// Cost of lines named after requests whose unit counts none.
    pub(super) uncounted: Decimal,
    pub(super) currency: Option<Unit>,
    pub(super) table: FactTable,
}

impl Lines {
    pub(super) fn of(description: &CostDescription) -> Self {
        let column = Dimension::Column;
        let filled = |one: FocusDimension| is_filled(description, &column(one));
        let meter = [FocusDimension::UsageType, FocusDimension::SkuMeter];
        let meter = meter.into_iter().find(|one| filled(*one));
        let (quantity, unit) = if filled(FocusDimension::ConsumedUnit) {
            (Measure::ConsumedQuantity, FocusDimension::ConsumedUnit)
        } else {
            (Measure::PricingQuantity, FocusDimension::PricingUnit)
        };
        let operation = Some(FocusDimension::Operation).filter(|one| filled(*one));
        Self {
            meter: column(meter.unwrap_or(FocusDimension::ChargeDescription)),
            operation: operation.map(column),
            quantity,
            unit: column(unit),
        }
    }

    /// Cost and quantity of usage by what tells calls, and by what is said beside.
    pub(super) fn query(
        &self,
        beside: Option<Dimension>,
        filters: &[Filter],
        period: Period,
        description: &CostDescription,
    ) -> CostQuery {
        let dimensions = [
            beside,
            Some(Dimension::Column(FocusDimension::ServiceName)),
            Some(self.meter.clone()),
            self.operation.clone(),
            Some(self.unit.clone()),
        ];
        let operating = operating_filters(description);
        CostQuery {
            measures: vec![Measure::EffectiveCost, self.quantity.clone()],
            dimensions: dimensions.into_iter().flatten().collect(),
            filters: filters.iter().cloned().chain(operating).collect(),
            period: Some(period),
            ..CostQuery::total(Measure::EffectiveCost)
        }
    }

    /// A row as calls, when it counts any; `Err` with its cost when it only looks so.
    pub(super) fn metered(
        &self,
        table: &Table,
        row: usize,
        meters: &CallMeters,
    ) -> Option<Result<Metered, Decimal>> {
        let text = |of: &Dimension| table.text(row, &of.name()).unwrap_or_default();
        let service = text(&Dimension::Column(FocusDimension::ServiceName));
        let cost = table.number(row, &Measure::EffectiveCost.column_name())?;
        let usage_type = text(&self.meter);
        let Some((meter, times)) = meters.of(service, usage_type, text(&self.unit)) else {
            let looks = usage_type.to_lowercase().contains("request");
            return looks.then_some(Err(cost));
        };
        let quantity = table.number(row, &self.quantity.column_name())?;
        Some(Ok(Metered {
            meter: meter.id.clone(),
            cloud_service: service.to_owned(),
            usage_type: usage_type.to_owned(),
            operation: self.operation.as_ref().map(text).unwrap_or_default().to_owned(),
            calls: quantity.saturating_mul(times),
            cost,
        }))
    }
}

pub(super) async fn read(
    tools: &Tools,
    lines: &Lines,
    filters: &[Filter],
    period: Period,
    description: &CostDescription,
) -> Result<Bill, Refusal> {
    let query = lines.query(None, filters, period, description);
    let table = tools.costs.query(&query, &tools.scope).await?;
    let mut uncounted = Decimal::ZERO;
    let mut all: BTreeMap<(String, String, String), Metered> = BTreeMap::new();
    for row in 0..table.table.rows.len() {
        match lines.metered(&table.table, row, &tools.rules.meters) {
            Some(Ok(line)) => {
                let key =
                    (line.cloud_service.clone(), line.usage_type.clone(), line.operation.clone());
                let empty = Metered { calls: Decimal::ZERO, cost: Decimal::ZERO, ..line.clone() };
                let sum = all.entry(key).or_insert(empty);
                sum.calls += line.calls;
                sum.cost += line.cost;
            }
            Some(Err(cost)) => uncounted += cost,
            None => {}
        }
    }
    let mut lines: Vec<Metered> =
        all.into_values().filter(|line| line.calls > Decimal::ZERO).collect();
    // The map is in order of names, and the sort keeps it among equals.
    lines.sort_by(|left, right| right.cost.cmp(&left.cost).then(right.calls.cmp(&left.calls)));
    let currency = table.table.unit(0, &Measure::EffectiveCost.column_name());
    Ok(Bill { lines, uncounted, currency, table })
}
