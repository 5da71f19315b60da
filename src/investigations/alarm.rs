//! Alarms as others write them, and the question that each asks.

use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use serde_json::Value;
use wherefore_contract::{incident::Signal, question::Language};

/// Characters of a name from outside that go into a question.
const NAME: usize = 120;

/// Names of dimensions that name a workload, best first. Sources: CloudWatch Application Signals (`Service`), Amazon ECS
/// (`ServiceName`), AWS Lambda (`FunctionName`), Amazon API Gateway (`ApiName`), Elastic Load Balancing (`TargetGroup`,
/// `LoadBalancer`), Amazon RDS (`DBInstanceIdentifier`), and our own `workload`.
const WORKLOAD: &[&str] = &[
    "workload",
    "service.name",
    "Service",
    "ServiceName",
    "FunctionName",
    "ApiName",
    "TargetGroup",
    "LoadBalancer",
    "DBInstanceIdentifier",
];

/// Parts of metric names and the signal that they are of; the first that fits counts.
const SIGNALS: &[(&str, Signal)] = &[
    ("latency", Signal::Latency),
    ("duration", Signal::Latency),
    ("responsetime", Signal::Latency),
    ("response_time", Signal::Latency),
    ("charges", Signal::Cost),
    ("cost", Signal::Cost),
    ("utilization", Signal::Saturation),
    ("cpu", Signal::Saturation),
    ("memory", Signal::Saturation),
    ("connections", Signal::Saturation),
    ("throttle", Signal::Saturation),
    ("5xx", Signal::Errors),
    ("4xx", Signal::Errors),
    ("error", Signal::Errors),
    ("fault", Signal::Errors),
    ("fail", Signal::Errors),
    ("availability", Signal::Errors),
    ("unhealthy", Signal::Errors),
    ("request", Signal::Traffic),
    ("invocations", Signal::Traffic),
    ("count", Signal::Traffic),
];

/// An alarm that went off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    pub name: String,
    /// When it went off.
    pub at: Timestamp,
    /// Whether it went off, or says that all is well or that data is missing.
    pub is_on: bool,
    pub workload: Option<String>,
    pub signal: Option<Signal>,
    pub account: Option<String>,
    pub region: Option<String>,
}

/// A document is no alarm that is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAlarm {
    #[error(
        "the document is no alarm: send the message of a CloudWatch alarm (`AlarmName`, `NewStateValue`, `StateChangeTime`) or its event (`detail-type`)"
    )]
    Unknown,
    #[error("`{key}` of the alarm is `{value}`, which is no moment such as 2026-09-14T14:05:00Z")]
    Moment { key: &'static str, value: String },
}

#[derive(Deserialize)]
struct Dimension {
    name: String,
    value: String,
}

impl Alarm {
    /// An alarm of CloudWatch: the message that it publishes to SNS, or its event.
    ///
    /// # Errors
    /// When the document is neither.
    pub fn read(document: &Value) -> Result<Self, InvalidAlarm> {
        if document.get("detail-type").is_some() {
            return Self::of_event(document);
        }
        let text = |key: &str| document.get(key).and_then(Value::as_str);
        let (Some(name), Some(state), Some(at)) =
            (text("AlarmName"), text("NewStateValue"), text("StateChangeTime"))
        else {
            return Err(InvalidAlarm::Unknown);
        };
        let trigger = document.get("Trigger");
        let dimensions = trigger.and_then(|trigger| trigger.get("Dimensions"));
        let dimensions: Vec<Dimension> = dimensions
            .and_then(|list| serde_json::from_value(list.clone()).ok())
            .unwrap_or_default();
        let metric = trigger.and_then(|trigger| trigger.get("MetricName")).and_then(Value::as_str);
        Ok(Self {
            at: moment("StateChangeTime", at)?,
            is_on: state == "ALARM",
            workload: workload(&dimensions),
            signal: signal(metric, name),
            // `Region` is a name such as "US East (N. Virginia)"; the ARN holds the id.
            region: text("AlarmArn").and_then(|arn| arn.split(':').nth(3)).map(str::to_owned),
            account: text("AWSAccountId").map(str::to_owned),
            name: short(name),
        })
    }

    fn of_event(event: &Value) -> Result<Self, InvalidAlarm> {
        let text = |path: &str| event.pointer(path).and_then(Value::as_str);
        let (Some("CloudWatch Alarm State Change"), Some(name), Some(state)) =
            (text("/detail-type"), text("/detail/alarmName"), text("/detail/state/value"))
        else {
            return Err(InvalidAlarm::Unknown);
        };
        let at = text("/detail/state/timestamp").or_else(|| text("/time"));
        let metric = event.pointer("/detail/configuration/metrics/0/metricStat/metric");
        let dimensions = metric.and_then(|metric| metric.get("dimensions")?.as_object());
        let dimensions: Vec<Dimension> = dimensions
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| {
                Some(Dimension { name: name.clone(), value: value.as_str()?.to_owned() })
            })
            .collect();
        let metric = metric.and_then(|metric| metric.get("name")?.as_str());
        Ok(Self {
            at: moment("timestamp", at.ok_or(InvalidAlarm::Unknown)?)?,
            is_on: state == "ALARM",
            workload: workload(&dimensions),
            signal: signal(metric, name),
            account: text("/account").map(str::to_owned),
            region: text("/region").map(str::to_owned),
            name: short(name),
        })
    }

    /// What it asks, in words.
    #[must_use]
    pub fn question(&self, language: Language) -> String {
        let at = self.at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC");
        let signal = self.signal.map(|signal| words(signal, language));
        match (language, &self.workload, signal) {
            (Language::En, Some(workload), Some(signal)) => {
                format!("Why did the {signal} of {workload} get worse at {at}?")
            }
            (Language::En, Some(workload), None) => {
                format!("What went wrong with {workload} at {at}?")
            }
            (Language::En, None, _) => format!("What caused the alarm {} at {at}?", self.name),
            (Language::Ko, Some(workload), Some(signal)) => {
                format!("{at}에 {workload}의 {signal} 문제가 왜 생겼어?")
            }
            (Language::Ko, Some(workload), None) => {
                format!("{at}에 {workload}에 무슨 문제가 있었어?")
            }
            (Language::Ko, None, _) => format!("{at}에 {} 경보가 왜 울렸어?", self.name),
        }
    }
}

/// A signal in everyday words.
fn words(signal: Signal, language: Language) -> &'static str {
    let (en, ko) = match signal {
        Signal::Latency => ("latency", "지연 시간"),
        Signal::Errors => ("error rate", "오류율"),
        Signal::Traffic => ("traffic", "요청량"),
        Signal::Saturation => ("saturation", "자원 사용률"),
        Signal::Cost => ("cost", "비용"),
    };
    match language {
        Language::En => en,
        Language::Ko => ko,
    }
}

fn workload(dimensions: &[Dimension]) -> Option<String> {
    let named = |name: &str| dimensions.iter().find(|dimension| dimension.name == name);
    let found = WORKLOAD.iter().find_map(|name| named(name))?;
    // `targetgroup/checkout/6d0ecf831eec9f09`, `app/checkout/50dc6c495c0c9188`: the middle is the name.
    let mut parts = found.value.split('/');
    let name = match (parts.next(), parts.next(), parts.next()) {
        (Some(_), Some(name), Some(_)) => name,
        _ => found.value.as_str(),
    };
    Some(short(name)).filter(|name| !name.is_empty())
}

fn signal(metric: Option<&str>, alarm: &str) -> Option<Signal> {
    let of = |name: &str| {
        let name = name.to_lowercase();
        SIGNALS.iter().find(|(part, _)| name.contains(part)).map(|(_, signal)| *signal)
    };
    metric.and_then(of).or_else(|| of(alarm))
}

// Names are written by others: one line of letters that can be seen, bounded.
fn short(name: &str) -> String {
    let plain = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    plain.take(NAME).collect::<String>().trim().to_owned()
}

// CloudWatch writes `2026-09-14T14:05:00.000+0000`.
fn moment(key: &'static str, value: &str) -> Result<Timestamp, InvalidAlarm> {
    let plain = value.strip_suffix("+0000").map(|front| format!("{front}Z"));
    plain
        .as_deref()
        .unwrap_or(value)
        .parse()
        .map_err(|_| InvalidAlarm::Moment { key, value: short(value) })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_message_of_cloudwatch_asks_about_its_workload_and_signal() {
        let alarm = Alarm::read(&json!({
            "AlarmName": "checkout-p99", "AWSAccountId": "111122223333", "NewStateValue": "ALARM",
            "StateChangeTime": "2026-09-14T14:05:00.000+0000", "Region": "US East (N. Virginia)",
            "AlarmArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:checkout-p99",
            "Trigger": {"MetricName": "TargetResponseTime", "Dimensions": [
                {"name": "LoadBalancer", "value": "app/edge/50dc6c495c0c9188"},
                {"name": "TargetGroup", "value": "targetgroup/checkout/6d0ecf831eec9f09"}]},
        }))
        .unwrap();
        assert_eq!(alarm.workload.as_deref(), Some("checkout"));
        assert_eq!((alarm.signal, alarm.is_on), (Some(Signal::Latency), true));
        assert_eq!(alarm.region.as_deref(), Some("us-east-1"));
        assert_eq!(
            alarm.question(Language::En),
            "Why did the latency of checkout get worse at 2026-09-14 14:05 UTC?"
        );
        assert_eq!(
            alarm.question(Language::Ko),
            "2026-09-14 14:05 UTC에 checkout의 지연 시간 문제가 왜 생겼어?"
        );
    }

    #[test]
    fn an_event_is_read_alike_and_an_alarm_without_a_workload_asks_by_its_name() {
        let event = json!({
            "detail-type": "CloudWatch Alarm State Change", "account": "111122223333", "region": "eu-west-1",
            "time": "2026-09-14T14:06:00Z",
            "detail": {"alarmName": "Payment\u{1b}[31m errors", "state": {"value": "OK", "timestamp": "2026-09-14T14:05:00.000+0000"},
                "configuration": {"metrics": [{"metricStat": {"metric": {"name": "HTTPCode_Target_5XX_Count",
                    "dimensions": {"ServiceName": "payment"}}}}]}},
        });
        let alarm = Alarm::read(&event).unwrap();
        assert_eq!(
            (alarm.workload.as_deref(), alarm.signal),
            (Some("payment"), Some(Signal::Errors))
        );
        assert!(!alarm.is_on && !alarm.name.contains('\u{1b}'));
        let nameless = Alarm { workload: None, name: "errors".to_owned(), ..alarm };
        assert_eq!(
            nameless.question(Language::En),
            "What caused the alarm errors at 2026-09-14 14:05 UTC?"
        );
    }

    #[test]
    fn what_is_no_alarm_says_what_one_is() {
        assert_eq!(Alarm::read(&json!({"hello": 1})), Err(InvalidAlarm::Unknown));
        let odd =
            json!({"AlarmName": "a", "NewStateValue": "ALARM", "StateChangeTime": "yesterday"});
        let said = Alarm::read(&odd).unwrap_err().to_string();
        assert_eq!(
            said,
            "`StateChangeTime` of the alarm is `yesterday`, which is no moment such as 2026-09-14T14:05:00Z"
        );
    }
}
