//! One mapping between the names of tools and the names that providers allow, reversible and without collisions.
//!
//! MCP allows 128 characters with dots, and gateways put `target___` in front; Bedrock and OpenAI allow
//! `[a-zA-Z0-9_-]{1,64}`. A name that providers allow stays as it is, unless it looks like one that was made here; every
//! other becomes its beginning with a digest of the whole behind it. So two names share a wire name only where 64 bits of
//! SHA-256 agree.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _};

use sha2::{Digest as _, Sha256};
use wherefore_contract::tool::ToolSpec;

/// The most characters of a name on the wire.
/// Source: Bedrock `ToolSpecification.name` and `ToolUseBlock.toolUseId`, OpenAI `function.name`.
const LIMIT: usize = 64;
const MARK: &str = "-x";
const DIGITS: usize = 16;

/// The name of a tool as providers read it.
pub(crate) fn on_wire(name: &str) -> Cow<'_, str> {
    fitted(name, |letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
}

/// The id of a call as Bedrock reads it: `[a-zA-Z0-9_.:-]{1,64}`.
pub(crate) fn id_on_wire(id: &str) -> Cow<'_, str> {
    fitted(id, |letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | ':' | '-'))
}

fn fitted(name: &str, is_allowed: impl Fn(char) -> bool) -> Cow<'_, str> {
    let fits = !name.is_empty() && name.len() <= LIMIT && name.chars().all(&is_allowed);
    if fits && !looks_made(name) {
        return Cow::Borrowed(name);
    }
    let safe = name.chars().map(|letter| if is_allowed(letter) { letter } else { '_' });
    let mut out: String = safe.take(LIMIT - MARK.len() - DIGITS).collect();
    out.push_str(MARK);
    for byte in Sha256::digest(name.as_bytes()).iter().take(DIGITS / 2) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    Cow::Owned(out)
}

fn looks_made(name: &str) -> bool {
    let digest = name.get(name.len().saturating_sub(DIGITS)..).unwrap_or_default();
    let before = name.get(..name.len().saturating_sub(DIGITS)).unwrap_or_default();
    before.ends_with(MARK) && digest.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f'))
}

/// The way back for the tools of one request.
#[derive(Debug)]
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    pub(crate) fn of(tools: &[ToolSpec]) -> Self {
        let changed = tools.iter().filter_map(|tool| match on_wire(&tool.name) {
            Cow::Borrowed(_) => None,
            Cow::Owned(wire) => Some((wire, tool.name.clone())),
        });
        Self(changed.collect())
    }

    /// The tool that a model called. A name that was never offered comes back as it is, for the loop to refuse.
    pub(crate) fn back(&self, wire: &str) -> String {
        self.0.get(wire).cloned().unwrap_or_else(|| wire.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn tool(name: &str) -> ToolSpec {
        ToolSpec {
            name: name.to_owned(),
            description: String::new(),
            input_schema: serde_json::Map::new(),
        }
    }

    #[test]
    fn every_name_comes_back_and_no_two_share_one() {
        let long = "a".repeat(128);
        let made = on_wire("cost.query").into_owned();
        let names = [
            "query_cost",
            "cost.query",
            "cost/query",
            "cost_query",
            &made,
            "billing___query_cost",
            &long,
            &long[..127],
            "비용",
            "tool-x0123456789abcdef",
            "",
        ];
        let tools: Vec<ToolSpec> = names.iter().map(|name| tool(name)).collect();
        let back = Names::of(&tools);
        let mut seen = BTreeSet::new();
        for name in names {
            let wire = on_wire(name).into_owned();
            assert!((1..=64).contains(&wire.len()), "{wire}");
            assert!(
                wire.chars().all(|one| one.is_ascii_alphanumeric() || one == '_' || one == '-')
            );
            assert_eq!(back.back(&wire), name);
            assert!(seen.insert(wire), "{name}");
        }
        assert_eq!(on_wire("billing___query_cost"), "billing___query_cost");
    }

    #[test]
    fn a_name_that_was_never_offered_comes_back_as_it_is_and_can_be_echoed() {
        let back = Names::of(&[tool("query_cost")]);
        assert_eq!(back.back("functions.query_cost"), "functions.query_cost");
        let echoed = on_wire("functions.query_cost").into_owned();
        assert!(echoed.starts_with("functions_query_cost-x"), "{echoed}");
        assert_eq!(id_on_wire("call.1:2"), "call.1:2");
        assert!(id_on_wire("call 1").starts_with("call_1-x"));
    }
}
