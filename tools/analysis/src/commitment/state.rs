//! How the commitments that are held do: used, wasted and saved.

use rust_decimal::Decimal;

/// What a commitment cost over a period, and what it was used for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Amortised cost of what was used.
    pub used: Decimal,
    /// Amortised cost of what nobody used.
    pub unused: Decimal,
    /// What the covered usage would have cost on demand; `None` where the bill does not price it.
    pub on_demand: Option<Decimal>,
}

impl Held {
    /// Both together; the on-demand cost is known where both know theirs.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            used: self.used + other.used,
            unused: self.unused + other.unused,
            on_demand: self.on_demand.zip(other.on_demand).map(|(one, two)| one + two),
        }
    }

    /// What it cost, used or not.
    #[must_use]
    pub fn cost(&self) -> Decimal {
        self.used + self.unused
    }

    /// Used part of its cost, from 0 to 1; `None` when it cost nothing.
    #[must_use]
    pub fn utilization(&self) -> Option<Decimal> {
        self.used.checked_div(self.cost())
    }

    /// On-demand cost of what was covered less all that the commitment cost.
    #[must_use]
    pub fn net_saving(&self) -> Option<Decimal> {
        Some(self.on_demand? - self.cost())
    }

    /// Effective savings rate: the net saving over the on-demand cost, divided after summing (FinOps
    /// Foundation). Rates of parts do not add up, and none of them is cut at zero.
    #[must_use]
    pub fn effective_savings_rate(&self) -> Option<Decimal> {
        self.net_saving()?.checked_div(self.on_demand?)
    }

    /// The discount on what was used, which a further commitment of the kind would bring.
    #[must_use]
    pub fn discount(&self) -> Option<Decimal> {
        let on_demand = self.on_demand?;
        (on_demand - self.used).checked_div(on_demand)
    }
}

/// Covered part of what commitments can cover, both at on-demand prices, from 0 to 1; `None` without any.
#[must_use]
pub fn coverage(covered: Decimal, uncovered: Decimal) -> Option<Decimal> {
    covered.checked_div(covered + uncovered)
}

/// The days of the term that a purchase paid upfront is for: its quantity over that of a day, where that is whole.
///
/// A one-time purchase of FOCUS states the quantity of its whole term, and used and unused charges that of each day.
#[must_use]
pub fn term_days(bought: Decimal, of_a_day: Decimal) -> Option<u32> {
    let days = bought.checked_div(of_a_day)?;
    let whole = days.round();
    let close = (days - whole).abs() <= Decimal::new(1, 2) && whole > Decimal::ZERO;
    close.then(|| u32::try_from(whole).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn held(used: &str, unused: &str, on_demand: &str) -> Held {
        Held { used: dec(used), unused: dec(unused), on_demand: Some(dec(on_demand)) }
    }

    #[test]
    fn the_savings_rate_is_divided_after_summing_and_never_cut() {
        // Row by row and cut at zero these would be 40 % and 0 %.
        let good = held("60", "0", "100");
        let bad = held("40", "60", "50");
        assert_eq!(good.effective_savings_rate(), Some(dec("0.4")));
        assert_eq!(bad.effective_savings_rate(), Some(dec("-1")));
        let both = good.and(bad);
        assert_eq!(both.net_saving(), Some(dec("-10")));
        assert_eq!(
            both.effective_savings_rate().map(|rate| rate.round_dp(4)),
            Some(dec("-0.0667"))
        );
        assert_eq!(both.utilization(), Some(dec("0.625")));
    }

    #[test]
    fn usage_without_a_price_leaves_the_saving_open() {
        let unpriced = Held { on_demand: None, ..held("10", "5", "1") };
        assert_eq!(unpriced.and(held("1", "1", "3")).net_saving(), None);
        assert_eq!(unpriced.utilization(), Some(dec("10") / dec("15")));
        assert_eq!(Held::default().utilization(), None);
    }

    #[test]
    fn a_further_commitment_brings_the_discount_on_what_was_used() {
        assert_eq!(held("66", "30", "100").discount(), Some(dec("0.34")));
        assert_eq!(coverage(dec("30"), dec("70")), Some(dec("0.3")));
        assert_eq!(coverage(Decimal::ZERO, Decimal::ZERO), None);
    }

    #[test]
    fn a_purchase_for_its_whole_term_tells_the_term() {
        assert_eq!(term_days(dec("70080"), dec("192")), Some(365));
        assert_eq!(term_days(dec("100"), dec("192")), None);
        assert_eq!(term_days(dec("100"), Decimal::ZERO), None);
    }
}
