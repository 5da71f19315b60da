use wherefore_contract::Decimal;

use super::*;

const OWN: &str = "---\nid: own\ntitle: Own\nlanguage: en\ncauses: [bad_deployment, config_change]\nworkloads: [cart]  # ours\n---\nAbout.\n\n## One\nBefore: a\nDo: b\n- c\nCheck: d\nUndo: e\n";

#[test]
fn every_kind_of_cause_has_a_runbook_in_both_languages_with_the_same_steps() {
    let all = shipped().unwrap();
    for cause in CauseKind::ALL {
        let of = |language: Language| {
            all.iter()
                .find(|one| one.causes.contains(cause) && one.language == language)
                .unwrap_or_else(|| panic!("{cause}"))
        };
        let (english, korean) = (of(Language::En), of(Language::Ko));
        assert_eq!(english.id, korean.id);
        assert_eq!(english.steps.len(), korean.steps.len());
        assert_eq!(Language::detect(&korean.title), Language::Ko);
        assert!(english.steps.iter().all(|step| Language::detect(&step.action) == Language::En));
    }
}

#[test]
fn a_runbook_of_ones_own_is_read_and_comes_first_where_it_names_the_workload() {
    let own = read_runbook(OWN, "own.md").unwrap();
    assert_eq!(own.steps[0].action, "b\n- c");
    let mut all = shipped().unwrap();
    all.push(own);
    let ids = |workload: &str, cause: CauseKind, language: Language| {
        let situation = Situation {
            cause: Some(cause),
            workload: Some(workload.to_owned()),
            language,
            ..Situation::default()
        };
        let found = matching(&all, &situation);
        found.iter().map(|one| (one.runbook.id.clone(), one.runbook.language)).collect::<Vec<_>>()
    };
    let own = || ("own".to_owned(), Language::En);
    let shipped = |id: &str, language| (id.to_owned(), language);
    assert_eq!(
        ids("cart", CauseKind::BadDeployment, Language::Ko),
        [own(), shipped("bad-deployment", Language::Ko)]
    );
    assert_eq!(
        ids("web", CauseKind::BadDeployment, Language::En),
        [shipped("bad-deployment", Language::En)]
    );
    let none: Vec<Runbook> = all.iter().filter(|one| one.id == "unknown-cause").cloned().collect();
    let situation = Situation { cause: Some(CauseKind::CostSpike), ..Situation::default() };
    assert_eq!(matching(&none, &situation)[0].runbook.id, "unknown-cause");
}

#[test]
fn what_is_wrong_with_a_runbook_is_said_with_its_line() {
    let wrong = [
        (OWN.replace("bad_deployment", "bad_luck"), 5, "none of the causes"),
        (OWN.replace("id: own\n", ""), 6, "`id` is missing"),
        (OWN.replace("title:", "titel:"), 3, "no setting"),
        (OWN.replace("Undo: e\n", ""), 10, "lacks its line `Undo:`"),
        (OWN.replace("Check: d", "Before: d"), 14, "stands twice"),
        (OWN.replace("## One\n", ""), 8, "no step"),
        (OWN.replace("About.", "A\u{202e}bout."), 8, "cannot be seen"),
        (OWN.replace("language: en", "language: fr"), 4, "no language"),
        (String::new(), 1, "begins with"),
    ];
    for (text, line, why) in wrong {
        let error = read_runbook(&text, "x.md").unwrap_err();
        assert!(error.problem.contains(why), "{error}");
        assert_eq!(error.line, line, "{error}");
    }
}

#[test]
fn severity_follows_the_table() {
    let table = Severities::embedded().unwrap();
    let judged = |impact: Impact| table.judge(&impact).unwrap();
    let one = Impact { workloads: 1, ..Impact::default() };
    assert_eq!(judged(one.clone()).severity, Severity::Sev4);
    assert_eq!(judged(one.clone()).unknown, ["failing_share", "slowed_share", "money_per_hour"]);
    assert_eq!(judged(Impact { entrances: 1, ..one.clone() }).severity, Severity::Sev3);
    let failing = |share: f64, workloads: usize| {
        judged(Impact { failing_share: Some(share), workloads, ..one.clone() }).severity
    };
    assert_eq!(
        [
            failing(0.6, 1),
            failing(0.02, 5),
            failing(0.02, 1),
            failing(0.002, 1),
            failing(0.0005, 1),
            failing(f64::NAN, 1)
        ],
        [
            Severity::Sev1,
            Severity::Sev1,
            Severity::Sev2,
            Severity::Sev3,
            Severity::Sev4,
            Severity::Sev4
        ]
    );
    let money = judged(Impact { money_per_hour: Some(Decimal::from(1_000)), ..one });
    assert_eq!((money.severity, money.rule), (Severity::Sev2, 6));
    assert!(money.reason(Language::Ko).contains("1,000달러"));
    assert!(
        Severities::parse("[[rule]]\nseverity = \"sev1\"\nworkloads = 1\nen = \"a\"\nko = \"b\"")
            .is_err()
    );
}
