//! What was changed: deployments, the provider's trail of calls, and the configuration of resources before and after.

use std::{fs, path::Path};

use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::{
    draw::{among, hex, pick},
    estate::{Estate, Role, Workload},
    otlp::Lines,
    stories::{Planned, Stories, What},
    truth::instant,
};
use crate::DemoError;

/// What is written under the folder of changes.
pub(super) const FILES: [&str; 3] =
    ["changes/releases.jsonl", "changes/cloudtrail.json", "changes/config.json"];

const PEOPLE: [&str; 6] =
    ["minji.kim", "jisoo.park", "hyunwoo.lee", "soyeon.choi", "dohyun.jung", "release-bot"];
const DEPLOYED: [&str; 8] = [
    "Refactor price lookup into one call",
    "장바구니 할인 계산 순서 수정",
    "Bump http client and json parser",
    "주문 상태 조회에 캐시 적용",
    "Add request id to every log line",
    "회원 등급 조회 API 응답 필드 추가",
    "Batch reads of item attributes",
    "Remove feature flag of the old search page",
];

/// A deployment that shows in spans and logs: from this minute on the workload has another version.
#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) at: usize,
    pub(super) minute: i64,
    pub(super) name: String,
}

/// What was written.
pub(super) struct Written {
    /// Ids of the changes that were causes, by incident.
    pub(super) causes: Vec<Vec<String>>,
    pub(super) versions: Vec<Version>,
}

#[derive(Default)]
struct Records {
    lines: Vec<(i64, Value)>,
    trail: Vec<(i64, Value)>,
    items: Vec<(i64, Value)>,
    versions: Vec<Version>,
}

/// Writes all changes of the company in the order of time.
pub(super) fn write(
    dir: &Path,
    estate: &Estate,
    stories: &Stories,
    random: &mut ChaCha8Rng,
) -> Result<Written, DemoError> {
    let folder = dir.join("changes");
    fs::create_dir_all(&folder).map_err(|source| DemoError::Folder { path: folder, source })?;
    let mut records = Records::default();
    for planned in &stories.changes {
        records.record(estate, planned, random);
    }
    let mut causes = Vec::new();
    for incident in &stories.incidents {
        let mut cause = Vec::new();
        for planned in &incident.changes {
            let ids = records.record(estate, planned, random);
            if planned.is_cause {
                cause = ids;
            }
        }
        records.noise(estate, incident.onset, random);
        causes.push(cause);
    }
    let Records { mut lines, mut trail, mut items, mut versions } = records;
    for list in [&mut lines, &mut trail, &mut items] {
        list.sort_by_key(|(minute, _)| *minute);
    }
    versions.sort_by_key(|version| (version.at, version.minute));
    let [released, called, configured] = FILES.map(|name| dir.join(name));
    let mut file = Lines::open(&released)?;
    for (_, value) in &lines {
        file.put(&value.to_string())?;
    }
    file.close()?;
    let values = |list: Vec<(i64, Value)>| list.into_iter().map(|(_, value)| value).collect();
    let trail: Vec<Value> = values(trail);
    let items: Vec<Value> = values(items);
    let documents = [
        (called, json!({ "Records": trail })),
        (configured, json!({ "fileVersion": "1.0", "configurationItems": items })),
    ];
    for (path, document) in documents {
        fs::write(&path, format!("{document}\n"))
            .map_err(|source| DemoError::File { path, source })?;
    }
    Ok(Written { causes, versions })
}

impl Records {
    // Returns the ids under which the change is told.
    fn record(
        &mut self,
        estate: &Estate,
        planned: &Planned,
        random: &mut ChaCha8Rng,
    ) -> Vec<String> {
        let Some(workload) = estate.workloads.get(planned.at) else { return Vec::new() };
        match planned.what {
            What::Deployment => self.deployed(workload, planned, random),
            What::Pool(from, to) => {
                self.parameter(workload, planned, ("db.pool.max", from, to), random)
            }
            What::Timeout(from, to) => {
                self.parameter(workload, planned, ("client.timeout.ms", from, to), random)
            }
            What::Scaling(from, to) => self.scaled(workload, planned, (from, to), random),
        }
    }

    // A line of the release log, which holds settings and sizes too; returns its id.
    fn told(
        &mut self,
        workload: &Workload,
        minute: i64,
        (kind, summary): (&str, &str),
        random: &mut ChaCha8Rng,
    ) -> String {
        let id = format!("{kind}-{}", hex(random, 10));
        let actor = pick(random, &PEOPLE).copied().unwrap_or_default();
        let value = json!({
            "id": id, "time": instant(minute).to_string(), "workload": workload.name, "kind": kind,
            "actor": actor, "summary": summary,
            "account": workload.place.account, "region": workload.place.region,
        });
        self.lines.push((minute, value));
        id
    }

    fn deployed(
        &mut self,
        workload: &Workload,
        planned: &Planned,
        random: &mut ChaCha8Rng,
    ) -> Vec<String> {
        let Planned { minute, at, .. } = *planned;
        let version = format!("2026.10.{}-{}", among(random, 100, 999), hex(random, 7));
        let title = pick(random, &DEPLOYED).copied().unwrap_or_default();
        let summary = format!("{title} ({version})");
        let id = self.told(workload, minute, ("deployment", &summary), random);
        self.versions.push(Version { at, minute, name: version.clone() });
        let request = json!({
            "cluster": "prod", "service": workload.name,
            "taskDefinition": format!("{}:{version}", workload.name), "forceNewDeployment": false,
        });
        let call = ("ecs.amazonaws.com", "UpdateService");
        vec![id, self.called(workload, minute, call, &request, random)]
    }

    fn scaled(
        &mut self,
        workload: &Workload,
        planned: &Planned,
        (from, to): (u32, u32),
        random: &mut ChaCha8Rng,
    ) -> Vec<String> {
        let request = json!({
            "cluster": "prod", "service": workload.name, "desiredCount": to,
        });
        let arn = format!(
            "arn:aws:ecs:{}:{}:service/prod/{}",
            workload.place.region, workload.place.account, workload.name
        );
        let change = json!({ "Configuration.DesiredCount": difference(&json!(from), &json!(to)) });
        let resource = ("AWS::ECS::Service", arn.as_str(), workload.name.as_str());
        let configuration = json!({ "DesiredCount": to, "LaunchType": "FARGATE" });
        self.item(workload, planned.minute + 1, resource, &configuration, &change);
        let summary = format!("desired tasks {from} -> {to}");
        let id = self.told(workload, planned.minute, ("scaling", &summary), random);
        let call = ("ecs.amazonaws.com", "UpdateService");
        vec![id, self.called(workload, planned.minute, call, &request, random)]
    }

    fn parameter(
        &mut self,
        workload: &Workload,
        planned: &Planned,
        (key, from, to): (&str, u32, u32),
        random: &mut ChaCha8Rng,
    ) -> Vec<String> {
        let name = format!("/prod/{}/{key}", workload.name);
        let request = json!({
            "name": name, "type": "String", "value": to.to_string(), "overwrite": true,
        });
        let call = ("ssm.amazonaws.com", "PutParameter");
        let event = self.called(workload, planned.minute, call, &request, random);
        let summary = format!("{key} {from} -> {to}");
        let id = self.told(workload, planned.minute, ("config", &summary), random);
        let change = json!({
            "Configuration.Value": difference(&json!(from.to_string()), &json!(to.to_string())),
        });
        let resource = ("AWS::SSM::Parameter", name.as_str(), name.as_str());
        let configuration = json!({ "Name": name, "Type": "String", "Value": to.to_string() });
        self.item(workload, planned.minute + 1, resource, &configuration, &change);
        vec![id, event]
    }

    // A call of the provider's interface, as CloudTrail records it; returns its `eventID`.
    fn called(
        &mut self,
        workload: &Workload,
        minute: i64,
        (source, name): (&str, &str),
        request: &Value,
        random: &mut ChaCha8Rng,
    ) -> String {
        let reads = ["Describe", "Get", "List", "AssumeRole"];
        let actor = pick(random, &PEOPLE).copied().unwrap_or_default();
        let hash = hex(random, 32);
        let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default().to_owned();
        let id = [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-");
        let account = workload.place.account;
        let value = json!({
            "eventVersion": "1.11", "eventID": id, "eventTime": instant(minute).to_string(),
            "eventSource": source, "eventName": name, "eventType": "AwsApiCall",
            "eventCategory": "Management", "awsRegion": workload.place.region,
            "recipientAccountId": account, "sourceIPAddress": "203.0.113.20",
            "userAgent": "aws-cli/2.31.0", "readOnly": reads.iter().any(|read| name.starts_with(read)),
            "requestParameters": request, "responseElements": null,
            "userIdentity": {
                "type": "AssumedRole", "accountId": account,
                "arn": format!("arn:aws:sts::{account}:assumed-role/operator/{actor}"),
                "principalId": format!("AROAEXAMPLE:{actor}"),
            },
        });
        self.trail.push((minute, value));
        id
    }

    fn item(
        &mut self,
        workload: &Workload,
        minute: i64,
        (kind, id, name): (&str, &str, &str),
        configuration: &Value,
        changed: &Value,
    ) {
        let value = json!({
            "version": "1.3", "configurationItemCaptureTime": instant(minute).to_string(),
            "configurationItemStatus": "OK", "configurationStateId": minute.to_string(),
            "awsAccountId": workload.place.account, "awsRegion": workload.place.region,
            "resourceType": kind, "resourceId": id, "resourceName": name,
            "tags": { "workload": workload.name }, "configuration": configuration,
            "configurationItemDiff": { "changeType": "UPDATE", "changedProperties": changed },
        });
        self.items.push((minute, value));
    }

    // Reads and sessions, which change nothing.
    fn noise(&mut self, estate: &Estate, onset: i64, random: &mut ChaCha8Rng) {
        let own = estate.of(&[Role::Api, Role::Core]);
        let calls = [
            ("ecs.amazonaws.com", "DescribeServices"),
            ("sts.amazonaws.com", "AssumeRole"),
            ("ssm.amazonaws.com", "GetParametersByPath"),
            ("logs.amazonaws.com", "DescribeLogGroups"),
        ];
        for call in calls {
            let before = i64::try_from(among(random, 1, 100)).unwrap_or_default();
            let Some(at) = pick(random, &own) else { continue };
            let Some(workload) = estate.workloads.get(*at) else { continue };
            self.called(workload, onset - before, call, &json!({ "maxResults": 100 }), random);
        }
    }
}

fn difference(before: &Value, after: &Value) -> Value {
    json!({ "previousValue": before, "updatedValue": after, "changeType": "UPDATE" })
}
