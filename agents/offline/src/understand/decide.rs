//! Decides what is asked, once words, names and periods are known.

mod ask;
mod counts;
mod finish;
mod groups;
mod names;
mod rows;
mod shares;
mod times;
mod unit_cost;

use wherefore_contract::{
    cost::{Fold, Measure, PeriodBasis, Scale},
    dimension::Dimension,
    filter::{Filter, RowCondition},
    period::Period,
};

use super::{
    analyses::{self, phrases::Heard},
    link::Entity,
    time::Calendar,
    word::{Item, Meaning},
};
use crate::request::{
    AllocationAsk, Analysis, Choice, CommitmentAsk, Condition, Known, Moment, Note, ScheduleAsk,
    Side, Slice, Understanding,
};
pub(super) use names::currency::code as currency_code;
pub(super) use names::tags::tags_named;
use rows::thresholds::Bound;

/// A reading in the making.
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the reading")]
pub(super) struct Draft<'a> {
    pub(super) text: &'a str,
    /// The same text as phrases are looked for in it.
    pub(super) heard: &'a Heard,
    pub(super) items: Vec<Item>,
    used: Vec<bool>,
    pub(super) entities: &'a [Entity],
    pub(super) known: &'a Known,
    pub(super) calendar: Calendar,
    pub(super) conditions: Vec<Condition>,
    pub(super) choices: Vec<Choice>,
    pub(super) notes: Vec<Note>,
    pub(super) measures: Vec<Measure>,
    pub(super) dimensions: Vec<Dimension>,
    pub(super) counted: Option<Dimension>,
    pub(super) limit: Option<u32>,
    pub(super) percent: Option<u32>,
    pub(super) period: Option<Moment>,
    pub(super) base: Option<Moment>,
    pub(super) whole: bool,
    pub(super) bounds: Vec<Bound>,
    /// Costs that must be zero, or lie on one side of it, where the question says it of several.
    pub(super) signs: Vec<RowCondition>,
    pub(super) limit_per: Vec<Dimension>,
    pub(super) nth: Option<u32>,
    pub(super) per_day: bool,
    pub(super) change: bool,
    pub(super) running: bool,
    /// Times without any charge are asked for.
    pub(super) absent: bool,
    pub(super) scale: Option<Scale>,
    pub(super) fold: Option<Fold>,
    pub(super) fold_per: Vec<Dimension>,
    pub(super) fold_share: bool,
    pub(super) rank_by: Option<String>,
    pub(super) divisor: Option<Measure>,
    /// The cost that a threshold is about, where rows are counted.
    pub(super) bounded: Option<Measure>,
    pub(super) sides: Vec<Side>,
    pub(super) basis: PeriodBasis,
    /// "month over month": a comparison whatever else is said.
    pub(super) compares: bool,
    /// The filters of the whole of a share, where the question says them.
    pub(super) within: Option<Vec<Filter>>,
    /// "how many accounts make up 90%": how many rows there are, rather than which ones.
    pub(super) only_count: bool,
    /// "what share of the increase is due to it": each row's part of the whole change.
    pub(super) share_of_change: bool,
    pub(super) unread: Vec<Slice>,
    /// Times that are left out, and the words that say so.
    pub(super) excluded: Vec<(Period, Slice)>,
    /// Names that are said to be of a kind which has no such name.
    pub(super) misnamed: Vec<Slice>,
    /// What the question asks for where that is an analysis of its own.
    pub(super) analysis: Option<Analysis>,
    /// What is named of commitments.
    pub(super) commitment: Option<CommitmentAsk>,
    /// A movement is asked to be split into price, usage and mix.
    pub(super) bridge: bool,
    /// What a scaling schedule must keep to.
    pub(super) schedule: Option<ScheduleAsk>,
    /// What it asks about shared cost.
    pub(super) allocation: Option<AllocationAsk>,
    /// The checks that an analysis is asked to run; none for all of them.
    pub(super) checks: Vec<String>,
    /// The budget that is named.
    pub(super) budget: Option<String>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        text: &'a str,
        heard: &'a Heard,
        items: Vec<Item>,
        entities: &'a [Entity],
        known: &'a Known,
        calendar: Calendar,
    ) -> Self {
        Self {
            text,
            heard,
            used: vec![false; items.len()],
            items,
            entities,
            known,
            calendar,
            conditions: Vec::new(),
            choices: Vec::new(),
            notes: Vec::new(),
            measures: Vec::new(),
            dimensions: Vec::new(),
            counted: None,
            limit: None,
            percent: None,
            period: None,
            base: None,
            whole: false,
            bounds: Vec::new(),
            signs: Vec::new(),
            limit_per: Vec::new(),
            nth: None,
            per_day: false,
            change: false,
            running: false,
            absent: false,
            scale: None,
            fold: None,
            fold_per: Vec::new(),
            fold_share: false,
            rank_by: None,
            divisor: None,
            bounded: None,
            sides: Vec::new(),
            basis: PeriodBasis::Charge,
            compares: false,
            within: None,
            only_count: false,
            share_of_change: false,
            unread: Vec::new(),
            excluded: Vec::new(),
            misnamed: Vec::new(),
            analysis: None,
            commitment: None,
            schedule: None,
            allocation: None,
            checks: Vec::new(),
            budget: None,
            bridge: false,
        }
    }

    pub(super) fn meaning(&self, at: usize) -> Option<&Meaning> {
        self.items.get(at).map(|item| &item.meaning)
    }

    pub(super) fn mark(&mut self, at: usize) {
        if let Some(used) = self.used.get_mut(at) {
            *used = true;
        }
    }

    pub(super) fn is_used(&self, at: usize) -> bool {
        self.used.get(at).copied().unwrap_or(false)
    }

    pub(super) fn next_meaning(&self, at: usize) -> Option<usize> {
        (at + 1..self.items.len()).find(|index| self.carries(*index))
    }

    pub(super) fn previous_meaning(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|index| self.carries(*index))
    }

    fn carries(&self, at: usize) -> bool {
        !matches!(self.meaning(at), Some(Meaning::Filler | Meaning::Particle) | None)
    }

    pub(super) fn has(&self, wanted: &Meaning) -> bool {
        self.items.iter().any(|item| item.meaning == *wanted)
    }

    pub(super) fn flag(&self, wanted: impl Fn(&Meaning) -> bool) -> bool {
        self.items.iter().any(|item| wanted(&item.meaning))
    }

    pub(super) fn wants_unit_cost(&self) -> bool {
        self.has(&Meaning::Measure(Measure::UnitCost))
    }

    pub(super) fn asks_cost(&self) -> bool {
        self.flag(|meaning| matches!(meaning, Meaning::Cost | Meaning::Measure(_)))
    }

    pub(super) fn moves(&self) -> bool {
        self.flag(|meaning| {
            matches!(
                meaning,
                Meaning::Change
                    | Meaning::Rise
                    | Meaning::Fall
                    | Meaning::Compare
                    | Meaning::New
                    | Meaning::Gone
            )
        })
    }

    /// The reading, or why there is none.
    pub(super) fn read(mut self) -> Understanding {
        self.senses();
        self.currencies();
        self.analysis = analyses::asked(&mut self);
        self.bridge = self.analysis.is_none() && analyses::bridged(&mut self);
        if let Some(decline) = self.out_of_reach() {
            return Understanding::Declined(decline);
        }
        self.thresholds();
        self.billed_in();
        self.conditions();
        self.unit_conditions();
        self.present_values();
        self.gross();
        self.groups();
        self.bounds_one_thing();
        self.measures();
        self.kinds_side_by_side();
        self.figures_of_commitments();
        self.numbers();
        self.cut_per_group();
        let open_keys = self.keys_to_choose();
        let ask = self.ask();
        let resolved = self.moments(ask);
        if !self.choices.is_empty() {
            return Understanding::NeedsClarification(self.choices);
        }
        let ask = match resolved {
            Ok(ask) => ask,
            Err(decline) => return Understanding::Declined(decline),
        };
        let ask = self.forecast_or_past(ask);
        if let Some(decline) = self.leave_out_times(ask) {
            return Understanding::Declined(decline);
        }
        if let Some(decline) = self.not_covered(ask) {
            return Understanding::Declined(decline);
        }
        if let Some(choices) = open_keys {
            return Understanding::NeedsClarification(choices);
        }
        self.give_sides_their_period();
        self.whole_of_commitments(ask);
        self.settle_time();
        Understanding::Reading(Box::new(self.reading(ask)))
    }
}
