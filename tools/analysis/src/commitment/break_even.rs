//! When a commitment has paid for itself.
//!
//! `u* = r_c / r_o` is the least utilization at which it costs no more than on demand, with `r_c` its fee an hour
//! including the upfront part and `r_o` the on-demand rate of what it covers. Paid upfront with `F`, the money is back
//! after `m* = F / (u * r_o * 730 - r_rec * 730)` months, with `r_rec` what is still paid each hour. The whole term
//! is earned once on-demand usage would have cost as much as all of it: `term * u* / u` (AWS states 7 to 10 months
//! for one year and 10 to 14 for three, which is this figure at full use).

use rust_decimal::Decimal;

use super::HOURS_OF_A_MONTH;

/// What is paid for a commitment, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub months: u32,
    /// Part of the whole fee that is paid on the first day, from 0 to 1.
    pub upfront_part: Decimal,
    /// What it takes off the on-demand price, between 0 and 1.
    pub discount: Decimal,
}

/// When a commitment has paid for itself at a utilization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakEven {
    /// The least utilization at which it pays.
    pub utilization: Decimal,
    /// Months until the upfront payment is back; 0 without one, `None` where it never is within the term.
    pub month: Option<Decimal>,
    /// Months of such use that are worth the whole term; `None` where the term is too short.
    pub whole_term_month: Option<Decimal>,
}

impl Terms {
    /// When the commitment has paid for itself, used to this part (from 0 to 1).
    #[must_use]
    pub fn break_even(&self, utilization: Decimal) -> BreakEven {
        let price = Decimal::ONE - self.discount;
        let months = Decimal::from(self.months);
        let within = |month: &Decimal| *month <= months;
        let whole = months.checked_mul(price).and_then(|fee| fee.checked_div(utilization));
        BreakEven {
            utilization: price,
            month: self.payback(utilization).filter(within),
            whole_term_month: whole.filter(within),
        }
    }

    /// What is paid on the first day for a commitment of so much an hour.
    #[must_use]
    pub fn upfront(&self, hourly_commitment: Decimal) -> Option<Decimal> {
        let hours = Decimal::from(self.months).checked_mul(Decimal::from(HOURS_OF_A_MONTH))?;
        hourly_commitment.checked_mul(hours)?.checked_mul(self.upfront_part)
    }

    // For usage that costs 1 an hour on demand.
    fn payback(&self, utilization: Decimal) -> Option<Decimal> {
        let price = Decimal::ONE - self.discount;
        let upfront = self.upfront(price)?;
        let still_paid = price.checked_mul(Decimal::ONE - self.upfront_part)?;
        let earned = utilization.checked_sub(still_paid)?;
        if earned <= Decimal::ZERO {
            return None;
        }
        upfront.checked_div(earned.checked_mul(Decimal::from(HOURS_OF_A_MONTH))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn terms(months: u32, upfront: &str, discount: &str) -> Terms {
        Terms { months, upfront_part: dec(upfront), discount: dec(discount) }
    }

    #[test]
    fn all_upfront_is_back_when_on_demand_would_have_cost_as_much() {
        let even = terms(12, "1", "0.4").break_even(Decimal::ONE);
        assert_eq!(even.utilization, dec("0.6"));
        assert_eq!(even.month, Some(dec("7.2")));
        assert_eq!(even.whole_term_month, Some(dec("7.2")));
    }

    #[test]
    fn without_an_upfront_payment_nothing_has_to_come_back_while_it_is_used_enough() {
        let plan = terms(12, "0", "0.36");
        assert_eq!(plan.break_even(dec("0.7")).month, Some(Decimal::ZERO));
        assert_eq!(plan.break_even(dec("0.8")).whole_term_month, Some(dec("9.6")));
        let idle = plan.break_even(dec("0.6"));
        assert_eq!((idle.month, idle.whole_term_month), (None, None));
    }

    #[test]
    fn half_upfront_is_back_from_what_the_other_half_leaves() {
        // 12 * 730 * 0.6 * 0.5 upfront; 1 - 0.3 saved each hour.
        let even = terms(12, "0.5", "0.4").break_even(Decimal::ONE);
        assert_eq!(even.month.map(|month| month.round_dp(6)), Some(dec("5.142857")));
    }

    #[test]
    fn the_range_that_aws_states_is_that_of_full_use() {
        let year = |discount| terms(12, "0", discount).break_even(Decimal::ONE).whole_term_month;
        assert_eq!((year("0.41"), year("0.17")), (Some(dec("7.08")), Some(dec("9.96"))));
        let three = terms(36, "1", "0.62").break_even(Decimal::ONE).whole_term_month;
        assert_eq!(three, Some(dec("13.68")));
    }

    #[test]
    fn what_is_paid_on_the_first_day() {
        assert_eq!(terms(12, "0.5", "0.3").upfront(dec("2")), Some(dec("8760")));
        assert_eq!(terms(36, "0", "0.3").upfront(dec("2")), Some(Decimal::ZERO));
    }
}
