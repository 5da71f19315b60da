//! What each commitment cost, how far it was used, and what its usage would have cost on demand.

use std::collections::{BTreeMap, BTreeSet};

use wherefore_analysis::commitment::{hours::Reserved, offers::OfferTable, state::Held};
use wherefore_contract::{
    Decimal,
    cost::{CommitmentFigure, CostQuery, Measure},
    dimension::{Dimension, FocusDimension, Grain},
    filter::{Filter, FilterOp},
    period::Period,
    quality::CostDescription,
    table::Table,
    tool::FactTable,
};

use crate::{commitments::usage::Basis, operating::is_filled, refuse::Refusal, serve::Tools};

/// A commitment, or all of a type where the bill names none.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Commitment {
    pub(super) id: String,
    pub(super) kind: String,
}

/// What a commitment did in a period.
#[derive(Debug, Clone, Default)]
pub(super) struct Did {
    pub(super) held: Held,
    /// Hours of a reservation; `None` where the bill does not tell those that nobody used.
    pub(super) hours: Option<Reserved>,
    /// The cloud services that it covered.
    pub(super) covers: BTreeSet<String>,
}

/// The held commitments of a period.
#[derive(Debug)]
pub(super) struct AllHeld {
    pub(super) each: BTreeMap<Commitment, Did>,
    pub(super) months: BTreeMap<String, Did>,
    pub(super) read: FactTable,
}

impl AllHeld {
    /// All of them together; `None` where no cost of a commitment is on the bill.
    pub(super) fn total(&self) -> Option<Did> {
        let held = self.each.values().map(|did| did.held).reduce(Held::and)?;
        let hours = self.each.values().filter_map(|did| did.hours).reduce(Reserved::and);
        (!held.cost().is_zero()).then_some(Did { held, hours, covers: BTreeSet::new() })
    }
}

const USED: Measure = Measure::Commitment(CommitmentFigure::Used);
const UNUSED: Measure = Measure::Commitment(CommitmentFigure::Unused);
const MONTH: Dimension = Dimension::Time(Grain::Month);

/// Reads what is charged to commitments, each and by month.
///
/// # Errors
/// When the store fails.
pub(super) async fn read(
    tools: &Tools,
    offers: &OfferTable,
    basis: &Basis,
    asked: &[Filter],
    (description, window, by_month): (&CostDescription, Period, bool),
) -> Result<AllHeld, Refusal> {
    let unit = Dimension::Column(FocusDimension::CommitmentDiscountUnit);
    let is_counted = is_filled(description, &unit);
    let reader = Reader { tools, offers, basis, asked, window, is_counted };
    let id = Dimension::Column(FocusDimension::CommitmentDiscountId);
    let by = [Some(id), basis.kind.clone()].into_iter().flatten().collect();
    if by_month {
        let each = reader.charges(by, commitment);
        let months = reader.charges(vec![MONTH], month);
        let ((read, each), (_, months)) = futures::try_join!(each, months)?;
        return Ok(AllHeld { each, months, read });
    }
    let (read, each) = reader.charges(by, commitment).await?;
    Ok(AllHeld { each, months: BTreeMap::new(), read })
}

/// What the charges of a window are read with.
struct Reader<'a> {
    tools: &'a Tools,
    offers: &'a OfferTable,
    basis: &'a Basis,
    asked: &'a [Filter],
    window: Period,
    /// Whether the bill counts what commitments were used for.
    is_counted: bool,
}

impl Reader<'_> {
    // Costs of the whole commitment, whose used and unused rows belong together, and beside them what was used at which
    // price and for how long.
    async fn charges<K: Ord>(
        &self,
        by: Vec<Dimension>,
        key: fn(&Table, usize) -> K,
    ) -> Result<(FactTable, BTreeMap<K, Did>), Refusal> {
        let status = self.basis.status.clone();
        let any = status.clone().map(|dimension| Filter {
            dimension,
            op: FilterOp::NotNull,
            values: Vec::new(),
        });
        let costs = CostQuery {
            measures: vec![USED, UNUSED],
            dimensions: by.clone(),
            filters: self.asked.iter().cloned().chain(any).collect(),
            period: Some(self.window),
            ..CostQuery::total(USED)
        };
        let counted = self.is_counted.then_some(Measure::CommitmentQuantity);
        let prices = [Measure::ContractedCost, Measure::ListCost];
        let details = CostQuery {
            measures: prices.into_iter().chain(counted).collect(),
            dimensions: by.into_iter().chain(status).chain(self.basis.service.clone()).collect(),
            ..costs.clone()
        };
        let query = |query| self.tools.costs.query(query, &self.tools.scope);
        let (costs, details) = futures::try_join!(query(&costs), query(&details))?;
        let mut all: BTreeMap<K, Sum> = BTreeMap::new();
        for row in 0..costs.table.rows.len() {
            let sum = all.entry(key(&costs.table, row)).or_default();
            let cost = |measure: &Measure| costs.table.number(row, &measure.column_name());
            sum.did.held.used += cost(&USED).unwrap_or_default();
            sum.did.held.unused += cost(&UNUSED).unwrap_or_default();
        }
        for row in 0..details.table.rows.len() {
            let sum = all.entry(key(&details.table, row)).or_default();
            self.detail(sum, &details.table, row);
        }
        let all = all.into_iter().map(|(key, sum)| (key, sum.done())).collect();
        Ok((costs, all))
    }

    fn detail(&self, sum: &mut Sum, table: &Table, row: usize) {
        let number = |measure: &Measure| table.number(row, &measure.column_name());
        let text = |dimension: &Option<Dimension>| {
            table.text(row, &dimension.as_ref()?.name()).map(str::to_owned)
        };
        let unit = Some(Dimension::Column(FocusDimension::CommitmentDiscountUnit));
        let is_hours = text(&unit).is_some_and(|unit| self.offers.hours.is_hours(&unit));
        let hours = number(&Measure::CommitmentQuantity).filter(|_| is_hours);
        if text(&self.basis.status).as_deref() != Some("Used") {
            sum.reserved.unused += hours.unwrap_or_default();
            sum.tells_unused |= hours.is_some();
            return;
        }
        sum.reserved.used += hours.unwrap_or_default();
        sum.did.covers.extend(text(&self.basis.service));
        let cost = number(&Measure::ContractedCost).or_else(|| number(&Measure::ListCost));
        sum.is_used = true;
        sum.on_demand += cost.unwrap_or_default();
    }
}

fn commitment(table: &Table, row: usize) -> Commitment {
    let text =
        |column: FocusDimension| table.text(row, column.name()).unwrap_or_default().to_owned();
    Commitment {
        id: text(FocusDimension::CommitmentDiscountId),
        kind: text(FocusDimension::CommitmentDiscountType),
    }
}

fn month(table: &Table, row: usize) -> String {
    table.text(row, &MONTH.name()).unwrap_or_default().to_owned()
}

/// What was summed of one commitment.
#[derive(Default)]
struct Sum {
    did: Did,
    /// What was used, at on-demand prices.
    on_demand: Decimal,
    is_used: bool,
    reserved: Reserved,
    tells_unused: bool,
}

impl Sum {
    fn done(self) -> Did {
        let Self { mut did, on_demand, is_used, reserved, tells_unused } = self;
        // Used without a price: what it would have cost is not on the bill. What was not used would have cost nothing.
        let is_told = if is_used { on_demand > Decimal::ZERO } else { did.held.used.is_zero() };
        did.held.on_demand = is_told.then_some(on_demand);
        // A bill that spreads no unused cost has no unused hours either.
        let told = tells_unused || did.held.unused.is_zero();
        let some = !reserved.used.is_zero() || !reserved.unused.is_zero();
        did.hours = (told && some).then_some(reserved);
        did
    }
}
