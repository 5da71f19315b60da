//! Puts words of time together into periods, relative to the day of the question and to what is loaded.

use jiff::{
    Span, ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};
use wherefore_contract::{dimension::Grain, period::Period};

use super::word::{Item, Meaning, Relative, TimeWord as T, When, WhenKind};

mod earlier;
mod range;

pub(crate) use earlier::{before, preceding};

/// What relative words are resolved against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    pub as_of: Date,
    /// First to after the last loaded moment.
    pub coverage: Option<Period>,
}

/// Replaces words of time by the periods they mean.
pub(crate) fn fold(items: &[Item], calendar: Calendar, compares: bool) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut rest = items;
    let mut anchor = None;
    while let Some(first) = rest.first() {
        let reader = Reader { calendar, anchor };
        if let Some((when, used)) = reader.expression(rest, out.last()) {
            let end = rest.get(used.saturating_sub(1)).map_or(first.end, |item| item.end);
            anchor = when.anchor.or(anchor);
            out.push(Item { meaning: Meaning::When(when), end, ..first.clone() });
            rest = rest.get(used..).unwrap_or_default();
        } else {
            out.push(first.clone());
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    range::fold(&out, calendar, compares)
}

#[derive(Debug, Clone, Copy)]
struct Reader {
    calendar: Calendar,
    /// The month of the last date, which a bare day belongs to.
    anchor: Option<Date>,
}

type Found = Option<(When, usize)>;

fn whole(period: Period, resolved: bool) -> When {
    let anchor = Some(period.start().date());
    When { kind: WhenKind::Period(period), resolved, anchor }
}

fn days(first: Date, after: Date, resolved: bool) -> Option<When> {
    Period::of_days(first, after).ok().map(|period| whole(period, resolved))
}

fn stretch(first: Date, length: Span, resolved: bool) -> Option<When> {
    days(first, first.checked_add(length).ok()?, resolved)
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

// Meanings without the fillers between them, each with the count of items up to its end.
fn dense(items: &[Item], limit: usize) -> Vec<(&Meaning, usize)> {
    let mut out = Vec::new();
    for (index, item) in items.iter().enumerate().take(limit * 2) {
        let skipped = index > 0 && matches!(item.meaning, Meaning::Filler | Meaning::Particle);
        if !skipped {
            out.push((&item.meaning, index + 1));
        }
        if out.len() == limit {
            break;
        }
    }
    out
}

fn year_of(meaning: &Meaning) -> Option<i16> {
    match meaning {
        Meaning::Number { value: value @ 1990..=2100, digits: 4 } => i16::try_from(*value).ok(),
        _ => None,
    }
}

fn small(meaning: &Meaning, most: i8) -> Option<i8> {
    match meaning {
        Meaning::Number { value, .. } => {
            i8::try_from(*value).ok().filter(|value| (1..=most).contains(value))
        }
        _ => None,
    }
}

impl Reader {
    fn expression(self, items: &[Item], before: Option<&Item>) -> Found {
        let view = dense(items, 8);
        Self::numeric(items)
            .or_else(|| self.korean(&view))
            .or_else(|| self.half_of(&view))
            .or_else(|| self.english(&view))
            .or_else(|| self.quarter(&view))
            .or_else(|| self.recent(&view))
            .or_else(|| self.week(&view))
            .or_else(|| self.relative(&view))
            .or_else(|| self.bare(&view, before))
    }

    // 2024-09-15, 2024/09, 2024.9.1 and 2024-W36.
    fn numeric(items: &[Item]) -> Found {
        let at = |index: usize| items.get(index);
        let joined = |index: usize| at(index).is_some_and(|item| item.glued);
        let year = year_of(&at(0)?.meaning)?;
        let mark = |index: usize| at(index).is_some_and(|item| item.meaning == Meaning::Mark);
        if !(mark(1) && joined(1) && joined(2)) {
            return None;
        }
        if let Meaning::Word(T::IsoWeek(week)) = at(2)?.meaning {
            return Some((iso_week(year, week)?, 3));
        }
        let month = small(&at(2)?.meaning, 12)?;
        if mark(3)
            && joined(3)
            && joined(4)
            && let Some(day) = at(4).and_then(|item| small(&item.meaning, 31))
        {
            return Some((stretch(date(year, month, day)?, 1.day(), false)?, 5));
        }
        Some((stretch(date(year, month, 1)?, 1.month(), false)?, 3))
    }

    // 2024년 9월 15일, 2024년 3분기, 2024년 상반기, 9월, 9월 15일, 24년 9월.
    fn korean(self, view: &[(&Meaning, usize)]) -> Found {
        let at = |index: usize| view.get(index).map(|(meaning, _)| *meaning);
        let used = |index: usize| view.get(index).map_or(0, |(_, used)| *used);
        let is = |index: usize, word: T| at(index) == Some(&Meaning::Word(word));
        let number = at(0)?;
        let (year, from) = match (number, is(1, T::YearMark)) {
            (Meaning::Number { value, digits: 2 }, true) => {
                (Some(2000 + i16::try_from(*value).ok()?), 2)
            }
            (_, true) => (Some(year_of(number)?), 2),
            _ => match (number, at(1)) {
                (Meaning::Word(T::Relative(Relative::ThisYear)), Some(_)) => {
                    (Some(self.calendar.as_of.year()), 1)
                }
                (Meaning::Word(T::Relative(Relative::LastYear)), Some(_)) => {
                    (Some(self.calendar.as_of.year() - 1), 1)
                }
                _ => (None, 0),
            },
        };
        if let Some(month) =
            at(from).and_then(|word| small(word, 12)).filter(|_| is(from + 1, T::MonthMark))
        {
            let (first, resolved) = self.month(year, month)?;
            if let Some(day) =
                at(from + 2).and_then(|word| small(word, 31)).filter(|_| is(from + 3, T::DayMark))
            {
                let day = date(first.year(), first.month(), day)?;
                return Some((stretch(day, 1.day(), resolved)?, used(from + 3)));
            }
            for (word, half) in [(T::FirstHalf, 1), (T::SecondHalf, 2)] {
                if is(from + 2, word) {
                    return Some((half_month(first, half, resolved)?, used(from + 2)));
                }
            }
            if let Some(week) =
                at(from + 2).and_then(|word| small(word, 5)).filter(|_| is(from + 3, T::WeekMark))
            {
                return Some((week_of_month(first, week)?, used(from + 3)));
            }
            return Some((stretch(first, 1.month(), resolved)?, used(from + 1)));
        }
        if let Some(quarter) =
            at(from).and_then(|word| small(word, 4)).filter(|_| is(from + 1, T::QuarterMark))
        {
            return Some((self.quarter_of(year, quarter)?, used(from + 1)));
        }
        if let Some(Meaning::Word(T::Half(half))) = at(from) {
            return Some((self.half(year, *half)?, used(from)));
        }
        let explicit = year.filter(|_| from == 2)?;
        Some((stretch(date(explicit, 1, 1)?, 1.year(), false)?, used(1)))
    }

    // "first half of September", "second half of 2024".
    fn half_of(self, view: &[(&Meaning, usize)]) -> Found {
        let half = match view.first()?.0 {
            Meaning::Word(T::FirstHalf) => 1,
            Meaning::Word(T::SecondHalf) => 2,
            _ => return None,
        };
        let rest: Vec<_> = view.get(1..).unwrap_or_default().to_vec();
        if let Some((year, used)) =
            rest.first().and_then(|(word, used)| Some((year_of(word)?, *used)))
        {
            return Some((self.half(Some(year), half)?, used));
        }
        let (when, used) =
            self.english(&rest).or_else(|| self.korean(&rest)).or_else(|| self.relative(&rest))?;
        let WhenKind::Period(period) = when.kind else { return None };
        let first = period.start().date();
        if period.single_month().is_some() {
            return Some((half_month(first, half, when.resolved)?, used));
        }
        (period.days() > 360).then(|| self.half(Some(first.year()), half))?.map(|when| (when, used))
    }

    // September, September 2024, September 15, 2024, 15 September 2024.
    fn english(self, view: &[(&Meaning, usize)]) -> Found {
        let at = |index: usize| view.get(index).map(|(meaning, _)| *meaning);
        let used = |index: usize| view.get(index).map_or(0, |(_, used)| *used);
        let month_at = |index: usize| match at(index) {
            Some(Meaning::Word(T::Month(month))) => Some(*month),
            _ => None,
        };
        // A year may stand after a comma.
        let year_at = |index: usize| match at(index) {
            Some(Meaning::And) => at(index + 1).and_then(year_of).map(|year| (year, index + 1)),
            Some(word) => year_of(word).map(|year| (year, index)),
            None => None,
        };
        if let (Some(day), Some(month)) = (at(0).and_then(|word| small(word, 31)), month_at(1)) {
            let (year, last) = year_at(2).map_or((None, 1), |(year, at)| (Some(year), at));
            let (first, resolved) = self.month(year, month)?;
            let day = date(first.year(), first.month(), day)?;
            return Some((stretch(day, 1.day(), resolved)?, used(last)));
        }
        let month = month_at(0)?;
        if let Some(day) = at(1).and_then(|word| small(word, 31)) {
            let (year, last) = year_at(2).map_or((None, 1), |(year, at)| (Some(year), at));
            let (first, resolved) = self.month(year, month)?;
            let day = date(first.year(), first.month(), day)?;
            return Some((stretch(day, 1.day(), resolved)?, used(last)));
        }
        let (year, last) = year_at(1).map_or((None, 0), |(year, at)| (Some(year), at));
        let (first, resolved) = self.month(year, month)?;
        Some((stretch(first, 1.month(), resolved)?, used(last)))
    }

    // Q3, Q3 2024, 2024 Q3, third quarter of 2024, H1 2024, 2024 H1.
    fn quarter(self, view: &[(&Meaning, usize)]) -> Found {
        let at = |index: usize| view.get(index).map(|(meaning, _)| *meaning);
        let used = |index: usize| view.get(index).map_or(0, |(_, used)| *used);
        let unit = Meaning::Word(T::Unit(Grain::Quarter));
        let part = |index: usize| match at(index)? {
            Meaning::Word(T::Quarter(quarter)) => Some((false, *quarter, index)),
            Meaning::Word(T::Half(half)) => Some((true, *half, index)),
            word if at(index + 1) == Some(&unit) => Some((false, small(word, 4)?, index + 1)),
            Meaning::First if at(index + 1) == Some(&unit) => Some((false, 1, index + 1)),
            _ => None,
        };
        let of = |year, half: bool, number| {
            if half { self.half(year, number) } else { self.quarter_of(year, number) }
        };
        if let Some(year) = at(0).and_then(year_of) {
            let mark = usize::from(at(1) == Some(&Meaning::Mark));
            let (half, number, last) = part(1 + mark)?;
            return Some((of(Some(year), half, number)?, used(last)));
        }
        let (half, number, last) = part(0)?;
        match at(last + 1).and_then(year_of) {
            Some(year) => Some((of(Some(year), half, number)?, used(last + 1))),
            None => Some((of(None, half, number)?, used(last))),
        }
    }

    // "last 7 days", "최근 3개월": they end with the last loaded day when the data end before today.
    fn recent(self, view: &[(&Meaning, usize)]) -> Found {
        let (first, second, third) = (view.first()?, view.get(1)?, view.get(2));
        let recent = |word: &Meaning| matches!(word, Meaning::Word(T::Recent) | Meaning::Rank(_));
        if !recent(first.0) {
            return None;
        }
        let (count, unit, used) = match (second.0, third) {
            (Meaning::Number { value, .. }, Some((Meaning::Word(T::Unit(unit)), used))) => {
                (i64::try_from(*value).ok()?, *unit, *used)
            }
            (Meaning::Number { value, .. }, Some((Meaning::Word(T::DayMark), used))) => {
                (i64::try_from(*value).ok()?, Grain::Day, *used)
            }
            (Meaning::Word(T::Unit(unit)), _) if *first.0 == Meaning::Word(T::Recent) => {
                (1, *unit, second.1)
            }
            _ => return None,
        };
        if !(1..=400).contains(&count) {
            return None;
        }
        Some((self.last(count, unit)?, used))
    }

    fn last(self, count: i64, unit: Grain) -> Option<When> {
        let today = self.calendar.as_of;
        match unit {
            Grain::Month => {
                let after = today.first_of_month();
                days(after.checked_sub(count.months()).ok()?, after, true)
            }
            Grain::Quarter => {
                let after = quarter_start(today)?;
                days(after.checked_sub((count * 3).months()).ok()?, after, true)
            }
            Grain::Year => {
                let after = date(today.year(), 1, 1)?;
                days(after.checked_sub(count.years()).ok()?, after, true)
            }
            Grain::IsoWeek => {
                let after = monday(today)?;
                days(after.checked_sub(count.weeks()).ok()?, after, true)
            }
            Grain::Day => {
                let loaded = self.calendar.coverage.map_or(today, day_after);
                let after = today.min(loaded);
                days(after.checked_sub(count.days()).ok()?, after, true)
            }
            Grain::Hour | Grain::Weekday | Grain::WeekPart | Grain::HourOfDay => None,
        }
    }

    // "week 36", "W36 2024", "36주차".
    fn week(self, view: &[(&Meaning, usize)]) -> Found {
        let at = |index: usize| view.get(index).map(|(meaning, _)| *meaning);
        let used = |index: usize| view.get(index).map_or(0, |(_, used)| *used);
        let (week, last) = match (at(0)?, at(1)) {
            (Meaning::Word(T::IsoWeek(week)), _) => (*week, 0),
            (Meaning::Word(T::Unit(Grain::IsoWeek)), Some(number))
            | (number, Some(Meaning::Word(T::WeekMark))) => (small(number, 53)?, 1),
            _ => return None,
        };
        if let Some(year) = at(last + 1).and_then(year_of) {
            return Some((iso_week(year, week)?, used(last + 1)));
        }
        let mut when = iso_week(self.latest_year(), week)?;
        when.resolved = true;
        Some((when, used(last)))
    }

    fn relative(self, view: &[(&Meaning, usize)]) -> Found {
        let (word, used) = view.first()?;
        let Meaning::Word(T::Relative(relative)) = word else { return None };
        Some((self.resolve(*relative)?, *used))
    }

    fn resolve(self, relative: Relative) -> Option<When> {
        use Relative as R;
        let today = self.calendar.as_of;
        let tomorrow = today.tomorrow().ok()?;
        let month = today.first_of_month();
        let kind = |kind| Some(When { kind, resolved: true, anchor: None });
        match relative {
            R::Today => stretch(today, 1.day(), true),
            R::Yesterday => stretch(today.yesterday().ok()?, 1.day(), true),
            R::DayBefore => stretch(today.checked_sub(2.days()).ok()?, 1.day(), true),
            R::ThisWeek => stretch(monday(today)?, 1.week(), true),
            R::LastWeek => self.last(1, Grain::IsoWeek),
            R::ThisMonth => stretch(month, 1.month(), true),
            R::LastMonth => self.last(1, Grain::Month),
            R::MonthBeforeLast => stretch(month.checked_sub(2.months()).ok()?, 1.month(), true),
            R::ThisQuarter => stretch(quarter_start(today)?, 3.months(), true),
            R::LastQuarter => self.last(1, Grain::Quarter),
            R::ThisYear => stretch(date(today.year(), 1, 1)?, 1.year(), true),
            R::LastYear => self.last(1, Grain::Year),
            // On the first of a year, month or quarter, "to date" means the one that has just ended.
            R::YearToDate => to_date(date(today.year(), 1, 1)?, today, tomorrow),
            R::MonthToDate => to_date(month, today, tomorrow),
            R::QuarterToDate => to_date(quarter_start(today)?, today, tomorrow),
            R::All => kind(WhenKind::All),
            R::PrecedingMonth
            | R::PrecedingWeek
            | R::PrecedingQuarter
            | R::PrecedingDay
            | R::Preceding
            | R::YearAgo => kind(WhenKind::Before(relative)),
        }
    }

    // "in 2024", "15일까지".
    fn bare(self, view: &[(&Meaning, usize)], before: Option<&Item>) -> Found {
        let (word, used) = view.first()?;
        if let Some(year) = year_of(word) {
            let taken = matches!(before.map(|item| &item.meaning), Some(Meaning::Rank(_)));
            return (!taken)
                .then(|| stretch(date(year, 1, 1)?, 1.year(), false))?
                .map(|w| (w, *used));
        }
        let day = small(word, 31)?;
        let marked = matches!(view.get(1), Some((Meaning::Word(T::DayMark), _)));
        let anchor = self.anchor?;
        let after_range =
            matches!(before.map(|item| &item.meaning), Some(Meaning::Range | Meaning::To));
        if !(marked || after_range) {
            return None;
        }
        let used = if marked { view.get(1).map_or(*used, |(_, used)| *used) } else { *used };
        Some((stretch(date(anchor.year(), anchor.month(), day)?, 1.day(), true)?, used))
    }

    fn latest_year(self) -> i16 {
        self.calendar.coverage.map_or(self.calendar.as_of, |period| period.end().date()).year()
    }

    // A month without its year is the latest loaded one that has begun by the day of the question.
    fn month(self, year: Option<i16>, month: i8) -> Option<(Date, bool)> {
        if let Some(year) = year {
            return Some((date(year, month, 1)?, false));
        }
        let today = self.calendar.as_of;
        let candidates: Vec<Date> = (0..4)
            .filter_map(|back| date(today.year() - back, month, 1))
            .filter(|d| *d <= today)
            .collect();
        let loaded = candidates.iter().find(|first| {
            self.calendar.coverage.is_some_and(|cover| cover.overlaps(Period::month_of(**first)))
        });
        Some((*loaded.or(candidates.first())?, true))
    }

    fn quarter_of(self, year: Option<i16>, quarter: i8) -> Option<When> {
        let (first, resolved) = self.month(year, quarter * 3 - 2)?;
        stretch(first, 3.months(), resolved)
    }

    fn half(self, year: Option<i16>, half: i8) -> Option<When> {
        let (first, resolved) = self.month(year, half * 6 - 5)?;
        stretch(first, 6.months(), resolved)
    }
}

fn to_date(first: Date, today: Date, tomorrow: Date) -> Option<When> {
    days(first, if today > first { today } else { tomorrow }, true)
}

/// The day after the last loaded hour's day.
pub(crate) fn day_after(period: Period) -> Date {
    let end = period.end();
    let midnight = end.time() == jiff::civil::Time::midnight();
    if midnight { end.date() } else { end.date().tomorrow().unwrap_or(end.date()) }
}

fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

fn quarter_start(day: Date) -> Option<Date> {
    date(day.year(), (day.month() - 1) / 3 * 3 + 1, 1)
}

fn iso_week(year: i16, week: i8) -> Option<When> {
    let first = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
    stretch(first, 1.week(), false)
}

// Halves of a month part after the fifteenth, as closing calendars do.
fn half_month(first: Date, half: i8, resolved: bool) -> Option<When> {
    let middle = date(first.year(), first.month(), 16)?;
    let after = first.checked_add(1.month()).ok()?;
    if half == 1 { days(first, middle, resolved) } else { days(middle, after, resolved) }
}

fn week_of_month(first: Date, week: i8) -> Option<When> {
    let start = first.checked_add(i64::from((week - 1) * 7).days()).ok()?;
    let after = first.checked_add(1.month()).ok()?;
    days(start, start.checked_add(1.week()).ok()?.min(after), true)
}
