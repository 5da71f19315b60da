//! Units of facts and the algebra that keeps dollars and transactions apart.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::Currency;

// Nouns that our own measures count. Everything else a bill counts is a quantity in its own unit.
const COUNT_NOUNS: &[&str] = &[
    "rows",
    "transactions",
    "distinct",
    "days",
    "hours",
    "periods",
    "series",
    "anomalies",
    "checks",
    "months",
    "weeks",
    "instances",
    "calls",
    "points",
    "measurements",
];

/// What a number counts. Written as one string: `USD`, `USD/transaction`, `rows`, `%`, `x`, `GB`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(into = "String", from = "String")]
#[schemars(with = "String")]
pub enum Unit {
    /// Money.
    Currency(Currency),
    /// Money for one of something, e.g. `USD/transaction`, `USD/day`.
    CurrencyPer { currency: Currency, per: String },
    /// A count of things we count ourselves, e.g. `rows`, `transactions`.
    Count(String),
    /// A quantity in the provider's unit, e.g. `GB`, `Hrs`.
    Quantity(String),
    /// Hundredths: a share or a relative change, e.g. `12.5` for 12.5 %.
    Percent,
    /// One number over another of the same unit: "2.5 times".
    Ratio,
}

impl Unit {
    /// The currency, when the unit is money or money per something.
    #[must_use]
    pub fn currency(&self) -> Option<&Currency> {
        match self {
            Self::Currency(currency) | Self::CurrencyPer { currency, .. } => Some(currency),
            Self::Count(_) | Self::Quantity(_) | Self::Percent | Self::Ratio => None,
        }
    }

    /// Whether sums of this unit mean something: money, counts and quantities add up, rates do not.
    #[must_use]
    pub fn is_additive(&self) -> bool {
        matches!(self, Self::Currency(_) | Self::Count(_) | Self::Quantity(_))
    }

    /// Reads a unit as [`fmt::Display`] writes it. Never fails: unknown words are quantities.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if let Some(currency) = Currency::parse(text) {
            return Self::Currency(currency);
        }
        if let Some((left, per)) = text.split_once('/')
            && let Some(currency) = Currency::parse(left)
        {
            return Self::CurrencyPer { currency, per: per.to_owned() };
        }
        match text {
            "%" => Self::Percent,
            "x" => Self::Ratio,
            noun if COUNT_NOUNS.contains(&noun) => Self::Count(noun.to_owned()),
            other => Self::Quantity(other.to_owned()),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Currency(currency) => out.write_str(currency.code()),
            Self::CurrencyPer { currency, per } => write!(out, "{}/{per}", currency.code()),
            Self::Count(noun) | Self::Quantity(noun) => out.write_str(noun),
            Self::Percent => out.write_str("%"),
            Self::Ratio => out.write_str("x"),
        }
    }
}

impl FromStr for Unit {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::parse(text))
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.to_string()
    }
}

impl From<String> for Unit {
    fn from(text: String) -> Self {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_reads_back_as_it_was_written() {
        for text in ["USD", "KRW/transaction", "rows", "%", "x", "GB-Mo", "LCU-Hrs", "GB/s"] {
            assert_eq!(Unit::parse(text).to_string(), text);
        }
        assert!(matches!(Unit::parse("GB/s"), Unit::Quantity(_)));
        assert!(matches!(Unit::parse("LCU"), Unit::Quantity(_)));
    }
}
