//! Settles the time of a reading once its kind is known: hours of one day, whole weeks, loaded days.

use wherefore_contract::{
    dimension::{Dimension, Grain},
    period::Period,
};

use super::{
    super::{time::day_after, word::Meaning},
    Draft,
};
use crate::request::{Ask, Moment, Note};

impl Draft<'_> {
    /// Hours and weeks, once the period is known.
    pub(super) fn settle_time(&mut self) {
        self.hours_of_one_day();
        self.keep_to_whole_weeks();
    }

    // Within one day, an hour of the day is that hour.
    fn hours_of_one_day(&mut self) {
        let period = self.period.map(|moment| moment.period).or(self.calendar.coverage);
        let one = period.is_some_and(|period| {
            let last = day_after(period).yesterday();
            last.is_ok_and(|last| last == period.start().date())
        });
        for dimension in self.dimensions.iter_mut().filter(|_| one) {
            if *dimension == Dimension::Time(Grain::HourOfDay) {
                *dimension = Dimension::Time(Grain::Hour);
            }
        }
    }

    // "whole weeks only": from the first Monday to the last Sunday that is loaded.
    fn keep_to_whole_weeks(&mut self) {
        let weekly = self.grain_asked() == Some(Grain::IsoWeek);
        let Some(loaded) =
            self.calendar.coverage.filter(|_| weekly && self.has(&Meaning::WholeWeeks))
        else {
            return;
        };
        let asked = self.period.map_or(loaded, |moment| moment.period);
        let (from, to) = (asked.start().max(loaded.start()), asked.end().min(loaded.end()));
        let monday = |day: jiff::civil::Date| i64::from(day.weekday().to_monday_zero_offset());
        let midnight = from.time() == jiff::civil::Time::midnight();
        let first = if midnight { Ok(from.date()) } else { from.date().tomorrow() };
        let (Ok(first), last) = (first, to.date()) else { return };
        let ahead = (7 - monday(first)) % 7;
        let first = first.checked_add(jiff::ToSpan::days(ahead));
        let last = last.checked_sub(jiff::ToSpan::days(monday(last)));
        if let (Ok(first), Ok(last)) = (first, last)
            && let Ok(period) = Period::of_days(first, last)
        {
            let said = self.period.and_then(|moment| moment.asked);
            self.period = Some(Moment { period, asked: said });
            self.notes.retain(|note| !matches!(note, Note::WholePeriod));
            if let Some(asked) = said {
                self.notes.push(Note::PeriodReading { asked, period });
            }
        }
    }

    // A mean over days divides by days that are loaded, not by days that are still to come.
    pub(super) fn keep_to_loaded_days(&mut self, ask: Ask) {
        if !matches!(ask, Ask::PerDay | Ask::ComparePerDay | Ask::UnitCost) {
            return;
        }
        let Some(cover) = self.calendar.coverage else { return };
        let after = day_after(cover).to_datetime(jiff::civil::Time::midnight());
        for moment in [&mut self.base, &mut self.period].into_iter().flatten() {
            let start = moment.period.start().max(cover.start());
            if let Ok(period) = Period::new(start, moment.period.end().min(after)) {
                moment.period = period;
            }
        }
        if self.period.is_none() {
            self.period = Some(Moment { period: cover, asked: None });
        }
    }
}
