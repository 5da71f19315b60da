//! Units of usage that are counted: "how many requests were billed", "GB-months used".

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
};

use super::super::{
    super::{
        limits::holds,
        link::{Entity, Meant},
        metered::is_unit,
        word::{Category, Meaning},
    },
    Draft,
};
use crate::request::{Ask, Condition, Decline, Reason, Side};

// "were billed", "got charged": a verb that counts what was used.
const PASSIVE: &[&str] = &["were", "was", "been", "be", "got", "are", "is"];

impl Draft<'_> {
    /// "GB-seconds" of which the quantity or the price is asked for: the unit as the question spells it, or
    /// as bills do.
    pub(in crate::understand) fn metered_unit(&self, at: usize, entity: &Entity) -> Option<Meant> {
        let asked =
            matches!(self.meaning(at + 1), Some(Meaning::Quantity([]) | Meaning::PricePer([])));
        let (dimension, values) =
            entity.options.iter().find(|(one, _)| is_unit(one)).filter(|_| asked)?;
        let said = self.text.get(entity.start..entity.end).unwrap_or_default();
        let same: Vec<String> =
            values.iter().filter(|value| value.eq_ignore_ascii_case(said)).cloned().collect();
        Some((dimension.clone(), if same.is_empty() { values.clone() } else { same }))
    }

    /// Units that a quantity or a price is asked for keep the charges that are metered in them.
    pub(in crate::understand::decide) fn unit_conditions(&mut self) {
        for at in 0..self.items.len() {
            let Some(Meaning::Quantity(spelled) | Meaning::PricePer(spelled)) = self.meaning(at)
            else {
                continue;
            };
            if spelled.is_empty() {
                continue;
            }
            let unit = Dimension::Column(FocusDimension::ConsumedUnit);
            let filter = Filter::any_of(unit, spelled.iter().copied());
            let asked = self.items.get(at).map(|item| (item.start, item.end));
            self.conditions.push(Condition { filter, asked: asked.into_iter().collect() });
            self.mark(at);
        }
    }

    /// A quantity whose unit the question names, with what it costs where that is asked, too.
    pub(in crate::understand::decide) fn metered(&mut self) {
        self.by_unit();
        if !self.flag(|meaning| matches!(meaning, Meaning::Quantity(_))) {
            self.quantity_and_cost();
            return;
        }
        let quantity = Measure::ConsumedQuantity;
        if !self.measures.contains(&quantity) {
            self.measures.insert(0, quantity);
        }
        let stated = self.measures.iter().any(Measure::is_cost);
        if self.has(&Meaning::Cost) && !stated {
            let cost = self.cost_of_use();
            let place = |wanted: fn(&Meaning) -> bool| {
                self.items.iter().position(|item| wanted(&item.meaning))
            };
            let first = place(|meaning| *meaning == Meaning::Cost)
                < place(|meaning| matches!(meaning, Meaning::Quantity(_)));
            let at = if first { 0 } else { self.measures.len() };
            self.measures.insert(at, cost.unwrap_or(Measure::BilledCost));
        }
    }

    // What stands beside a quantity: of usage that commitments cover, what it cost them.
    fn cost_of_use(&self) -> Option<Measure> {
        self.priced_by_use().or_else(|| self.known.description.default_cost.clone())
    }

    /// "transactions per dollar", "1달러당 거래": how many of them the money buys.
    pub(in crate::understand::decide) fn per_money(&mut self) -> Option<Ask> {
        let divided = (0..self.items.len()).any(|at| {
            let per = |index: Option<usize>| {
                index.is_some_and(|index| {
                    matches!(self.meaning(index), Some(Meaning::Per | Meaning::By))
                })
            };
            let before = self.previous_meaning(at);
            let ahead = before
                .filter(|at| matches!(self.meaning(*at), Some(Meaning::Number { value: 1, .. })));
            let ahead = ahead.map_or(before, |number| self.previous_meaning(number));
            self.meaning(at) == Some(&Meaning::Money) && (per(ahead) || per(self.next_meaning(at)))
        });
        if !divided || !self.measures.contains(&Measure::Transactions) {
            return None;
        }
        let stated = self.measures.iter().find(|measure| measure.is_cost()).cloned();
        let cost = stated.unwrap_or(Measure::EffectiveCost);
        let side = |measure| Side { measure, conditions: self.conditions.clone(), period: None };
        self.sides = vec![side(Measure::Transactions), side(cost)];
        // Transactions are of a workload and of a time, and of nothing else.
        self.dimensions.retain(|held| *held == Dimension::Workload || held.grain().is_some());
        if !self.dimensions.is_empty() {
            self.measures = self.sides.iter().map(|side| side.measure.clone()).collect();
        }
        Some(Ask::Ratio)
    }

    // "quantity and cost", "수량이랑 비용": a bare cost beside another measure is asked for, too.
    fn quantity_and_cost(&mut self) {
        let quantity = |meaning: Option<&Meaning>| {
            matches!(
                meaning,
                Some(Meaning::Measure(
                    Measure::ConsumedQuantity | Measure::PricingQuantity | Measure::Transactions
                ))
            )
        };
        let joined = (0..self.items.len()).any(|at| {
            let before = self.previous_meaning(at).and_then(|index| self.meaning(index));
            let after = self.next_meaning(at).and_then(|index| self.meaning(index));
            let comma = self.text_of(at) == ",";
            (self.meaning(at) == Some(&Meaning::And) || comma)
                && ((quantity(before) && after == Some(&Meaning::Cost))
                    || (before == Some(&Meaning::Cost) && quantity(after)))
        });
        let counted = self.measures.iter().any(|one| {
            matches!(
                one,
                Measure::ConsumedQuantity | Measure::PricingQuantity | Measure::Transactions
            )
        });
        let joined = joined || (counted && self.bounds.is_empty() && self.asks_cost_too());
        if joined && !self.measures.iter().any(Measure::is_cost) {
            let cost = self.cost_of_use();
            self.measures.push(cost.unwrap_or(Measure::BilledCost));
        }
    }

    /// "단가가 1센트 미만인 SKU는 몇 개": the amount is a price.
    pub(in crate::understand::decide) fn bounds_prices(&mut self) {
        let counted = self.counted.is_some() && !self.bounds.is_empty();
        if counted && self.has(&Meaning::UnitPrice) && self.bounded.is_none() {
            let stated = self.measures.iter().find_map(Measure::cost);
            let usual = self.known.description.default_cost.as_ref().and_then(Measure::cost);
            self.bounded = stated.or(usual).map(Measure::UnitPrice);
        }
    }

    // "수량이 얼마이고 비용은 얼마야", "how much was used and what did it cost": a cost of its own.
    fn asks_cost_too(&self) -> bool {
        (0..self.items.len()).any(|at| {
            let noun = !self.text_of(at).starts_with("얼") && self.text_of(at) != "how much";
            let topic = matches!(self.text_of(at + 1), "은" | "는" | "도");
            self.meaning(at) == Some(&Meaning::Cost) && noun && (topic || self.asks_amount(at))
        })
    }

    // "usage by unit": charges without a unit have no quantity.
    fn by_unit(&mut self) {
        let quantity = self.measures == [Measure::ConsumedQuantity];
        let unit = self.dimensions.iter().find(|one| is_unit(one)).cloned();
        if let Some(dimension) = unit.filter(|_| quantity)
            && self.conditions.iter().all(|held| held.filter.dimension != dimension)
        {
            let filter = Filter { dimension, op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        }
    }

    /// Whether the price of a unit is asked for.
    pub(in crate::understand) fn prices_units(&self) -> bool {
        self.has(&Meaning::UnitPrice)
            || self.flag(|meaning| matches!(meaning, Meaning::PricePer(_)))
    }

    /// "rows with a unit price above $1": prices of single charges are no amounts of theirs.
    pub(in crate::understand) fn bounds_a_price(&self) -> Option<Decline> {
        let bounded = self.prices_units() && !self.bounds.is_empty();
        (bounded && self.dimensions.is_empty()).then_some(Decline {
            reason: Reason::NotUnderstood,
            asked: Vec::new(),
            nearest: Vec::new(),
            period: None,
        })
    }

    /// What usage costs a unit is no matter of credits, fees and taxes, unless the question speaks of kinds
    /// of charges.
    pub(in crate::understand::decide) fn priced_usage(&mut self) {
        let usage = Category::Usage.filter();
        let stated = self.conditions.iter().any(|held| held.filter.dimension == usage.dimension);
        if !stated && holds(self.known, &usage.dimension) {
            self.conditions.push(Condition { filter: usage, asked: Vec::new() });
        }
    }

    /// Quantities beside a unit that the question counts, where other words speak of money or of rows.
    /// `true` when they were settled.
    pub(in crate::understand::decide) fn counts_units(&mut self) -> bool {
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
