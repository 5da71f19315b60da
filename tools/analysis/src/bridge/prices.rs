//! Which part of a price effect is the list price, the negotiated discount, commitments, and waste.
//!
//! An effective price is the list price plus what negotiation adds to it (contracted minus list,
//! rarely above zero) plus what commitments add to that (effective minus contracted). A price
//! effect is linear in the price, so each part's effect is its own change times the same weight:
//! the parts sum to the price effect. FOCUS 1.2 defines the three costs (`ListCost`,
//! `ContractedCost`, `EffectiveCost`). Unused commitments are lines of their own, and waste.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    Bridge, BridgeLine, Effect, Transactions, UNIT_SCALE,
    effects::{AMOUNT_SCALE, Blend, close},
    group::{group, quantity},
};

/// The same usage of one line at list and at negotiated prices, in both periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePrices {
    pub line: BridgeLine,
    pub list_from: Decimal,
    pub list_to: Decimal,
    pub contracted_from: Decimal,
    pub contracted_to: Decimal,
}

/// The price effect of one usage type in its parts; they sum to `price` exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    pub cloud_service: String,
    pub usage_type: String,
    pub price: PriceParts,
    /// Of the unit cost; `None` without transactions.
    pub unit_price: Option<PriceParts>,
}

/// A price effect and its parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PriceParts {
    pub whole: Decimal,
    /// List prices changed.
    pub list: Decimal,
    /// Negotiated discounts changed.
    pub negotiated: Decimal,
    /// Commitments cover another share of the usage, or at another rate.
    pub commitment: Decimal,
    /// Another amount of commitments went unused.
    pub waste: Decimal,
}

// List, negotiated, commitment, waste.
type Four = [Decimal; 4];

/// Splits the price effects of a bridge over the lines it was built from.
///
/// Lines whose price effect and all parts are zero have no row. Rows stand in the order of the
/// size of their price effects. `None` when digits do not fit.
#[must_use]
pub fn split_prices(
    lines: &[LinePrices],
    bridge: &Bridge,
    transactions: Option<Transactions>,
) -> Option<Vec<PriceRow>> {
    let transactions =
        transactions.filter(|count| count.from > Decimal::ZERO && count.to > Decimal::ZERO);
    let merged = merge(lines);
    let mut parts: BTreeMap<(&str, &str), (Four, Four)> = BTreeMap::new();
    let (idle, used): (Vec<&LinePrices>, Vec<&LinePrices>) =
        merged.values().filter(|each| each.line.operating).partition(|each| each.line.unused);
    let plain: Vec<&BridgeLine> = used.iter().map(|each| &each.line).collect();
    for members in group(&plain).groups {
        let blend = Blend::of(&members, transactions)?;
        for line in members {
            let each = used.iter().find(|each| each.line == *line)?;
            let weights = blend.price_weights(line)?;
            let changes = each.changes()?;
            let sums = parts.entry((&line.cloud_service, &line.usage_type)).or_default();
            add(&mut sums.0, &changes, weights.0)?;
            add(&mut sums.1, &changes, weights.1.unwrap_or_default())?;
        }
    }
    // Waste is what its lines leave of the whole price effect of their usage type.
    let wasted: Vec<(&str, &str)> =
        idle.iter().map(|each| (&*each.line.cloud_service, &*each.line.usage_type)).collect();
    rows(bridge, &parts, &idle, &wasted, transactions)
}

fn rows(
    bridge: &Bridge,
    parts: &BTreeMap<(&str, &str), (Four, Four)>,
    idle: &[&LinePrices],
    wasted: &[(&str, &str)],
    transactions: Option<Transactions>,
) -> Option<Vec<PriceRow>> {
    let mut wholes: BTreeMap<(&str, &str), (Decimal, Decimal)> = BTreeMap::new();
    for key in parts.keys().chain(wasted) {
        wholes.entry(*key).or_default();
    }
    for row in bridge.rows.iter().filter(|row| row.effect == Effect::Price) {
        let whole = wholes.entry((&row.cloud_service, &row.usage_type)).or_default();
        whole.0 = whole.0.checked_add(row.amount)?;
        whole.1 = whole.1.checked_add(row.unit_amount.unwrap_or_default())?;
    }
    let mut rows = Vec::new();
    for (key, whole) in wholes {
        let (mut cost, mut unit) = parts.get(&key).copied().unwrap_or_default();
        for each in idle.iter().filter(|each| each.is_of(key)) {
            let line = &each.line;
            let [.., waste] = &mut cost;
            *waste = waste.checked_add(line.cost_to)?.checked_sub(line.cost_from)?;
            let Some(count) = transactions else { continue };
            let [.., waste] = &mut unit;
            let after = line.cost_to.checked_div(count.to)?;
            *waste =
                waste.checked_add(after)?.checked_sub(line.cost_from.checked_div(count.from)?)?;
        }
        if is_astray(&cost, whole.0)? || is_astray(&unit, whole.1)? {
            return None;
        }
        let price = PriceParts::of(whole.0, close(cost, whole.0, AMOUNT_SCALE)?);
        let unit_price = match transactions {
            Some(_) => Some(PriceParts::of(whole.1, close(unit, whole.1, UNIT_SCALE)?)),
            None => None,
        };
        if price != PriceParts::default()
            || unit_price.is_some_and(|one| one != PriceParts::default())
        {
            let (cloud_service, usage_type) = (key.0.to_owned(), key.1.to_owned());
            rows.push(PriceRow { cloud_service, usage_type, price, unit_price });
        }
    }
    let size = |row: &PriceRow| row.unit_price.unwrap_or(row.price).whole.abs();
    rows.sort_by_key(|row| std::cmp::Reverse(size(row)));
    Some(rows)
}

// Parts that leave more of the price effect than rounding does are no split of it.
fn is_astray(parts: &Four, whole: Decimal) -> Option<bool> {
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part))?;
    let size = parts.iter().fold(whole.abs(), |most, part| most.max(part.abs()));
    Some((whole.checked_sub(sum)?).abs() > size.checked_mul(ROUNDING)?.checked_add(LAST_DIGITS)?)
}

const ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, 9);
const LAST_DIGITS: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

impl LinePrices {
    fn is_of(&self, key: (&str, &str)) -> bool {
        (&*self.line.cloud_service, &*self.line.usage_type) == key
    }

    // What changed in the price of one unit: list, negotiated, commitment; waste lies elsewhere. On
    // one side only there is no price to compare with.
    fn changes(&self) -> Option<Four> {
        let Self { line, list_from, list_to, contracted_from, contracted_to } = self;
        let (from, to) = (quantity(line.quantity_from), quantity(line.quantity_to));
        if from.is_zero() || to.is_zero() {
            return Some(Four::default());
        }
        let change = |before: Decimal, after: Decimal| {
            after.checked_div(to)?.checked_sub(before.checked_div(from)?)
        };
        Some([
            change(*list_from, *list_to)?,
            change(contracted_from.checked_sub(*list_from)?, contracted_to.checked_sub(*list_to)?)?,
            change(
                line.cost_from.checked_sub(*contracted_from)?,
                line.cost_to.checked_sub(*contracted_to)?,
            )?,
            Decimal::ZERO,
        ])
    }
}

impl PriceParts {
    fn of(whole: Decimal, [list, negotiated, commitment, waste]: Four) -> Self {
        Self { whole, list, negotiated, commitment, waste }
    }
}

fn add(sums: &mut Four, changes: &Four, weight: Decimal) -> Option<()> {
    for (sum, change) in sums.iter_mut().zip(changes) {
        *sum = sum.checked_add(change.checked_mul(weight)?)?;
    }
    Some(())
}

type Key<'a> = (&'a str, &'a str, &'a str, bool, bool);

fn merge(lines: &[LinePrices]) -> BTreeMap<Key<'_>, LinePrices> {
    let mut merged: BTreeMap<Key<'_>, LinePrices> = BTreeMap::new();
    for each in lines {
        let line = &each.line;
        let key =
            (&*line.cloud_service, &*line.usage_type, &*line.unit, line.operating, line.unused);
        match merged.get_mut(&key) {
            None => {
                merged.insert(key, each.clone());
            }
            Some(sum) => sum.absorb(each),
        }
    }
    merged
}

impl LinePrices {
    fn absorb(&mut self, other: &Self) {
        let pairs = [
            (&mut self.list_from, other.list_from),
            (&mut self.list_to, other.list_to),
            (&mut self.contracted_from, other.contracted_from),
            (&mut self.contracted_to, other.contracted_to),
        ];
        for (sum, value) in pairs {
            *sum = sum.saturating_add(value);
        }
        self.line.absorb(&other.line);
    }
}

#[cfg(test)]
mod tests;
