//! Questions about what is loaded: which days and hours hold charges.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, Grain},
};

use super::{super::super::super::word::Meaning, super::super::Draft};
use crate::request::Ask;

impl Draft<'_> {
    /// What is loaded, rather than what it cost.
    pub(in crate::understand) fn about_data(&mut self) -> Option<Ask> {
        let of_data =
            self.has(&Meaning::Complete) && !self.has(&Meaning::Share) && !self.names_commitment();
        let averaged = self.has(&Meaning::PerDay) || self.has(&Meaning::Average);
        // "rows and cost for each hour: does any look incomplete": the rows tell.
        let tabled = self.is_grained()
            && self.measures.contains(&Measure::Rows)
            && self.dimensions.iter().all(|one| self.groups_explicitly(one));
        let of_data = of_data && !averaged && !tabled;
        if let Some(ask) = self.cost_beside_days() {
            return Some(ask);
        }
        let counts_days = self.counted == Some(Dimension::Time(Grain::Day));
        if of_data && !self.moves() && (!self.asks_cost() || self.has(&Meaning::Exists)) {
            let named = self.items.iter().any(|item| matches!(item.meaning, Meaning::When(_)));
            self.counted = None;
            if let Some(ask) = self.loaded_by_group() {
                return Some(ask);
            }
            self.counts_hours_too();
            self.dimensions.retain(|dimension| dimension.grain().is_none());
            return Some(if named { Ask::Completeness } else { Ask::Coverage });
        }
        if counts_days
            && !self.ranks()
            && !self.asks_cost()
            && self.conditions.is_empty()
            && self.bounds.is_empty()
        {
            self.counted = None;
            if let Some(ask) = self.loaded_by_group() {
                return Some(ask);
            }
            self.counts_hours_too();
            return Some(Ask::Completeness);
        }
        None
    }

    // "the number of days and hours with data": days are counted anyway.
    fn counts_hours_too(&mut self) {
        if (0..self.items.len()).any(|at| self.unit_at(at) == Some(Grain::Hour)) {
            self.measures.push(Measure::Distinct(Dimension::Time(Grain::Hour)));
        }
    }

    /// "number of days with data in each month": days, by what the question groups by.
    fn loaded_by_group(&mut self) -> Option<Ask> {
        let days = Dimension::Time(Grain::Day);
        let mut groups: Vec<Dimension> = Vec::new();
        for at in 0..self.items.len() {
            if let Some(dimension) = self.dimension_at(at)
                && dimension != days
                && dimension != Dimension::Time(Grain::Hour)
                && self.groups_explicitly(&dimension)
                && !groups.contains(&dimension)
            {
                groups.push(dimension);
            }
        }
        let spoken = (0..self.items.len()).any(|at| {
            let text = self.text_of(at).to_lowercase();
            self.unit_at(at) == Some(Grain::Day)
                || (self.meaning(at) == Some(&Meaning::Complete)
                    && (text.contains("day") || text.contains('날') || text.contains("일수")))
        });
        let spoken = spoken || self.text.contains("일수");
        let ends = self.has(&Meaning::First) || self.has(&Meaning::Last);
        if groups.is_empty() || !(spoken || ends) {
            return None;
        }
        let hours = (0..self.items.len()).any(|at| self.counts_unit(at, Grain::Hour));
        self.dimensions = groups;
        if hours || ends {
            let counts = [(spoken, Grain::Day), (hours, Grain::Hour)];
            let counted = counts.into_iter().filter(|(wanted, _)| *wanted);
            self.measures =
                counted.map(|(_, grain)| Measure::Distinct(Dimension::Time(grain))).collect();
            if ends {
                self.measures.extend(if self.asks_day() {
                    [Measure::FirstDay, Measure::LastDay]
                } else {
                    [Measure::FirstCharge, Measure::LastCharge]
                });
            }
            return Some(if self.is_grained() { Ask::Trend } else { Ask::Breakdown });
        }
        self.counted = Some(days);
        Some(self.counts_between_ends().unwrap_or(Ask::Count))
    }

    // "how many hours", "시간 수": hours that are counted, where "시각" names a moment.
    fn counts_unit(&self, at: usize, grain: Grain) -> bool {
        let text = self.text_of(at).to_lowercase();
        self.unit_at(at) == Some(grain)
            && (text.starts_with("hour") || text.starts_with("시간") || text.starts_with("day"))
    }
}
