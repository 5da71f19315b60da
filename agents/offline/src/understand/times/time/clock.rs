//! Hours of a day: "9월 3일 14시", "3 September at 14:00", "오후 2시".

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use wherefore_contract::{dimension::Grain, period::Period};

use super::{Found, Reader, View, When, WhenKind};
use crate::understand::word::{Meaning, TimeWord as T};

/// The hour of a day.
pub(super) fn hour_of(day: Date, hour: i32) -> Option<When> {
    let start = day.to_datetime(Time::new(i8::try_from(hour).ok()?, 0, 0, 0).ok()?);
    let period = Period::new(start, start.checked_add(1.hour()).ok()?).ok()?;
    Some(When { kind: WhenKind::Period(period), resolved: false, anchor: Some(day) })
}

/// The hour that the words at `at` name, and the place after them.
pub(super) fn hour(view: &View<'_>, at: usize) -> Option<(i32, usize)> {
    if let Some(T::Clock(hour)) = view.word(at) {
        return Some((hour.into(), at + 1));
    }
    let (half, from) = match view.word(at) {
        Some(T::Morning) => (Some(false), at + 1),
        Some(T::Afternoon) => (Some(true), at + 1),
        _ => (None, at),
    };
    let value = match view.at(from)? {
        Meaning::Number { value, digits } if *digits <= 2 => i32::try_from(*value).ok()?,
        _ => return None,
    };
    let of = |hour: i32, half: Option<bool>| match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let colon = view.mark(from + 1, &[':']) && view.glued(from + 1) && view.glued(from + 2);
    let (half, next) = if view.is(from + 1, T::HourMark) {
        (half, from + 2)
    } else if colon && matches!(view.at(from + 2), Some(Meaning::Number { digits: 2, .. })) {
        let after = from + 3;
        match view.word(after) {
            Some(T::Morning) => (Some(false), after + 1),
            Some(T::Afternoon) => (Some(true), after + 1),
            _ => (half, after),
        }
    } else {
        match view.word(from + 1) {
            Some(T::Morning) => (Some(false), from + 2),
            Some(T::Afternoon) => (Some(true), from + 2),
            _ => return None,
        }
    };
    let hour = of(value, half);
    (0..24).contains(&hour).then_some((hour, next))
}

impl Reader<'_> {
    /// An hour before its day, or after the day that was named last.
    pub(super) fn clock(&self, view: &View<'_>, at: usize) -> Found {
        let (value, next) = hour(view, at)?;
        if let Some((when, end)) = self.day_expression(view, next) {
            return Some((hour_of(period_of(&when)?.start().date(), value)?, end));
        }
        // "between 14:00 and 16:00 on 3 September": the day stands after the second hour.
        if view.joins(next)
            && let Some((_, second)) = hour(view, next + 1)
            && let Some((when, _)) = self.day_expression(view, second)
        {
            return Some((hour_of(period_of(&when)?.start().date(), value)?, next));
        }
        let stated = self.anchor.map(|(day, _)| day).filter(|_| self.after_join());
        // Where one day is loaded, an hour is one of it.
        let day = stated.or_else(|| {
            let loaded = self.calendar.coverage.filter(|loaded| loaded.hours() <= 24)?;
            let ends = super::day_after(loaded) == loaded.start().date().tomorrow().ok()?;
            ends.then(|| loaded.start().date())
        })?;
        Some((hour_of(day, value)?, next))
    }

    /// The hour that follows a day.
    pub(super) fn with_hour(view: &View<'_>, when: When, next: usize) -> Option<(When, usize)> {
        let period = period_of(&when)?;
        if period.days() != 1 {
            return None;
        }
        // "9월 23일 주": the ISO week that holds the day.
        if view.is(next, T::Unit(Grain::IsoWeek)) && view.text_at(next) == "주" {
            let first = super::monday(period.start().date())?;
            return Some((super::stretch(first, 1.week(), true)?, next + 1));
        }
        let (value, end) = hour(view, next)?;
        let mut hour = hour_of(period.start().date(), value)?;
        hour.resolved = when.resolved;
        Some((hour, end))
    }
}

fn period_of(when: &When) -> Option<Period> {
    match when.kind {
        WhenKind::Period(period) => Some(period),
        WhenKind::Before(_) | WhenKind::All => None,
    }
}
