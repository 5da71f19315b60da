//! Several costs of which the question says whether they are zero: "a positive billed cost but an effective
//! cost of zero", "유효 비용은 0인데 청구 비용이 있는".

use wherefore_contract::{
    Decimal,
    cost::Measure,
    filter::{AmountCondition, Comparison, RowCondition},
};

use super::super::super::{super::word::Meaning, Draft};

impl Draft<'_> {
    /// Takes the costs and what is said of them out of the question, where it speaks so of two costs or more.
    pub(super) fn signs_of_costs(&mut self) {
        let costs: Vec<(usize, Measure)> = (0..self.items.len())
            .filter_map(|at| match self.meaning(at) {
                Some(Meaning::Measure(measure)) if measure.is_cost() => Some((at, measure.clone())),
                _ => None,
            })
            .collect();
        let mut found: Vec<(usize, usize, RowCondition)> = Vec::new();
        let mut said = 0;
        let others = |measure: &Measure| costs.iter().any(|(_, other)| other != measure);
        let several = costs.first().is_some_and(|(_, first)| others(first));
        for (at, measure) in costs.clone() {
            let Some((sign, op, strict)) = self.sign_beside(at) else { continue };
            let again = |other: &(usize, usize, RowCondition)| {
                other.1 == sign || other.2.measure == measure
            };
            if found.iter().any(again) {
                continue;
            }
            said += usize::from(strict);
            found.push((at, sign, RowCondition { measure, op, value: Decimal::ZERO }));
        }
        // "the list cost of rows with a billed cost of zero": one of two costs is the condition.
        if !several || found.is_empty() || said == 0 {
            return;
        }
        for (at, sign, condition) in found {
            let denied = self.denied(sign);
            for place in [Some(at), Some(sign), denied].into_iter().flatten() {
                self.mark(place);
                if let Some(item) = self.items.get_mut(place) {
                    item.meaning = Meaning::Filler;
                }
            }
            self.signs.push(condition);
        }
    }

    /// "청구 비용이 0인", "an effective cost of 0", "0이 아닌": what a bare zero says of the cost before it.
    pub(super) fn zero_of_a_cost(&mut self, at: usize) -> Option<Comparison> {
        let bounded = (at.saturating_sub(3)..at + 4).any(|near| {
            matches!(self.meaning(near), Some(Meaning::Bound(_) | Meaning::PercentSign))
        });
        let prior = self.previous_meaning(at);
        let said = prior
            .filter(|prior| Some(*prior) == self.denied(at))
            .map_or(prior, |denied| self.previous_meaning(denied));
        let cost = said.is_some_and(|said| match self.meaning(said) {
            Some(Meaning::Cost) => true,
            Some(Meaning::Measure(measure)) => measure.is_cost(),
            _ => false,
        });
        let korean = self.items.get(at + 1).is_some_and(|item| item.glued)
            && ["인", "이", "으로"].iter().any(|ending| self.text_of(at + 1).starts_with(ending));
        let english = at.checked_sub(1).is_some_and(|prior| {
            let prior = self.text_of(prior).to_lowercase();
            matches!(
                prior.as_str(),
                "of" | "is" | "are" | "was" | "=" | "equals" | "exactly" | "to"
            )
        });
        if bounded || !cost || !(korean || english) {
            return None;
        }
        let Some(denied) = self.denied(at) else { return Some(Comparison::Equal) };
        self.mark(denied);
        Some(Comparison::NotEqual)
    }

    // "0이 아닌", "not 0".
    fn denied(&self, at: usize) -> Option<usize> {
        if !matches!(self.meaning(at), Some(Meaning::Number { value: 0, .. })) {
            return None;
        }
        let behind = (at + 1..at + 4).find(|near| {
            self.text_of(*near).starts_with("아니") || self.text_of(*near).starts_with("아닌")
        });
        let ahead = at.checked_sub(1).filter(|prior| {
            let prior = self.text_of(*prior).to_lowercase();
            prior == "not" || prior.ends_with(" not")
        });
        behind.or(ahead)
    }

    // What is said of the cost at `at`, where it is said, and whether the words alone say it of an amount.
    fn sign_beside(&self, at: usize) -> Option<(usize, Comparison, bool)> {
        let korean = !self.text_of(at).is_ascii();
        // "청구 비용이 있는", "유효 비용은 없는데".
        let held = (at + 1..at + 4)
            .find(|place| ["있", "없"].iter().any(|stem| self.text_of(*place).starts_with(stem)));
        if let Some(place) = held.filter(|_| korean)
            && (at + 1..place).all(|between| {
                matches!(self.meaning(between), Some(Meaning::Particle | Meaning::Filler))
            })
        {
            let lacks = self.text_of(place).starts_with('없');
            let op = if lacks { Comparison::Equal } else { Comparison::NotEqual };
            return Some((place, op, false));
        }
        let next = self.next_meaning(at);
        let behind = next.and_then(|next| self.sign_at(next, korean));
        if korean {
            return behind;
        }
        // "is not 0".
        let denied = next.filter(|next| self.meaning(*next) == Some(&Meaning::Not));
        let zero = denied.and_then(|denied| self.next_meaning(denied));
        if let Some(found) = zero.and_then(|zero| self.sign_at(zero, false)) {
            return Some(found).filter(|(.., strict)| *strict);
        }
        let ahead = self.previous_meaning(at).filter(|prior| {
            prior + 3 > at && !matches!(self.meaning(*prior), Some(Meaning::Number { .. }))
        });
        ahead.and_then(|prior| self.sign_at(prior, false)).or(behind.filter(|(.., strict)| *strict))
    }

    fn sign_at(&self, at: usize, korean: bool) -> Option<(usize, Comparison, bool)> {
        let (op, strict) = match self.meaning(at)? {
            Meaning::Sign(op) => (*op, true),
            Meaning::Number { value: 0, .. } => (
                if self.denied(at).is_some() { Comparison::NotEqual } else { Comparison::Equal },
                true,
            ),
            Meaning::With | Meaning::Exists if korean => (Comparison::NotEqual, false),
            Meaning::Without if korean => (Comparison::Equal, false),
            Meaning::With => (Comparison::NotEqual, false),
            Meaning::Without | Meaning::Not => (Comparison::Equal, false),
            _ => return None,
        };
        Some((at, op, strict))
    }

    /// The signs as conditions: of single charges, or of rows where things are asked for by their costs.
    pub(super) fn settle_signs(&mut self) -> (Vec<AmountCondition>, Vec<RowCondition>) {
        let signs = std::mem::take(&mut self.signs);
        let of_charges = self.measures.contains(&Measure::Rows)
            || (0..self.items.len()).any(|at| {
                let text = self.text_of(at).to_lowercase();
                ["항목", "행", "건", "줄", "charge", "row", "line"]
                    .iter()
                    .any(|word| text.starts_with(word))
            });
        if of_charges || self.dimensions.is_empty() {
            return (Vec::new(), signs);
        }
        for sign in &signs {
            if !self.measures.contains(&sign.measure) {
                self.measures.push(sign.measure.clone());
            }
        }
        let having = signs
            .into_iter()
            .map(|sign| AmountCondition::amount(sign.measure.column_name(), sign.op, sign.value));
        (having.collect(), Vec::new())
    }
}
