//! A valid answer, written sloppily in a thousand ways, keeps its meaning.

use rand::{RngExt as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

use super::*;

#[test]
fn an_answer_survives_a_thousand_sloppy_hands() {
    let meant = joined(serde_json::from_value(whole()).unwrap());
    for seed in 0..2_000 {
        let sloppy = submission(&mut ChaCha8Rng::seed_from_u64(seed));
        let read = read(sloppy.clone()).map(joined);
        assert_eq!(read.as_ref(), Ok(&meant), "seed {seed}: {sloppy}");
    }
}

fn submission(random: &mut ChaCha8Rng) -> Value {
    let mut out = Map::new();
    for (name, value) in object(whole()) {
        let value = match name.as_str() {
            "headline" => sentence(&value, random),
            "body" => value.as_array().unwrap().iter().map(|one| sentence(one, random)).collect(),
            "next" => {
                let one = sentence(&value[0], random);
                if one.is_string() && random.random() { one } else { json!([one]) }
            }
            "status" | "scale" => cased(&value, random),
            "verdict" => json!({"unit_cost_from": fact("e2/0/billed_cost", random)}),
            "result" => result(random),
            "tables" => {
                maybe_single(&json!([{"evidence": "e1", "columns": columns(random)}]), random)
            }
            "charts" => maybe_single(&with_sentence(&value, "title", random), random),
            "findings" | "gaps" | "assumptions" => {
                maybe_single(&with_sentence(&value, "sentence", random), random)
            }
            _ => value,
        };
        out.insert(name_cased(&name, random), in_string(value, random));
    }
    if random.random() {
        out.insert("confidence".into(), json!("high"));
    }
    let whole = Value::Object(out);
    match random.random_range(0..6) {
        0 => json!({"answer": whole}),
        1 => json!({"arguments": whole}),
        2 => json!({"submit_answer": format!("```json\n{whole}\n```")}),
        3 => json!({"name": "submit_answer", "parameters": whole.to_string()}),
        _ => whole,
    }
}

/// The entries with one of their sentences written sloppily.
fn with_sentence(entries: &Value, field: &str, random: &mut ChaCha8Rng) -> Value {
    let mut out = Vec::new();
    for entry in entries.as_array().unwrap() {
        let mut entry = object(entry.clone());
        entry.insert(field.into(), sentence(&entry[field], random));
        if random.random() {
            entry.insert("extra".into(), Value::Null);
        }
        out.push(Value::Object(entry));
    }
    Value::Array(out)
}

fn sentence(value: &Value, random: &mut ChaCha8Rng) -> Value {
    let spans = value.as_array().unwrap();
    if random.random_range(0..4) == 0
        && let Some(template) = template(spans)
    {
        return json!(template);
    }
    let mut out: Vec<Value> = spans.iter().map(|one| span(one, random)).collect();
    match random.random_range(0..5) {
        0 if out.len() == 1 && out[0].is_object() => out.remove(0),
        1 => json!({ "sentence": out }),
        2 => json!({ "spans": out }),
        3 => json!(Value::Array(out).to_string()),
        _ if out.iter().any(Value::is_object) => Value::Array(out),
        _ => json!([out]),
    }
}

/// The sentence as a text with placeholders, where each of its spans has one.
fn template(spans: &[Value]) -> Option<String> {
    let one = |span: &Value| {
        let fact = span["fact"].as_str();
        Some(match span["span"].as_str()? {
            "text" => span["text"].as_str()?.to_owned(),
            "value" => format!("{{{{{}}}}}", fact?),
            "name" => format!("{{{{name {}}}}}", fact?),
            "measure" => format!("{{{{measure: {}}}}}", fact?),
            "count" => format!("{{{{count({})}}}}", span["evidence"].as_str()?),
            "period" => "{{period 2024-09}}".to_owned(),
            _ => return None,
        })
    };
    spans.iter().map(one).collect()
}

fn span(value: &Value, random: &mut ChaCha8Rng) -> Value {
    let mut map = object(value.clone());
    let kind = map["span"].as_str().unwrap().to_owned();
    for name in ["fact", "from", "to"] {
        if let Some(text) = map.get(name).and_then(Value::as_str).map(str::to_owned) {
            map.insert(name.into(), fact(&text, random));
        }
    }
    if let Some(facts) = map.get("facts").and_then(Value::as_array).cloned() {
        let facts = facts.iter().map(|text| fact(text.as_str().unwrap(), random)).collect();
        map.insert("facts".into(), facts);
    }
    for name in ["op", "which", "particle", "span"] {
        if let Some(word) = map.get(name).cloned() {
            map.insert(name.into(), cased(&word, random));
        }
    }
    if kind == "asked" && random.random() {
        map = object(json!({"span": "asked", "start": "9", "end": "19"}));
    }
    let told =
        ["text", "value", "calc", "trend", "extreme", "period", "asked", "particle", "dimension"];
    match random.random_range(0..5) {
        0 if kind == "text" => map["text"].clone(),
        1 if told.contains(&kind.as_str()) => {
            map.remove("span");
            Value::Object(map)
        }
        2 if kind != "text" && kind != "asked" => {
            map.remove("span");
            json!({ kind: map })
        }
        3 => {
            map.insert("note".into(), Value::Null);
            map.insert("confidence".into(), json!(1));
            Value::Object(map)
        }
        _ => Value::Object(map),
    }
}

fn fact(text: &str, random: &mut ChaCha8Rng) -> Value {
    let parts: Vec<&str> = text.split('/').collect();
    let [id, row, column] = parts[..] else { panic!("{text}") };
    match random.random_range(0..9) {
        0 => json!({"evidence": id, "row": row.parse::<u32>().unwrap(), "column": column}),
        1 => json!({"evidence": id.to_uppercase(), "row": row, "column": column.to_uppercase()}),
        2 => json!(format!("{id}#{row}#{column}")),
        3 => json!(format!("{id}[{row}].{column}")),
        4 => json!(format!(" {id} / {row} / {column} ")),
        5 => json!([id, row, column]),
        6 => json!(format!("{{{{{text}}}}}")),
        _ => json!(text),
    }
}

fn result(random: &mut ChaCha8Rng) -> Value {
    let fact = fact("e2/0/billed_cost", random);
    match random.random_range(0..5) {
        0 => json!({"type": "scalar", "name": "billed_cost", "value": fact}),
        1 => json!({"scalar": {"name": "billed_cost", "value": {"fact": fact}}}),
        2 if fact.is_string() => fact,
        3 => {
            json!({"result": "Scalar", "name": "billed_cost", "value": {"span": "value", "fact": fact}})
        }
        _ => json!({"result": "scalar", "name": "billed_cost", "value": {"fact": fact}}),
    }
}

fn columns(random: &mut ChaCha8Rng) -> Value {
    let ways = [
        json!(["cloud_service", "billed_cost"]),
        json!("cloud_service, billed_cost"),
        json!(["Cloud Service", "BILLED_COST"]),
        json!([{"name": "cloud_service"}, {"column": "billed_cost"}]),
    ];
    ways.choose(random).unwrap().clone()
}

fn maybe_single(list: &Value, random: &mut ChaCha8Rng) -> Value {
    if random.random() { list[0].clone() } else { list.clone() }
}

fn in_string(value: Value, random: &mut ChaCha8Rng) -> Value {
    let is_whole = value.is_array() || value.is_object();
    if is_whole && random.random_range(0..5) == 0 { json!(value.to_string()) } else { value }
}

fn cased(word: &Value, random: &mut ChaCha8Rng) -> Value {
    let word = word.as_str().unwrap();
    json!(match random.random_range(0..4) {
        0 => word.to_uppercase(),
        1 => word.replace('_', "-"),
        2 => format!(" {word} "),
        _ => word.to_owned(),
    })
}

fn name_cased(name: &str, random: &mut ChaCha8Rng) -> String {
    if random.random_range(0..4) == 0 {
        name[..1].to_uppercase() + &name[1..]
    } else {
        name.to_owned()
    }
}
