//! What holds a value of a tag, beside what holds none.

use wherefore_contract::{
    cost::Measure,
    dimension::Dimension,
    filter::{Filter, FilterOp},
};

use super::{super::word::Meaning, Draft};
use crate::request::{Ask, Condition, Side};

impl Draft<'_> {
    // "tagged against untagged": what holds a value there, and what holds none.
    pub(super) fn about_presence(&mut self) -> Option<Ask> {
        let at = (0..self.items.len()).find(|at| {
            let tagged = matches!(
                self.text_of(*at).to_lowercase().as_str(),
                "tagged" | "labelled" | "labeled" | "태그된"
            );
            self.meaning(*at) == Some(&Meaning::With) || tagged
        })?;
        let held =
            |op: FilterOp| self.conditions.iter().find(move |held| held.filter.op == op).cloned();
        let missing = held(FilterOp::IsNull)
            .filter(|missing| matches!(missing.filter.dimension, Dimension::Tag(_)))?;
        let nulls = self.conditions.iter().filter(|held| held.filter.op == FilterOp::IsNull);
        if nulls.count() != 1 || !self.dimensions.is_empty() || self.has(&Meaning::Share) {
            return None;
        }
        let present = held(FilterOp::NotNull).unwrap_or_else(|| Condition {
            filter: Filter { op: FilterOp::NotNull, ..missing.filter.clone() },
            asked: self.items.get(at).map(|item| (item.start, item.end)).into_iter().collect(),
        });
        if present.filter.dimension != missing.filter.dimension {
            return None;
        }
        self.mark(at);
        self.conditions.retain(|held| *held != missing && *held != present);
        let measure = self.measures.iter().find(|measure| measure.is_cost()).cloned();
        let default = self.known.description.default_cost.clone();
        let measure = measure.or(default).unwrap_or(Measure::BilledCost);
        let common = self.conditions.clone();
        let side = |own: Condition| Side {
            measure: measure.clone(),
            conditions: common.iter().cloned().chain([own]).collect(),
            period: None,
        };
        self.sides = vec![side(present), side(missing)];
        Some(Ask::Difference)
    }
}
