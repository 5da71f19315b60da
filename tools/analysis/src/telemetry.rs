//! What telemetry says of resources: which metric means what, and the figures that checks and allocations read.

mod names;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;

pub use names::Names;

use crate::InvalidRules;

const EMBEDDED: &str = include_str!("telemetry.toml");

/// The table of signals. [`Signals::embedded`] is the one that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signals {
    pub window: Window,
    #[serde(rename = "signal")]
    pub signals: Vec<Signal>,
}

/// Which points count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Days before the end of the looked-at time.
    pub days: u32,
    /// On so many of them a resource must have points.
    pub least_days: u32,
}

/// Something that metrics measure, whatever they are called.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    pub id: String,
    pub en: String,
    pub ko: String,
    /// What a figure counts: `%`, `By`, `s`, or a noun.
    pub unit: String,
    pub together: Together,
    /// Which figure of a workload is its weight, where shared cost can be split by the signal.
    #[serde(default)]
    pub weight: Option<Weight>,
    pub source: String,
    pub metrics: Vec<MetricName>,
}

/// What several metrics of one resource come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Together {
    Add,
    Highest,
}

/// Which figure of a workload's points is its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    Sum,
    Average,
    /// How many values were measured: a histogram of durations has one for each request.
    Measurements,
}

/// A metric that a signal is read from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricName {
    pub name: String,
    #[serde(default)]
    pub state: Option<String>,
    #[serde(default)]
    pub factor: Option<Decimal>,
    #[serde(default)]
    pub offset: Option<Decimal>,
}

/// Figures of one signal of one resource over the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// Series rows that it was made of.
    pub series: u32,
    /// Days with points; of several metrics the fewest.
    pub days: u32,
    pub average: Decimal,
    pub peak: Decimal,
    /// What 99.5 % of the points do not exceed.
    pub p99_5: Decimal,
    pub sum: Decimal,
    /// The largest sum of a day.
    pub busiest_day: Decimal,
}

/// A figure of a [`Reading`] that a rule compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    Average,
    Peak,
    P995,
    Sum,
    BusiestDay,
}

impl Statistic {
    /// Our word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Average => "average",
            Self::Peak => "peak",
            Self::P995 => "p99_5",
            Self::Sum => "sum",
            Self::BusiestDay => "busiest_day",
        }
    }
}

impl Reading {
    /// The figure of this name.
    #[must_use]
    pub fn of(&self, statistic: Statistic) -> Decimal {
        match statistic {
            Statistic::Average => self.average,
            Statistic::Peak => self.peak,
            Statistic::P995 => self.p99_5,
            Statistic::Sum => self.sum,
            Statistic::BusiestDay => self.busiest_day,
        }
    }

    fn with(self, other: Self, together: Together) -> Self {
        let both = |one: Decimal, other: Decimal| match together {
            Together::Add => one.saturating_add(other),
            Together::Highest => one.max(other),
        };
        Self {
            series: self.series + other.series,
            days: self.days.min(other.days),
            average: both(self.average, other.average),
            peak: both(self.peak, other.peak),
            p99_5: both(self.p99_5, other.p99_5),
            sum: both(self.sum, other.sum),
            busiest_day: both(self.busiest_day, other.busiest_day),
        }
    }
}

/// What a store tells of one metric of one resource, before it is known what the metric means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    pub metric: String,
    pub state: String,
    /// As telemetry names it.
    pub resource_id: String,
    pub sub_account: String,
    pub region: String,
    pub minimum: Decimal,
    pub figures: Reading,
}

/// Readings of resources by the ids of bills, then by signal.
pub type Readings = BTreeMap<String, BTreeMap<String, Reading>>;

impl Signals {
    /// The table that comes with the program.
    ///
    /// # Errors
    /// When the table that was built in is not valid; a test keeps it so that it is.
    pub fn embedded() -> Result<Self, InvalidRules> {
        Self::parse(EMBEDDED)
    }

    /// Reads a table of signals.
    ///
    /// # Errors
    /// When it is no valid table, names a signal twice, or gives one no metric or no source.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        let table: Self = toml::from_str(text).map_err(|error| InvalidRules(error.to_string()))?;
        let mut seen = std::collections::BTreeSet::new();
        for signal in &table.signals {
            if !seen.insert(signal.id.as_str()) {
                return Err(InvalidRules(format!("the signal `{}` stands twice", signal.id)));
            }
            if signal.metrics.is_empty() || signal.source.trim().is_empty() {
                return Err(InvalidRules(format!(
                    "the signal `{}` names no metric or no source",
                    signal.id
                )));
            }
        }
        Ok(table)
    }

    /// The signal of this id.
    #[must_use]
    pub fn signal(&self, id: &str) -> Option<&Signal> {
        self.signals.iter().find(|signal| signal.id == id)
    }

    /// Which of the loaded metrics tell one of these signals.
    #[must_use]
    pub fn wanted<'a>(&self, loaded: &[&'a str], signals: &[&str]) -> Vec<&'a str> {
        let tells = |name: &&&str| {
            let of = self.signals.iter().filter(|signal| signals.contains(&signal.id.as_str()));
            of.flat_map(|signal| &signal.metrics).any(|metric| is_named(name, &metric.name))
        };
        loaded.iter().filter(tells).copied().collect()
    }

    /// What the summaries mean for the resources of a bill. Those of resources that the bill does not name, or names
    /// more than once, are left out.
    #[must_use]
    pub fn readings(&self, summaries: &[Summary], names: &Names) -> Readings {
        let mut all = Readings::new();
        for summary in summaries {
            let Some(id) = names.find(&summary.resource_id, &summary.sub_account) else { continue };
            for (signal, metric) in self.meant(&summary.metric, &summary.state) {
                let reading = metric.read(summary);
                let of = all.entry(id.to_owned()).or_default();
                of.entry(signal.id.clone())
                    .and_modify(|held| *held = held.with(reading, signal.together))
                    .or_insert(reading);
            }
        }
        all
    }

    fn meant<'a>(
        &'a self,
        metric: &'a str,
        state: &'a str,
    ) -> impl Iterator<Item = (&'a Signal, &'a MetricName)> {
        let named = move |known: &&MetricName| {
            is_named(metric, &known.name)
                && known.state.as_ref().is_none_or(|wanted| wanted == state)
        };
        self.signals
            .iter()
            .filter_map(move |signal| Some((signal, signal.metrics.iter().find(named)?)))
    }
}

/// Whether a metric has this name, alone or behind the path of its source.
#[must_use]
pub fn is_named(metric: &str, name: &str) -> bool {
    metric == name || metric.rsplit('/').next() == Some(name)
}

impl MetricName {
    // A factor below zero turns the least value into the greatest: how much is not idle.
    fn read(&self, summary: &Summary) -> Reading {
        let factor = self.factor.unwrap_or(Decimal::ONE);
        let offset = self.offset.unwrap_or(Decimal::ZERO);
        let of = |value: Decimal| value.saturating_mul(factor).saturating_add(offset);
        let figures = summary.figures;
        let is_turned = factor < Decimal::ZERO;
        let highest = |value: Decimal| if is_turned { of(summary.minimum) } else { of(value) };
        Reading {
            average: of(figures.average),
            peak: highest(figures.peak),
            p99_5: highest(figures.p99_5),
            sum: of(figures.sum),
            busiest_day: of(figures.busiest_day),
            ..figures
        }
    }
}
