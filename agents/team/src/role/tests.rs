use serde_json::Map;

use super::*;

fn offered(names: &[&str]) -> Vec<ToolSpec> {
    let spec = |name: &&str| ToolSpec {
        name: (*name).to_owned(),
        description: String::new(),
        input_schema: Map::new(),
    };
    names.iter().map(spec).collect()
}

fn names(specs: &[ToolSpec]) -> Vec<&str> {
    specs.iter().map(|spec| spec.name.as_str()).collect()
}

fn own_role(name: &str) -> Role {
    Role {
        name: name.to_owned(),
        about: "Looks after checkout.".to_owned(),
        prompt: RolePrompt::Own("You are the SRE of checkout.".to_owned()),
        tools: vec!["query_cost".to_owned()],
        submission: team::SUBMIT_FINDINGS.to_owned(),
        budget: Budget::new(4, 4, Duration::from_secs(10)),
    }
}

#[test]
fn a_role_sees_its_own_tools_and_its_submission() {
    let server = offered(&["query_cost", "delete_account", "find_metadata", "collector"]);
    let roster = Roster::default();
    let own = OwnTools::of(&roster);
    let specs = |role: &Role| role.specs(&own, &server, false);
    let [collector, analyzer, research] = roster.sub_agents() else { panic!("three sub-agents") };
    assert_eq!(
        names(&specs(roster.orchestrator())),
        ["collector", "analyzer", "research", "submit_answer"]
    );
    assert_eq!(names(&specs(collector)), ["find_metadata", "submit_findings"]);
    assert_eq!(names(&specs(analyzer)), ["query_cost", "submit_findings"]);
    assert_eq!(names(&specs(research)), ["find_metadata", "query_cost", "submit_findings"]);
    assert_eq!(
        names(&research.specs(&own, &server, true)),
        ["find_metadata", "query_cost", "read_evidence", "submit_findings"]
    );
}

#[test]
fn a_role_that_people_wrote_is_one_more_tool_of_the_orchestrator() {
    let roster = Roster::default().with_role(own_role("sre")).unwrap();
    let own = OwnTools::of(&roster);
    let specs = roster.orchestrator().specs(&own, &[], false);
    assert_eq!(names(&specs), ["collector", "analyzer", "research", "sre", "submit_answer"]);
    assert_eq!(specs[3].description, "Looks after checkout.");
    let roster = roster.with_tools("sre", ["logs__read".to_owned(), "query_cost".to_owned()]);
    assert_eq!(roster.unwrap().sub_agent("sre").unwrap().tools, ["query_cost", "logs__read"]);
}

#[test]
fn a_role_cannot_take_the_name_of_another_or_of_a_tool() {
    for name in ["analyzer", "orchestrator", "query_cost", "read_evidence", "submit_answer"] {
        let refused = Roster::default().with_role(own_role(name)).unwrap_err();
        assert_eq!(refused, RosterError::Taken { name: name.to_owned() });
    }
    for name in ["", "Sre", "2nd", "s r e", "에스알이", &"a".repeat(49)] {
        let refused = Roster::default().with_role(own_role(name)).unwrap_err();
        assert_eq!(refused, RosterError::Name { name: name.to_owned() });
    }
    let unknown = Roster::default().with_tools("sre", ["x".to_owned()]).unwrap_err().to_string();
    assert_eq!(
        unknown,
        "no role is called `sre`; there are `orchestrator`, `collector`, `analyzer`, `research`"
    );
}

#[test]
fn every_schema_is_an_object_and_every_description_is_short() {
    let roster = Roster::default();
    let own = OwnTools::of(&roster);
    for role in roster.roles() {
        for spec in role.specs(&own, &[], true) {
            assert_eq!(spec.input_schema["type"], "object", "{}", spec.name);
            assert!(spec.description.len() <= 400, "{}", spec.name);
        }
    }
}
