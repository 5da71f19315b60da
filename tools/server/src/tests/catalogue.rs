use serde_json::Value;

use super::Estate;
use crate::catalogue::{ToolName, catalogue};

#[test]
fn every_tool_only_reads_and_says_when_to_use_it_and_when_not() {
    for (_, tool) in catalogue().iter() {
        let hints = tool.annotations.as_ref().unwrap();
        assert_eq!(hints.read_only_hint, Some(true), "{}", tool.name);
        assert_eq!(hints.destructive_hint, Some(false), "{}", tool.name);
        assert_eq!(hints.idempotent_hint, Some(true), "{}", tool.name);
        assert_eq!(hints.open_world_hint, Some(false), "{}", tool.name);
        let description = tool.description.as_deref().unwrap();
        assert!(description.chars().count() <= 400, "{} is described at length", tool.name);
        assert!(description.contains("Use it ") && description.contains("Do not use it "));
    }
}

#[test]
fn every_schema_has_an_object_at_its_root() {
    for (_, tool) in catalogue().iter() {
        let kind = |schema: &serde_json::Map<String, Value>| schema.get("type").cloned();
        assert_eq!(kind(&tool.input_schema), Some("object".into()), "{}", tool.name);
        assert_eq!(kind(tool.output_schema.as_ref().unwrap()), Some("object".into()));
    }
}

#[test]
fn the_catalogue_is_what_models_were_shown() {
    let shown: Vec<Value> = Estate::default()
        .tools()
        .catalogue()
        .map(|tool| {
            serde_json::json!({
                "name": tool.name,
                "description": tool.description,
                "input_schema": tool.input_schema,
            })
        })
        .collect();
    assert_eq!(shown.len(), ToolName::ALL.len());
    insta::assert_json_snapshot!(shown);
}

#[test]
fn all_tools_give_the_same_kind_of_result() {
    let catalogue = catalogue();
    let schema = |at: usize| catalogue[at].1.output_schema.clone();
    for at in 1..catalogue.len() {
        assert_eq!(schema(0), schema(at));
    }
    insta::assert_json_snapshot!("output_schema", schema(0));
}
