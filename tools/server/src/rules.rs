//! The tables of rules that tools go by: each is read once, from the text built in or from another in its place.

use std::{error::Error, fmt};

use wherefore_analysis::{
    AnomalySettings, CallMeters, CallRules, OutlookSettings, RegimeSettings, ScalableUsage,
    ScalingRules, commitment::offers::OfferTable, savings::Rules, tagging::TaggingRules,
    telemetry::Signals,
};

use crate::allocate_cost::AllocationRules;

/// Every table that tools go by.
#[derive(Debug, Clone)]
pub struct RuleTables {
    pub(crate) allocation: AllocationRules,
    pub(crate) anomalies: AnomalySettings,
    pub(crate) calls: CallRules,
    pub(crate) meters: CallMeters,
    pub(crate) offers: OfferTable,
    pub(crate) outlook: OutlookSettings,
    pub(crate) regime: RegimeSettings,
    pub(crate) savings: Rules,
    pub(crate) scalable: ScalableUsage,
    pub(crate) scaling: ScalingRules,
    pub(crate) signals: Signals,
    pub(crate) tagging: TaggingRules,
}

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleTable {
    /// How shared cost is split.
    Allocation,
    /// What counts as unusual.
    Anomalies,
    /// When a client calls too much.
    Calls,
    /// Which meters count calls.
    Meters,
    /// What commitments are sold for.
    Offers,
    /// How forecasts are made.
    Outlook,
    /// When a unit cost has moved.
    Regime,
    /// What is looked for where money can be saved.
    Savings,
    /// Which usage is a fleet that scales by the hour.
    Scalable,
    /// How scaling schedules are made.
    Scaling,
    /// What metrics of telemetry mean.
    Signals,
    /// How tags are judged.
    Tagging,
}

impl RuleTable {
    /// Every table, by name.
    pub const ALL: [Self; 12] = [
        Self::Allocation,
        Self::Anomalies,
        Self::Calls,
        Self::Meters,
        Self::Offers,
        Self::Outlook,
        Self::Regime,
        Self::Savings,
        Self::Scalable,
        Self::Scaling,
        Self::Signals,
        Self::Tagging,
    ];

    /// A word for it, e.g. `savings`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Allocation => "allocation",
            Self::Anomalies => "anomalies",
            Self::Calls => "calls",
            Self::Meters => "call meters",
            Self::Offers => "commitment offers",
            Self::Outlook => "forecast",
            Self::Regime => "regime",
            Self::Savings => "savings",
            Self::Scalable => "scalable usage",
            Self::Scaling => "scaling",
            Self::Signals => "metric signals",
            Self::Tagging => "tagging",
        }
    }
}

impl fmt::Display for RuleTable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// A text is no such table; what is said names the key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the table of {table} cannot be used: {problem}")]
pub struct InvalidTable {
    pub table: RuleTable,
    pub problem: String,
}

impl RuleTables {
    /// The tables that are built in.
    ///
    /// # Errors
    /// Never in a released program: a test reads them.
    pub fn embedded() -> Result<Self, InvalidTable> {
        Ok(Self {
            allocation: made(RuleTable::Allocation, AllocationRules::embedded())?,
            anomalies: made(RuleTable::Anomalies, AnomalySettings::embedded())?,
            calls: made(RuleTable::Calls, CallRules::embedded())?,
            meters: made(RuleTable::Meters, CallMeters::embedded())?,
            offers: made(RuleTable::Offers, OfferTable::embedded())?,
            outlook: made(RuleTable::Outlook, OutlookSettings::embedded())?,
            regime: made(RuleTable::Regime, RegimeSettings::embedded())?,
            savings: made(RuleTable::Savings, Rules::embedded())?,
            scalable: made(RuleTable::Scalable, ScalableUsage::embedded())?,
            scaling: made(RuleTable::Scaling, ScalingRules::embedded())?,
            signals: made(RuleTable::Signals, Signals::embedded())?,
            tagging: made(RuleTable::Tagging, TaggingRules::embedded())?,
        })
    }

    /// Puts the table that `text` holds in the place of one of these.
    ///
    /// # Errors
    /// When the text is no such table; the tables stay as they were.
    pub fn replace(&mut self, table: RuleTable, text: &str) -> Result<(), InvalidTable> {
        match table {
            RuleTable::Allocation => self.allocation = made(table, AllocationRules::parse(text))?,
            RuleTable::Anomalies => self.anomalies = made(table, AnomalySettings::parse(text))?,
            RuleTable::Calls => self.calls = made(table, CallRules::parse(text))?,
            RuleTable::Meters => self.meters = made(table, CallMeters::parse(text))?,
            RuleTable::Offers => self.offers = made(table, OfferTable::parse(text))?,
            RuleTable::Outlook => self.outlook = made(table, OutlookSettings::parse(text))?,
            RuleTable::Regime => self.regime = made(table, RegimeSettings::parse(text))?,
            RuleTable::Savings => self.savings = made(table, Rules::parse(text))?,
            RuleTable::Scalable => self.scalable = made(table, ScalableUsage::parse(text))?,
            RuleTable::Scaling => self.scaling = made(table, ScalingRules::parse(text))?,
            RuleTable::Signals => self.signals = made(table, Signals::parse(text))?,
            RuleTable::Tagging => self.tagging = made(table, TaggingRules::parse(text))?,
        }
        Ok(())
    }
}

fn made<T, E: Error>(table: RuleTable, read: Result<T, E>) -> Result<T, InvalidTable> {
    read.map_err(|error| {
        let mut problem = error.to_string();
        let mut cause = error.source();
        while let Some(deeper) = cause {
            problem = format!("{problem}: {deeper}");
            cause = deeper.source();
        }
        InvalidTable { table, problem: problem.trim_end().to_owned() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_is_built_in_and_refuses_a_key_that_it_does_not_know() {
        let mut tables = RuleTables::embedded().unwrap();
        for table in RuleTable::ALL {
            let refused =
                tables.replace(table, "[nonsense]\nvalue = 1\nsource = \"x\"").unwrap_err();
            assert_eq!(refused.table, table);
            assert!(refused.problem.contains("nonsense"), "{table}: {refused}");
        }
    }

    #[test]
    fn a_replaced_table_counts_and_a_wrong_value_names_its_key() {
        let mut tables = RuleTables::embedded().unwrap();
        let own = "[headroom]\nvalue = 0.5\nsource = \"our SLO review\"";
        tables.replace(RuleTable::Scaling, own).unwrap();
        assert!((tables.scaling.headroom - 0.5).abs() < 1e-9);
        let refused = tables
            .replace(RuleTable::Scaling, "[headroom]\nvalue = 50\nsource = \"x\"")
            .unwrap_err()
            .to_string();
        assert_eq!(
            refused,
            "the table of scaling cannot be used: `headroom` is 50 and must lie between 0 and 10"
        );
        assert!((tables.scaling.headroom - 0.5).abs() < 1e-9);
    }
}
