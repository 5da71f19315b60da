//! Bennet's two-factor split into price and usage: the cross-check of the Shapley bridge.

use rust_decimal::Decimal;

use super::{BridgeLine, group::quantity};

/// Price and usage effects of one line on the cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BennetLine {
    pub cloud_service: String,
    pub usage_type: String,
    /// `(p1 - p0) * (q0 + q1) / 2`.
    pub price: Decimal,
    /// What the price effect leaves of the line's change: `(q1 - q0) * (p0 + p1) / 2`.
    pub usage: Decimal,
}

/// Splits each line's change in cost into price and usage; exact and symmetric.
///
/// A line on one side only, or without quantities, changes by usage alone. Divided by the
/// transactions beforehand, quantities and costs give the same split of the unit cost.
/// Source: Bennet, "The theory of measurement of changes in cost of living" (1920).
#[must_use]
pub fn bennet(lines: &[BridgeLine]) -> Vec<BennetLine> {
    lines
        .iter()
        .map(|line| {
            let change = line.cost_to.saturating_sub(line.cost_from);
            let price = price_effect(line).unwrap_or(Decimal::ZERO);
            BennetLine {
                cloud_service: line.cloud_service.clone(),
                usage_type: line.usage_type.clone(),
                price,
                usage: change.saturating_sub(price),
            }
        })
        .collect()
}

fn price_effect(line: &BridgeLine) -> Option<Decimal> {
    let (from, to) = (quantity(line.quantity_from), quantity(line.quantity_to));
    let change = line.cost_to.checked_div(to)?.checked_sub(line.cost_from.checked_div(from)?)?;
    let doubled = change.checked_mul(from.checked_add(to)?)?;
    Some((doubled / Decimal::TWO).round_dp(12))
}
