//! Reads cost and usage of both periods, one line a kind of charge.

use wherefore_analysis::{BridgeLine, LinePrices};
use wherefore_contract::{
    Decimal,
    cost::{CompareQuery, Measure},
    dimension::{Dimension, FocusDimension},
    money::Currency,
    quality::{CostDescription, Severity},
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
    /// Whether a commitment was used.
    commitment_status: Option<Dimension>,
    /// Whether the list and contracted costs beside the effective cost can be trusted.
    has_prices: bool,
}

/// FOCUS `CommitmentDiscountStatus` of what nobody used.
const UNUSED: &str = "Unused";

const PRICES: [Measure; 2] = [Measure::ListCost, Measure::ContractedCost];

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
        let cost = cost_measure(description);
        let trusted = PRICES.iter().all(|measure| !is_barred(description, measure));
        Self {
            has_prices: trusted && cost == Measure::EffectiveCost,
            commitment_status: filled(FocusDimension::CommitmentDiscountStatus),
            cost,
            category: filled(FocusDimension::ChargeCategory),
            cloud_service: filled(FocusDimension::ServiceName),
            usage_type,
            quantity,
        }
    }

    /// Whether the lines are told apart by this anyway.
    fn is_own(&self, by: &Dimension) -> bool {
        let unit = self.quantity.as_ref().map(|(_, unit)| unit);
        [self.category.as_ref(), self.cloud_service.as_ref(), self.usage_type.as_ref(), unit]
            .into_iter()
            .chain([self.commitment_status.as_ref()])
            .any(|own| own == Some(by))
    }

    fn query(&self, request: &Request) -> CompareQuery {
        let unit = self.quantity.as_ref().map(|(_, unit)| unit.clone());
        let own = [&self.category, &self.cloud_service, &self.usage_type, &unit];
        let status = &self.commitment_status;
        let mut dimensions: Vec<Dimension> =
            own.into_iter().chain([status]).flatten().cloned().collect();
        dimensions.extend(request.by.iter().filter(|by| !self.is_own(by)).cloned());
        let quantity = self.quantity.as_ref().map(|(measure, _)| measure.clone());
        let prices = PRICES.into_iter().filter(|_| self.has_prices);
        let cost = Some(self.cost.clone());
        CompareQuery {
            measures: [cost, quantity].into_iter().flatten().chain(prices).collect(),
            dimensions,
            filters: request.filters.clone(),
            ..CompareQuery::total(self.cost.clone(), request.from, request.to)
        }
    }
}

fn is_barred(description: &CostDescription, measure: &Measure) -> bool {
    let name = measure.to_string();
    let bars = description.notices.iter().filter(|notice| notice.severity == Severity::Bar);
    bars.map(|notice| &notice.subject).any(|subject| *subject == name)
}

/// The lines of both periods, and the table they were read from.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) charges: Vec<BridgeLine>,
    /// The same lines at list and contracted prices; `None` where the bill does not give them.
    pub(super) prices: Option<Vec<LinePrices>>,
    /// Of each line, the part that was asked for and that it belongs to.
    pub(super) parts: Vec<Option<String>>,
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
    let read = &table.table;
    let charges: Vec<BridgeLine> = (0..rows).map(|row| line(read, row, basis)).collect();
    let part = |row: usize| {
        let name = request.by.as_ref()?.name();
        let called = read.text(row, &format!("{name}_name"));
        called.or_else(|| read.text(row, &name)).map(str::to_owned)
    };
    let parts = (0..rows).map(part).collect();
    let prices = charges.iter().enumerate().map(|(row, line)| prices(read, row, line));
    let prices = if basis.has_prices { prices.collect() } else { None };
    Ok(Lines { charges, prices, parts, currency, table })
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

/// List and contracted costs of a line; `None` where usage has a cost without them. What nobody
/// used has neither, nor has what stands beside operating cost.
fn prices(table: &Table, row: usize, line: &BridgeLine) -> Option<LinePrices> {
    let priced = line.operating && !line.unused;
    let number = |measure: &Measure, side: &str, cost: Decimal| {
        let given = table.number(row, &format!("{}_{side}", measure.column_name()));
        if priced && !cost.is_zero() { given } else { Some(given.unwrap_or_default()) }
    };
    let [list, contracted] = &PRICES;
    Some(LinePrices {
        line: line.clone(),
        list_from: number(list, "from", line.cost_from)?,
        list_to: number(list, "to", line.cost_to)?,
        contracted_from: number(contracted, "from", line.cost_from)?,
        contracted_to: number(contracted, "to", line.cost_to)?,
    })
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
        unused: text(&basis.commitment_status).is_some_and(|it| it.eq_ignore_ascii_case(UNUSED)),
        cost_from: number(&basis.cost, "from").unwrap_or_default(),
        cost_to: number(&basis.cost, "to").unwrap_or_default(),
        quantity_from: quantity("from"),
        quantity_to: quantity("to"),
    }
}
