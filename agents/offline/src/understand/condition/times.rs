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
            let Some((place, period, joined)) = found else { continue };
            let Some(item) = self.items.get_mut(place) else { continue };
            item.meaning = Meaning::Filler;
            self.excluded.push((period, (item.start, item.end)));
            // "tax and November 4": the word leaves out what it is joined with, too.
            if !joined {
                self.mark(at);
            }
        }
    }

    fn period_at(&self, at: usize) -> Option<Period> {
        match self.meaning(at) {
            Some(Meaning::When(When { kind: WhenKind::Period(period), .. })) => Some(*period),
            _ => None,
        }
    }

    // "excluding April 16", "excluding tax and April 16", but not "excluding September taxes".
    fn time_after(&self, at: usize) -> Option<(usize, Period, bool)> {
        let slight = |place: &usize| !matches!(self.meaning(*place), Some(Meaning::Filler));
        let mut place = (at + 1..self.items.len()).find(slight)?;
        let mut joined = false;
        while matches!(self.meaning(place), Some(Meaning::Category(_) | Meaning::Entity(_)))
            && self.text_of(place + 1).eq_ignore_ascii_case("and")
        {
            joined = true;
            place = (place + 2..self.items.len()).find(slight)?;
        }
        let period = self.period_at(place)?;
        let next = self.next_meaning(place).and_then(|next| self.meaning(next));
        let owns = matches!(next, Some(Meaning::Category(_) | Meaning::Entity(_)));
        (!owns).then_some((place, period, joined))
    }

    // "4월 16일은 제외", "16일은 데이터가 일부만 있으니 빼고": the time before it in its sentence, unless a name, a kind
    // of charge or a word of lacking stands nearer.
    fn time_before(&self, at: usize) -> Option<(usize, Period, bool)> {
        let stops = |place: &usize| {
            matches!(
                self.meaning(*place),
                Some(
                    Meaning::When(_)
                        | Meaning::Entity(_)
                        | Meaning::Category(_)
                        | Meaning::Dimension(_)
                        | Meaning::Service
                        | Meaning::Tag
                        | Meaning::Without
                        | Meaning::With
                        | Meaning::Measure(_)
                        | Meaning::Which
                        | Meaning::Exclude
                        | Meaning::Gross
                        | Meaning::Beside(_)
                )
            ) || matches!(self.text_of(*place), "?" | "!")
                || self.text_of(*place) == "."
                    && self.items.get(*place + 1).is_some_and(|next| !next.glued)
        };
        let place = (0..at).rev().find(stops)?;
        let period = self.period_at(place)?;
        // "9월에서 빼고": something of that time is taken away.
        let end = self.items.get(place)?.end;
        let behind = self.text.get(end..)?.trim_start();
        let within =
            ["에서", "에 ", "의 ", "중", "동안"].iter().any(|word| behind.starts_with(word));
        let joined = self
            .previous_meaning(place)
            .is_some_and(|prior| self.meaning(prior) == Some(&Meaning::And))
            && self.text_of(place).chars().any(|letter| letter >= '\u{ac00}');
        (!within).then_some((place, period, joined))
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
