//! What each commitment cost, how far it was used, and what its usage would have cost on demand.

use std::collections::BTreeMap;

use wherefore_analysis::commitment::state::Held;
use wherefore_contract::{
    Decimal,
    cost::{CommitmentFigure, CostQuery, Measure},
    dimension::{Dimension, FocusDimension, Grain},
    filter::{Filter, FilterOp},
    period::Period,
    table::Table,
    tool::FactTable,
};

use crate::{commitments::usage::Basis, refuse::Refusal, serve::Tools};

/// A commitment, or all of a type where the bill names none; in a month, where that is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Commitment {
    pub(super) id: String,
    pub(super) kind: String,
}

/// The held commitments of a period.
#[derive(Debug)]
pub(super) struct AllHeld {
    pub(super) each: BTreeMap<Commitment, Held>,
    pub(super) months: BTreeMap<String, Held>,
    pub(super) read: FactTable,
}

impl AllHeld {
    /// All of them together; `None` where no cost of a commitment is on the bill.
    pub(super) fn total(&self) -> Option<Held> {
        self.each.values().copied().reduce(Held::and).filter(|total| !total.cost().is_zero())
    }
}

const USED: Measure = Measure::Commitment(CommitmentFigure::Used);
const UNUSED: Measure = Measure::Commitment(CommitmentFigure::Unused);
const MONTH: Dimension = Dimension::Time(Grain::Month);

pub(super) async fn read(
    tools: &Tools,
    basis: &Basis,
    asked: &[Filter],
    window: Period,
    by_month: bool,
) -> Result<AllHeld, Refusal> {
    let id = Dimension::Column(FocusDimension::CommitmentDiscountId);
    let by = [Some(id), basis.kind.clone()].into_iter().flatten().collect();
    let (read, each) = held(tools, basis, asked, window, by, commitment).await?;
    let months = if by_month {
        held(tools, basis, asked, window, vec![MONTH], month).await?.1
    } else {
        BTreeMap::new()
    };
    Ok(AllHeld { each, months, read })
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

async fn held<K: Ord>(
    tools: &Tools,
    basis: &Basis,
    asked: &[Filter],
    window: Period,
    by: Vec<Dimension>,
    key: fn(&Table, usize) -> K,
) -> Result<(FactTable, BTreeMap<K, Held>), Refusal> {
    let status = basis.status.clone();
    let any = status.clone().map(|dimension| Filter {
        dimension,
        op: FilterOp::NotNull,
        values: Vec::new(),
    });
    let costs = CostQuery {
        measures: vec![USED, UNUSED],
        dimensions: by.clone(),
        filters: asked.iter().cloned().chain(any).collect(),
        period: Some(window),
        ..CostQuery::total(USED)
    };
    let used = status.map(|dimension| Filter::any_of(dimension, ["Used"]));
    let prices = CostQuery {
        measures: vec![Measure::ContractedCost, Measure::ListCost],
        dimensions: by,
        filters: asked.iter().cloned().chain(used).collect(),
        period: Some(window),
        ..CostQuery::total(Measure::ContractedCost)
    };
    let query = |query| tools.costs.query(query, &tools.scope);
    let (costs, prices) = futures::try_join!(query(&costs), query(&prices))?;
    let mut all: BTreeMap<K, Held> = BTreeMap::new();
    for row in 0..costs.table.rows.len() {
        let cost = |measure: &Measure| costs.table.number(row, &measure.column_name());
        let one = Held {
            used: cost(&USED).unwrap_or_default(),
            unused: cost(&UNUSED).unwrap_or_default(),
            on_demand: None,
        };
        let known = all.entry(key(&costs.table, row)).or_default();
        *known = Held { on_demand: None, ..known.and(one) };
    }
    let mut on_demand: BTreeMap<K, Option<Decimal>> = BTreeMap::new();
    for row in 0..prices.table.rows.len() {
        let price = |measure: &Measure| prices.table.number(row, &measure.column_name());
        let cost = price(&Measure::ContractedCost).or_else(|| price(&Measure::ListCost));
        // Used without a price: what it would have cost is not on the bill.
        let cost = cost.filter(|cost| *cost > Decimal::ZERO);
        let sum = on_demand.entry(key(&prices.table, row)).or_insert(Some(Decimal::ZERO));
        *sum = sum.zip(cost).map(|(sum, cost)| sum + cost);
    }
    for (key, held) in &mut all {
        held.on_demand = match on_demand.get(key) {
            Some(known) => *known,
            // Nothing of it was used, so nothing would have been paid on demand.
            None => held.used.is_zero().then_some(Decimal::ZERO),
        };
    }
    Ok((costs, all))
}
