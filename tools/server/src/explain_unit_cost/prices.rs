//! Price effects told apart: list prices, negotiated discounts, commitments, waste.

use rust_decimal::Decimal;
use wherefore_analysis::{Effect, PriceParts, PriceRow};
use wherefore_contract::{table::Column, tool::FactTable};

use super::tables::{Story, number};
use crate::fact_table::{Row, cell, text};

/// Reads one part of a price effect.
type Pick = fn(&PriceParts) -> Decimal;

// The parts of a price effect, by the names that answers give them.
const PARTS: [(&str, Pick); 4] = [
    ("price_list", |parts| parts.list),
    ("price_negotiated", |parts| parts.negotiated),
    ("price_commitment", |parts| parts.commitment),
    ("price_waste", |parts| parts.waste),
];

impl Story<'_> {
    /// One row for each part of each usage type's price effect; the rows of a usage type sum to it.
    pub(super) fn price_split_table(&self) -> Option<FactTable> {
        let prices = self.prices.as_ref()?;
        let columns = vec![
            Column::dimension("cloud_service"),
            Column::dimension("usage_type"),
            Column::dimension("price_part"),
            Column::measure("amount", self.money()),
            Column::measure("unit_amount", self.per_transaction()),
        ];
        let rows: Vec<Row> = prices.iter().flat_map(rows).collect();
        (!rows.is_empty()).then(|| self.table("price_split", columns, rows))
    }

    /// Where the main cause is a price: the part that moved it most.
    pub(super) fn main_price_part(&self) -> Option<&'static str> {
        let cause = self.bridge.main_cause.as_ref().filter(|one| one.effect == Effect::Price)?;
        let row = self.prices.as_ref()?.iter().find(|row| {
            row.cloud_service == cause.cloud_service && row.usage_type == cause.usage_type
        })?;
        let parts = row.unit_price.unwrap_or(row.price);
        let along = PARTS.iter().filter(|(_, of)| {
            let part = of(&parts);
            !part.is_zero() && part.is_sign_negative() == parts.whole.is_sign_negative()
        });
        along
            .max_by(|(_, left), (_, right)| left(&parts).abs().cmp(&right(&parts).abs()))
            .map(|(name, _)| *name)
    }
}

fn rows(row: &PriceRow) -> Vec<Row> {
    let parts = PARTS.iter().filter_map(|(name, of)| {
        let (amount, unit) = (of(&row.price), row.unit_price.map(|unit| of(&unit)));
        if amount.is_zero() && unit.is_none_or(|unit| unit.is_zero()) {
            return None;
        }
        Some(vec![
            text(&row.cloud_service),
            text(&row.usage_type),
            cell(name),
            number(amount),
            unit.and_then(number),
        ])
    });
    parts.collect()
}
