use super::*;

const SRE: &str = "\
---
name: sre
description: Looks after checkout's errors and latency. # what the orchestrator reads
tools: [query_cost, logs__run_query]
turns: 6
seconds: 30
money_usd: 0.20
model: \"openai:small\"
---
# Who you are

You are the SRE of checkout. Templates such as {{ this }} are plain words.
";

fn is_tool(name: &str) -> bool {
    matches!(name, "query_cost" | "compare_cost" | "logs__run_query")
}

fn said(text: &str) -> String {
    read(text, "roles/sre.md", is_tool).unwrap_err().to_string()
}

#[test]
fn a_role_is_read_with_its_tools_and_budget() {
    let RoleFile { role, model } = read(SRE, "roles/sre.md", is_tool).unwrap();
    assert_eq!(role.name, "sre");
    assert_eq!(role.about, "Looks after checkout's errors and latency.");
    assert_eq!(role.tools, ["query_cost", "logs__run_query"]);
    let budget = Budget {
        money_usd: Some(Decimal::new(20, 2)),
        ..Budget::new(6, 20, Duration::from_secs(30))
    };
    assert_eq!(role.budget, budget);
    assert_eq!(model.as_deref(), Some("openai:small"));
    let RolePrompt::Own(body) = role.prompt else { panic!() };
    assert!(body.starts_with("# Who you are") && body.ends_with("plain words."), "{body}");
    let list = SRE.replace(
        "tools: [query_cost, logs__run_query]",
        "tools:\n  - query_cost\n  - 'compare_cost'",
    );
    assert_eq!(read(&list, "", is_tool).unwrap().role.tools, ["query_cost", "compare_cost"]);
    let windows = SRE.replace('\n', "\r\n");
    assert_eq!(read(&windows, "", is_tool).unwrap().role.name, "sre");
}

#[test]
fn a_role_joins_a_team_unless_its_name_is_taken() {
    let roster = super::super::Roster::default();
    let sre = read(SRE, "", is_tool).unwrap().role;
    assert!(roster.clone().with_role(sre.clone()).is_ok());
    let shadow = Role { name: "analyzer".to_owned(), ..sre };
    assert!(roster.with_role(shadow).is_err());
}

// What is replaced in a role that can be read, by what, and what is said then.
const MISTAKES: &[(&str, &str, &str)] = &[
    (
        "turns: 6",
        "turn: 6",
        "roles/sre.md, line 5: `turn` is no setting of a role; there are name, description, tools, turns, tool_calls, seconds, tokens, money_usd, model",
    ),
    (
        "turns: 6",
        "turns: many",
        "roles/sre.md, line 5: `turns` is `many`; expected a whole number from 1 to 50",
    ),
    (
        "turns: 6",
        "turns: 0",
        "roles/sre.md, line 5: `turns` is `0`; expected a whole number from 1 to 50",
    ),
    ("turns: 6", "turns: [1, 2]", "roles/sre.md, line 5: `turns` takes one value"),
    ("turns: 6", "seconds: 3", "roles/sre.md, line 6: `seconds` stands twice"),
    ("turns: 6", "turns", "roles/sre.md, line 5: `turns` is no `key: value`"),
    ("0.20", "-1", "roles/sre.md, line 7: `money_usd` is `-1`; expected US dollars such as 0.20"),
    (
        "query_cost,",
        "delete_all,",
        "roles/sre.md, line 4: there is no tool `delete_all`; `wherefore roles` lists them",
    ),
    (
        "query_cost,",
        "logs__run_query,",
        "roles/sre.md, line 4: the tool `logs__run_query` is named twice",
    ),
    ("]", "", "roles/sre.md, line 4: a list that begins with `[` ends with `]`"),
    ("name: sre\n", "", "roles/sre.md, line 8: `name` is missing"),
    (
        "tools: [query_cost, logs__run_query]\n",
        "",
        "roles/sre.md, line 8: `tools` is missing: name at least one tool",
    ),
    (
        "---\nname",
        "name",
        "roles/sre.md, line 1: a role begins with a line `---`, its settings and another `---`",
    ),
    (
        "checkout. T",
        "checkout.\u{200b} T",
        "roles/sre.md, line 12: it holds letters that cannot be seen; remove them",
    ),
    (
        "\"openai:small\"",
        "\"openai:small",
        "roles/sre.md, line 8: a value that begins with \" ends with one",
    ),
    (
        "model: \"openai:small\"",
        "model: {a: b}",
        "roles/sre.md, line 8: `{a: b}` is no plain text; put it into quotes",
    ),
];

#[test]
fn what_cannot_be_read_is_one_sentence_with_its_line() {
    for (from, to, expected) in MISTAKES {
        assert!(SRE.contains(from), "{from}");
        assert_eq!(said(&SRE.replacen(from, to, 1)), *expected);
    }
    assert!(said("---\nname: a\n").contains("do not end"));
    let silent = SRE.split("# Who").next().unwrap();
    assert_eq!(
        said(silent),
        "roles/sre.md, line 9: nothing stands below the settings; say who the role is"
    );
    let long = SRE.replace("Looks after", &"x".repeat(500));
    assert!(said(&long).contains("longer than 400 characters"));
}
