//! How shared cost is given to its owners by default: one table, read from TOML.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wherefore_contract::dimension::Dimension;

/// By what shared cost is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Method {
    /// The same to each.
    Even,
    /// Agreed shares, given as `fixed`.
    Fixed,
    /// In proportion to direct cost.
    Proportional,
    /// In proportion to the quantity of `usage_type`.
    Usage,
    /// In proportion to transactions.
    Transactions,
    /// In proportion to what `metric` measured.
    Telemetry,
}

impl From<Method> for wherefore_analysis::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Even => Self::Even,
            Method::Fixed => Self::Fixed,
            Method::Proportional => Self::Proportional,
            Method::Usage => Self::Usage,
            Method::Transactions => Self::Transactions,
            Method::Telemetry => Self::Telemetry,
        }
    }
}

/// An agreed share.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fixed {
    /// Who bears it, e.g. `checkout`.
    pub(crate) owner: String,
    /// How much of the pool, in percent of all shares that are given, e.g. `"60"`.
    #[schemars(with = "String")]
    pub(crate) percent: Decimal,
}

/// How shared cost is split where a call does not say.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllocationRules {
    pub(crate) method: Method,
    pub(crate) pool_by: Dimension,
    /// Whether a provider's shared cost is borne only by those with direct cost there.
    pub(crate) within_provider: bool,
    #[serde(default, rename = "pool")]
    pub(crate) pools: Vec<PoolRule>,
}

/// A pool with a method of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PoolRule {
    /// Words of the pool's name, case aside.
    pub(crate) contains: String,
    pub(crate) method: Method,
    #[serde(default)]
    pub(crate) usage_type: Option<String>,
    /// A signal of the table of metrics, or the name of a metric.
    #[serde(default)]
    pub(crate) metric: Option<String>,
    #[serde(default)]
    pub(crate) fixed: Vec<Fixed>,
}

/// A table of rules that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RulesError {
    #[error("the allocation rules are not valid")]
    Malformed(#[from] toml::de::Error),
    #[error("the allocation rule for `{contains}` splits by {needs}, which it does not give")]
    Incomplete { contains: String, needs: &'static str },
}

const EMBEDDED: &str = include_str!("rules.toml");

impl AllocationRules {
    /// Reads a table of rules.
    ///
    /// # Errors
    /// When the text is no such table, or a rule lacks what its method needs.
    pub(crate) fn parse(text: &str) -> Result<Self, RulesError> {
        let rules: Self = toml::from_str(text)?;
        for rule in &rules.pools {
            let lacks = match rule.method {
                Method::Usage if rule.usage_type.is_none() => "a usage type",
                Method::Fixed if rule.fixed.is_empty() => "fixed shares",
                Method::Telemetry if rule.metric.is_none() => "a metric",
                Method::Even
                | Method::Fixed
                | Method::Proportional
                | Method::Usage
                | Method::Telemetry
                | Method::Transactions => continue,
            };
            return Err(RulesError::Incomplete { contains: rule.contains.clone(), needs: lacks });
        }
        Ok(rules)
    }

    /// The rules that come with the program.
    ///
    /// # Errors
    /// Never: a test reads them.
    pub(crate) fn embedded() -> Result<Self, RulesError> {
        Self::parse(EMBEDDED)
    }

    pub(super) fn of(&self, pool: &str) -> Option<&PoolRule> {
        let name = pool.to_lowercase();
        self.pools.iter().find(|rule| name.contains(&rule.contains.to_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_can_be_read_and_split_in_proportion() {
        let rules = AllocationRules::embedded().unwrap();
        assert_eq!((rules.method, rules.within_provider), (Method::Proportional, true));
        assert_eq!(rules.pool_by.name(), "cloud_service");
    }

    #[test]
    fn a_rule_without_what_its_method_needs_is_refused() {
        let text = "method = \"even\"\npool_by = \"region\"\nwithin_provider = false\n[[pool]]\ncontains = \"nat\"\nmethod = \"usage\"\n";
        let error = AllocationRules::parse(text).unwrap_err();
        assert!(error.to_string().contains("usage type"), "{error}");
        let complete = format!("{text}usage_type = \"NatGateway-Bytes\"\n");
        let rules = AllocationRules::parse(&complete).unwrap();
        assert_eq!(rules.of("NAT gateways").unwrap().method, Method::Usage);
        assert_eq!(rules.of("Amazon S3"), None);
    }
}
