//! What holds a value of a tag, beside what holds none.

use wherefore_contract::{
    cost::Measure,
    filter::{Filter, FilterOp},
};

use super::super::{super::word::Meaning, Draft};
use crate::request::{Ask, Condition, Side};

impl Draft<'_> {
    // "tagged against untagged": what holds a value there, and what holds none.
    pub(in crate::understand::decide) fn about_presence(&mut self) -> Option<Ask> {
        let at = (0..self.items.len()).find(|at| {
            let tagged = matches!(
                self.text_of(*at).to_lowercase().as_str(),
                "tagged" | "labelled" | "labeled" | "태그된"
            );
            // "태그가 있는 비용과 없는 비용을 비교해줘", "rows with and without a region".
            let compared = self.has(&Meaning::Compare) || self.has(&Meaning::Difference);
            let both = compared || self.sets_apart();
            let holds = matches!(self.text_of(*at).to_lowercase().as_str(), "있는" | "with");
            let holds = holds && both && !self.moves_in_time();
            self.meaning(*at) == Some(&Meaning::With) || tagged || holds
        })?;
        let held =
            |op: FilterOp| self.conditions.iter().find(move |held| held.filter.op == op).cloned();
        let missing = held(FilterOp::IsNull)?;
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
        let measure = self.compared_measure();
        self.counted = None;
        let common = self.conditions.clone();
        let side = |own: Condition| Side {
            measure: measure.clone(),
            conditions: common.iter().cloned().chain([own]).collect(),
            period: None,
        };
        self.sides = vec![side(present), side(missing)];
        Some(Ask::Difference)
    }

    // "with and without", "있는 비용이랑 없는 비용 각각": both sides are asked for.
    fn sets_apart(&self) -> bool {
        let lower = self.text.to_lowercase();
        let english =
            [" and without", " or without", "vs without", "versus without", "side by side"]
                .iter()
                .any(|pair| lower.contains(pair));
        let korean = self.text.contains("있는") && self.text.contains("없는");
        (english && self.has(&Meaning::Without)) || korean
    }

    // What stands on both sides: what is counted, rows or a cost.
    fn compared_measure(&self) -> Measure {
        if let Some(counted) = self.counted.clone() {
            return Measure::Distinct(counted);
        }
        if self.measures.contains(&Measure::Rows) {
            return Measure::Rows;
        }
        let measure = self.measures.iter().find(|measure| measure.is_cost()).cloned();
        let default = self.known.description.default_cost.clone();
        measure.or(default).unwrap_or(Measure::BilledCost)
    }

    // "how many times RDS's cost was EC2's": so many of the first make the second.
    fn goes_into(&self, asked: &[(usize, usize)]) -> bool {
        let [(start, end), (second, _)] = asked else { return false };
        let ahead = self.text.get(..*start).unwrap_or_default().to_lowercase();
        let between = self.text.get(*end..*second).unwrap_or_default().to_lowercase();
        let led = ["how many times", "how many times the cost of"]
            .iter()
            .any(|words| ahead.trim_end().trim_end_matches(" the").ends_with(words));
        led && between.split_whitespace().any(|word| matches!(word, "is" | "was" | "were" | "are"))
    }

    /// "how many times more than COMPUTE does DATABASE cost", "COMPUTE보다 DATABASE가 몇 배": what is
    /// compared with stands second.
    pub(in crate::understand::decide) fn base_last(&mut self) {
        let is_base = |draft: &Self, start: usize| {
            let at = draft.items.iter().position(|item| item.start == start)?;
            let korean = draft.text_of(at + 1);
            let trails = (draft.items.get(at + 1).is_some_and(|item| item.glued)
                && (korean.starts_with("보다") || korean.starts_with("에비해")))
                || korean == "대비";
            let prior = at.checked_sub(1).map(|before| draft.text_of(before).to_lowercase());
            let leads = prior.is_some_and(|prior| {
                prior.ends_with("than")
                    || matches!(prior.as_str(), "relative to" | "compared to" | "compared with")
            });
            (leads || trails).then_some(())
        };
        let found = self.conditions.iter().position(|held| {
            held.filter.op == FilterOp::In
                && held.filter.values.len() == 2
                && held.asked.len() == 2
                && (held.asked.first().is_some_and(|(start, _)| is_base(self, *start).is_some())
                    || self.goes_into(&held.asked))
        });
        if let Some(held) = found.and_then(|at| self.conditions.get_mut(at)) {
            held.filter.values.reverse();
            held.asked.reverse();
        }
    }
}
