//! The fourteen months that the made-up company has bills for.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time, date},
};
use wherefore_contract::period::Period;

/// First day with charges.
pub(crate) const FIRST_DAY: Date = date(2025, 9, 1);
/// First day without charges.
pub(crate) const AFTER_LAST_DAY: Date = date(2026, 11, 1);

/// Months of the calendar, and which days of the whole are in each.
pub(crate) struct Calendar {
    pub(crate) months: Vec<Month>,
    /// Days in all months.
    pub(crate) days: usize,
}

/// One calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Month {
    pub(crate) first: Date,
    /// Its first day and the first day after it, counted from [`FIRST_DAY`].
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Month {
    /// Length in days.
    pub(crate) fn days(self) -> usize {
        self.end - self.start
    }

    /// As a charge period.
    pub(crate) fn period(self) -> Period {
        Period::month_of(self.first)
    }
}

impl Calendar {
    pub(crate) fn new() -> Self {
        let mut months = Vec::new();
        let (mut first, mut start) = (FIRST_DAY, 0);
        while first < AFTER_LAST_DAY {
            let end = start + usize::from(first.days_in_month().unsigned_abs());
            months.push(Month { first, start, end });
            first = first.saturating_add(1.month());
            start = end;
        }
        Self { months, days: start }
    }

    /// Pairs of months of one length, the later at most two after the earlier: periods that can
    /// be compared day for day.
    pub(crate) fn pairs(&self) -> Vec<(Month, Month)> {
        let mut pairs = Vec::new();
        for (place, from) in self.months.iter().enumerate() {
            let later = self.months.iter().skip(place + 1).take(2);
            pairs.extend(later.filter(|to| to.days() == from.days()).map(|to| (*from, *to)));
        }
        pairs
    }
}

/// The date of a day counted from [`FIRST_DAY`].
pub(crate) fn date_of(day: usize) -> Date {
    FIRST_DAY.saturating_add(i64::try_from(day).unwrap_or(i64::MAX).days())
}

/// The midnight on which a day counted from [`FIRST_DAY`] begins.
pub(crate) fn midnight(day: usize) -> DateTime {
    date_of(day).to_datetime(Time::midnight())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_covers_fourteen_months_without_a_gap() {
        let calendar = Calendar::new();
        assert_eq!((calendar.months.len(), calendar.days), (14, 426));
        assert!(calendar.months.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(date_of(calendar.days), AFTER_LAST_DAY);
        assert!(calendar.pairs().iter().all(|(from, to)| from.days() == to.days()));
        assert!(calendar.pairs().len() >= 8);
    }
}
