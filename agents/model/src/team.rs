//! What the roles of a team say to each other: a task on the way down, findings on the way up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wherefore_contract::draft::{DraftFinding, DraftGap};

/// The role that talks to the person and calls the others as tools.
pub const ORCHESTRATOR: &str = "orchestrator";
/// The role, and the tool, that says what is loaded and what names resolve to.
pub const COLLECTOR: &str = "collector";
/// The role, and the tool, that gets figures.
pub const ANALYZER: &str = "analyzer";
/// The role, and the tool, that looks for causes.
pub const RESEARCH: &str = "research";
/// The tool that ends a sub-agent's work; its arguments are [`Findings`].
pub const SUBMIT_FINDINGS: &str = "submit_findings";
/// The tool that ends the orchestrator's work; its arguments are a `Draft`.
pub const SUBMIT_ANSWER: &str = "submit_answer";

/// Arguments of a call of a sub-agent. They become the first message of its conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    /// What to find out, in one or two sentences. The sub-agent sees this and the question, nothing
    /// else.
    pub task: String,
    /// The same as typed fields, where they are known: measures, periods, filters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Map<String, Value>>,
}

/// Arguments of `submit_findings`: what a sub-agent found and what is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Findings {
    #[serde(default)]
    pub findings: Vec<DraftFinding>,
    #[serde(default)]
    pub gaps: Vec<DraftGap>,
}

impl JsonSchema for Findings {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Findings".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        wherefore_contract::draft::schema::findings()
    }
}

#[cfg(test)]
mod tests {
    use schemars::generate::SchemaSettings;
    use wherefore_contract::draft::Draft;

    use super::*;

    fn of<T: JsonSchema>() -> Value {
        SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value()
    }

    #[test]
    fn an_answer_has_one_compact_schema_without_room_for_digits() {
        let schema = of::<Draft>();
        let size = schema.to_string().len();
        assert!(size < 6_000, "{size} bytes");
        insta::assert_json_snapshot!(schema);
    }

    #[test]
    fn findings_have_one_compact_schema_without_room_for_digits() {
        let schema = of::<Findings>();
        let size = schema.to_string().len();
        assert!(size < 3_500, "{size} bytes");
        insta::assert_json_snapshot!(schema);
    }

    #[test]
    fn every_reference_of_a_schema_leads_somewhere_and_never_to_itself() {
        fn check(value: &Value, root: &Value, path: &[&str]) {
            if let Some(target) = value.get("$ref").and_then(Value::as_str) {
                assert!(!path.contains(&target), "{target} holds itself");
                let held = root.pointer(target.trim_start_matches('#')).expect(target);
                check(held, root, &[path, &[target]].concat());
            }
            let inner: Vec<&Value> = match value {
                Value::Object(map) => map
                    .iter()
                    .filter(|(name, _)| *name != "$defs")
                    .map(|(_, value)| value)
                    .collect(),
                Value::Array(items) => items.iter().collect(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
            };
            for value in inner {
                check(value, root, path);
            }
        }
        for schema in [of::<Draft>(), of::<Findings>()] {
            check(&schema, &schema, &[]);
        }
    }
}
