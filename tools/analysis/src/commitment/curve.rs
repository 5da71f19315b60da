//! The load that a commitment would cover, and the commitment that it makes worth most.
//!
//! With a discount `d`, a commitment of `c` an hour pays for usage that would cost `k = c / (1 - d)` on demand. In an
//! hour that costs `x` on demand it brings `min(x, k) - c`, so over `n` hours it is worth `Σ min(x, k) - n * c`. The
//! sum is concave and bends only at the loads themselves; it stops rising where at most `1 - d` of the hours lie
//! above `k` (the newsvendor rule).

use rust_decimal::Decimal;

use super::HOURS_OF_A_MONTH;

/// What uncovered usage costs on demand, hour by hour, in one currency. Points that stand for longer stretches, such
/// as days, hold the cost of one of their hours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoadCurve {
    ascending: Vec<Decimal>,
    /// Sums of the first 0, 1, 2, … points.
    sums: Vec<Decimal>,
}

/// A commitment and what it brings on a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// What is paid each hour, used or not.
    pub hourly_commitment: Decimal,
    /// What it covers each hour, at on-demand prices.
    pub covers: Decimal,
    /// Mean net saving of a month of 730 hours; negative where the commitment costs more than it covers.
    pub monthly_saving: Decimal,
    /// Used part of the commitment, from 0 to 1; 0 without a commitment.
    pub utilization: Decimal,
    /// Covered part of the on-demand cost, from 0 to 1; 0 without load.
    pub coverage: Decimal,
}

impl LoadCurve {
    /// The curve of these on-demand costs an hour; what was given back counts as no load. `None` when the sums leave
    /// the digits that a decimal keeps.
    #[must_use]
    pub fn new(points: impl IntoIterator<Item = Decimal>) -> Option<Self> {
        let mut ascending: Vec<Decimal> =
            points.into_iter().map(|point| point.max(Decimal::ZERO)).collect();
        ascending.sort_unstable();
        let mut sum = Decimal::ZERO;
        let mut sums = vec![sum];
        for point in &ascending {
            sum = sum.checked_add(*point)?;
            sums.push(sum);
        }
        Some(Self { ascending, sums })
    }

    /// The number of points.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ascending.len()
    }

    /// Whether there is no load at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ascending.last().is_none_or(Decimal::is_zero)
    }

    /// The on-demand cost of a month of 730 hours.
    #[must_use]
    pub fn monthly_cost(&self) -> Option<Decimal> {
        self.monthly(self.total())
    }

    /// The load below which this part of the hours lies, from 0 to 1: the smallest point that does it.
    #[must_use]
    pub fn quantile(&self, part: Decimal) -> Option<Decimal> {
        let count = Decimal::from(self.len());
        let place = usize::try_from(part.checked_mul(count)?.ceil()).ok()?;
        self.ascending.get(place.max(1) - 1).or(self.ascending.last()).copied()
    }

    /// The commitment that is worth most at this discount, the smaller one where two are worth the same.
    ///
    /// `None` for a discount outside 0 to 1, both left out, or amounts beyond a decimal.
    #[must_use]
    pub fn best(&self, discount: Decimal) -> Option<Outcome> {
        self.at_load(self.best_load(discount)?, discount)
    }

    /// The on-demand cost an hour that the best commitment covers.
    #[must_use]
    pub fn best_load(&self, discount: Decimal) -> Option<Decimal> {
        let price = price_of(discount)?;
        let count = Decimal::from(self.len());
        // Worth rises while more than `1 - d` of the hours lie above the load.
        let may_lie_above = count.checked_mul(price)?;
        let mut load = Decimal::ZERO;
        let mut above = self.ascending.partition_point(Decimal::is_zero);
        while Decimal::from(self.len() - above) > may_lie_above {
            let Some(next) = self.ascending.get(above).copied() else { break };
            load = next;
            above += self.ascending.iter().skip(above).take_while(|point| **point == next).count();
        }
        Some(load)
    }

    /// What a commitment of so much an hour brings at this discount.
    #[must_use]
    pub fn at_commitment(&self, hourly: Decimal, discount: Decimal) -> Option<Outcome> {
        let covers = hourly.checked_div(price_of(discount)?)?;
        self.outcome(hourly, covers)
    }

    /// What a commitment brings that covers so much on-demand cost an hour.
    #[must_use]
    pub fn at_load(&self, covers: Decimal, discount: Decimal) -> Option<Outcome> {
        let hourly = covers.checked_mul(price_of(discount)?)?;
        self.outcome(hourly, covers)
    }

    fn outcome(&self, hourly: Decimal, covers: Decimal) -> Option<Outcome> {
        let count = Decimal::from(self.len());
        let covered = self.covered(covers)?;
        let worth = covered.checked_sub(hourly.checked_mul(count)?)?;
        let part = |of: Decimal, whole: Decimal| of.checked_div(whole).unwrap_or_default();
        Some(Outcome {
            hourly_commitment: hourly,
            covers,
            monthly_saving: self.monthly(worth)?,
            utilization: part(covered, covers.checked_mul(count)?),
            coverage: part(covered, self.total()),
        })
    }

    /// What of all hours lies under a load: `Σ min(x, k)`.
    fn covered(&self, load: Decimal) -> Option<Decimal> {
        let below = self.ascending.partition_point(|point| *point <= load);
        let above = Decimal::from(self.len() - below);
        self.sums.get(below)?.checked_add(above.checked_mul(load)?)
    }

    fn total(&self) -> Decimal {
        self.sums.last().copied().unwrap_or_default()
    }

    // The mean of an hour, times the hours of a month.
    fn monthly(&self, sum: Decimal) -> Option<Decimal> {
        let count = Decimal::from(self.len());
        sum.checked_mul(Decimal::from(HOURS_OF_A_MONTH))?.checked_div(count)
    }
}

/// What a dollar of on-demand usage costs under the commitment.
fn price_of(discount: Decimal) -> Option<Decimal> {
    let inside = discount > Decimal::ZERO && discount < Decimal::ONE;
    inside.then(|| Decimal::ONE - discount)
}

#[cfg(test)]
mod tests;
