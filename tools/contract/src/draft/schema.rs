//! What a language model is told about the form of an answer: one compact schema with no room for digits.
//!
//! It is written by hand and not derived: the derived one has a branch for every kind of span with its whole documentation,
//! which is several times the size, and every call of the orchestrator carries it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::Draft;

/// Text without digits. The gate refuses much more; what endpoints with constrained decoding can hold is this.
const NO_DIGITS: &str = "^[^0-9]*$";
/// Evidence, row from zero, column: the columns of tags hold any character.
const FACT: &str = "^e[0-9]+/[0-9]+/.+$";

impl JsonSchema for Draft {
    fn schema_name() -> Cow<'static, str> {
        "Answer".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schema(answer())
    }
}

/// The arguments of `submit_findings`, for the type that reads them.
#[must_use]
pub fn findings() -> Schema {
    schema(json!({
        "type": "object",
        "additionalProperties": false,
        "properties": { "findings": list(&finding()), "gaps": list(&gap()) },
        "$defs": definitions(),
    }))
}

fn schema(value: Value) -> Schema {
    match value {
        Value::Object(map) => Schema::from(map),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Schema::from(Map::new())
        }
    }
}

fn answer() -> Value {
    let words = |words: &[&str]| json!({ "type": "string", "enum": words });
    let said =
        |description: &str| json!({ "$ref": "#/$defs/sentence", "description": description });
    let named = json!({ "type": "string" });
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["status", "headline"],
        "properties": {
            "status": words(&["answered", "partial", "declined", "needs_clarification"]),
            "headline": said("The direct answer."),
            "body": { "type": "array", "items": sentence(), "description": "What is behind it, a paragraph each." },
            "result": result(),
            "tables": list(&object(&[("evidence", id())], &[("columns", names())])),
            "verdict": {
                "type": "object",
                "additionalProperties": fact(),
                "description": "Named figures beside the result, e.g. unit_cost_from.",
            },
            "findings": list(&finding()),
            "assumptions": list(&object(&[("code", named), ("sentence", sentence())], &[])),
            "gaps": list(&gap()),
            "charts": list(&object(
                &[
                    ("title", sentence()),
                    ("kind", words(&["bars", "stacked_bars", "line", "waterfall"])),
                    ("evidence", id()),
                    ("x", json!({ "type": "string", "description": "Column of names or time." })),
                    ("y", names()),
                ],
                &[("series", json!({ "type": "string" }))],
            )),
            "next": { "type": "array", "items": sentence(), "description": "Questions to ask next." },
            "scale": {
                "type": "string",
                "enum": ["thousand", "million", "billion", "man", "eok", "grouped"],
                "description": "Only if the question asks for amounts in such a unit (만, 억).",
            },
        },
        "$defs": with_cells(definitions()),
    })
}

fn result() -> Value {
    let cell = json!({ "$ref": "#/$defs/cell" });
    let tag = |word: &str| ("result", json!({ "type": "string", "enum": [word] }));
    let rows = json!({ "type": "array", "items": { "type": "array", "items": cell } });
    json!({
        "description": "The same for machines: one figure, all rows of evidence, or chosen cells.",
        "anyOf": [
            object(&[tag("none")], &[]),
            object(&[tag("scalar"), ("name", json!({ "type": "string" })), ("value", cell.clone())], &[]),
            object(&[tag("rows"), ("evidence", id())], &[("columns", names())]),
            object(&[tag("cells"), ("columns", names()), ("rows", rows)], &[]),
        ],
    })
}

fn finding() -> Value {
    let ids = json!({ "type": "array", "items": id() });
    object(&[("sentence", sentence()), ("evidence", ids)], &[])
}

fn gap() -> Value {
    let code = json!({
        "type": "string",
        "description": "missing_period, missing_column, missing_volumes, unknown_entity, out_of_scope, not_understood, …",
    });
    let source =
        json!({ "type": "string", "description": "cost, transactions, catalog or question" });
    object(
        &[("code", code), ("source", source), ("sentence", sentence())],
        &[(
            "effect",
            json!({ "$ref": "#/$defs/sentence", "description": "What it means for the answer." }),
        )],
    )
}

/// What sentences are made of.
fn definitions() -> Value {
    json!({
        "fact": {
            "type": "string",
            "pattern": FACT,
            "description": "evidence/row/column, rows from zero: e1/0/billed_cost",
        },
        "op": {
            "type": "string",
            "enum": [
                "sum", "difference", "ratio", "share", "percent", "percent_apart", "percent_change", "per_day", "mean",
            ],
        },
        "sentence": { "type": "array", "items": { "anyOf": spans() } },
    })
}

/// The same with a fact or a calculation, as results hold them.
fn with_cells(mut definitions: Value) -> Value {
    if let Some(definitions) = definitions.as_object_mut() {
        let cell = json!({ "anyOf": [
            object(&[("fact", fact())], &[]),
            object(&[("calc", object(&[("op", op()), ("facts", facts())], &[]))], &[]),
        ]});
        definitions.insert("cell".to_owned(), cell);
    }
    definitions
}

fn spans() -> Value {
    let span = |kinds: &[&str], required: &[(&str, Value)], optional: &[(&str, Value)]| {
        let mut all = vec![("span", json!({ "type": "string", "enum": kinds }))];
        all.extend(required.iter().cloned());
        object(&all, optional)
    };
    let text = json!({ "type": "string", "pattern": NO_DIGITS });
    let format = json!({ "type": "string", "enum": ["auto", "exact", "signed", "absolute"] });
    let which = json!({ "type": "string", "enum": ["largest", "smallest"] });
    let style = json!({ "type": "string", "enum": ["verb", "noun"] });
    let day = json!({ "type": "string" });
    let period = object(&[("start", day.clone()), ("end", day)], &[]);
    let words = json!({ "type": "string", "description": "Copied from the question." });
    let dimension = json!({ "type": "string" });
    let particle = json!({ "type": "string", "enum": ["topic", "subject", "object", "toward", "and", "copula"] });
    json!([
        span(&["text"], &[("text", text)], &[]),
        span(&["value"], &[("fact", fact())], &[("format", format.clone())]),
        span(&["name", "measure"], &[("fact", fact())], &[]),
        span(&["calc"], &[("op", op()), ("facts", facts())], &[("format", format)]),
        span(&["trend"], &[("to", fact())], &[("from", fact()), ("style", style)]),
        span(&["extreme", "place"], &[("fact", fact()), ("which", which)], &[]),
        span(&["period"], &[("period", period)], &[]),
        span(&["count", "terms"], &[("evidence", id())], &[]),
        span(&["asked"], &[("words", words)], &[]),
        span(&["dimension", "since"], &[("dimension", dimension)], &[]),
        span(&["particle"], &[("particle", particle)], &[]),
    ])
}

fn object(required: &[(&str, Value)], optional: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = required.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> = required
        .iter()
        .chain(optional)
        .map(|(name, of)| ((*name).to_owned(), of.clone()))
        .collect();
    json!({ "type": "object", "properties": properties, "required": names })
}

fn list(of: &Value) -> Value {
    json!({ "type": "array", "items": of })
}

fn sentence() -> Value {
    json!({ "$ref": "#/$defs/sentence" })
}

fn fact() -> Value {
    json!({ "$ref": "#/$defs/fact" })
}

fn facts() -> Value {
    json!({ "type": "array", "items": fact() })
}

fn op() -> Value {
    json!({ "$ref": "#/$defs/op" })
}

fn id() -> Value {
    json!({ "type": "string", "pattern": "^e[0-9]+$" })
}

fn names() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}
