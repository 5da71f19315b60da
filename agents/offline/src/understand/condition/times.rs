//! Times that a question leaves out: "excluding 16 April", "9월은 빼고".

use jiff::civil::Date;
use wherefore_contract::{
    dimension::{Dimension, Grain},
    filter::{Filter, FilterOp},
    period::Period,
};

use crate::{
    request::{Ask, Condition, Decline, Moment, Note, Reason, Slice},
    understand::{
        decide::Draft,
        time::day_after,
        word::{Meaning, When, WhenKind},
    },
};

// More days than this are no list to leave out.
const DAYS_LISTED: i64 = 62;

impl Draft<'_> {
    /// Takes the times that stand beside a word of exclusion out of the times that are asked for.
    pub(super) fn excluded_times(&mut self) {
        for at in 0..self.items.len() {
            if self.meaning(at) != Some(&Meaning::Exclude) || self.is_used(at) {
                continue;
            }
            let korean = !self.text_of(at).is_ascii();
            let found = if korean { self.time_before(at) } else { self.time_after(at) };
            let Some((place, period)) = found else { continue };
            let Some(item) = self.items.get_mut(place) else { continue };
            item.meaning = Meaning::Filler;
            self.excluded.push((period, (item.start, item.end)));
            self.mark(at);
        }
    }

    fn period_at(&self, at: usize) -> Option<Period> {
        match self.meaning(at) {
            Some(Meaning::When(When { kind: WhenKind::Period(period), .. })) => Some(*period),
            _ => None,
        }
    }

    // "excluding April 16", but not "excluding September taxes".
    fn time_after(&self, at: usize) -> Option<(usize, Period)> {
        let place = (at + 1..self.items.len())
            .find(|place| !matches!(self.meaning(*place), Some(Meaning::Filler)))?;
        let period = self.period_at(place)?;
        let next = self.next_meaning(place).and_then(|next| self.meaning(next));
        let owns = matches!(next, Some(Meaning::Category(_) | Meaning::Entity(_)));
        (!owns).then_some((place, period))
    }

    // "4월 16일은 제외", "16일은 데이터가 덜 들어왔으니 빼고": the time before it in its sentence, unless a kind of
    // charge or a name stands nearer.
    fn time_before(&self, at: usize) -> Option<(usize, Period)> {
        let near = |place: &usize| {
            matches!(
                self.meaning(*place),
                Some(
                    Meaning::Filler
                        | Meaning::Particle
                        | Meaning::Unknown
                        | Meaning::Complete
                        | Meaning::Not
                        | Meaning::Cost
                        | Meaning::And
                )
            ) && !matches!(self.text_of(*place), "," | "." | "?" | "!")
        };
        let place = (0..at).rev().find(|place| !near(place))?;
        let period = self.period_at(place)?;
        // "9월 비용에서 빼고", "9월 빼고": what is taken away stands right before, or is the topic.
        let between = self.items.get(place).zip(self.items.get(at));
        let between = between.and_then(|(first, last)| self.text.get(first.end..last.start))?;
        let within = between.contains("에서") || between.contains("에 ") || between.contains("의 ");
        (!within).then_some((place, period))
    }

    /// Leaves the excluded times out: from the end of a stretch, or one by one out of its middle.
    pub(in crate::understand) fn leave_out_times(&mut self, ask: Ask) -> Option<Decline> {
        for (period, asked) in std::mem::take(&mut self.excluded) {
            if self.base.is_none() && self.sides.is_empty() && self.shortened(period, asked) {
                continue;
            }
            let touched =
                self.base.iter().chain(&self.period).any(|one| one.period.overlaps(period));
            let whole = self.base.is_none() && self.period.is_none();
            let loaded = self.calendar.coverage.is_some_and(|cover| cover.overlaps(period));
            if !(touched || whole && loaded) {
                continue;
            }
            // A mean would go on dividing by the days that are left out.
            let mean =
                matches!(ask, Ask::PerDay | Ask::ComparePerDay | Ask::Forecast | Ask::UnitCost)
                    || self.per_day
                    || self.scale.is_some()
                    || !self.sides.is_empty();
            let filter = listed(period).filter(|_| !mean);
            let Some(filter) = filter else {
                return Some(Decline {
                    reason: Reason::NotUnderstood,
                    asked: vec![asked],
                    nearest: Vec::new(),
                    period: None,
                });
            };
            self.conditions.push(Condition { filter, asked: vec![asked] });
        }
        None
    }

    // Whether the time that is left out ends or begins the stretch that is asked for.
    fn shortened(&mut self, left_out: Period, asked: Slice) -> bool {
        let cover = self
            .calendar
            .coverage
            .and_then(|cover| Period::of_days(cover.start().date(), day_after(cover)).ok());
        let Some(held) = self.period.map(|moment| moment.period).or(cover) else { return false };
        let ends = left_out.end() >= held.end()
            || cover.is_some_and(|cover| held.contains(cover) && left_out.end() >= cover.end());
        let kept = if left_out.start() > held.start() && ends {
            Period::new(held.start(), left_out.start())
        } else if left_out.start() <= held.start() && left_out.end() < held.end() {
            Period::new(left_out.end().max(held.start()), held.end())
        } else {
            return false;
        };
        let Ok(period) = kept else { return false };
        self.notes.retain(|note| match note {
            Note::PeriodReading { asked: said, .. } => *said != asked,
            _ => true,
        });
        self.notes.push(Note::PeriodReading { asked, period });
        self.period = Some(Moment { period, asked: Some(asked) });
        true
    }
}

// The days, or whole months, as values to leave out.
fn listed(period: Period) -> Option<Filter> {
    let (first, after) = (period.start().date(), period.end().date());
    if period.hours() % 24 != 0 || period.days() > DAYS_LISTED {
        return None;
    }
    let mut values: Vec<String> = Vec::new();
    let mut day: Date = first;
    while day < after {
        values.push(day.to_string());
        day = day.tomorrow().ok()?;
    }
    Some(Filter { dimension: Dimension::Time(Grain::Day), op: FilterOp::NotIn, values })
}
