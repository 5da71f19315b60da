//! What days to come will cost, learned from the days seen, with an interval measured out of sample.
//!
//! Several models are fitted; each is tried on the past (rolling origins: fitted up to a day, compared with what came),
//! and the one whose totals were off least answers. The interval is split conformal: so much that the same model, as far
//! ahead and over as many days, was off in four of five trials (V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning
//! in a Random World", 2005, chapter 4).

mod models;
mod settings;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive, ToPrimitive},
};

pub use self::{models::Model, settings::OutlookSettings};
use crate::anomaly::quantile;

// Off by less than this part, a model is right: what is left is of floating point.
const EXACT: f64 = 1e-9;
// Sums over overlapping spans tell their spread as well as half as many again that stand apart (A. W. Lo and
// A. C. MacKinlay, "Stock market prices do not follow random walks", 1988: a variance of two thirds for long spans).
const SHARED_DAYS: f64 = 1.5;
// Digits of an expected cost: it is an estimate.
const PLACES: u32 = 4;

/// What days to come will cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    pub expected: Decimal,
    pub low: Decimal,
    pub high: Decimal,
    pub model: Model,
    /// How far the model's totals were off on the past: the sum of the differences over the sum of the amounts.
    pub error: f64,
    /// Trials on the past.
    pub trials: usize,
}

/// The total of the days `ahead`, counted from the first day of `seen`.
///
/// `None` where fewer days are seen than the settings ask for, or `ahead` does not lie behind them.
#[must_use]
pub fn look_ahead(
    seen: &[Decimal],
    first: Date,
    ahead: &Range<usize>,
    settings: &OutlookSettings,
) -> Option<Outlook> {
    if seen.len() < settings.least_days || ahead.start < seen.len() || ahead.is_empty() {
        return None;
    }
    let costs: Vec<f64> = seen.iter().map(|cost| cost.to_f64().unwrap_or_default()).collect();
    let from = costs.len().saturating_sub(settings.most_days);
    let span = Span { gap: ahead.start - seen.len(), days: ahead.len() };
    let past = Past { costs: costs.get(from..)?, first_weekday: weekday(first, from)? };
    let trials = Trials::run(&past, &span, settings)?;
    let (model, error) = trials.best(settings)?;
    let expected = model.total(&past, past.costs.len(), &span);
    let off = trials.off(model, settings) * expected.abs();
    let floor = if past.costs.iter().any(|cost| *cost < 0.0) { f64::NEG_INFINITY } else { 0.0 };
    let exact = |value: f64| Decimal::from_f64(value).map(|value| value.round_dp(PLACES));
    Some(Outlook {
        expected: exact(expected.max(floor))?,
        low: exact((expected - off).max(floor))?,
        high: exact(expected + off)?,
        model,
        error,
        trials: trials.count(),
    })
}

/// What the days `ahead` cost one by one, as a model tells them from what was seen; together they are its total.
#[must_use]
pub fn days_ahead(
    seen: &[Decimal],
    first: Date,
    ahead: &Range<usize>,
    model: Model,
    settings: &OutlookSettings,
) -> Vec<Decimal> {
    let costs: Vec<f64> = seen.iter().map(|cost| cost.to_f64().unwrap_or_default()).collect();
    let from = costs.len().saturating_sub(settings.most_days);
    let learned = costs.get(from..).zip(weekday(first, from));
    let Some((costs, first_weekday)) = learned else { return Vec::new() };
    let past = Past { costs, first_weekday };
    let gap = ahead.start.saturating_sub(seen.len());
    let day = |day: usize| {
        let span = Span { gap: gap + day, days: 1 };
        let cost = model.total(&past, past.costs.len(), &span);
        Decimal::from_f64(cost).unwrap_or_default().round_dp(PLACES)
    };
    (0..ahead.len()).map(day).collect()
}

fn weekday(first: Date, later: usize) -> Option<usize> {
    let monday = usize::try_from(first.weekday().to_monday_zero_offset()).ok()?;
    Some((monday + later) % 7)
}

/// Daily costs, oldest first.
struct Past<'a> {
    costs: &'a [f64],
    /// Of the first day; Monday is 0.
    first_weekday: usize,
}

/// The days that a total is of: so many, behind so many others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    gap: usize,
    days: usize,
}

/// What each model would have said on days of the past, and what came.
struct Trials {
    /// Model, its total, the total that came.
    said: Vec<(Model, f64, f64)>,
    /// So many of the trials share no day.
    apart: usize,
    /// How much longer the span asked about is than the one that could be tried.
    stretched: f64,
}

impl Trials {
    fn run(past: &Past<'_>, span: &Span, settings: &OutlookSettings) -> Option<Self> {
        let seen = past.costs.len();
        let room = seen.checked_sub(settings.least_fit_days)?;
        // A span that is longer than what is seen is tried by the longest that fits several times.
        let longest = room.saturating_sub(settings.least_trials).max(1);
        let tried = if span.gap + span.days <= longest {
            *span
        } else {
            let gap = span.gap.min(longest / 2);
            Span { gap, days: span.days.min(longest - gap) }
        };
        let last = seen.checked_sub(tried.gap + tried.days)?;
        let origins = (settings.least_fit_days..=last).rev().step_by(settings.trial_step);
        let mut said = Vec::new();
        for origin in origins.take(settings.most_trials) {
            let came: f64 = past.costs.iter().skip(origin + tried.gap).take(tried.days).sum();
            for model in Model::ALL {
                said.push((model, model.total(past, origin, &tried), came));
            }
        }
        let long = |span: &Span| models::days(span.gap + span.days);
        let stretched = (long(span) / long(&tried)).max(1.0);
        let apart = (said.len() / Model::ALL.len() * settings.trial_step).div_ceil(tried.days);
        (!said.is_empty()).then_some(Self { said, apart: apart.max(1), stretched })
    }

    fn of(&self, model: Model) -> impl Iterator<Item = (f64, f64)> {
        let own = self.said.iter().filter(move |(held, _, _)| *held == model);
        own.map(|(_, said, came)| (*said, *came))
    }

    fn count(&self) -> usize {
        self.said.len() / Model::ALL.len()
    }

    // The model that was off least; of equals the simplest, which stands first. The combination stands for it where it
    // was hardly further off: which single model leads is told by few trials apart, and leads less afterwards. What a single
    // model tells to the dollar needs no other.
    fn best(&self, settings: &OutlookSettings) -> Option<(Model, f64)> {
        let errors = Model::ALL.into_iter().map(|model| (model, self.error(model)));
        let least = errors.min_by(|left, right| left.1.total_cmp(&right.1))?;
        let combined = (Model::Combined, self.error(Model::Combined));
        let is_exact = least.1 <= EXACT;
        let near = !is_exact && combined.1 <= least.1 * (1.0 + settings.combined_within);
        Some(if near { combined } else { least })
    }

    fn error(&self, model: Model) -> f64 {
        let off: f64 = self.of(model).map(|(said, came)| (said - came).abs()).sum();
        let all: f64 = self.of(model).map(|(_, came)| came.abs()).sum();
        if all > 0.0 { off / all } else { off }
    }

    // The part of its total that the model was off by in the wanted share of trials. A random walk strays with the
    // square root of time; what could not be tried is widened by it.
    fn off(&self, model: Model, settings: &OutlookSettings) -> f64 {
        let parts: Vec<f64> = self
            .of(model)
            .map(|(said, came)| (said - came).abs() / said.abs().max(f64::MIN_POSITIVE))
            .collect();
        // The place of a conformal quantile among finitely many trials. Trials that share days are little further evidence:
        // those count that stand side by side, and half as many again for what lies between them.
        let count = models::days(self.apart) * SHARED_DAYS;
        let part = (settings.covers * (count + 1.0) / count).min(1.0);
        quantile(&parts, part) * self.stretched.sqrt()
    }
}
