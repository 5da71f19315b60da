use jiff::{SignedDuration, Timestamp};
use wherefore_contract::incident::Signal;

use super::*;
use crate::drift::watch::{CrossingTimes, Direction, Ended, EvidenceBlock, Facts, Subject};

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn event(kind: EventKind) -> Event {
    let deployed_at = time("2026-03-03T09:12:00Z");
    let subject = Subject {
        deployment: "d-1".to_owned(),
        deployed_at,
        summary: Some("4.2.0 @oncall\n[x](http://evil) \u{202e}".to_owned()),
        workload: "checkout".to_owned(),
        signal: Signal::Latency,
        metric: "http.server.duration.p95".to_owned(),
        unit: Some("ms".to_owned()),
        account: Some("111122223333".to_owned()),
        region: None,
        direction: Direction::Up,
        line: Some(400.0),
        ahead_hours: 9,
        is_weekly: true,
    };
    let at = time("2026-03-13T22:00:00Z");
    let evidence = (0..40_i64).map(|block| EvidenceBlock {
        from: deployed_at.checked_add(SignedDuration::from_hours(12 * block)).unwrap(),
        usual: 218.0,
        actual: 236.04,
        off_sigma: 1.804,
    });
    let facts = Facts {
        key: subject.key(),
        subject,
        opened_at: time("2026-03-12T22:00:00Z"),
        delay_hours: 228,
        at,
        onset: Some(time("2026-03-05T10:00:00Z")),
        actual: 236.04,
        usual: 218.0,
        size: 18.04,
        size_sigma: 1.804,
        size_percent: Some(8.275),
        slope_per_day: Some(1.9),
        crossing: Some(CrossingTimes {
            line: 400.0,
            at: Some(time("2026-05-20T04:00:00Z")),
            earliest: Some(time("2026-05-01T00:00:00Z")),
            latest: None,
        }),
        log10_wealth: 5.13,
        enough: 2.5,
        control_beta: 0.4,
        baseline_days: 24,
        missing_before: 3,
        missing_after: 5,
        evidence: evidence.collect(),
    };
    Event { kind, at, ended: (kind == EventKind::Gone).then_some(Ended::Gone), facts }
}

#[test]
fn the_ticket_says_everything_in_both_languages() {
    let english = markdown(&event(EventKind::Opened), Language::En);
    for part in [
        "# Slow drift after deployment d-1: latency of checkout +8.3 % off its usual level",
        "236 ms in the last 24 hours, usual before the deployment 218 ms: +18.04 ms, +8.3 %, +1.8 standard deviations.",
        "`d-1` at 2026-03-03 09:12 UTC",
        "found 228 hours later",
        "about 2026-03-05 10:00 UTC, since then +1.9 ms a day",
        "400 ms; the daily peak reaches it about 2026-05-20 04:00 UTC (95 %: 2026-05-01 00:00 UTC to never)",
        "evidence 10^5.1 where 10^2.5 is enough",
        "3 hours of the baseline and 5 hours since the deployment hold no data.",
        "account `111122223333`",
    ] {
        assert!(english.contains(part), "{part}\n{english}");
    }
    let korean = markdown(&event(EventKind::Opened), Language::Ko);
    for part in [
        "배포 d-1 이후 완만한 드리프트: checkout의 지연 시간, 평소 대비 +8.3 %",
        "최근 24시간 236 ms, 배포 전 평소 218 ms: +18.04 ms, +8.3 %, 표준편차의 +1.8배.",
        "배포 228시간 후 발견했습니다.",
        "계정 `111122223333`",
    ] {
        assert!(korean.contains(part), "{part}\n{korean}");
    }
    assert_eq!(english.matches("| 218 | 236 | +1.8 |").count(), 28);
}

#[test]
fn what_others_wrote_stays_text() {
    let mut hostile = event(EventKind::Opened);
    hostile.facts.subject.workload = "<script>alert(1)</script> @all *x* #1".to_owned();
    let text = markdown(&hostile, Language::En);
    assert!(!text.lines().next().unwrap().contains("<script>"));
    assert!(text.contains("`4.2.0 @oncall [x](http://evil)`"));
    assert!(!text.contains('\u{202e}') && !text.contains("@all *x*\n"));
    let asked = jira(&hostile, Language::En, &project(), Some("../../x?y"));
    assert_eq!(asked.path, "/rest/api/3/issue/xy/comment");
}

#[test]
fn one_ticket_has_one_key_and_each_event_one_delivery() {
    let events = [EventKind::Opened, EventKind::Updated, EventKind::Gone].map(event);
    let names: Vec<String> = events.iter().map(file_name).collect();
    assert!(names.iter().all(|name| *name == names[0] && name.len() == "drift-.md".len() + 32));
    let mut deliveries: Vec<String> = events.iter().map(delivery).collect();
    deliveries.dedup();
    assert_eq!(deliveries.len(), 3);
    let mut other = event(EventKind::Opened);
    other.facts.subject.signal = Signal::Cost;
    assert_ne!(other.facts.subject.key(), events[0].facts.key);
}

#[test]
fn the_webhook_holds_the_facts_as_numbers() {
    let body = webhook(&event(EventKind::Updated), Language::Ko);
    assert_eq!(body["event"], "updated");
    assert_eq!(body["facts"]["size_percent"], 8.275);
    assert_eq!(body["facts"]["subject"]["workload"], "checkout");
    assert!(body["text"].as_str().unwrap().contains("상태"));
}

fn project() -> JiraProject {
    JiraProject {
        key: "OPS".to_owned(),
        issue_type: "Task".to_owned(),
        close_transition: "31".to_owned(),
    }
}

#[test]
fn jira_makes_comments_and_closes() {
    let ask = |kind, issue| jira(&event(kind), Language::En, &project(), issue);
    let made = ask(EventKind::Opened, None);
    assert_eq!((made.method, made.path.as_str()), ("POST", "/rest/api/3/issue"));
    let fields = &made.body["fields"];
    assert_eq!(fields["project"]["key"], "OPS");
    assert_eq!(fields["description"]["type"], "doc");
    assert_eq!(fields["description"]["content"][0]["type"], "bulletList");
    let key = event(EventKind::Opened).facts.key;
    assert_eq!(fields["labels"][1], key.as_str());
    assert!(made.find.contains(&key));
    let text = fields["description"].to_string();
    assert!(text.contains(r#"{"marks":[{"type":"code"}],"text":"d-1","type":"text"}"#), "{text}");
    assert_eq!(ask(EventKind::Opened, Some("OPS-7")).path, "/rest/api/3/issue/OPS-7/comment");
    assert_eq!(ask(EventKind::Updated, Some("OPS-7")).path, "/rest/api/3/issue/OPS-7/comment");
    let closed = ask(EventKind::Gone, Some("OPS-7"));
    assert_eq!(closed.path, "/rest/api/3/issue/OPS-7/transitions");
    assert_eq!(closed.body["transition"]["id"], "31");
}

#[test]
fn github_makes_rewrites_and_closes() {
    let issues = GithubIssues {
        owner: "acme".to_owned(),
        repository: "shop".to_owned(),
        labels: vec!["drift".to_owned()],
    };
    let ask = |kind, number| github(&event(kind), Language::Ko, &issues, number);
    let made = ask(EventKind::Opened, None);
    assert_eq!((made.method, made.path.as_str()), ("POST", "/repos/acme/shop/issues"));
    assert_eq!(made.body["labels"][0], "drift");
    assert!(made.body["body"].as_str().unwrap().contains(&event(EventKind::Opened).facts.key));
    let again = ask(EventKind::Updated, Some(12));
    assert_eq!((again.method, again.path.as_str()), ("PATCH", "/repos/acme/shop/issues/12"));
    let closed = ask(EventKind::Gone, Some(12));
    assert_eq!(closed.body["state"], "closed");
    assert!(closed.body["title"].as_str().unwrap().starts_with("종료: "));
}
