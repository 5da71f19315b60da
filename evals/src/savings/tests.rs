use jiff::civil::date;
use serde_json::{Value, json};
use wherefore_contract::period::Period;

use super::*;

fn saving(check: &str, resource_id: &str, amount: i64) -> SavingTruth {
    SavingTruth {
        check: check.to_owned(),
        resource_id: resource_id.to_owned(),
        monthly_saving: Decimal::from(amount),
        cost_before: Decimal::from(amount * 2),
        cost_after: Decimal::from(amount),
        is_planted: true,
    }
}

fn truth() -> SavingsTruth {
    SavingsTruth {
        period: Period::month_of(date(2026, 10, 1)),
        findings: vec![saving("idle_nat_gateway", "nat-1", 40), saving("gp2_to_gp3", "vol-1", 100)],
        healthy: vec!["nat-2".to_owned()],
        monthly_cost: Decimal::from(280),
        simulated_monthly_cost_after_all_actions: Decimal::from(140),
    }
}

fn answer(rows: &Value, total: &str) -> Answer {
    let column = |name: &str, kind: &str| json!({"name": name, "kind": kind});
    serde_json::from_value(json!({
        "id": "a", "question": "q", "language": "en", "as_of": "2026-11-01",
        "status": "answered", "headline": "", "text": "",
        "result": {
            "type": "rows",
            "columns": [
                column("check", "dimension"), column("resource_id", "dimension"), column("monthly_saving", "measure"),
            ],
            "rows": rows,
        },
        "verdict": {"total_monthly_saving": total, "total_without_order": "210"},
        "findings": [], "hypotheses": [], "assumptions": [], "gaps": [], "charts": [], "next": [],
        "evidence": [], "claims": [],
        "run": {
            "model": "offline", "agents": [], "turns": 0, "tool_calls": 0, "elapsed_ms": 0, "input_tokens": 0,
            "output_tokens": 0, "model_cost": null, "withheld": 0,
        },
    }))
    .unwrap()
}

fn told(rows: &Value, total: &str) -> Vec<(&'static str, Outcome)> {
    let answer = answer(rows, total);
    let cases = held(1, &truth(), &answer, &answer);
    cases.into_iter().map(|case| (case.kind, case.outcome)).collect()
}

#[test]
fn a_plan_is_right_within_its_tolerances() {
    let rows = json!([["idle_nat_gateway", "nat-1", "40"], ["gp2_to_gp3", "vol-1", "101.9"]]);
    assert_eq!(
        told(&rows, "141.9"),
        [
            ("planted", Outcome::Right),
            ("planted", Outcome::Right),
            ("total", Outcome::Right),
            ("both_languages", Outcome::Right),
        ]
    );
}

#[test]
fn another_amount_a_miss_and_a_false_find_are_told_apart() {
    let rows = json!([["gp2_to_gp3", "vol-1", "103"], ["idle_nat_gateway", "nat-2", "40"]]);
    assert_eq!(
        told(&rows, "150"),
        [
            ("planted", Outcome::Declined),
            ("planted", Outcome::Wrong),
            ("false_find", Outcome::Wrong),
            ("total", Outcome::Wrong),
            ("both_languages", Outcome::Right),
        ]
    );
}

#[test]
fn one_family_in_two_regions_is_one_finding() {
    let two = [saving("commitment", "m6g", 40), saving("commitment", "m6g", 60)];
    let one = summed(&two);
    assert_eq!(one.len(), 1);
    assert_eq!(
        (one[0].monthly_saving, one[0].cost_before),
        (Decimal::from(100), Decimal::from(200))
    );
}
