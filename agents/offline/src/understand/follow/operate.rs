//! What a follow-up does with the figures: another grouping, a comparison, a cause, a share, a rank.

use jiff::civil::Date;
use wherefore_contract::{
    cost::{Direction, Measure},
    dimension::{Dimension, FocusDimension as F, Grain},
    filter::FilterOp,
    period::Period,
};

use super::{
    super::{
        time::{before, preceding},
        word::Meaning,
    },
    merge::Refined,
};
use crate::request::{Ask, AskBack, Known, Moment, Note};

/// What the data say about time.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) known: &'a Known,
    pub(super) as_of: Date,
}

/// Changes the request by what is asked of it.
pub(super) fn operate(refined: &mut Refined<'_>) -> Result<(), AskBack> {
    let said = &refined.said.fragment;
    if said.names_unit_cost() {
        refined.dated();
        refined.unit_cost();
    } else if said.asks_why() {
        return refined.explain();
    } else if said.compares() || (refined.own.base.is_some() && said.is_dated()) && said.relative.is_none() {
        return refined.compare();
    } else if refined.stands_alone() {
        refined.other();
    } else {
        refined.dated();
        refined.regroup();
        refined.rank();
        refined.share_or_average();
    }
    Ok(())
}

impl Refined<'_> {
    fn asked_back(&self) -> AskBack {
        AskBack::Periods { asked: self.said.tying_words() }
    }

    fn current(&self) -> Option<Moment> {
        self.reading.period
    }

    // Another period in place of the last one; what was compared with it moves along.
    fn dated(&mut self) {
        let said = &self.said.fragment;
        if said.whole_time {
            self.reading.period = None;
            self.reading.base = None;
            return;
        }
        let new = if let Some((word, asked)) = said.relative {
            let current = self.reading.period.map(|moment| moment.period);
            current
                .and_then(|current| before(word, current))
                .map(|period| Moment { period, asked: self.slice(asked) })
                .or(self.own.period)
        } else if said.periods.len() == 1 {
            said.periods.first().map(|(period, asked)| Moment { period: *period, asked: self.slice(*asked) })
        } else if said.periods.is_empty() {
            None
        } else {
            self.own.period
        };
        let Some(new) = new else { return };
        if let (Some(asked), Some(_)) = (new.asked, said.relative) {
            self.reading.notes.push(Note::PeriodReading { asked, period: new.period });
        }
        let old = self.reading.period.map(|moment| moment.period);
        if let (Some(base), Some(old)) = (self.reading.base, old) {
            let year_ago = before(super::super::word::Relative::YearAgo, old) == Some(base.period);
            let moved = if year_ago {
                before(super::super::word::Relative::YearAgo, new.period)
            } else {
                preceding(new.period)
            };
            self.reading.base = moved.map(|period| Moment { period, asked: None });
            if let Some(period) = moved {
                self.reading.notes.push(Note::PrecedingPeriod { period });
            }
        }
        for side in &mut self.reading.sides {
            if side.period.map(|moment| moment.period) == old {
                side.period = Some(new);
            }
        }
        self.reading.period = Some(new);
    }

    fn regroup(&mut self) {
        let own = std::mem::take(&mut self.own.dimensions);
        let said = &self.said.fragment;
        if own.is_empty() {
            // "in total?": the rows are added up again.
            let totals = said.has(&Meaning::Total) && said.parts() == 1 && !said.is_dated();
            if totals {
                self.reading.dimensions.clear();
                self.unrank();
            }
            return;
        }
        let timed = |list: &[Dimension]| list.iter().any(|dimension| dimension.grain().is_some());
        let splits = said.has(&Meaning::Breakdown) && timed(&self.reading.dimensions) && !timed(&own);
        let adds = self.said.marks.adds || splits || self.said.text.contains("별로도");
        if adds {
            for dimension in own {
                if !self.reading.dimensions.contains(&dimension) {
                    self.reading.dimensions.push(dimension);
                }
            }
        } else {
            self.reading.dimensions = own;
            if said.groups_by() {
                self.unrank();
            }
        }
        let grained = timed(&self.reading.dimensions);
        match self.reading.ask {
            Ask::Compare | Ask::ComparePerDay | Ask::Explain | Ask::ExplainUnitCost if grained => self.join(),
            Ask::PerDay => {
                self.reading.per_day = true;
                self.plain();
            }
            Ask::Total
            | Ask::Breakdown
            | Ask::Trend
            | Ask::Jump
            | Ask::Count
            | Ask::FirstSeen
            | Ask::Completeness
            | Ask::Coverage
            | Ask::Exists
            | Ask::Times
            | Ask::Unused
            | Ask::Ratio
            | Ask::Average => self.plain(),
            Ask::Share if !grained => self.plain(),
            Ask::ExplainUnitCost => self.reading.ask = Ask::Explain,
            Ask::Share
            | Ask::Compare
            | Ask::ComparePerDay
            | Ask::Explain
            | Ask::Cumulative(_)
            | Ask::UnitCost
            | Ask::Saving
            | Ask::Forecast => {}
        }
    }

    // Both sides of a comparison as one stretch, row by row.
    fn join(&mut self) {
        if let (Some(base), Some(period)) = (self.reading.base, self.reading.period) {
            let start = base.period.start().min(period.period.start());
            let end = base.period.end().max(period.period.end());
            self.reading.period = Period::new(start, end).ok().map(|period| Moment { period, asked: None });
        }
        self.plain();
    }

    // Rows or a total, as the grouping has it.
    fn plain(&mut self) {
        self.reading.base = None;
        self.reading.sides.clear();
        let grained = self.reading.dimensions.iter().any(|dimension| dimension.grain().is_some());
        self.reading.ask = if grained && self.reading.limit.is_none() {
            Ask::Trend
        } else if self.reading.dimensions.is_empty() {
            Ask::Total
        } else {
            Ask::Breakdown
        };
        if !self.reading.measures.iter().any(Measure::is_cost) {
            let counted = |measure: &Measure| {
                matches!(measure, Measure::Distinct(_) | Measure::FirstCharge | Measure::LastCharge)
            };
            self.reading.measures.retain(|measure| !counted(measure));
        }
    }

    fn unrank(&mut self) {
        self.reading.limit = None;
        self.reading.nth = None;
        self.reading.limit_per.clear();
        self.reading.direction = Direction::Descending;
    }

    fn rank(&mut self) {
        let own = &self.own;
        if own.limit.is_none() && own.nth.is_none() && own.direction == Direction::Descending {
            return;
        }
        let (limit, nth, direction) = (own.limit, own.nth, own.direction);
        if limit.is_some() || nth.is_some() {
            self.reading.limit = limit;
            self.reading.nth = nth;
        }
        self.reading.direction = direction;
        if self.reading.dimensions.is_empty() {
            self.reading.dimensions.push(Dimension::Column(F::ServiceName));
        }
        match self.reading.ask {
            Ask::Total | Ask::Trend | Ask::PerDay | Ask::Share => self.reading.ask = Ask::Breakdown,
            Ask::Breakdown
            | Ask::Jump
            | Ask::Compare
            | Ask::ComparePerDay
            | Ask::Explain
            | Ask::Count
            | Ask::FirstSeen
            | Ask::Completeness
            | Ask::Cumulative(_)
            | Ask::Times
            | Ask::UnitCost
            | Ask::ExplainUnitCost
            | Ask::Saving
            | Ask::Unused
            | Ask::Forecast
            | Ask::Coverage
            | Ask::Ratio
            | Ask::Average
            | Ask::Exists => {}
        }
    }

    fn share_or_average(&mut self) {
        let said = &self.said.fragment;
        if said.has(&Meaning::Share) {
            let rows = self.reading.dimensions.iter().any(|dimension| dimension.grain().is_none());
            let part = !self.reading.conditions.is_empty();
            self.reading.base = None;
            self.reading.ask = if part && !rows { Ask::Share } else { Ask::Breakdown };
        }
        let days = self.own.ask == Ask::PerDay || self.own.per_day || said.has(&Meaning::PerDay);
        if !days {
            return;
        }
        match self.reading.ask {
            Ask::Total => self.reading.ask = Ask::PerDay,
            Ask::Compare => self.reading.ask = Ask::ComparePerDay,
            Ask::Breakdown | Ask::Trend => {
                self.reading.dimensions.retain(|dimension| *dimension != Dimension::Time(Grain::Day));
                if self.reading.dimensions.is_empty() {
                    self.reading.ask = Ask::PerDay;
                } else {
                    self.reading.per_day = true;
                }
            }
            Ask::Share
            | Ask::PerDay
            | Ask::Jump
            | Ask::ComparePerDay
            | Ask::Explain
            | Ask::Count
            | Ask::FirstSeen
            | Ask::Completeness
            | Ask::Cumulative(_)
            | Ask::Times
            | Ask::UnitCost
            | Ask::ExplainUnitCost
            | Ask::Saving
            | Ask::Unused
            | Ask::Forecast
            | Ask::Coverage
            | Ask::Ratio
            | Ask::Average
            | Ask::Exists => {}
        }
    }

    // Kinds of questions that bring their own shape: they take period, names and measure along.
    fn stands_alone(&self) -> bool {
        match self.own.ask {
            Ask::Jump
            | Ask::Count
            | Ask::FirstSeen
            | Ask::Completeness
            | Ask::Cumulative(_)
            | Ask::Times
            | Ask::Saving
            | Ask::Unused
            | Ask::Forecast
            | Ask::Coverage
            | Ask::Ratio
            | Ask::Average
            | Ask::Exists => true,
            Ask::Total
            | Ask::Breakdown
            | Ask::Trend
            | Ask::Share
            | Ask::PerDay
            | Ask::Compare
            | Ask::ComparePerDay
            | Ask::Explain
            | Ask::UnitCost
            | Ask::ExplainUnitCost => false,
        }
    }

    fn other(&mut self) {
        let said = &self.said.fragment;
        let last = std::mem::take(&mut self.reading);
        let mut own = std::mem::take(&mut self.own);
        own.conditions = last.conditions;
        own.left_out = last.left_out;
        own.workload = own.workload.or(last.workload);
        if !said.is_dated() && own.ask != Ask::Forecast {
            own.period = last.period;
        }
        let costs = |measures: &[Measure]| !measures.is_empty() && measures.iter().all(Measure::is_cost);
        if !said.names_measure() && costs(&own.measures) && costs(&last.measures) && own.measures.len() == 1 {
            own.measures = last.measures;
            own.measure_stated = last.measure_stated;
        }
        self.reading = own.clone();
        self.own = own;
        self.own.conditions.clear();
    }

    fn unit_cost(&mut self) {
        let explains = self.reading.base.is_some() || self.said.fragment.asks_why();
        self.reading.ask = if explains { Ask::ExplainUnitCost } else { Ask::UnitCost };
        self.reading.measures = vec![Measure::UnitCost];
        if !self.own.dimensions.is_empty() {
            self.reading.dimensions = self.own.dimensions.clone();
        }
        self.reading.workload = self.own.workload.clone().or_else(|| self.reading.workload.clone()).or_else(|| {
            let held = self.reading.conditions.iter();
            let mut named = held.filter(|held| held.filter.dimension == Dimension::Workload && held.filter.op == FilterOp::In);
            named.find_map(|held| held.filter.values.first().cloned())
        });
        if self.said.fragment.asks_why() {
            let _ = self.explain();
        }
    }

    // "compared with last month", "8월이랑 비교하면?", "how much did it change?"
    fn compare(&mut self) -> Result<(), AskBack> {
        if self.own_sides() {
            return Ok(());
        }
        let said = &self.said.fragment;
        let named: Vec<Moment> = said
            .periods
            .iter()
            .map(|(period, asked)| Moment { period: *period, asked: self.slice(*asked) })
            .collect();
        let current = self.current();
        let (base, period) = match (named.as_slice(), said.relative, current) {
            ([first, second, ..], _, _) => ordered(*first, *second),
            ([one], None, Some(current)) if one.period != current.period => ordered(*one, current),
            ([one], Some((word, asked)), _) => {
                let earlier = before(word, one.period).ok_or_else(|| self.asked_back())?;
                (Moment { period: earlier, asked: self.slice(asked) }, *one)
            }
            ([], Some((word, asked)), Some(current)) => {
                let earlier = before(word, current.period).ok_or_else(|| self.asked_back())?;
                self.reading.notes.push(Note::PeriodReading { asked, period: earlier });
                (Moment { period: earlier, asked: self.slice(asked) }, current)
            }
            ([one], None, _) => self.preceded(*one)?,
            ([], None, Some(current)) => match self.reading.base {
                Some(base) => (base, current),
                None => self.preceded(current)?,
            },
            ([], _, None) => (
                self.own.base.ok_or_else(|| self.asked_back())?,
                self.own.period.ok_or_else(|| self.asked_back())?,
            ),
        };
        self.reading.base = Some(base);
        self.reading.period = Some(period);
        let own = std::mem::take(&mut self.own.dimensions);
        if !own.is_empty() {
            self.reading.dimensions = own;
        }
        self.reading.dimensions.retain(|dimension| dimension.grain().is_none());
        self.reading.sides.clear();
        let daily = matches!(self.reading.ask, Ask::PerDay | Ask::ComparePerDay)
            || self.own.ask == Ask::ComparePerDay;
        self.reading.ask = if self.reading.measures == [Measure::UnitCost] {
            Ask::ExplainUnitCost
        } else if daily {
            Ask::ComparePerDay
        } else {
            Ask::Compare
        };
        if self.own.limit.is_some() {
            self.reading.limit = self.own.limit;
        }
        self.reading.direction = self.own.direction;
        Ok(())
    }

    // "compared with Azure": two names of one dimension stand side by side.
    fn own_sides(&mut self) -> bool {
        let said = &self.said.fragment;
        if said.is_dated() || said.names() == 0 || self.own.base.is_some() && !said.has(&Meaning::Compare) {
            return false;
        }
        let new = self.reading.conditions.iter().find(|held| !held.asked.is_empty()).cloned();
        let Some(new) = new.filter(|held| held.filter.op == FilterOp::In) else { return false };
        let before = self.last.conditions.iter().find(|held| {
            held.filter.dimension == new.filter.dimension && held.filter.op == FilterOp::In
        });
        let Some(before) = before else { return false };
        let mut values = before.filter.values.clone();
        values.extend(new.filter.values.iter().cloned());
        values.dedup();
        // What went because of the new name comes back: both stand in one table.
        let kept = std::mem::take(&mut self.reading.left_out);
        let kept = kept.into_iter().map(|filter| crate::request::Condition { filter, asked: Vec::new() });
        self.reading.conditions.extend(kept);
        let dimension = new.filter.dimension.clone();
        for held in &mut self.reading.conditions {
            if held.filter.dimension == dimension {
                held.filter.values.clone_from(&values);
            }
        }
        if !self.reading.dimensions.contains(&dimension) {
            self.reading.dimensions.push(dimension);
        }
        self.unrank();
        if self.reading.base.is_none() {
            self.plain();
        }
        true
    }

    fn preceded(&mut self, moment: Moment) -> Result<(Moment, Moment), AskBack> {
        let period = preceding(moment.period).ok_or_else(|| self.asked_back())?;
        self.reading.notes.push(Note::PrecedingPeriod { period });
        Ok((Moment { period, asked: None }, moment))
    }

    // "why?": between the sides of the comparison, or from the stretch before to the last one.
    fn explain(&mut self) -> Result<(), AskBack> {
        let jumps = self.last.ask == Ask::Jump;
        let one_of_many = self.last.limit == Some(1)
            && self.last.dimensions.iter().any(|dimension| dimension.grain().is_some());
        let said = &self.said.fragment;
        if (jumps || one_of_many) && !said.is_dated() {
            return Err(self.asked_back());
        }
        let unit = self.reading.measures == [Measure::UnitCost] || said.names_unit_cost();
        let by = std::mem::take(&mut self.own.dimensions);
        let was = self.reading.base.zip(self.reading.period);
        match was {
            Some(_) if !said.is_dated() => {}
            _ if said.is_dated() || !self.was_series() => self.compare()?,
            _ => self.first_to_last()?,
        }
        self.reading.dimensions = by.into_iter().filter(|dimension| dimension.grain().is_none()).collect();
        self.reading.ask = if unit { Ask::ExplainUnitCost } else { Ask::Explain };
        self.reading.per_day = false;
        self.reading.sides.clear();
        self.unrank();
        let falls = said.has(&Meaning::Fall) && !said.has(&Meaning::Rise);
        if falls || self.own.direction == Direction::Ascending {
            self.reading.direction = Direction::Ascending;
        }
        Ok(())
    }

    fn was_series(&self) -> bool {
        let grained = self.last.dimensions.iter().any(|dimension| dimension.grain().is_some());
        let months = self.loaded_months().is_some_and(|(first, last)| first != last);
        (grained || self.last.period.is_none()) && months
    }

    // The first and the last whole month of a series, as far as it is loaded.
    fn first_to_last(&mut self) -> Result<(), AskBack> {
        let (first, last) = self.loaded_months().ok_or_else(|| self.asked_back())?;
        let moment = |period| Moment { period, asked: None };
        self.reading.base = Some(moment(first));
        self.reading.period = Some(moment(last));
        self.reading.notes.push(Note::PrecedingPeriod { period: first });
        Ok(())
    }

    fn loaded_months(&self) -> Option<(Period, Period)> {
        let cover = self.sides.known.description.coverage?;
        let asked = self.last.period.map_or(cover, |moment| moment.period);
        let today = self.sides.as_of.to_datetime(jiff::civil::Time::midnight());
        let start = asked.start().max(cover.start());
        let end = asked.end().min(cover.end()).min(today);
        let mut first = Period::month_of(start.date());
        if first.start() < start {
            first = Period::month_of(first.end().date());
        }
        let mut last = Period::month_of(end.date());
        if last.end() > end {
            last = preceding(last)?;
        }
        (first.start() <= last.start()).then_some((first, last))
    }
}

fn ordered(one: Moment, other: Moment) -> (Moment, Moment) {
    if one.period.start() <= other.period.start() { (one, other) } else { (other, one) }
}
