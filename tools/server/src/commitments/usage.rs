//! Usage that commitments can cover: how much of it is covered, and what it costs on demand.

use std::collections::BTreeMap;

use wherefore_analysis::commitment::{hours::Ran, offers::OfferTable, state::Held};
use wherefore_contract::{
    Decimal,
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
    money::Currency,
    period::Period,
    quality::CostDescription,
    table::Table,
    tool::FactTable,
    unit::Unit,
};

use crate::{operating::is_filled, refuse::Refusal, serve::Tools};

/// Which columns of the loaded charges tell usage and commitments apart.
#[derive(Debug, Clone)]
pub(crate) struct Basis {
    pub(crate) cost: Measure,
    /// The name of a usage: the fuller of the columns that may hold it, or else what a charge says of itself.
    pub(crate) label: Option<Dimension>,
    pub(crate) service: Option<Dimension>,
    provider: Option<Dimension>,
    region: Option<Dimension>,
    category: Option<Dimension>,
    pricing: Option<Dimension>,
    pub(crate) status: Option<Dimension>,
    pub(crate) kind: Option<Dimension>,
}

impl Basis {
    pub(crate) fn of(description: &CostDescription) -> Self {
        let filled = |column: FocusDimension| {
            let dimension = Dimension::Column(column);
            is_filled(description, &dimension).then_some(dimension)
        };
        let names = [FocusDimension::UsageType, FocusDimension::SkuMeter];
        let fullness = |dimension: &Dimension| {
            let name = dimension.name();
            let fill = description.dimensions.iter().find(|fill| fill.dimension == name);
            fill.and_then(|fill| fill.filled_percent.parse().ok()).unwrap_or(Decimal::ZERO)
        };
        // Of equally full ones the first, which is the provider's own name.
        let label = names
            .into_iter()
            .filter_map(filled)
            .reduce(|best, next| if fullness(&next) > fullness(&best) { next } else { best });
        let label = label.or_else(|| filled(FocusDimension::ChargeDescription));
        Self {
            cost: crate::operating::cost_measure(description),
            label,
            service: filled(FocusDimension::ServiceName),
            provider: filled(FocusDimension::Provider),
            region: filled(FocusDimension::Region),
            category: filled(FocusDimension::ChargeCategory),
            pricing: filled(FocusDimension::PricingCategory),
            status: filled(FocusDimension::CommitmentDiscountStatus),
            kind: filled(FocusDimension::CommitmentDiscountType),
        }
    }

    /// Conditions that keep usage of the services that offers cover.
    fn usage(&self, table: &OfferTable, asked: &[Filter]) -> Vec<Filter> {
        let mut services: Vec<String> =
            table.families.iter().flat_map(|family| family.services.clone()).collect();
        services.sort_unstable();
        services.dedup();
        let kept = self.service.clone().map(|dimension| Filter {
            dimension,
            op: FilterOp::Contains,
            values: services,
        });
        let category = self.category.clone();
        let category = category.map(|dimension| Filter::any_of(dimension, ["Usage"]));
        asked.iter().cloned().chain(kept).chain(category).collect()
    }

    /// Conditions that keep what is paid on demand: neither covered by a commitment nor priced by a market (spot).
    pub(crate) fn on_demand(&self, table: &OfferTable, asked: &[Filter]) -> Vec<Filter> {
        let standard =
            self.pricing.clone().map(|dimension| Filter::any_of(dimension, ["Standard"]));
        let without = self.status.clone().filter(|_| self.pricing.is_none());
        let without =
            without.map(|dimension| Filter { dimension, op: FilterOp::IsNull, values: Vec::new() });
        self.usage(table, asked).into_iter().chain(standard).chain(without).collect()
    }

    /// What tells one load from another.
    pub(crate) fn names(&self) -> Vec<Dimension> {
        let all = [&self.provider, &self.service, &self.label, &self.region];
        all.into_iter().flatten().cloned().collect()
    }
}

/// A kind of usage in one region that some offer covers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UsageKey {
    pub(crate) family: String,
    pub(crate) group: String,
    pub(crate) label: String,
    pub(crate) region: String,
    pub(crate) is_size_flexible: bool,
}

impl Basis {
    /// The usage that a row is about, where some offer covers it.
    pub(crate) fn key(&self, offers: &OfferTable, table: &Table, row: usize) -> Option<UsageKey> {
        let text = |dimension: &Option<Dimension>| {
            let name = dimension.as_ref()?.name();
            table.text(row, &name)
        };
        let label = text(&self.label)?;
        let family = offers.family(
            text(&self.provider).unwrap_or_default(),
            text(&self.service).unwrap_or_default(),
            label,
        )?;
        Some(UsageKey {
            family: family.id.clone(),
            group: family.group.clone(),
            label: label.to_owned(),
            region: text(&self.region).unwrap_or_default().to_owned(),
            is_size_flexible: family.is_size_flexible,
        })
    }
}

/// What is known of the usage of one group.
#[derive(Debug, Clone, Default)]
pub(crate) struct GroupUsage {
    /// Usage that is paid on demand, with its cost in the period.
    pub(crate) on_demand: BTreeMap<UsageKey, Decimal>,
    /// What held commitments covered, by their type.
    pub(crate) covered: BTreeMap<String, Held>,
    /// Hours of machines.
    pub(crate) hours: Ran,
    /// The same in normalised units, where a reservation covers machines of any size.
    pub(crate) units: Ran,
}

/// All usage that offers cover, by group.
#[derive(Debug)]
pub(crate) struct Usage {
    pub(crate) groups: BTreeMap<String, GroupUsage>,
    pub(crate) currency: Currency,
}

/// Reads the usage of a period that offers cover.
///
/// # Errors
/// When the store fails, or charges of several currencies match.
pub(crate) async fn read(
    tools: &Tools,
    offers: &OfferTable,
    basis: &Basis,
    asked: &[Filter],
    period: Period,
) -> Result<Usage, Refusal> {
    let told = [&basis.pricing, &basis.status, &basis.kind];
    let query = CostQuery {
        measures: vec![
            basis.cost.clone(),
            Measure::ContractedCost,
            Measure::ListCost,
            Measure::PricingQuantity,
        ],
        dimensions: basis.names().into_iter().chain(told.into_iter().flatten().cloned()).collect(),
        filters: basis.usage(offers, asked),
        period: Some(period),
        ..CostQuery::total(basis.cost.clone())
    };
    let read = tools.costs.query(&query, &tools.scope).await?;
    let mut groups: BTreeMap<String, GroupUsage> = BTreeMap::new();
    for row in 0..read.table.rows.len() {
        if let Some(key) = basis.key(offers, &read.table, row) {
            let group = groups.entry(key.group.clone()).or_default();
            basis.add_hours(offers, group, &key, (&read.table, row));
            basis.add(group, key, &read.table, row);
        }
    }
    let currency = currency_of(&read, &basis.cost)?;
    Ok(Usage { groups, currency })
}

impl Basis {
    // Machines are charged by the hour: under a reservation, under another commitment, or on demand.
    fn add_hours(
        &self,
        offers: &OfferTable,
        group: &mut GroupUsage,
        key: &UsageKey,
        (table, row): (&Table, usize),
    ) {
        let text = |dimension: &Option<Dimension>| table.text(row, &dimension.as_ref()?.name());
        let is = |dimension: &Option<Dimension>, value: &str| {
            text(dimension).is_some_and(|text| text.eq_ignore_ascii_case(value))
        };
        let is_used = is(&self.status, "used");
        let standard =
            if self.pricing.is_some() { is(&self.pricing, "standard") } else { !is_used };
        let unit = table.text(row, FocusDimension::PricingUnit.name()).unwrap_or_default();
        let hours = table.number(row, &Measure::PricingQuantity.column_name());
        let Some(hours) = hours.filter(|_| offers.hours.is_hours(unit)) else { return };
        if !is_used && !standard {
            return;
        }
        let kind = text(&self.kind).unwrap_or_default().to_lowercase();
        let is_reserved = is_used && !kind.contains("savings plan") && !kind.contains("flexible");
        group.hours.add(hours, is_reserved);
        let units = offers.hours.units_of_an_hour(&key.label).filter(|_| key.is_size_flexible);
        if let Some(units) = units.and_then(|units| units.checked_mul(hours)) {
            group.units.add(units, is_reserved);
        }
    }

    fn add(&self, group: &mut GroupUsage, key: UsageKey, table: &Table, row: usize) {
        let text = |dimension: &Option<Dimension>| {
            table.text(row, &dimension.as_ref()?.name()).map(str::to_lowercase)
        };
        let number = |measure: &Measure| table.number(row, &measure.column_name());
        let cost = number(&self.cost).unwrap_or_default();
        let status = text(&self.status);
        if status.as_deref() == Some("used") {
            let kind = self.kind.as_ref().and_then(|kind| table.text(row, &kind.name()));
            // Reserved usage without a price of its own tells neither discount nor saving.
            let priced = number(&Measure::ContractedCost).or_else(|| number(&Measure::ListCost));
            let on_demand = priced.filter(|priced| *priced > Decimal::ZERO);
            let held = Held { used: cost, unused: Decimal::ZERO, on_demand };
            group
                .covered
                .entry(kind.unwrap_or_default().to_owned())
                .and_modify(|sum| *sum = sum.and(held))
                .or_insert(held);
            return;
        }
        let standard = match &self.pricing {
            Some(_) => text(&self.pricing).as_deref() == Some("standard"),
            None => status.is_none(),
        };
        if standard {
            *group.on_demand.entry(key).or_default() += cost;
        }
    }
}

/// The one currency of what was read; dollars where nothing was.
fn currency_of(read: &FactTable, cost: &Measure) -> Result<Currency, Refusal> {
    let name = cost.column_name();
    let units: Vec<Unit> =
        (0..read.table.rows.len()).filter_map(|row| read.table.unit(row, &name)).collect();
    let mut currencies: Vec<&Currency> = units.iter().filter_map(Unit::currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    match currencies.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Currency::parse("USD").ok_or_else(|| Refusal::Failed("no currency".to_owned())),
        _ => Err(Refusal::Failed(
            "the charges are in several currencies; filter billing_currency to one of them"
                .to_owned(),
        )),
    }
}
