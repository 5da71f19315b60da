//! Decides what is asked, once words, names and periods are known.

use wherefore_contract::{
    cost::{Direction, Measure, PeriodBasis},
    dimension::{Dimension, FocusDimension, Grain},
    filter::FilterOp,
    period::Period,
};

use super::{
    limits::holds,
    link::Entity,
    time::{Calendar, day_after},
    word::{Item, Meaning, TimeWord},
};
use crate::request::{Ask, Choice, Condition, Known, Moment, Note, Reading, Understanding};

// A superlative without a count shows this many rows: the answer and what it is compared with.
const ROWS_OF_A_SUPERLATIVE: u32 = 10;
// The share that "the largest parts" reach when the question names none: the usual Pareto cut.
const USUAL_REACH: u32 = 80;

/// A reading in the making.
pub(super) struct Draft<'a> {
    pub(super) text: &'a str,
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
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        text: &'a str,
        items: Vec<Item>,
        entities: &'a [Entity],
        known: &'a Known,
        calendar: Calendar,
    ) -> Self {
        Self {
            text,
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

    pub(super) fn wants_unit_cost(&self) -> bool {
        self.has(&Meaning::Measure(Measure::UnitCost))
    }

    /// Whether the dimension word at `at` says by what to group: "by X", "X별", "which X".
    pub(super) fn is_grouped(&self, at: usize) -> bool {
        let before = self.previous_meaning(at).and_then(|index| self.meaning(index));
        let after = self
            .next_meaning(at)
            .filter(|next| self.items.get(*next).is_some_and(|item| item.glued));
        let after = after.and_then(|index| self.meaning(index));
        matches!(before, Some(Meaning::By | Meaning::Which)) || matches!(after, Some(Meaning::By))
    }

    /// The reading, or why there is none.
    pub(super) fn read(mut self) -> Understanding {
        if let Some(decline) = self.out_of_reach() {
            return Understanding::Declined(decline);
        }
        self.conditions();
        self.groups();
        self.measures();
        self.numbers();
        let ask = self.ask();
        let resolved = self.moments(ask);
        if !self.choices.is_empty() {
            return Understanding::NeedsClarification(self.choices);
        }
        let ask = match resolved {
            Ok(ask) => ask,
            Err(decline) => return Understanding::Declined(decline),
        };
        if let Some(decline) = self.not_covered(ask) {
            return Understanding::Declined(decline);
        }
        Understanding::Reading(Box::new(self.reading(ask)))
    }

    fn groups(&mut self) {
        for at in 0..self.items.len() {
            if self.is_used(at) {
                continue;
            }
            let dimension = match self.meaning(at) {
                Some(Meaning::Dimension(dimension)) => dimension.clone(),
                Some(Meaning::Service) => Dimension::Column(FocusDimension::ServiceName),
                Some(Meaning::Word(TimeWord::Unit(grain))) if self.groups_by_time(at) => {
                    Dimension::Time(*grain)
                }
                _ => continue,
            };
            self.mark(at);
            if self.is_counted(at, &dimension) && self.counted.is_none() {
                self.counted = Some(dimension);
            } else if !self.dimensions.contains(&dimension) {
                self.dimensions.push(dimension);
            }
        }
        // "weekdays against weekends" compares the two parts of the week.
        let parts = Dimension::Time(Grain::WeekPart);
        let both = self.conditions.iter().any(|condition| {
            condition.filter.dimension == parts && condition.filter.values.len() == 2
        });
        if both {
            self.conditions.retain(|condition| condition.filter.dimension != parts);
            self.dimensions.push(parts);
        }
    }

    // "주간" and "days" stand in many phrases; they group unless they belong to a count of days.
    fn groups_by_time(&self, at: usize) -> bool {
        let before = self.previous_meaning(at).and_then(|index| self.meaning(index));
        let counted = matches!(before, Some(Meaning::HowMany | Meaning::Number { .. }));
        !counted && (self.asks_cost() || !self.has(&Meaning::Complete))
    }

    fn is_counted(&self, at: usize, dimension: &Dimension) -> bool {
        if matches!(dimension, Dimension::Time(_)) || !self.has(&Meaning::HowMany) {
            return false;
        }
        let near = [self.previous_meaning(at), self.next_meaning(at)];
        let beside =
            near.into_iter().flatten().any(|index| self.meaning(index) == Some(&Meaning::HowMany));
        beside || !self.is_grouped(at)
    }

    pub(super) fn asks_cost(&self) -> bool {
        self.items.iter().any(|item| matches!(item.meaning, Meaning::Cost | Meaning::Measure(_)))
    }

    fn measures(&mut self) {
        for item in &self.items {
            if let Meaning::Measure(measure) = &item.meaning
                && !self.measures.contains(measure)
            {
                self.measures.push(measure.clone());
            }
        }
        // "S3 usage" without a word of cost asks for a quantity.
        let bare_usage = !self.asks_cost()
            && self.has(&Meaning::Category(super::word::Category::Usage))
            && !self.has(&Meaning::Discount)
            && self.measures.is_empty();
        if bare_usage {
            let usage = super::word::Category::Usage.filter();
            self.conditions.retain(|condition| condition.filter != usage);
            self.measures.push(Measure::ConsumedQuantity);
        }
    }

    fn numbers(&mut self) {
        let ranks = self.has(&Meaning::Rank(Direction::Descending))
            || self.has(&Meaning::Rank(Direction::Ascending));
        for at in 0..self.items.len() {
            let Some(Meaning::Number { value, .. }) = self.meaning(at).cloned() else { continue };
            if self.is_used(at) {
                continue;
            }
            let percent = self
                .next_meaning(at)
                .filter(|next| self.meaning(*next) == Some(&Meaning::PercentSign));
            let Ok(value) = u32::try_from(value) else { continue };
            if let Some(sign) = percent.filter(|_| (1..=100).contains(&value)) {
                self.percent = Some(value);
                self.mark(sign);
                self.mark(at);
            } else if self.limit.is_none()
                && (1..=1000).contains(&value)
                && (ranks || self.names_rows(at))
            {
                self.limit = Some(value);
                self.mark(at);
            } else if value == 1 {
                // "a single", "one", "1건": it says nothing about the figures.
                self.mark(at);
            }
        }
    }

    // "서비스 3개": a number beside what is listed.
    fn names_rows(&self, at: usize) -> bool {
        let near = [self.previous_meaning(at), self.next_meaning(at)];
        near.into_iter().flatten().any(|index| {
            matches!(self.meaning(index), Some(Meaning::Dimension(_) | Meaning::Service))
        })
    }

    fn flag(&self, wanted: impl Fn(&Meaning) -> bool) -> bool {
        self.items.iter().any(|item| wanted(&item.meaning))
    }

    pub(super) fn moves(&self) -> bool {
        self.flag(|meaning| {
            matches!(meaning, Meaning::Change | Meaning::Rise | Meaning::Fall | Meaning::Compare)
        })
    }

    fn is_grained(&self) -> bool {
        self.dimensions.iter().any(|dimension| dimension.grain().is_some())
    }

    // What is asked by the words alone; periods may still turn a total into a comparison.
    fn ask(&mut self) -> Ask {
        let ranks = self.flag(|meaning| matches!(meaning, Meaning::Rank(_)));
        if self.wants_unit_cost() {
            return if self.has(&Meaning::Why) { Ask::ExplainUnitCost } else { Ask::UnitCost };
        }
        if self.has(&Meaning::Complete) && !self.asks_cost() && !self.moves() {
            return Ask::Completeness;
        }
        if self.counted.is_some() {
            return Ask::Count;
        }
        if self.has(&Meaning::Why) {
            return Ask::Explain;
        }
        if self.asks_unused() && !self.is_grained() {
            self.dimensions.clear();
            return Ask::Unused;
        }
        let parts = self.has(&Meaning::Share) || !self.dimensions.is_empty();
        if self.has(&Meaning::Reach) || (self.percent.is_some() && parts) {
            return Ask::Cumulative(self.percent.unwrap_or(USUAL_REACH));
        }
        let day = Dimension::Time(Grain::Day);
        if self.has(&Meaning::Jump) || (ranks && self.moves() && self.dimensions == [day.clone()]) {
            return self.jump(day);
        }
        if (self.has(&Meaning::First) || self.has(&Meaning::Last)) && !ranks && !self.moves() {
            return Ask::FirstSeen;
        }
        if self.has(&Meaning::Times) {
            return Ask::Times;
        }
        if self.has(&Meaning::Discount)
            || (self.has(&Meaning::Difference) && self.measures.len() == 2)
        {
            return Ask::Saving;
        }
        if self.has(&Meaning::Share) && !self.moves() {
            return self.share();
        }
        let averages_days = self.has(&Meaning::Average) && self.dimensions == [day.clone()];
        if averages_days || (self.has(&Meaning::PerDay) && !ranks) {
            self.dimensions.retain(|dimension| *dimension != day);
            return Ask::PerDay;
        }
        if self.has(&Meaning::PerDay) && self.dimensions.is_empty() {
            self.dimensions.push(day);
        }
        if self.has(&Meaning::Compare) || self.has(&Meaning::Difference) {
            self.sides();
        }
        if self.is_grained() {
            return if ranks && self.dimensions.len() == 1 { Ask::Breakdown } else { Ask::Trend };
        }
        if self.has(&Meaning::Trend) {
            return Ask::Trend;
        }
        if self.dimensions.is_empty() { Ask::Total } else { Ask::Breakdown }
    }

    fn jump(&mut self, day: Dimension) -> Ask {
        self.dimensions.retain(|dimension| dimension.grain().is_some());
        if self.dimensions.is_empty() {
            self.dimensions.push(day);
        }
        Ask::Jump
    }

    // "AWS against Azure": two values of one dimension stand side by side.
    fn sides(&mut self) {
        let sides = self
            .conditions
            .iter()
            .find(|held| held.filter.op == FilterOp::In && held.filter.values.len() >= 2);
        if let Some(dimension) = sides.map(|held| held.filter.dimension.clone())
            && !self.dimensions.contains(&dimension)
        {
            self.dimensions.push(dimension);
        }
    }

    // "share by service" gives shares to all rows; "the share of EC2" is one part over the whole.
    fn share(&self) -> Ask {
        let grouped = self.dimensions.iter().any(|dimension| dimension.grain().is_none());
        if grouped || self.conditions.is_empty() { Ask::Breakdown } else { Ask::Share }
    }

    fn direction(&self) -> Direction {
        let falls = self.has(&Meaning::Fall) && !self.has(&Meaning::Rise);
        if self.has(&Meaning::Rank(Direction::Ascending)) || (falls && self.moves()) {
            Direction::Ascending
        } else {
            Direction::Descending
        }
    }

    fn reading(mut self, ask: Ask) -> Reading {
        let stated = !self.measures.is_empty();
        let default = self.known.description.default_cost.clone().unwrap_or(Measure::BilledCost);
        if !stated {
            self.measures.push(default.clone());
        }
        self.settle_commitment(ask);
        match ask {
            Ask::Saving if self.measures.len() < 2 => {
                self.measures = vec![Measure::ListCost, Measure::EffectiveCost];
            }
            Ask::Count => {
                let counted = self.counted.clone().map(Measure::Distinct);
                self.measures = counted.into_iter().collect();
            }
            Ask::UnitCost | Ask::ExplainUnitCost => self.measures = vec![Measure::UnitCost],
            _ => {}
        }
        let direction = self.direction();
        let ranks = self.flag(|meaning| matches!(meaning, Meaning::Rank(_)));
        let superlative = ranks && ask == Ask::Breakdown && self.limit.is_none();
        let listed = self.flag(|meaning| matches!(meaning, Meaning::By | Meaning::Total));
        if superlative && self.is_grained() {
            self.limit = Some(1);
        } else if superlative && !listed {
            self.limit = Some(ROWS_OF_A_SUPERLATIVE);
        }
        if self.whole && self.period.is_none() {
            self.notes.push(Note::WholePeriod);
        }
        let workload = self.workload();
        let parts = if ask == Ask::Explain { self.parts() } else { Vec::new() };
        if matches!(ask, Ask::PerDay | Ask::ComparePerDay | Ask::UnitCost) {
            self.keep_to_loaded_days();
        }
        Reading {
            ask,
            measures: self.measures,
            measure_stated: stated,
            dimensions: self.dimensions,
            conditions: self.conditions,
            period: self.period,
            base: self.base,
            limit: self.limit,
            direction,
            workload,
            parts,
            limit_per: Vec::new(),
            nth: None,
            per_day: false,
            change: false,
            running: false,
            rank_by: None,
            as_of: None,
            sides: Vec::new(),
            period_basis: PeriodBasis::Charge,
            unread: Vec::new(),
            inherited: Vec::new(),
            left_out: Vec::new(),
            notes: self.notes,
        }
    }

    // What tells one line of a bill from the next, as far as the loaded format says it.
    fn parts(&self) -> Vec<Dimension> {
        use FocusDimension as F;
        [F::ServiceName, F::UsageType, F::InstanceType]
            .into_iter()
            .map(Dimension::Column)
            .filter(|dimension| holds(self.known, dimension))
            .filter(|dimension| {
                !self.conditions.iter().any(|held| held.filter.dimension == *dimension)
            })
            .collect()
    }

    // A mean over days divides by days that are loaded, not by days that are still to come.
    fn keep_to_loaded_days(&mut self) {
        let Some(cover) = self.calendar.coverage else { return };
        let after = day_after(cover).to_datetime(jiff::civil::Time::midnight());
        for moment in [&mut self.base, &mut self.period].into_iter().flatten() {
            let start = moment.period.start().max(cover.start());
            if let Ok(period) = Period::new(start, moment.period.end().min(after)) {
                moment.period = period;
            }
        }
        if self.period.is_none() {
            self.period = Some(Moment { period: cover, asked: None });
        }
    }

    /// The one workload that the question names.
    pub(super) fn workload(&self) -> Option<String> {
        let condition =
            self.conditions.iter().find(|held| held.filter.dimension == Dimension::Workload)?;
        condition.filter.values.first().cloned()
    }
}
