//! How a follow-up changes the rows: grouped by something else, ranked, cut, or added up again.

use wherefore_contract::{
    cost::{Direction, Measure},
    dimension::{Dimension, FocusDimension as F},
    filter::{Filter, FilterOp},
    period::Period,
};

use super::super::{
    super::{limits::holds, link::same_family, word::Meaning},
    merge::Refined,
};
use crate::request::{Ask, Moment};

impl Refined<'_> {
    pub(in super::super) fn regroup(&mut self) {
        let own = std::mem::take(&mut self.own.dimensions);
        let said = &self.said.fragment;
        if own.is_empty() {
            // "in total?": the rows are added up again.
            let totals = said.has(&Meaning::Total) && said.parts() == 1 && !said.is_dated();
            if totals {
                self.reading.dimensions.clear();
                self.unrank();
            } else if said.has(&Meaning::Breakdown) && self.reading.dimensions.is_empty() {
                let dimension = self.next_down();
                self.reading.dimensions.push(dimension);
                self.plain();
            }
            return;
        }
        let timed = |list: &[Dimension]| list.iter().any(|dimension| dimension.grain().is_some());
        let splits =
            said.has(&Meaning::Breakdown) && timed(&self.reading.dimensions) && !timed(&own);
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
            self.count_nameless_again();
        }
        self.fit_to_rows();
    }

    // Ranks leave out charges without a name; another grouping has its own.
    fn count_nameless_again(&mut self) {
        let unasked = |filter: &Filter| {
            filter.op == FilterOp::NotNull
                && self.last.dimensions.contains(&filter.dimension)
                && !self.reading.dimensions.contains(&filter.dimension)
                && self
                    .last
                    .conditions
                    .iter()
                    .any(|held| held.filter == *filter && held.asked.is_empty())
        };
        let kept = self.reading.conditions.iter().filter(|held| !unasked(&held.filter));
        self.reading.conditions = kept.cloned().collect();
    }

    // The kind of question that the grouping leaves.
    fn fit_to_rows(&mut self) {
        let mut groups = self.reading.dimensions.iter();
        let grained = groups.any(|dimension| dimension.grain().is_some());
        match self.reading.ask {
            Ask::Compare | Ask::ComparePerDay | Ask::Explain | Ask::ExplainUnitCost if grained => {
                self.join();
            }
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
            | Ask::List
            | Ask::Times
            | Ask::Ratio
            | Ask::Difference
            | Ask::Beside
            | Ask::Percent
            | Ask::PercentApart
            | Ask::Average => self.plain(),
            Ask::Share if !grained => self.plain(),
            Ask::ExplainUnitCost => self.reading.ask = Ask::Explain,
            Ask::Share
            | Ask::Compare
            | Ask::ComparePerDay
            | Ask::Explain
            | Ask::Cumulative(_)
            | Ask::Place
            | Ask::UnitCost
            | Ask::Saving
            | Ask::Analysis(_)
            | Ask::Forecast => {}
        }
    }

    // Both sides of a comparison as one stretch, row by row.
    fn join(&mut self) {
        if let (Some(base), Some(period)) = (self.reading.base, self.reading.period) {
            let start = base.period.start().min(period.period.start());
            let end = base.period.end().max(period.period.end());
            self.reading.period =
                Period::new(start, end).ok().map(|period| Moment { period, asked: None });
        }
        self.plain();
    }

    // Rows or a total, as the grouping has it.
    pub(in super::super) fn plain(&mut self) {
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
            let counted =
                |measure: &Measure| matches!(measure, Measure::Distinct(_)) || measure.is_moment();
            self.reading.measures.retain(|measure| !counted(measure));
        }
    }

    pub(in super::super) fn unrank(&mut self) {
        self.reading.limit = None;
        self.reading.nth = None;
        self.reading.limit_per.clear();
        self.reading.direction = Direction::Descending;
    }

    pub(in super::super) fn rank(&mut self) {
        let one = self.said.fragment.is_superlative().then_some(1);
        let own = &self.own;
        let limit = own.limit.or(if own.nth.is_none() { one } else { None });
        if limit.is_none() && own.nth.is_none() && own.direction == Direction::Descending {
            return;
        }
        let (nth, direction) = (own.nth, own.direction);
        if limit.is_some() || nth.is_some() {
            self.reading.limit = limit;
            self.reading.nth = nth;
        }
        self.reading.direction = direction;
        if self.reading.dimensions.is_empty() {
            self.reading.dimensions.push(self.next_down());
        }
        match self.reading.ask {
            Ask::Total | Ask::Trend | Ask::PerDay | Ask::Share | Ask::List => {
                self.reading.ask = Ask::Breakdown;
            }
            Ask::Breakdown
            | Ask::Jump
            | Ask::Compare
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

    // What a total is told apart by: cloud services, or what a named one is made of.
    pub(in super::super) fn next_down(&self) -> Dimension {
        let free = |dimension: &Dimension| {
            holds(self.sides.known, dimension)
                && !self
                    .reading
                    .conditions
                    .iter()
                    .any(|held| same_family(&held.filter.dimension, dimension))
        };
        let mut levels =
            [F::ServiceName, F::UsageType, F::Region].map(Dimension::Column).into_iter();
        levels.find(free).unwrap_or(Dimension::Column(F::ServiceName))
    }
}
