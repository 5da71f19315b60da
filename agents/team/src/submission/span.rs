//! Spans, with or without the word that says which they are.

use serde_json::{Map, Value};
use wherefore_contract::draft::{CalcOp, Format, Span, TrendStyle};

use super::{
    envelope::spelled_fields,
    form::{Path, Reader, as_index, field, quoted, spelled},
};

/// What a span is, as models name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// A figure, or a name where the column holds names.
    Cell,
    Calc,
    Name,
    Measure,
    Trend,
    Extreme,
    Place,
    Period,
    Count,
    Asked,
    Terms,
    Since,
    Dimension,
    Particle,
}

const KINDS: &[(&str, Kind)] = &[
    ("text", Kind::Text),
    ("value", Kind::Cell),
    ("calc", Kind::Calc),
    ("name", Kind::Name),
    ("measure", Kind::Measure),
    ("trend", Kind::Trend),
    ("extreme", Kind::Extreme),
    ("place", Kind::Place),
    ("period", Kind::Period),
    ("count", Kind::Count),
    ("asked", Kind::Asked),
    ("terms", Kind::Terms),
    ("since", Kind::Since),
    ("dimension", Kind::Dimension),
    ("particle", Kind::Particle),
    // What models call them beside their names.
    ("literal", Kind::Text),
    ("words", Kind::Text),
    ("string", Kind::Text),
    ("fact", Kind::Cell),
    ("figure", Kind::Cell),
    ("number", Kind::Cell),
    ("fact_ref", Kind::Cell),
    ("ref", Kind::Cell),
    ("cell", Kind::Cell),
    ("calculation", Kind::Calc),
    ("computed", Kind::Calc),
    ("direction", Kind::Trend),
    ("largest", Kind::Extreme),
    ("smallest", Kind::Extreme),
    ("rank", Kind::Place),
    ("quote", Kind::Asked),
];

/// Other words for operations.
const OPS: &[(&str, &str)] = &[
    ("add", "sum"),
    ("total", "sum"),
    ("subtract", "difference"),
    ("diff", "difference"),
    ("minus", "difference"),
    ("divide", "ratio"),
    ("pct_change", "percent_change"),
    ("percentage_change", "percent_change"),
    ("average", "mean"),
    ("avg", "mean"),
];
const OP_LIST: &str =
    "sum, difference, ratio, share, percent, percent_apart, percent_change, per_day, mean";
const WHICH: &[(&str, &str)] = &[
    ("highest", "largest"),
    ("biggest", "largest"),
    ("max", "largest"),
    ("maximum", "largest"),
    ("lowest", "smallest"),
    ("min", "smallest"),
    ("minimum", "smallest"),
];
const PARTICLES: &[(&str, &str)] = &[
    ("은", "topic"),
    ("는", "topic"),
    ("은_는", "topic"),
    ("이", "subject"),
    ("가", "subject"),
    ("이_가", "subject"),
    ("을", "object"),
    ("를", "object"),
    ("을_를", "object"),
    ("으로", "toward"),
    ("로", "toward"),
    ("으로_로", "toward"),
    ("과", "and"),
    ("와", "and"),
    ("과_와", "and"),
    ("입니다", "copula"),
];
const FACT: &[&str] =
    &["fact", "value", "name", "measure", "cell", "ref", "fact_ref", "figure", "reference", "of"];
const EXAMPLES: &str = "{\"span\": \"text\", \"text\": \"…\"}, {\"span\": \"value\", \"fact\": \"e1/0/billed_cost\"} or \
                        {\"span\": \"name\", \"fact\": \"e1/0/cloud_service\"}";

impl Reader<'_> {
    /// One span from its fields.
    pub(super) fn span(&mut self, path: &Path, fields: &Map<String, Value>) -> Option<Span> {
        let map = spelled_fields(fields);
        if let Some(Value::Object(inner)) = map.get("span") {
            return self.span(path, inner);
        }
        let (kind, word) = match kind_of(&map) {
            Ok(found) => found,
            Err(message) => return self.refuse(path, message),
        };
        // `{"calc": {"op": …}}`: what the word holds are the fields.
        let map = match map.get(&word) {
            Some(Value::Object(inner)) if kind != Kind::Period => {
                let mut all = spelled_fields(inner);
                all.extend(
                    map.iter()
                        .filter(|(name, _)| **name != word)
                        .map(|(n, v)| (n.clone(), v.clone())),
                );
                all
            }
            _ => map,
        };
        self.span_of(kind, &word, path, &map)
    }

    fn span_of(
        &mut self,
        kind: Kind,
        word: &str,
        path: &Path,
        map: &Map<String, Value>,
    ) -> Option<Span> {
        match kind {
            Kind::Text => self.words(path, map),
            Kind::Cell => {
                let fact = self.fact_of(path, map)?;
                if self.known.holds_names(&fact.evidence, &fact.column) == Some(true) {
                    return Some(Span::Name { fact });
                }
                Some(Span::Value { fact, format: format_of(map) })
            }
            Kind::Calc => self.calc(word, path, map),
            Kind::Name => Some(Span::Name { fact: self.fact_of(path, map)? }),
            Kind::Measure => Some(Span::Measure { fact: self.fact_of(path, map)? }),
            Kind::Trend => self.trend(path, map),
            Kind::Extreme | Kind::Place => {
                let fact = self.fact_of(path, map);
                let named = Value::String(word.to_owned());
                let which = field(map, &["which", "end", "direction", "extreme", "order"])
                    .unwrap_or(&named);
                let which = self.word(&path.field("which"), which, WHICH, "largest, smallest");
                let (fact, which) = (fact?, which?);
                Some(if kind == Kind::Place {
                    Span::Place { fact, which }
                } else {
                    Span::Extreme { fact, which }
                })
            }
            Kind::Period => {
                let whole = Value::Object(map.clone());
                let value = field(map, &["period", "value"]).unwrap_or(&whole);
                Some(Span::Period { period: self.period(&path.field("period"), value)? })
            }
            Kind::Count => Some(Span::Count { evidence: self.evidence_of(path, map, "count")? }),
            Kind::Terms => Some(Span::Terms { evidence: self.evidence_of(path, map, "terms")? }),
            Kind::Asked => self.asked(path, map),
            Kind::Since => Some(Span::Since { dimension: self.dimension(path, map, "since")? }),
            Kind::Dimension => {
                Some(Span::Dimension { dimension: self.dimension(path, map, "dimension")? })
            }
            Kind::Particle => {
                let list = "topic, subject, object, toward, and, copula";
                let value = field(map, &["particle", "value", "text"]).unwrap_or(&Value::Null);
                Some(Span::Particle {
                    particle: self.word(&path.field("particle"), value, PARTICLES, list)?,
                })
            }
        }
    }

    fn words(&mut self, path: &Path, map: &Map<String, Value>) -> Option<Span> {
        match field(map, &["text", "content", "value", "words", "literal", "string"]) {
            Some(Value::String(text)) => Some(Span::Text { text: text.clone() }),
            Some(other) => {
                let message = format!("{} is no text; a figure is a value span", quoted(other));
                self.refuse(&path.field("text"), message)
            }
            // Models leave out what is empty.
            None => Some(Span::Text { text: String::new() }),
        }
    }

    fn calc(&mut self, word: &str, path: &Path, map: &Map<String, Value>) -> Option<Span> {
        let named = Value::String(word.to_owned());
        let op = field(map, &["op", "operation", "operator", "calc", "function"])
            .filter(|op| op.is_string());
        let op: Option<CalcOp> = self.word(&path.field("op"), op.unwrap_or(&named), OPS, OP_LIST);
        let facts = if let Some(facts) =
            field(map, &["facts", "fact", "operands", "args", "values", "of"])
        {
            self.facts(&path.field("facts"), facts)
        } else {
            let pair: Vec<Value> =
                [&["from", "first", "numerator", "a"], &["to", "second", "denominator", "b"]]
                    .into_iter()
                    .filter_map(|names| field(map, names).cloned())
                    .collect();
            self.facts(&path.field("facts"), &Value::Array(pair))
        };
        let (op, facts) = (op?, facts?);
        if facts.is_empty() {
            let message =
                "a calculation needs its facts, as in [\"e1/0/billed_cost\", \"e2/0/billed_cost\"]";
            return self.refuse(&path.field("facts"), message);
        }
        Some(Span::Calc { op, facts, format: format_of(map) })
    }

    fn trend(&mut self, path: &Path, map: &Map<String, Value>) -> Option<Span> {
        let style = field(map, &["style"]).and_then(Value::as_str).map(spelled);
        let style =
            if style.as_deref() == Some("noun") { TrendStyle::Noun } else { TrendStyle::Verb };
        if let Some(facts) = field(map, &["facts"]) {
            let facts = self.facts(&path.field("facts"), facts)?;
            return match facts.as_slice() {
                [to] => Some(Span::Trend { from: None, to: to.clone(), style }),
                [from, to] => Some(Span::Trend { from: Some(from.clone()), to: to.clone(), style }),
                _ => self.refuse(&path.field("facts"), "a trend has one fact, or two: from and to"),
            };
        }
        let from = match field(map, &["from"]) {
            Some(from) => Some(self.fact(&path.field("from"), from)?),
            None => None,
        };
        let to = field(map, &["to", "fact", "trend", "value"]).unwrap_or(&Value::Null);
        Some(Span::Trend { from, to: self.fact(&path.field("to"), to)?, style })
    }

    fn asked(&mut self, path: &Path, map: &Map<String, Value>) -> Option<Span> {
        // The words themselves say more than bytes that a model counted.
        if let Some(words) =
            field(map, &["asked", "words", "text", "quote"]).and_then(Value::as_str)
            && let Some((start, end)) = self.known.asked(words)
        {
            return Some(Span::Asked { start, end });
        }
        let (Some(start), Some(end)) = (field(map, &["start"]), field(map, &["end"])) else {
            return self.refuse(
                path,
                "words of the question are repeated exactly as they stand in it, as in \
                 {\"span\": \"asked\", \"words\": \"…\"}",
            );
        };
        let start = self.index(&path.field("start"), start);
        let end = self.index(&path.field("end"), end);
        Some(Span::Asked { start: start?, end: end? })
    }

    fn fact_of(
        &mut self,
        path: &Path,
        map: &Map<String, Value>,
    ) -> Option<wherefore_contract::evidence::FactRef> {
        if let Some(fact) = field(map, FACT) {
            return self.fact(&path.field("fact"), fact);
        }
        self.fact(&path.field("fact"), &Value::Object(map.clone()))
    }

    fn evidence_of(&mut self, path: &Path, map: &Map<String, Value>, own: &str) -> Option<String> {
        let id =
            field(map, &["evidence", own, "id", "evidence_id", "table"]).unwrap_or(&Value::Null);
        self.evidence_id(&path.field("evidence"), id)
    }

    fn dimension(
        &mut self,
        path: &Path,
        map: &Map<String, Value>,
        own: &str,
    ) -> Option<wherefore_contract::dimension::Dimension> {
        let value = field(map, &["dimension", own, "name", "value"]).unwrap_or(&Value::Null);
        let as_written = value.as_str().and_then(|text| text.trim().parse().ok());
        match as_written.or_else(|| spelled(value.as_str()?).parse().ok()) {
            Some(dimension) => Some(dimension),
            None => self.refuse(
                &path.field("dimension"),
                format!(
                    "{} is no dimension; write it as in \"cloud_service\" or \"tag:team\"",
                    quoted(value)
                ),
            ),
        }
    }
}

/// The kind of a span and the word that said so; an error says how spans are written.
fn kind_of(map: &Map<String, Value>) -> Result<(Kind, String), String> {
    let named = |word: &str| {
        let known = KINDS.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
        known.or_else(|| is_op(word).then_some(Kind::Calc))
    };
    if let Some(tag) = field(map, &["span", "span_type"]).and_then(Value::as_str) {
        let word = spelled(tag);
        let kind = named(&word)
            .ok_or_else(|| format!("`{tag}` is no kind of span; write spans as in {EXAMPLES}"))?;
        return Ok((kind, word));
    }
    let tagged = ["type", "kind"].iter().filter_map(|name| map.get(*name)?.as_str());
    for tag in tagged {
        let word = spelled(tag);
        if let Some(kind) = named(&word) {
            return Ok((kind, word));
        }
    }
    // `{"calc": {"op": …}}`: the only field is the kind and holds the rest.
    if let (1, Some((key, Value::Object(_)))) = (map.len(), map.iter().next())
        && let Some(kind) = named(key).filter(|kind| *kind != Kind::Period)
    {
        return Ok((kind, key.clone()));
    }
    if let Some(kind) = told_by_fields(map) {
        return Ok((kind, String::new()));
    }
    // `{"name": "e1/0/cloud_service"}`: the only field is the kind and holds the cell.
    let mut kinds = map.keys().filter_map(|key| Some((named(key)?, key.clone())));
    match (kinds.next(), kinds.next()) {
        (Some(found), None) => Ok(found),
        (Some(_) | None, _) => Err(format!("this is no span; write spans as in {EXAMPLES}")),
    }
}

fn is_op(word: &str) -> bool {
    OPS.iter().any(|(other, _)| *other == word)
        || serde_json::from_value::<CalcOp>(Value::String(word.to_owned())).is_ok()
}

/// Fields that only one kind of span has.
fn told_by_fields(map: &Map<String, Value>) -> Option<Kind> {
    let has = |name: &str| map.contains_key(name);
    let is_number = |name: &str| map.get(name).is_some_and(|value| as_index(value).is_some());
    if has("op") || has("operation") || has("operands") {
        Some(Kind::Calc)
    } else if has("particle") {
        Some(Kind::Particle)
    } else if has("which") {
        Some(Kind::Extreme)
    } else if has("start") && has("end") {
        Some(if is_number("start") { Kind::Asked } else { Kind::Period })
    } else if has("period") {
        Some(Kind::Period)
    } else if has("to") {
        Some(Kind::Trend)
    } else if has("fact") || (has("evidence") && has("row")) {
        Some(Kind::Cell)
    } else if has("text") {
        Some(Kind::Text)
    } else if has("dimension") {
        Some(Kind::Dimension)
    } else {
        (has("evidence") && map.len() == 1).then_some(Kind::Count)
    }
}

// How a figure is written never changes it, so an unknown format is the usual one.
fn format_of(map: &Map<String, Value>) -> Format {
    match field(map, &["format"]).and_then(Value::as_str).map(spelled).as_deref() {
        Some("exact") => Format::Exact,
        Some("signed") => Format::Signed,
        Some("absolute") => Format::Absolute,
        _ => Format::Auto,
    }
}
