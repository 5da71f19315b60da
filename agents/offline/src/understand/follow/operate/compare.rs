//! Follow-ups that set two sides against each other, or ask why they differ.

use wherefore_contract::{
    Decimal,
    cost::{Direction, Measure},
    filter::{AmountCondition, Comparison, FilterOp},
    period::Period,
};

use super::super::{
    super::{
        time::{before, preceding},
        word::Meaning,
    },
    merge::Refined,
};
use crate::request::{Ask, AskBack, Condition, Moment, Note};

impl Refined<'_> {
    fn asked_back(&self) -> AskBack {
        AskBack::Periods { asked: self.said.tying_words() }
    }

    // "compared with last month", "8월이랑 비교하면?", "how much did it change?"
    pub(super) fn compare(&mut self) -> Result<(), AskBack> {
        if self.own_sides() {
            return Ok(());
        }
        let said = &self.said.fragment;
        let named: Vec<Moment> = said
            .periods
            .iter()
            .map(|(period, asked)| Moment { period: *period, asked: self.slice(*asked) })
            .collect();
        let current = self.reading.period;
        let (base, period) = match (named.as_slice(), said.relative, current) {
            ([first, second, ..], _, _) => ordered(*first, *second),
            ([one], None, Some(current)) if one.period != current.period => ordered(*one, current),
            ([one], Some((word, asked)), _) => {
                let earlier = before(word, one.period).ok_or_else(|| self.asked_back())?;
                (Moment { period: earlier, asked: self.slice(asked) }, *one)
            }
            ([], Some((word, asked)), Some(current)) => {
                let earlier = before(word, current.period).ok_or_else(|| self.asked_back())?;
                self.reading.notes.push(Note::PeriodReading { asked, period: earlier });
                (Moment { period: earlier, asked: self.slice(asked) }, current)
            }
            ([one], None, None) => match self.loaded_months() {
                Some((_, latest)) if latest != one.period => {
                    ordered(*one, Moment { period: latest, asked: None })
                }
                _ => self.preceded(*one)?,
            },
            ([one], None, Some(_)) => self.preceded(*one)?,
            ([], None, Some(current)) => match self.reading.base {
                Some(base) => (base, current),
                None => self.preceded(current)?,
            },
            ([], _, None) => (
                self.own.base.ok_or_else(|| self.asked_back())?,
                self.own.period.ok_or_else(|| self.asked_back())?,
            ),
        };
        self.reading.base = Some(base);
        self.reading.period = Some(period);
        let own = std::mem::take(&mut self.own.dimensions);
        if !own.is_empty() {
            self.reading.dimensions = own;
        }
        self.reading.dimensions.retain(|dimension| dimension.grain().is_none());
        self.reading.sides.clear();
        let daily = matches!(self.reading.ask, Ask::PerDay | Ask::ComparePerDay)
            || self.own.ask == Ask::ComparePerDay;
        self.reading.ask = if self.reading.measures == [Measure::UnitCost] {
            Ask::ExplainUnitCost
        } else if daily {
            Ask::ComparePerDay
        } else {
            Ask::Compare
        };
        self.cut_comparison();
        self.reading.direction = self.own.direction;
        self.keep_one_direction();
        Ok(())
    }

    // "which one grew most": one row.
    fn cut_comparison(&mut self) {
        if self.own.limit.is_some() {
            self.reading.limit = self.own.limit;
        } else if self.said.fragment.is_superlative() && !self.reading.dimensions.is_empty() {
            self.reading.limit = Some(1);
        }
    }

    // "줄어든 것만", "only those that grew": rows that went the other way are no answer.
    fn keep_one_direction(&mut self) {
        let said = &self.said.fragment;
        let (rose, fell) = (said.has(&Meaning::Rise), said.has(&Meaning::Fall));
        let rows = !self.reading.dimensions.is_empty() && self.reading.ask == Ask::Compare;
        let only = said.has(&Meaning::Only)
            || ["것만", "건만", "곳만", "데만", "애만"]
                .iter()
                .any(|word| self.said.text.contains(word));
        if !only || rose == fell || !rows {
            return;
        }
        let op = if rose { Comparison::Above } else { Comparison::Below };
        let bound = AmountCondition::amount("change", op, Decimal::ZERO);
        self.reading.having.retain(|held| held.column != "change");
        self.reading.having.push(bound);
        if fell {
            self.reading.direction = Direction::Ascending;
        }
    }

    // "compared with Azure": two names of one dimension stand side by side.
    fn own_sides(&mut self) -> bool {
        let said = &self.said.fragment;
        if said.is_dated()
            || said.names() == 0
            || self.own.base.is_some() && !said.has(&Meaning::Compare)
        {
            return false;
        }
        let new = self.reading.conditions.iter().find(|held| !held.asked.is_empty()).cloned();
        let Some(new) = new.filter(|held| held.filter.op == FilterOp::In) else { return false };
        let before = self.last.conditions.iter().find(|held| {
            held.filter.dimension == new.filter.dimension && held.filter.op == FilterOp::In
        });
        let Some(before) = before else { return false };
        let mut values = before.filter.values.clone();
        values.extend(new.filter.values.iter().cloned());
        values.dedup();
        // What went because of the new name comes back: both stand in one table.
        let kept = std::mem::take(&mut self.reading.left_out);
        let kept = kept.into_iter().map(|filter| Condition { filter, asked: Vec::new() });
        self.reading.conditions.extend(kept);
        let dimension = new.filter.dimension.clone();
        for held in &mut self.reading.conditions {
            if held.filter.dimension == dimension {
                held.filter.values.clone_from(&values);
            }
        }
        if !self.reading.dimensions.contains(&dimension) {
            self.reading.dimensions.push(dimension);
        }
        self.unrank();
        if self.reading.base.is_none() {
            self.plain();
        }
        true
    }

    fn preceded(&mut self, moment: Moment) -> Result<(Moment, Moment), AskBack> {
        let period = preceding(moment.period).ok_or_else(|| self.asked_back())?;
        self.reading.notes.push(Note::PrecedingPeriod { period });
        Ok((Moment { period, asked: None }, moment))
    }

    // "why?": between the sides of the comparison, or from the stretch before to the last one.
    pub(super) fn explain(&mut self) -> Result<(), AskBack> {
        let jumps = self.last.ask == Ask::Jump;
        let one_of_many = self.last.limit == Some(1)
            && self.last.dimensions.iter().any(|dimension| dimension.grain().is_some());
        let said = &self.said.fragment;
        if (jumps || one_of_many) && !said.is_dated() {
            return Err(self.asked_back());
        }
        let unit = self.reading.measures == [Measure::UnitCost] || said.names_unit_cost();
        let by = std::mem::take(&mut self.own.dimensions);
        let was = self.reading.base.zip(self.reading.period);
        match was {
            Some(_) if !said.is_dated() => {}
            _ if said.is_dated() || !self.was_series() => self.compare()?,
            _ => self.first_to_last()?,
        }
        self.reading.dimensions =
            by.into_iter().filter(|dimension| dimension.grain().is_none()).collect();
        self.reading.ask = if unit { Ask::ExplainUnitCost } else { Ask::Explain };
        self.reading.per_day = false;
        self.reading.sides.clear();
        self.reading.having.retain(|held| !held.column.starts_with("change"));
        self.unrank();
        let falls = said.has(&Meaning::Fall) && !said.has(&Meaning::Rise);
        if falls || self.own.direction == Direction::Ascending {
            self.reading.direction = Direction::Ascending;
        }
        Ok(())
    }

    fn was_series(&self) -> bool {
        let grained = self.last.dimensions.iter().any(|dimension| dimension.grain().is_some());
        let months = self.loaded_months().is_some_and(|(first, last)| first != last);
        (grained || self.last.period.is_none()) && months
    }

    // The first and the last whole month of a series, as far as it is loaded.
    fn first_to_last(&mut self) -> Result<(), AskBack> {
        let (first, last) = self.loaded_months().ok_or_else(|| self.asked_back())?;
        let moment = |period| Moment { period, asked: None };
        self.reading.base = Some(moment(first));
        self.reading.period = Some(moment(last));
        self.reading.notes.push(Note::PrecedingPeriod { period: first });
        Ok(())
    }

    fn loaded_months(&self) -> Option<(Period, Period)> {
        let cover = self.sides.known.description.coverage?;
        let asked = self.last.period.map_or(cover, |moment| moment.period);
        let today = self.sides.as_of.to_datetime(jiff::civil::Time::midnight());
        let start = asked.start().max(cover.start());
        let end = asked.end().min(cover.end()).min(today);
        let mut first = Period::month_of(start.date());
        if first.start() < start {
            first = Period::month_of(first.end().date());
        }
        let mut last = Period::month_of(end.date());
        if last.end() > end {
            last = preceding(last)?;
        }
        (first.start() <= last.start()).then_some((first, last))
    }
}

fn ordered(one: Moment, other: Moment) -> (Moment, Moment) {
    if one.period.start() <= other.period.start() { (one, other) } else { (other, one) }
}
