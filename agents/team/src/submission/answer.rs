//! Whole answers and findings from their fields.

use serde_json::{Map, Value};
use wherefore_contract::draft::{Draft, DraftAssumption, DraftFinding, DraftGap, Sentence, Span};
use wherefore_model::Findings;

use super::{
    envelope::spelled_fields,
    form::{Path, Reader, field, opened},
};

/// The code of a gap or an assumption that came without one.
const UNNAMED_GAP: &str = "limit";
const UNNAMED_ASSUMPTION: &str = "read_as";

/// An answer; `None` where a part that no answer can lack is missing, and the reader holds the problem.
pub(super) fn draft(reader: &mut Reader<'_>, map: &Map<String, Value>) -> Option<Draft> {
    let root = Path::root;
    let status = match map.get("status") {
        Some(status) => {
            let also = [("clarification_needed", "needs_clarification"), ("refused", "declined")];
            let list = "answered, partial, declined, needs_clarification";
            reader.word(&root("status"), status, &also, list)
        }
        None => reader.refuse(
            &root("status"),
            "it is missing; write answered, partial, declined or needs_clarification",
        ),
    };
    let headline = match map.get("headline") {
        Some(headline) => reader.sentence(&root("headline"), headline),
        None => Some(Sentence::default()),
    };
    let headline = headline.and_then(|headline| {
        if headline.0.iter().any(|span| !matches!(span, Span::Text { text } if text.trim().is_empty())) {
            return Some(headline);
        }
        reader.refuse(
            &root("headline"),
            "it is missing; write one sentence as spans, as in [{\"span\": \"text\", \"text\": \"We spent \"}, \
             {\"span\": \"value\", \"fact\": \"e1/0/billed_cost\"}, {\"span\": \"text\", \"text\": \".\"}]",
        )
    });
    let body = reader.sentences(&root("body"), map.get("body"));
    let tables = each(reader, "tables", map.get("tables"), Reader::table);
    let result = reader.result(&root("result"), map.get("result"));
    let verdict = reader.verdict(&root("verdict"), map.get("verdict"));
    let findings = each(reader, "findings", map.get("findings"), finding);
    let assumptions = each(reader, "assumptions", map.get("assumptions"), assumption);
    let gaps = each(reader, "gaps", map.get("gaps"), gap);
    let charts = each(reader, "charts", map.get("charts"), Reader::chart);
    let next = reader.sentences(&root("next"), map.get("next"));
    let scale = match map.get("scale").filter(|value| value.as_str() != Some("")) {
        Some(scale) => {
            reader.word(&root("scale"), scale, &[], "thousand, million, billion, man, eok, grouped")
        }
        None => None,
    };
    Some(Draft {
        status: status?,
        reading: map.get("reading").and_then(Value::as_object).cloned(),
        headline: headline?,
        body,
        tables,
        result: result?,
        verdict,
        // Code ranks causes; a model has no say in them.
        hypotheses: Vec::new(),
        findings,
        assumptions,
        gaps,
        charts,
        next,
        scale,
    })
}

/// Findings; what cannot be read is with the reader.
pub(super) fn findings(reader: &mut Reader<'_>, map: &Map<String, Value>) -> Findings {
    // One finding given in place of the list.
    let whole = Value::Object(map.clone());
    let is_one = map.contains_key("sentence") || map.contains_key("finding");
    let list = map.get("findings").or_else(|| map.get("finding")).or(is_one.then_some(&whole));
    Findings {
        findings: each(reader, "findings", list, finding),
        gaps: each(reader, "gaps", map.get("gaps"), gap),
    }
}

/// Every entry of a list; entries that cannot be read are left to the problems.
fn each<'a, T>(
    reader: &mut Reader<'a>,
    name: &str,
    value: Option<&Value>,
    read: fn(&mut Reader<'a>, &Path, &Value) -> Option<T>,
) -> Vec<T> {
    let path = Path::root(name);
    let opened = value.and_then(opened);
    let value = opened.as_ref().or(value);
    // A list of spans in place of a list of sentences is one sentence.
    let items = match value {
        Some(list @ Value::Array(items)) if is_bare_spans(items) => vec![list.clone()],
        _ => Reader::list(value),
    };
    items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| read(reader, &path.at(index), item))
        .collect()
}

fn is_bare_spans(items: &[Value]) -> bool {
    let tagged =
        |item: &Value| item.as_object().is_some_and(|map| spelled_fields(map).contains_key("span"));
    !items.is_empty()
        && items.iter().all(|item| tagged(item) || item.is_string())
        && items.iter().any(tagged)
}

/// The fields of an entry, and the value that holds its sentence.
fn entry(value: &Value) -> (Map<String, Value>, Value) {
    let opened = opened(value);
    let value = opened.as_ref().unwrap_or(value);
    let Value::Object(map) = value else { return (Map::new(), value.clone()) };
    let map = spelled_fields(map);
    let names = [
        "sentence",
        "text",
        "spans",
        "statement",
        "finding",
        "description",
        "message",
        "gap",
        "assumption",
    ];
    let sentence = match field(&map, &names) {
        Some(sentence) if !map.contains_key("span") => sentence.clone(),
        Some(_) | None => value.clone(),
    };
    (map, sentence)
}

fn finding(reader: &mut Reader<'_>, path: &Path, value: &Value) -> Option<DraftFinding> {
    let (map, sentence) = entry(value);
    let sentence = reader.sentence(&path.field("sentence"), &sentence)?;
    let mut evidence = Vec::new();
    for (index, id) in ids(&map).iter().enumerate() {
        evidence.push(reader.evidence_id(&path.field("evidence").at(index), id)?);
    }
    // What its spans cite is what it rests on.
    if evidence.is_empty() {
        for id in sentence.0.iter().flat_map(Span::evidence) {
            if evidence.iter().all(|known| known != id) {
                evidence.push(id.to_owned());
            }
        }
    }
    Some(DraftFinding { sentence, evidence })
}

fn ids(map: &Map<String, Value>) -> Vec<Value> {
    match field(map, &["evidence", "evidence_ids", "sources"]) {
        Some(Value::String(text)) if !text.trim_start().starts_with(['{', '[']) => text
            .split([',', ' '])
            .filter(|part| !part.is_empty())
            .map(|part| Value::String(part.to_owned()))
            .collect(),
        other => Reader::list(other),
    }
}

fn gap(reader: &mut Reader<'_>, path: &Path, value: &Value) -> Option<DraftGap> {
    let (map, sentence) = entry(value);
    let sentence = reader.sentence(&path.field("sentence"), &sentence)?;
    let effect = match field(&map, &["effect"]) {
        Some(effect) => reader.sentence(&path.field("effect"), effect)?,
        None => Sentence::default(),
    };
    Some(DraftGap {
        code: word_in(&map, "code", UNNAMED_GAP),
        source: word_in(&map, "source", "question"),
        sentence,
        effect,
    })
}

fn assumption(reader: &mut Reader<'_>, path: &Path, value: &Value) -> Option<DraftAssumption> {
    let (map, sentence) = entry(value);
    let sentence = reader.sentence(&path.field("sentence"), &sentence)?;
    Some(DraftAssumption { code: word_in(&map, "code", UNNAMED_ASSUMPTION), sentence })
}

fn word_in(map: &Map<String, Value>, name: &str, unnamed: &str) -> String {
    let word =
        field(map, &[name]).and_then(Value::as_str).map(str::trim).filter(|word| !word.is_empty());
    word.unwrap_or(unnamed).to_owned()
}
