//! Exact decimals with a currency.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

// ISO 4217 codes in use; a code outside the list is a virtual currency (FOCUS calls them that),
// which the unit algebra then treats as a plain quantity.
const ISO_4217: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD",
    "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
    "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ",
    "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR",
    "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
    "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR",
    "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB",
    "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS",
    "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

/// A currency code as ISO 4217 spells it, e.g. `USD`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Currency(String);

impl Currency {
    /// Accepts a code of ISO 4217 in upper case, and nothing else.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        ISO_4217.binary_search(&code).ok().map(|_| Self(code.to_owned()))
    }

    /// The code, e.g. `USD`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Digits after the point in everyday amounts: none for won and yen, two for the rest we print.
    /// Source: ISO 4217 minor units.
    #[must_use]
    pub fn minor_digits(&self) -> u32 {
        match self.code() {
            "KRW" | "JPY" | "VND" | "CLP" | "ISK" | "XAF" | "XOF" | "XPF" | "UGX" | "PYG"
            | "RWF" | "KMF" | "GNF" | "DJF" | "BIF" | "VUV" => 0,
            _ => 2,
        }
    }
}

/// An exact amount of one currency. Never a float.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Money {
    #[schemars(with = "String")]
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
    pub currency: Currency,
}

impl Money {
    /// The sum, or `None` when the currencies differ or the digits do not fit.
    #[must_use]
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        self.combine(other, Decimal::checked_add)
    }

    /// The difference, or `None` when the currencies differ or the digits do not fit.
    #[must_use]
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        self.combine(other, Decimal::checked_sub)
    }

    fn combine(
        &self,
        other: &Self,
        with: impl Fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        let amount = with(self.amount, other.amount)?;
        Some(Self { amount, currency: self.currency.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_codes_is_sorted_so_that_it_can_be_searched() {
        assert!(ISO_4217.is_sorted());
        assert!(Currency::parse("USD").is_some());
        assert_eq!(Currency::parse("usd"), None);
        assert_eq!(Currency::parse("Token"), None);
    }
}
