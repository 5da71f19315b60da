//! Whether a savings plan can still be given back.

use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;
use serde::Deserialize;

/// What may be given back, and until when; the table of offers gives the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnRule {
    /// The largest commitment an hour that may be given back, in US dollars.
    pub most_hourly: Decimal,
    /// Days after the purchase.
    pub days: u32,
}

impl ReturnRule {
    /// The last day on which a purchase of this day may be given back: so many days later, and within its calendar
    /// month.
    #[must_use]
    pub fn last_day(&self, bought: Date) -> Option<Date> {
        let later = bought.checked_add(i64::from(self.days).days()).ok()?;
        Some(later.min(bought.last_of_month()))
    }

    /// Whether it may be given back on a day.
    #[must_use]
    pub fn may(&self, bought: Date, hourly: Decimal, today: Date) -> bool {
        hourly <= self.most_hourly
            && today >= bought
            && self.last_day(bought).is_some_and(|last| today <= last)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_plan_may_be_given_back_for_a_week_within_its_month() {
        let rule = ReturnRule { most_hourly: Decimal::ONE_HUNDRED, days: 7 };
        assert_eq!(rule.last_day(date(2026, 10, 3)), Some(date(2026, 10, 10)));
        // A purchase of the 28th can be given back until the 31st alone.
        assert_eq!(rule.last_day(date(2026, 10, 28)), Some(date(2026, 10, 31)));
        assert!(rule.may(date(2026, 10, 28), Decimal::ONE, date(2026, 10, 31)));
        assert!(!rule.may(date(2026, 10, 28), Decimal::ONE, date(2026, 11, 1)));
        assert!(!rule.may(date(2026, 10, 3), Decimal::from(101), date(2026, 10, 4)));
    }
}
