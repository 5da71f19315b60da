//! Which kind of question it is, by its words. Periods may still turn a total into a comparison.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension, Grain},
    filter::{AmountCondition, Comparison},
};

use super::super::{
    limits::holds,
    word::{Category, Meaning, Relative, TimeWord, When, WhenKind},
};
use super::Draft;
use crate::request::Ask;

impl Draft<'_> {
    /// The kind of question. Kinds are tried from the most to the least telling words.
    pub(super) fn ask(&mut self) -> Ask {
        if let Some(analysis) = self.analysis {
            return Ask::Analysis(analysis);
        }
        if self.bridge && !self.wants_unit_cost() {
            return Ask::Explain;
        }
        self.two_times();
        self.default_dimension();
        let ask = self
            .about_length()
            .or_else(|| self.about_absence())
            .or_else(|| self.about_folds())
            .or_else(|| self.about_data())
            .or_else(|| self.about_presence())
            .or_else(|| self.about_place())
            .or_else(|| self.counts_between_ends())
            .or_else(|| self.about_units())
            .or_else(|| self.about_causes())
            .or_else(|| self.about_steps())
            .or_else(|| self.about_parts())
            .or_else(|| self.about_means());
        ask.unwrap_or_else(|| self.plain())
    }

    // "8월과 10월 중 어느 달이 더 비쌌고 차이는": two times side by side, no rows of months.
    fn two_times(&mut self) {
        let compares = self.has(&Meaning::Difference) || self.has(&Meaning::Compare);
        let grained = self.dimensions.iter().all(|dimension| dimension.grain().is_some());
        let clock = self.has(&Meaning::Which) && grained;
        if compares && clock && self.periods_named() == 2 {
            self.dimensions.clear();
        }
    }

    // "what costs us the most", "where does the money go": cloud services are what money goes to.
    fn default_dimension(&mut self) {
        let asks_what = self.has(&Meaning::Which)
            || self.items.first().is_some_and(|item| {
                let text = self.text.get(item.start..item.end).unwrap_or_default();
                matches!(text.to_lowercase().as_str(), "what" | "where")
            });
        let open = self.dimensions.is_empty()
            && self.counted.is_none()
            && !self.has(&Meaning::Single)
            && !self.has(&Meaning::Jump)
            && self.step().is_none();
        let wide = self.has(&Meaning::New) || self.has(&Meaning::Gone);
        let ranked = asks_what && (self.ranks() || self.sorts());
        let counted = self.limit.is_some() && self.sorts();
        if open && (ranked || wide || counted) && self.asks_cost_or_moves() {
            // "AWS와 애저 중 더 비싼 쪽은": the things that are named are what is ranked.
            if let Some(named) = self.rivals_named() {
                self.dimensions.push(named);
                return;
            }
            let service = Dimension::Column(FocusDimension::ServiceName);
            let within = self.conditions.iter().any(|held| held.filter.dimension == service);
            let usage = Dimension::Column(FocusDimension::UsageType);
            self.dimensions.push(if within && holds(self.known, &usage) { usage } else { service });
        }
    }

    fn asks_cost_or_moves(&self) -> bool {
        self.asks_cost() || self.moves() || self.has(&Meaning::New) || self.has(&Meaning::Gone)
    }

    // An amount at another length of time, whatever words of averages and of time to come stand beside it.
    fn about_length(&mut self) -> Option<Ask> {
        let mut scales = self.items.iter().filter_map(|item| match item.meaning {
            Meaning::Scaled(scale) => Some(scale),
            _ => None,
        });
        let scale = scales.next().filter(|_| !self.moves())?;
        self.scale = Some(scale);
        // "per 1,000 transactions": so many times what one of them costs.
        if self.wants_unit_cost() {
            return None;
        }
        let day = Dimension::Time(Grain::Day);
        self.dimensions.retain(|dimension| *dimension != day);
        Some(self.plain())
    }

    fn about_units(&mut self) -> Option<Ask> {
        if let Some(ask) = self.per_money() {
            return Some(ask);
        }
        self.counts_to_a_reach();
        if self.wants_unit_cost() {
            return Some(self.about_unit_cost());
        }
        if let Some(counted) = self.counted.clone()
            && !self.bounds.is_empty()
            && self.bounds.iter().all(|bound| bound.counts.is_none())
            && self.dimensions.iter().all(|dimension| *dimension == counted)
            && !self.measures.contains(&Measure::Rows)
        {
            // The amount that is bounded is a cost of each, whatever is counted.
            let stated = self.measures.iter().find(|measure| measure.is_cost()).cloned();
            let default = || self.known.description.default_cost.clone();
            let by_use = self.priced_by_use();
            self.bounded = self.bounded.take().or(stated).or(by_use).or_else(default);
            self.dimensions.clear();
            return Some(Ask::Count);
        }
        if let Some(counted) = self.counted.clone()
            && !(self.moves() && self.has(&Meaning::Why))
        {
            // "what did the resources cost, and how many resources are behind that": they are no rows.
            if !self.groups_explicitly(&counted) {
                self.dimensions.retain(|held| *held != counted);
            }
            return Some(self.ranks_with_a_count().unwrap_or(Ask::Count));
        }
        None
    }

    fn about_causes(&mut self) -> Option<Ask> {
        if self.has(&Meaning::Forecast) || self.has(&Meaning::Coming) {
            self.dimensions.retain(|dimension| dimension.grain().is_none());
            return Some(Ask::Forecast);
        }
        if self.has(&Meaning::Why) {
            return Some(Ask::Explain);
        }
        None
    }

    // Steps from one time to the next: jumps, month-over-month series, first and last charge.
    fn about_steps(&mut self) -> Option<Ask> {
        let ranks = self.ranks();
        let step = self.step();
        let ordered = self.grain_asked().filter(|grain| grain.is_ordered());
        let steps = self.has(&Meaning::Jump) || step.is_some();
        let alone = self.dimensions.iter().all(|dimension| dimension.grain().is_some());
        let moves = self.moves() || steps;
        if alone && moves && (ranks && (ordered.is_some() || steps) || self.has(&Meaning::Jump)) {
            let grain = ordered.or(step).unwrap_or(Grain::Day);
            return Some(self.jump(grain));
        }
        let series = ordered.is_some()
            || self.has(&Meaning::Trend)
            || step.is_some_and(|step| self.is_longer_than(step));
        if let Some(grain) = step.or_else(|| self.relative_step().filter(|_| series)) {
            if series && ordered.is_none_or(|ordered| ordered == grain) {
                return Some(self.series(grain));
            }
            self.step_to_relative();
        }
        if let Some(grain) = ordered
            && self.moves()
            && !ranks
            && self.is_series_of_change()
        {
            return Some(self.series(grain));
        }
        let seen = self.has(&Meaning::First) || self.has(&Meaning::Last);
        let seen = seen && !ranks && !self.moves() && self.limit.is_none();
        if seen {
            let grouped: Vec<Dimension> = self.dimensions.clone();
            self.dimensions = grouped
                .into_iter()
                .filter(|one| one.grain().is_none() || self.groups_explicitly(one))
                .collect();
        }
        seen.then_some(Ask::FirstSeen)
    }

    // Whether the time of the question holds several steps of this grain.
    pub(super) fn is_longer_than(&self, grain: Grain) -> bool {
        let days = match grain {
            Grain::Day => 1,
            Grain::IsoWeek => 7,
            Grain::Quarter => 92,
            _ => 31,
        };
        let periods = self.items.iter().filter_map(|item| match item.meaning {
            Meaning::When(When { kind: WhenKind::Period(period), .. }) => Some(period.days()),
            _ => None,
        });
        let lengths: Vec<i64> = periods.collect();
        // "for August, September and October": several of them.
        let listed = lengths.len() > 2 || (lengths.len() == 2 && self.steps_between());
        listed || lengths.into_iter().max().is_none_or(|longest| longest > days)
    }

    // "month over month from August to October": two times that do not touch have steps between them.
    fn steps_between(&self) -> bool {
        let mut periods = self.items.iter().filter_map(|item| match item.meaning {
            Meaning::When(When { kind: WhenKind::Period(period), .. }) => Some(period),
            _ => None,
        });
        let (Some(one), Some(other)) = (periods.next(), periods.next()) else { return false };
        one.end() < other.start() || other.end() < one.start()
    }

    // "월별 증감", "monthly change": each month against the one before it.
    fn is_series_of_change(&self) -> bool {
        let directed = self.has(&Meaning::Rise) || self.has(&Meaning::Fall);
        let periods = self.items.iter().filter(|item| {
            matches!(item.meaning, Meaning::When(When { kind: WhenKind::Period(_), .. }))
        });
        self.has(&Meaning::Change)
            && !directed
            && !self.has(&Meaning::Compare)
            && periods.count() < 2
            && !self.has(&Meaning::Trend)
            && !self.has(&Meaning::Share)
    }

    fn series(&mut self, grain: Grain) -> Ask {
        self.change = true;
        let dimension = Dimension::Time(grain);
        if !self.dimensions.contains(&dimension) {
            self.dimensions.insert(0, dimension);
        }
        Ask::Trend
    }

    fn step(&self) -> Option<Grain> {
        self.items.iter().find_map(|item| match item.meaning {
            Meaning::Step(grain) => Some(grain),
            _ => None,
        })
    }

    // "전월 대비" is the step of months.
    fn relative_step(&self) -> Option<Grain> {
        self.items.iter().find_map(|item| match item.meaning {
            Meaning::When(When { kind: WhenKind::Before(relative), .. }) => match relative {
                Relative::PrecedingMonth => Some(Grain::Month),
                Relative::PrecedingWeek => Some(Grain::IsoWeek),
                Relative::PrecedingQuarter => Some(Grain::Quarter),
                Relative::PrecedingDay => Some(Grain::Day),
                _ => None,
            },
            _ => None,
        })
    }

    // "month over month" beside one month compares it with the month before.
    fn step_to_relative(&mut self) {
        for item in &mut self.items {
            if let Meaning::Step(grain) = item.meaning {
                let relative = match grain {
                    Grain::IsoWeek => Relative::PrecedingWeek,
                    Grain::Quarter => Relative::PrecedingQuarter,
                    Grain::Day => Relative::PrecedingDay,
                    _ => Relative::PrecedingMonth,
                };
                item.meaning = Meaning::When(When {
                    kind: WhenKind::Before(relative),
                    resolved: false,
                    anchor: None,
                });
            }
        }
        self.compares = true;
    }

    fn jump(&mut self, grain: Grain) -> Ask {
        self.dimensions = vec![Dimension::Time(grain)];
        let many = self.limit.is_some_and(|limit| limit > 1) || self.nth.is_some();
        let relative = self.asks_percent();
        if !many && !relative {
            return Ask::Jump;
        }
        self.change = true;
        self.limit.get_or_insert(1);
        self.rank_by = Some(if relative { "change_percent" } else { "change" }.to_owned());
        Ask::Trend
    }

    pub(super) fn asks_percent(&self) -> bool {
        self.has(&Meaning::Relatively)
            || (self.has(&Meaning::Share) && self.has(&Meaning::Jump))
            || (self.has(&Meaning::PercentSign) && self.bounds.is_empty() && self.percent.is_none())
    }

    pub(in crate::understand) fn periods_named(&self) -> usize {
        let named = |item: &&super::super::word::Item| {
            matches!(item.meaning, Meaning::When(When { kind: WhenKind::Period(_), .. }))
        };
        self.items.iter().filter(named).count()
    }

    // Means: per day, per month, per account, per charge.
    fn about_means(&mut self) -> Option<Ask> {
        let averages = self.has(&Meaning::Average)
            || (0..self.items.len())
                .any(|at| self.unit_at(at).is_some() && self.text_of(at).contains("평균"));
        let day = Dimension::Time(Grain::Day);
        if self.counts_each_day() {
            self.dimensions.retain(|dimension| *dimension != day);
            self.dimensions.insert(0, day);
            return None;
        }
        let ranked =
            self.ranks() && self.dimensions.iter().all(|dimension| dimension.grain().is_some());
        // "what a Saturday costs on average": of each such day.
        let of_days = averages
            && self.dimensions.is_empty()
            && self.counted.is_none()
            && !self.has(&Meaning::Per)
            && self.conditions.iter().any(|held| {
                matches!(held.filter.dimension, Dimension::Time(Grain::Weekday | Grain::WeekPart))
            });
        if of_days
            || (averages && self.dimensions == [day.clone()])
            || (self.has(&Meaning::PerDay) && !ranked)
        {
            self.dimensions.retain(|dimension| *dimension != day);
            if self.moves_in_time() && self.periods_named() >= 2 {
                return Some(Ask::PerDay);
            }
            self.per_day = self.is_grained();
            return Some(Ask::PerDay);
        }
        if self.has(&Meaning::PerDay) && self.dimensions.is_empty() {
            self.dimensions.push(day);
            return None;
        }
        let divided = self.divided_by(averages);
        if let Some(dimension) = divided {
            self.dimensions.retain(|held| *held != dimension);
            self.divisor = Some(Measure::Distinct(dimension));
            return Some(Ask::Average);
        }
        None
    }

    pub(super) fn plain(&mut self) -> Ask {
        let splits = self.has(&Meaning::Compare)
            || self.has(&Meaning::Difference)
            || self.weighs()
            || (self.has(&Meaning::Breakdown)
                && (self.dimensions.is_empty() || self.parts_listed()));
        if splits {
            self.sides_of_values();
        }
        if self.has(&Meaning::Exists) && self.asks_whether() {
            return Ask::Exists;
        }
        if self.is_grained() {
            let ranks = self.ranks() || self.sorts() || !self.bounds.is_empty();
            let lists = self.limit.is_some() && !self.limit_per.is_empty();
            let ordered = self.grain_asked().is_some_and(Grain::is_ordered);
            return if (ranks && self.dimensions.len() == 1) || lists || !ordered {
                Ask::Breakdown
            } else {
                Ask::Trend
            };
        }
        if self.has(&Meaning::Trend) {
            return Ask::Trend;
        }
        if self.lists_values() {
            return Ask::List;
        }
        if self.dimensions.is_empty() { Ask::Total } else { Ask::Breakdown }
    }

    // "Is there any tax?" asks whether; "what services are there" lists, "얼마나 있어" measures.
    fn asks_whether(&self) -> bool {
        let amount = self.items.iter().any(|item| {
            let text = self.text.get(item.start..item.end).unwrap_or_default().to_lowercase();
            item.meaning == Meaning::Cost && (text.starts_with("얼마") || text == "how much")
        });
        self.dimensions.is_empty()
            && !self.has(&Meaning::Which)
            && !self.has(&Meaning::HowMany)
            && !amount
            && !self.moves()
    }

    /// New and gone things stand on one side of a comparison alone.
    pub(super) fn one_sided(&self, ask: Ask) -> Option<AmountCondition> {
        if ask != Ask::Compare || self.dimensions.is_empty() {
            return None;
        }
        let end = if self.has(&Meaning::New) {
            "from"
        } else if self.has(&Meaning::Gone) {
            "to"
        } else {
            return self.directed();
        };
        let column = format!("{}_{end}", Measure::Rows.column_name());
        Some(AmountCondition::amount(column, Comparison::Equal, wherefore_contract::Decimal::ZERO))
    }

    // "which services grew", "accounts whose cost fell": rows that fell are no answer, unless the question ranks them.
    fn directed(&self) -> Option<AmountCondition> {
        let (rose, fell) = (self.has(&Meaning::Rise), self.has(&Meaning::Fall));
        let which = (self.has(&Meaning::Which) || self.narrows_by_movement())
            && !self.ranks()
            && !self.sorts()
            && self.limit.is_none();
        if !which || rose == fell || !self.bounds.is_empty() {
            return None;
        }
        let op = if rose { Comparison::Above } else { Comparison::Below };
        Some(AmountCondition::amount("change", op, wherefore_contract::Decimal::ZERO))
    }

    // "accounts whose cost fell", "늘어난 서비스".
    fn narrows_by_movement(&self) -> bool {
        let lower = self.text.to_lowercase();
        let english = [
            "whose cost",
            "that grew",
            "that rose",
            "that fell",
            "that increased",
            "that dropped",
            "that decreased",
            "whose spend",
        ];
        let korean = (0..self.items.len()).any(|at| {
            matches!(self.meaning(at), Some(Meaning::Rise | Meaning::Fall))
                && self.text_of(at).chars().any(|letter| letter >= '\u{1100}')
                && self.dimension_at(at + 1).is_some()
        });
        korean || english.iter().any(|words| lower.contains(words))
    }

    /// Whether words of movement speak of time rather than of two things side by side.
    pub(in crate::understand) fn moves_in_time(&self) -> bool {
        let moved = self.flag(|meaning| {
            matches!(
                meaning,
                Meaning::Change | Meaning::Rise | Meaning::Fall | Meaning::New | Meaning::Gone
            )
        });
        let relative = self.items.iter().any(|item| {
            matches!(item.meaning, Meaning::When(When { kind: WhenKind::Before(_), .. }))
        });
        let compared = self.has(&Meaning::Compare) || self.has(&Meaning::Difference);
        moved || relative || self.compares || (compared && self.periods_named() >= 2)
    }

    /// Whether two things of one time are compared, so that no other period is meant.
    pub(in crate::understand) fn compares_things(&self) -> bool {
        let values = self.conditions.iter().any(|held| held.filter.values.len() >= 2);
        let things = values
            || self.measures.len() >= 2
            || !self.dimensions.is_empty()
            || self.has(&Meaning::Share);
        things && !self.moves_in_time()
    }

    pub(super) fn asks_category(&self, category: Category) -> bool {
        self.has(&Meaning::Category(category))
    }

    pub(super) fn unit_at(&self, at: usize) -> Option<Grain> {
        match self.meaning(at) {
            Some(Meaning::Word(TimeWord::Unit(grain))) => Some(*grain),
            _ => None,
        }
    }
}
