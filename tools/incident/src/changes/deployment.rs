//! Deployments and other changes that people or pipelines report: one JSON object a line.

use jiff::Timestamp;
use serde_json::Value;
use wherefore_contract::incident::{Change, ChangeKind};

use super::{ChangeTables, ReadChanges, clean, diff::flattened, entries::objects, line_of};

/// Reads lines `{"id", "time", "workload", "kind", "actor", "summary", "account", "region"}`.
///
/// `id` and `time` are needed; `resource`, `source`, `before` and `after` may stand beside them. A word of `kind` that is
/// not known reads as [`ChangeKind::Other`], a missing one as a deployment.
#[must_use]
pub fn read_deployments(text: &str, tables: &ChangeTables) -> ReadChanges {
    let mut read = ReadChanges::default();
    objects(text, &["changes"], &mut read, |line, value, read| match change(&value, tables) {
        Ok(change) => read.changes.push(change),
        Err(why) => read.leave_out(line, why),
    });
    read.in_order()
}

fn change(value: &Value, tables: &ChangeTables) -> Result<Change, String> {
    let id = match value.get("id") {
        Some(Value::String(id)) if !id.trim().is_empty() => clean(id, 200),
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err("`id` is missing".to_owned()),
    };
    let text = |key: &str| {
        value.get(key).and_then(Value::as_str).map(line_of).filter(|text| !text.is_empty())
    };
    let time = value.get("time").and_then(Value::as_str).ok_or("`time` is missing")?;
    let fields = |key: &str| {
        let fields = value.get(key).filter(|fields| fields.is_object());
        fields.map(|fields| flattened(fields, tables)).unwrap_or_default()
    };
    let kind = text("kind").map(|kind| kind.to_lowercase());
    Ok(Change {
        id,
        time: moment(time).ok_or_else(|| format!("`{}` is no time", clean(time, 40)))?,
        workload: text("workload"),
        kind: kind.map_or(ChangeKind::Deployment, |kind| {
            ChangeKind::named(&kind).unwrap_or(ChangeKind::Other)
        }),
        actor: text("actor"),
        summary: text("summary").unwrap_or_default(),
        account: text("account"),
        region: text("region"),
        resource: text("resource"),
        source: text("source").unwrap_or_else(|| "deployment".to_owned()),
        before: fields("before"),
        after: fields("after"),
    })
}

/// A moment with its offset, in the forms of ISO 8601 that the sources write.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<Timestamp>().ok().or_else(|| {
        text.parse::<jiff::civil::DateTime>()
            .ok()?
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()
            .map(|at| at.timestamp())
    })
}
