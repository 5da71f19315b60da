//! What an investigation must find, and how it is asked for.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wherefore_contract::incident::{CauseKind, Signal};

use super::{
    draw::real,
    estate::{Estate, Role},
    flow::{Moment, moved},
    stories::{AFTER, Incident, REFERENCE},
};

/// Everything that befell the company, and what of it was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentsTruth {
    pub incidents: Vec<IncidentTruth>,
    /// Workloads that write no spans: only their callers' spans tell of calls to them.
    pub without_traces: Vec<String>,
    /// Workloads whose logs were not collected: all of one region.
    pub without_logs: Vec<String>,
    /// Programs of others: nothing but their callers tells of them.
    pub outside: Vec<String>,
    /// Who calls whom.
    pub calls: Vec<(String, String)>,
}

/// One incident, or a healthy window on which an alarm fires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentTruth {
    /// `i01`, `i02`, … in the order of time.
    pub id: String,
    /// The story, e.g. `red_herring`, `seasonal_peak`.
    pub story: String,
    pub question_en: String,
    pub question_ko: String,
    /// When it is asked, or the alarm fires.
    pub asked_at: Timestamp,
    /// The state change of a `CloudWatch` alarm, as SNS delivers it in `Message`.
    pub alarm: Value,
    pub symptom: SymptomTruth,
    /// First minute that is recorded in full for it.
    pub reference_from: Timestamp,
    /// The minute in which the trouble (of a control: the looked-at window) begins.
    pub started_at: Timestamp,
    /// The first minute that is no more recorded in full.
    pub until: Timestamp,
    /// `None` for healthy windows: nothing must be named.
    pub cause: Option<CauseTruth>,
}

/// What is seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SymptomTruth {
    pub workload: String,
    pub signal: Signal,
}

/// What broke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseTruth {
    pub workload: String,
    pub kind: CauseKind,
    /// The signal of the workload that shows it first.
    pub signal: Signal,
    /// Ids under which the change that broke it is told: of the line of changes, and `eventID` of `CloudTrail`. Empty where
    /// no change did.
    pub changes: Vec<String>,
    /// Other workloads whose naming is right too, e.g. the only caller of a failing outside program.
    pub accept_also: Vec<String>,
    /// Ways that the trouble took from the cause to the symptom, the shortest first; each is right.
    pub paths: Vec<Vec<String>>,
    /// Workloads that felt it.
    pub felt: Vec<String>,
    /// Part of all requests from outside that failed more than usual, in percent.
    pub failing_percent: Decimal,
    /// Dollars an hour more than before, after `cost.hourly`, where that moved by more than a fiftieth.
    pub money_per_hour: Option<Decimal>,
    /// The least and most serious that a severity may be, e.g. `sev1` to `sev2`.
    pub severity: (String, String),
}

pub(super) fn instant(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The truth of one incident; `changes` are the ids of the change that was its cause.
pub(super) fn tell(
    estate: &Estate,
    incident: &Incident,
    number: usize,
    changes: Vec<String>,
) -> IncidentTruth {
    let (symptom, signal) = incident.symptom;
    let name = estate.name(symptom).to_owned();
    let asked_at = instant(incident.asked);
    let [question_en, question_ko] = questions(&name, signal, incident.asked);
    IncidentTruth {
        id: format!("i{number:02}"),
        story: incident.story.to_owned(),
        question_en,
        question_ko,
        asked_at,
        alarm: alarm(estate, incident),
        symptom: SymptomTruth { workload: name, signal },
        reference_from: instant(incident.onset - REFERENCE),
        started_at: instant(incident.onset),
        until: instant(incident.onset + AFTER),
        cause: cause(estate, incident, changes),
    }
}

fn cause(estate: &Estate, incident: &Incident, changes: Vec<String>) -> Option<CauseTruth> {
    let cause = incident.cause.as_ref()?;
    let names = |places: &[usize]| -> Vec<String> {
        places.iter().map(|place| estate.name(*place).to_owned()).collect()
    };
    let failing = failing(estate, incident);
    let severity = match failing {
        share if share > 0.2 => ("sev1", "sev2"),
        share if share > 0.02 => ("sev1", "sev3"),
        _ => ("sev2", "sev4"),
    };
    Some(CauseTruth {
        workload: estate.name(cause.at).to_owned(),
        kind: cause.kind,
        signal: cause.signal,
        changes,
        accept_also: names(&cause.also),
        paths: cause.paths.iter().map(|path| names(path)).collect(),
        felt: names(&cause.felt),
        failing_percent: decimal(failing * 100.0),
        money_per_hour: money(estate, incident).map(decimal),
        severity: (severity.0.to_owned(), severity.1.to_owned()),
    })
}

fn decimal(number: f64) -> Decimal {
    Decimal::try_from(number).unwrap_or_default().round_dp(2)
}

// Of all that comes in, how much fails beyond what is usual.
fn failing(estate: &Estate, incident: &Incident) -> f64 {
    let gateways = estate.of(&[Role::Gateway]);
    let all: f64 = gateways.iter().map(|place| estate.demand.at(*place)).sum();
    let failed = gateways.iter().map(|place| {
        let moved = moved(estate, incident.before(), incident.during(), *place);
        moved.failing.max(0.0) * estate.demand.at(*place)
    });
    failed.sum::<f64>() / all.max(1e-9)
}

fn money(estate: &Estate, incident: &Incident) -> Option<f64> {
    let spent = |moments: &[Moment]| {
        let each = moments.iter().map(|moment| {
            (0..estate.workloads.len()).map(|place| moment.spend.at(place)).sum::<f64>()
        });
        each.sum::<f64>() / real(moments.len().max(1))
    };
    let (before, during) = (spent(incident.before()), spent(incident.during()));
    ((during - before).abs() > before / 50.0).then_some(during - before)
}

fn questions(workload: &str, signal: Signal, asked: i64) -> [String; 2] {
    let time = instant(asked).strftime("%Y-%m-%d %H:%M").to_string();
    let (en, ko) = match signal {
        Signal::Latency => ("Why did {w} slow down", "{w} 응답이 왜 느려졌어?"),
        Signal::Errors => {
            ("Why did requests of {w} start failing", "{w} 요청이 왜 실패하기 시작했어?")
        }
        Signal::Traffic => ("Why did traffic of {w} rise", "{w} 트래픽이 왜 늘었어?"),
        Signal::Saturation => ("Why is {w} running hot", "{w} 자원 사용률이 왜 높아졌어?"),
        Signal::Cost => ("Why did the cost of {w} jump", "{w} 비용이 왜 급증했어?"),
    };
    [
        format!("{} at {time} UTC?", en.replace("{w}", workload)),
        format!("{time} UTC에 {}", ko.replace("{w}", workload)),
    ]
}

// The notification of a CloudWatch alarm (Amazon CloudWatch guide, alarm events; Amazon SNS `Message`).
fn alarm(estate: &Estate, incident: &Incident) -> Value {
    let (place, signal) = incident.symptom;
    let Some(workload) = estate.workloads.get(place) else { return Value::Null };
    let (namespace, metric, unit) = match signal {
        Signal::Latency => ("ApplicationSignals", "Latency", "Milliseconds"),
        Signal::Errors => ("ApplicationSignals", "Fault", "Percent"),
        Signal::Traffic => ("ApplicationSignals", "RequestCount", "Count/Second"),
        Signal::Saturation => ("ECS/ContainerInsights", "CpuUtilized", "Percent"),
        Signal::Cost => ("Moonjar/Cost", "cost.hourly", "None"),
    };
    let usual = mean(incident.before(), place, signal);
    let now = mean(incident.during(), place, signal);
    let threshold = (usual + (now - usual) * 0.4).max(usual * 1.02);
    let at = instant(incident.asked).strftime("%Y-%m-%dT%H:%M:41.%3f+0000").to_string();
    let (region, account) = (workload.place.region, workload.place.account);
    let name = format!("{}-{signal}", workload.name);
    json!({
        "AlarmName": name,
        "AlarmDescription": format!("{signal} of {}", workload.name),
        "AWSAccountId": account,
        "AlarmArn": format!("arn:aws:cloudwatch:{region}:{account}:alarm:{name}"),
        "NewStateValue": "ALARM",
        "OldStateValue": "OK",
        "NewStateReason": format!("Threshold Crossed: 3 datapoints were greater than the threshold ({threshold:.3})."),
        "StateChangeTime": at,
        "Region": if region == "ap-northeast-2" { "Asia Pacific (Seoul)" } else { "Asia Pacific (Tokyo)" },
        "Trigger": {
            "Namespace": namespace, "MetricName": metric, "Unit": unit, "Statistic": "AVERAGE",
            "StatisticType": "Statistic", "Period": 60, "EvaluationPeriods": 3, "DatapointsToAlarm": 3,
            "ComparisonOperator": "GreaterThanThreshold", "Threshold": format!("{threshold:.3}"),
            "Dimensions": [
                {"name": "Service", "value": workload.name}, {"name": "Environment", "value": "prod"}
            ],
        },
    })
}

fn mean(moments: &[Moment], place: usize, signal: Signal) -> f64 {
    let of = |moment: &Moment| match signal {
        Signal::Latency => moment.latency.at(place),
        Signal::Errors => moment.errors.at(place) * 100.0,
        Signal::Traffic => moment.rps.at(place),
        Signal::Saturation => moment.cpu.at(place) * 100.0,
        Signal::Cost => moment.spend.at(place),
    };
    moments.iter().map(of).sum::<f64>() / real(moments.len().max(1))
}
