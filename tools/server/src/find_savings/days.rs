//! Which month is looked at.

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use wherefore_contract::{period::Period, quality::CostDescription};

/// The last complete month in `period` before `as_of`; where none is loaded in full, the whole days that are
/// loaded of the last month. `None` when there is no such day.
pub(super) fn month(
    period: Option<Period>,
    as_of: Option<Date>,
    description: &CostDescription,
) -> Option<Period> {
    let coverage = description.coverage?;
    let mut first = whole_day_from(coverage);
    // A day that is loaded in part counts no more than one that is not.
    let mut until = coverage.end().date();
    if let Some(asked) = period {
        first = first.max(whole_day_from(asked));
        until = until.min(asked.end().date());
    }
    if let Some(today) = as_of {
        until = until.min(today);
    }
    let last_month = Period::of_days(first, until).ok()?;
    let mut start = until.first_of_month();
    if start == until {
        start = start.checked_sub(1.month()).ok()?;
    }
    let end = |start: Date| start.checked_add(1.month()).ok();
    let holds = |start: Date| end(start).is_some_and(|end| start >= first && end <= until);
    // The running month, or the one before it.
    let complete = [Some(start), start.checked_sub(1.month()).ok()]
        .into_iter()
        .flatten()
        .find(|start| holds(*start));
    match complete {
        Some(start) => Period::of_days(start, end(start)?).ok(),
        None => Period::of_days(first.max(start), until).ok().or(Some(last_month)),
    }
}

fn whole_day_from(period: Period) -> Date {
    let start = period.start();
    if start.time() == Time::midnight() {
        start.date()
    } else {
        start.date().tomorrow().unwrap_or(start.date())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn loaded(from: Date, until: Date) -> CostDescription {
        CostDescription {
            coverage: Period::of_days(from, until).ok(),
            ..CostDescription::default()
        }
    }

    #[test]
    fn the_last_complete_month_counts() {
        let whole = loaded(date(2026, 8, 1), date(2026, 10, 31));
        let days = |from, until| Period::of_days(from, until).ok();
        let september = days(date(2026, 9, 1), date(2026, 10, 1));
        assert_eq!(month(None, Some(date(2026, 11, 5)), &whole), september);
        assert_eq!(month(None, Some(date(2026, 10, 5)), &whole), september);
        let august = days(date(2026, 8, 1), date(2026, 9, 1));
        assert_eq!(month(None, Some(date(2026, 9, 5)), &whole), august);
        assert_eq!(month(august, Some(date(2026, 11, 5)), &whole), august);
        let summer = days(date(2026, 7, 1), date(2026, 10, 1));
        assert_eq!(month(summer, None, &whole), september);
        let week = days(date(2026, 9, 7), date(2026, 9, 14));
        assert_eq!(month(week, None, &whole), week);
        let short = loaded(date(2026, 10, 3), date(2026, 10, 20));
        assert_eq!(month(None, None, &short), days(date(2026, 10, 3), date(2026, 10, 20)));
        assert_eq!(month(None, Some(date(2026, 10, 3)), &short), None);
    }
}
