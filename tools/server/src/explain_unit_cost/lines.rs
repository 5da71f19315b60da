//! Reads cost and usage of both periods, one line a kind of charge.

use wherefore_analysis::BridgeLine;
use wherefore_contract::{
    cost::{CompareQuery, Measure},
    dimension::{Dimension, FocusDimension},
    money::Currency,
    quality::CostDescription,
    table::Table,
    tool::FactTable,
    unit::Unit,
};

use super::Request;
use crate::{
    answered::ROW_LIMIT,
    operating::{cost_measure, is_filled, is_operating},
    refuse::Refusal,
    serve::Tools,
};

/// Which columns of the loaded data the explanation rests on.
#[derive(Debug)]
pub(super) struct Basis {
    pub(super) cost: Measure,
    category: Option<Dimension>,
    cloud_service: Option<Dimension>,
    usage_type: Option<Dimension>,
    /// Usage and the column that names its unit.
    quantity: Option<(Measure, Dimension)>,
}

impl Basis {
    /// The columns that hold values. Usage types come from the provider's own names, or from what
    /// stands nearest to them in FOCUS.
    pub(super) fn of(description: &CostDescription) -> Self {
        let filled = |column: FocusDimension| {
            let dimension = Dimension::Column(column);
            is_filled(description, &dimension).then_some(dimension)
        };
        let usage_type = filled(FocusDimension::UsageType)
            .or_else(|| filled(FocusDimension::SkuMeter))
            .or_else(|| filled(FocusDimension::ChargeDescription));
        let quantity = filled(FocusDimension::ConsumedUnit)
            .map(|unit| (Measure::ConsumedQuantity, unit))
            .or_else(|| {
                filled(FocusDimension::PricingUnit).map(|unit| (Measure::PricingQuantity, unit))
            });
        Self {
            cost: cost_measure(description),
            category: filled(FocusDimension::ChargeCategory),
            cloud_service: filled(FocusDimension::ServiceName),
            usage_type,
            quantity,
        }
    }

    fn query(&self, request: &Request) -> CompareQuery {
        let unit = self.quantity.as_ref().map(|(_, unit)| unit.clone());
        let dimensions = [&self.category, &self.cloud_service, &self.usage_type, &unit];
        let quantity = self.quantity.as_ref().map(|(measure, _)| measure.clone());
        CompareQuery {
            measures: [Some(self.cost.clone()), quantity].into_iter().flatten().collect(),
            dimensions: dimensions.into_iter().flatten().cloned().collect(),
            filters: request.filters.clone(),
            ..CompareQuery::total(self.cost.clone(), request.from, request.to)
        }
    }
}

/// The lines of both periods, and the table they were read from.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) charges: Vec<BridgeLine>,
    pub(super) currency: Currency,
    pub(super) table: FactTable,
}

pub(super) async fn read(
    tools: &Tools,
    request: &Request,
    basis: &Basis,
) -> Result<Lines, Refusal> {
    let query = basis.query(request);
    let table = tools.costs.compare(&query, &tools.scope).await?;
    let rows = table.table.rows.len();
    if rows > ROW_LIMIT {
        return Err(Refusal::Failed(format!(
            "the change has {rows} lines, more than the {ROW_LIMIT} that are explained; name a workload or filter by cloud_service or sub_account"
        )));
    }
    let currency = currency(&table.table, &format!("{}_from", basis.cost))?;
    let charges = (0..rows).map(|row| line(&table.table, row, basis)).collect();
    Ok(Lines { charges, currency, table })
}

/// The one currency of the costs: amounts of several cannot be added.
fn currency(table: &Table, column: &str) -> Result<Currency, Refusal> {
    let mut units: Vec<Unit> =
        (0..table.rows.len()).filter_map(|row| table.unit(row, column)).collect();
    units.sort();
    units.dedup();
    let failed = |text: String| Err(Refusal::Failed(text));
    match units.as_slice() {
        // No line: the currency is not shown.
        [] => Currency::parse("USD").map_or_else(|| failed("no currency".to_owned()), Ok),
        [Unit::Currency(currency)] => Ok(currency.clone()),
        [other] => failed(format!("the costs are in `{other}`, which is no ISO 4217 currency")),
        several => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            failed(format!(
                "the charges are in several currencies ({}); add a filter on billing_currency",
                names.join(", ")
            ))
        }
    }
}

fn line(table: &Table, row: usize, basis: &Basis) -> BridgeLine {
    let text = |dimension: &Option<Dimension>| {
        dimension.as_ref().and_then(|dimension| table.text(row, &dimension.name()))
    };
    let number = |measure: &Measure, side: &str| {
        table.number(row, &format!("{}_{side}", measure.column_name()))
    };
    let quantity = |side: &str| basis.quantity.as_ref().and_then(|(of, _)| number(of, side));
    let unit = basis.quantity.as_ref().and_then(|(_, unit)| table.text(row, &unit.name()));
    let category = text(&basis.category);
    let cloud_service = text(&basis.cloud_service);
    let operating = is_operating(category, cloud_service);
    // A credit has no usage type of its own: it is named by what it is.
    let usage_type = text(&basis.usage_type).or(if operating { None } else { category });
    BridgeLine {
        cloud_service: cloud_service.unwrap_or_default().to_owned(),
        usage_type: usage_type.unwrap_or_default().to_owned(),
        unit: unit.unwrap_or_default().to_owned(),
        operating,
        cost_from: number(&basis.cost, "from").unwrap_or_default(),
        cost_to: number(&basis.cost, "to").unwrap_or_default(),
        quantity_from: quantity("from"),
        quantity_to: quantity("to"),
    }
}
