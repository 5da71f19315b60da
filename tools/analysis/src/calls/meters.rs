//! Which meters of a bill count calls: patterns as data, and the numbers that units begin with.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::rules::{InvalidRules, table};

const EMBEDDED: &str = include_str!("meters.toml");

/// Patterns of meters that count calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallMeters(Vec<CallMeter>);

/// One pattern.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallMeter {
    pub id: String,
    cloud_services: Vec<String>,
    meters: Vec<String>,
    units: Vec<String>,
    operations: Vec<String>,
    /// The call that carries several of its operations.
    #[serde(default)]
    pub batch: Option<String>,
    /// How many of them at most.
    #[serde(default)]
    pub together: Option<u32>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    meter: Vec<CallMeter>,
}

impl CallMeters {
    /// Reads a table of patterns.
    ///
    /// # Errors
    /// When the text is no such table, or a pattern names no source.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        let file: File = table(text)?;
        if let Some(meter) = file.meter.iter().find(|one| one.source.trim().is_empty()) {
            return Err(InvalidRules(format!("the meter `{}` names no source", meter.id)));
        }
        let lower = |words: Vec<String>| words.iter().map(|word| word.to_lowercase()).collect();
        let meters = file.meter.into_iter().map(|meter| CallMeter {
            cloud_services: lower(meter.cloud_services),
            meters: lower(meter.meters),
            units: lower(meter.units),
            operations: lower(meter.operations),
            ..meter
        });
        Ok(Self(meters.collect()))
    }

    /// The embedded table.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn embedded() -> Result<Self, InvalidRules> {
        Self::parse(EMBEDDED)
    }

    /// The pattern that a line of a bill fits, and how many calls one of its unit is.
    #[must_use]
    pub fn of(
        &self,
        cloud_service: &str,
        meter: &str,
        unit: &str,
    ) -> Option<(&CallMeter, Decimal)> {
        let (cloud_service, meter) = (cloud_service.to_lowercase(), meter.to_lowercase());
        let (times, noun) = counted(unit);
        let fits = |pattern: &&CallMeter| {
            pattern.cloud_services.iter().any(|word| cloud_service.contains(word))
                && pattern.meters.iter().any(|word| meter.contains(word))
        };
        // The first entry of its cloud service decides: a request meter in another unit counts no calls.
        let pattern = self.0.iter().filter(fits).find(|pattern| pattern.units.contains(&noun))?;
        Some((pattern, times))
    }

    /// The pattern of this id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&CallMeter> {
        self.0.iter().find(|pattern| pattern.id == id)
    }

    /// The pattern that counts an operation that clients call.
    #[must_use]
    pub fn of_operation(&self, operation: &str) -> Option<&CallMeter> {
        let operation = operation.to_lowercase();
        let bare = operation.rsplit(['.', ':', '/']).next().unwrap_or_default();
        self.0.iter().find(|pattern| pattern.operations.iter().any(|own| own == bare))
    }
}

/// How many a unit stands for, and of what, in lower case: `10K Operations` is 10,000 of `operations`.
fn counted(unit: &str) -> (Decimal, String) {
    let unit = unit.trim().to_lowercase().replace(',', "");
    let end = unit.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(unit.len());
    let (digits, rest) = unit.split_at(end);
    let Ok(number) = digits.parse::<Decimal>() else { return (Decimal::ONE, unit) };
    let rest = rest.trim();
    for (word, times) in
        [("million", 1_000_000), ("thousand", 1_000), ("k", 1_000), ("m", 1_000_000)]
    {
        let after = rest
            .strip_prefix(word)
            .filter(|after| after.is_empty() || after.starts_with([' ', '/']));
        if let Some(after) = after {
            let times = number.saturating_mul(Decimal::from(times));
            return (times, noun(after));
        }
    }
    (number, noun(rest))
}

// "/month" says when it is billed, not what is counted.
fn noun(text: &str) -> String {
    text.split('/').next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_told_by_service_meter_and_unit() {
        let meters = CallMeters::embedded().unwrap();
        let of = |service, meter, unit| {
            meters.of(service, meter, unit).map(|(one, times)| (one.id.as_str(), times.to_string()))
        };
        let one = |id| Some((id, "1".to_owned()));
        assert_eq!(of("Amazon S3", "APN2-Requests-Tier1", "Requests"), one("s3_tier1"));
        assert_eq!(
            of("Amazon DynamoDB", "ReadRequestUnits", "ReadRequestUnits"),
            one("dynamodb_reads")
        );
        assert_eq!(
            of("Storage", "Hot LRS Write Operations", "10K"),
            Some(("azure_storage", "10000".to_owned()))
        );
        assert_eq!(
            of("Functions", "Standard Total Executions", "1M"),
            Some(("azure_functions", "1000000".to_owned()))
        );
        assert_eq!(
            of("AWS Secrets Manager", "AWSSecretsManagerAPIRequest", "API Requests"),
            one("requests")
        );
        // A request meter in a unit that counts no calls, storage, and hours.
        assert_eq!(of("Amazon Simple Storage Service", "Requests-Tier2", "GB-Mo"), None);
        assert_eq!(of("Storage", "Hot LRS Data Stored", "1 GB/Month"), None);
        assert_eq!(of("Amazon EC2", "BoxUsage:m5.large", "Hrs"), None);
        assert_eq!(meters.of_operation("dynamodb:GetItem").unwrap().id, "dynamodb_reads");
        assert_eq!(meters.of_operation("GET /cart"), None);
    }

    #[test]
    fn numbers_before_a_unit_multiply_it() {
        for (unit, times, noun) in [
            ("10K", 10_000, ""),
            ("10K/Month", 10_000, ""),
            ("1 Million Requests", 1_000_000, "requests"),
            ("1,000 Calls", 1_000, "calls"),
            ("100", 100, ""),
            ("Requests", 1, "requests"),
            ("1 Month", 1, "month"),
        ] {
            assert_eq!(counted(unit), (Decimal::from(times), noun.to_owned()), "{unit}");
        }
    }
}
