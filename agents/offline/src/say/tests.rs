//! Whole answers over hand-made tools, one for each kind of question, in both languages, as a reader
//! sees them.

use jiff::civil::{Date, date};
use serde_json::{Map, Value};
use wherefore_contract::{
    answer::Run,
    cost::{CommitmentFigure, Direction, Measure},
    dimension::{Dimension, FocusDimension, Grain},
    evidence::Evidence,
    filter::{Filter, FilterOp},
    period::Period,
    question::{Language, Question},
    tool::ToolCall,
};
use wherefore_verify::{Context, check, verify};

use crate::{
    offline::tests::tools::answer_call,
    playbook::{Step, analysis, further, research},
    request::{Analysis, Ask, Condition, Decline, Moment, Note, Reading, Reason, Side},
    say,
};

mod tagging;

const AS_OF: Date = date(2026, 11, 5);

fn gathered(steps: Vec<Step>, evidence: &mut Vec<Evidence>) {
    for step in steps {
        let call =
            ToolCall { id: String::new(), name: step.tool.to_owned(), arguments: step.arguments };
        for facts in answer_call(&call, "EC2") {
            evidence.push(Evidence {
                id: format!("e{}", evidence.len() + 1),
                tool: call.name.clone(),
                arguments: call.arguments.clone(),
                snapshot: "s000001".to_owned(),
                facts,
                notices: Vec::new(),
            });
        }
    }
}

fn described() -> Vec<Evidence> {
    let mut evidence = Vec::new();
    let mut text = Map::new();
    text.insert("text".to_owned(), Value::from("EC2"));
    gathered(
        vec![
            Step { tool: "describe_cost_data", arguments: Map::new() },
            Step { tool: "find_metadata", arguments: text },
        ],
        &mut evidence,
    );
    evidence
}

/// The Markdown of the answer to a reading; every sentence of it must have passed the gate.
fn answer(reading: &Reading, language: Language) -> String {
    let words = match language {
        Language::En => "EC2 please",
        Language::Ko => "EC2 알려줘",
    };
    let question = Question::parse(words, Some(language), AS_OF).unwrap();
    let mut evidence = described();
    gathered(analysis(reading), &mut evidence);
    for turn in 1..=2 {
        gathered(further(reading, &evidence, turn), &mut evidence);
    }
    if reading.ask == Ask::Explain {
        gathered(research(reading), &mut evidence);
    }
    let draft = say::answered(&question, reading, &evidence);
    shown(&draft, &question, &evidence)
}

fn shown(
    draft: &wherefore_contract::draft::Draft,
    question: &Question,
    evidence: &[Evidence],
) -> String {
    let declared = [september(), Period::month_of(date(2026, 7, 1))];
    let context = Context { question, evidence, periods: &declared, run: Run::default() };
    let broken: Vec<String> = check(draft, &context).iter().map(ToString::to_string).collect();
    assert_eq!(broken, Vec::<String>::new());
    let answer = verify(draft, &context).into_answer();
    let charts: Vec<&str> = answer.charts.iter().map(|chart| chart.kind.as_str()).collect();
    let result: Vec<&str> =
        answer.result.columns.iter().map(|column| column.name.as_str()).collect();
    format!(
        "{}\n\n[{:?}; {} x {}; {}]",
        answer.text,
        answer.status,
        answer.result.rows.len(),
        result.join(" "),
        charts.join(" ")
    )
}

fn both(name: &str, reading: &Reading) {
    for (code, language) in [("en", Language::En), ("ko", Language::Ko)] {
        insta::assert_snapshot!(format!("{name}_{code}"), answer(reading, language));
    }
}

fn september() -> Period {
    Period::month_of(date(2026, 9, 1))
}

fn october() -> Period {
    Period::month_of(date(2026, 10, 1))
}

#[expect(clippy::unnecessary_wraps, reason = "readings hold it so")]
fn moment(period: Period) -> Option<Moment> {
    Some(Moment { period, asked: None })
}

fn column(column: FocusDimension) -> Dimension {
    Dimension::Column(column)
}

fn condition(filter: Filter) -> Condition {
    Condition { filter, asked: vec![(0, 3)] }
}

fn ec2() -> Condition {
    condition(Filter::any_of(column(FocusDimension::ServiceName), ["Amazon Elastic Compute Cloud"]))
}

/// A question of this kind about September.
fn asked(ask: Ask) -> Reading {
    let mut reading: Reading = serde_json::from_value(serde_json::json!({
        "ask": "total",
        "measures": ["billed_cost"],
        "measure_stated": true,
        "dimensions": [],
        "conditions": [],
        "period": null,
        "base": null,
        "limit": null,
        "direction": "descending",
        "workload": null,
        "notes": [],
    }))
    .unwrap();
    reading.ask = ask;
    reading.period = moment(september());
    reading
}

#[test]
fn one_figure_is_said_with_what_it_is_of() {
    both("total", &asked(Ask::Total));
    let kept = Reading { conditions: vec![ec2()], ..asked(Ask::Total) };
    both("total_of_ec2", &kept);
    let untagged = Filter {
        dimension: Dimension::Tag("app".to_owned()),
        op: FilterOp::IsNull,
        values: Vec::new(),
    };
    both("total_untagged", &Reading { conditions: vec![condition(untagged)], ..asked(Ask::Total) });
    let measures = vec![Measure::ListCost, Measure::BilledCost, Measure::EffectiveCost];
    both("total_of_three_measures", &Reading { measures, ..asked(Ask::Total) });
    both("rows", &Reading { measures: vec![Measure::Rows], ..asked(Ask::Count) });
    let accounts = Measure::Distinct(column(FocusDimension::SubAccountId));
    both("accounts", &Reading { measures: vec![accounts.clone()], ..asked(Ask::Count) });
    both("per_day", &asked(Ask::PerDay));
    let measures = vec![Measure::BilledCost, accounts];
    both("average", &Reading { measures, ..asked(Ask::Average) });
    let measures = vec![Measure::Rows, Measure::BilledCost];
    both("exists", &Reading { measures, conditions: vec![ec2()], ..asked(Ask::Exists) });
}

#[test]
fn rows_are_led_by_the_one_that_was_asked_for() {
    let by_service =
        Reading { dimensions: vec![column(FocusDimension::ServiceName)], ..asked(Ask::Breakdown) };
    both("breakdown", &by_service);
    both("top_two", &Reading { limit: Some(2), ..by_service.clone() });
    let last = Reading { limit: Some(1), direction: Direction::Ascending, ..by_service.clone() };
    both("smallest", &last);
    both("second", &Reading { nth: Some(2), limit: Some(2), ..by_service.clone() });
    let two = vec![column(FocusDimension::Region), Dimension::Time(Grain::Month)];
    both("two_dimensions", &Reading { dimensions: two, ..by_service.clone() });
    both("cumulative", &Reading { ask: Ask::Cumulative(80), ..by_service });
}

#[test]
fn courses_over_time_are_said_from_first_to_last() {
    let by_month = Reading { dimensions: vec![Dimension::Time(Grain::Month)], ..asked(Ask::Trend) };
    let by_month = Reading { period: None, notes: vec![Note::WholePeriod], ..by_month };
    both("trend", &by_month);
    both("steps", &Reading { change: true, ..by_month.clone() });
    both("running", &Reading { running: true, ..by_month.clone() });
    both("daily_by_month", &Reading { per_day: true, ..by_month.clone() });
    let by_day = vec![Dimension::Time(Grain::Day)];
    both("jump", &Reading { ask: Ask::Jump, dimensions: by_day, ..by_month });
}

#[test]
fn two_sides_are_said_in_their_order() {
    let compared = Reading {
        base: moment(september()),
        period: moment(october()),
        loaded: Period::of_days(date(2026, 8, 1), date(2026, 11, 1)).ok(),
        ..asked(Ask::Compare)
    };
    both("compare", &compared);
    let by_service = vec![column(FocusDimension::ServiceName)];
    let daily = Reading { ask: Ask::ComparePerDay, ..compared.clone() };
    both("compare_per_day_by_service", &Reading { dimensions: by_service.clone(), ..daily });
    both("compare_by_service", &Reading { dimensions: by_service, ..compared.clone() });
    both("compare_per_day", &Reading { ask: Ask::ComparePerDay, ..compared.clone() });
    let why = Reading { ask: Ask::Explain, ..compared.clone() };
    both("explain", &why);
    let parts = vec![
        Dimension::Tag("app".to_owned()),
        column(FocusDimension::ServiceName),
        column(FocusDimension::Region),
    ];
    both("explain_from_all_sides", &Reading { parts: parts.clone(), ..why.clone() });
    both("explain_workload", &Reading { workload: Some("alpha".to_owned()), parts, ..why });
    both("times", &Reading { ask: Ask::Times, ..compared });
    both("share", &Reading { conditions: vec![ec2()], ..asked(Ask::Share) });
    let by_month = vec![Dimension::Time(Grain::Month)];
    let shares = Reading { dimensions: by_month, period: None, ..asked(Ask::Share) };
    both("share_by_month", &Reading { conditions: vec![ec2()], ..shares });
    let side = |conditions: Vec<Condition>| Side {
        measure: Measure::BilledCost,
        conditions,
        period: moment(september()),
    };
    both(
        "ratio",
        &Reading { sides: vec![side(vec![ec2()]), side(Vec::new())], ..asked(Ask::Ratio) },
    );
    let measures = vec![Measure::ListCost, Measure::EffectiveCost];
    both("saving", &Reading { measures, ..asked(Ask::Saving) });
    let measures = vec![Measure::BilledCost, Measure::EffectiveCost];
    let by_month = vec![Dimension::Time(Grain::Month)];
    let monthly = Reading {
        measures: measures.clone(),
        dimensions: by_month,
        period: None,
        ..asked(Ask::Saving)
    };
    both("saving_by_month", &monthly);
    let sides = vec![side(vec![ec2()]), side(Vec::new())];
    both("difference", &Reading { sides, ..asked(Ask::Difference) });
    let figures = [CommitmentFigure::Utilization, CommitmentFigure::Used];
    let measures = figures.map(Measure::Commitment).to_vec();
    both("utilization", &Reading { measures, ..asked(Ask::Total) });
}

#[test]
fn what_is_loaded_and_what_is_to_come_are_said_with_their_days() {
    let first = Reading { conditions: vec![ec2()], ..asked(Ask::FirstSeen) };
    both("first_seen", &first);
    both("completeness", &asked(Ask::Completeness));
    both("coverage", &Reading { period: None, ..asked(Ask::Coverage) });
    let forecast =
        Reading { period: moment(october()), as_of: Some(AS_OF), ..asked(Ask::Forecast) };
    both("forecast", &forecast);
    let measures = vec![Measure::UnitCost, Measure::EffectiveCost, Measure::Transactions];
    let unit = Reading { measures, workload: Some("checkout".to_owned()), ..asked(Ask::UnitCost) };
    both("unit_cost", &unit);
    let moved = Reading {
        ask: Ask::ExplainUnitCost,
        base: moment(september()),
        period: moment(october()),
        ..unit
    };
    both("explain_unit_cost", &moved);
}

#[test]
fn each_reason_to_decline_has_its_own_words() {
    let reasons = [
        ("missing_period", Reason::MissingPeriod),
        ("missing_column", Reason::MissingColumn(column(FocusDimension::InvoiceId))),
        ("missing_old_column", Reason::MissingColumn(column(FocusDimension::AvailabilityZone))),
        ("missing_volumes", Reason::MissingVolumes),
        ("unknown_entity", Reason::UnknownEntity),
        ("not_understood", Reason::NotUnderstood),
        ("write_action", Reason::WriteAction),
        ("out_of_scope", Reason::OutOfScope),
        ("missing_budgets", Reason::MissingBudgets),
        ("not_in_bills", Reason::NotInBills),
        ("not_supported", Reason::NotSupported),
        ("beyond_data", Reason::BeyondData),
    ];
    for (name, reason) in reasons {
        let period = Some(Period::month_of(date(2026, 7, 1)));
        let decline = Decline { reason, asked: vec![(0, 3)], nearest: Vec::new(), period };
        for (code, language, words) in
            [("en", Language::En, "EC2 please"), ("ko", Language::Ko, "EC2 알려줘")]
        {
            let question = Question::parse(words, Some(language), AS_OF).unwrap();
            let evidence = described();
            let draft = say::declined(&question, &decline, &evidence);
            let text = shown(&draft, &question, &evidence);
            insta::assert_snapshot!(format!("declined_{name}_{code}"), text);
        }
    }
}

#[test]
fn savings_are_told_with_their_range_and_their_order() {
    let plan = Reading { period: None, ..asked(Ask::Analysis(Analysis::Savings)) };
    both("savings", &plan);
    both("savings_none", &Reading { checks: vec!["gp2_to_gp3".to_owned()], ..plan });
}
