//! The period before another one.

use jiff::{Span, ToSpan};
use wherefore_contract::period::Period;

use super::super::super::word::Relative;

/// The period that `relative` names before `other`.
pub(crate) fn before(relative: Relative, other: Period) -> Option<Period> {
    let start = other.start().date();
    let after = other.end().date();
    let shift = |span: Span| {
        Period::of_days(start.checked_sub(span).ok()?, after.checked_sub(span).ok()?).ok()
    };
    let months = |count: i64| {
        let first = start.checked_sub(count.months()).ok()?;
        Period::of_days(first, first.checked_add(count.months()).ok()?).ok()
    };
    match relative {
        Relative::YearAgo => {
            let first = start.checked_sub(1.year()).ok()?;
            Period::of_days(first, after.checked_sub(1.year()).ok()?).ok()
        }
        Relative::PrecedingDay => shift(1.day()),
        Relative::PrecedingWeek => shift(1.week()),
        Relative::PrecedingMonth if other.is_whole_months() => months(1),
        Relative::PrecedingMonth => shift(1.month()),
        Relative::PrecedingQuarter if other.is_whole_months() => months(3),
        Relative::PrecedingQuarter => shift(3.months()),
        _ => preceding(other),
    }
}

/// The stretch of equal length just before: whole months before whole months, days before days.
pub(crate) fn preceding(other: Period) -> Option<Period> {
    let start = other.start().date();
    if other.is_whole_months() {
        let end = other.end().date();
        let count =
            i64::from(end.year() - start.year()) * 12 + i64::from(end.month() - start.month());
        return Period::of_days(start.checked_sub(count.months()).ok()?, start).ok();
    }
    Period::of_days(start.checked_sub(other.days().max(1).days()).ok()?, start).ok()
}
