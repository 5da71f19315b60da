//! The direct answer for machines, tables, charts and the verdict.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use wherefore_contract::{
    draft::{ChartKind, DraftChart, DraftResult, DraftTable, FactOrCalc, Sentence, Span},
    evidence::FactRef,
};

use super::{
    envelope::spelled_fields,
    form::{Path, Reader, field, opened, quoted, spelled},
};

impl Reader<'_> {
    /// The result; nothing is no result.
    pub(super) fn result(&mut self, path: &Path, value: Option<&Value>) -> Option<DraftResult> {
        let Some(value) = value else { return Some(DraftResult::None) };
        let opened = opened(value);
        let value = opened.as_ref().unwrap_or(value);
        let map = match value {
            Value::Null => return Some(DraftResult::None),
            Value::String(text) if spelled(text) == "none" || text.trim().is_empty() => {
                return Some(DraftResult::None);
            }
            Value::Object(map) => spelled_fields(map),
            // One figure alone is a scalar.
            Value::String(_) | Value::Array(_) | Value::Number(_) | Value::Bool(_) => {
                let fact = self.fact(path, value)?;
                return Some(scalar(None, FactOrCalc::Fact(fact)));
            }
        };
        let tag = ["result", "type", "kind"]
            .iter()
            .find_map(|name| map.get(*name)?.as_str())
            .map(spelled);
        let (word, map) = match tag {
            Some(word) => (word, map),
            None => told_by_fields(map),
        };
        match word.as_str() {
            "none" => Some(DraftResult::None),
            "scalar" => {
                let name = field(&map, &["name"]).and_then(Value::as_str).map(str::to_owned);
                let whole = Value::Object(map.clone());
                let value =
                    field(&map, &["value", "fact", "calc"]).filter(|_| !map.contains_key("op"));
                let value = self.fact_or_calc(&path.field("value"), value.unwrap_or(&whole))?;
                Some(scalar(name, value))
            }
            "rows" | "table" => {
                let id = field(&map, &["evidence", "id", "rows"]).unwrap_or(&Value::Null);
                let evidence = self.evidence_id(&path.field("evidence"), id);
                let columns =
                    self.columns(&path.field("columns"), evidence.as_deref(), map.get("columns"));
                Some(DraftResult::Rows { evidence: evidence?, columns: columns? })
            }
            "cells" => self.cells(path, &map),
            other => self.refuse(path, format!("`{other}` is none of none, scalar, rows, cells")),
        }
    }

    fn cells(&mut self, path: &Path, map: &Map<String, Value>) -> Option<DraftResult> {
        let columns = self.columns(&path.field("columns"), None, map.get("columns"));
        let rows_path = path.field("rows");
        let mut rows = Vec::new();
        let mut is_whole = true;
        for (index, row) in Self::list(map.get("rows")).iter().enumerate() {
            let at = rows_path.at(index);
            let mut cells = Vec::new();
            for (place, cell) in Self::list(Some(row)).iter().enumerate() {
                match self.fact_or_calc(&at.at(place), cell) {
                    Some(cell) => cells.push(cell),
                    None => is_whole = false,
                }
            }
            rows.push(cells);
        }
        let columns = columns?;
        is_whole.then_some(DraftResult::Cells { columns, rows })
    }

    /// A fact, or a calculation of facts.
    fn fact_or_calc(&mut self, path: &Path, value: &Value) -> Option<FactOrCalc> {
        let opened = opened(value);
        let value = opened.as_ref().unwrap_or(value);
        let Value::Object(map) = value else {
            return Some(FactOrCalc::Fact(self.fact(path, value)?));
        };
        let map = spelled_fields(map);
        let is_calc = map.contains_key("op")
            || map.contains_key("calc")
            || map.contains_key("facts")
            || map.get("span").and_then(Value::as_str).map(spelled).as_deref() == Some("calc");
        if !is_calc {
            return Some(FactOrCalc::Fact(
                self.fact(path, field(&map, &["fact", "value", "name"]).unwrap_or(value))?,
            ));
        }
        if let Span::Calc { op, facts, .. } = self.span(path, &map)? {
            return Some(FactOrCalc::Calc { op, facts });
        }
        self.refuse(path, format!("{} is neither a fact nor a calculation", quoted(value)))
    }

    /// Names of columns, as the table spells them where it is known.
    fn columns(
        &mut self,
        path: &Path,
        evidence: Option<&str>,
        value: Option<&Value>,
    ) -> Option<Vec<String>> {
        let text = value.and_then(Value::as_str).map(str::trim);
        if matches!(text, Some("*" | "all" | "")) {
            return Some(Vec::new());
        }
        let items = match text.filter(|text| !text.starts_with('[')) {
            Some(text) => {
                text.split(',').map(|part| Value::String(part.trim().to_owned())).collect()
            }
            None => Self::list(value),
        };
        let mut columns = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let name = match item {
                Value::String(text) => Some(text.clone()),
                Value::Object(map) => {
                    field(map, &["name", "column"]).and_then(Value::as_str).map(str::to_owned)
                }
                Value::Number(_) | Value::Bool(_) | Value::Array(_) | Value::Null => None,
            };
            let Some(name) = name else {
                return self
                    .refuse(&path.at(index), format!("{} is no name of a column", quoted(item)));
            };
            // Some write the whole reference where the column is meant.
            let known = evidence.and_then(|id| self.known.column(id, &name)).map(str::to_owned);
            columns.push(known.unwrap_or(name));
        }
        Some(columns)
    }

    /// One table: its evidence, and the columns that are shown.
    pub(super) fn table(&mut self, path: &Path, value: &Value) -> Option<DraftTable> {
        let map = match value {
            Value::Object(map) => spelled_fields(map),
            Value::String(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Bool(_)
            | Value::Null => Map::new(),
        };
        let id = field(&map, &["evidence", "id", "table"]).unwrap_or(value);
        let evidence = self.evidence_id(&path.field("evidence"), id)?;
        let columns = self.columns(&path.field("columns"), Some(&evidence), map.get("columns"))?;
        Some(DraftTable { evidence, columns })
    }

    /// One chart.
    pub(super) fn chart(&mut self, path: &Path, value: &Value) -> Option<DraftChart> {
        let Value::Object(map) = value else {
            return self.refuse(path, format!("{} is no chart", quoted(value)));
        };
        let map = spelled_fields(map);
        let title = match field(&map, &["title"]) {
            Some(title) => self.sentence(&path.field("title"), title),
            None => Some(Sentence::default()),
        };
        let also = [("bar", "bars"), ("stacked_bar", "stacked_bars"), ("lines", "line")];
        let list = "bars, stacked_bars, line, waterfall";
        let kind = field(&map, &["kind", "type", "chart"]).unwrap_or(&Value::Null);
        let kind: Option<ChartKind> = self.word(&path.field("kind"), kind, &also, list);
        let evidence = self.evidence_id(
            &path.field("evidence"),
            field(&map, &["evidence", "id"]).unwrap_or(&Value::Null),
        )?;
        let x = self.columns(&path.field("x"), Some(&evidence), map.get("x"))?;
        let y = self.columns(&path.field("y"), Some(&evidence), map.get("y"))?;
        let series = self.columns(&path.field("series"), Some(&evidence), map.get("series"))?;
        let Some(x) = x.into_iter().next() else {
            return self.refuse(
                &path.field("x"),
                "a chart needs the column along its axis, as in \"month\"",
            );
        };
        Some(DraftChart {
            title: title?,
            kind: kind?,
            evidence,
            x,
            y,
            series: series.into_iter().next(),
        })
    }

    /// Named facts beside the result.
    pub(super) fn verdict(
        &mut self,
        path: &Path,
        value: Option<&Value>,
    ) -> BTreeMap<String, FactRef> {
        let mut verdict = BTreeMap::new();
        let opened = value.and_then(opened);
        let entries: Vec<(String, Value)> = match opened.as_ref().or(value) {
            Some(Value::Object(map)) => {
                map.iter().map(|(name, fact)| (name.clone(), fact.clone())).collect()
            }
            Some(Value::Array(items)) => {
                let pair = |item: &Value| {
                    let map = spelled_fields(item.as_object()?);
                    let name = field(&map, &["name", "key"])?.as_str()?.to_owned();
                    Some((name, field(&map, &["fact", "value"])?.clone()))
                };
                items.iter().filter_map(pair).collect()
            }
            Some(Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null) | None => {
                Vec::new()
            }
        };
        for (name, fact) in entries {
            if fact.is_null() {
                continue;
            }
            if let Some(fact) = self.fact(&path.field(&name), &fact) {
                verdict.insert(name, fact);
            }
        }
        verdict
    }
}

fn scalar(name: Option<String>, value: FactOrCalc) -> DraftResult {
    // The name of a figure is that of its column, unless it was given another.
    let own = || value.facts().first().map(|fact| fact.column.clone());
    let name = name.or_else(own).unwrap_or_default();
    DraftResult::Scalar { name, value }
}

/// The kind of a result without its word: `{"scalar": {…}}`, or told by what it holds.
fn told_by_fields(map: Map<String, Value>) -> (String, Map<String, Value>) {
    for word in ["scalar", "rows", "cells", "table"] {
        if let Some(Value::Object(inner)) = map.get(word) {
            return (word.to_owned(), spelled_fields(inner));
        }
    }
    let has = |name: &str| map.contains_key(name);
    let word = if has("rows") && has("columns") && map.get("rows").is_some_and(Value::is_array) {
        "cells"
    } else if has("value") || has("fact") || has("op") || has("calc") || has("row") {
        "scalar"
    } else if has("evidence") || has("rows") {
        "rows"
    } else {
        "none"
    };
    (word.to_owned(), map)
}
