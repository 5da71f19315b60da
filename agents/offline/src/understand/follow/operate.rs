//! What a follow-up does with the figures: another grouping, a comparison, a cause, a share, a rank.

mod compare;
mod rows;

use jiff::civil::Date;
use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, Grain},
    filter::FilterOp,
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
    refined.keep_grouping();
    let said = &refined.said.fragment;
    if said.names_unit_cost() {
        refined.dated();
        refined.unit_cost();
    } else if said.asks_why() {
        return refined.explain();
    } else if refined.sets_sides() {
        return refined.compare();
    } else if refined.stands_alone() {
        refined.other();
    } else {
        refined.dated();
        refined.regroup();
        refined.rank();
        refined.share_or_average();
    }
    refined.carry();
    Ok(())
}

impl Refined<'_> {
    // Two periods, or two names of one dimension that the earlier question named one of. "AWS vs Azure"
    // names both sides itself: they are rows.
    fn sets_sides(&self) -> bool {
        let said = &self.said.fragment;
        let rows = self.own.base.is_none() && !self.own.dimensions.is_empty() && !said.is_dated();
        (said.compares() && !rows)
            || (self.own.base.is_some() && said.is_dated() && said.relative.is_none())
    }

    // "which one grew most": what is ranked are the rows that were shown, whatever a question by itself
    // would rank.
    fn keep_grouping(&mut self) {
        let said = &self.said.fragment;
        let untimed = |list: &[Dimension]| list.iter().all(|dimension| dimension.grain().is_none());
        let shown = !self.last.dimensions.is_empty() && untimed(&self.last.dimensions);
        if shown && said.groups() == 0 && said.names() == 0 && untimed(&self.own.dimensions) {
            self.own.dimensions.clear();
        }
    }

    // Switches of the follow-up that stand beside its kind of question: thresholds, steps, running totals.
    fn carry(&mut self) {
        let own = &self.own;
        let reading = &mut self.reading;
        if !own.having.is_empty() {
            reading.having.clone_from(&own.having);
        }
        if !own.amounts.is_empty() {
            reading.amounts.clone_from(&own.amounts);
        }
        if !own.limit_per.is_empty() {
            reading.limit_per.clone_from(&own.limit_per);
        }
        if own.rank_by.is_some() && reading.limit.is_some() && own.measures == reading.measures {
            reading.rank_by.clone_from(&own.rank_by);
        }
        reading.change |= own.change;
        let adds_up = self.said.fragment.has(&Meaning::Running)
            && matches!(reading.ask, Ask::Total | Ask::Trend);
        reading.running |= own.running || adds_up;
        if own.period_basis != reading.period_basis && own.period.is_some() {
            reading.period_basis = own.period_basis;
        }
        let rows = !reading.having.is_empty();
        let series = reading.change || reading.running;
        let plain = matches!(reading.ask, Ask::Total);
        if plain && series {
            reading.dimensions.push(Dimension::Time(Grain::Day));
            reading.ask = Ask::Trend;
        } else if plain && rows {
            let dimension = self.next_down();
            self.reading.dimensions.push(dimension);
            self.reading.ask = Ask::Breakdown;
        }
        self.name_unused();
    }

    // Words of an operation that left no trace are named in the answer.
    fn name_unused(&mut self) {
        let said = &self.said.fragment;
        let reading = &self.reading;
        let daily = reading.per_day
            || matches!(reading.ask, Ask::PerDay | Ask::ComparePerDay | Ask::Average);
        let ran = reading.running || matches!(reading.ask, Ask::Cumulative(_));
        let mut unused = Vec::new();
        if !daily {
            unused.extend(said.slices(&Meaning::Average));
        }
        if !ran {
            unused.extend(said.slices(&Meaning::Running));
        }
        for slice in unused {
            if !self.own.unread.contains(&slice) {
                self.own.unread.push(slice);
            }
        }
    }

    // Another period in place of the last one; what was compared with it moves along.
    fn dated(&mut self) {
        let said = &self.said.fragment;
        if let Some((_, asked)) = self.said.marks.next {
            let behind = self.reading.period.and_then(|moment| self.said.following(moment.period));
            self.move_to(behind.map(|period| Moment { period, asked: self.slice(asked) }));
            return;
        }
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
                .or_else(|| {
                    let cover = self.sides.known.description.coverage?;
                    let period = before(word, cover)?;
                    Some(Moment { period, asked: self.slice(asked) })
                })
        } else if said.periods.len() == 1 {
            said.periods
                .first()
                .map(|(period, asked)| Moment { period: *period, asked: self.slice(*asked) })
        } else if said.periods.is_empty() {
            None
        } else {
            self.own.period
        };
        if let (Some(asked), Some(_)) = (new.and_then(|new| new.asked), said.relative) {
            let period = new.map(|new| new.period);
            self.reading.notes.extend(period.map(|period| Note::PeriodReading { asked, period }));
        }
        self.move_to(new);
    }

    fn move_to(&mut self, new: Option<Moment>) {
        let Some(new) = new else { return };
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

    fn share_or_average(&mut self) {
        let said = &self.said.fragment;
        if said.has(&Meaning::Share) {
            let rows = self.reading.dimensions.iter().any(|dimension| dimension.grain().is_none());
            let part = !self.reading.conditions.is_empty();
            if rows || part {
                self.reading.base = None;
                self.reading.ask = if rows { Ask::Breakdown } else { Ask::Share };
            } else {
                // There is no part to take the share of: the answer names the word it did not use.
                self.reading.unread.extend(said.slices(&Meaning::Share));
            }
        }
        let days = self.own.ask == Ask::PerDay || self.own.per_day || said.has(&Meaning::PerDay);
        if !days {
            return;
        }
        match self.reading.ask {
            Ask::Total => self.reading.ask = Ask::PerDay,
            Ask::Compare => self.reading.ask = Ask::ComparePerDay,
            Ask::Breakdown | Ask::Trend | Ask::List => {
                self.reading
                    .dimensions
                    .retain(|dimension| *dimension != Dimension::Time(Grain::Day));
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
            | Ask::Place
            | Ask::Times
            | Ask::UnitCost
            | Ask::ExplainUnitCost
            | Ask::Saving
            | Ask::Analysis(_)
            | Ask::Forecast
            | Ask::Coverage
            | Ask::Ratio
            | Ask::Difference
            | Ask::Beside
            | Ask::Percent
            | Ask::PercentApart
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
            | Ask::Place
            | Ask::Times
            | Ask::Saving
            | Ask::Analysis(_)
            | Ask::Forecast
            | Ask::Coverage
            | Ask::Ratio
            | Ask::Difference
            | Ask::Beside
            | Ask::Percent
            | Ask::PercentApart
            | Ask::Average
            | Ask::Exists => true,
            Ask::Total
            | Ask::Breakdown
            | Ask::List
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
        // "since when?": of each row that was shown, and in all that is loaded.
        if own.ask == Ask::FirstSeen && own.dimensions.is_empty() {
            let untimed = |dimension: &&Dimension| dimension.grain().is_none();
            own.dimensions = last.dimensions.iter().filter(untimed).cloned().collect();
        }
        own.conditions = last.conditions;
        own.left_out = last.left_out;
        own.workload = own.workload.or(last.workload);
        if !said.is_dated() && !matches!(own.ask, Ask::Forecast | Ask::FirstSeen) {
            own.period = last.period;
        }
        let costs =
            |measures: &[Measure]| !measures.is_empty() && measures.iter().all(Measure::is_cost);
        if !said.names_measure()
            && costs(&own.measures)
            && costs(&last.measures)
            && own.measures.len() == 1
        {
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
        self.reading.workload =
            self.own.workload.clone().or_else(|| self.reading.workload.clone()).or_else(|| {
                let held = self.reading.conditions.iter();
                let mut named = held.filter(|held| {
                    held.filter.dimension == Dimension::Workload && held.filter.op == FilterOp::In
                });
                named.find_map(|held| held.filter.values.first().cloned())
            });
        if self.said.fragment.asks_why() {
            let _ = self.explain();
        }
    }
}
