//! Rows brought together as one figure: sums of the largest or of those below an amount, medians, percentiles.

use wherefore_contract::{
    cost::{CostMetric, Fold, Measure, Statistic},
    dimension::{Dimension, Grain},
};

use super::super::{super::word::Meaning, Draft};
use crate::request::Ask;

// Words that ask for one figure of several rows.
const TOGETHER: &[&str] = &[
    "add up to",
    "adds up to",
    "added up",
    "add them up",
    "sum of",
    "sum up",
    "summed",
    "the sum",
    "combined",
    "together",
    "altogether",
    "in total",
    "total of",
    "합계",
    "합치면",
    "합하면",
    "합친",
    "합산",
    "총합",
    "합쳐",
    "더하면",
    "합은",
    "합이",
    "모두 더",
    "다 더",
];
// Words after which each row is told as well.
const EACH: &[&str] = &["each of", "respectively", "individually", "각각", "각자"];

// Words that make one figure of several times.
const ADDED_TIMES: &[&str] = &[
    "add up to",
    "added up",
    "add up",
    "combined",
    "together",
    "altogether",
    "합치",
    "합쳐",
    "합하",
    "합해",
    "합친",
    "합한",
    "합산",
    "총합",
    "더하",
    "더해",
    "더한",
];

impl Draft<'_> {
    /// "8월, 9월, 10월 다 합해서", "August, September and October together": one figure, no row for each month.
    pub(in crate::understand) fn adds_times_up(&self) -> bool {
        let lower = self.text.to_lowercase();
        let each = EACH.iter().any(|word| lower.contains(word));
        !each && ADDED_TIMES.iter().any(|word| lower.contains(word))
    }

    /// "median daily cost", "the top three together", "what do services under a dollar add up to".
    pub(in crate::understand::decide) fn about_folds(&mut self) -> Option<Ask> {
        let folded = self.items.iter().find_map(|item| match item.meaning {
            Meaning::Folded(fold) => Some(fold),
            _ => None,
        });
        match folded {
            Some(fold) => self.folded(fold),
            None => self.summed(),
        }
    }

    fn folded(&mut self, fold: Fold) -> Option<Ask> {
        let day = Dimension::Time(Grain::Day);
        let of_charges = self.has(&Meaning::Single)
            || self.measures.contains(&Measure::Rows)
            || self.counted.is_some();
        let daily = self.has(&Meaning::PerDay) || self.dimensions.contains(&day);
        if of_charges && !daily {
            let metric = self.measures.iter().find(|one| one.is_cost()).and_then(Measure::cost);
            let default = self.known.description.default_cost.as_ref().and_then(Measure::cost);
            let metric = metric.or(default).unwrap_or(CostMetric::Billed);
            self.counted = None;
            // Charges have a median; no other figure over them is computed.
            if fold == Fold::Median {
                self.measures = vec![Measure::OfRow(Statistic::Median, metric)];
                return Some(self.plain_fold());
            }
            return None;
        }
        if daily && !self.dimensions.contains(&day) {
            self.dimensions.push(day.clone());
        }
        if self.dimensions.is_empty() {
            return None;
        }
        let per: Vec<Dimension> = if daily {
            self.dimensions.iter().filter(|dimension| **dimension != day).cloned().collect()
        } else {
            self.dimensions
                .iter()
                .filter(|dimension| self.dimensions.len() > 1 && self.groups_explicitly(dimension))
                .cloned()
                .collect()
        };
        if per.len() == self.dimensions.len() {
            return None;
        }
        self.fold = Some(fold);
        self.fold_per = per;
        Some(Ask::Breakdown)
    }

    fn plain_fold(&self) -> Ask {
        if self.dimensions.is_empty() { Ask::Total } else { Ask::Breakdown }
    }

    // The sum of the rows that a limit or a threshold keeps.
    fn summed(&mut self) -> Option<Ask> {
        let lower = self.text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        let [only] = self.dimensions.as_slice() else { return None };
        let several = self.limit.is_some_and(|limit| limit > 1)
            || self.bounds.iter().any(|bound| bound.counts.is_none() && !bound.sign);
        let apart = self.moves()
            || self.has(&Meaning::Single)
            || self.has(&Meaning::Average)
            || self.has(&Meaning::PerDay)
            || self.has(&Meaning::HowMany)
            || self.percent.is_some()
            || self.measures.contains(&Measure::Rows)
            || self.measures.len() > 1
            || self.measures.iter().any(|measure| !measure.is_additive())
            || self.is_grained()
            || self.groups_explicitly(only);
        // The share alone of the largest is that of a running share.
        if self.takes_the_top_together() && !self.has(&Meaning::Reach) {
            return None;
        }
        if !several || apart || !has(TOGETHER) || has(EACH) || self.counted.is_some() {
            return None;
        }
        self.fold = Some(Fold::Sum);
        self.fold_share = self.has(&Meaning::Share) || self.asks_percent();
        Some(Ask::Breakdown)
    }

    /// A fold is over all rows that are kept, whatever superlative stands beside it.
    pub(in crate::understand::decide) fn settle_fold(&mut self) {
        if self.fold.is_some_and(|fold| fold != Fold::Sum) {
            self.limit = None;
            self.rank_by = None;
        }
    }

    /// Whether a figure over rows is asked for that nothing gives.
    pub(in crate::understand) fn loses_a_fold(&self) -> bool {
        let folded = self.flag(|meaning| matches!(meaning, Meaning::Folded(_)));
        let median = self
            .measures
            .iter()
            .any(|measure| matches!(measure, Measure::OfRow(Statistic::Median, _)));
        let against = self.bounds.iter().any(|bound| bound.mean);
        (folded && self.fold.is_none() && !median)
            || (against && self.dimensions.is_empty() && self.counted.is_none())
            || (self.fold.is_some() && (self.base.is_some() || self.scale.is_some()))
    }
}
