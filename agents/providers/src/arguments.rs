//! The arguments of a call as models and servers really write them: mostly a JSON object in a string.

use serde_json::{Map, Value};

/// Reads the text of arguments. Nothing at all and `null` are no arguments; an object in quotes is the object; a tail that
/// repeats the end of the object is left out. Everything else is an error: half an object is never guessed to its end.
pub(crate) fn read(text: &str) -> Result<Map<String, Value>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Map::new());
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let first = match values.next() {
        Some(Ok(value)) => value,
        Some(Err(error)) => return Err(format!("the arguments are no JSON: {error}")),
        None => return Ok(Map::new()),
    };
    let end = values.byte_offset();
    let head = text.get(..end).unwrap_or_default().trim();
    let tail = text.get(end..).unwrap_or_default().trim();
    if !tail.is_empty() && !head.ends_with(tail) {
        return Err("there is more behind the arguments".to_owned());
    }
    of_value(first)
}

/// Reads arguments that came as JSON.
pub(crate) fn of_value(value: Value) -> Result<Map<String, Value>, String> {
    match value {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        // Some servers quote what is quoted already; once is enough.
        Value::String(inner) => match serde_json::from_str(&inner) {
            Ok(Value::Object(map)) => Ok(map),
            Ok(_) => Err("the arguments are no object".to_owned()),
            Err(_) if inner.trim().is_empty() => Ok(Map::new()),
            Err(error) => Err(format!("the arguments are no JSON: {error}")),
        },
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            Err("the arguments are no object".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_beginning_of_arguments_is_taken_for_the_whole() {
        let value = json!({"a": {"b": [1, -2.5, null], "c": "}\""}, "기간": "2024-09", "z": true});
        let text = value.to_string();
        for end in (1..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert!(read(&text[..end]).is_err(), "{}", &text[..end]);
        }
        assert_eq!(read(&text).map(Value::Object), Ok(value));
    }

    #[test]
    fn sloppy_arguments_are_read_and_half_ones_are_not() {
        let one = json!({"a": 1});
        for text in
            [r#"{"a":1}"#, r#" {"a":1} "#, r#"{"a":1}{"a":1}"#, r#"{"a":1}}"#, r#""{\"a\":1}""#]
        {
            assert_eq!(read(text).map(Value::Object), Ok(one.clone()), "{text}");
        }
        for text in ["", "  ", "null", "{}", r#""""#] {
            assert_eq!(read(text), Ok(Map::new()), "{text}");
        }
        for text in [r#"{"a":"#, r#"{"a":1}{"b":2}"#, "[1]", "7", "get cost", r#""get cost""#] {
            assert!(read(text).is_err(), "{text}");
        }
        let exact = read(r#"{"id":9007199254740993}"#).unwrap();
        assert_eq!(exact["id"].to_string(), "9007199254740993");
    }
}
