//! Totals, the closing of the unit amounts, the order of the rows and the main cause.

use rust_decimal::Decimal;

use super::{
    Bridge, BridgeLine, BridgeRow, Effect, MainCause, Transactions, effects::per_transaction,
};

// Decimals of a share: finer than anyone reads, coarse enough to be the same on every machine.
const SHARE_SCALE: u32 = 6;

/// Puts the bridge together.
pub(super) fn finish(
    mut rows: Vec<BridgeRow>,
    operating: &[BridgeLine],
    others: &[BridgeLine],
    transactions: Option<Transactions>,
) -> Bridge {
    let cost = (total(operating, |line| line.cost_from), total(operating, |line| line.cost_to));
    let beside = (total(others, |line| line.cost_from), total(others, |line| line.cost_to));
    let whole = (cost.0.saturating_add(beside.0), cost.1.saturating_add(beside.1));
    let unit = transactions.map(|count| unit_costs(cost, count));
    let unit_whole = transactions.map(|count| unit_costs(whole, count));

    if let (Some(unit), Some(unit_whole)) = (unit, unit_whole) {
        close_units(&mut rows, Side::Operating, change(unit));
        close_units(&mut rows, Side::Other, change(unit_whole).saturating_sub(change(unit)));
    }
    rows.retain(|row| !row.amount.is_zero() || row.unit_amount.is_some_and(|unit| !unit.is_zero()));
    order(&mut rows);
    // In the rows' own order, so that whoever adds them up gets the same digits.
    let explained = rows.iter().fold(Decimal::ZERO, |sum, row| sum.saturating_add(row.amount));
    let left = change(whole).saturating_sub(explained);
    if !left.is_zero() {
        rows.push(remainder(left, transactions.map(|_| Decimal::ZERO)));
    }
    Bridge {
        main_cause: main_cause(&rows, change(cost), unit.map(change)),
        residual: rows
            .iter()
            .filter(|row| row.effect == Effect::Residual)
            .fold(Decimal::ZERO, |sum, row| sum.saturating_add(row.amount)),
        rows,
        cost_from: cost.0,
        cost_to: cost.1,
        cost_total_from: whole.0,
        cost_total_to: whole.1,
        unit_cost_from: unit.map(|unit| unit.0),
        unit_cost_to: unit.map(|unit| unit.1),
        unit_cost_total_from: unit_whole.map(|unit| unit.0),
        unit_cost_total_to: unit_whole.map(|unit| unit.1),
    }
}

fn total(lines: &[BridgeLine], of: impl Fn(&BridgeLine) -> Decimal) -> Decimal {
    lines.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(of(line)))
}

fn unit_costs(cost: (Decimal, Decimal), count: Transactions) -> (Decimal, Decimal) {
    (per_transaction(cost.0, count.from), per_transaction(cost.1, count.to))
}

fn change(pair: (Decimal, Decimal)) -> Decimal {
    pair.1.saturating_sub(pair.0)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Operating,
    Other,
}

impl Side {
    fn has(self, row: &BridgeRow) -> bool {
        (row.effect == Effect::NonOperating) == (self == Self::Other)
    }
}

fn remainder(amount: Decimal, unit_amount: Option<Decimal>) -> BridgeRow {
    BridgeRow {
        effect: Effect::Residual,
        cloud_service: String::new(),
        usage_type: String::new(),
        amount,
        unit_amount,
    }
}

// A sum of rounded quotients is not the rounded quotient of the sum. The difference, at most one
// unit of the last decimal a line, goes to the largest row; without rows it is a residual.
fn close_units(rows: &mut Vec<BridgeRow>, side: Side, change: Decimal) {
    let of_side = |row: &&BridgeRow| side.has(row);
    let sum = rows
        .iter()
        .filter(of_side)
        .fold(Decimal::ZERO, |sum, row| sum.saturating_add(row.unit_amount.unwrap_or_default()));
    let left = change.saturating_sub(sum);
    if left.is_zero() {
        return;
    }
    let mut largest: Option<&mut Decimal> = None;
    for row in rows.iter_mut().filter(|row| side.has(row)) {
        if let Some(unit) = row.unit_amount.as_mut()
            && largest.as_ref().is_none_or(|most| unit.abs() > most.abs())
        {
            largest = Some(unit);
        }
    }
    match largest {
        Some(unit) => *unit = unit.saturating_add(left),
        None => rows.push(remainder(Decimal::ZERO, Some(left))),
    }
}

// What no line explains stands last; the rest by size, then by name.
fn order(rows: &mut [BridgeRow]) {
    let size = |row: &BridgeRow| row.unit_amount.unwrap_or(row.amount).abs();
    rows.sort_by(|left, right| {
        (left.effect == Effect::Residual)
            .cmp(&(right.effect == Effect::Residual))
            .then_with(|| size(right).cmp(&size(left)))
            .then_with(|| right.amount.abs().cmp(&left.amount.abs()))
            .then_with(|| left.effect.cmp(&right.effect))
            .then_with(|| left.cloud_service.cmp(&right.cloud_service))
            .then_with(|| left.usage_type.cmp(&right.usage_type))
    });
}

fn main_cause(
    rows: &[BridgeRow],
    cost_change: Decimal,
    unit_change: Option<Decimal>,
) -> Option<MainCause> {
    let whole = unit_change.unwrap_or(cost_change);
    let part = |row: &BridgeRow| match unit_change {
        Some(_) => row.unit_amount.unwrap_or_default(),
        None => row.amount,
    };
    let mut best: Option<(Decimal, &BridgeRow)> = None;
    for row in rows.iter().filter(|row| Side::Operating.has(row)) {
        let Some(share) = part(row).checked_div(whole) else { continue };
        if best.is_none_or(|(most, _)| share > most) {
            best = Some((share, row));
        }
    }
    best.map(|(share, row)| MainCause {
        effect: row.effect,
        cloud_service: row.cloud_service.clone(),
        usage_type: row.usage_type.clone(),
        share: share.round_dp(SHARE_SCALE),
    })
}
