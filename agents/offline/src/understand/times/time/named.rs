//! Years, halves, quarters, months and days by their names.

use jiff::{ToSpan, civil::Date};
use wherefore_contract::{dimension::Grain, period::Period};

use super::{Found, Reader, View, date, stretch};
use crate::understand::word::{Meaning, Relative, TimeWord as T, When, WhenKind};

/// A year, and whether it was written.
type Year = (i16, bool);

impl Reader<'_> {
    /// "2024", "2024년", "24년", "'24", "작년", "last year", "year 2024".
    fn year_word(&self, view: &View<'_>, at: usize) -> Option<(Year, usize)> {
        let this = self.calendar.as_of.year();
        if let Some(year) = view.year(at) {
            return Some(((year, true), at + 1 + usize::from(view.is(at + 1, T::YearMark))));
        }
        match view.word(at) {
            Some(T::Relative(Relative::ThisYear)) => return Some(((this, false), at + 1)),
            Some(T::Relative(Relative::LastYear)) => return Some(((this - 1, false), at + 1)),
            Some(T::Relative(Relative::YearBeforeLast)) => {
                return Some(((this - 2, false), at + 1));
            }
            Some(T::Unit(Grain::Year)) => {
                return view.year(at + 1).map(|year| ((year, true), at + 2));
            }
            _ => {}
        }
        let quoted = view.mark(at, &['\'', '’', '‘']);
        let from = at + usize::from(quoted);
        let short = match view.at(from)? {
            Meaning::Number { value, digits: 2 } => i16::try_from(*value).ok()?,
            _ => return None,
        };
        let marked = view.is(from + 1, T::YearMark);
        (marked || (quoted && view.glued(from)))
            .then_some(((2000 + short, true), from + 1 + usize::from(marked)))
    }

    // The year behind a month or quarter, also after a comma.
    fn year_behind(&self, view: &View<'_>, at: usize) -> Option<(Year, usize)> {
        if view.at(at) == Some(&Meaning::And) && view.text_at(at) == "," {
            return view.year(at + 1).map(|year| ((year, true), at + 2));
        }
        if view.mark(at, &['-', '/']) && view.glued(at) && view.glued(at + 1) {
            if let Some(year) = view.year(at + 1) {
                return Some(((year, true), at + 2));
            }
            return self.short_year(view, at + 1);
        }
        // "Q3 24" is no year: only its full form and relative words stand there.
        match view.at(at)? {
            Meaning::Number { digits: 2, .. } if !view.is(at + 1, T::YearMark) => None,
            _ => self.year_word(view, at),
        }
    }

    // "Sep-24": the year 2024 when it is loaded, else a day.
    fn short_year(&self, view: &View<'_>, at: usize) -> Option<(Year, usize)> {
        let Meaning::Number { value, digits: 2 } = view.at(at)? else { return None };
        let year = 2000 + i16::try_from(*value).ok()?;
        let cover = self.calendar.coverage?;
        let loaded = (cover.start().year()..=cover.end().year()).contains(&year);
        loaded.then_some(((year, true), at + 1))
    }

    /// A month without its year: of the year that was written last, else the latest loaded one that
    /// has begun by the day of the question.
    pub(super) fn month_first(&self, year: Option<Year>, month: i8) -> Option<(Date, bool)> {
        if let Some((year, stated)) = year {
            return Some((date(year, month, 1)?, !stated));
        }
        if let Some((anchor, true)) = self.anchor {
            return Some((date(anchor.year(), month, 1)?, true));
        }
        let today = self.calendar.as_of;
        let candidates: Vec<Date> = (0..5)
            .filter_map(|back| date(today.year() - back, month, 1))
            .filter(|first| *first <= today)
            .collect();
        let loaded = candidates.iter().find(|first| {
            self.calendar.coverage.is_some_and(|cover| cover.overlaps(Period::month_of(**first)))
        });
        Some((*loaded.or(candidates.first())?, true))
    }

    // The year of the last member, when this one of a list or range has none: "Aug to Oct 2024".
    fn year_ahead(&self, view: &View<'_>, at: usize, month: i8) -> Option<Year> {
        if !view.joins(at) {
            return None;
        }
        let later = match view.word(at + 1)? {
            T::Month(later) => later,
            T::Quarter(quarter) => quarter * 3 - 2,
            _ => return None,
        };
        let year = match self.year_behind(view, at + 2) {
            Some((year, _)) => year,
            None => self.year_ahead(view, at + 2, later)?,
        };
        Some((if month <= later { year.0 } else { year.0 - 1 }, year.1))
    }

    // The number of a month, with its year when one stands before or behind.
    fn month_word(&self, view: &View<'_>, at: usize) -> Option<((Date, bool), usize)> {
        // "the month of September".
        let from = at + usize::from(view.is(at, T::Unit(Grain::Month)));
        let last = view.is(from, T::Recent);
        let (year, from) = match self.year_word(view, from + usize::from(last)) {
            Some((year, next)) => (Some(year), next),
            None => (None, from + usize::from(last)),
        };
        let (month, next) = if let Some(T::Month(month)) = view.word(from) {
            (month, from + 1)
        } else {
            let month = view.small(from, 12)?;
            let marked = view.is(from + 1, T::MonthMark);
            let shared = !marked && Self::shares_mark(view, from, T::MonthMark);
            if !(marked || shared) {
                return None;
            }
            (month, from + 1 + usize::from(marked))
        };
        let (year, next) = match year {
            Some(year) => (Some(year), next),
            None => match self.year_behind(view, next) {
                Some((year, next)) => (Some(year), next),
                None => (self.year_ahead(view, next, month), next),
            },
        };
        let mut first = self.month_first(year, month)?;
        let today = self.calendar.as_of;
        if last && year.is_none() && first.0 >= today.first_of_month() {
            first = (date(today.year() - 1, month, 1)?, true);
        }
        Some((first, next))
    }

    // "8~10월", "1, 2분기", "1~7일": the mark behind the last number belongs to all of them.
    pub(super) fn shares_mark(view: &View<'_>, at: usize, mark: T) -> bool {
        let mut next = at + 1;
        for _ in 0..6 {
            let joined =
                matches!(view.at(next), Some(Meaning::Range | Meaning::And | Meaning::Since))
                    || view.mark(next, &['-', '/']);
            if !joined || view.small(next + 1, 31).is_none() {
                return false;
            }
            if view.is(next + 2, mark) {
                return true;
            }
            next += 2;
        }
        false
    }

    /// September, 2024 September, 2024년 9월, 24년 9월, 작년 9월, 지난 9월.
    pub(super) fn month(&self, view: &View<'_>, at: usize) -> Found {
        let ((first, resolved), next) = self.month_word(view, at)?;
        let next = next + usize::from(view.is(next, T::Span(1, Grain::Month)));
        Some((stretch(first, 1.month(), resolved)?, next))
    }

    /// 9월 15일, September 15, 2024, 15 September 2024, the 14th of September.
    pub(super) fn day(&self, view: &View<'_>, at: usize) -> Found {
        let weekday = usize::from(matches!(view.word(at), Some(T::DayOfWeek(_))));
        let comma = usize::from(weekday == 1 && view.at(at + 1) == Some(&Meaning::And));
        let at = at + weekday + comma;
        self.day_first(view, at).or_else(|| self.month_then_day(view, at))
    }

    fn day_first(&self, view: &View<'_>, at: usize) -> Found {
        let day = view.small(at, 31)?;
        if !matches!(view.word(at + 1), Some(T::Month(_))) {
            return None;
        }
        // "top 5 September" counts rows.
        if matches!(view.at(at), Some(Meaning::Number { .. }))
            && matches!(self.led_by(), Some(Meaning::Rank(_) | Meaning::Sort(_)))
        {
            return None;
        }
        let ((first, resolved), next) = self.month_word(view, at + 1)?;
        Some((stretch(date(first.year(), first.month(), day)?, 1.day(), resolved)?, next))
    }

    fn month_then_day(&self, view: &View<'_>, at: usize) -> Found {
        let named = matches!(view.word(at), Some(T::Month(_)));
        if let (true, Some(day)) = (named, view.small(at + 1, 31)) {
            // A count of something else: "September 5 largest services".
            let counts = matches!(
                view.at(at + 2),
                Some(
                    Meaning::Rank(_)
                        | Meaning::Sort(_)
                        | Meaning::Dimension(_)
                        | Meaning::Service
                        | Meaning::PercentSign
                        | Meaning::Word(T::Unit(_) | T::HourMark | T::MonthMark)
                )
            );
            let Some(T::Month(month)) = view.word(at) else { return None };
            if !counts {
                let behind = self.year_behind(view, at + 2);
                let (year, next) = match behind {
                    Some((year, next)) => (Some(year), next),
                    None => (self.year_of_other_day(view, at + 2, month), at + 2),
                };
                let (first, resolved) = self.month_first(year, month)?;
                let day = date(first.year(), first.month(), day)?;
                return Some((stretch(day, 1.day(), resolved)?, next));
            }
        }
        let ((first, resolved), next) = self.month_word(view, at)?;
        let hyphen = usize::from(view.mark(next, &['-']) && view.glued(next));
        let day = view.small(next + hyphen, 31)?;
        let marked = view.is(next + hyphen + 1, T::DayMark);
        let shared = Self::shares_mark(view, next, T::DayMark);
        let hyphened = hyphen == 1 && view.glued(next + 1) && named;
        if !(marked || shared || hyphened) {
            return None;
        }
        let end = next + hyphen + 1 + usize::from(marked);
        Some((stretch(date(first.year(), first.month(), day)?, 1.day(), resolved)?, end))
    }

    // "September 3 to September 9, 2024", "Sept 1-7, 2024".
    fn year_of_other_day(&self, view: &View<'_>, at: usize, month: i8) -> Option<Year> {
        if !view.joins(at) {
            return None;
        }
        let later = match view.word(at + 1) {
            Some(T::Month(later)) => later,
            _ => month,
        };
        let from = at + 1 + usize::from(matches!(view.word(at + 1), Some(T::Month(_))));
        view.small(from, 31)?;
        let (year, _) = self.year_behind(view, from + 1)?;
        Some((if month <= later { year.0 } else { year.0 - 1 }, year.1))
    }

    /// Q3, Q3 2024, 2024 Q3, 2024년 3분기, third quarter of last year, last quarter of 2024.
    pub(super) fn quarter(&self, view: &View<'_>, at: usize) -> Found {
        let ((year, quarter), next) = self.numbered(view, at, Self::quarter_number)?;
        let year = year.or_else(|| self.year_ahead(view, next, quarter * 3 - 2));
        let (first, resolved) = self.month_first(year, quarter * 3 - 2)?;
        Some((stretch(first, 3.months(), resolved)?, next))
    }

    /// H1, 상반기, 2024년 하반기, 작년 상반기, first half of 2024 by code.
    pub(super) fn half_year(&self, view: &View<'_>, at: usize) -> Found {
        let half = |view: &View<'_>, at: usize| match view.word(at)? {
            T::Half(half) => Some((half, at + 1)),
            _ => None,
        };
        let ((year, half), next) = self.numbered(view, at, half)?;
        let (first, resolved) = self.month_first(year, half * 6 - 5)?;
        Some((stretch(first, 6.months(), resolved)?, next))
    }

    // A numbered part of a year with the year before or behind it.
    fn numbered(
        &self,
        view: &View<'_>,
        at: usize,
        number: impl Fn(&View<'_>, usize) -> Option<(i8, usize)>,
    ) -> Option<((Option<Year>, i8), usize)> {
        if let Some((year, next)) = self.year_word(view, at) {
            let mark = usize::from(view.mark(next, &['-', '/', '.']));
            let (value, next) = number(view, next + mark)?;
            return Some(((Some(year), value), next));
        }
        let (value, next) = number(view, at)?;
        Some(match self.year_behind(view, next) {
            Some((year, next)) => ((Some(year), value), next),
            None => ((None, value), next),
        })
    }

    pub(super) fn quarter_number(view: &View<'_>, at: usize) -> Option<(i8, usize)> {
        let unit = T::Unit(Grain::Quarter);
        match view.at(at)? {
            Meaning::Word(T::Quarter(quarter)) => Some((*quarter, at + 1)),
            // "the last quarter of 2024".
            Meaning::Word(T::Relative(Relative::LastQuarter)) if view.year(at + 1).is_some() => {
                Some((4, at + 1))
            }
            Meaning::First if view.is(at + 1, unit) => Some((1, at + 2)),
            Meaning::Word(T::Unit(Grain::Quarter)) => Some((view.small(at + 1, 4)?, at + 2)),
            _ => {
                let quarter = view.small(at, 4)?;
                // "3/4분기".
                if view.mark(at + 1, &['/'])
                    && view.small(at + 2, 4) == Some(4)
                    && view.is(at + 3, T::QuarterMark)
                {
                    return Some((quarter, at + 4));
                }
                if view.is(at + 1, T::QuarterMark) {
                    return Some((quarter, at + 2));
                }
                if Self::shares_mark(view, at, T::QuarterMark) {
                    return Some((quarter, at + 1));
                }
                let ordinal = matches!(view.word(at), Some(T::Nth(_)));
                (ordinal && view.is(at + 1, unit)).then_some((quarter, at + 2))
            }
        }
    }

    /// 2024, 2024년, 작년, the year 2024.
    pub(super) fn year(&self, view: &View<'_>, at: usize) -> Found {
        let written = view.year(at).is_some();
        if written && matches!(self.led_by(), Some(Meaning::Rank(_) | Meaning::Sort(_))) {
            return None;
        }
        // "2024 rows" counts.
        let counts = matches!(view.at(at + 1), Some(Meaning::Measure(_) | Meaning::PercentSign));
        if written && counts && view.glued(at + 1) {
            return None;
        }
        let ((year, stated), next) = self.year_word(view, at)?;
        Some((stretch(date(year, 1, 1)?, 1.year(), !stated)?, next))
    }

    /// What a later member of a list or range leaves out: "15일까지", "… to 7", "the 14th",
    /// "9월 1일부터 7일", "첫째 주와 둘째 주".
    // "the first week of May (1-7)": the days of the month that was named before the bracket.
    fn bracketed(&self, view: &View<'_>) -> Found {
        let opened = self.before.last().is_some_and(|item| item.meaning == Meaning::Open);
        let (anchor, stated) = self.anchor.filter(|_| opened)?;
        let behind_mark = |at: usize| at + usize::from(view.is(at, T::DayMark));
        let first = view.small(0, 31)?;
        let joint = behind_mark(1);
        let spans = view.joins(joint) || view.mark(joint, &['~', '–']);
        let last = view.small(joint + 1, 31).filter(|last| spans && *last > first)?;
        let end = behind_mark(joint + 2);
        (view.at(end) == Some(&Meaning::Close)).then_some(())?;
        let [first, last] = [first, last].map(|day| date(anchor.year(), anchor.month(), day));
        Some((super::days(first?, last?.tomorrow().ok()?, !stated)?, end))
    }

    pub(super) fn elided(&self, view: &View<'_>) -> Found {
        if let Some((part, next)) = super::part::part(view, 0)
            && let Some((anchor, stated)) = self.anchor
            && let Some(when) = super::part::apply(part, Period::month_of(anchor), !stated)
        {
            return Some((when, next));
        }
        if let Some(found) = self.all_of_it(view).or_else(|| self.bracketed(view)) {
            return Some(found);
        }
        // "from the first half of September to the second".
        let spelled = view.text_at(0).starts_with(|letter: char| letter.is_alphabetic());
        if spelled && view.is(0, T::Nth(2)) && self.after_join() {
            let first = self.last_period()?;
            let half = first.start().day() == 1 && first.end().day() == 16;
            let month = Period::month_of(first.start().date());
            let second = super::part::apply(super::part::Part::Half(2), month, true)?;
            return half.then_some((second, 1));
        }
        let day = view.small(0, 31).filter(|_| !(spelled && view.word(0).is_some()))?;
        // "28일로 나눠": a count of days.
        let divides = view.is(1, T::DayMark) && view.says_by(1);
        if divides && !self.after_join() {
            return None;
        }
        let marked = view.is(1, T::DayMark) || Self::shares_mark(view, 0, T::DayMark);
        let nth = matches!(view.word(0), Some(T::Nth(_)));
        let next = 1 + usize::from(view.is(1, T::DayMark));
        // "between 3 and 9 September": the month stands behind the last day.
        if view.joins(1)
            && view.small(2, 31).is_some()
            && matches!(view.word(3), Some(T::Month(_)))
            && (nth || !matches!(self.led_by(), Some(Meaning::Rank(_) | Meaning::Sort(_))))
        {
            let ((first, resolved), _) = self.month_word(view, 3)?;
            let day = date(first.year(), first.month(), day)?;
            return Some((stretch(day, 1.day(), resolved)?, 1));
        }
        let followed = matches!(
            view.at(next),
            Some(
                Meaning::Rank(_)
                    | Meaning::Sort(_)
                    | Meaning::Service
                    | Meaning::Dimension(_)
                    | Meaning::PercentSign
            )
        );
        let joined = self.after_join() && !followed;
        if !(marked || joined || (nth && !followed && self.names_day())) {
            return None;
        }
        let month = match self.anchor {
            Some((anchor, _)) => anchor,
            None if marked || nth => self.month_of_day(day)?,
            None => return None,
        };
        let resolved = self.anchor.is_none_or(|(_, stated)| !stated);
        // "Sept 1-7, 2023": the year went to the first day already.
        let next = match self.year_behind(view, next) {
            Some(((year, true), end)) if year == month.year() => end,
            _ => next,
        };
        Some((stretch(date(month.year(), month.month(), day)?, 1.day(), resolved)?, next))
    }

    // The period that was named last.
    fn last_period(&self) -> Option<Period> {
        self.before.iter().rev().find_map(|item| match item.meaning {
            Meaning::When(When { kind: WhenKind::Period(period), .. }) => Some(period),
            _ => None,
        })
    }

    // "the three months", "세 달 동안" where just so much is loaded.
    fn all_of_it(&self, view: &View<'_>) -> Found {
        let (count, unit, next) = super::recent::counted(view, 0)?;
        let cover = self.calendar.coverage?;
        let written = view.count(0).is_some() || count > 1;
        let first = cover.start().date();
        let after = super::day_after(cover);
        let months = i64::from(after.year() - first.year()) * 12
            + i64::from(after.month() - first.month())
            + i64::from(after.day() > 1);
        let same = match unit {
            Grain::Month => first.day() == 1 && months == count,
            Grain::Hour => cover.hours() == count,
            _ => false,
        };
        let when = When { kind: WhenKind::All, resolved: true, anchor: None };
        // "for each of the three months" also groups by them.
        let each = matches!(self.led_by(), Some(Meaning::By | Meaning::Per));
        let next = if each && view.count(0).is_some() { 1 } else { next };
        (written && same && !view.is(next, T::Ago)).then_some((when, next))
    }

    // "on the 14th", "up to the 14th": words before a day.
    fn names_day(&self) -> bool {
        let word = self.before.last().map(|item| &item.meaning);
        matches!(
            word,
            Some(
                Meaning::Filler
                    | Meaning::Until
                    | Meaning::Since
                    | Meaning::From
                    | Meaning::To
                    | Meaning::Range
            )
        ) || matches!(word, Some(Meaning::Word(T::Before | T::After)))
    }

    // The latest loaded month in which this day lies before the day of the question.
    fn month_of_day(&self, day: i8) -> Option<Date> {
        let today = self.calendar.as_of;
        let cover = self.calendar.coverage?;
        (0..24_i64).find_map(|back| {
            let first = today.first_of_month().checked_sub(back.months()).ok()?;
            let day = date(first.year(), first.month(), day)?;
            let period = Period::of_days(day, day.tomorrow().ok()?).ok()?;
            (day < today && cover.overlaps(period)).then_some(first)
        })
    }
}
