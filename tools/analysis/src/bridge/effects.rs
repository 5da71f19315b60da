//! The effects of each line, rounded and closed line by line.

use rust_decimal::Decimal;

use super::{
    BridgeLine, BridgeRow, Effect, Transactions, UNIT_SCALE,
    group::{group, quantity},
    shapley,
};

// Costs in the millions with twelve decimals leave a decimal's 28 digits room for the sums.
pub(super) const AMOUNT_SCALE: u32 = 12;

/// Rows of the operating lines, unordered.
pub(super) fn operating_rows(
    lines: &[BridgeLine],
    transactions: Option<Transactions>,
) -> Vec<BridgeRow> {
    let (idle, lines): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.unused);
    let grouped = group(&lines);
    let mut rows: Vec<BridgeRow> =
        idle.iter().map(|line| whole(Effect::Price, line, transactions)).collect();
    for members in &grouped.groups {
        let found = Blend::of(members, transactions).and_then(|blend| blend.rows(members));
        rows.extend(found.unwrap_or_else(|| {
            members.iter().map(|line| whole(Effect::Residual, line, transactions)).collect()
        }));
    }
    rows.extend(grouped.new.iter().map(|line| whole(Effect::New, line, transactions)));
    rows.extend(grouped.gone.iter().map(|line| whole(Effect::Gone, line, transactions)));
    for line in &grouped.unmeasured {
        rows.extend(unmeasured(line, transactions));
    }
    rows
}

/// One row for the whole change of a line.
pub(super) fn whole(
    effect: Effect,
    line: &BridgeLine,
    transactions: Option<Transactions>,
) -> BridgeRow {
    BridgeRow {
        effect,
        cloud_service: line.cloud_service.clone(),
        usage_type: line.usage_type.clone(),
        amount: line.cost_to.saturating_sub(line.cost_from),
        unit_amount: transactions.map(|count| unit_change(line, count)),
    }
}

/// Cost over transactions, rounded.
pub(super) fn per_transaction(cost: Decimal, transactions: Decimal) -> Decimal {
    cost.checked_div(transactions).unwrap_or(Decimal::ZERO).round_dp(UNIT_SCALE)
}

fn unit_change(line: &BridgeLine, count: Transactions) -> Decimal {
    per_transaction(line.cost_to, count.to)
        .saturating_sub(per_transaction(line.cost_from, count.from))
}

// A cost that the bill gives no quantity for stands for its own usage, at a price of one.
fn unmeasured(line: &BridgeLine, transactions: Option<Transactions>) -> Vec<BridgeRow> {
    if line.cost_from.is_sign_negative() != line.cost_to.is_sign_negative() {
        return vec![whole(Effect::Residual, line, transactions)];
    }
    let stand_in = BridgeLine {
        quantity_from: Some(line.cost_from.abs()),
        quantity_to: Some(line.cost_to.abs()),
        ..line.clone()
    };
    Blend::of(&[&stand_in], transactions)
        .and_then(|blend| blend.rows(&[&stand_in]))
        .unwrap_or_else(|| vec![whole(Effect::Residual, line, transactions)])
}

/// What the lines of one kind share.
pub(super) struct Blend {
    transactions: Option<Transactions>,
    /// Transactions relative to the earlier period: one, and their growth. Growth rather than
    /// counts keeps the products within a decimal's digits.
    growth: Decimal,
    quantity_from: Decimal,
    quantity_to: Decimal,
    /// Share of the intensity's effect on the unit cost that the transactions explain, 0 to 1.
    explained: Decimal,
}

/// The effects of one line.
#[derive(Clone, Copy)]
struct Effects {
    volume: Decimal,
    intensity: Decimal,
    mix: Decimal,
    price: Decimal,
}

impl Blend {
    pub(super) fn of(members: &[&BridgeLine], transactions: Option<Transactions>) -> Option<Self> {
        let sum = |of: fn(&BridgeLine) -> Option<Decimal>| {
            members.iter().try_fold(Decimal::ZERO, |sum, line| sum.checked_add(quantity(of(line))))
        };
        let (quantity_from, quantity_to) =
            (sum(|line| line.quantity_from)?, sum(|line| line.quantity_to)?);
        let growth = match transactions {
            Some(count) => count.to.checked_div(count.from)?,
            None => Decimal::ONE,
        };
        let explained = explained_by_traffic(quantity_to.checked_div(quantity_from)?, growth)?;
        Some(Self { transactions, growth, quantity_from, quantity_to, explained })
    }

    /// Rows of all members, their mix in one; `None` when digits do not fit.
    fn rows(&self, members: &[&BridgeLine]) -> Option<Vec<BridgeRow>> {
        let gaining = self.gaining(members)?;
        let mut rows = Vec::new();
        let mut mix = BridgeRow {
            effect: Effect::Mix,
            cloud_service: gaining.cloud_service.clone(),
            usage_type: gaining.usage_type.clone(),
            amount: Decimal::ZERO,
            unit_amount: self.transactions.map(|_| Decimal::ZERO),
        };
        for line in members {
            let cost = self.on_cost(line)?;
            let unit = match self.transactions {
                Some(count) => Some(self.on_unit_cost(line, count)?),
                None => None,
            };
            mix.amount = mix.amount.checked_add(cost.mix)?;
            mix.unit_amount = match (mix.unit_amount, unit) {
                (Some(sum), Some(unit)) => Some(sum.checked_add(unit.mix)?),
                (sum, _) => sum,
            };
            for (effect, pick) in PER_LINE {
                rows.push(BridgeRow {
                    effect,
                    cloud_service: line.cloud_service.clone(),
                    usage_type: line.usage_type.clone(),
                    amount: pick(&cost),
                    unit_amount: unit.as_ref().map(pick),
                });
            }
        }
        rows.push(mix);
        Some(rows)
    }

    // The line that gained the largest share of the quantity; the first by name on a tie.
    fn gaining<'a>(&self, members: &[&'a BridgeLine]) -> Option<&'a BridgeLine> {
        let mut best: Option<(Decimal, &BridgeLine)> = None;
        for line in members {
            let (from, to) = self.shares(line)?;
            let gain = to.checked_sub(from)?;
            if best.is_none_or(|(most, _)| gain > most) {
                best = Some((gain, line));
            }
        }
        best.map(|(_, line)| line)
    }

    fn shares(&self, line: &BridgeLine) -> Option<(Decimal, Decimal)> {
        Some((
            quantity(line.quantity_from).checked_div(self.quantity_from)?,
            quantity(line.quantity_to).checked_div(self.quantity_to)?,
        ))
    }

    // Intensity, mix and price of a line, before and after. A line on one side only has the price
    // of that side on both, so that its effect is all usage.
    fn factors(&self, line: &BridgeLine) -> Option<[shapley::Factor; 3]> {
        let price = |cost: Decimal, of: Option<Decimal>| cost.checked_div(quantity(of));
        let before = price(line.cost_from, line.quantity_from);
        let after = price(line.cost_to, line.quantity_to);
        let price = (before.or(after)?, after.or(before)?);
        let intensity = (self.quantity_from, self.quantity_to.checked_div(self.growth)?);
        Some([intensity, self.shares(line)?, price])
    }

    /// What one unit of price of a line is worth, in cost and in unit cost: price effects are
    /// linear in the price, so this times any part of a price's change is that part's effect.
    pub(super) fn price_weights(&self, line: &BridgeLine) -> Option<(Decimal, Option<Decimal>)> {
        let [intensity, mix, _] = self.factors(line)?;
        let price = (Decimal::ZERO, Decimal::ONE);
        let [.., cost] = shapley::values([(Decimal::ONE, self.growth), intensity, mix, price])?;
        let Some(count) = self.transactions else { return Some((cost, None)) };
        let [.., unit] = shapley::values([intensity, mix, price])?;
        Some((cost, Some(unit.checked_div(count.from)?)))
    }

    fn on_cost(&self, line: &BridgeLine) -> Option<Effects> {
        let [intensity, mix, price] = self.factors(line)?;
        let values = shapley::values([(Decimal::ONE, self.growth), intensity, mix, price])?;
        if cancels(&values, line.cost_from.abs().saturating_add(line.cost_to.abs())) {
            return None;
        }
        let [volume, intensity, mix, price] =
            close(values, line.cost_to.checked_sub(line.cost_from)?, AMOUNT_SCALE)?;
        Some(Effects { volume, intensity, mix, price })
    }

    fn on_unit_cost(&self, line: &BridgeLine, count: Transactions) -> Option<Effects> {
        let scaled = shapley::values(self.factors(line)?)?;
        let mut values = [Decimal::ZERO; 3];
        for (value, scaled) in values.iter_mut().zip(scaled) {
            *value = scaled.checked_div(count.from)?;
        }
        let size = per_transaction(line.cost_from.abs(), count.from)
            .saturating_add(per_transaction(line.cost_to.abs(), count.to));
        if cancels(&values, size) {
            return None;
        }
        let [usage, mix, price] = close(values, unit_change(line, count), UNIT_SCALE)?;
        let volume = usage.checked_mul(self.explained)?.round_dp(UNIT_SCALE);
        Some(Effects { volume, intensity: usage.checked_sub(volume)?, mix, price })
    }
}

/// Reads one of the effects.
type Pick = fn(&Effects) -> Decimal;

const PER_LINE: [(Effect, Pick); 3] = [
    (Effect::Volume, |effects| effects.volume),
    (Effect::Intensity, |effects| effects.intensity),
    (Effect::Price, |effects| effects.price),
];

// The share of a change in usage per transaction that transactions explain, given the growth of
// usage and of transactions (one: no change).
//
// Usage between standing still and following the transactions: all of it. Usage that outruns
// them: none. Usage that moves against them adds to their effect; then the two-factor Shapley
// value of 1/T on Q * (1/T) is their share. Continuous where the cases meet.
fn explained_by_traffic(usage: Decimal, transactions: Decimal) -> Option<Decimal> {
    let one = Decimal::ONE;
    let inside = |low: Decimal, high: Decimal| low <= usage && usage <= high;
    if inside(one.min(transactions), one.max(transactions)) {
        return Some(one);
    }
    if (usage > one) == (transactions > one) && transactions != one {
        return Some(Decimal::ZERO);
    }
    let inverse = one.checked_div(transactions)?;
    let from_traffic = inverse.checked_sub(one)?.checked_mul(one.checked_add(usage)?)?;
    let whole = usage.checked_mul(inverse)?.checked_sub(one)?.checked_mul(Decimal::TWO)?;
    Some(from_traffic.checked_div(whole)?.clamp(Decimal::ZERO, one))
}

// Effects that dwarf the costs they explain cancel out digits that the sums need: over this size,
// and over this many times the costs, the line is a residual.
const LARGE_EFFECT: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
const DWARFED: Decimal = Decimal::ONE_THOUSAND;

fn cancels(values: &[Decimal], size: Decimal) -> bool {
    let limit = size.saturating_mul(DWARFED).max(LARGE_EFFECT);
    values.iter().any(|value| value.abs() > limit)
}

/// Rounds values and gives what rounding leaves of `total` to the largest of them.
pub(super) fn close<const N: usize>(
    values: [Decimal; N],
    total: Decimal,
    scale: u32,
) -> Option<[Decimal; N]> {
    let mut rounded = values.map(|value| value.round_dp(scale));
    let sum = rounded.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
    let left = total.checked_sub(sum)?;
    let mut largest: Option<&mut Decimal> = None;
    for value in &mut rounded {
        if largest.as_ref().is_none_or(|most| value.abs() > most.abs()) {
            largest = Some(value);
        }
    }
    if let Some(largest) = largest {
        *largest = largest.checked_add(left)?;
    }
    Some(rounded)
}
