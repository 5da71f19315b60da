//! The table of offers: which usage commitments cover, what is sold for it, and how purchases are judged.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{hours::HourRules, returns::ReturnRule};

const EMBEDDED: &str = include_str!("offers.toml");

/// The whole table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferTable {
    pub judgement: Judgement,
    pub hours: HourRules,
    #[serde(rename = "return")]
    pub give_back: ReturnRule,
    #[serde(rename = "family")]
    pub families: Vec<Family>,
    #[serde(rename = "offer")]
    pub offers: Vec<Offer>,
}

/// How purchases are judged; the table gives each figure its source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    pub window_days: u32,
    pub least_days: u32,
    pub block_days: u32,
    pub short_block_days: u32,
    pub training_part: Decimal,
    pub quantiles: Vec<Decimal>,
    pub usage_types_kept: usize,
    pub own_rate_least: Decimal,
    pub unit_quantile: Decimal,
    pub unit_block: u32,
    pub unit_billed_part: Decimal,
    pub term_months: u32,
    pub payment: Payment,
}

/// Usage that the same commitments cover.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    pub id: String,
    /// What is decided together: its offers stand against one another.
    pub group: String,
    /// Part of the provider's name.
    pub provider: String,
    pub services: Vec<String>,
    pub usage: Vec<String>,
    pub not_usage: Vec<String>,
    /// Whether a reservation of one size covers machines of another in proportion to their normalised units.
    #[serde(default)]
    pub is_size_flexible: bool,
}

/// Something that is sold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Its name, as the provider spells it.
    pub id: String,
    pub pool: Pooling,
    pub source: String,
    /// The month in which the source was read.
    pub as_of: String,
    /// Sources disagree on whether it is still sold: it stands beside the other offers and is never recommended by
    /// itself.
    #[serde(default)]
    pub is_disputed: bool,
    #[serde(rename = "rate")]
    pub rates: Vec<Rate>,
}

/// What one commitment spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pooling {
    /// All its families together.
    All,
    /// One family of machines in one region.
    Machine,
    /// Units of throughput.
    Units,
}

/// One term and payment of an offer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    pub term_months: u32,
    pub payment: Payment,
    pub upfront_part: Decimal,
    /// By family.
    pub discount: BTreeMap<String, Discount>,
}

/// A discount as a range of parts of one: `[low, typical, high]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(from = "[Decimal; 3]")]
pub struct Discount {
    pub low: Decimal,
    pub typical: Decimal,
    pub high: Decimal,
}

impl From<[Decimal; 3]> for Discount {
    fn from([low, typical, high]: [Decimal; 3]) -> Self {
        Self { low, typical, high }
    }
}

impl Discount {
    /// A discount that is known.
    #[must_use]
    pub fn known(discount: Decimal) -> Self {
        Self { low: discount, typical: discount, high: discount }
    }
}

/// When a commitment is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    NoUpfront,
    PartialUpfront,
    AllUpfront,
}

impl Payment {
    /// As the table and results spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoUpfront => "no_upfront",
            Self::PartialUpfront => "partial_upfront",
            Self::AllUpfront => "all_upfront",
        }
    }
}

/// A table of offers that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfferError {
    #[error("the table of offers cannot be read: {0}")]
    Malformed(String),
    #[error("`{offer}` discounts the family `{family}`, which the table does not define")]
    UnknownFamily { offer: String, family: String },
    #[error("`{offer}` has a discount for `{family}` that is no rising range between 0 and 1")]
    NoRange { offer: String, family: String },
}

impl OfferTable {
    /// The table that is built in.
    ///
    /// # Errors
    /// Never while the tests of this crate pass.
    pub fn embedded() -> Result<Self, OfferError> {
        Self::parse(EMBEDDED)
    }

    /// Reads a table.
    ///
    /// # Errors
    /// When the text is no such table, names a family that it does not define, or gives no rising range.
    pub fn parse(text: &str) -> Result<Self, OfferError> {
        let table: Self =
            toml::from_str(text).map_err(|error| OfferError::Malformed(error.to_string()))?;
        for offer in &table.offers {
            for (family, discount) in offer.rates.iter().flat_map(|rate| &rate.discount) {
                let (offer, family) = (offer.id.clone(), family.clone());
                if !table.families.iter().any(|known| known.id == family) {
                    return Err(OfferError::UnknownFamily { offer, family });
                }
                let rising = Decimal::ZERO < discount.low
                    && discount.low <= discount.typical
                    && discount.typical <= discount.high
                    && discount.high < Decimal::ONE;
                if !rising {
                    return Err(OfferError::NoRange { offer, family });
                }
            }
        }
        Ok(table)
    }

    /// The family that a usage belongs to, the first of the table that fits.
    #[must_use]
    pub fn family(&self, provider: &str, cloud_service: &str, usage: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.fits(provider, cloud_service, usage))
    }

    /// What decides together, in the order of the table.
    #[must_use]
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for family in &self.families {
            if !groups.contains(&family.group.as_str()) {
                groups.push(&family.group);
            }
        }
        groups
    }

    /// The families of a group.
    pub fn families_of<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Family> {
        self.families.iter().filter(move |family| family.group == group)
    }
}

impl Family {
    fn fits(&self, provider: &str, cloud_service: &str, usage: &str) -> bool {
        let [provider, service, usage] = [provider, cloud_service, usage].map(str::to_lowercase);
        let any = |parts: &[String], text: &str| {
            parts.iter().any(|part| text.contains(&part.to_lowercase()))
        };
        // A bill of one provider may not name it.
        (provider.is_empty() || provider.contains(&self.provider.to_lowercase()))
            && any(&self.services, &service)
            && (self.usage.is_empty() || any(&self.usage, &usage))
            && !any(&self.not_usage, &usage)
    }
}

/// The family of machines in the name of a usage: `m5` in `BoxUsage:m5.xlarge`, `db.r5` in
/// `InstanceUsage:db.r5.xlarge`; the whole name where it names no size.
#[must_use]
pub fn machine_family(usage: &str) -> &str {
    let machine = usage.rsplit_once(':').map_or(usage, |(_, machine)| machine);
    let machine = machine.strip_suffix(".search").unwrap_or(machine);
    machine.rsplit_once('.').map_or(machine, |(family, _)| family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_can_be_read_and_every_offer_covers_something() {
        let table = OfferTable::embedded().unwrap();
        assert!(table.offers.iter().all(|offer| {
            !offer.source.is_empty() && offer.rates.iter().all(|rate| !rate.discount.is_empty())
        }));
        let sold = |family: &Family| {
            let mut rates = table.offers.iter().flat_map(|offer| &offer.rates);
            rates.any(|rate| rate.discount.contains_key(&family.id))
        };
        assert!(table.families.iter().all(sold));
        assert_eq!(table.groups().first(), Some(&"Amazon EC2 and compute"));
    }

    #[test]
    fn usage_belongs_to_the_family_that_commitments_cover() {
        let table = OfferTable::embedded().unwrap();
        let family = |provider: &str, service: &str, usage: &str| {
            table.family(provider, service, usage).map(|family| family.id.clone())
        };
        let ec2 = "Amazon Elastic Compute Cloud";
        let rds = "Amazon Relational Database Service";
        let cases = [
            ("AWS", ec2, "APN2-BoxUsage:m5.xlarge", Some("ec2")),
            ("AWS", ec2, "EBS:VolumeUsage.gp3", None),
            ("AWS", ec2, "SpotUsage:m5.xlarge", None),
            ("AWS", ec2, "DataTransfer-Out-Bytes", None),
            ("AWS", "AWS Lambda", "APN2-Lambda-GB-Second", Some("lambda")),
            ("AWS", "AWS Lambda", "Request", None),
            (
                "AWS",
                "Amazon Elastic Container Service",
                "USE1-Fargate-vCPU-Hours:perCPU",
                Some("fargate"),
            ),
            ("AWS", rds, "InstanceUsage:db.r7g.large", Some("rds_current")),
            ("AWS", rds, "Multi-AZUsage:db.r5.xlarge", Some("rds_older")),
            ("AWS", rds, "RDS:GP3-Storage", None),
            ("AWS", "Amazon DynamoDB", "APN2-ReadCapacityUnit-Hrs", Some("dynamodb_provisioned")),
            ("AWS", "Amazon DynamoDB", "APN2-ReplWriteCapacityUnit-Hrs", None),
            ("Microsoft", "Virtual Machines", "D4s v5", Some("azure_vm")),
            ("Microsoft", "Virtual Machines", "D4s v5 Spot", None),
            ("Google Cloud", "Compute Engine", "N2 Instance Core", Some("gcp_compute")),
            ("Google Cloud", "Compute Engine", "Spot Preemptible N2 Instance Core", None),
        ];
        for (provider, service, usage, expected) in cases {
            assert_eq!(family(provider, service, usage).as_deref(), expected, "{usage}");
        }
    }

    #[test]
    fn a_machine_is_named_without_its_size() {
        let names = ["APN2-BoxUsage:m5.xlarge", "InstanceUsage:db.r5.large", "D4s v5"];
        assert_eq!(names.map(machine_family), ["m5", "db.r5", "D4s v5"]);
        assert_eq!(machine_family("ESInstance:r6g.xlarge.search"), "r6g");
    }

    #[test]
    fn a_table_that_contradicts_itself_is_refused() {
        let wrong = EMBEDDED.replacen("ec2 = [\"0.2\", \"0.27\"", "ec2 = [\"0.3\", \"0.27\"", 1);
        assert!(matches!(OfferTable::parse(&wrong), Err(OfferError::NoRange { .. })));
        let unknown = EMBEDDED.replacen("opensearch = [", "opensearched = [", 1);
        assert!(matches!(OfferTable::parse(&unknown), Err(OfferError::UnknownFamily { .. })));
        assert!(matches!(OfferTable::parse("[judgement]"), Err(OfferError::Malformed(_))));
    }
}
