//! Which rows a query kept, in words: thresholds, row-level conditions and limits, read from the
//! arguments of its call.

use serde_json::Value;
use wherefore_contract::{
    Decimal, draft::Format, evidence::Evidence, question::Language, table::ColumnKind, unit::Unit,
};

use crate::{ledger, number, render};

/// The terms of the call behind a piece of evidence, parted by commas; `None` when it kept all rows.
pub(crate) fn shown(evidence: &Evidence, language: Language) -> Option<String> {
    let mut parts = Vec::new();
    for (name, on_rows) in [("amounts", true), ("having", false)] {
        let listed = evidence.arguments.get(name).and_then(Value::as_array);
        for condition in listed.into_iter().flatten() {
            parts.push(threshold(evidence, condition, on_rows, language)?);
        }
    }
    parts.extend(length(evidence, language));
    parts.extend(limit(evidence, language));
    (!parts.is_empty()).then(|| parts.join(", "))
}

// "billed cost above $100.00"; of single charges: "charges with billed cost below $0.00".
fn threshold(
    evidence: &Evidence,
    condition: &Value,
    on_rows: bool,
    language: Language,
) -> Option<String> {
    let text = |name: &str| condition.get(name).and_then(Value::as_str);
    let column = text("column").or_else(|| text("measure"))?;
    let value = condition.get("value")?;
    let value: Decimal =
        value.as_str().map_or_else(|| value.to_string(), str::to_owned).parse().ok()?;
    // A threshold on what the table does not show is a bare number.
    let unit = unit_of(evidence, column).unwrap_or(Unit::Count("distinct".to_owned()));
    let figure = if text("of") == Some("mean") {
        mean(value, language)
    } else {
        number::figure(value, &unit, Format::Auto, language)
    };
    let measure = render::measure(column, language);
    let words = match (text("op")?, language) {
        ("above", Language::En) => format!("{measure} above {figure}"),
        ("at_least", Language::En) => format!("{measure} of at least {figure}"),
        ("below", Language::En) => format!("{measure} below {figure}"),
        ("at_most", Language::En) => format!("{measure} of at most {figure}"),
        ("equal", Language::En) => format!("{measure} of exactly {figure}"),
        ("not_equal", Language::En) => format!("{measure} other than {figure}"),
        ("above", Language::Ko) => format!("{measure} {figure} 초과"),
        ("at_least", Language::Ko) => format!("{measure} {figure} 이상"),
        ("below", Language::Ko) => format!("{measure} {figure} 미만"),
        ("at_most", Language::Ko) => format!("{measure} {figure} 이하"),
        ("equal", Language::Ko) => format!("{measure} 정확히 {figure}"),
        ("not_equal", Language::Ko) => format!("{measure} {figure} 아님"),
        _ => return None,
    };
    Some(match (on_rows, language) {
        (false, _) => words,
        (true, Language::En) => format!("single charges with a {words}"),
        (true, Language::Ko) => format!("요금 행마다 {words}"),
    })
}

// "the mean of all rows", "1.5 times the mean of all rows".
fn mean(times: Decimal, language: Language) -> String {
    match (times == Decimal::ONE, language) {
        (true, Language::En) => "the mean of all rows".to_owned(),
        (true, Language::Ko) => "전체 행 평균".to_owned(),
        (false, Language::En) => format!("{} times the mean of all rows", times.normalize()),
        (false, Language::Ko) => format!("전체 행 평균의 {}배", times.normalize()),
    }
}

// The unit of a result column; of a measure that was only compared, the unit of the first cost.
fn unit_of(evidence: &Evidence, column: &str) -> Option<Unit> {
    let table = &evidence.facts.table;
    let own = |name: &str| {
        table.unit(0, name).or_else(|| table.column(name).and_then(|column| column.unit.clone()))
    };
    if column.ends_with("percent") {
        return Some(Unit::Percent);
    }
    own(column).or_else(|| {
        let mut measures = table.columns.iter().filter(|c| c.kind == ColumnKind::Measure);
        measures.find_map(|each| own(&each.name).filter(|unit| unit.currency().is_some()))
    })
}

// "scaled to 30 days", "times 12": the length of time that the first measure was brought to.
fn length(evidence: &Evidence, language: Language) -> Option<String> {
    if let Some(count) = evidence.arguments.get("per").and_then(Value::as_u64) {
        return Some(match language {
            Language::En => format!("for {count} transactions"),
            Language::Ko => format!("거래 {count}건 기준"),
        });
    }
    let (kind, count) = evidence.arguments.get("scale")?.as_object()?.iter().next()?;
    let count = count.as_u64()?;
    Some(match (kind.as_str(), language) {
        ("days", Language::En) => format!("scaled to {count} days"),
        ("days", Language::Ko) => format!("{count}일 환산"),
        ("times", Language::En) => format!("times {count}"),
        ("times", Language::Ko) => format!("{count}배"),
        ("over_days", Language::En) => format!("over {count} days"),
        ("over_days", Language::Ko) => format!("{count}일로 나눔"),
        _ => return None,
    })
}

// "top 3 by billed cost of each region".
fn limit(evidence: &Evidence, language: Language) -> Option<String> {
    let arguments = &evidence.arguments;
    let count = arguments.get("limit")?.as_u64()?;
    let (by, falling) = order(evidence);
    let measured = evidence.facts.table.column(&by).map(|column| column.kind);
    let groups: Vec<String> = arguments
        .get("limit_per")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|name| render::column(name, language))
        .collect();
    let groups = groups.join(", ");
    let measure = render::measure(&by, language);
    let ranked = measured == Some(ColumnKind::Measure);
    Some(match language {
        Language::En => {
            let end = if falling { "top" } else { "bottom" };
            let first = if ranked {
                format!("{end} {count} by {measure}")
            } else {
                format!("first {count} rows")
            };
            if groups.is_empty() {
                first
            } else {
                format!("{first} of each {}", groups.to_lowercase())
            }
        }
        Language::Ko => {
            let end = if falling { "상위" } else { "하위" };
            let first = if ranked {
                format!("{measure} {end} {count}개")
            } else {
                format!("처음 {count}개 행")
            };
            if groups.is_empty() { first } else { format!("{groups}별 {first}") }
        }
    })
}

/// The column that a call ordered its rows by, and whether the largest came first. Without an order
/// of its own a call puts the first measure, or the change of a comparison, in falling order.
pub(crate) fn order(evidence: &Evidence) -> (String, bool) {
    let order = evidence.arguments.get("order").and_then(|order| order.get(0));
    if let Some(by) = order.and_then(|order| order.get("by")).and_then(Value::as_str) {
        let direction = order.and_then(|order| order.get("direction")).and_then(Value::as_str);
        return (by.to_owned(), direction != Some("ascending"));
    }
    let compared =
        evidence.facts.table.column("change").is_some() && evidence.arguments.contains_key("from");
    if compared {
        return ("change".to_owned(), true);
    }
    let mut naming = ledger::naming_columns(evidence);
    if let Some(time) = naming.find(|column| column.kind == ColumnKind::Time) {
        return (time.name.clone(), false);
    }
    let mut columns = evidence.facts.table.columns.iter();
    let first = columns.find(|column| column.kind == ColumnKind::Measure);
    (first.map(|column| column.name.clone()).unwrap_or_default(), true)
}
