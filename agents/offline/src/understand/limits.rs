//! What cannot be answered, and why: each reason with its proof.

use wherefore_contract::{
    cost::{Measure, PeriodBasis},
    dimension::{Dimension, FocusDimension, Grain},
    period::Period,
};

use super::{
    decide::{Draft, currency_code},
    word::{Item, Meaning, TimeWord},
};
use crate::request::{Analysis, Ask, Decline, Known, Moment, Note, Reason, Slice};

impl Draft<'_> {
    /// Reasons that the words alone give.
    pub(super) fn out_of_reach(&self) -> Option<Decline> {
        let of = |wanted: &Meaning| -> Vec<Slice> {
            let items = self.items.iter().filter(|item| item.meaning == *wanted);
            items.map(|item| (item.start, item.end)).collect()
        };
        let reasons = [
            (Meaning::Write, Reason::WriteAction),
            (Meaning::Outside, Reason::OutOfScope),
            (Meaning::NotInBills, Reason::NotInBills),
            (Meaning::Advice, Reason::NotSupported),
        ];
        for (meaning, reason) in reasons {
            let asked = of(&meaning);
            // Advice that an analysis gives is no limit.
            let given = self.analysis.is_some() && meaning == Meaning::Advice;
            let budgets = |(start, end): &Slice| {
                let said = self.text.get(*start..*end).unwrap_or_default().to_lowercase();
                said.contains("budget") || said.contains("예산")
            };
            let about_budgets = reason == Reason::NotInBills && asked.iter().any(budgets);
            let reason = if about_budgets { Reason::MissingBudgets } else { reason };
            if !asked.is_empty() && !given {
                return Some(Decline { reason, asked, nearest: Vec::new(), period: None });
            }
        }
        if let Some(decline) = self.other_currency() {
            return Some(decline);
        }
        let description = &self.known.description;
        if description.coverage.is_none() && description.rows == 0 {
            return Some(decline(Reason::NothingLoaded, Vec::new()));
        }
        None
    }

    // "in euros", "원화로": nothing converts what is billed in another currency.
    fn other_currency(&self) -> Option<Decline> {
        let billed = &self.known.description.billing_currencies;
        let at = (0..self.items.len()).find(|at| {
            let Some(currency) = currency_code(self.text_of(*at)) else { return false };
            let converts = self.meaning(*at) == Some(&Meaning::Money) && !self.is_used(*at);
            converts && !billed.is_empty() && !billed.iter().any(|held| held == currency)
        })?;
        let asked = self.items.get(at).map(|item| (item.start, item.end));
        Some(decline(Reason::NotInBills, asked.into_iter().collect()))
    }

    /// Reasons that the loaded data give, once the reading is known.
    pub(super) fn not_covered(&mut self, ask: Ask) -> Option<Decline> {
        self.not_about_cost()
            .or_else(|| self.unread_words())
            .or_else(|| self.unused_words())
            .or_else(|| self.both_ends())
            .or_else(|| self.grouped_by_a_name())
            .or_else(|| self.bounds_a_price())
            .or_else(|| self.asks_of_no_cost(ask))
            .or_else(|| self.beside_in_rows(ask))
            .or_else(|| self.loses_a_fold().then(|| decline(Reason::NotUnderstood, Vec::new())))
            .or_else(|| self.cuts_nothing(ask))
            .or_else(|| self.ranks_both_ways())
            .or_else(|| self.other_provider())
            .or_else(|| self.missing_volumes(ask))
            .or_else(|| self.missing_column())
            .or_else(|| self.missing_measure(ask))
            .or_else(|| self.unknown_parts(ask))
            .or_else(|| self.unsaid_of_commitments())
            .or_else(|| self.beyond_data(ask))
            .or_else(|| self.missing_period(ask))
            .or_else(|| self.unused_number(ask))
    }

    // Several amounts stand beside each other for one thing, not for each of many.
    fn beside_in_rows(&self, ask: Ask) -> Option<Decline> {
        (ask == Ask::Beside && !self.dimensions.is_empty())
            .then(|| decline(Reason::NotUnderstood, Vec::new()))
    }

    fn not_about_cost(&self) -> Option<Decline> {
        let about = |item: &Item| {
            !matches!(
                item.meaning,
                Meaning::Filler
                    | Meaning::Particle
                    | Meaning::And
                    | Meaning::Mark
                    | Meaning::Open
                    | Meaning::Close
                    | Meaning::Unknown
                    | Meaning::Number { .. }
                    | Meaning::Only
                    | Meaning::From
                    | Meaning::To
                    | Meaning::Since
                    | Meaning::Until
                    | Meaning::By
                    | Meaning::Which
                    | Meaning::Range
                    | Meaning::PercentSign
            )
        };
        if self.analysis.is_some() || self.items.iter().any(about) {
            return None;
        }
        let unknown = self.items.iter().filter(|item| item.meaning == Meaning::Unknown);
        let asked = unknown.map(|item| (item.start, item.end)).take(3).collect();
        Some(decline(Reason::NotUnderstood, asked))
    }

    // "by GCP project" over bills of other clouds.
    fn other_provider(&self) -> Option<Decline> {
        let loaded = &self.known.description.providers;
        let at = (0..self.items.len()).find(|at| {
            let said = self.text_of(*at).to_lowercase();
            matches!(self.meaning(*at), Some(Meaning::Dimension(_)))
                && (said.starts_with("gcp ") || said.starts_with("google cloud "))
        })?;
        let held = loaded.iter().any(|name| {
            let name = name.to_lowercase();
            name.contains("google") || name.contains("gcp")
        });
        let asked = self.items.get(at).map(|item| (item.start, item.end)).into_iter().collect();
        (!held && !loaded.is_empty()).then(|| decline(Reason::UnknownEntity, asked))
    }

    fn missing_volumes(&self, ask: Ask) -> Option<Decline> {
        let counts = self.measures.contains(&Measure::Transactions)
            || self.measures.contains(&Measure::UnitCost);
        if !matches!(ask, Ask::UnitCost | Ask::ExplainUnitCost) && !counts {
            return None;
        }
        let counted = &self.known.description.transactions;
        let named: Vec<&str> = self
            .conditions
            .iter()
            .filter(|held| held.filter.dimension == Dimension::Workload)
            .flat_map(|held| held.filter.values.iter().map(String::as_str))
            .collect();
        let other = self.conditions.iter().any(|held| {
            matches!(held.filter.dimension, Dimension::Tag(_))
                || held.filter.dimension == Dimension::Column(FocusDimension::SubAccountId)
        });
        let has = |name: &str| counted.iter().any(|one| one.workload.eq_ignore_ascii_case(name));
        let missing = counted.is_empty()
            || named.iter().any(|name| !has(name))
            || (named.is_empty() && other);
        let asked = self.conditions.iter().flat_map(|held| held.asked.clone()).collect();
        missing.then(|| decline(Reason::MissingVolumes, asked))
    }

    fn missing_column(&self) -> Option<Decline> {
        let filtered = self.conditions.iter().map(|held| &held.filter.dimension);
        let counted = self.counted.iter();
        let missing = self
            .dimensions
            .iter()
            .chain(filtered)
            .chain(counted)
            .find(|dimension| !holds(self.known, dimension))?;
        Some(decline(Reason::MissingColumn(missing.clone()), Vec::new()))
    }

    // A net cost that no bill tells, and a cost that the bill contradicts.
    fn missing_measure(&self, ask: Ask) -> Option<Decline> {
        // The analysis of cost bases says of each basis how it stands.
        if matches!(ask, Ask::Analysis(_)) {
            return None;
        }
        let moments = [self.base, self.period].into_iter().flatten();
        let periods: Vec<Period> = moments.map(|moment| moment.period).collect();
        let description = &self.known.description;
        let sides = self.sides.iter().map(|side| &side.measure);
        self.measures.iter().chain(sides).find_map(|measure| {
            let cost = measure.cost()?.measure();
            let reason = if description.lacks_net(measure, &periods) {
                Reason::MissingMeasure(cost)
            } else {
                description.barred_by_identity(measure, &periods)?;
                Reason::Barred(cost)
            };
            Some(decline(reason, Vec::new()))
        })
    }

    /// Projections speak of the running month unless the question names another time.
    pub(super) fn forecast_or_past(&mut self, ask: Ask) -> Ask {
        if ask == Ask::Analysis(Analysis::Budgets)
            && let Some((period, asked)) = self.coming()
        {
            self.period = Some(Moment { period, asked: Some(asked) });
            self.notes.push(Note::PeriodReading { asked, period });
        }
        if ask != Ask::Forecast {
            return ask;
        }
        let by_month = self.has(&Meaning::Word(TimeWord::Unit(Grain::Month)));
        self.dimensions.retain(|dimension| dimension.grain().is_none());
        let today = self.calendar.as_of;
        let month = Period::month_of(today);
        if let Some((period, asked)) = self.coming() {
            self.period = Some(Moment { period, asked: Some(asked) });
            self.notes.push(Note::PeriodReading { asked, period });
            self.whole = false;
            self.keep_months(by_month);
            return ask;
        }
        self.name_the_month_to_come();
        let named = self.period.map(|moment| moment.period);
        let several = self.period.is_some_and(|moment| moment.asked.is_none());
        let within =
            several || named.is_none_or(|period| period.days() < 28 && month.contains(period));
        if within {
            let asked = self.period.and_then(|moment| moment.asked);
            self.period = Some(Moment { period: month, asked });
            self.whole = false;
        }
        self.keep_months(by_month);
        ask
    }

    // "by month" of several months to come: each is a row of its own.
    fn keep_months(&mut self, by_month: bool) {
        let several = |period: Period| period.is_whole_months() && period.single_month().is_none();
        let asked = by_month && self.period.is_some_and(|moment| several(moment.period));
        if asked && self.looks_ahead() {
            self.dimensions.insert(0, Dimension::Time(Grain::Month));
        }
    }

    // A projection goes by the loaded days of its own time.
    fn beyond_data(&self, ask: Ask) -> Option<Decline> {
        if ask != Ask::Forecast {
            return None;
        }
        let of = |meaning: &Meaning| -> Vec<Slice> {
            let items = self.items.iter().filter(|item| item.meaning == *meaning);
            items.map(|item| (item.start, item.end)).collect()
        };
        if self.looks_ahead() {
            return None;
        }
        let cover = self.calendar.coverage?;
        let period = self.period?.period;
        let today = self.calendar.as_of.to_datetime(jiff::civil::Time::midnight());
        let begun = cover.overlaps(period) && cover.start() < today && period.start() < today;
        let coming = of(&Meaning::Coming);
        (!coming.is_empty() || !begun).then(|| Decline {
            period: coming.is_empty().then_some(period),
            ..decline(Reason::BeyondData, coming)
        })
    }

    fn missing_period(&mut self, ask: Ask) -> Option<Decline> {
        let cover = self.calendar.coverage?;
        // Days to come are forecast, not read.
        if ask == Ask::Forecast && self.looks_ahead() {
            return None;
        }
        // A budget has its own days, loaded or to come.
        if ask == Ask::Analysis(Analysis::Budgets) {
            return None;
        }
        // So have the ends of commitments.
        if self.commitment.as_ref().is_some_and(|asked| asked.ends) {
            return None;
        }
        // What is billed in a month may apply to any other.
        if self.basis == PeriodBasis::Billing {
            return None;
        }
        for moment in [self.base, self.period].into_iter().flatten() {
            if !cover.overlaps(moment.period) {
                return Some(Decline {
                    period: Some(moment.period),
                    ..decline(Reason::MissingPeriod, moment.asked.into_iter().collect())
                });
            }
            if !cover.contains(moment.period) {
                self.notes.push(Note::PartialPeriod { period: moment.period });
            }
        }
        None
    }

    // "뛰었는데 왜": how far it moved is known to the asker, and the answer says it exactly.
    fn is_premise(&self, at: usize, ask: Ask) -> bool {
        let Some(item) = self.items.get(at) else { return false };
        let before = self.text.get(..item.start).unwrap_or_default().trim_end();
        let after = self.text.get(item.end..).unwrap_or_default().trim_start();
        let money = before.ends_with(['$', '€', '₩', '%'])
            || ["달러", "불", "원", "%", "퍼센트", "프로", "usd", "dollar", "percent", ".", ","]
                .iter()
                .any(|unit| after.to_lowercase().starts_with(unit));
        let moved = (at.saturating_sub(6)..at + 7)
            .any(|near| matches!(self.meaning(near), Some(Meaning::Rise | Meaning::Fall)));
        ask == Ask::Explain && money && moved
    }

    fn unused_number(&self, ask: Ask) -> Option<Decline> {
        let unused = (0..self.items.len()).filter(|at| {
            matches!(self.meaning(*at), Some(Meaning::Number { .. }))
                && !self.is_used(*at)
                && !self.is_premise(*at, ask)
        });
        let asked: Vec<Slice> = unused
            .filter_map(|at| self.items.get(at).map(|item| (item.start, item.end)))
            .take(5)
            .collect();
        // A long number is an id that no name was found for.
        let id = asked.iter().any(|(start, end)| end - start >= 6);
        let reason = if id { Reason::UnknownEntity } else { Reason::NotUnderstood };
        (!asked.is_empty()).then(|| decline(reason, asked))
    }
}

pub(super) fn holds(known: &Known, dimension: &Dimension) -> bool {
    let loaded = &known.description.dimensions;
    let filled = |name: &str| loaded.iter().any(|fill| fill.dimension == name);
    match dimension {
        // Every bill has its month.
        Dimension::Time(_) | Dimension::Column(FocusDimension::BillingPeriod) => true,
        Dimension::Workload => {
            filled("workload") || filled(&format!("tag:{}", known.description.workload_tag))
        }
        Dimension::Column(FocusDimension::Region) => filled("region") || filled("region_name"),
        Dimension::Column(_) | Dimension::Tag(_) => loaded.is_empty() || filled(&dimension.name()),
    }
}

fn decline(reason: Reason, asked: Vec<Slice>) -> Decline {
    Decline { reason, asked, nearest: Vec::new(), period: None }
}
