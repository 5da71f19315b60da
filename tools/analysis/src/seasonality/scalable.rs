//! Which usage of a bill is a fleet that can be made larger and smaller by the hour: patterns as data.

use serde::Deserialize;

use crate::rules::{InvalidRules, table};

const EMBEDDED: &str = include_str!("scalable.toml");

/// Patterns of scalable usage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScalableUsage(Vec<Pattern>);

/// One pattern. Words are compared without case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    pub id: String,
    /// What the fleet is counted in, e.g. `instances`.
    pub unit: String,
    /// Whether its quantity is the size of the fleet, or is paid along with it.
    pub counts: bool,
    cloud_services: Vec<String>,
    meters: Vec<String>,
    #[serde(default)]
    units: Vec<String>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scalable: Vec<Pattern>,
}

impl ScalableUsage {
    /// Reads a table of patterns.
    ///
    /// # Errors
    /// When the text is no such table, or a pattern names no source.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        let file: File = table(text)?;
        if let Some(pattern) = file.scalable.iter().find(|one| one.source.trim().is_empty()) {
            return Err(InvalidRules(format!("the pattern `{}` names no source", pattern.id)));
        }
        let lower = |words: Vec<String>| words.iter().map(|word| word.to_lowercase()).collect();
        let patterns = file.scalable.into_iter().map(|pattern| Pattern {
            cloud_services: lower(pattern.cloud_services),
            meters: lower(pattern.meters),
            units: lower(pattern.units),
            ..pattern
        });
        Ok(Self(patterns.collect()))
    }

    /// The embedded table.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn embedded() -> Result<Self, InvalidRules> {
        Self::parse(EMBEDDED)
    }

    /// The pattern that a line of a bill belongs to.
    #[must_use]
    pub fn of(&self, cloud_service: &str, meter: &str, unit: &str) -> Option<&Pattern> {
        let (cloud_service, meter) = (cloud_service.to_lowercase(), meter.to_lowercase());
        let unit = unit.to_lowercase();
        self.0.iter().find(|pattern| {
            pattern.cloud_services.iter().any(|word| cloud_service.contains(word))
                && pattern.meters.iter().any(|word| meter.contains(word))
                && (pattern.units.is_empty() || pattern.units.contains(&unit))
        })
    }

    /// Words of cloud services that may hold scalable usage.
    #[must_use]
    pub fn cloud_services(&self) -> Vec<String> {
        let mut words: Vec<String> =
            self.0.iter().flat_map(|pattern| pattern.cloud_services.iter().cloned()).collect();
        words.sort();
        words.dedup();
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fleets_of_the_three_providers_are_told_from_what_stands_still() {
        let usage = ScalableUsage::embedded().unwrap();
        let id = |service, meter, unit| usage.of(service, meter, unit).map(|one| one.id.as_str());
        assert_eq!(
            id("Amazon Elastic Compute Cloud", "APN2-BoxUsage:m5.xlarge", "Hrs"),
            Some("ec2_instances")
        );
        assert_eq!(id("AmazonEC2", "USE1-EBS:VolumeUsage.gp3", "GB-Mo"), None);
        assert_eq!(id("AmazonECS", "USE1-Fargate-vCPU-Hours:perCPU", "hours"), Some("fargate_cpu"));
        assert_eq!(id("Virtual Machines", "D4s v5", "Hours"), Some("azure_virtual_machines"));
        assert_eq!(id("Virtual Machines Licenses", "4 vCPU", "1 Month"), None);
        let memory = usage.of("Compute Engine", "N2 Instance Ram", "gibibyte hour").unwrap();
        assert!(!memory.counts);
        assert_eq!(
            id("Amazon Relational Database Service", "InstanceUsage:db.r5.large", "Hrs"),
            None
        );
    }
}
