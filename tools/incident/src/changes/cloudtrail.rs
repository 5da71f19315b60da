//! CloudTrail records: who called what, as far as it changed something.

use std::collections::BTreeMap;

use serde_json::Value;
use wherefore_contract::incident::Change;

use super::{
    ChangeTables, ReadChanges, clean, deployment::moment, diff::flattened, entries::objects,
    line_of,
};

/// Reads CloudTrail: files `{"Records": […]}`, the output of `lookup-events` (`{"Events": [{"CloudTrailEvent": "…"}]}`),
/// events of `EventBridge` (below `detail`), or one record a line.
///
/// Reads, refused calls, data events and routine calls are set aside. `after` holds the request's fields with secrets
/// masked. A record has no workload unless its request's tags say one; [`super::WorkloadNames`] finds more.
#[must_use]
pub fn read_cloudtrail(text: &str, tables: &ChangeTables) -> ReadChanges {
    let mut read = ReadChanges::default();
    objects(text, &["Records", "Events"], &mut read, |line, value, read| {
        let inner = value.get("CloudTrailEvent").and_then(Value::as_str);
        let record = match inner.map(serde_json::from_str::<Value>) {
            Some(Ok(record)) => record,
            Some(Err(error)) => {
                return read.leave_out(line, format!("`CloudTrailEvent` is no JSON: {error}"));
            }
            None => value
                .get("detail")
                .filter(|detail| detail["eventName"].is_string())
                .cloned()
                .unwrap_or(value),
        };
        match change(&record, tables) {
            Ok(change) => read.changes.push(change),
            Err(Not::Change(why)) => read.put_aside(why),
            Err(Not::Readable(why)) => read.leave_out(line, why),
        }
    });
    read.in_order()
}

/// Why a record is no change.
enum Not {
    Change(&'static str),
    Readable(String),
}

fn change(record: &Value, tables: &ChangeTables) -> Result<Change, Not> {
    let text = |key: &str| record[key].as_str().filter(|text| !text.trim().is_empty());
    let missing = |key: &str| Not::Readable(format!("`{key}` is missing"));
    let event = text("eventName").ok_or_else(|| missing("eventName"))?;
    let source = text("eventSource").unwrap_or_default();
    let plain = tables.plain(event);
    if let Some(why) = no_change(record, plain, tables) {
        return Err(Not::Change(why));
    }
    let written = text("eventTime").ok_or_else(|| missing("eventTime"))?;
    let time = moment(written)
        .ok_or_else(|| Not::Readable(format!("`{}` is no time", clean(written, 40))))?;
    let request = record.get("requestParameters").filter(|request| request.is_object());
    let resource = resource(record, request, tables);
    // Records before version 1.01 carry no id of their own.
    let made = || format!("{written}/{event}/{}", text("requestID").unwrap_or_default());
    let id = text("eventID").map_or_else(made, str::to_owned);
    let identity = record.get("userIdentity").unwrap_or(&Value::Null);
    let of_caller = identity.get("accountId").and_then(Value::as_str);
    let shown = resource.as_deref().map(short).unwrap_or_default();
    Ok(Change {
        id: clean(&id, 200),
        time,
        workload: request.and_then(|request| tagged(request, tables)),
        kind: tables.kind_of_event(source, plain, request),
        actor: actor(identity),
        summary: line_of(&format!("{plain} {shown}")),
        account: text("recipientAccountId").or(of_caller).map(line_of),
        region: text("awsRegion").map(line_of),
        resource,
        source: "cloudtrail".to_owned(),
        before: BTreeMap::new(),
        after: request.map(|request| flattened(request, tables)).unwrap_or_default(),
    })
}

fn no_change(record: &Value, event: &str, tables: &ChangeTables) -> Option<&'static str> {
    let read_only = match &record["readOnly"] {
        Value::Bool(read_only) => Some(*read_only),
        Value::String(read_only) => Some(read_only == "true"),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    };
    if record["eventCategory"].as_str().is_some_and(|category| category != "Management")
        || record["managementEvent"] == Value::Bool(false)
    {
        Some("data_event")
    } else if read_only.unwrap_or_else(|| tables.reads(event)) {
        Some("read_only")
    } else if record["errorCode"].is_string() || record["errorMessage"].is_string() {
        Some("failed")
    } else if tables.is_routine(event) {
        Some("routine")
    } else {
        None
    }
}

/// Who called, in every form that `userIdentity` takes (CloudTrail userguide, "userIdentity element").
fn actor(identity: &Value) -> Option<String> {
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(line_of);
    let by = || text(&identity["invokedBy"]);
    let session = || {
        let name = identity["arn"].as_str().and_then(|arn| arn.rsplit('/').next()).map(line_of);
        let role = identity.pointer("/sessionContext/sessionIssuer/userName").and_then(text);
        match (role, name) {
            (Some(role), Some(name)) if role != name => Some(format!("{role}/{name}")),
            (role, name) => role.or(name),
        }
    };
    let found = match identity["type"].as_str().unwrap_or_default() {
        "Root" => Some("root".to_owned()),
        "AWSService" => by(),
        "AssumedRole" | "Role" | "FederatedUser" => session(),
        "AWSAccount" => text(&identity["accountId"]),
        "IdentityCenterUser" => identity.pointer("/onBehalfOf/userId").and_then(text),
        _ => None,
    };
    found
        .or_else(|| text(&identity["userName"]))
        .or_else(|| text(&identity["arn"]))
        .or_else(|| text(&identity["principalId"]))
        .or_else(by)
        .or_else(|| text(&identity["accountId"]))
}

fn resource(record: &Value, request: Option<&Value>, tables: &ChangeTables) -> Option<String> {
    let mut listed = record["resources"].as_array().into_iter().flatten();
    let arn = listed.find_map(|one| one["ARN"].as_str().or(one["arn"].as_str()));
    arn.map(line_of).or_else(|| {
        let request = request?;
        let name =
            |field: &String| request.get(field.as_str())?.as_str().filter(|name| !name.is_empty());
        tables.resource_fields.iter().find_map(name).map(line_of)
    })
}

/// The last part of an ARN.
fn short(resource: &str) -> &str {
    if resource.starts_with("arn:") {
        resource.rsplit(['/', ':']).next().unwrap_or(resource)
    } else {
        resource
    }
}

/// The workload that the tags of a request name: `[{"key", "value"}]` in either case, `{"items": […]}` or a map.
pub(super) fn tagged(value: &Value, tables: &ChangeTables) -> Option<String> {
    let holders = ["tags", "Tags", "tagSet", "tagSpecificationSet", "supplementaryConfiguration"];
    holders.iter().filter_map(|key| value.get(*key)).find_map(|tags| of_tags(tags, tables))
}

fn of_tags(tags: &Value, tables: &ChangeTables) -> Option<String> {
    let list = tags.as_array().or_else(|| tags["items"].as_array());
    let value_of = |key: &String| -> Option<String> {
        let found = if let Some(list) = list {
            list.iter().find_map(|tag| {
                let name = tag["key"].as_str().or(tag["Key"].as_str())?;
                (name == key).then(|| tag["value"].as_str().or(tag["Value"].as_str()))?
            })
        } else {
            tags.get(key.as_str()).and_then(Value::as_str)
        };
        found.map(line_of).filter(|name| !name.is_empty())
    };
    tables.tag_keys.iter().find_map(value_of).or_else(|| {
        // EC2 puts the tags of a request one level deeper, by type of resource.
        list?.iter().filter_map(|one| one.get("tags")).find_map(|tags| of_tags(tags, tables))
    })
}
