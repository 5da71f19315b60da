//! AWS Config items: how a resource looked, and what differs from how it looked before.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use wherefore_contract::incident::{Change, ChangeKind};

use super::{
    ChangeTables, ConfigDiff, ReadChanges, clean, cloudtrail::tagged, config_diff,
    deployment::moment, diff::FIELDS_KEPT, diff::flattened, entries::objects, line_of,
};

/// Reads AWS Config: files `{"configurationItems": […]}`, notifications with a `configurationItemDiff` (also below `detail`
/// or as text in `Message`), or one item a line.
///
/// A notification says itself what changed. Of items alone, two that follow each other for one resource are compared; the
/// first of a resource is its baseline and no change, unless it says that the resource was made or deleted.
#[must_use]
pub fn read_configuration(text: &str, tables: &ChangeTables) -> ReadChanges {
    let mut read = ReadChanges::default();
    let mut items: BTreeMap<(String, String, String, String), Vec<Item>> = BTreeMap::new();
    objects(text, &["configurationItems"], &mut read, |line, value, read| {
        let unwrapped = unwrapped(value);
        let kind = unwrapped.get("messageType").and_then(Value::as_str);
        if kind.is_some_and(|kind| !kind.contains("ConfigurationItemChange")) {
            return read.put_aside("other_notification");
        }
        let item = unwrapped
            .get("configurationItem")
            .filter(|item| item.is_object())
            .unwrap_or(&unwrapped);
        match Item::read(item) {
            Ok(mut item) => {
                item.told =
                    unwrapped.get("configurationItemDiff").filter(|diff| diff.is_object()).cloned();
                items.entry(item.resource()).or_default().push(item);
            }
            Err(why) => read.leave_out(line, why),
        }
    });
    for (_, mut items) in items {
        items.sort_by(|one, other| (one.time, &one.state).cmp(&(other.time, &other.state)));
        let mut before: Option<&Item> = None;
        for item in &items {
            if before.is_some_and(|before| (before.time, &before.state) == (item.time, &item.state))
            {
                read.put_aside("duplicate");
                continue;
            }
            match change(before, item, tables) {
                Ok(change) => read.changes.push(change),
                Err(why) => read.put_aside(why),
            }
            before = Some(item);
        }
    }
    read.in_order()
}

/// The notification below its envelopes.
fn unwrapped(value: Value) -> Value {
    let message = value.get("Message").and_then(Value::as_str);
    if let Some(inner) = message.and_then(|message| serde_json::from_str::<Value>(message).ok()) {
        return inner;
    }
    match value.get("detail") {
        Some(detail) if detail.is_object() => detail.clone(),
        Some(_) | None => value,
    }
}

struct Item {
    time: Timestamp,
    state: String,
    kind: String,
    id: String,
    account: Option<String>,
    region: Option<String>,
    status: String,
    whole: Value,
    told: Option<Value>,
}

impl Item {
    fn read(item: &Value) -> Result<Self, String> {
        let text = |key: &str| item[key].as_str().filter(|text| !text.is_empty()).map(line_of);
        let id = text("resourceId").or_else(|| text("arn")).or_else(|| text("ARN"));
        let id = id.ok_or("`resourceId` is missing")?;
        let time = item["configurationItemCaptureTime"]
            .as_str()
            .ok_or("`configurationItemCaptureTime` is missing")?;
        let state = match &item["configurationStateId"] {
            Value::Number(state) => state.to_string(),
            Value::String(state) => state.clone(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
        };
        Ok(Self {
            time: moment(time).ok_or_else(|| format!("`{}` is no time", clean(time, 40)))?,
            state,
            kind: text("resourceType").unwrap_or_default(),
            id,
            account: text("awsAccountId").or_else(|| text("accountId")),
            region: text("awsRegion"),
            status: text("configurationItemStatus").unwrap_or_default(),
            whole: item.clone(),
            told: None,
        })
    }

    /// Account, region, type and id: what one resource is told apart by.
    fn resource(&self) -> (String, String, String, String) {
        let owned = |text: &Option<String>| text.clone().unwrap_or_default();
        (owned(&self.account), owned(&self.region), self.kind.clone(), self.id.clone())
    }

    /// What a person configured: the configuration, what supplements it, the tags, and how it is tied to others.
    fn document(&self) -> Value {
        let mut document = Map::new();
        for key in ["configuration", "supplementaryConfiguration", "tags", "relationships"] {
            let value = self.whole.get(key).unwrap_or(&Value::Null);
            let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            document.insert(key.to_owned(), parsed.unwrap_or_else(|| value.clone()));
        }
        Value::Object(document)
    }

    fn made(&self) -> bool {
        matches!(self.status.as_str(), "ResourceDiscovered" | "Discovered")
    }

    fn deleted(&self) -> bool {
        self.status.starts_with("ResourceDeleted")
    }
}

fn change(
    before: Option<&Item>,
    item: &Item,
    tables: &ChangeTables,
) -> Result<Change, &'static str> {
    let diff = match (&item.told, before) {
        (Some(told), _) => told_diff(told, tables),
        (None, Some(before)) => config_diff(&before.document(), &item.document(), tables),
        (None, None) => ConfigDiff::default(),
    };
    let told = item.told.as_ref().and_then(|told| told["changeType"].as_str()).unwrap_or_default();
    let what = if item.deleted() || told == "DELETE" {
        "deleted"
    } else if told == "CREATE" || item.made() && before.is_none_or(Item::deleted) {
        "created"
    } else if before.is_none() && item.told.is_none() {
        return Err("baseline");
    } else if diff.is_empty() {
        return Err("nothing_changed");
    } else {
        "changed"
    };
    let kind = match what {
        "changed" => tables.kind_of_type(&item.kind, diff.paths()),
        _ => ChangeKind::Resource,
    };
    let whole = |key: &str| item.whole.get(key).and_then(Value::as_str);
    let name = whole("resourceName").unwrap_or(&item.id);
    let paths: Vec<&str> = diff.paths().take(4).collect();
    let more = diff.paths().count() - paths.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let arn = whole("arn").or_else(|| whole("ARN"));
    Ok(Change {
        id: clean(
            &format!(
                "{}/{}/{}",
                item.kind,
                item.id,
                if item.state.is_empty() { item.time.to_string() } else { item.state.clone() }
            ),
            200,
        ),
        time: item.time,
        workload: tagged(&item.whole, tables),
        kind,
        actor: None,
        summary: line_of(&format!(
            "{} {name} {what}{}{}{more}",
            item.kind,
            if paths.is_empty() { "" } else { ": " },
            paths.join(", ")
        )),
        account: item.account.clone(),
        region: item.region.clone(),
        resource: Some(line_of(arn.unwrap_or(&item.id))),
        source: "config".to_owned(),
        before: diff.before().into_iter().take(FIELDS_KEPT).collect(),
        after: if what == "created" && diff.is_empty() {
            flattened(&item.document(), tables)
        } else {
            diff.after().into_iter().take(FIELDS_KEPT).collect()
        },
    })
}

/// A `configurationItemDiff`: `changedProperties` of a path to `previousValue`, `updatedValue` and `changeType`.
fn told_diff(told: &Value, tables: &ChangeTables) -> ConfigDiff {
    let mut whole = ConfigDiff::default();
    for (path, property) in told["changedProperties"].as_object().into_iter().flatten() {
        let nested = |value: &Value| {
            // `Configuration.Environment.Variables.DB_HOST` becomes the document that it is a path of.
            let parts = path.split('.').map(lowered).rev();
            parts.fold(value.clone(), |inner, part| json!({ part: inner }))
        };
        let (before, after) = (&property["previousValue"], &property["updatedValue"]);
        let diff = match (before.is_null(), after.is_null()) {
            (true, true) => continue,
            (true, false) => config_diff(&json!({}), &nested(after), tables),
            (false, true) => config_diff(&nested(before), &json!({}), tables),
            (false, false) => config_diff(&nested(before), &nested(after), tables),
        };
        whole.added.extend(diff.added);
        whole.removed.extend(diff.removed);
        whole.changed.extend(diff.changed);
        whole.masked.extend(diff.masked);
        whole.set_aside.extend(diff.set_aside);
        whole.reordered.extend(diff.reordered);
    }
    whole
}

/// The first part of a path begins with a capital in a notification and with a small letter in an item.
fn lowered(part: &str) -> String {
    match part {
        "Configuration" | "SupplementaryConfiguration" | "Tags" | "Relationships" => {
            let mut letters = part.chars();
            letters
                .next()
                .map(|first| first.to_lowercase().chain(letters).collect())
                .unwrap_or_default()
        }
        _ => part.to_owned(),
    }
}
