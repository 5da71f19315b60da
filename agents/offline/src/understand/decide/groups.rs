//! What rows are grouped by, and what is measured.

mod billing;
mod said;

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension, Grain},
    filter::{Filter, FilterOp},
};

use super::super::{
    limits::holds,
    word::{Category, Meaning, TimeWord, When, WhenKind},
};
use super::Draft;
use crate::request::Condition;

impl Draft<'_> {
    /// The dimension that the word at `at` names.
    pub(in crate::understand) fn dimension_at(&self, at: usize) -> Option<Dimension> {
        match self.meaning(at)? {
            Meaning::Dimension(dimension) => Some(dimension.clone()),
            Meaning::Service => Some(Dimension::Column(FocusDimension::ServiceName)),
            Meaning::Word(TimeWord::Unit(grain)) => Some(Dimension::Time(*grain)),
            _ => None,
        }
    }

    /// Whether the dimension word at `at` says by what to group: "by X", "X별", "which X".
    pub(in crate::understand) fn is_grouped(&self, at: usize) -> bool {
        let before = self.previous_meaning(at).and_then(|index| self.meaning(index));
        matches!(before, Some(Meaning::Which)) || self.is_grouped_by(at)
    }

    /// "by X", "X별", "per X", but not "which X".
    pub(super) fn is_grouped_by(&self, at: usize) -> bool {
        let before = self.previous_meaning(at).and_then(|index| self.meaning(index));
        let next = self.next_meaning(at).and_then(|next| match self.meaning(next) {
            Some(Meaning::Tag) => self.next_meaning(next),
            _ => Some(next),
        });
        let after = next.filter(|next| self.items.get(*next).is_some_and(|item| item.glued));
        let after = after.and_then(|index| self.meaning(index));
        // A Korean "별로" groups what stands before it, never what follows.
        let led = self.previous_meaning(at).is_some_and(|index| {
            self.text_of(index).is_ascii() || matches!(self.text_of(index), "각")
        });
        (led && matches!(before, Some(Meaning::By | Meaning::Per)))
            || matches!(after, Some(Meaning::By | Meaning::Per))
    }

    pub(super) fn groups(&mut self) {
        self.basis = self.period_basis();
        for at in 0..self.items.len() {
            if self.is_used(at) && !self.joins_a_group_alone(at) {
                continue;
            }
            let Some(dimension) = self.dimension_at(at) else { continue };
            let clock = self.unit_at(at).is_some();
            if clock && !self.groups_by_time(at) {
                if self.is_counted_time(at) && self.counted.is_none() {
                    self.mark(at);
                    self.counted = Some(dimension);
                }
                continue;
            }
            let billing = Dimension::Column(FocusDimension::BillingPeriod);
            if dimension == billing && !self.is_grouped(at) && self.periods_named() > 0 {
                self.mark(at);
                continue;
            }
            if self.says_condition(at, &dimension)
                || self.takes_all(at)
                || self.sums_all(at)
                || self.says_commitment(at, &dimension)
                || self.ends_a_name(at)
                || self.says_whose(at, &dimension)
                || self.leads_a_longer(at, &dimension)
                || self.only_has_resources(at, &dimension)
            {
                self.mark(at);
                continue;
            }
            // "on the invoices of September" names no invoice.
            let invoice = Dimension::Column(FocusDimension::InvoiceId);
            if dimension == invoice
                && !self.is_grouped(at)
                && !self.has(&Meaning::HowMany)
                && !holds(self.known, &invoice)
            {
                self.mark(at);
                continue;
            }
            self.mark(at);
            if self.counted.as_ref() == Some(&dimension) && !self.is_grouped_by(at) {
                continue;
            }
            if self.is_counted(at, &dimension) && self.counted.is_none() {
                self.counted = Some(dimension);
            } else if self.counts_another(at, &dimension) {
                self.measures.push(Measure::Distinct(dimension));
            } else if !self.dimensions.contains(&dimension) {
                self.dimensions.push(dimension);
            }
        }
        // "비용이 높았던 시간은 몇 시": the hour is said twice.
        if self.dimensions.contains(&Dimension::Time(Grain::HourOfDay)) {
            self.dimensions.retain(|dimension| *dimension != Dimension::Time(Grain::Hour));
        }
        self.both_parts_of_the_week();
        self.named_groups();
        self.each_of_all();
    }

    // "for each of the three months": everything that is loaded, by its months.
    fn each_of_all(&mut self) {
        let all = (0..self.items.len()).find(|at| {
            matches!(self.meaning(*at), Some(Meaning::When(When { kind: WhenKind::All, .. })))
                && self.is_grouped_by(*at)
        });
        let Some(text) = all.map(|at| self.text_of(at).to_lowercase()) else { return };
        let units = [("hour", Grain::Hour), ("day", Grain::Day), ("month", Grain::Month)];
        let unit = units.into_iter().find(|(word, _)| text.contains(word));
        if let Some((_, grain)) = unit.filter(|_| !self.is_grained()) {
            self.dimensions.push(Dimension::Time(grain));
        }
    }

    // "리소스가 가장 많은 서비스", "services with the most resources": how many of one thing another has.
    fn ranked_by_count(&mut self) {
        let rank = (0..self.items.len()).find(|at| {
            matches!(self.meaning(*at), Some(Meaning::Rank(_) | Meaning::Sort(_)))
                && (self.text_of(*at).contains('많')
                    || self.text_of(*at).contains('적')
                    || matches!(
                        self.text_of(*at).to_lowercase().as_str(),
                        "most" | "the most" | "fewest" | "least"
                    ))
        });
        let Some(rank) = rank.filter(|_| self.dimensions.len() == 2 && self.measures.is_empty())
        else {
            return;
        };
        let korean = self.text_of(rank).chars().any(|letter| letter >= '\u{1100}');
        let near = if korean { self.previous_meaning(rank) } else { self.next_meaning(rank) };
        let Some(counted) = near.and_then(|at| self.dimension_at(at)) else { return };
        if counted.grain().is_none() && self.dimensions.contains(&counted) {
            self.dimensions.retain(|dimension| *dimension != counted);
            self.measures.push(Measure::Distinct(counted));
        }
    }

    // "weekdays against weekends" compares the two parts of the week.
    fn both_parts_of_the_week(&mut self) {
        let parts = Dimension::Time(Grain::WeekPart);
        let both = self.conditions.iter().any(|condition| {
            condition.filter.dimension == parts && condition.filter.values.len() == 2
        });
        if both {
            self.conditions.retain(|condition| condition.filter.dimension != parts);
            self.dimensions.push(parts);
        }
    }

    // "for each of EC2, RDS and S3", "EC2와 RDS 각각": the named values are the rows.
    fn named_groups(&mut self) {
        let each = (0..self.items.len()).any(|at| {
            self.meaning(at) == Some(&Meaning::By)
                && matches!(
                    self.text_of(at),
                    "각각"
                        | "각각의"
                        | "each"
                        | "individually"
                        | "for each"
                        | "one row each"
                        | "a row each"
                        | "one line each"
                        | "a line each"
                )
        });
        // "prod와 dev의 비용, 리소스 수를 나란히".
        let beside = self.text.contains("나란히") && self.counted.is_some();
        if !(each || beside) || !self.dimensions.is_empty() {
            return;
        }
        let listed = self.conditions.iter().find(|held| {
            matches!(held.filter.op, FilterOp::In | FilterOp::Contains)
                && held.filter.values.len() >= 2
                && !held.asked.is_empty()
        });
        if let Some(held) = listed {
            self.dimensions.push(held.filter.dimension.clone());
        }
    }

    // "주간" and "days" stand in many phrases; they group unless they belong to a count of days.
    fn groups_by_time(&self, at: usize) -> bool {
        let before = self.previous_meaning(at).and_then(|index| self.meaning(index));
        // "the three days with the highest cost" are rows of days.
        let listed = self.ranks() && self.unit_at(at).is_some_and(Grain::is_ordered);
        // "몇 건인지 월별로": rows of months, of which none are counted.
        if self.text_of(at).ends_with('별') {
            return true;
        }
        let counted = matches!(before, Some(Meaning::HowMany))
            || (matches!(before, Some(Meaning::Number { .. })) && !listed);
        !counted && (self.asks_cost() || !self.has(&Meaning::Complete))
    }

    // "how many days", "며칠".
    fn is_counted_time(&self, at: usize) -> bool {
        let before = self.previous_meaning(at).and_then(|index| self.meaning(index));
        matches!(before, Some(Meaning::HowMany))
    }

    fn is_counted(&self, at: usize, dimension: &Dimension) -> bool {
        if matches!(dimension, Dimension::Time(_)) || !self.has(&Meaning::HowMany) {
            return false;
        }
        // "몇 개고 서비스별로는": what Korean groups by is not what it counts.
        if self.is_grouped_by(at) && !self.text_of(at).is_ascii() {
            return false;
        }
        // "어떤 유형이고 몇 건": which one it is, and rows are what is counted.
        let which = self
            .previous_meaning(at)
            .is_some_and(|prior| self.meaning(prior) == Some(&Meaning::Which));
        if self.counts_rows_of_each() || self.is_counted_behind(at) || which {
            return false;
        }
        // "the two accounts: the number of rows and of resources": what stands beside the count is counted.
        let other = (0..self.items.len()).any(|other| {
            other != at
                && self.text_of(other).is_ascii()
                && self.dimension_at(other).is_some()
                && self.is_asked_how_many(other)
        });
        self.is_asked_how_many(at) || (!self.is_grouped(at) && !other)
    }

    // "list the units with the number of lines for each": lines are counted, for every unit.
    fn counts_rows_of_each(&self) -> bool {
        let rows = (0..self.items.len()).any(|at| {
            self.meaning(at) == Some(&Meaning::HowMany)
                && self.text_of(at).is_ascii()
                && self.meaning(at + 1) == Some(&Meaning::Measure(Measure::Rows))
        });
        let each = (0..self.items.len()).any(|at| {
            self.meaning(at) == Some(&Meaning::By)
                && matches!(
                    self.text_of(at).to_lowercase().as_str(),
                    "each" | "for each" | "of each" | "per each" | "in each"
                )
        });
        rows && each
    }

    pub(super) fn measures(&mut self) {
        let mut found: Vec<Measure> = Vec::new();
        for item in &self.items {
            if let Meaning::Measure(measure) = &item.meaning
                && !found.contains(measure)
            {
                found.push(measure.clone());
            }
        }
        self.measures.extend(found);
        // "S3 usage" without a word of cost asks for a quantity.
        let named = (0..self.items.len()).any(|at| {
            self.meaning(at) == Some(&Meaning::Category(Category::Usage))
                && self.text_of(at).eq_ignore_ascii_case("usage")
        });
        let alone = self.conditions.iter().any(|held| held.filter == Category::Usage.filter());
        let bare_usage = named
            && alone
            && !self.asks_cost()
            && !self.has(&Meaning::Only)
            && !self.has(&Meaning::Breakdown)
            && self.asks_category(Category::Usage)
            && !self.has(&Meaning::Discount)
            && !self.has(&Meaning::Share)
            && self.measures.is_empty();
        if bare_usage {
            let usage = Category::Usage.filter();
            self.conditions.retain(|condition| condition.filter != usage);
            self.measures.push(Measure::ConsumedQuantity);
        }
        self.rows_beside_costs();
        self.ranked_by_count();
        self.metered();
        self.quantities();
        self.costs_beside_quantities();
        self.counts_missing();
        self.counts_bounded_rows();
        self.counts_things();
        self.leave_untagged_out();
        let days = self.text.contains("며칠") || self.text.contains("몇일");
        if days && self.has(&Meaning::HowMany) && self.counted.is_none() {
            self.counted = Some(Dimension::Time(Grain::Day));
        }
        self.bounds_prices();
    }

    // "how many GB", "몇 시간 썼어", "몇 건": what is counted is no dimension.
    fn quantities(&mut self) {
        let unit = |held: &Condition| {
            matches!(
                held.filter.dimension,
                Dimension::Column(FocusDimension::ConsumedUnit | FocusDimension::PricingUnit)
            )
        };
        let units = self.conditions.iter().any(unit);
        let hour = Dimension::Time(Grain::Hour);
        let spoken = (0..self.items.len()).any(|at| {
            self.meaning(at) == Some(&Meaning::HowMany)
                && matches!(self.text_of(at), "몇시간" | "몇 시간")
        });
        let counted = self.counted.as_ref() == Some(&hour)
            || spoken
            || (self.has(&Meaning::HowMany) && self.dimensions == [hour.clone()]);
        let hours = counted && !self.has(&Meaning::Complete) && !self.conditions.is_empty();
        let counts = self.has(&Meaning::HowMany);
        if units && self.counts_units() {
            return;
        }
        if (units || (counts && hours))
            && self.measures.is_empty()
            && !self.flag(|meaning| *meaning == Meaning::Cost)
        {
            self.counted = None;
            self.dimensions.retain(|dimension| *dimension != hour);
            self.measures.push(Measure::ConsumedQuantity);
            if !units {
                self.hours_alone();
            }
            return;
        }
        let rows = (0..self.items.len()).any(|at| {
            self.meaning(at) == Some(&Meaning::HowMany)
                && ["몇건", "몇 건", "몇행", "몇 행", "몇줄", "몇 줄", "건수"]
                    .iter()
                    .any(|word| self.text_of(at).starts_with(word))
        });
        if rows
            && self.counted.is_none()
            && !self.measures.contains(&Measure::Rows)
            && !self.measures.contains(&Measure::Transactions)
        {
            if self.measures.is_empty() && self.has(&Meaning::Cost) {
                let cost = self.known.description.default_cost.clone();
                self.measures.push(cost.unwrap_or(Measure::BilledCost));
            }
            let measure =
                if self.counts_requests() { Measure::ConsumedQuantity } else { Measure::Rows };
            self.measures.insert(0, measure);
        }
    }

    // "how many rows have a negative billed cost": the cost is what the threshold is about.
    fn rows_beside_costs(&mut self) {
        let rows = self.measures.contains(&Measure::Rows);
        if !rows {
            return;
        }
        let counts = self.has(&Meaning::HowMany)
            || self.flag(|meaning| *meaning == Meaning::Measure(Measure::Rows));
        if counts && !self.bounds.is_empty() {
            let costs: Vec<Measure> =
                self.measures.iter().filter(|measure| measure.is_cost()).cloned().collect();
            self.bounded = costs.first().cloned();
            self.measures.retain(|measure| !measure.is_cost());
        }
        // "the cost of rows without a resource": the rows are what costs.
        let counted = self.has(&Meaning::HowMany)
            || (0..self.items.len()).any(|at| {
                let text = self.text_of(at).to_lowercase();
                self.meaning(at) == Some(&Meaning::Measure(Measure::Rows))
                    && ["number", "count", "how many", "수"].iter().any(|word| text.contains(word))
            });
        let joined =
            self.has(&Meaning::And) || self.has(&Meaning::Average) || self.has(&Meaning::Single);
        if self.measures == [Measure::Rows]
            && self.has(&Meaning::Cost)
            && !counted
            && !joined
            && self.bounds.is_empty()
        {
            self.measures.clear();
            return;
        }
        // "rows and cost" wants both.
        let joined = (0..self.items.len())
            .any(|at| self.meaning(at) == Some(&Meaning::Cost) && self.asks_amount(at));
        if joined && self.measures == [Measure::Rows] && self.bounds.is_empty() {
            let cost = self.known.description.default_cost.clone().unwrap_or(Measure::BilledCost);
            self.measures.push(cost);
        }
    }

    /// "gross": before credits.
    pub(super) fn gross(&mut self) {
        let credit = Category::Credit.filter();
        let held = self.conditions.iter().any(|held| held.filter.dimension == credit.dimension);
        let at = (0..self.items.len()).find(|at| self.meaning(*at) == Some(&Meaning::Gross));
        if let Some(at) = at.filter(|_| !held) {
            self.mark(at);
            let item = self.items.get(at).map(|item| (item.start, item.end));
            self.conditions.push(Condition {
                filter: Filter { op: FilterOp::NotIn, ..credit },
                asked: item.into_iter().collect(),
            });
        }
    }

    /// Both sides of a ratio speak of the period of the question.
    pub(super) fn give_sides_their_period(&mut self) {
        let period = self.period;
        for side in &mut self.sides {
            side.period = side.period.or(period);
        }
    }
}
