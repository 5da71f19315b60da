//! What a remote tool is called here: `server__tool`, never the name of another tool.

use sha2::{Digest as _, Sha256};

/// Stands between the server and the tool. Names of servers hold no underscore, so the first one ends the server.
const BETWEEN: &str = "__";

/// The longest name that MCP allows (2026-07-28, server/tools.mdx).
pub(crate) const NAME_LIMIT: usize = 128;

/// Hexadecimal digits that tell cut names apart.
const MARK: usize = 10;

/// A name of ours in its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments<'a> {
    /// The server as settings name it.
    pub server: &'a str,
    /// The target behind a gateway, where the tool's name carries one.
    pub target: Option<&'a str>,
    /// The tool without its target.
    pub tool: &'a str,
}

/// The name here of a server's tool. One that would be longer than MCP allows is cut and marked with a part of its hash.
pub(crate) fn ours(server: &str, tool: &str) -> String {
    let whole = format!("{server}{BETWEEN}{tool}");
    if whole.len() <= NAME_LIMIT {
        return whole;
    }
    let mark = hex(&Sha256::digest(whole.as_bytes()));
    let kept = whole.get(..NAME_LIMIT - MARK - 1).unwrap_or(server);
    format!("{kept}-{}", mark.get(..MARK).unwrap_or_default())
}

/// Whether a server may be called that: small letters, digits and hyphens, a letter first, at most 32.
pub(crate) fn is_server(name: &str) -> bool {
    name.len() <= 32
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|each| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '-')
}

/// Whether MCP allows a tool of that name: 1 to 128 letters, digits, `_`, `-` and `.`.
pub(crate) fn is_tool(name: &str) -> bool {
    (1..=NAME_LIMIT).contains(&name.len())
        && name.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '_' | '-' | '.'))
}

/// A name of ours in its parts; `None` for tools of our own. A gateway names its tools `target___tool`, older ones
/// `target__tool`; targets hold no underscore.
#[must_use]
pub fn segments(name: &str) -> Option<Segments<'_>> {
    let (server, tool) = name.split_once(BETWEEN).filter(|(server, _)| is_server(server))?;
    let split = tool.split_once("___").or_else(|| tool.split_once(BETWEEN));
    let is_target = |target: &str| {
        !target.is_empty() && target.chars().all(|each| each.is_ascii_alphanumeric() || each == '-')
    };
    Some(match split.filter(|(target, rest)| is_target(target) && !rest.is_empty()) {
        Some((target, rest)) => Segments { server, target: Some(target), tool: rest },
        None => Segments { server, target: None, tool },
    })
}

/// Bytes in small hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_name_leads_back_to_its_server_target_and_tool() {
        for (server, tool, target, rest) in [
            ("logs", "query", None, "query"),
            ("gateway", "billing___get_cost", Some("billing"), "get_cost"),
            ("gateway", "billing__get_cost", Some("billing"), "get_cost"),
            ("logs", "__odd", None, "__odd"),
            ("logs", "a_b__c", None, "a_b__c"),
        ] {
            let name = ours(server, tool);
            assert_eq!(segments(&name), Some(Segments { server, target, tool: rest }), "{name}");
        }
        for own in ["query_cost", "submit_answer", "explain_unit_cost"] {
            assert_eq!(segments(own), None);
        }
    }

    #[test]
    fn no_two_tools_of_any_servers_share_a_name() {
        let long: Vec<String> = (0..50).map(|at| format!("{}{at}", "x".repeat(120))).collect();
        let tools = ["a", "b__c", "_a", "__a", "a___b", "a__b"]
            .into_iter()
            .chain(long.iter().map(String::as_str));
        let mut seen = BTreeSet::new();
        for tool in tools {
            for server in ["a", "b", "a-b", "a-server-with-a-very-long-name-0"] {
                let name = ours(server, tool);
                assert!(name.len() <= NAME_LIMIT && is_tool(&name), "{name}");
                assert!(seen.insert(name.clone()), "{name}");
            }
        }
    }

    #[test]
    fn a_server_is_named_without_what_separates() {
        for bad in ["", "Logs", "a_b", "1st", "a b", "a__b", "an-exceedingly-long-name-of-a-server"]
        {
            assert!(!is_server(bad), "{bad}");
        }
        assert!(!is_tool("a/b") && !is_tool("") && !is_tool("한") && is_tool("a.b-c_D9"));
    }
}
