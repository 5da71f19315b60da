//! Periods relative to the day of the question: "last 7 days", "3 days ago", "지난 분기".

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use wherefore_contract::dimension::Grain;

use super::{Found, Reader, View, date, days, monday, quarter_start, stretch};
use crate::understand::word::{Meaning, Relative, TimeWord as T, When, WhenKind};

impl Reader<'_> {
    /// "last 7 days", "최근 3개월", "3 days ago", "두 달 전", "last Monday", "past week".
    pub(super) fn recent(&self, view: &View<'_>, at: usize) -> Found {
        self.ago(view, at).or_else(|| {
            let led = matches!(view.at(at), Some(Meaning::Word(T::Recent) | Meaning::Last));
            let from = at + usize::from(led);
            if let Some(T::DayOfWeek(day)) = view.word(from).filter(|_| led) {
                return Some((self.last_weekday(day)?, from + 1));
            }
            if let Some(found) = self.loaded(view, from).filter(|_| led) {
                return Some(found);
            }
            let (count, unit, next) = counted(view, from)?;
            // "the last day" and "the last hour" are those of what is loaded.
            let bare = next == from + 1 && matches!(unit, Grain::Day | Grain::Hour) && count == 1;
            let last = matches!(view.at(at), Some(Meaning::Last)) && next == from + 1;
            if !led || bare || last {
                return None;
            }
            // "최근 3일치", "최근 7일간": nothing else stands behind.
            Some((self.last(count, unit)?, next))
        })
    }

    // "the last seven loaded days", "최근 적재된 7일": counted back from what is loaded.
    fn loaded(&self, view: &View<'_>, at: usize) -> Found {
        let says =
            |at: usize| matches!(view.text_at(at), "loaded" | "적재된" | "로드된" | "billed");
        let last = super::day_after(self.calendar.coverage?).min(self.calendar.as_of);
        let (count, next) = if says(at) {
            let (count, unit, next) = counted(view, at + 1)?;
            (count, (unit == Grain::Day).then_some(next)?)
        } else {
            // "loaded days" is one word.
            let loaded = view.text_at(at + 1).to_lowercase().starts_with("loaded");
            let day = loaded && view.is(at + 1, T::Unit(Grain::Day));
            (view.count(at).filter(|_| day)?, at + 2)
        };
        Some((days(last.checked_sub(count.days()).ok()?, last, true)?, next))
    }

    fn ago(&self, view: &View<'_>, at: usize) -> Found {
        let (count, unit, next) = counted(view, at)?;
        if !view.is(next, T::Ago) {
            return None;
        }
        let today = self.calendar.as_of;
        let when = match unit {
            Grain::Day => stretch(today.checked_sub(count.days()).ok()?, 1.day(), true),
            Grain::IsoWeek => {
                stretch(monday(today)?.checked_sub(count.weeks()).ok()?, 1.week(), true)
            }
            Grain::Month => {
                stretch(today.first_of_month().checked_sub(count.months()).ok()?, 1.month(), true)
            }
            Grain::Quarter => stretch(
                quarter_start(today)?.checked_sub((count * 3).months()).ok()?,
                3.months(),
                true,
            ),
            Grain::Year => {
                stretch(date(today.year(), 1, 1)?.checked_sub(count.years()).ok()?, 1.year(), true)
            }
            _ => None,
        }?;
        Some((when, next + 1))
    }

    fn last_weekday(&self, day: i8) -> Option<When> {
        let today = self.calendar.as_of;
        let wanted = Weekday::from_monday_one_offset(day).ok()?;
        let back = (1..=7_i64).find(|back| {
            today.checked_sub(back.days()).is_ok_and(|date: Date| date.weekday() == wanted)
        })?;
        stretch(today.checked_sub(back.days()).ok()?, 1.day(), true)
    }

    /// The last complete `count` units before today.
    pub(super) fn last(&self, count: i64, unit: Grain) -> Option<When> {
        let today = self.calendar.as_of;
        let (after, span) = match unit {
            Grain::Day => (today, count.days()),
            Grain::IsoWeek => (monday(today)?, count.weeks()),
            Grain::Month => (today.first_of_month(), count.months()),
            Grain::Quarter => (quarter_start(today)?, (count * 3).months()),
            Grain::Year => (date(today.year(), 1, 1)?, count.years()),
            Grain::Hour if count % 24 == 0 => (today, (count / 24).days()),
            _ => return None,
        };
        days(after.checked_sub(span).ok()?, after, true)
    }

    pub(super) fn relative(&self, view: &View<'_>, at: usize) -> Found {
        let T::Relative(relative) = view.word(at)? else { return None };
        Some((self.resolve(relative)?, at + 1))
    }

    fn resolve(&self, relative: Relative) -> Option<When> {
        use Relative as R;
        let today = self.calendar.as_of;
        let month = today.first_of_month();
        let quarter = quarter_start(today)?;
        let year = date(today.year(), 1, 1)?;
        let half = date(today.year(), if today.month() > 6 { 7 } else { 1 }, 1)?;
        let kind = |kind| Some(When { kind, resolved: true, anchor: None });
        let ago = |count: i64| today.checked_sub(count.days()).ok();
        match relative {
            R::Today => stretch(today, 1.day(), true),
            R::Tomorrow => stretch(today.tomorrow().ok()?, 1.day(), true),
            R::Yesterday => stretch(ago(1)?, 1.day(), true),
            R::DayBefore => stretch(ago(2)?, 1.day(), true),
            R::ThisWeek => stretch(monday(today)?, 1.week(), true),
            R::LastWeek => self.last(1, Grain::IsoWeek),
            R::WeekBeforeLast => stretch(monday(ago(14)?)?, 1.week(), true),
            R::NextWeek => stretch(monday(today.checked_add(1.week()).ok()?)?, 1.week(), true),
            R::ThisMonth => stretch(month, 1.month(), true),
            R::LastMonth => self.last(1, Grain::Month),
            R::MonthBeforeLast => stretch(month.checked_sub(2.months()).ok()?, 1.month(), true),
            R::NextMonth => stretch(month.checked_add(1.month()).ok()?, 1.month(), true),
            R::ThisQuarter => stretch(quarter, 3.months(), true),
            R::LastQuarter => self.last(1, Grain::Quarter),
            R::NextQuarter => stretch(quarter.checked_add(3.months()).ok()?, 3.months(), true),
            R::ThisHalf => stretch(half, 6.months(), true),
            R::LastHalf => stretch(half.checked_sub(6.months()).ok()?, 6.months(), true),
            R::ThisYear => stretch(year, 1.year(), true),
            R::LastYear => self.last(1, Grain::Year),
            R::YearBeforeLast => stretch(year.checked_sub(2.years()).ok()?, 1.year(), true),
            R::NextYear => stretch(year.checked_add(1.year()).ok()?, 1.year(), true),
            R::ThisFiscalYear | R::LastFiscalYear => {
                let back = i16::from(relative == R::LastFiscalYear);
                stretch(self.fiscal_first(self.fiscal_year_of(today) - back)?, 1.year(), true)
            }
            R::ThisFiscalQuarter => self.fiscal_quarter(0),
            R::LastFiscalQuarter => self.fiscal_quarter(1),
            R::FiscalYearToDate => self.fiscal_to_date(),
            // On the first day, "to date" means that day.
            R::YearToDate => to_date(year, today),
            R::MonthToDate => to_date(month, today),
            R::QuarterToDate => to_date(quarter, today),
            R::WeekToDate => to_date(monday(today)?, today),
            R::All => kind(WhenKind::All),
            R::PrecedingMonth
            | R::PrecedingWeek
            | R::PrecedingQuarter
            | R::PrecedingDay
            | R::Preceding
            | R::YearAgo => kind(WhenKind::Before(relative)),
        }
    }
}

fn to_date(first: Date, today: Date) -> Option<When> {
    days(first, today.max(first.tomorrow().ok()?), true)
}

/// A count of a unit: "7 days", "3개월", "일주일", and a bare unit after "last" or "past".
pub(super) fn counted(view: &View<'_>, at: usize) -> Option<(i64, Grain, usize)> {
    if let Some(T::Span(count, unit)) = view.word(at) {
        return Some((i64::from(count), unit, at + 1));
    }
    if let Some(T::Unit(unit)) = view.word(at) {
        return Some((1, unit, at + 1));
    }
    // "last 3 full months", "last 4 complete weeks".
    let count = view.count(at)?;
    match view.word(at + 1)? {
        T::Unit(unit) => Some((count, unit, at + 2)),
        T::DayMark => Some((count, Grain::Day, at + 2)),
        T::QuarterMark => Some((count, Grain::Quarter, at + 2)),
        T::YearMark => Some((count, Grain::Year, at + 2)),
        _ => None,
    }
}
