//! Rows of the changes table as changes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;
use wherefore_contract::incident::{Change, ChangeKind};

use crate::finish::Cell;

/// The change of a row, its columns in the order in which the compiler selects them.
pub(super) fn of(row: &[Cell]) -> Change {
    let text = |at: usize| match row.get(at) {
        Some(Cell::Text(text)) => Some(text.clone()),
        Some(Cell::Null | Cell::Integer(_) | Cell::Exact { .. } | Cell::Moment(_)) | None => None,
    };
    let fields = |at: usize| -> BTreeMap<String, Value> {
        text(at).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    };
    let micros = match row.first() {
        Some(Cell::Moment(micros)) => *micros,
        Some(Cell::Null | Cell::Integer(_) | Cell::Exact { .. } | Cell::Text(_)) | None => 0,
    };
    let kind = text(4).and_then(|kind| ChangeKind::named(&kind)).unwrap_or(ChangeKind::Other);
    Change {
        id: text(1).unwrap_or_default(),
        time: Timestamp::from_microsecond(micros).unwrap_or_default(),
        workload: text(3),
        kind,
        actor: text(5),
        summary: text(6).unwrap_or_default(),
        account: text(7),
        region: text(8),
        resource: text(9),
        source: text(2).unwrap_or_default(),
        before: fields(10),
        after: fields(11),
    }
}
