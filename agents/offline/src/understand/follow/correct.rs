//! A reading that a caller corrected: it is answered as it stands, once it is checked.

use serde_json::{Map, Value};
use wherefore_contract::question::Question;

use super::{merge::stripped, settle};
use crate::request::{Decline, Known, Reading, Reason, Understanding};

// More than any question asks for; a request is answered by a few statements.
const LIST_LIMIT: usize = 32;
const VALUE_LIMIT_BYTES: usize = 1024;

/// A map that is no request.
#[derive(Debug, thiserror::Error)]
pub enum InvalidRequest {
    #[error(
        "the request is no reading of a question: {reason}; send back the `reading` of an answer, with its fields changed"
    )]
    Shape { reason: String },
    #[error("`{field}` of the request has {count} entries; the limit is {LIST_LIMIT}")]
    TooMany { field: &'static str, count: usize },
    #[error("a value of the request is {bytes} bytes long; the limit is {VALUE_LIMIT_BYTES}")]
    TooLong { bytes: usize },
}

/// The reading that `request` writes, without the places of its words. Fields that are left out are empty.
///
/// # Errors
/// When a field is unknown, of the wrong type, or longer than any question needs.
pub fn corrected(request: &Map<String, Value>) -> Result<Reading, InvalidRequest> {
    let reading: Reading = serde_json::from_value(Value::Object(request.clone()))
        .map_err(|error| InvalidRequest::Shape { reason: error.to_string() })?;
    let lists = [
        ("measures", reading.measures.len()),
        ("dimensions", reading.dimensions.len()),
        ("conditions", reading.conditions.len()),
        ("sides", reading.sides.len()),
    ];
    if let Some((field, count)) = lists.into_iter().find(|(_, count)| *count > LIST_LIMIT) {
        return Err(InvalidRequest::TooMany { field, count });
    }
    let sides = reading.sides.iter().flat_map(|side| &side.conditions);
    for held in reading.conditions.iter().chain(sides) {
        if held.filter.values.len() > LIST_LIMIT {
            let count = held.filter.values.len();
            return Err(InvalidRequest::TooMany { field: "values", count });
        }
        let long =
            held.filter.values.iter().map(String::len).find(|bytes| *bytes > VALUE_LIMIT_BYTES);
        if let Some(bytes) = long {
            return Err(InvalidRequest::TooLong { bytes });
        }
    }
    Ok(stripped(&reading))
}

/// The request as it can be answered.
pub(super) fn understand(
    request: &Map<String, Value>,
    question: &Question,
    known: &Known,
) -> Understanding {
    match corrected(request) {
        Ok(reading) => settle::settled(reading, question, known),
        // Surfaces check a request before they ask; one that slips through is not guessed at.
        Err(_) => Understanding::Declined(Decline {
            reason: Reason::NotUnderstood,
            asked: Vec::new(),
            nearest: Vec::new(),
            period: None,
        }),
    }
}
