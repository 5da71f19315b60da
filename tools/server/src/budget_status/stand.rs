//! How one budget stands: its loaded days, what is expected of those to come, and the judgement.

use std::ops::Range;

use jiff::civil::{Date, Time};
use wherefore_analysis::{
    BudgetState, BudgetStatus, Burn, BurnDay, OutlookSettings, Seen, budget_status, burn_course,
    days_ahead, look_ahead, run_rate,
};
use wherefore_contract::{
    Decimal,
    budget::Budget,
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    filter::Filter,
    period::Period,
    quality::CostDescription,
    tool::FactTable,
};

use crate::{
    forecast_cost::daily::{Daily, Series, date_of, query},
    refuse::Refusal,
    serve::Tools,
};

// A week of a budget tells its rate; before, the last four weeks do.
const LEAST_DAYS: usize = 7;
const RATE_DAYS: usize = 28;

/// What budgets are held against.
pub(super) struct Ask<'a> {
    pub(super) tools: &'a Tools,
    pub(super) measure: &'a Measure,
    pub(super) description: &'a CostDescription,
    pub(super) settings: OutlookSettings,
}

/// A budget with all that is told of it.
pub(super) struct Stand {
    pub(super) budget: Budget,
    pub(super) period: Period,
    pub(super) state: BudgetState,
    /// `None` where nothing can be held against it.
    pub(super) status: Option<BudgetStatus>,
    /// The expected total and its interval.
    pub(super) outlook: Option<(Decimal, Option<(Decimal, Decimal)>)>,
    /// How the days to come were forecast.
    pub(super) method: Option<&'static str>,
    /// Its loaded days before the day of asking.
    pub(super) known: Option<Period>,
    /// Its days that lie before all that is loaded.
    pub(super) days_not_loaded: i64,
    pub(super) course: Vec<BurnDay>,
    pub(super) read: Option<FactTable>,
}

impl Stand {
    /// What needs attention first.
    pub(super) fn order(&self) -> (Option<usize>, Date, Date, String) {
        let place = BudgetState::ALL.iter().position(|state| *state == self.state);
        (place, self.budget.start, self.budget.end, self.budget.name.clone())
    }
}

// Days to come, one by one, with the ends of their total.
struct Coming {
    days: Vec<Decimal>,
    interval: Option<(Decimal, Decimal)>,
    method: &'static str,
}

impl Ask<'_> {
    pub(super) async fn stand(
        &self,
        budget: &Budget,
        as_of: Option<Date>,
    ) -> Result<Stand, Refusal> {
        let period = budget.period().ok_or_else(|| {
            Refusal::Failed(format!("budget `{}` ends before it starts", budget.name))
        })?;
        let bare = |state: BudgetState| Stand {
            budget: budget.clone(),
            period,
            state,
            status: None,
            outlook: None,
            method: None,
            known: None,
            days_not_loaded: 0,
            course: Vec::new(),
            read: None,
        };
        let billed = &self.description.billing_currencies;
        if !billed.is_empty() && !billed.contains(&budget.currency) {
            return Ok(bare(BudgetState::OtherCurrency));
        }
        let Some(history) = self.history(as_of).filter(|held| held.start() < period.end()) else {
            return Ok(bare(BudgetState::NotLoaded));
        };
        let filters = self.filters(budget);
        let query = query(self.measure, &filters, &[], history, self.description);
        let read = self.tools.costs.query(&query, &self.tools.scope).await?;
        let daily = Daily { read: &read, measure: self.measure, dimensions: &[], history };
        let Some(series) = joined(&daily) else {
            return Ok(Stand { read: Some(read), ..bare(BudgetState::NoCharges) });
        };
        let told = self.judged(budget, period, history, &series)?;
        Ok(Stand { read: Some(read), ..told })
    }

    /// The loaded days before the day of asking. A day that the loaded charges reach counts whole.
    fn history(&self, as_of: Option<Date>) -> Option<Period> {
        let coverage = self.description.coverage?;
        let reached = match coverage.end() {
            end if end.time() == Time::midnight() => end.date(),
            end => end.date().tomorrow().ok()?,
        };
        let until = as_of.map_or(reached, |day| day.min(reached));
        Period::of_days(coverage.start().date(), until).ok()
    }

    // What it is for, in its own currency.
    fn filters(&self, budget: &Budget) -> Vec<Filter> {
        let several = self.description.billing_currencies.len() > 1;
        let currency = Dimension::Column(FocusDimension::BillingCurrency);
        let currency = several.then(|| Filter::any_of(currency, [budget.currency.clone()]));
        budget.filter.iter().cloned().chain(currency).collect()
    }

    fn judged(
        &self,
        budget: &Budget,
        period: Period,
        history: Period,
        series: &Series,
    ) -> Result<Stand, Refusal> {
        let start = period.start().date().max(history.start().date());
        let until = period.end().date().min(history.end().date());
        let known = Period::of_days(start, until).ok();
        let first = history.start().date();
        let place = |day: Date| {
            let days = Period::of_days(first, day).map_or(0, Period::days);
            usize::try_from(days).unwrap_or_default()
        };
        let not_loaded = place_between(period.start().date(), history.start().date());
        let learned = series.running.len();
        let from = place(period.start().date());
        let days = from..place(period.end().date());
        let loaded = series.known(&(from..days.end.min(learned).max(from)));
        let mut spent = vec![Decimal::ZERO; usize::try_from(not_loaded).unwrap_or_default()];
        spent.extend(loaded);
        let coming = self.coming(first, series, from, &(learned.max(from)..days.end));
        let so_far: Decimal = spent.iter().sum();
        let outlook = coming.as_ref().map(|coming| {
            let expected = so_far + coming.days.iter().sum::<Decimal>();
            let ends = |(low, high): (Decimal, Decimal)| {
                ((so_far + low).min(expected), (so_far + high).max(expected))
            };
            (expected, coming.interval.map(ends))
        });
        let burn = Burn {
            amount: budget.amount,
            days: usize::try_from(period.days()).unwrap_or_default(),
            spent,
            coming: coming.as_ref().map(|coming| coming.days.clone()).unwrap_or_default(),
            outlook,
        };
        let status = budget_status(&burn).ok_or_else(|| {
            Refusal::Failed("the amounts leave the digits that are kept".to_owned())
        })?;
        // Days that are not loaded may have cost anything: only what is exceeded already is certain.
        let certain = not_loaded == 0
            || matches!(status.state, BudgetState::Exceeded | BudgetState::EndedOver);
        Ok(Stand {
            budget: budget.clone(),
            period,
            state: if certain { status.state } else { BudgetState::Open },
            status: Some(status),
            outlook: outlook.filter(|_| not_loaded == 0),
            method: coming.map(|coming| coming.method),
            known,
            days_not_loaded: not_loaded,
            course: if not_loaded == 0 { burn_course(&burn) } else { Vec::new() },
            read: None,
        })
    }

    // Where too few days are loaded for a model, usage goes on at the mean of the days of the budget, or of the last weeks
    // where it has just begun.
    fn coming(
        &self,
        first: Date,
        series: &Series,
        from: usize,
        days: &Range<usize>,
    ) -> Option<Coming> {
        if days.is_empty() {
            return None;
        }
        let beside = series.monthly(first, days);
        let apart: Decimal = beside.iter().sum();
        let joined = |running: Vec<Decimal>| -> Vec<Decimal> {
            running.iter().zip(&beside).map(|(cost, beside)| cost + beside).collect()
        };
        if let Some(outlook) = look_ahead(&series.running, first, days, &self.settings) {
            let running = days_ahead(&series.running, first, days, outlook.model, &self.settings);
            return Some(Coming {
                days: joined(running),
                interval: Some((outlook.low + apart, outlook.high + apart)),
                method: outlook.model.name(),
            });
        }
        let own = series.running.get(from..).filter(|own| own.len() >= LEAST_DAYS);
        let last = series.running.len().saturating_sub(RATE_DAYS);
        let seen = Seen {
            actual: Decimal::ZERO,
            days_to_come: u32::try_from(days.len()).ok()?,
            days: own.or_else(|| series.running.get(last..))?.to_vec(),
        };
        let rate = run_rate(&seen)?;
        Some(Coming {
            days: joined(vec![rate.per_day; days.len()]),
            interval: rate.interval.map(|(low, high)| (low + apart, high + apart)),
            method: "run_rate",
        })
    }
}

// Days of a budget before the first loaded one.
fn place_between(start: Date, loaded: Date) -> i64 {
    Period::of_days(start, loaded).map_or(0, Period::days)
}

// All rows as one series; `None` where nothing was charged.
fn joined(daily: &Daily<'_>) -> Option<Series> {
    let mut all = daily.series().into_values();
    let mut whole = all.next()?;
    for series in all {
        for (sum, cost) in whole.running.iter_mut().zip(&series.running) {
            *sum += cost;
        }
        for (sum, cost) in whole.beside.iter_mut().zip(&series.beside) {
            *sum += cost;
        }
    }
    Some(whole)
}

/// The day of a period, from zero.
pub(super) fn day_of(period: Period, day: usize) -> Date {
    date_of(period.start().date(), day)
}
