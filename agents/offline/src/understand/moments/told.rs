//! Times that a question tells more than once, and days without data that it fills.

use wherefore_contract::{
    cost::Scale,
    dimension::{Dimension, Grain},
    period::Period,
};

use super::{
    super::{decide::Draft, word::Meaning},
    Named,
};
use crate::request::Ask;

impl Draft<'_> {
    /// "if the missing day had cost the average of the others", "빠진 날을 일평균으로 채우면": the month at the
    /// daily amount of its loaded days.
    pub(super) fn fills_gaps(&mut self, ask: Ask, named: &mut Vec<Named>) -> Option<Ask> {
        let lacking = ["missing", "빠진", "누락", "결측", "없는날", "비는날"];
        let lacks = (0..self.items.len()).any(|at| {
            let text = self.text_of(at).to_lowercase().replace(' ', "");
            lacking.iter().any(|word| text.starts_with(word))
        });
        let averages = self.has(&Meaning::PerDay) || self.has(&Meaning::Average);
        let lower = self.text.to_lowercase();
        let supposed = ["채우", "채운", "채워", "메우", "메운", "보정", "가정", "같다"]
            .iter()
            .any(|word| lower.contains(word))
            || (0..self.items.len()).any(|at| {
                let text = self.text_of(at).to_lowercase();
                matches!(text.as_str(), "if" | "assuming" | "filled" | "fill" | "filling")
            });
        let filled = matches!(ask, Ask::Total | Ask::PerDay) && lacks && averages && supposed;
        if !filled {
            return None;
        }
        let month = named.iter().find(|one| one.period.single_month().is_some()).copied()?;
        let inside = |period: Period| {
            period.start() >= month.period.start() && period.end() <= month.period.end()
        };
        if !named.iter().all(|one| inside(one.period)) {
            return None;
        }
        let days = u32::try_from(month.period.days()).ok()?;
        named.retain(|one| one.period == month.period);
        let day = Dimension::Time(Grain::Day);
        self.dimensions.retain(|dimension| *dimension != day);
        self.per_day = false;
        self.counted = None;
        self.scale = Some(Scale::Days(days));
        Some(if self.dimensions.is_empty() { Ask::Total } else { Ask::Breakdown })
    }

    /// "How did it change after 5 October? Compare the 4th with the 5th": two times of the sentence that
    /// compares are its sides, whatever other times stand before it.
    pub(super) fn keep_to_the_comparison(&self, named: &mut Vec<Named>) {
        if named.len() < 3 {
            return;
        }
        let sentence = |at: usize| {
            let before = self.text.get(..at).unwrap_or_default();
            before.matches(['?', '!', '\n']).count() + before.matches(". ").count()
        };
        let compared: Vec<usize> = self
            .items
            .iter()
            .filter(|item| matches!(item.meaning, Meaning::Compare | Meaning::Difference))
            .map(|item| sentence(item.start))
            .collect();
        let Some(place) = compared.last().copied() else { return };
        let own = |one: &&Named| sentence(one.asked.0) == place;
        if place > 0 && named.iter().filter(own).count() == 2 {
            named.retain(|one| own(&one));
        }
    }
}
