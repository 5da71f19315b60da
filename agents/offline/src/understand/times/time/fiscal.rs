//! Fiscal years, named by the calendar year in which they end.

use jiff::{ToSpan, civil::Date};
use wherefore_contract::dimension::Grain;

use super::{Found, Reader, View, date, days, stretch};
use crate::understand::word::{Relative, TimeWord as T, When};

impl Reader<'_> {
    /// FY2026, FY26 Q1, Q1 FY2026, fiscal year 2026, 2026 회계연도 1분기, this fiscal year.
    pub(super) fn fiscal(&self, view: &View<'_>, at: usize) -> Found {
        if let Some((year, next)) = self.fiscal_year(view, at) {
            if let Some((quarter, end)) = Self::quarter_number(view, next) {
                return Some((self.fiscal_part(year, i64::from(quarter - 1) * 3, 3)?, end));
            }
            if let Some(T::Half(half)) = view.word(next) {
                return Some((self.fiscal_part(year, i64::from(half - 1) * 6, 6)?, next + 1));
            }
            return Some((self.fiscal_part(year, 0, 12)?, next));
        }
        let (from, named) = if view.is(at, T::Fiscal) { (at + 1, true) } else { (at, false) };
        let (offset, length, next) = if let Some((quarter, next)) = Self::quarter_number(view, from)
        {
            (i64::from(quarter - 1) * 3, 3, next)
        } else if let Some(T::Half(half)) = view.word(from) {
            (i64::from(half - 1) * 6, 6, from + 1)
        } else {
            return None;
        };
        if let Some((year, end)) = self.fiscal_year(view, next) {
            return Some((self.fiscal_part(year, offset, length)?, end));
        }
        if !named {
            return None;
        }
        match view.year(next) {
            Some(year) => Some((self.fiscal_part(year, offset, length)?, next + 1)),
            None => Some((
                self.fiscal_part(self.fiscal_year_of(self.calendar.as_of), offset, length)?,
                next,
            )),
        }
    }

    fn fiscal_year(&self, view: &View<'_>, at: usize) -> Option<(i16, usize)> {
        let this = self.fiscal_year_of(self.calendar.as_of);
        match view.word(at) {
            Some(T::FiscalYear(year)) => Some((year, at + 1)),
            Some(T::Relative(Relative::ThisFiscalYear)) => Some((this, at + 1)),
            Some(T::Relative(Relative::LastFiscalYear)) => Some((this - 1, at + 1)),
            Some(T::Fiscal) => {
                let from = at + 1 + usize::from(view.is(at + 1, T::Unit(Grain::Year)));
                let short = view.small(from, 99).filter(|year| *year >= 15);
                let year = view.year(from).or_else(|| Some(2000 + i16::from(short?)))?;
                Some((year, from + 1 + usize::from(view.is(from + 1, T::YearMark))))
            }
            _ => {
                let year = view.year(at)?;
                let from = at + 1 + usize::from(view.is(at + 1, T::YearMark));
                view.is(from, T::Fiscal).then_some((year, from + 1))
            }
        }
    }

    /// The fiscal year that holds a day.
    pub(super) fn fiscal_year_of(&self, day: Date) -> i16 {
        let start = self.calendar.fiscal_start;
        day.year() + i16::from(start > 1 && day.month() >= start)
    }

    /// The first day of a fiscal year.
    pub(super) fn fiscal_first(&self, year: i16) -> Option<Date> {
        let start = self.calendar.fiscal_start;
        date(if start > 1 { year - 1 } else { year }, start, 1)
    }

    fn fiscal_part(&self, year: i16, offset: i64, months: i64) -> Option<When> {
        let first = self.fiscal_first(year)?.checked_add(offset.months()).ok()?;
        stretch(first, months.months(), true)
    }

    /// The fiscal quarter `back` quarters before the running one.
    pub(super) fn fiscal_quarter(&self, back: i64) -> Option<When> {
        let today = self.calendar.as_of;
        let year = self.fiscal_first(self.fiscal_year_of(today))?;
        let months =
            i64::from(today.year() - year.year()) * 12 + i64::from(today.month() - year.month());
        let first = year.checked_add(((months / 3 - back) * 3).months()).ok()?;
        stretch(first, 3.months(), true)
    }

    pub(super) fn fiscal_to_date(&self) -> Option<When> {
        let today = self.calendar.as_of;
        let first = self.fiscal_first(self.fiscal_year_of(today))?;
        days(first, today.max(first.tomorrow().ok()?), true)
    }
}
