//! What a person asked, corrected, confirmed or noted before: their own words, shown as such, never evidence.

use std::{collections::BTreeSet, fmt};

use jiff::{Timestamp, ToSpan as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    dimension::Dimension,
    filter::{Filter, FilterOp},
    period::Period,
    question::is_invisible,
};

/// The longest text of a memory, in characters.
pub const MEMORY_TEXT_LIMIT: usize = 500;

/// How many memories an answer shows, and a question carries to the models.
pub const REMEMBERED_LIMIT: usize = 3;

// The longest name that a memory explains, and the longest value that it stands for, in characters.
const NAME_LIMIT: usize = 200;

/// What kind of thing is remembered.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MemoryKind {
    /// A question that was asked, with the reading that was answered.
    Question,
    /// A question whose reading the person corrected, or a name whose meaning they gave.
    Correction,
    /// A cause that the person confirmed.
    Cause,
    /// Anything else that the person wants to be reminded of.
    Note,
}

impl MemoryKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 4] = [Self::Question, Self::Correction, Self::Cause, Self::Note];

    /// The word for it in documents: `question`, `correction`, `cause`, `note`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Correction => "correction",
            Self::Cause => "cause",
            Self::Note => "note",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A text that is no memory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMemory {
    #[error("there is no text to remember")]
    Empty,
    #[error("the text is {characters} characters long; the limit is {MEMORY_TEXT_LIMIT}")]
    TooLong { characters: usize },
    #[error("a name and what it means are each at most {NAME_LIMIT} characters and not empty")]
    Name,
}

/// A text of at most [`MEMORY_TEXT_LIMIT`] characters in one line, without characters that cannot be seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct MemoryText(String);

impl MemoryText {
    /// Cleans and bounds a text: control, bidi and zero-width characters become spaces.
    ///
    /// # Errors
    /// When nothing readable is left, or the text is over the limit.
    pub fn parse(text: &str) -> Result<Self, InvalidMemory> {
        let cleaned = cleaned(text);
        let characters = cleaned.chars().count();
        if cleaned.is_empty() {
            return Err(InvalidMemory::Empty);
        }
        if characters > MEMORY_TEXT_LIMIT {
            return Err(InvalidMemory::TooLong { characters });
        }
        Ok(Self(cleaned))
    }

    /// The same of a text that may be longer: it is cut, and an ellipsis says so.
    ///
    /// # Errors
    /// When nothing readable is left.
    pub fn cut(text: &str) -> Result<Self, InvalidMemory> {
        let cleaned = cleaned(text);
        if cleaned.chars().count() <= MEMORY_TEXT_LIMIT {
            return Self::parse(&cleaned);
        }
        let kept: String = cleaned.chars().take(MEMORY_TEXT_LIMIT - 1).collect();
        Ok(Self(kept + "…"))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MemoryText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for MemoryText {
    type Error = InvalidMemory;

    fn try_from(text: String) -> Result<Self, InvalidMemory> {
        Self::parse(&text)
    }
}

impl From<MemoryText> for String {
    fn from(text: MemoryText) -> Self {
        text.0
    }
}

fn cleaned(text: &str) -> String {
    let visible: String =
        text.chars().map(|letter| if is_invisible(letter) { ' ' } else { letter }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a person means by a name: "by 'checkout' I mean the workload checkout-api".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// The name as the person says it.
    pub said: String,
    /// The dimension it is a value of.
    pub dimension: Dimension,
    /// The value as the charges spell it.
    pub value: String,
}

impl Meaning {
    /// The same with its texts cleaned and bounded.
    ///
    /// # Errors
    /// When one of them is empty or too long.
    pub fn checked(self) -> Result<Self, InvalidMemory> {
        let bounded = |text: &str| {
            let text = cleaned(text);
            let fits = (1..=NAME_LIMIT).contains(&text.chars().count());
            fits.then_some(text).ok_or(InvalidMemory::Name)
        };
        Ok(Self {
            said: bounded(&self.said)?,
            value: bounded(&self.value)?,
            dimension: self.dimension,
        })
    }
}

/// Something that is remembered of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Memory {
    /// E.g. `m_01JD2K7W3V9Q8N4T6R5X0ZHBMA`.
    pub id: String,
    pub kind: MemoryKind,
    /// When it was asked or said, to the second.
    #[schemars(with = "String")]
    pub asked_at: Timestamp,
    /// The person's own words.
    pub text: MemoryText,
    /// The typed request that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Map<String, Value>>,
    /// What a name means; only of a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<Meaning>,
    /// The conversation that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
}

impl Memory {
    /// The names that its reading and its meaning hold.
    #[must_use]
    pub fn names(&self) -> BTreeSet<NamedValue> {
        let mut names = self.reading.as_ref().map(names_of).unwrap_or_default();
        names.extend(self.means.iter().map(|means| NamedValue {
            dimension: means.dimension.name(),
            value: means.value.clone(),
        }));
        names
    }
}

/// A value of a dimension that something is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NamedValue {
    /// As [`Dimension::name`] gives it, e.g. `cloud_service`.
    pub dimension: String,
    pub value: String,
}

/// The names that a typed request keeps to: the values of its conditions, and its workload.
#[must_use]
pub fn names_of(reading: &Map<String, Value>) -> BTreeSet<NamedValue> {
    let mut names = BTreeSet::new();
    let conditions = reading.get("conditions").and_then(Value::as_array);
    for condition in conditions.into_iter().flatten() {
        let filter = condition.get("filter").cloned().map(serde_json::from_value::<Filter>);
        let Some(Ok(filter)) = filter else { continue };
        match filter.op {
            FilterOp::In | FilterOp::Contains => {
                let dimension = filter.dimension.name();
                names.extend(
                    filter
                        .values
                        .into_iter()
                        .map(|value| NamedValue { dimension: dimension.clone(), value }),
                );
            }
            FilterOp::NotIn | FilterOp::NotContains | FilterOp::IsNull | FilterOp::NotNull => {}
        }
    }
    if let Some(workload) = reading.get("workload").and_then(Value::as_str) {
        let dimension = Dimension::Workload.name();
        names.insert(NamedValue { dimension, value: workload.to_owned() });
    }
    names
}

/// The dimension of [`months_of`].
pub const MONTH: &str = "month";

// A typed request over more months is about none of them.
const MONTHS_LIMIT: usize = 3;

/// The months that a typed request is about, e.g. `2026-04`: those of its period and of the period it compares with, where
/// each is a few months long.
#[must_use]
pub fn months_of(reading: &Map<String, Value>) -> BTreeSet<NamedValue> {
    let period = |part: &str| reading.get(part)?.get("period").cloned();
    let periods = ["period", "base"].into_iter().filter_map(period);
    periods
        .filter_map(|period| serde_json::from_value::<Period>(period).ok())
        .flat_map(|period| {
            let mut months = Vec::new();
            let mut day = period.start().date().first_of_month();
            while day.at(0, 0, 0, 0) < period.end() && months.len() <= MONTHS_LIMIT {
                months.push(format!("{:04}-{:02}", day.year(), day.month()));
                day = day.saturating_add(1.month());
            }
            if months.len() > MONTHS_LIMIT { Vec::new() } else { months }
        })
        .map(|value| NamedValue { dimension: MONTH.to_owned(), value })
        .collect()
}

/// What is looked for in a person's memories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemoryQuery<'q> {
    /// The words of a question.
    pub text: &'q str,
    /// The typed request that the words refine or that stands in their place.
    pub reading: Option<&'q Map<String, Value>>,
    /// Memories of this conversation are not looked at: it remembers itself.
    pub without: Option<&'q str>,
    /// At this time; older than the retention is forgotten.
    pub now: Timestamp,
    /// At most this many, best first.
    pub limit: usize,
}

/// What a person changes of a memory. What is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoryChange {
    pub text: Option<MemoryText>,
    pub means: Option<Meaning>,
}

/// What is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forget<'f> {
    /// The memory of this id.
    One(&'f str),
    /// The questions and corrections of this conversation. Causes and notes were said on purpose: they stay, without
    /// their link.
    From(&'f str),
    /// Everything that is remembered of the person.
    All,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_is_one_visible_line_of_bounded_length() {
        let text = MemoryText::parse(" the\u{202e} promo\n\u{1b}[31m in  March ").unwrap();
        assert_eq!(text.as_str(), "the promo [31m in March");
        assert_eq!(MemoryText::parse("\u{200b}\n"), Err(InvalidMemory::Empty));
        let long = "가".repeat(MEMORY_TEXT_LIMIT + 1);
        assert_eq!(
            MemoryText::parse(&long),
            Err(InvalidMemory::TooLong { characters: MEMORY_TEXT_LIMIT + 1 })
        );
        let cut = MemoryText::cut(&long).unwrap();
        assert_eq!(cut.as_str().chars().count(), MEMORY_TEXT_LIMIT);
        assert!(cut.as_str().ends_with('…'));
        assert!(serde_json::from_value::<MemoryText>(json!(long)).is_err());
    }

    #[test]
    fn the_names_of_a_reading_are_those_it_keeps_to() {
        let reading = json!({
            "workload": "checkout",
            "conditions": [
                { "filter": { "dimension": "cloud_service", "op": "in", "values": ["Amazon EC2"] } },
                { "filter": { "dimension": "region", "op": "not_in", "values": ["us-east-1"] } },
                { "filter": { "dimension": "nonsense" } },
            ],
        });
        let Value::Object(reading) = reading else { unreachable!() };
        let names: Vec<(String, String)> =
            names_of(&reading).into_iter().map(|name| (name.dimension, name.value)).collect();
        let pair = |dimension: &str, value: &str| (dimension.to_owned(), value.to_owned());
        assert_eq!(names, [pair("cloud_service", "Amazon EC2"), pair("workload", "checkout")]);
        let between = |start: &str, end: &str| json!({ "period": { "start": start, "end": end } });
        for (period, base, expected) in [
            (between("2026-09-01", "2026-10-01"), json!(null), vec!["2026-09"]),
            (
                between("2026-12-15", "2027-02-01"),
                between("2026-11-01", "2026-12-01"),
                vec!["2026-11", "2026-12", "2027-01"],
            ),
            (between("2026-01-01", "2027-01-01"), json!(null), vec![]),
        ] {
            let reading = json!({ "period": period, "base": base });
            let months = months_of(reading.as_object().unwrap());
            let months: Vec<&str> = months.iter().map(|month| month.value.as_str()).collect();
            assert_eq!(months, expected);
        }
    }
}
