//! Units of usage that are counted: "how many requests were billed", "GB-months used".

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
};

use super::{super::word::Meaning, Draft};

// "were billed", "got charged": a verb that counts what was used.
const PASSIVE: &[&str] = &["were", "was", "been", "be", "got", "are", "is"];

impl Draft<'_> {
    /// Quantities beside a unit that the question counts, where other words speak of money or of rows.
    /// `true` when they were settled.
    pub(super) fn counts_units(&mut self) -> bool {
        if self.measures == [Measure::Transactions]
            && self.known.description.transactions.is_empty()
        {
            self.measures = vec![Measure::ConsumedQuantity];
            return true;
        }
        if !self.has(&Meaning::HowMany) {
            return false;
        }
        let money: Vec<usize> = (0..self.items.len())
            .filter(|at| {
                matches!(self.meaning(*at), Some(Meaning::Cost))
                    || matches!(self.meaning(*at), Some(Meaning::Measure(measure)) if measure.is_cost())
            })
            .collect();
        let verbs = money.iter().all(|at| self.is_passive(*at));
        if !money.is_empty() && verbs {
            self.measures = vec![Measure::ConsumedQuantity];
            self.counted = None;
            return true;
        }
        // "how much did it cost, and how many requests were there": both.
        let own = (0..self.items.len()).any(|at| {
            self.meaning(at) == Some(&Meaning::HowMany)
                && self.next_meaning(at).is_some_and(|next| self.names_unit(next))
        });
        if own && !money.is_empty() && self.counted.is_none() {
            if self.measures.is_empty() {
                let cost = self.known.description.default_cost.clone();
                self.measures.push(cost.unwrap_or(Measure::BilledCost));
            }
            self.measures.push(Measure::ConsumedQuantity);
            return true;
        }
        false
    }

    fn is_passive(&self, at: usize) -> bool {
        let verb = matches!(
            self.text_of(at).to_lowercase().as_str(),
            "billed" | "charged" | "invoiced" | "paid"
        );
        let prior = at.checked_sub(1).map(|before| self.text_of(before).to_lowercase());
        verb && prior.is_some_and(|prior| PASSIVE.contains(&prior.as_str()))
    }

    fn names_unit(&self, at: usize) -> bool {
        let Some(Meaning::Entity(index)) = self.meaning(at) else { return false };
        self.entities.get(*index).is_some_and(|entity| {
            entity.options.iter().any(|(dimension, _)| {
                matches!(
                    dimension,
                    Dimension::Column(FocusDimension::ConsumedUnit | FocusDimension::PricingUnit)
                )
            })
        })
    }
}
