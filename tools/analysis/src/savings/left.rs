//! What earlier actions leave of each line: its cost, and the hours that it still runs.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{After, Candidate, Effect, Share, estate::Estate, rules::Action};

/// What is left of every line of an estate.
#[derive(Debug, Clone)]
pub(super) struct Left {
    cost: Vec<Decimal>,
    // What was done to a line already, and what it cost before the first proposal of that check.
    done: BTreeMap<usize, BTreeMap<Action, Done>>,
    hours: BTreeMap<usize, Vec<Decimal>>,
    becomes: BTreeMap<usize, String>,
    // The part that is left of what hours do not tell: everything but schedules.
    parts: BTreeMap<usize, Decimal>,
}

#[derive(Debug, Clone)]
struct Done {
    check: String,
    // Whether others of the check may take their slices too.
    is_sliced: bool,
    before: Decimal,
}

/// How a line runs once everything before commitments is done.
pub(super) struct Rest<'a> {
    /// Its usage type then.
    pub(super) usage_type: Option<&'a str>,
    /// The part of its cost that is left in an hour in which it runs whole.
    pub(super) part: Decimal,
    /// Parts of the hours of a week that it still runs.
    pub(super) hours: Option<&'a [Decimal]>,
}

impl Left {
    pub(super) fn of(estate: &Estate) -> Self {
        Self {
            cost: estate.lines.iter().map(|line| line.cost).collect(),
            done: BTreeMap::new(),
            hours: BTreeMap::new(),
            becomes: BTreeMap::new(),
            parts: BTreeMap::new(),
        }
    }

    fn cost(&self, place: usize) -> Decimal {
        self.cost.get(place).copied().unwrap_or_default()
    }

    pub(super) fn of_lines(&self, lines: &[usize]) -> Decimal {
        lines.iter().map(|place| self.cost(*place)).sum()
    }

    /// The lines to which nothing of the kind was done yet; slices of one check stand side by side.
    pub(super) fn open_to(&self, candidate: &Candidate) -> Vec<usize> {
        let sliced = matches!(candidate.effect, Effect::Slice(_));
        let is_open = |place: &usize| {
            let done = self.done.get(place).and_then(|done| done.get(&candidate.action));
            done.is_none_or(|done| sliced && done.is_sliced && done.check == candidate.check)
        };
        candidate.lines.iter().copied().filter(is_open).collect()
    }

    // What a share is of: what is left, or what was there before the first slice.
    fn base(&self, place: usize, candidate: &Candidate) -> Decimal {
        let done = self.done.get(&place).and_then(|done| done.get(&candidate.action));
        done.map_or_else(|| self.cost(place), |done| done.before)
    }

    /// What a proposal saves of what is left.
    pub(super) fn saved(&self, candidate: &Candidate) -> Share {
        let share = candidate.effect.share();
        let lines = candidate.lines.iter().map(|place| (self.base(*place, candidate), *place));
        let of = |share: Decimal| {
            lines.clone().map(|(base, place)| (base * share).min(self.cost(place))).sum()
        };
        Share { low: of(share.low), expected: of(share.expected), high: of(share.high) }
    }

    /// Takes what the proposal saves.
    pub(super) fn take(&mut self, candidate: &Candidate) {
        let share = candidate.effect.share().expected;
        for place in candidate.lines.iter().copied() {
            let (base, left) = (self.base(place, candidate), self.cost(place));
            let kept = (left - base * share).max(Decimal::ZERO);
            if let Some(cost) = self.cost.get_mut(place) {
                *cost = kept;
            }
            let done = self.done.entry(place).or_default();
            done.entry(candidate.action).or_insert_with(|| Done {
                check: candidate.check.clone(),
                is_sliced: matches!(candidate.effect, Effect::Slice(_)),
                before: base,
            });
            if let After::Hours(hours) = &candidate.after {
                self.hours.insert(place, hours.clone());
                continue;
            }
            let part = kept.checked_div(left).unwrap_or_default();
            *self.parts.entry(place).or_insert(Decimal::ONE) *= part;
            if let After::As(usage_type) = &candidate.after {
                self.becomes.insert(place, usage_type.clone());
            }
        }
    }

    /// Lines to which anything was done.
    pub(super) fn touched(&self) -> BTreeSet<usize> {
        self.done.keys().copied().collect()
    }

    pub(super) fn rest(&self, place: usize) -> Rest<'_> {
        Rest {
            usage_type: self.becomes.get(&place).map(String::as_str),
            part: self.parts.get(&place).copied().unwrap_or(Decimal::ONE),
            hours: self.hours.get(&place).map(Vec::as_slice),
        }
    }
}
