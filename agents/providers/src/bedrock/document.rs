//! JSON as the SDK holds it and as the house holds it; integers keep all of their digits.

use aws_smithy_types::{Document, Number};
use serde_json::{Map, Value};

/// The SDK's form of a value. Its objects have no order; [`super::body`] gives the bytes one.
pub(super) fn from_map(map: &Map<String, Value>) -> Document {
    Document::Object(map.iter().map(|(key, value)| (key.clone(), from_value(value))).collect())
}

fn from_value(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(flag) => Document::Bool(*flag),
        Value::Number(number) => Document::Number(if let Some(whole) = number.as_u64() {
            Number::PosInt(whole)
        } else if let Some(whole) = number.as_i64() {
            Number::NegInt(whole)
        } else {
            Number::Float(number.as_f64().unwrap_or_default())
        }),
        Value::String(text) => Document::String(text.clone()),
        Value::Array(items) => Document::Array(items.iter().map(from_value).collect()),
        Value::Object(map) => from_map(map),
    }
}

/// The house's form of what a model sent.
pub(super) fn to_value(document: &Document) -> Value {
    match document {
        Document::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            let entries = keys
                .into_iter()
                .filter_map(|key| map.get(key).map(|value| (key.clone(), to_value(value))));
            Value::Object(entries.collect())
        }
        Document::Array(items) => Value::Array(items.iter().map(to_value).collect()),
        Document::Number(Number::PosInt(whole)) => Value::from(*whole),
        Document::Number(Number::NegInt(whole)) => Value::from(*whole),
        Document::Number(Number::Float(float)) => Value::from(*float),
        Document::String(text) => Value::from(text.as_str()),
        Document::Bool(flag) => Value::from(*flag),
        Document::Null => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_comes_back_as_it_went_with_every_digit_of_its_integers() {
        let value = json!({
            "big": 9_007_199_254_740_993_u64, "most": u64::MAX, "least": i64::MIN, "half": 0.5,
            "list": [null, true, "원"], "inner": {"a": {}},
        });
        let Value::Object(map) = &value else { panic!("an object") };
        assert_eq!(to_value(&from_map(map)), value);
    }
}
