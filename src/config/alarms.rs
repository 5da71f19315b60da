//! Settings of alarms that begin investigations.

use serde::Deserialize;
use wherefore_contract::question::Language;

use super::ConfigError;

/// What may begin an investigation from outside, and in which language it is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlarmSettings {
    /// ARNs of the SNS topics whose alarms are read; none where it is empty.
    pub sns_topics: Vec<String>,
    pub language: Language,
}

/// The keys of `wherefore.toml`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AlarmFile {
    sns_topics: Option<Vec<String>>,
    alarm_language: Option<String>,
}

impl AlarmSettings {
    pub(super) fn read(
        lookup: &dyn Fn(&str) -> Option<String>,
        file: AlarmFile,
    ) -> Result<Self, ConfigError> {
        let topics = match lookup("WHEREFORE_SNS_TOPICS") {
            Some(list) => list.split(',').map(str::to_owned).collect(),
            None => file.sns_topics.unwrap_or_default(),
        };
        let topics = topics.iter().map(|topic: &String| topic.trim().to_owned());
        let sns_topics: Vec<String> = topics.filter(|topic| !topic.is_empty()).collect();
        if let Some(odd) = sns_topics.iter().find(|topic| !is_topic(topic)) {
            return Err(ConfigError::Invalid {
                name: "WHEREFORE_SNS_TOPICS",
                value: odd.clone(),
                expected: "ARNs by comma, such as arn:aws:sns:us-east-1:111122223333:alarms",
            });
        }
        let language = lookup("WHEREFORE_ALARM_LANGUAGE").or(file.alarm_language);
        let language = match language.as_deref() {
            None | Some("en") => Language::En,
            Some("ko") => Language::Ko,
            Some(other) => {
                return Err(ConfigError::Invalid {
                    name: "WHEREFORE_ALARM_LANGUAGE",
                    value: other.to_owned(),
                    expected: "en or ko",
                });
            }
        };
        Ok(Self { sns_topics, language })
    }
}

fn is_topic(arn: &str) -> bool {
    let parts: Vec<&str> = arn.split(':').collect();
    matches!(parts.as_slice(), ["arn", partition, "sns", region, account, name]
        if partition.starts_with("aws") && !region.is_empty() && !account.is_empty() && !name.is_empty())
}
