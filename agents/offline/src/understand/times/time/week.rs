//! ISO weeks by number, and weeks by a day in them.

use jiff::ToSpan;
use wherefore_contract::{dimension::Grain, period::Period};

use super::{Found, Reader, View, days, iso_week, monday};
use crate::understand::word::{Meaning, TimeWord as T, WhenKind};

impl Reader<'_> {
    /// "week 36", "W36 2024", "2024년 36주차", "the week of September 9", "week ending 15 September".
    pub(super) fn week(&self, view: &View<'_>, at: usize) -> Found {
        self.week_of_day(view, at).or_else(|| self.numbered_week(view, at))
    }

    fn numbered_week(&self, view: &View<'_>, at: usize) -> Found {
        let before = view.year(at);
        let marked = usize::from(before.is_some() && view.is(at + 1, T::YearMark));
        let from = at + usize::from(before.is_some()) + marked;
        let unit = T::Unit(Grain::IsoWeek);
        let (week, next) = match view.at(from)? {
            Meaning::Word(T::IsoWeek(week)) => (*week, from + 1),
            Meaning::Word(T::Unit(Grain::IsoWeek)) if view.follows(from + 1) => {
                // "ISO 45주".
                let again = view.is(from + 2, unit) && view.glued(from + 2);
                let marked = view.is(from + 2, T::WeekMark);
                (view.small(from + 1, 53)?, from + 2 + usize::from(again || marked))
            }
            _ => {
                let week = view.small(from, 53)?;
                let ordinal = matches!(view.word(from), Some(T::Nth(_)));
                // "ISO 45주".
                let iso = self.before.last().is_some_and(|item| {
                    let word = view.text.get(item.start..item.end).unwrap_or_default();
                    word.eq_ignore_ascii_case("iso") && view.is(from + 1, unit)
                });
                let named =
                    iso || view.is(from + 1, T::WeekMark) || (ordinal && view.is(from + 1, unit));
                if !named {
                    return None;
                }
                (week, from + 2)
            }
        };
        if let Some(year) = before {
            return Some((iso_week(year, week)?, next));
        }
        if let Some(year) = view.year(next) {
            return Some((iso_week(year, week)?, next + 1));
        }
        // Without a year: the latest loaded one that has begun.
        let today = self.calendar.as_of;
        let period = |when: &super::When| match when.kind {
            WhenKind::Period(period) => Some(period),
            WhenKind::Before(_) | WhenKind::All => None,
        };
        let candidates: Vec<super::When> = (0..4_i16)
            .filter_map(|back| iso_week(today.year() - back, week))
            .filter(|when| period(when).is_some_and(|p| p.start().date() <= today))
            .collect();
        let loaded = candidates.iter().find(|when| {
            let cover = self.calendar.coverage;
            period(when).is_some_and(|p| cover.is_some_and(|cover| cover.overlaps(p)))
        });
        let mut when = *loaded.or(candidates.first())?;
        when.resolved = true;
        Some((when, next))
    }

    // "week of September 9" is the ISO week that holds it; "week starting …" begins with the day.
    fn week_of_day(&self, view: &View<'_>, at: usize) -> Found {
        if !view.is(at, T::Unit(Grain::IsoWeek)) {
            return None;
        }
        let starting = view.is(at + 1, T::Starting) || view.at(at + 1) == Some(&Meaning::Since);
        let ending = view.is(at + 1, T::Ending);
        let (when, next) = self.day_expression(view, at + 1 + usize::from(starting || ending))?;
        // "the week of November 6-12" says its days.
        if view.joins(next) && view.small(next + 1, 31).is_some() {
            return Some((when, next));
        }
        let WhenKind::Period(day) = when.kind else { return None };
        let day = day.start().date();
        let first = if starting {
            day
        } else if ending {
            day.checked_sub(6.days()).ok()?
        } else {
            monday(day)?
        };
        let week = days(first, first.checked_add(1.week()).ok()?, true)?;
        let held = Period::of_days(first, first.checked_add(1.week()).ok()?).is_ok();
        held.then_some((week, next))
    }
}
