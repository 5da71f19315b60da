//! What an offer brings on the loads that it covers, and how far that can be off.

use rust_decimal::Decimal;

use super::{
    curve::{LoadCurve, Outcome},
    offers::Discount,
};

/// A load that one commitment covers: on-demand cost of an hour at each point of time, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    pub points: Vec<Decimal>,
    pub discount: Discount,
}

/// How large the commitment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sizing {
    /// As large as is worth most.
    Best,
    /// So much an hour.
    Hourly(Decimal),
    /// As much as covers this on-demand cost an hour.
    Covers(Decimal),
    /// As much as covers each load at this quantile of its points, from 0 to 1.
    Quantile(Decimal),
}

/// How a window of points is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Points of a stretch whose worst and best are told.
    pub block: usize,
    /// Part of the window that the commitment is sized on when it is valued on the rest.
    pub training_part: Decimal,
}

/// What an offer brings over all its loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// Of each load, at the typical discount.
    pub outcomes: Vec<Outcome>,
    pub hourly_commitment: Decimal,
    pub monthly_saving: Decimal,
    /// The worst stretch at the low end of the discount.
    pub low: Decimal,
    /// The best stretch at the high end of the discount.
    pub high: Decimal,
    pub utilization: Decimal,
    pub coverage: Decimal,
    /// The typical discount of what is committed.
    pub discount: Decimal,
    /// Sized on the first part of the window, valued on the rest; `None` where the size is given.
    pub held_out: Option<HeldOut>,
}

/// What a size that was chosen on earlier points brought on later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldOut {
    pub monthly_saving: Decimal,
    /// What the best size of the later points would have brought.
    pub best: Decimal,
}

/// What commitments of this size bring on the loads. `None` without points or beyond the digits of a decimal.
#[must_use]
pub fn evaluate(loads: &[Load], sizing: Sizing, cut: Cut) -> Option<Evaluation> {
    let outcomes: Vec<Outcome> = loads
        .iter()
        .map(|load| sized(&load.points, load.discount.typical, sizing))
        .collect::<Option<_>>()?;
    let covers: Decimal = outcomes.iter().map(|outcome| outcome.covers).sum();
    let used: Decimal = outcomes.iter().map(|outcome| outcome.covers * outcome.utilization).sum();
    let costs: Option<Vec<Decimal>> = loads.iter().map(|load| mean(&load.points)).collect();
    let cost: Decimal = costs?.into_iter().sum();
    let hourly: Decimal = outcomes.iter().map(|outcome| outcome.hourly_commitment).sum();
    let part = |of: Decimal, whole: Decimal| of.checked_div(whole).unwrap_or_default();
    let (low, high) = range(loads, &outcomes, cut.block)?;
    Some(Evaluation {
        hourly_commitment: hourly,
        monthly_saving: outcomes.iter().map(|outcome| outcome.monthly_saving).sum(),
        low,
        high,
        utilization: part(used, covers),
        coverage: part(used, cost),
        discount: if covers.is_zero() { typical(loads)? } else { part(covers - hourly, covers) },
        held_out: (sizing == Sizing::Best).then(|| held_out(loads, cut.training_part)).flatten(),
        outcomes,
    })
}

/// Loads added point by point, with their discounts in proportion to what they cost: one commitment over all of them.
#[must_use]
pub fn together(loads: &[Load]) -> Option<Load> {
    let length = loads.iter().map(|load| load.points.len()).max()?;
    let mut points = vec![Decimal::ZERO; length];
    for load in loads {
        for (sum, point) in points.iter_mut().zip(&load.points) {
            *sum = sum.checked_add(*point)?;
        }
    }
    let discount = |of: fn(&Discount) -> Decimal| weighted(loads, of);
    let discount = Discount {
        low: discount(|range| range.low)?,
        typical: discount(|range| range.typical)?,
        high: discount(|range| range.high)?,
    };
    Some(Load { points, discount })
}

fn typical(loads: &[Load]) -> Option<Decimal> {
    weighted(loads, |range| range.typical)
}

// More digits than a discount is stated with, fewer than would crowd out those of an amount.
const DISCOUNT_PLACES: u32 = 6;

fn weighted(loads: &[Load], of: impl Fn(&Discount) -> Decimal) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    let mut whole = Decimal::ZERO;
    for load in loads {
        let cost = mean(&load.points)?.max(Decimal::ZERO);
        sum = sum.checked_add(cost.checked_mul(of(&load.discount))?)?;
        whole = whole.checked_add(cost)?;
    }
    let first = || loads.first().map(|load| of(&load.discount));
    if whole.is_zero() { first() } else { Some(sum.checked_div(whole)?.round_dp(DISCOUNT_PLACES)) }
}

fn mean(points: &[Decimal]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for point in points {
        sum = sum.checked_add((*point).max(Decimal::ZERO))?;
    }
    sum.checked_div(Decimal::from(points.len()))
}

fn sized(points: &[Decimal], discount: Decimal, sizing: Sizing) -> Option<Outcome> {
    let curve = LoadCurve::new(points.iter().copied())?;
    match sizing {
        Sizing::Best => curve.best(discount),
        Sizing::Hourly(hourly) => curve.at_commitment(hourly, discount),
        Sizing::Covers(load) => curve.at_load(load, discount),
        Sizing::Quantile(part) => curve.at_load(curve.quantile(part)?, discount),
    }
}

/// What the same commitments bring in the worst stretch at the low discount, and in the best at the high one.
fn range(loads: &[Load], outcomes: &[Outcome], block: usize) -> Option<(Decimal, Decimal)> {
    let length = loads.iter().map(|load| load.points.len()).min()?;
    let mut low: Option<Decimal> = None;
    let mut high: Option<Decimal> = None;
    for stretch in blocks(length, block) {
        let worth = |of: fn(&Discount) -> Decimal| {
            let each = loads.iter().zip(outcomes).map(|(load, outcome)| {
                let points = load.points.get(stretch.clone())?;
                let sizing = Sizing::Hourly(outcome.hourly_commitment);
                Some(sized(points, of(&load.discount), sizing)?.monthly_saving)
            });
            each.sum::<Option<Decimal>>()
        };
        let (worst, best) = (worth(|range| range.low)?, worth(|range| range.high)?);
        low = Some(low.map_or(worst, |low| low.min(worst)));
        high = Some(high.map_or(best, |high| high.max(best)));
    }
    low.zip(high)
}

/// Whole stretches of so many points, counted from the end; all points where none fits.
fn blocks(length: usize, block: usize) -> Vec<std::ops::Range<usize>> {
    let count = length.checked_div(block).unwrap_or_default();
    if count == 0 {
        return std::iter::once(0..length).collect();
    }
    (0..count).rev().map(|back| length - (back + 1) * block..length - back * block).collect()
}

fn held_out(loads: &[Load], training_part: Decimal) -> Option<HeldOut> {
    let mut sum = HeldOut { monthly_saving: Decimal::ZERO, best: Decimal::ZERO };
    for load in loads {
        let count = Decimal::from(load.points.len());
        let at = usize::try_from(count.checked_mul(training_part)?.floor()).ok()?;
        let (earlier, later) = load.points.split_at_checked(at)?;
        if earlier.is_empty() || later.is_empty() {
            return None;
        }
        let chosen = sized(earlier, load.discount.typical, Sizing::Best)?;
        let sizing = Sizing::Hourly(chosen.hourly_commitment);
        sum.monthly_saving += sized(later, load.discount.typical, sizing)?.monthly_saving;
        sum.best += sized(later, load.discount.typical, Sizing::Best)?.monthly_saving;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn range(low: &str, typical: &str, high: &str) -> Discount {
        Discount { low: dec(low), typical: dec(typical), high: dec(high) }
    }

    fn load(points: &[i64], discount: Discount) -> Load {
        Load { points: points.iter().map(|point| Decimal::from(*point)).collect(), discount }
    }

    const CUT: Cut = Cut { block: 2, training_part: Decimal::from_parts(6, 0, 0, false, 1) };

    #[test]
    fn what_two_loads_bring_adds_up() {
        let known = Discount::known(dec("0.5"));
        let loads = [load(&[2, 2, 2, 2], known), load(&[0, 4, 4, 4], known)];
        let all = evaluate(&loads, Sizing::Best, CUT).unwrap();
        assert_eq!(all.hourly_commitment, dec("3"));
        // An hour saves 1 on the first; the second saves 2 in three of four hours and loses 2 in one.
        assert_eq!(all.monthly_saving, dec("1460"));
        assert_eq!(all.utilization, dec("5") / dec("6"));
        assert_eq!((all.coverage, all.discount), (Decimal::ONE, dec("0.5")));
        // The first half of the window: 1 saved each hour on one load, nothing on the other.
        assert_eq!((all.low, all.high), (dec("730"), dec("2190")));
    }

    #[test]
    fn the_range_is_of_the_same_commitment_at_the_ends_of_the_discount() {
        let loads = [load(&[10, 10, 10, 10], range("0.2", "0.25", "0.5"))];
        let all = evaluate(&loads, Sizing::Best, CUT).unwrap();
        assert_eq!(all.hourly_commitment, dec("7.5"));
        // 7.5 an hour cover 9.375 at 20 % and all 10 at 50 %, where 15 would be covered.
        assert_eq!(all.low, dec("1.875") * dec("730"));
        assert_eq!(all.high, dec("2.5") * dec("730"));
    }

    #[test]
    fn what_was_sized_before_is_valued_after() {
        let points = [4, 4, 4, 4, 4, 4, 1, 1, 1, 1];
        let loads = [load(&points, Discount::known(dec("0.5")))];
        let held = evaluate(&loads, Sizing::Best, CUT).unwrap().held_out.unwrap();
        // 2 an hour pay for 4; afterwards only 1 is used: 1 lost an hour, where half a dollar could be saved.
        assert_eq!((held.monthly_saving, held.best), (dec("-730"), dec("365")));
    }

    #[test]
    fn one_commitment_over_several_families_has_their_discount_in_proportion() {
        let loads =
            [load(&[3, 3], range("0.2", "0.3", "0.4")), load(&[1, 1], range("0.1", "0.1", "0.1"))];
        let both = together(&loads).unwrap();
        assert_eq!(both.points, [dec("4"), dec("4")]);
        assert_eq!(both.discount, range("0.175", "0.25", "0.325"));
    }

    #[test]
    fn stretches_are_counted_from_the_end() {
        assert_eq!(blocks(7, 3), [1..4, 4..7]);
        assert_eq!(blocks(2, 3).first(), Some(&(0..2)));
    }
}
