//! Incidents: what is wrong, what changed, and what may have caused it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What of a workload is wrong, after the four golden signals (Beyer et al., Site Reliability Engineering, 2016, chapter 6)
/// and its cost.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// Time per request.
    Latency,
    /// Failed requests; what a caller sees as availability.
    Errors,
    /// Requests per time.
    Traffic,
    /// How full a resource is: processor, memory, connections, a quota.
    Saturation,
    /// Cost, or cost per transaction.
    Cost,
}

/// What kind of thing broke. The words of answers, of the truths of the made-up company, and of runbooks.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CauseKind {
    /// A new version of the workload itself.
    BadDeployment,
    /// A changed setting, flag or resource.
    ConfigChange,
    /// Memory, connections, handles or disk that fill up slowly.
    ResourceLeak,
    /// Processor, memory or threads used up at once, without a change of the workload.
    ResourceSaturation,
    /// Something it calls fails or is slow, and nothing below that can be seen.
    DependencyFailure,
    /// Retries that multiply the load on what already fails.
    RetryStorm,
    /// Another workload on shared capacity takes it.
    NoisyNeighbour,
    /// A limit of the provider or of the account is reached.
    QuotaReached,
    /// A certificate or credential ended.
    CertificateExpired,
    /// More requests than ever, from outside.
    TrafficSurge,
    /// Packets late or lost between two workloads that are both well.
    NetworkFault,
    /// An exception or a wrong result in the code, without a deployment that is known.
    CodeFault,
    /// A cost that jumped without a change of traffic.
    CostSpike,
    /// Something of the workload moved, and nothing says what kind it is.
    Unknown,
}

/// What kind of change it was.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A new version of a workload.
    Deployment,
    /// A setting, a flag, a parameter or a resource's configuration.
    Config,
    /// More or less capacity.
    Scaling,
    /// Who may do what; keys, certificates and secrets.
    Access,
    /// Routes, security groups, names, load balancers.
    Network,
    /// Something was made or deleted.
    Resource,
    /// A commit that is not known to be deployed.
    Commit,
    /// Everything else.
    Other,
}

/// Something that somebody or something changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// As the source names it, e.g. CloudTrail's `eventID`; unique with its source.
    pub id: String,
    /// When it happened.
    #[schemars(with = "String")]
    pub time: Timestamp,
    /// What it changed, where that is known.
    pub workload: Option<String>,
    pub kind: ChangeKind,
    /// Who, as the source says it.
    pub actor: Option<String>,
    /// One line, as the source says it: data written by others.
    pub summary: String,
    pub account: Option<String>,
    pub region: Option<String>,
    /// The resource, e.g. an ARN.
    pub resource: Option<String>,
    /// `cloudtrail`, `config`, `deployment`, `git` or another source's own word.
    pub source: String,
    /// Fields before, where the source tells; dotted paths to their values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub before: BTreeMap<String, Value>,
    /// Fields after.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub after: BTreeMap<String, Value>,
}

macro_rules! words {
    ($($name:ty { $($variant:ident => $word:literal),+ $(,)? })+) => {$(
        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in answers and files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// The one of that name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.name())
            }
        }
    )+};
}

words! {
    Signal {
        Latency => "latency", Errors => "errors", Traffic => "traffic", Saturation => "saturation", Cost => "cost",
    }
    CauseKind {
        BadDeployment => "bad_deployment", ConfigChange => "config_change", ResourceLeak => "resource_leak",
        ResourceSaturation => "resource_saturation", DependencyFailure => "dependency_failure",
        RetryStorm => "retry_storm", NoisyNeighbour => "noisy_neighbour", QuotaReached => "quota_reached",
        CertificateExpired => "certificate_expired", TrafficSurge => "traffic_surge", NetworkFault => "network_fault",
        CodeFault => "code_fault", CostSpike => "cost_spike", Unknown => "unknown",
    }
    ChangeKind {
        Deployment => "deployment", Config => "config", Scaling => "scaling", Access => "access",
        Network => "network", Resource => "resource", Commit => "commit", Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_documents() {
        for kind in CauseKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(CauseKind::named(kind.name()), Some(*kind));
        }
        for kind in ChangeKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        for signal in Signal::ALL {
            assert_eq!(serde_json::to_value(signal).unwrap(), signal.name());
        }
    }
}
