//! What a mean divides by: accounts, resources, months.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension, Grain},
};

use super::super::{super::word::Meaning, Draft};

impl Draft<'_> {
    // "average per account", "월평균", "리소스당": what the cost is divided by.
    pub(in crate::understand::decide) fn divided_by(&self, averages: bool) -> Option<Dimension> {
        let per = |at: usize| {
            let before = self.previous_meaning(at).and_then(|index| self.meaning(index));
            let after = self
                .next_meaning(at)
                .filter(|next| self.items.get(*next).is_some_and(|item| item.glued));
            let after = after.and_then(|index| self.meaning(index));
            (matches!(before, Some(Meaning::Per)), matches!(after, Some(Meaning::Per)))
        };
        let places = (0..self.items.len()).filter_map(|at| Some((at, self.dimension_at(at)?)));
        let mut found = None;
        for (at, dimension) in places {
            if !self.dimensions.contains(&dimension) {
                continue;
            }
            let (english, korean) = per(at);
            let clock = dimension.grain().is_some();
            let beside = averages && clock && (self.is_average_of(at));
            let resource = dimension == Dimension::Column(FocusDimension::ResourceId);
            let of_one = averages && resource && !self.is_grouped_by(at);
            let hourly = english
                && dimension == Dimension::Time(Grain::Hour)
                && self.is_longer_than(Grain::Day)
                && self.measures.iter().all(Measure::is_cost)
                && !self.has(&Meaning::Share)
                && self.asks_cost();
            if (averages && english) || hourly || korean || beside || of_one {
                found = Some(dimension);
            }
        }
        found
    }

    // "monthly average", "average monthly cost", "월평균", "시간당 평균".
    fn is_average_of(&self, at: usize) -> bool {
        let near = [self.previous_meaning(at), self.next_meaning(at)];
        let beside = self.text_of(at).contains("평균")
            || near
                .into_iter()
                .flatten()
                .any(|index| self.meaning(index) == Some(&Meaning::Average));
        let text = self.text_of(at);
        beside && !text.ends_with('별') && !self.is_grouped_by(at)
    }
}
