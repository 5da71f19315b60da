//! Hours of reservations: which quantities are hours, and how many normalised units a machine's hour is.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;

/// How hours are counted; the table of offers gives each figure its source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HourRules {
    /// Units that are hours, in lower case.
    pub units: Vec<String>,
    /// Normalised units of an hour of each size that is no multiple of `xlarge`.
    pub sizes: BTreeMap<String, Decimal>,
    /// Normalised units of an hour of `xlarge`; `4xlarge` has four times as many.
    pub per_xlarge: Decimal,
    /// Usage that runs on several machines.
    pub multiple: Vec<Multiple>,
}

/// Usage whose name holds a word runs on so many machines.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Multiple {
    pub usage: String,
    pub factor: Decimal,
}

impl HourRules {
    /// Whether a quantity in this unit is hours.
    #[must_use]
    pub fn is_hours(&self, unit: &str) -> bool {
        self.units.iter().any(|known| known.eq_ignore_ascii_case(unit.trim()))
    }

    /// Normalised units of an hour of a usage, by the size in its name; `None` where it names no size.
    ///
    /// `BoxUsage:m5.2xlarge` is 16, `Multi-AZUsage:db.r5.large` 8.
    #[must_use]
    pub fn units_of_an_hour(&self, usage: &str) -> Option<Decimal> {
        let usage = usage.to_lowercase();
        let machine = usage.rsplit_once(':').map(|(_, machine)| machine)?;
        let machine = machine.strip_suffix(".search").unwrap_or(machine);
        let (_, size) = machine.rsplit_once('.')?;
        let units = if let Some(units) = self.sizes.get(size) {
            *units
        } else {
            let times = size.strip_suffix("xlarge")?;
            let times = if times.is_empty() { Decimal::ONE } else { times.parse().ok()? };
            self.per_xlarge.checked_mul(times)?
        };
        let of = self.multiple.iter().find(|multiple| usage.contains(&multiple.usage));
        units.checked_mul(of.map_or(Decimal::ONE, |multiple| multiple.factor))
    }
}

/// What ran in a period, in hours or in normalised units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ran {
    /// Under reservations.
    pub reserved: Decimal,
    /// On demand or under savings plans; spot capacity is left out.
    pub other: Decimal,
}

impl Ran {
    /// All of it.
    #[must_use]
    pub fn running(&self) -> Decimal {
        self.reserved + self.other
    }

    /// Reserved part of what ran, from 0 to 1 (AWS `GetReservationCoverage`: reserved hours over total running
    /// hours); `None` when nothing ran.
    #[must_use]
    pub fn coverage(&self) -> Option<Decimal> {
        self.reserved.checked_div(self.running())
    }

    /// Adds what ran under a reservation, or not.
    pub fn add(&mut self, quantity: Decimal, is_reserved: bool) {
        if is_reserved {
            self.reserved += quantity;
        } else {
            self.other += quantity;
        }
    }
}

/// Hours of reservations that were used, and that nobody used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reserved {
    pub used: Decimal,
    pub unused: Decimal,
}

impl Reserved {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { used: self.used + other.used, unused: self.unused + other.unused }
    }

    /// Used part of the hours that were bought, from 0 to 1 (AWS `GetReservationUtilization`: total actual hours over
    /// purchased hours); `None` when there are none.
    #[must_use]
    pub fn utilization(&self) -> Option<Decimal> {
        self.used.checked_div(self.used + self.unused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commitment::offers::OfferTable;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn an_hour_has_the_units_of_its_size() {
        let rules = OfferTable::embedded().unwrap().hours;
        for (usage, units) in [
            ("APN2-BoxUsage:t3.nano", Some("0.25")),
            ("BoxUsage:m5.large", Some("4")),
            ("BoxUsage:m5.xlarge", Some("8")),
            ("BoxUsage:m5.32xlarge", Some("256")),
            ("InstanceUsage:db.r5.10xlarge", Some("80")),
            ("Multi-AZUsage:db.r5.large", Some("8")),
            ("Multi-AZClusterUsage:db.r6gd.large", Some("12")),
            ("NodeUsage:cache.r6g.large", Some("4")),
            ("BoxUsage:m5.metal", None),
            ("D4s v5", None),
        ] {
            assert_eq!(rules.units_of_an_hour(usage), units.map(dec), "{usage}");
        }
        assert!(rules.is_hours("Hrs") && rules.is_hours("hour") && !rules.is_hours("GB-Mo"));
    }

    #[test]
    fn two_large_machines_weigh_as_much_as_one_xlarge() {
        // Ten hours of xlarge reserved, twenty of large on demand: a third of the hours, half of the units.
        let hours = Ran { reserved: dec("10"), other: dec("20") };
        let units = Ran { reserved: dec("80"), other: dec("80") };
        assert_eq!(hours.coverage().map(|part| part.round_dp(4)), Some(dec("0.3333")));
        assert_eq!(units.coverage(), Some(dec("0.5")));
        assert_eq!(Ran::default().coverage(), None);
    }

    #[test]
    fn hours_that_nobody_used_count_against_the_reservation() {
        let one = Reserved { used: dec("600"), unused: dec("144") };
        let two = one.and(Reserved { used: dec("144"), unused: dec("600") });
        assert_eq!(two.utilization(), Some(dec("0.5")));
        assert_eq!(Reserved::default().utilization(), None);
    }
}
