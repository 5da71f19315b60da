//! Attributes of resources and points, and what they say of the resource behind a series.

use std::collections::BTreeMap;

use serde_json::Value;

/// Attributes by key.
pub(crate) type Attributes = BTreeMap<String, String>;

// Attributes that name the resource which a series is about, the most telling first: OpenTelemetry's
// `cloud.resource_id`, then dimensions of CloudWatch as its service references list them, then hosts (on Amazon EC2
// `host.id` is the instance's id: OpenTelemetry semantic conventions 1.44, resource/host).
const RESOURCE: &[&str] = &[
    "cloud.resource_id",
    "InstanceId",
    "DBInstanceIdentifier",
    "VolumeId",
    "NatGatewayId",
    "LoadBalancer",
    "LoadBalancerName",
    "FunctionName",
    "LogGroupName",
    "CacheClusterId",
    "TableName",
    "aws.log.group.names",
    "host.id",
    "faas.name",
];
const ACCOUNT: &[&str] = &["cloud.account.id", "aws.account.id", "AccountId"];
const REGION: &[&str] = &["cloud.region", "aws.region", "Region"];
// What the parts of one quantity are told apart by: modes of a processor, states of memory, directions of traffic
// (OpenTelemetry semantic conventions 1.44, system metrics, with their names before 1.30).
const STATE: &[&str] = &[
    "cpu.mode",
    "system.memory.state",
    "network.io.direction",
    "disk.io.direction",
    "state",
    "direction",
];
// CloudWatch metric streams put the dimensions of a metric into one attribute.
const DIMENSIONS: &str = "Dimensions.";

/// What the attributes of a series say of its resource; empty where they say nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) resource: String,
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) state: String,
}

impl Named {
    /// Attributes of the points go before those of their resource: they are nearer to what was measured.
    pub(crate) fn of(resource: &Attributes, attributes: &Attributes) -> Self {
        let find = |keys: &[&str]| {
            let value = |key: &str| {
                let within = |all: &Attributes| {
                    all.get(key).or_else(|| all.get(&format!("{DIMENSIONS}{key}"))).cloned()
                };
                within(attributes).or_else(|| within(resource)).filter(|value| !value.is_empty())
            };
            keys.iter().find_map(|key| value(key)).unwrap_or_default()
        };
        Self {
            resource: find(RESOURCE),
            account: find(ACCOUNT),
            region: find(REGION),
            state: find(STATE),
        }
    }
}

/// Attributes as a JSON object, keys in order.
pub(crate) fn to_json(attributes: &Attributes) -> String {
    let object = attributes.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str())));
    Value::Object(object.collect()).to_string()
}

/// Reads attributes as tables hold them: a JSON object, or a map as ClickHouse writes it: `{'key':'value'}`.
///
/// `None` when the text is neither.
pub(crate) fn parse(text: &str) -> Option<Attributes> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Attributes::new());
    }
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(object)) => {
            let mut all = Attributes::new();
            for (key, value) in object {
                add(&mut all, key, &value);
            }
            Some(all)
        }
        Ok(_) => None,
        Err(_) => quoted(text),
    }
}

/// Adds an attribute; those of an attribute that holds several stand under its key and a point.
pub(crate) fn add(all: &mut Attributes, key: String, value: &Value) {
    match value {
        Value::Null => {}
        Value::String(text) => {
            all.insert(key, text.clone());
        }
        Value::Object(inner) => {
            for (name, value) in inner {
                add(all, format!("{key}.{name}"), value);
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            all.insert(key, value.to_string());
        }
    }
}

// `{'key':'value','other':'it\'s'}`
fn quoted(text: &str) -> Option<Attributes> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut letters = inner.chars().peekable();
    let mut all = Attributes::new();
    loop {
        while letters.next_if(|letter| letter.is_whitespace() || *letter == ',').is_some() {}
        if letters.peek().is_none() {
            return Some(all);
        }
        let key = string(&mut letters)?;
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        (letters.next()? == ':').then_some(())?;
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        let value = string(&mut letters)?;
        all.insert(key, value);
    }
}

fn string(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<String> {
    (letters.next()? == '\'').then_some(())?;
    let mut text = String::new();
    loop {
        match letters.next()? {
            '\'' => return Some(text),
            '\\' => text.push(match letters.next()? {
                'n' => '\n',
                't' => '\t',
                other => other,
            }),
            other => text.push(other),
        }
    }
}
