//! Puts proposals in the order of doing, each on the cost that the ones before it left.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::{
    Candidate, Examined, SCALE,
    committed::{Bought, Market},
    estate::Estate,
    left::Left,
    rules::{Action, Check, Rules},
};

/// One line of the plan: what a proposal saves in a month, on what is left when its turn comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saving {
    pub candidate: Candidate,
    /// What its lines cost a month before anything is done, and what of that is left before it.
    pub cost_before: Decimal,
    pub cost_left: Decimal,
    pub monthly: Decimal,
    pub low: Decimal,
    pub high: Decimal,
    /// What is bought, where the action is a commitment.
    pub bought: Option<Bought>,
}

/// What to do, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub savings: Vec<Saving>,
    /// Costs to look into; nothing of them is in the totals.
    pub examined: Vec<Examined>,
    /// Sum of the lines of the plan.
    pub total: Decimal,
    pub total_low: Decimal,
    pub total_high: Decimal,
    /// Sum of all proposals, each on the whole cost: what counting them apart would claim.
    pub total_without_order: Decimal,
}

/// A plan to which commitments are still to come.
#[derive(Debug, Clone)]
pub struct Planned<'a> {
    estate: &'a Estate,
    rules: &'a Rules,
    left: Left,
    plan: Plan,
}

/// Plans the proposals: deletes, then resizes and schedules, then moves.
///
/// A line is moved, resized or scheduled once: by the proposal that saves most; slices of one check stand side by
/// side. Amounts are of a month, rounded to [`SCALE`] digits, and the total is the sum of the lines. The order of
/// `candidates` does not matter.
#[must_use]
pub fn plan<'a>(estate: &'a Estate, rules: &'a Rules, candidates: &[Candidate]) -> Planned<'a> {
    let month = estate.to_month(rules);
    let monthly = |amount: Decimal| (amount * month).round_dp(SCALE);
    let least = rules.settings.min_monthly;
    let mut left = Left::of(estate);
    let mut plan = Plan::default();
    for (candidate, alone) in in_order(candidates, &left, monthly, least) {
        let cost = candidate.lines.iter().filter_map(|place| estate.line(*place));
        let cost_before = monthly(cost.map(|line| line.cost).sum());
        if candidate.action == Action::Examine {
            plan.examined.push(Examined { candidate, cost: cost_before, up_to: alone });
            continue;
        }
        plan.total_without_order += alone;
        let lines = left.open_to(&candidate);
        let reduced = Candidate { lines, ..candidate };
        let saved = left.saved(&reduced);
        let amount = monthly(saved.expected);
        if amount < least {
            continue;
        }
        let cost_left = monthly(left.of_lines(&reduced.lines));
        left.take(&reduced);
        plan.savings.push(Saving {
            candidate: reduced,
            cost_before,
            cost_left,
            monthly: amount,
            low: monthly(saved.low).min(amount),
            high: monthly(saved.high).max(amount),
            bought: None,
        });
    }
    Planned { estate, rules, left, plan }
}

// The largest first within an action; names decide between equals.
fn in_order(
    candidates: &[Candidate],
    whole: &Left,
    monthly: impl Fn(Decimal) -> Decimal,
    least: Decimal,
) -> Vec<(Candidate, Decimal)> {
    let mut waiting: Vec<(Candidate, Decimal)> = candidates
        .iter()
        .map(|candidate| {
            let amounts = whole.saved(candidate);
            let alone =
                if candidate.action == Action::Examine { amounts.high } else { amounts.expected };
            (candidate.clone(), monthly(alone))
        })
        .filter(|(_, alone)| *alone >= least)
        .collect();
    waiting.sort_by(|(one, alone), (other, apart)| {
        (one.action, Reverse(alone), &one.check, &one.resource_id, &one.lines).cmp(&(
            other.action,
            Reverse(apart),
            &other.check,
            &other.resource_id,
            &other.lines,
        ))
    });
    waiting
}

impl Planned<'_> {
    /// Places of the lines to which something was done: commitments find less of them, or at other hours.
    #[must_use]
    pub fn touched(&self) -> Vec<usize> {
        self.left.touched().into_iter().collect()
    }

    /// The plan with the commitments that are worth most on what is left.
    #[must_use]
    pub fn commit(mut self, check: &Check, market: &Market<'_>) -> Plan {
        let least = self.rules.settings.min_monthly;
        let month = self.estate.to_month(self.rules);
        let worth = |saving: &Saving| saving.monthly >= least;
        let untouched = market.bought(check, self.estate, month, None);
        let alone = untouched.iter().filter(|saving| worth(saving)).map(|saving| saving.monthly);
        self.plan.total_without_order += alone.sum::<Decimal>();
        let mut bought = market.bought(check, self.estate, month, Some(&self.left));
        bought.retain(worth);
        bought.sort_by(|one, other| {
            (Reverse(one.monthly), &one.candidate.resource_id, &one.bought).cmp(&(
                Reverse(other.monthly),
                &other.candidate.resource_id,
                &other.bought,
            ))
        });
        self.plan.savings.extend(bought);
        self.done()
    }

    /// The plan without commitments.
    #[must_use]
    pub fn done(self) -> Plan {
        let mut plan = self.plan;
        plan.total = plan.savings.iter().map(|saving| saving.monthly).sum();
        plan.total_low = plan.savings.iter().map(|saving| saving.low).sum();
        plan.total_high = plan.savings.iter().map(|saving| saving.high).sum();
        plan
    }
}
