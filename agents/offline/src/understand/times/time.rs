//! Puts words of time together into periods, relative to the day of the question and to what is loaded.

use jiff::{
    Span, ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};
use wherefore_contract::{dimension::Grain, period::Period};

use super::super::word::{Item, Meaning, TimeWord as T, When, WhenKind};
use crate::request::Known;
use view::View;

mod clock;
mod earlier;
mod fiscal;
mod named;
mod numeric;
mod part;
mod range;
mod recent;
mod spoken;
mod view;
mod week;

pub(crate) use earlier::{before, preceding};
pub(crate) use spoken::settle as settle_spoken;

/// What relative words are resolved against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    pub as_of: Date,
    /// First to after the last loaded moment.
    pub coverage: Option<Period>,
    /// The month in which a fiscal year begins.
    pub fiscal_start: i8,
}

impl Calendar {
    pub(crate) fn new(as_of: Date, known: &Known) -> Self {
        Self {
            as_of,
            coverage: known.description.coverage,
            fiscal_start: known.fiscal_start.month(),
        }
    }
}

/// Replaces words of time by the periods they mean. Words of time that narrow the question and fit
/// no period become unknown words, so that they are not dropped silently.
pub(crate) fn fold(text: &str, items: &[Item], calendar: Calendar, compares: bool) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut rest = items;
    let mut anchor = None;
    while let Some(first) = rest.first() {
        let reader = Reader { calendar, anchor, before: &out };
        let view = View::new(text, rest);
        if reader.says_days(&view) {
            // "the week of 18-24 May": the days say all.
            out.push(Item { meaning: Meaning::Filler, ..first.clone() });
            rest = rest.get(1..).unwrap_or_default();
        } else if starts(first)
            && let Some((when, next)) = reader.expression(&view)
        {
            let used = view.taken(next).max(1);
            let end = rest.get(used - 1).map_or(first.end, |item| item.end);
            anchor = when.anchor.map(|day| (day, !when.resolved)).or(anchor);
            out.push(Item { meaning: Meaning::When(when), end, ..first.clone() });
            rest = rest.get(used..).unwrap_or_default();
        } else {
            out.push(first.clone());
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    let mut folded = range::fold(text, &out, calendar, compares);
    for item in &mut folded {
        settle(text, item);
    }
    folded
}

// Only these begin an expression of time.
fn starts(item: &Item) -> bool {
    matches!(
        item.meaning,
        Meaning::Word(_) | Meaning::Number { .. } | Meaning::First | Meaning::Last | Meaning::Mark
    )
}

// What became of words that no period took.
fn settle(text: &str, item: &mut Item) {
    let Meaning::Word(word) = item.meaning else { return };
    let said = text.get(item.start..item.end).unwrap_or_default();
    let digits = said.starts_with(|c: char| c.is_ascii_digit());
    item.meaning = match word {
        T::Nth(nth) if digits => {
            Meaning::Number { value: u64::from(nth.unsigned_abs()), digits: 2 }
        }
        T::Span(1, _) => Meaning::Filler,
        // "the last day with cost".
        T::Recent if said.eq_ignore_ascii_case("last") => Meaning::Last,
        T::Before => Meaning::Until,
        T::After | T::Starting => Meaning::Since,
        T::Nth(nth) if nth > 0 => Meaning::Ordinal(u32::from(nth.unsigned_abs())),
        T::Nth(_)
        | T::FirstHalf
        | T::SecondHalf
        | T::Third(_)
        | T::WeekOfMonth(_)
        | T::Span(..)
        | T::Ago
        | T::Fiscal
        | T::HourMark
        | T::Clock(_)
        | T::Morning
        | T::Afternoon
        | T::Month(_)
        | T::Half(_)
        | T::Quarter(_)
        | T::IsoWeek(_) => Meaning::Unknown,
        _ => return,
    };
}

/// Reads one expression of time.
struct Reader<'a> {
    calendar: Calendar,
    /// The day that was named last, and whether its year was written.
    anchor: Option<(Date, bool)>,
    /// What was read before.
    before: &'a [Item],
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

/// The day after the last loaded hour's day.
pub(crate) fn day_after(period: Period) -> Date {
    let end = period.end();
    let midnight = end.time() == jiff::civil::Time::midnight();
    if midnight { end.date() } else { end.date().tomorrow().unwrap_or(end.date()) }
}

impl Reader<'_> {
    fn expression(&self, view: &View<'_>) -> Found {
        self.clock(view, 0)
            .or_else(|| self.part_first(view, 0))
            .or_else(|| self.week(view, 0))
            .or_else(|| {
                let (when, next) = self.base(view, 0)?;
                Some(Self::narrowed(view, when, next))
            })
            .or_else(|| {
                let (when, next) = self.elided(view)?;
                Some(Self::narrowed(view, when, next))
            })
    }

    /// A whole period, without what narrows it.
    fn base(&self, view: &View<'_>, at: usize) -> Found {
        self.numeric(view, at)
            .or_else(|| self.fiscal(view, at))
            .or_else(|| self.day(view, at))
            .or_else(|| self.month(view, at))
            .or_else(|| self.quarter(view, at))
            .or_else(|| self.half_year(view, at))
            .or_else(|| self.recent(view, at))
            .or_else(|| self.relative(view, at))
            .or_else(|| self.year(view, at))
    }

    /// A day, in any spelling.
    fn day_expression(&self, view: &View<'_>, at: usize) -> Found {
        let found = self
            .numeric(view, at)
            .or_else(|| self.day(view, at))
            .or_else(|| self.relative(view, at))?;
        matches!(found.0.kind, WhenKind::Period(period) if period.days() == 1).then_some(found)
    }

    // What stands behind a period and narrows it: a part, or an hour.
    // Whether "week" stands before the days that it is made of.
    fn says_days(&self, view: &View<'_>) -> bool {
        view.is(0, T::Unit(Grain::IsoWeek))
            && view.small(1, 31).is_some()
            && view.joins(2)
            && view.small(3, 31).is_some()
            && (matches!(view.word(4), Some(T::Month(_))) || self.anchor.is_some())
    }

    fn narrowed(view: &View<'_>, when: When, next: usize) -> (When, usize) {
        if let Some(found) = Self::with_hour(view, when, next) {
            return found;
        }
        Self::part_after(view, when, next).unwrap_or((when, next))
    }

    /// The last word before this expression that carries something.
    fn led_by(&self) -> Option<&Meaning> {
        let carries = |item: &&Item| !matches!(item.meaning, Meaning::Filler | Meaning::Particle);
        self.before.iter().rev().find(carries).map(|item| &item.meaning)
    }

    /// Whether a word of range or list stands before.
    fn after_join(&self) -> bool {
        let mut last = self
            .before
            .iter()
            .rev()
            .filter(|item| !matches!(item.meaning, Meaning::Filler | Meaning::Particle));
        let joins = last.next().is_some_and(|item| {
            matches!(
                item.meaning,
                Meaning::Range
                    | Meaning::To
                    | Meaning::And
                    | Meaning::Since
                    | Meaning::From
                    | Meaning::Mark
                    | Meaning::Until
                    | Meaning::Compare
            )
        });
        joins && last.next().is_some_and(|item| matches!(item.meaning, Meaning::When(_)))
    }
}

#[cfg(test)]
mod tests;
