//! The bridge of each part of a change: by region, by account, by a tag.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use wherefore_analysis::{Bridge, BridgeLine, BridgeRow, Transactions, build_bridge};
use wherefore_contract::{table::Column, tool::FactTable};

use super::{
    lines::Lines,
    tables::{Story, number},
};

/// The bridge of each part, all over the transactions of the whole, so that they add up to it.
///
/// The part that moved most stands first.
pub(super) fn bridges(
    lines: &Lines,
    transactions: Option<Transactions>,
) -> Vec<(Option<String>, Bridge)> {
    let mut parts: BTreeMap<&Option<String>, Vec<BridgeLine>> = BTreeMap::new();
    for (part, line) in lines.parts.iter().zip(&lines.charges) {
        parts.entry(part).or_default().push(line.clone());
    }
    let bridge = |(part, lines): (&Option<String>, Vec<BridgeLine>)| {
        (part.clone(), build_bridge(&lines, transactions))
    };
    let mut bridges: Vec<_> = parts.into_iter().map(bridge).collect();
    bridges.sort_by_key(|(_, bridge)| std::cmp::Reverse(moved(bridge).abs()));
    bridges
}

// How far the part moved: its unit cost, or its cost without transactions.
fn moved(bridge: &Bridge) -> Decimal {
    match (bridge.unit_cost_total_from, bridge.unit_cost_total_to) {
        (Some(from), Some(to)) => to.saturating_sub(from),
        _ => bridge.cost_total_to.saturating_sub(bridge.cost_total_from),
    }
}

impl Story<'_> {
    /// The column of the part in the rows of the bridge, where they are not told apart by it anyway.
    pub(super) fn part_column(&self) -> Option<String> {
        let name = self.request.by.as_ref()?.name();
        let is_new = !["effect", "cloud_service", "usage_type"].contains(&name.as_str());
        is_new.then_some(name)
    }

    /// The rows of all parts, the largest first.
    pub(super) fn rows_of_parts(&self) -> Vec<(Option<&str>, &BridgeRow)> {
        let mut rows: Vec<(Option<&str>, &BridgeRow)> = self
            .parts
            .iter()
            .flat_map(|(part, bridge)| bridge.rows.iter().map(|row| (part.as_deref(), row)))
            .collect();
        let size = |row: &BridgeRow| row.unit_amount.unwrap_or(row.amount).abs();
        rows.sort_by_key(|(_, row)| std::cmp::Reverse(size(row)));
        rows
    }

    /// One row a part: its change in cost and in unit cost; `None` unless asked for.
    pub(super) fn parts_table(&self) -> Option<FactTable> {
        let by = self.request.by.as_ref()?;
        let columns = vec![
            Column::dimension(by.name()),
            Column::measure("cost_from", self.money()).in_period(self.request.from),
            Column::measure("cost_to", self.money()).in_period(self.request.to),
            Column::measure("change", self.money()),
            Column::measure("unit_change", self.per_transaction()),
        ];
        let row = |(part, bridge): &(Option<String>, Bridge)| {
            let unit = bridge.unit_cost_total_from.zip(bridge.unit_cost_total_to);
            let change = bridge.cost_total_to.saturating_sub(bridge.cost_total_from);
            vec![
                part.clone(),
                number(bridge.cost_total_from),
                number(bridge.cost_total_to),
                number(change),
                unit.and_then(|(from, to)| number(to.saturating_sub(from))),
            ]
        };
        Some(self.table("parts", columns, self.parts.iter().map(row).collect()))
    }
}
