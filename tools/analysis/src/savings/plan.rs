//! Puts proposals in the order of doing, each on the cost that the ones before it left.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use rust_decimal::Decimal;

use super::{
    Candidate, Effect, Examined, SCALE, Share,
    estate::Estate,
    rules::{Action, Rules},
};

const HOURS_OF_DAY: Decimal = Decimal::from_parts(24, 0, 0, false, 0);

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

/// Plans the proposals: deletes, then resizes and schedules, then moves, then commits what is left.
///
/// A line is moved, resized or scheduled once: by the proposal that saves most. Amounts are of a month, rounded
/// to [`SCALE`] digits, and the total is the sum of the lines. The order of `candidates` does not matter.
#[must_use]
pub fn plan(estate: &Estate, rules: &Rules, candidates: &[Candidate]) -> Plan {
    let month = estate.to_month(rules);
    let monthly = |amount: Decimal| (amount * month).round_dp(SCALE);
    let least = rules.settings.min_monthly;
    let whole = Left::of(estate, rules);
    let mut left = Left::of(estate, rules);
    let mut plan = Plan::default();
    let mut waiting: Vec<(Candidate, Decimal)> = candidates
        .iter()
        .map(|candidate| {
            let (amounts, _) = whole.saved(estate, candidate);
            (candidate.clone(), amounts)
        })
        .map(|(candidate, amounts)| {
            let alone =
                if candidate.action == Action::Examine { amounts.high } else { amounts.expected };
            (candidate, monthly(alone))
        })
        .filter(|(_, alone)| *alone >= least)
        .collect();
    // The largest first within an action; names decide between equals.
    waiting.sort_by(|(one, alone), (other, apart)| {
        (one.action, Reverse(alone), &one.check, &one.resource_id, &one.lines).cmp(&(
            other.action,
            Reverse(apart),
            &other.check,
            &other.resource_id,
            &other.lines,
        ))
    });
    for (candidate, alone) in waiting {
        let cost = candidate.lines.iter().filter_map(|place| estate.line(*place));
        let cost_before = monthly(cost.map(|line| line.cost).sum());
        if candidate.action == Action::Examine {
            plan.examined.push(Examined { candidate, cost: cost_before, up_to: alone });
            continue;
        }
        plan.total_without_order += alone;
        let lines = left.open_to(&candidate);
        let reduced = Candidate { lines, ..candidate };
        let (saved, parts) = left.saved(estate, &reduced);
        let amount = monthly(saved.expected);
        if amount < least {
            continue;
        }
        let cost_left = monthly(left.of_lines(&reduced.lines));
        left.take(&reduced, &parts);
        plan.savings.push(Saving {
            candidate: reduced,
            cost_before,
            cost_left,
            monthly: amount,
            low: monthly(saved.low).min(amount),
            high: monthly(saved.high).max(amount),
        });
    }
    plan.total = plan.savings.iter().map(|saving| saving.monthly).sum();
    plan.total_low = plan.savings.iter().map(|saving| saving.low).sum();
    plan.total_high = plan.savings.iter().map(|saving| saving.high).sum();
    plan
}

// What of each line is left.
struct Left {
    cost: Vec<Decimal>,
    // Lines that do not run through any more: deleted or stopped at times.
    broken: BTreeSet<usize>,
    // What was done to a line already.
    done: BTreeMap<usize, BTreeSet<Action>>,
    // Lines of fewer hours a day do not run through: a commitment of theirs would be used at times only.
    hours_through: Decimal,
}

impl Left {
    fn of(estate: &Estate, rules: &Rules) -> Self {
        Self {
            hours_through: rules.settings.around_the_clock * HOURS_OF_DAY,
            cost: estate.lines.iter().map(|line| line.cost).collect(),
            broken: BTreeSet::new(),
            done: BTreeMap::new(),
        }
    }

    fn cost(&self, place: usize) -> Decimal {
        self.cost.get(place).copied().unwrap_or_default()
    }

    fn of_lines(&self, lines: &[usize]) -> Decimal {
        lines.iter().map(|place| self.cost(*place)).sum()
    }

    /// The lines to which nothing of the kind was done yet.
    fn open_to(&self, candidate: &Candidate) -> Vec<usize> {
        let is_open = |place: &usize| {
            !self.done.get(place).is_some_and(|done| done.contains(&candidate.action))
        };
        candidate.lines.iter().copied().filter(is_open).collect()
    }

    /// What a proposal saves of what is left, and the part of each line's cost that goes.
    fn saved(&self, estate: &Estate, candidate: &Candidate) -> (Share, Vec<Decimal>) {
        match candidate.effect {
            Effect::Part(share) => {
                let cost = self.of_lines(&candidate.lines);
                let amounts = Share {
                    low: cost * share.low,
                    expected: cost * share.expected,
                    high: cost * share.high,
                };
                (amounts, vec![share.expected; candidate.lines.len()])
            }
            Effect::Commit(discount) => self.committed(estate, candidate, discount),
        }
    }

    // The smallest day of what still runs through is bought; all of its pool is charged alike.
    fn committed(
        &self,
        estate: &Estate,
        candidate: &Candidate,
        discount: Share,
    ) -> (Share, Vec<Decimal>) {
        let nothing = Share::exactly(Decimal::ZERO);
        let none = (nothing, vec![Decimal::ZERO; candidate.lines.len()]);
        let through = self.running_through(estate, &candidate.lines);
        let steady: Vec<usize> = candidate
            .lines
            .iter()
            .copied()
            .filter(|place| !self.broken.contains(place))
            .filter(|place| through.contains(place))
            .collect();
        let lines = || steady.iter().filter_map(|place| estate.line(*place));
        let Some(pool) = lines().next().map(super::estate::UsageLine::pool) else { return none };
        let used: Decimal = lines().map(|line| line.quantity).sum();
        let days = Decimal::from(estate.days.max(1));
        let others: Decimal = candidate
            .lines
            .iter()
            .filter(|place| !steady.contains(place))
            .filter_map(|place| estate.line(*place))
            .map(|line| line.quantity)
            .sum();
        let mut by_day: BTreeMap<jiff::civil::Date, Decimal> = BTreeMap::new();
        for day in estate.daily.iter().filter(|day| day.pool() == pool) {
            *by_day.entry(day.day).or_default() += day.quantity;
        }
        let Some(least) = by_day.values().min().filter(|_| by_day.len() == estate.days as usize)
        else {
            return none;
        };
        let floor = (*least - others / days).max(Decimal::ZERO);
        let Some(covered) = (floor * days).checked_div(used) else { return none };
        let covered = covered.min(Decimal::ONE);
        let cost = self.of_lines(&steady) * covered;
        let amounts = Share {
            low: cost * discount.low,
            expected: cost * discount.expected,
            high: cost * discount.high,
        };
        let part = covered * discount.expected;
        let parts = candidate
            .lines
            .iter()
            .map(|place| if steady.contains(place) { part } else { Decimal::ZERO });
        (amounts, parts.collect())
    }

    // Lines of the resources that run at all hours; a resource whose tags changed has several.
    fn running_through(&self, estate: &Estate, places: &[usize]) -> BTreeSet<usize> {
        let least = self.hours_through * Decimal::from(estate.days);
        let lines = || places.iter().filter_map(|place| Some((*place, estate.line(*place)?)));
        let mut hours: BTreeMap<&str, Decimal> = BTreeMap::new();
        for (_, line) in lines() {
            *hours.entry(&line.resource_id).or_default() += line.quantity;
        }
        let through = lines().filter(|(_, line)| {
            hours.get(line.resource_id.as_str()).is_some_and(|hours| *hours >= least)
        });
        through.map(|(place, _)| place).collect()
    }

    fn take(&mut self, candidate: &Candidate, parts: &[Decimal]) {
        for (place, part) in candidate.lines.iter().zip(parts) {
            if let Some(cost) = self.cost.get_mut(*place) {
                *cost -= *cost * part;
            }
            self.done.entry(*place).or_default().insert(candidate.action);
            if matches!(candidate.action, Action::Delete | Action::Schedule) {
                self.broken.insert(*place);
            }
        }
    }
}
