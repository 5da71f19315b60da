//! Parts of a period: halves, thirds, weeks of a month, its first or last days.

use jiff::{ToSpan, civil::Date};
use wherefore_contract::{dimension::Grain, period::Period};

use super::{Found, Reader, View, date, days};
use crate::understand::word::{Meaning, Relative, TimeWord as T, When, WhenKind};

/// A part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Half(i8),
    Third(i8),
    /// A week counted from the first day of the period, 0 for its last seven days.
    Week(i8),
    FirstDays(i64),
    LastDays(i64),
    FirstMonths(i64),
    LastMonths(i64),
}

/// The part that the words at `at` name.
pub(super) fn part(view: &View<'_>, at: usize) -> Option<(Part, usize)> {
    let week = T::Unit(Grain::IsoWeek);
    match view.at(at)? {
        Meaning::Word(T::FirstHalf) => Some((Part::Half(1), at + 1)),
        Meaning::Word(T::SecondHalf) => Some((Part::Half(2), at + 1)),
        Meaning::Word(T::Third(third)) => {
            // "mid-September".
            let hyphen = view.mark(at + 1, &['-']) && view.glued(at + 1);
            Some((Part::Third(*third), at + 1 + usize::from(hyphen)))
        }
        Meaning::Word(T::WeekOfMonth(week)) => Some((Part::Week(*week), at + 1)),
        Meaning::Word(T::Relative(Relative::LastWeek)) => Some((Part::Week(0), at + 1)),
        Meaning::Word(T::Relative(Relative::LastMonth)) => Some((Part::LastMonths(1), at + 1)),
        Meaning::First => first_or_last(view, at, true),
        Meaning::Last | Meaning::Word(T::Recent) => first_or_last(view, at, false),
        Meaning::Word(T::Unit(Grain::IsoWeek)) => {
            Some((Part::Week(view.small(at + 1, 5)?), at + 2))
        }
        _ => {
            let nth = view.small(at, 5)?;
            let ordinal = matches!(view.word(at), Some(T::Nth(_)));
            let marked = view.is(at + 1, T::WeekMark) || (ordinal && view.is(at + 1, week));
            marked.then_some((Part::Week(nth), at + 2))
        }
    }
}

// "first week", "first 10 days", "마지막 5일", "last day".
fn first_or_last(view: &View<'_>, at: usize, first: bool) -> Option<(Part, usize)> {
    let of_days = |count: i64| if first { Part::FirstDays(count) } else { Part::LastDays(count) };
    let of_months =
        |count: i64| if first { Part::FirstMonths(count) } else { Part::LastMonths(count) };
    let of = |count: i64, unit: T| match unit {
        T::Unit(Grain::Day) | T::DayMark => Some(of_days(count)),
        T::Unit(Grain::IsoWeek) if count == 1 => Some(Part::Week(i8::from(first))),
        T::Unit(Grain::IsoWeek) => Some(of_days(count * 7)),
        T::Unit(Grain::Month) => Some(of_months(count)),
        _ => None,
    };
    if let Some(T::Span(count, unit)) = view.word(at + 1) {
        return Some((of(count.into(), T::Unit(unit))?, at + 2));
    }
    if let Some(count) = view.count(at + 1) {
        return Some((of(count, view.word(at + 2)?)?, at + 3));
    }
    let part = of(1, view.word(at + 1)?)?;
    Some((part, at + 2))
}

/// The part of `period`; only whole months have parts.
pub(super) fn apply(part: Part, period: Period, resolved: bool) -> Option<When> {
    if !period.is_whole_months() {
        return None;
    }
    let first = period.start().date();
    let after = period.end().date();
    match part {
        Part::Half(half) => {
            let middle = middle(period)?;
            if half == 1 { days(first, middle, resolved) } else { days(middle, after, resolved) }
        }
        // The tenth and the twentieth part a month (상순, 중순, 하순); months part a quarter.
        Part::Third(third) if period.single_month().is_some() => {
            let start = date(first.year(), first.month(), (third - 1) * 10 + 1)?;
            let end = if third == 3 { after } else { start.checked_add(10.days()).ok()? };
            days(start, end, resolved)
        }
        Part::Third(third) => {
            let months = months_of(period) / 3;
            let start = first.checked_add((months * i64::from(third - 1)).months()).ok()?;
            days(start, start.checked_add(months.months()).ok()?, resolved)
        }
        Part::Week(0) => days(after.checked_sub(1.week()).ok()?, after, resolved),
        // Weeks of a month begin on its 1st, 8th, 15th, 22nd and 29th.
        Part::Week(week) => {
            let start = first.checked_add(i64::from((week - 1) * 7).days()).ok()?;
            days(start, start.checked_add(1.week()).ok()?.min(after), true)
        }
        Part::FirstDays(count) => {
            days(first, first.checked_add(count.days()).ok()?.min(after), resolved)
        }
        Part::LastDays(count) => {
            days(after.checked_sub(count.days()).ok()?.max(first), after, resolved)
        }
        Part::FirstMonths(count) => {
            days(first, first.checked_add(count.months()).ok()?.min(after), resolved)
        }
        Part::LastMonths(count) => {
            days(after.checked_sub(count.months()).ok()?.max(first), after, resolved)
        }
    }
}

fn months_of(period: Period) -> i64 {
    let (start, end) = (period.start().date(), period.end().date());
    i64::from(end.year() - start.year()) * 12 + i64::from(end.month() - start.month())
}

// A month parts after its fifteenth, as closing calendars do; longer periods by whole months when even.
fn middle(period: Period) -> Option<Date> {
    let first = period.start().date();
    let months = months_of(period);
    if months == 1 {
        return date(first.year(), first.month(), 16);
    }
    if months % 2 == 0 {
        return first.checked_add((months / 2).months()).ok();
    }
    first.checked_add((period.days() / 2).days()).ok()
}

impl Reader<'_> {
    /// "first half of September", "the last 5 days of October", "첫째 주와 둘째 주" with its month behind.
    pub(super) fn part_first(&self, view: &View<'_>, at: usize) -> Found {
        let (part, next) = match part(view, at) {
            Some(found) => found,
            // "first and second half of September", "first and second week of September".
            None => (Self::shared_part(view, at)?, at + 1),
        };
        if let Some((when, end)) = self.base(view, next) {
            return Some((narrow(part, when)?, end));
        }
        // "the second half of the month": the running one, or the last that is loaded.
        if view.is(next, T::Unit(Grain::Month)) && view.text_at(next) == "month" {
            let loaded = self.calendar.coverage.map(super::day_after)?.yesterday().ok()?;
            let month = Period::month_of(self.calendar.as_of.min(loaded));
            return Some((apply(part, month, true)?, next + 1));
        }
        // "the first half and the second half of September".
        let joined = matches!(
            view.at(next),
            Some(Meaning::And | Meaning::Compare | Meaning::To | Meaning::From)
        );
        if joined || next == at + 1 {
            let from = next + usize::from(joined);
            let from = from + usize::from(matches!(view.at(from), Some(Meaning::To)));
            let (_, other) = super::part::part(view, from)?;
            let (when, _) = self.base(view, other)?;
            return Some((narrow(part, when)?, next));
        }
        None
    }

    fn shared_part(view: &View<'_>, at: usize) -> Option<Part> {
        let first = match view.at(at)? {
            Meaning::First => 1,
            Meaning::Word(T::Nth(nth)) => *nth,
            _ => return None,
        };
        if !view.joins(at + 1) {
            return None;
        }
        match super::part::part(view, at + 2)?.0 {
            Part::Half(_) => Some(Part::Half(first)),
            Part::Week(_) => Some(Part::Week(first)),
            _ => None,
        }
    }

    /// "9월 상순", "10월 둘째 주", "지난달 하순", "9월 마지막 5일".
    pub(super) fn part_after(view: &View<'_>, when: When, next: usize) -> Found {
        let WhenKind::Period(period) = when.kind else { return None };
        // "10월 상반기" is half of the month.
        if let (Some(T::Half(half)), Some(_)) = (view.word(next), period.single_month()) {
            return Some((narrow(Part::Half(half), when)?, next + 1));
        }
        // Words that name a period of their own do not narrow the one before them.
        if matches!(view.word(next), Some(T::Relative(_) | T::Recent)) {
            return None;
        }
        let (part, end) = if let Some(found) = part(view, next) {
            found
        } else {
            let week = view.small(next, 5)?;
            if !view.is(next + 1, T::Unit(Grain::IsoWeek)) {
                return None;
            }
            (Part::Week(week), next + 2)
        };
        // "9월 말까지" runs to the end of the month either way.
        Some((narrow(part, when)?, end))
    }
}

fn narrow(part: Part, when: When) -> Option<When> {
    let WhenKind::Period(period) = when.kind else { return None };
    apply(part, period, when.resolved)
}
